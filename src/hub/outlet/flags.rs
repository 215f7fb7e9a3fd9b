//! What is known of a client in one bit each. Written by the client's task, and by the hub where rights change; the heartbeat reads it.

use std::sync::atomic::Ordering;

use super::Outlet;

/// The client has said who it is; on plain lines nobody has to.
pub(crate) const GREETED: u8 = 1;

/// The socket is read. While it is not, the peer cannot be heard.
pub(crate) const READ: u8 = 2;

/// The application gives its user's name.
const NAME_FIXED: u8 = 4;

/// The application says who its user is.
const ACCOUNT: u8 = 8;

/// The user is a guest of the chat, whom its door concerns.
pub(super) const GUEST: u8 = 32;
/// Limits of strangers hold for the client.
const LIMITED: u8 = 16;

impl Outlet {
    /// The client has said who it is; or it has not after all, as it could not be answered.
    pub(crate) fn set_greeted(&self, is_greeted: bool) {
        self.set(GREETED, is_greeted);
    }

    /// Whether the socket is read, or waits for the server to take what was read before.
    pub(crate) fn set_read(&self, is_read: bool) {
        self.set(READ, is_read);
    }

    /// The application gives its user's name.
    pub(crate) fn set_name_fixed(&self, is_fixed: bool) {
        self.set(NAME_FIXED, is_fixed);
    }

    pub(crate) fn is_name_fixed(&self) -> bool {
        self.has(NAME_FIXED)
    }

    /// The application says who its user is.
    pub(crate) fn set_account(&self) {
        self.set(ACCOUNT, true);
    }

    pub(crate) fn is_account(&self) -> bool {
        self.has(ACCOUNT)
    }

    /// The user is a guest of the chat, or not any more.
    pub(crate) fn set_guest(&self, is_guest: bool) {
        self.set(GUEST, is_guest);
    }

    pub(crate) fn is_guest(&self) -> bool {
        self.has(GUEST)
    }

    /// Limits of strangers hold for the client.
    pub(crate) fn set_limited(&self) {
        self.set(LIMITED, true);
    }

    pub(crate) fn is_limited(&self) -> bool {
        self.has(LIMITED)
    }

    fn set(&self, flag: u8, is_set: bool) {
        // Nearly always it is the same: then no cache line is written.
        if self.has(flag) != is_set {
            match is_set {
                true => self.flags.fetch_or(flag, Ordering::Relaxed),
                false => self.flags.fetch_and(!flag, Ordering::Relaxed),
            };
        }
    }

    pub(crate) fn has(&self, flag: u8) -> bool {
        self.flags.load(Ordering::Relaxed) & flag != 0
    }
}
