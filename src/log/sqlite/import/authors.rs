//! The authors of what is imported, under names that nobody else has here.

use super::{Import, Stop};
use crate::base::name::Name;
use crate::base::user::{User, UserId};
use crate::ledger::record::{NameClaim, Newcomer};
use crate::log::rules;
use crate::log::sqlite::faces;
use crate::wire::protocol::entry_line::Author;

impl Import<'_> {
    /// The author as a user of this chat, who is made known first if they are not.
    pub(super) fn author(&mut self, author: &Author, at: u64) -> Result<User, Stop> {
        if author.is_by_name
            && let Some(name) = &author.name
        {
            self.count_spelling(author.id, name);
        }
        if author.id == UserId::GUEST {
            return Ok(User::guest());
        }
        if let Some(user) = self.fold.users.see_if_known(self.tx, author.id, at)? {
            return Ok(user);
        }
        self.imported.people += 1;
        let mut names = Vec::new();
        if let Some(written) = &author.name {
            let adapted = Name::adapted(written).unwrap_or_else(|| Name::of_guest(author.id, 0));
            let free = self.free(&adapted, author.id)?;
            if !Name::parse(written).is_ok_and(|written| written == free) {
                self.imported.renamed += 1;
                self.imported.example(|| format!("{written:?} is {:?} here", free.as_str()));
            }
            names.push(NameClaim::of(&free));
        }
        let guests = |attempt| Name::of_guest(author.id, attempt);
        if names.is_empty() {
            let name = (0..).map(guests).find_map(|name| self.claim(&name, author.id, at).transpose());
            names.extend(name.transpose()?);
        }
        // They have the hue that they had, whether or not they chose it.
        let hue = match author.face.hue() {
            Some(hue) => hue,
            None => rules::newcomers_face(&faces::hues(self.tx)?).arrival,
        };
        let newcomer = Newcomer { names, hue, ..Newcomer::default() };
        let user = self.fold.users.author(self.tx, author.id, Some(&newcomer), at)?;
        if let Some(emoji) = author.face.emoji() {
            self.fold.users.set_face(self.tx, author.id, Some(emoji), None, at)?;
        }
        Ok(user.with(author.face.or_hue(hue)))
    }

    /// A name, if nobody else has it at a time.
    fn claim(&self, name: &Name, who: UserId, at: u64) -> rusqlite::Result<Option<NameClaim>> {
        let claim = NameClaim::of(name);
        Ok(self.fold.users.is_free(self.tx, &claim, who, at)?.then_some(claim))
    }

    fn count_spelling(&mut self, id: UserId, name: &str) {
        if !self.spelled.contains(name) {
            self.spelled.insert(name.into());
            let first = self.first_spelled.entry(id).or_insert_with(|| name.into());
            if **first != *name {
                self.imported.alike += 1;
                self.imported.example(|| format!("{first:?} and {name:?} are one person"));
            }
        }
    }

    /// The name, or the same with the first number that nobody else has.
    fn free(&mut self, name: &Name, who: UserId) -> Result<Name, Stop> {
        let mut candidate = name.clone();
        for number in 2.. {
            if self.claim(&candidate, who, self.now)?.is_some() {
                break;
            }
            candidate = name.numbered(number);
        }
        Ok(candidate)
    }
}
