//! How nodes start: with the same key or not at all, and together on an engine that has no locks to offer.

use std::sync::Arc;

use kaishi_domain::seal::Seal;
use kaishi_server::chance::SystemChance;
use kaishi_store::{Migrating, Store};

use super::ONE_AT_A_TIME;
use super::cluster::{Cluster, Database, refused};

#[tokio::test]
async fn a_node_with_another_master_key_refuses_to_start() {
    let _turn = ONE_AT_A_TIME.lock().await;
    let database = Database::fresh().await;
    {
        let cluster = Cluster::start(&[&database.url], "postgres").await;
        let data = cluster.folder.path.join("stranger");
        let options = [("--database-url", &*database.url), ("--data-dir", data.to_str().unwrap())];
        let (well, said) = refused(&options);
        assert!(!well);
        assert!(said.contains("this node's master key") && said.contains("--secret-file"), "{said}");
    }
    database.drop().await;
}

#[tokio::test]
async fn nodes_that_start_at_once_bring_the_schema_up_to_date_without_a_lock() {
    let database = Database::fresh().await;
    let open =
        || Store::open_by(&database.url, Arc::new(SystemChance), Seal::new([7; 32]), Migrating::Unlocked);
    for store in futures::future::join_all([open(), open(), open()]).await {
        let store = store.unwrap();
        store.ping().await.unwrap();
        store.close().await;
    }
    database.drop().await;
}
