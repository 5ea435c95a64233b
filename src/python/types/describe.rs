//! From ty's types to [`Type`], which is all that the rest of the program sees of them.

use ruff_python_ast::{AnyNodeRef, AnyRootNodeRef, Expr, ExprRef};
use ty_python_core::definition::{Definition, DefinitionKind};
use ty_python_core::scope::NodeWithScopeKind;
use ty_python_semantic::types::{KnownInstanceType, Type as Inferred, TypeVarKind};
use ty_python_semantic::{
    Db, HasDefinition, HasType, ImportAliasResolution, ProgramEnvironment, ResolvedDefinition, SemanticModel,
    definitions_for_attribute, definitions_for_name,
};

use super::classes::{Classes, dotted, module_name};
use super::{ClassRef, Part, Type};

/// Aliases of aliases deeper than this are circular.
const DEEPEST: usize = 16;

/// Describes the types of one file's nodes.
pub(super) struct Describe<'a, 'db> {
    pub(super) model: &'a SemanticModel<'db>,
    pub(super) classes: &'a Classes,
    pub(super) node: AnyRootNodeRef<'a>,
}

impl<'db> Describe<'_, 'db> {
    pub(super) fn describe(&self, inferred: Inferred<'db>) -> Type {
        let mut parts = Vec::new();
        self.parts(inferred, 0, &mut parts);
        Type { parts, shown: inferred.display(self.db(), &self.environment()).to_string() }
    }

    /// Where what an expression names is defined.
    pub(super) fn definitions(&self) -> Vec<String> {
        let found = match self.node {
            AnyRootNodeRef::Expr(Expr::Name(name)) => {
                let aliases = ImportAliasResolution::ResolveAliases;
                definitions_for_name(self.model, name.id.as_str(), AnyNodeRef::from(name), aliases)
            }
            AnyRootNodeRef::Expr(Expr::Attribute(attribute)) => definitions_for_attribute(self.model, attribute),
            _ => Vec::new(),
        };
        let paths = found.iter().filter_map(|definition| match definition {
            ResolvedDefinition::Definition(definition) => Some(dotted(self.db(), *definition)),
            ResolvedDefinition::Module(file) => Some(module_name(self.db(), *file)),
            ResolvedDefinition::FileWithRange(_) => None,
        });
        let mut paths: Vec<String> = paths.collect();
        paths.sort();
        paths.dedup();
        paths
    }

    fn db(&self) -> &'db dyn Db {
        self.model.db()
    }

    fn environment(&self) -> ProgramEnvironment<'db> {
        self.model.program_environment()
    }

    fn parts(&self, inferred: Inferred<'db>, depth: usize, parts: &mut Vec<Part>) {
        let db = self.db();
        match inferred {
            Inferred::Never => {}
            Inferred::Union(union) if depth < DEEPEST => {
                for element in union.elements(db) {
                    self.parts(*element, depth + 1, parts);
                }
            }
            Inferred::Intersection(both) if depth < DEEPEST => {
                let mut known = Vec::new();
                for element in both.iter_positive(db) {
                    self.parts(element, depth + 1, &mut known);
                }
                known.retain(|part| *part != Part::Unknown);
                if known.is_empty() {
                    known.push(Part::Unknown);
                }
                known.into_iter().for_each(|part| add(parts, part));
            }
            Inferred::TypeAlias(alias) if depth < DEEPEST => self.parts(alias.value_type(db), depth + 1, parts),
            Inferred::NewTypeInstance(new) if depth < DEEPEST => {
                self.parts(new.concrete_base_type(db), depth + 1, parts);
            }
            Inferred::TypeVar(variable) if variable.typevar(db).kind(db) != TypeVarKind::TypingSelf => {
                match self.bound(inferred).filter(|_| depth < DEEPEST) {
                    Some(bound) => self.parts(bound, depth + 1, parts),
                    None => add(parts, Part::Unknown),
                }
            }
            _ => add(parts, self.part(inferred)),
        }
    }

    fn part(&self, inferred: Inferred<'db>) -> Part {
        let db = self.db();
        if inferred.is_none(db) {
            return Part::None;
        }
        let definition = self.definition(inferred);
        match (inferred, definition) {
            (Inferred::Dynamic(_) | Inferred::Divergent(_), _) => Part::Unknown,
            (Inferred::ModuleLiteral(module), _) => Part::Module(module.module(db).name(db).as_str().to_owned()),
            (Inferred::LiteralValue(literal), _) if !literal.is_enum() => {
                let shown = inferred.display(db, &self.environment()).to_string();
                let source = shown.strip_prefix("Literal[").and_then(|rest| rest.strip_suffix(']'));
                Part::Literal(source.unwrap_or(&shown).to_owned())
            }
            // An enumeration's member is an instance of the class in which it is defined.
            (Inferred::LiteralValue(_), Some(member)) => match self.class_around(member) {
                Some(class) => Part::Instance(class),
                None => Part::Other,
            },
            (Inferred::NominalInstance(_) | Inferred::ProtocolInstance(_) | Inferred::TypedDict(_), Some(class)) => {
                Part::Instance(self.classes.of(db, class))
            }
            (Inferred::ClassLiteral(_) | Inferred::GenericAlias(_), Some(class)) => {
                Part::Class(self.classes.of(db, class))
            }
            (Inferred::SubclassOf(_), Some(class)) if matches!(class.kind(db), DefinitionKind::Class(_)) => {
                Part::Class(self.classes.of(db, class))
            }
            (Inferred::SubclassOf(_), _) => self.enclosing_class().map_or(Part::Unknown, Part::Class),
            (Inferred::TypeVar(_), _) => self.enclosing_class().map_or(Part::Unknown, Part::Instance),
            (Inferred::BoundMethod(_), Some(method)) => self.method(method),
            (Inferred::FunctionLiteral(_) | Inferred::Callable(_), Some(function)) => {
                Part::Function { path: dotted(db, function) }
            }
            (Inferred::KnownInstance(KnownInstanceType::UnionType(_)), _) => Part::UnionAlias,
            _ => Part::Other,
        }
    }

    fn definition(&self, inferred: Inferred<'db>) -> Option<Definition<'db>> {
        inferred.definition(self.db(), &self.environment())?.definition().copied()
    }

    /// What a type variable is bound to.
    fn bound(&self, variable: Inferred<'db>) -> Option<Inferred<'db>> {
        let db = self.db();
        let definition = self.definition(variable)?;
        let module = ruff_db::parsed::parsed_module(db, definition.python_file(db)).load(db);
        let model = SemanticModel::new(db, definition.program_file(db));
        match definition.kind(db) {
            DefinitionKind::TypeVar(variable) => variable.node(&module).bound.as_ref()?.inferred_type(&model),
            kind => {
                let call = kind.value(&module)?.as_call_expr()?;
                call.arguments.find_keyword("bound")?.value.inferred_type(&model)
            }
        }
    }

    fn method(&self, method: Definition<'db>) -> Part {
        let path = dotted(self.db(), method);
        let owner = self.class_around(method);
        let mut receivers = Vec::new();
        if let AnyRootNodeRef::Expr(Expr::Attribute(attribute)) = self.node
            && let Some(receiver) = attribute.value.inferred_type(self.model)
        {
            self.parts(receiver, 0, &mut receivers);
        }
        let fits = |class: &ClassRef| owner.as_ref().is_none_or(|owner| class.is(&owner.path));
        let mut receivers = receivers.into_iter().filter_map(|part| match part {
            Part::Instance(class) | Part::Class(class) => Some(class),
            _ => None,
        });
        match receivers.find(fits).or(owner) {
            Some(class) => Part::Method { class, path },
            None => Part::Function { path },
        }
    }

    /// The class in whose body `definition` stands.
    fn class_around(&self, definition: Definition<'db>) -> Option<ClassRef> {
        let db = self.db();
        let file = definition.program_file(db);
        let mut scope = definition.scope(db);
        loop {
            match scope.node(db) {
                NodeWithScopeKind::Class(class) => {
                    let module = ruff_db::parsed::parsed_module(db, file.python_file(db)).load(db);
                    let class = class.node(&module).definition(&SemanticModel::new(db, file));
                    return Some(self.classes.of(db, class));
                }
                // The type parameters of a generic method stand between it and its class.
                NodeWithScopeKind::FunctionTypeParameters(_) => {
                    scope = scope.scope(db).parent()?.to_scope_id(db, file);
                }
                _ => return None,
            }
        }
    }

    /// The class to whose methods the described node belongs: what `self` and `Self` are there.
    fn enclosing_class(&self) -> Option<ClassRef> {
        let db = self.db();
        let node = match self.node {
            AnyRootNodeRef::Expr(expression) => AnyNodeRef::from(ExprRef::from(expression)),
            AnyRootNodeRef::Parameter(parameter) => AnyNodeRef::from(parameter),
            AnyRootNodeRef::ParameterWithDefault(parameter) => AnyNodeRef::from(parameter),
            _ => return None,
        };
        let mut scopes = self.model.ancestor_scopes(node);
        let class = scopes.find_map(|(_, scope)| scope.node().as_class())?;
        let module = ruff_db::parsed::parsed_module(db, self.model.python_file()).load(db);
        Some(self.classes.of(db, class.node(&module).definition(self.model)))
    }
}

fn add(parts: &mut Vec<Part>, part: Part) {
    if !parts.contains(&part) {
        parts.push(part);
    }
}
