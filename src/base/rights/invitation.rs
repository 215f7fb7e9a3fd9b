//! Invitations: whoever has the code of one gets a role.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::base::devices::LinkHash;
use crate::base::error::Error;
use crate::base::rights::{Role, Standing, not_allowed};
use crate::base::room_name::RoomName;

/// An invitation: whoever has its code gets a role.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invitation {
    /// The hash of its code. Of the code itself nothing is kept.
    pub hash: LinkHash,
    /// The role that it gives.
    pub role: Role,
    /// The room that it leads to; none for the lobby.
    pub room: Option<RoomName>,
    /// How many people may still use it; none for any number.
    pub uses: Option<u32>,
    /// When it ends. Unix milliseconds.
    pub until: Option<u64>,
}

/// Identifies an invitation without telling its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InvitationId(u64);

impl Invitation {
    /// Identifies it.
    pub fn id(&self) -> InvitationId {
        InvitationId::of(&self.hash)
    }
}

impl InvitationId {
    /// That of the invitation whose code has this hash.
    pub(crate) fn of(hash: &LinkHash) -> Self {
        let (first, _) = hash.0.split_at(size_of::<u64>());
        Self(first.iter().fold(0, |id, byte| id << 8 | u64::from(*byte)) & u64::MAX >> 1)
    }

    pub(crate) const fn new(id: u64) -> Self {
        Self(id & u64::MAX >> 1)
    }

    pub(crate) fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for InvitationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0.to_be_bytes()))
    }
}

impl FromStr for InvitationId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(|bytes| Self::new(u64::from_be_bytes(bytes))).ok_or_else(|| {
            Error::refused(
                "bad_value",
                "not the id of an invitation: it is 11 characters that this server made",
            )
        })
    }
}

/// Whether an invitation is good at a time.
///
/// # Errors
/// `bad_invitation`.
pub(crate) fn check_invitation(invitation: Option<&Invitation>, now: u64) -> Result<(), Error> {
    let is_good = |invitation: &&Invitation| {
        invitation.uses != Some(0) && invitation.until.is_none_or(|until| now < until)
    };
    invitation.filter(is_good).map(drop).ok_or_else(bad_invitation)
}

/// Whether somebody may end an invitation.
///
/// # Errors
/// `not_allowed`.
pub(crate) fn check_ending(by: Standing, invitation: &Invitation) -> Result<(), Error> {
    if by.role < Role::Owner && invitation.role >= by.role {
        return Err(not_allowed("this invitation is not to a role below yours"));
    }
    Ok(())
}

/// The refusal of an invitation that is not good.
pub(crate) fn bad_invitation() -> Error {
    let text = "this invitation was used up, is too old, or was taken back: ask for another";
    Error::refused("bad_invitation", text)
}

/// The refusal of one more invitation.
pub(crate) fn too_many_invitations() -> Error {
    Error::refused("too_many", "this chat has as many invitations as it may have: take one back first")
}
