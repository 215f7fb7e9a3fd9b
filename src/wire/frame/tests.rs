//! The decoder against frames built by hand, cut at every place.

use flate2::{Compress, Compression, FlushCompress};

use super::events::events;
use super::*;

const BOUNDS: Bounds = Bounds { message_bytes: 512, fragments: 64, is_deflating: false };
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

/// The payload of a deflated message, as a client makes it.
fn deflate(message: &[u8]) -> Vec<u8> {
    let mut payload = Vec::with_capacity(message.len() + 64);
    let done =
        Compress::new(Compression::new(6), false).compress_vec(message, &mut payload, FlushCompress::Sync);
    done.expect("it can be deflated");
    payload.strip_suffix(&[0, 0, 0xFF, 0xFF]).expect("a flush ends so").to_vec()
}

/// Bytes that nothing makes shorter.
fn noise(len: usize) -> Vec<u8> {
    let mut state = 1u64;
    let bytes = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    });
    bytes.take(len).collect()
}

#[track_caller]
fn check(bytes: &[u8], expected: &[&str]) {
    check_with(bytes, expected, BOUNDS);
    // Nothing that is not deflated is taken otherwise by who may deflate; only the bit that says so is his.
    if !expected.contains(&"1002 a reserved bit is set") {
        check_deflating(bytes, expected);
    }
}

/// The same, of somebody who may deflate.
#[track_caller]
fn check_deflating(bytes: &[u8], expected: &[&str]) {
    check_with(bytes, expected, Bounds { is_deflating: true, ..BOUNDS });
}

#[track_caller]
fn check_with(bytes: &[u8], expected: &[&str], bounds: Bounds) {
    for piece in [bytes.len().max(1), 1, 2, 3, 7] {
        assert_eq!(events(bytes, piece, bounds), expected, "in pieces of {piece}");
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
    assert_eq!(events(&cut[..9], 1, BOUNDS), ["1007 the text is not UTF-8"]);
}

#[test]
fn a_deflated_message_says_what_was_deflated_however_it_is_cut() {
    // RFC 7692, 7.2.3.1 to 7.2.3.5: one block, two fragments, no compression, the end of a stream, two blocks.
    let hello = [0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00];
    check_deflating(&sent(0xC1, &hello), &["text Hello"]);
    check_deflating(&[sent(0x41, &hello[..3]), sent(0x80, &hello[3..])].concat(), &["text Hello"]);
    let stored = [0x00, 0x05, 0x00, 0xfa, 0xff, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x00];
    check_deflating(&sent(0xC2, &stored), &["binary Hello"]);
    check_deflating(&sent(0xC1, &[0xf3, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00, 0x00]), &["text Hello"]);
    let blocks = [0xf2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff, 0xca, 0xc9, 0xc9, 0x07, 0x00];
    check_deflating(&sent(0xC1, &blocks), &["text Hello"]);
    let long = "Bücher, 书, ".repeat(30);
    check_deflating(&sent(0xC1, &deflate(long.as_bytes())), &[&format!("text {long}")]);
    // Empty, alone and in a fragment; what is not deflated goes beside it, and control frames between.
    check_deflating(&sent(0xC1, &[0]), &["text "]);
    let mixed =
        [sent(0x41, &[]), sent(0x89, b"p"), sent(0x80, &hello), sent(0x81, b"flat"), sent(0xC1, &hello)];
    check_deflating(&mixed.concat(), &["ping p", "text Hello", "text flat", "text Hello"]);
    check_deflating(&sent(0x41, &hello), &["partial"]);
}

#[test]
fn deflated_is_only_what_may_be() {
    let hello = deflate(b"Hello");
    check(&sent(0xC1, &hello), &["1002 a reserved bit is set"]);
    // Not a fragment after the first, no control frame; and the other two bits belong to nobody.
    let second = [sent(0x41, &hello[..2]), sent(0xC0, &hello[2..])].concat();
    check_deflating(&second, &["1002 a reserved bit is set"]);
    check_deflating(&[sent(0x01, b"a"), sent(0xC0, &hello)].concat(), &["1002 a reserved bit is set"]);
    for first in [0xC8, 0xC9, 0xCA, 0xA1, 0x91, 0xE1, 0xD1] {
        check_deflating(&sent(first, &hello), &["1002 a reserved bit is set"]);
    }
    check_deflating(&sent(0xC3, &hello), &["1002 an unknown opcode"]);
}

#[test]
fn payload_that_cannot_be_inflated_is_named_in_the_error() {
    let whole = deflate("All that was said in the garden, and in the kitchen.".as_bytes());
    for cut in 0..whole.len() {
        check_deflating(&sent(0xC1, &whole[..cut]), &["1007 the message cannot be inflated"]);
    }
    check_deflating(&sent(0xC1, b"not deflated"), &["1007 the message cannot be inflated"]);
    // A block of no kind; a look back to before the message; more after the end.
    check_deflating(&sent(0xC1, &[0x07]), &["1007 the message cannot be inflated"]);
    check_deflating(&sent(0xC1, &[0x02, 0x13, 0x00]), &["1007 the message cannot be inflated"]);
    check_deflating(&sent(0xC1, &[&whole[..], b"more"].concat()), &["1007 the message cannot be inflated"]);
    check_deflating(&sent(0xC1, &deflate(b"\xce\xba\xe1")), &["1007 the text is not UTF-8"]);
    check_deflating(&sent(0xC2, &deflate(b"\xff")), &["binary \u{fffd}"]);
    // After what was wrong, the next message is what it is.
    check_deflating(&sent(0xC1, &whole), &["text All that was said in the garden, and in the kitchen."]);
}

#[test]
fn a_message_is_as_long_as_it_says_not_as_it_was_sent() {
    let most = "y".repeat(512);
    check_deflating(&sent(0xC1, &deflate(most.as_bytes())), &[&format!("text {most}")]);
    check_deflating(&sent(0xC1, &deflate(&[b'y'; 513])), &["1009 the message is too big"]);
    let bomb = deflate(&vec![b'y'; 400_000]);
    assert!(bomb.len() < 512, "{}", bomb.len());
    check_deflating(&sent(0xC1, &bomb), &["1009 the message is too big"]);
    check_deflating(
        &[sent(0x41, &bomb[..9]), sent(0x80, &bomb[9..])].concat(),
        &["1009 the message is too big"],
    );
    // What does not get shorter gets longer; that is not too long yet.
    let noise = noise(512);
    let longer = deflate(&noise);
    assert!(longer.len() > 512);
    check_deflating(&sent(0xC2, &longer), &[&format!("binary {}", String::from_utf8_lossy(&noise))]);
    // But no more than it can get is waited for.
    check_deflating(&sent(0xC2, &[0; 700])[..8], &["1009 the message is too big"]);
    check_deflating(
        &[sent(0x42, &[0; 512]), sent(0x80, &[0; 150])].concat(),
        &["1009 the message is too big"],
    );
}

#[test]
fn a_ready_frame_is_deflated_where_that_is_shorter() {
    for len in [512, 600, 65_535, 65_536, 300_000] {
        let text: Vec<u8> = (0..len).map(|n: u32| b"lighthouse"[(n % 97 * n % 97 % 10) as usize]).collect();
        let whole = frame(Opcode::Text, &text);
        let short = deflated(&whole);
        assert!(short.len() < whole.len() / 2 && short[0] == 0xC1, "{} of {len}", short.len());
        assert_eq!(inflate(ready::payload(&short), len as usize).as_deref(), Ok(&text[..]));
    }
    let short = frame(Opcode::Text, b"");
    assert_eq!(deflated(&short), short);
    let whole = frame(Opcode::Binary, &noise(70_000));
    assert_eq!(deflated(&whole), whole, "noise goes as it is");
    // Where it stops for want of room, it may look as if it were over.
    for at in 580..596 {
        let mut text = noise(600);
        text[at..at + 4].copy_from_slice(&[0, 0, 0xFF, 0xFF]);
        let whole = frame(Opcode::Binary, &text);
        assert_eq!(deflated(&whole), whole, "an end at {at}");
    }
}

#[test]
fn a_smaller_window_takes_only_what_lies_within_it() {
    let takes = |bits: &str, len| Window::parse(bits).expect("a window").takes(len);
    assert!(!takes("15", 511) && takes("15", 512) && takes("15", 1 << 20));
    assert!(takes("12", 4096) && !takes("12", 4097));
    assert!(takes("9", 512) && !takes("9", 513) && !takes("8", 512));
    for none in ["7", "16", "", "+9", "09", " 9", "9 ", "256"] {
        assert_eq!(Window::parse(none), None, "{none}");
    }
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
