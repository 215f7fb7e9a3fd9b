//! Answers of a log, which come at once or later.

use std::future::{Ready, ready};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::base::error::Error;

/// What an append came to: the entry is in the log, and stays there as surely as the log promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Appended {
    /// The entry's sequence number.
    pub seq: u64,
}

/// An answer that comes when it comes: at once from memory, after a sync from a disk, after a quorum from a
/// cluster. Await it, or drop it: what was asked for goes on.
#[derive(Debug)]
pub struct Answer<T>(AnswerKind<T>);

/// The answer to an append.
pub type Receipt = Answer<Appended>;

#[derive(Debug)]
enum AnswerKind<T> {
    Now(Ready<Result<T, Error>>),
    Later(oneshot::Receiver<Result<T, Error>>),
    Timed(oneshot::Receiver<(Result<T, Error>, Duration)>),
}

impl<T> Answer<T> {
    /// An answer that is known already.
    pub fn now(answer: Result<T, Error>) -> Self {
        Self(AnswerKind::Now(ready(answer)))
    }

    /// An answer that a log's own thread or task gives later.
    pub fn later(answer: oneshot::Receiver<Result<T, Error>>) -> Self {
        Self(AnswerKind::Later(answer))
    }
}

impl<T> Answer<T> {
    /// The answer, if it was known from the start.
    pub(crate) fn known(self) -> Result<Result<T, Error>, Self> {
        match self.0 {
            AnswerKind::Now(answer) => Ok(answer.into_inner()),
            later => Err(Self(later)),
        }
    }

    /// An answer that is given later, with the time that the work for it takes.
    pub(crate) fn timed(answer: oneshot::Receiver<(Result<T, Error>, Duration)>) -> Self {
        Self(AnswerKind::Timed(answer))
    }

    /// The answer, and the time that the work for it took, not counting that it had to wait; none when it is not known.
    pub(crate) fn poll_timed(&mut self, cx: &mut Context<'_>) -> Poll<(Result<T, Error>, Duration)> {
        let closed = || Err(Error::log("the log was closed before it answered"));
        match &mut self.0 {
            AnswerKind::Now(answer) => Pin::new(answer).poll(cx).map(|answer| (answer, Duration::ZERO)),
            AnswerKind::Later(answer) => {
                Pin::new(answer).poll(cx).map(|answer| (answer.unwrap_or_else(|_| closed()), Duration::ZERO))
            }
            AnswerKind::Timed(answer) => {
                Pin::new(answer).poll(cx).map(|answer| answer.unwrap_or_else(|_| (closed(), Duration::ZERO)))
            }
        }
    }
}

impl<T> Unpin for Answer<T> {}

impl<T> Future for Answer<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_timed(cx).map(|(answer, _)| answer)
    }
}
