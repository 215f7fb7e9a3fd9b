use super::*;
use crate::base::device::{Device, Way};
use crate::base::devices::PrivateLink;
use crate::base::devices::{Devices, LinkHash, Proof};
use crate::base::entry::{Content, Draft, Kind, Mentions, Parts};
use crate::base::name::Name;
use crate::base::password::PasswordHash;
use crate::base::rights::{Door, Invitation, Role};

/// One record of each kind, and entries of all kinds.
pub(crate) fn samples() -> Vec<Record> {
    let (ada, lobby) = (UserId::new(u64::MAX), RoomName::lobby());
    let device = DeviceId::new(u64::MAX);
    let append = |append| Record::Append(Box::new(append));
    let name = NameClaim::of(&Name::parse("Ada Lovelace").expect("a name"));
    let mentions: Mentions = [("Ada", ada), ("Bob", UserId::new(2))].into_iter().collect();
    let entry = |kind: &Kind| {
        let parts = Parts { mentions: &mentions, ..Parts::new(*kind, Some(70_000), Some("Grüße 👋")) };
        let draft = Draft::new(&lobby, ada, Content::from_parts(Parts { cid: Some("c 1"), ..parts }));
        append(Append::plain(draft.by_moderator().based_on(Some(9))))
    };
    let mut records: Vec<Record> = Kind::ALL.iter().map(entry).collect();
    let hash = LinkHash([9; 32]);
    let password = PasswordHash::from_bytes(&[7; 48]).expect("a salt and a hash");
    let changes = [
        DeviceChange::Hello { name: Some("Firefox".into()), proof: Proof::Token },
        DeviceChange::Hello { name: None, proof: Proof::PrivateLink(hash) },
        DeviceChange::Says { name: None, is_told: true },
        DeviceChange::End(device),
        DeviceChange::PrivateLink(None),
        DeviceChange::PrivateLink(Some(hash)),
    ];
    records.extend(changes.map(|change| Record::Devices { who: ada, by: device, change }));
    let invitation =
        Invitation { hash, role: Role::Owner, room: Some(lobby.clone()), uses: Some(9), until: Some(10) };
    let id = invitation.id();
    let measures = [
        Measure::Role { whom: ada, role: Role::Moderator },
        Measure::Mute { whom: ada, until: Some(70_000), reason: "loud".into() },
        Measure::Ban { whom: ada, until: None, reason: "".into() },
        Measure::BanAddresses {
            range: "203.0.113.0/24".parse().expect("a network"),
            until: Some(70_000),
            reason: "loud".into(),
        },
        Measure::Door(Door::Closed),
        Measure::Invite(Invitation { room: None, uses: None, until: None, ..invitation.clone() }),
        Measure::Invite(invitation),
        Measure::EndInvitation(id),
        Measure::Redeem(hash),
        Measure::Password(password),
        Measure::GivePassword(password),
        Measure::Gather { room: lobby.clone(), people: vec![ada] },
        Measure::Part { room: lobby.clone(), whom: ada },
    ];
    records.extend(measures.map(|measure| Record::Govern { by: Some(ada), measure }));
    records.push(Record::Govern { by: None, measure: Measure::Door(Door::Read) });
    let list =
        vec![Device { id: device, name: "Firefox".into(), way: Way::Link, added: 1, seen: 2, told: 3 }];
    let link = Some(Box::new(PrivateLink { hash, made: 8, by: device }));
    let newcomer = Newcomer {
        names: vec![name.clone(), name.clone()],
        hue: 7,
        devices: Devices { list, ended: Some(5), link },
        marks: vec![(lobby.clone(), 70_000)],
    };
    let said = Append::plain(Draft::message(&lobby, ""));
    let mentioned = vec![
        Mentioned { keys: vec!["ada".into()], is_visitor: true },
        Mentioned { keys: Vec::new(), is_visitor: false },
    ];
    records.extend([
        append(Append { lookup: Lookup::Mentioned(mentioned), ..said.clone() }),
        append(Append { lookup: Lookup::Spelled(vec!["❤".into()]), ..said.clone() }),
        append(Append { newcomer: Some(newcomer.clone()), ..said }),
        Record::Greet { who: ada, newcomer },
        Record::Face { who: ada, emoji: Some("🦊".into()), hue: None },
        Record::Face { who: ada, emoji: None, hue: Some(3) },
        Record::Keep { who: ada, room: lobby.clone(), keeping: None },
        Record::Keep { who: ada, room: lobby.clone(), keeping: Some(Keeping::new(false, true)) },
        Record::Rename { who: ada, name, rooms: vec![lobby.clone()] },
        Record::Mark(vec![Mark { who: ada, room: lobby.clone(), seq: 7, is_back: true }]),
        Record::See(vec![ada, UserId::GUEST]),
        Record::Forget(vec![1, u64::MAX]),
        Record::ForgetPeople { before: 5, people: vec![ada] },
        Record::ForgetRooms(vec![lobby]),
        Record::KeepNames(1_000),
        Record::Rules(2),
        Record::Genesis(Genesis { epoch: vec![1, 2], secret: vec![0; 32] }),
        Record::Beat(Beat { machine: 1, position: 2, at: 3, digest: u64::MAX, rules: 1 }),
        Record::Close(vec![RunId(u64::MAX), RunId(0)]),
    ]);
    records
}

#[test]
fn record_of_every_kind_is_read_as_it_was_written() {
    for record in samples() {
        let mut bytes = Vec::new();
        record.write(&mut bytes);
        let mut reader = Reader::new(&bytes);
        assert_eq!(Record::read(&mut reader).as_ref(), Ok(&record));
        assert!(reader.is_empty(), "{record:?}");
        for cut in 0..bytes.len() {
            assert_eq!(
                Record::read(&mut Reader::new(&bytes[..cut])),
                Err(Malformed),
                "{record:?} cut at {cut}"
            );
        }
    }
}

#[test]
fn what_no_record_has_is_refused() {
    let mut said = Vec::new();
    Record::Append(Box::new(Append::plain(Draft::message(&RoomName::lobby(), "hi")))).write(&mut said);
    let is_read = |bytes: &[u8]| Record::read(&mut Reader::new(bytes)).is_ok();
    assert!(is_read(&said));
    for (at, byte) in [(0, 0xff), (1, Kind::ALL.len() as u8), (2, 0xff), (4, b'L'), (3, 0)] {
        let mut bytes = said.clone();
        bytes[at] = byte;
        assert!(!is_read(&bytes), "{byte} at {at}");
    }
}
