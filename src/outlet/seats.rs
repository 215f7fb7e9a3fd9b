//! A client's seats, by their number. Nearly everyone has one, so that has no list.

use std::sync::Arc;

use crate::tail::{Position, Tail};

/// The number of a client's seat.
pub(crate) type SeatNumber = u32;

/// A client's place in a room.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) tail: Arc<Tail>,
    pub(super) cursor: Position,
    /// What is older than the cursor is still on its way: nothing of the tail may go out before it.
    pub(super) is_held: bool,
}

#[derive(Debug)]
pub(super) enum Seats {
    One(Option<Seat>),
    // The box is what makes the other variant small.
    #[expect(clippy::box_collection, reason = "a vector would be as large as the one seat")]
    Several(Box<Vec<Option<Seat>>>),
}

impl Seats {
    pub(super) fn none() -> Self {
        Self::One(None)
    }

    fn all(&mut self) -> &mut [Option<Seat>] {
        match self {
            Self::One(seat) => std::slice::from_mut(seat),
            Self::Several(seats) => seats,
        }
    }

    /// Takes the first number that is free.
    pub(super) fn add(&mut self, seat: Seat) -> SeatNumber {
        let seats = self.all();
        let number = seats.iter().position(Option::is_none).unwrap_or(seats.len());
        if let Some(free) = seats.get_mut(number) {
            *free = Some(seat);
        } else {
            match self {
                Self::One(first) => *self = Self::Several(Box::new(vec![first.take(), Some(seat)])),
                Self::Several(seats) => seats.push(Some(seat)),
            }
        }
        number as SeatNumber
    }

    pub(super) fn get(&mut self, number: SeatNumber) -> Option<&mut Seat> {
        self.all().get_mut(number as usize)?.as_mut()
    }

    /// Gives the seat up if it is in this tail.
    pub(super) fn remove(&mut self, number: SeatNumber, tail: &Arc<Tail>) -> Option<Seat> {
        self.all().get_mut(number as usize)?.take_if(|seat| Arc::ptr_eq(&seat.tail, tail))
    }

    /// Those in which the tail may follow.
    pub(super) fn open(&mut self) -> impl Iterator<Item = &mut Seat> {
        self.all().iter_mut().flatten().filter(|seat| !seat.is_held)
    }
}
