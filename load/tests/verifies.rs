//! The load generator against a small chat server that can be told to do one thing wrong.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

/// The message, counted in the room, with which the server does its one wrong thing.
const WRONG_MESSAGE: u64 = 100;

/// What the server does wrong, to one client that only listens.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Wrong {
    Nothing,
    Drops,
    Doubles,
    /// Sends a message after the one that follows it.
    Swaps,
    /// Sends a message after the next one of the same sender.
    Delays,
    Alters,
    Masks,
    CutsOff,
}

#[derive(Debug)]
struct Member {
    number: usize,
    stream: TcpStream,
    has_spoken: bool,
}

#[derive(Debug)]
struct Room {
    wrong: Wrong,
    messages: u64,
    joined: usize,
    members: Vec<Member>,
    victim: Option<usize>,
    /// What the victim has not been sent yet.
    held: Option<Vec<u8>>,
}

impl Room {
    fn join(&mut self, stream: TcpStream) -> usize {
        self.joined += 1;
        self.members.push(Member { number: self.joined, stream, has_spoken: false });
        self.joined
    }

    fn leave(&mut self, number: usize) {
        self.members.retain(|member| member.number != number);
    }

    fn broadcast(&mut self, speaker: usize, text: &[u8]) {
        self.messages += 1;
        for member in self.members.iter_mut().filter(|member| member.number == speaker) {
            member.has_spoken = true;
        }
        let now = self.messages == WRONG_MESSAGE;
        if now {
            self.victim = self.members.iter().find(|member| !member.has_spoken).map(|member| member.number);
        }
        for member in &mut self.members {
            let stream = &mut member.stream;
            // A client that is gone is taken out by its own thread.
            let _ = if self.victim != Some(member.number) {
                send(stream, text)
            } else if now {
                match self.wrong {
                    Wrong::Nothing => send(stream, text),
                    Wrong::Drops => Ok(()),
                    Wrong::Doubles => send(stream, text).and_then(|()| send(stream, text)),
                    Wrong::Swaps | Wrong::Delays => {
                        self.held = Some(text.to_vec());
                        Ok(())
                    }
                    Wrong::Alters => send(stream, &[&text[..text.len() - 1], b"!"].concat()),
                    Wrong::Masks => stream.write_all(&[0x81, 0x80, 1, 2, 3, 4]),
                    Wrong::CutsOff => stream.shutdown(Shutdown::Both),
                }
            } else {
                let sent = send(stream, text);
                let due = |held: &mut Vec<u8>| self.wrong == Wrong::Swaps || held[..8] == text[..8];
                match self.held.take_if(due) {
                    Some(held) => sent.and_then(|()| send(stream, &held)),
                    None => sent,
                }
            };
        }
    }
}

fn send(stream: &mut TcpStream, text: &[u8]) -> io::Result<()> {
    let length = u8::try_from(text.len()).expect("the tests' messages are short");
    stream.write_all(&[&[0x81, length], text].concat())
}

/// Starts a server on a port of its own. Its threads end with the test's process.
fn serve(wrong: Wrong) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a bound listener has an address");
    let (messages, joined, members, victim, held) = (0, 0, Vec::new(), None, None);
    let room = Arc::new(Mutex::new(Room { wrong, messages, joined, members, victim, held }));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let room = Arc::clone(&room);
            thread::spawn(move || attend(stream, &room));
        }
    });
    address
}

/// One connection: the handshake, then whatever comes until a close frame.
fn attend(mut stream: TcpStream, room: &Mutex<Room>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    stream.write_all(
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
          Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
    )?;
    let number = room.lock().expect("no thread panics").join(stream.try_clone()?);
    let end = converse(number, &mut stream, room);
    room.lock().expect("no thread panics").leave(number);
    stream.write_all(&[0x88, 0])?;
    end
}

fn converse(number: usize, stream: &mut TcpStream, room: &Mutex<Room>) -> io::Result<()> {
    loop {
        let mut header = [0; 6];
        stream.read_exact(&mut header)?;
        let (mask, mut payload) = (&header[2..], vec![0; usize::from(header[1] & 0x7f)]);
        stream.read_exact(&mut payload)?;
        payload.iter_mut().zip(mask.iter().cycle()).for_each(|(byte, mask)| *byte ^= mask);
        match header[0] {
            0x81 => room.lock().expect("no thread panics").broadcast(number, &payload),
            0x88 => return Ok(()),
            _ => {}
        }
    }
}

/// Has the generator talk to a server that does `wrong`, and gives its exit code and its JSON.
fn talk(wrong: Wrong) -> (Option<i32>, String) {
    let url = format!("ws://{}/ws", serve(wrong));
    let output = Command::new(env!("CARGO_BIN_EXE_chinwag-load"))
        .args(["fanout", "--json", "--url", &url, "--clients", "5", "--in-flight", "3"])
        .args(["--seconds", "0.3", "--warmup", "0"])
        .output()
        .expect("the generator runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    (output.status.code(), String::from_utf8(output.stdout).expect("JSON is UTF-8"))
}

/// A figure in the generator's JSON.
#[track_caller]
fn figure(json: &str, key: &str) -> f64 {
    let (_, rest) = json.split_once(&format!("\"{key}\":")).expect("the figure is there");
    let end = rest.find([',', '}']).expect("a figure ends");
    rest[..end].parse().expect("a figure is a number")
}

/// Expects the generator to find nothing wrong but one `fault`.
///
/// When the client that was treated wrong happens to hear first, its order is the one that the others
/// differ from: that they do is no part of what is expected here.
#[track_caller]
fn check(wrong: Wrong, fault: &str) {
    let (code, json) = talk(wrong);
    assert_eq!(code, Some(3), "{json}");
    for key in ["missing", "doubled", "late", "foreign", "violations"] {
        assert_eq!(figure(&json, key), f64::from(u8::from(key == fault)), "{key} in {json}");
    }
}

#[test]
fn a_right_server_passes() {
    let (code, json) = talk(Wrong::Nothing);
    assert_eq!(code, Some(0), "{json}");
    assert!(figure(&json, "deliveries") > 5.0 * WRONG_MESSAGE as f64, "{json}");
    assert_eq!((figure(&json, "cut"), figure(&json, "other_order")), (0.0, 0.0), "{json}");
    assert_eq!(figure(&json, "messages_per_frame"), 1.0, "{json}");
}

#[test]
fn a_dropped_message_is_missed() {
    check(Wrong::Drops, "missing");
}

#[test]
fn a_doubled_message_is_noticed() {
    check(Wrong::Doubles, "doubled");
}

#[test]
fn two_messages_of_one_sender_in_the_wrong_order_are_noticed() {
    check(Wrong::Delays, "late");
}

#[test]
fn two_senders_in_another_order_for_one_client_are_noticed() {
    let (code, json) = talk(Wrong::Swaps);
    assert_eq!(code, Some(3), "{json}");
    // The next message may happen to be the same sender's: then one of them is late.
    assert!(figure(&json, "other_order") + figure(&json, "late") >= 1.0, "{json}");
    assert_eq!((figure(&json, "missing"), figure(&json, "doubled")), (0.0, 0.0), "{json}");
}

#[test]
fn a_message_that_nobody_sent_is_noticed_and_the_one_in_its_place_missed() {
    let (code, json) = talk(Wrong::Alters);
    assert_eq!(code, Some(3), "{json}");
    assert_eq!((figure(&json, "foreign"), figure(&json, "missing")), (1.0, 1.0), "{json}");
}

#[test]
fn a_frame_against_the_protocol_is_noticed() {
    check(Wrong::Masks, "violations");
}

#[test]
fn a_client_that_is_cut_off_is_counted_and_is_no_fault() {
    let (code, json) = talk(Wrong::CutsOff);
    assert_eq!(code, Some(0), "{json}");
    assert_eq!(figure(&json, "cut"), 1.0, "{json}");
    assert!(json.contains(r#""cut_codes":{"1006":1}"#), "{json}");
}
