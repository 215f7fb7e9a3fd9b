//! The PROXY protocol, versions 1 and 2 (HAProxy, `doc/proxy-protocol.txt`): what a proxy that passes bytes on says of its client
//! before the first of them. Knows no HTTP.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use tokio::io::{AsyncRead, AsyncReadExt};

use crate::base::limits::{PROXY_HEADER_BYTES, PROXY_LINE_BYTES};

/// With which a header of version 2 begins (2.2). Those of version 1 have more bytes, too.
const SIGNATURE: [u8; 12] = *b"\r\n\r\n\0\r\nQUIT\n";

/// Reads the header at the beginning of a connection, and nothing behind it. Gives the address of the client; none where the proxy asks
/// for itself, as it does to see that the server is there, or does not know it.
///
/// # Errors
/// The stream's, and a beginning that is no header.
pub(crate) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<IpAddr>> {
    let mut begin = [0; SIGNATURE.len()];
    stream.read_exact(&mut begin).await?;
    if begin == SIGNATURE {
        return read_binary(stream).await;
    }
    let mut line = begin.to_vec();
    // A byte at a time: what comes behind the line is another's. There are 95 at most.
    while !line.ends_with(b"\r\n") {
        if !line.starts_with(b"PROXY ") || line.len() >= PROXY_LINE_BYTES {
            return Err(no_header());
        }
        line.push(stream.read_u8().await?);
    }
    let line = std::str::from_utf8(&line).map_err(|_| no_header())?;
    of_line(line.trim_end_matches("\r\n")).ok_or_else(no_header)
}

/// The address in a line of version 1 (2.1); the outer None is no such line.
fn of_line(line: &str) -> Option<Option<IpAddr>> {
    let mut words = line.strip_prefix("PROXY ")?.split(' ');
    let family = words.next()?;
    if family == "UNKNOWN" {
        return Some(None);
    }
    let (source, destination) = (words.next()?, words.next()?);
    let ports = [words.next()?, words.next()?];
    if words.next().is_some() || ports.iter().any(|port| port.parse::<u16>().is_err()) {
        return None;
    }
    let address: IpAddr = match family {
        "TCP4" => {
            destination.parse::<Ipv4Addr>().ok()?;
            source.parse::<Ipv4Addr>().ok()?.into()
        }
        "TCP6" => {
            destination.parse::<Ipv6Addr>().ok()?;
            source.parse::<Ipv6Addr>().ok()?.into()
        }
        _ => return None,
    };
    Some(Some(address))
}

/// Reads what follows the signature of version 2 (2.2).
async fn read_binary(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<IpAddr>> {
    let [command, family] = [stream.read_u8().await?, stream.read_u8().await?];
    let length = usize::from(stream.read_u16().await?);
    if length > PROXY_HEADER_BYTES {
        return Err(no_header());
    }
    let mut rest = vec![0; length];
    stream.read_exact(&mut rest).await?;
    match (command, family) {
        // The proxy itself.
        (0x20, _) => Ok(None),
        // TCP over IPv4: two addresses and two ports; over IPv6 the same.
        (0x21, 0x11) if length >= 12 => {
            let address = rest.first_chunk::<4>().ok_or_else(no_header)?;
            Ok(Some(Ipv4Addr::from(*address).into()))
        }
        (0x21, 0x21) if length >= 36 => {
            let address = rest.first_chunk::<16>().ok_or_else(no_header)?;
            Ok(Some(Ipv6Addr::from(*address).into()))
        }
        (0x21, 0x11 | 0x21) => Err(no_header()),
        // Another kind of connection, as a Unix socket.
        (0x21, _) => Ok(None),
        _ => Err(no_header()),
    }
}

fn no_header() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no header of the PROXY protocol")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of these bytes, with what is left behind it.
    async fn reads(bytes: &[u8]) -> Option<(Option<String>, Vec<u8>)> {
        let mut stream = bytes;
        let address = read(&mut stream).await.ok()?;
        Some((address.map(|address| address.to_string()), stream.to_vec()))
    }

    fn binary(command: u8, family: u8, rest: &[u8]) -> Vec<u8> {
        let length = u16::try_from(rest.len()).expect("a short rest").to_be_bytes();
        [&SIGNATURE[..], &[command, family], &length, rest, b"GET /"].concat()
    }

    #[tokio::test]
    async fn client_is_known_by_either_version_and_what_follows_is_left() {
        let v4 = [203, 0, 113, 7, 10, 0, 0, 1, 0x1F, 0x90, 0, 80];
        let mut v6 = [0; 36];
        v6[..2].copy_from_slice(&[0x20, 0x01]);
        v6[15] = 9;
        let with_more = [&v4[..], &[0x03, 0, 4, 1, 2, 3, 4]].concat();
        for (bytes, address) in [
            (b"PROXY TCP4 203.0.113.7 10.0.0.1 8080 80\r\nGET /".to_vec(), Some("203.0.113.7")),
            (b"PROXY TCP6 2001::9 ::1 65535 0\r\nGET /".to_vec(), Some("2001::9")),
            (b"PROXY UNKNOWN\r\nGET /".to_vec(), None),
            (b"PROXY UNKNOWN ffff::1 ffff::2 1 2\r\nGET /".to_vec(), None),
            (binary(0x21, 0x11, &v4), Some("203.0.113.7")),
            (binary(0x21, 0x11, &with_more), Some("203.0.113.7")),
            (binary(0x21, 0x21, &v6), Some("2001::9")),
            (binary(0x20, 0x11, &v4), None),
            (binary(0x20, 0x00, &[]), None),
            (binary(0x21, 0x31, &[0; 216]), None),
        ] {
            let read = reads(&bytes).await;
            assert_eq!(read, Some((address.map(str::to_owned), b"GET /".to_vec())), "{bytes:?}");
        }
    }

    #[tokio::test]
    async fn beginning_that_is_no_header_is_an_error() {
        let long = format!("PROXY UNKNOWN {}\r\n", "x".repeat(PROXY_LINE_BYTES));
        for bytes in [
            "",
            "PROXY",
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "PROXY TCP4 203.0.113.7 10.0.0.1 8080\r\n",
            "PROXY TCP4 203.0.113.7 10.0.0.1 8080 80 1\r\n",
            "PROXY TCP4 203.0.113.7 10.0.0.1 8080 65536\r\n",
            "PROXY TCP4 2001::9 ::1 8080 80\r\n",
            "PROXY TCP6 203.0.113.7 10.0.0.1 8080 80\r\n",
            "PROXY TCP4 203.0.113.7  10.0.0.1 8080 80\r\n",
            "PROXY TCP4 unknown 10.0.0.1 8080 80\r\n",
            "PROXY UDP4 203.0.113.7 10.0.0.1 8080 80\r\n",
            "PROXY TCP4 203.0.113.7 10.0.0.1 8080 80\n",
            "proxy tcp4 203.0.113.7 10.0.0.1 8080 80\r\n",
            &long,
        ] {
            assert_eq!(reads(bytes.as_bytes()).await, None, "{bytes:?}");
        }
        let v4 = [203, 0, 113, 7, 10, 0, 0, 1, 0x1F, 0x90, 0, 80];
        let cut = binary(0x21, 0x11, &v4);
        for bytes in [
            binary(0x11, 0x11, &v4),
            binary(0x22, 0x11, &v4),
            binary(0x21, 0x11, &v4[..8]),
            binary(0x21, 0x21, &v4),
            binary(0x21, 0x11, &vec![0; PROXY_HEADER_BYTES + 1]),
            cut[..20].to_vec(),
        ] {
            assert_eq!(reads(&bytes).await, None, "{bytes:?}");
        }
    }
}
