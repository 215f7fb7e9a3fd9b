//! The conversations of docs/PROTOCOL.md, run as they stand there.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::program::Program;
use crate::voice::Voice;

/// What differs from run to run: compared by being the same wherever the page has the same.
const OTHER_EACH_TIME: [&str; 6] = ["id", "token", "epoch", "at", "edited", "version"];

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
                        Some(heard) if OTHER_EACH_TIME.contains(&key.as_str()) => {
                            let known = self.0.entry(page.to_string()).or_insert_with(|| heard.clone());
                            known == heard
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

    /// What a client sends, with this run's words in it.
    fn said(&self, line: &str) -> String {
        self.0.iter().fold(line.to_owned(), |line, (page, run)| line.replace(page, &run.to_string()))
    }
}

async fn run(conversation: &str) {
    let program = Program::start(&[]);
    let (mut voices, mut words) = (BTreeMap::<&str, Voice>::new(), Words::default());
    for line in conversation.lines() {
        let (who, rest) = line.split_at(line.find(['<', '>']).expect("a client, and a direction"));
        if !voices.contains_key(who) {
            voices.insert(who, Voice::opens(program.addr, "/ws").await);
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
    assert_eq!(conversations.len(), 6);
    for conversation in conversations {
        run(conversation).await;
    }
    // Every event has an example; that every command has one is a unit test beside their list.
    let events = "hello joined message edited deleted reacted topic renamed caught_up receipt people typing read named \
                  page found pong error";
    for kind in events.split_whitespace() {
        let example = format!("< {{\"type\":\"{kind}\"");
        assert!(page.contains(&example), "there is no example of {example}");
    }
}
