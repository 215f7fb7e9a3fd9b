//! An export as one page of HTML: readable without anything else, and without anything that could run.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::{Room, Writes, in_words, readable, shown};
use crate::base::entry::{Content, Present};

const STYLE: &str = "
:root { color-scheme: light dark; --quiet: light-dark(#596270, #9aa4b2); --line: light-dark(#e3e6ea, #2b3138); }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
ol { list-style: none; padding: 0; }
li { margin: .4rem 0; }
li.day { margin-top: 1.5rem; border-top: 1px solid var(--line); font-weight: 600; }
li:target { outline: 2px solid var(--quiet); outline-offset: 4px; }
p { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
time, small, .event { color: var(--quiet); font-size: .85rem; }
";

/// The page, one element after the other.
#[derive(Debug, Default)]
pub(super) struct Html {
    /// The day of the last entry, as it was written.
    day: String,
}

impl Writes for Html {
    fn begin(&mut self, out: &mut dyn Write, rooms: &[Room]) -> io::Result<()> {
        let style = STANDARD.encode(Sha256::digest(STYLE));
        let title = match rooms {
            [room] => room.name.to_string(),
            _ => format!("{} rooms", rooms.len()),
        };
        write!(
            out,
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{style}'; \
             base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>Chinwag: {title}</title>\n\
             <style>{STYLE}</style>\n<h1>{title}</h1>\n"
        )?;
        if rooms.len() > 1 {
            writeln!(out, "<nav><ul>")?;
            for room in rooms {
                writeln!(out, "<li><a href=\"#room-{0}\">{0}</a></li>", room.name)?;
            }
            writeln!(out, "</ul></nav>")?;
        }
        writeln!(out, "<main>")
    }

    fn room(&mut self, out: &mut dyn Write, room: &Room) -> io::Result<()> {
        self.day.clear();
        writeln!(out, "<section id=\"room-{0}\">\n<h2>{0}</h2>", room.name)?;
        if !room.topic.is_empty() {
            writeln!(out, "<p dir=\"auto\">{}</p>", escaped(&room.topic))?;
        }
        writeln!(out, "<ol>")
    }

    fn entry(&mut self, out: &mut dyn Write, present: &Present) -> io::Result<()> {
        let entry = &present.entry;
        let event = in_words(entry);
        if event.is_none() && entry.said().is_none() {
            return Ok(());
        }
        let at = readable(entry.at);
        let (day, clock) = at.split_once(' ').unwrap_or((&at, ""));
        if self.day != day {
            day.clone_into(&mut self.day);
            writeln!(out, "<li class=\"day\">{day}</li>")?;
        }
        let time = format!("<time datetime=\"{day}T{clock}Z\">{clock}</time>");
        let by = format!("<bdi>{}</bdi>", escaped(&entry.by.name));
        let Content::Message { text, reply_to, .. } = &entry.content else {
            let said = match event.unwrap_or_default() {
                (words, "") => words.to_owned(),
                (words, text) => format!("{words} <bdi>{}</bdi>", escaped(text)),
            };
            return writeln!(out, "<li class=\"event\" id=\"m{}\">{time} {by} {said}</li>", entry.seq);
        };
        write!(out, "<li id=\"m{}\">{time} <b>{by}</b>", entry.seq)?;
        if let Some(target) = reply_to {
            write!(out, " <small><a href=\"#m{target}\">in answer to this</a></small>")?;
        }
        if present.deleted {
            return writeln!(out, " <small>deleted</small></li>");
        }
        if let Some(edited) = present.edited {
            write!(out, " <small title=\"{}\">edited</small>", readable(edited))?;
        }
        write!(out, "<p dir=\"auto\">{}</p>", escaped(text))?;
        for reaction in &present.reactions {
            write!(out, "<small>{} {}</small> ", escaped(&reaction.emoji), reaction.count)?;
        }
        writeln!(out, "</li>")
    }

    fn room_ends(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</ol>\n</section>")
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</main>\n</html>")
    }
}

/// Text as HTML shows it, in an element and in a quoted attribute alike.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in shown(text) {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}
