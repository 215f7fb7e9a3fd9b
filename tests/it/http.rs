//! The page over HTTP.

use std::net::SocketAddr;
use std::path::Path;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::chat::Chat;
use crate::socket::Socket;

/// An answer: its status, its head in small letters, its body.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// Sends a request as it is (without its last line end) and gives the answer; the connection is closed.
pub(crate) async fn ask(addr: SocketAddr, request: &str) -> Answer {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    // A server may answer, and close, before it has read all.
    let _ = stream.write_all(format!("{request}Connection: close\r\n\r\n").as_bytes()).await;
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&*text, ""));
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
}

pub(crate) async fn get(addr: SocketAddr, path: &str) -> Answer {
    ask(addr, &format!("GET {path} HTTP/1.1\r\nHost: {addr}\r\n")).await
}

#[tokio::test]
async fn c1_the_page_is_html_and_has_a_strong_etag() {
    let chat = Chat::open();
    let page = get(chat.addr, "/").await;
    assert_eq!(page.status, 200);
    assert!(page.head.contains("content-type: text/html; charset=utf-8"), "{}", page.head);
    assert_eq!(page.body, include_str!("../../web/index.html"), "byte for byte");
    assert!(page.head.contains("\netag: \""), "a strong ETag: {}", page.head);
    let tagged = |tag: String| async move {
        let addr = chat.addr;
        ask(addr, &format!("GET / HTTP/1.1\r\nHost: {addr}\r\nIf-None-Match: {tag}\r\n")).await
    };
    assert_eq!(tagged("\"another\"".into()).await.status, 200);
    let again = tagged("*".into()).await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[tokio::test]
async fn c1_a_browser_that_has_the_page_is_told_304() {
    let chat = Chat::open();
    let mut stream = TcpStream::connect(chat.addr).await.unwrap();
    let first = format!("GET /chat.js HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", chat.addr);
    stream.write_all(first.as_bytes()).await.unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    let etag = text.lines().find_map(|line| line.strip_prefix("etag: ")).expect("an ETag");
    let again = format!("GET /chat.js HTTP/1.1\r\nHost: {}\r\nIf-None-Match: \"x\", {etag}\r\n", chat.addr);
    assert_eq!(ask(chat.addr, &again).await.status, 304);
}

#[tokio::test]
async fn c2_a_query_changes_nothing() {
    let chat = Chat::open();
    assert_eq!(get(chat.addr, "/?a=b").await.body, get(chat.addr, "/").await.body);
}

#[tokio::test]
async fn c3_c6_every_other_path_is_404_whatever_the_method() {
    let chat = Chat::open();
    for path in ["/nope", "/index", "//", "/../Cargo.toml", "/ws/", "/ws/a/b", "/web/index.html"] {
        for method in ["GET", "POST", "DELETE"] {
            let answer = ask(chat.addr, &format!("{method} {path} HTTP/1.1\r\nHost: a\r\n")).await;
            assert_eq!(answer.status, 404, "{method} {path}");
            assert!(!answer.body.trim().is_empty(), "c25: {method} {path} says nothing");
        }
    }
}

#[tokio::test]
async fn c4_the_page_is_only_read() {
    let chat = Chat::open();
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = ask(chat.addr, &format!("{method} / HTTP/1.1\r\nHost: a\r\n")).await;
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.head.contains("allow: get, head"), "{}", answer.head);
        assert!(answer.body.contains("use GET"), "c25: {}", answer.body);
    }
    let head = ask(chat.addr, "HEAD / HTTP/1.1\r\nHost: a\r\n").await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[tokio::test]
async fn c7_a_request_needs_one_host_and_a_head_that_fits() {
    let chat = Chat::open();
    for path in ["/", "/ws"] {
        assert_eq!(ask(chat.addr, &format!("GET {path} HTTP/1.1\r\n")).await.status, 400);
        assert_eq!(
            ask(chat.addr, &format!("GET {path} HTTP/1.1\r\nHost: a\r\nHost: a\r\n")).await.status,
            400
        );
    }
    let line = format!("X-Much: {}\r\n", "x".repeat(8000));
    let much = ask(chat.addr, &format!("GET / HTTP/1.1\r\nHost: a\r\n{}", line.repeat(250))).await;
    assert_eq!(much.status, 431);
}

#[tokio::test]
async fn c8_every_file_of_the_page_comes_with_the_policy() {
    let chat = Chat::open();
    for path in ["/", "/chat.js", "/style/colors.css", "/r/model/session.js", "/icon.svg"] {
        let head = get(chat.addr, path).await.head;
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cross-origin-opener-policy: same-origin",
        ] {
            assert!(head.contains(header), "{path} lacks {header}:\n{head}");
        }
        assert!(!head.contains("unsafe-"), "{head}");
    }
}

/// The files in `web/`, by the names that they are served by.
fn files() -> Vec<(String, String)> {
    fn walk(folder: &Path, prefix: &str, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                let bytes = std::fs::read(entry.path()).unwrap();
                found.push((name, String::from_utf8_lossy(&bytes).into_owned()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("web"), "", &mut found);
    assert!(found.iter().any(|(name, _)| name.contains('/')), "files in folders were found");
    found
}

#[tokio::test]
async fn the_page_is_served_byte_for_byte_all_of_it() {
    let chat = Chat::open();
    for (name, text) in files() {
        let answer = get(chat.addr, &format!("/{name}")).await;
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(answer.body, text, "{name}");
        assert!(!answer.head.contains("octet-stream"), "{name} has no type of its own");
    }
}

#[tokio::test]
async fn a_rooms_link_is_the_page_and_the_pages_files_are_beside_it() {
    let chat = Chat::open();
    let page = get(chat.addr, "/").await;
    for path in ["/r/lobby", "/r/book-club_2", "/r/index", "/r/lobby?a=b"] {
        let room = get(chat.addr, path).await;
        assert_eq!((room.status, &room.body), (200, &page.body), "{path}");
        assert!(room.head.contains("content-security-policy: default-src 'none'"), "{path}:\n{}", room.head);
    }
    for (name, text) in files() {
        let answer = get(chat.addr, &format!("/r/{name}")).await;
        if name == "index.html" {
            assert_eq!(answer.status, 404, "a page of no room");
            continue;
        }
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(answer.body, text, "{name}");
    }
}

#[tokio::test]
async fn a_room_may_be_called_like_a_folder_or_a_file_of_the_page() {
    let chat = Chat::open();
    let page = get(chat.addr, "/").await;
    for room in ["style", "styl", "model", "chat", "icon", "index", "sw"] {
        let answer = get(chat.addr, &format!("/r/{room}")).await;
        assert_eq!((answer.status, &answer.body), (200, &page.body), "{room}");
    }
}

#[tokio::test]
async fn a_folder_of_the_page_is_no_address_and_nothing_outside_is_reached_through_one() {
    let chat = Chat::open();
    for path in [
        "/style",
        "/style/",
        "/r/style/",
        "/style/nope.css",
        "/r/style/nope.css",
        "/style/r/colors.css",
        "/style/../index.html",
        "/style/..%2Findex.html",
        "/style%2Fcolors.css",
        "/r/style%2Fcolors.css",
        "/r/style/../../../Cargo.toml",
        "/r/r/lobby",
    ] {
        assert_eq!(get(chat.addr, path).await.status, 404, "{path}");
    }
    for path in ["/style/colors.css", "/r/style/colors.css"] {
        assert_eq!(
            ask(chat.addr, &format!("PUT {path} HTTP/1.1\r\nHost: a\r\n")).await.status,
            405,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_link_to_no_rooms_name_is_404_in_words() {
    let chat = Chat::open();
    let long = format!("/r/{}", "x".repeat(65));
    for path in ["/r/Book-Club", "/r/caf%C3%A9", "/r/no.js", "/r/..%2FCargo.toml", "/r/a%20b", &long] {
        let answer = get(chat.addr, path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains("1 to 64 of the characters a-z 0-9 - _"), "{path}: {}", answer.body);
    }
    for path in ["/r", "/r/", "/r/a/b", "/r/lobby/"] {
        assert_eq!(get(chat.addr, path).await.status, 404, "{path}");
    }
    assert_eq!(ask(chat.addr, "POST /r/lobby HTTP/1.1\r\nHost: a\r\n").await.status, 405);
}

#[tokio::test]
async fn c7_heads_too_large_of_every_shape_are_431() {
    let chat = Chat::open();
    let lines: String = (0..2048).map(|i| format!("X-{i}: {}\r\n", "x".repeat(1024))).collect();
    let line = format!("Cookie: {}\r\n", "x".repeat(2 << 20));
    let names: String = (0..200).map(|i| format!("X-{i}: y\r\n")).collect();
    for headers in [lines, line, names] {
        let mut socket = Socket::raw(TcpStream::connect(chat.addr).await.unwrap());
        let request = format!("GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
        let _ = socket.stream.write_all(request.as_bytes()).await;
        let head = socket.head().await;
        assert!(head.starts_with("HTTP/1.1 431"), "{head}");
    }
    let mut socket = Socket::raw(TcpStream::connect(chat.addr).await.unwrap());
    let uri = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(2 << 20));
    let _ = socket.stream.write_all(uri.as_bytes()).await;
    let head = socket.head().await;
    assert!(head.starts_with("HTTP/1.1 414") || head.starts_with("HTTP/1.1 431"), "{head}");
}
