//! The hub: the log, the rooms that someone is in, and everyone who is connected. What is said goes into
//! the log; what the log delivers goes to its room.

pub(crate) mod tail; // a room's ring of encoded batches, into which cursors point
pub(crate) mod roster; // what every client has one of, gone through in chunks
pub(crate) mod feed_queue; // what waits for a program that hears all rooms
pub(crate) mod quotas; // what has come from each address
pub(crate) mod outlet; // the way out to one client: its socket, its cursors and its queue
pub(crate) mod slow; // when a client is too slow, and what is done then
pub(crate) mod ended; // devices that were ended just now
pub(crate) mod presence; // who is connected
pub(crate) mod said; // what machines say of the people of a room, as bytes
pub(crate) mod others; // who is in a room on other machines, and what those are told
pub(crate) mod people; // who is in a room
pub(crate) mod links; // codes by which another device becomes the same user
pub(crate) mod accounts; // the application's users: greeted by the name that it gives
pub(crate) mod bus; // what is said to other machines, and which rooms are heard of
pub(crate) mod fan_out; // one batch, written to every member at the head
pub(crate) mod room; // a room's task: encodes a batch once and starts its fan-out
pub(crate) mod clients; // all connections: the cap and the goodbye
pub(crate) mod shed; // what waits for all clients together, and who goes when it is too much
pub(crate) mod heartbeat; // pings, and the deadlines of all connections
mod changes; // what the log tells of people beside the entries
mod reach; // whether this copy of the chat has come to what a client knows
mod open_room; // a room that somebody is in
mod looks; // what is asked of a hub: which rooms are open, and who is there

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock, Weak};

use parking_lot::Mutex;
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::AbortHandle;

use crate::base::account::Account;
use crate::base::entry::{Content, Draft, Entry};
use crate::base::error::Error;
use crate::base::face::Face;
use crate::base::limits::{COMING_AT_ONCE, Limits};
use crate::base::rights::Standing;
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::hub::bus::Bus;
use crate::hub::clients::Clients;
use crate::hub::feed_queue::FeedQueue;
use crate::hub::links::Links;
use crate::hub::looks::Looks;
use crate::hub::outlet::Outlet;
use crate::hub::presence::Persons;
use crate::hub::quotas::Quotas;
use crate::hub::room::Room;
use crate::hub::said::Said;
use crate::log::{Change, Deliver, Log, Receipt};

pub(crate) use open_room::OpenRoom;

/// A chat: its log, its rooms, its clients. Cheap to clone; all clones are the same chat.
///
/// It ends, and its tasks with it, when the last clone, client and listener is gone.
#[derive(Debug, Clone)]
pub struct Hub {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    log: Box<dyn Log>,
    rooms: Arc<Rooms>,
    clients: Arc<Clients>,
    heartbeat: AbortHandle,
    /// Of a chat on many machines: what says to the others who is here.
    bus: Option<AbortHandle>,
    looks: Looks,
    /// Permits to ask the log for those who come in.
    permits: Semaphore,
    /// The permit to rename somebody.
    renames: Semaphore,
    addresses: OnceLock<Vec<String>>,
}

/// A client's being counted; it is not when this is dropped. Keeps the chat alive.
#[derive(Debug)]
pub(crate) struct Registration {
    hub: Hub,
    key: u32,
}

/// The rooms that someone is in. A room that nobody is in is not here, and costs nothing.
#[derive(Debug)]
pub(crate) struct Rooms {
    limits: Limits,
    /// The runtime that the chat was made in, for the rooms' tasks: a program may listen from any thread.
    runtime: Handle,
    /// Everyone who is connected: the log asks whose name is in use.
    persons: Arc<Persons>,
    /// All connections: the log may end them.
    clients: Arc<Clients>,
    /// The links to other devices, which end with a device.
    links: Links,
    quotas: Quotas,
    /// Of a chat on many machines.
    bus: Option<Arc<Bus>>,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    rooms: HashMap<RoomName, Weak<OpenRoom>>,
    /// The last entry that was delivered: a room that is opened now hears what is after it.
    delivered: u64,
    /// Entries that were delivered, and the messages among them, since the start.
    entries: u64,
    messages: u64,
    /// Programs that hear all rooms.
    feeds: Vec<Weak<FeedQueue>>,
}

impl Hub {
    /// Starts a chat on a log. Needs a tokio runtime around it.
    ///
    /// # Errors
    /// Limits that cannot be kept, or not together.
    pub fn new(log: impl Log, limits: Limits) -> Result<Self, Error> {
        limits.check()?;
        let (runtime, persons) = (Handle::current(), Arc::default());
        let clients = Arc::new(Clients::default());
        let bus = log.machine().map(|machine| Arc::new(Bus::new(machine)));
        let rooms = Arc::new(Rooms {
            limits,
            runtime,
            persons,
            clients: Arc::clone(&clients),
            links: Links::default(),
            quotas: Quotas::default(),
            bus,
            open: Mutex::default(),
        });
        // Under the lock, as what is delivered at once is after the number that this gives.
        let mut open = rooms.open.lock();
        open.delivered = log.deliver_to(Arc::clone(&rooms) as Arc<dyn Deliver>);
        drop(open);
        let heartbeat = tokio::spawn({
            let (clients, rooms) = (Arc::clone(&clients), Arc::clone(&rooms));
            async move { heartbeat::run(&clients, &rooms.quotas, &rooms.limits).await }
        });
        let heartbeat = heartbeat.abort_handle();
        let (permits, renames) = (Semaphore::new(COMING_AT_ONCE), Semaphore::new(1));
        let shared = Arc::new_cyclic(|shared: &Weak<Shared>| Shared {
            log: Box::new(log),
            bus: rooms
                .bus
                .clone()
                .map(|bus| tokio::spawn(Shared::run(bus, Weak::clone(shared))).abort_handle()),
            rooms,
            clients,
            heartbeat,
            permits,
            renames,
            looks: Looks::default(),
            addresses: OnceLock::new(),
        });
        Ok(Self { shared })
    }

    /// The id that the user of an account has in this chat, whether or not they were ever here.
    ///
    /// ```
    /// # use chinwag::{Hub, Limits, MemoryLog};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), chinwag::Error> {
    /// let hub = Hub::new(MemoryLog::new(), Limits::default())?;
    /// assert_eq!(hub.user_id(4711), hub.user_id("4711"));
    /// assert_ne!(hub.user_id(4711), hub.user_id(4712));
    /// # Ok(())
    /// # }
    /// ```
    pub fn user_id(&self, account_id: impl fmt::Display) -> UserId {
        self.log().secret().id_of_account(&account_id.to_string())
    }

    /// How many clients are connected.
    pub fn client_count(&self) -> usize {
        self.shared.clients.count()
    }

    /// The limits it was made with.
    pub fn limits(&self) -> &Limits {
        &self.shared.rooms.limits
    }

    /// Names the addresses by which others reach the server, for example `http://192.168.1.5:8080/`, the best first. A page that was
    /// opened at `localhost` makes links of them, as its own address leads nowhere from other machines. Every client is told
    /// them. Only the first call has an effect.
    pub fn set_addresses(&self, addresses: impl IntoIterator<Item = String>) {
        self.shared.addresses.get_or_init(|| addresses.into_iter().collect());
    }

    pub(crate) fn addresses(&self) -> &[String] {
        self.shared.addresses.get().map_or(&[], Vec::as_slice)
    }

    /// Tells every client that the server is going away (close code 1001); completes when all are gone.
    /// Who connects after that is told the same.
    ///
    /// A client has as long as it likes to go. A program that stops gives them some seconds, and then ends the rest:
    ///
    /// ```
    /// # use std::time::Duration;
    /// # async fn stop(hub: chinwag::Hub) {
    /// if tokio::time::timeout(Duration::from_secs(5), hub.drain()).await.is_err() {
    ///     hub.cut();
    /// }
    /// # }
    /// ```
    pub async fn drain(&self) {
        self.shared.clients.drain().await;
        self.shared.leave();
    }

    /// Ends every connection as it is.
    pub fn cut(&self) {
        self.shared.clients.cut();
        if self.clients().is_draining() {
            self.shared.leave();
        }
    }

    pub(crate) fn append(&self, draft: Draft) -> Receipt {
        self.shared.log.append(draft)
    }

    pub(crate) fn log(&self) -> &dyn Log {
        &*self.shared.log
    }

    /// A permit to ask the log for somebody who comes in. When very many come at once they wait for each other, and those who
    /// talk do not wait for them.
    pub(crate) async fn permit(&self) -> Option<SemaphorePermit<'_>> {
        self.shared.permits.acquire().await.ok() // It is never closed.
    }

    /// Gives a user another face: all of their connections are told, and the rooms that they are in.
    pub(crate) async fn set_face(&self, who: UserId, face: Face) -> Result<User, Error> {
        let _permit = self.rename_permit().await;
        let user = self.log().set_face(who, face).await?;
        if !self.log().tells_changes() {
            self.shared.rooms.set_face(&user);
        }
        Ok(user)
    }

    /// The permit to rename somebody: the outcome of a rename, and of another face, is told before the next begins.
    pub(crate) async fn rename_permit(&self) -> Option<SemaphorePermit<'_>> {
        self.shared.renames.acquire().await.ok() // It is never closed.
    }

    /// Makes the user of an account known. Where their name is another now, all of their connections are told, and the rooms
    /// that they are in or about to join.
    pub(crate) async fn greet(
        &self,
        account: &Account,
        joining: &[RoomName],
    ) -> Result<(User, Standing), Error> {
        let user = self.log().greet(self.user_id(account.id()), account.name().cloned()).await?;
        let standing = accounts::admit(self.log(), user.id).await?;
        let Some(name) = accounts::other_name(account, &user) else { return Ok((user, standing)) };
        let _permit = self.rename_permit().await;
        let mut rooms = self.shared.rooms.with_person(user.id);
        let others: Vec<_> = joining.iter().filter(|room| !rooms.contains(room)).cloned().collect();
        rooms.extend(others);
        let renamed = accounts::rename(self.log(), &user, name, rooms).await?;
        let Some(user) = renamed else { return Ok((user, standing)) };
        if !self.log().tells_changes() {
            self.persons().rename(&user);
        }
        Ok((user, standing))
    }

    /// The links to other devices.
    pub(crate) fn links(&self) -> &Links {
        &self.shared.rooms.links
    }

    pub(crate) fn persons(&self) -> &Arc<Persons> {
        &self.shared.rooms.persons
    }

    pub(crate) fn quotas(&self) -> &Quotas {
        &self.shared.rooms.quotas
    }

    pub(crate) fn room(&self, name: &RoomName) -> Arc<OpenRoom> {
        self.shared.rooms.open(name)
    }

    pub(crate) fn clients(&self) -> &Arc<Clients> {
        &self.shared.clients
    }

    /// Counts a client among the connected.
    pub(crate) fn register(self, outlet: &Arc<Outlet>) -> Registration {
        let key = self.clients().add(outlet);
        Registration { hub: self, key }
    }
}

impl Registration {
    pub(crate) fn limits(&self) -> &Limits {
        self.hub.limits()
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        self.hub.clients().remove(self.key);
    }
}

impl Shared {
    /// Tells the other machines of the people in the rooms here.
    async fn run(bus: Arc<Bus>, shared: Weak<Self>) {
        bus::run(&bus, |name| {
            if let Some(shared) = shared.upgrade() {
                shared.looks.end(name);
                bus.see_to(&*shared.log, name, || shared.rooms.get(name).map(|room| room.say()));
            }
        })
        .await;
    }

    /// Tells them that nobody is here any more.
    fn leave(&self) {
        if let Some(bus) = &self.rooms.bus {
            bus.end(&*self.log);
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        self.heartbeat.abort();
        self.bus.iter().for_each(AbortHandle::abort);
        self.leave();
    }
}

impl Rooms {
    /// A room that somebody is in.
    fn get(&self, name: &RoomName) -> Option<Arc<OpenRoom>> {
        self.open.lock().rooms.get(name).and_then(Weak::upgrade)
    }

    /// The rooms that somebody is in, by any connection.
    fn with(&self, who: UserId) -> Vec<Arc<OpenRoom>> {
        // A room must not end under the lock that its end takes, so all of them are held until it is free again.
        let mut rooms: Vec<_> = self.open.lock().rooms.values().filter_map(Weak::upgrade).collect();
        rooms.retain(|room| room.has(who));
        rooms
    }

    /// Their names.
    fn with_person(&self, who: UserId) -> Vec<RoomName> {
        self.with(who).iter().map(|room| room.name.clone()).collect()
    }

    fn open(self: &Arc<Self>, name: &RoomName) -> Arc<OpenRoom> {
        let mut open = self.open.lock();
        if let Some(room) = open.rooms.get(name).and_then(Weak::upgrade) {
            return room;
        }
        let room = Room::open(name, &self.limits, open.delivered, &self.runtime, self.bus.as_ref());
        let room = Arc::new(OpenRoom::new(name, Arc::clone(self), room));
        open.rooms.insert(name.clone(), Arc::downgrade(&room));
        self.bus.iter().for_each(|bus| bus.stir(name));
        room
    }
}

impl Deliver for Rooms {
    fn deliver(&self, entries: &mut dyn Iterator<Item = Entry>) {
        // A room must not end under the lock that its end takes.
        let mut held: Option<Arc<OpenRoom>> = None;
        let mut ended = Vec::new();
        let mut open = self.open.lock();
        open.feeds.retain(|feed| feed.strong_count() > 0);
        for entry in entries {
            open.delivered = entry.seq;
            open.entries += 1;
            open.messages += u64::from(matches!(entry.content, Content::Message { .. }));
            open.feeds.iter().filter_map(Weak::upgrade).for_each(|feed| feed.push(&entry));
            if held.as_ref().is_none_or(|room| room.name != entry.room) {
                ended.extend(held.take());
                held = open.rooms.get(&entry.room).and_then(Weak::upgrade);
            }
            if let Some(room) = &held {
                room.set_made();
                room.deliver(entry);
            }
        }
        drop(open);
    }

    fn is_here(&self, who: UserId) -> bool {
        self.persons.is_here(who)
    }

    fn changed(&self, change: &Change) {
        self.tell(change);
    }

    fn disconnect(&self) {
        self.clients.cut();
    }

    fn hear(&self, room: &RoomName, said: &[u8]) {
        if let (Ok((by, said)), Some(room)) = (Said::read(said), self.get(room)) {
            room.hear(by, said);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Waker};

    use super::*;
    use crate::base::limits::TAIL_MESSAGES;
    use crate::log::MemoryLog;

    #[tokio::test]
    async fn program_that_says_more_than_a_room_takes_waits_for_it() {
        let hub = Hub::new(MemoryLog::new(), Limits::default()).expect("limits that hold");
        let room = RoomName::lobby();
        let _listener = hub.listen(&room);
        let cx = &mut Context::from_waker(Waker::noop());
        let mut said = 0;
        while said <= TAIL_MESSAGES && pin!(hub.say(&room, "hello")).poll(cx).is_ready() {
            said += 1;
        }
        assert_eq!(said, TAIL_MESSAGES, "as much as the inbox holds, while the room had no turn");
        tokio::task::yield_now().await;
        hub.say(&room, "hello").await.expect("the room has taken what was there");
    }

    #[tokio::test]
    async fn thread_outside_the_runtime_listens() {
        let hub = Hub::new(MemoryLog::new(), Limits::default()).expect("limits that hold");
        let (own, room) = (hub.clone(), RoomName::lobby());
        let listens = std::thread::spawn(move || own.listen(&RoomName::lobby()));
        let mut listener = listens.join().expect("it does not panic");
        hub.say(&room, "hello").await.expect("it is said");
        assert_eq!(listener.next().await.expect("it is heard").text(), "hello");
    }
}
