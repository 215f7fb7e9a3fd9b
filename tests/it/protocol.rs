//! The conversations of docs/PROTOCOL.md, run as they stand there.

use std::collections::{BTreeMap, HashMap};

use chinwag::{SqliteLog, StoreOptions};
use serde_json::Value;
use tokio::net::TcpStream;

use crate::accounts;
use crate::program::{Folder, Program};
use crate::voice::Voice;

/// What differs from run to run: compared by being the same wherever the page has the same.
const OTHER_EACH_TIME: [&str; 14] = [
    "id",
    "token",
    "link",
    "private_link",
    "epoch",
    "at",
    "seen",
    "edited",
    "version",
    "maker",
    "last",
    "code",
    "until",
    "muted",
];

/// The page's words for what differs, and this run's.
#[derive(Default)]
struct Words(HashMap<String, Value>);

impl Words {
    fn same(&mut self, page: &Value, heard: &Value) -> bool {
        match (page, heard) {
            (Value::Object(page), Value::Object(heard)) => {
                page.len() == heard.len()
                    && page.iter().all(|(key, page)| match heard.get(key) {
                        None => false,
                        Some(heard) if OTHER_EACH_TIME.contains(&key.as_str()) => self.is_known(page, heard),
                        // The server makes the names of private rooms.
                        Some(heard) if page.as_str().is_some_and(|page| page.starts_with("__")) => {
                            self.is_known(page, heard)
                        }
                        // Names, with an id each.
                        Some(Value::Object(heard)) if key == "mentions" => {
                            let page = page.as_object().unwrap();
                            page.len() == heard.len()
                                && page.iter().all(|(name, page)| {
                                    heard.get(name).is_some_and(|heard| self.is_known(page, heard))
                                })
                        }
                        Some(heard) => self.same(page, heard),
                    })
            }
            // Who is here has no order.
            (Value::Array(page), Value::Array(heard)) => {
                page.len() == heard.len()
                    && page.iter().all(|page| heard.iter().any(|heard| self.same(page, heard)))
            }
            _ => page == heard,
        }
    }

    fn is_known(&mut self, page: &Value, heard: &Value) -> bool {
        let known = self.0.entry(page.to_string()).or_insert_with(|| heard.clone());
        known == heard
    }

    /// What a client sends, with this run's words in it.
    fn said(&self, line: &str) -> String {
        self.0.iter().fold(line.to_owned(), |line, (page, run)| line.replace(page, &run.to_string()))
    }
}

/// Who answers: the program, or an application in which every client has an account.
enum Server {
    Program(Program),
    Application(accounts::App),
}

impl Server {
    async fn voice(&self, who: &str) -> Voice {
        let app = match self {
            Self::Program(program) => return Voice::opens(program.addr, "/ws").await,
            Self::Application(app) => app,
        };
        let name = format!("{}{}", who[..1].to_uppercase(), &who[1..]);
        let stream = TcpStream::connect(app.addr).await.unwrap();
        Voice::on_with(stream, "/chat/ws", &format!("x-id: {who}\r\nx-name: {name}\r\n")).await
    }
}

async fn run(server: &Server, conversation: &str) {
    run_with(server, conversation, Words::default()).await;
}

async fn run_with(server: &Server, conversation: &str, mut words: Words) {
    let mut voices = BTreeMap::<&str, Voice>::new();
    for line in conversation.lines() {
        let (who, rest) = line.split_at(line.find(['<', '>']).expect("a client, and a direction"));
        if !voices.contains_key(who) {
            voices.insert(who, server.voice(who).await);
        }
        let voice = voices.get_mut(who).unwrap();
        let (direction, text) = rest.split_at(1);
        let text = text.trim();
        if direction == ">" {
            voice.says_line(&words.said(text)).await;
        } else {
            let page: Value = serde_json::from_str(text).unwrap();
            let heard = voice.hears(page["type"].as_str().unwrap()).await;
            assert!(words.same(&page, &heard), "the page says\n{page}\n{who} heard\n{heard}");
            if ["ended", "banned"].iter().any(|code| page["code"] == *code) && page["command"].is_null() {
                voice.socket.is_closed_with(4003).await;
                voices.remove(who);
            }
        }
    }
    for (who, mut voice) in voices {
        let rest = voice.has_not_heard().await;
        let rest: Vec<_> =
            rest.iter().filter(|line| line["type"] != "people" && line["type"] != "joined").collect();
        assert!(rest.is_empty(), "{who} heard what the page does not have: {rest:?}");
    }
}

#[tokio::test]
async fn the_conversations_of_the_protocols_page_are_as_they_stand_there() {
    let page = include_str!("../../docs/PROTOCOL.md");
    let conversations: Vec<&str> =
        page.split("```conversation\n").skip(1).map(|rest| rest.split("\n```").next().unwrap()).collect();
    assert_eq!(conversations.len(), 14);
    for conversation in conversations {
        run(&Server::Program(Program::start(&[])), conversation).await;
    }
    let of_accounts =
        page.split("```conversation of accounts\n").nth(1).unwrap().split("\n```").next().unwrap();
    let folder = Folder::new();
    let log = SqliteLog::open(folder.path(), &StoreOptions::default()).unwrap();
    run(&Server::Application(accounts::serves(log).await), of_accounts).await;
    let of_owners: Vec<&str> = page.split("```conversation of an owner\n").skip(1).collect();
    assert_eq!(of_owners.len(), 3);
    for rest in of_owners {
        let of_an_owner = rest.split("\n```").next().unwrap();
        let folder = Folder::new();
        let program = Program::start(&["--data", folder.arg()]);
        let mut words = Words::default();
        let code = |line: &str| {
            line.split_once("\"invitation\":").map(|(_, rest)| rest.split(',').next().unwrap().to_owned())
        };
        words.0.insert(of_an_owner.lines().find_map(code).unwrap(), program.owner_code().into());
        run_with(&Server::Program(program), of_an_owner, words).await;
    }
    // Every event has an example; that every command has one is a unit test beside their list.
    let events = "hello joined message edited deleted reacted topic renamed caught_up receipt people typing read named face \
                  page found reactions room directory rooms kept link linked private_link devices standing door \
                  person cleared address_bans invitation invitations members audit private_room private_rooms parted room_rules reported pong error";
    for kind in events.split_whitespace() {
        let example = format!("< {{\"type\":\"{kind}\"");
        assert!(page.contains(&example), "there is no example of {example}");
    }
}
