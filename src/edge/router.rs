//! The routes: the page, a room's page, QR codes, and the two addresses of the socket. Goes into any axum application.

use axum::Router;
use axum::extract::{OriginalUri, Path, RawPathParams, Request, State};
use axum::http::StatusCode;
use axum::http::header::{ALLOW, HeaderMap, HeaderValue, UPGRADE};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, any, get, post};

use crate::base::account::Account;
use crate::base::private_room;
use crate::base::room_name::RoomName;
use crate::connection::session::{Plain, PlainAccount, V1};
use crate::edge::page::{INDEX, WORKER, Web};
use crate::edge::qr::serve_qr;
use crate::edge::upgrade::{pays_look, upgrade_to};
use crate::hub::Hub;
use crate::wire::handshake::{Refusal, check_host, offers};
use crate::wire::protocol::{self, Encoding};

/// The chat as an axum router: the page of the room `lobby` at `/` and of any room at `/r/{room}`; the socket at
/// `/ws`, and at `/ws/{room}`.
///
/// Nest it where you like: `Router::new().nest_service("/chat", chinwag::router(hub))`. The page finds its
/// socket relative to its own address. (Plain `nest` works too, but leaves `/chat/` to you, as axum does.)
///
/// Users of the application are themselves in the chat when a middleware puts their [`Account`] into the request.
///
/// It answers to addresses and local names, and to others with 421, until [`Limits::hosts`](crate::Limits::hosts) names
/// them.
pub fn router(hub: Hub) -> Router {
    guarded(routes(&Web::embedded()), hub)
}

/// The same with this page, alone at its address: every other path is answered too.
pub(crate) fn whole_site(hub: Hub, web: &Web) -> Router {
    guarded(routes(web).fallback(not_found), hub)
}

fn guarded(router: Router<Hub>, hub: Hub) -> Router {
    router.layer(middleware::from_fn_with_state(hub.clone(), guard)).with_state(hub)
}

fn routes(web: &Web) -> Router<Hub> {
    let mut router = Router::new()
        .route("/", page(web, INDEX))
        .route("/r/{room}", page_of_room(web))
        .route("/qr", post(serve_qr))
        .route("/ws", any(serve_ws))
        .route("/ws/{room}", any(serve_ws));
    // A room's page is the same page at /r/{room}, and finds its files beside it, wherever it is mounted. A file's
    // name has a dot, a room's never.
    for name in web.names() {
        let file = page(web, &name);
        // A worker beside the rooms' pages would be another one, with a copy of its own.
        if name != INDEX && name != WORKER {
            router = router.route(&format!("/r/{name}"), file.clone());
        }
        router = router.route(&format!("/{name}"), file);
    }
    router
}

/// The handler of the socket alone, for a route of your own. A path parameter `{room}` names the room;
/// without one it is `lobby`. An [`Account`] in the request's extensions says who connects.
///
/// ```
/// use axum::{Router, routing::any};
/// # use chinwag::{Hub, Limits, MemoryLog};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), chinwag::Error> {
/// let hub = Hub::new(MemoryLog::new(), Limits::default())?;
/// let app: Router = Router::new().route("/talk/{room}", any(chinwag::serve_ws)).with_state(hub);
/// # Ok(())
/// # }
/// ```
pub async fn serve_ws(State(hub): State<Hub>, params: RawPathParams, request: Request) -> Response {
    let room = match params.iter().find(|(name, _)| *name == "room") {
        None => RoomName::lobby(),
        Some((_, name)) => match RoomName::parse(name) {
            Ok(room) => room,
            Err(error) => return Refusal::new(StatusCode::NOT_FOUND, error.to_string()).into_response(),
        },
    };
    let chat = hub.clone();
    let account = request.extensions().get::<Account>().cloned();
    if offers(request.headers(), protocol::V1) {
        return upgrade_to(&chat, Encoding::V1, request, move |outlet, seat| {
            V1::new(hub, outlet, room, account, seat)
        });
    }
    if account.is_none() {
        if room.is_private() {
            let error = private_room::members_only();
            return Refusal::new(StatusCode::FORBIDDEN, error.to_string()).into_response();
        }
        // This protocol has neither invitations nor passwords.
        if let Err(why) = chat.log().door().check_guest() {
            return Refusal::new(StatusCode::FORBIDDEN, why.to_string()).into_response();
        }
    }
    let room = hub.room(&room);
    let is_handshake = request.headers().contains_key(UPGRADE);
    if is_handshake && !room.is_made(&hub) && pays_look(&request, &hub) {
        room.look_whether_made(&hub).await;
    }
    match account {
        Some(account) => upgrade_to(&chat, Encoding::Plain, request, move |outlet, seat| {
            PlainAccount::new(hub, room, outlet, account, seat)
        }),
        None => upgrade_to(&chat, Encoding::Plain, request, move |outlet, seat| {
            Plain::join(hub, room, outlet, seat)
        }),
    }
}

/// What every other path answers.
async fn not_found() -> Response {
    Refusal::new(StatusCode::NOT_FOUND, "there is nothing here; the chat is at /").into_response()
}

fn page_of_room(web: &Web) -> MethodRouter<Hub> {
    let web = web.clone();
    let serve = move |Path(name): Path<String>, OriginalUri(uri): OriginalUri, headers: HeaderMap| async move {
        match RoomName::parse(&name) {
            // A room has one address: what is written as `my%2Droom` leads to it.
            Ok(_) if uri.path().rsplit('/').next() != Some(&*name) => {
                let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
                Redirect::permanent(&format!("{name}{query}")).into_response()
            }
            Ok(_) => web.response(INDEX, &headers),
            Err(error) => Refusal::new(StatusCode::NOT_FOUND, error.to_string()).into_response(),
        }
    };
    only_read(get(serve))
}

fn page(web: &Web, name: &str) -> MethodRouter<Hub> {
    let (web, name) = (web.clone(), name.to_owned());
    let serve = move |OriginalUri(uri): OriginalUri, headers: HeaderMap| async move {
        // Mounted at /chat without a slash at the end, the page's files would be looked for beside it; and
        // `nest` leaves /chat/ unmatched, so the way in is the page's own name, which every mount serves.
        if name == INDEX && !uri.path().ends_with('/') && !uri.path().ends_with(INDEX) {
            let last = uri.path().rsplit('/').next().unwrap_or_default();
            return Redirect::permanent(&format!("{last}/{INDEX}")).into_response();
        }
        web.response(&name, &headers)
    };
    only_read(get(serve))
}

fn only_read(route: MethodRouter<Hub>) -> MethodRouter<Hub> {
    route.fallback(|| async {
        let mut response: Response =
            Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "the page is only read: use GET or HEAD")
                .into_response();
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        response
    })
}

/// Exactly one Host, and one of ours.
async fn guard(State(hub): State<Hub>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    if let Err(refusal) = check_host(&head, &hub.limits().hosts) {
        refusal.log(&head);
        return refusal.into_response();
    }
    next.run(Request::from_parts(head, body)).await
}
