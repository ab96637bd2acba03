//! Settings: a flag, else an environment variable `KAISHI_…`, else a key of Leptos.toml, else a default.
//! Unknown keys are refused, so that a typing mistake never goes unnoticed.

mod provider;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::CommandFactory as _;
use kaishi_app::state::Limits;
use kaishi_domain::moment::SECOND;
use kaishi_domain::trust::Rules;
use kaishi_store::{Migrating, Store};
use serde::{Deserialize, Serialize};

use crate::bus::Bus;
use crate::log::Format;

/// What an operator may set. Every field is a flag, a variable and a key.
#[derive(Clone, Debug, Default, Serialize, Deserialize, clap::Args)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Setting {
    /// Where to listen [default: 127.0.0.1:3000]
    #[arg(long, env = "KAISHI_ADDRESS", global = true)]
    pub address: Option<SocketAddr>,
    /// Folder of the database file and the key [default: ./data]
    #[arg(long, env = "KAISHI_DATA_DIR", global = true)]
    pub data_dir: Option<PathBuf>,
    /// sqlite:PATH or postgres://… [default: a file in the data folder]
    #[arg(long, env = "KAISHI_DATABASE_URL", global = true)]
    pub database_url: Option<String>,
    /// A file that holds the database address, for secrets
    #[arg(long, env = "KAISHI_DATABASE_URL_FILE", global = true)]
    pub database_url_file: Option<PathBuf>,
    /// How the outside reaches this server, as printed on posters [default: `http://ADDRESS`]
    #[arg(long, env = "KAISHI_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// A file with the master key, 64 hexadecimal digits [default: made in the data folder]
    #[arg(long, env = "KAISHI_SECRET_FILE", global = true)]
    pub secret_file: Option<PathBuf>,
    /// How nodes tell each other what moved: local, postgres, postgres://… or nats://… [default: postgres where the
    /// database is one, else local]
    #[arg(long, env = "KAISHI_BUS", global = true)]
    pub bus: Option<String>,
    /// Whether a node that brings the schema up to date locks others out meanwhile; false for engines without
    /// advisory locks [default: true]
    #[arg(long, env = "KAISHI_MIGRATION_LOCK", global = true)]
    pub migration_lock: Option<bool>,
    /// The most screens that may be open on this node
    #[arg(long, env = "KAISHI_STREAMS", global = true)]
    pub streams: Option<usize>,
    /// A proxy whose X-Forwarded-For is believed; may be given more than once, or with commas
    #[arg(long, env = "KAISHI_PROXY", value_delimiter = ',', global = true)]
    pub proxy: Option<Vec<IpAddr>>,
    /// Taps of one phone in ten minutes; the next is asked to wait. 0 is no limit [default: 12]
    #[arg(long, env = "KAISHI_PHONE_TAPS", global = true)]
    pub phone_taps: Option<i64>,
    /// Taps a second at one poster over time, 0 is no limit. Protects the server and nothing else, so it lies far
    /// above any stall: 3 a second would refuse a talk of a hundred people that ends, and a whole market that is played
    /// in a minute. A benchmark of one poster raises it and says so [default: 1000]
    #[arg(long, env = "KAISHI_POSTER_RATE", global = true)]
    pub poster_rate: Option<i64>,
    /// Taps at one poster at once, above the rate [default: 5000]
    #[arg(long, env = "KAISHI_POSTER_BURST", global = true)]
    pub poster_burst: Option<i64>,
    /// Milliseconds from page to tap that a person needs; sooner is noted [default: 1500]
    #[arg(long, env = "KAISHI_DWELL_MS", global = true)]
    pub dwell_ms: Option<i64>,
    /// Seconds from one stall to the next; sooner is noted [default: 20]
    #[arg(long, env = "KAISHI_HURRY_S", global = true)]
    pub hurry_s: Option<i64>,
    /// Stalls of one phone in an hour; more is noted [default: 12]
    #[arg(long, env = "KAISHI_ROUNDS", global = true)]
    pub rounds: Option<i64>,
    /// New phones a minute from one network at one poster; more is noted, and with a second sign waits for review.
    /// Never a ban: a whole neighbourhood may share one address [default: 60]
    #[arg(long, env = "KAISHI_MANY_NEW", global = true)]
    pub many_new: Option<i64>,
    /// People a minute at one stall that no stall sees; more waits for review [default: 3000]
    #[arg(long, env = "KAISHI_SURGE", global = true)]
    pub surge: Option<i64>,
    /// An address of its own for `/metrics`, `/healthz` and `/readyz`, which only the operator's network reaches
    #[arg(long, env = "KAISHI_METRICS_ADDRESS", global = true)]
    pub metrics_address: Option<SocketAddr>,
    /// What `/metrics` at the public address asks for as `Authorization: Bearer`; without one it is not there
    #[arg(long, env = "KAISHI_METRICS_TOKEN", global = true, hide_env_values = true)]
    pub metrics_token: Option<String>,
    /// A file that holds this token
    #[arg(long, env = "KAISHI_METRICS_TOKEN_FILE", global = true)]
    pub metrics_token_file: Option<PathBuf>,
    /// What is logged, as `warn,kaishi=debug` [default: warn,kaishi=info]
    #[arg(long, env = "KAISHI_LOG", global = true)]
    pub log: Option<String>,
    /// text, or json: one object a line [default: text]
    #[arg(long, env = "KAISHI_LOG_FORMAT", global = true)]
    pub log_format: Option<Format>,
    /// Days after an appeal is closed until its contact is deleted and numbers in its words are masked [default: 30]
    #[arg(long, env = "KAISHI_CONTACT_DAYS", global = true)]
    pub contact_days: Option<u16>,
    /// A host that organizers may have messages sent to, https at its usual port; with a port, `10.0.0.5:8080`, also plain
    /// http and addresses of a private network. May be given more than once, or with commas [default: none]
    #[arg(long, env = "KAISHI_WEBHOOK_HOSTS", value_delimiter = ',', global = true)]
    pub webhook_hosts: Option<Vec<String>>,
    /// Every account needs a second factor beside its password. Off by default, for the demo; an installation that is
    /// reached from the internet turns it on
    #[arg(long, env = "KAISHI_REQUIRE_TOTP", num_args = 0..=1, default_missing_value = "true", global = true)]
    pub require_totp: Option<bool>,
    /// An `OpenID` provider that accounts may sign in by, as it writes itself: `https://id.example.cn`. Accounts are linked
    /// by their owner or by an admin, never made by it [default: none]
    #[arg(long, env = "KAISHI_OIDC_ISSUER", global = true)]
    pub oidc_issuer: Option<String>,
    /// The name by which the provider knows this server
    #[arg(long, env = "KAISHI_OIDC_CLIENT", global = true)]
    pub oidc_client: Option<String>,
    /// The secret that the provider gave for that name
    #[arg(long, env = "KAISHI_OIDC_SECRET", global = true, hide_env_values = true)]
    pub oidc_secret: Option<String>,
    /// A file that holds this secret
    #[arg(long, env = "KAISHI_OIDC_SECRET_FILE", global = true)]
    pub oidc_secret_file: Option<PathBuf>,
    /// What people call the provider, for the button at the door [default: its host]
    #[arg(long, env = "KAISHI_OIDC_NAME", global = true)]
    pub oidc_name: Option<String>,
    /// Seconds added to the clock; for tests
    #[arg(long, env = "KAISHI_CLOCK_OFFSET_S", global = true, hide = true)]
    pub clock_offset_s: Option<i64>,
}

#[derive(Default, Deserialize)]
struct File {
    #[serde(default)]
    kaishi: Setting,
}

/// Variables that begin like ours and belong to the tools round the server.
const TOOL_VARIABLES: [&str; 5] =
    ["KAISHI_TEST_POSTGRES", "KAISHI_BENCH_DIR", "KAISHI_HOSTILE", "KAISHI_HOSTILE_SEED", "KAISHI_VERSION"];

impl Setting {
    /// Fills what flags and environment left open from the file, and refuses unknown keys and variables.
    pub fn complete(self, file: &Path) -> Result<Self> {
        refuse_unknown_variables(std::env::vars().map(|(name, _)| name))?;
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(|| format!("reading {}", file.display())),
        };
        let from: File = toml::from_str(&text).with_context(|| format!("in {}", file.display()))?;
        Ok(self.or(from.kaishi))
    }

    fn or(self, other: Self) -> Self {
        Self {
            address: self.address.or(other.address),
            data_dir: self.data_dir.or(other.data_dir),
            database_url: self.database_url.or(other.database_url),
            database_url_file: self.database_url_file.or(other.database_url_file),
            public_url: self.public_url.or(other.public_url),
            secret_file: self.secret_file.or(other.secret_file),
            bus: self.bus.or(other.bus),
            migration_lock: self.migration_lock.or(other.migration_lock),
            streams: self.streams.or(other.streams),
            proxy: self.proxy.or(other.proxy),
            phone_taps: self.phone_taps.or(other.phone_taps),
            poster_rate: self.poster_rate.or(other.poster_rate),
            poster_burst: self.poster_burst.or(other.poster_burst),
            dwell_ms: self.dwell_ms.or(other.dwell_ms),
            hurry_s: self.hurry_s.or(other.hurry_s),
            rounds: self.rounds.or(other.rounds),
            many_new: self.many_new.or(other.many_new),
            surge: self.surge.or(other.surge),
            metrics_address: self.metrics_address.or(other.metrics_address),
            metrics_token: self.metrics_token.or(other.metrics_token),
            metrics_token_file: self.metrics_token_file.or(other.metrics_token_file),
            log: self.log.or(other.log),
            log_format: self.log_format.or(other.log_format),
            contact_days: self.contact_days.or(other.contact_days),
            webhook_hosts: self.webhook_hosts.or(other.webhook_hosts),
            require_totp: self.require_totp.or(other.require_totp),
            oidc_issuer: self.oidc_issuer.or(other.oidc_issuer),
            oidc_client: self.oidc_client.or(other.oidc_client),
            oidc_secret: self.oidc_secret.or(other.oidc_secret),
            oidc_secret_file: self.oidc_secret_file.or(other.oidc_secret_file),
            oidc_name: self.oidc_name.or(other.oidc_name),
            clock_offset_s: self.clock_offset_s.or(other.clock_offset_s),
        }
    }

    /// The numbers that an operator may turn.
    pub fn limits(&self) -> Result<Limits> {
        let Limits { ticket_age, streams, rules, proxies, contact_days, second, .. } = Limits::default();
        let host =
            |text: &String| text.parse().with_context(|| format!("{text} is no host for webhook-hosts"));
        Ok(Limits {
            ticket_age,
            streams: self.streams.unwrap_or(streams),
            rules: Rules {
                dwell: self.dwell_ms.unwrap_or(rules.dwell),
                hurry: self.hurry_s.map_or(rules.hurry, |seconds| seconds.saturating_mul(SECOND)),
                rounds: self.rounds.unwrap_or(rules.rounds),
                many_new: self.many_new.unwrap_or(rules.many_new),
                surge: self.surge.unwrap_or(rules.surge),
                phone_taps: self.phone_taps.unwrap_or(rules.phone_taps),
                poster_rate: self.poster_rate.unwrap_or(rules.poster_rate),
                poster_burst: self.poster_burst.unwrap_or(rules.poster_burst),
            },
            proxies: self.proxy.clone().unwrap_or(proxies),
            contact_days: self.contact_days.map_or(contact_days, i64::from),
            hosts: self.webhook_hosts.iter().flatten().map(host).collect::<Result<_>>()?,
            second: self.require_totp.unwrap_or(second),
            provider: self.provider()?,
        })
    }

    /// How this node and others hear of each other.
    pub fn bus(&self, store: &Store) -> Result<Bus> {
        self.bus.as_deref().map_or_else(|| Ok(Bus::of(store)), str::parse)
    }

    /// How the schema is brought up to date.
    pub fn migrating(&self) -> Migrating {
        if self.migration_lock.unwrap_or(true) { Migrating::Locked } else { Migrating::Unlocked }
    }

    /// Where to listen.
    pub fn listen(&self) -> SocketAddr {
        self.address.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)))
    }

    /// Folder of the database file and the key.
    pub fn folder(&self) -> PathBuf {
        self.data_dir.clone().unwrap_or_else(|| PathBuf::from("data"))
    }

    /// What `/metrics` asks for.
    pub fn token(&self) -> Result<Option<String>> {
        let token = match &self.metrics_token_file {
            Some(file) => Some(secret(file)?),
            None => self.metrics_token.clone(),
        };
        if token.as_ref().is_some_and(|token| token.len() < 16) {
            bail!("the token of /metrics has at least 16 characters");
        }
        Ok(token)
    }

    /// The file with the master key.
    pub fn key_file(&self) -> PathBuf {
        self.secret_file.clone().unwrap_or_else(|| self.folder().join("secret.key"))
    }

    /// The file of the database; `None` where it is not one.
    pub fn database_file(&self) -> Result<Option<PathBuf>> {
        let url = self.database()?;
        let Some(rest) = url.strip_prefix("sqlite:") else { return Ok(None) };
        let path = rest.strip_prefix("//").unwrap_or(rest);
        Ok(Some(PathBuf::from(path.split('?').next().unwrap_or(path))))
    }

    /// Address of the database.
    pub fn database(&self) -> Result<String> {
        if let Some(file) = &self.database_url_file {
            return secret(file);
        }
        Ok(self
            .database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite:{}", self.folder().join("kaishi.db").display())))
    }

    /// How the outside reaches this server; without a slash at the end.
    pub fn public(&self) -> Result<String> {
        let url = self.public_url.clone().unwrap_or_else(|| format!("http://{}", self.listen()));
        let url = url.trim_end_matches('/').to_owned();
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        match rest {
            Some(host) if !host.is_empty() && !host.contains('/') => Ok(url),
            _ => bail!("the public URL must look like https://ks.example.cn, not {url}"),
        }
    }
}

fn secret(file: &Path) -> Result<String> {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    Ok(text.trim().to_owned())
}

fn refuse_unknown_variables(names: impl Iterator<Item = String>) -> Result<()> {
    let command = crate::serve::CommandLine::command();
    let known: Vec<String> = command
        .get_arguments()
        .chain(command.get_subcommands().flat_map(clap::Command::get_arguments))
        .filter_map(|argument| argument.get_env().map(|name| name.to_string_lossy().into_owned()))
        .collect();
    for name in names.filter(|name| name.starts_with("KAISHI_")) {
        if !known.contains(&name) && !TOOL_VARIABLES.contains(&name.as_str()) {
            bail!("unknown setting {name} in the environment; `kaishi --help` lists those that exist");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Result<Setting> {
        let name = format!("kaishi-setting-{}-{:?}.toml", std::process::id(), std::thread::current().id());
        let file = std::env::temp_dir().join(name);
        std::fs::write(&file, text).unwrap();
        let read = Setting::default().complete(&file);
        std::fs::remove_file(&file).unwrap();
        read
    }

    #[test]
    fn the_file_fills_what_flags_left_open() {
        let setting =
            written("[kaishi]\naddress = \"127.0.0.1:4000\"\n[package.metadata.leptos]\nsite-root = \"x\"\n");
        let setting = setting.unwrap();
        assert_eq!(setting.listen().port(), 4000);
        assert_eq!(setting.public().unwrap(), "http://127.0.0.1:4000");
        let flag = Setting { address: Some(([127, 0, 0, 1], 5000).into()), ..Setting::default() };
        assert_eq!(flag.or(setting).listen().port(), 5000);
    }

    #[test]
    fn unknown_keys_and_variables_are_refused() {
        assert!(written("[kaishi]\nadress = \"127.0.0.1:4000\"\n").is_err());
        assert!(refuse_unknown_variables(["KAISHI_ADRESS".to_owned()].into_iter()).is_err());
        assert!(refuse_unknown_variables(["KAISHI_ADDRESS".to_owned(), "PATH".into()].into_iter()).is_ok());
    }

    #[test]
    fn messages_go_nowhere_unless_hosts_are_listed() {
        assert!(Setting::default().limits().unwrap().hosts.is_empty());
        let with = |hosts: &str| written(&format!("[kaishi]\nwebhook-hosts = [{hosts}]\n")).unwrap().limits();
        assert_eq!(with("\"hooks.example.cn\", \"10.0.0.5:8080\"").unwrap().hosts.len(), 2);
        assert!(with("\"https://hooks.example.cn/\"").is_err());
    }

    #[test]
    fn a_public_url_is_a_scheme_and_a_host() {
        let with = |url: &str| Setting { public_url: Some(url.into()), ..Setting::default() };
        assert_eq!(with("https://ks.example.cn/").public().unwrap(), "https://ks.example.cn");
        assert!(with("ks.example.cn").public().is_err());
        assert!(with("https://ks.example.cn/market").public().is_err());
    }
}
