//! What is decided in the same way for every log: who keeps a name, which face a newcomer has, whether a client resumes or is reset, what is said once,
//! who may change a message and whom it may mention, how far a read marker moves. A log looks up the facts; the verdict is here. Knows no storage.

use std::time::Duration;

use crate::base::cursor::Cursor;
use crate::base::entry::{Content, Draft};
use crate::base::error::Error;
use crate::base::face::Face;
use crate::base::limits::{EMOJI_A_MESSAGE, HUE_STEP, HUES, KEPT_ROOMS, NAME_CHARS};
use crate::base::name::Name;
use crate::base::rights::{Door, Role, Standing};
use crate::base::room_name::RoomName;
use crate::base::room_rules::{Act, RoomRules};
use crate::base::user::{User, UserId};

/// The version of these rules, and of the limits that they and the judgement of records go by. Machines that apply the same
/// records must have the same: another rule, or another value of such a limit, is another version, and the one before it holds
/// for what stands before the record that begins it.
pub(super) const RULES: u16 = 2;

/// The rules that hold from the first record of an order on, until one says otherwise: whatever build a machine is of that reads it from
/// there.
pub(super) const FIRST_RULES: u16 = 1;

// Names.

/// Somebody who has a name that looks like the one that is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct NameOwner {
    pub(super) who: UserId,
    /// How long they have not been seen.
    pub(super) away: Duration,
}

/// Whether a name is taken for `who`: somebody else has one that looks like it, and was not away for longer than `keep`. A
/// connected user is not away, however long they have been silent.
pub(super) fn is_name_taken(
    owner: NameOwner,
    who: UserId,
    keep: Duration,
    is_connected: impl FnOnce(UserId) -> bool,
) -> bool {
    owner.who != who && (owner.away <= keep || is_connected(owner.who))
}

/// The name that a new user gets: the one they ask for if it is free, or else the first of their guest names that is.
pub(super) fn first_free_name<E>(
    who: UserId,
    wanted: Option<&Name>,
    mut is_free: impl FnMut(&Name) -> Result<bool, E>,
) -> Result<Name, E> {
    if let Some(name) = wanted
        && is_free(name)?
    {
        return Ok(name.clone());
    }
    let mut attempt = 0;
    loop {
        let name = Name::of_guest(who, attempt);
        if is_free(&name)? {
            return Ok(name);
        }
        attempt += 1;
    }
}

/// Whether a rename changes anything; its rooms are told only then.
///
/// # Errors
/// Guests share one name.
pub(super) fn is_renamed(user: &User, name: &str) -> Result<bool, Error> {
    if user.id == UserId::GUEST {
        return Err(Error::refused("not_yours", "guests have no name of their own that could be changed"));
    }
    Ok(*user.name != *name)
}

/// The refusal of a name that [`is_name_taken`].
pub(super) fn name_taken() -> Error {
    Error::refused("name_taken", "somebody has this name, or one that looks like it; choose another")
}

/// The refusal of what somebody does whom the log does not know any more: a machine that asks for it again makes them known.
pub(super) fn not_known() -> Error {
    Error::log("the chat does not know you any more: connect again")
}

// Which face somebody has.

/// What is kept of somebody's face.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct KeptFace {
    /// The hue that they got when they came.
    pub(super) arrival: u8,
    /// What they chose.
    pub(super) chosen: Face,
}

impl KeptFace {
    /// The hue that others see.
    pub(super) fn hue(self) -> u8 {
        self.chosen.hue().unwrap_or(self.arrival)
    }

    /// The face that others see.
    pub(super) fn shown(self) -> Face {
        self.chosen.or_hue(self.arrival)
    }
}

/// How many people have each hue, as others see them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct HueUses(pub(super) [i64; HUES as usize]);

impl HueUses {
    /// Counts somebody in, by 1, or out, by -1.
    pub(super) fn count(&mut self, face: KeptFace, by: i64) {
        self.add(face.hue().into(), by);
    }

    /// Counts so many people of a hue.
    pub(super) fn add(&mut self, hue: usize, count: i64) {
        if let Some(uses) = self.0.get_mut(hue) {
            *uses += count;
        }
    }
}

/// The face of a newcomer: with a hue that the fewest have, and of these the first.
pub(super) fn newcomers_face(uses: &HueUses) -> KeptFace {
    let order = (0..HUES).map(|n| n * HUE_STEP % HUES);
    let arrival = order.min_by_key(|hue| uses.0[usize::from(*hue)]).unwrap_or_default();
    KeptFace { arrival, chosen: Face::default() }
}

/// The refusal of a face that a guest chooses.
pub(super) fn guest_has_no_face() -> Error {
    Error::refused("not_yours", "guests have no face of their own that could be changed")
}

/// The face of somebody who has chosen one; None where that is what they had.
///
/// # Errors
/// Guests have no face of their own.
pub(super) fn face_after(who: UserId, before: KeptFace, chosen: Face) -> Result<Option<KeptFace>, Error> {
    if who == UserId::GUEST {
        return Err(guest_has_no_face());
    }
    Ok((before.chosen != chosen).then_some(KeptFace { chosen, ..before }))
}

// Replay or reset.

/// How a client begins in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// With the entries after this number: all that it missed.
    Resume(u64),
    /// With the latest messages: what it has does not join on to what the log has.
    Reset,
}

/// Where a client is, and what a log has of its room.
#[derive(Debug, Clone, Copy)]
pub(super) struct Position<'a> {
    /// None when the client was not here before.
    pub(super) cursor: Option<&'a Cursor>,
    /// The last entry that is read for it.
    pub(super) until: u64,
    /// The last entry of the room that is not kept any more; 0 for none.
    pub(super) floor: u64,
    /// Entries that a resume may have at most.
    pub(super) max: usize,
}

impl Position<'_> {
    /// Whether the client resumes or is reset. It is reset without a cursor, by a cursor of another log or beyond what this
    /// one has delivered, by a hole after the cursor, and when it missed more than a resume may have.
    ///
    /// What is expensive to find out is asked last: whether the cursor's number is this log's, and how many entries there are
    /// after it.
    pub(super) fn start<E>(
        self,
        is_of_this_log: impl FnOnce(&Cursor) -> Result<bool, E>,
        count_after: impl FnOnce(u64) -> Result<usize, E>,
    ) -> Result<Start, E> {
        let Some(cursor) = self.cursor.filter(|cursor| cursor.seq <= self.until) else {
            return Ok(Start::Reset);
        };
        let resumes = !has_hole(cursor.seq, self.floor)
            && is_of_this_log(cursor)?
            && count_after(cursor.seq)? <= self.max;
        Ok(if resumes { Start::Resume(cursor.seq) } else { Start::Reset })
    }
}

/// Whether entries after `after` are not kept any more.
pub(super) fn has_hole(after: u64, floor: u64) -> bool {
    after < floor
}

// What is said once, and what changes nothing.

/// The client's own id by which a message is said once: an author's second message with it in a room is the first again.
pub(super) fn said_once_by(content: &Content) -> Option<&str> {
    content.parts().cid
}

/// Whether a topic is another than the room has. A room without a topic has the empty one.
pub(super) fn is_topic_changed(before: Option<&str>, topic: &str) -> bool {
    before.unwrap_or_default() != topic
}

// Who may do what to a message.

/// A message that an entry is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub(super) author: UserId,
    pub(super) is_deleted: bool,
    /// Whether whoever wants to change it may see to what its author says.
    pub(super) is_moderated: bool,
}

/// Whether the author of a draft may say anything, as they stand, with this door. What is theirs everybody may delete.
///
/// # Errors
/// `banned`, `muted`, `read_only` or `invitation_needed`.
pub(super) fn check_author(draft: &Draft, own: Standing, door: Door, at: u64) -> Result<(), Error> {
    match draft.content {
        _ if draft.is_moderation => Ok(()),
        Content::Deleted { .. } => own.check_entering(door, at),
        _ => own.check_writing(door, at),
    }
}

/// Whether the author of a draft may say it in its room, by the rules of that.
///
/// # Errors
/// `bad_room`, `not_allowed`, `room_deleted`, `archived` or `writers_only`.
pub(super) fn check_room(draft: &Draft, own: Standing, rules: RoomRules) -> Result<(), Error> {
    rules.check_there()?;
    let act = match draft.content {
        Content::Rules(after) if after.deleted && draft.room == RoomName::lobby() => {
            return Err(Error::refused("bad_room", "the lobby is where people come in: it is not deleted"));
        }
        Content::Rules(_) if draft.room.is_private() => {
            return Err(Error::refused(
                "bad_room",
                "a private room has no such rules: its people all write in it",
            ));
        }
        _ if draft.is_moderation => return Ok(()),
        Content::Rules(after) if after.deleted && own.role < Role::Owner => {
            return Err(Error::refused("not_allowed", "only owners delete a room"));
        }
        Content::Rules(_) if own.role >= Role::Moderator => return Ok(()),
        Content::Rules(_) => {
            return Err(Error::refused("not_allowed", "only moderators and owners set the rules of a room"));
        }
        Content::Deleted { .. } | Content::Reacted { on: false, .. } => Act::TakeBack,
        Content::Reacted { on: true, .. } => Act::React,
        _ => Act::Write,
    };
    rules.check(act, own.role)
}

/// Whether an entry may be appended. `target` is the message that it is about, if its room has that.
///
/// # Errors
/// `no_such_message`, `not_yours` or `gone`.
pub(super) fn check(draft: &Draft, target: Option<Target>) -> Result<(), Error> {
    let there = |text| target.ok_or_else(|| Error::refused("no_such_message", text));
    let not_gone = |target: Target| match target.is_deleted {
        true => Err(Error::refused("gone", "this message is deleted")),
        false => Ok(()),
    };
    let own = |verb| {
        let target = there("there is no such message in this room")?;
        if target.author != draft.by || draft.by == UserId::GUEST {
            return Err(Error::refused("not_yours", format!("only its author may {verb} a message")));
        }
        not_gone(target)
    };
    match &draft.content {
        Content::Message { reply_to: Some(_), .. } => {
            there("there is no such message in this room to reply to").map(drop)
        }
        Content::Edited { .. } => own("edit"),
        Content::Deleted { .. }
            if draft.is_moderation || target.is_some_and(|target| target.is_moderated) =>
        {
            not_gone(there("there is no such message in this room")?)
        }
        Content::Deleted { .. } => own("delete"),
        Content::Reacted { .. } => not_gone(there("there is no such message in this room")?),
        Content::Message { reply_to: None, .. }
        | Content::Topic { .. }
        | Content::Renamed { .. }
        | Content::Room { .. }
        | Content::Rules(_) => Ok(()),
    }
}

/// Whether something was changed, by the entry with this number, after what the author of a draft knew of its room. Whoever does
/// not say what they knew is not asked.
pub(super) fn is_changed_since(draft: &Draft, changed: u64) -> bool {
    draft.base.is_some_and(|base| changed > base)
}

/// The refusal of a change of what [`is_changed_since`].
pub(super) fn outdated() -> Error {
    Error::refused("outdated", "this message was changed since you saw it: look at it as it is now")
}

/// Whether a message may get one more kind of reaction, given how many others it has.
///
/// # Errors
/// `too_many`.
pub(super) fn check_reaction_kinds(others: u64) -> Result<(), Error> {
    if others >= EMOJI_A_MESSAGE as u64 {
        let text = "this message has as many kinds of reactions as a message may have";
        return Err(Error::refused("too_many", text));
    }
    Ok(())
}

// Whom a message may mention.

/// Leaves a content those of its mentions whose name is in the text after an `@`, and of whom `means` says that the name means
/// this person.
pub(super) fn settle_mentions<E>(
    content: &mut Content,
    mut means: impl FnMut(usize, &str, UserId) -> Result<bool, E>,
) -> Result<(), E> {
    let (Content::Message { text, mentions, .. } | Content::Edited { text, mentions, .. }) = content else {
        return Ok(());
    };
    let mut kept = Vec::new();
    for (index, (name, who)) in mentions.iter().enumerate() {
        let is_said = || text.match_indices('@').any(|(at, sign)| text[at + sign.len()..].starts_with(name));
        if (1..=NAME_CHARS).contains(&name.chars().count()) && is_said() && means(index, name, who)? {
            kept.push((name, who));
        }
    }
    if kept.len() < mentions.len() {
        *mentions = kept.into_iter().collect();
    }
    Ok(())
}

/// Whether by a name somebody is meant who has this one: the two look alike.
pub(super) fn is_called(has: &Name, name: &str) -> bool {
    let keys = has.keys();
    Name::stored(name).keys().iter().any(|key| keys.contains(key))
}

// What a room is set to, and by whom.

/// The refusal of one more room.
pub(super) fn too_many_rooms() -> Error {
    Error::refused("too_many", "this chat has as many new rooms as it may have now; try again later")
}

/// The refusal of more entries than there are numbers for.
pub(super) fn too_many_entries() -> Error {
    Error::refused("too_many", "this is more at once than the chat has numbers for")
}

/// What a room is set to beside its topic. One that was never set is reached by its link alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RoomSetting {
    /// Empty for none.
    pub(super) title: Box<str>,
    pub(super) is_listed: bool,
    /// Its maker, who alone may set it. The lobby and rooms from before there were makers have none.
    pub(super) maker: Option<UserId>,
}

/// The maker of a room with this first entry: its author. Guests make no room, and nobody makes the lobby.
pub(super) fn maker_by(first: &Draft) -> Option<UserId> {
    let makes = first.by != UserId::GUEST && first.room != RoomName::lobby() && !first.is_moderation;
    makes.then_some(first.by)
}

/// What a room is set to after a draft that asks for a title and for a place in the directory, or for none; None when that
/// changes nothing. There is no setting before of a room that the draft makes.
///
/// # Errors
/// `not_yours`.
pub(super) fn set_room(
    before: Option<&RoomSetting>,
    draft: &Draft,
    title: &str,
    is_listed: bool,
) -> Result<Option<RoomSetting>, Error> {
    if is_listed && draft.room.is_private() {
        return Err(Error::refused("bad_value", "a private room stands in no directory"));
    }
    let own = Some(draft.by).filter(|who| *who != UserId::GUEST);
    if !draft.is_moderation {
        if own.is_none() {
            return Err(Error::refused("not_yours", "guests make no room: take a name first"));
        }
        let maker = before.map_or_else(|| maker_by(draft), |before| before.maker);
        if maker != own {
            let text = match maker {
                Some(_) => {
                    "only the one who made this room may change its title and whether it is in the directory"
                }
                None => {
                    "this room is everybody's: nobody may change its title and whether it is in the directory"
                }
            };
            return Err(Error::refused("not_yours", text));
        }
    }
    let made_by = before.and_then(|before| before.maker).or(own);
    let maker = made_by.filter(|_| draft.room != RoomName::lobby());
    let after = RoomSetting { title: title.into(), is_listed, maker };
    Ok(Some(after).filter(|after| Some(after) != before))
}

// Which rooms somebody keeps on their list.

/// Whether a list of so many rooms may get another.
///
/// # Errors
/// `too_many`.
pub(super) fn check_list(rooms: u64) -> Result<(), Error> {
    if rooms >= KEPT_ROOMS as u64 {
        let text = format!("a list has at most {KEPT_ROOMS} rooms; take one off it first");
        return Err(Error::refused("too_many", text));
    }
    Ok(())
}

// How far somebody has read.

/// Where a read marker is after somebody asked for it at `asked`: it only grows, unless it is put back, and is at the log's
/// `last` entry at most.
pub(super) fn read_marker(before: Option<u64>, asked: u64, is_back: bool, last: u64) -> u64 {
    let asked = asked.min(last);
    // A marker that is put back may be ahead of the log's: a page sends its marker only once in a while.
    if is_back { asked } else { asked.max(before.unwrap_or(0)) }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    const ADA: UserId = UserId::new(1);
    const BOB: UserId = UserId::new(2);

    #[test]
    fn name_is_taken_until_its_owner_is_away_for_longer_than_names_are_kept() {
        let keep = Duration::from_secs(10);
        for (owner, seconds, is_connected, is_taken) in [
            (BOB, 0, false, true),
            (BOB, 10, false, true),
            (BOB, 11, false, false),
            (BOB, 11, true, true),
            (ADA, 0, true, false),
        ] {
            let owner = NameOwner { who: owner, away: Duration::from_secs(seconds) };
            assert_eq!(is_name_taken(owner, ADA, keep, |_| is_connected), is_taken, "{owner:?}");
        }
    }

    #[test]
    fn eight_who_come_one_after_the_other_have_eight_hues_and_neighbours_are_far_apart() {
        let (mut uses, mut hues) = (HueUses::default(), Vec::new());
        let mut comes = |uses: &mut HueUses| {
            let face = newcomers_face(uses);
            uses.count(face, 1);
            hues.push(face.arrival);
            face
        };
        for _ in 0..16 {
            comes(&mut uses);
        }
        let gone = comes(&mut uses);
        uses.count(gone, -1);
        comes(&mut uses);
        assert_eq!(hues[..8], [0, 3, 6, 1, 4, 7, 2, 5]);
        assert_eq!(hues[8..16], hues[..8]);
        assert_eq!(hues[16..], [0, 0], "the hue of one who has gone is free again");
    }

    #[test]
    fn face_is_what_was_chosen_and_else_what_the_arrival_gave() {
        let before = KeptFace { arrival: 3, chosen: Face::default() };
        let face = |hue| Face::new(Some("🦊"), hue).expect("a face");
        let after = face_after(ADA, before, face(None)).expect("it is hers").expect("it is another");
        assert_eq!((after.hue(), after.shown()), (3, face(Some(3))));
        assert_eq!(face_after(ADA, after, face(None)).expect("it is hers"), None);
        let after = face_after(ADA, after, face(Some(5))).expect("it is hers").expect("it is another");
        assert_eq!((after.hue(), after.arrival), (5, 3));
        assert_eq!(face_after(ADA, after, Face::default()).expect("it is hers"), Some(before));
        assert_eq!(
            face_after(UserId::GUEST, before, face(None)).expect_err("a guest").code().as_str(),
            "not_yours"
        );
    }

    #[test]
    fn client_resumes_only_where_all_that_it_missed_is_there() {
        let cursor = Cursor::new("e", 5);
        let start = |cursor: Option<&Cursor>, until, floor, is_of_this_log, count| {
            let position = Position { cursor, until, floor, max: 3 };
            position
                .start(|_| Ok::<_, Infallible>(is_of_this_log), |_| Ok(count))
                .unwrap_or_else(|never| match never {})
        };
        let here = Some(&cursor);
        assert_eq!(start(here, 9, 5, true, 3), Start::Resume(5));
        assert_eq!(start(here, 5, 0, true, 0), Start::Resume(5));
        assert_eq!(start(None, 9, 0, true, 0), Start::Reset, "a first visit");
        assert_eq!(start(here, 9, 0, false, 0), Start::Reset, "another log");
        assert_eq!(start(here, 4, 0, true, 0), Start::Reset, "a number that was not delivered yet");
        assert_eq!(start(here, 9, 6, true, 0), Start::Reset, "a hole");
        assert_eq!(start(here, 9, 0, true, 4), Start::Reset, "more than a resume may have");
    }

    #[test]
    fn message_is_changed_by_its_author_alone_and_until_it_is_deleted() {
        let edited = Content::edit(1, "two");
        let deleted = Content::Deleted { target: 1 };
        let reacted = Content::Reacted { target: 1, emoji: "👍".into(), on: true };
        let mut reply = Content::message("hi");
        if let Content::Message { reply_to, .. } = &mut reply {
            *reply_to = Some(1);
        }
        let target = |author, is_deleted| Some(Target { author, is_deleted, is_moderated: false });
        let moderated = |is_deleted| Some(Target { author: ADA, is_deleted, is_moderated: true });
        for (content, by, target, code) in [
            (&edited, ADA, target(ADA, false), None),
            (&edited, ADA, target(ADA, true), Some("gone")),
            (&edited, ADA, None, Some("no_such_message")),
            (&edited, BOB, target(ADA, false), Some("not_yours")),
            (&deleted, BOB, target(ADA, true), Some("not_yours")),
            (&deleted, BOB, moderated(false), None),
            (&deleted, BOB, moderated(true), Some("gone")),
            (&edited, BOB, moderated(false), Some("not_yours")),
            (&deleted, UserId::GUEST, target(UserId::GUEST, false), Some("not_yours")),
            (&reacted, BOB, target(ADA, false), None),
            (&reacted, BOB, target(ADA, true), Some("gone")),
            (&reply, BOB, target(ADA, true), None),
            (&reply, BOB, None, Some("no_such_message")),
        ] {
            let draft = Draft::new(&RoomName::lobby(), by, content.clone());
            let refusal = check(&draft, target).err().map(|error| error.code().as_str());
            assert_eq!(refusal, code, "{draft:?}");
        }
    }

    #[test]
    fn mention_stays_where_its_name_is_said_and_means_the_person() {
        let names = |text: &str, means: bool| {
            let mentions = [("Ada", ADA), ("Ada L.", ADA), ("Bob", BOB), ("", BOB)].into_iter().collect();
            let mut content = Content::Edited { target: 1, text: text.into(), mentions };
            settle_mentions(&mut content, |_, _, who| Ok::<_, Infallible>(means || who == ADA))
                .unwrap_or_else(|never| match never {});
            content.mentions().iter().map(|(name, _)| name.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names("@@Ada, Bob and @ Bob", true), ["Ada"]);
        assert_eq!(names("@Bob, ask @Ada L.", true), ["Ada", "Ada L.", "Bob"]);
        assert_eq!(names("@Bob, ask @Ada L.", false), ["Ada", "Ada L."], "Bob is not called so");
        assert_eq!(names("@bob", true), [""; 0], "letters as they stand there");
        let ada = Name::stored("Ada");
        assert!(is_called(&ada, "ada") && is_called(&ada, "A.D.A"));
        assert!(!is_called(&ada, "Adam") && !is_called(&ada, " "));
    }

    #[test]
    fn room_is_whose_first_entry_made_it_and_nobody_else_sets_it() {
        let tea = RoomName::parse("tea").expect("a name");
        let draft = |room: &RoomName, by| Draft::new(room, by, Content::Topic { text: "".into() });
        for (room, by, maker) in
            [(&tea, ADA, Some(ADA)), (&tea, UserId::GUEST, None), (&RoomName::lobby(), ADA, None)]
        {
            assert_eq!(maker_by(&draft(room, by)), maker);
        }
        let set_of = |room: &RoomName, before: Option<&RoomSetting>, by, title: &str, is_listed| {
            set_room(before, &draft(room, by), title, is_listed).map_err(|error| error.code().as_str())
        };
        assert_eq!(set_of(&RoomName::lobby(), None, ADA, "Lounge", true), Err("not_yours"));
        let set = |before: &RoomSetting, by, title: &str, is_listed| {
            set_of(&tea, Some(before), by, title, is_listed)
        };
        let never = RoomSetting::default();
        let made = set_of(&tea, None, ADA, "", false).expect("she is the first").expect("she has made it");
        assert_eq!((&*made.title, made.is_listed, made.maker), ("", false, Some(ADA)));
        assert_eq!(set(&made, ADA, "", false), Ok(None));
        let listed = set(&made, ADA, "Tea", true).expect("it is hers").expect("that is another");
        assert_eq!((&*listed.title, listed.is_listed, listed.maker), ("Tea", true, Some(ADA)));
        let others = [(&listed, BOB), (&listed, UserId::GUEST), (&never, ADA), (&never, UserId::GUEST)];
        for (before, by) in others {
            assert_eq!(set(before, by, "Coffee", true), Err("not_yours"));
        }
        // What is imported was allowed where it is from; the room stays its maker's.
        let imported = draft(&tea, BOB).by_moderator();
        let after =
            set_room(Some(&listed), &imported, "Coffee", true).expect("it is taken").expect("another title");
        assert_eq!((&*after.title, after.maker), ("Coffee", Some(ADA)));
    }

    #[test]
    fn read_marker_only_grows_unless_it_is_put_back_and_is_never_beyond_the_log() {
        for (before, asked, marker) in [(None, 3, 3), (Some(5), 3, 5), (Some(5), 7, 7), (Some(5), 99, 9)] {
            assert_eq!(read_marker(before, asked, false, 9), marker);
        }
        for (before, asked, marker) in [(None, 3, 3), (Some(5), 3, 3), (Some(5), 99, 9)] {
            assert_eq!(read_marker(before, asked, true, 9), marker);
        }
    }
}
