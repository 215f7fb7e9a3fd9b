//! The hello: who a client is, by its account, by its token, or as somebody new.

use std::sync::Arc;

use super::devices::GreetedDevice;
use super::{Greeting, Outcome, V1, failed};
use crate::base::account::Account;
use crate::base::clock;
use crate::base::cursor::Cursor;
use crate::base::device::DeviceId;
use crate::base::devices::Proof;
use crate::base::error::{Error, ErrorCode};
use crate::base::name::Name;
use crate::base::password::{Password, PasswordHash};
use crate::base::rights::{self, Door, InvitationId, Measure, Role, Standing};
use crate::base::room_name::RoomName;
use crate::base::token::Bearer;
use crate::base::user::UserId;
use crate::connection::rate;
use crate::connection::session::password;
use crate::hub::quotas::Quota;
use crate::hub::{Hub, links};
use crate::log::{Arrival, Arrived};
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
    /// The code of a link, of either kind, which counts before a token.
    pub(super) link: Option<String>,
    /// The code of an invitation to the chat.
    pub(super) invitation: Option<String>,
    /// The password of the chat.
    pub(super) password: Option<Password>,
    /// What the client calls its device.
    pub(super) device: Option<Box<str>>,
    pub(super) name: Option<Name>,
}

impl V1 {
    pub(super) fn hello(
        &mut self,
        Credentials { token, link, invitation, password, device: device_name, name }: Credentials,
        mut rooms: Vec<(RoomName, Option<Cursor>)>,
        price: u32,
    ) -> Result<(), Error> {
        if password.is_some() {
            rate::charge_guess(&mut self.lines, &self.outlet, self.hub.limits());
        }
        let Err(newcomer) = &self.me else {
            return Err(Error::refused("hello_again", "you said hello already; join takes another room"));
        };
        if rooms.is_empty() {
            rooms.push((newcomer.home.clone(), None));
        }
        let account = newcomer.account.clone();
        let known = |token: Option<String>| token.and_then(|token| self.hub.log().secret().verify(&token));
        let arrival = move |who, name, device, proof| Arrival { who, name, device, device_name, proof };
        let made = || DeviceId::random(clock::wall_ms());
        let links = self.hub.links();
        let mut is_new = false;
        let (arrival, code) = match (&account, link) {
            // The application says who it is: a token that its page still has was a guest's.
            (Some(account), _) => {
                self.outlet.set_account();
                (arrival(self.hub.user_id(account.id()), None, DeviceId::FIRST, Proof::Token), None)
            }
            (None, Some(code)) => match links::claim(&code) {
                Some((who, hash)) => (arrival(who, None, made()?, Proof::PrivateLink(hash)), None),
                None => {
                    let user = links.user(&code, clock::elapsed())?;
                    let name = Name::parse(&user.name).ok();
                    (arrival(user.id, name, made()?, Proof::Link), Some(code))
                }
            },
            (None, None) => match known(token) {
                Some(Bearer { who, device, name: own }) => {
                    (arrival(who, own.or(name), device, Proof::Token), None)
                }
                // No token, or another chat's: somebody new.
                None => {
                    is_new = true;
                    (arrival(UserId::random()?, name, made()?, Proof::Token), None)
                }
            },
        };
        // Nobody else has the user pay for a private link that is none: it costs when it has turned out to be good.
        let is_claim = matches!(arrival.proof, Proof::PrivateLink(_));
        if !is_claim {
            rate::pay_command(&self.hub, &self.seat, arrival.who, price)?;
        }
        if is_new {
            rate::pay_newcomer(&self.hub, &self.seat)?;
        }
        if let Some(code) = code {
            links.redeem(&code)?;
        }
        // It has said its hello in time, however long the answer takes.
        self.outlet.set_greeted(true);
        let (hub, outlet, quota) = (self.hub.clone(), Arc::clone(&self.outlet), self.seat.quota());
        self.busy().work = Some(Box::pin(async move {
            let permit = hub.permit().await;
            let mut by =
                Means { is_account: account.is_some(), invitation, password: password.map(Given::Typed) };
            // Of somebody new who does not come in nothing is kept, and their name is free for when they do.
            if is_new && let Err(error) = check_newcomer(&hub, &quota, &mut by).await {
                outlet.set_greeted(false);
                return failed(&outlet, CommandName::Hello, &error);
            }
            let (id, is_linked) = (arrival.device, arrival.proof != Proof::Token);
            let greeted = match &account {
                Some(account) => {
                    outlet.set_name_fixed(account.is_name_fixed());
                    let joining: Vec<_> = rooms.iter().map(|(room, _)| room.clone()).collect();
                    hub.greet(account, &joining).await.map(|(user, standing)| (user, None, standing))
                }
                None => hub.log().arrive(arrival).await.map(|Arrived { user, devices, standing }| {
                    (user, Some(GreetedDevice { id, is_linked, devices }), standing)
                }),
            };
            drop(permit);
            let admitted = match greeted {
                Ok((user, device, standing)) => admit(&hub, &quota, user.id, standing, by)
                    .await
                    .map(|(standing, uninvited)| (user, device, standing, uninvited)),
                Err(error) => Err(error),
            };
            match admitted {
                Ok((user, device, standing, uninvited)) => {
                    if is_claim {
                        rate::charge_command(&hub, &quota, user.id, price);
                    }
                    Outcome::Greeted(Greeting { user, rooms, device, standing, uninvited })
                }
                Err(error) => {
                    outlet.set_greeted(false);
                    failed(&outlet, CommandName::Hello, &error)
                }
            }
        }));
        Ok(())
    }
}

/// By what somebody may come in where guests do not.
struct Means {
    /// The users of an application are let in by it.
    is_account: bool,
    invitation: Option<String>,
    password: Option<Given>,
}

/// A password, as somebody gave it.
enum Given {
    Typed(Password),
    /// It is that of the chat.
    Checked(PasswordHash),
}

/// Whether somebody comes in whom the chat does not know. A password is compared, an invitation not used yet.
///
/// # Errors
/// As those of [`admit`].
async fn check_newcomer(hub: &Hub, quota: &Quota, by: &mut Means) -> Result<(), Error> {
    let log = hub.log();
    let Err(error) = Standing::default().check_entering(log.door(), clock::wall_ms()) else { return Ok(()) };
    if let Some(code) = &by.invitation {
        let id = InvitationId::of(&links::hash_of(code));
        if log.invitations().await?.iter().any(|invitation| invitation.id == id) {
            return Ok(());
        }
    }
    match (error.code(), by.password.take()) {
        (ErrorCode::PasswordNeeded, Some(Given::Typed(password))) => {
            by.password = Some(Given::Checked(password::check(hub, quota, password).await?));
            Ok(())
        }
        (ErrorCode::InvitationNeeded, _) if by.invitation.is_some() => Err(rights::bad_invitation()),
        _ => Err(error),
    }
}

/// Lets somebody in who may come in, by an invitation or the password if they have one; gives how they stand then, and why the
/// invitation was not good where they need none.
async fn admit(
    hub: &Hub,
    quota: &Quota,
    who: UserId,
    standing: Standing,
    Means { is_account, invitation, password }: Means,
) -> Result<(Standing, Option<Error>), Error> {
    let log = hub.log();
    let check = |standing: &Standing| {
        let door = if is_account { Door::Write } else { log.door() };
        standing.check_entering(door, clock::wall_ms())
    };
    let (standing, uninvited) = match invitation {
        Some(code) => redeem(hub, who, &code).await?,
        None => (standing, None),
    };
    let Err(error) = check(&standing) else { return Ok((standing, uninvited)) };
    match (error.code(), password) {
        (ErrorCode::PasswordNeeded, Some(given)) => {
            let given = match given {
                Given::Typed(password) => password::check(hub, quota, password).await?,
                Given::Checked(hash) => hash,
            };
            log.govern(Some(who), Measure::GivePassword(given)).await?;
            let standing = log.standing(who).await?;
            check(&standing).map(|()| (standing, None))
        }
        (ErrorCode::InvitationNeeded, _) => Err(uninvited.unwrap_or(error)),
        _ => Err(error),
    }
}

/// Uses an invitation; gives how somebody stands then, and why it was not good.
async fn redeem(hub: &Hub, who: UserId, code: &str) -> Result<(Standing, Option<Error>), Error> {
    let log = hub.log();
    let redeemed = log.govern(Some(who), Measure::Redeem(links::hash_of(code))).await;
    let standing = log.standing(who).await?;
    match redeemed {
        Ok(()) => Ok((standing, None)),
        // Whoever has used it already has its role.
        Err(error) if error.is_refused() => {
            Ok((standing, Some(error).filter(|_| standing.role == Role::Guest)))
        }
        Err(error) => Err(error),
    }
}
