//! An echo on the chat's own upgrade and pumps: what the WebSocket conformance cases are run against.
//!
//! `cargo run --release --example echo -- 127.0.0.1:9001`; prints the address, port 0 takes any that is free.

use std::error::Error;
use std::io::Write;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::any;
use chinwag::{Close, Hub, Limits, MemoryLog, Message, Outlet, Session};

/// Sends every message back as it came.
#[derive(Debug)]
struct Echo;

impl Session for Echo {
    fn message(&mut self, message: Message<'_>, outlet: &Outlet) -> Result<(), Close> {
        if message.is_text {
            outlet.send_text(&message.payload);
        } else {
            outlet.send_binary(&message.payload);
        }
        Ok(())
    }
}

async fn echo(State(hub): State<Hub>, request: Request) -> Response {
    chinwag::upgrade(&hub, request, |_: &Arc<Outlet>| Echo)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let addr = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:9001".into());
    // The cases send messages of 16 MiB, and cut them into fragments of 64 bytes.
    let mut limits = Limits::default();
    limits.message_bytes = 16 << 20;
    limits.tail_bytes = 64 << 20;
    limits.fragments = 1 << 20;
    let app = Router::new().route("/", any(echo)).with_state(Hub::new(MemoryLog::new(), limits)?);
    let listener = tokio::net::TcpListener::bind(addr).await?;
    writeln!(std::io::stdout(), "{}", listener.local_addr()?)?;
    axum::serve(listener, app).await?;
    Ok(())
}
