//! Whether what has become of messages is what the entries say: both in the order of the messages, side by side.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};

use super::Checked;
use crate::base::entry::Kind;
use crate::log::sqlite::changes::{COLUMNS, Change};
use crate::log::sqlite::progress::Pace;
use crate::log::sqlite::row::{MESSAGE, int, kinds};

/// An entry that touches a message.
struct Touch {
    target: i64,
    seq: i64,
    at: i64,
    kind: Kind,
    user: i64,
    text: Option<String>,
    room: i64,
    floor: i64,
    /// The kind and the room of what it touches.
    message: Option<(i64, i64)>,
}

/// Who reacted how, and by which entry.
type Reactions = BTreeMap<(String, i64), i64>;

pub(super) fn compare(
    connection: &Connection,
    checked: &mut Checked,
    pace: &mut Pace<'_>,
) -> rusqlite::Result<()> {
    let mut select = connection.prepare(&format!(
        "SELECT e.target, e.seq, e.at, e.kind, e.user, e.text, e.room, coalesce(r.floor, 0), m.kind, m.room
         FROM entries e LEFT JOIN rooms r ON r.id = e.room LEFT JOIN entries m ON m.seq = e.target
         WHERE e.kind IN ({}) ORDER BY e.target, e.seq",
        kinds(Kind::is_change)
    ))?;
    let mut touches = select.query_map([], touch)?.peekable();
    let mut select = connection.prepare(
        &format!(
            "SELECT c.seq, coalesce(floor, 0), {COLUMNS}
             FROM changes c LEFT JOIN entries e USING (seq) LEFT JOIN rooms ON rooms.id = e.room ORDER BY c.seq"
        ),
    )?;
    let mut kept = select.query_map([], kept_change)?.peekable();
    let mut select = connection.prepare(
        "SELECT message, emoji, user, seq FROM reactions
         WHERE message NOT IN (SELECT message FROM erasing) ORDER BY message",
    )?;
    let mut reacted = select.query_map([], reaction)?.peekable();
    while let Some(first) = touches.next() {
        let first = first?;
        let (target, floor) = (first.target, first.floor);
        let is_there = match first.message {
            Some((MESSAGE, room)) if room == first.room => true,
            None if target <= first.floor => false, // Retention took it; what touched it goes in its turn.
            _ => {
                checked.found("a change to a message that is not there", || format!("entry {}", first.seq));
                false
            }
        };
        let (mut expected, mut reactions) = (Change::default(), Reactions::new());
        apply(&mut expected, &mut reactions, first);
        while let Some(touch) = touches.next_if(|touch| is_at(touch, |touch| touch.target == target)) {
            apply(&mut expected, &mut reactions, touch?);
            pace.step();
        }
        pace.step();
        while let Some(row) = kept.next_if(|row| is_at(row, |row| row.0 < target)) {
            untouched(checked, &row?);
        }
        while let Some(row) = reacted.next_if(|row| is_at(row, |row| row.0 < target)) {
            unreacted(checked, row?.0);
        }
        let found = kept.next_if(|row| is_at(row, |row| row.0 == target)).transpose()?;
        let mut found_reactions = Reactions::new();
        while let Some(row) = reacted.next_if(|row| is_at(row, |row| row.0 == target)) {
            let (_, who, seq) = row?;
            found_reactions.insert(who, seq);
        }
        match found {
            Some(row) if !is_there => untouched(checked, &row),
            None if is_there => {
                checked.found("a message whose changes are lost", || format!("message {target}"));
            }
            Some((_, found, _)) if int(found.last) <= floor => {} // Retention took what changed it last.
            Some((_, mut found, _)) => {
                let is_edit_gone = expected.edited.is_none() && target < floor;
                if found.deleted && expected.deleted || is_edit_gone {
                    found.edited = None; // Which edit it was is gone with the text, or by retention.
                    expected.edited = None;
                }
                if found != expected {
                    checked.found("a message that is not what its changes come to", || {
                        format!("message {target}")
                    });
                }
            }
            None => {}
        }
        if !is_there {
            reactions.clear();
        }
        reactions.retain(|_, seq| *seq > floor);
        found_reactions.retain(|_, seq| *seq > floor);
        if reactions != found_reactions {
            checked.found("a message with other reactions than were given", || format!("message {target}"));
        }
    }
    for row in kept {
        untouched(checked, &row?);
    }
    for row in reacted {
        unreacted(checked, row?.0);
    }
    Ok(())
}

fn apply(change: &mut Change, reactions: &mut Reactions, touch: Touch) {
    change.apply(touch.kind, touch.seq.cast_unsigned(), touch.at.cast_unsigned());
    match touch.kind {
        Kind::Deleted => {
            reactions.clear();
        }
        Kind::Reacted => {
            reactions.entry((touch.text.unwrap_or_default(), touch.user)).or_insert(touch.seq);
        }
        Kind::Unreacted => {
            reactions.remove(&(touch.text.unwrap_or_default(), touch.user));
        }
        _ => {} // They change no reactions.
    }
}

fn untouched(checked: &mut Checked, (message, change, floor): &(i64, Change, i64)) {
    // An entry that retention took may have made it.
    if int(change.last) > *floor {
        checked.found("a change that no entry made", || format!("message {message}"));
    }
}

fn unreacted(checked: &mut Checked, message: i64) {
    checked.found("a reaction that nobody gave", || format!("message {message}"));
}

/// What cannot be read is the next, so that it is heard of.
fn is_at<T>(row: &rusqlite::Result<T>, is_at: impl FnOnce(&T) -> bool) -> bool {
    row.as_ref().map_or(true, is_at)
}

fn touch(row: &Row<'_>) -> rusqlite::Result<Touch> {
    let kind: Option<i64> = row.get(8)?;
    Ok(Touch {
        target: row.get::<_, Option<i64>>(0)?.unwrap_or(0),
        seq: row.get(1)?,
        at: row.get(2)?,
        kind: row.get(3)?,
        user: row.get(4)?,
        text: row.get(5)?,
        room: row.get(6)?,
        floor: row.get(7)?,
        message: kind.map(|kind| Ok::<_, rusqlite::Error>((kind, row.get(9)?))).transpose()?,
    })
}

fn kept_change(row: &Row<'_>) -> rusqlite::Result<(i64, Change, i64)> {
    Ok((row.get(0)?, Change::read(row, 2)?.unwrap_or_default(), row.get(1)?))
}

fn reaction(row: &Row<'_>) -> rusqlite::Result<(i64, (String, i64), i64)> {
    Ok((row.get(0)?, (row.get(1)?, row.get(2)?), row.get(3)?))
}
