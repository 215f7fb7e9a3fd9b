//! Tables of what is taken and what is refused, and in which words.

use super::*;
use crate::base::entry::{Kind, Mentions};
use crate::base::user::UserId;

#[track_caller]
fn taken(line: &str) -> Command {
    parse(line, 20).unwrap_or_else(|refusal| panic!("{line}: {}", refusal.error)).1
}

#[track_caller]
fn refused(line: &str, code: &str, words: &str) -> Refusal {
    let refusal = parse(line, 20).expect_err(line);
    assert_eq!(refusal.error.code().as_str(), code, "{line}: {}", refusal.error);
    assert!(
        refusal.error.to_string().contains(words),
        "{line}: {:?} without {words:?}",
        refusal.error.to_string()
    );
    refusal
}

#[test]
fn a_command_is_taken_with_its_values() {
    let lobby = RoomName::lobby();
    assert_eq!(
        taken(
            r#"{"type":"hello","rooms":{"garden":{"epoch":"e","since":7,"at":9},"lobby":{"epoch":"e","since":7},"tea":{}},"known":8}"#
        ),
        Command::Hello {
            token: None,
            link: None,
            invitation: None,
            password: None,
            device: None,
            name: None,
            rooms: vec![
                (
                    RoomName::parse("garden").expect("a name"),
                    Some(Cursor { at: Some(9), known: Some(8), ..Cursor::new("e", 7) })
                ),
                (lobby.clone(), Some(Cursor { known: Some(8), ..Cursor::new("e", 7) })),
                (RoomName::parse("tea").expect("a name"), None)
            ],
        }
    );
    assert_eq!(
        taken(r#"{"type":"say","room":"lobby","cid":"c1","text":" a\r\nb "}"#),
        Command::Append {
            room: lobby.clone(),
            content: Content::Message {
                text: "a\nb".into(),
                cid: Some("c1".into()),
                reply_to: None,
                mentions: Mentions::default(),
            },
            cid: Some("c1".into()),
            base: None
        }
    );
    let mentions: Mentions = [("Ada L.", UserId::new(7)), ("Bob", UserId::new(8))].into_iter().collect();
    assert_eq!(
        taken(
            r#"{"type":"edit","room":"lobby","seq":3,"text":"@Ada L.","mentions":{"Bob":"AAAAAAAAAAg","Ada L.":"AAAAAAAAAAc"},"base":9}"#
        ),
        Command::Append {
            room: lobby.clone(),
            content: Content::Edited { target: 3, text: "@Ada L.".into(), mentions },
            cid: None,
            base: Some(9)
        }
    );
    assert_eq!(
        taken(r#"{"type":"history","room":"lobby","after":3,"limit":2}"#),
        Command::History { room: lobby.clone(), thread: None, at: Anchor::After(3), limit: 2 }
    );
    assert_eq!(
        taken(r#"{"type":"history","room":"lobby","thread":7,"before":9,"limit":2}"#),
        Command::History { room: lobby, thread: Some(7), at: Anchor::Before(9), limit: 2 }
    );
    assert_eq!(taken(r#" {"type":"ping"} "#), Command::Ping);
    for (said, title) in [(" \\u0001茶\\tとお菓子 ", "茶 とお菓子"), ("", ""), ("\\u200b\\u00ad", "")]
    {
        let room = format!(r#"{{"type":"room","room":"lobby","title":"{said}","listed":false}}"#);
        let content = Content::Room { title: title.into(), listed: false };
        assert_eq!(taken(&room), Command::Append { room: RoomName::lobby(), content, cid: None, base: None });
    }
    assert_eq!(
        taken(r#"{"type":"directory","after":"lobby","query":" Tea ","limit":5}"#),
        Command::Directory { after: Some(RoomName::lobby()), query: "Tea".into(), limit: 5 }
    );
    assert_eq!(
        taken(r#"{"type":"directory"}"#),
        Command::Directory { after: None, query: "".into(), limit: DIRECTORY_ROOMS }
    );
    let cid = Some("c2".into());
    assert_eq!(
        taken(r#"{"type":"delete","room":"lobby","seq":3,"cid":"c2"}"#),
        Command::Append { room: RoomName::lobby(), content: Content::Deleted { target: 3 }, cid, base: None }
    );
    for emoji in ["👍", "👩‍👩‍👧‍👦", "🏳️‍🌈", "❤️", "1️⃣"] {
        taken(&format!(r#"{{"type":"react","room":"lobby","seq":1,"emoji":"{emoji}","on":true}}"#));
    }
}

#[test]
fn refusal_says_what_was_wrong_and_what_is_allowed() {
    refused("", "bad_json", "JSON object");
    refused("hi", "bad_json", "JSON object");
    refused("{", "bad_json", "JSON object");
    refused("[]", "bad_value", "struct");
    refused(r#"{"type":7}"#, "bad_value", "string");
    refused(r#"{"room":"lobby"}"#, "bad_value", "`type`");
    refused(
        r#"{"type":"shout"}"#,
        "unknown_type",
        "no such type; it is one of: hello, join, leave, say, edit, delete, react, reactions, topic, room, name, face, typing, read, history, \
         search, directory, keep, rooms, link, private_link, devices, end_device, person, role, mute, ban, ban_addresses, address_bans, clear, door, invite, invitations, end_invitation, members, audit, direct, private, part, private_rooms, room_rules, report, ping",
    );
    refused(r#"{"type":"ping","loud":true}"#, "bad_value", "unknown field `loud`");
    refused(r#"{"type":"leave"}"#, "bad_value", "missing field `room`");
    refused(r#"{"type":"leave","room":"lobby","room":"tea"}"#, "bad_value", "duplicate field `room`");
    refused(r#"{"type":"leave","room":"The Lobby"}"#, "bad_room", "a-z 0-9");
    refused(r#"{"type":"join","room":"lobby","since":3}"#, "bad_value", "go together");
    refused(r#"{"type":"join","room":"lobby","at":3}"#, "bad_value", "go together");
    refused(r#"{"type":"join","room":"lobby","epoch":"e","since":-3}"#, "bad_value", "u64");
    refused(r#"{"type":"say","room":"lobby","cid":"c","text":" \n "}"#, "empty", "needs a text");
    refused(r#"{"type":"say","room":"lobby","cid":"","text":"hi"}"#, "bad_value", "1 to 64");
    refused(r#"{"type":"react","room":"lobby","seq":1,"emoji":"ok","on":true}"#, "bad_value", "one emoji");
    refused(r#"{"type":"react","room":"lobby","seq":1,"emoji":"","on":true}"#, "bad_value", "one emoji");
    refused(r#"{"type":"history","room":"lobby","before":1,"after":2}"#, "bad_value", "one of");
    refused(r#"{"type":"history","room":"lobby","limit":101}"#, "bad_value", "1 to 100");
    refused(r#"{"type":"search","query":"x","limit":0}"#, "bad_value", "1 to 50");
    refused(r#"{"type":"directory","limit":101}"#, "bad_value", "1 to 100");
    refused(r#"{"type":"directory","after":"The Lobby"}"#, "bad_room", "a-z 0-9");
    refused(r#"{"type":"room","room":"lobby","title":"Tea"}"#, "bad_value", "missing field `listed`");
    let title = "茶".repeat(65);
    let line = format!(r#"{{"type":"room","room":"lobby","title":"{title}","listed":true}}"#);
    refused(&line, "too_long", "a title of 65 characters; at most 64");
    refused(r#"{"type":"name","name":"\u202e"}"#, "bad_name", "1 to 32");
    refused(&format!("{{\"type\":\"hello\",\"rooms\":{}", "[".repeat(100_000)), "bad_json", "levels");
}

#[test]
fn every_change_takes_a_cid_by_the_rules_of_says_or_none() {
    for (kind, rest) in [
        ("edit", r#""seq":1,"text":"hi""#),
        ("delete", r#""seq":1"#),
        ("react", r#""seq":1,"emoji":"👍","on":true"#),
        ("topic", r#""text":"hi""#),
        ("room", r#""title":"hi","listed":true"#),
    ] {
        let line = |cid: &str| format!(r#"{{"type":"{kind}","room":"lobby",{rest}{cid}}}"#);
        assert_eq!(taken(&line("")).cid(), None);
        assert_eq!(taken(&line(r#","cid":"c7""#)).cid(), Some("c7"));
        refused(&line(r#","cid":"""#), "bad_value", "1 to 64");
        refused(&line(r#","cid":"a b""#), "bad_value", "visible ASCII");
        refused(&line(r#","cid":7"#), "bad_value", "string");
    }
    refused(r#"{"type":"read","room":"lobby","seq":1,"cid":"c7"}"#, "bad_value", "unknown field `cid`");
}

#[test]
fn mentions_are_at_most_twenty_names_with_the_id_of_a_person_each() {
    for rest in [r#""type":"say","cid":"c","text":"hi""#, r#""type":"edit","seq":1,"text":"hi""#] {
        let line = |mentions: &str| format!(r#"{{"room":"lobby",{rest},"mentions":{mentions}}}"#);
        let names = |count: u64| {
            let pairs: Vec<_> = (0..count).map(|n| format!(r#""name {n}":"AAAAAAAAAAc""#)).collect();
            line(&format!("{{{}}}", pairs.join(",")))
        };
        for fine in [names(0), names(20), line("null")] {
            taken(&fine);
        }
        refused(&names(21), "bad_value", "'mentions' has 21 names; at most 20 are allowed");
        refused(&line(r#"{"Ada":"ada"}"#), "bad_value", "the id of a person for each name; 'ada' is none");
        refused(&line(r#"{"Ada":7}"#), "bad_value", "expected a string");
        refused(&line(r#"["AAAAAAAAAAc"]"#), "bad_value", "expected a map");
    }
}

#[test]
fn a_refusal_names_the_command_and_its_cid() {
    let long = "x".repeat(21);
    let refusal =
        refused(&format!(r#"{{"type":"say","room":"lobby","cid":"c9","text":"{long}"}}"#), "too_long", "21");
    assert_eq!((refusal.command.as_deref(), refusal.cid.as_deref()), (Some("say"), Some("c9")));
}

/// Checks that the protocol's page has a line of this type, sent (`>`) or received (`<`).
#[track_caller]
fn check_example(direction: &str, name: &str) {
    let page = include_str!("../../../../docs/PROTOCOL.md");
    let example = format!("{direction} {{\"type\":\"{name}\"");
    assert!(page.contains(&example), "docs/PROTOCOL.md has no example of {name}");
}

#[test]
fn each_command_is_in_an_example_of_the_protocols_page() {
    for name in CommandName::ALL {
        check_example(">", name.as_str());
    }
}

#[test]
fn each_kind_of_entry_is_in_an_example_of_the_protocols_page() {
    for kind in Kind::ALL {
        check_example("<", kind.as_str());
    }
}
