//! From settings to a running server, and down again without losing an answer.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use kaishi_app::state::{Clock, Parts, Site, State, SystemClock};
use kaishi_domain::OrgId;
use kaishi_domain::chance::{self, Chance};
use kaishi_domain::moment::HOUR;
use kaishi_domain::token::{Keys, Purpose};
use kaishi_store::{NewLink, Organization, Store};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::chance::SystemChance;
use crate::live::Hub;
use crate::metrics::{Metrics, Token};
use crate::operate;
use crate::outbox::Postman;
use crate::secret::{Ring, Secret};
use crate::setting::Setting;

/// The version, with the commit that it was built from where that is known.
pub const VERSION: &str = env!("KAISHI_VERSION");

/// 开市 Kaishi: plans and counts the Saturday service market.
#[derive(clap::Parser)]
#[command(name = "kaishi", version = VERSION, about)]
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

/// How long open connections may take to end.
const PATIENCE: Duration = Duration::from_secs(8);

/// What the program can do.
#[derive(clap::Subcommand)]
pub enum Verb {
    /// Serve; needs no configuration
    Serve,
    /// Serve the Fuzhong market, placed on today, and play its morning
    Demo(crate::demo::Demo),
    /// Play a morning against a running server, over real HTTP
    Simulate(crate::simulate::Simulate),
    /// Prove that nobody but this program wrote the ledger and the audit trail; exit code 1 when it is broken
    Verify,
    /// Bring the schema up to date; `serve` does the same when it starts
    Migrate(operate::migrate::Migrate),
    /// Write everything into a file, while the server runs
    Backup(operate::backup::Backup),
    /// Put a backup in the place of the data; the server must not run
    Restore(operate::restore::Restore),
    /// Copy everything into another, empty database
    Copy(operate::backup::Copy),
    /// Write one Saturday into a folder, as CSV and JSON
    Export(operate::export::Export),
    /// Look after accounts
    User(operate::account::User),
    /// Look after the master keys: list, rotate, void
    Key(operate::key::Key),
    /// Print the settings as they are in force, secrets masked
    CheckConfig,
    /// Ask a running server whether it is ready; the exit code says so
    Healthcheck,
    /// Delete what is past its time: contacts, what identifies reporters, keys of market days
    Retention(crate::retention::Retention),
    /// Plan from a file and print the result; no server, no database
    Plan(crate::plan::Plan),
}

/// Opens the database and puts the state together. `clock` replaces the machine's clock.
pub async fn state(setting: &Setting, clock: Option<Arc<dyn Clock>>) -> Result<State> {
    let chance: Arc<dyn Chance> = Arc::new(SystemChance);
    let folder = setting.folder();
    std::fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let (file, known) = (setting.key_file(), setting.key_file().exists());
    let ring = crate::secret::ring(&file, &*chance)?;
    let secret = Secret::of(&ring)?;
    let store = Store::open_by(&setting.database()?, chance.clone(), secret.seal, setting.migrating())
        .await
        .context("opening the database")?;
    let store = store.knowing(crate::holiday::built_in()).keeping(secret.vault);
    let offset = setting.clock_offset_s.unwrap_or(0).saturating_mul(1000);
    let clock = clock.unwrap_or_else(|| Arc::new(SystemClock { offset }));
    if let Err(error) = same_key(&store, (&ring, &file), &secret.keys, &*clock).await {
        if !known {
            // It was made a moment ago, and would hide that the one of this database is missing.
            drop(std::fs::remove_file(&file));
        }
        return Err(error);
    }
    crate::retention::mend(&store, clock.now()).await?;
    Ok(State::new(Parts {
        store,
        clock,
        chance,
        keys: secret.keys,
        public_url: setting.public()?,
        site: site(),
        limits: setting.limits()?,
    }))
}

/// Every node signs with the same key, or posters of one would be false at the next.
async fn same_key(store: &Store, (ring, file): (&Ring, &Path), keys: &Keys, clock: &dyn Clock) -> Result<()> {
    store.key_check(&keys.check(), clock.now()).await.context("comparing the master key")?;
    operate::key::belongs(store, ring, file).await
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
pub async fn run(setting: &Setting, listener: TcpListener, state: &State) -> Result<()> {
    let _serving = operate::lock::serving(&setting.folder())?;
    println!("开市 Kaishi {}", state.public_url);
    let stop = CancellationToken::new();
    let hub = Hub::new(state.clone(), stop.clone());
    let watch = Metrics::new(&state.store, hub.streams());
    let token = Token(setting.token()?);
    let numbers = apart(setting, state, &watch, stop.clone()).await?;
    let ring = crate::secret::ring(&setting.key_file(), &SystemChance)?;
    let works = crate::works::Works::new(&setting.folder(), ring);
    let router = crate::route::router_watched(state, hub, (watch, token)).layer(axum::Extension(works));
    setting.bus(&state.store)?.start(state, &stop)?;
    tokio::spawn(crate::chore::run(state.clone(), stop.clone()));
    if !state.limits.hosts.is_empty() {
        tokio::spawn(Postman::new(state)?.run(stop.clone()));
    }
    let anchor = tokio::spawn(crate::anchor::follow(state.clone(), setting.folder(), stop.clone()));
    let asked = stop.clone();
    let ending = async move {
        asked_to_end().await;
        asked.cancel();
    };
    let patience = crate::accept::Patience { ending: PATIENCE, ..crate::accept::Patience::default() };
    crate::accept::accept(listener, router, patience, ending).await;
    anchor.await?;
    numbers.await??;
    state.store.close().await;
    Ok(())
}

/// Serves what operators ask at an address of its own, where the settings name one.
async fn apart(
    setting: &Setting,
    state: &State,
    watch: &Metrics,
    stop: CancellationToken,
) -> Result<JoinHandle<std::io::Result<()>>> {
    let Some(address) = setting.metrics_address else { return Ok(tokio::spawn(async { Ok(()) })) };
    let listener = TcpListener::bind(address).await.with_context(|| format!("{address} is not free"))?;
    let router = crate::route::machine::operations(state, watch);
    let ending = async move { stop.cancelled().await };
    Ok(tokio::spawn(async move { axum::serve(listener, router).with_graceful_shutdown(ending).await }))
}

/// `kaishi serve`: prints a one-time set-up link while nobody has an account.
pub async fn serve(setting: &Setting) -> Result<()> {
    let state = state(setting, None).await?;
    if let Some(address) = set_up_link(&state).await? {
        println!(
            "第一次使用，请打开（只能用一次，24 小时内有效） First use, open once within 24 hours:\n  {address}"
        );
    }
    run(setting, listen(setting).await?, &state).await
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
