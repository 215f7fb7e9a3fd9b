//! A client's subscriptions, by number. Nearly all clients have one, which needs no list.

use std::sync::Arc;

use crate::hub::tail::{Position, Tail};

/// The number of a subscription among those of its client.
pub(crate) type SubscriptionId = u32;

/// A client's subscription to a room: its tail, and the cursor in it.
#[derive(Debug)]
pub(in super::super) struct Subscription {
    pub(super) tail: Arc<Tail>,
    pub(super) cursor: Position,
    /// Entries older than the cursor are still being sent: nothing of the tail may go out before them.
    pub(super) is_held: bool,
}

#[derive(Debug)]
pub(in super::super) enum Subscriptions {
    One(Option<Subscription>),
    // The box is what makes the other variant small.
    #[expect(clippy::box_collection, reason = "a vector would be as large as the one subscription")]
    Several(Box<Vec<Option<Subscription>>>),
}

impl Subscriptions {
    pub(super) fn none() -> Self {
        Self::One(None)
    }

    fn all(&mut self) -> &mut [Option<Subscription>] {
        match self {
            Self::One(subscription) => std::slice::from_mut(subscription),
            Self::Several(subscriptions) => subscriptions,
        }
    }

    /// Takes the first number that is free.
    pub(super) fn add(&mut self, subscription: Subscription) -> SubscriptionId {
        let subscriptions = self.all();
        let number = subscriptions.iter().position(Option::is_none).unwrap_or(subscriptions.len());
        if let Some(free) = subscriptions.get_mut(number) {
            *free = Some(subscription);
        } else {
            match self {
                Self::One(first) => *self = Self::Several(Box::new(vec![first.take(), Some(subscription)])),
                Self::Several(subscriptions) => subscriptions.push(Some(subscription)),
            }
        }
        number as SubscriptionId
    }

    pub(super) fn get(&mut self, number: SubscriptionId) -> Option<&mut Subscription> {
        self.all().get_mut(number as usize)?.as_mut()
    }

    /// Removes the subscription if it is to this tail.
    pub(super) fn remove(&mut self, number: SubscriptionId, tail: &Arc<Tail>) -> Option<Subscription> {
        self.all().get_mut(number as usize)?.take_if(|subscription| Arc::ptr_eq(&subscription.tail, tail))
    }

    /// Those in which the tail may follow.
    pub(super) fn open(&mut self) -> impl Iterator<Item = &mut Subscription> {
        self.all().iter_mut().flatten().filter(|subscription| !subscription.is_held)
    }
}
