//! What waits for a thread: many ask, one or some take. Knows nothing of what is asked.

use std::collections::VecDeque;
use std::fmt;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

/// A bounded queue between tasks, which never wait, and threads, which do.
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    arrived: Condvar,
    max: usize,
}

struct State<T> {
    waiting: VecDeque<T>,
    is_closed: bool,
    /// How often something was taken, from 1.
    taken: u64,
    /// Tasks that wait until something is taken.
    tasks: Vec<Waker>,
}

impl<T> fmt::Debug for Queue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue").field("waiting", &self.state.lock().waiting.len()).finish_non_exhaustive()
    }
}

impl<T> Queue<T> {
    pub(super) fn new(max: usize) -> Self {
        let state = State { waiting: VecDeque::new(), is_closed: false, taken: 1, tasks: Vec::new() };
        Self { state: Mutex::new(state), arrived: Condvar::new(), max }
    }

    /// Adds one; gives it back when the queue is full or closed.
    pub(super) fn push(&self, item: T) -> Result<(), T> {
        let mut state = self.state.lock();
        if state.is_closed || state.waiting.len() >= self.max {
            return Err(item);
        }
        state.waiting.push_back(item);
        drop(state);
        self.arrived.notify_one();
        Ok(())
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.state.lock().waiting.is_empty()
    }

    /// Ready when at most `few` wait. `asked` is the asking task's own, so that it is woken once.
    pub(super) fn poll_ready(&self, few: usize, asked: &mut u64, cx: &Context<'_>) -> Poll<()> {
        let mut state = self.state.lock();
        if state.waiting.len() <= few || state.is_closed {
            return Poll::Ready(());
        }
        if *asked != state.taken {
            *asked = state.taken;
            state.tasks.push(cx.waker().clone());
        }
        Poll::Pending
    }

    /// Waits for the next, up to `max` of them; none when the queue is closed and empty.
    pub(super) fn take(&self, max: usize) -> Option<Vec<T>> {
        self.take_within(max, None)
    }

    /// The same; an empty list when none come within a time.
    pub(super) fn take_within(&self, max: usize, wait: Option<Duration>) -> Option<Vec<T>> {
        let until = wait.map(|wait| Instant::now() + wait);
        let mut state = self.state.lock();
        while state.waiting.is_empty() {
            if state.is_closed {
                return None;
            }
            match until {
                None => self.arrived.wait(&mut state),
                Some(until) if self.arrived.wait_until(&mut state, until).timed_out() => {
                    return Some(Vec::new());
                }
                Some(_) => {}
            }
        }
        let count = state.waiting.len().min(max);
        let taken = state.waiting.drain(..count).collect();
        state.taken += 1;
        let tasks = std::mem::take(&mut state.tasks);
        drop(state);
        tasks.into_iter().for_each(Waker::wake);
        Some(taken)
    }

    /// Takes those that are so, and leaves the others in their order.
    pub(super) fn take_those(&self, is_one: impl FnMut(&T) -> bool) -> VecDeque<T> {
        let mut state = self.state.lock();
        let (taken, left) = std::mem::take(&mut state.waiting).into_iter().partition(is_one);
        state.waiting = left;
        state.taken += 1;
        let tasks = std::mem::take(&mut state.tasks);
        drop(state);
        tasks.into_iter().for_each(Waker::wake);
        taken
    }

    /// What waits is still taken; nothing more is added.
    pub(super) fn close(&self) {
        self.state.lock().is_closed = true;
        self.arrived.notify_all();
    }
}
