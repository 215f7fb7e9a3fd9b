//! The bus: what the rooms of a chat on many machines say to the others goes out here, and the rooms are listened to
//! that somebody is in. A chat on one machine has none.

use std::collections::HashSet;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::task::yield_now;
use tokio::time::{MissedTickBehavior, interval, sleep};

use crate::base::clock;
use crate::base::limits::{CLIENTS_A_CHUNK, SHOUT_PACE, SHOUT_PERIOD};
use crate::base::room_name::RoomName;
use crate::hub::others::Others;
use crate::hub::said::{Said, Speaker};
use crate::log::Log;

/// The parts that the rooms of one machine have in common.
#[derive(Debug)]
pub(crate) struct Bus {
    me: Speaker,
    /// When this start began, by the process's clock.
    began: Duration,
    /// Rooms that were opened or closed, or that have something to say.
    stirred: Mutex<HashSet<RoomName>>,
    woken: Notify,
    /// The rooms that are listened to; none any more when this machine is about to end.
    heard: Mutex<Option<HashSet<RoomName>>>,
}

/// The messages of a room, and whether it has more before the next beat.
#[derive(Debug)]
pub(crate) struct Saying {
    pub(crate) said: Vec<Vec<u8>>,
    pub(crate) is_due: bool,
}

impl Bus {
    /// That of a machine with this number, which begins now.
    pub(crate) fn new(machine: u64) -> Self {
        Self {
            me: Speaker { machine, start: clock::wall_ms() },
            began: clock::elapsed(),
            stirred: Mutex::default(),
            woken: Notify::new(),
            heard: Mutex::new(Some(HashSet::new())),
        }
    }

    /// The others of a room that is opened.
    pub(crate) fn others(&self) -> Others {
        let now = clock::elapsed();
        // A version is never used again when the room is opened anew: there is less than one in a millisecond.
        Others::new(self.me, now.saturating_sub(self.began).as_millis() as u64, now)
    }

    /// A room was opened or closed, or has something to say.
    pub(crate) fn stir(&self, room: &RoomName) {
        self.stirred.lock().insert(room.clone());
        self.woken.notify_one();
    }

    /// Says what a room says, and listens to it while it is open. `say` gives nothing for a room that is not.
    pub(crate) fn see_to(&self, log: &dyn Log, name: &RoomName, say: impl FnOnce() -> Option<Saying>) {
        let saying = say();
        let is_listening = {
            let mut heard = self.heard.lock();
            let Some(heard) = &mut *heard else { return };
            match &saying {
                Some(_) => heard.insert(name.clone()).then_some(true),
                None => heard.remove(name).then_some(false),
            }
        };
        // Without a lock: an engine may give what is said to whoever hears it before this returns.
        match (is_listening, saying) {
            (Some(false), _) => self.leave(log, name),
            (is_new, Some(saying)) => {
                if is_new.is_some() {
                    log.listen(name, true);
                }
                saying.said.into_iter().for_each(|said| log.shout(name, said));
                if saying.is_due {
                    self.stir(name);
                }
            }
            (_, None) => {}
        }
    }

    /// This machine says nothing any more: the others hear that nobody is here.
    pub(crate) fn end(&self, log: &dyn Log) {
        let heard = self.heard.lock().take();
        heard.iter().flatten().for_each(|name| self.leave(log, name));
    }

    fn leave(&self, log: &dyn Log, name: &RoomName) {
        log.shout(name, Said::Gone.write(self.me));
        log.listen(name, false);
    }
}

/// Sees to the rooms that were stirred at once, and to all of them once a second, for as long as it is polled.
pub(crate) async fn run(bus: &Bus, see_to: impl Fn(&RoomName)) {
    let mut periods = interval(SHOUT_PERIOD);
    periods.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let is_all = tokio::select! {
            _ = periods.tick() => true,
            () = bus.woken.notified() => false,
        };
        let mut rooms = std::mem::take(&mut *bus.stirred.lock());
        if is_all {
            rooms.extend(bus.heard.lock().iter().flatten().cloned());
        }
        for (i, name) in rooms.iter().enumerate() {
            see_to(name);
            if i % CLIENTS_A_CHUNK == CLIENTS_A_CHUNK - 1 {
                yield_now().await;
            }
        }
        sleep(SHOUT_PACE).await;
    }
}

#[cfg(test)]
mod tests;
