//! Your users, your disk, a bot and a graceful stop: the chat as a part of an application that has accounts.
//!
//! `cargo run --example club`, then sign in at <http://127.0.0.1:8080/sign-in/ada>, and in another browser as somebody else.

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path as PathOf, Request, State};
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use chinwag::{Account, Content, Hub, Limits, Post, SqliteLog, StoreOptions};
use tokio::net::TcpListener;

/// The user of a request, by the session of the application. Here the cookie is the user's id; yours is a secret.
fn user(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    cookies.split("; ").find_map(|cookie| cookie.strip_prefix("user="))
}

/// Your users: only who is signed in gets to the chat, and is the same person there on every device.
async fn members_only(mut request: Request, next: Next) -> Response {
    let Some(id) = user(request.headers()) else {
        return (StatusCode::UNAUTHORIZED, "sign in first").into_response();
    };
    // The id stays for ever; the name may change, and the chat follows.
    let account = Account::new(id, &format!("Member {id}"));
    request.extensions_mut().insert(account);
    next.run(request).await
}

async fn sign_in(PathOf(id): PathOf<String>) -> impl IntoResponse {
    ([(SET_COOKIE, format!("user={id}; Path=/; HttpOnly; SameSite=Lax"))], Redirect::to("/chat/"))
}

/// Sends somebody away, by every connection. To keep them out, the sign-in has to refuse them from then on.
async fn suspend(State(hub): State<Hub>, PathOf(id): PathOf<String>) -> String {
    let closed = hub.close_person(hub.user_id(id), "your membership is suspended");
    format!("{closed} connections were closed\n")
}

fn app(hub: Hub) -> Router {
    Router::new()
        .route("/sign-in/{id}", get(sign_in))
        .route("/suspend/{id}", post(suspend)) // Yours is for moderators alone.
        .with_state(hub.clone())
        .nest_service("/chat", chinwag::router(hub).layer(from_fn(members_only)))
}

/// A bot: hears every room, and answers `!tea`.
async fn bot(hub: Hub) -> Result<(), chinwag::Error> {
    let bot = hub.participant(&Account::new("bot:tea", "Tea Bot")).await?;
    let mut feed = hub.feed();
    loop {
        let entry = match feed.next().await {
            Ok(entry) => entry,
            Err(error) if error.is_lagged() => continue, // It missed some, and goes on with what comes now.
            Err(error) => return Err(error),
        };
        if matches!(&entry.content, Content::Message { text, .. } if text.starts_with("!tea")) {
            // Under an id of its own: what was asked once is answered once, also after a crash.
            let answer = Post::new(format!("Here you are, {}: ☕", entry.by.name));
            bot.say(&entry.room, answer.reply_to(entry.seq).cid(format!("tea-{}", entry.seq))).await?;
        }
    }
}

/// Serves until `stop` completes; then everyone is told that the server goes away, and comes back with a cursor.
pub(crate) async fn run(
    listener: TcpListener,
    folder: &Path,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Box<dyn Error>> {
    // Your disk: one SQLite file in this folder.
    let log = SqliteLog::open(folder, &StoreOptions::default())?;
    let mut limits = Limits::default();
    limits.clients = 1_000;
    let hub = Hub::new(log.clone(), limits)?;
    let bot = tokio::spawn(bot(hub.clone()));
    axum::serve(listener, app(hub.clone())).with_graceful_shutdown(stop).await?;
    if tokio::time::timeout(Duration::from_secs(5), hub.drain()).await.is_err() {
        hub.cut();
    }
    bot.abort();
    log.close();
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:8080").await?;
    let stop = async { drop(tokio::signal::ctrl_c().await) };
    run(listener, Path::new("club-data"), stop).await
}
