//! A device of a user: a browser, or another client that keeps a token of its own, which can be ended without the others.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::base::error::Error;
use crate::base::limits::DEVICE_RANDOM_BITS;
use crate::base::named_enum::named_enum;

/// A device's id: the time when it was made, and random bits. It is no secret; the token that has it is signed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeviceId(u64);

named_enum! {
    /// How a device became its user's.
    #[non_exhaustive]
    pub enum Way {
        /// The user began with it, or it came with a token that the log did not know.
        Began = "began",
        /// By a link that is good once.
        Link = "link",
        /// By the private link.
        PrivateLink = "private_link",
    }
}

/// A device, as its user sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// The name that it gives itself; empty for none.
    pub name: Box<str>,
    /// How it became the user's.
    pub way: Way,
    /// When it was added. Unix milliseconds.
    pub added: u64,
    /// When it said hello last, to within an hour. Unix milliseconds.
    pub seen: u64,
    /// The last of the other devices that it has been told of was added before that. Unix milliseconds.
    pub(crate) told: u64,
}

impl DeviceId {
    /// The device of all tokens that were issued before each device had its own. All of them are one device.
    pub const FIRST: Self = Self(0);

    /// The id of a device that is made at this time, in Unix milliseconds.
    ///
    /// # Errors
    /// The operating system has no random numbers.
    pub(crate) fn random(now: u64) -> Result<Self, Error> {
        let random = getrandom::u64().map_err(|e| Error::io("cannot make an id", e.into()))?;
        Ok(Self::new((now << DEVICE_RANDOM_BITS | random & ((1 << DEVICE_RANDOM_BITS) - 1)).max(1)))
    }

    /// The id with this number, of 63 bits.
    pub(crate) const fn new(id: u64) -> Self {
        Self(id & u64::MAX >> 1)
    }

    /// The id as a number, of 63 bits.
    pub(crate) fn get(self) -> u64 {
        self.0
    }

    /// When the device was made, in Unix milliseconds; 0 for [`Self::FIRST`].
    pub(crate) fn made(self) -> u64 {
        self.0 >> DEVICE_RANDOM_BITS
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0.to_be_bytes()))
    }
}

impl fmt::Debug for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceId({self})")
    }
}

impl FromStr for DeviceId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(|bytes| Self::new(u64::from_be_bytes(bytes))).ok_or_else(|| {
            Error::refused("bad_value", "not a device's id: it is 11 characters that this server made")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_is_read_as_it_is_shown_and_tells_when_it_was_made() {
        let now = 1_795_558_602_384;
        let id = DeviceId::random(now).expect("random");
        assert_eq!((id.made(), id.to_string().len()), (now, 11));
        assert_ne!(id, DeviceId::random(now).expect("random"));
        for id in [id, DeviceId::FIRST, DeviceId::random(0).expect("random")] {
            assert_eq!(id.to_string().parse::<DeviceId>().expect("its own form"), id);
        }
        assert_eq!(DeviceId::FIRST.made(), 0);
        for bad in ["", "AAAA", "AAAAAAAAAAAA", "AAAAAAAAAA!"] {
            assert!(bad.parse::<DeviceId>().is_err(), "{bad}");
        }
    }
}
