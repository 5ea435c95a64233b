//! YAML that holds commands: workflows of GitHub, GitLab, Azure, CircleCI and others, pre-commit, Compose, Task.
//!
//! All are walked alike: a scalar below a key such as `run` or `script` is shell text, wherever it stands.

use super::{Declarations, Format, Include, IncludeKind, Path};
use crate::command;
use crate::requirement::{BareWord, Hold, Place, Requirement, Scope};
use crate::source::{Fragment, SourceFile};
use crate::syntax::yaml::{self, Node, Scalar, Style};

/// `.github/workflows/*.yml`, `action.yml`, `.gitlab-ci.yml` and their relatives.
#[derive(Debug)]
pub(super) struct Workflow;

/// Keys whose scalars are shell text.
const SCRIPTS: [&str; 20] = [
    "run",
    "script",
    "before_script",
    "after_script",
    "before_install",
    "after_success",
    "install",
    "commands",
    "cmds",
    "cmd",
    "bash",
    "pwsh",
    "powershell",
    "inlineScript",
    "sh",
    "setup",
    "init",
    "before",
    "preBuildCommands",
    "build_command",
];

/// Keys whose scalars are shell text and whose lists are one command's arguments.
const ARGUMENTS: [&str; 2] = ["command", "entrypoint"];

const FLOW: &str = "the command stands bare in a YAML list in brackets, where a comma would end it; edit it by hand";

impl Format for Workflow {
    fn name(&self) -> &'static str {
        "workflow"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        if !matches!(path.extension, "yml" | "yaml") {
            return false;
        }
        let stem = path.name.trim_end_matches(".yml").trim_end_matches(".yaml");
        path.is_below("workflows")
            || path.is_below(".circleci")
            || path.is_below(".github")
            || path.is_below(".gitlab")
            || path.is_below(".buildkite")
            || matches!(
                stem,
                "action"
                    | ".gitlab-ci"
                    | "bitbucket-pipelines"
                    | ".pre-commit-config"
                    | "Taskfile"
                    | "taskfile"
                    | ".travis"
                    | "cloudbuild"
                    | ".drone"
                    | ".appveyor"
                    | "appveyor"
                    | ".readthedocs"
                    | "buildspec"
                    | "smithery"
                    | ".gitpod"
                    | "render"
            )
            || stem.ends_with(".gitlab-ci")
            || ["azure-pipelines", "docker-compose", "compose", ".azure-pipelines", ".woodpecker"]
                .iter()
                .any(|start| stem.starts_with(start))
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let text = file.text();
        if !command::may_install(text) && !text.contains("additional_dependencies") && !text.contains("_CONSTRAINT") {
            return;
        }
        match yaml::parse(text) {
            Ok(documents) => documents.iter().for_each(|document| walk(document, None, found)),
            Err(error) => found.syntax_error(error),
        }
    }
}

fn walk(node: &Node<'_>, hook: Option<&str>, found: &mut Declarations) {
    for item in node.items() {
        walk(item, hook, found);
    }
    let hook = node.get("id").and_then(Node::as_str).or(hook);
    for (key, value) in node.entries() {
        let Some(name) = key.as_str() else { continue };
        let place = Place::new(Scope::Command, name);
        match (name, value) {
            ("PIP_CONSTRAINT" | "UV_CONSTRAINT", Node::Scalar(scalar)) => constraint(scalar, found),
            ("additional_dependencies", Node::Sequence { items, flow }) => {
                let scope = Scope::Environment(hook.unwrap_or("pre-commit").to_owned());
                let place = Place::new(scope, "additional_dependencies");
                for scalar in items.iter().filter_map(Node::as_scalar) {
                    let read = Requirement::from_pep508(&scalar.fragment(), place.clone());
                    let read = read.map(|read| read.map(|one| in_flow(one, scalar, *flow)));
                    // Hooks of other languages name packages of other registries.
                    if let Some(Ok(one)) = read {
                        found.requirements.push(one);
                    }
                }
            }
            (_, Node::Sequence { items, flow }) if ARGUMENTS.contains(&name) => arguments(items, *flow, &place, found),
            _ if SCRIPTS.contains(&name) || ARGUMENTS.contains(&name) => scripts(value, false, &place, found),
            _ => {}
        }
        walk(value, hook, found);
    }
}

/// A requirement that is a whole scalar, with what a bare one in brackets needs.
pub(super) fn in_flow(mut requirement: Requirement, scalar: &Scalar<'_>, flow: bool) -> Requirement {
    if flow && scalar.style == Style::Plain {
        requirement.bare_word = Some(BareWord { span: scalar.span, quote: '"' });
    }
    requirement
}

fn constraint(scalar: &Scalar<'_>, found: &mut Declarations) {
    if !scalar.value.is_empty() && !scalar.value.contains("${{") {
        found.includes.push(Include {
            kind: IncludeKind::Constraints,
            target: scalar.value.clone(),
            span: scalar.span,
        });
    }
}

/// A script, or a list of them that may hold lists (GitLab's references).
fn scripts(node: &Node<'_>, in_flow: bool, place: &Place, found: &mut Declarations) {
    match node {
        Node::Scalar(scalar) if command::may_install(&scalar.value) => {
            let known = found.requirements.len();
            command::script(&folded(scalar), place, found);
            if in_flow && scalar.style == Style::Plain {
                for requirement in found.requirements.iter_mut().skip(known) {
                    requirement.hold.get_or_insert(Hold::Form(FLOW));
                }
            }
        }
        Node::Sequence { items, flow } => items.iter().for_each(|item| scripts(item, *flow, place, found)),
        _ => {}
    }
}

/// `command: ["pip", "install", "mcp"]`.
fn arguments(items: &[Node<'_>], flow: bool, place: &Place, found: &mut Declarations) {
    let scalars: Vec<_> = items.iter().filter_map(Node::as_scalar).collect();
    let words: Vec<_> = scalars.iter().map(|scalar| scalar.fragment()).collect();
    let (requirements, launches) = (found.requirements.len(), found.launches.len());
    command::argv(&words, place, found);
    for requirement in found.requirements.iter_mut().skip(requirements) {
        let scalar = scalars
            .iter()
            .find(|scalar| scalar.span.start <= requirement.span.start && requirement.span.end <= scalar.span.end);
        if let Some(scalar) = scalar.filter(|scalar| flow && scalar.style == Style::Plain)
            && requirement.bare_word.is_none()
        {
            requirement.bare_word = Some(BareWord { span: scalar.span, quote: '"' });
        }
    }
    for launch in found.launches.iter_mut().skip(launches).filter(|launch| launch.argv) {
        let gap = match scalars.as_slice() {
            [before, last, ..] => before.gap(last),
            _ => None,
        };
        gap.unwrap_or(", ").clone_into(&mut launch.element_gap);
    }
}

/// The content with the line breaks that YAML folds turned into blanks: in a shell they would end a command.
fn folded<'a>(scalar: &Scalar<'a>) -> Fragment<'a> {
    let fragment = scalar.fragment();
    let text = fragment.text();
    if !text.contains('\n') || scalar.value.trim_end() == text.trim_end() {
        return fragment;
    }
    let mut decoding = Fragment::decoding(fragment.span(0..0).start);
    let mut value = scalar.value.chars().peekable();
    for (at, c) in text.char_indices() {
        let span = fragment.span(at..at + c.len_utf8());
        match value.peek() {
            Some(next) if *next == c => decoding.push(c, span),
            Some(' ') if c == '\n' => decoding.push(' ', span),
            // A blank line inside folded text, or a carriage return: YAML has dropped it.
            _ if c.is_whitespace() => continue,
            _ => decoding.push(c, span),
        }
        value.next();
    }
    let quote = fragment.quote();
    let decoded = decoding.finish();
    match quote {
        Some(quote) => decoded.quoted(quote),
        None => decoded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str) -> (SourceFile, Declarations) {
        let file = SourceFile::in_memory(".github/workflows/ci.yml", text);
        let mut found = Declarations::default();
        Workflow.locate(&file, &mut found);
        (file, found)
    }

    #[test]
    fn commands_are_found_wherever_they_stand() {
        let (file, found) = located(
            "jobs:\n  a:\n    strategy: {matrix: {mcp: ['1.2', '>=2']}}\n    env: {PIP_CONSTRAINT: c.txt}\n    steps:\n      - run: pip install mcp\n      - run: |\n          # it's\n          pip install \\\n            'mcp>=1'\n          uv add \"mcp==${{ matrix.mcp }}\"\n      - run: >-\n          pip install\n          httpx\n          mcp[cli]\n      - run: \"uv pip install mcp\"\nscript: [pip install mcp, [\"uvx mcp-x\"]]\n",
        );
        let shown: Vec<_> = found
            .requirements
            .iter()
            .map(|one| (file.slice(one.span), one.bare_word.map(|word| word.quote), one.hold.is_some()))
            .collect();
        assert_eq!(
            shown,
            [
                ("mcp", Some('"'), false),
                ("mcp>=1", None, false),
                ("mcp==${{ matrix.mcp }}", None, true),
                ("httpx", Some('"'), false),
                ("mcp[cli]", Some('"'), false),
                ("mcp", Some('\''), false),
                ("mcp", Some('"'), true),
                ("mcp-x", Some('\''), true),
            ]
        );
        assert_eq!(found.includes[0].target, "c.txt");
    }

    #[test]
    fn lists_of_requirements_and_arguments_are_read() {
        let (file, found) = located(
            "repos:\n- hooks:\n  - id: mypy\n    additional_dependencies: [mcp>=1, 'httpx']\nservices:\n  a:\n    command: [uvx, mcp-x]\n  b:\n    command:\n      - uvx\n      - mcp-y\n",
        );
        let shown: Vec<_> = found
            .requirements
            .iter()
            .map(|one| (file.slice(one.span), one.bare_word.map(|word| file.slice(word.span)), &one.place.scope))
            .collect();
        let mypy = Scope::Environment("mypy".into());
        assert_eq!(
            shown,
            [
                ("mcp>=1", Some("mcp>=1"), &mypy),
                ("httpx", None, &mypy),
                ("mcp-x", Some("mcp-x"), &Scope::Command),
                ("mcp-y", None, &Scope::Command),
            ]
        );
        let gaps: Vec<_> = found.launches.iter().map(|launch| launch.element_gap.as_str()).collect();
        assert_eq!(gaps, [", ", "\n      - "]);
    }
}
