//! The decoder against frames built by hand, cut at every place.

use super::*;

const BOUNDS: Bounds = Bounds { message_bytes: 512, fragments: 64 };
const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];

/// A client's frame: first byte as given, payload masked.
fn sent(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    match payload.len() {
        n @ 0..126 => bytes.push(0x80 | n as u8),
        n => {
            bytes.push(0x80 | 126);
            bytes.extend_from_slice(&(n as u16).to_be_bytes());
        }
    }
    bytes.extend_from_slice(&MASK);
    bytes.extend(payload.iter().zip(MASK.iter().cycle()).map(|(b, m)| b ^ m));
    bytes
}

/// Everything a decoder says of these bytes, given to it in pieces of `piece` bytes, in words.
fn said(bytes: &[u8], piece: usize) -> Vec<String> {
    let mut decoder = Decoder::default();
    let mut words = Vec::new();
    for piece in bytes.chunks(piece) {
        let mut piece = piece.to_vec();
        let mut input = &mut piece[..];
        loop {
            match decoder.next(&mut input, BOUNDS) {
                Ok(None) => break,
                Ok(Some(Event::Message(m))) => {
                    let kind = if m.is_text { "text" } else { "binary" };
                    words.push(format!("{kind} {}", String::from_utf8_lossy(&m.payload)));
                }
                Ok(Some(Event::Ping(p))) => words.push(format!("ping {}", String::from_utf8_lossy(&p))),
                Ok(Some(Event::Pong)) => words.push("pong".into()),
                Ok(Some(Event::Close(f))) => words.push(format!("close {:?}", &f[2..])),
                Err(close) => {
                    words.push(format!("{} {}", close.code, close.reason));
                    return words;
                }
            }
        }
        assert!(input.is_empty(), "all was taken");
    }
    if decoder.is_partial() {
        words.push("partial".into());
    }
    words
}

#[track_caller]
fn check(bytes: &[u8], expected: &[&str]) {
    for piece in [bytes.len().max(1), 1, 2, 3, 7] {
        assert_eq!(said(bytes, piece), expected, "in pieces of {piece}");
    }
}

#[test]
fn messages_come_whole_however_they_are_cut() {
    check(&sent(0x81, b"hi"), &["text hi"]);
    check(&sent(0x82, b"hi"), &["binary hi"]);
    check(&sent(0x81, b""), &["text "]);
    check(&[sent(0x81, b"a"), sent(0x81, b"b")].concat(), &["text a", "text b"]);
    let long = "y".repeat(500);
    check(&sent(0x81, long.as_bytes()), &[&format!("text {long}")]);
    check(&sent(0x81, b"half")[..8], &["partial"]);
    check(&sent(0x01, b"half"), &["partial"]);
}

#[test]
fn fragments_are_joined_and_control_frames_pass_between_them() {
    let bytes =
        [sent(0x01, b"ab"), sent(0x89, b"p"), sent(0x00, b""), sent(0x8A, b""), sent(0x80, b"cd")].concat();
    check(&bytes, &["ping p", "pong", "text abcd"]);
    let two = [bytes.clone(), sent(0x82, b"next"), bytes].concat();
    check(&two, &["ping p", "pong", "text abcd", "binary next", "ping p", "pong", "text abcd"]);
}

#[test]
fn c36_c37_too_big_is_seen_in_the_header_and_over_fragments() {
    check(&sent(0x81, &[b'x'; 513])[..8], &["1009 the message is too big"]);
    check(&[sent(0x01, &[b'x'; 512]), sent(0x80, b"y")].concat(), &["1009 the message is too big"]);
    let huge = [&[0x81, 0xFF][..], &(1u64 << 62).to_be_bytes(), &MASK].concat();
    check(&huge, &["1009 the message is too big"]);
}

#[test]
fn c38_a_length_with_its_top_bit_set_is_a_protocol_error() {
    let bad = [&[0x81, 0xFF][..], &(1u64 << 63).to_be_bytes(), &MASK].concat();
    check(&bad, &["1002 a length with its top bit set"]);
}

#[test]
fn c39_fragments_are_counted_empty_ones_too() {
    let mut bytes = sent(0x01, b"");
    (1..64).for_each(|_| bytes.extend(sent(0x00, b"")));
    check(&bytes, &["partial"]);
    bytes.extend(sent(0x80, b"x"));
    check(&bytes, &["1009 the message has too many fragments"]);
}

#[test]
fn c42_what_the_protocol_forbids_is_said_in_words() {
    check(&[0x81, 0x02, b'h', b'i'], &["1002 a client's frame without a mask"]);
    check(&sent(0xC1, b"hi"), &["1002 a reserved bit is set"]);
    check(&sent(0x83, b"hi"), &["1002 an unknown opcode"]);
    check(&sent(0x09, b""), &["1002 a control frame in fragments or over 125 bytes"]);
    check(&sent(0x89, &[0; 126]), &["1002 a control frame in fragments or over 125 bytes"]);
    check(&sent(0x80, b"x"), &["1002 a continuation of no message"]);
    check(&[sent(0x01, b"a"), sent(0x81, b"b")].concat(), &["1002 a new message inside a fragmented one"]);
}

#[test]
fn c43_c44_c45_closes_are_answered_or_refused() {
    let with = |code: u16, reason: &[u8]| sent(0x88, &[&code.to_be_bytes()[..], reason].concat());
    for good in [1000, 1001, 1003, 1007, 1011, 1013, 3000, 4999] {
        check(&with(good, b"bye"), &[&format!("close {:?}", good.to_be_bytes())]);
    }
    for bad in [0, 999, 1004, 1005, 1006, 1014, 1015, 1016, 2999, 5000, 65535] {
        check(&with(bad, b""), &["1002 a close code that may not be sent"]);
    }
    check(&sent(0x88, b""), &["close []"]);
    check(&sent(0x88, b"x"), &["1002 a close of one byte"]);
    check(&with(1000, b"\xff"), &["1007 the reason is not UTF-8"]);
}

#[test]
fn text_fails_at_the_first_byte_that_cannot_be_utf8() {
    check(&sent(0x81, b"\xce\xba\xe1"), &["1007 the text is not UTF-8"]);
    check(&sent(0x81, "κόσμε".as_bytes()), &["text κόσμε"]);
    // A character may be cut between fragments.
    check(&[sent(0x01, b"\xf0\x9f"), sent(0x80, b"\x98\x80")].concat(), &["text 😀"]);
    // The end of the message is not waited for.
    check(&[sent(0x01, b"a"), sent(0x00, b"\xf4\x90")].concat(), &["1007 the text is not UTF-8"]);
    let cut = sent(0x81, b"\xf4\x90\x80\x80 and more");
    assert_eq!(said(&cut[..9], 1), ["1007 the text is not UTF-8"]);
}

#[test]
fn frames_have_the_shortest_header() {
    for (len, header) in [
        (0, &[0x81, 0][..]),
        (125, &[0x81, 125]),
        (126, &[0x81, 126, 0, 126]),
        (65_535, &[0x81, 126, 255, 255]),
    ] {
        assert!(frame(Opcode::Text, &vec![b'x'; len]).starts_with(header), "{len}");
    }
    assert!(frame(Opcode::Binary, &vec![0; 65_536]).starts_with(&[0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]));
}
