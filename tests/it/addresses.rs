//! Limits by address: what one visitor can use up of a server, and what a class behind one address never meets.
//!
//! The server trusts this machine as its proxy, so that a client's address is the one that it says.

use std::time::{Duration, Instant};

use chinwag::{Limits, Proxies, Rate, StoreOptions};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::chat::Chat;
use crate::http::{Answer, ask};
use crate::program::{Folder, Program};
use crate::socket::{Heard, MS, Socket, handshake_with};
use crate::voice::Voice;

const EVE: &str = "203.0.113.7";
const SCHOOL: &str = "2001:db8:5:6::1";
const ADA: &str = "198.51.100.9";

/// Commands that a user is refused for no fault of a rate.
const LIMITS: [&str; 4] = ["slow_down", "address_people", "address_rooms", "address_bytes"];

/// A server behind a proxy on this machine.
fn proxied(limits: &mut Limits) {
    limits.proxies = Proxies::parse(["127.0.0.0/8"]).unwrap();
}

fn chat(change: impl FnOnce(&mut Limits)) -> (Folder, Chat) {
    let folder = Folder::new();
    let chat = Chat::kept(&folder, &StoreOptions::default(), |limits| {
        proxied(limits);
        change(limits);
    });
    (folder, chat)
}

fn hello(name: &str, rooms: &[&str]) -> Value {
    let rooms: Value = rooms.iter().map(|room| ((*room).to_owned(), json!({}))).collect();
    json!({"type": "hello", "name": name, "rooms": rooms})
}

fn say(room: &str, cid: &str, text: &str) -> Value {
    json!({"type": "say", "room": room, "cid": cid, "text": text})
}

/// Says something; gives the code with which it was refused, or nothing.
async fn says(voice: &mut Voice, room: &str, cid: &str, text: &str) -> Option<String> {
    voice.says(say(room, cid, text)).await;
    let answer = voice.hears_one_of(&["receipt", "error"]).await;
    answer["code"].as_str().map(str::to_owned)
}

/// Somebody from an address who is in these rooms.
async fn joins_from(chat: &Chat, address: &str, name: &str, rooms: &[&str]) -> Voice {
    let (mut voice, answer) = Voice::greets_from(chat.addr, address, hello(name, rooms)).await;
    assert_eq!(answer["type"], "hello", "{answer}");
    for _ in rooms {
        voice.hears("caught_up").await;
    }
    voice
}

/// What a handshake from an address is answered, if it is refused.
async fn handshakes(chat: &Chat, address: &str, path: &str) -> Answer {
    let line = format!("X-Forwarded-For: {address}\r\n");
    let request = handshake_with(&chat.addr.to_string(), path, &line);
    ask(chat.addr, request.strip_suffix("\r\n").unwrap()).await
}

#[tokio::test]
async fn address_with_as_many_connections_as_it_may_have_is_told_429_until_one_is_gone() {
    let (_folder, chat) = chat(|limits| limits.address.connections = Some(2));
    let first = Voice::opens_from(chat.addr, EVE).await;
    let _second = Voice::opens_from(chat.addr, EVE).await;
    let refused = handshakes(&chat, EVE, "/ws").await;
    assert_eq!(refused.status, 429, "{}", refused.head);
    assert!(refused.head.to_lowercase().contains("retry-after: 10"), "{}", refused.head);
    assert!(refused.body.contains("2 may be open at once"), "{}", refused.body);
    // The page cannot see that, and asks.
    let why = format!("POST /ws?why HTTP/1.1\r\nHost: {}\r\nX-Forwarded-For: {EVE}\r\n", chat.addr);
    let why = ask(chat.addr, &why).await;
    assert_eq!((why.status, why.body), (429, refused.body));
    let _others = [Voice::opens_from(chat.addr, ADA).await, Voice::opens(chat.addr, "/ws").await];
    let metrics = chat.hub.metrics();
    assert!(metrics.contains("chinwag_requests_refused_total{reason=\"address\"} "), "{metrics}");
    assert!(!metrics.contains("chinwag_requests_refused_total{reason=\"address\"} 0"), "{metrics}");
    drop(first);
    chat.has_clients(3).await;
    let _third = Voice::opens_from(chat.addr, EVE).await;
    // A household with IPv6 is one address.
    let _household =
        [Voice::opens_from(chat.addr, SCHOOL).await, Voice::opens_from(chat.addr, "2001:db8:5:6::2").await];
    assert_eq!(handshakes(&chat, "2001:db8:5:6:7:8:9:a", "/ws").await.status, 429);
}

#[tokio::test]
async fn new_people_of_an_address_are_refused_in_words_after_fifty_and_known_ones_are_not() {
    let (_folder, chat) = chat(|_| {});
    let mut token = Value::Null;
    for number in 0..50 {
        let (_, answer) =
            Voice::greets_from(chat.addr, EVE, hello(&format!("Eve {number}"), &["lobby"])).await;
        assert_eq!(answer["type"], "hello", "{number}: {answer}");
        token = answer["token"].clone();
    }
    let (_, error) = Voice::greets_from(chat.addr, EVE, hello("Eve", &["lobby"])).await;
    assert_eq!((&error["code"], &error["command"]), (&json!("address_people"), &json!("hello")), "{error}");
    let wait = error["retry_after"].as_f64().unwrap();
    assert!(wait > 0.0 && wait <= 10.0, "one more comes every ten seconds: {error}");
    assert!(error["text"].as_str().unwrap().contains("from your network: wait"), "{error}");
    let known = json!({"type": "hello", "token": token, "rooms": {"lobby": {}}});
    let (_, answer) = Voice::greets_from(chat.addr, EVE, known).await;
    assert_eq!(answer["user"]["name"], "Eve 49");
    let (_, answer) = Voice::greets_from(chat.addr, ADA, hello("Ada", &["lobby"])).await;
    assert_eq!(answer["type"], "hello", "another address has its own");
}

#[tokio::test]
async fn rate_is_on_by_default_for_strangers_and_coming_back_is_no_way_past_it() {
    let (_folder, chat) = chat(|_| {});
    let (mut eve, answer) = Voice::greets_from(chat.addr, EVE, hello("Eve", &["lobby"])).await;
    let token = answer["token"].clone();
    let (mut said, began) = (0, Instant::now());
    for round in 0..5 {
        for number in 0..10 {
            said += usize::from(says(&mut eve, "lobby", &format!("{round}-{number}"), "hi").await.is_none());
        }
        let again = json!({"type": "hello", "token": token, "rooms": {"lobby": {}}});
        eve = Voice::opens_from(chat.addr, EVE).await;
        eve.says(again.clone()).await;
        while eve.hears_one_of(&["caught_up", "error"]).await["type"] == "error" {
            sleep(MS(700)).await;
            eve.says(again.clone()).await;
        }
    }
    let most = 20 + (2.0 * began.elapsed().as_secs_f64()) as usize;
    assert!((15..=most).contains(&said), "{said} messages of 50 in {:?}", began.elapsed());
    // Around this machine there is no such limit, as there is none of an address.
    let mut bob = Voice::joins(chat.addr, "Bob", "lobby").await;
    for number in 0..100 {
        assert_eq!(says(&mut bob, "lobby", &number.to_string(), "hi").await, None);
    }
}

#[tokio::test]
async fn users_of_one_address_share_its_rate_and_others_do_not() {
    let (_folder, chat) = chat(|limits| limits.address.rate = Some(Rate::new(10, 0.01)));
    let mut refused = None;
    let mut said = 0;
    for name in ["Eve", "Eva"] {
        let mut eve = joins_from(&chat, EVE, name, &["lobby"]).await;
        for number in 0..4 {
            eve.says(say("lobby", &number.to_string(), "hi")).await;
            let answer = eve.hears_one_of(&["receipt", "error"]).await;
            if answer["type"] == "receipt" { said += 1 } else { refused = Some(answer) }
        }
    }
    let refused = refused.expect("it is too much");
    assert!(said <= 6 && refused["code"] == "slow_down", "{said}: {refused}");
    assert!(refused["text"].as_str().unwrap().contains("everyone in your network"), "{refused}");
    // To come anew is no way past it, nor are plain lines.
    for path in ["/ws", "/ws/tea"] {
        let refused = handshakes(&chat, EVE, path).await;
        assert!(
            refused.status == 429 && refused.body.contains("just now"),
            "{} {}",
            refused.status,
            refused.body
        );
    }
    let mut ada = joins_from(&chat, ADA, "Ada", &["lobby"]).await;
    assert_eq!(says(&mut ada, "lobby", "a", "hi").await, None);
}

#[tokio::test]
async fn plain_lines_are_paid_for_by_their_address_over_all_connections() {
    let (_folder, chat) = chat(|limits| limits.address.rate = Some(Rate::new(20, 0.01)));
    let line = format!("X-Forwarded-For: {EVE}\r\n");
    let (mut said, mut is_closed) = (0, false);
    for _ in 0..3 {
        let (mut plain, _) = Socket::asks(TcpStream::connect(chat.addr).await.unwrap(), &line).await;
        for number in 0..8 {
            plain.says(&number.to_string()).await;
            match plain.next().await {
                Heard::Text(_) => said += 1,
                Heard::Close(Some(4029), reason) => {
                    assert!(reason.contains("from your network"), "{reason}");
                    is_closed = true;
                    break;
                }
                other => panic!("{other:?}"),
            }
        }
        if is_closed {
            break;
        }
    }
    assert!(is_closed && said <= 17, "{said}");
}

#[tokio::test]
async fn rooms_are_counted_by_who_makes_them_and_a_room_that_is_there_costs_none() {
    let (folder, chat) = chat(|limits| limits.address.rooms = Some(Rate::new(2, 0.01)));
    let rooms = ["a", "b", "c", "d", "lobby"];
    let mut eve = joins_from(&chat, EVE, "Eve", &rooms).await;
    let mut eva = joins_from(&chat, EVE, "Eva", &rooms).await;
    let mut ada = joins_from(&chat, ADA, "Ada", &rooms).await;
    assert_eq!(says(&mut eve, "lobby", "1", "the lobby is made").await, None);
    assert_eq!(says(&mut eve, "a", "1", "one").await, None);
    assert_eq!(says(&mut eva, "a", "1", "hers as well").await, None);
    assert_eq!(says(&mut eva, "b", "1", "two").await, None);
    eve.says(say("c", "1", "three")).await;
    let error = eve.hears("error").await;
    assert_eq!((&error["code"], &error["cid"]), (&json!("address_rooms"), &json!("1")), "{error}");
    assert!(error["retry_after"].as_f64().unwrap() > 50.0, "{error}");
    eve.says(json!({"type": "topic", "room": "c", "text": "three"})).await;
    assert_eq!(eve.hears("error").await["code"], "address_rooms");
    assert_eq!(says(&mut ada, "c", "1", "another's room").await, None);
    assert_eq!(says(&mut eve, "c", "2", "in it").await, None, "it was made meanwhile");
    // A name is told in rooms in which something is; it makes none.
    eve.says(json!({"type": "name", "name": "Evelyn"})).await;
    eve.hears("named").await;
    drop((eve, eva, ada));
    chat.has_clients(0).await;
    assert_eq!(folder.rows("rooms"), 4);
    // Nobody was in it for a while: what is in it is known all the same, in both protocols.
    let mut eve = joins_from(&chat, EVE, "Eve again", &["c"]).await;
    assert_eq!(says(&mut eve, "c", "3", "once more").await, None);
    drop(eve);
    chat.has_clients(0).await;
    let line = format!("X-Forwarded-For: {EVE}\r\n");
    let (mut plain, _) = Socket::asks_at(TcpStream::connect(chat.addr).await.unwrap(), "/ws/a", &line).await;
    plain.says("on plain lines").await;
    plain.hears("on plain lines").await;
    let (mut plain, _) = Socket::asks_at(TcpStream::connect(chat.addr).await.unwrap(), "/ws/e", &line).await;
    plain.says("a new room").await;
    assert!(plain.is_closed_with(4029).await.contains("new rooms"));
    assert_eq!(folder.rows("rooms"), 4);
}

#[tokio::test]
async fn bytes_of_an_address_come_back_and_deleting_is_never_too_much() {
    // At once, 1,041 bytes; then one in a tenth of a second.
    let (_folder, chat) = chat(|limits| limits.address.bytes = Some(100_000));
    let mut eve = joins_from(&chat, EVE, "Eve", &["lobby"]).await;
    let text = "x".repeat(500);
    assert_eq!(says(&mut eve, "lobby", "1", &text).await, None);
    assert_eq!(says(&mut eve, "lobby", "2", &text).await, None, "what is begun is owed");
    eve.says(say("lobby", "3", "x")).await;
    let error = eve.hears("error").await;
    assert_eq!(error["code"], "address_bytes", "{error}");
    let wait = error["retry_after"].as_f64().unwrap();
    assert!(wait > 60.0 && wait < 200.0, "{error}");
    eve.says(json!({"type": "history", "room": "lobby", "limit": 1})).await;
    let seq = eve.hears("page").await["entries"][0]["seq"].clone();
    eve.says(json!({"type": "delete", "room": "lobby", "seq": seq, "cid": "4"})).await;
    assert_eq!(eve.hears_one_of(&["receipt", "error"]).await["type"], "receipt");
    let mut ada = joins_from(&chat, ADA, "Ada", &["lobby"]).await;
    assert_eq!(says(&mut ada, "lobby", "1", &text).await, None);
}

/// Forty people with two tabs each, who come at once, say something, and load the page anew, twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn class_of_forty_behind_one_address_never_meets_a_limit() {
    let (_folder, chat) = chat(|_| {});
    let addr = chat.addr;
    let pupils: Vec<_> = (0..40)
        .map(|number| {
            tokio::spawn(async move {
                let mut refusals = Vec::new();
                let name = format!("Pupil {number}");
                let load = async |hello: Value, refusals: &mut Vec<Value>| {
                    let mut tab = Voice::opens_from(addr, SCHOOL).await;
                    tab.says(hello).await;
                    let answer = tab.hears_one_of(&["hello", "error"]).await;
                    if answer["type"] == "error" {
                        refusals.push(answer.clone());
                        return (tab, answer);
                    }
                    tab.hears("caught_up").await;
                    tab.says(json!({"type": "rooms"})).await;
                    tab.hears_one_of(&["rooms", "error"]).await;
                    (tab, answer)
                };
                let (mut tab, answer) = load(hello(&name, &["class"]), &mut refusals).await;
                let again = json!({"type": "hello", "token": answer["token"], "rooms": {"class": {}}});
                let (mut other, _) = load(again.clone(), &mut refusals).await;
                for turn in 0..3 {
                    sleep(MS(300)).await;
                    tab.says(json!({"type": "typing", "room": "class"})).await;
                    tab.says(say("class", &turn.to_string(), "What did you get for number four?")).await;
                    let receipt = tab.hears_one_of(&["receipt", "error"]).await;
                    for tab in [&mut tab, &mut other] {
                        tab.says(json!({"type": "read", "room": "class", "seq": receipt["seq"]})).await;
                    }
                    if turn < 2 {
                        (tab, _) = load(again.clone(), &mut refusals).await;
                        (other, _) = load(again.clone(), &mut refusals).await;
                    }
                }
                refusals.extend(tab.has_not_heard().await);
                refusals.extend(other.has_not_heard().await);
                refusals.retain(|line| LIMITS.iter().any(|code| line["code"] == *code));
                refusals
            })
        })
        .collect();
    for pupil in pupils {
        let refusals = pupil.await.unwrap();
        assert!(refusals.is_empty(), "{refusals:?}");
    }
    let (_, last) = Voice::greets_from(addr, SCHOOL, hello("Teacher", &["class"])).await;
    assert_eq!(last["type"], "hello", "{last}");
}

/// What one of the visitor's connections does.
#[derive(Debug, Clone, Copy)]
enum Deed {
    /// Says the longest texts of signs of four bytes.
    Talks,
    /// Says something in a room that is not there yet.
    MakesRooms,
    /// Takes another name in as many rooms that are not there yet as it may be in.
    TakesNames,
}

/// One of the people that the visitor has become.
struct Eve {
    token: Value,
    voice: Voice,
}

impl Eve {
    /// Comes as who the token is, or as somebody new; none where that is refused.
    async fn comes(addr: std::net::SocketAddr, token: Value, deed: Deed, turn: usize) -> Option<Self> {
        let rooms: Vec<String> = match deed {
            Deed::TakesNames => (0..60).map(|room| format!("n{turn}-{room}")).collect(),
            Deed::Talks | Deed::MakesRooms => vec!["lobby".into()],
        };
        let mut says = hello(&format!("Eve {turn}"), &rooms.iter().map(String::as_str).collect::<Vec<_>>());
        says["token"] = token;
        let mut voice = Voice::tries_from(addr, EVE).await?;
        voice.says(says).await;
        let answer = voice.hears_or_ends(&["hello", "error"]).await?;
        (answer["type"] == "hello").then(|| Self { token: answer["token"].clone(), voice })
    }

    /// Does it once; gives the answer, or none when the server ends the connection.
    async fn does(&mut self, deed: Deed, turn: usize) -> Option<Value> {
        // No sign twice for long, so that the index has much to do.
        let sign = |at: usize| char::from_u32(0x20000 + ((turn * 4_001 + at * 7) % 40_000) as u32);
        let voice = &mut self.voice;
        match deed {
            Deed::Talks => {
                let text: String = (0..4_000).filter_map(sign).collect();
                voice.says(say("lobby", &turn.to_string(), &text)).await;
            }
            Deed::MakesRooms => {
                let room = format!("r{turn}");
                voice.says(json!({"type": "join", "room": room})).await;
                voice.hears_or_ends(&["caught_up", "error"]).await?;
                voice.says(say(&room, &turn.to_string(), "mine")).await;
            }
            Deed::TakesNames => voice.says(json!({"type": "name", "name": format!("Eva {turn}")})).await,
        }
        voice.hears_or_ends(&["receipt", "named", "error"]).await
    }
}

/// One visitor from one address does all that it can for so long. Whenever it is refused something, it goes on as somebody new if
/// it may, or else as another of those that it is already. Gives how many people it has become.
async fn rages(addr: std::net::SocketAddr, time: Duration) -> usize {
    let until = Instant::now() + time;
    let deeds = [Deed::Talks, Deed::MakesRooms, Deed::TakesNames];
    let floods = (0..9).map(|number: usize| {
        let deed = deeds[number % deeds.len()];
        tokio::spawn(async move {
            let (mut eves, mut people, mut turn) = (Vec::new(), 0, number * 1_000_000);
            while Instant::now() < until {
                turn += 1;
                if let Some(eve) = Eve::comes(addr, Value::Null, deed, turn).await {
                    eves.push(eve);
                    people += 1;
                }
                for eve in std::mem::take(&mut eves) {
                    let mut eve = Some(eve);
                    while let Some(one) = &mut eve
                        && Instant::now() < until
                    {
                        turn += 1;
                        match one.does(deed, turn).await {
                            Some(answer) if answer["type"] == "error" => break,
                            Some(_) => {}
                            None => eve = Eve::comes(addr, one.token.clone(), deed, turn).await,
                        }
                    }
                    eves.extend(eve);
                }
            }
            people
        })
    });
    let mut people = 0;
    for flood in floods.collect::<Vec<_>>() {
        people += flood.await.unwrap();
    }
    people
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn visitor_at_full_speed_takes_little_of_the_disk_and_nothing_of_the_others() {
    let seconds = crate::model::setting("CHINWAG_RAGE_SECONDS").unwrap_or(4);
    let folder = Folder::new();
    let program = Program::start(&["--trusted-proxy", "127.0.0.1", "--data", folder.arg()]);
    let addr = program.addr;
    let (mut ada, _) = Voice::greets_from(addr, ADA, hello("Ada", &["lobby"])).await;
    let rage = tokio::spawn(rages(addr, Duration::from_secs(seconds)));
    let (mut waits, began) = (Vec::new(), Instant::now());
    while began.elapsed() < Duration::from_secs(seconds) {
        let asked = Instant::now();
        ada.tells("lobby", &format!("message {}", waits.len())).await;
        waits.push(asked.elapsed());
        sleep(MS(600)).await;
    }
    let people = rage.await.unwrap();
    // The write-ahead log is cut when nothing is said.
    sleep(MS(7_000)).await;
    let disk: u64 =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
    let rooms = folder.rows("rooms");
    waits.sort();
    let (median, most) = (waits[waits.len() / 2], waits[waits.len() - 1]);
    println!(
        "{seconds} s: {people} people, {rooms} rooms, {disk} bytes; Ada waited {median:?}, at most {most:?}"
    );
    assert!(people < 60 && rooms < 30 && disk < 5_000_000, "{people} people, {rooms} rooms, {disk} bytes");
    // On a machine that is busy with other tests as well.
    assert!(median < MS(1000), "{median:?}");
}
