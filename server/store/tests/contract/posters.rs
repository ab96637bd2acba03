//! Posters and what a scan reads: one identity a stall, rotated or revoked on purpose only.

use kaishi_domain::actor::Resident;
use kaishi_domain::assignment::{Act, Change};
use kaishi_domain::encounter::Encounter;
use kaishi_domain::entry::{Entry, Needs, Way};
use kaishi_domain::market::Plan;
use kaishi_domain::poster::{Poster, PosterState};
use kaishi_domain::{EncounterId, EntryId, OrgId, PosterId, StallId};
use kaishi_store::{Error, Recorded, Step};

use crate::house::{House, NOW, on_both};

async fn stall(house: &House, no: &str) -> StallId {
    let id = StallId::new(NOW, house.random());
    house.store.stall_add(&house.by, house.market.market, id, no, "A").await.unwrap();
    id
}

async fn make(house: &House, stall: StallId) -> Poster {
    house.store.poster_make(&house.by, house.market.market, stall, NOW).await.unwrap()
}

#[tokio::test]
async fn printing_again_keeps_the_identity_and_rotating_does_not() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let stall = stall(&house, "2").await;
        let first = make(&house, stall).await;
        assert_eq!((first.revision, first.state), (1, PosterState::Active));
        assert_eq!(first.id.org(), house.org, "the code leads to its organization");
        assert_eq!(make(&house, stall).await, first);

        let second = house.store.poster_rotate(&house.by, first.id, NOW.plus(1)).await.unwrap();
        assert_eq!((second.revision, second.state), (2, PosterState::Active));
        assert_ne!(second.id, first.id);
        assert_eq!(make(&house, stall).await, second);
        let old = house.store.poster(first.id, NOW.plus(2)).await.unwrap();
        assert_eq!(old.poster.state, PosterState::Replaced);
        let twice = house.store.poster_rotate(&house.by, first.id, NOW.plus(3)).await;
        assert!(matches!(twice, Err(Error::Missing(_))), "a replaced poster is not rotated again");
        assert_eq!(house.store.posters(&house.by, house.market.market).await.unwrap(), [second]);
    })
    .await;
}

#[tokio::test]
async fn ten_who_print_and_rotate_at_once_leave_one_active_poster() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let stall = stall(&house, "2").await;
        let (store, by, market) = (&house.store, house.by, house.market.market);
        let made: Vec<Poster> = futures::future::join_all((0..10).map(|_| make(&house, stall))).await;
        assert!(made.iter().all(|poster| *poster == made[0]));
        let turned =
            futures::future::join_all((0..10).map(|_| store.poster_rotate(&by, made[0].id, NOW))).await;
        assert_eq!(turned.iter().filter(|turned| turned.is_ok()).count(), 1);
        let active = store.posters(&by, market).await.unwrap();
        assert_eq!((active.len(), active[0].revision), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn a_revoked_poster_is_known_as_such_at_once_here_and_soon_elsewhere() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let stall = stall(&house, "2").await;
        let poster = make(&house, stall).await;
        let seen = house.store.poster(poster.id, NOW).await.unwrap();
        assert_eq!((seen.poster.state, seen.sign.no.as_str()), (PosterState::Active, "2"));
        assert_eq!((seen.organization.as_str(), seen.day_key), ("福中社区党委", Some([7; 32])));

        assert!(house.store.poster_revoke(&house.by, poster.id, NOW).await.unwrap());
        assert!(!house.store.poster_revoke(&house.by, poster.id, NOW).await.unwrap(), "once is enough");
        let seen = house.store.poster(poster.id, NOW).await.unwrap();
        assert_eq!(seen.poster.state, PosterState::Revoked);
        let next = make(&house, stall).await;
        assert_eq!((next.revision, next.state), (2, PosterState::Active), "a new one can be printed");
    })
    .await;
}

#[tokio::test]
async fn a_stall_with_a_unit_misses_a_poster_until_one_of_the_day_or_of_the_place_opens() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (store, by, market) = (&house.store, house.by, house.market.market);
        let missing = || async { house.store.posters_missing(house.market).await.unwrap() };
        let stall = stall(&house, "2").await;
        assert_eq!(missing().await, 0, "nobody stands yet");
        let entry = Entry {
            id: EntryId::new(NOW, house.random()),
            unit: None,
            unit_name: String::new(),
            name: "书画".into(),
            zone: "A".into(),
            services: Vec::new(),
            needs: Needs::default(),
            wishes: Vec::new(),
            way: Way::Bid,
            arrived: false,
        };
        store.entry_add(&by, market, &entry, NOW).await.unwrap();
        let change = Change { entry: entry.id, from: None, to: Some(stall), pinned: false };
        let step = Step { change, reason: String::new() };
        store.arrange(&by, market, Act::Hand, &[step], NOW).await.unwrap();
        assert_eq!(missing().await, 1);
        let poster = make(&house, stall).await;
        assert_eq!(missing().await, 0);
        store.poster_revoke(&by, poster.id, NOW).await.unwrap();
        assert_eq!(missing().await, 1);
        let ground = store.market(house.market).await.unwrap().ground;
        store.standing_poster_make(&by, ground, "2", NOW).await.unwrap();
        assert_eq!(missing().await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_stranger_finds_and_changes_nothing() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let stall = stall(&house, "2").await;
        let poster = make(&house, stall).await;
        let other = kaishi_domain::actor::Organizer::operator(
            OrgId::from_number(house.org.number() ^ 1).unwrap(),
            house.by.account(),
        );
        let market = house.market.market;
        assert!(matches!(house.store.poster_make(&other, market, stall, NOW).await, Err(Error::Missing(_))));
        assert!(matches!(house.store.poster_rotate(&other, poster.id, NOW).await, Err(Error::Missing(_))));
        assert!(!house.store.poster_revoke(&other, poster.id, NOW).await.unwrap());
        assert!(house.store.posters(&other, market).await.unwrap().is_empty());
        let unknown = PosterId::new(house.org, [0; 5]);
        assert!(matches!(house.store.poster(unknown, NOW).await, Err(Error::Missing(_))));
    })
    .await;
}

#[tokio::test]
async fn signs_come_in_the_order_of_their_numbers() {
    on_both(|store| async move {
        let house = House::build(store).await;
        for no in ["10", "2", "1"] {
            stall(&house, no).await;
        }
        let signs = house.store.signs(house.market, NOW).await.unwrap();
        let numbers: Vec<&str> = signs.iter().map(|sign| sign.no.as_str()).collect();
        assert_eq!(numbers, ["1", "2", "10"]);
        assert!(signs.iter().all(|sign| sign.name.is_empty() && sign.unit.is_empty() && !sign.withdrawn));
        assert!(house.store.places(house.market, Plan::Fair, NOW).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_visit_is_read_by_its_form_or_by_its_visitor() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let (two, three) = (stall(&house, "2").await, stall(&house, "3").await);
        let scan = |stall: StallId, nonce: [u8; 16], n: i64, minute: i64| {
            let resident = Resident {
                org: house.org,
                market: house.market.market,
                stall,
                poster: PosterId::new(house.org, [1; 5]),
            };
            let at = NOW.plus(minute * 60_000);
            let id = EncounterId::new(at, house.random());
            Encounter::scan(id, &resident, n, nonce, Some([9; 16]), at).unwrap()
        };
        let (first, second, visitor) = ("01".repeat(16), "02".repeat(16), "09".repeat(16));
        assert_eq!(house.store.visit(house.market, two, &first, &visitor).await.unwrap(), None);
        house.store.append(scan(three, [3; 16], 1, 0)).await.unwrap();
        house.store.append(scan(two, [1; 16], 3, 1)).await.unwrap();
        let again = house.store.append(scan(two, [2; 16], 1, 2)).await.unwrap();
        assert!(matches!(again, Recorded::SecondVisit(_)));

        let visit = house.store.visit(house.market, two, &first, "").await.unwrap().unwrap();
        assert_eq!((visit.own, visit.n, visit.tagged, visit.taken_back), (true, 3, true, false));
        let visit = house.store.visit(house.market, two, &second, &visitor).await.unwrap().unwrap();
        assert_eq!((visit.own, visit.n, visit.at), (false, 3, NOW.plus(60_000)));
        assert_eq!(house.store.visit(house.market, two, &second, "").await.unwrap(), None);
        assert_eq!(house.store.visit(house.market, three, &first, "").await.unwrap(), None);
        assert_eq!(house.store.stamps(house.market, &visitor).await.unwrap(), [three, two]);

        house.store.take_back(house.market, &first, NOW.plus(3 * 60_000)).await.unwrap();
        let visit = house.store.visit(house.market, two, &first, "").await.unwrap().unwrap();
        assert!(visit.taken_back);
        assert_eq!(house.store.stamps(house.market, &visitor).await.unwrap(), [three]);
        assert!(house.store.stamps(house.market, "").await.unwrap().is_empty());
    })
    .await;
}
