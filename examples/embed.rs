//! The chat inside an application that has routes of its own: open http://127.0.0.1:8080/.

use std::error::Error;

use axum::response::Html;
use axum::routing::{any, get};
use axum::{Router, serve};
use chinwag::{Hub, Limits, MemoryLog};
use tokio::net::TcpListener;

/// The application: its own page, the whole chat at `/chat/`, and a bare socket for a page of its own.
pub(crate) fn app(hub: Hub) -> Router {
    let home = Html("<h1>Our club</h1><p><a href='/chat/'>Come and talk</a>");
    Router::new()
        .route("/", get(move || async move { home }))
        .route("/talk/{room}", any(chinwag::serve_ws))
        .with_state(hub.clone())
        .nest_service("/chat", chinwag::router(hub))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let hub = Hub::new(MemoryLog::new(), Limits::default())?;
    serve(TcpListener::bind("127.0.0.1:8080").await?, app(hub)).await?;
    Ok(())
}
