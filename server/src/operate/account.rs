//! `kaishi user`: accounts from the command line. A password comes from the terminal, from standard input or from a
//! file, and never from the arguments, which every other user of the machine can read.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use kaishi_domain::actor::Role;
use kaishi_domain::{AccountId, OrgId, chance};
use kaishi_store::{Account, Error, Store};

use crate::chance::SystemChance;
use crate::setting::Setting;

/// The shortest password.
const SHORTEST: usize = 10;

/// Look after accounts.
#[derive(clap::Args, Clone, Debug)]
pub struct User {
    #[command(subcommand)]
    verb: Verb,
    /// The organization, where there is more than one
    #[arg(long, global = true)]
    org: Option<OrgId>,
    /// A file with the password [default: asked for, or the first line of standard input]
    #[arg(long, global = true)]
    password_file: Option<PathBuf>,
}

#[derive(clap::Subcommand, Clone, Debug)]
enum Verb {
    /// Add an account
    Add {
        /// The name to sign in with
        login: String,
        /// organizer or committee
        #[arg(long, default_value = "organizer")]
        role: String,
    },
    /// Give an account another password and end its sessions; opens one that was shut
    Passwd {
        /// The name to sign in with
        login: String,
    },
    /// List the accounts
    List,
    /// Shut an account and end its sessions
    Disable {
        /// The name to sign in with
        login: String,
    },
}

impl User {
    /// Does it.
    pub async fn run(&self, setting: &Setting) -> Result<()> {
        let store = super::ours(setting).await?;
        let done = self.act(&store).await;
        store.close().await;
        done
    }

    async fn act(&self, store: &Store) -> Result<()> {
        let (org, now) = (self.organization(store).await?, super::now());
        match &self.verb {
            Verb::Add { login, role } => {
                let login = login.trim();
                ensure!(!login.is_empty(), "the name must not be empty");
                let role = Role::from_code(role).map_err(|_| anyhow::anyhow!("there is no role {role}"))?;
                let hash = crate::route::account::hash(self.password()?).await.context("hashing")?;
                let id = AccountId::new(now, chance::bytes(&SystemChance));
                let account = Account { org, id, login: login.to_owned(), role };
                match store.account_add(&account, &hash, now).await {
                    Err(Error::Taken(login)) => bail!("there is an account {login} already"),
                    done => done?,
                }
                println!("{login} may sign in");
            }
            Verb::Passwd { login } => {
                let hash = crate::route::account::hash(self.password()?).await.context("hashing")?;
                known(login, store.operator_rehash(org, login, &hash, now).await)?;
                println!("{login} has another password and is signed out everywhere");
            }
            Verb::Disable { login } => {
                known(login, store.operator_disable(org, login, now).await)?;
                println!("{login} is shut and signed out everywhere");
            }
            Verb::List => {
                for one in store.accounts(org).await? {
                    let state = if one.disabled.is_some() { "shut" } else { "open" };
                    println!("{:<16} {state} {}", one.roles.to_string(), one.login);
                }
            }
        }
        Ok(())
    }

    async fn organization(&self, store: &Store) -> Result<OrgId> {
        let known = store.organizations().await?;
        match (self.org, known.as_slice()) {
            (Some(org), _) if known.iter().any(|one| one.id == org) => Ok(org),
            // The one that was founded first looks after most accounts.
            (None, [first, ..]) => Ok(first.id),
            (Some(org), _) => bail!("there is no organization {org}"),
            (None, []) => {
                bail!("there is no organization yet; `kaishi serve` prints a link that makes the first")
            }
        }
    }

    fn password(&self) -> Result<String> {
        let text = match &self.password_file {
            Some(file) => {
                std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?
            }
            None if std::io::stdin().is_terminal() => rpassword::prompt_password("密码 Password: ")?,
            None => {
                let mut line = String::new();
                std::io::stdin().lock().read_line(&mut line)?;
                line
            }
        };
        let password = text.trim_end_matches(['\r', '\n']).to_owned();
        ensure!(password.chars().count() >= SHORTEST, "a password has at least {SHORTEST} characters");
        Ok(password)
    }
}

fn known(login: &str, done: kaishi_store::Result<()>) -> Result<()> {
    match done {
        Err(Error::Missing(_)) => bail!("there is no open account {login}"),
        done => Ok(done?),
    }
}
