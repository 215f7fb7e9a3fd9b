//! The listener for whoever runs the server: whether it lives, whether it takes clients, and its figures.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::Path;

use serde_json::json;
use tokio::net::{TcpListener, UnixStream};

use crate::http::{Answer, ask, ask_on, get};
use crate::program::{Folder, Program, run};
use crate::socket::{CLOSE, Heard, Socket, frame};
use crate::voice::Voice;

/// Starts the program with such a listener on a free port; gives also where that is.
pub(crate) fn start(args: &[&str]) -> (Program, SocketAddr) {
    let program = Program::start(&[&["--admin-addr", "127.0.0.1:0"], args].concat());
    let line = program.greeting.lines().find(|line| line.contains("metrics")).expect("it says where");
    let url = line.split("http://").nth(1).unwrap();
    let addr = url.trim_end_matches('/').parse().unwrap();
    (program, addr)
}

async fn get_by_unix(path: &Path, target: &str) -> Answer {
    let stream = UnixStream::connect(path).await.unwrap();
    ask_on(stream, &format!("GET {target} HTTP/1.1\r\nHost: the.operators.own\r\n"), "").await
}

/// The figures by their names and labels. Panics at what is not the text format.
fn figures(text: &str) -> HashMap<String, f64> {
    let (mut figures, mut families) = (HashMap::new(), HashSet::new());
    let mut lines = text.strip_suffix('\n').expect("the last line ends").split('\n').peekable();
    let is_name = |name: &str| {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
        name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(is_letter)
    };
    while let Some(line) = lines.next() {
        let (name, help) = line.strip_prefix("# HELP ").and_then(|rest| rest.split_once(' ')).expect(line);
        assert!(is_name(name) && !help.is_empty() && families.insert(name), "{line}");
        let kind = lines.next().and_then(|line| line.strip_prefix(&format!("# TYPE {name} "))).expect(line);
        assert!(kind == "gauge" || kind == "counter", "{kind}");
        assert_eq!(kind == "counter", name.ends_with("_total"), "{name} is a {kind}");
        let before = figures.len();
        while let Some(line) = lines.next_if(|line| !line.starts_with('#')) {
            let (key, value) = line.rsplit_once(' ').expect(line);
            let labels = key.strip_prefix(name).expect(line);
            if !labels.is_empty() {
                let label = labels.strip_prefix('{').and_then(|labels| labels.strip_suffix('}')).expect(line);
                let (label, value) = label.split_once('=').expect(line);
                assert!(is_name(label) && value.starts_with('"') && value.ends_with('"'), "{line}");
            }
            let value: f64 = value.parse().expect(line);
            assert!(value.is_finite() && value >= 0.0, "{line}");
            assert!(figures.insert(key.to_owned(), value).is_none(), "{line} is said twice");
        }
        assert!(figures.len() > before, "{name} has no figure");
    }
    figures
}

async fn figures_at(addr: SocketAddr) -> HashMap<String, f64> {
    let answer = get(addr, "/metrics").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    figures(&answer.body)
}

#[tokio::test]
async fn operator_asks_whether_it_lives_and_takes_clients_where_its_users_cannot() {
    let (program, admin) = start(&[]);
    for (path, body) in [("/livez", "ok\n"), ("/readyz", "ready\n")] {
        let answer = get(admin, path).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, body), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    for path in ["/livez", "/readyz", "/metrics"] {
        assert_eq!(get(program.addr, path).await.status, 404, "{path} is not the public's");
        let head = ask(admin, &format!("HEAD {path} HTTP/1.1\r\nHost: {admin}\r\n")).await;
        assert_eq!((head.status, head.body.as_str()), (200, ""), "{path}");
        let post = ask(admin, &format!("POST {path} HTTP/1.1\r\nHost: {admin}\r\n")).await;
        assert_eq!((post.status, post.header("allow")), (405, Some("get, head")), "{path}");
    }
    for path in ["/", "/ws", "/metrics/", "/r/lobby"] {
        assert_eq!(get(admin, path).await.status, 404, "{path} is not the operator's");
    }
    let host_of =
        async |host: &str| ask(admin, &format!("GET /metrics HTTP/1.1\r\nHost: {host}\r\n")).await.status;
    assert_eq!(host_of("rebound.example.org").await, 404, "the page of a stranger's host");
    assert_eq!(host_of("chinwag:9090").await, 200, "the name of a container");
}

#[tokio::test]
async fn figures_are_in_the_format_of_prometheus_and_count_what_happens() {
    let (program, admin) = start(&["--max-clients", "2"]);
    let before = figures_at(admin).await;
    assert_eq!((before["chinwag_connections"], before["chinwag_messages_total"]), (0.0, 0.0));
    let mut ada = Voice::joins(program.addr, "Ada", "tea").await;
    let mut plain = Socket::open(program.addr, "/ws/tea").await;
    ada.tells("tea", "hello").await;
    plain.hears("Ada: hello").await;
    ada.says(json!({"type": "topic", "room": "tea", "text": "cake"})).await;
    ada.hears("topic").await;
    let key =
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nUpgrade: websocket\r\n";
    let refused = |host: &str, lines: &str| format!("GET /ws HTTP/1.1\r\nHost: {host}\r\n{lines}{key}");
    let is_upgrade = "Connection: upgrade\r\n";
    for (request, status) in [
        (refused("localhost", is_upgrade), 503),
        (refused("elsewhere.example.org", is_upgrade), 421),
        (refused("localhost", "Origin: https://elsewhere.example.org\r\nConnection: upgrade\r\n"), 403),
        (refused("localhost", ""), 400),
    ] {
        assert_eq!(ask(program.addr, &request).await.status, status, "{request}");
    }
    let after = figures_at(admin).await;
    for (name, figure) in [
        ("chinwag_connections", 2.0),
        ("chinwag_connections_max", 2.0),
        ("chinwag_connections_total", 2.0),
        ("chinwag_people", 1.0),
        ("chinwag_rooms_open", 1.0),
        ("chinwag_messages_total", 1.0),
        ("chinwag_entries_total", 2.0),
        ("chinwag_draining", 0.0),
        ("chinwag_requests_refused_total{reason=\"full\"}", 1.0),
        ("chinwag_requests_refused_total{reason=\"host\"}", 1.0),
        ("chinwag_requests_refused_total{reason=\"origin\"}", 1.0),
        ("chinwag_requests_refused_total{reason=\"handshake\"}", 1.0),
        ("chinwag_connections_closed_total{reason=\"slow\"}", 0.0),
        ("chinwag_log_health{state=\"ready\"}", 1.0),
        ("chinwag_log_health{state=\"stale\"}", 0.0),
    ] {
        assert_eq!(after.get(name), Some(&figure), "{name}");
    }
    assert!(after["chinwag_store_commits_total"] > before["chinwag_store_commits_total"]);
    assert!(after["chinwag_store_bytes"] >= 4096.0 && after["chinwag_store_wal_bytes"] > 0.0, "{after:?}");
    assert!(after.contains_key("chinwag_search_unindexed_entries"));
    assert!(after["process_resident_memory_bytes"] > 1e6 && after["process_open_fds"] > 5.0, "{after:?}");
    assert!(after["process_open_fds"] <= after["process_max_fds"]);
    let age = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs_f64()
        - after["process_start_time_seconds"];
    assert!((-2.0..60.0).contains(&age), "it has run for {age} s");
    let (_ephemeral, admin) = start(&["--ephemeral"]);
    let figures = figures_at(admin).await;
    assert!(!figures.keys().any(|name| name.contains("store")), "it has no store: {figures:?}");
}

#[tokio::test]
async fn server_that_is_about_to_end_is_not_ready_but_lives() {
    let (program, admin) = start(&[]);
    let mut ada = Socket::open(program.addr, "/ws").await;
    ada.has_heard_all().await;
    program.signal("TERM");
    assert!(matches!(ada.next().await, Heard::Close(Some(1001), _)));
    let answer = get(admin, "/readyz").await;
    assert_eq!(answer.status, 503);
    assert!(answer.body.starts_with("draining"), "{}", answer.body);
    assert_eq!(get(admin, "/livez").await.status, 200);
    assert_eq!(figures_at(admin).await["chinwag_draining"], 1.0);
    ada.sends(&frame(CLOSE, &1001u16.to_be_bytes())).await;
    drop(ada);
    assert!(program.ends().await.0.success());
}

#[tokio::test]
async fn unix_socket_is_its_users_alone_replaces_a_stale_one_and_goes_with_the_server() {
    let folder = Folder::new();
    let path = folder.path().join("admin.sock");
    let option = format!("unix:{}", path.display());
    drop(UnixListener::bind(&path).unwrap());
    assert!(path.exists(), "a server that was killed has left it");
    let program = Program::start(&["--admin-addr", &option]);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(get_by_unix(&path, "/readyz").await.status, 200);
    figures(&get_by_unix(&path, "/metrics").await.body);

    let data = Folder::new();
    let second = run(&["--admin-addr", &option, "--addr", "127.0.0.1:0", "--data", data.arg()]);
    let said = String::from_utf8(second.stderr).unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(said.contains(&option) && said.contains("is taken") && said.contains("--admin-addr"), "{said}");
    assert_eq!(get_by_unix(&path, "/livez").await.status, 200, "the first has it still");
    program.signal("TERM");
    assert!(program.ends().await.0.success());
    assert!(!path.exists());

    fs::write(&path, "kept").unwrap();
    let third = run(&["--admin-addr", &option, "--addr", "127.0.0.1:0", "--data", data.arg()]);
    let said = String::from_utf8(third.stderr).unwrap();
    assert!(third.status.code() == Some(1) && said.contains("no socket"), "{said}");
    assert_eq!(fs::read(&path).unwrap(), b"kept");
}

#[tokio::test]
async fn port_that_is_taken_is_said_before_the_chat_starts() {
    let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let taken = other.local_addr().unwrap().to_string();
    let data = Folder::new();
    let output = run(&["--admin-addr", &taken, "--addr", "127.0.0.1:0", "--data", data.arg()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains(&taken) && said.contains("is taken by another program"), "{said}");
    assert!(said.contains("--admin-addr") && output.stdout.is_empty(), "{said}");
    assert_eq!(fs::read_dir(data.path()).unwrap().count(), 0, "no store was made");
}
