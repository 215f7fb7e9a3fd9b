//! Users' devices as rows. What happens to them is decided by [`Devices`]; a row is written where something is another than
//! before.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, OptionalExtension, params};

use crate::base::device::{Device, DeviceId, Way};
use crate::base::devices::{DeviceChange, Devices, LinkHash, PrivateLink};
use crate::base::error::Error;
use crate::base::user::UserId;
use crate::log::rules;
use crate::log::sqlite::faces;
use crate::log::sqlite::rights;
use crate::log::sqlite::row::{Fault, id, int, unsigned};
use crate::log::sqlite::store;
use crate::log::sqlite::users::Users;
use crate::log::sqlite::visitors::{self, Visitors};
use crate::log::{Arrival, Arrived};

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
    /// Changes somebody's devices, as one of them asks for it.
    pub(super) fn change_devices(
        &mut self,
        tx: &Connection,
        (who, by): (UserId, DeviceId),
        change: &DeviceChange,
        at: u64,
    ) -> Result<(), Fault> {
        if self.see_if_known(tx, who, at)?.is_none() {
            return Err(rules::not_known().into());
        }
        let before = load(tx, who)?;
        let mut devices = before.clone();
        devices.change(by, change, at)?;
        Ok(save(tx, who, &before, &devices)?)
    }
}

/// Somebody who comes by a device, as far as they are known without writing: a device that was ended stays out.
pub(super) fn arrive_without_writing(
    connection: &Connection,
    visitors: &Visitors,
    arrival: &Arrival,
    now: u64,
) -> Result<Arrived, Error> {
    let Arrival { who, device, device_name, proof, .. } = arrival;
    let known = visitors::devices(visitors, *who);
    let loaded = known.map_or_else(|| load(connection, *who), Ok);
    let mut devices = loaded.map_err(|error| store::unavailable(&error))?;
    devices.change(*device, &DeviceChange::Hello { name: device_name.clone(), proof: *proof }, now)?;
    let standing = rights::standing_of(connection, *who).map_err(|error| store::unavailable(&error))?;
    Ok(Arrived { user: faces::without_writing(connection, visitors, *who), devices, standing })
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
