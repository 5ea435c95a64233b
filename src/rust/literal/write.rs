//! The edits that put a plan in the place of a literal: an expression where that is enough, else statements, in the
//! block or behind the declaration that the literal is the whole value of, or in a block of their own.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};

use super::gather::{Literal, Place};
use super::plan::{Argument, Assigned, Plan, Start};
use crate::fix::Edit;
use crate::rust::context::Context;
use crate::source::{Span, line_end, line_start};

/// As wide as lines get, and chains of methods on one line.
const WIDEST: usize = 100;
const WIDEST_CHAIN: usize = 60;

/// The edits.
pub(super) fn edits(context: &Context<'_, '_>, literal: &Literal, plan: &Plan) -> Option<Vec<Edit>> {
    let writer = Writer::new(context, literal);
    if plan.assigned.is_empty() {
        let text = writer.expression(plan, writer.indent, &writer.type_path());
        return Some(vec![context.edit(literal.whole, &text)]);
    }
    if plan.is_update {
        return Some(vec![context.edit(literal.whole, &writer.update(plan))]);
    }
    let mentioned = writer.mentioned();
    if let Place::Let { name, is_mut, statement } = &literal.place
        && let Some(edits) = writer.behind(plan, (*name, *is_mut, *statement), &mentioned)
    {
        return Some(edits);
    }
    let name = name_of(&writer.type_path(), &mentioned)?;
    let (span, text) = match &literal.place {
        Place::Tail(_) if writer.begins_line() => {
            (literal.whole, writer.statements(plan, &name, writer.indent)?.join(&writer.line(writer.indent)))
        }
        Place::Tail(Some(inner)) if context.source.at(*inner).trim() == context.source.at(literal.whole) => {
            let deeper = writer.deeper();
            let line = writer.line(&deeper);
            let text = writer.statements(plan, &name, &deeper)?.join(&line);
            (*inner, format!("{line}{text}{}", writer.line(writer.indent)))
        }
        place => {
            let deeper = writer.deeper();
            let line = writer.line(&deeper);
            let text = writer.statements(plan, &name, &deeper)?.join(&line);
            let block = format!("{{{line}{text}{}}}", writer.line(writer.indent));
            let is_operand = matches!(place, Place::Operand);
            (literal.whole, if is_operand { format!("({block})") } else { block })
        }
    };
    Some(vec![context.edit(span, &text)])
}

struct Writer<'w, 'x, 't> {
    context: &'w Context<'x, 't>,
    literal: &'w Literal,
    /// The white space in front of the line on which the literal begins.
    indent: &'t str,
    /// One level of it.
    unit: &'t str,
    newline: &'static str,
}

impl<'w, 'x, 't> Writer<'w, 'x, 't> {
    fn new(context: &'w Context<'x, 't>, literal: &'w Literal) -> Self {
        let indent = context.indent(literal.whole.start);
        let first = literal.fields.first().map_or("", |field| context.indent(field.whole.start));
        let unit = first.strip_prefix(indent).filter(|unit| !unit.is_empty());
        let usual = if indent.starts_with('\t') { "\t" } else { "    " };
        let text = context.source.text;
        let end = line_end(text, literal.whole.start);
        let newline = if text[end..].starts_with('\r') { "\r\n" } else { "\n" };
        Self { context, literal, indent, unit: unit.unwrap_or(usual), newline }
    }

    fn at(&self, span: Span) -> &'t str {
        self.context.source.at(span)
    }

    fn type_path(&self) -> String {
        self.at(self.literal.path).to_owned()
    }

    fn deeper(&self) -> String {
        format!("{}{}", self.indent, self.unit)
    }

    fn line(&self, indent: &str) -> String {
        format!("{}{indent}", self.newline)
    }

    fn begins_line(&self) -> bool {
        let start = self.literal.whole.start;
        self.context.source.text[line_start(self.context.source.text, start)..start].trim().is_empty()
    }

    /// The text of `span` on a line that is indented by `indent`.
    fn moved(&self, span: Span, indent: &str) -> String {
        let (text, was) = (self.at(span), self.context.indent(span.start));
        if !text.contains('\n') || was == indent || has_long_literal(text) {
            return text.to_owned();
        }
        let lines = text.split('\n').enumerate().map(|(index, line)| match line.strip_prefix(was) {
            Some(rest) if index > 0 => format!("{indent}{rest}"),
            _ => line.to_owned(),
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What makes the struct, at a place whose line is indented by `indent`.
    fn start(&self, plan: &Plan, indent: &str, path: &str) -> String {
        match &plan.start {
            Start::Default => format!("{path}::default()"),
            Start::Base(span) => self.moved(*span, indent),
            Start::Call(name, arguments) => format!("{path}::{name}({})", self.arguments(arguments, indent)),
        }
    }

    fn argument(&self, one: &Argument, indent: &str) -> String {
        match one {
            Argument::Given(span) => self.moved(*span, indent),
            Argument::Some(span) => format!("Some({})", self.moved(*span, indent)),
            Argument::NoText => "None::<String>".to_owned(),
        }
    }

    /// Arguments between brackets: on one line where they fit, the bracket of a last one around the others, else one each.
    fn arguments(&self, given: &[Argument], indent: &str) -> String {
        let here: Vec<String> = given.iter().map(|one| self.argument(one, indent)).collect();
        let joined = here.join(", ");
        let is_hugged = matches!(here.as_slice(), [one] if closes_itself(one));
        if is_hugged || (!joined.contains('\n') && indent.len() + joined.len() < WIDEST - 30) {
            return joined;
        }
        let deeper = format!("{indent}{}", self.unit);
        let line = self.line(&deeper);
        let each: String = given.iter().map(|one| format!("{line}{},", self.argument(one, &deeper))).collect();
        format!("{each}{}", self.line(indent))
    }

    /// A plan without statements.
    fn expression(&self, plan: &Plan, indent: &str, path: &str) -> String {
        let start = self.start(plan, indent, path);
        let calls = |indent: &str| -> Vec<String> {
            let call = |(method, span): &(String, Span)| {
                format!(".{method}({})", self.arguments(&[Argument::Given(*span)], indent))
            };
            plan.chain.iter().map(call).collect()
        };
        let flat = format!("{start}{}", calls(indent).concat());
        if plan.chain.is_empty() || (!flat.contains('\n') && flat.len() <= WIDEST_CHAIN) {
            return flat;
        }
        let deeper = format!("{indent}{}", self.unit);
        let line = self.line(&deeper);
        calls(&deeper).iter().fold(start, |text, call| format!("{text}{line}{call}"))
    }

    /// The literal over what the constructor makes.
    fn update(&self, plan: &Plan) -> String {
        let path = self.type_path();
        let left: Vec<&str> = plan
            .assigned
            .iter()
            .filter_map(|one| match one {
                Assigned::Field(index) => Some(self.at(self.literal.fields[*index].whole)),
                Assigned::Reset(..) => None,
            })
            .collect();
        let start = self.start(plan, &self.deeper(), &path);
        let flat = format!("{path} {{ {}, ..{start} }}", left.join(", "));
        if !flat.contains('\n') && self.indent.len() + flat.len() <= WIDEST - 20 {
            return flat;
        }
        let line = self.line(&self.deeper());
        let each: String = left.iter().map(|field| format!("{line}{field},")).collect();
        format!("{path} {{{each}{line}..{start}{}}}", self.line(self.indent))
    }

    /// The words of the literal.
    fn mentioned(&self) -> BTreeSet<&'t str> {
        self.at(self.literal.whole).split(|sign: char| !sign.is_alphanumeric() && sign != '_').collect()
    }

    /// The statements that make the struct as `name`, and the name at the end.
    fn statements(&self, plan: &Plan, name: &str, indent: &str) -> Option<Vec<String>> {
        let start = self.start(plan, indent, &self.type_path());
        let mut lines = vec![format!("let mut {name} = {start};")];
        lines.extend(self.settings(plan, name, indent)?);
        lines.push(name.to_owned());
        Some(lines)
    }

    /// The statements that set the fields, with the comments that stood among them.
    fn settings(&self, plan: &Plan, name: &str, indent: &str) -> Option<Vec<String>> {
        let mut lines: Vec<String> = Vec::new();
        let mut comments = Comments::of(self.context, self.literal)?;
        for one in &plan.assigned {
            match one {
                Assigned::Field(index) => {
                    let field = &self.literal.fields[*index];
                    lines.append(&mut comments.before[*index]);
                    let member = self.at(field.whole);
                    let member = member.split([':', ' ', '\n']).next().unwrap_or_default();
                    let behind = std::mem::take(&mut comments.behind[*index]);
                    lines.push(format!("{name}.{member} = {};{behind}", self.moved(field.value.span, indent)));
                }
                Assigned::Reset(field, value) => lines.push(format!("{name}.{field} = {value};")),
            }
        }
        lines.append(&mut comments.last);
        Some(lines)
    }

    /// The statements behind the declaration of a variable that the literal is the value of.
    fn behind(
        &self,
        plan: &Plan,
        (name, is_mut, statement): (Span, bool, Span),
        mentioned: &BTreeSet<&str>,
    ) -> Option<Vec<Edit>> {
        let text = self.context.source.text;
        let called = self.at(name);
        let stands_alone = text[line_start(text, statement.start)..statement.start].trim().is_empty()
            && text[statement.end..line_end(text, statement.end)].trim().is_empty();
        let is_whole = self.at(Span::new(self.literal.whole.end, statement.end)).trim() == ";";
        if !stands_alone || !is_whole || mentioned.contains(called) {
            return None;
        }
        let indent = self.context.indent(statement.start);
        let start = self.start(plan, indent, &self.type_path());
        let line = self.line(indent);
        let settings: String = self.settings(plan, called, indent)?.iter().map(|one| format!("{line}{one}")).collect();
        let mutable = (!is_mut).then(|| self.context.edit(Span::empty(name.start), "mut "));
        let rest = Span::new(self.literal.whole.start, statement.end);
        Some(mutable.into_iter().chain([self.context.edit(rest, &format!("{start};{settings}"))]).collect())
    }
}

/// The comments between the fields of a literal.
pub(super) struct Comments {
    /// By field: what stands on lines of its own in front of it, and what on its own line behind it.
    pub(super) before: Vec<Vec<String>>,
    pub(super) behind: Vec<String>,
    /// What stands behind all of them.
    pub(super) last: Vec<String>,
}

impl Comments {
    /// None where a comment stands elsewhere: between a field and its comma, or its value.
    pub(super) fn of(context: &Context<'_, '_>, literal: &Literal) -> Option<Self> {
        let count = literal.fields.len();
        let mut out = Self { before: vec![Vec::new(); count], behind: vec![String::new(); count], last: Vec::new() };
        let mut gaps: Vec<Span> = Vec::new();
        let mut at = literal.path.end;
        for field in &literal.fields {
            gaps.push(Span::new(at, field.whole.start));
            let name = context.source.at(Span::new(field.whole.start, field.value.span.start));
            if has_comment(name) {
                return None;
            }
            at = field.whole.end;
        }
        if let Some(base) = &literal.base {
            gaps.push(Span::new(at, base.value.span.start));
            at = base.value.span.end;
        }
        gaps.push(Span::new(at, literal.whole.end));
        for (index, gap) in gaps.into_iter().enumerate() {
            let text = context.source.at(gap);
            if !has_comment(text) {
                continue;
            }
            let text = text.trim_start();
            let text = match (index, text.strip_prefix(['{', ','])) {
                (_, Some(rest)) => rest,
                (0, None) => return None,
                // The last one may have no comma.
                (_, None) => text,
            };
            let text = text.strip_suffix('}').unwrap_or(text).trim_end();
            let text = text.strip_suffix("..").unwrap_or(text);
            let (same, rest) = text.split_once('\n').unwrap_or((text, ""));
            let own = rest.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
            let own: Vec<String> = own.collect();
            if own.iter().any(|line| line.starts_with(',')) || !(same.trim().is_empty() || has_comment(same)) {
                return None;
            }
            match (index.checked_sub(1).and_then(|field| out.behind.get_mut(field)), same.trim()) {
                (_, "") => {}
                (Some(behind), same) => *behind = format!(" {same}"),
                (None, same) => out.before.get_mut(index).unwrap_or(&mut out.last).push(same.to_owned()),
            }
            out.before.get_mut(index).unwrap_or(&mut out.last).extend(own);
        }
        Some(out)
    }
}

/// Whether text between tokens holds a comment.
pub(super) fn has_comment(text: &str) -> bool {
    text.contains("//") || text.contains("/*")
}

/// Whether a text over several lines ends with the bracket that its first line opened.
fn closes_itself(text: &str) -> bool {
    let (Some(first), Some(last)) = (text.lines().next(), text.lines().last()) else { return false };
    text.contains('\n') && first.ends_with(['(', '[', '{']) && last.trim_start().starts_with([')', ']', '}'])
}

/// Whether a literal in `text` goes over several lines, whose indentation is a part of it.
fn has_long_literal(text: &str) -> bool {
    fn any(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Literal(one) => one.to_string().contains('\n'),
            TokenTree::Group(group) => any(group.stream()),
            _ => false,
        })
    }
    text.contains("/*") || text.parse::<TokenStream>().map_or(true, any)
}

/// What a variable of the type is called: the last word of its name, or all of them where that one is taken.
fn name_of(path: &str, taken: &BTreeSet<&str>) -> Option<String> {
    let path = path.split('<').next().unwrap_or_default().trim_end_matches("::");
    let name = path.rsplit("::").next().unwrap_or_default();
    let mut words: Vec<String> = Vec::new();
    for sign in name.chars() {
        match words.last_mut() {
            Some(word) if !sign.is_uppercase() => word.push(sign),
            _ => words.push(sign.to_lowercase().collect()),
        }
    }
    let last = words.last()?.clone();
    let names = [last, words.join("_"), format!("new_{}", words.join("_"))];
    names.into_iter().find(|name| !taken.contains(name.as_str()) && syn::parse_str::<syn::Ident>(name).is_ok())
}
