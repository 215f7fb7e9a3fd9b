//! Private rooms: their names, which the server makes, and who comes into them and goes. Whoever is not among a private room's people is told the same of every such
//! name, whether or not there is a room of it.

use sha2::{Digest, Sha256};

use crate::base::error::Error;
use crate::base::limits::{DIRECT_PEOPLE, PRIVATE_NAME_CHARS, PRIVATE_PEOPLE};
use crate::base::room_name::{DIRECT, PRIVATE, RoomName};
use crate::base::user::UserId;

/// Base 32, in the small letters of room names (RFC 4648, section 6).
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// A name for a private room, which nobody guesses.
///
/// # Errors
/// The operating system has no random numbers.
pub(crate) fn private_room() -> Result<RoomName, Error> {
    let mut random = [0; PRIVATE_NAME_CHARS];
    getrandom::fill(&mut random).map_err(|e| Error::io("cannot make a room", e.into()))?;
    Ok(named(PRIVATE, random.iter()))
}

/// The direct room of these people: the same whoever of them asks for it, in whatever order.
pub(crate) fn direct_room(people: &[UserId]) -> RoomName {
    let mut ids: Vec<u64> = people.iter().map(|who| who.get()).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut hash = Sha256::new();
    ids.iter().for_each(|id| hash.update(id.to_be_bytes()));
    named(DIRECT, hash.finalize()[..PRIVATE_NAME_CHARS].iter())
}

fn named<'a>(prefix: &str, bytes: impl Iterator<Item = &'a u8>) -> RoomName {
    let letters = bytes.map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    let name: String = prefix.chars().chain(letters).collect();
    RoomName::parse(&name).expect("these are a room's characters")
}

/// The people of a private room, as somebody asks to change them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Circle<'a> {
    pub(crate) room: &'a RoomName,
    /// Who asks; none for the operator.
    pub(crate) by: Option<UserId>,
    /// Those who are in it; nobody where it is new.
    pub(crate) people: &'a [UserId],
    /// Its maker.
    pub(crate) maker: Option<UserId>,
}

/// The people who come into a private room: those who are not in it yet, and whoever makes it.
///
/// # Errors
/// `bad_room`, `not_allowed` or `too_many`.
pub(crate) fn gather(circle: Circle<'_>, asked: &[UserId]) -> Result<Vec<UserId>, Error> {
    let Circle { room, by, people, .. } = circle;
    if !room.is_private() {
        return Err(Error::refused("bad_room", "this is no private room"));
    }
    let mut all = people.to_vec();
    // Whoever makes it is the first in it.
    for who in by.into_iter().chain(asked.iter().copied()) {
        if !all.contains(&who) {
            all.push(who);
        }
    }
    let is_in = by.is_none_or(|by| people.contains(&by));
    match people.is_empty() {
        _ if room.is_moderators() => return Err(if is_in { by_role() } else { members_only() }),
        true if room.is_direct() && direct_room(&all) != *room => {
            return Err(not_allowed("a direct room is of these people for ever"));
        }
        false if !is_in => return Err(members_only()),
        false if room.is_direct() && all.len() > people.len() => {
            return Err(not_allowed("a direct room is of the same people for ever: begin another"));
        }
        _ => {}
    }
    let most = if room.is_direct() { DIRECT_PEOPLE } else { PRIVATE_PEOPLE };
    if all.len() > most {
        return Err(Error::refused("too_many", format!("at most {most} people are in such a room")));
    }
    Ok(all.split_off(people.len()))
}

/// Whether somebody may be taken out of a private room: by themselves, or by its maker.
///
/// # Errors
/// `not_allowed` or `members_only`.
pub(crate) fn check_parting(circle: Circle<'_>, whom: UserId) -> Result<(), Error> {
    let Circle { room, by, people, maker } = circle;
    if by.is_some_and(|by| !people.contains(&by)) {
        return Err(members_only());
    }
    if room.is_direct() {
        return Err(not_allowed("a direct room is of the same people for ever"));
    }
    if room.is_moderators() {
        return Err(by_role());
    }
    if by.is_some_and(|by| by != whom && maker != Some(by)) {
        return Err(not_allowed("only whoever made this room takes others out of it"));
    }
    Ok(())
}

/// The refusal of what somebody asks of a private room whose people they are not among, whether or not there is one.
pub(crate) fn members_only() -> Error {
    Error::refused("members_only", "this room is private: only its people come in")
}

/// The refusal of one more private room.
pub(crate) fn too_many_private_rooms() -> Error {
    Error::refused("too_many", "one of these people is in as many private rooms as anybody may be")
}

/// The refusal of who would change the people of the moderators' room otherwise than by their roles.
fn by_role() -> Error {
    not_allowed("the moderators and owners are in this room, and nobody else: give somebody another role")
}

fn not_allowed(text: &str) -> Error {
    Error::refused("not_allowed", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn direct_room_is_one_for_the_same_people_and_no_name_is_an_ordinary_rooms() {
        let [ada, bob, cleo] = [1, 2, 3].map(UserId::new);
        assert_eq!(direct_room(&[ada, bob]), direct_room(&[bob, ada, bob]));
        assert_ne!(direct_room(&[ada, bob]), direct_room(&[ada, bob, cleo]));
        let (direct, private) = (direct_room(&[ada, bob]), private_room().expect("random"));
        assert!(direct.is_private() && direct.is_direct());
        assert!(private.is_private() && !private.is_direct());
        for other in ["lobby", "__d", "__dabc", "__p1bcdefghijklmnopqrst", "_", "__xabcdefghijklmnopqrst"] {
            assert!(!RoomName::parse(other).expect(other).is_private(), "{other}");
        }
    }

    #[test]
    fn private_room_is_opened_by_its_people_and_direct_one_stays_as_it_is() {
        const ADA: UserId = UserId::new(1);
        const BOB: UserId = UserId::new(2);
        const CLEO: UserId = UserId::new(3);
        let code = |result: Result<(), Error>| result.err().map(|error| error.code().as_str());
        let room = RoomName::parse("__pabcdefghijklmnopqrst").expect("a name");
        let circle = |by, people| Circle { room: &room, by, people, maker: Some(ADA) };
        let gathers = |circle, asked: &[UserId]| gather(circle, asked).map_err(|error| error.code().as_str());
        assert_eq!(gathers(circle(Some(ADA), &[]), &[BOB]), Ok(vec![ADA, BOB]));
        assert_eq!(gathers(circle(Some(BOB), &[]), &[ADA]), Ok(vec![BOB, ADA]), "its maker first");
        assert_eq!(gathers(circle(Some(BOB), &[ADA, BOB]), &[CLEO, ADA]), Ok(vec![CLEO]));
        assert_eq!(gathers(circle(Some(CLEO), &[ADA, BOB]), &[CLEO]), Err("members_only"));
        let many: Vec<_> = (1..=PRIVATE_PEOPLE as u64 + 1).map(UserId::new).collect();
        assert_eq!(gathers(circle(Some(ADA), &[]), &many), Err("too_many"));
        assert_eq!(code(check_parting(circle(Some(BOB), &[ADA, BOB]), BOB)), None);
        assert_eq!(code(check_parting(circle(Some(BOB), &[ADA, BOB]), ADA)), Some("not_allowed"));
        assert_eq!(code(check_parting(circle(Some(ADA), &[ADA, BOB]), BOB)), None);
        assert_eq!(code(check_parting(circle(Some(CLEO), &[ADA, BOB]), BOB)), Some("members_only"));
        let direct = direct_room(&[ADA, BOB]);
        let circle = |by, people| Circle { room: &direct, by, people, maker: None };
        assert_eq!(gathers(circle(Some(BOB), &[]), &[ADA]), Ok(vec![BOB, ADA]));
        assert_eq!(gathers(circle(Some(BOB), &[ADA, BOB]), &[ADA]), Ok(Vec::new()), "it is there already");
        assert_eq!(gathers(circle(Some(ADA), &[ADA, BOB]), &[CLEO]), Err("not_allowed"));
        assert_eq!(gathers(circle(Some(CLEO), &[]), &[ADA]), Err("not_allowed"), "the room of others");
        assert_eq!(code(check_parting(circle(Some(ADA), &[ADA, BOB]), ADA)), Some("not_allowed"));
        let lobby = RoomName::lobby();
        let circle = Circle { room: &lobby, by: Some(ADA), people: &[], maker: None };
        assert_eq!(gathers(circle, &[BOB]), Err("bad_room"));
    }
}
