//! A socket: it connects from an address of its own where that is asked for, and knows when what it reads has come.

use crate::target::Target;
use mio::net::TcpStream;
use nix::cmsg_space;
use nix::errno::Errno;
use nix::sys::socket::sockopt::{IpBindAddressNoPort, ReceiveTimestampns};
use nix::sys::socket::{
    AddressFamily, ControlMessageOwned, MsgFlags, SockFlag, SockType, SockaddrIn, bind, connect, recvmsg,
    setsockopt, socket,
};
use nix::sys::time::TimeSpec;
use std::io::{self, IoSliceMut};
use std::net::{SocketAddr, SocketAddrV4};
use std::os::fd::AsRawFd as _;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Begins to connect client `id`, without waiting for it.
pub(crate) fn begin(target: &Target, id: usize) -> io::Result<TcpStream> {
    let (Some(source), SocketAddr::V4(server)) = (target.source_of(id), target.address) else {
        return TcpStream::connect(target.address);
    };
    let flags = SockFlag::SOCK_NONBLOCK | SockFlag::SOCK_CLOEXEC;
    let socket = socket(AddressFamily::Inet, SockType::Stream, flags, None)?;
    // The port is chosen when the other end is known: so it may be one that is in use to somewhere else.
    setsockopt(&socket, IpBindAddressNoPort, &true)?;
    bind(socket.as_raw_fd(), &SockaddrIn::from(SocketAddrV4::new(source, 0)))?;
    match connect(socket.as_raw_fd(), &SockaddrIn::from(server)) {
        Ok(()) | Err(Errno::EINPROGRESS) => Ok(TcpStream::from_std(socket.into())),
        Err(error) => Err(error.into()),
    }
}

/// Has the kernel note when data comes.
pub(crate) fn take_times(socket: &TcpStream) -> io::Result<()> {
    Ok(setsockopt(socket, ReceiveTimestampns, &true)?)
}

/// Reads what has come, and gives when the last of it did.
pub(crate) fn read_with_time(socket: &TcpStream, buffer: &mut [u8]) -> io::Result<(usize, Instant)> {
    let mut control = cmsg_space!(TimeSpec);
    let mut slices = [IoSliceMut::new(buffer)];
    let message = recvmsg::<()>(socket.as_raw_fd(), &mut slices, Some(&mut control), MsgFlags::empty())?;
    let came = message.cmsgs()?.find_map(|control| match control {
        ControlMessageOwned::ScmTimestampns(time) => Some(UNIX_EPOCH + Duration::from(time)),
        _ => None,
    });
    // Without a time (the kernel begins to note them a moment after it was asked) it came just now.
    let age = came.and_then(|came| SystemTime::now().duration_since(came).ok()).unwrap_or_default();
    Ok((message.bytes, Instant::now() - age))
}

#[cfg(test)]
mod tests {
    use super::{begin, read_with_time, take_times};
    use crate::target::Target;
    use std::io::{ErrorKind, Write as _};
    use std::net::TcpListener;
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    #[test]
    fn clients_come_from_the_source_addresses_in_turn() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let mut target = Target::parse(&format!("ws://{address}")).expect("a good address");
        target.sources = 3;
        let sources: Vec<_> = (0..4)
            .map(|id| {
                let _socket = begin(&target, id).expect("it connects");
                listener.accept().expect("a connection").1.ip().to_string()
            })
            .collect();
        assert_eq!(sources, ["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.1"]);
    }

    #[test]
    fn message_that_is_read_late_has_the_time_of_its_arrival() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let target = Target::parse(&format!("ws://{address}")).expect("a good address");
        let client = begin(&target, 0).expect("it connects");
        take_times(&client).expect("Linux has this option");
        let (mut server, _) = listener.accept().expect("a connection");
        let (mut buffer, started) = ([0; 16], Instant::now());
        // The kernel begins to note times a moment after it was asked.
        loop {
            server.write_all(b"hi").expect("the client is there");
            let sent = Instant::now();
            sleep(Duration::from_millis(30));
            let (bytes, came) = match read_with_time(&client, &mut buffer) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => continue,
                read => read.expect("something has come"),
            };
            assert_eq!(&buffer[..bytes], b"hi");
            if came.saturating_duration_since(sent) < Duration::from_millis(10) {
                break;
            }
            assert!(
                started.elapsed() < Duration::from_secs(5),
                "it came {:?} after it was sent",
                came - sent
            );
        }
    }
}
