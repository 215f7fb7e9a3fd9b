//! An entry as a record: what was said, and what its sender has looked up for it.

use std::borrow::Cow;

use crate::base::emoji;
use crate::base::entry::{Content, Draft, Kind, Mentions, Parts};
use crate::base::name::Name;
use crate::base::user::UserId;
use crate::ledger::codec::{Malformed, Reader, Write};
use crate::ledger::record::newcomer::Newcomer;
use crate::ledger::record::{boxed, room, user};

/// Somebody's entry, and what is known of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Append {
    pub(crate) draft: Draft,
    /// The author, if the chat may not know them yet: it does from their first entry on.
    pub(crate) newcomer: Option<Newcomer>,
    pub(crate) lookup: Lookup,
}

/// Values from Unicode's tables that an entry depends on, as its sender has looked them up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Lookup {
    #[default]
    Nothing,
    /// For each of the mentions, in their order.
    Mentioned(Vec<Mentioned>),
    /// The other spellings of a reaction's emoji, which a message may have it in.
    Spelled(Vec<Box<str>>),
}

/// A name by which somebody is mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mentioned {
    /// The keys of the name. Whoever is meant has one of them.
    pub(crate) keys: Vec<Box<str>>,
    /// Whether the sender knows that a visitor, whom the chat does not know yet, is called so.
    pub(crate) is_visitor: bool,
}

// Flags for the optional parts of an entry.
const HAS_TARGET: u8 = 1;
const HAS_TEXT: u8 = 2;
const HAS_CID: u8 = 4;
const HAS_MENTIONS: u8 = 8;
const HAS_BASE: u8 = 16;
const HAS_NEWCOMER: u8 = 32;
const IS_MODERATION: u8 = 64;

impl Append {
    /// A draft with what this build looks up for it. `is_visitor` says whether a visitor is called by a name.
    pub(crate) fn new(draft: Draft, is_visitor: impl Fn(&Name, UserId) -> bool) -> Self {
        let lookup = match &draft.content {
            Content::Reacted { emoji, .. } => {
                Lookup::Spelled(emoji::other_spellings(emoji).map(Into::into).collect())
            }
            content if content.mentions().is_empty() => Lookup::Nothing,
            content => {
                let mentioned = content.mentions().iter().map(|(name, who)| {
                    let name = Name::stored(name);
                    let keys = name.keys().into_iter().map(Into::into).collect();
                    Mentioned { keys, is_visitor: is_visitor(&name, who) }
                });
                Lookup::Mentioned(mentioned.collect())
            }
        };
        Self { lookup, ..Self::plain(draft) }
    }

    /// An entry for which nothing is looked up, of somebody who is known.
    pub(crate) fn plain(draft: Draft) -> Self {
        Self { draft, newcomer: None, lookup: Lookup::Nothing }
    }

    pub(super) fn write(&self, to: &mut Vec<u8>) {
        let Self { draft, newcomer, lookup } = self;
        let Parts { kind, target, text, cid, mentions } = draft.content.parts();
        let flags = [
            (target.is_some(), HAS_TARGET),
            (text.is_some(), HAS_TEXT),
            (cid.is_some(), HAS_CID),
            (!mentions.is_empty(), HAS_MENTIONS),
            (draft.base.is_some(), HAS_BASE),
            (newcomer.is_some(), HAS_NEWCOMER),
            (draft.is_moderation, IS_MODERATION),
        ];
        to.byte(kind as u8);
        to.byte(flags.iter().map(|(is_there, bit)| if *is_there { *bit } else { 0 }).sum());
        to.text(draft.room.as_str());
        to.number(draft.by.get());
        target.into_iter().chain(draft.base).for_each(|seq| to.number(seq));
        text.as_deref().into_iter().chain(cid).for_each(|text| to.text(text));
        if !mentions.is_empty() {
            to.number(mentions.len() as u64);
            for (name, who) in mentions.iter() {
                to.text(name);
                to.number(who.get());
            }
        }
        if let Some(newcomer) = newcomer {
            newcomer.write(to);
        }
        match lookup {
            Lookup::Nothing => to.byte(0),
            Lookup::Mentioned(mentioned) => {
                to.byte(1);
                to.list(mentioned, |mentioned, to| {
                    to.list(&mentioned.keys, |key, to| to.text(key));
                    to.byte(mentioned.is_visitor.into());
                });
            }
            Lookup::Spelled(spellings) => {
                to.byte(2);
                to.list(spellings, |spelling, to| to.text(spelling));
            }
        }
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        let kind = *Kind::ALL.get(usize::from(from.byte()?)).ok_or(Malformed)?;
        let flags = from.byte()?;
        if flags >= IS_MODERATION << 1 {
            return Err(Malformed);
        }
        let has = |flag| flags & flag > 0;
        let room = room(from)?;
        let by = user(from)?;
        let target = has(HAS_TARGET).then(|| from.number()).transpose()?;
        let base = has(HAS_BASE).then(|| from.number()).transpose()?;
        let text = has(HAS_TEXT).then(|| from.text()).transpose()?.map(Cow::Borrowed);
        let cid = has(HAS_CID).then(|| from.text()).transpose()?;
        let named = |from: &mut Reader<'_>| Ok((boxed(from)?, user(from)?));
        let mentions = has(HAS_MENTIONS).then(|| from.list(named)).transpose()?;
        let mentions: Mentions = mentions.into_iter().flatten().collect();
        let content = Content::from_parts(Parts { kind, target, text, cid, mentions: &mentions });
        let mut draft = Draft::new(&room, by, content).based_on(base);
        if has(IS_MODERATION) {
            draft = draft.by_moderator();
        }
        let newcomer = has(HAS_NEWCOMER).then(|| Newcomer::read(from)).transpose()?;
        let lookup = match from.byte()? {
            0 => Lookup::Nothing,
            1 => Lookup::Mentioned(
                from.list(|from| Ok(Mentioned { keys: from.list(boxed)?, is_visitor: from.flag()? }))?,
            ),
            2 => Lookup::Spelled(from.list(boxed)?),
            _ => return Err(Malformed),
        };
        Ok(Self { draft, newcomer, lookup })
    }
}
