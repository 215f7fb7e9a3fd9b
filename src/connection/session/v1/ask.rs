//! What a client asks of the log that takes its time: another name or face, a read marker, a page, a search, the directory. One thing at
//! a time: each is the client's work until it is answered.

use std::future::poll_fn;
use std::sync::Arc;

use bytes::Bytes;

use super::{Outcome, V1, failed};
use crate::base::cursor::Anchor;
use crate::base::error::Error;
use crate::base::face::Face;
use crate::base::keeping::Keeping;
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::connection::rate;
use crate::connection::session::carry_out;
use crate::hub::Hub;
use crate::hub::quotas::Quota;
use crate::log::{Answer, DirectoryRequest, KeptRequest, Search};
use crate::wire::protocol::command::{CommandName, RightsCommand};
use crate::wire::protocol::event::{self, Event, Lines};

impl V1 {
    pub(super) fn rename(&mut self, name: Name) {
        let Ok(me) = &self.me else { return };
        let told = self.rooms.iter().filter(|joined| rate::may_tell(&self.hub, &self.seat, &joined.room));
        let rooms = told.map(|joined| joined.room.name().clone()).collect();
        let (hub, person, outlet) = (self.hub.clone(), Arc::clone(me.person()), Arc::clone(&self.outlet));
        self.busy().work = Some(Box::pin(async move {
            // One after the other: of two tabs that rename at once, the later in the log is the later everywhere.
            let _turn = hub.rename_permit().await;
            match hub.log().rename(person.id(), name, rooms).await {
                // All were told, and perhaps of a later name since. This answers also who has the name already.
                Ok(_) if hub.log().tells_changes() => {
                    outlet.send(event::frame(&Event::Named { user: &person.user() }));
                    Outcome::Nothing
                }
                Ok(user) => {
                    person.rename(&user.name);
                    person.tell(&Event::Named { user: &user }, None);
                    Outcome::Nothing
                }
                Err(error) => failed(&outlet, CommandName::Name, &error),
            }
        }));
    }

    pub(super) fn set_face(&mut self, face: Face) {
        let Ok(me) = &self.me else { return };
        let (hub, who, outlet) = (self.hub.clone(), me.id(), Arc::clone(&self.outlet));
        self.busy().work = Some(Box::pin(async move {
            match hub.set_face(who, face).await {
                Ok(_) => Outcome::Nothing,
                Err(error) => failed(&outlet, CommandName::Face, &error),
            }
        }));
    }

    pub(super) fn read(&mut self, me: UserId, room: RoomName, seq: u64, is_back: bool) -> Result<(), Error> {
        self.joined(&room)?;
        let Ok(person) = self.me.as_ref().map(|me| Arc::clone(me.person())) else { return Ok(()) };
        let (marked, outlet) = (self.hub.log().mark(me, &room, seq, is_back), Arc::clone(&self.outlet));
        self.busy().work = Some(Box::pin(async move {
            match marked.await {
                Ok(seq) => {
                    person.tell(&Event::Read { room: &room, seq, back: is_back }, Some(&outlet));
                    Outcome::Nothing
                }
                Err(error) => failed(&outlet, CommandName::Read, &error),
            }
        }));
        Ok(())
    }

    pub(super) fn history(
        &mut self,
        me: UserId,
        room: RoomName,
        thread: Option<u64>,
        at: Anchor,
        limit: usize,
    ) -> Result<(), Error> {
        self.joined(&room)?;
        let page = match thread {
            None => self.hub.log().history(&room, at, limit, me),
            Some(root) => self.hub.log().thread(&room, root, at, limit, me),
        };
        self.answer_with(me, CommandName::History, page, move |page| {
            event::frame(&Event::Page(event::Page {
                room: &room,
                thread,
                at: at.into(),
                entries: event::Entries(&page.messages),
                more: page.more,
                newer: page.newer,
            }))
        });
        Ok(())
    }

    pub(super) fn reactions(&mut self, me: UserId, room: RoomName, seq: u64) -> Result<(), Error> {
        self.joined(&room)?;
        let reactions = self.hub.log().reactions(&room, seq, me);
        self.answer_with(me, CommandName::Reactions, reactions, move |reactions| {
            event::frame(&Event::Reactions { room: &room, seq, reactions: event::Reactions(reactions) })
        });
        Ok(())
    }

    pub(super) fn search(
        &mut self,
        me: UserId,
        room: Option<RoomName>,
        query: Box<str>,
        before: Option<u64>,
        limit: usize,
    ) -> Result<(), Error> {
        // A room is found by its link alone: nobody looks into one that they are not in.
        let rooms = match &room {
            Some(room) => {
                self.joined(room)?;
                vec![room.clone()]
            }
            None => self.rooms.iter().map(|joined| joined.room.name().clone()).collect(),
        };
        let found = self.hub.log().search(Search { rooms, query: query.clone(), before, limit, who: me });
        self.answer_with(me, CommandName::Search, found, move |page| {
            event::frame(&Event::Found(event::SearchPage {
                room: room.as_ref(),
                query: &query,
                before,
                entries: event::Entries(&page.messages),
                more: page.more,
            }))
        });
        Ok(())
    }

    pub(super) fn directory(&mut self, request: DirectoryRequest) {
        let mut page = self.hub.log().directory(request.clone());
        let (hub, outlet, quota) = (self.hub.clone(), Arc::clone(&self.outlet), self.seat.quota());
        self.busy().work = Some(Box::pin(async move {
            let page = match metered(&hub, &quota, request.who, &mut page).await {
                Ok(page) => page,
                Err(error) => return failed(&outlet, CommandName::Directory, &error),
            };
            hub.look_at(&page.rooms).await;
            let rooms = page.rooms.iter().map(|listed| event::RoomSummary {
                room: &listed.room,
                title: &listed.title,
                topic: &listed.topic,
                archived: listed.archived,
                people: hub.people_count(&listed.room),
                last: listed.last,
            });
            outlet.send(event::frame(&Event::Directory(event::Directory {
                after: request.after.as_ref(),
                query: &request.query,
                rooms: rooms.collect(),
                next: page.next.as_ref(),
            })));
            Outcome::Nothing
        }));
    }

    pub(super) fn keep(&mut self, me: UserId, room: RoomName, keeping: Option<Keeping>) {
        let Ok(person) = self.me.as_ref().map(|me| Arc::clone(me.person())) else { return };
        let (kept, outlet) = (self.hub.log().keep(me, &room, keeping), Arc::clone(&self.outlet));
        self.busy().work = Some(Box::pin(async move {
            match kept.await {
                Ok(is_new) => {
                    let event = Event::kept(&room, keeping);
                    outlet.send(event::frame(&event));
                    if is_new {
                        person.tell(&event, Some(&outlet));
                    }
                    Outcome::Nothing
                }
                Err(error) => failed(&outlet, CommandName::Keep, &error),
            }
        }));
    }

    pub(super) fn kept(&mut self, me: UserId, after: Option<RoomName>, limit: usize) {
        let open = self.rooms.iter().map(|joined| joined.room.name().clone()).collect();
        let page = self.hub.log().kept(KeptRequest { who: me, after: after.clone(), limit, open });
        let hub = self.hub.clone();
        self.answer_with(me, CommandName::Rooms, page, move |page| {
            let rooms = page.rooms.iter().map(|kept| event::KeptRoom {
                room: &kept.room,
                title: &kept.title,
                favourite: kept.keeping.is_favourite,
                muted: kept.keeping.is_muted,
                last: kept.last,
                read: kept.unread.as_ref().map(|unread| unread.read),
                unread: kept.unread.as_ref().map(|unread| unread.count),
                mentions: kept.unread.as_ref().map_or(&[], |unread| &unread.mentions),
            });
            event::frame(&Event::Rooms(event::KeptRooms {
                epoch: hub.log().epoch(),
                after: after.as_ref(),
                rooms: rooms.collect(),
                next: page.next.as_ref(),
                visitor: page.is_visitor,
            }))
        });
    }

    /// Has the client's work be a command about people's rights.
    pub(super) fn govern(&mut self, me: UserId, name: CommandName, command: RightsCommand) {
        let (hub, outlet) = (self.hub.clone(), Arc::clone(&self.outlet));
        self.busy().work = Some(Box::pin(async move {
            match carry_out(&hub, Some(me), command).await {
                Ok(answer) => {
                    let mut lines = Lines::new();
                    lines.raw(&answer);
                    outlet.send(lines.frame());
                    Outcome::Nothing
                }
                Err(error) => failed(&outlet, name, &error),
            }
        }));
    }

    /// Has the client's work be to wait for a reader of the log, and to send the frame of its answer.
    fn answer_with<T: Send + 'static>(
        &mut self,
        me: UserId,
        command: CommandName,
        mut answer: Answer<T>,
        frame: impl FnOnce(&T) -> Bytes + Send + 'static,
    ) {
        let (hub, outlet, quota) = (self.hub.clone(), Arc::clone(&self.outlet), self.seat.quota());
        self.busy().work = Some(Box::pin(async move {
            match metered(&hub, &quota, me, &mut answer).await {
                Ok(answer) => {
                    outlet.send(frame(&answer));
                    Outcome::Nothing
                }
                Err(error) => failed(&outlet, command, &error),
            }
        }));
    }
}

/// The answer of a reader of the log, for whose time the user pays when it is known.
async fn metered<T>(hub: &Hub, quota: &Quota, who: UserId, answer: &mut Answer<T>) -> Result<T, Error> {
    let (answer, took) = poll_fn(|cx| answer.poll_timed(cx)).await;
    rate::charge_reading(hub, quota, who, took);
    answer
}
