//! Values that several commands have, checked.

use std::borrow::Cow;

use crate::base::emoji;
use crate::base::error::Error;
use crate::base::limits::{CID_CHARS, DEVICE_CHARS, TITLE_CHARS};
use crate::base::visible;
use crate::wire::protocol::command::bad_value;

/// The text of a message: newlines are `\n`, white space around it goes.
pub(crate) fn said(text: &str, text_chars: usize) -> Result<Box<str>, Error> {
    let text = match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    };
    let text = text.trim();
    let chars = text.chars().count();
    match chars {
        _ if !visible::is_seen(text) => {
            Err(Error::refused("empty", "a message needs a text that can be seen"))
        }
        // Not every program reads on after it, and nobody types it.
        _ if text.contains('\0') => Err(bad_value("a text has no NUL (U+0000) in it")),
        _ if chars > text_chars => Err(Error::refused(
            "too_long",
            format!("a text of {chars} characters; at most {text_chars} are allowed"),
        )),
        _ => Ok(text.into()),
    }
}

pub(crate) fn one_line(text: &str, what: &str, max: usize) -> Result<Box<str>, Error> {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = text.trim();
    let chars = text.chars().count();
    if chars > max {
        let text = format!("a {what} of {chars} characters; at most {max} are allowed");
        return Err(Error::refused("too_long", text));
    }
    Ok(text.into())
}

pub(super) fn device_name(name: Option<String>) -> Result<Option<Box<str>>, Error> {
    name.map(|name| one_line(&name, "device", DEVICE_CHARS)).transpose()
}

/// A room's title. One that shows nothing is none.
pub(crate) fn check_title(text: &str) -> Result<Box<str>, Error> {
    let title = one_line(text, "title", TITLE_CHARS)?;
    Ok(if visible::is_seen(&title) { title } else { Box::default() })
}

pub(crate) fn check_cid(cid: String) -> Result<Box<str>, Error> {
    if cid.is_empty() || cid.len() > CID_CHARS || !cid.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(bad_value(format!("'cid' is 1 to {CID_CHARS} visible ASCII characters")));
    }
    Ok(cid.into())
}

/// The one spelling of an emoji (UTS 51, fully qualified).
pub(crate) fn check_emoji(text: &str) -> Result<&'static str, Error> {
    emoji::canonical(text).ok_or_else(|| bad_value("'emoji' is one emoji"))
}

pub(super) fn check_limit(limit: Option<u64>, max: usize) -> Result<usize, Error> {
    match limit {
        None => Ok(max),
        Some(limit) if (1..=max as u64).contains(&limit) => Ok(limit as usize),
        Some(_) => Err(bad_value(format!("'limit' is 1 to {max}"))),
    }
}
