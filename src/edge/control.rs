//! The control socket: commands about people's rights, by whoever runs the server, in lines of JSON as `chinwag.v1` has them, after a
//! first line that says where the chat is. Only the user who runs the server can open it, and nobody is asked for more.

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::os::unix::net::UnixStream as StdStream;
use std::path::Path;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader as AsyncReader};
use tokio::net::UnixStream;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::base::error::Error;
use crate::base::limits::{ACCEPT_PAUSE, CONTROL_CONNECTIONS, CONTROL_LINE_BYTES, CONTROL_WAIT};
use crate::connection::session::carry_out;
use crate::edge::unix_socket::UnixSocket;
use crate::hub::Hub;
use crate::wire::protocol::command::{self, Command, Refusal};
use crate::wire::protocol::event;

/// A socket in the file system by which the server is commanded while it runs: roles, bans, mutes, invitations, and what guests may
/// do. A line is a command of `chinwag.v1` (docs/PROTOCOL.md), by the operator, and is answered by a line.
#[derive(Debug)]
pub struct Control {
    socket: UnixSocket,
    url: String,
}

impl Control {
    /// Listens at a path, which only this user may open. A socket that a server has left there is replaced. The file is removed with
    /// this. `url` is where people find the chat, for the links that are made here.
    ///
    /// # Errors
    /// A path at which another program listens, or something else is, or one over some 100 bytes; or a folder that cannot be written.
    pub fn listen(path: &Path, url: &str) -> Result<Self, Error> {
        UnixSocket::listen(path, CONTROL_CONNECTIONS).map(|socket| Self { socket, url: url.to_owned() })
    }

    /// Serves for as long as it is polled; it ends, and its connections with it, when this is dropped.
    pub async fn run(self, hub: Hub) {
        let mut connections = JoinSet::new();
        loop {
            while connections.len() >= CONTROL_CONNECTIONS {
                connections.join_next().await;
            }
            match self.socket.accept().await {
                Ok(stream) => {
                    connections.spawn(timeout(CONTROL_WAIT, serve(stream, hub.clone(), self.url.clone())));
                }
                // A want of file descriptors, of which the chat's own listener tells.
                Err(_) => sleep(ACCEPT_PAUSE).await,
            }
            while connections.try_join_next().is_some() {}
        }
    }
}

/// Says where the chat is; then one line after the other, until the other side ends.
async fn serve(stream: UnixStream, hub: Hub, url: String) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    write.write_all(url.as_bytes()).await?;
    write.write_all(b"\n").await?;
    let mut read = AsyncReader::new(read);
    let mut line = String::new();
    loop {
        line.clear();
        let most = CONTROL_LINE_BYTES as u64;
        if (&mut read).take(most).read_line(&mut line).await? == 0 || !line.ends_with('\n') {
            return Ok(());
        }
        let answer = answer(&hub, line.trim()).await;
        write.write_all(&answer).await?;
        write.write_all(b"\n").await?;
    }
}

async fn answer(hub: &Hub, line: &str) -> Vec<u8> {
    let refusal = match command::parse(line, hub.limits().text_chars) {
        Ok((name, Command::Rights(command))) => match carry_out(hub, None, command).await {
            Ok(answer) => return answer,
            Err(error) => Refusal { error, command: Some(name.as_str().to_owned()), cid: None },
        },
        Ok((name, _)) => {
            let error = Error::refused("not_allowed", "only commands about people's rights are taken here");
            Refusal { error, command: Some(name.as_str().to_owned()), cid: None }
        }
        Err(refusal) => refusal,
    };
    event::refusal_line(&refusal)
}

/// The answer to a [`control_call`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ControlAnswer {
    /// Where people find the chat.
    pub url: String,
    /// The line that answers the command.
    pub line: String,
}

/// Has a server that runs carry out a command, by its control socket.
///
/// # Errors
/// No server listens there, or this user may not open it.
pub fn control_call(path: &Path, command: &str) -> Result<ControlAnswer, Error> {
    let failed = |error| Error::io(format!("cannot reach a server at {}", path.display()), error);
    let call = || {
        let mut stream = StdStream::connect(path)?;
        stream.set_read_timeout(Some(CONTROL_WAIT))?;
        stream.write_all(command.as_bytes())?;
        stream.write_all(b"\n")?;
        let mut lines = BufReader::new(stream).lines();
        let mut next = || lines.next().unwrap_or_else(|| Err(ErrorKind::UnexpectedEof.into()));
        Ok(ControlAnswer { url: next()?, line: next()? })
    };
    call().map_err(failed)
}
