//! The part of a room that hears of people on other machines, and tells those of the people here.

use super::Room;
use crate::base::clock;
use crate::hub::bus::Saying;
use crate::hub::people::Due;
use crate::hub::said::{Said, Speaker};
use crate::wire::protocol::event::Event;

impl Room {
    /// Takes what another machine says of its people.
    pub(crate) fn hear(&self, by: Speaker, said: Said) {
        let mut people = self.shared.people.lock();
        let Said::Typing { people: typing } = said else {
            people.hear(by, said, clock::elapsed());
            drop(people);
            return self.shared.people_changed();
        };
        let is_crowd = people.is_crowd();
        drop(people);
        for user in typing.iter().filter(|_| !is_crowd) {
            self.notice(&Event::Typing { room: &self.shared.name, user });
        }
    }

    /// The messages to the other machines that are due now.
    pub(crate) fn say(&self) -> Saying {
        let mut people = self.shared.people.lock();
        let said = people.say(clock::elapsed());
        let (is_due, has_changed) = (people.has_to_say(), people.due() != Due::Nothing);
        drop(people);
        if has_changed {
            self.shared.arrived.notify_one(); // The people of a machine that is silent have gone.
        }
        Saying { said, is_due }
    }
}
