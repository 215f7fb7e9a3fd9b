//! The promises of `People` about devices.

use super::*;
use crate::base::device::DeviceId;
use crate::base::devices::{DeviceChange, Devices, LinkHash, Proof};
use crate::log::{Arrival, Arrived};

/// Devices are told from each other by when they were made.
fn device(made: u64) -> DeviceId {
    DeviceId::new(made << 21 | 7)
}

async fn arrive(log: &dyn Log, who: UserId, made: u64, proof: Proof) -> Result<Arrived, Error> {
    let device_name = Some(format!("device {made}").into());
    log.arrive(Arrival { who, name: None, device: device(made), device_name, proof }).await
}

async fn change(log: &dyn Log, who: UserId, by: u64, change: DeviceChange) -> Result<Devices, Error> {
    log.change_devices(who, device(by), change).await
}

const TOLD: DeviceChange = DeviceChange::Says { name: None, is_told: true };

fn names(devices: &Devices) -> Vec<String> {
    devices.list().iter().map(|device| device.name.to_string()).collect()
}

fn news(arrived: &Arrived, made: u64) -> Vec<DeviceId> {
    arrived.devices.news(device(made)).map(|device| device.id).collect()
}

/// Somebody who has spoken, and a visitor.
async fn two(log: &dyn Log) -> [UserId; 2] {
    log.greet(ADA, Some(named("Ada"))).await.expect("she is greeted");
    appends(log, ADA, message("hi")).await;
    [ADA, UserId::new(7)]
}

pub(in crate::log) async fn device_is_its_users_until_it_is_ended(log: &dyn Log) {
    for who in two(log).await {
        for made in [1, 2, 3] {
            let arrived = arrive(log, who, made, Proof::Token).await.expect("it is theirs");
            assert_eq!(arrived.user.id, who);
        }
        assert_eq!(names(&log.devices(who).await.expect("a list")), ["device 1", "device 2", "device 3"]);
        let left = change(log, who, 1, DeviceChange::End(device(2))).await.expect("it is ended");
        assert_eq!(names(&left), ["device 1", "device 3"]);
        refused(change(log, who, 1, DeviceChange::End(device(2))).await, "no_such_device");
        refused(change(log, who, 1, DeviceChange::End(device(99))).await, "no_such_device");
        refused(arrive(log, who, 2, Proof::Token).await, "ended");
        for made in [1, 3] {
            arrive(log, who, made, Proof::Token).await.expect("it is theirs as before");
        }
        assert_eq!(log.devices(who).await.expect("a list"), left);
        // What is one user's is nobody else's.
        arrive(log, BOB, 2, Proof::Token).await.expect("his has the same number");
        refused(change(log, BOB, 2, DeviceChange::End(device(3))).await, "no_such_device");
    }
}

pub(in crate::log) async fn device_that_comes_by_a_link_is_heard_of_until_that_was_told(log: &dyn Log) {
    for who in two(log).await {
        for made in [1, 2] {
            arrive(log, who, made, Proof::Token).await.expect("it is theirs");
        }
        change(log, who, 1, TOLD).await.expect("it knows of them");
        let third = arrive(log, who, 3, Proof::Link).await.expect("it has a link");
        assert_eq!(news(&third, 3), [], "those that were there before are no news to it");
        for _ in 0..2 {
            let back = arrive(log, who, 1, Proof::Token).await.expect("it is theirs");
            assert_eq!(news(&back, 1), [device(3)], "until it was told");
        }
        change(log, who, 1, TOLD).await.expect("it was told");
        let back = arrive(log, who, 1, Proof::Token).await.expect("it is theirs");
        assert_eq!(news(&back, 1), []);
        let other = arrive(log, who, 2, Proof::Token).await.expect("it is theirs");
        assert_eq!(news(&other, 2), [device(3)], "each for itself");
    }
}

pub(in crate::log) async fn private_link_is_good_until_another_is_made_or_it_is_ended(log: &dyn Log) {
    let (one, other) = (LinkHash([1; 32]), LinkHash([2; 32]));
    for who in two(log).await {
        arrive(log, who, 1, Proof::Token).await.expect("it is theirs");
        refused(arrive(log, who, 2, Proof::PrivateLink(one)).await, "bad_link");
        change(log, who, 1, DeviceChange::PrivateLink(Some(one))).await.expect("it is made");
        arrive(log, who, 2, Proof::PrivateLink(one)).await.expect("it is good");
        arrive(log, who, 3, Proof::PrivateLink(one)).await.expect("and not only once");
        refused(arrive(log, BOB, 3, Proof::PrivateLink(one)).await, "bad_link");
        change(log, who, 2, DeviceChange::PrivateLink(Some(other))).await.expect("it is made anew");
        refused(arrive(log, who, 4, Proof::PrivateLink(one)).await, "bad_link");
        assert!(log.devices(who).await.expect("a list").private_link().is_some());
        change(log, who, 1, DeviceChange::End(device(2))).await.expect("it is ended");
        refused(arrive(log, who, 4, Proof::PrivateLink(other)).await, "bad_link");
        change(log, who, 1, DeviceChange::PrivateLink(Some(one))).await.expect("it is made");
        change(log, who, 1, DeviceChange::PrivateLink(None)).await.expect("it is ended");
        refused(arrive(log, who, 4, Proof::PrivateLink(one)).await, "bad_link");
        assert_eq!(names(&log.devices(who).await.expect("a list")), ["device 1", "device 3"]);
    }
}

pub(in crate::log) async fn visitors_devices_are_theirs_once_they_speak(log: &dyn Log) {
    let who = UserId::new(7);
    for (made, proof) in [(1, Proof::Token), (2, Proof::Link)] {
        arrive(log, who, made, proof).await.expect("it is theirs");
    }
    let before = log.devices(who).await.expect("a list");
    appends(log, who, message("hi")).await;
    assert_eq!(log.devices(who).await.expect("a list"), before);
    let back = arrive(log, who, 1, Proof::Token).await.expect("it is theirs");
    assert_eq!(news(&back, 1), [device(2)]);
}
