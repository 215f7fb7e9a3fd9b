//! The promises of `Governance`.

mod moderators;
mod room_rules;

pub(in crate::log) use moderators::*;
pub(in crate::log) use room_rules::*;

use super::*;
use crate::base::devices::LinkHash;
use crate::base::network::{AddressBan, AddressRange};
use crate::base::password::PasswordHash;
use crate::base::rights::{Door, Invitation, Measure, Role, Standing};
use crate::log::{Change, MembersRequest};

const CLEO: UserId = UserId::new(0x1234_5678_9abc_def3);

/// People who are known: the first an owner, the second a moderator, the third a guest.
async fn three(log: &dyn Log) {
    for (who, name) in [(ADA, "Ada"), (BOB, "Bob"), (CLEO, "Cleo")] {
        log.greet(who, Some(named(name))).await.expect("they are greeted");
    }
    for (whom, role) in [(ADA, Role::Owner), (BOB, Role::Moderator)] {
        log.govern(None, Measure::Role { whom, role }).await.expect("the operator may");
    }
}

fn mute(until: Option<u64>) -> Measure {
    Measure::Mute { whom: CLEO, until, reason: "loud".into() }
}

fn ban(until: Option<u64>) -> Measure {
    Measure::Ban { whom: CLEO, until, reason: "rude".into() }
}

fn invitation(byte: u8, role: Role, uses: Option<u32>) -> Invitation {
    Invitation { hash: LinkHash([byte; 32]), role, room: None, uses, until: None }
}

fn password(byte: u8) -> PasswordHash {
    PasswordHash::from_bytes(&[byte; 48]).expect("a salt and a hash")
}

const FAR: u64 = u64::MAX >> 12;

fn draft(by: UserId, content: Content) -> Draft {
    Draft::new(&RoomName::lobby(), by, content)
}

/// A listener of changes.
#[derive(Debug, Default)]
struct Changes(Mutex<Vec<Change>>);

impl Deliver for Changes {
    fn deliver(&self, _: &mut dyn Iterator<Item = Entry>) {}

    fn changed(&self, change: &Change) {
        let is_of_rights = matches!(
            change,
            Change::Standing { .. }
                | Change::Door(_)
                | Change::Addresses(_)
                | Change::Gathered { .. }
                | Change::Parted { .. }
        );
        if is_of_rights {
            self.0.lock().push(change.clone());
        }
    }
}

pub(in crate::log) async fn measure_is_judged_by_the_roles_before_it(log: &dyn Log) {
    three(log).await;
    refused(log.govern(Some(CLEO), ban(Some(FAR))).await, "not_allowed");
    refused(log.govern(Some(BOB), Measure::Role { whom: ADA, role: Role::Guest }).await, "not_allowed");
    refused(log.govern(Some(BOB), Measure::Door(Door::Closed)).await, "not_allowed");
    refused(log.govern(None, Measure::Role { whom: ADA, role: Role::Guest }).await, "not_allowed");
    refused(
        log.govern(None, Measure::Mute { whom: UserId::GUEST, until: None, reason: "".into() }).await,
        "no_such_person",
    );
    log.govern(Some(ADA), Measure::Role { whom: BOB, role: Role::Owner }).await.expect("an owner may");
    log.govern(Some(BOB), Measure::Role { whom: ADA, role: Role::Guest }).await.expect("there are two");
    refused(log.govern(Some(ADA), ban(Some(FAR))).await, "not_allowed");
    assert_eq!(log.owners().await.expect("a number"), 1);
    assert_eq!(log.standing(ADA).await.expect("it is known"), Standing::default());
}

pub(in crate::log) async fn whoever_may_not_write_appends_nothing_and_has_their_name(log: &dyn Log) {
    three(log).await;
    for (measure, end, code) in
        [(mute(Some(FAR)), mute(None), "muted"), (ban(Some(FAR)), ban(None), "banned")]
    {
        log.govern(Some(BOB), measure).await.expect("it is taken");
        refused(log.append(draft(CLEO, message("hi"))).await, code);
        refused(log.append(draft(CLEO, Content::Topic { text: "tea".into() })).await, code);
        refused(log.rename(CLEO, named("Cleopatra"), vec![room("lobby")]).await, code);
        appends(log, BOB, message("others do")).await;
        log.govern(Some(BOB), end).await.expect("it is taken back");
        appends(log, CLEO, message("hi")).await;
    }
    // One that is over counts for nothing.
    log.govern(Some(BOB), mute(Some(1))).await.expect("it is taken");
    appends(log, CLEO, message("hi")).await;
    log.govern(Some(ADA), Measure::Password(password(1))).await.expect("an owner may");
    for (door, code) in
        [(Door::Read, "read_only"), (Door::Password, "password_needed"), (Door::Closed, "invitation_needed")]
    {
        log.govern(Some(ADA), Measure::Door(door)).await.expect("an owner may");
        assert_eq!(log.door(), door);
        refused(log.append(draft(CLEO, message("hi"))).await, code);
        refused(log.append(draft(UserId::GUEST, message("hi"))).await, code);
        appends(log, BOB, message("moderators do")).await;
    }
    log.govern(Some(BOB), Measure::Role { whom: CLEO, role: Role::Member }).await.expect("it is taken");
    appends(log, CLEO, message("members do")).await;
    log.append(draft(UserId::GUEST, message("news")).by_moderator()).await.expect("the application does");
}

pub(in crate::log) async fn moderator_deletes_what_those_below_have_said(log: &dyn Log) {
    if !log.keeps() {
        return;
    }
    three(log).await;
    let cleos = appends(log, CLEO, message("rude")).await;
    let bobs = appends(log, BOB, message("hello")).await;
    let adas = appends(log, ADA, message("hello")).await;
    let guests = appends(log, UserId::GUEST, message("hello")).await;
    let deletes = |who, target| log.append(draft(who, Content::Deleted { target }));
    refused(deletes(CLEO, bobs).await, "not_yours");
    refused(deletes(BOB, adas).await, "not_yours");
    refused(log.append(draft(BOB, Content::edit(cleos, "nice"))).await, "not_yours");
    let theirs = log.messages_of(CLEO, 0, Some(BOB), 10).await.expect("they are read");
    assert_eq!(theirs, [], "without a cid it is nobody's client's");
    deletes(BOB, cleos).await.expect("she is below him");
    deletes(BOB, guests).await.expect("so are guests");
    deletes(ADA, bobs).await.expect("he is below her");
    refused(deletes(BOB, cleos).await, "gone");
    let done = log.audit(None, 3).await.expect("it is read");
    let deleted: Vec<_> =
        done.iter().map(|entry| (&*entry.action, entry.by.as_ref().map(|by| by.id))).collect();
    assert_eq!(deleted, [("delete", Some(ADA)), ("delete", Some(BOB)), ("delete", Some(BOB))]);
}

pub(in crate::log) async fn invitation_gives_its_role_as_often_as_it_says(log: &dyn Log) {
    three(log).await;
    let redeem = |who, byte| log.govern(Some(who), Measure::Redeem(LinkHash([byte; 32])));
    refused(redeem(CLEO, 1).await, "bad_invitation");
    refused(log.govern(Some(BOB), Measure::Invite(invitation(1, Role::Owner, None))).await, "not_allowed");
    log.govern(Some(BOB), Measure::Invite(invitation(1, Role::Member, Some(1)))).await.expect("he may");
    redeem(BOB, 1).await.expect("his role is higher: it is not used");
    redeem(CLEO, 1).await.expect("it is good");
    assert_eq!(log.standing(CLEO).await.expect("it is known").role, Role::Member);
    refused(redeem(UserId::new(9), 1).await, "bad_invitation");
    let over = Invitation { until: Some(1), ..invitation(2, Role::Member, None) };
    log.govern(Some(ADA), Measure::Invite(over)).await.expect("she may");
    refused(redeem(UserId::new(9), 2).await, "bad_invitation");
    let any = invitation(3, Role::Moderator, None);
    log.govern(Some(ADA), Measure::Invite(any.clone())).await.expect("she may");
    let listed = log.invitations().await.expect("they are read");
    let listed: Vec<_> =
        listed.iter().map(|one| (one.id, one.role, one.by.as_ref().map(|by| by.id))).collect();
    assert_eq!(listed, [(any.id(), Role::Moderator, Some(ADA))]);
    for who in [7, 8].map(UserId::new) {
        log.greet(who, None).await.expect("a visitor");
        redeem(who, 3).await.expect("it is for any number");
        assert_eq!(log.standing(who).await.expect("it is known").role, Role::Moderator);
    }
    refused(log.govern(Some(BOB), Measure::EndInvitation(any.id())).await, "not_allowed");
    log.govern(Some(ADA), Measure::EndInvitation(any.id())).await.expect("she may");
    refused(redeem(CLEO, 3).await, "bad_invitation");
    // The link for the first owner takes the place of the one before.
    for byte in [4, 5] {
        log.govern(None, Measure::Invite(invitation(byte, Role::Owner, Some(1))))
            .await
            .expect("the operator may");
    }
    refused(redeem(CLEO, 4).await, "bad_invitation");
    redeem(CLEO, 5).await.expect("it is the last");
    assert_eq!(log.owners().await.expect("a number"), 2);
}

pub(in crate::log) async fn password_makes_members_while_the_door_is_by_it(log: &dyn Log) {
    three(log).await;
    let [new, late, banned] = [7, 8, 9].map(UserId::new);
    let give = |who, byte| log.govern(Some(who), Measure::GivePassword(password(byte)));
    let role = async |who| log.standing(who).await.expect("it is known").role;
    assert_eq!(log.password().await.expect("it is read"), None);
    refused(log.govern(Some(ADA), Measure::Door(Door::Password)).await, "bad_value");
    refused(log.govern(Some(BOB), Measure::Password(password(1))).await, "not_allowed");
    log.govern(Some(ADA), Measure::Password(password(1))).await.expect("she may");
    assert_eq!(log.password().await.expect("it is read"), Some(password(1)));
    for who in [new, late, banned] {
        log.greet(who, None).await.expect("a visitor");
    }
    give(new, 1).await.expect("nobody asks for it yet");
    assert_eq!(role(new).await, Role::Guest, "it opens no other door");
    log.govern(Some(ADA), Measure::Door(Door::Password)).await.expect("there is one");
    refused(give(new, 2).await, "wrong_password");
    assert_eq!(role(new).await, Role::Guest);
    let changes = Arc::new(Changes::default());
    log.deliver_to(Arc::clone(&changes) as Arc<dyn Deliver>);
    give(new, 1).await.expect("it is right");
    assert_eq!(role(new).await, Role::Member);
    let member = Standing { role: Role::Member, ..Standing::default() };
    assert_eq!(changes.0.lock().as_slice(), [Change::Standing { who: new, standing: member }]);
    let done = log.audit(None, 1).await.expect("it is read");
    assert_eq!((&*done[0].action, &*done[0].detail), ("redeem", "password"));
    give(BOB, 2).await.expect("whoever has a role needs none");
    assert_eq!(role(BOB).await, Role::Moderator, "and loses none");
    // A ban stands above the password.
    let ban = Measure::Ban { whom: banned, until: Some(FAR), reason: "".into() };
    log.govern(Some(BOB), ban).await.expect("he may");
    refused(give(banned, 1).await, "banned");
    // Another password is for those who come.
    log.govern(None, Measure::Password(password(2))).await.expect("the operator may");
    assert_eq!(role(new).await, Role::Member);
    refused(give(late, 1).await, "wrong_password");
    log.govern(Some(ADA), Measure::Door(Door::Closed)).await.expect("she may");
    refused(give(late, 2).await, "invitation_needed");
    log.govern(Some(ADA), Measure::Door(Door::Password)).await.expect("the password is still there");
    give(late, 2).await.expect("it is right");
    assert_eq!(role(late).await, Role::Member);
    let done = log.audit(None, 9).await.expect("it is read");
    assert!(done.iter().any(|entry| &*entry.action == "password" && entry.detail.is_empty()), "{done:?}");
}

pub(in crate::log) async fn everybody_is_told_of_a_measure_before_it_is_answered(log: &dyn Log) {
    three(log).await;
    let changes = Arc::new(Changes::default());
    log.deliver_to(Arc::clone(&changes) as Arc<dyn Deliver>);
    log.govern(Some(BOB), mute(Some(FAR))).await.expect("it is taken");
    let muted = Standing { muted: Some(FAR), ..Standing::default() };
    assert_eq!(changes.0.lock().as_slice(), [Change::Standing { who: CLEO, standing: muted }]);
    // What changes nothing is told nobody.
    log.govern(Some(BOB), mute(Some(FAR))).await.expect("it is so already");
    log.govern(Some(ADA), Measure::Door(Door::Write)).await.expect("it is so already");
    log.govern(Some(ADA), Measure::Door(Door::Read)).await.expect("it is taken");
    assert_eq!(changes.0.lock()[1..], [Change::Door(Door::Read)]);
    let members = async |after, limit| log.members(MembersRequest { after, limit }).await.expect("a page");
    let page = members(None, 2).await;
    assert_eq!(page.people.iter().map(|(user, _)| user.id).collect::<Vec<_>>(), [ADA, BOB]);
    let page = members(page.next, 2).await;
    assert_eq!((page.people[0].0.id, page.people[0].1, page.next), (CLEO, muted, None));
    let done = log.audit(None, 2).await.expect("it is read");
    let told: Vec<_> = done.iter().map(|entry| (&*entry.action, &*entry.detail, entry.until)).collect();
    assert_eq!(told, [("door", "read", None), ("mute", "loud", Some(FAR))]);
    assert_eq!(done[1].whom.as_ref().map(|whom| &*whom.name), Some("Cleo"));
    let before = log.audit(Some(done[1].id), 1).await.expect("it is read");
    assert_eq!((&*before[0].action, before[0].by.as_ref()), ("role", None), "by the operator");
    let found = log.find_person("cleo").await.expect("it is read");
    assert_eq!(found.map(|user| user.id), Some(CLEO));
}

pub(in crate::log) async fn ban_of_addresses_is_told_and_ends(log: &dyn Log) {
    three(log).await;
    let changes = Arc::new(Changes::default());
    log.deliver_to(Arc::clone(&changes) as Arc<dyn Deliver>);
    let range = |text: &str| text.parse::<AddressRange>().expect(text);
    let ban = |text, until| Measure::BanAddresses { range: range(text), until, reason: "bots".into() };
    refused(log.govern(Some(CLEO), ban("203.0.113.7", Some(FAR))).await, "not_allowed");
    log.govern(Some(BOB), ban("203.0.113.7", Some(FAR))).await.expect("he may");
    log.govern(None, ban("2001:db8::/32", Some(FAR))).await.expect("the operator may");
    let bans = |bans: &[AddressBan]| bans.iter().map(|ban| ban.range.to_string()).collect::<Vec<_>>();
    assert_eq!(bans(&log.address_bans()), ["2001:db8::/32", "203.0.113.7"]);
    {
        let changes = changes.0.lock();
        let Some(Change::Addresses(told)) = changes.last() else { panic!("{changes:?}") };
        assert_eq!(**told, *log.address_bans());
    }
    // One that is over goes with the next change.
    log.govern(None, ban("203.0.113.7", Some(1))).await.expect("it is changed");
    log.govern(None, ban("2001:db8::/32", None)).await.expect("it is ended");
    assert_eq!(bans(&log.address_bans()), [""; 0]);
}

pub(in crate::log) async fn private_room_is_its_peoples_alone(log: &dyn Log) {
    three(log).await;
    let room = room("__pabcdefghijklmnopqrst");
    let says = |who| log.append(Draft::new(&room, who, message("secret")));
    let joins = |who| log.join(JoinRequest { room: room.clone(), who, cursor: None, until: 99, max: 9 });
    let gather = |people| Measure::Gather { room: room.clone(), people };
    let part = |whom| Measure::Part { room: room.clone(), whom };
    for who in [ADA, BOB, CLEO, UserId::GUEST] {
        refused(says(who).await, "members_only");
        refused(joins(who).await, "members_only");
        assert!(!log.may_enter(&room, who).await.expect("it is known"));
    }
    refused(log.govern(Some(BOB), gather(vec![UserId::GUEST])).await, "no_such_person");
    let changes = Arc::new(Changes::default());
    log.deliver_to(Arc::clone(&changes) as Arc<dyn Deliver>);
    log.govern(Some(CLEO), gather(vec![BOB])).await.expect("anybody makes one");
    {
        let changes = changes.0.lock();
        let [Change::Gathered { people, .. }] = &changes[..] else { panic!("{changes:?}") };
        let mut names: Vec<_> = people.iter().map(|user| &*user.name).collect();
        names.sort_unstable();
        assert_eq!(names, ["Bob", "Cleo"]);
    }
    says(CLEO).await.expect("she is in it");
    joins(BOB).await.expect("he is in it");
    // The highest role is none here.
    refused(says(ADA).await, "members_only");
    refused(log.govern(Some(ADA), gather(vec![ADA])).await, "members_only");
    let of = async |who| log.private_rooms(who, None, 9).await.expect("they are read").rooms;
    assert_eq!((of(CLEO).await.len(), of(BOB).await[0].people.len()), (1, 2));
    assert_eq!(log.private_rooms(CLEO, Some(room.clone()), 9).await.expect("they are read").rooms, []);
    log.govern(Some(BOB), gather(vec![ADA])).await.expect("he is in it");
    says(ADA).await.expect("she is in it");
    refused(log.govern(Some(ADA), part(BOB)).await, "not_allowed");
    log.govern(Some(CLEO), part(ADA)).await.expect("she has made it");
    log.govern(Some(BOB), part(BOB)).await.expect("he leaves");
    for who in [ADA, BOB] {
        refused(says(who).await, "members_only");
        refused(joins(who).await, "members_only");
    }
    assert!(matches!(
        changes.0.lock()[..],
        [.., Change::Parted { who: ADA, .. }, Change::Parted { who: BOB, .. }]
    ));
    says(CLEO).await.expect("it is hers");
    assert!(log.audit(None, 9).await.expect("it is read").iter().all(|entry| entry.by.is_none()));
}
