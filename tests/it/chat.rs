//! A chat server of its own for each story, on a port of its own. It ends with the story.

use std::net::SocketAddr;

use chinwag::{Hub, Limits, Log, MemoryLog, Server, SqliteLog, StoreOptions};
use tokio::sync::oneshot;

use crate::program::Folder;
use crate::socket::Socket;

pub(crate) struct Chat {
    pub(crate) addr: SocketAddr,
    pub(crate) hub: Hub,
    /// Dropped with the story, which stops the server.
    _stop: oneshot::Sender<()>,
}

impl Chat {
    pub(crate) fn open() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(change: impl FnOnce(&mut Limits)) -> Self {
        let mut limits = Limits::default();
        change(&mut limits);
        Self::on(MemoryLog::new(), limits)
    }

    /// A chat whose history is in a folder.
    pub(crate) fn kept(folder: &Folder, options: &StoreOptions, change: impl FnOnce(&mut Limits)) -> Self {
        let mut limits = Limits::default();
        change(&mut limits);
        Self::on(SqliteLog::open(folder.path(), options).unwrap(), limits)
    }

    pub(crate) fn on(log: impl Log, limits: Limits) -> Self {
        let hub = Hub::new(log, limits).unwrap();
        let listener = Server::listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let addr = listener.local_addr().unwrap();
        let (_stop, stopped) = oneshot::channel();
        tokio::spawn(Server::new(hub.clone()).run(listener, async move {
            let _ = stopped.await;
        }));
        Self { addr, hub, _stop }
    }

    /// A client in the lobby, who has joined for certain.
    pub(crate) async fn joins(&self) -> Socket {
        self.joins_room("lobby").await
    }

    pub(crate) async fn joins_room(&self, room: &str) -> Socket {
        Socket::open(self.addr, &format!("/ws/{room}")).await.joined().await
    }

    /// Waits until so many clients are connected.
    pub(crate) async fn has_clients(&self, count: usize) {
        let wait = async {
            while self.hub.client_count() != count {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(crate::socket::PATIENCE, wait).await.expect("the clients are not as many");
    }
}
