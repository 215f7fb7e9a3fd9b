//! How a room is kept on somebody's list.

/// How somebody keeps a room on their list.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Keeping {
    /// It stands before the others.
    pub is_favourite: bool,
    /// Nothing of it is told but what mentions them.
    pub is_muted: bool,
}

impl Keeping {
    /// So kept.
    pub fn new(is_favourite: bool, is_muted: bool) -> Self {
        Self { is_favourite, is_muted }
    }
}
