//! The codes of errors: what a program tells them apart by.

use std::fmt;

use crate::base::named_enum::named_enum;

named_enum! {
    /// Which error it is, for programs. Codes are stable; their sentences are not.
    ///
    /// As text it is the word that a client of `chinwag.v1` gets as the `code` of an `error` (docs/PROTOCOL.md).
    ///
    /// ```
    /// use chinwag::{ErrorCode, Name};
    ///
    /// let refused = Name::parse("Admin").expect_err("it is kept for the server");
    /// assert_eq!(refused.code(), ErrorCode::NameTaken);
    /// assert_eq!(refused.code().as_str(), "name_taken");
    /// ```
    #[derive(Hash)]
    #[non_exhaustive]
    pub enum ErrorCode {
        /// A command that is not JSON.
        BadJson = "bad_json",
        /// A value that is not allowed.
        BadValue = "bad_value",
        /// A command that does not exist.
        UnknownType = "unknown_type",
        /// Not a room's name.
        BadRoom = "bad_room",
        /// Not a person's name.
        BadName = "bad_name",
        /// Not a user's id.
        BadUser = "bad_user",
        /// A search query that finds nothing, whatever was said.
        BadQuery = "bad_query",
        /// A line of an import that is not one.
        BadLine = "bad_line",
        /// A text with nothing to see in it.
        Empty = "empty",
        /// A text over the limit.
        TooLong = "too_long",
        /// A client that has not said who it is.
        HelloFirst = "hello_first",
        /// A client that has said who it is already.
        HelloAgain = "hello_again",
        /// A room that the client is not in.
        NotJoined = "not_joined",
        /// As many as there may be.
        TooMany = "too_many",
        /// A message that is not there.
        NoSuchMessage = "no_such_message",
        /// A message of somebody else, or a room that somebody else made.
        NotYours = "not_yours",
        /// A message that is deleted.
        Gone = "gone",
        /// A change of what was changed since its author saw it.
        Outdated = "outdated",
        /// A name that somebody has, or that is kept for the server.
        NameTaken = "name_taken",
        /// A name that the application gives, and its user cannot change.
        NameFixed = "name_fixed",
        /// A link to another device that was used, is too old, or was ended.
        BadLink = "bad_link",
        /// A token of a device that its user has ended.
        Ended = "ended",
        /// A device that its user does not have.
        NoSuchDevice = "no_such_device",
        /// A user whom the application knows, and no link.
        Account = "account",
        /// Somebody whom a moderator has banned.
        Banned = "banned",
        /// Somebody whom a moderator has muted.
        Muted = "muted",
        /// A guest in a chat in which guests only read.
        ReadOnly = "read_only",
        /// A guest in a chat that guests do not come into.
        InvitationNeeded = "invitation_needed",
        /// A guest in a chat that is entered by a password.
        PasswordNeeded = "password_needed",
        /// Not the password of the chat.
        WrongPassword = "wrong_password",
        /// An invitation that is not good, or not any more.
        BadInvitation = "bad_invitation",
        /// What only others may do.
        NotAllowed = "not_allowed",
        /// A private room whose people the client's user is not among, or no room at all.
        MembersOnly = "members_only",
        /// A room in which only members, or only moderators, write.
        WritersOnly = "writers_only",
        /// A room in which nobody writes any more.
        Archived = "archived",
        /// A room that an owner has deleted, of which not all is gone yet.
        RoomDeleted = "room_deleted",
        /// A room in slow mode: [`Error::retry_after`](super::Error::retry_after) says when the next message is allowed.
        SlowMode = "slow_mode",
        /// Nobody whom the chat knows.
        NoSuchPerson = "no_such_person",
        /// More than the rate allows: [`Error::retry_after`](super::Error::retry_after) says when it goes on.
        SlowDown = "slow_down",
        /// More new people than one address may bring: [`Error::retry_after`](super::Error::retry_after) says when it goes on.
        AddressPeople = "address_people",
        /// More new rooms than one address may make: [`Error::retry_after`](super::Error::retry_after) says when it goes on.
        AddressRooms = "address_rooms",
        /// More than may be said from one address: [`Error::retry_after`](super::Error::retry_after) says when it goes on.
        AddressBytes = "address_bytes",
        /// The log, or the machine, cannot do it now.
        Unavailable = "unavailable",
        /// A log that keeps nothing.
        NoHistory = "no_history",
        /// A server that stops.
        GoingAway = "going_away",
        /// A connection that the application ends. Never of an [`Error`](super::Error): it is told to the client before the close.
        Closed = "closed",
        /// A limit that cannot be kept. Never on the wire.
        BadLimit = "bad_limit",
        /// A folder or a file that a chat cannot be kept in. Never on the wire.
        BadStore = "bad_store",
        /// A folder that has no page to serve. Never on the wire.
        BadPage = "bad_page",
        /// A listener that has missed entries. Never on the wire.
        Lagged = "lagged",
    }
}

impl ErrorCode {
    /// The code of this word. A test holds that there is one for each that the library refuses with.
    pub(super) fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == word)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
