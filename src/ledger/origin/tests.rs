//! Tests of the origin by itself. The model has it among machines and faults.

use super::*;
use crate::base::entry::Draft;
use crate::base::room_name::RoomName;
use crate::ledger::record::{Append, Beat};

impl<T> Origin<T> {
    /// A fault for the model: what was not heard in time is answered by the clock, and sent on.
    pub(crate) fn give_up_by_clock<O>(&mut self, now: Duration) -> Vec<Settled<T, O>> {
        let Some(open) = self.open.as_mut().filter(|open| now.saturating_sub(open.first) >= GIVE_UP) else {
            return Vec::new();
        };
        open.tickets.iter_mut().filter_map(Option::take).map(Settled::NotSaid).collect()
    }

    /// A fault for the model: what the engine has taken is answered, whatever comes of it.
    pub(crate) fn answer_at_acknowledgement<O: Clone>(&mut self, id: &str, outcome: O) -> Vec<Settled<T, O>> {
        let Some(open) = self.open.as_mut().filter(|open| open.id() == id) else { return Vec::new() };
        let tickets = open.tickets.iter_mut().filter_map(Option::take);
        tickets.map(|ticket| Settled::Applied(ticket, outcome.clone())).collect()
    }
}

type Fate = Settled<u32, u64>;

fn run() -> RunId {
    use std::sync::atomic::{AtomicU64, Ordering};
    static RUN: AtomicU64 = AtomicU64::new(1);
    RunId(RUN.fetch_add(1, Ordering::Relaxed))
}

fn origin() -> Origin<u32> {
    Origin::new(1, run)
}

fn says(text: &str) -> Record {
    Record::Append(Box::new(Append::plain(Draft::message(&RoomName::lobby(), text))))
}

fn beat() -> Record {
    Record::Beat(Beat { machine: 1, position: 0, at: 0, digest: 0, rules: 1 })
}

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// What an envelope of the order settles, whose records come to 1, 2, 3.
fn hears(origin: &mut Origin<u32>, bytes: &[u8], verdict: Verdict, closes: Vec<RunId>) -> Vec<Fate> {
    let envelope = Envelope::parse(bytes).expect("an envelope");
    let outcomes = match verdict {
        Verdict::Effect => (1..=envelope.records(1).expect("records").len() as u64).collect(),
        _ => Vec::new(),
    };
    origin.applied(Applied { envelope, verdict, records: vec![Record::Close(closes)], outcomes })
}

#[test]
fn all_that_waits_goes_into_one_envelope_and_is_answered_when_it_was_applied() {
    let mut origin = origin();
    let first = origin.send(at(0), 0, beat).expect("a sign of life");
    for ticket in 1..=3 {
        origin.submit(says("hi"), Some(ticket)).expect("it is taken");
    }
    assert_eq!(origin.send(at(0), 0, beat), None, "one envelope is open at a time");
    assert_eq!(hears(&mut origin, &first.bytes, Verdict::Effect, Vec::new()), []);
    let second = origin.send(at(0), 1, beat).expect("all three");
    assert_eq!(Envelope::parse(&second.bytes).expect("an envelope").header.n, 2);
    assert_eq!(
        hears(&mut origin, &second.bytes, Verdict::Effect, Vec::new()),
        [Settled::Applied(1, 1), Settled::Applied(2, 2), Settled::Applied(3, 3)]
    );
    assert_eq!(hears(&mut origin, &second.bytes, Verdict::Repeat, Vec::new()), []);
}

#[test]
fn envelope_that_is_not_heard_is_published_again_as_it_was() {
    let mut origin = origin();
    let first = origin.send(at(0), 0, beat).expect("a sign of life");
    assert_eq!(origin.send(RESEND_MIN / 2, 0, beat), None);
    let again = origin.send(RESEND_MIN, 7, beat).expect("it is due");
    assert_eq!(again, first, "to the letter, and with the id that an engine may know it by");
    assert_eq!(hears(&mut origin, &first.bytes, Verdict::Gap, Vec::new()), []);
    let after = origin.send(RESEND_MIN, 7, beat).expect("it was heard out of its turn");
    assert_eq!(after.bytes, first.bytes);
    assert_ne!(after.id, first.id, "an engine would swallow it");
}

#[test]
fn nothing_was_said_is_said_only_when_the_run_is_closed() {
    let mut origin = origin();
    origin.submit(says("open"), Some(1)).expect("it is taken");
    let lost = origin.send(at(0), 0, beat).expect("it is sent");
    origin.submit(says("waits"), Some(2)).expect("it is taken");
    assert_eq!(origin.tick::<u64>(GIVE_UP - at(1)), []);
    assert_eq!(origin.tick(GIVE_UP), [Fate::NotSaid(2)], "what was never sent");
    assert_eq!(origin.submit(says("more"), Some(3)), Err(Some(3)));
    let close = origin.send(GIVE_UP, 0, beat).expect("its run is closed");
    let run = Envelope::parse(&lost.bytes).expect("an envelope").header.run;
    assert_eq!(Envelope::parse(&close.bytes).expect("one").records(1), Ok(vec![Record::Close(vec![run])]));
    // Heard before the run is closed, it was said.
    assert_eq!(hears(&mut origin, &lost.bytes, Verdict::Effect, Vec::new()), [Fate::Applied(1, 1)]);
    assert_eq!(hears(&mut origin, &close.bytes, Verdict::Effect, vec![run]), []);
    assert!(origin.submit(says("more"), Some(4)).is_ok());
}

#[test]
fn closed_run_settles_what_was_not_heard_before() {
    let mut origin = origin();
    origin.submit(says("open"), Some(1)).expect("it is taken");
    let lost = origin.send(at(0), 0, beat).expect("it is sent");
    let run = Envelope::parse(&lost.bytes).expect("an envelope").header.run;
    assert_eq!(origin.tick::<u64>(GIVE_UP), []);
    let close = origin.send(GIVE_UP, 0, beat).expect("its run is closed");
    assert_eq!(hears(&mut origin, &close.bytes, Verdict::Effect, vec![run]), [Fate::NotSaid(1)]);
    assert_eq!(hears(&mut origin, &lost.bytes, Verdict::Refused, Vec::new()), [], "it never takes effect");
}

#[test]
fn machine_whose_run_was_closed_or_copied_ends_its_connections_unanswered() {
    let mut closed = origin();
    closed.submit(says("open"), Some(1)).expect("it is taken");
    let sent = closed.send(at(0), 0, beat).expect("it is sent");
    closed.submit(says("waits"), Some(2)).expect("it is taken");
    let header = Envelope::parse(&sent.bytes).expect("an envelope").header;
    let elsewhere = Header { run: run(), n: 1, ..header }.with(&[]);
    let fates = hears(&mut closed, &elsewhere, Verdict::Effect, vec![header.run]);
    assert_eq!(fates, [Fate::Unknown(1), Fate::Unknown(2), Fate::Disconnect]);
    assert!(closed.submit(says("anew"), Some(3)).is_ok(), "in a new run");

    let mut copied = origin();
    copied.submit(says("mine"), Some(1)).expect("it is taken");
    let sent = copied.send(at(0), 0, beat).expect("it is sent");
    let header = Envelope::parse(&sent.bytes).expect("an envelope").header;
    let mut body = Vec::new();
    says("another's").write(&mut body);
    let fates = hears(&mut copied, &header.with(&body), Verdict::Effect, Vec::new());
    assert_eq!(fates, [Fate::Unknown(1), Fate::Disconnect], "no receipt for what somebody else said");
    assert_eq!(copied.submit(says("more"), Some(2)), Err(Some(2)), "until the run that two have is closed");
}

#[test]
fn machine_is_fresh_by_what_it_sent_and_not_by_when_it_heard() {
    let mut origin = origin();
    let first = origin.send(at(0), 0, beat).expect("a sign of life");
    assert!(!origin.is_fresh(at(1)), "nothing of it was heard");
    assert_eq!(hears(&mut origin, &first.bytes, Verdict::Effect, Vec::new()), []);
    assert!(origin.is_fresh(FRESH) && !origin.is_fresh(FRESH + at(1)));
    assert!(origin.send(BEAT_PERIOD, 1, beat).is_some(), "the next sign of life");
}

#[test]
fn envelope_that_the_engine_refuses_for_sure_was_not_said() {
    let mut origin = origin();
    origin.submit(says("hi"), Some(1)).expect("it is taken");
    let sent = origin.send(at(0), 0, beat).expect("it is sent");
    assert_eq!(origin.refused(&sent.id), [Fate::NotSaid(1)]);
    origin.submit(says("hi"), Some(2)).expect("it is taken");
    assert_eq!(origin.send(at(0), 0, beat), None, "an engine that is full is not asked at once");
    let next = origin.send(RESEND_MIN, 0, beat).expect("it is sent");
    assert_eq!(next.id, sent.id, "its number is free");
    origin.send(2 * RESEND_MIN, 0, beat).expect("a second copy");
    assert_eq!(origin.refused::<u64>(&next.id), [], "the first copy may land");
}

#[test]
fn next_envelope_goes_out_while_the_last_is_written_and_each_is_answered_when_it_was_applied() {
    let mut origin = origin();
    origin.submit(says("one"), Some(1)).expect("it is taken");
    let first = origin.send(at(0), 0, beat).expect("it is sent");
    origin.submit(says("two"), Some(2)).expect("it is taken");
    assert_eq!(origin.send(at(0), 0, beat), None, "the first is not heard");
    origin.heard_to_take_effect(&Envelope::parse(&first.bytes).expect("an envelope"));
    let second = origin.send(at(0), 0, beat).expect("it is sent");
    assert_eq!(hears(&mut origin, &first.bytes, Verdict::Effect, Vec::new()), [Fate::Applied(1, 1)]);
    // Written again after a failed commit, it is settled no second time, and the other goes on.
    assert_eq!(hears(&mut origin, &first.bytes, Verdict::Repeat, Vec::new()), []);
    assert_eq!(hears(&mut origin, &second.bytes, Verdict::Effect, Vec::new()), [Fate::Applied(2, 1)]);

    // Whoever is taken for gone meanwhile answers neither.
    origin.submit(says("three"), Some(3)).expect("it is taken");
    let third = origin.send(at(0), 0, beat).expect("it is sent");
    origin.heard_to_take_effect(&Envelope::parse(&third.bytes).expect("an envelope"));
    origin.submit(says("four"), Some(4)).expect("it is taken");
    origin.send(at(0), 0, beat).expect("it is sent");
    let header = Envelope::parse(&third.bytes).expect("an envelope").header;
    let elsewhere = Header { run: run(), n: 1, ..header }.with(&[]);
    let fates = hears(&mut origin, &elsewhere, Verdict::Effect, vec![header.run]);
    assert_eq!(fates, [Fate::Unknown(3), Fate::Unknown(4), Fate::Disconnect]);
}
