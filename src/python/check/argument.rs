//! Arguments of calls: passed by a keyword that went, by position, of the wrong type, too many, or not at all.

use ruff_python_ast::{Expr, Keyword};

use super::super::parse::span;
use super::callee::{Callee, callees};
use super::compiled::Entry;
use super::context::{Context, Hit};
use super::rewrite;
use super::uses::{At, CallUse};
use super::value::{keys, literal, passes};
use crate::rule::python::ArgumentMatch;
use crate::source::Span;

/// How a parameter is passed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Passed<'t> {
    /// By keyword.
    Keyword(&'t Keyword),
    /// By position.
    Position(&'t Expr),
    /// As a key of an unpacked dictionary.
    Unpacked(&'t Expr),
}

impl<'t> Passed<'t> {
    pub(crate) fn value(self) -> Option<&'t Expr> {
        match self {
            Self::Keyword(keyword) => Some(&keyword.value),
            Self::Position(value) => Some(value),
            Self::Unpacked(_) => None,
        }
    }

    pub(crate) fn span(self) -> Span {
        match self {
            Self::Keyword(keyword) => keyword.arg.as_ref().map_or_else(|| span(keyword), span),
            Self::Position(value) | Self::Unpacked(value) => span(value),
        }
    }
}

pub(super) fn hits<'a>(context: &Context<'a, '_>) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        for callee in callees(context, call.node, call.at) {
            for entry in context.rules.arguments_of(std::slice::from_ref(&callee.path)) {
                of_entry(context, call, &callee, entry, &mut hits);
            }
        }
    }
    hits
}

/// The positional arguments of the callee, up to the first that is unpacked; and whether one is.
pub(super) fn positional<'t>(call: &CallUse<'t>, skip: usize) -> (Vec<&'t Expr>, bool) {
    let known = call.node.arguments.args.iter().take_while(|argument| !argument.is_starred_expr());
    let known: Vec<_> = known.collect();
    let has_star = known.len() < call.node.arguments.args.len();
    (known.into_iter().skip(skip).collect(), has_star)
}

fn of_entry<'a>(
    context: &Context<'a, '_>,
    call: &CallUse<'_>,
    callee: &Callee,
    entry: &Entry<'a, ArgumentMatch>,
    hits: &mut Vec<Hit<'a>>,
) {
    let wanted = &*entry.entry;
    if wanted.unless_imported.as_ref().is_some_and(|name| context.module.handed_on.is_imported_anywhere(name)) {
        return;
    }
    let asked = wanted.if_imported.as_slice();
    if !asked.is_empty() && !asked.iter().any(|name| context.module.handed_on.is_imported_anywhere(name)) {
        return;
    }
    let (args, has_star) = positional(call, callee.skip);
    let has_unpacked = call.node.arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
    let is_passed =
        |names: &[String]| {
            call.node.arguments.keywords.iter().any(|keyword| {
                keyword.arg.as_ref().is_some_and(|name| names.iter().any(|wanted| wanted == name.as_str()))
            })
        };
    let beside = wanted.beside.as_slice();
    if !beside.is_empty() && is_passed(beside) == wanted.missing {
        return;
    }
    let is_given = |names: &[String]| {
        call.node.arguments.keywords.iter().any(|keyword| {
            let named = keyword.arg.as_ref().is_some_and(|name| names.iter().any(|wanted| wanted == name.as_str()));
            named && !keyword.value.is_none_literal_expr()
        })
    };
    let given = wanted.given.as_slice();
    if !given.is_empty() && !is_given(given) {
        return;
    }
    let function = callee.path.rsplit('.').next().unwrap_or_default();
    let base = |at: Span| {
        Hit::new(entry.rule, at)
            .with("path", callee.path.as_str())
            .with("name", function)
            .with("becomes", wanted.becomes.clone().unwrap_or_default())
            .with("advice", wanted.advice.clone().unwrap_or_default())
    };
    if let Some(limit) = wanted.more_than {
        if args.len() > limit {
            let hit = base(span(args[limit])).with("value", context.source(args[limit]));
            let named: Vec<_> = args[limit..].iter().map(|argument| span(*argument)).collect();
            let fix = (!has_star).then(|| rewrite::name_arguments(context, wanted, &named)).flatten();
            hits.push(Hit { fix, ..hit });
        }
        return;
    }
    let names = wanted.keyword.as_slice();
    if wanted.missing {
        let by_position = wanted.position.is_some_and(|position| args.len() > position);
        if !(by_position || has_star || has_unpacked || is_passed(names)) {
            let at = span(&*call.node.func);
            // What stands directly before the parameter may be missing with it.
            let first = wanted.insert_first.as_deref().filter(|first| {
                let name = first.split('=').next().unwrap_or(first);
                !is_passed(&[name.to_owned()]) && wanted.position.is_some_and(|position| args.len() < position)
            });
            let fix = rewrite::insert_argument(context, wanted, first, call.node);
            hits.push(Hit { fix, ..base(at).with("argument", names.first().cloned().unwrap_or_default()) });
        }
        return;
    }
    let passed = passed(context, call, &args, wanted);
    for (name, one) in passed {
        let fits = match (&wanted.value, one.value()) {
            (Some(test), Some(value)) => passes(context, test, value, call.at),
            (Some(_), None) => false,
            (None, _) => true,
        };
        if fits {
            let value = one.value();
            let shown = value.and_then(literal).or_else(|| value.map(|value| context.source(value).to_owned()));
            let hit = base(one.span()).with("argument", name).with("value", shown.unwrap_or_default());
            let fix = rewrite::argument(context, wanted, call.node, one);
            hits.push(Hit { fix, ..hit });
        }
    }
}

/// The ways in which the call passes the parameter that the entry speaks of, each with the parameter's name.
fn passed<'t>(
    context: &Context<'_, 't>,
    call: &CallUse<'t>,
    args: &[&'t Expr],
    wanted: &ArgumentMatch,
) -> Vec<(String, Passed<'t>)> {
    let names = wanted.keyword.as_slice();
    let mut found = Vec::new();
    for keyword in &call.node.arguments.keywords {
        match &keyword.arg {
            Some(name) if names.iter().any(|wanted| wanted == name.as_str()) => {
                found.push((name.as_str().to_owned(), Passed::Keyword(keyword)));
            }
            Some(_) => {}
            None => found.extend(unpacked(context, &keyword.value, names, call.at)),
        }
    }
    if let Some(argument) = wanted.position.and_then(|position| args.get(position)) {
        found.push((names.first().cloned().unwrap_or_default(), Passed::Position(argument)));
    }
    found
}

fn unpacked<'t>(context: &Context<'_, 't>, value: &'t Expr, names: &[String], at: At) -> Vec<(String, Passed<'t>)> {
    let keys = keys(context, value, at).unwrap_or_default().into_iter();
    keys.filter(|(key, _)| names.contains(key))
        .map(|(key, node)| (key, Passed::Unpacked(node.unwrap_or(value))))
        .collect()
}
