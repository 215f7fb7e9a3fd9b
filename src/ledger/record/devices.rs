//! A user's devices, and changes of them, as bytes.

use crate::base::device::{Device, DeviceId, Way};
use crate::base::devices::{DeviceChange, Devices, LinkHash, PrivateLink, Proof};
use crate::ledger::codec::{Malformed, Reader, Write};
use crate::ledger::record::boxed;

pub(super) fn write(devices: &Devices, to: &mut Vec<u8>) {
    let Devices { list, ended, link } = devices;
    to.list(list, |device, to| {
        let Device { id, name, way, added, seen, told } = device;
        to.number(id.get());
        to.text(name);
        to.byte(*way as u8);
        [added, seen, told].into_iter().for_each(|time| to.number(*time));
    });
    to.option(*ended, |time, to| to.number(time));
    to.option(link.as_deref(), |PrivateLink { hash, made, by }, to| {
        to.extend_from_slice(&hash.0);
        to.number(*made);
        to.number(by.get());
    });
}

pub(super) fn read(from: &mut Reader<'_>) -> Result<Devices, Malformed> {
    Ok(Devices {
        list: from.list(|from| {
            Ok(Device {
                id: id(from)?,
                name: boxed(from)?,
                way: *Way::ALL.get(usize::from(from.byte()?)).ok_or(Malformed)?,
                added: from.number()?,
                seen: from.number()?,
                told: from.number()?,
            })
        })?,
        ended: from.option(Reader::number)?,
        link: from.option(|from| {
            Ok(Box::new(PrivateLink { hash: hash(from)?, made: from.number()?, by: id(from)? }))
        })?,
    })
}

pub(super) fn write_change(change: &DeviceChange, to: &mut Vec<u8>) {
    match change {
        DeviceChange::Hello { name, proof } => {
            to.byte(0);
            to.option(name.as_deref(), |name, to| to.text(name));
            match proof {
                Proof::Token => to.byte(0),
                Proof::Link => to.byte(1),
                Proof::PrivateLink(hash) => {
                    to.byte(2);
                    to.extend_from_slice(&hash.0);
                }
            }
        }
        DeviceChange::Says { name, is_told } => {
            to.byte(1);
            to.option(name.as_deref(), |name, to| to.text(name));
            to.byte((*is_told).into());
        }
        DeviceChange::End(id) => {
            to.byte(2);
            to.number(id.get());
        }
        DeviceChange::PrivateLink(hash) => {
            to.byte(3);
            to.option(*hash, |hash, to| to.extend_from_slice(&hash.0));
        }
    }
}

pub(super) fn read_change(from: &mut Reader<'_>) -> Result<DeviceChange, Malformed> {
    Ok(match from.byte()? {
        0 => {
            let name = from.option(boxed)?;
            let proof = match from.byte()? {
                0 => Proof::Token,
                1 => Proof::Link,
                2 => Proof::PrivateLink(hash(from)?),
                _ => return Err(Malformed),
            };
            DeviceChange::Hello { name, proof }
        }
        1 => DeviceChange::Says { name: from.option(boxed)?, is_told: from.flag()? },
        2 => DeviceChange::End(id(from)?),
        3 => DeviceChange::PrivateLink(from.option(hash)?),
        _ => return Err(Malformed),
    })
}

pub(super) fn id(from: &mut Reader<'_>) -> Result<DeviceId, Malformed> {
    let id = from.number()?;
    Some(DeviceId::new(id)).filter(|device| device.get() == id).ok_or(Malformed)
}

pub(super) fn hash(from: &mut Reader<'_>) -> Result<LinkHash, Malformed> {
    Ok(LinkHash(from.array()?))
}
