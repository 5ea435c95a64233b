//! A name for each finding that stays while lines move: dashboards tell by it what is new from what was there.

use std::collections::HashMap;
use std::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher13};

use super::Report;
use crate::finding::Finding;
use crate::source::Span;

/// One fingerprint per finding, in order: 32 hexadecimal digits over the rule, the file, the text of the line without its
/// blanks, and which of the alike it is. The same for the same tree on every machine and in every version.
pub(super) fn fingerprints(report: &Report, findings: &[&Finding]) -> Vec<String> {
    let mut seen: HashMap<u128, u64> = HashMap::new();
    let of = |finding: &&Finding| {
        let mut hasher = SipHasher13::new();
        let line = report.file(&finding.path).map_or("", |file| file.lines(Span::empty(finding.span.start)));
        for part in [finding.rule.as_str(), finding.path.as_str()] {
            hasher.write(part.as_bytes());
            hasher.write_u8(0xff);
        }
        line.split_whitespace().for_each(|word| hasher.write(word.as_bytes()));
        let content = hasher.finish128().as_u128();
        let occurrence = seen.entry(content).or_insert(0);
        hasher.write_u64(*occurrence);
        *occurrence += 1;
        format!("{:032x}", hasher.finish128().as_u128())
    };
    findings.iter().map(of).collect()
}
