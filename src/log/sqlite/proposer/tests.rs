use std::time::{Duration, Instant};

use rusqlite::OptionalExtension;
use tokio::sync::oneshot;

use super::*;
use crate::base::entry::{Content, Draft, Entry};
use crate::base::error::Error;
use crate::log::sqlite::migrate;
use crate::log::sqlite::row::{DAY_MS, id, unsigned};
use crate::log::sqlite::step::Step;
use crate::log::{Appended, Deliver};

const ADA: UserId = UserId::new(1);
const BOB: UserId = UserId::new(2);
const EVE: UserId = UserId::new(3);

#[derive(Debug)]
struct Here(UserId);

impl Deliver for Here {
    fn deliver(&self, _: &mut dyn Iterator<Item = Entry>) {}

    fn is_here(&self, who: UserId) -> bool {
        who == self.0
    }
}

/// A store with its writer's state, in a transaction that can be undone.
struct Chat {
    tx: Connection,
    fold: Fold,
    proposer: Proposer,
}

impl Chat {
    /// Names are kept for a day.
    fn new() -> Self {
        let tx = Connection::open_in_memory().expect("a store");
        migrate::make(&tx).expect("its tables");
        let mut fold = Fold::open(&tx).expect("its state");
        fold.set_name_keep(&tx, Duration::from_millis(DAY_MS)).expect("it is noted");
        Self { tx, fold, proposer: Proposer::default() }
    }

    fn takes(&mut self, mut job: Job, now: u64) -> JobOutcome {
        let numbers = &mut Numbers::after(self.fold.last());
        self.proposer
            .take(&self.tx, &mut self.fold, &mut job, now, numbers)
            .expect("the store can be written")
    }

    fn commits(&mut self) {
        self.proposer.commit(&self.tx, &mut self.fold);
    }

    /// Does something in a transaction that is not kept.
    fn undone(&mut self, work: impl FnOnce(&mut Self)) {
        let position = self.fold.position();
        self.tx.execute_batch("SAVEPOINT undone").expect("it begins");
        work(self);
        self.tx.execute_batch("ROLLBACK TO undone; RELEASE undone").expect("it is undone");
        self.fold.roll_back(&position);
        self.proposer.roll_back();
    }

    fn greets(&mut self, who: UserId, name: Option<&str>, now: u64) -> String {
        let job = Job::Greet { who, name: name.map(named), answer: oneshot::channel().0 };
        match self.takes(job, now) {
            JobOutcome::User(Ok(user)) => user.name.to_string(),
            other => panic!("{other:?}"),
        }
    }

    fn says(&mut self, who: UserId, room: &str, now: u64) -> Result<Appended, Error> {
        let room = RoomName::parse(room).expect("a name");
        let draft = Draft::new(&room, who, Content::message("hi"));
        let job = Job::Append { append: Box::new(Append::plain(draft)), answer: oneshot::channel().0 };
        match self.takes(job, now) {
            JobOutcome::Appended(appended) => appended,
            other => panic!("{other:?}"),
        }
    }

    /// Somebody comes by this name and says something.
    fn knows(&mut self, who: UserId, name: &str) {
        assert_eq!(self.greets(who, Some(name), 1), name);
        self.says(who, "lobby", 1).expect("it is taken");
        self.commits();
    }

    fn renames(&mut self, who: UserId, name: &str, now: u64) -> Result<String, Error> {
        let job = Job::Rename { who, name: named(name), rooms: Vec::new(), answer: oneshot::channel().0 };
        match self.takes(job, now) {
            JobOutcome::User(user) => user.map(|user| user.name.to_string()),
            other => panic!("{other:?}"),
        }
    }

    fn is_free(&self, name: &str, now: u64) -> bool {
        self.proposer.free(&self.tx, &self.fold, &named(name), EVE, now).expect("a look").is_some()
    }

    fn has_row(&mut self, who: UserId) -> bool {
        let sql = "SELECT 1 FROM users WHERE id = ?1";
        self.tx.prepare(sql).expect("a statement").exists([id(who)]).expect("a look")
    }

    fn owner(&self, name: &str) -> Option<u64> {
        let key = named(name).keys().into_iter().next().expect("a key");
        let sql = "SELECT user FROM names WHERE key = ?1";
        self.tx.query_row(sql, [key], |row| unsigned(row, 0)).optional().expect("a look")
    }
}

fn named(name: &str) -> Name {
    Name::parse(name).expect("a name")
}

#[test]
fn connected_user_is_not_absent_however_long_they_are_silent() {
    let mut chat = Chat::new();
    let here: Arc<dyn Deliver> = Arc::new(Here(ADA));
    chat.proposer.deliveries.lock().add(&here);
    for (who, name) in [(ADA, "Ada"), (BOB, "Bob")] {
        chat.greets(who, Some(name), 1);
        let newcomer = chat.proposer.newcomer(&chat.tx, &chat.fold, who, 1).expect("a look");
        chat.fold.users.greet(&chat.tx, who, &newcomer, 1).expect("they get a row");
    }
    chat.commits();

    let later = 2 * DAY_MS;
    assert!(!chat.is_free("Ada", later));
    let step = Step::ForgetPeople { before: later, people: vec![ADA, BOB] };
    let Chat { tx, fold, proposer } = &mut chat;
    let done = step.run(tx, fold, &|who| proposer.is_here(who), &|| false).expect("a sweep");
    assert_eq!((done, chat.has_row(ADA), chat.has_row(BOB)), (2, true, false));
    assert!(!chat.is_free("Ada", later), "the sweep left her alone");

    drop(here);
    assert!(chat.is_free("Ada", later));
}

#[test]
fn visitor_whose_first_entry_is_not_kept_stays_a_visitor_by_their_name() {
    let mut chat = Chat::new();
    assert_eq!(chat.greets(ADA, Some("Ada"), 1), "Ada");
    chat.undone(|chat| {
        chat.says(ADA, "lobby", 2).expect("it is taken");
        assert_eq!(chat.owner("Ada"), Some(1));
    });
    chat.commits(); // The next transaction, of others, is kept.
    assert!(!chat.has_row(ADA));
    assert_eq!(chat.owner("Ada"), None);
    assert!(!chat.is_free("Ada", 3), "it is still hers");
    chat.says(ADA, "lobby", 4).expect("it is taken");
    assert_eq!(&*chat.fold.take_entries().last().expect("an entry").by.name, "Ada");
    chat.commits();
    assert_eq!(chat.owner("Ada"), Some(1));
    assert!(chat.proposer.visitors.lock().get(ADA).is_none(), "she is no visitor any more");
}

#[test]
fn refused_entry_of_a_visitor_leaves_nothing_in_the_store() {
    let mut chat = Chat::new();
    chat.greets(ADA, Some("Ada"), 1);
    let draft = Draft::new(&RoomName::lobby(), ADA, Content::edit(5, "hi"));
    let job = Job::Append { append: Box::new(Append::plain(draft)), answer: oneshot::channel().0 };
    assert!(matches!(chat.takes(job, 2), JobOutcome::Appended(Err(_))));
    chat.commits();
    assert!(!chat.has_row(ADA) && chat.owner("Ada").is_none());
    assert!(chat.proposer.visitors.lock().get(ADA).is_some(), "she is a visitor as before");
}

#[test]
fn name_of_somebody_absent_that_is_taken_in_vain_stays_theirs() {
    let mut chat = Chat::new();
    chat.knows(ADA, "Ada");
    chat.knows(BOB, "Bob");
    let later = 2 * DAY_MS;
    let takes = |chat: &mut Chat| {
        assert_eq!(chat.renames(BOB, "Ada", later).expect("she is away"), "Ada");
        assert_eq!(chat.owner("Ada"), Some(2));
    };
    chat.undone(takes);
    assert_eq!((chat.owner("Ada"), chat.owner("Bob")), (Some(1), Some(2)));
    assert_eq!(chat.greets(BOB, None, later), "Bob");
    takes(&mut chat);
    chat.commits();
    assert_ne!(chat.greets(ADA, None, later), "Ada");
}

#[test]
fn visitor_who_takes_the_name_of_somebody_absent_has_it_for_good() {
    let mut chat = Chat::new();
    chat.knows(ADA, "Ada");
    let later = 2 * DAY_MS;
    assert_eq!(chat.greets(BOB, Some("Ada"), later), "Ada");
    chat.commits();
    assert_eq!(chat.owner("Ada"), Some(2));
    assert_ne!(chat.greets(ADA, None, later), "Ada");
}

#[test]
fn greeting_of_somebody_known_and_fresh_writes_nothing() {
    let mut chat = Chat::new();
    chat.knows(ADA, "Ada");
    let changes = |chat: &Chat| chat.tx.total_changes();
    let before = changes(&chat);
    assert_eq!(chat.greets(ADA, Some("Another"), 2), "Ada");
    assert_eq!(changes(&chat), before);
    assert_eq!(chat.greets(ADA, None, DAY_MS), "Ada");
    assert!(changes(&chat) > before, "that she was here is noted once an hour");
}

#[test]
fn face_that_somebody_has_already_is_not_written_again() {
    let mut chat = Chat::new();
    chat.knows(ADA, "Ada");
    let mut wears = |emoji, hue| {
        let face = Face::new(emoji, hue).expect("a face");
        let before = chat.tx.total_changes();
        chat.takes(Job::SetFace { who: ADA, face, answer: oneshot::channel().0 }, 2);
        chat.tx.total_changes() - before
    };
    assert!(wears(Some("🦊"), Some(5)) > 0);
    assert_eq!(wears(Some("🦊"), Some(5)), 0);
    assert!(wears(Some("🦊"), None) > 0 && wears(None, None) > 0);
    assert_eq!(wears(None, None), 0);
}

#[test]
fn rooms_that_were_used_up_come_back_and_those_that_are_there_go_on() {
    let mut chat = Chat::new();
    chat.says(UserId::GUEST, "lobby", 1).expect("a room");
    while chat.proposer.may_make_room() {}
    let refused = chat.says(UserId::GUEST, "tea", 1).expect_err("there are none");
    assert_eq!(refused.code().as_str(), "too_many");
    chat.says(UserId::GUEST, "lobby", 1).expect("it is there");
    let began = Instant::now();
    while chat.says(UserId::GUEST, "tea", 1).is_err() {
        assert!(began.elapsed().as_secs() < 10, "they do not come back");
    }
}
