//! Values that callers pass: a function that makes a server of its parameters, or a class that hands them to the
//! constructor above its own, is given by each caller what the start of that caller's server then needs.

use ruff_python_ast::{Expr, StmtFunctionDef};

use super::collect::Walk;
use super::value::seen;
use super::write::{Edits, Pending};
use super::{Made, Parameter, Place, Signature, Value};
use crate::python::layout;
use crate::python::names::Modules;
use crate::source::Span;

/// Whether `callee` is `super().name`.
pub(super) fn is_above(callee: &Expr, name: &str) -> bool {
    let Expr::Attribute(attribute) = callee else { return false };
    let Expr::Call(call) = &*attribute.value else { return false };
    let is_super = matches!(&*call.func, Expr::Name(one) if one.id.as_str() == "super");
    is_super && attribute.attr.as_str() == name
}

impl Walk<'_> {
    /// What the calls are known by that pass values to the function around: its own path, or that of its class.
    pub(super) fn within(&self) -> Option<String> {
        let class = || self.class.as_ref().map(|class| format!("{}.{class}", self.path));
        self.function.clone().or_else(|| class().filter(|_| self.constructor == Some(self.scope)))
    }

    /// Remembers what can be passed to `function`, the first `skip` parameters left out.
    pub(super) fn signature(&mut self, path: String, function: &StmtFunctionDef, skip: usize) {
        let all = &function.parameters;
        let by_position = all.posonlyargs.iter().map(|one| (one, true, false));
        let by_both = all.args.iter().map(|one| (one, true, true));
        let by_name = all.kwonlyargs.iter().map(|one| (one, false, true));
        let parameters = by_position.chain(by_both).chain(by_name).skip(skip);
        let parameters = parameters.map(|(one, by_position, by_name)| Parameter {
            name: one.parameter.name.as_str().to_owned(),
            default: one.default.as_deref().map(|default| seen(default).value),
            by_position,
            by_name,
        });
        let parameters = parameters.collect();
        self.out.signatures.push(Signature { path, parameters });
    }
}

impl<'m> Edits<'_, 'm> {
    /// The call by which the server of `receiver`, in the module `home`, was got from what makes it.
    pub(super) fn via(&self, home: usize, receiver: Span) -> Option<(usize, &'m Made)> {
        self.server.via.get(&(home, receiver)).copied()
    }

    /// What says `value`, made of parameters, where the server of the call `via` is started.
    pub(super) fn passed(
        &self,
        (name, value): (&str, &'m Value),
        (at, via): (usize, &'m Made),
        (home, place): (usize, &Place),
        pending: &mut Pending,
    ) -> Option<String> {
        let of = self.server.home;
        let is_open = of == home && value.open_from.contains(&place.at) || value.is_closed;
        let signatures = &self.homes[of].says.signatures;
        let signature = signatures.iter().find(|one| Some(&one.path) == self.server.made.within.as_ref())?;
        if !value.is_pure || !is_open {
            return None;
        }
        let mut text = self.text(of, value.span).to_owned();
        for (span, parameter) in value.parameters.iter().rev() {
            let is_whole = *span == value.span;
            let said = match argument(signature, via, parameter)? {
                Argument::Passed(given) => self.given((name, given), (at, via), (home, place), pending)?,
                Argument::Default(default) => self.text(of, default.span).to_owned(),
            };
            let is_one = said.chars().all(|one| one.is_alphanumeric() || matches!(one, '_' | '.' | '"' | '\''));
            if !is_whole && !is_one {
                return None;
            }
            text.replace_range(span.start - value.span.start..span.end - value.span.start, &said);
        }
        let from = layout::indentation(self.whole(of), value.span.start);
        let to = format!("{}    ", layout::indentation(self.whole(home), place.at));
        Some(layout::indented(&text, from, &to))
    }

    /// What says an argument of the call `via` once more, by a name that is made for it if need be.
    fn given(
        &self,
        (name, given): (&str, &Value),
        (at, via): (usize, &Made),
        (home, place): (usize, &Place),
        pending: &mut Pending,
    ) -> Option<String> {
        let text = self.text(at, given.span);
        if given.is_literal {
            return Some(text.to_owned());
        }
        if at != home || !given.is_pure {
            return None;
        }
        if given.seen_from.contains(&place.at) && (given.is_short || !text.contains('(')) {
            return Some(text.to_owned());
        }
        let longer = format!("{}_{name}", via.key.first()?.rsplit(['.', '#', '@']).next()?);
        let is_free = |one: &&str| !self.homes[home].says.bound.iter().any(|known| known == one);
        let own = [name, longer.as_str()].into_iter().find(is_free)?.to_owned();
        let is_name = own.starts_with(|first: char| first.is_alphabetic() || first == '_');
        if !is_name || via.place.scope != place.scope || text.contains('\n') {
            return None;
        }
        let begun = (at, via.place.at, format!("{own} = {text}"));
        pending.variables.insert(format!("{name} {at} {}", via.place.at), begun);
        pending.plain.push((at, given.span, own.clone()));
        Some(own)
    }
}

/// What a parameter is in a call.
enum Argument<'m> {
    Passed(&'m Value),
    Default(&'m Value),
}

/// What `call` passes for the parameter `name`; `None` where that cannot be told.
fn argument<'m>(signature: &'m Signature, call: &'m Made, name: &str) -> Option<Argument<'m>> {
    let index = signature.parameters.iter().position(|one| one.name == name)?;
    let parameter = &signature.parameters[index];
    let by_name = call.values.iter().find(|(known, _)| known == name && parameter.by_name);
    if let Some((_, value)) = by_name {
        return Some(Argument::Passed(value));
    }
    if call.is_open || call.is_starred {
        return None;
    }
    if let Some(value) = call.positions.get(index).filter(|_| parameter.by_position) {
        return Some(Argument::Passed(value));
    }
    parameter.default.as_ref().filter(|default| default.is_literal).map(Argument::Default)
}

/// Whether the project's own class says how its servers are started, or another class is made of it.
pub(super) fn is_of_its_own(modules: &Modules, class: &str) -> bool {
    let is_start = |name: &String| super::visit::STARTS.contains(&name.as_str());
    modules.methods(class).is_none_or(|all| all.iter().any(is_start)) || modules.has_derived(class)
}
