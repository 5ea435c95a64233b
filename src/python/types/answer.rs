//! What the engine answers of an expression, in terms that are not ty's.

/// What an expression may be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Type {
    /// The alternatives, in ty's order and without repetition: several for a union, none where nothing arrives.
    pub parts: Vec<Part>,
    /// The type as a checker writes it, for messages alone.
    pub shown: String,
}

impl Type {
    /// Whether an instance of one of `classes`, or of a class derived from one, is among the alternatives; `None` when
    /// nothing is known.
    pub fn is_instance(&self, classes: &[String]) -> Option<bool> {
        let mut is_known = false;
        for part in &self.parts {
            match part {
                Part::Instance(class) => {
                    if class.ancestors.iter().any(|path| classes.contains(path)) {
                        return Some(true);
                    }
                    is_known = true;
                }
                Part::Unknown => {}
                _ => is_known = true,
            }
        }
        is_known.then_some(false)
    }
}

/// One of the things that an expression may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Not known: dynamic, of a package that is not at hand, or not inferred.
    Unknown,
    /// `None`.
    None,
    /// An object of a class.
    Instance(ClassRef),
    /// A class itself.
    Class(ClassRef),
    /// A function, or a method taken from its class, by the path of its definition: `module.function`,
    /// `module.Class.method`.
    Function {
        /// The path.
        path: String,
    },
    /// A method together with its receiver.
    Method {
        /// The class of the receiver, or the class that defines the method where the receiver is not at hand.
        class: ClassRef,
        /// The path of the method's definition, which may stand in an ancestor of `class`.
        path: String,
    },
    /// A module, by its dotted name.
    Module(String),
    /// A string, number, boolean or bytes whose value is known, as source. A long string is cut.
    Literal(String),
    /// The object that `A | B` is at run time, which is neither a class nor callable.
    UnionAlias,
    /// Something known that has no name here.
    Other,
}

/// A class by name, without its type arguments.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClassRef {
    /// Defining module and qualified name: `mcp.types.CallToolResult`. The module of a script is `__main__`.
    pub path: String,
    /// The method resolution order: the class itself, its ancestors, `builtins.object`. Bases of unknown type are left out.
    pub ancestors: Vec<String>,
}

impl ClassRef {
    /// Whether the class is, or inherits from, the one at `path`.
    pub fn is(&self, path: &str) -> bool {
        self.ancestors.iter().any(|ancestor| ancestor == path)
    }
}

impl Type {
    pub(super) fn unknown() -> Self {
        Self { parts: vec![Part::Unknown], shown: "Unknown".to_owned() }
    }

    /// The classes of which the expression may be an object.
    pub fn instances(&self) -> impl Iterator<Item = &ClassRef> {
        self.parts.iter().filter_map(|part| match part {
            Part::Instance(class) => Some(class),
            _ => None,
        })
    }
}
