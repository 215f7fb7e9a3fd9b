//! The edge: HTTP, the page, the upgrade, the server. Knows no room's members.

pub(crate) mod page; // the files of the page
pub(crate) mod qr; // links as QR codes
pub(crate) mod address; // whose request it is, behind proxies or not
pub(crate) mod proxy_protocol; // what a proxy says before the first byte of its client
pub(crate) mod http_connections; // connections before their upgrade: their places and deadlines
pub(crate) mod upgrade; // from a request to a client
pub(crate) mod router; // the routes
pub(crate) mod server; // the accept loop, and its orderly end
#[cfg(unix)]
pub(crate) mod unix_socket; // a socket in the file system that only one user may open
#[cfg(unix)]
pub(crate) mod control; // commands of whoever runs the server
pub(crate) mod process; // the figures of this process
pub(crate) mod admin; // a listener for whoever runs the server
