//! The two engines, fresh for each story, and an organization with one Saturday to begin from.
#![allow(dead_code, reason = "each story uses the part of the house that it needs")]

use std::future::Future;
use std::path::PathBuf;
use std::str::FromStr as _;
use std::sync::Arc;

use kaishi_domain::actor::{Organizer, Role};
use kaishi_domain::chance::{self, Chance, Seeded};
use kaishi_domain::id::hex;
use kaishi_domain::market::{Market, Plan, Stage, Zone};
use kaishi_domain::moment::HOUR;
use kaishi_domain::seal::Seal;
use kaishi_domain::{AccountId, GroundId, MarketId, MarketRef, Moment, OrgId};
use kaishi_store::{Account, Organization, Pool, Store, Vault};
use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

/// The demo's square.
pub const GROUND: &str = include_str!("../../../demo/ground.json");
/// Noon of the Fuzhong market.
pub const NOW: Moment = Moment::from_millis(1_683_945_720_000);

/// Randomness that no two stories share.
pub fn chance() -> Arc<dyn Chance> {
    let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64;
    Arc::new(Seeded::new(seed ^ u64::from(std::process::id()).rotate_left(32)))
}

/// Tells one story to both engines, each with a database of its own.
pub async fn on_both<F, Fut>(story: F)
where
    F: Fn(Store) -> Fut,
    Fut: Future<Output = ()>,
{
    behind_both(|store, _| story(store)).await;
}

/// The same with a way to the database behind the store's back, without its guards.
pub async fn behind_both<F, Fut>(story: F)
where
    F: Fn(Store, Pool) -> Fut,
    Fut: Future<Output = ()>,
{
    let place = Place::new();
    let (sqlite, postgres) = (place.sqlite().await, place.postgres().await);
    let options = SqliteConnectOptions::from_str(&place.file()).unwrap().foreign_keys(false);
    let behind = SqlitePool::connect_lazy_with(options);
    story(sqlite.clone(), Pool::Sqlite(behind.clone())).await;
    behind.close().await;
    sqlite.close().await;
    std::fs::remove_dir_all(&place.folder).unwrap();

    let options = PgConnectOptions::from_str(&place.url).unwrap().options([("search_path", &place.schema)]);
    let behind = PgPool::connect_lazy_with(options);
    story(postgres.clone(), Pool::Postgres(behind.clone())).await;
    behind.close().await;
    postgres.close().await;
}

/// The same with two nodes on each database.
pub async fn on_both_by_two<F, Fut>(story: F)
where
    F: Fn(Store, Store) -> Fut,
    Fut: Future<Output = ()>,
{
    let place = Place::new();
    let (one, other) = (place.sqlite().await, place.sqlite().await);
    story(one.clone(), other.clone()).await;
    one.close().await;
    other.close().await;
    std::fs::remove_dir_all(&place.folder).unwrap();

    let (one, other) = (place.postgres().await, place.postgres().await);
    story(one.clone(), other.clone()).await;
    one.close().await;
    other.close().await;
}

/// A new database of each engine.
struct Place {
    chance: Arc<dyn Chance>,
    folder: PathBuf,
    url: String,
    schema: String,
}

impl Place {
    fn new() -> Self {
        let chance = chance();
        let name = hex(&chance::bytes::<8>(&*chance));
        let folder = std::env::temp_dir().join(format!("kaishi-contract-{name}"));
        std::fs::create_dir_all(&folder).unwrap();
        let url = std::env::var("KAISHI_TEST_POSTGRES")
            .expect("KAISHI_TEST_POSTGRES names no PostgreSQL; `make test` starts one");
        Self { chance, folder, url, schema: format!("t{name}") }
    }

    fn file(&self) -> String {
        format!("sqlite:{}", self.folder.join("kaishi.db").display())
    }

    async fn sqlite(&self) -> Store {
        let store = Store::open(&self.file(), self.chance.clone(), Seal::new([7; 32])).await.unwrap();
        store.keeping(Vault::new([9; 32]))
    }

    async fn postgres(&self) -> Store {
        let (chance, seal) = (self.chance.clone(), Seal::new([7; 32]));
        let store = Store::open_postgres_schema(&self.url, &self.schema, chance, seal).await.unwrap();
        store.keeping(Vault::new([9; 32]))
    }
}

/// An organization with an organizer, a ground and one Saturday.
pub struct House {
    pub store: Store,
    pub org: OrgId,
    pub by: Organizer,
    pub market: MarketRef,
    pub ground: GroundId,
    pub chance: Arc<dyn Chance>,
}

impl House {
    /// Builds the house in an empty store.
    pub async fn build(store: Store) -> Self {
        let chance = chance();
        let org = OrgId::from_bytes(chance::bytes(&*chance));
        store
            .found(&Organization { id: org, name: "福中社区党委".into(), district: "莲花街道".into() }, NOW)
            .await
            .unwrap();
        let account = Account {
            org,
            id: AccountId::new(NOW, chance::bytes(&*chance)),
            login: "organizer".into(),
            role: Role::Organizer,
        };
        store.account_add(&account, "hash", NOW).await.unwrap();
        let by = Organizer::operator(org, account.id);
        let ground = GroundId::new(NOW, chance::bytes(&*chance));
        store.ground_add(&by, ground, ("诗园小广场", GROUND), NOW).await.unwrap();
        let market = Market {
            org,
            id: MarketId::new(NOW, chance::bytes(&*chance)),
            name: "党员服务市集".into(),
            theme: "党群开市".into(),
            tagline: "党员摆摊，群众赶集".into(),
            held_on: "2023-05-13".into(),
            opens_at: NOW.plus(-2 * HOUR),
            closes_at: NOW.plus(2 * HOUR),
            time_zone: "Asia/Shanghai".into(),
            stage: Stage::Open,
            plan: Plan::Fair,
            weather: "晴 29℃".into(),
            ground,
            host: "莲花街道党工委".into(),
            organizer: "福中社区党委".into(),
            participants: "各党支部".into(),
            zones: vec![Zone { letter: "A".into(), name: "民有所呼，我有所应".into() }],
            ordinal: 14,
        };
        store.market_add(&by, &market, [7; 32], NOW).await.unwrap();
        let market = MarketRef { org, market: market.id };
        Self { store, org, by, market, ground, chance }
    }

    /// So many random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        chance::bytes(&*self.chance)
    }
}
