//! What came of an import, in numbers and in words.

use std::fmt;

use crate::base::limits::IMPORT_EXAMPLES;

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported {
    /// Lines that were read.
    pub lines: u64,
    /// Entries that are new in the log.
    pub added: u64,
    /// Lines that say what is in the log already.
    pub again: u64,
    /// Changes to messages that are not in the file, or gone since; they were left out.
    pub left_out: u64,
    /// Answers to messages that are not in the file; they are there, as answers to nothing.
    pub unanswered: u64,
    /// Reactions that are no emoji; they were left out.
    pub no_emoji: u64,
    /// People that this chat did not know.
    pub people: u64,
    /// Of those, people with another name than in the file: theirs is taken, kept for the server, or no name here.
    pub renamed: u64,
    /// Other spellings of somebody of whom the file has no more than the name: they look alike, and are one person.
    pub alike: u64,
    /// The first of those whose name is another, or is spelled in several ways, in words.
    pub names: Vec<String>,
}

impl Imported {
    pub(super) fn example(&mut self, example: impl FnOnce() -> String) {
        if self.names.len() < IMPORT_EXAMPLES {
            self.names.push(example());
        }
    }
}

impl fmt::Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} entries are new", self.added, self.lines)?;
        if self.again > 0 {
            write!(f, ", {} were there already", self.again)?;
        }
        if self.left_out > 0 {
            write!(
                f,
                ", {} change messages that are not in the file or gone, and were left out",
                self.left_out
            )?;
        }
        if self.unanswered > 0 {
            write!(f, ", {} answer messages that are not in the file", self.unanswered)?;
        }
        if self.people > 0 {
            write!(f, "; people new to this chat: {}", self.people)?;
        }
        if self.no_emoji > 0 {
            write!(f, "; reactions that are no emoji, and were left out: {}", self.no_emoji)?;
        }
        if self.renamed > 0 {
            write!(f, "; names that are taken or not allowed here, and were changed: {}", self.renamed)?;
        }
        if self.alike > 0 {
            write!(
                f,
                "; other spellings of a name that look like it, taken for the same person: {}",
                self.alike
            )?;
        }
        if !self.names.is_empty() {
            let rest = (self.renamed + self.alike).saturating_sub(self.names.len() as u64);
            write!(f, " ({}", self.names.join(", "))?;
            f.write_str(if rest > 0 { ", …)" } else { ")" })?;
        }
        Ok(())
    }
}
