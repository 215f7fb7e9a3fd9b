//! The log of the classic example: it gives every entry its number, delivers it, and keeps nothing. Who is who,
//! and what was just said, it remembers for as long as it lives, so that nobody's name is taken and nothing is
//! heard twice.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::convert::Infallible;
use std::fmt;
use std::ops::Bound;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use parking_lot::Mutex;

use crate::base::clock;
use crate::base::cursor::{Anchor, Cursor};
use crate::base::devices::Devices;
use crate::base::entry::{Content, Draft, Entry, Kind, Reaction};
use crate::base::error::Error;
use crate::base::limits::{CIDS_IN_MEMORY, DIRECTORY_LOOKS, ROOMS, SLOW_MAX};
use crate::base::private_room::members_only;
use crate::base::room_name::RoomName;
use crate::base::room_rules::RoomRules;
use crate::base::token::Secret;
use crate::base::user::{User, UserId};
use crate::log::directory::Directory;
use crate::log::rules::{self, Position, RoomSetting, Start};
use crate::log::sealed::Sealed;
use crate::log::{
    Answer, Appended, Deliver, Deliveries, DirectoryPage, DirectoryRequest, Entries, JoinRequest, JoinState,
    ListedRoom, Page, Receipt, Replay, Search, SearchIndex,
};

mod governance;
mod people;

use governance::Rights;

/// A log in memory that forgets an entry once it is delivered.
pub struct MemoryLog {
    epoch: String,
    secret: Secret,
    /// Appends come from every connection; the lock is what puts them in one order.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    seq: u64,
    deliveries: Deliveries,
    people: Directory<Devices>,
    rights: Rights,
    /// The rooms of which something is set.
    rooms: HashMap<RoomName, RoomState>,
    /// The latest rooms with an entry, each with who made it, and their order.
    made: HashMap<RoomName, Option<UserId>>,
    made_order: VecDeque<RoomName>,
    /// Those of them that are listed.
    listed: BTreeSet<RoomName>,
    /// The latest messages that had a `cid`, and their order.
    said: HashMap<Said, u64>,
    said_order: VecDeque<Said>,
    /// When somebody has said something last in a room that was in slow mode then.
    turns: HashMap<(UserId, RoomName), u64>,
}

type Said = (UserId, RoomName, Box<str>);

/// What is known of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct RoomState {
    topic: Box<str>,
    setting: RoomSetting,
    rules: RoomRules,
    /// The time of the last message since something is known of it.
    last: Option<u64>,
}

impl RoomState {
    /// What is known of a room of which nothing is set.
    fn new(maker: Option<UserId>) -> Self {
        Self { setting: RoomSetting { maker, ..RoomSetting::default() }, ..Self::default() }
    }
}

impl MemoryLog {
    /// An empty log.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Default for MemoryLog {
    /// # Panics
    /// When the operating system has no random numbers.
    fn default() -> Self {
        let epoch = UserId::random().expect("the operating system has random numbers");
        Self {
            epoch: URL_SAFE_NO_PAD.encode(epoch.get().to_be_bytes()),
            secret: Secret::random().expect("the operating system has random numbers"),
            state: Mutex::default(),
        }
    }
}

impl fmt::Debug for MemoryLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryLog").finish_non_exhaustive()
    }
}

fn not_kept<T>() -> Answer<T> {
    Answer::now(Err(not_kept_error()))
}

fn not_kept_error() -> Error {
    Error::refused(
        "no_history",
        "this server keeps nothing of what is said: it cannot be read again or changed",
    )
}

fn too_many() -> Error {
    let text = "this chat knows as many people as it may; try again when some have left";
    Error::refused("too_many", text)
}

impl Sealed for MemoryLog {}

impl Entries for MemoryLog {
    fn deliver_to(&self, deliver: Arc<dyn Deliver>) -> u64 {
        self.state.lock().deliveries.add(&deliver)
    }

    fn append(&self, mut draft: Draft) -> Receipt {
        if draft.content.kind().is_change() {
            return not_kept();
        }
        let mut state = self.state.lock();
        let by = state.user(draft.by, None);
        if let Some(cid) = rules::said_once_by(&draft.content) {
            let said = (by.id, draft.room.clone(), cid.into());
            if let Some(seq) = state.said.get(&said) {
                return Answer::now(Ok(Appended { seq: *seq }));
            }
        }
        if let Err(error) = state.check_author(&draft) {
            return Answer::now(Err(error));
        }
        if let Some(cid) = rules::said_once_by(&draft.content) {
            let next = state.seq + 1;
            state.remember((by.id, draft.room.clone(), cid.into()), next);
        }
        match state.room_after(&draft) {
            // There is nothing more of it to forget.
            Ok(Some(after)) if after.rules.deleted => drop(state.rooms.remove(&draft.room)),
            Ok(Some(after)) => state.set_room(&draft.room, after),
            Ok(None)
                if matches!(
                    draft.content,
                    Content::Topic { .. } | Content::Room { .. } | Content::Rules(_)
                ) =>
            {
                return Answer::now(Ok(Appended { seq: state.seq }));
            }
            Ok(None) => {}
            Err(error) => return Answer::now(Err(error)),
        }
        let means = |_, name: &str, who| {
            Ok::<_, Infallible>(state.people.get(who).is_some_and(|(has, _)| rules::is_called(has, name)))
        };
        let Ok(()) = rules::settle_mentions(&mut draft.content, means);
        state.make_room(&draft);
        let seq = state.take(draft, by);
        Answer::now(Ok(Appended { seq }))
    }

    fn epoch(&self) -> &str {
        &self.epoch
    }

    fn keeps(&self) -> bool {
        false
    }

    fn join(&self, request: JoinRequest) -> Answer<JoinState> {
        let (room, last) = {
            let state = self.state.lock();
            if !state.rights.may_enter(&request.room, request.who) {
                return Answer::now(Err(members_only()));
            }
            (state.room(&request.room).unwrap_or_default(), state.seq)
        };
        let RoomState { topic, setting: RoomSetting { title, is_listed: listed, maker }, rules, .. } = room;
        // All that was delivered is forgotten.
        let (until, cursor) = (request.until, request.cursor.as_ref());
        let position = Position { cursor, until, floor: until, max: request.max };
        let is_ours = |cursor: &Cursor| cursor.epoch == self.epoch && !cursor.is_ahead_of(last);
        let start = position.start(|cursor| Ok::<_, Infallible>(is_ours(cursor)), |_| Ok(0));
        let reset = start != Ok(Start::Resume(until));
        Answer::now(Ok(JoinState { topic, title, listed, maker, rules, reset, ..JoinState::default() }))
    }

    fn replay(&self, _room: &RoomName, _after: u64, _until: u64) -> Answer<Replay> {
        not_kept()
    }

    fn replay_all(&self, cursor: &Cursor, until: u64) -> Answer<Replay> {
        let broken = cursor.epoch != self.epoch || cursor.seq != until;
        Answer::now(Ok(Replay { records: Vec::new(), more: None, broken }))
    }

    fn history(&self, _room: &RoomName, _at: Anchor, _limit: usize, _who: UserId) -> Answer<Page> {
        Answer::now(Ok(Page::default()))
    }

    fn thread(&self, _room: &RoomName, _root: u64, _at: Anchor, _limit: usize, _who: UserId) -> Answer<Page> {
        Answer::now(Ok(Page::default()))
    }

    fn reactions(&self, _room: &RoomName, _message: u64, _who: UserId) -> Answer<Vec<Reaction>> {
        not_kept()
    }

    fn directory(&self, request: DirectoryRequest) -> Answer<DirectoryPage> {
        let after = request.after.as_ref().map_or(Bound::Unbounded, Bound::Excluded);
        // Appends wait while rooms are gathered, and not while they are searched.
        let rooms: Vec<_> = {
            let state = self.state.lock();
            let listed =
                state.listed.range::<RoomName, _>((after, Bound::Unbounded)).take(DIRECTORY_LOOKS + 1);
            let room = |name: &RoomName| {
                let RoomState { topic, setting, rules, last } = state.rooms.get(name)?.clone();
                let archived = rules.archived;
                Some(ListedRoom { room: name.clone(), title: setting.title, topic, last, archived })
            };
            listed.filter_map(room).collect()
        };
        Answer::now(request.page(rooms.into_iter().map(Ok)))
    }
}

impl SearchIndex for MemoryLog {
    fn search(&self, _search: Search) -> Answer<Page> {
        not_kept()
    }
}

impl State {
    /// Whether the author of a draft may say anything.
    fn check_author(&self, draft: &Draft) -> Result<(), Error> {
        if !draft.is_moderation && !self.rights.may_enter(&draft.room, draft.by) {
            return Err(members_only());
        }
        let (own, now) = (self.rights.standing(draft.by), clock::wall_ms());
        rules::check_author(draft, own, self.rights.door, now)?;
        let rules = self.room_rules(&draft.room);
        rules::check_room(draft, own, rules)?;
        if draft.is_moderation || draft.content.kind() != Kind::Message {
            return Ok(());
        }
        rules.check_turn(own.role, self.turns.get(&(draft.by, draft.room.clone())).copied(), now)
    }

    /// The rules of a room.
    fn room_rules(&self, room: &RoomName) -> RoomRules {
        self.rooms.get(room).map(|room| room.rules).unwrap_or_default()
    }

    /// Gives it its number and delivers it.
    fn take(&mut self, draft: Draft, by: User) -> u64 {
        self.seq += 1;
        let seq = self.seq;
        // Under the lock, so that deliveries have the order of the numbers.
        let entry =
            Entry { seq, at: clock::wall_ms(), room: draft.room, by, content: draft.content, root: None };
        if entry.said().is_some()
            && let Some(room) = self.rooms.get_mut(&entry.room)
        {
            room.last = Some(entry.at);
            if room.rules.slow > 0 {
                let at = entry.at;
                if self.turns.len() >= CIDS_IN_MEMORY {
                    self.turns.retain(|_, turn| at.saturating_sub(*turn) < u64::from(SLOW_MAX) * 1_000);
                }
                self.turns.insert((entry.by.id, entry.room.clone()), at);
            }
        }
        self.deliveries.deliver(seq, std::iter::once(entry));
        seq
    }

    fn remember(&mut self, said: Said, seq: u64) {
        self.said.insert(said.clone(), seq);
        self.said_order.push_back(said);
        if self.said_order.len() > CIDS_IN_MEMORY
            && let Some(oldest) = self.said_order.pop_front()
        {
            self.said.remove(&oldest);
        }
    }

    /// What a draft that sets something of its room makes of that; None where it changes nothing.
    fn room_after(&self, draft: &Draft) -> Result<Option<RoomState>, Error> {
        let after = match &draft.content {
            Content::Topic { text } => {
                let mut room =
                    self.room(&draft.room).unwrap_or_else(|| RoomState::new(rules::maker_by(draft)));
                let before = std::mem::replace(&mut room.topic, text.clone());
                rules::is_topic_changed(Some(&before), text).then_some(room)
            }
            Content::Room { title, listed } => {
                let before = self.room(&draft.room);
                let setting = before.as_ref().map(|before| &before.setting);
                rules::set_room(setting, draft, title, *listed)?
                    .map(|setting| RoomState { setting, ..before.unwrap_or_default() })
            }
            Content::Rules(rules) => {
                let mut room =
                    self.room(&draft.room).unwrap_or_else(|| RoomState::new(rules::maker_by(draft)));
                let before = std::mem::replace(&mut room.rules, *rules);
                (before != *rules).then_some(room)
            }
            _ => None,
        };
        let is_set = self.rooms.contains_key(&draft.room);
        if after.is_some() && !is_set && self.rooms.len() >= ROOMS {
            let text = "this chat has as many topics and titles of rooms as it may have";
            return Err(Error::refused("too_many", text));
        }
        Ok(after)
    }

    /// What is known of a room: what is set, or else who made it. None of one without an entry.
    fn room(&self, room: &RoomName) -> Option<RoomState> {
        let made = || Some(RoomState::new(*self.made.get(room)?));
        self.rooms.get(room).cloned().or_else(made)
    }

    /// The first entry makes a room its author's. Who made it is forgotten when that many others were made since, unless
    /// something of it is set.
    fn make_room(&mut self, draft: &Draft) {
        if self.made.contains_key(&draft.room) {
            return;
        }
        self.made.insert(draft.room.clone(), rules::maker_by(draft));
        self.made_order.push_back(draft.room.clone());
        if self.made_order.len() > ROOMS
            && let Some(oldest) = self.made_order.pop_front()
        {
            self.made.remove(&oldest);
        }
    }

    /// A room of which nothing is set takes no place.
    fn set_room(&mut self, room: &RoomName, after: RoomState) {
        if after.setting.is_listed {
            self.listed.insert(room.clone());
        } else {
            self.listed.remove(room);
        }
        if after.topic.is_empty() && after.setting == RoomSetting::default() && after.rules.is_default() {
            self.rooms.remove(room);
        } else {
            self.rooms.insert(room.clone(), after);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::limits::{LOOKS_A_NEWCOMER, USERS_IN_MEMORY};
    use crate::base::name::Name;
    use crate::log::People;

    mod conformance {
        use crate::log::MemoryLog;

        crate::log::conformance::conformance!(Box::new(MemoryLog::new()));
    }

    /// Those up to an id are connected, and nobody else but one.
    #[derive(Debug, Default)]
    struct Here {
        until: Mutex<u64>,
        but: Mutex<u64>,
    }

    impl Deliver for Here {
        fn deliver(&self, _: &mut dyn Iterator<Item = Entry>) {}

        fn is_here(&self, who: UserId) -> bool {
            who.get() <= *self.until.lock() && who.get() != *self.but.lock()
        }
    }

    #[tokio::test]
    async fn oldest_who_left_are_forgotten_and_nobody_who_is_connected() {
        let (log, here) = (MemoryLog::new(), Arc::new(Here::default()));
        log.deliver_to(Arc::clone(&here) as Arc<dyn Deliver>);
        let max = USERS_IN_MEMORY as u64;
        let (ada, bob, cleo) = (1, 2, 3);
        let greet = async |who: u64, name: &str| {
            log.greet(UserId::new(who), Some(Name::stored(name))).await.expect("they are greeted").name
        };
        let names = [(ada, "Ada"), (bob, "Bob"), (cleo, "Cleo")];
        for (who, name) in names {
            greet(who, name).await;
        }
        *here.until.lock() = ada;
        for who in 4..=max + 1 {
            assert_eq!(&*greet(who, &format!("u{who}")).await, format!("u{who}"));
        }
        for (who, name) in [(ada, "Ada"), (cleo, "Cleo")] {
            assert_eq!(&*greet(who, "Somebody").await, name, "the one is connected, the other came later");
        }
        assert_eq!(&*greet(max + 2, "Bob").await, "Bob", "he was the oldest who is not connected");

        // Nobody leaves any more: names of newcomers are refused, and they are not kept.
        *here.until.lock() = u64::MAX;
        for who in max + 3..max + 1_000 {
            let name = greet(who, &format!("u{who}")).await;
            assert_ne!(*name, format!("u{who}"));
            assert_eq!(greet(who, "Somebody").await, name, "a guest stays the same guest");
        }
        let rename = log.rename(UserId::new(max + 3), Name::stored("Eve"), Vec::new()).await;
        assert_eq!(rename.expect_err("nobody else can be known").code().as_str(), "too_many");
        assert_ne!(&*greet(max + 1_000, "Ada").await, "Ada");
        assert_eq!(&*greet(ada, "Somebody").await, "Ada");
        let kept = {
            let state = log.state.lock();
            state.people.len()
        };
        assert_eq!(kept, (USERS_IN_MEMORY, USERS_IN_MEMORY));

        // One leaves: they are found before everybody was looked at more than once.
        *here.but.lock() = 50_000;
        let mut newcomers = (max + 2_000..).take(USERS_IN_MEMORY / LOOKS_A_NEWCOMER + 1);
        let found = loop {
            let who = newcomers.next().expect("room for somebody");
            if *greet(who, "Zoe").await == *"Zoe" {
                break who;
            }
        };
        assert_eq!(&*greet(found, "Somebody").await, "Zoe");
    }
}
