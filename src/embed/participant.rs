//! A participant: somebody in the chat for whom the program acts, a bot for example. What they may say is what a client may.

use std::future::poll_fn;

use crate::base::account::Account;
use crate::base::entry::{Content, Draft, Mentions};
use crate::base::error::Error;
use crate::base::face::Face;
use crate::base::limits::TOPIC_CHARS;
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::hub::Hub;
use crate::log::Appended;
use crate::wire::protocol::{command, mentions, plain};

/// Somebody in the chat for whom the program acts: a bot, or a user on whose behalf it says something. Cheap to clone.
///
/// Each of its methods completes when the log has kept the entry, and waits while the log or the room has as much to do as
/// it may have. What was begun is done, also when the future is dropped.
///
/// ```
/// use chinwag::{Account, Hub, Limits, MemoryLog, Post, RoomName};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), chinwag::Error> {
/// let hub = Hub::new(MemoryLog::new(), Limits::default())?;
/// let bot = hub.participant(&Account::new("bot:tea", "Tea Bot")).await?;
/// let lobby = RoomName::lobby();
/// let asked = bot.say(&lobby, "Tea?\nIn the garden.").await?;
///
/// // Said again under the same id, after a crash for example, it is not said twice.
/// let post = Post::new("Last call.").reply_to(asked.seq).cid("last-call-2026-11-29");
/// let first = bot.say(&lobby, post.clone()).await?;
/// assert_eq!(bot.say(&lobby, post).await?, first);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Participant {
    hub: Hub,
    user: User,
}

/// What somebody says: a text, and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    text: Box<str>,
    reply_to: Option<u64>,
    cid: Option<String>,
    mentions: Vec<(Box<str>, UserId)>,
}

impl Post {
    /// A message with this text, of one or more lines.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self { text: text.into(), reply_to: None, cid: None, mentions: Vec::new() }
    }

    /// As a reply to the message with this number in the same room.
    #[must_use]
    pub fn reply_to(mut self, seq: u64) -> Self {
        self.reply_to = Some(seq);
        self
    }

    /// With an id of the program's own, 1 to 64 visible ASCII characters. A message that its author said already in the
    /// room under the same id is not said again.
    #[must_use]
    pub fn cid(mut self, cid: impl Into<String>) -> Self {
        self.cid = Some(cid.into());
        self
    }

    /// Mentions somebody, at most twenty in a message: where the text has `@` and their name, they are meant, whatever they
    /// are called later. It is left out when the text does not have that, or they have another name by now.
    ///
    /// ```
    /// # use chinwag::{Post, User};
    /// # fn answer(asker: &User) -> Post {
    /// Post::new(format!("Gladly, @{}!", asker.name)).mention(asker)
    /// # }
    /// ```
    #[must_use]
    pub fn mention(mut self, user: &User) -> Self {
        self.mentions.push(((*user.name).into(), user.id));
        self
    }
}

impl From<&str> for Post {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Post {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl Hub {
    /// Says something in a room: a line of plain text. Newlines in it become spaces. Waits while the log or the room has
    /// as much to do as it may have.
    ///
    /// # Errors
    /// A message over the limit, or a log that cannot take it.
    pub async fn say(&self, room: &RoomName, text: &str) -> Result<Appended, Error> {
        let (text, max) = (plain::line(text), self.limits().message_bytes);
        if text.len() > max {
            return Err(Error::too_big(text.len(), max));
        }
        self.append_in_turn(Draft::message(room, &text).by_moderator()).await
    }

    /// Sends somebody away: every connection of theirs is told why, and closed with 4003, after which the page does not come
    /// back by itself. Gives how many there were. It keeps nobody out: that is for what the application does with their
    /// next request.
    ///
    /// An [`Account`]'s user is found by [`Hub::user_id`], anybody else by the author of what they said.
    pub fn close_person(&self, who: UserId, reason: &str) -> usize {
        self.persons().close(who, reason)
    }

    /// Makes the user of an account known, and gives what the program acts for them with. The account is that of a user of
    /// the application, or one that the program has for a bot. They are not shown as being in a room by this.
    ///
    /// # Errors
    /// The log cannot take it now.
    pub async fn participant(&self, account: &Account) -> Result<Participant, Error> {
        let (user, _) = self.greet(account, &[]).await?;
        Ok(Participant { hub: self.clone(), user })
    }

    /// Appends what a program says; waits while the log or the room has as much to do as it may have.
    async fn append_in_turn(&self, draft: Draft) -> Result<Appended, Error> {
        let mut asked = 0;
        poll_fn(|cx| self.log().poll_ready(&mut asked, cx)).await;
        if let Some(room) = self.open_room(&draft.room) {
            let mut asked = 0;
            poll_fn(|cx| room.poll_ready(&mut asked, cx)).await;
        }
        self.append(draft).await
    }
}

impl Participant {
    /// The participant's user, with the name and the face at the time of [`Hub::participant`].
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Says something in a room.
    ///
    /// # Errors
    /// A text that is empty or too long ([`Limits::text_chars`](crate::Limits::text_chars)), a bad `cid`, too many mentions,
    /// a reply to no message, or a log that cannot take it.
    pub async fn say(&self, room: &RoomName, post: impl Into<Post>) -> Result<Appended, Error> {
        let Post { text, reply_to, cid, mentions } = post.into();
        let (text, mentions) = self.said(&text, mentions)?;
        let cid = cid.map(command::check_cid).transpose()?;
        self.append(room, Content::Message { text, cid, reply_to, mentions }).await
    }

    /// Gives a message of theirs another text, and the mentions that belong to it; what it answers, and its `cid`, stay as
    /// they are.
    ///
    /// # Errors
    /// A text that is not allowed, too many mentions, no message of theirs, or a log that cannot take it.
    pub async fn edit(&self, room: &RoomName, seq: u64, post: impl Into<Post>) -> Result<Appended, Error> {
        let Post { text, mentions, .. } = post.into();
        let (text, mentions) = self.said(&text, mentions)?;
        self.append(room, Content::Edited { target: seq, text, mentions }).await
    }

    /// Deletes a message of theirs.
    ///
    /// # Errors
    /// No message of theirs, or a log that cannot take it.
    pub async fn delete(&self, room: &RoomName, seq: u64) -> Result<Appended, Error> {
        self.append(room, Content::Deleted { target: seq }).await
    }

    /// Deletes a message of anybody, as a moderator does: the entry says that it was this participant's doing. Whoever
    /// may do that is for the program to decide; no client can.
    ///
    /// # Errors
    /// No such message, or a log that cannot take it.
    pub async fn moderate(&self, room: &RoomName, seq: u64) -> Result<Appended, Error> {
        let draft = Draft::new(room, self.user.id, Content::Deleted { target: seq });
        self.hub.append_in_turn(draft.by_moderator()).await
    }

    /// Reacts to a message with an emoji, or takes that back.
    ///
    /// # Errors
    /// What is not one emoji, no such message, too many kinds of reactions, or a log that cannot take it.
    pub async fn react(&self, room: &RoomName, seq: u64, emoji: &str, on: bool) -> Result<Appended, Error> {
        let emoji = command::check_emoji(emoji)?.into();
        self.append(room, Content::Reacted { target: seq, emoji, on }).await
    }

    /// Gives a room a topic; an empty one takes it away.
    ///
    /// # Errors
    /// A topic over 250 characters, or a log that cannot take it.
    pub async fn set_topic(&self, room: &RoomName, text: &str) -> Result<Appended, Error> {
        let text = command::one_line(text, "topic", TOPIC_CHARS)?;
        self.append(room, Content::Topic { text }).await
    }

    /// Gives a room a title, which may be empty, and says whether it stands in the directory or is reached by its link alone.
    /// Whoever began a room is its maker, and alone may set it; the lobby is everybody's, and nobody sets it.
    ///
    /// # Errors
    /// A title over 64 characters, a room that somebody else made or nobody, or a log that cannot take it.
    pub async fn set_room(&self, room: &RoomName, title: &str, listed: bool) -> Result<Appended, Error> {
        self.append(room, Content::Room { title: command::check_title(title)?, listed }).await
    }

    /// Chooses a face: an emoji, a hue, or both. What is none is as it was without a choice. The rooms that they are shown in are
    /// told.
    ///
    /// # Errors
    /// A log that cannot take it.
    pub async fn set_face(&self, face: Face) -> Result<(), Error> {
        self.hub.set_face(self.user.id, face).await.map(drop)
    }

    fn said(&self, text: &str, whom: Vec<(Box<str>, UserId)>) -> Result<(Box<str>, Mentions), Error> {
        let text = command::said(text, self.hub.limits().text_chars)?;
        Ok((text, mentions::check(whom.into_iter().collect())?))
    }

    async fn append(&self, room: &RoomName, content: Content) -> Result<Appended, Error> {
        self.hub.append_in_turn(Draft::new(room, self.user.id, content)).await
    }
}
