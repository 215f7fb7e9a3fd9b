//! Machines that tell each other who is in a room: whatever is lost of what they say, all come to see the same people.

use super::*;
use crate::base::clock;
use crate::base::device::DeviceId;
use crate::base::room_name::RoomName;
use crate::hub::outlet::Outlet;
use crate::hub::people::{Due, People};
use crate::hub::presence::{Identity, Persons};
use crate::wire::protocol::Encoding;
use crate::wire::stream::Stream;

/// One room on one machine.
struct Machine {
    number: u64,
    start: u64,
    people: People,
    persons: Arc<Persons>,
    identities: Vec<Identity>,
}

fn user(id: u64) -> User {
    User::new(UserId::new(id), format!("user {id}"))
}

impl Machine {
    fn starts(number: u64, start: u64, now: Duration) -> Self {
        let people = People::beside(Others::new(Speaker { machine: number, start }, 0, now));
        Self { number, start, people, persons: Arc::default(), identities: Vec::new() }
    }

    fn come(&mut self, id: u64) {
        let (_peer, stream) = tokio::io::duplex(64);
        let outlet = Arc::new(Outlet::new(Stream::other(stream), Encoding::V1.into()));
        let identity = self.persons.identify(&user(id), DeviceId::FIRST, &outlet, Arc::default());
        self.people.come(identity.person());
        self.identities.push(identity);
    }

    fn go(&mut self, id: u64) {
        self.people.go(UserId::new(id));
        let at = self.identities.iter().position(|identity| identity.id() == UserId::new(id));
        drop(self.identities.remove(at.expect("they are here")));
    }

    /// Who is in the room, and how many.
    fn sees(&self) -> (Vec<u64>, usize) {
        let mut ids: Vec<u64> = self.people.all().iter().map(|user| user.id.get()).collect();
        ids.sort_unstable();
        (ids, self.people.count())
    }

    fn hears(&mut self, said: &[Vec<u8>], now: Duration) {
        for said in said {
            let (by, said) = Said::read(said).expect("what a machine says");
            self.people.hear(by, said, now);
        }
    }

    /// What the members are told now, as a line.
    fn tells(&mut self) -> String {
        assert_ne!(self.people.due(), Due::Nothing, "there is something to tell");
        String::from_utf8(self.people.tell(&RoomName::lobby())).expect("JSON")
    }
}

/// Some machines, and the time.
struct Chat {
    machines: Vec<Machine>,
    now: Duration,
}

impl Chat {
    fn of(count: u64) -> Self {
        let now = clock::elapsed();
        Self { machines: (1..=count).map(|number| Machine::starts(number, 1, now)).collect(), now }
    }

    /// One says what is due, and the others hear it.
    fn say(&mut self, speaker: usize) -> usize {
        let said = self.machines[speaker].people.say(self.now);
        for (at, machine) in self.machines.iter_mut().enumerate() {
            if at != speaker {
                machine.hears(&said, self.now);
            }
        }
        said.len()
    }

    /// Time passes, in which all say what is due.
    fn passes(&mut self, seconds: u64) {
        for _ in 0..seconds * 4 {
            self.now += Duration::from_millis(250);
            for speaker in 0..self.machines.len() {
                self.say(speaker);
            }
        }
    }

    /// Time passes, in which one machine neither says nor hears anything.
    fn passes_without(&mut self, at: usize, seconds: u64) {
        let away = self.machines.remove(at);
        self.passes(seconds);
        self.machines.insert(at, away);
    }

    #[track_caller]
    fn all_see(&self, ids: &[u64]) {
        for machine in &self.machines {
            assert_eq!(machine.sees(), (ids.to_vec(), ids.len()), "machine {}", machine.number);
        }
    }
}

#[test]
fn people_of_all_machines_are_in_the_room_and_leave_it() {
    let mut chat = Chat::of(3);
    chat.machines[0].come(1);
    chat.machines[1].come(2);
    chat.passes(1);
    chat.all_see(&[1, 2]);
    let line = chat.machines[2].tells();
    assert!(line.contains("\"count\":2") && line.contains("user 1") && line.contains("user 2"), "{line}");
    chat.machines[1].tells();
    chat.machines[2].come(3);
    chat.machines[0].come(4);
    chat.machines[0].go(1);
    chat.passes(1);
    chat.all_see(&[2, 3, 4]);
    let line = chat.machines[1].tells();
    assert!(line.contains("joined") && line.contains("user 3") && line.contains("left"), "{line}");
    chat.machines[1].go(2);
    chat.passes(1);
    chat.all_see(&[3, 4]);
    let quiet =
        (0..20).map(|_| (chat.passes(1), (0..3).map(|at| chat.say(at)).sum::<usize>()).1).sum::<usize>();
    assert_eq!(quiet, 0, "nothing but beats, which were said by then");
}

#[test]
fn user_on_two_machines_is_one_person_who_leaves_with_the_last() {
    let mut chat = Chat::of(3);
    chat.machines[0].come(1);
    chat.passes(1);
    chat.machines.iter_mut().for_each(|machine| drop(machine.tells()));
    chat.machines[1].come(1);
    chat.passes(1);
    chat.all_see(&[1]);
    chat.machines[0].go(1);
    chat.passes(1);
    chat.all_see(&[1]);
    for machine in &chat.machines {
        assert_eq!(machine.people.due(), Due::Nothing, "nobody came and nobody went");
    }
    chat.machines[0].come(1);
    chat.passes(1);
    chat.machines[1].go(1);
    chat.machines[0].go(1);
    chat.passes(1);
    chat.all_see(&[]);
    assert!(chat.machines[2].tells().contains("left"));
}

#[test]
fn change_that_is_lost_is_noticed_by_the_next_or_by_a_beat() {
    for is_quiet in [true, false] {
        let mut chat = Chat::of(2);
        chat.machines[0].come(1);
        chat.passes(1);
        chat.machines[0].come(2);
        chat.machines[0].go(1);
        chat.now += Duration::from_secs(1);
        let lost = chat.machines[0].people.say(chat.now);
        assert_eq!(lost.len(), 1);
        assert_eq!(chat.machines[1].sees().0, [1], "it has not heard it");
        if is_quiet {
            chat.passes(7);
            chat.all_see(&[2]);
        } else {
            chat.machines[0].come(3);
            chat.passes(2);
            chat.all_see(&[2, 3]);
        }
        // What comes late, and twice, changes nothing.
        let now = chat.now;
        chat.machines[1].hears(&lost, now);
        chat.machines[1].hears(&lost, now);
        chat.passes(2);
        let (ids, _) = chat.machines[0].sees();
        chat.all_see(&ids);
    }
}

#[test]
fn question_and_answer_that_are_lost_are_asked_again() {
    let mut chat = Chat::of(2);
    chat.machines[0].come(1);
    // The first machine has said it to nobody, and the second's question is not heard.
    chat.machines[0].people.say(chat.now);
    chat.machines[1].people.say(chat.now);
    assert_eq!(chat.machines[1].sees().1, 0);
    chat.passes(7);
    chat.all_see(&[1]);
}

#[test]
fn machine_that_is_silent_for_half_a_minute_loses_its_people_until_it_is_heard() {
    let mut chat = Chat::of(2);
    chat.machines[0].come(1);
    chat.machines[1].come(2);
    chat.passes(1);
    chat.all_see(&[1, 2]);
    chat.machines[1].tells();
    chat.passes_without(0, 29);
    assert_eq!(chat.machines[1].sees().0, [1, 2], "it may have been a beat or two that was lost");
    chat.passes_without(0, 3);
    assert_eq!(chat.machines[1].sees(), (vec![2], 1));
    assert!(chat.machines[1].tells().contains("left"));
    // It has heard nothing for as long, but knows that it was away itself.
    chat.now += Duration::from_millis(250);
    chat.say(0);
    assert_eq!(chat.machines[0].sees().0, [1, 2]);
    chat.passes(2);
    chat.all_see(&[1, 2]);
}

#[test]
fn machine_that_stops_says_so_and_one_that_starts_again_has_nobody_of_before() {
    let mut chat = Chat::of(3);
    chat.machines[0].come(1);
    chat.machines[1].come(2);
    chat.passes(1);
    let me = Speaker { machine: 2, start: 1 };
    let (gone, now) = (Said::Gone.write(me), chat.now);
    for at in [0, 2] {
        chat.machines[at].hears(std::slice::from_ref(&gone), now);
        assert_eq!(chat.machines[at].sees().0, [1]);
    }
    // The first is killed, and is there again at once with other people.
    chat.machines[1] = Machine::starts(2, 2, now);
    let killed = std::mem::replace(&mut chat.machines[0], Machine::starts(1, 2, now));
    chat.machines[0].come(3);
    chat.passes(1);
    chat.all_see(&[3]);
    // A message of the start before comes late.
    let late = Said::All { version: 99, count: 1, people: Some(vec![user(1)]) };
    let late = late.write(Speaker { machine: killed.number, start: killed.start });
    for at in 0..3 {
        chat.machines[at].hears(std::slice::from_ref(&late), now);
    }
    chat.all_see(&[3]);
}

#[test]
fn crowd_is_counted_and_named_again_when_it_is_none() {
    let mut chat = Chat::of(2);
    let most = PEOPLE_NAMED as u64;
    chat.machines[1].come(1_000);
    (1..=most).for_each(|id| chat.machines[0].come(id));
    chat.passes(1);
    assert_eq!(chat.machines[1].sees().1, PEOPLE_NAMED + 1);
    assert!(chat.machines[1].people.is_crowd(), "together they are too many to be named");
    chat.machines[0].come(most + 1);
    chat.passes(2);
    assert_eq!(chat.machines[1].sees(), (vec![1_000], PEOPLE_NAMED + 2), "they are only counted");
    assert!(!chat.machines[1].tells().contains("joined"));
    // However many come and go, it is said once a second.
    let mut said = 0;
    for round in 0..20 {
        (0..5).for_each(|n| chat.machines[0].come(most + 2 + 5 * round + n));
        chat.now += Duration::from_millis(250);
        said += chat.say(0);
    }
    assert!((4..=6).contains(&said), "{said} times in five seconds");
    chat.passes(2);
    assert_eq!(chat.machines[1].sees().1, PEOPLE_NAMED + 102);
    (3..most + 102).for_each(|id| chat.machines[0].go(id));
    chat.passes(2);
    chat.all_see(&[1, 2, 1_000]);
    let line = chat.machines[1].tells();
    assert!(line.contains("\"all\":true") && line.contains("user 2\""), "{line}");
}

#[test]
fn room_knows_a_bounded_number_of_machines_and_of_people_of_each() {
    let mut machine = Machine::starts(1, 1, Duration::ZERO);
    let says = |number: u64, said: Said| said.write(Speaker { machine: number, start: 1 });
    for number in 2..=MACHINES_A_ROOM as u64 + 10 {
        let all = Said::All { version: 1, count: 1, people: Some(vec![user(number)]) };
        machine.hears(&[says(number, all)], Duration::ZERO);
    }
    assert_eq!(machine.sees().1, MACHINES_A_ROOM);
    let mut hostile = Machine::starts(1, 1, Duration::ZERO);
    let all = Said::All { version: 0, count: 0, people: Some(Vec::new()) };
    hostile.hears(&[says(2, all)], Duration::ZERO);
    for round in 1..=10 {
        let count = round * PEOPLE_NAMED;
        let came = (1 + count - PEOPLE_NAMED..=count).map(|id| user(id as u64)).collect();
        let said = Said::Change { version: round as u64, count, came, left: Vec::new() };
        hostile.hears(&[says(2, said)], Duration::ZERO);
    }
    assert!(hostile.sees().1 <= PEOPLE_NAMED, "{} people of one machine", hostile.sees().1);
}

#[test]
fn whatever_is_lost_or_repeated_all_machines_come_to_see_the_same_people() {
    // A fixed sequence of random numbers (xorshift).
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let mut chat = Chat::of(4);
    let mut here: Vec<HashSet<u64>> = vec![HashSet::new(); 4];
    for _ in 0..2_000 {
        let (at, id) = (random(4) as usize, 1 + random(6));
        if here[at].remove(&id) {
            chat.machines[at].go(id);
        } else {
            here[at].insert(id);
            chat.machines[at].come(id);
        }
        chat.now += Duration::from_millis(random(400));
        let (speaker, now) = (random(4) as usize, chat.now);
        let said = chat.machines[speaker].people.say(now);
        for listener in (0..4).filter(|listener| *listener != speaker) {
            for said in &said {
                let heard = random(4);
                (0..heard.min(2))
                    .for_each(|_| chat.machines[listener].hears(std::slice::from_ref(said), now));
            }
        }
    }
    chat.passes(8);
    let mut ids: Vec<u64> = here.iter().flatten().copied().collect::<HashSet<_>>().into_iter().collect();
    ids.sort_unstable();
    chat.all_see(&ids);
}
