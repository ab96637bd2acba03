//! Who works where and as what, invitations, sessions, the organizations above and below, the trail.

use kaishi_domain::actor::{Admin, Operator, Role, Roles};
use kaishi_domain::moment::HOUR;
use kaishi_domain::organization::Kind;
use kaishi_domain::token::second::Owner;
use kaishi_domain::{AccountId, Moment, OrgId, Refusal};
use kaishi_store::session::{ACCOUNT, AGENT, BEGAN, ORG};
use kaishi_store::{Account, Error, Invitation, Organization};
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::SessionStore;

use crate::house::{House, NOW, on_both};

fn admin(house: &House) -> Admin {
    Admin::operator(house.org, house.by.account())
}

async fn somebody(house: &House, login: &str, role: Role) -> AccountId {
    let account =
        Account { org: house.org, id: AccountId::new(NOW, house.random()), login: login.into(), role };
    house.store.account_add(&account, "hash", NOW).await.unwrap();
    account.id
}

async fn session(house: &House, account: AccountId, began: Moment) -> Record {
    let mut record = Record {
        id: Id(i128::from_be_bytes(house.random())),
        data: [
            (ORG.to_owned(), house.org.to_string().into()),
            (ACCOUNT.to_owned(), account.to_string().into()),
            (BEGAN.to_owned(), began.millis().into()),
            (AGENT.to_owned(), "iPhone · WeChat".into()),
        ]
        .into(),
        expiry_date: time::OffsetDateTime::now_utc() + time::Duration::hours(1),
    };
    house.store.create(&mut record).await.unwrap();
    record
}

#[tokio::test]
async fn who_organizes_first_looks_after_accounts_and_the_next_does_not() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let first = house.store.actor(house.org, house.by.account()).await.unwrap().unwrap();
        assert!(first.admin().is_ok() && first.organizer().is_ok());
        let second = somebody(&house, "second", Role::Organizer).await;
        let second = house.store.actor(house.org, second).await.unwrap().unwrap();
        assert!(second.organizer().is_ok() && second.admin().is_err());
    })
    .await;
}

#[tokio::test]
async fn roles_change_at_once_and_cut_the_sessions() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let who = somebody(&house, "second", Role::Organizer).await;
        let open = session(&house, who, NOW).await;
        let viewer = Roles::only(Role::Committee);
        house.store.person_roles(&admin(&house), who, viewer, NOW).await.unwrap();
        assert!(house.store.load(&open.id).await.unwrap().is_none(), "who had other roles signs in again");
        let actor = house.store.actor(house.org, who).await.unwrap().unwrap();
        assert!(actor.roles() == viewer && actor.organizer().is_err());
        let none = house.store.person_roles(&admin(&house), who, Roles::default(), NOW).await.unwrap_err();
        assert!(matches!(none, Error::Refused(Refusal::Missing("role"))));
        let own =
            house.store.person_roles(&admin(&house), house.by.account(), viewer, NOW).await.unwrap_err();
        assert!(matches!(own, Error::Refused(Refusal::WrongState(_))), "somebody looks after accounts");
        let people = house.store.people(&admin(&house).auditor()).await.unwrap();
        assert_eq!(people.len(), 2);
        let first = people.iter().find(|person| person.id == house.by.account()).unwrap();
        assert_eq!(first.roles, Roles::only(Role::Organizer).with(Role::Admin));
        let stranger = Admin::operator(OrgId::from_number(house.org.number() ^ 1).unwrap(), who);
        let foreign = house.store.person_roles(&stranger, who, viewer, NOW).await.unwrap_err();
        assert!(matches!(foreign, Error::Missing("account")));
    })
    .await;
}

#[tokio::test]
async fn whoever_leaves_is_out_at_once_and_may_come_back() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let who = somebody(&house, "second", Role::Auditor).await;
        let open = session(&house, who, NOW).await;
        house.store.person_leave(&admin(&house), who, NOW).await.unwrap();
        assert!(house.store.load(&open.id).await.unwrap().is_none());
        assert!(house.store.actor(house.org, who).await.unwrap().is_none());
        assert!(house.store.login(house.org, "second").await.unwrap().is_none(), "no password opens it");
        let again = house.store.person_leave(&admin(&house), who, NOW).await.unwrap_err();
        assert!(matches!(again, Error::Missing("account")));
        assert_eq!(
            house.store.login_of(house.org, who).await.unwrap(),
            "second",
            "what was done keeps its name"
        );
        house.store.person_return(&admin(&house), who, NOW).await.unwrap();
        let actor = house.store.actor(house.org, who).await.unwrap().unwrap();
        assert!(actor.auditor().is_ok());
        let last = house.store.person_leave(&admin(&house), house.by.account(), NOW).await.unwrap_err();
        assert!(matches!(last, Error::Refused(Refusal::WrongState(_))));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_is_for_one_person_and_one_use() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (by, until, roles) = (admin(&house), NOW.plus(HOUR), Roles::only(Role::Auditor));
        let link = house.store.invite(&by, roles, until, NOW).await.unwrap();
        assert_eq!(house.store.invitation(link, NOW).await.unwrap(), Invitation::Join(roles));
        assert_eq!(house.store.invitations(&by, NOW).await.unwrap().len(), 1);
        let id = AccountId::new(NOW, house.random());
        let taken =
            house.store.invited_account((link, roles), id, ("organizer", "hash"), NOW).await.unwrap_err();
        assert!(matches!(taken, Error::Taken(_)), "and the link is still good");
        house.store.invited_account((link, roles), id, ("third", "hash"), NOW).await.unwrap();
        assert!(house.store.actor(house.org, id).await.unwrap().unwrap().auditor().is_ok());
        let twice = AccountId::new(NOW, house.random());
        let gone =
            house.store.invited_account((link, roles), twice, ("fourth", "hash"), NOW).await.unwrap_err();
        assert!(matches!(gone, Error::Missing("link")));
        assert!(house.store.login(house.org, "fourth").await.unwrap().is_none(), "nothing of it was written");
        assert!(house.store.invitations(&by, NOW).await.unwrap().is_empty());
        let other = house.store.invite(&by, roles, until, NOW).await.unwrap();
        house.store.invitation_revoke(&by, other, NOW).await.unwrap();
        assert!(house.store.invitation(other, NOW).await.is_err());
        assert!(house.store.invite(&by, Roles::default(), until, NOW).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let who = somebody(&house, "second", Role::Organizer).await;
        let (here, there) = (session(&house, who, NOW).await, session(&house, who, NOW.plus(-HOUR)).await);
        let seen = house.store.sessions(house.org, who).await.unwrap();
        assert_eq!(
            seen.iter().map(|one| &one.id).collect::<Vec<_>>(),
            [&here.id.to_string(), &there.id.to_string()]
        );
        assert_eq!(seen[0].agent, "iPhone · WeChat");
        let keep = here.id.to_string();
        house.store.password_set((house.org, who), "newer", Some(&keep), NOW).await.unwrap();
        assert!(house.store.load(&here.id).await.unwrap().is_some());
        assert!(house.store.load(&there.id).await.unwrap().is_none());
        assert_eq!(house.store.password_hash(house.org, who).await.unwrap(), "newer");

        let third = session(&house, who, NOW).await;
        house.store.sessions_end(house.org, who, &third.id.to_string()).await.unwrap();
        assert!(house.store.load(&here.id).await.unwrap().is_none());

        let link = house.store.invite_password(&admin(&house), who, NOW.plus(HOUR), NOW).await.unwrap();
        let asked = house.store.invitation(link, NOW).await.unwrap();
        assert_eq!(asked, Invitation::Password(who, "second".into()));
        house.store.invited_password(link, who, "newest", NOW).await.unwrap();
        assert!(house.store.load(&third.id).await.unwrap().is_none(), "the link ends every session");
        assert!(house.store.invited_password(link, who, "once more", NOW).await.is_err());
        assert_eq!(house.store.password_hash(house.org, who).await.unwrap(), "newest");
    })
    .await;
}

/// A street with an operator who put the house's community under it.
async fn street(house: &House) -> (Operator, OrgId) {
    let by = Operator::of(house.org, house.by.account());
    let id = OrgId::from_bytes(house.random());
    let new = Organization { id, name: "莲花街道党工委".into(), district: "福田区".into() };
    house.store.found_under(&by, (&new, Kind::Street), None, NOW).await.unwrap();
    house.store.put_under(&by, house.org, id, NOW).await.unwrap();
    (by, id)
}

#[tokio::test]
async fn an_account_works_at_several_organizations_with_roles_of_their_own() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (_, street) = street(&house).await;
        let boss = Account {
            org: street,
            id: AccountId::new(NOW, house.random()),
            login: "boss".into(),
            role: Role::Organizer,
        };
        house.store.account_add(&boss, "hash", NOW).await.unwrap();
        let (by, viewer) = (Admin::operator(street, boss.id), Roles::only(Role::Committee));
        let who = somebody(&house, "second", Role::Organizer).await;
        let link = house.store.invite(&by, viewer, NOW.plus(HOUR), NOW).await.unwrap();
        let later = NOW.plus(1);
        house.store.invited_join((link, viewer), (house.org, who, "second"), later).await.unwrap();
        let there = house.store.actor(street, who).await.unwrap().unwrap();
        assert!(there.org() == street && there.organizer().is_err());
        assert!(house.store.actor(house.org, who).await.unwrap().unwrap().organizer().is_ok());
        let places = house.store.postings(house.org, who).await.unwrap();
        assert_eq!(places.iter().map(|place| place.id).collect::<Vec<_>>(), [house.org, street]);

        let far = house.store.invite_password(&by, who, NOW.plus(HOUR), NOW).await.unwrap_err();
        assert!(matches!(far, Error::Missing("account")), "its password is kept at home");
        let open = session(&house, who, NOW).await;
        house.store.person_leave(&by, who, NOW).await.unwrap();
        assert!(house.store.load(&open.id).await.unwrap().is_none(), "sessions at home are cut as well");
        assert!(house.store.actor(street, who).await.unwrap().is_none());
        assert!(house.store.actor(house.org, who).await.unwrap().is_some(), "at home it works on");

        house.store.person_leave(&admin(&house), who, NOW).await.unwrap();
        house.store.person_return(&by, who, NOW).await.unwrap();
        assert!(
            house.store.actor(street, who).await.unwrap().is_none(),
            "disabled at home is disabled everywhere"
        );
    })
    .await;
}

#[tokio::test]
async fn a_street_sees_sums_of_those_below_and_of_nobody_else() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (by, street) = street(&house).await;
        let other = OrgId::from_bytes(house.random());
        let new =
            Organization { id: other, name: "景华社区党委".into(), district: "莲花街道".into() };
        house.store.found_under(&by, (&new, Kind::Community), Some(street), NOW.plus(1)).await.unwrap();
        let viewer = kaishi_domain::actor::Organizer::operator(street, house.by.account()).viewer();
        let below = house.store.below(&viewer, "2023-05-13").await.unwrap();
        assert_eq!(below.iter().map(|one| one.node.organization.id).collect::<Vec<_>>(), [house.org, other]);
        let today = below[0].today.clone().unwrap();
        assert_eq!((today.held_on.as_str(), today.encounters, today.raised), ("2023-05-13", 0, 0));
        assert!(below[0].last.is_none() && below[1].today.is_none());
        let later = house.store.below(&viewer, "2023-05-14").await.unwrap();
        assert!(later[0].today.is_none() && later[0].last.is_some());
        assert!(house.store.below(&house.by.viewer(), "2023-05-13").await.unwrap().is_empty());

        let wrong = house.store.put_under(&by, street, other, NOW).await.unwrap_err();
        assert!(matches!(wrong, Error::Refused(Refusal::Malformed("superior"))));
        let district = OrgId::from_bytes(house.random());
        let new = Organization { id: district, name: "福田区委".into(), district: "深圳市".into() };
        house.store.found_under(&by, (&new, Kind::District), None, NOW).await.unwrap();
        house.store.put_under(&by, other, district, NOW).await.unwrap();
        assert_eq!(house.store.below(&viewer, "2023-05-13").await.unwrap().len(), 1, "it was moved away");
        let tree = house.store.tree(&by).await.unwrap();
        let moved = tree.iter().find(|node| node.organization.id == other).unwrap();
        assert_eq!((moved.kind, moved.above), (Kind::Community, Some(district)));
    })
    .await;
}

#[tokio::test]
async fn the_trail_tells_every_act_on_people_newest_first() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let by = admin(&house);
        let who = somebody(&house, "second", Role::Auditor).await;
        for n in 1..=60 {
            let role = if n % 2 == 0 { Role::Auditor } else { Role::Committee };
            house.store.person_roles(&by, who, role.into(), NOW.plus(n)).await.unwrap();
            house.store.invite(&by, role.into(), NOW.plus(HOUR), NOW.plus(n)).await.unwrap();
        }
        let newest = house.store.trail(&by.auditor(), None).await.unwrap();
        assert!(newest.acts.len() == 100 && newest.more);
        assert_eq!(newest.acts[0].login.as_deref(), Some("organizer"), "an account is called by its name");
        let last = newest.acts.last().unwrap();
        let earlier = house.store.trail(&by.auditor(), Some((last.at, last.id.clone()))).await.unwrap();
        assert!(!earlier.more && !earlier.acts.is_empty());
        let both: std::collections::BTreeSet<_> =
            newest.acts.iter().chain(&earlier.acts).map(|act| act.id.clone()).collect();
        assert_eq!(both.len(), newest.acts.len() + earlier.acts.len(), "no row twice");
        assert!(earlier.acts.iter().any(|act| act.verb == "person.join"));
    })
    .await;
}

#[tokio::test]
async fn a_second_factor_is_proved_once_used_once_and_taken_away() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, owner) = (&house.store, Owner { home: house.org, account: house.by.account() });
        assert!(store.second(&owner).await.unwrap().is_none());
        store.second_begin(&owner, 1, [1; 16], NOW).await.unwrap();
        store.second_begin(&owner, 2, [2; 16], NOW).await.unwrap();
        let begun = store.second(&owner).await.unwrap().unwrap();
        assert_eq!(
            (begun.key, begun.salt, begun.confirmed),
            (2, [2; 16], false),
            "begun again before it is proved"
        );
        assert!(!store.second_use(&owner, 7).await.unwrap(), "it opens nothing yet");
        assert!(!store.seat(house.org, owner.account).await.unwrap().unwrap().second);
        let digests = ["one".to_owned(), "two".to_owned()];
        store.second_confirm(&owner, 7, &digests, NOW).await.unwrap();
        assert!(store.second_confirm(&owner, 8, &digests, NOW).await.is_err());
        assert!(store.second_begin(&owner, 3, [3; 16], NOW).await.is_err(), "what is proved stays");
        assert!(store.seat(house.org, owner.account).await.unwrap().unwrap().second);
        assert!(!store.second_use(&owner, 7).await.unwrap(), "used when it was proved");
        let (one, two) = tokio::join!(store.second_use(&owner, 9), store.second_use(&owner, 9));
        assert!(one.unwrap() != two.unwrap(), "one of two who come with the same digits");
        assert!(!store.second_use(&owner, 8).await.unwrap(), "an earlier half minute");
        let code = ["nothing".to_owned(), "two".to_owned()];
        assert!(store.recovery_use(&owner, &code, NOW).await.unwrap());
        assert!(!store.recovery_use(&owner, &code, NOW).await.unwrap());
        assert_eq!(store.recovery_left(&owner).await.unwrap(), 1);
        let other = Owner { home: OrgId::from_number(house.org.number() ^ 1).unwrap(), ..owner };
        assert!(!store.recovery_use(&other, &["one".to_owned()], NOW).await.unwrap());
        let open = session(&house, owner.account, NOW).await;
        store.person_second_off(&admin(&house), owner.account, NOW).await.unwrap();
        assert!(store.load(&open.id).await.unwrap().is_none());
        assert!(store.second(&owner).await.unwrap().is_none());
        assert!(store.second_off(&owner, NOW).await.is_err());
    })
    .await;
}
