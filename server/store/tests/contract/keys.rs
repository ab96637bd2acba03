//! From one key to the next: heads and contacts move with the database, all or nothing, once.

use std::future::Future;
use std::sync::Arc;

use kaishi_domain::appeal::{AppealCode, Category, Contact, NewAppeal, Words};
use kaishi_domain::chance::{self, Chance};
use kaishi_domain::encounter::Source;
use kaishi_domain::id::hex;
use kaishi_domain::seal::Seal;
use kaishi_store::{Error, Hand, Store, Turn, Vault};

use crate::house::{House, NOW, chance};

/// A database of each engine, opened anew with whichever seal is asked for.
async fn on_both<F, Fut>(story: F)
where
    F: Fn(Engine) -> Fut,
    Fut: Future<Output = ()>,
{
    let chance = chance();
    let name = hex(&chance::bytes::<8>(&*chance));
    let folder = std::env::temp_dir().join(format!("kaishi-keys-{name}"));
    std::fs::create_dir_all(&folder).unwrap();
    let url = format!("sqlite:{}", folder.join("kaishi.db").display());
    story(Engine { url, schema: None, chance: chance.clone() }).await;
    std::fs::remove_dir_all(&folder).unwrap();
    let url = std::env::var("KAISHI_TEST_POSTGRES")
        .expect("KAISHI_TEST_POSTGRES names no PostgreSQL; `make test` starts one");
    story(Engine { url, schema: Some(format!("k{name}")), chance }).await;
}

struct Engine {
    url: String,
    schema: Option<String>,
    chance: Arc<dyn Chance>,
}

impl Engine {
    async fn open(&self, seal: Seal, vault: Vault) -> Store {
        let store = match &self.schema {
            Some(schema) => Store::open_postgres_schema(&self.url, schema, self.chance.clone(), seal).await,
            None => Store::open(&self.url, self.chance.clone(), seal).await,
        };
        store.unwrap().keeping(vault)
    }
}

fn old() -> (Seal, Vault) {
    (Seal::new([7; 32]), Vault::new([9; 32]))
}

fn new() -> (Seal, Vault) {
    (Seal::new([17; 32]).after_others([[7; 32]]), Vault::numbered(2, [19; 32]).after_others([(1, [9; 32])]))
}

async fn raised(house: &House) -> AppealCode {
    let new = NewAppeal {
        org: house.org,
        market: house.market.market,
        stall: None,
        channel: Source::Paper,
        category: Category::Help,
        words: Words::parse("路灯不亮").unwrap(),
        grid: None,
        code: None,
        contact: Contact::parse("13800138000").unwrap(),
        nonce: "n".into(),
    };
    house.store.appeal_raise(&new, None, NOW).await.unwrap().code
}

async fn is_sound(store: &Store) -> bool {
    store.verify(&[]).await.unwrap().iter().all(|proof| proof.flaws.is_empty())
}

#[tokio::test]
async fn heads_and_contacts_move_to_the_next_key_once_and_need_the_old_one_for_old_rows_only() {
    on_both(|engine| async move {
        let (seal, vault) = old();
        let first = engine.open(seal.clone(), vault).await;
        assert_eq!(first.key_check("one", NOW).await.unwrap(), "one");
        let house = House::build(first).await;
        let code = raised(&house).await;
        let by = house.by;
        house.store.close().await;

        let (next, vault) = new();
        let store = engine.open(next, vault).await;
        assert!(!is_sound(&store).await, "the heads are of the old key still");
        let turn = Turn { from: (1, "one".into()), to: (2, "two".into()) };
        let done = store.rekey(&seal, &turn, NOW).await.unwrap();
        assert_eq!((done.heads, done.contacts), (2, 1), "a ledger and a trail");
        assert!(matches!(store.rekey(&seal, &turn, NOW).await, Err(Error::Taken(_))), "once");
        assert_eq!(store.key_known().await.unwrap().as_deref(), Some("two"));
        assert!(is_sound(&store).await);
        let contact = store.contact_read(Hand::Organizer(&by), code, NOW).await.unwrap();
        assert_eq!(contact.as_str(), "13800138000");
        let trail = store.trail_own(&by, None).await.unwrap();
        assert!(!trail.acts.is_empty(), "and it goes on");
        assert!(is_sound(&store).await);
        store.close().await;

        // The new vault alone opens it; the new seal alone does not prove rows of before.
        let alone = engine.open(Seal::new([17; 32]), Vault::numbered(2, [19; 32])).await;
        let contact = alone.contact_read(Hand::Organizer(&by), code, NOW).await.unwrap();
        assert_eq!(contact.as_str(), "13800138000");
        assert!(!is_sound(&alone).await);
        alone.close().await;
        let (seal, vault) = old();
        let back = engine.open(seal, vault).await;
        assert!(!is_sound(&back).await, "nor does the old one know what came after it");
        back.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_head_that_was_broken_stays_so_under_the_next_key() {
    on_both(|engine| async move {
        let (seal, vault) = old();
        let first = engine.open(seal.clone(), vault).await;
        first.key_check("one", NOW).await.unwrap();
        let house = House::build(first).await;
        house.store.close().await;
        let other = Seal::new([66; 32]);
        let (next, vault) = new();
        let store = engine.open(next, vault).await;
        let turn = Turn { from: (1, "one".into()), to: (2, "two".into()) };
        store.rekey(&other, &turn, NOW).await.unwrap();
        assert!(!is_sound(&store).await, "heads that the key of before had not marked");
        store.close().await;
    })
    .await;
}
