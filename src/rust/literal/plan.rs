//! Which way of making a struct says the same as a literal of it, in the fewest statements.

use super::gather::Literal;
use super::value::Value;
use crate::rule::rust::RustLiteral;
use crate::source::Span;

/// What stands in the place of a literal.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) start: Start,
    /// The methods that are called, and with what.
    pub(super) chain: Vec<(String, Span)>,
    /// What fields are set to afterwards, in the order of the literal.
    pub(super) assigned: Vec<Assigned>,
    /// Whether the rest of the literal stays, over the start.
    pub(super) is_update: bool,
}

/// What makes the struct.
#[derive(Debug)]
pub(super) enum Start {
    /// Its default.
    Default,
    /// A constructor, with what it is given.
    Call(String, Vec<Argument>),
    /// What stood behind the two dots.
    Base(Span),
}

/// What a constructor is given.
#[derive(Debug, Clone, Copy)]
pub(super) enum Argument {
    /// What stands there.
    Given(Span),
    /// The same within `Some(…)`.
    Some(Span),
    /// Nothing, where any text would do.
    NoText,
}

impl Argument {
    fn span(self) -> Option<Span> {
        match self {
            Self::Given(span) | Self::Some(span) => Some(span),
            Self::NoText => None,
        }
    }
}

/// A field that is set by a statement.
#[derive(Debug)]
pub(super) enum Assigned {
    /// The field of the literal.
    Field(usize),
    /// A field that the literal leaves at its default and the start does not.
    Reset(String, String),
}

impl Plan {
    /// What it costs to read: statements first.
    fn cost(&self) -> (usize, usize) {
        (self.assigned.len(), self.chain.len())
    }
}

/// The shortest plan that `entries`, of the type of `literal`, offer. `is_commented` tells of a field whether a comment
/// belongs to it, and `is_bare` whether nothing is lost when only these spans are kept.
pub(super) fn plan(
    literal: &Literal,
    entries: &[&RustLiteral],
    is_commented: &dyn Fn(usize) -> bool,
    is_bare: &dyn Fn(&[Span]) -> bool,
) -> Option<Plan> {
    let known = entries.iter().filter(|entry| literal.fields.iter().all(|field| entry.knows(&field.name)));
    let plans = known.flat_map(|entry| {
        let maker = Maker { literal, entry, is_commented, is_bare };
        [maker.over_base(), maker.by_constructor(), maker.by_default()].into_iter().flatten()
    });
    plans.min_by_key(Plan::cost)
}

struct Maker<'m> {
    literal: &'m Literal,
    entry: &'m RustLiteral,
    is_commented: &'m dyn Fn(usize) -> bool,
    is_bare: &'m dyn Fn(&[Span]) -> bool,
}

fn has(names: &[String], name: &str) -> bool {
    names.iter().any(|one| one == name)
}

impl Maker<'_> {
    /// What stood behind the dots, with everything assigned.
    fn over_base(&self) -> Option<Plan> {
        let base = self.literal.base.as_ref().filter(|base| !base.is_default)?;
        let is_apart = |value: &Value| value.names.is_disjoint(&base.value.names) && !value.may_leave;
        if base.value.may_leave || !self.literal.fields.iter().all(|field| is_apart(&field.value)) {
            return None;
        }
        let assigned = (0..self.literal.fields.len()).map(Assigned::Field).collect();
        Some(Plan { start: Start::Base(base.value.span), chain: Vec::new(), assigned, is_update: false })
    }

    fn is_on_base(&self) -> bool {
        self.literal.base.as_ref().is_some_and(|base| !base.is_default)
    }

    fn by_constructor(&self) -> Option<Plan> {
        if (self.entry.new.is_empty() && self.entry.constructor.is_none()) || self.is_on_base() {
            return None;
        }
        let mut taken = Vec::new();
        let mut arguments = Vec::new();
        for name in self.entry.new.as_slice() {
            let index = self.literal.fields.iter().position(|field| field.name == *name)?;
            taken.push(index);
            arguments.push(self.argument(name, &self.literal.fields[index].value)?);
        }
        let name = self.entry.constructor.clone().unwrap_or_else(|| "new".to_owned());
        self.rest(Start::Call(name, arguments), &taken)
    }

    /// What the constructor is given for a field.
    fn argument(&self, name: &str, value: &Value) -> Option<Argument> {
        let takes_into = has(self.entry.into.as_slice(), name);
        let is_optional = has(self.entry.optional.as_slice(), name);
        let is_wrapped = has(self.entry.wrapped.as_slice(), name);
        let inside = || {
            let (whole, converted) = value.inside?;
            if takes_into { converted } else { Some(whole) }
        };
        match (is_wrapped, is_optional) {
            (true, _) if value.inside.is_some() => inside().map(Argument::Some),
            (true, true) => (value.is_none && takes_into).then_some(Argument::NoText),
            (true, false) => Some(Argument::Some(value.span)),
            (false, true) => inside().map(Argument::Given),
            (false, false) if takes_into => value.as_into.map(Argument::Given),
            (false, false) => Some(Argument::Given(value.span)),
        }
    }

    fn by_default(&self) -> Option<Plan> {
        if !self.entry.default || self.is_on_base() || self.entry.update {
            return None;
        }
        self.rest(Start::Default, &[])
    }

    /// The plan for what the start leaves: left out, handed to methods, or assigned.
    fn rest(&self, start: Start, taken: &[usize]) -> Option<Plan> {
        let is_call = matches!(start, Start::Call(..));
        let mut left: Vec<usize> = Vec::new();
        for (index, field) in self.literal.fields.iter().enumerate() {
            let is_empty =
                (field.value.is_none || field.value.is_default) && has(self.entry.optional.as_slice(), &field.name);
            let is_set = self.is_set(&field.name, &field.value, is_call);
            if !taken.contains(&index) && !((is_empty || is_set) && !(self.is_commented)(index)) {
                left.push(index);
            }
        }
        let reset = |(name, _): (&String, &String)| {
            let is_given = self.literal.fields.iter().any(|field| field.name == *name);
            (is_call && !is_given).then(|| Assigned::Reset(name.clone(), "None".to_owned()))
        };
        let resets: Vec<Assigned> = self.entry.sets.iter().filter_map(reset).collect();
        let chain = left.iter().map(|index| self.method(*index)).collect::<Option<Vec<_>>>();
        let order: Vec<usize> = taken.iter().chain(&left).copied().collect();
        if !self.keeps_its_sense(&order) {
            return None;
        }
        let arguments = match &start {
            Start::Call(_, arguments) => arguments.clone(),
            _ => Vec::new(),
        };
        if let Some(chain) = chain.filter(|_| resets.is_empty() && !self.entry.update) {
            let kept: Vec<Span> =
                arguments.iter().filter_map(|one| one.span()).chain(chain.iter().map(|(_, span)| *span)).collect();
            if (self.is_bare)(&kept) {
                return Some(Plan { start, chain, assigned: Vec::new(), is_update: false });
            }
        }
        let is_update = self.entry.update;
        let kept: Vec<Span> = arguments
            .into_iter()
            .filter_map(Argument::span)
            .chain(left.iter().map(|index| self.literal.fields[*index].whole))
            .collect();
        if (is_call || is_update) && !(self.is_bare)(&kept) {
            return None;
        }
        let assigned = left.into_iter().map(Assigned::Field).chain(resets).collect();
        Some(Plan { start, chain: Vec::new(), assigned, is_update })
    }

    fn is_set(&self, name: &str, value: &Value, is_call: bool) -> bool {
        is_call && self.entry.sets.get(name).is_some_and(|set| value.text == *set)
    }

    /// The method that gives a field, and its argument.
    fn method(&self, index: usize) -> Option<(String, Span)> {
        let field = &self.literal.fields[index];
        let method = self.entry.with.as_slice().iter().find_map(|one| match one.split_once('=') {
            Some((name, method)) => (name == field.name).then(|| method.to_owned()),
            None => (*one == field.name).then(|| format!("with_{one}")),
        })?;
        let takes_into = has(self.entry.into.as_slice(), &field.name);
        let takes_inside =
            has(self.entry.optional.as_slice(), &field.name) && !has(self.entry.plain.as_slice(), &field.name);
        let span = if takes_inside {
            let (whole, converted) = field.value.inside?;
            if takes_into { converted? } else { whole }
        } else if takes_into {
            field.value.as_into?
        } else {
            field.value.span
        };
        Some((method, span))
    }

    /// Whether the values mean the same when they are evaluated in this order: none that comes sooner or later than it
    /// did shares a variable with one that it passes, or may leave the function.
    fn keeps_its_sense(&self, order: &[usize]) -> bool {
        let value = |index: usize| &self.literal.fields[index].value;
        order.iter().enumerate().all(|(at, one)| {
            order[at + 1..].iter().filter(|later| *later < one).all(|later| {
                let (one, later) = (value(*one), value(*later));
                one.names.is_disjoint(&later.names) && !one.may_leave && !later.may_leave
            })
        })
    }
}
