//! Quotas: what has come from each address, and what may still come. Knows neither the requests nor who asks.
//!
//! A connection holds the quota of its address, so that nothing is looked up for a message. A quota is forgotten when nobody
//! is connected from its address and all that was used has come back; nobody else's coming ends it before.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::BuildHasher;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use parking_lot::Mutex;

use crate::base::limits::{ADDRESS_SHARDS, ADDRESSES, AddressLimits, PASSWORD_GUESSES, PRICE_MESSAGE, Rate};
use crate::base::network::{Network, Source};
use crate::wire::bucket::Bucket;

/// The quotas of all addresses that something is remembered of.
#[derive(Debug)]
pub(crate) struct Quotas {
    shards: [Mutex<HashMap<Source, Arc<Quota>>>; ADDRESS_SHARDS],
    /// Drawn at the start, so that nobody can choose addresses of one shard.
    hasher: RandomState,
    /// The shard that is swept next.
    next: AtomicUsize,
    /// What all share that come when no more can be remembered.
    strangers: Arc<Quota>,
    /// Of clients whose address is not known, and of those around this machine that are too many to be remembered.
    unlimited: Arc<Quota>,
}

/// What has come from one address.
#[derive(Debug)]
pub(crate) struct Quota {
    /// None for those that share it.
    network: Option<Network>,
    is_limited: bool,
    used: Mutex<Used>,
}

#[derive(Debug, Default)]
struct Used {
    connections: usize,
    /// Messages and other work.
    work: Bucket,
    people: Bucket,
    rooms: Bucket,
    bytes: Bucket,
    /// Passwords that were given.
    guesses: Bucket,
}

/// A connection's place among those of its address; given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Seat(Arc<Quota>);

/// Why one more connection may not come from an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unseated {
    /// There are as many as may be.
    Full,
    /// They come too fast: the time until one more may.
    TooFast(Duration),
}

/// What an append may not be for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Exhausted {
    /// Too many rooms were made.
    Rooms(Duration),
    /// Too much was said.
    Bytes(Duration),
}

#[cfg(test)]
impl Default for Quota {
    /// That of a client whose address is not known.
    fn default() -> Self {
        Self { network: None, is_limited: false, used: Mutex::default() }
    }
}

impl Default for Quotas {
    fn default() -> Self {
        let shared = |is_limited| Arc::new(Quota { network: None, is_limited, used: Mutex::default() });
        Self {
            shards: std::array::from_fn(|_| Mutex::default()),
            hasher: RandomState::new(),
            next: AtomicUsize::new(0),
            strangers: shared(true),
            unlimited: shared(false),
        }
    }
}

impl Quotas {
    /// A place for one more connection from there, which pays for itself as much as for a message.
    ///
    /// # Errors
    /// There are too many, or they come too fast.
    pub(crate) fn seat(
        &self,
        source: Option<Source>,
        limits: &AddressLimits,
        now: Duration,
    ) -> Result<Seat, Unseated> {
        let Some(source) = source else { return Seat::on(&self.unlimited, limits, now) };
        // A connection is counted under the lock: a quota that somebody is about to hold is not forgotten.
        let mut shard = self.shard(&source).lock();
        let is_full = shard.len() >= ADDRESSES / ADDRESS_SHARDS;
        match shard.entry(source) {
            Entry::Occupied(known) => Seat::on(known.get(), limits, now),
            Entry::Vacant(_) if is_full => {
                Seat::on(if source.is_local { &self.unlimited } else { &self.strangers }, limits, now)
            }
            Entry::Vacant(new) => Seat::on(new.insert(Arc::new(Quota::of(source))), limits, now),
        }
    }

    /// Whether one more connection may come from there.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn check_seat(
        &self,
        source: Option<Source>,
        limits: &AddressLimits,
        now: Duration,
    ) -> Result<(), Unseated> {
        let Some(source) = source.filter(|source| !source.is_local) else { return Ok(()) };
        match self.shard(&source).lock().get(&source) {
            Some(quota) => quota.used.lock().check_seat(limits, now),
            None => Ok(()),
        }
    }

    /// Forgets in one part of the addresses those whose quota is whole.
    pub(crate) fn sweep(&self, now: Duration) {
        let at = self.next.fetch_add(1, Ordering::Relaxed) % ADDRESS_SHARDS;
        let mut shard = self.shards[at].lock();
        shard.retain(|_, quota| quota.is_needed(now));
        if shard.capacity() > 4 * shard.len() {
            shard.shrink_to_fit();
        }
    }

    /// Of how many addresses something is remembered.
    pub(crate) fn count(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock().len()).sum()
    }

    fn shard(&self, source: &Source) -> &Mutex<HashMap<Source, Arc<Quota>>> {
        &self.shards[self.hasher.hash_one(source) as usize % ADDRESS_SHARDS]
    }
}

impl Quota {
    fn of(Source { network, is_local }: Source) -> Self {
        Self { network: Some(network), is_limited: !is_local, used: Mutex::default() }
    }

    /// The address, as far as it counts; none where it is not known.
    pub(crate) fn network(&self) -> Option<Network> {
        self.network
    }

    /// Whether limits by address hold for it.
    pub(crate) fn is_limited(&self) -> bool {
        self.is_limited
    }

    /// Pays for work at its price, in thousandths of a message.
    ///
    /// # Errors
    /// There is not enough: the time until there is.
    pub(crate) fn pay_work(&self, limits: &AddressLimits, price: u32, now: Duration) -> Result<(), Duration> {
        self.pay(limits.rate, price, now, |used| &mut used.work)
    }

    /// Charges for work what it turned out to cost, whether it is there or not.
    pub(crate) fn charge_work(&self, limits: &AddressLimits, price: u32, now: Duration) {
        if let Some(rate) = limits.rate.filter(|_| self.is_limited) {
            self.used.lock().work.charge(rate, price, now);
        }
    }

    /// Pays for somebody who is new.
    ///
    /// # Errors
    /// There were too many: the time until there may be one more.
    pub(crate) fn pay_person(&self, limits: &AddressLimits, now: Duration) -> Result<(), Duration> {
        self.pay(limits.people, PRICE_MESSAGE, now, |used| &mut used.people)
    }

    /// Pays for a password that is given, from wherever it comes: those around this machine guess as well.
    ///
    /// # Errors
    /// There were too many: the time until there may be one more.
    pub(crate) fn pay_guess(&self, now: Duration) -> Result<(), Duration> {
        self.used.lock().guesses.pay(PASSWORD_GUESSES, PRICE_MESSAGE, now)
    }

    /// Gives back what was paid for a password that was right.
    pub(crate) fn refund_guess(&self) {
        self.used.lock().guesses.refund(PASSWORD_GUESSES, PRICE_MESSAGE);
    }

    /// Pays for a room that is made.
    ///
    /// # Errors
    /// There were too many: the time until there may be one more.
    pub(crate) fn pay_room(&self, limits: &AddressLimits, now: Duration) -> Result<(), Duration> {
        self.pay(limits.rooms, PRICE_MESSAGE, now, |used| &mut used.rooms)
    }

    /// Pays for what is said, and for the room if it makes one; for both or for neither.
    ///
    /// # Errors
    /// What there is not enough of.
    pub(crate) fn pay_append(
        &self,
        limits: &AddressLimits,
        bytes: usize,
        makes_room: bool,
        now: Duration,
    ) -> Result<(), Exhausted> {
        if !self.is_limited {
            return Ok(());
        }
        let used = &mut *self.used.lock();
        let price = u32::try_from(bytes).unwrap_or(u32::MAX).saturating_mul(PRICE_MESSAGE);
        let said = limits.bytes_rate();
        if let Some(rate) = said {
            used.bytes.check(rate, price, now).map_err(Exhausted::Bytes)?;
        }
        if let Some(rate) = limits.rooms.filter(|_| makes_room) {
            used.rooms.pay(rate, PRICE_MESSAGE, now).map_err(Exhausted::Rooms)?;
        }
        if let Some(rate) = said {
            used.bytes.charge(rate, price, now);
        }
        Ok(())
    }

    fn pay(
        &self,
        rate: Option<Rate>,
        price: u32,
        now: Duration,
        bucket: impl FnOnce(&mut Used) -> &mut Bucket,
    ) -> Result<(), Duration> {
        match rate.filter(|_| self.is_limited) {
            Some(rate) => bucket(&mut self.used.lock()).pay(rate, price, now),
            None => Ok(()),
        }
    }

    fn is_needed(&self, now: Duration) -> bool {
        let Used { connections, work, people, rooms, bytes, guesses } = &*self.used.lock();
        *connections > 0 || [work, people, rooms, bytes, guesses].iter().any(|bucket| !bucket.is_full(now))
    }
}

impl Used {
    fn check_seat(&self, limits: &AddressLimits, now: Duration) -> Result<(), Unseated> {
        if limits.connections.is_some_and(|most| self.connections >= most) {
            return Err(Unseated::Full);
        }
        let checked = limits.rate.map_or(Ok(()), |rate| self.work.check(rate, PRICE_MESSAGE, now));
        checked.map_err(Unseated::TooFast)
    }
}

impl Seat {
    fn on(quota: &Arc<Quota>, limits: &AddressLimits, now: Duration) -> Result<Self, Unseated> {
        let mut used = quota.used.lock();
        if quota.is_limited {
            used.check_seat(limits, now)?;
            limits.rate.into_iter().for_each(|rate| used.work.charge(rate, PRICE_MESSAGE, now));
        }
        used.connections += 1;
        drop(used);
        Ok(Self(Arc::clone(quota)))
    }

    /// The quota of the address, for work that may outlast the connection.
    pub(crate) fn quota(&self) -> Arc<Quota> {
        Arc::clone(&self.0)
    }
}

impl Deref for Seat {
    type Target = Quota;

    fn deref(&self) -> &Quota {
        &self.0
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.used.lock().connections -= 1;
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

    use super::*;

    const NOW: Duration = Duration::from_secs(1_000);
    const LATER: Duration = Duration::from_secs(1_000_000);

    fn source(address: impl Into<IpAddr>) -> Option<Source> {
        Some(Source::of(address.into()))
    }

    fn stranger(number: u32) -> Option<Source> {
        source(Ipv4Addr::from_bits(0x0B00_0000 + number))
    }

    fn sweep_all(quotas: &Quotas, now: Duration) {
        (0..ADDRESS_SHARDS).for_each(|_| quotas.sweep(now));
    }

    #[test]
    fn connections_of_one_address_are_counted_and_places_come_back() {
        let (quotas, mut limits) = (Quotas::default(), AddressLimits::default());
        limits.connections = Some(2);
        let seat = |address| quotas.seat(address, &limits, NOW);
        let (first, second) = (seat(stranger(1)).expect("a place"), seat(stranger(1)).expect("a place"));
        let full = Some(Unseated::Full);
        assert_eq!(seat(stranger(1)).err(), full);
        assert_eq!(quotas.check_seat(stranger(1), &limits, NOW).err(), full);
        assert!(seat(stranger(2)).is_ok(), "another's");
        drop(first);
        assert!(quotas.check_seat(stranger(1), &limits, NOW).is_ok() && seat(stranger(1)).is_ok());
        assert_eq!(second.network().map(|network| network.to_string()).as_deref(), Some("11.0.0.1"));
        // One household has one quota, whatever addresses it draws.
        let v6 = |last| source(Ipv6Addr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]));
        let _household = [seat(v6(1)), seat(v6(2))].map(|seat| seat.expect("a place"));
        assert_eq!(seat(v6(3)).err(), full);
    }

    #[test]
    fn connections_that_come_one_after_the_other_pay_for_themselves() {
        let (quotas, limits) = (Quotas::default(), AddressLimits::default());
        let came = (0..5_000).filter(|_| quotas.seat(stranger(1), &limits, NOW).is_ok()).count();
        assert_eq!(came, 1_600);
        let too_fast = Some(Unseated::TooFast(Duration::from_millis(25)));
        assert_eq!(quotas.check_seat(stranger(1), &limits, NOW).err(), too_fast);
        assert!(quotas.seat(stranger(1), &limits, NOW + Duration::from_millis(25)).is_ok());
        assert!(quotas.seat(stranger(2), &limits, NOW).is_ok());
    }

    #[test]
    fn clients_around_this_machine_and_of_unknown_addresses_have_no_limit() {
        let (quotas, mut limits) = (Quotas::default(), AddressLimits::default());
        limits.connections = Some(1);
        for address in
            [source(Ipv4Addr::LOCALHOST), source([192, 168, 1, 5]), source(Ipv6Addr::LOCALHOST), None]
        {
            let seats: Vec<_> =
                (0..100).map(|_| quotas.seat(address, &limits, NOW).expect("a place")).collect();
            for seat in &seats {
                assert!(!seat.is_limited());
                (0..100).for_each(|_| seat.pay_work(&limits, 100_000, NOW).expect("it is free"));
                (0..100).for_each(|_| seat.pay_person(&limits, NOW).expect("it is free"));
                (0..100).for_each(|_| seat.pay_append(&limits, 1 << 20, true, NOW).expect("it is free"));
            }
        }
    }

    #[test]
    fn what_was_used_is_known_again_after_the_connection_and_comes_back_in_time() {
        let (quotas, limits) = (Quotas::default(), AddressLimits::default());
        let seat = quotas.seat(stranger(1), &limits, NOW).expect("a place");
        let people = (0..1_000).filter(|_| seat.pay_person(&limits, NOW).is_ok()).count();
        let rooms = (0..1_000).filter(|_| seat.pay_append(&limits, 1, true, NOW).is_ok()).count();
        let bytes: usize =
            (0..1_000).filter(|_| seat.pay_append(&limits, 16_000, false, NOW).is_ok()).count();
        assert_eq!((people, rooms, bytes), (50, 20, 66));
        drop(seat);
        sweep_all(&quotas, NOW + Duration::from_secs(60));
        let seat = quotas.seat(stranger(1), &limits, NOW).expect("a place");
        let wait = seat.pay_person(&limits, NOW).expect_err("none is left");
        assert_eq!(wait, Duration::from_secs(10));
        assert!(seat.pay_person(&limits, NOW + wait).is_ok());
        drop(seat);
        assert_eq!(quotas.count(), 1);
        sweep_all(&quotas, NOW + Duration::from_secs(3600));
        assert_eq!(quotas.count(), 0, "its address is forgotten when all has come back");
    }

    #[test]
    fn guesses_of_an_address_are_counted_wherever_it_is_and_those_that_were_right_come_back() {
        let (quotas, limits) = (Quotas::default(), AddressLimits::default());
        for address in [stranger(1), source(Ipv4Addr::LOCALHOST), source([192, 168, 1, 5])] {
            let seat = quotas.seat(address, &limits, NOW).expect("a place");
            for _ in 0..100 {
                seat.pay_guess(NOW).expect("it was right the time before");
                seat.refund_guess();
            }
            let wrong = (0..100).filter(|_| seat.pay_guess(NOW).is_ok()).count();
            assert_eq!((wrong, seat.pay_guess(NOW)), (20, Err(Duration::from_secs(2))));
            let in_a_minute = (1..=60).filter(|s| seat.pay_guess(NOW + Duration::from_secs(*s)).is_ok());
            assert_eq!(in_a_minute.count(), 30);
        }
        let other = quotas.seat(stranger(2), &limits, NOW).expect("a place");
        assert_eq!(other.pay_guess(NOW), Ok(()), "another's");
        // The address comes back after a sweep without the guesses that it has used.
        sweep_all(&quotas, NOW + Duration::from_secs(60));
        let again = quotas.seat(stranger(1), &limits, NOW).expect("a place");
        assert!(again.pay_guess(NOW + Duration::from_secs(60)).is_err());
    }

    #[test]
    fn append_that_is_refused_for_one_reason_costs_nothing_of_the_other() {
        let (quotas, mut limits) = (Quotas::default(), AddressLimits::default());
        (limits.rooms, limits.bytes) = (Some(Rate { burst: 1, per_second: 0.01 }), Some(9_600));
        let seat = quotas.seat(stranger(1), &limits, NOW).expect("a place");
        let pay = |bytes, makes_room| seat.pay_append(&limits, bytes, makes_room, NOW);
        assert_eq!(pay(1_000, false), Ok(()), "more than is there at once is begun, and owed");
        assert!(matches!(pay(1, true), Err(Exhausted::Bytes(_))), "and the room is still to be made");
        let later = NOW + Duration::from_secs(24 * 3600);
        assert_eq!(seat.pay_append(&limits, 1, true, later), Ok(()));
        assert!(matches!(seat.pay_append(&limits, 1, true, later), Err(Exhausted::Rooms(_))));
    }

    #[test]
    fn as_many_addresses_as_there_may_be_push_nobody_out() {
        let (quotas, limits) = (Quotas::default(), AddressLimits::default());
        let eve = quotas.seat(stranger(0), &limits, NOW).expect("a place");
        while eve.pay_person(&limits, NOW).is_ok() {}
        drop(eve);
        for number in 1..2 * ADDRESSES as u32 {
            let Ok(seat) = quotas.seat(stranger(number), &limits, NOW) else { continue };
            let _ = seat.pay_person(&limits, NOW);
        }
        assert!(quotas.count() <= ADDRESSES);
        let eve = quotas.seat(stranger(0), &limits, NOW).expect("a place");
        assert!(eve.pay_person(&limits, NOW).is_err(), "she has what she had");
        let new = quotas.seat(stranger(u32::MAX >> 8), &limits, LATER).expect("a place");
        assert!(new.network().is_none() && new.is_limited(), "those beyond share one");
        drop((eve, new));
        sweep_all(&quotas, LATER);
        assert_eq!(quotas.count(), 0);
    }
}
