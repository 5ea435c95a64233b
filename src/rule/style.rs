//! Choices between rewrites that are both right.

/// How handlers of a lowlevel server are registered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HandlerStyle {
    /// With `add_request_handler`, where the decorator stood.
    #[default]
    Register,
    /// As `on_…` arguments of the constructor, which moves below the last of them, where nothing in between can tell.
    /// Elsewhere they are registered.
    Constructor,
}
