//! The hello: who a client is, by its account, by its token, or as somebody new.

use std::sync::Arc;

use super::{Greeting, Outcome, V1, failed};
use crate::base::account::Account;
use crate::base::clock;
use crate::base::cursor::Cursor;
use crate::base::error::Error;
use crate::base::name::Name;
use crate::base::room_name::RoomName;
use crate::base::user::UserId;
use crate::connection::rate;
use crate::wire::protocol::command::CommandName;

/// A client that has not said hello.
#[derive(Debug)]
pub(super) struct Newcomer {
    /// The room that the path named: what `hello` joins when it names none.
    pub(super) home: RoomName,
    /// The account of the request, which says who it is whatever `hello` does.
    pub(super) account: Option<Account>,
}

/// What a hello says about who its client is.
pub(super) struct Credentials {
    pub(super) token: Option<String>,
    /// The code of a link, which counts before a token.
    pub(super) link: Option<String>,
    /// What the client calls its device.
    pub(super) device: Option<Box<str>>,
    pub(super) name: Option<Name>,
}

impl V1 {
    pub(super) fn hello(
        &mut self,
        Credentials { token, link, device, name }: Credentials,
        mut rooms: Vec<(RoomName, Option<Cursor>)>,
        price: u32,
    ) -> Result<(), Error> {
        let Err(newcomer) = &self.me else {
            return Err(Error::refused("hello_again", "you said hello already; join takes another room"));
        };
        if rooms.is_empty() {
            rooms.push((newcomer.home.clone(), None));
        }
        let account = newcomer.account.clone();
        let known = |token: Option<String>| token.and_then(|token| self.hub.log().secret().verify(&token));
        let (who, name) = match (&account, &link) {
            // The application says who it is: a token that its page still has was a guest's.
            (Some(account), _) => {
                self.outlet.set_account();
                (self.hub.user_id(account.id()), None)
            }
            (None, Some(code)) => {
                let user = self.hub.links().user(code, clock::elapsed())?;
                (user.id, Name::parse(&user.name).ok())
            }
            (None, None) => match known(token) {
                Some((who, own)) => (who, own.or(name)),
                // No token, or another chat's: somebody new.
                None => (UserId::random()?, name),
            },
        };
        rate::pay_command(&self.hub, who, price)?;
        let linked = match link.filter(|_| account.is_none()) {
            Some(code) => {
                self.hub.links().redeem(&code)?;
                Some(device.unwrap_or_default())
            }
            None => None,
        };
        // It has said its hello in time, however long the answer takes.
        self.outlet.set_greeted(true);
        let (hub, outlet) = (self.hub.clone(), Arc::clone(&self.outlet));
        self.busy().work = Some(Box::pin(async move {
            let permit = hub.permit().await;
            let greeted = match &account {
                Some(account) => {
                    outlet.set_name_fixed(account.is_name_fixed());
                    let joining: Vec<_> = rooms.iter().map(|(room, _)| room.clone()).collect();
                    hub.greet(account, &joining).await
                }
                None => hub.log().greet(who, name).await,
            };
            drop(permit);
            match greeted {
                Ok(user) => Outcome::Greeted(Greeting { user, rooms, linked }),
                Err(error) => {
                    outlet.set_greeted(false);
                    failed(&outlet, CommandName::Hello, &error)
                }
            }
        }));
        Ok(())
    }
}
