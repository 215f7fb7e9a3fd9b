//! A token: proof, signed by this chat, of who someone is. Whoever holds it is that user.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::error::Error;
use crate::limits::TOKEN_MAC_BYTES;
use crate::user::UserId;

/// The secret that this chat signs with. Never shown, not even in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

/// What is signed beside the id, so that a signature means nothing else anywhere.
const PURPOSE: &[u8] = b"chinwag user token 1";

impl Secret {
    /// A new secret.
    ///
    /// # Errors
    /// The operating system has no random numbers.
    pub fn random() -> Result<Self, Error> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(|e| Error::io("cannot make a secret", e.into()))?;
        Ok(Self(secret))
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The token of a user: the id and the first 128 bits of its HMAC-SHA-256, in base64url.
    pub(crate) fn issue(&self, user: UserId) -> String {
        let id = user.get().to_be_bytes();
        let mac = self.mac(id).finalize().into_bytes();
        URL_SAFE_NO_PAD.encode([&id[..], &mac[..TOKEN_MAC_BYTES]].concat())
    }

    /// Whose token it is, if it is one of ours. Compares in constant time.
    pub(crate) fn verify(&self, token: &str) -> Option<UserId> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (id, mac) = bytes.split_first_chunk::<8>()?;
        if mac.len() != TOKEN_MAC_BYTES {
            return None;
        }
        self.mac(*id).verify_truncated_left(mac).ok()?;
        Some(UserId::new(u64::from_be_bytes(*id)))
    }

    fn mac(&self, id: [u8; 8]) -> Hmac<Sha256> {
        let mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key of any length will do");
        mac.chain_update(PURPOSE).chain_update(id)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_its_users_and_only_as_it_was_issued() {
        let (ours, theirs) = (Secret::random().expect("random"), Secret::random().expect("random"));
        let user = UserId::random().expect("random");
        let token = ours.issue(user);
        assert_eq!(ours.verify(&token), Some(user));
        assert_eq!(theirs.verify(&token), None);
        for i in 0..token.len() {
            let mut forged = token.clone().into_bytes();
            forged[i] = if forged[i] == b'A' { b'B' } else { b'A' };
            assert_eq!(ours.verify(std::str::from_utf8(&forged).expect("text")), None, "byte {i}");
        }
        for short in ["", "AAAA", &token[..11], &token[..31]] {
            assert_eq!(ours.verify(short), None, "{short}");
        }
        assert!(!format!("{ours:?}").contains(|c: char| c.is_ascii_digit()));
    }
}
