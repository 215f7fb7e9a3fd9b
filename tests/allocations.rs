//! What a message costs in allocations must not depend on how many hear it: a delivery has none. A program of its own,
//! because it counts what all of its threads allocate.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::alloc::System;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use chinwag::{Hub, Limits, MemoryLog, Server};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Said one by one, so that each is a pass of its own. What nobody reads of them fits into the kernel's buffers.
const MESSAGES: usize = 50;
const PATIENCE: Duration = Duration::from_secs(20);

/// A text frame of a client, and the message as everyone hears it.
const SAID: &[u8] = b"\x81\x85\0\0\0\0hello";
const HEARD: &[u8; 7] = b"\x81\x05hello";
const PING: &[u8] = b"\x89\x80\0\0\0\0";
const PONG: &[u8; 2] = b"\x8A\x00";

/// A chat for so many clients in one room, on one thread, and the clients.
fn room(clients: usize) -> Vec<TcpStream> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        runtime.block_on(async {
            let listener = Server::listen(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
            tell.send(listener.local_addr().unwrap()).unwrap();
            let hub = Hub::new(MemoryLog::new(), Limits::default()).unwrap();
            Server::new(hub).run(listener, std::future::pending()).await;
        });
    });
    let address = told.recv().unwrap();
    (0..clients).map(|_| joins(address)).collect()
}

/// A client, in the room for certain.
fn joins(address: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_nodelay(true).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let head = format!(
        "GET /ws HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        answer.push(byte[0]);
    }
    stream.write_all(PING).unwrap();
    hears(&mut stream, PONG);
    stream
}

fn hears<const LEN: usize>(stream: &mut TcpStream, frame: &[u8; LEN]) {
    let mut heard = [0; LEN];
    stream.read_exact(&mut heard).unwrap();
    assert_eq!(&heard, frame);
}

/// One of them says something, and all hear it; the last of them is the last that the room writes to.
fn say(clients: &mut [TcpStream]) {
    let [first, .., last] = clients else { panic!("a room needs two") };
    first.write_all(SAID).unwrap();
    hears(first, HEARD);
    hears(last, HEARD);
}

/// Allocations of the whole process while so many messages are heard by all.
fn allocations(clients: usize) -> usize {
    let mut clients = room(clients);
    // What is only made once: the room's buffers, the tail's ring.
    (0..300).for_each(|_| say(&mut clients));
    let region = Region::new(ALLOCATOR);
    (0..MESSAGES).for_each(|_| say(&mut clients));
    let allocated = region.change();
    allocated.allocations + allocated.reallocations
}

#[test]
fn a_delivery_allocates_nothing() {
    let (few, many) = (allocations(10), allocations(500));
    // Now and then something else allocates; 490 deliveries of 50 messages would be 24,500.
    assert!(many <= few + MESSAGES, "{MESSAGES} messages to 10 clients: {few} allocations, to 500: {many}");
    assert!(few >= MESSAGES, "nothing was counted: {few}");
}
