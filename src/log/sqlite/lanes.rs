//! What waits for the readers of the store: a lane for each kind of question, so that no kind waits behind a slower
//! one. Knows nothing of what is asked.

use std::collections::{HashMap, VecDeque};
use std::fmt;

use parking_lot::{Condvar, Mutex};

use crate::base::limits::{PAGE_READERS, READERS, READS_WAITING_A_USER, READS_WAITING_MAX, SEARCH_READERS};
use crate::base::user::UserId;

/// A kind of question. The first is answered before the second, and that before the third.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// What a client begins with in a room. Their number is bounded by the hub's permits, so they are answered in order.
    Join,
    /// A page of history.
    Page,
    /// A search, which may take a thousand times as long as the others. A user has one at a time.
    Search,
}

const LANES: [Lane; 3] = [Lane::Join, Lane::Page, Lane::Search];

impl Lane {
    /// Readers that may be busy with it.
    fn readers(self) -> usize {
        match self {
            Self::Join => READERS,
            Self::Page => PAGE_READERS,
            Self::Search => SEARCH_READERS,
        }
    }
}

/// Why a question is not taken; it is given back.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Rejection<T> {
    /// Too many wait, or the store is closed.
    Full(T),
    /// Too many of this user wait.
    TooMany(T),
}

/// Bounded queues between tasks, which never wait, and the readers' threads, which do.
pub(super) struct Lanes<T> {
    state: Mutex<State<T>>,
    arrived: Condvar,
}

struct State<T> {
    lanes: [Waiting<T>; LANES.len()],
    is_closed: bool,
}

/// What waits in one lane.
struct Waiting<T> {
    lane: Lane,
    by_user: HashMap<UserId, VecDeque<T>>,
    /// Whose question is next: everybody who has any, once.
    order: VecDeque<UserId>,
    count: usize,
    /// Whose questions are being answered.
    asking: Vec<UserId>,
}

/// A question that a reader has taken. Its place in the lane is free when this is given to [`Lanes::done`].
#[derive(Debug)]
pub(super) struct Ticket {
    lane: Lane,
    who: UserId,
}

impl<T> fmt::Debug for Lanes<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state.lock();
        f.debug_list().entries(state.lanes.iter().map(|waiting| (waiting.lane, waiting.count))).finish()
    }
}

impl<T> Lanes<T> {
    pub(super) fn new() -> Self {
        let state = State { lanes: LANES.map(Waiting::new), is_closed: false };
        Self { state: Mutex::new(state), arrived: Condvar::new() }
    }

    /// Adds a question of this user.
    ///
    /// # Errors
    /// Gives it back, with the reason.
    pub(super) fn push(&self, lane: Lane, who: UserId, question: T) -> Result<(), Rejection<T>> {
        let mut state = self.state.lock();
        if state.is_closed {
            return Err(Rejection::Full(question));
        }
        state.lanes[lane as usize].push(who, question)?;
        drop(state);
        self.arrived.notify_one();
        Ok(())
    }

    /// Waits for the next question; none when the lanes are closed and empty.
    pub(super) fn take(&self) -> Option<(T, Ticket)> {
        let mut state = self.state.lock();
        loop {
            if let Some(next) = state.lanes.iter_mut().find_map(Waiting::take) {
                return Some(next);
            }
            if state.is_closed && state.lanes.iter().all(|waiting| waiting.count == 0) {
                return None;
            }
            self.arrived.wait(&mut state);
        }
    }

    /// A question is answered. Its reader comes for the next at once, so nobody is woken, unless it is the last.
    pub(super) fn done(&self, taken: &Ticket) {
        let mut state = self.state.lock();
        let asking = &mut state.lanes[taken.lane as usize].asking;
        if let Some(at) = asking.iter().position(|who| *who == taken.who) {
            asking.swap_remove(at);
        }
        let is_closed = state.is_closed;
        drop(state);
        if is_closed {
            self.arrived.notify_all();
        }
    }

    /// What waits is still taken; nothing more is added.
    pub(super) fn close(&self) {
        self.state.lock().is_closed = true;
        self.arrived.notify_all();
    }
}

impl<T> Waiting<T> {
    fn new(lane: Lane) -> Self {
        Self { lane, by_user: HashMap::new(), order: VecDeque::new(), count: 0, asking: Vec::new() }
    }

    fn push(&mut self, who: UserId, question: T) -> Result<(), Rejection<T>> {
        if self.count >= READS_WAITING_MAX {
            return Err(Rejection::Full(question));
        }
        let questions = self.by_user.entry(who).or_default();
        if self.lane != Lane::Join && questions.len() >= READS_WAITING_A_USER {
            return Err(Rejection::TooMany(question));
        }
        if questions.is_empty() {
            self.order.push_back(who);
        }
        questions.push_back(question);
        self.count += 1;
        Ok(())
    }

    /// The next question, if a reader may take it now: one of each user by turns.
    fn take(&mut self) -> Option<(T, Ticket)> {
        if self.asking.len() >= self.lane.readers() {
            return None;
        }
        let may_ask = |who: &UserId| self.lane != Lane::Search || !self.asking.contains(who);
        let at = self.order.iter().position(may_ask)?;
        let who = self.order.remove(at)?;
        let questions = self.by_user.get_mut(&who)?;
        let question = questions.pop_front()?;
        if questions.is_empty() {
            self.by_user.remove(&who);
        } else {
            self.order.push_back(who);
        }
        self.count -= 1;
        self.asking.push(who);
        Some((question, Ticket { lane: self.lane, who }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: UserId = UserId::new(1);
    const BOB: UserId = UserId::new(2);
    const EVE: UserId = UserId::new(3);

    /// What readers take now, without waiting.
    fn takes(lanes: &Lanes<u32>) -> Option<(u32, Ticket)> {
        lanes.state.lock().lanes.iter_mut().find_map(Waiting::take)
    }

    #[test]
    fn joins_go_before_pages_and_pages_before_searches() {
        let lanes = Lanes::new();
        for (question, lane) in [(3, Lane::Search), (2, Lane::Page), (1, Lane::Join)] {
            lanes.push(lane, ADA, question).expect("there is space");
        }
        assert_eq!(
            [(); 3].map(|()| takes(&lanes).map(|(question, _)| question)),
            [Some(1), Some(2), Some(3)]
        );
    }

    #[test]
    fn searches_are_one_a_user_and_leave_half_of_the_readers_free() {
        let lanes = Lanes::new();
        for question in 0..6 {
            lanes.push(Lane::Search, ADA, question).expect("there is space");
        }
        for who in [BOB, EVE] {
            lanes.push(Lane::Search, who, 100).expect("there is space");
        }
        let (first, of_ada) = takes(&lanes).expect("a search of Ada's");
        let (second, of_bob) = takes(&lanes).expect("one of Bob's, though Ada asked before");
        assert_eq!((first, second, of_bob.who), (0, 100, BOB));
        assert!(takes(&lanes).is_none(), "half of the readers are busy with searches");
        lanes.push(Lane::Join, ADA, 7).expect("there is space");
        assert_eq!(takes(&lanes).map(|(question, _)| question), Some(7));
        lanes.done(&of_bob);
        assert_eq!(takes(&lanes).map(|(_, taken)| taken.who), Some(EVE), "Ada has one under way");
        lanes.done(&of_ada);
        assert_eq!(takes(&lanes).map(|(question, _)| question), Some(1));
    }

    #[test]
    fn users_are_answered_by_turns_and_a_reader_is_left_for_joins() {
        let lanes = Lanes::new();
        for (who, question) in [(ADA, 1), (ADA, 2), (ADA, 3), (BOB, 10)] {
            lanes.push(Lane::Page, who, question).expect("there is space");
        }
        let taken: Vec<u32> = std::iter::from_fn(|| takes(&lanes)).map(|(question, _)| question).collect();
        assert_eq!(taken, [1, 10, 2], "three of four readers are busy with pages");
    }

    #[test]
    fn more_questions_of_one_user_than_may_wait_are_given_back() {
        let lanes = Lanes::new();
        for question in 0..READS_WAITING_A_USER as u32 {
            lanes.push(Lane::Page, ADA, question).expect("there is space");
        }
        assert_eq!(lanes.push(Lane::Page, ADA, 99), Err(Rejection::TooMany(99)));
        assert_eq!(lanes.push(Lane::Page, BOB, 1), Ok(()));
        lanes.close();
        assert_eq!(lanes.push(Lane::Join, BOB, 1), Err(Rejection::Full(1)));
    }
}
