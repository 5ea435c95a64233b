//! What an example promises about the two majors, held against what its programs did on them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mcp_audit::rule::Example;

use super::driver::Answer;
use super::tail;

/// Lines of each output that a complaint shows.
const SHOWN: usize = 14;

/// What the programs of one example did, by [`Program`].
pub(super) type Runs = BTreeMap<Program, Answer>;

/// A program of an example and the major it ran on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Program {
    /// `before` on the older major.
    Before,
    /// The same once more, which tells a program that prints something else each time.
    BeforeAgain,
    /// `before` on the newer major.
    Broken,
    /// `after` on the newer major.
    After,
    /// `untouched` on the older major.
    Untouched,
}

impl Program {
    /// Every program of an example.
    pub(super) const ALL: [Self; 5] = [Self::Before, Self::BeforeAgain, Self::Broken, Self::After, Self::Untouched];

    /// The program's text, if the example has it.
    pub(super) fn text(self, example: &Example) -> Option<&str> {
        match self {
            Self::Before | Self::BeforeAgain | Self::Broken => example.before.as_deref(),
            Self::After => example.after.as_deref(),
            Self::Untouched => example.untouched.as_deref(),
        }
    }

    /// Whether it runs on the newer major.
    pub(super) fn on_newer(self) -> bool {
        matches!(self, Self::Broken | Self::After)
    }

    fn shown(self) -> &'static str {
        match self {
            Self::Before => "`before` on the older major",
            Self::BeforeAgain => "`before` on the older major, once more",
            Self::Broken => "`before` on the newer major",
            Self::After => "`after` on the newer major",
            Self::Untouched => "`untouched` on the older major",
        }
    }
}

/// Every promise that was not kept, each with the outputs it rests on.
pub(super) fn complaints(example: &Example, runs: &Runs) -> Vec<String> {
    let mut found = Vec::new();
    let mut need = |kept: bool, promise: &str, shown: &[Program]| {
        if !kept {
            found.push(complaint(promise, shown, runs));
        }
    };
    let code = |program: Program| runs.get(&program).map(|answer| answer.code);
    let stdout = |program: Program| runs.get(&program).map(|answer| answer.stdout.as_str());
    for program in [Program::Before, Program::After, Program::Untouched] {
        need(code(program).is_none_or(|code| code == Some(0)), &format!("{} must exit 0", program.shown()), &[program]);
    }
    if let Some(broken) = runs.get(&Program::Broken) {
        need(broken.code.is_some(), "`before` must end on the newer major", &[Program::Broken]);
        if broken.code == Some(0) {
            let promise = "`before` must fail or print something else on the newer major";
            need(stdout(Program::Before) != stdout(Program::Broken), promise, &[Program::Broken]);
            // Without an exception the output is all the proof there is, so it must not be chance.
            let promise = "`before` must print the same at each run on the older major";
            let both = [Program::Before, Program::BeforeAgain];
            need(stdout(both[0]) == stdout(both[1]), promise, &both);
        }
        if let Some(wanted) = &example.fails_with {
            let failed = broken.code.is_some_and(|code| code != 0) && raises(broken, wanted);
            need(failed, &format!("`before` must fail with `{wanted}` on the newer major"), &[Program::Broken]);
        }
    }
    if code(Program::After) == Some(Some(0)) && code(Program::Before) == Some(Some(0)) {
        let same = stdout(Program::After) == stdout(Program::Before);
        let promise = match example.differs {
            Some(_) => "`after` must print something else than `before` where the example says that it `differs`",
            None => "`after` on the newer major must print what `before` prints on the older one",
        };
        need(same == example.differs.is_none(), promise, &[Program::Before, Program::After]);
    }
    found
}

/// Whether an exception that ended a program is the wanted one, named with or without its module.
fn raises(answer: &Answer, wanted: &str) -> bool {
    // A program that catches its exception and exits by itself leaves only what it printed.
    let last = answer.stderr.lines().map(|line| line.trim_matches([' ', '|', '+', '-'])).rfind(|line| !line.is_empty());
    let printed: Vec<_> = last.map(str::to_owned).into_iter().collect();
    let raised = if answer.raised.is_empty() { &printed } else { &answer.raised };
    raised.iter().any(|raised| {
        let class = raised.split([':', ' ']).next().unwrap_or_default();
        let module = class.rfind('.').map_or(0, |dot| dot + 1);
        raised.starts_with(wanted) || raised[module..].starts_with(wanted)
    })
}

fn complaint(promise: &str, shown: &[Program], runs: &Runs) -> String {
    let mut text = format!("  {promise}\n");
    for program in shown {
        let Some(answer) = runs.get(program) else { continue };
        let ended = answer.code.map_or_else(|| "its time was up".to_owned(), |code| format!("exit {code}"));
        let _ = writeln!(text, "    {}: {ended}", program.shown());
        for (name, output) in [("stdout", &answer.stdout), ("stderr", &answer.stderr)] {
            for line in tail(output, SHOWN).lines() {
                let _ = writeln!(text, "      {name} | {line}");
            }
        }
    }
    text
}
