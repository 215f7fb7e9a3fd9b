//! A newcomer as their machine knows them, for when they do something that others must remember.

use crate::base::devices::Devices;
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::ledger::codec::{Malformed, Reader, Write};
use crate::ledger::record::{boxed, devices, room};

/// A name, and what stands for all names that look like it. The keys are those of the sender's build.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct NameClaim {
    pub(crate) name: Box<str>,
    pub(crate) keys: Vec<Box<str>>,
}

/// Somebody whom the chat may not know yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Newcomer {
    /// The names that they may be known by: the first that is free.
    pub(crate) names: Vec<NameClaim>,
    /// The hue that their arrival gave them.
    pub(crate) hue: u8,
    pub(crate) devices: Devices,
    /// How far they have read in rooms.
    pub(crate) marks: Vec<(RoomName, u64)>,
}

impl NameClaim {
    pub(crate) fn of(name: &Name) -> Self {
        let keys = name.keys().into_iter().map(Into::into).collect();
        Self { name: name.as_str().into(), keys }
    }

    pub(super) fn write(&self, to: &mut Vec<u8>) {
        to.text(&self.name);
        to.list(&self.keys, |key, to| to.text(key));
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(Self { name: boxed(from)?, keys: from.list(boxed)? })
    }
}

impl Newcomer {
    pub(super) fn write(&self, to: &mut Vec<u8>) {
        let Self { names, hue, devices, marks } = self;
        to.list(names, NameClaim::write);
        to.byte(*hue);
        devices::write(devices, to);
        to.list(marks, |(room, seq), to| {
            to.text(room.as_str());
            to.number(*seq);
        });
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Result<Self, Malformed> {
        Ok(Self {
            names: from.list(NameClaim::read)?,
            hue: from.byte()?,
            devices: devices::read(from)?,
            marks: from.list(|from| Ok((room(from)?, from.number()?)))?,
        })
    }
}
