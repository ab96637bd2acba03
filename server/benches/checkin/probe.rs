//! What the machine can do at all: the least server that stores a visit durably, one by one and in groups.

use std::path::Path;

use anyhow::Result;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use kaishi_domain::chance;
use kaishi_server::chance::SystemChance;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use tokio::sync::{mpsc, oneshot};

use crate::load::{Load, form};

/// A running probe.
pub(crate) struct Probe {
    address: String,
}

impl Load for Probe {
    fn address(&self) -> String {
        self.address.clone()
    }

    fn request(&self) -> String {
        let nonce = format!("{:032x}", u128::from_be_bytes(chance::bytes(&SystemChance)));
        form(&self.address, "/", "v=0", &nonce)
    }

    fn yes(&self) -> u16 {
        303
    }
}

const INSERT: &str = "insert into visit (nonce, stall, at) values ($1, 'a', 1) on conflict do nothing";

async fn database(file: &Path) -> Result<SqlitePool> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    sqlx::query("create table visit (nonce text primary key, stall text not null, at bigint not null)")
        .execute(&pool)
        .await?;
    Ok(pool)
}

async fn serve(router: Router) -> Result<Probe> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(Probe { address })
}

/// Each visit in a commit of its own.
pub(crate) async fn single(file: &Path) -> Result<Probe> {
    async fn visit(
        State(pool): State<SqlitePool>,
        nonce: String,
    ) -> (StatusCode, [(&'static str, &'static str); 1]) {
        match sqlx::query(INSERT).bind(nonce).execute(&pool).await {
            Ok(_) => (StatusCode::SEE_OTHER, [("location", "/done")]),
            Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, [("location", "/")]),
        }
    }
    serve(Router::new().route("/", post(visit)).with_state(database(file).await?)).await
}

type Job = (String, oneshot::Sender<()>);

/// All that arrived while the last transaction committed in one transaction.
pub(crate) async fn grouped(file: &Path) -> Result<Probe> {
    async fn visit(
        State(door): State<mpsc::Sender<Job>>,
        nonce: String,
    ) -> (StatusCode, [(&'static str, &'static str); 1]) {
        let (reply, answer) = oneshot::channel();
        let entered = door.send((nonce, reply)).await;
        if entered.is_ok() && answer.await.is_ok() {
            (StatusCode::SEE_OTHER, [("location", "/done")])
        } else {
            (StatusCode::INTERNAL_SERVER_ERROR, [("location", "/")])
        }
    }
    let pool = database(file).await?;
    let (door, mut inbox) = mpsc::channel::<Job>(4096);
    tokio::spawn(async move {
        let mut jobs = Vec::new();
        while inbox.recv_many(&mut jobs, 512).await > 0 {
            if commit(&pool, &jobs).await.is_ok() {
                for (_, reply) in jobs.drain(..) {
                    let _ = reply.send(());
                }
            }
            jobs.clear();
        }
    });
    serve(Router::new().route("/", post(visit)).with_state(door)).await
}

async fn commit(pool: &SqlitePool, jobs: &[Job]) -> Result<()> {
    let mut tx = pool.begin_with("begin immediate").await?;
    for (nonce, _) in jobs {
        sqlx::query(INSERT).bind(nonce).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(())
}
