//! Two hubs on two machines of one chat: their people see each other.

use std::sync::Arc;

use tokio::time::timeout;

use super::*;
use crate::base::device::DeviceId;
use crate::base::limits::Limits;
use crate::base::user::{User, UserId};
use crate::hub::outlet::Outlet;
use crate::hub::presence::Identity;
use crate::hub::room::Membership;
use crate::hub::{Hub, OpenRoom};
use crate::log::{Chat, ListedRoom, MemoryLog};
use crate::wire::protocol::Encoding;
use crate::wire::stream::Stream;

/// Time for anything that has to happen.
const PATIENCE: Duration = Duration::from_secs(20);

/// Somebody who is in a room by a connection; they leave when this is dropped.
struct Client {
    _membership: Membership,
    room: Arc<OpenRoom>,
    me: Identity,
}

impl Client {
    fn joins(hub: &Hub, id: u64, name: &str) -> Self {
        let (_peer, stream) = tokio::io::duplex(64);
        let outlet = Arc::new(Outlet::new(Stream::other(stream), Encoding::V1.into()));
        let me = hub.persons().identify(
            &User::new(UserId::new(id), name),
            DeviceId::FIRST,
            &outlet,
            Arc::default(),
        );
        let room = hub.room(&RoomName::lobby());
        let (membership, _) = room.join_as(&outlet, me.person());
        Self { _membership: membership, room, me }
    }

    fn types(&self) {
        self.room.typing(&self.me.person().user());
    }

    /// All that the members of the room were told.
    fn told(&self) -> String {
        let mut told = Vec::new();
        let take = |frame: &bytes::Bytes| told.extend_from_slice(frame);
        self.room.tail().read(0, usize::MAX, Encoding::V1.into(), take).expect("all of it is there");
        String::from_utf8_lossy(&told).into_owned()
    }
}

/// Waits until these are in the room, as one machine sees it.
async fn sees(hub: &Hub, names: &[&str]) {
    let lobby = RoomName::lobby();
    let people = || hub.people(&lobby).iter().map(|user| user.name.to_string()).collect::<Vec<_>>();
    let wait = async {
        while people() != names || hub.people_count(&lobby) != names.len() {
            sleep(Duration::from_millis(5)).await;
        }
    };
    let is_so = timeout(PATIENCE, wait).await.is_ok();
    assert!(is_so, "{:?} are there, not {names:?}", people());
}

/// Waits until the members of a room have been told this.
async fn hears(client: &Client, words: &str) {
    let wait = async {
        while !client.told().contains(words) {
            sleep(Duration::from_millis(5)).await;
        }
    };
    assert!(timeout(PATIENCE, wait).await.is_ok(), "{words} is not in {}", client.told());
}

#[tokio::test(flavor = "multi_thread")]
async fn people_on_two_machines_see_each_other_come_type_and_go() {
    let chat = Chat::of(2, 11).await;
    chat.until_ready().await;
    let hub = |at: usize| Hub::new(chat.machines[at].clone(), Limits::default()).expect("limits that hold");
    let (one, two) = (hub(0), hub(1));
    let ada = Client::joins(&one, 1, "Ada");
    hears(&ada, "\"joined\":[{\"id\":\"AAAAAAAAAAE\",\"name\":\"Ada\"}]").await;
    let bob = Client::joins(&two, 2, "Bob");
    for hub in [&one, &two] {
        sees(hub, &["Ada", "Bob"]).await;
    }
    hears(&ada, "\"joined\":[{\"id\":\"AAAAAAAAAAI\",\"name\":\"Bob\"}]").await;
    bob.types();
    hears(
        &ada,
        "{\"type\":\"typing\",\"room\":\"lobby\",\"user\":{\"id\":\"AAAAAAAAAAI\",\"name\":\"Bob\"}}",
    )
    .await;

    // A tab of hers on the other machine, and somebody else, so that it is known when it was heard.
    let tab = Client::joins(&two, 1, "Ada");
    let eve = Client::joins(&two, 3, "Eve");
    sees(&one, &["Ada", "Bob", "Eve"]).await;
    drop(ada);
    drop(eve);
    let cat = Client::joins(&one, 4, "Cat");
    for hub in [&one, &two] {
        sees(hub, &["Ada", "Bob", "Cat"]).await;
    }
    assert_eq!(bob.told().matches("\"name\":\"Ada\"}").count(), 1, "she came once: {}", bob.told());
    drop(tab);
    hears(&cat, "\"left\":[{\"id\":\"AAAAAAAAAAE\",\"name\":\"Ada\"}]").await;
    for hub in [&one, &two] {
        sees(hub, &["Bob", "Cat"]).await;
    }

    // A machine that ends says so; here its people are still in the room when it does.
    two.shared.leave();
    sees(&one, &["Cat"]).await;
    drop(bob);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_another_machine_are_counted_in_the_directory() {
    let chat = Chat::of(2, 12).await;
    chat.until_ready().await;
    let hub = |at: usize| Hub::new(chat.machines[at].clone(), Limits::default()).expect("limits that hold");
    let (one, two) = (hub(0), hub(1));
    let _ada = Client::joins(&two, 1, "Ada");
    let _bob = Client::joins(&two, 2, "Bob");
    sees(&two, &["Ada", "Bob"]).await;
    let lobby = RoomName::lobby();
    let listed =
        [ListedRoom { room: lobby.clone(), title: "".into(), topic: "".into(), last: None, archived: false }];
    assert_eq!(one.people_count(&lobby), 0, "nobody here has asked");
    one.look_at(&listed).await;
    assert_eq!(one.people_count(&lobby), 2);
    assert_eq!(one.rooms(), std::slice::from_ref(&lobby));
    one.shared.looks.0.lock().get_mut(&lobby).expect("it is heard of").0 = Duration::ZERO;
    let is_closed = timeout(PATIENCE, async {
        while !one.rooms().is_empty() {
            sleep(Duration::from_millis(20)).await;
        }
    });
    is_closed.await.expect("a room at which nobody looks is let go of");
    assert_eq!(two.people_count(&lobby), 2);
}

#[tokio::test]
async fn chat_on_one_machine_has_no_bus() {
    let hub = Hub::new(MemoryLog::new(), Limits::default()).expect("limits that hold");
    assert!(hub.shared.bus.is_none() && hub.shared.rooms.bus.is_none());
    let ada = Client::joins(&hub, 1, "Ada");
    assert!(!ada.room.say().is_due);
    assert_eq!(ada.room.say().said, Vec::<Vec<u8>>::new());
}
