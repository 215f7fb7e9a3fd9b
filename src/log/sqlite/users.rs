//! Who is who: whose a name is and for how long, and how far somebody has read. A part of the fold that is not
//! said in the log. A visitor, who has neither spoken nor asked for another name, is known in memory alone: a row is written
//! for what others must remember.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rusqlite::{Connection, OptionalExtension, params};

use crate::base::limits::{SEEN_PERIOD, STEP_ROWS, VISITOR_MARKS, WRITER_CACHE};
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::user::{User, UserId};
use crate::log::directory::Directory;
use crate::log::rules::{self, KeptFace, NameOwner};
use crate::log::sqlite::devices;
use crate::log::sqlite::faces;
use crate::log::sqlite::fold::room_id;
use crate::log::sqlite::follow::Budget;
use crate::log::sqlite::row::{Fault, id, int, unsigned};
use crate::log::{Deliveries, Devices};

/// The writer's knowledge of people: what it need not look up again.
#[derive(Debug)]
pub(super) struct Users {
    /// Absence after which a name is given up.
    name_keep: Duration,
    pub(super) known: HashMap<UserId, UserRow>,
    pub(super) visitors: Visitors,
    /// Visitors who got a row in this transaction.
    pub(super) registered: Vec<UserId>,
    /// Those who know who is connected. The tools have nobody to ask.
    pub(super) deliveries: Arc<Mutex<Deliveries>>,
    /// Nothing could be written the last time. Set and reset by the writer, which says so once.
    pub(super) is_failing: bool,
}

/// What is known of somebody.
#[derive(Debug, Clone)]
pub(super) struct UserRow {
    name: Arc<str>,
    pub(super) face: KeptFace,
    seen: u64,
    /// Whether an entry is theirs.
    spoke: bool,
}

/// People without a row. Readers look at them too.
pub(super) type Visitors = Arc<Mutex<Directory<Visitor>>>;

/// A visitor, as the directory notes them beside their name.
#[derive(Debug, Default)]
pub(super) struct Visitor {
    /// Unix milliseconds.
    seen: u64,
    /// Read markers, the one that was moved last at the end.
    marks: Vec<(RoomName, u64)>,
    pub(super) devices: Devices,
}

impl Visitor {
    /// How far they have read in a room.
    pub(super) fn mark(&self, room: &RoomName) -> Option<u64> {
        self.marks.iter().find(|(marked, _)| marked == room).map(|(_, seq)| *seq)
    }

    fn set_mark(&mut self, room: &RoomName, seq: u64) {
        self.marks.retain(|(marked, _)| marked != room);
        if self.marks.len() == VISITOR_MARKS {
            self.marks.remove(0);
        }
        self.marks.push((room.clone(), seq));
    }
}

impl Users {
    pub(super) fn new(name_keep: Duration) -> Self {
        Self {
            name_keep,
            known: HashMap::new(),
            visitors: Arc::default(),
            registered: Vec::new(),
            deliveries: Arc::default(),
            is_failing: false,
        }
    }

    pub(super) fn visitors(&self) -> Visitors {
        Arc::clone(&self.visitors)
    }

    /// The transaction was not kept.
    pub(super) fn roll_back(&mut self) {
        self.known.clear();
        self.registered.clear();
    }

    /// The transaction was kept.
    pub(super) fn commit(&mut self) {
        if !self.registered.is_empty() {
            let mut visitors = self.visitors.lock();
            self.registered.drain(..).for_each(|who| visitors.forget(who));
        }
    }

    /// The transaction is about to be kept.
    pub(super) fn finish(&mut self) {
        if self.known.len() > WRITER_CACHE {
            self.known.clear();
        }
    }

    /// Somebody who does what others must remember, seen now: a visitor gets a row.
    pub(super) fn user(&mut self, tx: &Connection, who: UserId, now: u64) -> Result<User, Fault> {
        if let Some(user) = self.known(tx, who, now)? {
            return Ok(user);
        }
        let visitor = {
            let mut visitors = self.visitors.lock();
            let face = visitors.face(who).unwrap_or_default();
            let noted = |(name, visitor): (&Name, &mut Visitor)| {
                (name.clone(), face, visitor.marks.clone(), visitor.devices.clone())
            };
            visitors.get(who).map(noted)
        };
        let (name, face, marks, devices) = match visitor {
            Some(visitor) => visitor,
            None => (
                self.free_name(tx, who, None, now)?,
                self.newcomers_face(tx)?,
                Vec::new(),
                Devices::default(),
            ),
        };
        let sql = "INSERT INTO users(id, name, seen, hue) VALUES(?1, ?2, ?3, ?4)";
        tx.prepare_cached(sql)?.execute(params![id(who), name.as_str(), int(now), face.arrival])?;
        faces::count(tx, face.hue(), 1)?;
        for (room, seq) in marks {
            if let Some(room) = room_id(tx, &room)? {
                set_mark(tx, who, room, seq)?;
            }
        }
        devices::save(tx, who, &Devices::default(), &devices)?;
        self.registered.push(who);
        let user = self.own(tx, who, &name)?;
        // By this name until the transaction is over: a rename tells of the name before.
        self.look_up(tx, who)?;
        Ok(user)
    }

    /// Somebody who is known, seen now.
    pub(super) fn known(&mut self, tx: &Connection, who: UserId, now: u64) -> rusqlite::Result<Option<User>> {
        if who == UserId::GUEST {
            return Ok(Some(User::guest()));
        }
        let Some(known) = self.look_up(tx, who)? else { return Ok(None) };
        let user = User::new(who, Arc::clone(&known.name)).with(known.face.shown());
        // When nothing can be written, they still may come in and read.
        if now.saturating_sub(known.seen) > SEEN_PERIOD.as_millis() as u64 && !self.is_failing {
            tx.prepare_cached("UPDATE users SET seen = ?2 WHERE id = ?1")?.execute([id(who), int(now)])?;
            self.known.entry(who).and_modify(|known| known.seen = now);
        }
        Ok(Some(user))
    }

    /// Whether somebody has a row.
    pub(super) fn has_row(&mut self, tx: &Connection, who: UserId) -> rusqlite::Result<bool> {
        Ok(self.look_up(tx, who)?.is_some())
    }

    pub(super) fn look_up(&mut self, tx: &Connection, who: UserId) -> rusqlite::Result<Option<&UserRow>> {
        if !self.known.contains_key(&who) {
            let sql = format!("SELECT name, seen, spoke, {} FROM users WHERE id = ?1", faces::KEPT);
            let known = tx.prepare_cached(&sql)?.query_row([id(who)], |row| {
                Ok(UserRow {
                    name: row.get::<_, String>(0)?.into(),
                    seen: unsigned(row, 1)?,
                    spoke: row.get(2)?,
                    face: faces::kept(row, 3)?,
                })
            });
            self.known.extend(known.optional()?.map(|known| (who, known)));
        }
        Ok(self.known.get(&who))
    }

    /// An entry is somebody's: they are no visitor without a trace any more.
    pub(super) fn spoke(&mut self, tx: &Connection, who: UserId) -> rusqlite::Result<()> {
        if self.look_up(tx, who)?.is_some_and(|known| !known.spoke) {
            tx.prepare_cached("UPDATE users SET spoke = 1 WHERE id = ?1")?.execute([id(who)])?;
            self.known.entry(who).and_modify(|known| known.spoke = true);
        }
        Ok(())
    }

    /// Greets somebody: by the name that they have, or the one that they ask for, or a guest's. Whoever is new is a visitor.
    pub(super) fn greet(
        &mut self,
        tx: &Connection,
        who: UserId,
        name: Option<&Name>,
        now: u64,
    ) -> Result<User, Fault> {
        if who == UserId::GUEST {
            return Ok(User::guest());
        }
        if let Some(user) = self.known(tx, who, now)? {
            if tx.prepare_cached("SELECT 1 FROM names WHERE user = ?1 LIMIT 1")?.exists([id(who)])? {
                return Ok(user);
            }
            // Somebody took the name while they were away.
            let name = self.free_name(tx, who, name, now)?;
            let sql = "UPDATE users SET name = ?2, seen = ?3 WHERE id = ?1";
            tx.prepare_cached(sql)?.execute(params![id(who), name.as_str(), int(now)])?;
            return Ok(self.own(tx, who, &name)?);
        }
        if let Some(user) = faces::visitor(&self.visitors, who) {
            self.visitors.lock().get(who).into_iter().for_each(|(_, visitor)| visitor.seen = now);
            return Ok(user);
        }
        // When all who are listed are connected, a newcomer is not listed but has the guest's name that their id gives.
        let is_listed = self.visitors.lock().makes_room(|who| self.is_here(who));
        let name = self.free_name(tx, who, name.filter(|_| is_listed), now)?;
        let user = User::new(who, name.shared());
        if !is_listed {
            return Ok(user);
        }
        let face = self.newcomers_face(tx)?;
        self.visitors.lock().own(who, name, face).seen = now;
        Ok(user.with(face.shown()))
    }

    /// The name that somebody asks for, or else a guest's: one that nobody else has.
    fn free_name(
        &mut self,
        tx: &Connection,
        who: UserId,
        wanted: Option<&Name>,
        now: u64,
    ) -> rusqlite::Result<Name> {
        rules::first_free_name(who, wanted, |name| self.is_name_free(tx, name, who, now))
    }

    /// Gives somebody another name; gives them as they were, when it is another.
    pub(super) fn rename(
        &mut self,
        tx: &Connection,
        who: UserId,
        name: &Name,
        now: u64,
    ) -> Result<(User, bool), Fault> {
        let user = self.user(tx, who, now)?;
        if !rules::is_renamed(&user, name)? {
            return Ok((user, false));
        }
        if !self.is_name_free(tx, name, who, now)? {
            return Err(rules::name_taken().into());
        }
        tx.prepare_cached("UPDATE users SET name = ?2 WHERE id = ?1")?
            .execute(params![id(who), name.as_str()])?;
        Ok((user, true))
    }

    /// A name becomes somebody's.
    pub(super) fn own(&mut self, tx: &Connection, who: UserId, name: &Name) -> rusqlite::Result<User> {
        tx.prepare_cached("DELETE FROM names WHERE user = ?1")?.execute([id(who)])?;
        for key in name.keys() {
            tx.prepare_cached("INSERT OR REPLACE INTO names(key, user) VALUES(?1, ?2)")?
                .execute(params![key, id(who)])?;
        }
        let face = self.face(tx, who)?;
        self.known.remove(&who);
        Ok(User::new(who, name.shared()).with(face.shown()))
    }

    /// Whether nobody else has a name that looks like this one, or has been away for so long that it is given up.
    pub(super) fn is_name_free(
        &mut self,
        tx: &Connection,
        name: &Name,
        who: UserId,
        now: u64,
    ) -> rusqlite::Result<bool> {
        let sql = "SELECT users.id, seen FROM names JOIN users ON users.id = names.user WHERE key = ?1";
        for key in name.keys() {
            let owner = tx
                .prepare_cached(sql)?
                .query_row([key], |row| Ok((UserId::new(unsigned(row, 0)?), unsigned(row, 1)?)));
            let Some((owner, seen)) = owner.optional()? else { continue };
            if self.is_taken(owner, seen, who, now) {
                return Ok(false);
            }
        }
        let mut visitors = self.visitors.lock();
        while let Some(owner) = visitors.other_owner(name, who) {
            let seen = visitors.get(owner).map_or(0, |(_, visitor)| visitor.seen);
            if self.is_taken(owner, seen, who, now) {
                return Ok(false);
            }
            visitors.forget(owner);
        }
        drop(visitors);
        // What the absent have of it is theirs no more: no key of theirs may stay behind and claim it back.
        for key in name.keys() {
            let sql = "DELETE FROM names WHERE user = (SELECT user FROM names WHERE key = ?1) AND user <> ?2";
            tx.prepare_cached(sql)?.execute(params![key, id(who)])?;
        }
        Ok(true)
    }

    /// Whether a name is taken for `who`, whose owner was seen at a time.
    fn is_taken(&self, owner: UserId, seen: u64, who: UserId, now: u64) -> bool {
        let owner = NameOwner { who: owner, away: Duration::from_millis(now.saturating_sub(seen)) };
        rules::is_name_taken(owner, who, self.name_keep, |owner| self.is_here(owner))
    }

    /// Whether somebody is connected, and so not away, however long they have been silent.
    fn is_here(&self, who: UserId) -> bool {
        self.deliveries.lock().is_here(who)
    }

    /// Moves a read marker to where `moved` says, given where it was; gives that. A visitor's is in memory.
    pub(super) fn mark(
        &mut self,
        tx: &Connection,
        who: UserId,
        (room, name): (i64, &RoomName),
        now: u64,
        moved: impl FnOnce(Option<u64>) -> u64,
    ) -> Result<u64, Fault> {
        if self.known(tx, who, now)?.is_some() {
            let before = mark(tx, who, room)?;
            let seq = moved(before);
            if before != Some(seq) {
                set_mark(tx, who, room, seq)?;
            }
            return Ok(seq);
        }
        let mut visitors = self.visitors.lock();
        let mut visitor = visitors.get(who).map(|(_, visitor)| visitor);
        let seq = moved(visitor.as_ref().and_then(|visitor| visitor.mark(name)));
        if let Some(visitor) = &mut visitor {
            visitor.set_mark(name, seq);
        }
        Ok(seq)
    }

    /// Notes that somebody is connected: they are seen now.
    pub(super) fn see(&mut self, tx: &Connection, who: i64, now: u64) -> rusqlite::Result<()> {
        tx.prepare_cached("UPDATE users SET seen = max(seen, ?2) WHERE id = ?1")?.execute([who, int(now)])?;
        self.known.remove(&UserId::new(who.cast_unsigned()));
        Ok(())
    }

    /// Forgets those of these people who never spoke, were not seen since a time and are not connected, as far as the budget goes; gives how
    /// many were looked at.
    pub(super) fn forget_visitors(
        &mut self,
        tx: &Connection,
        before: u64,
        people: &[i64],
        budget: &mut Budget,
    ) -> rusqlite::Result<usize> {
        for (at, user) in people.iter().enumerate() {
            if at > 0 && !budget.spend(0) {
                return Ok(at);
            }
            let sql = "SELECT 1 FROM users WHERE id = ?1 AND seen < ?2 AND NOT spoke";
            let who = UserId::new(user.cast_unsigned());
            if !tx.prepare_cached(sql)?.exists([*user, int(before)])? || self.is_here(who) {
                continue;
            }
            // One who looked into all rooms goes in several steps.
            let sql = "DELETE FROM reads WHERE user = ?1
                       AND room IN (SELECT room FROM reads WHERE user = ?1 LIMIT ?2)";
            if tx.prepare_cached(sql)?.execute([*user, STEP_ROWS as i64])? == STEP_ROWS {
                return Ok(at);
            }
            tx.prepare_cached("DELETE FROM names WHERE user = ?1")?.execute([user])?;
            devices::forget(tx, *user)?;
            tx.prepare_cached("DELETE FROM kept WHERE user = ?1")?.execute([user])?;
            let face = self.face(tx, who)?;
            faces::count(tx, face.hue(), -1)?;
            tx.prepare_cached("DELETE FROM users WHERE id = ?1")?.execute([user])?;
            self.known.remove(&who);
        }
        Ok(people.len())
    }
}

/// Somebody's read marker in a room.
pub(super) fn mark(connection: &Connection, who: UserId, room: i64) -> rusqlite::Result<Option<u64>> {
    let sql = "SELECT seq FROM reads WHERE user = ?1 AND room = ?2";
    connection.prepare_cached(sql)?.query_row([id(who), room], |row| unsigned(row, 0)).optional()
}

fn set_mark(tx: &Connection, who: UserId, room: i64, seq: u64) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO reads(user, room, seq) VALUES(?1, ?2, ?3)";
    tx.prepare_cached(sql)?.execute([id(who), room, int(seq)])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::entry::Entry;
    use crate::log::Deliver;
    use crate::log::sqlite::migrate;
    use crate::log::sqlite::row::DAY_MS;

    #[derive(Debug)]
    struct Here(UserId);

    impl Deliver for Here {
        fn deliver(&self, _: &mut dyn Iterator<Item = Entry>) {}

        fn is_here(&self, who: UserId) -> bool {
            who == self.0
        }
    }

    #[test]
    fn connected_user_is_not_absent_however_long_they_are_silent() {
        let (tx, mut who) = store();
        let (ada, bob, eve) = (UserId::new(1), UserId::new(2), UserId::new(3));
        let here: Arc<dyn Deliver> = Arc::new(Here(ada));
        who.deliveries.lock().add(&here);
        for (user, name) in [(ada, "Ada"), (bob, "Bob")] {
            who.greet(&tx, user, Some(&named(name)), 1).expect("they are known");
        }

        let later = 2 * DAY_MS;
        assert!(!who.is_name_free(&tx, &named("Ada"), eve, later).expect("it is known"));
        let people = [1, 2];
        let done = who.forget_visitors(&tx, later, &people, &mut Budget::step()).expect("a sweep");
        assert_eq!(done, people.len());
        assert!(who.known(&tx, bob, later).expect("a look").is_none());
        assert!(
            !who.is_name_free(&tx, &named("Ada"), eve, later).expect("it is known"),
            "the sweep left her alone"
        );

        drop(here);
        assert!(who.is_name_free(&tx, &named("Ada"), eve, later).expect("it is known"));
    }

    fn named(name: &str) -> Name {
        Name::parse(name).expect("a name")
    }

    /// A store with its users, in a transaction that can be undone.
    fn store() -> (Connection, Users) {
        let tx = Connection::open_in_memory().expect("a store");
        migrate::make(&tx).expect("its tables");
        (tx, Users::new(Duration::from_millis(DAY_MS)))
    }

    /// Does something in a transaction that is not kept.
    fn undone(tx: &Connection, users: &mut Users, work: impl FnOnce(&mut Users)) {
        tx.execute_batch("SAVEPOINT undone").expect("it begins");
        work(users);
        tx.execute_batch("ROLLBACK TO undone; RELEASE undone").expect("it is undone");
        users.roll_back();
    }

    fn owner(tx: &Connection, name: &str) -> Option<u64> {
        let key = named(name).keys().into_iter().next().expect("a key");
        let sql = "SELECT user FROM names WHERE key = ?1";
        tx.query_row(sql, [key], |row| unsigned(row, 0)).optional().expect("a look")
    }

    #[test]
    fn visitor_whose_first_entry_is_not_kept_stays_a_visitor_by_their_name() {
        let (tx, mut users) = store();
        let ada = UserId::new(1);
        users.greet(&tx, ada, Some(&named("Ada")), 1).expect("she is greeted");
        undone(&tx, &mut users, |users| {
            assert_eq!(&*users.user(&tx, ada, 2).expect("she gets a row").name, "Ada");
        });
        users.commit(); // The next transaction, of others, is kept.
        assert!(users.known(&tx, ada, 3).expect("a look").is_none(), "there is no row");
        assert_eq!(owner(&tx, "Ada"), None);
        assert!(
            !users.is_name_free(&tx, &named("Ada"), UserId::new(2), 3).expect("a look"),
            "it is still hers"
        );
        assert_eq!(&*users.user(&tx, ada, 4).expect("she gets a row").name, "Ada");
        users.commit();
        assert_eq!(owner(&tx, "Ada"), Some(1));
        assert!(users.visitors.lock().get(ada).is_none(), "she is no visitor any more");
    }

    #[test]
    fn name_of_somebody_absent_that_is_taken_in_vain_stays_theirs() {
        let (tx, mut users) = store();
        let (ada, bob) = (UserId::new(1), UserId::new(2));
        for (who, name) in [(ada, "Ada"), (bob, "Bob")] {
            users.greet(&tx, who, Some(&named(name)), 1).expect("they are greeted");
            users.user(&tx, who, 1).expect("they get a row");
        }
        users.commit();
        let later = 2 * DAY_MS;
        let takes = |users: &mut Users| {
            assert!(users.rename(&tx, bob, &named("Ada"), later).expect("she is away").1);
            users.own(&tx, bob, &named("Ada")).expect("it is his");
            assert_eq!(owner(&tx, "Ada"), Some(2));
        };
        undone(&tx, &mut users, takes);
        assert_eq!((owner(&tx, "Ada"), owner(&tx, "Bob")), (Some(1), Some(2)));
        assert_eq!(&*users.greet(&tx, bob, None, later).expect("he is greeted").name, "Bob");
        takes(&mut users);
        users.commit();
        assert_ne!(&*users.greet(&tx, ada, None, later).expect("she is greeted").name, "Ada");
    }
}
