//! Links to another device: codes by which one more client becomes a user who is here. A code is good once, and for some
//! minutes; what is kept of it, in memory alone, is its hash. The code of a private link, which lasts, is the log's to judge, by its
//! hash: here is only what such a code looks like.

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use crate::base::devices::LinkHash;
use crate::base::error::Error;
use crate::base::limits::{LINK_BYTES, LINK_WAIT, LINKS};
use crate::base::user::{User, UserId};

type Hash = [u8; 32];

/// The codes that are good now.
#[derive(Debug, Default)]
pub(crate) struct Links(Mutex<HashMap<Hash, Link>>);

#[derive(Debug)]
struct Link {
    user: User,
    /// When it ends, on [`crate::base::clock::elapsed`].
    until: Duration,
}

impl Links {
    /// A code for this user. An earlier one of theirs is not good any more.
    ///
    /// # Errors
    /// `too_many` links at once, or an operating system without random numbers.
    pub(crate) fn issue(&self, user: User, now: Duration) -> Result<String, Error> {
        let (code, LinkHash(hash)) = code()?;
        let mut links = self.0.lock();
        links.retain(|_, link| link.until > now && link.user.id != user.id);
        if links.len() >= LINKS {
            let text =
                "there are as many links to other devices as there may be at once; try again in some minutes";
            return Err(Error::refused("too_many", text));
        }
        links.insert(hash, Link { user, until: now + LINK_WAIT });
        Ok(code)
    }

    /// The user of a code.
    ///
    /// # Errors
    /// `bad_link`: it was used, it is too old, or it never was one.
    pub(crate) fn user(&self, code: &str, now: Duration) -> Result<User, Error> {
        let links = self.0.lock();
        let link = links.get(&hash(code)).filter(|link| link.until > now);
        link.map(|link| link.user.clone()).ok_or_else(bad_link)
    }

    /// Uses a code up.
    ///
    /// # Errors
    /// `bad_link`: another was faster.
    pub(crate) fn redeem(&self, code: &str) -> Result<(), Error> {
        self.0.lock().remove(&hash(code)).map(drop).ok_or_else(bad_link)
    }

    /// The user ends their link.
    pub(crate) fn revoke(&self, who: UserId) {
        self.0.lock().retain(|_, link| link.user.id != who);
    }
}

/// A code for an invitation, and what is kept of it.
///
/// # Errors
/// The operating system has no random numbers.
pub(crate) fn code() -> Result<(String, LinkHash), Error> {
    let mut random = [0; LINK_BYTES];
    getrandom::fill(&mut random).map_err(|e| Error::io("cannot make a link", e.into()))?;
    let code = URL_SAFE_NO_PAD.encode(random);
    let hash = hash_of(&code);
    Ok((code, hash))
}

/// What is kept of a code.
pub(crate) fn hash_of(code: &str) -> LinkHash {
    LinkHash(hash(code))
}

/// A code for a private link of this user, and what is kept of it. It begins with the user's id, which says where its hash is
/// to be looked up.
///
/// # Errors
/// The operating system has no random numbers.
pub(crate) fn private_code(who: UserId) -> Result<(String, LinkHash), Error> {
    let mut random = [0; LINK_BYTES];
    getrandom::fill(&mut random).map_err(|e| Error::io("cannot make a link", e.into()))?;
    let code = URL_SAFE_NO_PAD.encode([&who.get().to_be_bytes()[..], &random].concat());
    let hash = hash_of(&code);
    Ok((code, hash))
}

/// The user whose private link a code claims to be, and its hash; None for another code.
pub(crate) fn claim(code: &str) -> Option<(UserId, LinkHash)> {
    let bytes = URL_SAFE_NO_PAD.decode(code).ok()?;
    let (id, random) = bytes.split_first_chunk()?;
    let who = UserId::new(u64::from_be_bytes(*id));
    (random.len() == LINK_BYTES && who != UserId::GUEST).then(|| (who, hash_of(code)))
}

fn bad_link() -> Error {
    let text = "this link was used already, or is too old: make another on the device that you have";
    Error::refused("bad_link", text)
}

/// A code is looked up by its hash, so that the time of a look-up tells nothing of it.
fn hash(code: &str) -> Hash {
    Sha256::digest(code).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: u64) -> User {
        User::new(UserId::new(id), format!("{id}"))
    }

    const NOW: Duration = Duration::from_secs(1_000);

    #[track_caller]
    fn refused(links: &Links, code: &str, now: Duration) {
        assert_eq!(links.user(code, now).expect_err("it is refused").code().as_str(), "bad_link");
    }

    #[test]
    fn link_is_good_once_and_for_some_minutes() {
        let links = Links::default();
        let code = links.issue(user(1), NOW).expect("a code");
        assert_eq!(code.len(), 22);
        refused(&links, "", NOW);
        refused(&links, &code[1..], NOW);
        assert_eq!(links.user(&code, NOW).expect("it is good"), user(1));
        links.redeem(&code).expect("it is good");
        refused(&links, &code, NOW);
        assert_eq!(links.redeem(&code).expect_err("it is refused").code().as_str(), "bad_link");
        let old = links.issue(user(1), NOW).expect("a code");
        refused(&links, &old, NOW + LINK_WAIT);
        assert!(!format!("{links:?}").contains(&old));
    }

    #[test]
    fn private_code_names_its_user_and_no_other_code_does() {
        let who = UserId::new(4711);
        let (code, hash) = private_code(who).expect("a code");
        assert_eq!((code.len(), claim(&code)), (32, Some((who, hash))));
        assert_ne!(private_code(who).expect("a code"), (code.clone(), hash));
        let guests = private_code(UserId::GUEST).expect("a code").0;
        let once = Links::default().issue(user(1), NOW).expect("a code");
        for other in ["", &code[1..], &guests, &once] {
            assert_eq!(claim(other), None, "{other}");
        }
    }

    #[test]
    fn user_has_one_link_and_can_end_it() {
        let links = Links::default();
        let (bobs, first) =
            (links.issue(user(2), NOW).expect("a code"), links.issue(user(1), NOW).expect("a code"));
        let second = links.issue(user(1), NOW).expect("a code");
        refused(&links, &first, NOW);
        links.revoke(UserId::new(1));
        refused(&links, &second, NOW);
        assert_eq!(links.user(&bobs, NOW).expect("it is good"), user(2));
    }

    #[test]
    fn links_are_bounded_and_come_back_with_time() {
        let links = Links::default();
        (1..=LINKS as u64).for_each(|id| drop(links.issue(user(id), NOW).expect("a code")));
        let refusal = links.issue(user(0x1_0000_0000), NOW).expect_err("it is refused");
        assert_eq!(refusal.code().as_str(), "too_many");
        links.issue(user(1), NOW).expect("in place of their first");
        links.issue(user(0x1_0000_0000), NOW + LINK_WAIT).expect("the others are too old");
    }
}
