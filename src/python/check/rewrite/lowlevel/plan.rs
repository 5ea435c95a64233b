//! The rewrite of one module's registrations, planned together.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::super::callee::callees;
use super::super::super::context::Context;
use super::super::super::style::Style;
use super::super::super::uses::Assignment;
use super::super::edit;
use super::adapter::{self, Adapted, Lines};
use super::construction::{Construction, constructions};
use super::kinds::Shape;
use super::layout::Layout;
use super::names::Names;
use super::place::Places;
use super::registration::{Handler, handlers, is_cheap};
use super::remembered::{Remembered, below_imports};
use super::returns::{Forms, forms};
use super::tools::{Checks, Input, Listing, can_be_shared, remembers_tools, shared_function};
use crate::fix::{Applicability, Edit, Fix};
use crate::source::Span;

/// More registrations than this in one module are somebody's data; their fixes would each carry what is shared by all.
const MAX_HANDLERS: usize = 500;

/// The fixes of a module, by what a finding marks.
#[derive(Debug, Default)]
pub(in crate::python::check) struct Plan {
    fixes: HashMap<Span, Fix>,
}

impl Plan {
    /// The fix of the registration by the decorator whose name stands at `span`.
    pub(in crate::python::check) fn fix(&self, span: Span) -> Option<Fix> {
        self.fixes.get(&span).cloned()
    }

    /// Plans the module of `context`.
    pub(in crate::python::check) fn of(context: &Context<'_, '_>) -> Self {
        let places = Places::of(context.body);
        let (handlers, left) = handlers(context, &places);
        if handlers.is_empty() || handlers.len() > MAX_HANDLERS {
            return Self::default();
        }
        let constructions = match context.rules.style {
            Style::Constructor => constructions(context, &places, &handlers, left),
            Style::Register => Vec::new(),
        };
        // Where one function goes on without its context, so does what it calls.
        let remembered = Remembered::of(context).filter(|_| left == 0);
        let gone = remembered.as_ref().map_or(&[][..], |remembered| &remembered.gone);
        let planned = |through_module: bool| {
            let mut planning = Planning {
                context,
                layout: Layout::of(context),
                names: Names::new(context, gone, through_module),
                handlers: &handlers,
                adapters: adapter_names(context, &handlers),
                remembered: remembered.as_ref(),
                shared: None,
                constructions: &constructions,
                facts: Facts::of(context),
            };
            planning.shared = planning.shared_tools();
            (planning.made(), planning.names.are_many())
        };
        match planned(false) {
            (_, true) => planned(true).0,
            (plan, false) => plan,
        }
    }
}

struct Planning<'p, 'r, 't> {
    context: &'p Context<'r, 't>,
    layout: Layout<'t>,
    names: Names<'p, 'r, 't>,
    handlers: &'p [Handler<'t>],
    /// What the adapter of each is called.
    adapters: Vec<String>,
    remembered: Option<&'p Remembered>,
    /// The function that several tools leave their checks to, and those tools.
    shared: Option<(String, Vec<usize>)>,
    constructions: &'p [Construction<'t>],
    facts: Facts,
}

/// What is found out once for the whole module.
struct Facts {
    /// Whether tools of this module may say what they answer. Those of other modules may always.
    has_output_schemas: bool,
    /// Whether an error that asks for an address may be raised.
    asks_for_url: bool,
}

impl Facts {
    fn of(context: &Context<'_, '_>) -> Self {
        let makes_tools = context
            .uses
            .calls
            .iter()
            .any(|call| callees(context, call.node, call.at).iter().any(|callee| callee.path == "mcp.types.Tool"));
        let exception = "UrlElicitationRequiredError";
        let is_said = |text: &str| context.text.contains(text);
        Self {
            has_output_schemas: !makes_tools || is_said("outputSchema") || is_said("output_schema"),
            asks_for_url: is_said(exception) || context.module.handed_on.is_imported_anywhere(exception),
        }
    }
}

/// A name for each adapter that nothing else in the module has.
fn adapter_names(context: &Context<'_, '_>, handlers: &[Handler<'_>]) -> Vec<String> {
    let mut taken: HashSet<(usize, String)> = HashSet::new();
    let mut names = Vec::new();
    for handler in handlers {
        let mut name = handler.kind.on.to_owned();
        let mut count = 1;
        while context.scopes.binds_anywhere(&name) || !taken.insert((handler.at.scope, name.clone())) {
            count += 1;
            name = format!("{}_{count}", handler.kind.on);
        }
        names.push(name);
    }
    names
}

impl<'t> Planning<'_, '_, 't> {
    fn made(&self) -> Plan {
        let mut groups: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
        for (at, handler) in self.handlers.iter().enumerate() {
            groups.entry(handler.place.span).or_default().push(at);
        }
        let mut edits: Vec<(Vec<usize>, Option<Vec<Edit>>)> =
            groups.into_values().map(|group| (group.clone(), self.group(&group))).collect();
        for construction in self.constructions {
            let is_its = |group: &[usize]| group.iter().any(|at| construction.handlers.contains(at));
            let (its, others) = edits.into_iter().partition(|(group, _)| is_its(group));
            edits = others;
            let its: Vec<(Vec<usize>, Option<Vec<Edit>>)> = its;
            let groups = its.iter().flat_map(|(group, _)| group.clone()).collect();
            let whole: Option<Vec<Edit>> = its.into_iter().try_fold(Vec::new(), |mut all, (_, edits)| {
                all.extend(edits?);
                Some(all)
            });
            edits.push((groups, whole));
        }
        let are_all_made = edits.iter().all(|(_, edits)| edits.is_some());
        if self.remembered.is_some() && !are_all_made {
            return Plan::default();
        }
        let Ok(definition) = self.definition() else { return Plan::default() };
        let Some(mut shared) = self.names.edits(&self.layout, definition) else { return Plan::default() };
        let mut plan = Plan::default();
        let mut fix = |marked: Span, title: String, mut edits: Vec<Edit>| {
            edits.sort_by_key(|edit| edit.span);
            plan.fixes.insert(marked, Fix { title, applicability: Applicability::Unsafe, edits });
        };
        if let Some(remembered) = self.remembered {
            // Who asks for a context and who is given it must not be parted.
            shared.extend(edits.iter().filter_map(|(_, edits)| edits.clone()).flatten());
            shared.extend(remembered.places.iter().flat_map(|(_, edits)| edits.clone()));
            for (marked, _) in &remembered.places {
                fix(*marked, format!("keep the context in `{}`", remembered.name), shared.clone());
            }
        }
        for (group, own) in edits {
            let Some(own) = own else { continue };
            for at in group {
                let handler = &self.handlers[at];
                let own = if self.remembered.is_some() { Vec::new() } else { own.clone() };
                let title = format!("register an adapter with `{}`", handler.kind.registering());
                fix(handler.marked, title, own.into_iter().chain(shared.iter().cloned()).collect());
            }
        }
        plan
    }

    /// What the module itself needs below its imports; an error where that cannot be written.
    fn definition(&self) -> Result<Option<(usize, String)>, ()> {
        let mut blocks = Vec::new();
        let newline = self.layout.newline;
        if let Some(remembered) = self.remembered {
            let line = remembered.definition(&self.names).ok_or(())?;
            blocks.push(format!("{newline}{}", self.layout.text("", &[(0, line)])));
        }
        if let Some((name, tools)) = &self.shared {
            let lines = self.shared_function(name, tools).ok_or(())?;
            blocks.push(format!("{newline}{newline}{}", self.layout.text("", &lines)));
        }
        if blocks.is_empty() {
            return Ok(None);
        }
        let text: Vec<String> = blocks.into_iter().map(|block| format!("{newline}{block}")).collect();
        Ok(Some((below_imports(self.context).ok_or(())?, text.concat())))
    }

    /// The tools that leave their checks to one function, if there are several.
    fn shared_tools(&self) -> Option<(String, Vec<usize>)> {
        let tools = self.handlers.iter().enumerate().filter(|(_, handler)| handler.kind.shape == Shape::Tool);
        let tools = tools.filter(|(_, handler)| self.checks(handler).is_some_and(|checks| can_be_shared(&checks)));
        let tools: Vec<usize> = tools.map(|(at, _)| at).collect();
        let name = ["run_tool", "run_checked_tool", "checked_tool"]
            .into_iter()
            .find(|name| !self.context.scopes.binds_anywhere(name))?;
        (tools.len() > 1).then(|| (name.to_owned(), tools))
    }

    fn shared_function(&self, name: &str, tools: &[usize]) -> Option<Lines> {
        let first = &self.handlers[*tools.first()?];
        let mut adapted = self.adapted(*tools.first()?, first.written, "")?;
        name.clone_into(&mut adapted.name);
        adapted.scope = 0;
        for at in tools {
            let handler = &self.handlers[*at];
            let checks = self.checks(handler)?;
            adapted.forms = adapted.forms.and(self.forms(handler));
            adapted.typed &= handler.is_typed();
            if checks.input == Input::Always && matches!(checks.listing, Listing::Call(_)) {
                (adapted.checks.input, adapted.checks.listing) = (Input::Always, checks.listing);
            }
            adapted.checks.output |= checks.output;
        }
        shared_function(&adapted, &self.names)
    }

    fn forms(&self, handler: &Handler<'t>) -> Forms {
        handler.function.map_or(Forms::UNKNOWN, |(function, at)| forms(self.context, function, at))
    }

    /// The edits for what is registered at one statement.
    fn group(&self, group: &[usize]) -> Option<Vec<Edit>> {
        let first = &self.handlers[*group.first()?];
        let place = first.place;
        let indent = place.indent(self.context)?;
        let end = place.line_end(self.context)?;
        let newline = self.layout.newline;
        let blank = if indent.is_empty() { self.layout.blank } else { 1 };
        let gap = newline.repeat(blank + 1);
        let mut blocks: Vec<String> = Vec::new();
        // The lowest decorator is the first to be applied.
        for at in group.iter().rev() {
            for lines in self.handler(*at)? {
                blocks.push(self.layout.text(indent, &lines));
            }
        }
        let mut edits = Vec::new();
        if let Some(construction) = self.construction(*group.first()?)
            && construction.handlers.last().is_some_and(|last| self.handlers[*last].place.span == place.span)
        {
            let argument = |at: &usize| format!("{}={}", self.handlers[*at].kind.on, self.adapters[*at]);
            let arguments: Vec<String> = construction.handlers.iter().map(argument).collect();
            let (gone, text) = construction.moved(self.context, &self.layout, &arguments)?;
            edits.push(gone);
            blocks.push(text);
        }
        let text = blocks.join(&gap);
        if first.decorator.is_none() {
            let is_comment = place.span.end != end;
            let until = if is_comment { self.without_marker(place.span.end, end) } else { end };
            let start = place.span.start - indent.len();
            // An adapter in the middle of statements is set apart from them.
            let before = if self.follows_code(start) { newline.repeat(blank) } else { String::new() };
            let after = if self.precedes_code(end) { newline.repeat(blank) } else { String::new() };
            let text = format!("{before}{text}{after}");
            edits.push(edit(self.context, Span::new(start, until), text));
            return Some(edits);
        }
        for at in group {
            let decorator = self.handlers[*at].decorator?;
            edits.push(edit(self.context, self.decorator_line(decorator)?, ""));
        }
        edits.push(edit(self.context, Span::empty(end), format!("{gap}{text}")));
        Some(edits)
    }

    /// Whether the line above a statement holds code.
    fn follows_code(&self, start: usize) -> bool {
        let text = &self.context.text[..start];
        let above = text.trim_end_matches([' ', '\t']).trim_end_matches(['\n', '\r']);
        let line = above.lines().next_back().unwrap_or_default().trim();
        text[above.len()..].matches('\n').count() == 1 && !line.ends_with(':') && !line.starts_with('#')
    }

    /// Whether the line below one holds code that does not stand further out, nor will become an adapter.
    fn precedes_code(&self, end: usize) -> bool {
        let Some(below) = self.context.text[end..].strip_prefix("\r\n").or(self.context.text[end..].strip_prefix('\n'))
        else {
            return false;
        };
        let start = self.context.text.len() - below.len();
        let line = below.lines().next().unwrap_or_default();
        let own = super::super::indentation(self.context.text, end).len();
        let is_next = |handler: &Handler<'t>| {
            let place = handler.place.span.start;
            handler.decorator.is_none() && start <= place && place < start + line.len()
        };
        !line.trim().is_empty() && line.len() - line.trim_start().len() >= own && !self.handlers.iter().any(is_next)
    }

    /// Where a line ends without a comment that only told a checker to be silent.
    fn without_marker(&self, code: usize, end: usize) -> usize {
        let comment = self.context.text.get(code..end).unwrap_or_default().trim();
        if is_marker(comment) { end } else { code }
    }

    /// The bytes of a decorator with its line.
    fn decorator_line(&self, decorator: Span) -> Option<Span> {
        let text = self.context.text;
        let rest = text.get(decorator.end..)?;
        let line = rest.lines().next().unwrap_or_default();
        let comment = line.trim();
        if !comment.is_empty() && !comment.starts_with('#') {
            return None;
        }
        if !comment.is_empty() && !is_marker(comment) {
            return Some(Span::new(decorator.start, decorator.end + line.find('#')?));
        }
        // With the white space of the next line in place of its own.
        let next = decorator.end + rest.find('\n')? + 1;
        let start = text[..decorator.start].rfind('\n').map_or(0, |at| at + 1);
        Some(Span::new(start, next))
    }

    /// The blocks of code for one registration, in their order.
    fn handler(&self, at: usize) -> Option<Vec<Lines>> {
        let handler = &self.handlers[at];
        let server = handler.server(self.context);
        let adapted = self.adapted(at, handler.written, &server)?;
        let mut blocks = Vec::new();
        if adapted.cache.is_some() || remembers_tools(&adapted) {
            blocks.push(self.cache_lines(handler)?);
        }
        blocks.push(adapter::lines(&adapted, &self.names)?);
        if !adapted.in_constructor {
            blocks.push(vec![(0, adapter::registration(&adapted, &self.names)?)]);
        }
        Some(blocks)
    }

    /// The construction that the handler moves into.
    fn construction(&self, at: usize) -> Option<&Construction<'t>> {
        self.constructions.iter().find(|one| one.handlers.contains(&at))
    }

    fn adapted<'k>(&self, at: usize, function: &'k str, server: &'k str) -> Option<Adapted<'k>> {
        let handler = &self.handlers[at];
        let is_asked = |one: &&Remembered| one.is_asked_below(handler, self.handlers);
        let mut adapted = Adapted {
            kind: handler.kind,
            name: self.adapters[at].clone(),
            function,
            server,
            scope: handler.at.scope,
            typed: handler.is_typed(),
            forms: self.forms(handler),
            takes_request: None,
            takes_text: handler.takes_text(),
            in_constructor: self.construction(at).is_some(),
            remembers: self.remembered.filter(is_asked).map(|one| one.name.clone()),
            cache: None,
            checks: Checks::default(),
        };
        match handler.kind.shape {
            Shape::List(_) => {
                adapted.takes_request = handler.request(self.context);
                if handler.kind.name == "list_tools" && self.is_remembered(at) {
                    adapted.cache = Some(self.cache(handler));
                }
            }
            Shape::Tool => {
                adapted.checks = self.checks(handler)?;
                let shared = self.shared.as_ref().filter(|(_, tools)| tools.contains(&at));
                adapted.checks.shared = shared.map(|(name, _)| name.clone());
            }
            _ => {}
        }
        Some(adapted)
    }

    /// What the tools of a server are remembered in: of two servers of one scope, not the same.
    fn cache(&self, handler: &Handler<'t>) -> String {
        let is_taken = |name: &&str| self.context.scopes.binds_anywhere(name);
        let mut candidates = ["tool_cache", "known_tools", "tools_by_name"].into_iter();
        let name = candidates.find(|name| !is_taken(name)).unwrap_or("remembered_tools");
        let mut servers: Vec<&str> = Vec::new();
        for other in self.handlers.iter().filter(|other| other.at.scope == handler.at.scope) {
            let server = self.context.source(other.receiver);
            if !servers.contains(&server) {
                servers.push(server);
            }
        }
        match servers.iter().position(|server| *server == self.context.source(handler.receiver)) {
            None | Some(0) => name.to_owned(),
            Some(at) => format!("{name}_{}", at + 1),
        }
    }

    fn cache_lines(&self, handler: &Handler<'t>) -> Option<Lines> {
        let cache = self.cache(handler);
        if !handler.is_typed() {
            return Some(vec![(0, format!("{cache} = {{}}"))]);
        }
        let tool = self.names.sdk("Tool", handler.at.scope)?;
        Some(vec![(0, format!("{cache}: dict[str, {tool}] = {{}}"))])
    }

    /// The registration of the listing that tells of the tools which `handler` calls.
    fn listing(&self, handler: &Handler<'t>) -> Option<usize> {
        let server = self.context.source(handler.receiver);
        let mut found = self.handlers.iter().enumerate().filter(|(_, other)| {
            other.kind.name == "list_tools"
                && self.context.source(other.receiver) == server
                && other.at.function == handler.at.function
        });
        let one = found.next();
        one.filter(|_| found.next().is_none()).map(|(at, _)| at)
    }

    /// How a call of a listed function is written where it may be made for each call of a tool.
    fn cheap_call(&self, at: usize) -> Option<String> {
        let listing = &self.handlers[at];
        let (function, at) = listing.function?;
        let forms = forms(self.context, function, at);
        let is_plain = listing.request(self.context).is_none() && is_cheap(function);
        let call = format!("await {}()", listing.written);
        match is_plain {
            true if forms.only(Forms::many()) => Some(call),
            true if forms.only(Forms::model()) => Some(format!("({call}).tools")),
            _ => None,
        }
    }

    /// Whether a listing must remember its tools for the tools of its server.
    fn is_remembered(&self, at: usize) -> bool {
        let is_own = |other: &Handler<'t>| other.kind.shape == Shape::Tool && self.listing(other) == Some(at);
        self.cheap_call(at).is_none() && self.handlers.iter().any(|other| is_own(other) && self.is_checked(other))
    }

    fn is_checked(&self, handler: &Handler<'t>) -> bool {
        self.input(handler) != Some(Input::Never) || self.facts.has_output_schemas
    }

    /// Whether arguments are checked; `None` when the call does not say it in a way that could be repeated.
    fn input(&self, handler: &Handler<'t>) -> Option<Input> {
        use ruff_python_ast::Expr;
        match handler.keyword("validate_input") {
            None => handler.call.arguments.keywords.is_empty().then_some(Input::Always),
            Some(Expr::BooleanLiteral(one)) => Some(if one.value { Input::Always } else { Input::Never }),
            Some(one @ (Expr::Name(_) | Expr::Attribute(_))) => Some(Input::If(self.context.source(one).to_owned())),
            Some(_) => None,
        }
    }

    fn checks(&self, handler: &Handler<'t>) -> Option<Checks> {
        let listing = match self.listing(handler) {
            Some(at) => match self.cheap_call(at) {
                Some(call) => Listing::Call(call),
                None => {
                    Listing::Remembered { cache: self.cache(&self.handlers[at]), adapter: self.adapters[at].clone() }
                }
            },
            None if self.is_own(handler) => Listing::None,
            None => Listing::Asked { cache: self.cache(handler) },
        };
        let (input, output) = (self.input(handler)?, self.facts.has_output_schemas);
        Some(Checks { input, output, listing, asks_for_url: self.facts.asks_for_url, shared: None })
    }

    /// Whether nobody but the code in sight can register anything with the server of `handler`: it is made here, and never
    /// handed to anybody.
    fn is_own(&self, handler: &Handler<'t>) -> bool {
        use ruff_python_ast::Expr;
        let Expr::Name(name) = handler.receiver else { return false };
        let name = name.id.as_str();
        let servers = self.context.canonical("mcp.server.lowlevel.Server");
        let mut made = self.context.uses.assigned_to(name);
        let is_made = |(_, value, at): &Assignment<'_>| matches!(value, Expr::Call(call) if callees(self.context, call, *at).iter().any(|one| servers.contains(&one.path)));
        let module = self.context.module;
        made.next().is_some_and(is_made)
            && made.next().is_none()
            && !module.handed_on.is_used_elsewhere(&module.module.path, name)
            && !is_passed_on(self.context.body, name)
            && !self.context.text.contains("request_handlers")
    }
}

/// Whether `name` stands anywhere but in front of a dot.
fn is_passed_on(body: &[ruff_python_ast::Stmt], name: &str) -> bool {
    use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr};
    use ruff_python_ast::{Expr, ExprContext};
    struct Found<'n>(&'n str, bool);
    impl<'t> SourceOrderVisitor<'t> for Found<'_> {
        fn visit_expr(&mut self, expression: &'t Expr) {
            match expression {
                Expr::Attribute(attribute) if attribute.value.is_name_expr() => {}
                Expr::Name(one) if one.ctx == ExprContext::Load => self.1 |= one.id.as_str() == self.0,
                _ => walk_expr(self, expression),
            }
        }
    }
    let mut found = Found(name, false);
    body.iter().for_each(|statement| found.visit_stmt(statement));
    found.1
}

/// Whether a comment only speaks to a checker.
fn is_marker(comment: &str) -> bool {
    let text = comment.trim_start_matches('#').trim_start();
    ["type: ignore", "noqa", "pyright:", "pylint:", "mypy:", "ty: ignore", "pragma:"]
        .iter()
        .any(|marker| text.starts_with(marker))
}
