//! Every rule's examples, run by the function that runs those of users' own rules.

use mcp_audit::prove::prove;
use mcp_audit::rule;

#[test]
fn every_example_behaves() {
    let rules = rule::embedded().unwrap();
    let failures: Vec<String> = rules
        .iter()
        .filter_map(|rule| prove(rule, &rules).err().map(|(example, problem)| (rule, example, problem)))
        .map(|(rule, example, problem)| format!("{} {}: {problem}", rules.place(&rule.id, example), rule.id))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
