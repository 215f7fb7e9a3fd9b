//! Passwords that are given and set. The hash of one takes long on purpose: one is made at a time, on a thread beside those that serve
//! clients, and few may wait. A guess costs its address.

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::base::error::{Error, ErrorCode};
use crate::base::limits::{GUESSES_WAIT, GUESSES_WAITING};
use crate::base::password::{Password, PasswordHash};
use crate::base::rights;
use crate::connection::rate;
use crate::hub::Hub;
use crate::hub::quotas::Quota;

/// The place of the one hash that is made. Of the process, as its processors are.
static TURN: Semaphore = Semaphore::const_new(1);

/// The places of those that wait for it.
static WAITING: Semaphore = Semaphore::const_new(GUESSES_WAITING);

/// Whether a password is that of the chat; gives its hash, which makes a member of somebody.
///
/// # Errors
/// `wrong_password` or `slow_down`.
pub(super) async fn check(hub: &Hub, quota: &Quota, password: Password) -> Result<PasswordHash, Error> {
    let kept = hub.log().password().await?.ok_or_else(rights::wrong_password)?;
    rate::pay_guess(hub, quota)?;
    if !password.is_possible() {
        return Err(rights::wrong_password());
    }
    let given = match hashed(move || password.hash_like(&kept)).await {
        Ok(given) => given,
        Err(error) => {
            rate::refund_guess(quota);
            return Err(error);
        }
    };
    // A wrong password is refused here, and takes no place in the order of all machines.
    if given != kept {
        return Err(rights::wrong_password());
    }
    rate::refund_guess(quota);
    Ok(given)
}

/// Makes a hash in its turn. Whoever goes meanwhile gives the turn back when it is made, not before.
///
/// # Errors
/// `slow_down`: as many wait as may.
pub(super) async fn hashed<T: Send + 'static>(make: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let text = "many passwords are given just now";
    let busy = |_| Error::limited(ErrorCode::SlowDown, text, GUESSES_WAIT);
    let place = WAITING.try_acquire().map_err(busy)?;
    let turn = TURN.acquire().await; // It is never closed.
    let made = spawn_blocking(move || {
        let made = make();
        drop((turn, place));
        made
    });
    made.await.map_err(|_| Error::log("a password could not be compared"))
}
