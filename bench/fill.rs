//! Fills a store with messages that read like a chat's, the same in each run, and says what they take on the
//! disk. What `bench/store` reads from.
//!
//! Usage: fill FOLDER MESSAGES

use std::collections::VecDeque;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use chinwag::{Content, Draft, Entries, Name, People, Receipt, RoomName, SqliteLog, StoreOptions, UserId};
use rusqlite::Connection;

/// Appends that are not answered yet: what the writer commits together.
const OPEN: usize = 1024;
/// The messages are spread over so many days, for searches with dates.
const DAYS: u64 = 400;
const LAST_DAY: u64 = 20_780; // 2026-11-23
const DAY_MS: u64 = 24 * 3600 * 1000;
const PEOPLE: usize = 200;
const ROOMS: [&str; 8] = ["lobby", "garden", "kitchen", "work", "music", "books", "trips", "quiet"];

/// Of 100 words that people say, about half are one of these, the first of them most.
const COMMON: &str = "the i to a you it and of in is that we on for so have at be do not are with can but just this was \
    me my what they will if there when all get out about up one how go know or good like time now see think then day \
    here from some would more no yes come back really want make need today could maybe had been right going tomorrow \
    did her his them who where work thanks great much any did well please last next week home morning evening before \
    after again still never always something nothing everyone somebody sorry sure okay nice meet call send look found \
    people house door street train water coffee tea bread cake dinner lunch kitchen garden table window music song book \
    story picture city road car bike rain snow sun cold warm early late money price ticket plan party birthday friend \
    family mother father sister brother child school doctor river mountain sea island market shop letter phone number";

/// Words that are said now and then, and by which one finds something again.
const RARE: &str = "lighthouse rhubarb zeppelin accordion marmalade hedgehog telescope umbrella lantern compass \
    saxophone dragonfly thimble gazebo wheelbarrow sourdough kaleidoscope quicksilver";

const CHINESE: [&str; 8] = [
    "我们明天在花园见面好吗",
    "今天的晚饭很好吃",
    "火车晚点了",
    "请把长桌子带来",
    "周末有一个聚会",
    "谢谢大家的帮助",
    "这本书我还没有看完",
    "下雨了记得带伞",
];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, messages] = &arguments[..] else { bail!("usage: fill FOLDER MESSAGES") };
    let messages: usize = messages.parse().context("MESSAGES is a number")?;
    let folder = Path::new(folder);
    let text_bytes = fill(folder, messages)?;
    let file = folder.join("chinwag.db");
    spread(&file).context("cannot spread the messages over days")?;
    let tables = tables(&file).context("cannot measure the tables")?;
    let bytes = std::fs::metadata(&file)?.len();
    let tables: Vec<String> = tables.iter().map(|(name, bytes)| format!("\"{name}\":{bytes}")).collect();
    writeln!(
        std::io::stdout(),
        "{{\"messages\":{messages},\"text_bytes\":{text_bytes},\"file_bytes\":{bytes},\"tables\":{{{}}}}}",
        tables.join(",")
    )?;
    Ok(())
}

/// Has everybody say something; gives the bytes of it all.
fn fill(folder: &Path, messages: usize) -> Result<usize> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(async {
        let log = SqliteLog::open(folder, &StoreOptions::default())?;
        let mut people = Vec::new();
        for n in 0..PEOPLE {
            let name = Name::parse(&format!("Person {n}"))?;
            people.push(log.greet(UserId::random()?, Some(name)).await?.id);
        }
        let rooms: Vec<RoomName> =
            ROOMS.iter().map(|name| RoomName::parse(name)).collect::<Result<_, _>>()?;
        let mut writer = Writer::new();
        let (mut open, mut bytes) = (VecDeque::<Receipt>::new(), 0);
        for n in 0..messages {
            if open.len() >= OPEN
                && let Some(receipt) = open.pop_front()
            {
                receipt.await?;
            }
            // A few rooms and a few people say most.
            let room = &rooms[writer.random.skewed(rooms.len())];
            let who = people[writer.random.skewed(people.len())];
            let text = writer.text();
            bytes += text.len();
            // As long as the page's.
            let cid = format!("{:016x}{:06x}", writer.random.next(), n & 0xff_ffff);
            let mut content = Content::message(text);
            if let Content::Message { cid: own, .. } = &mut content {
                *own = Some(cid.into());
            }
            open.push_back(log.append(Draft::new(room, who, content)));
        }
        for receipt in open {
            receipt.await?;
        }
        wait_for_index(&folder.join("chinwag.db")).context("cannot wait for the index")?;
        log.close();
        Ok(bytes)
    })
}

/// Waits until the search index has followed the log: closing the log leaves most of that to the next start.
fn wait_for_index(file: &Path) -> rusqlite::Result<()> {
    let connection = Connection::open(file)?;
    let sql = "SELECT coalesce((SELECT value FROM meta WHERE key = 'indexed'), 0)
               >= coalesce((SELECT max(seq) FROM entries), 0)";
    while !connection.query_row(sql, [], |row| row.get::<_, bool>(0))? {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    Ok(())
}

/// Moves the messages from the minute in which they were written to the days of a year.
fn spread(file: &Path) -> rusqlite::Result<()> {
    let connection = Connection::open(file)?;
    let count: i64 = connection.query_row("SELECT max(seq) FROM entries", [], |row| row.get(0))?;
    let first = ((LAST_DAY - DAYS) * DAY_MS).cast_signed();
    let step = (DAYS * DAY_MS).cast_signed() / count.max(1);
    connection.execute("UPDATE entries SET at = ?1 + seq * ?2", [first, step])?;
    connection.execute_batch(
        "DELETE FROM days;
         INSERT INTO days SELECT at / 86400000, min(seq), max(seq) FROM entries GROUP BY 1;
         PRAGMA wal_checkpoint(TRUNCATE)",
    )
}

/// Bytes of each table and index.
fn tables(file: &Path) -> rusqlite::Result<Vec<(String, i64)>> {
    let connection = Connection::open(file)?;
    let mut select = connection.prepare(
        "SELECT name, pgsize FROM dbstat WHERE aggregate = TRUE AND pgsize > 65536 ORDER BY pgsize DESC",
    )?;
    select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Makes up what people say.
struct Writer {
    random: Random,
    common: Vec<&'static str>,
    rare: Vec<&'static str>,
}

impl Writer {
    fn new() -> Self {
        let words = |text: &'static str| text.split_whitespace().collect();
        Self { random: Random(7), common: words(COMMON), rare: words(RARE) }
    }

    /// 1 to 40 words, mostly few; sometimes Chinese.
    fn text(&mut self) -> String {
        if self.random.below(25) == 0 {
            let sentences = 1 + self.random.below(2);
            let parts: Vec<_> = (0..sentences).map(|_| CHINESE[self.random.below(CHINESE.len())]).collect();
            return parts.join("，");
        }
        let count = 1 + self.random.below(14) + self.random.below(3) * self.random.below(10);
        let mut text = String::new();
        for n in 0..count {
            if n > 0 {
                text.push(' ');
            }
            match self.random.below(10_000) {
                0..6 => text.push_str(self.rare[self.random.below(self.rare.len())]),
                6..5500 => text.push_str(self.common[self.random.skewed(self.common.len())]),
                _ => self.push_word(&mut text),
            }
        }
        text.push_str([".", "", "", "?", "!", " 🙂"][self.random.below(6)]);
        text
    }

    /// One of some 40,000 words, of which some are said much more often than others.
    fn push_word(&mut self, text: &mut String) {
        const SYLLABLES: [&str; 34] = [
            "ba", "ler", "mi", "ton", "ver", "sa", "ring", "co", "den", "fal", "gor", "hus", "il", "jo",
            "kel", "lum", "nar", "o", "pri", "quen", "ras", "ster", "tal", "un", "vo", "win", "yar", "zel",
            "ched", "ing", "est", "ly", "ter", "ma",
        ];
        let mut word = self.random.skewed(40_000);
        for _ in 0..3 {
            text.push_str(SYLLABLES[word % SYLLABLES.len()]);
            word /= SYLLABLES.len();
        }
    }
}

/// Numbers that look random and are the same in each run (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// A number below `bound`, small ones more often: each doubling of a number halves how often it comes, as with
    /// the words of a language.
    fn skewed(&mut self, bound: usize) -> usize {
        let part = self.below(1 << 24) as f64 / f64::from(1 << 24);
        ((bound as f64 + 1.0).powf(part) - 1.0) as usize
    }
}
