//! An export as plain text: a message a line, its further lines indented below it.

use std::io::{self, Write};

use super::{Room, Writes, in_words, readable, shown};
use crate::base::entry::{Content, Present};

#[derive(Debug, Default)]
pub(super) struct Text {
    /// Whether there are several rooms: each has a heading then.
    has_headings: bool,
    rooms: usize,
}

impl Writes for Text {
    fn begin(&mut self, _: &mut dyn Write, rooms: &[Room]) -> io::Result<()> {
        self.has_headings = rooms.len() > 1;
        Ok(())
    }

    fn room(&mut self, out: &mut dyn Write, room: &Room) -> io::Result<()> {
        self.rooms += 1;
        if !self.has_headings {
            return Ok(());
        }
        let gap = if self.rooms > 1 { "\n" } else { "" };
        match room.topic.is_empty() {
            true => writeln!(out, "{gap}=== {} ===\n", room.name),
            false => writeln!(out, "{gap}=== {}: {} ===\n", room.name, line(&room.topic)),
        }
    }

    fn entry(&mut self, out: &mut dyn Write, present: &Present) -> io::Result<()> {
        let entry = &present.entry;
        let by = line(&entry.by.name);
        let at = readable(entry.at);
        match &entry.content {
            Content::Message { .. } if present.deleted => writeln!(out, "{at} {by}: (deleted)"),
            Content::Message { text, .. } => {
                let text = plain(text).replace('\n', "\n    ");
                let edited = if present.edited.is_some() { " (edited)" } else { "" };
                let reactions: Vec<_> =
                    present.reactions.iter().map(|r| format!("{} {}", line(&r.emoji), r.count)).collect();
                let reactions = match reactions.is_empty() {
                    true => String::new(),
                    false => format!(" [{}]", reactions.join(", ")),
                };
                writeln!(out, "{at} {by}: {text}{edited}{reactions}")
            }
            _ => match in_words(entry) {
                Some((words, "")) => writeln!(out, "{at} * {by} {words}"),
                Some((words, text)) => writeln!(out, "{at} * {by} {words} {}", line(text)),
                None => Ok(()),
            },
        }
    }

    fn room_ends(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

fn plain(text: &str) -> String {
    shown(text).collect()
}

/// What is no more than a line.
fn line(text: &str) -> String {
    plain(text).replace('\n', " ")
}
