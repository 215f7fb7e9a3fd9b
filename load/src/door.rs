//! The door: how a client gets from its handshake into its room. Who speaks plain lines is in; who speaks
//! `chinwag.v1` says hello, and is in when it has been told everything that is there.

use crate::target::{Protocol, Target};
use crate::v1::{self, Ear};
use serde_json::json;
use std::collections::HashMap;

/// Where clients of a target are let in.
#[derive(Debug)]
pub(crate) struct Door {
    pub(crate) target: Target,
    /// By client: those that said hello and are not in yet, with what they hear.
    entering: HashMap<usize, (Ear, Cursor)>,
    /// By client: those that were let in.
    cursors: HashMap<usize, Cursor>,
    comes_back: bool,
}

/// What a client needs to come back: who it is, and where it was in which log.
#[derive(Debug, Default)]
struct Cursor {
    token: String,
    epoch: String,
    seq: u64,
}

impl Door {
    pub(crate) fn new(target: Target) -> Self {
        Self { target, entering: HashMap::new(), cursors: HashMap::new(), comes_back: false }
    }

    /// From now on a client that was let in once comes back with its cursor. What it is told then is for whoever
    /// listens, not for the door.
    pub(crate) fn come_back(&mut self) {
        self.comes_back = true;
    }

    /// Client `id` is through the handshake; what it has to say first goes on `outbox`. Gives whether it is in.
    pub(crate) fn knock(&mut self, id: usize, outbox: &mut Vec<u8>) -> bool {
        if self.target.protocol == Protocol::Plain {
            return true;
        }
        let room = self.target.room_name(self.target.room_of(id));
        if let Some(Cursor { token, epoch, seq }) = self.cursors.get(&id).filter(|_| self.comes_back) {
            let rooms = json!({ room: { "epoch": epoch, "since": seq } });
            v1::push(outbox, &json!({ "type": "hello", "token": token, "rooms": rooms }));
            return true;
        }
        v1::push(outbox, &v1::hello(&[room]));
        self.entering.insert(id, Default::default());
        false
    }

    /// Client `id`, which is not in yet, heard a part of a text message; `last` ends it. Gives whether it is in now.
    ///
    /// # Errors
    ///
    /// The server's refusal, in words.
    pub(crate) fn hear(&mut self, id: usize, part: &[u8], last: bool) -> Result<bool, String> {
        let Some((ear, cursor)) = self.entering.get_mut(&id) else { return Ok(true) };
        for line in ear.hear(part, last) {
            match line.kind.as_str() {
                "hello" => cursor.token = line.token,
                "joined" => cursor.epoch = line.epoch,
                "caught_up" => {
                    cursor.seq = line.seq;
                    self.cursors.extend(self.entering.remove(&id).map(|(_, cursor)| (id, cursor)));
                    return Ok(true);
                }
                "error" => return Err(format!("hello was refused ({}): {}", line.code, line.text)),
                _ => {}
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::Door;
    use crate::target::Target;
    use crate::v1;
    use serde_json::json;

    fn door() -> Door {
        Door::new(Target::parse("ws://127.0.0.1/ws").expect("a good address").in_v1())
    }

    #[test]
    fn a_client_is_in_when_it_has_caught_up() {
        let (mut door, mut outbox) = (door(), Vec::new());
        assert!(!door.knock(7, &mut outbox) && !outbox.is_empty(), "it says hello first");
        let (begin, end) = (br#"{"type":"joined","seq":4}"#, br#"{"type":"caught_up","seq":4}"#);
        assert_eq!(door.hear(7, begin, true), Ok(false));
        assert_eq!(door.hear(7, &end[..9], false), Ok(false));
        assert_eq!(door.hear(7, &end[9..], true), Ok(true));
    }

    #[test]
    fn returning_client_sends_its_cursor_and_is_joined() {
        let (mut door, mut outbox, mut expected) = (door(), Vec::new(), Vec::new());
        door.knock(7, &mut outbox);
        let answer = br#"{"type":"hello","token":"t"}
{"type":"joined","epoch":"e","seq":4}
{"type":"caught_up","seq":4}"#;
        assert_eq!(door.hear(7, answer, true), Ok(true));
        door.come_back();
        outbox.clear();
        assert!(door.knock(7, &mut outbox));
        let hello =
            json!({ "type": "hello", "token": "t", "rooms": { "lobby": { "epoch": "e", "since": 4 } } });
        v1::push(&mut expected, &hello);
        assert_eq!(outbox, expected);
    }

    #[test]
    fn a_refusal_is_told() {
        let mut door = door();
        door.knock(7, &mut Vec::new());
        let refusal = door.hear(7, br#"{"type":"error","code":"bad_room","text":"no"}"#, true);
        assert_eq!(refusal, Err("hello was refused (bad_room): no".to_owned()));
    }

    #[test]
    fn plain_lines_have_no_door() {
        let mut door = Door::new(Target::parse("ws://127.0.0.1/ws").expect("a good address"));
        let mut outbox = Vec::new();
        assert!(door.knock(7, &mut outbox) && outbox.is_empty());
    }
}
