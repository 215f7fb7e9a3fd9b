//! The opening handshake.

use chinwag::Hosts;

use crate::chat::Chat;
use crate::http::{Answer, ask};
use crate::socket::{Socket, TEXT, frame, handshake};

const KEY: &str = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// A handshake made of these lines, sent as it is; gives the answer's head.
async fn handshake_of(chat: &Chat, lines: &str) -> String {
    let stream = tokio::net::TcpStream::connect(chat.addr).await.unwrap();
    let mut socket = Socket::raw(stream);
    socket.sends(format!("{lines}\r\n").as_bytes()).await;
    socket.head().await.to_ascii_lowercase()
}

/// A good handshake with `change` made to it; gives the status.
async fn status_of(chat: &Chat, change: impl FnOnce(String) -> String) -> (u16, String) {
    let good = handshake(&chat.addr.to_string(), "/ws");
    let head = handshake_of(chat, change(good).strip_suffix("\r\n").unwrap()).await;
    (head[9..12].parse().unwrap(), head)
}

/// The status of a good handshake with one more line.
async fn status_with(chat: &Chat, line: &str) -> u16 {
    status_of(chat, |good| {
        good.replace("Connection: Upgrade\r\n", &format!("Connection: Upgrade\r\n{line}\r\n"))
    })
    .await
    .0
}

#[tokio::test]
async fn c9_the_checks_come_in_the_examples_order() {
    let chat = Chat::open();
    let addr = chat.addr;
    // Everything is wrong; then one thing after the other is put right.
    let mut head =
        format!("POST /ws HTTP/1.1\r\nHost: {addr}\r\nOrigin: http://evil\r\nContent-Length: 0\r\n");
    let mut said = Vec::new();
    for put_right in [
        |_: &mut String| {},
        |head: &mut String| head.push_str("Connection: Upgrade\r\n"),
        |head: &mut String| head.push_str("Upgrade: websocket\r\n"),
        |head: &mut String| *head = head.replace("POST", "GET"),
        |head: &mut String| head.push_str("Sec-WebSocket-Version: 13\r\n"),
        |head: &mut String| *head = head.replace("Origin: http://evil\r\n", ""),
        |head: &mut String| head.push_str(KEY),
    ] {
        put_right(&mut head);
        said.push(handshake_of(&chat, &head).await[9..12].to_owned());
    }
    assert_eq!(said, ["400", "426", "405", "426", "403", "400", "101"]);
}

#[tokio::test]
async fn c10_c11_c12_c13_c25_what_is_missing_is_said_in_words_and_headers() {
    let chat = Chat::open();
    #[track_caller]
    fn check(answer: &Answer, status: u16, header: &str, words: &str) {
        assert_eq!(answer.status, status, "{}", answer.head);
        assert!(answer.head.contains(header), "{} lacks {header}", answer.head);
        assert!(answer.body.contains(words), "{} lacks {words}", answer.body);
    }
    let addr = chat.addr;
    let plain = ask(addr, &format!("GET /ws HTTP/1.1\r\nHost: {addr}\r\n")).await;
    check(&plain, 400, "sec-websocket-version: 13", "Connection header");
    let upgrade = format!("/ws HTTP/1.1\r\nHost: {addr}\r\nConnection: Upgrade\r\n");
    check(&ask(addr, &format!("GET {upgrade}")).await, 426, "upgrade: websocket", "Upgrade header");
    let upgrade = format!("{upgrade}Upgrade: websocket\r\n");
    check(&ask(addr, &format!("POST {upgrade}Content-Length: 0\r\n")).await, 405, "allow: get", "GET");
    check(&ask(addr, &format!("GET {upgrade}")).await, 426, "sec-websocket-version: 13", "version 13");
    let version = format!("GET {upgrade}Sec-WebSocket-Version: 8\r\n");
    check(&ask(addr, &version).await, 426, "sec-websocket-version: 13", "version 13");
}

/// A browser tells its page nothing of a handshake that was refused.
#[tokio::test]
async fn page_that_asks_why_is_told_what_its_handshake_would_be() {
    let chat = Chat::with(|limits| limits.clients = 1);
    let addr = chat.addr;
    let asks = |origin: &str| {
        format!("POST /ws?why HTTP/1.1\r\nHost: {addr}\r\nOrigin: http://{origin}\r\nContent-Length: 0\r\n")
    };
    assert_eq!(ask(addr, &asks(&addr.to_string())).await.status, 400, "it would be let in");
    let foreign = ask(addr, &asks("evil.example")).await;
    assert!(foreign.status == 403 && foreign.body.contains("may not connect here"), "{}", foreign.body);
    let _ada = chat.joins().await;
    chat.has_clients(1).await;
    let full = ask(addr, &asks(&addr.to_string())).await;
    assert!(full.status == 503 && full.body.contains("the server is full"), "{}", full.body);
}

#[tokio::test]
async fn c14_c16_an_origin_must_be_this_host() {
    let chat = Chat::open();
    let port = chat.addr.port();
    for origin in [
        format!("http://127.0.0.1:{port}"),
        format!("https://127.0.0.1:{port}"),
        format!("x://127.0.0.1:{port}/a?b#c"),
    ] {
        assert_eq!(status_with(&chat, &format!("Origin: {origin}")).await, 101, "{origin}");
    }
    assert_eq!(status_with(&chat, "Origin: http://evil.example").await, 403);
    let named = |line: &str| {
        let line = line.to_owned();
        status_of(&chat, move |good| {
            good.replace(&format!("127.0.0.1:{port}"), "Chat.Localhost:8080")
                .replace("Connection: Upgrade\r\n", &format!("Connection: Upgrade\r\n{line}\r\n"))
        })
    };
    assert_eq!(named("Origin: http://chat.LOCALHOST:8080").await.0, 101);
}

#[tokio::test]
async fn c15_no_origin_is_no_browser_and_welcome() {
    let chat = Chat::open();
    assert_eq!(status_of(&chat, |good| good).await.0, 101);
}

#[tokio::test]
async fn c17_c18_an_origin_that_is_not_quite_this_host_is_refused() {
    let chat = Chat::open();
    let (addr, port) = (chat.addr, chat.addr.port());
    for origin in [
        "null".to_owned(),
        String::new(),
        "::::".to_owned(),
        format!("http://{addr}.evil"),
        format!("http://{addr}@evil"),
        format!("http://evil@{addr}"),
        "http://127.0.0.1".to_owned(),
        format!("127.0.0.1:{port}"),
    ] {
        assert_eq!(status_with(&chat, &format!("Origin: {origin}")).await, 403, "{origin:?}");
    }
    assert_eq!(status_with(&chat, &format!("Origin: http://{addr}\r\nOrigin: http://evil")).await, 400);
    assert_eq!(status_with(&chat, &format!("Origin: http://{addr}\r\nOrigin: http://{addr}")).await, 400);
}

#[tokio::test]
async fn c19_once_hosts_are_named_others_are_refused_even_with_their_own_origin() {
    let chat = Chat::with(|limits| limits.hosts = Hosts::parse(["chat.example", "[::1]:7"]).unwrap());
    for (host, status) in [
        ("chat.example", 101),
        ("CHAT.example:8080", 101),
        ("[::1]:7", 101),
        ("[::1]:8", 421),
        ("evil.example", 421),
    ] {
        let head =
            handshake(host, "/ws").replace("Upgrade: w", &format!("Origin: http://{host}\r\nUpgrade: w"));
        let answer = handshake_of(&chat, head.strip_suffix("\r\n").unwrap()).await;
        assert_eq!(answer[9..12], status.to_string(), "{host}");
        let page = ask(chat.addr, &format!("GET / HTTP/1.1\r\nHost: {host}\r\n")).await.status;
        assert_eq!(page == 200, status == 101, "the page at {host} answers {page}");
    }
}

#[tokio::test]
async fn c19_without_named_hosts_only_local_ones_are_answered_whatever_the_origin() {
    let chat = Chat::open();
    let own =
        String::from_utf8(std::process::Command::new("uname").arg("-n").output().unwrap().stdout).unwrap();
    for (host, status) in [
        ("192.0.2.7", 101),
        ("192.0.2.7:8080", 101),
        ("[2001:db8::7]:8080", 101),
        ("localhost:1", 101),
        ("chat.localhost", 101),
        ("kitchen.local:8080", 101),
        (own.trim(), 101),
        ("evil.example", 421),
        ("evil.example:8080", 421),
        ("localhost.evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("local", 421),
        ("a b", 400),
    ] {
        let head =
            handshake(host, "/ws").replace("Upgrade: w", &format!("Origin: http://{host}\r\nUpgrade: w"));
        let answer = handshake_of(&chat, head.strip_suffix("\r\n").unwrap()).await;
        assert_eq!(answer[9..12], status.to_string(), "{host}");
        for path in ["/", "/chat.js", "/r/lobby", "/nope"] {
            let page = ask(chat.addr, &format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n")).await;
            let is_answered = page.status == 200 || page.status == 404 && path == "/nope";
            assert_eq!(is_answered, status == 101, "{path} at {host} answers {}", page.status);
            assert!(
                status != 421 || page.body.contains(&format!("--host {}", host.split(':').next().unwrap()))
            );
        }
    }
    let any = Chat::with(|limits| limits.hosts = Hosts::any());
    assert_eq!(ask(any.addr, "GET / HTTP/1.1\r\nHost: evil.example\r\n").await.status, 200);
}

#[tokio::test]
async fn c19_a_host_in_the_requests_target_is_looked_at_as_well() {
    let chat = Chat::open();
    for (target, host, status) in [
        ("http://localhost/", "localhost", 200),
        ("http://127.0.0.1:80/", "localhost", 200),
        ("http://evil.example/", "localhost", 421),
        ("http://localhost/", "evil.example", 421),
    ] {
        let answer = ask(chat.addr, &format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n")).await;
        assert_eq!(answer.status, status, "{target} at {host}");
    }
    assert_eq!(ask(chat.addr, "GET http://localhost/ HTTP/1.1\r\n").await.status, 400, "no Host header");
}

#[tokio::test]
async fn c16_an_origin_behind_a_proxy_is_let_in() {
    let local = Chat::open();
    let named =
        Chat::with(|limits| limits.hosts = Hosts::parse(["chat.example.org", "b.example:8443"]).unwrap());
    for (chat, host, origin, status) in [
        // The scheme's own port, which an Origin never has, and a proxy may put into the Host.
        (&local, "chat.localhost:443", "https://chat.localhost", 101),
        (&local, "chat.localhost:80", "http://chat.localhost", 101),
        (&local, "chat.localhost", "https://chat.localhost:443", 101),
        (&local, "chat.localhost:80", "https://chat.localhost", 403),
        (&local, "chat.localhost:443", "http://chat.localhost", 403),
        (&local, "chat.localhost", "https://chat.localhost:8443", 403),
        (&local, "chat.localhost", "https://evil.example", 403),
        // A port that the proxy keeps to itself.
        (&named, "chat.example.org", "https://chat.example.org:8443", 101),
        (&named, "chat.example.org:8080", "https://chat.example.org", 101),
        (&named, "chat.example.org", "https://b.example:8443", 101),
        (&named, "chat.example.org", "https://b.example", 403),
        (&named, "chat.example.org", "https://evil.example", 403),
        (&named, "chat.example.org", "https://chat.example.org.evil.example", 403),
        (&named, "chat.example.org", "null", 403),
        (&named, "evil.example", "https://chat.example.org", 421),
    ] {
        let head = handshake(host, "/ws").replace("Upgrade: w", &format!("Origin: {origin}\r\nUpgrade: w"));
        let answer = handshake_of(chat, head.strip_suffix("\r\n").unwrap()).await;
        assert_eq!(answer[9..12], status.to_string(), "{origin} at {host}");
    }
}

#[tokio::test]
async fn c20_a_key_is_sixteen_bytes_in_base64() {
    let chat = Chat::open();
    for key in [
        "",
        "Sec-WebSocket-Key: short\r\n",
        "Sec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!!!\r\n",
        &KEY.repeat(2),
    ] {
        assert_eq!(status_of(&chat, |good| good.replace(KEY, key)).await.0, 400, "{key}");
    }
}

#[tokio::test]
async fn c21_the_101_names_nothing_that_was_not_agreed() {
    let chat = Chat::open();
    let (status, head) = status_of(&chat, |good| {
        good.replace(
            KEY,
            &format!(
                "{KEY}Sec-WebSocket-Protocol: a, b\r\nSec-WebSocket-Extensions: x-webkit-deflate-frame\r\n"
            ),
        )
    })
    .await;
    assert_eq!(status, 101);
    assert!(head.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="), "{head}");
    assert!(!head.contains("sec-websocket-protocol") && !head.contains("sec-websocket-extensions"), "{head}");
}

#[tokio::test]
async fn c22_tokens_are_found_in_lists_in_any_case() {
    let chat = Chat::open();
    let (status, _) = status_of(&chat, |good| {
        good.replace("Connection: Upgrade", "Connection: keep-alive\r\nConnection: x , UPGRADE")
            .replace("Upgrade: websocket", "Upgrade: h2c, WebSocket")
    })
    .await;
    assert_eq!(status, 101);
}

#[tokio::test]
async fn c23_http_1_0_is_refused() {
    let chat = Chat::open();
    let head = handshake(&chat.addr.to_string(), "/ws").replace("HTTP/1.1", "HTTP/1.0");
    let answer = handshake_of(&chat, head.strip_suffix("\r\n").unwrap()).await;
    assert_eq!(&answer[9..12], "400");
}

#[tokio::test]
async fn c24_a_frame_that_came_with_the_handshake_is_heard() {
    let chat = Chat::open();
    let mut bob = chat.joins().await;
    let mut ada = Socket::raw(tokio::net::TcpStream::connect(chat.addr).await.unwrap());
    let mut bytes = handshake(&chat.addr.to_string(), "/ws").into_bytes();
    bytes.extend(frame(TEXT, b"early"));
    bytes.extend(&frame(TEXT, b"and cut")[..5]);
    ada.sends(&bytes).await;
    ada.head().await;
    bob.hears("early").await;
    ada.sends(&frame(TEXT, b"and cut")[5..]).await;
    bob.hears("and cut").await;
    ada.hears("early").await;
    ada.hears("and cut").await;
}

#[tokio::test]
async fn a_room_that_cannot_be_is_404() {
    let chat = Chat::open();
    for room in ["Lobby", "a%20b", "a.b", &"x".repeat(65)] {
        let head = handshake(&chat.addr.to_string(), &format!("/ws/{room}"));
        let answer = handshake_of(&chat, head.strip_suffix("\r\n").unwrap()).await;
        assert_eq!(&answer[9..12], "404", "{room}");
    }
}
