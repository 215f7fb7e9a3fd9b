//! A small chat server, in plain lines and in `chinwag.v1`, that can be told to do one thing wrong.

use serde_json::{Value, json};
use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// The message, counted in the chat, with which the server does its one wrong thing.
pub(crate) const WRONG_MESSAGE: u64 = 100;
/// The same among the clients that come back, and among the messages that this one has missed.
const WRONG_RETURN: usize = 3;
const WRONG_MISSED: usize = 4;
/// The same among the clients that go.
const WRONG_VISIT: usize = 7;

/// What the server does wrong, to one client that only listens, or comes back, or goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Wrong {
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
    /// Gives a message another number than the others hear.
    Renumbers,
    /// Acknowledges a message under another number.
    Misnumbers,
    /// Acknowledges a message to nobody.
    Forgets,
    /// Has a client begin anew that came back.
    Resets,
    /// Does not answer a close.
    Ignores,
}

#[derive(Debug)]
struct Member {
    number: usize,
    stream: TcpStream,
    /// None: it speaks plain lines, and there is one room for all who do.
    room: Option<String>,
    has_spoken: bool,
}

/// A message that was said: where, by whom (a count of eight digits), and as the members of its room hear it.
#[derive(Debug, Clone)]
struct Said {
    room: Option<String>,
    sender: Vec<u8>,
    line: Vec<u8>,
}

#[derive(Debug)]
struct Chat {
    wrong: Wrong,
    log: Vec<Said>,
    joined: usize,
    returned: usize,
    members: Vec<Member>,
    victim: Option<usize>,
    /// What the victim has not been sent yet.
    held: Option<Said>,
}

impl Chat {
    fn join(&mut self, stream: &TcpStream, room: Option<String>) -> io::Result<usize> {
        self.joined += 1;
        let stream = stream.try_clone()?;
        self.members.push(Member { number: self.joined, stream, room, has_spoken: false });
        Ok(self.joined)
    }

    fn leave(&mut self, number: usize) {
        self.members.retain(|member| member.number != number);
    }

    /// Answers a hello: the client joins a room, and is told what it has missed if it has been there.
    fn welcome(&mut self, stream: &mut TcpStream, hello: &Value) -> io::Result<usize> {
        let (room, cursor) =
            hello["rooms"].as_object().and_then(|rooms| rooms.iter().next()).expect("a room");
        let seq = self.log.len();
        let mut missed = Vec::new();
        if let Some(since) = cursor["since"].as_u64() {
            self.returned += 1;
            let after = self.log.iter().skip(since as usize);
            missed
                .extend(after.filter(|said| said.room.as_ref() == Some(room)).map(|said| said.line.clone()));
        }
        let is_wrong = !missed.is_empty() && self.returned == WRONG_RETURN;
        match self.wrong {
            Wrong::Drops if is_wrong => drop(missed.remove(WRONG_MISSED)),
            Wrong::Doubles if is_wrong => missed.insert(WRONG_MISSED, missed[WRONG_MISSED].clone()),
            Wrong::Delays if is_wrong => missed.swap(WRONG_MISSED, WRONG_MISSED + 1),
            _ => {}
        }
        let reset = cursor["since"].is_null() || is_wrong && self.wrong == Wrong::Resets;
        send(stream, &json!({ "type": "hello", "token": "t" }).to_string().into_bytes())?;
        let joined = json!({ "type": "joined", "room": room, "epoch": "e", "seq": seq, "reset": reset });
        send(stream, &joined.to_string().into_bytes())?;
        if !missed.is_empty() {
            send(stream, &missed.join(&b'\n'))?;
        }
        let number = self.join(stream, Some(room.clone()))?;
        let caught_up = json!({ "type": "caught_up", "room": room, "seq": seq });
        send(stream, &caught_up.to_string().into_bytes())?;
        Ok(number)
    }

    /// Takes a command that says something, and acknowledges it.
    fn say(&mut self, speaker: usize, stream: &mut TcpStream, say: &Value) -> io::Result<()> {
        let seq = self.log.len() + 1;
        let now = seq as u64 == WRONG_MESSAGE;
        let acknowledged = seq + usize::from(now && self.wrong == Wrong::Misnumbers);
        if !(now && self.wrong == Wrong::Forgets) {
            let receipt =
                json!({ "type": "receipt", "room": say["room"], "cid": say["cid"], "seq": acknowledged });
            send(stream, &receipt.to_string().into_bytes())?;
        }
        let room = say["room"].as_str().map(str::to_owned);
        let sender = say["cid"].as_str().expect("a cid").as_bytes()[..8].to_vec();
        self.broadcast(speaker, &Said { room, sender, line: message(say, seq) });
        Ok(())
    }

    fn broadcast(&mut self, speaker: usize, said: &Said) {
        self.log.push(said.clone());
        for member in self.members.iter_mut().filter(|member| member.number == speaker) {
            member.has_spoken = true;
        }
        let now = self.log.len() as u64 == WRONG_MESSAGE;
        if now {
            self.victim = self.members.iter().find(|member| !member.has_spoken).map(|member| member.number);
        }
        let line = &said.line;
        for member in self.members.iter_mut().filter(|member| member.room == said.room) {
            let stream = &mut member.stream;
            // A client that is gone is taken out by its own thread.
            let _ = if self.victim != Some(member.number) {
                send(stream, line)
            } else if now {
                match self.wrong {
                    Wrong::Drops => Ok(()),
                    Wrong::Doubles => send(stream, line).and_then(|()| send(stream, line)),
                    Wrong::Swaps | Wrong::Delays => {
                        self.held = Some(said.clone());
                        Ok(())
                    }
                    Wrong::Alters => send(stream, &[&line[..line.len() - 1], b"!"].concat()),
                    Wrong::Masks => stream.write_all(&[0x81, 0x80, 1, 2, 3, 4]),
                    Wrong::CutsOff => stream.shutdown(Shutdown::Both),
                    Wrong::Renumbers => {
                        let say = serde_json::from_slice(line).expect("our own JSON");
                        send(stream, &message(&say, self.log.len() + 1))
                    }
                    _ => send(stream, line),
                }
            } else {
                let sent = send(stream, line);
                let due = |held: &mut Said| self.wrong == Wrong::Swaps || held.sender == said.sender;
                match self.held.take_if(due) {
                    Some(held) => sent.and_then(|()| send(stream, &held.line)),
                    None => sent,
                }
            };
        }
    }
}

/// What everybody hears of something that was said.
fn message(say: &Value, seq: usize) -> Vec<u8> {
    let Value::Object(fields) = json!({
        "type": "message", "room": say["room"], "seq": seq, "text": say["text"], "cid": say["cid"],
    }) else {
        unreachable!("it is an object")
    };
    Value::Object(fields).to_string().into_bytes()
}

fn send(stream: &mut TcpStream, text: &[u8]) -> io::Result<()> {
    let header = match text.len() {
        short @ 0..=125 => vec![0x81, short as u8],
        long => {
            [&[0x81, 126][..], &u16::try_from(long).expect("the tests' messages are short").to_be_bytes()]
                .concat()
        }
    };
    stream.write_all(&[&header, text].concat())
}

/// Starts a server on a port of its own. Its threads end with the test's process.
pub(crate) fn serve(wrong: Wrong) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("a bound listener has an address");
    let (log, joined, returned, members, victim, held) = (Vec::new(), 0, 0, Vec::new(), None, None);
    let chat = Arc::new(Mutex::new(Chat { wrong, log, joined, returned, members, victim, held }));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let chat = Arc::clone(&chat);
            thread::spawn(move || attend(stream, &chat));
        }
    });
    address
}

/// One connection: the handshake, then whatever comes until a close frame.
fn attend(mut stream: TcpStream, chat: &Mutex<Chat>) -> io::Result<()> {
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
    let is_v1 = String::from_utf8_lossy(&head).contains("chinwag.v1");
    let number = if is_v1 {
        let hello = hear(&mut stream)?.expect("hello comes first");
        let hello = serde_json::from_slice(&hello).expect("the generator speaks JSON");
        chat.lock().expect("no thread panics").welcome(&mut stream, &hello)?
    } else {
        chat.lock().expect("no thread panics").join(&stream, None)?
    };
    let end = converse(number, is_v1, &mut stream, chat);
    chat.lock().expect("no thread panics").leave(number);
    if chat.lock().expect("no thread panics").wrong == Wrong::Ignores && number == WRONG_VISIT {
        thread::park();
    }
    stream.write_all(&[0x88, 0])?;
    end
}

fn converse(number: usize, is_v1: bool, stream: &mut TcpStream, chat: &Mutex<Chat>) -> io::Result<()> {
    while let Some(text) = hear(stream)? {
        let mut chat = chat.lock().expect("no thread panics");
        if is_v1 {
            let say = serde_json::from_slice(&text).expect("the generator speaks JSON");
            chat.say(number, stream, &say)?;
        } else {
            chat.broadcast(number, &Said { room: None, sender: text[..8].to_vec(), line: text });
        }
    }
    Ok(())
}

/// The next text message; none when a close frame has come.
fn hear(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    loop {
        let mut header = [0; 2];
        stream.read_exact(&mut header)?;
        let mut length = usize::from(header[1] & 0x7f);
        if length == 126 {
            let mut long = [0; 2];
            stream.read_exact(&mut long)?;
            length = usize::from(u16::from_be_bytes(long));
        }
        let (mut mask, mut payload) = ([0; 4], vec![0; length]);
        stream.read_exact(&mut mask)?;
        stream.read_exact(&mut payload)?;
        payload.iter_mut().zip(mask.iter().cycle()).for_each(|(byte, mask)| *byte ^= mask);
        match header[0] {
            0x81 => return Ok(Some(payload)),
            0x88 => return Ok(None),
            _ => {}
        }
    }
}
