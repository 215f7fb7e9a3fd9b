//! The devices of a user: which there are, which have ended, and the private link by which another comes. What happens to them
//! is decided here, in the same way for every log, from what it is given alone: no clock, no random number, no storage.

use crate::base::device::{Device, DeviceId, Way};
use crate::base::error::Error;
use crate::base::limits::{DEVICE_SEEN_PERIOD, DEVICES};

/// The hash of a private link's code: of the code itself nothing is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkHash(pub(crate) [u8; 32]);

/// Why a device is its user's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Proof {
    /// It has a token, or its user is new.
    Token,
    /// It has redeemed a link that is good once.
    Link,
    /// It has a code with this hash, which has to be that of the user's private link.
    PrivateLink(LinkHash),
}

/// What happens to a user's devices.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeviceChange {
    /// The device says hello.
    Hello {
        /// What it calls itself.
        name: Option<Box<str>>,
        /// Why it is the user's.
        proof: Proof,
    },
    /// The device says what it calls itself, and that its user has been told of all devices that were added until now; or one of
    /// them.
    Says {
        /// What it calls itself.
        name: Option<Box<str>>,
        /// Whether its user knows of the others.
        is_told: bool,
    },
    /// Ends a device: the one that asks for it, or another.
    End(DeviceId),
    /// Makes a private link in place of the one before, or ends it.
    PrivateLink(Option<LinkHash>),
}

/// The devices of a user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Devices {
    /// In the order in which they were added.
    pub(crate) list: Vec<Device>,
    /// A device that is not on the list has ended if it was made until then, in Unix milliseconds. One that was made later is only
    /// not known: its user was a visitor whom the log had forgotten, or the log is a copy of a time before it.
    pub(crate) ended: Option<u64>,
    pub(crate) link: Option<Box<PrivateLink>>,
}

/// A private link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PrivateLink {
    pub(crate) hash: LinkHash,
    /// When it was made. Unix milliseconds.
    pub(crate) made: u64,
    /// The device that made it, with which it ends.
    pub(crate) by: DeviceId,
}

impl Devices {
    /// All of them, in the order in which they were added.
    pub fn list(&self) -> &[Device] {
        &self.list
    }

    /// One of them.
    pub fn get(&self, id: DeviceId) -> Option<&Device> {
        self.list.iter().find(|device| device.id == id)
    }

    /// When the private link was made, if there is one, in Unix milliseconds.
    pub fn private_link(&self) -> Option<u64> {
        self.link.as_ref().map(|link| link.made)
    }

    /// The others of which this one has not been told.
    pub fn news(&self, id: DeviceId) -> impl Iterator<Item = &Device> {
        let told = self.get(id).map_or(u64::MAX, |device| device.told);
        self.list.iter().filter(move |device| device.id != id && device.added > told)
    }

    /// Takes a change that a device asks for, at a time in Unix milliseconds. Nothing else is in what comes of it.
    ///
    /// # Errors
    /// `ended`, `bad_link`, `no_such_device`, or `too_many`; nothing has changed then.
    pub(crate) fn change(&mut self, by: DeviceId, change: &DeviceChange, now: u64) -> Result<(), Error> {
        match change {
            DeviceChange::Hello { name, proof } => self.hello(by, name.as_deref(), *proof, now)?,
            DeviceChange::Says { name, is_told } => {
                let last = self.list.iter().map(|device| device.added).max().unwrap_or_default();
                let Some(device) = self.list.iter_mut().find(|device| device.id == by) else { return Ok(()) };
                if *is_told {
                    device.told = last;
                }
                device.call(name.as_deref());
            }
            DeviceChange::End(id) => {
                let at = self.list.iter().position(|device| device.id == *id).ok_or_else(no_such_device)?;
                self.list.remove(at);
                self.ended = self.ended.max(Some(id.made()));
                // Whoever had the device may have made it to come back.
                self.link.take_if(|link| link.by == *id);
            }
            DeviceChange::PrivateLink(hash) => {
                self.link = hash.map(|hash| Box::new(PrivateLink { hash, made: now, by }));
            }
        }
        Ok(())
    }

    fn hello(&mut self, id: DeviceId, name: Option<&str>, proof: Proof, now: u64) -> Result<(), Error> {
        if let Proof::PrivateLink(hash) = proof
            && self.link.as_ref().is_none_or(|link| link.hash != hash)
        {
            let text =
                "this private link was ended, or another was made: there is none that is good with this code";
            return Err(Error::refused("bad_link", text));
        }
        if let Some(device) = self.list.iter_mut().find(|device| device.id == id) {
            if now.saturating_sub(device.seen) > DEVICE_SEEN_PERIOD.as_millis() as u64 {
                device.seen = now;
            }
            device.call(name);
            return Ok(());
        }
        let way = match proof {
            Proof::Token if self.ended.is_some_and(|until| id.made() <= until) => return Err(ended()),
            Proof::Token => Way::Began,
            Proof::Link => Way::Link,
            Proof::PrivateLink(_) => Way::PrivateLink,
        };
        if self.list.len() >= DEVICES {
            if proof != Proof::Token {
                let text = format!("you have {DEVICES} devices, as many as anybody may: end one first");
                return Err(Error::refused("too_many", text));
            }
            // Its token is good, and it is not turned away. The one that was away for the longest has its place when it comes back.
            let oldest = self.list.iter().enumerate().min_by_key(|(_, device)| device.seen);
            if let Some((at, _)) = oldest {
                self.list.remove(at);
            }
        }
        // After all that anybody was told of, also within a millisecond.
        let told = self.list.iter().map(|device| device.told.max(device.added)).max();
        let added = told.map_or(now, |told| now.max(told + 1));
        let name = name.unwrap_or_default().into();
        self.list.push(Device { id, name, way, added, seen: now, told: added });
        Ok(())
    }
}

impl Device {
    /// It calls itself so, if it says.
    fn call(&mut self, name: Option<&str>) {
        if let Some(name) = name.filter(|name| **name != *self.name) {
            self.name = name.into();
        }
    }
}

/// The refusal of a device that was ended.
pub(crate) fn ended() -> Error {
    let text =
        "this device was ended by another device of yours: begin as somebody new, or come back by a link";
    Error::refused("ended", text)
}

fn no_such_device() -> Error {
    Error::refused("no_such_device", "you have no such device, or it was ended already")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 3_600_000;

    fn id(made: u64) -> DeviceId {
        DeviceId::new(made << 21 | 7)
    }

    fn hello(devices: &mut Devices, made: u64, proof: Proof, now: u64) -> Result<(), &'static str> {
        let change = DeviceChange::Hello { name: Some("Firefox".into()), proof };
        devices.change(id(made), &change, now).map_err(|error| error.code().as_str())
    }

    fn news(devices: &Devices, made: u64) -> Vec<DeviceId> {
        devices.news(id(made)).map(|device| device.id).collect()
    }

    #[test]
    fn ended_device_stays_ended_and_one_that_is_only_unknown_is_listed() {
        let mut devices = Devices::default();
        for made in [1, 2, 3] {
            hello(&mut devices, made, Proof::Token, made).expect("it is listed");
        }
        devices.change(id(1), &DeviceChange::End(id(2)), 4).expect("it is ended");
        assert_eq!(hello(&mut devices, 2, Proof::Token, 5), Err("ended"));
        for made in [1, 3, 9] {
            hello(&mut devices, made, Proof::Token, 9).expect("it is theirs");
        }
        let again = devices.change(id(1), &DeviceChange::End(id(2)), 10);
        assert_eq!(again.expect_err("it is ended already").code().as_str(), "no_such_device");
        // The devices of before are one, which can be ended as well.
        let hello = DeviceChange::Hello { name: None, proof: Proof::Token };
        let mut devices = Devices::default();
        devices.change(DeviceId::FIRST, &hello, 10).expect("it is listed");
        devices.change(DeviceId::FIRST, &DeviceChange::End(DeviceId::FIRST), 11).expect("it is ended");
        assert!(devices.change(DeviceId::FIRST, &hello, 12).is_err());
    }

    fn says(is_told: bool) -> DeviceChange {
        DeviceChange::Says { name: Some("Chrome".into()), is_told }
    }

    #[test]
    fn device_hears_of_those_that_came_after_it_until_it_was_told() {
        let mut devices = Devices::default();
        hello(&mut devices, 1, Proof::Token, 1).expect("it is listed");
        hello(&mut devices, 2, Proof::Link, 1).expect("it is listed, within the same millisecond");
        devices.change(id(1), &says(false), 1).expect("it has a name");
        assert_eq!((&*devices.list()[0].name, &*devices.list()[1].name), ("Chrome", "Firefox"));
        assert_eq!((news(&devices, 1), news(&devices, 2)), (vec![id(2)], vec![]));
        devices.change(id(1), &says(true), 1).expect("it is told");
        assert_eq!(news(&devices, 1), []);
        hello(&mut devices, 3, Proof::Link, 1).expect("it is listed");
        assert_eq!((news(&devices, 1), news(&devices, 2)), (vec![id(3)], vec![id(3)]));
    }

    #[test]
    fn list_is_bounded_and_nobody_loses_a_device_that_they_use() {
        let mut devices = Devices::default();
        let max = DEVICES as u64;
        for made in 1..=max {
            hello(&mut devices, made, Proof::Token, made).expect("it is listed");
        }
        assert_eq!(hello(&mut devices, max + 1, Proof::Link, max + 1), Err("too_many"));
        hello(&mut devices, max + 1, Proof::Token, max + 1).expect("its token is good");
        assert_eq!(devices.list().len(), DEVICES);
        hello(&mut devices, 1, Proof::Token, max + 2).expect("it was only not listed");
        assert!(devices.get(id(1)).is_some() && devices.get(id(2)).is_none());
    }

    #[test]
    fn hello_within_the_hour_changes_nothing() {
        let mut devices = Devices::default();
        hello(&mut devices, 1, Proof::Token, 1).expect("it is listed");
        let before = devices.clone();
        hello(&mut devices, 1, Proof::Token, HOUR).expect("it is listed");
        assert_eq!(devices, before);
        hello(&mut devices, 1, Proof::Token, HOUR + 2).expect("it is listed");
        assert_eq!(devices.list()[0].seen, HOUR + 2);
    }

    #[test]
    fn private_link_is_good_until_another_is_made_or_its_maker_is_ended() {
        let (one, other) = (LinkHash([1; 32]), LinkHash([2; 32]));
        let makes = |hash| DeviceChange::PrivateLink(hash);
        let mut devices = Devices::default();
        hello(&mut devices, 1, Proof::Token, 1).expect("it is listed");
        assert_eq!(hello(&mut devices, 9, Proof::PrivateLink(one), 1), Err("bad_link"));
        devices.change(id(1), &makes(Some(one)), 2).expect("it is made");
        hello(&mut devices, 2, Proof::PrivateLink(one), 3).expect("it is good");
        hello(&mut devices, 3, Proof::PrivateLink(one), 3).expect("more than once");
        devices.change(id(2), &makes(Some(other)), 4).expect("it is made");
        assert_eq!(hello(&mut devices, 9, Proof::PrivateLink(one), 5), Err("bad_link"));
        devices.change(id(1), &DeviceChange::End(id(3)), 6).expect("it is ended");
        hello(&mut devices, 4, Proof::PrivateLink(other), 6).expect("another device made it");
        devices.change(id(1), &DeviceChange::End(id(2)), 7).expect("it is ended");
        assert_eq!(hello(&mut devices, 9, Proof::PrivateLink(other), 8), Err("bad_link"));
        assert_eq!(devices.private_link(), None);
    }
}
