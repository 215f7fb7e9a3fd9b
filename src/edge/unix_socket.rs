//! A Unix socket that only the user of this process may open.

use std::fs::{File, Permissions, remove_file, set_permissions, symlink_metadata};
use std::io::{Error as IoError, ErrorKind, Result as IoResult};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::{UnixListener as StdListener, UnixStream as StdStream};
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixStream};

use crate::base::error::Error;

/// A Unix socket that is listened at. Its file is removed with it.
#[derive(Debug)]
pub(crate) struct UnixSocket {
    listener: UnixListener,
    path: PathBuf,
}

impl UnixSocket {
    /// Listens at a path. A socket that a server has left there is replaced.
    ///
    /// # Errors
    /// A path at which another program listens, or something else is; or a folder that cannot be written.
    pub(crate) fn listen(path: &Path, backlog: usize) -> Result<Self, Error> {
        let failed = |error| Error::io(format!("cannot listen at {}", path.display()), error);
        if let Ok(there) = symlink_metadata(path) {
            if !there.file_type().is_socket() {
                let text = "something else is there, which is no socket";
                return Err(failed(IoError::new(ErrorKind::AlreadyExists, text)));
            }
            match StdStream::connect(path) {
                Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                    remove_file(path).map_err(failed)?;
                }
                Err(error) if error.kind() != ErrorKind::WouldBlock => return Err(failed(error)),
                _ => return Err(failed(ErrorKind::AddrInUse.into())),
            }
        }
        let listener = bind(path, backlog).map_err(failed)?;
        let listen = || {
            listener.set_nonblocking(true)?;
            UnixListener::from_std(listener)
        };
        match listen() {
            Ok(listener) => Ok(Self { listener, path: path.to_owned() }),
            Err(error) => {
                let _ = remove_file(path);
                Err(failed(error))
            }
        }
    }

    pub(crate) async fn accept(&self) -> IoResult<UnixStream> {
        self.listener.accept().await.map(|(stream, _)| stream)
    }
}

impl Drop for UnixSocket {
    fn drop(&mut self) {
        let _ = remove_file(&self.path);
    }
}

/// A socket that only this user may open, from its first moment on: on Linux the file has the mode of the socket before
/// it.
fn bind(path: &Path, backlog: usize) -> IoResult<StdListener> {
    let own = || Permissions::from_mode(0o600);
    let socket = socket2::Socket::new(socket2::Domain::UNIX, socket2::Type::STREAM, None)?;
    let file = File::from(OwnedFd::from(socket));
    // Other systems refuse it, and have the mode that is set below.
    let _ = file.set_permissions(own());
    let socket = socket2::Socket::from(OwnedFd::from(file));
    socket.bind(&socket2::SockAddr::unix(path)?)?;
    set_permissions(path, own())?;
    socket.listen(i32::try_from(backlog).unwrap_or(i32::MAX))?;
    Ok(OwnedFd::from(socket).into())
}
