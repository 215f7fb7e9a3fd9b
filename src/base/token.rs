//! A token: proof, signed by this chat, of who someone is, by which device, and of the name that they chose when it was issued.
//! Whoever holds it is that user, until its device is ended. The name is in it so that the log need not remember everybody who
//! looked in once.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::base::device::DeviceId;
use crate::base::error::Error;
use crate::base::limits::{TOKEN_ID_BYTES, TOKEN_MAC_BYTES};
use crate::base::name::Name;
use crate::base::user::{User, UserId};

/// The secret that this chat signs with. Never shown, not even in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

/// The purpose of the signature, which is signed too: a signature for a token is none for anything else.
const PURPOSE: &[u8] = b"chinwag user token 2";

/// The purpose of the signature of a token without a device, as they were issued before.
const OLD_PURPOSE: &[u8] = b"chinwag user token 1";

/// The purpose of the hash that an account's id is made with. No other signature begins with it.
const ACCOUNT_PURPOSE: &[u8] = b"chinwag account id 1";

/// The user and the device of a token.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bearer {
    pub(crate) who: UserId,
    pub(crate) device: DeviceId,
    /// The name that is signed in it.
    pub(crate) name: Option<Name>,
}

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

    /// The token of a user's device: both ids, the first 128 bits of the HMAC-SHA-256 of all else, and the name if it is not the
    /// one that the user's id gives; in base64url. That of [`DeviceId::FIRST`] is as they were before, without a device.
    pub(crate) fn issue(&self, user: &User, device: DeviceId) -> String {
        let ids = ids(user.id, device);
        let is_chosen = *user.name != *Name::of_guest(user.id, 0).as_str();
        let name = if is_chosen { user.name.as_bytes() } else { &[] };
        let mac = self.mac(&ids, name).finalize().into_bytes();
        URL_SAFE_NO_PAD.encode([&ids, &mac[..TOKEN_MAC_BYTES], name].concat())
    }

    /// The user and the device of a token of this chat; none for any other text. The signature is compared in constant time.
    pub(crate) fn verify(&self, token: &str) -> Option<Bearer> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        self.verify_part(&bytes, 2).or_else(|| self.verify_part(&bytes, 1))
    }

    /// The same of a token that begins with so many ids.
    fn verify_part(&self, bytes: &[u8], ids: usize) -> Option<Bearer> {
        let (ids, rest) = bytes.split_at_checked(ids * TOKEN_ID_BYTES)?;
        let (mac, name) = rest.split_at_checked(TOKEN_MAC_BYTES)?;
        self.mac(ids, name).verify_truncated_left(mac).ok()?;
        let (who, rest) = ids.split_first_chunk()?;
        let who = UserId::new(u64::from_be_bytes(*who));
        let device = rest.first_chunk().map(|id| DeviceId::new(u64::from_be_bytes(*id)));
        // A name of an earlier version may be one that is not allowed any more.
        let name = std::str::from_utf8(name).ok().and_then(|name| Name::parse(name).ok());
        Some(Bearer { who, device: device.unwrap_or(DeviceId::FIRST), name })
    }

    /// The id of the account with this id in the application: of 63 bits, and the same each time.
    pub(crate) fn id_of_account(&self, account: &str) -> UserId {
        let mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key of any length will do");
        let mac = mac.chain_update(ACCOUNT_PURPOSE).chain_update(account).finalize().into_bytes();
        let (bytes, _) = mac.split_first_chunk::<8>().expect("SHA-256 has 32 bytes");
        // Nobody may be the guest, whose id is 0.
        let id = UserId::new(u64::from_be_bytes(*bytes));
        if id == UserId::GUEST { UserId::new(1) } else { id }
    }

    fn mac(&self, ids: &[u8], name: &[u8]) -> Hmac<Sha256> {
        let mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("a key of any length will do");
        let purpose = if ids.len() == TOKEN_ID_BYTES { OLD_PURPOSE } else { PURPOSE };
        mac.chain_update(purpose).chain_update(ids).chain_update(name)
    }
}

/// The ids that a token begins with.
fn ids(who: UserId, device: DeviceId) -> Vec<u8> {
    let mut ids = who.get().to_be_bytes().to_vec();
    if device != DeviceId::FIRST {
        ids.extend(device.get().to_be_bytes());
    }
    ids
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
    fn account_has_one_id_in_a_chat_and_another_in_the_next() {
        let (ours, theirs) =
            (Secret::from_bytes(&[7; 32]).expect("32 bytes"), Secret::random().expect("random"));
        let id = ours.id_of_account("4711");
        // It stands in stores: another value would make everybody somebody else.
        assert_eq!(id.get(), 0x045c_fc4d_d255_0fd4);
        assert_eq!(ours.id_of_account("4711"), id);
        assert_ne!(ours.id_of_account("4712"), id);
        assert_ne!(theirs.id_of_account("4711"), id);
    }

    #[test]
    fn token_from_before_devices_had_their_own_is_still_good() {
        let ours = Secret::from_bytes(&[7; 32]).expect("32 bytes");
        let user = User::new(UserId::new(4711), Name::parse("Ada").expect("a name").shared());
        let token = "AAAAAAAAEmceSN-t42FaF7gjKykngxlrQWRh";
        assert_eq!(ours.issue(&user, DeviceId::FIRST), token);
        let bearer = ours.verify(token).expect("it is good");
        assert_eq!((bearer.who, bearer.device), (user.id, DeviceId::FIRST));
    }

    #[test]
    fn token_is_its_users_and_only_as_it_was_issued() {
        let (ours, theirs) = (Secret::random().expect("random"), Secret::random().expect("random"));
        let id = UserId::random().expect("random");
        let (guest, ada) = (Name::of_guest(id, 0), Name::parse("Ada \u{1f98a}").expect("a name"));
        let device = DeviceId::random(1).expect("random");
        for (name, kept) in [(guest, None), (ada.clone(), Some(ada))] {
            for device in [DeviceId::FIRST, device] {
                let token = ours.issue(&User::new(id, name.shared()), device);
                assert_eq!(ours.verify(&token), Some(Bearer { who: id, device, name: kept.clone() }));
                assert_eq!(theirs.verify(&token), None);
                for i in 0..token.len() {
                    let mut forged = token.clone().into_bytes();
                    forged[i] = if forged[i] == b'A' { b'B' } else { b'A' };
                    assert_eq!(ours.verify(std::str::from_utf8(&forged).expect("text")), None, "byte {i}");
                }
                for short in ["", "AAAA", &token[..11], &token[..31]] {
                    assert_eq!(ours.verify(short), None, "{short}");
                }
            }
        }
        assert!(!format!("{ours:?}").contains(|c: char| c.is_ascii_digit()));
    }
}
