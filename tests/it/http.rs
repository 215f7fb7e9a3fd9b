//! The page over HTTP.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::read::GzDecoder;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::chat::Chat;
use crate::program::{Folder, Program};
use crate::socket::Socket;

/// An answer: its status, its head in small letters, its body.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
    /// The body where it is no text.
    bytes: Vec<u8>,
    /// In the letters that it has.
    etag: String,
}

impl Answer {
    /// What a header says, in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The body without its coding.
    fn decoded(&self) -> Vec<u8> {
        let (mut coded, mut bytes) = (&self.bytes[..], Vec::new());
        match self.header("content-encoding") {
            None => bytes.extend(coded),
            Some("gzip") => {
                GzDecoder::new(coded).read_to_end(&mut bytes).expect("a body that is gzip, and whole");
            }
            Some("br") => {
                brotli::BrotliDecompress(&mut coded, &mut bytes).expect("a body that is brotli, and whole");
            }
            Some(coding) => panic!("{coding} was not accepted"),
        }
        bytes
    }
}

/// Sends a request as it is (without its last line end) and gives the answer; the connection is closed.
pub(crate) async fn ask(addr: SocketAddr, request: &str) -> Answer {
    ask_with_body(addr, request, "").await
}

async fn ask_with_body(addr: SocketAddr, request: &str, body: &str) -> Answer {
    ask_on(TcpStream::connect(addr).await.unwrap(), request, body).await
}

/// The same on a connection that is there.
pub(crate) async fn ask_on(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    request: &str,
    body: &str,
) -> Answer {
    // A server may answer, and close, before it has read all.
    let _ = stream.write_all(format!("{request}Connection: close\r\n\r\n{body}").as_bytes()).await;
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
    let bytes_of_body = bytes.split_off(end);
    let head = String::from_utf8_lossy(&bytes);
    Answer {
        status: head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0),
        etag: head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap_or_default().to_owned(),
        head: head.trim_end().to_ascii_lowercase(),
        body: String::from_utf8_lossy(&bytes_of_body).into_owned(),
        bytes: bytes_of_body,
    }
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
    assert!(page.body.starts_with("<!doctype html>") && page.body.ends_with("</html>\n"), "{}", page.body);
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
    let etag = get(chat.addr, "/chat.js").await.etag;
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
            let answer = ask(chat.addr, &format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n")).await;
            assert_eq!(answer.status, 404, "{method} {path}");
            assert!(!answer.body.trim().is_empty(), "c25: {method} {path} says nothing");
            assert!(answer.head.contains("x-content-type-options: nosniff"), "{}", answer.head);
        }
    }
}

#[tokio::test]
async fn c4_the_page_is_only_read() {
    let chat = Chat::open();
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = ask(chat.addr, &format!("{method} / HTTP/1.1\r\nHost: localhost\r\n")).await;
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.head.contains("allow: get, head"), "{}", answer.head);
        assert!(answer.head.contains("x-content-type-options: nosniff"), "{}", answer.head);
        assert!(answer.body.contains("use GET"), "c25: {}", answer.body);
    }
    let head = ask(chat.addr, "HEAD / HTTP/1.1\r\nHost: localhost\r\n").await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[tokio::test]
async fn c7_a_request_needs_one_host_and_a_head_that_fits() {
    let chat = Chat::open();
    for path in ["/", "/ws"] {
        assert_eq!(ask(chat.addr, &format!("GET {path} HTTP/1.1\r\n")).await.status, 400);
        assert_eq!(
            ask(chat.addr, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n"))
                .await
                .status,
            400
        );
    }
    let line = format!("X-Much: {}\r\n", "x".repeat(8000));
    let much = ask(chat.addr, &format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}", line.repeat(250))).await;
    assert_eq!(much.status, 431);
}

#[tokio::test]
async fn c8_every_file_of_the_page_comes_with_the_policy() {
    let chat = Chat::open();
    for path in ["/", "/chat.js", "/style/colors.css", "/r/first.js", "/icon.svg"] {
        let head = get(chat.addr, path).await.head;
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'",
            "x-content-type-options: nosniff",
            "cross-origin-resource-policy: same-origin",
            "referrer-policy: no-referrer",
            "cross-origin-opener-policy: same-origin",
        ] {
            assert!(head.contains(header), "{path} lacks {header}:\n{head}");
        }
        assert!(!head.contains("unsafe-"), "{head}");
    }
}

fn web() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../web")
}

/// The files in `web/`, by the names that they are served by.
fn files() -> Vec<(String, Vec<u8>)> {
    fn walk(folder: &Path, prefix: &str, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), found);
            } else {
                found.push((name, std::fs::read(entry.path()).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&web(), "", &mut found);
    assert!(found.iter().any(|(name, _)| name.contains('/')), "files in folders were found");
    found
}

/// Asks with headers of its own, each with its line end.
async fn ask_with(addr: SocketAddr, method: &str, path: &str, headers: &str) -> Answer {
    ask(addr, &format!("{method} {path} HTTP/1.1\r\nHost: {addr}\r\n{headers}")).await
}

#[tokio::test]
async fn from_a_folder_the_page_is_served_byte_for_byte_all_of_it() {
    let program = Program::start(&["--ephemeral", "--web", web().to_str().unwrap()]);
    for (name, bytes) in files() {
        let answer =
            ask_with(program.addr, "GET", &format!("/{name}"), "Accept-Encoding: gzip, br\r\n").await;
        assert_eq!(answer.status, 200, "{name}");
        assert!(answer.bytes == bytes, "{name}");
        assert_eq!((answer.header("content-encoding"), answer.header("vary")), (None, None), "{name}");
    }
}

/// What is served of each file: under its own name, or as a part of a bundle (`build/bundle.rs`).
async fn served(addr: SocketAddr) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for bundle in BUNDLES {
        let text = get(addr, &format!("/{bundle}")).await.body;
        for part in text.split("\nconst $").skip(1) {
            let (head, rest) = part.split_once('\n').unwrap();
            let (_, name) = head.split_once("() => { // ").unwrap();
            let (body, _) = rest.rsplit_once("\nreturn { ").unwrap_or(("", rest));
            assert!(found.insert(name.to_owned(), format!("{body}\n")).is_none(), "{name} is served twice");
        }
    }
    for (name, _) in files().into_iter().filter(|(name, _)| !BUNDLES.contains(&&**name)) {
        let Entry::Vacant(place) = found.entry(name) else { continue };
        let answer = get(addr, &format!("/{}", place.key())).await;
        assert_eq!(answer.status, 200, "{}", place.key());
        place.insert(answer.body);
    }
    found
}

const BUNDLES: [&str; 2] = ["first.js", "view/deferred.js"];

/// The lines of a served script or style sheet, each with the line of its source.
fn beside<'a>(served: &'a str, source: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    assert_eq!(
        served.split('\n').count(),
        source.split('\n').count(),
        "every line has the number of its source"
    );
    served.split('\n').zip(source.split('\n'))
}

/// Whether a line is a part of what a bundle changes: imports, exports, and what is loaded beside a module.
fn is_of_imports(line: &str) -> bool {
    let says = |what| line.contains(what);
    line.starts_with("import ")
        || line.starts_with("export ")
        || says("} from '")
        || says("import(")
        || says("import.meta")
}

#[tokio::test]
async fn embedded_page_is_whole_but_for_comments() {
    let chat = Chat::open();
    let served = served(chat.addr).await;
    let mut count = 0;
    for (name, source) in files() {
        if ![".js", ".css"].iter().any(|extension| name.ends_with(extension)) {
            let plain = get(chat.addr, &format!("/{name}")).await;
            assert!(!plain.head.contains("octet-stream"), "{name} has no type of its own");
            assert_eq!(plain.header("content-length"), Some(&*plain.bytes.len().to_string()), "{name}");
            assert!(name == "index.html" || plain.bytes == source, "{name}");
            assert!(!plain.body.contains("<!--"), "{name}");
            continue;
        }
        let mut whole = String::new();
        for line in std::str::from_utf8(&source).unwrap().split_inclusive('\n') {
            match line.strip_prefix("@import \"").and_then(|line| line.strip_suffix("\";\n")) {
                Some(imported) => whole += &served[&format!("style/{imported}")],
                None => whole += line,
            }
        }
        for (line, of_source) in beside(&served[&name], &whole) {
            let is_listed = name == "sw.js"
                && ["  '", "const HAS_VERSION"].iter().any(|begin| of_source.starts_with(begin));
            let is_same =
                line == of_source || is_listed || (name.ends_with(".js") && is_of_imports(of_source));
            assert!(line.is_empty() || is_same, "{name}: {line:?} is {of_source:?} in the source");
            let is_comment = ["//", "/*"].iter().any(|begin| line.trim_start().starts_with(begin));
            assert!(!is_comment, "{name}: {line}");
            count += 1;
        }
    }
    assert!(count > 5_000, "{count} lines were compared");
}

#[tokio::test]
async fn the_page_preloads_and_copies_what_there_is() {
    let chat = Chat::open();
    let names = |text: &str, quote: char| -> BTreeSet<String> {
        let parts = text.split(quote).map(str::to_owned);
        parts
            .filter(|part| {
                [".js", ".css", ".html", ".svg", ".webmanifest"].iter().any(|end| part.ends_with(end))
            })
            .collect()
    };
    let page = get(chat.addr, "/").await.body;
    let worker = get(chat.addr, "/sw.js").await.body;
    let (_, list) = worker.split_once("const FILES = [").unwrap();
    let copied = names(list.split_once(']').unwrap().0, '\'');
    let loaded = names(&page, '"');
    assert!(loaded.contains("first.js") && copied.contains("first.js"), "{loaded:?}");
    for name in copied.iter().chain(&loaded) {
        assert_eq!(get(chat.addr, &format!("/{name}")).await.status, 200, "{name}");
    }
    // Whatever is served by itself is copied too.
    for (name, _) in files() {
        let is_left_out = name == "sw.js" || name.ends_with(".png") || name.starts_with("emoji/");
        let is_served = get(chat.addr, &format!("/{name}")).await.status == 200;
        assert_eq!(copied.contains(&name), is_served && !is_left_out, "{name}");
    }
}

/// Where a comment was, another parses as well; in a template, its backtick would leave one that has no end.
#[tokio::test]
async fn served_script_lacks_nothing_but_comments() {
    let (chat, folder) = (Chat::open(), Folder::new());
    let mut paths = Vec::new();
    let mut parses = |kind: &str, name: &str, text: &str| {
        let path = folder.path().join(format!("{kind}.{}", name.replace('/', ".")));
        std::fs::write(&path, text).unwrap();
        paths.push(path);
    };
    let served = served(chat.addr).await;
    for (name, source) in files().into_iter().filter(|(name, _)| name.ends_with(".js")) {
        let source = String::from_utf8(source).unwrap();
        let marked = beside(&served[&name], &source)
            .map(|(line, of_source)| if line.is_empty() && !of_source.is_empty() { "//`" } else { line })
            .collect::<Vec<_>>()
            .join("\n");
        let alone = get(chat.addr, &format!("/{name}")).await;
        let is_alone = alone.status == 200 && !BUNDLES.contains(&&*name);
        parses("marked", &name, &if is_alone { marked } else { format!("async () => {{\n{marked}\n}}") });
        if is_alone {
            parses("served", &name, &alone.body);
        }
    }
    for name in BUNDLES {
        parses("served", name, &get(chat.addr, &format!("/{name}")).await.body);
    }
    assert!(paths.len() > 20, "scripts were found");
    let parse = "for (const path of process.argv.slice(1)) \
         new vm.SourceTextModule(fs.readFileSync(path, 'utf8'), { identifier: path })";
    let node = Command::new("node")
        .args(["--experimental-vm-modules", "--no-warnings", "--eval", parse])
        .args(&paths)
        .output()
        .expect("node runs");
    assert!(node.status.success(), "{}", String::from_utf8_lossy(&node.stderr));
}

#[tokio::test]
async fn compressed_page_is_smaller_and_the_same() {
    let chat = Chat::open();
    for path in ["/", "/r/book-club", "/chat.js", "/style/colors.css", "/icon.svg", "/chinwag.webmanifest"] {
        let plain = get(chat.addr, path).await;
        assert_eq!((plain.header("content-encoding"), plain.header("vary")), (None, Some("accept-encoding")));
        let gzip = ask_with(chat.addr, "GET", path, "Accept-Encoding: gzip, deflate\r\n").await;
        let brotli = ask_with(chat.addr, "GET", path, "Accept-Encoding: gzip, deflate, br, zstd\r\n").await;
        for (coding, packed) in [("gzip", &gzip), ("br", &brotli)] {
            assert_eq!((packed.status, packed.header("content-encoding")), (200, Some(coding)), "{path}");
            assert_eq!(packed.header("vary"), Some("accept-encoding"), "{path}");
            assert_eq!(packed.header("content-length"), Some(&*packed.bytes.len().to_string()), "{path}");
            assert_eq!(packed.header("content-type"), plain.header("content-type"), "{path}");
            assert!(packed.decoded() == plain.bytes, "{path}");
        }
        assert!(brotli.bytes.len() < gzip.bytes.len() && gzip.bytes.len() < plain.bytes.len(), "{path}");
        for (accepted, form) in [("br", &brotli), ("gzip", &gzip), ("identity", &plain)] {
            let head = ask_with(chat.addr, "HEAD", path, &format!("Accept-Encoding: {accepted}\r\n")).await;
            assert_eq!((head.status, head.bytes.len()), (200, 0), "{path}");
            for name in ["content-length", "content-encoding", "etag", "vary"] {
                assert_eq!(head.header(name), form.header(name), "{path}");
            }
        }
    }
    let picture = ask_with(chat.addr, "GET", "/icon-192.png", "Accept-Encoding: gzip, br\r\n").await;
    assert_eq!(
        (picture.header("content-encoding"), picture.header("vary")),
        (None, None),
        "it is compressed"
    );
}

#[tokio::test]
async fn each_form_of_a_file_has_a_tag_of_its_own() {
    let chat = Chat::open();
    let codings = ["br", "gzip", "identity"].map(|coding| format!("Accept-Encoding: {coding}\r\n"));
    let mut tags = Vec::new();
    for coding in &codings {
        tags.push(ask_with(chat.addr, "GET", "/", coding).await.etag);
    }
    for (own, coding) in codings.iter().enumerate() {
        let own_tag = &*tags[own];
        for (of, tag) in tags.iter().enumerate() {
            assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag} is strong");
            let status = if of == own { 304 } else { 200 };
            for (tags, status) in [
                (tag.clone(), status),
                (format!("\"another\", W/{tag}"), status),
                (tags.join(", "), 304),
                ("*".to_owned(), 304),
            ] {
                for method in ["GET", "HEAD"] {
                    let headers = format!("{coding}If-None-Match: {tags}\r\n");
                    let answer = ask_with(chat.addr, method, "/", &headers).await;
                    assert_eq!(answer.status, status, "{method} {headers}");
                    assert_eq!(answer.header("vary"), Some("accept-encoding"), "{method} {headers}");
                    assert_eq!(answer.etag, own_tag, "{method} {headers}");
                    assert!(status == 200 || answer.bytes.is_empty(), "{method} {headers}");
                }
            }
        }
    }
}

#[tokio::test]
async fn coding_is_the_one_that_the_client_likes_best() {
    let chat = Chat::open();
    for (accepted, coding) in [
        ("gzip", Some("gzip")),
        ("GZip", Some("gzip")),
        ("x-gzip", Some("gzip")),
        ("br", Some("br")),
        ("gzip, deflate, br, zstd", Some("br")),
        ("br, gzip;q=0.1", Some("br")),
        ("br;q=0.9, gzip", Some("gzip")),
        ("br;q=0.5, gzip;q=0.5", Some("br")),
        ("br;q=0, gzip", Some("gzip")),
        ("gzip ; Q=0.001", Some("gzip")),
        ("*", Some("br")),
        ("br;q=0, *", Some("gzip")),
        ("br;q=0.1, *", Some("gzip")),
        ("gzip;q=0, *", Some("br")),
        ("identity;q=0.5, *", Some("br")),
        ("gzip, identity", Some("gzip")),
        ("br, identity;q=0", Some("br")),
        ("gzip\r\nAccept-Encoding: br", Some("br")),
        ("gzip;q=0\r\nAccept-Encoding: br", Some("br")),
        ("", None),
        ("identity", None),
        ("zstd, deflate", None),
        ("gzipped, brr, x-br", None),
        ("gzip;q=0", None),
        ("gzip;q=0.000, br;q=0", None),
        ("*;q=0", None),
        ("gzip;q=0.5, br;q=0.9, identity", None),
        ("br;q=0.5, gzip;q=0.5, *", None),
        ("gzip;q=much", None),
        ("br;q=nan, gzip;q=inf", None),
        ("br;q=-1, gzip;q=2", None),
    ] {
        let answer =
            ask_with(chat.addr, "GET", "/chat.js", &format!("Accept-Encoding: {accepted}\r\n")).await;
        assert_eq!((answer.status, answer.header("content-encoding")), (200, coding), "{accepted}");
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
    for (name, _) in files() {
        let answer = get(chat.addr, &format!("/r/{name}")).await;
        // A page of no room; and a second worker, which would keep a second copy.
        if ["index.html", "sw.js"].contains(&&*name) {
            assert_eq!(answer.status, 404, "{name}");
            continue;
        }
        let at_the_mount = get(chat.addr, &format!("/{name}")).await;
        assert!(answer.status == at_the_mount.status && answer.bytes == at_the_mount.bytes, "{name}");
    }
}

#[tokio::test]
async fn escaped_room_address_leads_to_the_plain_one() {
    let chat = Chat::open();
    for (path, plain) in [
        ("/r/my%2Droom", "my-room"),
        ("/r/my%2droom", "my-room"),
        ("/r/t%65a?a=%62", "tea?a=%62"),
        ("/r/%74%65%61%5F%31", "tea_1"),
    ] {
        let moved = get(chat.addr, path).await;
        assert_eq!((moved.status, moved.header("location")), (308, Some(plain)), "{path}");
        assert_eq!(get(chat.addr, &format!("/r/{plain}")).await.status, 200, "{plain}");
    }
    for path in ["/r/%54ea", "/r/a%2Fb", "/r/%2E%2E", "/r/%00", "/r/%"] {
        assert_eq!(get(chat.addr, path).await.status, 404, "{path}");
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
            ask(chat.addr, &format!("PUT {path} HTTP/1.1\r\nHost: localhost\r\n")).await.status,
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
    assert_eq!(ask(chat.addr, "POST /r/lobby HTTP/1.1\r\nHost: localhost\r\n").await.status, 405);
}

#[tokio::test]
async fn c7_heads_too_large_of_every_shape_are_431() {
    let chat = Chat::open();
    let lines: String = (0..2048).map(|i| format!("X-{i}: {}\r\n", "x".repeat(1024))).collect();
    let line = format!("Cookie: {}\r\n", "x".repeat(2 << 20));
    let names: String = (0..200).map(|i| format!("X-{i}: y\r\n")).collect();
    for headers in [lines, line, names] {
        let mut socket = Socket::raw(TcpStream::connect(chat.addr).await.unwrap());
        let request = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");
        let _ = socket.stream.write_all(request.as_bytes()).await;
        let head = socket.head().await;
        assert!(head.starts_with("HTTP/1.1 431"), "{head}");
    }
    let mut socket = Socket::raw(TcpStream::connect(chat.addr).await.unwrap());
    let uri = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(2 << 20));
    let _ = socket.stream.write_all(uri.as_bytes()).await;
    let head = socket.head().await;
    assert!(head.starts_with("HTTP/1.1 414") || head.starts_with("HTTP/1.1 431"), "{head}");
}

#[tokio::test]
async fn text_becomes_a_qr_code_for_pages_of_this_chat() {
    let chat = Chat::open();
    let posts = async |headers: &str, text: &str| {
        let length = text.len();
        let head = format!("POST /qr HTTP/1.1\r\nHost: localhost\r\n{headers}Content-Length: {length}\r\n");
        ask_with_body(chat.addr, &head, text).await
    };
    let answer = posts("Origin: http://localhost\r\n", "http://localhost/#device=a-secret").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("image/svg+xml")));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(answer.body.starts_with("<svg ") && !answer.body.contains("secret"), "{}", answer.body);
    assert_eq!(posts("Origin: http://evil.example\r\n", "x").await.status, 403);
    assert_eq!(posts("", &"x".repeat(512)).await.status, 200);
    let long = posts("", &"x".repeat(513)).await;
    assert_eq!((long.status, long.body.contains("at most 512 bytes")), (413, true));
    assert_eq!(posts("", "").await.status, 400);
    assert_eq!(ask(chat.addr, "GET /qr HTTP/1.1\r\nHost: localhost\r\n").await.status, 405);
}
