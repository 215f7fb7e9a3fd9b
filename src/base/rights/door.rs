//! The door: whether guests come in, and by which password they become members.

use crate::base::error::Error;
use crate::base::password::PasswordHash;
use crate::base::rights::{Door, Role, Standing, banned, closed};

impl Door {
    /// Whether guests come in.
    ///
    /// # Errors
    /// `password_needed` or `invitation_needed`.
    pub(crate) fn check_guest(self) -> Result<(), Error> {
        match self {
            Self::Write | Self::Read => Ok(()),
            Self::Password => Err(password_needed()),
            Self::Closed => Err(closed()),
        }
    }
}

/// What somebody is after they have given a password, who stood like this, in a chat with this door and this password.
///
/// # Errors
/// `banned`, `invitation_needed` or `wrong_password`.
pub(crate) fn after_password(
    before: Standing,
    given: &PasswordHash,
    door: Door,
    password: Option<&PasswordHash>,
    now: u64,
) -> Result<Standing, Error> {
    match door {
        _ if before.is_banned(now) => Err(banned()),
        _ if before.role > Role::Guest => Ok(before),
        Door::Write | Door::Read => Ok(before),
        Door::Password if password == Some(given) => Ok(Standing { role: Role::Member, ..before }),
        Door::Password => Err(wrong_password()),
        Door::Closed => Err(closed()),
    }
}

/// Whether the chat may have a door: one by password needs a password.
///
/// # Errors
/// `bad_value`.
pub(crate) fn check_door(door: Door, has_password: bool) -> Result<(), Error> {
    if door == Door::Password && !has_password {
        let text = "this chat has no password yet: give one together with the door";
        return Err(Error::refused("bad_value", text));
    }
    Ok(())
}

fn password_needed() -> Error {
    Error::refused("password_needed", "this chat has a password: give it with the hello")
}

pub(crate) fn wrong_password() -> Error {
    Error::refused("wrong_password", "this is not the password of this chat")
}
