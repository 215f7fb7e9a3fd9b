//! Reports: somebody shows a message to the moderators, in whose room it is said what it was, where, and why it is shown.

use crate::base::cursor::Anchor;
use crate::base::entry::{Content, Draft};
use crate::base::error::Error;
use crate::base::limits::REPORT_QUOTE_CHARS;
use crate::base::private_room::members_only;
use crate::base::rights;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::hub::Hub;
use crate::wire::protocol::event::{self, Event};

/// Says in the moderators' room what somebody reports: once for each message and person. Whoever is muted reports as well.
///
/// # Errors
/// `members_only`, `no_such_message`, or `no_history` from a server that keeps nothing.
pub(super) async fn report(
    hub: &Hub,
    by: Option<UserId>,
    room: &RoomName,
    seq: u64,
    why: &str,
) -> Result<Vec<u8>, Error> {
    let by = by.ok_or_else(rights::no_such_person)?;
    let log = hub.log();
    if !log.may_enter(room, by).await? {
        return Err(members_only());
    }
    let page = log.history(room, Anchor::Around(seq), 1, by).await?;
    let said = page.messages.iter().find(|message| message.entry.seq == seq && !message.deleted);
    let Some((entry, text)) = said.and_then(|message| Some((&message.entry, message.entry.said()?))) else {
        return Err(Error::refused("no_such_message", "there is no such message in this room"));
    };
    let text = text_of(&entry.by.name, room, text, why);
    let cid = Some(format!("report-{seq}").into());
    let content = Content::Message { text: text.into(), cid, reply_to: None, mentions: Default::default() };
    // They are not among the people of that room.
    hub.append(Draft::new(&RoomName::moderators(), by, content).by_moderator()).await?;
    Ok(event::line(&Event::Reported { room, seq }))
}

/// The text of a report: the author, the room and the beginning of the message, in signs that each language has, and the words
/// of whoever reports it. A private room is not named.
fn text_of(author: &str, room: &RoomName, text: &str, why: &str) -> String {
    let room = if room.is_private() { "\u{1F512}".to_owned() } else { format!("#{room}") };
    let mut quote: String = text.chars().take(REPORT_QUOTE_CHARS).collect();
    if quote.len() < text.len() {
        quote.push('…');
    }
    let quote = quote.replace('\n', "\n> ");
    format!("\u{1F6A9} {author}, {room}\n> {quote}\n{why}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn report_has_the_message_line_for_line_and_no_more_than_its_beginning() {
        let lobby = RoomName::lobby();
        assert_eq!(text_of("Gus", &lobby, "one\ntwo", ""), "🚩 Gus, #lobby\n> one\n> two");
        assert_eq!(text_of("Gus", &lobby, "one", "spam"), "🚩 Gus, #lobby\n> one\nspam");
        let long = "ö".repeat(REPORT_QUOTE_CHARS + 1);
        let quoted = text_of("Gus", &RoomName::moderators(), &long, "");
        assert_eq!(quoted, format!("🚩 Gus, 🔒\n> {}…", "ö".repeat(REPORT_QUOTE_CHARS)));
    }
}
