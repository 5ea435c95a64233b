//! The rewrite of one module's registrations, planned together.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::super::context::Context;
use super::adapter::{self, Adapted, Lines};
use super::construction::{Construction, constructions};
use super::dictionaries;
use super::kinds::Shape;
use super::known::{Facts, has_own_state};
use super::layout::Layout;
use super::names::Names;
use super::place::Places;
use super::registration::{Handler, handlers};
use super::remembered::{Remembered, below_imports};
use super::returns::{Forms, forms};
use super::tools::{Checks, Input, Listing, can_be_shared, remembers_tools, shared_function};
use crate::fix::{Applicability, Edit, Fix};
use crate::rule::HandlerStyle;
use crate::source::Span;

/// More registrations than this in one module are somebody's data; their fixes would each carry what is shared by all.
const MAX_HANDLERS: usize = 200;

/// The fixes of a module, by what a finding marks.
#[derive(Debug, Default)]
pub(in crate::python::check) struct Plan {
    fixes: HashMap<Span, Fix>,
    /// What to do by hand with handlers that are taken out of a dictionary.
    taken: HashMap<Span, String>,
    /// The first registration of a tool that is rewritten.
    tool: Option<Span>,
}

impl Plan {
    /// The fix of the registration by the decorator whose name stands at `span`.
    pub(in crate::python::check) fn fix(&self, span: Span) -> Option<Fix> {
        self.fixes.get(&span).cloned()
    }

    /// What to do by hand with the handler that is taken out of the dictionary whose name stands at `span`.
    pub(in crate::python::check) fn advice(&self, span: Span) -> Option<&str> {
        self.taken.get(&span).map(String::as_str)
    }

    /// The fix of the module's tools, which checks what they answer.
    pub(in crate::python::check) fn of_tools(&self) -> Option<Fix> {
        self.fix(self.tool?)
    }

    /// Plans the module of `context`.
    pub(in crate::python::check) fn of(context: &Context<'_, '_>) -> Self {
        let places = Places::of(context.body);
        let (mut handlers, left) = handlers(context, &places);
        handlers.extend(dictionaries::stored(context, &places));
        handlers.sort_by_key(|handler| handler.place.span);
        let mut plan = Self::default();
        let tools: Vec<Span> = handlers.iter().filter(|one| one.is_tool()).map(|one| one.marked).collect();
        if !handlers.is_empty() && handlers.len() <= MAX_HANDLERS {
            plan = Self::with(context, &places, &handlers, left);
        }
        plan.tool = tools.into_iter().find(|tool| plan.fixes.contains_key(tool));
        plan.fixes.extend(dictionaries::asked(context));
        plan.taken.extend(dictionaries::taken(context));
        plan
    }

    /// Plans `handlers`, beside which `left` stay as they are.
    fn with<'t>(context: &Context<'_, 't>, places: &Places<'t>, handlers: &[Handler<'t>], left: usize) -> Self {
        let constructions = match context.rules.handler_style {
            HandlerStyle::Constructor => constructions(context, places, handlers, left),
            HandlerStyle::Register => Vec::new(),
        };
        // Where one function goes on without its context, so does what it calls.
        let remembered = Remembered::of(context).filter(|_| left == 0);
        let gone = remembered.as_ref().map_or(&[][..], |remembered| &remembered.gone);
        let has_own_state = handlers.iter().any(|handler| has_own_state(context, handler));
        let planned = |through_module: bool| {
            let mut planning = Planning {
                context,
                layout: Layout::of(context),
                names: Names::new(context, gone, (through_module, has_own_state)),
                handlers,
                adapters: adapter_names(context, handlers),
                remembered: remembered.as_ref(),
                shared: None,
                constructions: &constructions,
                facts: Facts::of(context, handlers),
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

/// The module as it is planned.
pub(super) struct Planning<'p, 'r, 't> {
    pub(super) context: &'p Context<'r, 't>,
    pub(super) layout: Layout<'t>,
    pub(super) names: Names<'p, 'r, 't>,
    pub(super) handlers: &'p [Handler<'t>],
    /// What the adapter of each is called.
    pub(super) adapters: Vec<String>,
    pub(super) remembered: Option<&'p Remembered>,
    /// The function that several tools leave their checks to, and those tools.
    pub(super) shared: Option<(String, Vec<usize>)>,
    pub(super) constructions: &'p [Construction<'t>],
    pub(super) facts: Facts,
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
        let tools = self.handlers.iter().enumerate().filter(|(_, handler)| handler.is_tool());
        let tools = tools.filter(|(_, handler)| self.checks(handler).is_some_and(|checks| can_be_shared(&checks)));
        let tools: Vec<usize> = tools.map(|(at, _)| at).collect();
        let name = ["run_tool", "run_checked_tool", "checked_tool"]
            .into_iter()
            .find(|name| !self.context.scopes.binds_anywhere(name))?;
        (tools.len() > 1).then(|| (name.to_owned(), tools))
    }

    fn shared_function(&self, name: &str, tools: &[usize]) -> Option<Lines> {
        let first = &self.handlers[*tools.first()?];
        let mut adapted = self.adapted(*tools.first()?, &first.written, "")?;
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

    pub(super) fn forms(&self, handler: &Handler<'t>) -> Forms {
        handler.function.map_or(Forms::UNKNOWN, |(function, at)| forms(self.context, function, at))
    }

    /// The blocks of code for one registration, in their order.
    pub(super) fn handler(&self, at: usize) -> Option<Vec<Lines>> {
        let handler = &self.handlers[at];
        let server = handler.server(self.context);
        let adapted = self.adapted(at, &handler.written, &server)?;
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
    pub(super) fn construction(&self, at: usize) -> Option<&Construction<'t>> {
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
            takes_dict: handler.takes_dict(),
            in_constructor: self.construction(at).is_some(),
            remembers: self.remembered.filter(is_asked).map(|one| one.name.clone()),
            cache: None,
            is_raw: false,
            checks: Checks::default(),
        };
        match handler.kind.shape {
            _ if handler.is_raw => adapted.is_raw = true,
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
    pub(super) fn cache(&self, handler: &Handler<'t>) -> String {
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
}
