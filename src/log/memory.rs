//! The log of the classic example: it gives every entry its number, delivers it, and keeps nothing. Who is who,
//! and what was just said, it remembers for as long as it lives, so that nobody's name is taken and nothing is
//! heard twice.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::convert::Infallible;
use std::fmt;
use std::ops::Bound;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use parking_lot::Mutex;

use crate::base::clock;
use crate::base::cursor::{Anchor, Cursor};
use crate::base::device::DeviceId;
use crate::base::devices::{DeviceChange, Devices};
use crate::base::entry::{Content, Draft, Entry, Reaction};
use crate::base::error::Error;
use crate::base::face::Face;
use crate::base::keeping::Keeping;
use crate::base::limits::{CIDS_IN_MEMORY, DIRECTORY_LOOKS, ROOMS};
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::token::Secret;
use crate::base::user::{User, UserId};
use crate::log::directory::Directory;
use crate::log::rules::{self, NameOwner, Position, RoomSetting, Start};
use crate::log::sealed::Sealed;
use crate::log::{
    Answer, Appended, Arrival, Arrived, Deliver, Deliveries, DirectoryPage, DirectoryRequest, Entries,
    JoinRequest, JoinState, KeptPage, KeptRequest, ListedRoom, Page, People, Receipt, Replay, Search,
    SearchIndex,
};

mod governance;

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
}

type Said = (UserId, RoomName, Box<str>);

/// What is known of a room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct RoomState {
    topic: Box<str>,
    setting: RoomSetting,
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
            Ok(Some(after)) => state.set_room(&draft.room, after),
            Ok(None) if matches!(draft.content, Content::Topic { .. } | Content::Room { .. }) => {
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
            (state.room(&request.room).unwrap_or_default(), state.seq)
        };
        let RoomState { topic, setting: RoomSetting { title, is_listed: listed, maker }, .. } = room;
        // All that was delivered is forgotten.
        let (until, cursor) = (request.until, request.cursor.as_ref());
        let position = Position { cursor, until, floor: until, max: request.max };
        let is_ours = |cursor: &Cursor| cursor.epoch == self.epoch && !cursor.is_ahead_of(last);
        let start = position.start(|cursor| Ok::<_, Infallible>(is_ours(cursor)), |_| Ok(0));
        let reset = start != Ok(Start::Resume(until));
        Answer::now(Ok(JoinState { topic, title, listed, maker, reset, ..JoinState::default() }))
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
                let RoomState { topic, setting, last } = state.rooms.get(name)?.clone();
                Some(ListedRoom { room: name.clone(), title: setting.title, topic, last })
            };
            listed.filter_map(room).collect()
        };
        Answer::now(request.page(rooms.into_iter().map(Ok)))
    }
}

impl People for MemoryLog {
    fn secret(&self) -> &Secret {
        &self.secret
    }

    fn greet(&self, who: UserId, name: Option<Name>) -> Answer<User> {
        Answer::now(Ok(self.state.lock().user(who, name)))
    }

    fn arrive(&self, arrival: Arrival) -> Answer<Arrived> {
        let Arrival { who, name, device, device_name, proof } = arrival;
        let mut state = self.state.lock();
        let change = DeviceChange::Hello { name: device_name, proof };
        let changed = state.change_devices(who, device, &change);
        Answer::now(changed.map(|devices| {
            let user = state.user(who, name);
            // Whoever is only known now has them now.
            state.set_devices(who, &devices);
            Arrived { user, devices, standing: state.rights.standing(who) }
        }))
    }

    fn devices(&self, who: UserId) -> Answer<Devices> {
        Answer::now(Ok(self.state.lock().devices(who)))
    }

    fn change_devices(&self, who: UserId, by: DeviceId, change: DeviceChange) -> Answer<Devices> {
        Answer::now(self.state.lock().change_devices(who, by, &change))
    }

    fn rename(&self, who: UserId, name: Name, rooms: Vec<RoomName>) -> Answer<User> {
        let mut state = self.state.lock();
        let by = state.user(who, None);
        match rules::is_renamed(&by, name.as_str()) {
            Ok(true) => {}
            Ok(false) => return Answer::now(Ok(by)),
            Err(error) => return Answer::now(Err(error)),
        }
        if let Err(error) = state.rights.standing(who).check_writing(state.rights.door, clock::wall_ms()) {
            return Answer::now(Err(error));
        }
        if !state.is_name_free(&name, who) {
            return Answer::now(Err(rules::name_taken()));
        }
        let Some(face) = state.people.face(who) else { return Answer::now(Err(too_many())) };
        for room in rooms {
            let draft = Draft::new(&room, who, Content::Renamed { name: name.shared() });
            state.make_room(&draft);
            state.take(draft, by.clone());
        }
        let user = User { name: name.shared(), ..by };
        state.people.own(who, name, face);
        Answer::now(Ok(user))
    }

    fn set_face(&self, who: UserId, face: Face) -> Answer<User> {
        let mut state = self.state.lock();
        let user = state.user(who, None);
        let before = state.people.face(who);
        let name = state.people.get(who).map(|(name, _)| name.clone());
        Answer::now(match rules::face_after(who, before.unwrap_or_default(), face) {
            Err(error) => Err(error),
            Ok(None) => Ok(user),
            Ok(Some(after)) => name.ok_or_else(too_many).map(|name| {
                state.people.own(who, name, after);
                user.with(after.shown())
            }),
        })
    }

    fn mark(&self, _who: UserId, _room: &RoomName, seq: u64, is_back: bool) -> Answer<u64> {
        Answer::now(Ok(rules::read_marker(None, seq, is_back, self.state.lock().seq)))
    }

    fn keep(&self, _who: UserId, _room: &RoomName, _asked: Option<Keeping>) -> Answer<bool> {
        Answer::now(Ok(false))
    }

    fn kept(&self, _request: KeptRequest) -> Answer<KeptPage> {
        not_kept()
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
        rules::check_author(draft, self.rights.standing(draft.by), self.rights.door, clock::wall_ms())
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
        if after.topic.is_empty() && after.setting == RoomSetting::default() {
            self.rooms.remove(room);
        } else {
            self.rooms.insert(room.clone(), after);
        }
    }

    /// Somebody who is known, or is from now on: by this name if it is free, or by a guest's. When all who are known are
    /// connected, a newcomer is not known but has a guest's name, which their id gives again.
    fn user(&mut self, who: UserId, name: Option<Name>) -> User {
        if who == UserId::GUEST {
            return User::guest();
        }
        if let (Some(face), Some((name, _))) = (self.people.face(who), self.people.get(who)) {
            return User::new(who, name.shared()).with(face.shown());
        }
        let has_room = self.people.makes_room(|who| self.deliveries.is_here(who));
        let name = name.filter(|_| has_room);
        let name = rules::first_free_name(who, name.as_ref(), |name| {
            Ok::<_, Infallible>(self.is_name_free(name, who))
        });
        let Ok(name) = name;
        let user = User::new(who, name.shared());
        if !has_room {
            return user;
        }
        let face = rules::newcomers_face(&self.people.hues());
        self.people.own(who, name, face);
        user.with(face.shown())
    }

    fn devices(&mut self, who: UserId) -> Devices {
        self.people.get(who).map(|(_, devices)| devices.clone()).unwrap_or_default()
    }

    fn change_devices(&mut self, who: UserId, by: DeviceId, change: &DeviceChange) -> Result<Devices, Error> {
        let mut devices = self.devices(who);
        devices.change(by, change, clock::wall_ms())?;
        self.set_devices(who, &devices);
        Ok(devices)
    }

    fn set_devices(&mut self, who: UserId, devices: &Devices) {
        if let Some((_, known)) = self.people.get(who) {
            known.clone_from(devices);
        }
    }

    /// Those whom the log remembers keep their names, however long they are away.
    fn is_name_free(&self, name: &Name, who: UserId) -> bool {
        let owner = self.people.other_owner(name, who).map(|who| NameOwner { who, away: Duration::ZERO });
        !owner.is_some_and(|owner| rules::is_name_taken(owner, who, Duration::ZERO, |_| true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::limits::{LOOKS_A_NEWCOMER, USERS_IN_MEMORY};

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
