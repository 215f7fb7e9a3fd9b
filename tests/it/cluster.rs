//! One chat on several machines: real programs, and a real nats-server that connects them.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::admin;
use crate::http::get;
use crate::nats::{self, Nats};
use crate::person::{Person, Shown};
use crate::program::{Folder, Program, run};
use crate::socket::MS;

/// A machine: its folder, and the program while it runs.
struct Machine {
    folder: Folder,
    program: Option<Program>,
}

impl Machine {
    fn start(nats: &Nats) -> Self {
        let mut machine = Self { folder: Folder::new(), program: None };
        machine.comes_back(nats);
        machine
    }

    fn comes_back(&mut self, nats: &Nats) {
        let args = ["--data", self.folder.arg(), "--nats", &nats.url(), "--log", "off"];
        self.program = Some(Program::start(&args));
    }

    fn crash(&mut self) {
        self.program.take().unwrap().crash();
    }

    fn addr(&self) -> std::net::SocketAddr {
        self.program.as_ref().unwrap().addr
    }
}

impl Machine {
    /// All of the lobby, once the machine has come to an entry.
    async fn has(&self, seq: u64) -> BTreeMap<u64, Shown> {
        let mut reader = Person::joins(self.addr(), "Fay", "lobby").await;
        let began = Instant::now();
        loop {
            let all = reader.reads_all("lobby").await;
            if all.contains_key(&seq) {
                return all;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "it does not come to {seq}");
            tokio::time::sleep(MS(100)).await;
        }
    }
}

/// Says something that is acknowledged, however often it has to be said: a machine that has just begun takes nothing yet.
pub(crate) async fn say(person: &mut Person, text: &str) -> u64 {
    let (cid, began) = (person.says_in("lobby", text), Instant::now());
    loop {
        if let Some((_, _, seq)) = person.receipts.iter().find(|(_, of, _)| *of == cid) {
            return *seq;
        }
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "{} is not acknowledged: {:?}",
            text,
            person.refusals
        );
        if !person.refusals.is_empty() {
            person.refusals.clear();
            tokio::time::sleep(MS(200)).await;
            person.outbox.clone().iter().for_each(|said| person.say(said));
        }
        person.drinks();
        person.writes();
        tokio::time::sleep(MS(2)).await;
    }
}

/// The machines that `cluster status` tells.
pub(crate) fn machines_heard(told: &str) -> usize {
    let is_machine = |word: &str| word.len() == 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    told.lines().filter(|line| line.split(' ').next().is_some_and(is_machine)).count()
}

fn texts(messages: &BTreeMap<u64, Shown>) -> Vec<&str> {
    messages.values().map(|shown| shown.text.as_deref().unwrap_or_default()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_on_two_machines_are_in_one_chat_and_go_on_at_the_other_when_theirs_dies() {
    let nats = Nats::start();
    let mut one = Machine::start(&nats);
    let two = Machine::start(&nats);
    let mut ada = Person::joins(one.addr(), "Ada", "lobby").await;
    let mut bob = Person::joins(two.addr(), "Bob", "lobby").await;
    say(&mut ada, "hello").await;
    bob.hears_message("hello").await;
    say(&mut bob, "and you").await;
    ada.hears_message("and you").await;
    one.crash();
    say(&mut bob, "where are you?").await;
    ada.until("the end", |me| !me.is_connected()).await;
    // Her page finds the other machine, with her token and her cursor.
    ada.addr = two.addr();
    ada.comes_back().await;
    assert_eq!((ada.rooms["lobby"].resumes, ada.rooms["lobby"].resets), (1, 1), "she is not begun anew");
    ada.hears_message("where are you?").await;
    let last = say(&mut ada, "here").await;
    let heard = bob.hears_message("here").await;
    assert_eq!((heard["seq"].as_u64(), heard["from"]["name"].as_str()), (Some(last), Some("Ada")));
    // The dead machine comes back, and has all that it missed; so has one that is new.
    one.comes_back(&nats);
    for machine in [&one, &Machine::start(&nats)] {
        let all = machine.has(last).await;
        assert_eq!(texts(&all), ["hello", "and you", "where are you?", "here"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_read_while_nats_is_away_and_what_they_write_goes_out_once_when_it_is_back() {
    let mut nats = Nats::start();
    let (one, two) = (Machine::start(&nats), Machine::start(&nats));
    let mut ada = Person::joins(one.addr(), "Ada", "lobby").await;
    let mut bob = Person::joins(two.addr(), "Bob", "lobby").await;
    say(&mut ada, "before").await;
    bob.hears_message("before").await;
    nats.crash();
    // It is on its way until it is known what came of it.
    ada.says_in("lobby", "meanwhile");
    let mut eve = Person::joins(two.addr(), "Eve", "lobby").await;
    assert_eq!(texts(&eve.reads_all("lobby").await), ["before"]);
    assert!(ada.is_connected() && bob.is_connected());
    nats.comes_back();
    let back = Instant::now();
    ada.until("the receipt", |me| me.outbox.is_empty()).await;
    println!("acknowledged {:?} after NATS was back", back.elapsed());
    bob.hears_message("meanwhile").await;
    eve.hears_message("meanwhile").await;
    let all = bob.reads_all("lobby").await;
    assert_eq!(texts(&all), ["before", "meanwhile"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chat_of_one_machine_moves_to_several_and_people_are_who_they_were() {
    let (nats, folder) = (Nats::start(), Folder::new());
    let alone = Program::start(&["--data", folder.arg()]);
    let mut ada = Person::joins(alone.addr, "Ada", "lobby").await;
    say(&mut ada, "alone").await;
    alone.crash();
    ada.until("the end", |me| !me.is_connected()).await;
    let refused = run(&["--data", folder.arg(), "--nats", &nats.url()]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(1) && said.contains("cluster init"), "{said}");
    let moved = run(&["cluster", "init", "--data", folder.arg(), "--nats", &nats.url()]);
    assert!(moved.status.success(), "{}", String::from_utf8_lossy(&moved.stderr));

    let mut one = Machine { folder, program: None };
    one.comes_back(&nats);
    let two = Machine::start(&nats);
    ada.addr = two.addr();
    ada.comes_back().await;
    assert_eq!(ada.wrong, [""; 0]);
    assert_eq!((ada.rooms["lobby"].resumes, ada.rooms["lobby"].resets), (1, 1), "her cursor goes on");
    let mut bob = Person::joins(one.addr(), "Bob", "lobby").await;
    say(&mut ada, "together").await;
    bob.hears_message("together").await;
    assert_eq!(texts(&bob.reads_all("lobby").await), ["alone", "together"]);
    let status = run(&["cluster", "status", "--nats", &nats.url()]);
    let told = String::from_utf8_lossy(&status.stdout).into_owned();
    assert!(status.status.success() && told.contains("snapshots     at 1"), "{told}");
    assert_eq!(machines_heard(&told), 2, "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn machine_says_what_a_receipt_means_with_the_nats_that_it_has() {
    let monitor = nats::free_port();
    let url = format!("http://127.0.0.1:{monitor}");
    let http = format!("http: 127.0.0.1:{monitor}\n");
    for (sync, monitored, words) in [
        (
            "sync_interval: always",
            true,
            &["on that of a NATS server (nats-server 2.", "one NATS server has"][..],
        ),
        (
            "sync_interval: 2m",
            true,
            &["with a NATS server (nats-server 2.", "the servers sync later", "loses its last minutes"],
        ),
        (
            "sync_interval: always",
            false,
            &["with a NATS server (nats-server 2.", "is not known: --nats-monitor asks"],
        ),
    ] {
        let nats = Nats::start_that_syncs(sync, &http);
        let servers = ["--nats", &nats.url(), "--nats-monitor", &url];
        let servers = &servers[..if monitored { 4 } else { 2 }];
        let (program, admin) = admin::start(&[servers, &["--log", "info"]].concat());
        let began = Instant::now();
        let ready = loop {
            let answer = get(admin, "/readyz").await;
            if answer.status == 200 {
                break answer.body;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{}", answer.body);
            tokio::time::sleep(MS(20)).await;
        };
        let status = run(&[&["cluster", "status"], servers].concat());
        let told = String::from_utf8_lossy(&status.stdout).into_owned();
        program.signal("TERM");
        let (_, _, said) = program.ends().await;
        assert!(
            ready.starts_with("ready\na receipt means: it is on the disk of this machine and "),
            "{ready}"
        );
        for words in words {
            assert!([&ready, &told, &said].iter().all(|text| text.contains(words)), "{ready}{told}{said}");
        }
        assert_eq!(ready.contains("sync later"), sync.ends_with("2m"), "{ready}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chat_that_begins_before_all_nats_servers_are_there_is_kept_by_three() {
    let mut servers = Nats::cluster();
    servers[2].crash();
    let began = Instant::now();
    while nats::asks(servers[0].port(), "STREAM.NAMES", &serde_json::json!({})).is_none() {
        assert!(began.elapsed() < Duration::from_secs(60), "two of three have no leader");
    }
    let url = servers[0].url();
    let starts = tokio::task::spawn_blocking(move || Program::start(&["--nats", &url, "--log", "off"]));
    tokio::time::sleep(MS(1_000)).await;
    servers[2].comes_back();
    let program = starts.await.unwrap();
    let mut ada = Person::joins(program.addr, "Ada", "lobby").await;
    say(&mut ada, "hello").await;
    let info = nats::asks(servers[1].port(), "STREAM.INFO.chinwag", &serde_json::json!({})).unwrap();
    assert_eq!(info["config"]["num_replicas"], 3, "{info}");
}
