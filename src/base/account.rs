//! An account: a user of the application that the chat is a part of, as that application knows them. Knows neither the
//! request that it came with nor the log.

use std::fmt;
use std::sync::Arc;

use crate::base::name::Name;

/// A user of the application that the chat is mounted in. Cheap to clone.
///
/// The application authenticates its requests itself. A middleware in front of [`router`](crate::router) or
/// [`serve_ws`](crate::serve_ws) puts the account of the request into its extensions; whoever connects with such a request is
/// that account's user, on every device, whatever token the page still has. A request without an account is a guest's: a
/// middleware that refuses it keeps guests out.
///
/// ```
/// use axum::Router;
/// use axum::extract::Request;
/// use axum::http::StatusCode;
/// use axum::middleware::{Next, from_fn};
/// use axum::response::Response;
/// use chinwag::{Account, Hub, Limits, MemoryLog};
///
/// async fn signed_in(mut request: Request, next: Next) -> Result<Response, StatusCode> {
///     // The application's own session, by a cookie for example.
///     let (id, name) = (4711, "Ada Lovelace");
///     request.extensions_mut().insert(Account::new(id, name));
///     Ok(next.run(request).await)
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), chinwag::Error> {
/// let hub = Hub::new(MemoryLog::new(), Limits::default())?;
/// let app: Router = Router::new()
///     .nest_service("/chat", chinwag::router(hub).layer(from_fn(signed_in)));
/// # Ok(())
/// # }
/// ```
///
/// # The id
/// [`Hub::user_id`](crate::Hub::user_id) makes the user's id of the application's. It is a hash with the chat's secret as the
/// key: the same for as long as the chat keeps its secret, which a [`SqliteLog`](crate::SqliteLog) does in its store, and
/// nothing that a guest can aim at. Guests have random ids of 63 bits, so that one of them has the id of an account by chance
/// in one of 2^63 cases. No token is issued for an account: who signs out of the application has nothing left to sign in with.
///
/// # The name
/// The application's name is a wish. What no name in the chat has ([`Name::parse`]) is left out of it, and it is cut to the
/// length that names have; when nothing is left, the user has a guest's name. A name that somebody else has, or that
/// is kept for the server, gets a number: `Ada 2`. Names do not move: who had one first keeps it. A name that is another when
/// the user comes the next time is another in the chat from then on, and its rooms are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    id: Arc<str>,
    name: Option<Name>,
    may_rename: bool,
}

impl Account {
    /// The account with this id in the application, and the name that others are to see. An id must never be given to somebody
    /// else. Ids that read the same, like `7` and `"7"`, are the same.
    pub fn new(id: impl fmt::Display, name: &str) -> Self {
        Self { id: id.to_string().into(), name: Name::adapted(name), may_rename: false }
    }

    /// Leaves the name to its user: the application's is the one that they begin with, and the page lets them choose
    /// another.
    #[must_use]
    pub fn may_rename(mut self) -> Self {
        self.may_rename = true;
        self
    }

    /// The id in the application.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name that is asked for in the chat; none when nothing of it is a name here.
    pub fn name(&self) -> Option<&Name> {
        self.name.as_ref()
    }

    /// Whether the application gives the name, and its user cannot change it.
    pub(crate) fn is_name_fixed(&self) -> bool {
        !self.may_rename
    }
}
