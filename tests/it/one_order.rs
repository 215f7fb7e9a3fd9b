//! Many who talk at once, some of whom stall: one order for all, nothing lost, nothing twice, or a close
//! that says so.

use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::chat::Chat;
use crate::socket::{Heard, Socket};

/// What one of them does.
#[derive(Debug, Clone)]
struct Person {
    says: Vec<usize>,
    stalls_before: Option<usize>,
}

fn person() -> impl Strategy<Value = Person> {
    // A text that ends with its colon would be heard with its speaker before it.
    let says = prop::collection::vec(1..500usize, 0..60);
    (says, prop::option::weighted(0.3, 0..60usize))
        .prop_map(|(says, stalls_before)| Person { says, stalls_before })
}

/// Talks and listens until `total` messages are heard, or it is closed as too slow; gives what it heard.
async fn takes_part(mut socket: Socket, who: usize, person: Person, total: usize) -> Vec<String> {
    let mut heard: Vec<String> = Vec::new();
    for (turn, len) in person.says.iter().enumerate() {
        if person.stalls_before == Some(turn) {
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        socket.says(&format!("{who}:{turn}:{}", "x".repeat(*len))).await;
    }
    while heard.len() < total {
        match socket.next().await {
            Heard::Text(text) => heard.extend(text.split('\n').map(str::to_owned)),
            Heard::Close(Some(4008), _) => return heard,
            other => panic!("{who} got {other:?}"),
        }
    }
    heard
}

fn check(people: &[Person], heard: &[Vec<String>]) -> Result<(), TestCaseError> {
    let total: usize = people.iter().map(|person| person.says.len()).sum();
    let longest = heard.iter().max_by_key(|lines| lines.len()).expect("somebody");
    prop_assert_eq!(longest.len(), total, "somebody heard all");
    for lines in heard {
        prop_assert_eq!(&lines[..], &longest[..lines.len()], "one order, without a hole");
    }
    for (who, person) in people.iter().enumerate() {
        let own: Vec<&String> = longest.iter().filter(|line| line.starts_with(&format!("{who}:"))).collect();
        let said = person.says.iter().enumerate();
        let said: Vec<String> =
            said.map(|(turn, len)| format!("{who}:{turn}:{}", "x".repeat(*len))).collect();
        prop_assert_eq!(own, said.iter().collect::<Vec<_>>(), "in the order of its sender, each once");
    }
    Ok(())
}

#[test]
fn all_hear_one_order_nothing_is_lost_and_nothing_is_heard_twice() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    // The seed of a failure is printed, and its case is made small.
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let people = prop::collection::vec(person(), 2..12);
    let told = runner.run(&people, |people| {
        let heard = runtime.block_on(async {
            let chat = Chat::open();
            let total = people.iter().map(|person| person.says.len()).sum();
            let mut sockets = Vec::new();
            for _ in &people {
                sockets.push(chat.joins().await);
            }
            let all = sockets.into_iter().zip(people.clone()).enumerate();
            let all = all.map(|(who, (socket, person))| tokio::spawn(takes_part(socket, who, person, total)));
            futures_util::future::join_all(all).await
        });
        let heard: Vec<Vec<String>> = heard.into_iter().map(Result::unwrap).collect();
        check(&people, &heard)
    });
    if let Err(error) = told {
        panic!("{error}");
    }
}
