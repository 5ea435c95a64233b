//! Answers from locks, from a resolver and from a registry that are made up.
