//! Every rule's examples, run by the function that runs those of users' own rules. `MCP_AUDIT_RULES=PY101,PY102` limits it
//! to some rules.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use mcp_audit::prove::prove;
use mcp_audit::rule;

#[test]
fn every_example_behaves() {
    let rules = rule::embedded().unwrap();
    let asked = std::env::var("MCP_AUDIT_RULES").unwrap_or_default();
    let asked: Vec<_> = asked.split([',', ' ']).filter(|id| !id.is_empty()).collect();
    let all: Vec<_> = rules.iter().filter(|rule| asked.is_empty() || asked.contains(&rule.id.as_str())).collect();
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(rule) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err((example, problem)) = prove(rule, &rules) {
                        let place = rules.place(&rule.id, example);
                        failures.lock().unwrap().push(format!("{place} {}: {problem}", rule.id));
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
