//! Kill -9 of the real program, at random moments under load, on one folder that grows: whatever had a receipt,
//! and whatever anybody heard, is there afterwards, in order, once. And what the kernel was asked for, in its
//! order: no receipt leaves before the sync of its commit; without a sync there is none.
//!
//! `CHINWAG_CRASHES=200` kills so often; `CHINWAG_SEED=n` at the same moments again.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use crate::model::setting;
use crate::person::{Person, Said, Shown};
use crate::program::{Folder, Program};
use crate::socket::{MS, PATIENCE};

/// People who talk at once, and messages of each that may wait for their receipts.
const TALKERS: usize = 4;
const OPEN: usize = 6;

/// The longest that the program lives.
const LIFE_MS: u64 = 350;

/// What must be true of every crash so far.
#[derive(Default)]
struct Ledger {
    /// Who said what, by room (there is one), user and `cid`, with the first receipt.
    acknowledged: HashMap<(String, String), u64>,
    /// All that is there, as it was read after each start.
    there: BTreeMap<u64, Shown>,
    lost: usize,
    wrong: Vec<String>,
}

impl Ledger {
    /// Notes the receipts that came.
    fn receipts(&mut self, person: &mut Person) {
        for (_, cid, seq) in person.receipts.drain(..) {
            let first = *self.acknowledged.entry((person.id.clone(), cid.clone())).or_insert(seq);
            if first != seq {
                self.wrong.push(format!("{cid} had {first} as its receipt, and now {seq}"));
            }
        }
    }

    /// Looks at all that was acknowledged or heard since the last look.
    fn check(&mut self, found: BTreeMap<u64, Shown>, talkers: &[Person], since: u64) {
        let last_before = self.there.keys().next_back().copied().unwrap_or_default();
        for (seq, shown) in found {
            if seq <= last_before && self.there.get(&seq) != Some(&shown) {
                self.wrong.push(format!("{seq} is another than it was: {shown:?}"));
            }
            self.there.insert(seq, shown);
        }
        for ((user, cid), seq) in self.acknowledged.iter().filter(|(_, seq)| **seq > since) {
            let shown = self.there.get(seq);
            if !shown.is_some_and(|shown| shown.from == *user && shown.cid.as_ref() == Some(cid)) {
                self.lost += 1;
                self.wrong.push(format!("{cid} was acknowledged as {seq}, where {shown:?} is"));
            }
        }
        for person in talkers {
            self.wrong.extend(person.wrong.iter().cloned());
            for (seq, shown) in person.rooms["lobby"].messages.range(since + 1..) {
                if self.there.get(seq) != Some(shown) {
                    self.wrong.push(format!("{} heard {seq}, which is not there: {shown:?}", person.name));
                }
            }
        }
    }

    /// Everything is there once, and what one person said is in the order in which they said it.
    fn check_order(&mut self) {
        let mut last: HashMap<&str, usize> = HashMap::new();
        for (seq, shown) in &self.there {
            let cid = shown.cid.as_deref().unwrap_or_default();
            let turn: usize = cid.rsplit('-').next().and_then(|turn| turn.parse().ok()).unwrap_or_default();
            let before = last.insert(&shown.from, turn).unwrap_or_default();
            if turn != before + 1 {
                self.wrong.push(format!("{cid}, which is {seq}, follows number {before} of the same person"));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_or_heard_messages_outlive_a_kill_at_any_moment() {
    let crashes = setting("CHINWAG_CRASHES").unwrap_or(20);
    let seed = setting("CHINWAG_SEED").unwrap_or_else(|| u64::from(std::process::id()));
    println!("CHINWAG_SEED={seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let (folder, mut ledger) = (Folder::new(), Ledger::default());
    let names = ["Ada", "Bob", "Cyd", "Dot"];
    let mut people: Vec<Person> = names[..TALKERS]
        .iter()
        .map(|name| Person::new(([127, 0, 0, 1], 0).into(), name, &["lobby"]))
        .collect();
    let mut resent: Vec<Said> = Vec::new();
    for crash in 0..crashes {
        let program = Program::start(&["--data", folder.arg()]);
        let since = ledger.there.keys().next_back().copied().unwrap_or_default();
        for person in &mut people {
            person.addr = program.addr;
            person.connects().await;
        }
        // Those of the round before that had their receipts are said once more: nothing comes of it.
        resent.drain(..).for_each(|said| people[0].say(&said));
        let life = Duration::from_micros(random.next_u64() % (LIFE_MS * 1_000));
        // Of its own, so that it comes at any moment of what happens here.
        let killer = std::thread::spawn(move || {
            std::thread::sleep(life);
            program.crash();
        });
        let mut latest = Vec::new();
        while people.iter().any(Person::is_connected) {
            for person in &mut people {
                person.drinks();
                while person.is_connected() && person.outbox.len() < OPEN {
                    let text = format!("{} in the life {crash}", person.name);
                    person.says_in("lobby", &text);
                }
                person.writes();
            }
            if people[0].is_connected() {
                latest.clone_from(&people[0].outbox);
            }
            tokio::task::yield_now().await;
        }
        killer.join().unwrap();
        // What left the program before its end counts.
        people.iter_mut().for_each(|person| ledger.receipts(person));
        resent.extend(
            latest
                .into_iter()
                .filter(|said| ledger.acknowledged.contains_key(&(people[0].id.clone(), said.cid.clone()))),
        );
        let program = Program::start(&["--data", folder.arg()]);
        let mut reader = Person::joins(program.addr, "Eve", "lobby").await;
        let found = reader.reads_after("lobby", since).await;
        ledger.check(found, &people, since);
        assert_eq!(ledger.wrong, [""; 0], "after {} crashes, CHINWAG_SEED={seed}", crash + 1);
        reader.drops();
        program.crash();
    }
    // The last look: what nobody heard of is said again, and all of the log is read from its beginning.
    let program = Program::start(&["--data", folder.arg()]);
    for person in &mut people {
        person.addr = program.addr;
        person.comes_back().await;
        person.until("the last receipts", |me| me.outbox.is_empty()).await;
        ledger.receipts(person);
    }
    let mut reader = Person::joins(program.addr, "Eve", "lobby").await;
    let all = reader.reads_all("lobby").await;
    ledger.check(all, &people, 0);
    ledger.check_order();
    let (acknowledged, lost) = (ledger.acknowledged.len(), ledger.lost);
    println!("{crashes} times killed: {acknowledged} messages acknowledged, {lost} lost");
    assert_eq!(ledger.wrong, [""; 0], "CHINWAG_SEED={seed}");
    assert_eq!(ledger.there.len(), acknowledged, "all that is there was acknowledged");
    assert!(acknowledged > crashes as usize, "too little was said");
}

/// The program under strace, which says what it asks of the kernel; None where there is no strace.
fn traced(folder: &Folder, options: &[&str]) -> Option<(Program, std::path::PathBuf)> {
    let works = std::process::Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    if !works.is_ok_and(|status| status.success()) {
        println!("skipped: there is no strace here, or it may not trace");
        return None;
    }
    let trace = folder.path().join("trace");
    let mut args = vec!["-f", "-D", "-qq", "-s", "65536", "-o", trace.to_str().unwrap()];
    args.extend(options);
    Some((
        Program::start_under("strace", &args, &["--data", folder.path().join("chat").to_str().unwrap()]),
        trace,
    ))
}

/// The lines of a trace whose call began and ended: where it began, where it ended, what it was.
fn calls(trace: &str) -> Vec<(usize, usize, String)> {
    let mut open: HashMap<&str, (usize, String)> = HashMap::new();
    let mut calls = Vec::new();
    for (at, line) in trace.lines().enumerate() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if let Some(begun) = call.strip_suffix("<unfinished ...>") {
            open.insert(thread, (at, begun.to_owned()));
        } else if let Some(resumed) = call.strip_prefix("<... ") {
            if let Some((began, begun)) = open.remove(thread) {
                calls.push((began, at, format!("{begun}{resumed}")));
            }
        } else {
            calls.push((at, at, call.to_owned()));
        }
    }
    calls
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_receipt_leaves_before_the_sync_of_what_it_promises_and_nobody_hears_it_before() {
    let folder = Folder::new();
    let syscalls = "trace=fdatasync,fsync,sendto,write,writev,sendmsg,pwrite64";
    let Some((program, trace)) = traced(&folder, &["-e", syscalls]) else { return };
    let mut ada = Person::joins(program.addr, "Ada", "lobby").await;
    let mut bob = Person::joins(program.addr, "Bob", "lobby").await;
    let mut cids = Vec::new();
    for turn in 0..40 {
        let cid = ada.says(&format!("turn {turn}")).await;
        assert_eq!(ada.expects("receipt").await["cid"], cid.as_str());
        bob.hears_message(&format!("turn {turn}")).await;
        cids.push(cid);
    }
    ada.drops();
    bob.drops();
    program.signal("TERM");
    program.ends().await;
    let began = Instant::now();
    let trace = loop {
        let trace = std::fs::read_to_string(&trace).unwrap();
        // The tracer is a process of its own, and writes a little later.
        if trace.contains(cids.last().unwrap()) || began.elapsed() > PATIENCE {
            break trace;
        }
        tokio::time::sleep(MS(20)).await;
    };
    let calls = calls(&trace);
    let is = |call: &str, names: &[&str]| names.iter().any(|name| call.starts_with(&format!("{name}(")));
    for cid in cids {
        // `"cid":"Ada-1"` in JSON, and in the store with no letter or digit right after it but the next column.
        let sent = calls.iter().find(|(_, _, call)| {
            is(call, &["sendto", "write", "writev", "sendmsg"])
                && call.contains(&format!("\\\"cid\\\":\\\"{cid}\\\""))
        });
        let (sent, _, _) = sent.unwrap_or_else(|| panic!("{cid} was never sent"));
        let kept = calls.iter().find(|(_, _, call)| is(call, &["pwrite64"]) && call.contains(&cid));
        let (_, kept, _) = kept.unwrap_or_else(|| panic!("{cid} was never written"));
        assert!(kept < sent, "{cid} was sent before it was written");
        let synced = calls.iter().any(|(began, ended, call)| {
            is(call, &["fdatasync", "fsync"]) && call.ends_with("= 0") && kept <= began && ended < sent
        });
        assert!(synced, "{cid} was sent before it was synced");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_sync_there_is_no_receipt_but_an_error_in_words_and_history_is_read() {
    let folder = Folder::new();
    // The first syncs are let through: the folder is made by then, and some things are said.
    let fault = "inject=fdatasync,fsync:error=EIO:when=25+";
    let Some((program, _)) = traced(&folder, &["-e", "trace=fdatasync,fsync", "-e", fault]) else { return };
    let mut ada = Person::joins(program.addr, "Ada", "lobby").await;
    let (mut kept, mut refused) = (Vec::new(), 0);
    for turn in 0..60 {
        let cid = ada.says(&format!("turn {turn}")).await;
        ada.until("an answer", |me| me.receipts.len() + me.refusals.len() > turn).await;
        match ada.refusals.last() {
            Some(error) if error["cid"] == cid.as_str() => {
                assert_eq!(error["code"], "unavailable", "{error}");
                assert!(error["text"].as_str().unwrap().contains("disk"), "{error}");
                assert!(error["retry_after"].as_f64().unwrap() > 0.0, "{error}");
                refused += 1;
            }
            _ => {
                assert_eq!(refused, 0, "{cid} has a receipt, though no sync works any more");
                kept.push(format!("turn {turn}"));
            }
        }
    }
    assert!(kept.len() > 3 && refused > 10, "{} kept, {refused} refused", kept.len());
    let texts =
        |all: BTreeMap<u64, Shown>| all.into_values().filter_map(|shown| shown.text).collect::<Vec<_>>();
    assert_eq!(texts(ada.reads_all("lobby").await), kept, "what can be read is what was acknowledged");
    ada.drops();
    program.crash();
    let program = Program::start(&["--data", folder.path().join("chat").to_str().unwrap()]);
    ada.addr = program.addr;
    ada.comes_back().await;
    ada.until("receipts for all that was refused", |me| me.outbox.is_empty()).await;
    // What was refused may have come to be all the same (a commit that only its sync failed of is whole for who
    // recovers), but all is there once, and first, in its order, what was acknowledged.
    let mut all = texts(ada.reads_all("lobby").await);
    assert_eq!(all[..kept.len()], kept);
    all.sort_by_key(|text| text["turn ".len()..].parse::<u32>().unwrap());
    assert_eq!(all, (0..60).map(|turn| format!("turn {turn}")).collect::<Vec<_>>(), "all of it, once");
}

/// Linux reports a failed sync once, and what it did not write may be missing on the disk from then on, so that the next
/// start ends its reading there. Nothing that is acknowledged later may stand behind such a hole: the write-ahead log is cut
/// to nothing, and what is acknowledged is written and synced after that.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_one_failed_sync_nothing_is_acknowledged_before_the_write_ahead_log_begins_anew() {
    let folder = Folder::new();
    let syscalls = "trace=fdatasync,fsync,ftruncate,sendto,write,writev,sendmsg,pwrite64";
    let fault = "inject=fdatasync:error=EIO:when=20";
    let Some((program, trace)) = traced(&folder, &["-e", syscalls, "-e", fault]) else { return };
    let mut ada = Person::joins(program.addr, "Ada", "lobby").await;
    let (mut turn, mut after) = (0, Vec::new());
    while after.len() < 3 {
        let cid = ada.says(&format!("turn {turn}")).await;
        turn += 1;
        ada.until("an answer", |me| me.receipts.len() + me.refusals.len() >= turn).await;
        if ada.refusals.last().is_some_and(|error| error["cid"] != cid.as_str()) {
            after.push(cid);
        }
        assert!(turn < 200, "{} refused, {} acknowledged after that", ada.refusals.len(), after.len());
    }
    ada.drops();
    program.signal("TERM");
    program.ends().await;
    let began = Instant::now();
    let trace = loop {
        let trace = std::fs::read_to_string(&trace).unwrap();
        if trace.contains(after.last().unwrap()) || began.elapsed() > PATIENCE {
            break trace;
        }
        tokio::time::sleep(MS(20)).await;
    };
    let calls = calls(&trace);
    let (_, failed, call) = calls.iter().find(|(_, _, call)| call.contains("EIO")).expect("a sync failed");
    let log = call.strip_prefix("fdatasync(").and_then(|rest| rest.split(')').next()).expect("its file");
    let first = |begins: &str, has: &str, from: usize| {
        let call = calls.iter().filter(|(began, _, _)| *began > from).find(|(_, _, call)| {
            call.split('(').next().is_some_and(|name| begins.split(' ').any(|begins| begins == name))
                && call.contains(has)
        });
        call.map(|(_, ended, _)| *ended)
            .unwrap_or_else(|| panic!("no {begins} with {has:?} after line {from}"))
    };
    let receipt = format!("\\\"cid\\\":\\\"{}\\\"", after[0]);
    let sent = first("sendto write writev sendmsg", &receipt, *failed);
    let cut = first("ftruncate", &format!("({log}, 0)"), *failed);
    let written = first("pwrite64", &after[0], cut);
    let synced = first("fdatasync", &format!("({log})"), written);
    assert!(cut < written && written < synced && synced < sent, "{cut} {written} {synced} {sent}");
}
