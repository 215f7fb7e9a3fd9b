//! What a decoder says of bytes that come in pieces, in words: for its tests and its fuzz target.

use super::{Bounds, Decoder, Event};

/// All events of these bytes, which the decoder gets in pieces of `piece` bytes, and the close that ends them if there is one.
pub(crate) fn events(bytes: &[u8], piece: usize, bounds: Bounds) -> Vec<String> {
    let mut decoder = Decoder::default();
    let mut words = Vec::new();
    for piece in bytes.chunks(piece) {
        let mut piece = piece.to_vec();
        let mut input = &mut piece[..];
        loop {
            match decoder.next(&mut input, bounds) {
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
        assert!(input.is_empty(), "the decoder used all of its input");
    }
    if decoder.is_partial() {
        words.push("partial".into());
    }
    words
}
