//! What a program reads of the chat: its history, what a search finds, which rooms are listed or open and who is there.

use crate::base::cursor::Anchor;
use crate::base::error::Error;
use crate::base::limits::{DIRECTORY_ROOMS, FOUND_MESSAGES, PAGE_MESSAGES, QUERY_CHARS};
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::hub::Hub;
use crate::log::{DirectoryPage, DirectoryRequest, Page, Search};
use crate::wire::protocol::command;

impl Hub {
    /// A page of a room's messages in their present state, oldest first: at most 100, and fewer where they are long.
    ///
    /// # Errors
    /// The log cannot read them now. A log that keeps nothing has an empty page.
    ///
    /// ```
    /// # use chinwag::{Anchor, Error, Hub, RoomName};
    /// # async fn latest(hub: Hub) -> Result<(), Error> {
    /// let page = hub.history(&RoomName::lobby(), Anchor::Newest, 20).await?;
    /// for message in &page.messages {
    ///     println!("{}: {}", message.entry.by.name, message.entry.text());
    /// }
    /// if let (true, Some(oldest)) = (page.more, page.messages.first()) {
    ///     let before = hub.history(&RoomName::lobby(), Anchor::Before(oldest.entry.seq), 20).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn history(&self, room: &RoomName, at: Anchor, limit: usize) -> Result<Page, Error> {
        self.log().history(room, at, limit.clamp(1, PAGE_MESSAGES), UserId::GUEST).await
    }

    /// Messages of these rooms that a query finds, newest first, at most 50: words, "phrases", `from:NAME`, `in:ROOM`,
    /// `before:DAY` and `after:DAY` (docs/PROTOCOL.md). Go on with `before`, the number of the last that was found.
    ///
    /// # Errors
    /// A query that finds nothing whatever was said, a log that keeps nothing, or one that cannot read now.
    ///
    /// ```
    /// # use chinwag::{Error, Hub, RoomName};
    /// # async fn find(hub: Hub) -> Result<(), Error> {
    /// let found = hub.search(&[RoomName::lobby()], "garden from:ada", None, 10).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn search(
        &self,
        rooms: &[RoomName],
        query: &str,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Page, Error> {
        let query = command::one_line(query, "query", QUERY_CHARS)?;
        let limit = limit.clamp(1, FOUND_MESSAGES);
        self.log().search(Search { rooms: rooms.to_vec(), query, before, limit, who: UserId::GUEST }).await
    }

    /// Rooms that stand in the directory, in the order of their names, at most 100: those after one of them, or from the first
    /// on, and only those that have `query` in their name, title or topic. Go on with [`DirectoryPage::next`].
    ///
    /// # Errors
    /// A query over 200 characters, or a log that cannot read now.
    pub async fn directory(
        &self,
        after: Option<&RoomName>,
        query: &str,
        limit: usize,
    ) -> Result<DirectoryPage, Error> {
        let query = command::one_line(query, "query", QUERY_CHARS)?;
        let limit = limit.clamp(1, DIRECTORY_ROOMS);
        self.log()
            .directory(DirectoryRequest { after: after.cloned(), query, limit, who: UserId::GUEST })
            .await
    }

    /// The rooms that are open, in the order of their names: somebody is in them, or listens to them. What was said in
    /// others is in the log.
    pub fn rooms(&self) -> Vec<RoomName> {
        self.open_rooms()
    }

    /// The people in a room, in the order of their names. Clients that speak plain lines and have no account are nobody.
    pub fn people(&self, room: &RoomName) -> Vec<User> {
        let mut people = self.open_room(room).map_or_else(Vec::new, |room| room.everyone());
        people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        people
    }
}
