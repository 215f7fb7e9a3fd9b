//! A user's devices: links by which another comes, the list of them, and the end of one.

use std::future::Future;
use std::sync::Arc;

use super::{Outcome, V1, failed};
use crate::base::clock;
use crate::base::device::DeviceId;
use crate::base::devices::{DeviceChange, Devices};
use crate::base::error::Error;
use crate::base::limits::LINK_WAIT;
use crate::hub::links;
use crate::hub::outlet::Outlet;
use crate::hub::presence::{Identity, Person};
use crate::wire::protocol::command::CommandName;
use crate::wire::protocol::event::{self, Event, Lines};

/// The device of a client that was greeted.
pub(super) struct GreetedDevice {
    pub(super) id: DeviceId,
    /// Whether it is the user's by a link, since now.
    pub(super) is_linked: bool,
    /// The user's devices.
    pub(super) devices: Devices,
}

impl GreetedDevice {
    /// Tells the user's other connections of a device that has come by a link.
    pub(super) fn tell_others(&self, me: &Identity, outlet: &Arc<Outlet>) {
        if let Some(device) = self.devices.get(self.id).filter(|_| self.is_linked) {
            me.person().tell(&Event::linked(device), Some(outlet));
        }
    }

    /// Tells the client of the devices that were added while it was away.
    pub(super) fn hear_news(&self, outlet: &Outlet) {
        let mut lines = Lines::new();
        self.devices.news(self.id).for_each(|device| lines.event(&Event::linked(device)));
        outlet.send(lines.frame());
    }
}

/// An account has no token, and so no devices.
pub(super) fn refuse_account() -> Error {
    let text =
        "the application that this chat is a part of knows who you are: sign in there on the other device";
    Error::refused("account", text)
}

impl V1 {
    pub(super) fn link(&self, is_end: bool) -> Result<(), Error> {
        let Ok(me) = &self.me else { return Ok(()) };
        if is_end {
            self.hub.links().revoke(me.id());
            return Ok(());
        }
        let code = self.hub.links().issue(me.person().user(), clock::elapsed())?;
        self.outlet.send(event::frame(&Event::Link { link: &code, seconds: LINK_WAIT.as_secs() }));
        Ok(())
    }

    pub(super) fn private_link(&mut self, is_end: bool) -> Result<(), Error> {
        let Ok(me) = &self.me else { return Ok(()) };
        let (code, hash) = if is_end { None } else { Some(links::private_code(me.id())?) }.unzip();
        let changed = self.hub.log().change_devices(me.id(), me.device(), DeviceChange::PrivateLink(hash));
        let outlet = Arc::clone(&self.outlet);
        self.busy().work = Some(Box::pin(async move {
            match changed.await {
                Ok(_) => {
                    outlet.send(event::frame(&Event::PrivateLink { link: code.as_deref() }));
                    Outcome::Nothing
                }
                Err(error) => failed(&outlet, CommandName::PrivateLink, &error),
            }
        }));
        Ok(())
    }

    pub(super) fn devices(&mut self, name: Option<Box<str>>, is_told: bool) {
        let Ok(me) = &self.me else { return };
        let (log, who, own) = (self.hub.log(), me.id(), me.device());
        let devices = match name.is_some() || is_told {
            true => log.change_devices(who, own, DeviceChange::Says { name, is_told }),
            false => log.devices(who),
        };
        let (person, outlet) = (Arc::clone(me.person()), Arc::clone(&self.outlet));
        self.busy().work = Some(Box::pin(list(CommandName::Devices, devices, person, own, outlet)));
    }

    pub(super) fn end_device(&mut self, device: DeviceId) {
        let Ok(me) = &self.me else { return };
        let (hub, who, own) = (self.hub.clone(), me.id(), me.device());
        // From here on the log refuses the device, also if the client that asked for it goes.
        let ended = hub.log().change_devices(who, own, DeviceChange::End(device));
        // What it may have made is good no more when it learns of its end.
        hub.links().revoke(who);
        hub.persons().end_device(who, device);
        let (person, outlet) = (Arc::clone(me.person()), Arc::clone(&self.outlet));
        self.busy().work = Some(Box::pin(async move {
            let ended = ended.await;
            if ended.is_err() {
                hub.persons().keep_device(who, device);
            }
            list(CommandName::EndDevice, std::future::ready(ended), person, own, outlet).await
        }));
    }
}

/// Sends a user's devices to one of them, once they are known.
async fn list(
    command: CommandName,
    devices: impl Future<Output = Result<Devices, Error>>,
    person: Arc<Person>,
    own: DeviceId,
    outlet: Arc<Outlet>,
) -> Outcome {
    let devices = match devices.await {
        Ok(devices) => devices,
        Err(error) => return failed(&outlet, command, &error),
    };
    outlet.send(event::frame(&Event::devices(&devices, |device| person.is_here_by(device), Some(own))));
    Outcome::Nothing
}
