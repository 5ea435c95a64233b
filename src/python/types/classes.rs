//! From ty's definitions to dotted paths and orders of inheritance.

use std::collections::HashMap;
use std::sync::Mutex;

use ruff_db::files::File;
use ruff_db::parsed::parsed_module;
use ruff_db::source::source_text;
use ruff_python_ast::AnyNodeRef;
use ruff_python_ast::find_node::covering_node;
use ruff_text_size::{Ranged, TextRange};
use ty_module_resolver::file_to_module;
use ty_python_core::ProgramFile;
use ty_python_core::definition::{Definition, DefinitionKind};
use ty_python_core::scope::{NodeWithScopeKind, ScopeId};
use ty_python_semantic::{Db, HasDefinition, HasType, ProgramEnvironment, SemanticModel, type_hierarchy_supertypes};

use super::ClassRef;

/// A chain of bases longer than this is no program's; it is cut.
const LONGEST_CHAIN: usize = 64;

/// The classes met so far, by where their names stand.
#[derive(Debug, Default)]
pub(super) struct Classes(Mutex<HashMap<(File, TextRange), ClassRef>>);

impl Classes {
    /// The class that `definition` defines.
    pub(super) fn of(&self, db: &dyn Db, definition: Definition<'_>) -> ClassRef {
        self.below(db, definition, 0)
    }

    fn below<'db>(&self, db: &'db dyn Db, definition: Definition<'db>, depth: usize) -> ClassRef {
        let module = parsed_module(db, definition.python_file(db)).load(db);
        let place = definition.focus_range(db, &module);
        let key = (place.file(), place.range());
        if let Some(known) = self.0.lock().ok().and_then(|known| known.get(&key).cloned()) {
            return known;
        }
        let path = dotted(db, definition);
        let DefinitionKind::Class(class) = definition.kind(db) else {
            return ClassRef { ancestors: vec![path.clone()], path };
        };
        let model = SemanticModel::new(db, definition.program_file(db));
        let environment = ProgramEnvironment::from_definition(definition);
        let mut lists = Vec::new();
        if depth < LONGEST_CHAIN
            && let Some(class) = class.node(&module).inferred_type(&model)
        {
            for base in type_hierarchy_supertypes(db, &environment, class) {
                let file = db.program_file(base.file.file(db));
                lists.push(match class_at(db, file, base.selection_range) {
                    Some(base) => self.below(db, base, depth + 1).ancestors,
                    None => vec![within(&module_name(db, file), base.name.as_str())],
                });
            }
        }
        let class = ClassRef { ancestors: linearized(&path, lists), path };
        if let Ok(mut known) = self.0.lock() {
            known.insert(key, class.clone());
        }
        class
    }
}

/// The definition of the class whose name stands at `range`.
fn class_at<'db>(db: &'db dyn Db, file: ProgramFile<'db>, range: TextRange) -> Option<Definition<'db>> {
    let module = parsed_module(db, file.python_file(db)).load(db);
    let found = covering_node(module.syntax().into(), range).find_first(|node| node.is_stmt_class_def()).ok()?;
    let AnyNodeRef::StmtClassDef(class) = found.node() else { return None };
    (class.name.range == range).then(|| class.definition(&SemanticModel::new(db, file)))
}

/// Merges the orders of the bases as Python does (C3), and where they contradict each other in the order of the bases.
fn linearized(class: &str, mut lists: Vec<Vec<String>>) -> Vec<String> {
    let direct = lists.iter().filter_map(|list| list.first().cloned()).collect();
    lists.push(direct);
    let mut order = vec![class.to_owned()];
    loop {
        lists.retain(|list| !list.is_empty());
        let heads = lists.iter().map(|list| &list[0]);
        let free = |head: &&String| lists.iter().all(|list| !list[1..].contains(head));
        let Some(next) = heads.clone().find(free).or_else(|| heads.clone().next()).cloned() else { return order };
        for list in &mut lists {
            list.retain(|name| *name != next);
        }
        order.push(next);
    }
}

/// `module.Outer.name` of a definition. What stands in a function is below `function.<locals>`, as in `__qualname__`; an
/// attribute that a method sets on `self` belongs to the method's class.
pub(super) fn dotted<'db>(db: &'db dyn Db, definition: Definition<'db>) -> String {
    let module = parsed_module(db, definition.python_file(db)).load(db);
    let place = definition.focus_range(db, &module);
    let text = source_text(db, place.file());
    let target = text.as_str().get(std::ops::Range::<usize>::from(place.range())).unwrap_or_default();
    let scope = definition.scope(db);
    match (target.rsplit_once('.'), scope.class_definition_of_method(db)) {
        (Some((_, attribute)), Some(class)) => within(&dotted(db, class), attribute),
        (_, _) => within(&scope_path(db, scope), target),
    }
}

/// The module of a file, or `__main__` where the file is no module that something could import.
pub(super) fn module_name<'db>(db: &'db dyn Db, file: ProgramFile<'db>) -> String {
    let module = file_to_module(db, file.resolver_file(db));
    module.map_or_else(|| "__main__".to_owned(), |module| module.name(db).as_str().to_owned())
}

fn scope_path<'db>(db: &'db dyn Db, scope: ScopeId<'db>) -> String {
    let file = scope.program_file(db);
    let module = parsed_module(db, file.python_file(db)).load(db);
    let mut names = Vec::new();
    let mut current = Some(scope);
    while let Some(scope) = current {
        match scope.node(db) {
            NodeWithScopeKind::Class(class) => names.push(class.node(&module).name.as_str()),
            NodeWithScopeKind::Function(function) => {
                names.extend(["<locals>", function.node(&module).name.as_str()]);
            }
            _ => {}
        }
        current = scope.scope(db).parent().map(|parent| parent.to_scope_id(db, file));
    }
    let path = module_name(db, file);
    names.iter().rev().fold(path, |path, name| within(&path, name))
}

fn within(path: &str, name: &str) -> String {
    format!("{path}.{name}")
}

#[cfg(test)]
mod tests {
    use super::linearized;

    #[test]
    fn bases_are_merged_as_python_merges_them() {
        let list = |names: &str| names.chars().map(String::from).collect::<Vec<_>>();
        assert_eq!(linearized("D", vec![list("BAO"), list("CAO")]), list("DBCAO"));
        assert_eq!(linearized("D", vec![list("AO"), list("BAO")]), list("DABO"));
        assert_eq!(linearized("O", vec![]), list("O"));
    }
}
