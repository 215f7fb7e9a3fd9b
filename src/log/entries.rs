//! The log proper: entries get their numbers, are delivered in order, and are read again. Knows nothing of names but whose
//! doing an entry is.

use std::sync::Arc;
use std::task::{Context, Poll};

use crate::base::cursor::{Anchor, Cursor};
use crate::base::entry::{Draft, Present, Reaction, Record};
use crate::base::room_name::RoomName;
use crate::base::room_rules::RoomRules;
use crate::base::user::UserId;
use crate::log::answer::{Answer, Receipt};
use crate::log::deliver::Deliver;
use crate::log::figures::StoreFigures;
use crate::log::health::Health;
use crate::log::listing::{DirectoryPage, DirectoryRequest};
use crate::log::sealed::Sealed;

/// An ordered, append-only log of what happens in rooms. Appending and delivering are two things: an append is answered by
/// its [`Receipt`]; a listener hears an entry only when the log delivers it.
///
/// # What every log promises
///
/// - **Numbers.** All rooms share one sequence. An entry's number is larger than those of all entries before it, and is never
///   used again, not even when the entry is no longer kept. Within a room numbers grow and skip.
/// - **Delivery.** A listener gets every entry that is delivered after it was named, each once, in the order of the numbers, one
///   batch at a time. An entry is delivered only after it is kept as surely as its receipt says, and the receipt may come
///   before or after the delivery.
/// - **What was delivered can be read.** A log that keeps entries answers [`join`](Self::join), [`replay`](Self::replay)
///   and [`history`](Self::history) with everything that it has delivered before the question.
/// - **Said once.** A message whose author already said one with the same `cid` in the same room is not appended again: the
///   answer is the first receipt. This holds for as long as the log remembers that message. All guests are one author.
/// - **Nothing happens without a change.** A reaction that is there already, one that is taken back and is not there, the
///   topic that a room already has, and what its maker has set it to already are no entries; their receipt has the number of
///   the last entry.
/// - **Messages are their authors'.** An edit or a deletion of somebody else's message is refused with `not_yours`, as is any
///   of a guest's message; of a message that its room does not have, with `no_such_message`; of a deleted one, with `gone`. A
///   reaction is anybody's, and is refused with `no_such_message`, `gone`, or `too_many` kinds. A reply needs a message in
///   the room.
/// - **Nobody changes what they have not seen.** Where a draft says up to which number its author knew the room, an edit of a
///   message that was edited after it is refused with `outdated`, unless it gives the text that the message has: then its receipt is
///   that of the last edit. So is a reaction that is taken back and was given after it.
/// - **A room is its maker's**: the author of its first entry, unless that is a guest. Only its maker changes its title and its
///   place in the directory; for others, and for guests, that is refused with `not_yours`. Nobody makes the lobby.
/// - **The directory has the rooms that are listed** and no others, in the order of their names, each with its title and topic
///   as they are now. A room that was never set is not listed. However rooms come and go between two pages, those that stay
///   are on one of them.
/// - **A reaction has its people**: those whose reaction stands, up to a number. For a message that the room does not have,
///   [`reactions`](Self::reactions) is refused with `no_such_message`.
/// - **A mention is of a person.** An entry mentions those of its draft's people who are known, whose name stands in the text after
///   an `@`, and who have that name when it is appended, or one that looks like it; the others are left out. It goes on to mention
///   them, whatever they and others are called later, until its message is edited, which replaces the mentions, or deleted.
/// - **A thread is a message and all that answers it**, or answers an answer to it: the root of a reply is found when it is
///   appended, from what it answers, and stays. A message in its present state has the number of replies in the thread that began
///   with it, deleted ones not counted, and some of those who wrote them.
/// - **Authors.** An entry's `by` has the name that its author had when it was appended. Only [`People::rename`] appends
///   `Renamed`, in whose entry `by` still has the old name.
/// - **A log that keeps nothing** says so by [`keeps`](Self::keeps). It refuses edits, deletions, reactions, `replay`,
///   `reactions` and searches with `no_history`, knows neither targets nor roots of replies, its pages are empty, and a client resumes only
///   when it has missed nothing. In its directory, the last message of a room is the last since something was set there.
/// - **Failures.** `unavailable`: the log cannot take or read it now; nothing was said. `too_many`: it has as many rooms, or
///   rooms that something is set of, as it may have.
///
/// [`People::rename`]: crate::People::rename
pub trait Entries: Sealed {
    /// Names a listener, which is delivered to for as long as somebody else holds it; gives the number of the last entry that
    /// was delivered before, whether or not there was anyone to hear it. Every listener is delivered everything after that.
    fn deliver_to(&self, deliver: Arc<dyn Deliver>) -> u64;

    /// Ready when the log keeps up with what is appended; the reader of a socket asks before it reads on. `asked` is
    /// the asking task's own, and begins as 0.
    fn poll_ready(&self, asked: &mut u64, cx: &Context<'_>) -> Poll<()> {
        let _ = (asked, cx);
        Poll::Ready(())
    }

    /// Answers once the log has come to an entry that a client knows of, or is known never to: a copy of a chat that is on several
    /// machines may be behind the one that the client was connected to.
    ///
    /// # Errors
    /// It cannot be told now.
    fn reach(&self, seq: u64) -> Answer<()> {
        let _ = seq;
        Answer::now(Ok(()))
    }

    /// Whether what is read is current. That of a log on one machine always is.
    fn health(&self) -> Health {
        Health::Ready
    }

    /// What a receipt means here, and what whoever runs the chat should know, as lines. A log on one machine says nothing: it
    /// means that the message is on its disk.
    fn promise(&self) -> Option<Arc<str>> {
        None
    }

    /// The size of its store. A log in memory has none.
    fn store_figures(&self) -> Option<StoreFigures> {
        None
    }

    /// The number of this machine among those that the chat is on. A log on one machine has none.
    fn machine(&self) -> Option<u64> {
        None
    }

    /// Says something of a room's people to the other machines of a chat, which listeners there are given by
    /// [`Deliver::hear`]. It may be lost, and is no part of the log. A log on one machine has nobody to say it to.
    fn shout(&self, room: &RoomName, said: Vec<u8>) {
        let _ = (room, said);
    }

    /// Whether listeners are given what other machines say of a room's people. They are not, unless this is asked for.
    fn listen(&self, room: &RoomName, is_listening: bool) {
        let _ = (room, is_listening);
    }

    /// Appends an entry. Never waits: the answer comes by the receipt. Appends are numbered in the order of the calls.
    fn append(&self, draft: Draft) -> Receipt;

    /// Identifies the log: numbers of another epoch mean nothing here.
    fn epoch(&self) -> &str;

    /// Whether entries can be read again.
    fn keeps(&self) -> bool;

    /// What a client needs to begin in a room. It resumes from its cursor, with all entries of the room after it and up to
    /// `until`, or it is reset and begins with the latest messages.
    ///
    /// It is reset without a cursor; by a cursor of another epoch, unless the log knows that its own numbers continue those; by
    /// one whose number is that of an entry of another time; by a cursor beyond `until`, or a client that knows a number which the log
    /// has not given out; when entries after the cursor are not kept any more; and when there are more than `max`.
    fn join(&self, request: JoinRequest) -> Answer<JoinState>;

    /// The entries of a room after `after` and up to `until`, or the first of them.
    fn replay(&self, room: &RoomName, after: u64, until: u64) -> Answer<Replay>;

    /// The entries of all rooms after a cursor and up to `until`, or the first of them. It is broken where the cursor is
    /// another log's, or some of them are not kept any more.
    fn replay_all(&self, cursor: &Cursor, until: u64) -> Answer<Replay>;

    /// A page of a room's messages in their present state, oldest first. `who` asks: their own reactions are marked.
    fn history(&self, room: &RoomName, at: Anchor, limit: usize, who: UserId) -> Answer<Page>;

    /// A page of a thread in the same way: the message that it began with, and the replies. A message that is no root is
    /// alone; where the root is not kept any more, the replies are.
    fn thread(&self, room: &RoomName, root: u64, at: Anchor, limit: usize, who: UserId) -> Answer<Page>;

    /// The reactions to a message, with at most fifty people for each kind. `who` asks: their own reactions are marked.
    fn reactions(&self, room: &RoomName, message: u64, who: UserId) -> Answer<Vec<Reaction>>;

    /// A page of the rooms that are listed.
    fn directory(&self, request: DirectoryRequest) -> Answer<DirectoryPage>;
}

/// A client wants to begin in a room.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct JoinRequest {
    /// Which room.
    pub room: RoomName,
    /// Who.
    pub who: UserId,
    /// Where the client is, if it was here before.
    pub cursor: Option<Cursor>,
    /// The last entry that is read; those after it are delivered.
    pub until: u64,
    /// Entries that a resume may have at most.
    pub max: usize,
}

/// What a client begins with in a room.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct JoinState {
    /// The room's topic.
    pub topic: Box<str>,
    /// Its title; empty for none.
    pub title: Box<str>,
    /// Whether it stands in the directory.
    pub listed: bool,
    /// Its maker: the author of its first entry, who alone may set its title and its place in the directory.
    pub maker: Option<UserId>,
    /// Who writes in it, and how often.
    pub rules: RoomRules,
    /// The user's read marker there; 0 for none.
    pub read: u64,
    /// Messages of others after it; none without a marker.
    pub unread: u32,
    /// The oldest entry that is kept; 0 for none.
    pub oldest: u64,
    /// When the entry with the number `until` was made, in Unix milliseconds; none where it is not kept.
    pub at: Option<u64>,
    /// The client's cursor is of no use: `records` are the latest messages instead.
    pub reset: bool,
    /// What follows first, oldest first.
    pub records: Vec<Record>,
    /// After which entry to go on with [`Entries::replay`].
    pub more: Option<u64>,
}

/// A piece of a replay.
#[derive(Debug)]
#[non_exhaustive]
pub struct Replay {
    /// The entries, oldest first.
    pub records: Vec<Record>,
    /// After which entry to go on.
    pub more: Option<u64>,
    /// Entries between the pieces are not kept any more: the client has to start anew.
    pub broken: bool,
}

/// Messages in their present state.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Page {
    /// The messages.
    pub messages: Vec<Present>,
    /// Whether there are more in the direction that was asked for; around a message: older ones.
    pub more: bool,
    /// Around a message: whether there are newer ones.
    pub newer: Option<bool>,
}
