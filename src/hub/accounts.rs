//! The name of an account's user: the one that the application gives, or that with a number where it is somebody else's.
//! Knows no request and no socket.

use std::iter::once;

use crate::base::account::Account;
use crate::base::error::{Error, ErrorCode};
use crate::base::limits::{NAMESAKE_FIRST, NAMESAKE_NUMBERS, NAMESAKES};
use crate::base::name::Name;
use crate::base::rights::{Door, Measure, Role, Standing};
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::log::Log;

/// The name that the user of an account is to have; none when they have it, or choose it themselves.
pub(crate) fn other_name<'a>(account: &'a Account, user: &User) -> Option<&'a Name> {
    account.name().filter(|name| account.is_name_fixed() && *user.name != *name.as_str())
}

/// How the user of an account stands. The application has let them in: where guests may not write, they are a member.
pub(crate) async fn admit(log: &dyn Log, who: UserId) -> Result<Standing, Error> {
    let standing = log.standing(who).await?;
    if standing.role > Role::Guest || log.door() == Door::Write {
        return Ok(standing);
    }
    log.govern(None, Measure::Role { whom: who, role: Role::Member }).await?;
    Ok(Standing { role: Role::Member, ..standing })
}

/// Gives a user this name, or the first with a number that nobody else has, and tells these rooms. None when they stay as
/// they are.
pub(crate) async fn rename(
    log: &dyn Log,
    user: &User,
    name: &Name,
    mut rooms: Vec<RoomName>,
) -> Result<Option<User>, Error> {
    // Somebody new, whose name was taken: nobody has heard of the guest's name that they got instead.
    if Name::is_of_guest(user.id, &user.name) {
        rooms.clear();
    }
    for name in candidates(name, user.id) {
        if *user.name == *name.as_str() {
            break;
        }
        match log.rename(user.id, name, rooms.clone()).await {
            Ok(user) => return Ok(Some(user)),
            Err(error) if error.code() == ErrorCode::NameTaken => {}
            // A log in memory that knows as many people as it may: they come in by the name that they have.
            Err(error) if error.code() == ErrorCode::TooMany => break,
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// The names that are tried, the best first. Somebody who has one of them looks only for a better one.
fn candidates(name: &Name, who: UserId) -> impl Iterator<Item = Name> {
    let own = NAMESAKE_FIRST + who.get() % NAMESAKE_NUMBERS;
    once(name.clone()).chain((2..2 + NAMESAKES).chain(once(own)).map(|number| name.numbered(number)))
}
