//! From settings to a running server, and down again without losing an answer.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use kaishi_app::state::{Clock, Parts, Site, State, SystemClock};
use kaishi_domain::OrgId;
use kaishi_domain::chance::{self, Chance};
use kaishi_domain::moment::HOUR;
use kaishi_domain::token::{Keys, Purpose};
use kaishi_store::{NewLink, Organization, Store};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::chance::SystemChance;
use crate::setting::Setting;

/// 开市 Kaishi: plans and counts the Saturday service market.
#[derive(clap::Parser)]
#[command(name = "kaishi", version, about)]
pub struct CommandLine {
    /// The file with settings
    #[arg(long, env = "KAISHI_CONFIG", default_value = "Leptos.toml", global = true)]
    pub config: PathBuf,
    #[command(flatten)]
    /// Settings given as flags
    pub setting: Setting,
    /// What to do
    #[command(subcommand)]
    pub verb: Verb,
}

/// What the program can do.
#[derive(clap::Subcommand)]
pub enum Verb {
    /// Serve; needs no configuration
    Serve,
    /// Serve the Fuzhong market, placed on today, and play its morning
    Demo(crate::demo::Demo),
    /// Play a morning against a running server, over real HTTP
    Simulate(crate::simulate::Simulate),
    /// Plan from a file and print the result; no server, no database
    Plan(crate::plan::Plan),
}

/// Opens the database and puts the state together. `clock` replaces the machine's clock.
pub async fn state(setting: &Setting, clock: Option<Arc<dyn Clock>>) -> Result<State> {
    let chance: Arc<dyn Chance> = Arc::new(SystemChance);
    let folder = setting.folder();
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let file = setting.secret_file.clone().unwrap_or_else(|| folder.join("secret.key"));
    let keys = crate::secret::keys(&file, &*chance)?;
    let store = Store::open_by(&setting.database()?, chance.clone(), setting.migrating())
        .await
        .context("opening the database")?;
    let store = store.knowing(crate::holiday::built_in());
    let offset = setting.clock_offset_s.unwrap_or(0).saturating_mul(1000);
    let clock = clock.unwrap_or_else(|| Arc::new(SystemClock { offset }));
    same_key(&store, &keys, &*clock).await?;
    Ok(State::new(Parts {
        store,
        clock,
        chance,
        keys,
        public_url: setting.public()?,
        site: site(),
        limits: setting.limits(),
    }))
}

/// Every node signs with the same key, or posters of one would be false at the next.
async fn same_key(store: &Store, keys: &Keys, clock: &dyn Clock) -> Result<()> {
    let own = keys.check();
    let known = store.key_check(&own, clock.now()).await.context("comparing the master key")?;
    ensure!(
        known == own,
        "this node's master key ({own}) is not the one of this database ({known}); give every node the same key file \
         with --secret-file"
    );
    Ok(())
}

fn site() -> Site {
    let manifest = crate::asset::manifest();
    Site { bundles: owned(manifest.bundles), css: owned(manifest.css), inline: owned(crate::asset::INLINE) }
}

fn owned(table: &[(&str, &str)]) -> BTreeMap<String, String> {
    table.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Takes the address to listen on.
pub async fn listen(setting: &Setting) -> Result<TcpListener> {
    TcpListener::bind(setting.listen())
        .await
        .with_context(|| format!("{} is not free; choose another with --address", setting.listen()))
}

/// Serves until the process is asked to end.
pub async fn run(listener: TcpListener, state: &State, setting: &Setting) -> Result<()> {
    println!("开市 Kaishi {}", state.public_url);
    let stop = CancellationToken::new();
    let router = crate::route::router_until(state, stop.clone());
    setting.bus(&state.store)?.start(state, &stop)?;
    tokio::spawn(crate::chore::run(state.clone(), stop.clone()));
    let ending = async move {
        asked_to_end().await;
        stop.cancel();
    };
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, router).with_graceful_shutdown(ending).await?;
    state.store.close().await;
    Ok(())
}

/// `kaishi serve`: prints a one-time set-up link while nobody has an account.
pub async fn serve(setting: &Setting) -> Result<()> {
    let state = state(setting, None).await?;
    if let Some(address) = set_up_link(&state).await? {
        println!(
            "第一次使用，请打开（只能用一次，24 小时内有效） First use, open once within 24 hours:\n  {address}"
        );
    }
    run(listen(setting).await?, &state, setting).await
}

async fn set_up_link(state: &State) -> Result<Option<String>> {
    let now = state.now();
    let known = state.store.organizations().await?;
    let org = match known.first() {
        Some(first) if state.store.first_organizer(first.id).await?.is_some() => return Ok(None),
        Some(first) => first.id,
        None => {
            let id = OrgId::from_bytes(chance::bytes(&*state.chance));
            let unnamed = Organization { id, name: String::new(), district: String::new() };
            state.store.found(&unnamed, now).await?;
            id
        }
    };
    let link = NewLink {
        purpose: Purpose::Setup,
        org,
        market: None,
        stall: None,
        unit: None,
        expires_at: now.plus(24 * HOUR),
    };
    let id = state.store.link_add(&link, now).await?;
    Ok(Some(state.address(Purpose::Setup, id)))
}

async fn asked_to_end() {
    let interrupt = async { drop(tokio::signal::ctrl_c().await) };
    #[cfg(unix)]
    let terminate = async {
        if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            signal.recv().await;
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
