//! NATS servers that let in only whom they know, and by TLS, as one runs them where others are in the network; and several chats on
//! the same servers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use nkeys::KeyPair;
use serde_json::{Value, json};

use crate::admin;
use crate::cluster::{machines_heard, say};
use crate::http::get;
use crate::nats::Nats;
use crate::person::Person;
use crate::program::{Folder, Program, run};
use crate::socket::MS;

/// As it is, and as it stands in an address.
const PASSWORD: [&str; 2] = ["s3cr@t/pass", "s3cr%40t%2Fpass"];

/// Somebody says something by a machine with these options, which says nothing of what is secret.
async fn talks(args: &[&str], secrets: &[&str]) {
    let (program, admin) = admin::start(&[args, &["--log", "debug,async_nats=debug"]].concat());
    let began = Instant::now();
    while get(admin, "/readyz").await.status != 200 {
        assert!(began.elapsed() < Duration::from_secs(30), "{}", get(admin, "/readyz").await.body);
        tokio::time::sleep(MS(20)).await;
    }
    let told = get(admin, "/readyz").await.body;
    let mut ada = Person::joins(program.addr, "Ada", "lobby").await;
    ada.says("hello").await;
    ada.hears_message("hello").await;
    drop(ada);
    program.signal("TERM");
    let greeting = program.greeting.clone();
    let (status, _, said) = program.ends().await;
    assert!(status.success() && said.contains("connected to NATS"), "{said}");
    has_none(&format!("{greeting}{told}{said}"), secrets);
}

/// A machine with these options does not start, and says why, and nothing of what is secret.
#[track_caller]
fn is_refused(args: &[&str], words: &[&str], secrets: &[&str]) {
    let folder = Folder::new();
    let began = Instant::now();
    let Output { status, stderr, stdout } =
        run(&[args, &["--data", folder.arg(), "--addr", "127.0.0.1:0", "--log", "debug,async_nats=debug"]]
            .concat());
    let said = format!("{}{}", String::from_utf8_lossy(&stderr), String::from_utf8_lossy(&stdout));
    assert!(status.code() == Some(1) && words.iter().all(|word| said.contains(word)), "{said}");
    assert!(began.elapsed() < Duration::from_secs(20), "it took {:?}", began.elapsed());
    has_none(&said, secrets);
}

#[track_caller]
fn has_none(said: &str, secrets: &[&str]) {
    assert!(secrets.iter().all(|secret| !said.contains(secret)), "it says what is secret: {said}");
}

#[tokio::test]
async fn machine_comes_by_tls_with_a_user_and_a_password_and_tells_nobody() {
    let files = Folder::new();
    let [ca, certificate, key] = certificates(files.path());
    let nats = Nats::start_with(&format!(
        "authorization {{ users: [{{ user: chat, password: {:?} }}] }}\n\
         tls {{ cert_file: {certificate:?}, key_file: {key:?} }}\n",
        PASSWORD[0]
    ));
    let address = |user: &str| format!("tls://{user}localhost:{}", nats.port());
    let ca = ca.to_str().unwrap();
    let good = address(&format!("chat:{}@", PASSWORD[1]));
    talks(&["--nats", &good, "--nats-ca", ca], &PASSWORD).await;
    for wrong in [address(""), address("chat:wr0ng@"), address(&format!("bob:{}@", PASSWORD[1]))] {
        let words = ["NATS does not let this machine in", "--nats-creds"];
        is_refused(&["--nats", &wrong, "--nats-ca", ca], &words, &[PASSWORD[0], PASSWORD[1], "wr0ng"]);
    }
    // Nobody vouches for the server.
    is_refused(&["--nats", &good], &["no NATS server answers", "--nats-ca"], &PASSWORD);
    let two = format!("{good},{}", address("bob:other@"));
    is_refused(&["--nats", &two, "--nats-ca", ca], &["different users"], &PASSWORD);
}

/// A file of credentials as `nsc` writes it, and the secret in it.
fn credentials(account: &KeyPair, at: &Path) -> String {
    let user = KeyPair::new_user();
    let limits = json!({"subs": -1, "data": -1, "payload": -1, "pub": {}, "sub": {}});
    let (jwt, seed) = (jwt(account, &user, "user", limits), user.seed().unwrap());
    let text = format!(
        "-----BEGIN NATS USER JWT-----\n{jwt}\n------END NATS USER JWT------\n\n\
         -----BEGIN USER NKEY SEED-----\n{seed}\n------END USER NKEY SEED------\n"
    );
    fs::write(at, text).unwrap();
    seed
}

/// What `by` says of `of`, in the format of NATS.
fn jwt(by: &KeyPair, of: &KeyPair, kind: &str, mut nats: Value) -> String {
    (nats["type"], nats["version"]) = (kind.into(), 2.into());
    let claims = json!({
        "jti": of.public_key(), "iat": 1, "iss": by.public_key(), "sub": of.public_key(), "name": kind, "nats": nats,
    });
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&json!({"typ": "JWT", "alg": "ed25519-nkey"})), part(&claims));
    let signature = BASE64_URL_SAFE_NO_PAD.encode(by.sign(signed.as_bytes()).unwrap());
    format!("{signed}.{signature}")
}

#[tokio::test]
async fn machine_comes_with_a_file_of_credentials() {
    let files = Folder::new();
    let (operator, account, system) =
        (KeyPair::new_operator(), KeyPair::new_account(), KeyPair::new_account());
    let limits = json!({"limits": {
        "subs": -1, "data": -1, "payload": -1, "imports": -1, "exports": -1, "wildcards": true, "conn": -1, "leaf": -1,
        "mem_storage": -1, "disk_storage": -1, "streams": -1, "consumer": -1,
    }});
    let mut preload = String::new();
    for of in [&account, &system] {
        let limits = if of.public_key() == account.public_key() { limits.clone() } else { json!({}) };
        preload += &format!("{}: {}\n", of.public_key(), jwt(&operator, of, "account", limits));
    }
    let nats = Nats::start_with(&format!(
        "operator: {}\nsystem_account: {}\nresolver: MEMORY\nresolver_preload {{\n{preload}}}\n",
        jwt(&operator, &operator, "operator", json!({})),
        system.public_key()
    ));
    let good = files.path().join("chat.creds");
    let seed = credentials(&account, &good);
    let url = nats.url();
    talks(&["--nats", &url, "--nats-creds", good.to_str().unwrap()], &[&seed]).await;
    // Of an account that the operator does not know.
    let bad = files.path().join("other.creds");
    let seed = credentials(&KeyPair::new_account(), &bad);
    let bad = bad.to_str().unwrap();
    is_refused(&["--nats", &url, "--nats-creds", bad], &["NATS does not let this machine in"], &[&seed]);
    is_refused(&["--nats", &url], &["NATS does not let this machine in"], &[]);
    let none = files.path().join("none.creds");
    let none = none.to_str().unwrap();
    is_refused(&["--nats", &url, "--nats-creds", none], &["cannot read the credentials", none], &[]);
}

/// An authority of our own, and a certificate for this machine that it has signed: its file, that, and the key.
fn certificates(folder: &Path) -> [PathBuf; 3] {
    let at = |name: &str| folder.join(name);
    let openssl = |args: &str| {
        let mut command = Command::new("openssl");
        command.current_dir(folder).args(args.split(' '));
        let output = command.output().expect("openssl is there");
        assert!(output.status.success(), "openssl {args}: {}", String::from_utf8_lossy(&output.stderr));
    };
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    openssl(&format!("req -x509 {key} -keyout ca.key -out ca.pem -days 2 -subj /CN=test"));
    openssl(&format!("req {key} -keyout server.key -out server.csr -subj /CN=localhost"));
    fs::write(at("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n").unwrap();
    openssl(
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem",
    );
    [at("ca.pem"), at("server.pem"), at("server.key")]
}

#[tokio::test]
async fn several_chats_are_on_one_nats_by_their_names() {
    let nats = Nats::start();
    let url = nats.url();
    let start = |prefix| {
        Program::start(&["--nats", &url, "--nats-prefix", prefix, "--nats-bytes", "64MB", "--log", "off"])
    };
    let chats = ["tea", "coffee"].map(start);
    for (chat, text) in chats.iter().zip(["milk?", "sugar?"]) {
        let mut ada = Person::joins(chat.addr, "Ada", "lobby").await;
        say(&mut ada, text).await;
        let all = ada.reads_all("lobby").await;
        let texts: Vec<_> = all.values().map(|shown| shown.text.as_deref()).collect();
        assert_eq!(texts, [Some(text)], "nothing of the other chat");
    }
    for prefix in ["tea", "coffee"] {
        let told = run(&["cluster", "status", "--nats", &url, "--nats-prefix", prefix]);
        let said = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(told.status.success() && said.contains(&format!("{prefix}: positions 1 to ")), "{said}");
        assert_eq!(machines_heard(&said), 1, "{said}");
    }
    let none = run(&["cluster", "status", "--nats", &url, "--nats-prefix", "cocoa"]);
    assert!(String::from_utf8_lossy(&none.stderr).contains("no chat with the name 'cocoa'"));
}
