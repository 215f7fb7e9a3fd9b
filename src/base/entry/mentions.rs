//! Whom a message mentions: the people, not the letters of their names.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::base::user::UserId;

/// Whom a message mentions: for a name that stands in its text as `@NAME`, the person who is meant, whatever they are called
/// later. Cheap to clone, and nothing to make where nobody is mentioned.
///
/// A log keeps a mention if the name is in the text, and the person is known and has that name, or one that looks like it, when
/// it is appended. Others it leaves out.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Mentions(Option<Arc<BTreeMap<Box<str>, UserId>>>);

/// What entries have that mention nobody.
pub(super) static NOBODY: Mentions = Mentions(None);

impl Mentions {
    /// Whether nobody is mentioned.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |pairs| pairs.len())
    }

    /// The names, in their order, and who is meant by each.
    pub fn iter(&self) -> impl Iterator<Item = (&str, UserId)> {
        self.0.iter().flat_map(|pairs| pairs.iter()).map(|(name, who)| (&**name, *who))
    }

    /// Whether somebody is mentioned.
    pub fn has(&self, who: UserId) -> bool {
        self.iter().any(|(_, mentioned)| mentioned == who)
    }
}

/// Of a name that is there twice, the last counts.
impl<N: Into<Box<str>>> FromIterator<(N, UserId)> for Mentions {
    fn from_iter<I: IntoIterator<Item = (N, UserId)>>(pairs: I) -> Self {
        let mut pairs = pairs.into_iter().peekable();
        Self(pairs.peek().is_some().then(|| Arc::new(pairs.map(|(name, who)| (name.into(), who)).collect())))
    }
}

impl fmt::Debug for Mentions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
