//! The promises of every log, kept in a file, and by a member of a chat on many machines. And what each command costs in a store that has a million of whatever it touches:
//! SQLite's steps are counted, which are the same on every machine.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{env, fs, process};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::fold::Fold;
use super::job::{Job, JobOutcome};
use super::proposer::Proposer;
use super::starts::Epoch;
use super::step::Step;
use super::{SqliteLog, StoreOptions, kept, migrate, reader, rooms};
use crate::base::cursor::{Anchor, Cursor};
use crate::base::entry::{Content, Draft, Mentions};
use crate::base::error::Error;
use crate::base::keeping::Keeping;
use crate::base::limits::{
    EPOCH_BYTES, KEPT_PAGE, KEPT_ROOMS, KEPT_UNREAD_ROWS, LATEST_MESSAGES, MENTIONS, PAGE_MESSAGES,
};
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::ledger::number::Numbers;
use crate::ledger::record::Append;
use crate::log::{Appended, DirectoryRequest, JoinRequest, KeptRequest};

mod conformance {
    crate::log::conformance::conformance!(super::Temporary::open());
}

#[cfg(feature = "nats")]
mod member;

/// A log in a folder that is deleted with it.
struct Temporary {
    log: SqliteLog,
    folder: PathBuf,
}

impl Temporary {
    fn open() -> Self {
        let folder = Self::folder();
        Self { log: SqliteLog::open(&folder, &StoreOptions::default()).expect("a new store"), folder }
    }

    /// A folder that nobody else has.
    fn folder() -> PathBuf {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        env::temp_dir().join(format!("chinwag-conformance-{}-{count}", process::id()))
    }
}

impl Deref for Temporary {
    type Target = SqliteLog;

    fn deref(&self) -> &SqliteLog {
        &self.log
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        self.log.close();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Steps of SQLite's machine that a command may take: a few dozen rows by their keys.
const COMMAND_STEPS: u64 = 550;

/// And for each person whom it mentions.
const MENTION_STEPS: u64 = 30;

/// And a look at a page of history, for each message on it.
const MESSAGE_STEPS: u64 = 300;

/// Steps between two counts.
const COUNTED: u64 = 10;

/// Who said half of the messages in the lobby, and has reacted to nothing.
const ADA: u64 = 7;

/// The lobby has a million messages, of which Ada said the last ten and each second one of the others. 100,000 people have
/// reacted to the first of those ten, the second was edited a thousand times, when each edit was still kept. There are a
/// million people, and 100,000 rooms with a message each, nearly all of them listed.
const STORE: &str = "
    PRAGMA journal_mode = OFF; PRAGMA cache_size = -200000; BEGIN;
    INSERT INTO rooms(id, name) VALUES(1, 'lobby');
    WITH n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1000000)
    INSERT INTO entries(seq, room, at, user, kind, text, cid)
    SELECT n, 1, n, CASE WHEN n % 2 = 0 OR n > 999990 THEN 7 ELSE 8 END, 0, 'hi', CASE n % 10 WHEN 0 THEN 'c' || n END FROM n;
    WITH n(n) AS (SELECT 7 UNION ALL SELECT n + 1 FROM n WHERE n < 1000007)
    INSERT INTO users(id, name, seen, spoke) SELECT n, 'name ' || n, 0, n < 9 FROM n;
    INSERT INTO names(key, user) SELECT name, id FROM users WHERE id < 100000;
    WITH n(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < 100001)
    INSERT INTO rooms(id, name, listed) SELECT n, 'room-' || n, n > 1000 FROM n;
    INSERT INTO entries(room, at, user, kind, text) SELECT id, 1, 8, 0, 'hi' FROM rooms WHERE id > 1;
    INSERT INTO reactions SELECT 999991, '👍', id, 1 FROM users WHERE id BETWEEN 100 AND 100099;
    INSERT INTO reaction_kinds VALUES(999991, '👍', 100000, 1);
    WITH n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 100000)
    INSERT INTO entries(room, at, user, kind, target, text) SELECT 1, 1, 100 + n, 3, 999991, '👍' FROM n;
    INSERT INTO changes(seq, changed) VALUES(999991, 1200000);
    INSERT INTO reads SELECT id, 1, 1 FROM users WHERE id < 100000;
    INSERT INTO reads SELECT 9, id, 1 FROM rooms WHERE id > 1;
    INSERT INTO kept SELECT user, rooms.name, 0, 0 FROM rooms, (SELECT 9 AS user UNION SELECT 1000)
      WHERE rooms.id <= 200;
    INSERT INTO meta(key, value) VALUES('indexed', 900000);
    COMMIT";

struct Large {
    connection: Connection,
    fold: Fold,
    proposer: Proposer,
    steps: Arc<AtomicU64>,
}

impl Large {
    fn new() -> Self {
        let connection = Connection::open_in_memory().expect("a store");
        migrate::make(&connection).expect("its tables");
        connection.execute_batch(STORE).expect("what is in it");
        let fold = Fold::open(&connection).expect("its state");
        let steps = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&steps);
        let count = move || {
            counted.fetch_add(COUNTED, Ordering::Relaxed);
            false
        };
        connection.progress_handler(COUNTED as i32, Some(count)).expect("a count");
        Self { connection, fold, proposer: Proposer::default(), steps }
    }

    /// Does something, which takes no more steps than these.
    #[track_caller]
    fn does<T>(&mut self, content: &str, most: u64, run: impl FnOnce(&Connection, &mut Fold) -> T) -> T {
        self.steps.store(0, Ordering::Relaxed);
        let done = run(&self.connection, &mut self.fold);
        let steps = self.steps.load(Ordering::Relaxed);
        assert!(steps <= most, "{content} takes {steps} steps");
        done
    }

    /// Does a job of people's.
    #[track_caller]
    fn works(&mut self, content: &str, most: u64, mut job: Job) -> JobOutcome {
        let mut proposer = std::mem::take(&mut self.proposer);
        let outcome = self.does(content, most, |tx, fold| {
            let numbers = &mut Numbers::after(fold.last());
            proposer.take(tx, fold, &mut job, 2_000_000, numbers)
        });
        self.proposer = proposer;
        outcome.expect("the store can be written")
    }

    #[track_caller]
    fn appends(&mut self, room: &RoomName, content: Content) -> Result<Appended, Error> {
        let command = format!("{content:?}");
        let draft = Draft::new(room, UserId::new(ADA), content);
        let append = Box::new(Append::new(draft, |_, _| false));
        let most = COMMAND_STEPS + MENTION_STEPS * append.draft.content.mentions().len() as u64;
        match self.works(&command, most, Job::Append { append, answer: oneshot::channel().0 }) {
            JobOutcome::Appended(appended) => appended,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn nothing_costs_more_for_a_million_of_what_it_touches() {
    // To make it takes most of the time.
    let mut large = Large::new();
    looks(&mut large);
    commands(&mut large);
    maintains(&mut large);
}

fn commands(large: &mut Large) {
    let lobby = RoomName::lobby();
    let message = |text: &str, cid: Option<&str>, reply_to| Content::Message {
        text: text.into(),
        cid: cid.map(Into::into),
        reply_to,
        mentions: Mentions::default(),
    };
    let mentions: Mentions =
        (1_000..1_000 + MENTIONS as u64).map(|who| (format!("name {who}"), UserId::new(who))).collect();
    let text: String = mentions.iter().map(|(name, _)| format!("@{name} ")).collect();
    let mention = Content::Edited { target: 999_993, text: text.into(), mentions };
    let react = |emoji: &str, on| Content::Reacted { target: 999_991, emoji: emoji.into(), on };
    let edit = |text: &str| Content::edit(999_992, text);
    for content in [
        message("hi", None, None),
        message("hi", Some("new"), Some(3)),
        message("hi", Some("c1000"), None),
        react("👍", true),
        react("👍", true),
        react("🎉", true),
        react("👍", false),
        edit("one"),
        edit("two"),
        mention,
        Content::Topic { text: "tea".into() },
        Content::Renamed { name: "Ada L.".into() },
        Content::Deleted { target: 999_992 },
        Content::Deleted { target: 999_991 },
    ] {
        large.appends(&lobby, content).expect("it is taken");
    }
    for (content, code) in [
        (message("hi", None, Some(5_000_000)), "no_such_message"),
        (Content::Deleted { target: 1 }, "not_yours"),
        (react("👍", true), "gone"),
    ] {
        let refused = large.appends(&lobby, content).expect_err("it is refused");
        assert_eq!(refused.code().as_str(), code);
    }
    let new = RoomName::parse("another").expect("a name");
    large.appends(&new, Content::message("the first")).expect("it is made");
    let mine = RoomName::parse("mine").expect("a name");
    for title in ["Tea", "Coffee"] {
        large.appends(&mine, Content::Room { title: title.into(), listed: true }).expect("it is hers");
    }
    for who in [ADA, 9].map(UserId::new) {
        let (room, asked) = (mine.clone(), Some(Keeping::new(true, false)));
        let most = COMMAND_STEPS + 5 * KEPT_ROOMS as u64;
        let job = Job::Keep { who, room, asked, answer: oneshot::channel().0 };
        assert!(matches!(large.works("a room of a list", most, job), JobOutcome::Kept(Ok(true))));
    }
    for who in [ADA, 9, 1_234_567].map(UserId::new) {
        let name = Name::parse(&format!("Somebody {}", who.get())).expect("a name");
        let greet = Job::Greet { who, name: Some(name.clone()), answer: oneshot::channel().0 };
        assert!(matches!(large.works("a greeting", COMMAND_STEPS, greet), JobOutcome::User(Ok(_))));
        let rename = Job::Rename { who, name, rooms: vec![lobby.clone()], answer: oneshot::channel().0 };
        assert!(matches!(large.works("a rename", 2 * COMMAND_STEPS, rename), JobOutcome::User(Ok(_))));
        let room = lobby.clone();
        let mark = Job::Mark { who, room, seq: 5, is_back: false, answer: oneshot::channel().0 };
        assert!(matches!(large.works("a read marker", COMMAND_STEPS, mark), JobOutcome::Marked(Ok(5))));
    }
    large.does("being kept", COMMAND_STEPS, |_, fold| fold.finish());
}

fn looks(large: &mut Large) {
    let lobby = RoomName::lobby();
    let epoch = Epoch::of_file([7; EPOCH_BYTES]);
    let begin = |who, since: Option<u64>| JoinRequest {
        room: lobby.clone(),
        who: UserId::new(who),
        cursor: since.map(|seq| Cursor {
            at: Some(seq),
            known: Some(1_200_000),
            ..Cursor::new(epoch.text(), seq)
        }),
        until: u64::MAX >> 1,
        max: 1_000,
    };
    // Everything is unread for the one, and half of it their own for the other; the third has never read.
    for who in [9, ADA, 1_000_000] {
        for since in [None, Some(1), Some(999_990)] {
            let most = 60_000 + MESSAGE_STEPS * LATEST_MESSAGES as u64;
            large
                .does("a beginning", most, |tx, _| {
                    reader::join_state(tx, &epoch, &begin(who, since), None, 1)
                })
                .expect("they begin");
        }
    }
    let most = MESSAGE_STEPS * PAGE_MESSAGES as u64;
    for at in [Anchor::Before(1_000_000), Anchor::After(0), Anchor::Around(999_991), Anchor::Around(500_000)]
    {
        large
            .does("a page", most, |tx, _| reader::history(tx, &lobby, at, PAGE_MESSAGES, UserId::new(ADA)))
            .expect("a page");
    }
    large
        .does("who reacted", most, |tx, _| reader::reactions(tx, &lobby, 999_991, UserId::new(ADA)))
        .expect("people");
    let request =
        DirectoryRequest { after: None, query: "nothing has this".into(), limit: 100, who: UserId::GUEST };
    // Everything in the lobby is unread.
    let most = (KEPT_PAGE * 200 + KEPT_UNREAD_ROWS * 30) as u64;
    for who in [9, 1_000] {
        let request = KeptRequest { who: UserId::new(who), after: None, limit: KEPT_PAGE, open: Vec::new() };
        let page = large.does("a page of a list", most, |tx, _| kept::page(tx, &request)).expect("a page");
        let unread = page.rooms[0].unread.as_ref().map(|unread| unread.count);
        assert_eq!((unread, page.rooms.len()), (Some(KEPT_UNREAD_ROWS as u32), KEPT_PAGE), "{page:?}");
    }
    let most = 1_024 * 20;
    large.does("a page of the directory", most, |tx, _| rooms::directory(tx, &request)).expect("a page");
    large
        .does("a piece", 250 * MESSAGE_STEPS, |tx, _| reader::replay(tx, &lobby, 5, 900_000))
        .expect("a piece");
}

/// What is left of the reactions to the deleted message is among it.
fn maintains(large: &mut Large) {
    let room = |n| RoomName::parse(&format!("room-{n}")).expect("a name");
    // As many rows as a step takes, each with its index entries.
    let most = 1_024 * MESSAGE_STEPS;
    for step in [
        Step::Follow,
        Step::Forget((1..=1_024).collect()),
        Step::ForgetPeople { before: 1, people: (9..1_000).map(UserId::new).collect() },
        Step::ForgetRooms((2..1_000).map(room).collect()),
        Step::ForgetMarkers((1..1_000).map(|room| (9, room)).collect()),
        Step::EraseReactions,
        Step::EraseReactions,
        Step::Believe(5),
    ] {
        let name = format!("{step:.20?}");
        large.does(&name, most, |tx, fold| step.run(tx, fold, &|_| false, &|| false)).expect("a step");
    }
}
