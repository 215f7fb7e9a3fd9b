//! The directory of rooms: those that their makers have listed, in the order of their names, page after page. Knows no storage.

use crate::base::limits::DIRECTORY_LOOKS;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::log::sqlite::words::words;

/// Somebody asks for rooms that are listed.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DirectoryRequest {
    /// Only rooms whose names come after this one.
    pub after: Option<RoomName>,
    /// Only rooms whose name, title or topic has this in it, however it is spelled there; empty for all.
    pub query: Box<str>,
    /// How many at most.
    pub limit: usize,
    /// The user who asks.
    pub who: UserId,
}

/// A part of the directory.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DirectoryPage {
    /// The rooms, in the order of their names.
    pub rooms: Vec<ListedRoom>,
    /// After which room to go on. A page may have fewer rooms than were asked for, even none, and others after it.
    pub next: Option<RoomName>,
}

/// A room that is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListedRoom {
    /// Which room.
    pub room: RoomName,
    /// Its title; empty for none.
    pub title: Box<str>,
    /// Its topic; empty for none.
    pub topic: Box<str>,
    /// The time of its last message, in Unix milliseconds.
    pub last: Option<u64>,
    /// Whether nobody writes in it any more.
    pub archived: bool,
}

impl DirectoryRequest {
    /// The page that is asked for, of listed rooms after [`DirectoryRequest::after`] in the order of their names. It takes
    /// one room beyond those that it looks at, to know whether there are any.
    pub(super) fn page<E>(
        &self,
        rooms: impl IntoIterator<Item = Result<ListedRoom, E>>,
    ) -> Result<DirectoryPage, E> {
        let query = words(&self.query);
        let (mut page, mut looks, mut last) = (DirectoryPage::default(), 0, None);
        for room in rooms {
            let room = room?;
            if page.rooms.len() >= self.limit || looks == DIRECTORY_LOOKS {
                page.next = last;
                break;
            }
            looks += 1;
            last = Some(room.room.clone());
            if room.has(&query) {
                page.rooms.push(room);
            }
        }
        Ok(page)
    }
}

impl ListedRoom {
    /// Whether these words stand side by side in what is said of it.
    fn has(&self, words_sought: &str) -> bool {
        let said = [self.room.as_str(), &self.title, &self.topic];
        words_sought.is_empty() || said.iter().any(|text| words(text).contains(words_sought))
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn rooms(count: usize) -> Vec<ListedRoom> {
        let room = |n: usize| RoomName::parse(&format!("r{n:05}")).expect("a name");
        let listed =
            |n| ListedRoom { room: room(n), title: "".into(), topic: "".into(), last: None, archived: false };
        (0..count).map(listed).collect()
    }

    fn page(rooms: &[ListedRoom], query: &str, limit: usize) -> DirectoryPage {
        let request = DirectoryRequest { after: None, query: query.into(), limit, who: UserId::GUEST };
        let rooms = rooms.iter().cloned().map(Ok::<_, Infallible>);
        request.page(rooms).unwrap_or_else(|never| match never {})
    }

    #[test]
    fn page_ends_where_it_is_full_or_has_looked_at_enough_and_says_where_to_go_on() {
        let mut rooms = rooms(DIRECTORY_LOOKS + 1);
        let first = page(&rooms, "", 3);
        assert_eq!((first.rooms.len(), first.next.as_ref()), (3, Some(&rooms[2].room)));
        let none = page(&rooms, "tea", 3);
        assert_eq!((none.rooms.len(), none.next.as_ref()), (0, Some(&rooms[DIRECTORY_LOOKS - 1].room)));
        rooms.truncate(3);
        assert_eq!(page(&rooms, "", 3).next, None, "there are no others");
        assert_eq!(page(&rooms, "tea", 3).next, None);
    }

    #[test]
    fn room_is_found_by_its_name_title_and_topic_however_they_are_spelled() {
        let mut rooms = rooms(2);
        rooms[0] =
            ListedRoom {
                title: "Straße der Ёлки".into(), topic: "花园聚会".into(), ..rooms[0].clone()
            };
        for (query, found) in [
            ("STRASSE", 1),
            ("елки", 1),
            ("园聚", 1),
            ("R00000", 1),
            ("r0000", 2),
            ("der елки", 1),
            ("tea", 0),
        ] {
            assert_eq!(page(&rooms, query, 9).rooms.len(), found, "{query}");
        }
        assert_eq!(page(&rooms, "?!", 9).rooms.len(), 2, "nothing is sought");
    }
}
