//! A client of `chinwag.v1`: who it is, which rooms it is in, and what it is owed. Its commands are carried out
//! one after the other, in their order.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use crate::base::account::Account;
use crate::base::clock::{self, Tick};
use crate::base::cursor::Cursor;
use crate::base::device::DeviceId;
use crate::base::entry::Draft;
use crate::base::error::Error;
use crate::base::limits::{
    LINES_A_MESSAGE, Limits, NAME_CHARS, RECEIPTS_OPEN, ROOMS_A_CLIENT, TITLE_CHARS, TOPIC_CHARS,
    TYPING_PERIOD,
};
use crate::base::name::Name;
use crate::base::network::is_banned;
use crate::base::rights::{self, Door, Role, Standing};
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::connection::budget;
use crate::connection::rate;
use crate::connection::read_pump::Session;
use crate::hub::outlet::Outlet;
use crate::hub::presence::Identity;
use crate::hub::quotas::Seat;
use crate::hub::room::Membership;
use crate::hub::{Hub, OpenRoom};
use crate::log::{DirectoryRequest, Receipt};
use crate::wire::bucket::Bucket;
use crate::wire::frame::{Close, Message};
use crate::wire::protocol::command::{self, Command, CommandName, Refusal};
use crate::wire::protocol::event::{self, Event, Lines};

mod ask;
mod devices;
mod hello;
mod join;

use devices::GreetedDevice;
use hello::Newcomer;

/// A client of `chinwag.v1`.
pub(crate) struct V1 {
    hub: Hub,
    outlet: Arc<Outlet>,
    /// The client's user; before its hello, what its request says about it.
    me: Result<Identity, Box<Newcomer>>,
    rooms: Vec<JoinedRoom>,
    /// What it is owed: nothing, for nearly everyone nearly always.
    busy: Option<Box<Pending>>,
    /// For `Log::poll_ready`: the batch for which this task has left its waker; 0 for none.
    asked: u64,
    /// What its lines cost, whatever they say. What its commands cost is its user's, and its address's.
    lines: Bucket,
    /// Its place among the connections of its address, which pays for some of what it does.
    seat: Seat,
}

/// What a client is owed.
#[derive(Default)]
struct Pending {
    /// What was asked for and is not begun.
    todo: VecDeque<Todo>,
    /// What is under way: one thing at a time. Dropped with the client.
    work: Option<Work>,
    /// Appends that are not answered.
    owed: VecDeque<PendingReceipt>,
}

type Work = Pin<Box<dyn Future<Output = Outcome> + Send>>;

#[derive(Debug)]
enum Todo {
    /// Commands, one a line; those before `from` are begun.
    Lines {
        text: Box<str>,
        from: usize,
    },
    Join(RoomName, Option<Cursor>),
}

/// What came of a work that changes who or where the client is.
enum Outcome {
    Greeted(Greeting),
    Joined(JoinedRoom),
    Nothing,
}

/// The outcome of a hello: the client's user, and what it begins with.
struct Greeting {
    user: User,
    rooms: Vec<(RoomName, Option<Cursor>)>,
    /// The client's device, among the user's others; none for an account.
    device: Option<GreetedDevice>,
    standing: Standing,
    /// Why an invitation was not good, of somebody who may come in without one.
    uninvited: Option<Error>,
}

/// A room that the client is in.
#[derive(Debug)]
struct JoinedRoom {
    /// When it last was said to be typing here.
    typed: Option<Tick>,
    // Dropped in this order: the last member leaves, then the room is gone.
    membership: Membership,
    room: Arc<OpenRoom>,
}

/// An answer that is to come.
#[derive(Debug)]
struct PendingReceipt {
    command: CommandName,
    room: RoomName,
    cid: Option<Box<str>>,
    receipt: Receipt,
}

impl fmt::Debug for V1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("V1").field("me", &self.me).field("rooms", &self.rooms).finish_non_exhaustive()
    }
}

impl Session for V1 {
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            self.poll_owed(cx);
            if let Some(Pending { work: Some(work), .. }) = self.busy.as_deref_mut() {
                let outcome = ready!(work.as_mut().poll(cx));
                self.busy().work = None;
                self.finish(outcome);
                continue;
            }
            let owed = self.busy.as_ref().map_or(0, |busy| busy.owed.len());
            if owed >= RECEIPTS_OPEN {
                return Poll::Pending; // Woken by the answer.
            }
            ready!(self.outlet.poll_space(cx));
            // A hello is never held up here: its client would be taken for one that does not say who it is.
            if self.me.is_ok() {
                ready!(self.hub.log().poll_ready(&mut self.asked, cx));
            }
            for joined in &mut self.rooms {
                ready!(joined.membership.poll_ready(cx));
            }
            ready!(budget::poll_left(cx));
            match self.busy.as_mut().and_then(|busy| busy.todo.pop_front()) {
                None => {
                    // Who has nothing to do holds no memory for it.
                    if owed == 0 {
                        self.busy = None;
                    }
                    return Poll::Ready(());
                }
                Some(todo) => self.start(todo, cx),
            }
        }
    }

    fn message_bytes(&self, limits: &Limits) -> usize {
        limits.command_bytes()
    }

    fn meters_itself(&self) -> bool {
        true
    }

    fn message(&mut self, message: Message<'_>, _outlet: &Outlet) -> Result<(), Close> {
        if !message.is_text {
            return Err(Close { code: 1003, reason: "chinwag.v1 is text: JSON, one object a line" });
        }
        // The frame's decoder has looked at text already.
        let text = std::str::from_utf8(&message.payload).map_err(|_| Close::NOT_UTF8)?;
        // Nearly every message is one line, which is found out faster than lines are counted.
        let newlines =
            if text.contains('\n') { text.bytes().filter(|byte| *byte == b'\n').count() } else { 0 };
        let lines = newlines + usize::from(!text.ends_with('\n'));
        rate::pay_lines(&mut self.lines, &self.outlet, self.hub.limits(), lines, text.len())?;
        match lines {
            lines if lines > LINES_A_MESSAGE => {
                let text = format!(
                    "a message of {lines} lines; at most {LINES_A_MESSAGE} are allowed, and nothing of it was done"
                );
                self.outlet.send(event::refusal(&Refusal {
                    error: Error::refused("too_many", text),
                    command: None,
                    cid: None,
                }));
            }
            _ if newlines == 0 => self.line(text),
            _ => self.busy().todo.push_back(Todo::Lines { text: text.into(), from: 0 }),
        }
        Ok(())
    }
}

impl V1 {
    pub(crate) fn new(
        hub: Hub,
        outlet: &Arc<Outlet>,
        home: RoomName,
        account: Option<Account>,
        seat: Seat,
    ) -> Self {
        Self {
            hub,
            outlet: Arc::clone(outlet),
            me: Err(Box::new(Newcomer { home, account })),
            rooms: Vec::new(),
            busy: None,
            asked: 0,
            lines: Bucket::default(),
            seat,
        }
    }

    fn busy(&mut self) -> &mut Pending {
        self.busy.get_or_insert_default()
    }

    /// Sends the answers that have come, in one frame.
    fn poll_owed(&mut self, cx: &mut Context<'_>) {
        let Some(busy) = &mut self.busy else { return };
        let mut lines = Lines::new();
        while let Some(owed) = busy.owed.front_mut() {
            let Poll::Ready(answer) = Pin::new(&mut owed.receipt).poll(cx) else { break };
            let Some(PendingReceipt { command, room, cid, .. }) = busy.owed.pop_front() else { break };
            match (answer, cid) {
                (Ok(appended), Some(cid)) => {
                    lines.event(&Event::Receipt { room: &room, cid: &cid, seq: appended.seq });
                }
                (Ok(_), None) => {}
                (Err(error), cid) => lines.failed(Some(command.as_str()), cid.as_deref(), &error),
            }
        }
        self.outlet.send(lines.frame());
    }

    fn start(&mut self, todo: Todo, cx: &mut Context<'_>) {
        match todo {
            Todo::Lines { text, from } => {
                let end = text[from..].find('\n').map_or(text.len(), |len| from + len);
                budget::spend(cx, end - from);
                self.line(&text[from..end]);
                if end < text.len() {
                    self.busy().todo.push_front(Todo::Lines { text, from: end + 1 });
                }
            }
            Todo::Join(room, cursor) => {
                if let Err(error) = self.join(room, cursor) {
                    self.outlet.send(event::failure(CommandName::Join, &error));
                }
            }
        }
    }

    /// Carries one command out, or begins to.
    fn line(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        let refusal = match command::parse(line, self.hub.limits().text_chars) {
            Ok((name, command)) => {
                let cid = command.cid().map(str::to_owned);
                let Err(error) = self.carry_out(name, command) else { return };
                Refusal { error, command: Some(name.as_str().to_owned()), cid }
            }
            Err(refusal) => refusal,
        };
        self.outlet.send(event::refusal(&refusal));
    }

    fn finish(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Nothing => {}
            Outcome::Joined(joined) => {
                // Nearly everyone is in one room; a vector would make space for four.
                self.rooms.reserve_exact(1);
                self.rooms.push(joined);
            }
            Outcome::Greeted(Greeting { user, rooms, device, standing, uninvited }) => {
                let id = device.as_ref().map(|device| device.id);
                self.outlet.set_guest(standing.role == Role::Guest && !self.outlet.is_account());
                let device_id = id.unwrap_or(DeviceId::FIRST);
                let quota = self.seat.quota();
                let me = self.hub.persons().identify(&user, device_id, &self.outlet, quota);
                if let Some(device) = &device {
                    device.tell_others(&me, &self.outlet);
                }
                self.me = Ok(me);
                let log = self.hub.log();
                // The door may have been closed since it was looked at: whoever is told of that is connected before.
                let door = log.door();
                if let Some(why) = door.check_guest().err().filter(|_| self.outlet.is_guest()) {
                    return self.outlet.turn_away(&why);
                }
                if is_banned(&log.address_bans(), self.seat.network(), clock::wall_ms()) {
                    return self.outlet.turn_away(&rights::banned());
                }
                // With a token, somebody who has signed out of the application would still be who they were.
                let token = id.map(|id| log.secret().issue(&user, id));
                self.outlet.send(event::frame(&Event::Hello(event::Hello {
                    user: &user,
                    token: token.as_deref(),
                    server: event::Server {
                        name: "chinwag",
                        version: env!("CARGO_PKG_VERSION"),
                        addresses: self.hub.addresses(),
                    },
                    limits: event::Limits {
                        text_chars: self.hub.limits().text_chars,
                        name_chars: NAME_CHARS,
                        topic_chars: TOPIC_CHARS,
                        title_chars: TITLE_CHARS,
                        rooms: ROOMS_A_CLIENT,
                        history: log.keeps(),
                    },
                    name_fixed: self.outlet.is_name_fixed(),
                    guest: Name::is_of_guest(user.id, &user.name),
                    role: Some(standing.role).filter(|role| *role > Role::Guest).map(Role::as_str),
                    muted: standing.muted.filter(|until| clock::wall_ms() < *until),
                    guests: Some(door).filter(|door| *door != Door::Write).map(Door::as_str),
                })));
                if let Some(why) = uninvited {
                    self.outlet.send(event::failure(CommandName::Invite, &why));
                }
                if let Some(device) = device {
                    device.hear_news(&self.outlet);
                }
                let joins = rooms.into_iter().map(|(room, cursor)| Todo::Join(room, cursor));
                joins.rev().for_each(|join| self.busy().todo.push_front(join));
            }
        }
    }

    fn carry_out(&mut self, name: CommandName, command: Command) -> Result<(), Error> {
        let me = match &command {
            Command::Hello { .. } | Command::Ping => UserId::GUEST,
            _ => self.me.as_ref().map(Identity::id).map_err(|_| {
                Error::refused("hello_first", "say hello first: who you are, and which rooms")
            })?,
        };
        let price = rate::price(&command, self.rooms.len());
        let pay = |hub: &Hub| rate::pay_command(hub, &self.seat, me, price);
        match command {
            Command::Hello { token, link, invitation, password, device, name, rooms } => {
                let credentials = hello::Credentials { token, link, invitation, password, device, name };
                self.hello(credentials, rooms, price)
            }
            Command::Ping => {
                self.outlet.send(event::frame(&Event::Pong));
                Ok(())
            }
            Command::Join { room, cursor } => pay(&self.hub).and_then(|()| self.join(room, cursor)),
            Command::Leave { room } => {
                self.rooms.retain(|joined| *joined.room.name() != room);
                Ok(())
            }
            Command::Append { room, content, cid, base } => {
                let at = self.joined(&room)?;
                pay(&self.hub)?;
                rate::pay_append(&self.hub, &self.seat, &self.rooms[at].room, &content)?;
                let receipt = self.hub.append(Draft::new(&room, me, content).based_on(base));
                self.busy().owed.push_back(PendingReceipt { command: name, room, cid, receipt });
                Ok(())
            }
            Command::Name { .. } if self.outlet.is_name_fixed() => Err(Error::refused(
                "name_fixed",
                "your name is the one that you have in the application that this chat is a part of: change it there",
            )),
            Command::Name { name } => pay(&self.hub).map(|()| self.rename(name)),
            Command::Face { face } => pay(&self.hub).map(|()| self.set_face(face)),
            Command::Typing { room } => self.typing(&room),
            Command::Read { room, seq, is_back } => {
                pay(&self.hub).and_then(|()| self.read(me, room, seq, is_back))
            }
            Command::History { room, thread, at, limit } => {
                pay(&self.hub).and_then(|()| self.history(me, room, thread, at, limit))
            }
            Command::Reactions { room, seq } => pay(&self.hub).and_then(|()| self.reactions(me, room, seq)),
            Command::Link { .. }
            | Command::PrivateLink { .. }
            | Command::Devices { .. }
            | Command::EndDevice { .. }
                if self.outlet.is_account() =>
            {
                Err(devices::refuse_account())
            }
            Command::Link { end } => pay(&self.hub).and_then(|()| self.link(end)),
            Command::PrivateLink { end } => pay(&self.hub).and_then(|()| self.private_link(end)),
            Command::Devices { device, is_told } => pay(&self.hub).map(|()| self.devices(device, is_told)),
            Command::EndDevice { device } => pay(&self.hub).map(|()| self.end_device(device)),
            Command::Rights(command) => pay(&self.hub).map(|()| self.govern(me, name, command)),
            Command::Search { room, query, before, limit } => {
                pay(&self.hub).and_then(|()| self.search(me, room, query, before, limit))
            }
            Command::Directory { after, query, limit } => {
                pay(&self.hub).map(|()| self.directory(DirectoryRequest { after, query, limit, who: me }))
            }
            Command::Keep { room, keeping } => pay(&self.hub).map(|()| self.keep(me, room, keeping)),
            Command::Rooms { after, limit } => pay(&self.hub).map(|()| self.kept(me, after, limit)),
        }
    }

    fn joined(&self, room: &RoomName) -> Result<usize, Error> {
        self.rooms.iter().position(|joined| joined.room.name() == room).ok_or_else(|| {
            Error::refused("not_joined", format!("you are not in the room {room}: join it first"))
        })
    }

    fn join(&mut self, room: RoomName, cursor: Option<Cursor>) -> Result<(), Error> {
        let Ok(me) = &self.me else { return Ok(()) };
        // Who joins once more begins once more.
        self.rooms.retain(|joined| *joined.room.name() != room);
        if self.rooms.len() >= ROOMS_A_CLIENT {
            let text = format!("a connection may be in {ROOMS_A_CLIENT} rooms; leave one first");
            return Err(Error::refused("too_many", text));
        }
        let (hub, outlet, person) = (self.hub.clone(), Arc::clone(&self.outlet), Arc::clone(me.person()));
        self.busy().work = Some(Box::pin(join::join(hub, outlet, person, room, cursor)));
        Ok(())
    }

    fn typing(&mut self, room: &RoomName) -> Result<(), Error> {
        let at = self.joined(room)?;
        let (now, joined) = (Tick::now(), &mut self.rooms[at]);
        if joined.typed.is_none_or(|typed| typed.age(now) >= TYPING_PERIOD)
            && let Ok(me) = &self.me
        {
            joined.typed = Some(now);
            joined.room.typing(&me.person().user());
        }
        Ok(())
    }
}

/// Tells the client that something it asked for did not come to be.
fn failed(outlet: &Outlet, command: CommandName, error: &Error) -> Outcome {
    outlet.send(event::failure(command, error));
    Outcome::Nothing
}
