//! The program: how it starts, what it refuses, how it ends.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::http::{ask, get};
use crate::program::{Program, run};
use crate::socket::{CLOSE, Heard, MS, PATIENCE, Socket, TEXT, frame, handshake, handshake_with};
use crate::voice::Voice;

#[tokio::test]
async fn c54_sigterm_and_ctrl_c_say_goodbye_to_everyone_and_end_in_time() {
    for signal in ["TERM", "INT"] {
        let program = Program::start(&[]);
        let mut ada = Socket::open(program.addr, "/ws").await;
        let mut polite = Socket::open(program.addr, "/ws/tea").await;
        ada.has_heard_all().await;
        polite.has_heard_all().await;
        program.signal(signal);
        assert!(ada.is_closed_with(1001).await.contains("going away"));
        drop(ada);
        assert!(matches!(polite.next().await, Heard::Close(Some(1001), _)));
        polite.sends(&frame(CLOSE, &1001u16.to_be_bytes())).await;
        drop(polite);
        let (status, took, said) = program.ends().await;
        assert!(status.success() && took < Duration::from_secs(3), "{status} after {took:?}");
        assert_eq!(said, "");
    }
}

#[tokio::test]
async fn c54_clients_that_do_not_go_are_cut_after_five_seconds() {
    let program = Program::start(&[]);
    let mut rude = Socket::open(program.addr, "/ws").await;
    rude.has_heard_all().await;
    let addr = program.addr;
    program.signal("TERM");
    assert!(matches!(rude.next().await, Heard::Close(Some(1001), _)));
    assert!(TcpStream::connect(addr).await.is_err(), "no more are accepted");
    let (status, took, _) = program.ends().await;
    assert!(status.success() && took < Duration::from_secs(6), "{status} after {took:?}");
}

#[tokio::test]
async fn a_second_signal_ends_it_at_once() {
    let program = Program::start(&[]);
    let mut rude = Socket::open(program.addr, "/ws").await;
    rude.has_heard_all().await;
    program.signal("TERM");
    assert!(matches!(rude.next().await, Heard::Close(Some(1001), _)));
    program.signal("TERM");
    let (status, took, _) = program.ends().await;
    assert!(status.code() == Some(1) && took < Duration::from_secs(1), "{status} after {took:?}");
}

#[tokio::test]
async fn lost_terminal_ends_it_in_order_though_it_is_told_twice() {
    // The tests may run under nohup themselves.
    let program = Program::start_under("env", &["--default-signal=HUP"], &[]);
    let mut rude = Socket::open(program.addr, "/ws").await;
    rude.has_heard_all().await;
    program.signal("HUP");
    assert!(matches!(rude.next().await, Heard::Close(Some(1001), _)));
    program.signal("HUP");
    tokio::time::sleep(MS(300)).await;
    rude.sends(&frame(CLOSE, &1001u16.to_be_bytes())).await;
    drop(rude);
    let (status, took, said) = program.ends().await;
    assert!(status.success() && took < Duration::from_secs(3), "{status} after {took:?}: {said}");
}

#[tokio::test]
async fn server_under_nohup_outlives_its_terminal() {
    let program = Program::start_under("nohup", &[], &[]);
    let mut ada = Socket::open(program.addr, "/ws").await;
    ada.has_heard_all().await;
    program.signal("HUP");
    tokio::time::sleep(MS(300)).await;
    ada.says("still here").await;
    ada.hears("still here").await;
}

#[tokio::test]
async fn server_goes_on_when_its_log_cannot_be_written() {
    // It has something to say at its start.
    let script = "ulimit -n 40; exec \"$0\" \"$@\" --max-clients 1000 2>/dev/full";
    let program = Program::start_under("sh", &["-c", script], &[]);
    let mut ada = Socket::open(program.addr, "/ws").await;
    ada.says("hello").await;
    ada.hears("hello").await;
}

#[tokio::test]
async fn c56_without_file_descriptors_it_waits_burns_no_cpu_and_goes_on_by_itself() {
    let program = Program::start_with_files(40, &["--max-clients", "1000"]);
    // Some get in; the kernel takes the others into the backlog, where they wait.
    let mut people = Vec::new();
    for _ in 0..60 {
        let stream = TcpStream::connect(program.addr).await.unwrap();
        let mut socket = Socket::raw(stream);
        socket.sends(handshake(&program.addr.to_string(), "/ws").as_bytes()).await;
        people.push(socket);
    }
    let mut last = people.pop().unwrap();
    people[0].head().await;
    people[0].has_heard_all().await;
    let before = program.cpu();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let used = program.cpu() - before;
    assert!(used < Duration::from_millis(200), "{used:?} of CPU time in 2 s");
    people[0].has_heard_all().await;
    people.truncate(1);
    assert!(last.head().await.contains(" 101 "), "it goes on");
    last.says("at last").await;
    people[0].hears("at last").await;
    // Said when it began and when it was over for some seconds, not at each of the hundred failures.
    tokio::time::sleep(Duration::from_secs(6)).await;
    people[0].has_heard_all().await;
    program.signal("TERM");
    let said = program.ends().await.2;
    let (began, over) = ("no more connections can be accepted for now", "connections are accepted again");
    assert_eq!((said.matches(began).count(), said.matches(over).count()), (1, 1), "{said}");
    assert!(
        said.lines().next().unwrap().contains("--max-clients 1000 is more than the limit of 40 open files"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 3, "{said}");
}

#[tokio::test]
async fn c57_what_goes_wrong_is_logged_in_one_line_without_what_people_say() {
    let program = Program::start(&["--log", "debug"]);
    let mut eve = Socket::open(program.addr, "/ws").await;
    eve.says("a secret").await;
    eve.hears("a secret").await;
    eve.sends(&frame(0x83, b"another secret")).await;
    eve.is_closed_with(1002).await;
    drop(eve);
    program.signal("TERM");
    let (_, _, said) = program.ends().await;
    let line = said.lines().find(|line| line.contains("a client is closed")).expect("a line about it");
    assert!(line.contains("code=1002") && line.contains("unknown opcode"), "{line}");
    assert!(!said.contains("secret"), "{said}");
}

#[tokio::test]
async fn by_default_it_logs_nothing_of_what_clients_do() {
    let program = Program::start(&[]);
    let mut eve = Socket::open(program.addr, "/ws").await;
    eve.sends(&frame(0x83, b"")).await;
    eve.is_closed_with(1002).await;
    get(program.addr, "/nope").await;
    drop(eve);
    program.signal("TERM");
    assert_eq!(program.ends().await.2, "");
}

#[track_caller]
fn refused(args: &[&str], code: i32, words: &[&str]) {
    let output = run(args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
    for words in words {
        assert!(said.contains(words), "{args:?}: {said:?} does not say {words:?}");
    }
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn bad_values_are_refused_in_a_sentence_with_exit_code_2() {
    refused(&["--addr", "nowhere"], 2, &["--addr", "nowhere"]);
    refused(&["--send-queue", "0"], 2, &["send queue", "at least 1"]);
    refused(&["--send-queue", "many"], 2, &["--send-queue", "many"]);
    refused(&["--max-message", "0"], 2, &["at least 1 byte"]);
    refused(&["--max-message", "9999999"], 2, &["send queue of 1048576 bytes", "at least 4"]);
    refused(&["--message-rate", "fast"], 2, &["--message-rate", "5/2"]);
    refused(&["--message-rate", "0/2"], 2, &["burst is 1 or more"]);
    refused(&["--ping-period", "70"], 2, &["shorter than the pong wait"]);
    refused(&["--ping-period", "soon"], 2, &["--ping-period", "number of seconds"]);
    refused(&["--max-clients", "0"], 2, &["at least 1 client"]);
    refused(&["--web", "/there/is/no/such"], 2, &["--web", "not a folder"]);
    refused(&["--log", "chinwag=loud"], 2, &["--log", "chinwag=loud"]);
    refused(&["--nonsense"], 2, &["--nonsense", "--help"]);
    refused(&["--ephemeral", "--data", "."], 2, &["--ephemeral", "--data"]);
    refused(&["--ephemeral", "--keep-days", "3"], 2, &["--ephemeral", "--keep-days"]);
    refused(&["--keep-bytes", "much"], 2, &["--keep-bytes", "500MB"]);
    refused(&["--keep-bytes", "10"], 2, &["--keep-bytes", "at least 1MB"]);
    refused(&["--max-text", "0"], 2, &["text of 0 characters", "1 to"]);
}

#[tokio::test]
async fn a_port_that_is_taken_is_said_with_exit_code_1() {
    let program = Program::start(&[]);
    let addr = program.addr.to_string();
    refused(&["--addr", &addr], 1, &[&addr, "taken", "--addr"]);
    refused(&["--addr", "203.0.113.7:80"], 1, &["cannot listen at 203.0.113.7:80"]);
}

#[test]
fn help_teaches_every_option_with_its_variable() {
    let help = String::from_utf8(run(&["--help"]).stdout).unwrap();
    let source = include_str!("../../program/src/args.rs");
    let variables: Vec<&str> =
        source.split("env = \"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert!(variables.len() >= 18, "{variables:?}");
    for variable in variables {
        assert!(variable.starts_with("CHINWAG_") && help.contains(variable), "{variable} is not in the help");
    }
    assert!(help.contains("Examples:") && help.contains("SIGTERM"), "{help}");
}

#[tokio::test]
async fn c19_named_hosts_are_the_only_ones_that_are_answered() {
    let program = Program::start(&["--host", "chat.example, bücher.example,", "--host", "other.example"]);
    for (host, status) in [
        ("chat.example", 200),
        ("xn--bcher-kva.example", 200),
        ("other.example:99", 200),
        ("evil.example", 421),
        ("localhost", 421),
    ] {
        let answer = ask(program.addr, &format!("GET / HTTP/1.1\r\nHost: {host}\r\n")).await;
        assert_eq!(answer.status, status, "{host}: {}", answer.body);
    }
    for nobody in ["https://chat.example", "chat.example/", "*.chat.example", "chat example", "a:99999"] {
        refused(&["--host", nobody], 2, &["--host", nobody]);
    }
}

#[tokio::test]
async fn client_behind_a_proxy_that_is_trusted_is_known_by_its_own_address_and_no_other() {
    for (trusted, network) in [("127.0.0.0/8", "203.0.113.7"), ("10.0.0.0/8,::1", "127.0.0.1")] {
        let program = Program::start(&["--trusted-proxy", trusted, "--log", "debug"]);
        let stream = TcpStream::connect(program.addr).await.unwrap();
        let line = "X-Forwarded-For: 192.0.2.1, 203.0.113.7\r\n";
        let (socket, head) = Socket::asks(stream, line).await;
        assert!(head.starts_with("http/1.1 101 "), "{head}");
        drop(socket);
        program.signal("TERM");
        let said = program.ends().await.2;
        let comes = said.lines().find(|line| line.contains("a client comes")).unwrap();
        assert!(comes.contains(&format!("address={network} ")), "{trusted}: {comes}");
        let is_warned = said.lines().any(|line| line.contains("with --trusted-proxy 127.0.0.1"));
        assert_eq!(is_warned, network == "127.0.0.1", "{said}");
    }
    refused(&["--trusted-proxy", "proxy.example"], 2, &["--trusted-proxy", "'proxy.example'", "10.0.0.0/8"]);
}

/// The head of a handshake behind these bytes; nothing when the server ends the connection before it.
async fn handshakes_behind(program: &Program, begin: &[u8]) -> Option<(Socket, String)> {
    let mut stream = TcpStream::connect(program.addr).await.unwrap();
    stream
        .write_all(&[begin, handshake(&program.addr.to_string(), "/ws").as_bytes()].concat())
        .await
        .unwrap();
    let mut seen = [0; 1];
    if stream.peek(&mut seen).await.unwrap_or(0) == 0 {
        return None;
    }
    let mut socket = Socket::raw(stream);
    let head = socket.head().await;
    Some((socket, head))
}

#[tokio::test]
async fn proxy_that_passes_bytes_on_says_the_address_before_them() {
    let limits = ["--address-connections", "1", "--trusted-proxy", "127.0.0.1", "--proxy-protocol"];
    let program = Program::start(&limits);
    let line = b"PROXY TCP4 203.0.113.7 127.0.0.1 4711 80\r\n";
    let mut binary = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c".to_vec();
    binary.extend([203, 0, 113, 7, 127, 0, 0, 1, 0, 1, 0, 80]);
    let (_first, head) = handshakes_behind(&program, line).await.unwrap();
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    for begin in [&line[..], &binary] {
        let (_, head) = handshakes_behind(&program, begin).await.unwrap();
        assert!(head.starts_with("HTTP/1.1 429 "), "the same address, in either version: {head}");
    }
    let other = b"PROXY TCP6 2001:db8::1 ::1 4711 80\r\n";
    let (_other, head) = handshakes_behind(&program, other).await.unwrap();
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    // The proxy itself looks whether the server is there.
    let (_own, head) = handshakes_behind(&program, b"PROXY UNKNOWN\r\n").await.unwrap();
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
    for begin in ["", "PROXY TCP4 nobody nobody 1 1\r\n"] {
        assert!(handshakes_behind(&program, begin.as_bytes()).await.is_none(), "{begin:?}");
    }
    // A connection that says nothing is ended as one without a request is.
    let began = Instant::now();
    let mut silent = TcpStream::connect(program.addr).await.unwrap();
    assert_eq!(silent.read(&mut [0; 1]).await.unwrap_or(0), 0);
    assert!(began.elapsed() < Duration::from_secs(8), "{:?}", began.elapsed());
    refused(&["--proxy-protocol"], 2, &["--proxy-protocol", "--trusted-proxy"]);
    // Whoever is no proxy of ours speaks HTTP, and is told so.
    let program = Program::start(&["--trusted-proxy", "10.0.0.1", "--proxy-protocol"]);
    let (_, head) = handshakes_behind(&program, line).await.unwrap();
    assert!(head.starts_with("HTTP/1.1 400 "), "{head}");
    let (_direct, head) = handshakes_behind(&program, b"").await.unwrap();
    assert!(head.starts_with("HTTP/1.1 101 "), "{head}");
}

#[tokio::test]
async fn refused_address_is_a_line_of_the_debug_log_and_its_address_is_not_where_that_is_off() {
    for log_addresses in ["on", "off"] {
        let limits =
            ["--address-connections", "1", "--address-people", "1/1", "--log-addresses", log_addresses];
        let program =
            Program::start(&[&limits[..], &["--trusted-proxy", "127.0.0.1", "--log", "debug"]].concat());
        let hello = json!({"type": "hello", "rooms": {"lobby": {}}});
        let (first, _) = Voice::greets_from(program.addr, "203.0.113.7", hello.clone()).await;
        let request = handshake_with(&program.addr.to_string(), "/ws", "X-Forwarded-For: 203.0.113.7\r\n");
        assert_eq!(ask(program.addr, request.strip_suffix("\r\n").unwrap()).await.status, 429);
        drop(first);
        let refused = loop {
            // Until the server has seen that the first is gone, there is no place.
            let request = TcpStream::connect(program.addr).await.unwrap();
            let mut socket = Socket::raw(request);
            let lines = "X-Forwarded-For: 203.0.113.7\r\nSec-WebSocket-Protocol: chinwag.v1\r\n";
            socket.sends(handshake_with(&program.addr.to_string(), "/ws", lines).as_bytes()).await;
            if socket.head().await.starts_with("HTTP/1.1 101 ") {
                socket.sends(&frame(TEXT, hello.to_string().as_bytes())).await;
                break socket.next().await;
            }
        };
        assert!(matches!(&refused, Heard::Text(text) if text.contains("address_people")), "{refused:?}");
        program.signal("TERM");
        let said = program.ends().await.2;
        let line = |words: &str| said.lines().find(|line| line.contains(words)).unwrap();
        for line in [line("too many come from its address"), line("a command is refused")] {
            assert_eq!(line.contains("203.0.113.7"), log_addresses == "on", "{line}");
        }
        assert_eq!(said.contains("203.0.113.7"), log_addresses == "on", "{said}");
    }
}

#[tokio::test]
async fn c57_a_refused_handshake_is_one_line_of_the_debug_log() {
    let program = Program::start(&["--log", "debug"]);
    let addr = program.addr;
    for (host, origin) in
        [(addr.to_string(), "https://evil.example"), ("evil.example".into(), "https://evil.example")]
    {
        let request =
            handshake(&host, "/ws").replace("Upgrade: w", &format!("Origin: {origin}\r\nUpgrade: w"));
        ask(addr, request.strip_suffix("\r\n").unwrap()).await;
    }
    program.signal("TERM");
    let said = program.ends().await.2;
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("a request is refused")).collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(lines[0].contains("403") && lines[0].contains("https://evil.example"), "{}", lines[0]);
    assert!(lines[1].contains("421") && lines[1].contains("evil.example"), "{}", lines[1]);
}

#[tokio::test]
async fn the_page_can_be_served_from_a_folder_and_is_read_anew() {
    let folder = std::env::temp_dir().join(format!("chinwag-web-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("index.html"), "one").unwrap();
    let program = Program::start(&["--web", folder.to_str().unwrap()]);
    assert_eq!(get(program.addr, "/").await.body, "one");
    std::fs::write(folder.join("index.html"), "two").unwrap();
    assert_eq!(get(program.addr, "/").await.body, "two");
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(get(program.addr, "/").await.status, 404);
}

#[tokio::test]
async fn a_folder_is_served_with_its_folders_and_nothing_outside_it() {
    use std::os::unix::fs::symlink;
    let outside = std::env::temp_dir().join(format!("chinwag-web-outside-{}", std::process::id()));
    let folder = outside.join("web");
    for folder in [folder.join("a/b"), folder.join("r")] {
        std::fs::create_dir_all(folder).unwrap();
    }
    let files =
        ["index.html", "a/b/deep.css", "a/.hidden.js", "../secret.txt", "ws", "lobby", "r/index.html"];
    for file in files {
        std::fs::write(folder.join(file), file).unwrap();
    }
    symlink(folder.join("a/b/deep.css"), folder.join("same.css")).unwrap();
    symlink(outside.join("secret.txt"), folder.join("a/secret.txt")).unwrap();
    symlink(&outside, folder.join("out")).unwrap();
    symlink(&folder, folder.join("a/round")).unwrap();
    let program = Program::start(&["--web", folder.to_str().unwrap()]);
    for path in ["/a/b/deep.css", "/r/a/b/deep.css", "/same.css"] {
        let answer = get(program.addr, path).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "a/b/deep.css"), "{path}");
    }
    let outside_paths =
        ["/a/secret.txt", "/out/secret.txt", "/a/../../secret.txt", "/a/%2E%2E/%2E%2E/secret.txt"];
    for path in outside_paths.into_iter().chain(["/a/.hidden.js", "/a/round/index.html", "/a", "/a/"]) {
        assert_eq!(get(program.addr, path).await.status, 404, "{path}");
    }
    assert_eq!(get(program.addr, "/r/lobby").await.body, "index.html");
    // What was one of the page's files, and is a way out now.
    std::fs::remove_file(folder.join("a/b/deep.css")).unwrap();
    symlink(outside.join("secret.txt"), folder.join("a/b/deep.css")).unwrap();
    assert_eq!(get(program.addr, "/a/b/deep.css").await.status, 404);
    drop(program);
    std::fs::remove_dir_all(&outside).unwrap();
}

#[tokio::test]
async fn a_burst_of_connections_is_taken_at_once() {
    let program = Program::start(&[]);
    let began = Instant::now();
    let all = (0..1000).map(|_| TcpStream::connect(program.addr));
    let all = tokio::time::timeout(PATIENCE, futures_util::future::join_all(all)).await.unwrap();
    assert!(all.iter().all(Result::is_ok));
    // A lost SYN is sent again after a second.
    assert!(began.elapsed() < Duration::from_millis(900), "{:?}", began.elapsed());
}

/// Browsers open connections before they need them.
#[tokio::test]
async fn c54_a_connection_that_never_asked_does_not_hold_the_end_up() {
    let program = Program::start(&[]);
    let mut silent = TcpStream::connect(program.addr).await.unwrap();
    let ada = Socket::open(program.addr, "/ws").await.joined().await;
    drop(ada);
    let began = Instant::now();
    program.signal("TERM");
    let mut rest = Vec::new();
    let _ = silent.read_to_end(&mut rest).await;
    assert!(began.elapsed() < MS(1500), "{:?}", began.elapsed());
}

#[tokio::test]
async fn c54_half_a_request_does_not_hold_the_end_up() {
    let program = Program::start(&[]);
    let mut half = TcpStream::connect(program.addr).await.unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nHost").await.unwrap();
    let mut ada = Socket::open(program.addr, "/ws").await.joined().await;
    let began = Instant::now();
    program.signal("TERM");
    ada.is_closed_with(1001).await;
    drop(ada);
    let mut rest = Vec::new();
    let _ = half.read_to_end(&mut rest).await;
    assert!(began.elapsed() < MS(5500), "{:?}", began.elapsed());
}
