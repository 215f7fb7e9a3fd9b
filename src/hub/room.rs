//! A room: its tail and its members. Makes a batch of what the log has delivered, and writes it to everyone in one fan-out.
//! Knows no HTTP, no files, and waits for nobody's socket.

use std::collections::VecDeque;
use std::fmt;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use parking_lot::{Mutex, RwLock};
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::{AbortHandle, JoinSet, yield_now};
use tokio::time::{Instant, sleep_until};

use crate::base::entry::{Content, Entry};
use crate::base::limits::{BATCH_DELAY_MEMBERS, Limits, NOTICE_BYTES};
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::hub::bus::Bus;
use crate::hub::fan_out::{FanOut, Member};
use crate::hub::outlet::{Outlet, SubscriptionId};
use crate::hub::people::{Due, People};
use crate::hub::presence::Person;
use crate::hub::roster::Roster;
use crate::hub::slow;
use crate::hub::tail::{Batch, Lag, Position, Tail};
use crate::wire::protocol::event::{self, Event};

mod machines; // what is heard of people on other machines, and said to those

/// A room that someone is in. Lives as long as its members and listeners hold it.
#[derive(Debug)]
pub(crate) struct Room {
    shared: Arc<Shared>,
    /// The task that encodes and writes; it ends with the room.
    task: AbortHandle,
}

#[derive(Debug)]
struct Shared {
    name: RoomName,
    tail: Arc<Tail>,
    bounds: Lag,
    batch_delay: Duration,
    /// Who hears. Locked for a few hundred writes at most; by several at once for those of one pass.
    members: RwLock<Roster<Member>>,
    /// Who is here, as others see it.
    people: Mutex<People>,
    /// Of a chat on many machines.
    bus: Option<Arc<Bus>>,
    /// What the log delivered and no frame holds yet.
    inbox: Mutex<Inbox>,
    /// Tells the room's task that the inbox is not empty.
    arrived: Notify,
    /// Tells listeners that the tail grew.
    grew: Notify,
}

struct Inbox {
    /// Each with the bytes that it has in a frame, counted once.
    entries: VecDeque<(Entry, usize)>,
    /// Lines for the members of now: who is typing, or has another face.
    notices: Vec<u8>,
    bytes: usize,
    /// The number of the next batch, from 1.
    next_batch: u64,
    /// Read pumps that wait until it is made, and the inbox has space again.
    waiting: Vec<Waker>,
}

impl Inbox {
    fn is_full(&self, bounds: Lag) -> bool {
        self.entries.len() >= bounds.messages || self.bytes >= bounds.bytes
    }
}

impl Default for Inbox {
    fn default() -> Self {
        Self { entries: VecDeque::new(), notices: Vec::new(), bytes: 0, next_batch: 1, waiting: Vec::new() }
    }
}

impl fmt::Debug for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbox").field("entries", &self.entries.len()).finish_non_exhaustive()
    }
}

impl Room {
    /// Opens a room and spawns its task. What comes in is what is after the entry `seq`.
    pub(crate) fn open(
        name: &RoomName,
        limits: &Limits,
        seq: u64,
        runtime: &Handle,
        bus: Option<&Arc<Bus>>,
    ) -> Self {
        let shared = Arc::new(Shared {
            name: name.clone(),
            tail: Arc::new(Tail::after(seq)),
            bounds: Lag { messages: limits.tail_messages, bytes: limits.tail_bytes },
            batch_delay: limits.batch_delay,
            members: RwLock::default(),
            people: Mutex::new(bus.map_or_else(People::default, |bus| People::beside(bus.others()))),
            bus: bus.cloned(),
            inbox: Mutex::default(),
            arrived: Notify::new(),
            grew: Notify::new(),
        });
        let task = runtime.spawn(run(Arc::clone(&shared))).abort_handle();
        Self { shared, task }
    }

    /// Takes entries that the log delivered. Never waits.
    pub(crate) fn deliver(&self, entry: Entry) {
        if let Content::Renamed { name } = &entry.content {
            self.shared.people.lock().rename(entry.by.id, name);
        }
        let bytes = entry.frame_bytes();
        let mut inbox = self.shared.inbox.lock();
        inbox.bytes += bytes;
        inbox.entries.push_back((entry, bytes));
        if inbox.entries.len() == 1 || inbox.is_full(self.shared.bounds) {
            drop(inbox);
            self.shared.arrived.notify_one();
        }
    }

    /// Seats a client at the head: it hears what is delivered from now on.
    pub(crate) fn join(&self, outlet: &Arc<Outlet>) -> Membership {
        self.subscribe(outlet, UserId::GUEST).0
    }

    /// Adds a member who first gets what is before the head: nothing of the tail goes out until the
    /// membership is released. Gives also the number of the last entry that does not come by the tail.
    pub(crate) fn join_as(&self, outlet: &Arc<Outlet>, person: &Arc<Person>) -> (Membership, u64) {
        let joined = self.subscribe(outlet, person.id());
        // After it, so that the new member hears of itself like everyone else.
        self.shared.people.lock().come(person);
        self.shared.people_changed();
        joined
    }

    fn subscribe(&self, outlet: &Arc<Outlet>, who: UserId) -> (Membership, u64) {
        let mut members = self.shared.members.write();
        // Under the lock that a fan-out holds, so that no batch falls between the cursor and the subscription.
        let (cursor, since) = self.shared.tail.head_and_seq();
        let subscription = outlet.subscribe(Arc::clone(&self.shared.tail), cursor, who != UserId::GUEST);
        let key = members.add(Member { outlet: Arc::clone(outlet), subscription });
        drop(members);
        (Membership { shared: Arc::clone(&self.shared), key, subscription, who, asked: 0 }, since)
    }

    /// How many people are here, and who, unless they are too many.
    pub(crate) fn people(&self) -> (usize, Vec<User>) {
        self.shared.people.lock().seen()
    }

    /// How many people are here, for somebody who does not come.
    pub(crate) fn count(&self) -> usize {
        self.shared.people.lock().count()
    }

    /// Everyone who is here, however many they are.
    pub(crate) fn everyone(&self) -> Vec<User> {
        self.shared.people.lock().all()
    }

    /// Whether somebody is here, by any connection.
    pub(crate) fn has(&self, who: UserId) -> bool {
        self.shared.people.lock().has(who)
    }

    /// Tells the members that somebody is typing. Not in a room so large that it only counts its people.
    pub(crate) fn typing(&self, user: &User) {
        let mut people = self.shared.people.lock();
        if people.is_crowd() {
            return;
        }
        people.types(user);
        drop(people);
        self.notice(&Event::Typing { room: &self.shared.name, user });
        self.shared.stir();
    }

    /// Tells the members that somebody has another face.
    pub(crate) fn set_face(&self, user: &User) {
        self.shared.people.lock().set_face(user);
        self.notice(&Event::Face { room: Some(&self.shared.name), user });
    }

    /// A line for the members of now. Of a storm of them some are lost: what they say of is nothing that is kept here.
    fn notice(&self, event: &Event<'_>) {
        let line = event::line(event);
        let mut inbox = self.shared.inbox.lock();
        if inbox.notices.len() + line.len() <= NOTICE_BYTES {
            push_line(&mut inbox.notices, &line);
            drop(inbox);
            self.shared.arrived.notify_one();
        }
    }

    /// Ready when the room keeps up with what is said. `asked` is the asking task's own, and begins as 0.
    pub(crate) fn poll_ready(&self, asked: &mut u64, cx: &Context<'_>) -> Poll<()> {
        self.shared.poll_ready(asked, cx)
    }

    /// Completes once the tail has come to a number that the log has delivered, be it another room's: whoever joins after that
    /// begins behind it.
    pub(crate) async fn come_to(&self, delivered: u64) {
        loop {
            let grown = self.grown();
            if self.shared.comes_to(delivered) {
                return;
            }
            grown.await;
        }
    }

    pub(crate) fn tail(&self) -> &Tail {
        &self.shared.tail
    }

    /// Completes after the tail next grows; subscribe, then look at the tail, then await.
    pub(crate) fn grown(&self) -> tokio::sync::futures::Notified<'_> {
        self.shared.grew.notified()
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn push_line(lines: &mut Vec<u8>, line: &[u8]) {
    if !lines.is_empty() {
        lines.push(b'\n');
    }
    lines.extend_from_slice(line);
}

/// A client's being in a room; it leaves when this is dropped.
#[derive(Debug)]
pub(crate) struct Membership {
    shared: Arc<Shared>,
    key: u32,
    subscription: SubscriptionId,
    /// Whom the others see here: nobody when it is a guest.
    who: UserId,
    /// The batch that the client's task waits for, if any.
    asked: u64,
}

impl Membership {
    /// Sends what was before the subscription, and lets the tail follow.
    pub(crate) fn release(&self, outlet: &Outlet, frame: bytes::Bytes) {
        outlet.release(self.subscription, frame);
    }

    /// Ready when the room keeps up with what is said; the read pump asks before it reads on.
    pub(crate) fn poll_ready(&mut self, cx: &Context<'_>) -> Poll<()> {
        self.shared.poll_ready(&mut self.asked, cx)
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        let member = self.shared.members.write().remove(self.key);
        if let Some(Member { outlet, subscription }) = member {
            outlet.unsubscribe(subscription, &self.shared.tail);
        }
        if self.who != UserId::GUEST {
            self.shared.people.lock().go(self.who);
            self.shared.people_changed();
        }
    }
}

/// The room's task: the next batch is encoded when the fan-out is over, and carries all that came meanwhile.
async fn run(shared: Arc<Shared>) {
    let workers = Handle::current().metrics().num_workers();
    let mut helpers = JoinSet::new();
    let mut begun = Instant::now();
    loop {
        let due = shared.people.lock().due();
        match due {
            Due::In(time) => drop(tokio::time::timeout(time, shared.arrived.notified()).await),
            Due::Now => {}
            Due::Nothing => shared.arrived.notified().await,
        }
        loop {
            shared.hold_back(begun).await;
            shared.gather().await;
            let Some((position, batch)) = shared.next_batch() else { break };
            begun = Instant::now();
            let fan_out = Arc::new(FanOut::new(position, batch, &shared.members.read()));
            // Other cores may help where there is a chunk for them.
            for _ in 1..fan_out.chunks().min(workers) {
                helpers.spawn(write(Arc::clone(&shared), Arc::clone(&fan_out)));
            }
            write(Arc::clone(&shared), Arc::clone(&fan_out)).await;
            for Member { outlet, subscription } in fan_out.over().await {
                slow::close_member(&outlet, subscription, &shared.tail);
            }
            while helpers.try_join_next().is_some() {}
            shared.tail.trim(shared.bounds);
            shared.grew.notify_waiters();
        }
    }
}

/// Takes chunks of a fan-out until none is left.
async fn write(shared: Arc<Shared>, fan_out: Arc<FanOut>) {
    let is_slow = |cursor| slow::is_slow(&shared.tail, cursor, shared.bounds);
    while fan_out.take_chunk(&shared.members.read(), is_slow) {
        yield_now().await;
    }
}

impl Shared {
    fn comes_to(&self, delivered: u64) -> bool {
        if self.tail.head_and_seq().1 >= delivered {
            return true;
        }
        let inbox = self.inbox.lock();
        if inbox.entries.is_empty() {
            self.tail.come_to(delivered);
        }
        inbox.entries.is_empty()
    }

    /// Somebody came or went: the members are told, and the other machines.
    fn people_changed(&self) {
        self.arrived.notify_one();
        self.stir();
    }

    /// Tells the bus that there may be something to say.
    fn stir(&self) {
        if let Some(bus) = &self.bus {
            bus.stir(&self.name);
        }
    }

    fn poll_ready(&self, asked: &mut u64, cx: &Context<'_>) -> Poll<()> {
        let mut inbox = self.inbox.lock();
        if !inbox.is_full(self.bounds) {
            return Poll::Ready(());
        }
        if *asked != inbox.next_batch {
            *asked = inbox.next_batch;
            inbox.waiting.push(cx.waker().clone());
        }
        Poll::Pending
    }

    /// Whether there is a batch delay, and it is for this room.
    fn is_held_back(&self) -> bool {
        !self.batch_delay.is_zero() && self.members.read().len() >= BATCH_DELAY_MEMBERS
    }

    /// Where there is a batch delay, waits until the room may be written to again, or its inbox is full.
    async fn hold_back(&self, begun: Instant) {
        if !self.is_held_back() {
            return;
        }
        let mut until = pin!(sleep_until(begun + self.batch_delay));
        while !self.inbox.lock().is_full(self.bounds) {
            tokio::select! {
                () = &mut until => return,
                () = self.arrived.notified() => {}
            }
        }
    }

    /// Lets everyone who has something to say now say it, before the next batch is closed.
    async fn gather(&self) {
        let count = || self.inbox.lock().entries.len();
        let mut before = count();
        loop {
            yield_now().await;
            let now = count();
            if now == before || now >= self.bounds.messages {
                return;
            }
            before = now;
        }
    }

    /// Takes all that the inbox holds into the tail, up to what one batch may hold, and what there is to tell beside it.
    fn next_batch(&self) -> Option<(Position, Arc<Batch>)> {
        let told = {
            let mut people = self.people.lock();
            (people.due() == Due::Now).then(|| people.tell(&self.name))
        };
        let mut inbox = self.inbox.lock();
        if inbox.entries.is_empty() && inbox.notices.is_empty() && told.is_none() {
            return None;
        }
        let mut bytes = 0;
        // A quarter of the tail's bytes: whoever cannot take a batch at once is not cut by its size alone.
        let fits = inbox.entries.iter().take(self.bounds.messages).take_while(|(_, entry_bytes)| {
            bytes += entry_bytes;
            bytes <= self.bounds.bytes / 4
        });
        let count = fits.count().max(1).min(inbox.entries.len());
        let mut bytes = 0;
        let drained = inbox.entries.drain(..count).map(|(entry, entry_bytes)| {
            bytes += entry_bytes;
            entry
        });
        let entries: Arc<[Entry]> = drained.collect();
        inbox.bytes -= bytes;
        inbox.next_batch += 1;
        let waiting = std::mem::take(&mut inbox.waiting);
        let mut notices = std::mem::take(&mut inbox.notices);
        if let Some(told) = told {
            push_line(&mut notices, &told);
        }
        let batch = Arc::new(Batch::new(entries, bytes, notices));
        // Under the lock of the inbox: what was delivered is in the one or in the other.
        let position = self.tail.push(Arc::clone(&batch));
        drop(inbox);
        waiting.into_iter().for_each(Waker::wake);
        Some((position, batch))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(seq: u64) -> Entry {
        let content = Content::message("hello");
        Entry { seq, at: 0, room: RoomName::lobby(), by: User::guest(), content, root: None }
    }

    /// Says something in each of the turns, from the first on; gives the turns until the room has made a batch, and what is
    /// in it.
    async fn turns_until_heard(turns: &[usize]) -> (usize, usize) {
        let room = Room::open(&RoomName::lobby(), &Limits::default(), 0, &Handle::current(), None);
        for turn in 1.. {
            if turns.contains(&turn) {
                room.deliver(entry(turn as u64));
            }
            yield_now().await; // Everybody else's turn, and so the room's.
            if let Ok(Some(entries)) = room.tail().entries(0) {
                return (turn, entries.len());
            }
        }
        unreachable!("a batch is made some day")
    }

    #[tokio::test]
    async fn client_that_knows_more_than_its_room_begins_behind_what_the_room_is_still_to_be_told() {
        let room = Room::open(&RoomName::lobby(), &Limits::default(), 0, &Handle::current(), None);
        room.deliver(entry(5));
        assert!(!room.shared.comes_to(7), "it waits for its batch");
        room.come_to(7).await;
        assert_eq!(room.tail().head_and_seq(), (1, 7));
        room.come_to(6).await;
        assert_eq!(room.tail().head_and_seq(), (1, 7));
    }

    #[tokio::test]
    async fn everybody_has_a_turn_to_say_something_before_a_batch_and_no_more_than_one_if_nobody_does() {
        assert_eq!(turns_until_heard(&[1]).await, (2, 1), "woken in one turn, written in the next");
        assert_eq!(turns_until_heard(&[1, 2]).await, (3, 2));
        assert_eq!(turns_until_heard(&[1, 2, 3]).await, (4, 3));
    }
}
