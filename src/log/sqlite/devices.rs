//! Users' devices as rows. What happens to them is decided by [`Devices`]; a row is written where something is another than
//! before.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, params};

use crate::base::device::{Device, DeviceId, Way};
use crate::base::error::Error;
use crate::base::user::UserId;
use crate::log::devices::PrivateLink;
use crate::log::sqlite::faces;
use crate::log::sqlite::row::{Fault, id, int, unsigned};
use crate::log::sqlite::store;
use crate::log::sqlite::users::{Users, Visitors};
use crate::log::{Arrival, Arrived, DeviceChange, Devices, LinkHash};

impl ToSql for Way {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(*self as i64))
    }
}

impl FromSql for Way {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        let known = usize::try_from(number).ok().and_then(|number| Self::ALL.get(number));
        known.copied().ok_or(FromSqlError::OutOfRange(number))
    }
}

impl Users {
    /// Greets somebody who comes by a device. A visitor's devices are in memory.
    pub(super) fn arrive(&mut self, tx: &Connection, arrival: &Arrival, now: u64) -> Result<Arrived, Fault> {
        let Arrival { who, name, device, device_name, proof } = arrival;
        let change = DeviceChange::Hello { name: device_name.clone(), proof: *proof };
        let (before, is_visitor) = self.devices(tx, *who)?;
        let mut devices = before.clone();
        devices.change(*device, &change, now)?;
        let user = self.greet(tx, *who, name.as_ref(), now)?;
        if is_visitor {
            let mut visitors = self.visitors.lock();
            visitors.get(*who).into_iter().for_each(|(_, visitor)| visitor.devices.clone_from(&devices));
        } else if !self.is_failing {
            // When nothing can be written, they still may come in and read.
            save(tx, *who, &before, &devices)?;
        }
        Ok(Arrived { user, devices })
    }

    /// Changes somebody's devices, as one of them asks for it. What others must remember gives a visitor a row.
    pub(super) fn change_devices(
        &mut self,
        tx: &Connection,
        (who, by): (UserId, DeviceId),
        change: &DeviceChange,
        now: u64,
    ) -> Result<Devices, Fault> {
        let (before, is_visitor) = self.devices(tx, who)?;
        let mut devices = before.clone();
        devices.change(by, change, now)?;
        let is_kept = matches!(change, DeviceChange::End(_) | DeviceChange::PrivateLink(Some(_)));
        if !is_visitor || is_kept {
            self.user(tx, who, now)?;
            save(tx, who, &before, &devices)?;
        } else if let Some((_, visitor)) = self.visitors.lock().get(who) {
            visitor.devices.clone_from(&devices);
        }
        Ok(devices)
    }

    /// Somebody's devices, and whether they are in memory alone.
    fn devices(&mut self, tx: &Connection, who: UserId) -> rusqlite::Result<(Devices, bool)> {
        if self.has_row(tx, who)? {
            return Ok((load(tx, who)?, false));
        }
        Ok((visitors_devices(&self.visitors, who).unwrap_or_default(), true))
    }
}

/// The devices of a visitor who is known.
fn visitors_devices(visitors: &Visitors, who: UserId) -> Option<Devices> {
    visitors.lock().get(who).map(|(_, visitor)| visitor.devices.clone())
}

/// Somebody who comes by a device, as far as they are known without writing: a device that was ended stays out.
pub(super) fn arrive_without_writing(
    connection: &Connection,
    visitors: &Visitors,
    arrival: &Arrival,
    now: u64,
) -> Result<Arrived, Error> {
    let Arrival { who, device, device_name, proof, .. } = arrival;
    let known = visitors_devices(visitors, *who);
    let loaded = known.map_or_else(|| load(connection, *who), Ok);
    let mut devices = loaded.map_err(|error| store::unavailable(&error))?;
    devices.change(*device, &DeviceChange::Hello { name: device_name.clone(), proof: *proof }, now)?;
    Ok(Arrived { user: faces::without_writing(connection, visitors, *who), devices })
}

/// A user's devices; none for one without a row.
pub(super) fn load(connection: &Connection, who: UserId) -> rusqlite::Result<Devices> {
    let sql = "SELECT id, name, way, added, seen, told FROM devices WHERE user = ?1 ORDER BY added, id";
    let list = connection
        .prepare_cached(sql)?
        .query_map([id(who)], |row| {
            Ok(Device {
                id: DeviceId::new(unsigned(row, 0)?),
                name: row.get::<_, String>(1)?.into(),
                way: row.get(2)?,
                added: unsigned(row, 3)?,
                seen: unsigned(row, 4)?,
                told: unsigned(row, 5)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    let sql = "SELECT ended, link, made, maker FROM credentials WHERE user = ?1";
    let credentials = connection.prepare_cached(sql)?.query_row([id(who)], |row| {
        let link = row.get::<_, Option<[u8; 32]>>(1)?.map(LinkHash);
        let link = link.map(|hash| {
            let by = DeviceId::new(unsigned(row, 3)?);
            Ok::<_, rusqlite::Error>(Box::new(PrivateLink { hash, made: unsigned(row, 2)?, by }))
        });
        Ok((row.get::<_, Option<i64>>(0)?.map(i64::cast_unsigned), link.transpose()?))
    });
    let (ended, link) = credentials.optional()?.unwrap_or_default();
    Ok(Devices { list, ended, link })
}

/// Writes what is another now.
pub(super) fn save(tx: &Connection, who: UserId, before: &Devices, now: &Devices) -> rusqlite::Result<()> {
    for gone in before.list.iter().filter(|device| now.get(device.id).is_none()) {
        tx.prepare_cached("DELETE FROM devices WHERE user = ?1 AND id = ?2")?
            .execute([id(who), int(gone.id.get())])?;
    }
    for device in now.list.iter().filter(|device| before.get(device.id) != Some(*device)) {
        let Device { id: device, name, way, added, seen, told } = device;
        let sql = "INSERT OR REPLACE INTO devices(user, id, name, way, added, seen, told)
                   VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let values = params![id(who), int(device.get()), name, way, int(*added), int(*seen), int(*told)];
        tx.prepare_cached(sql)?.execute(values)?;
    }
    if (before.ended, &before.link) != (now.ended, &now.link) {
        let (ended, link) = (now.ended.map(int), now.link.as_ref());
        let (hash, made) = (link.map(|link| link.hash.0), link.map(|link| int(link.made)));
        let sql =
            "INSERT OR REPLACE INTO credentials(user, ended, link, made, maker) VALUES(?1, ?2, ?3, ?4, ?5)";
        let values = params![id(who), ended, hash, made, link.map(|link| int(link.by.get()))];
        tx.prepare_cached(sql)?.execute(values)?;
    }
    Ok(())
}

/// Somebody is forgotten, and all of their devices with them.
pub(super) fn forget(tx: &Connection, who: i64) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM devices WHERE user = ?1")?.execute([who])?;
    tx.prepare_cached("DELETE FROM credentials WHERE user = ?1")?.execute([who])?;
    Ok(())
}
