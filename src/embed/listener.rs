//! A program hears one room: messages as they come, without a socket.

use std::fmt;
use std::sync::Arc;

use crate::base::entry::{Content, Entry};
use crate::base::error::Error;
use crate::base::room_name::RoomName;
use crate::hub::tail::Position;
use crate::hub::{Hub, OpenRoom};

impl Hub {
    /// Listens to a room without a socket, from now on.
    pub fn listen(&self, room: &RoomName) -> Listener {
        let room = self.room(room);
        Listener { cursor: room.tail().head(), batch: Arc::default(), read: 0, room, hub: self.clone() }
    }
}

/// A reader of a room without a socket: a program's own, a bot, a test.
pub struct Listener {
    /// Keeps the chat alive.
    hub: Hub,
    room: Arc<OpenRoom>,
    cursor: Position,
    batch: Arc<[Entry]>,
    read: usize,
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listener")
            .field("room", self.room.name())
            .field("cursor", &self.cursor)
            .finish_non_exhaustive()
    }
}

impl Listener {
    /// The next message; waits until there is one. Cancel-safe.
    ///
    /// # Errors
    /// It fell off the room's tail and missed entries; it goes on from the head.
    pub async fn next(&mut self) -> Result<Entry, Error> {
        loop {
            if let Some(entry) = self.batch.get(self.read) {
                self.read += 1;
                if matches!(entry.content, Content::Message { .. }) {
                    return Ok(entry.clone());
                }
                continue;
            }
            let grown = self.room.grown();
            match self.room.tail().entries(self.cursor) {
                Ok(Some(batch)) => {
                    (self.batch, self.read) = (batch, 0);
                    self.cursor += 1;
                }
                Ok(None) => grown.await,
                Err(_) => {
                    self.cursor = self.room.tail().head();
                    return Err(Error::lagged());
                }
            }
        }
    }

    /// The chat it listens to.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }
}
