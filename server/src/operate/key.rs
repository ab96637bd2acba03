//! `kaishi key`: which keys there are, the next one, and one that is honoured no more.

use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use kaishi_domain::moment::Day;
use kaishi_domain::seal::Seal;
use kaishi_store::{Store, Turn};

use crate::anchor::{self, Kept};
use crate::chance::SystemChance;
use crate::secret::{Ring, Secret};
use crate::setting::Setting;

/// Look after the master keys.
#[derive(clap::Args, Clone, Debug)]
pub struct Key {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand, Clone, Debug)]
enum Verb {
    /// Say which keys there are and since when; never the keys themselves
    List,
    /// Make a key that signs from now on; what the ones before it signed is honoured still. The server must not run
    Rotate,
    /// Honour nothing any more that an older key signed: posters, links, codes and second factors of it are dead
    Void {
        /// The number of the key
        id: u8,
    },
}

impl Key {
    /// Does it.
    pub async fn run(&self, setting: &Setting) -> Result<()> {
        match self.verb {
            Verb::List => list(&super::ring(setting)?),
            Verb::Rotate => rotate(setting).await?,
            Verb::Void { id } => void(setting, id).await?,
        }
        Ok(())
    }
}

fn list(ring: &Ring) {
    for (nth, key) in ring.keys().iter().enumerate() {
        let since = key.since.map_or_else(|| "-".to_owned(), |day| day.to_string());
        let state = match (nth, key.is_void) {
            (0, _) => "signs now",
            (_, true) => "void: only proves what was written with it",
            (_, false) => "honoured",
        };
        println!("{:>3}  since {since:<10}  {state}", key.id);
    }
}

async fn rotate(setting: &Setting) -> Result<()> {
    let (folder, file, url) = (setting.folder(), setting.key_file(), setting.database()?);
    let _alone = super::lock::alone(&folder)?;
    let ring = super::ring(setting)?;
    let signs = ring.keys()[0].id;
    let secret = Secret::of(&ring)?;
    let store = super::current(&url, secret.seal).await?;
    let known = store.key_check(&secret.keys.check(), super::now()).await?;
    let Some((id, _)) = Secret::checked(&ring, &known)? else { bail!(foreign(&file, &known)) };
    if id != signs {
        println!("the turn from key {id} to key {signs} was begun and is finished now");
        return settle(store, &ring, &folder).await;
    }
    ensure!(
        super::verify::prove(&store, &[]).await?,
        "the chains are broken, see above; nothing was changed"
    );
    let next = ring.turned(&SystemChance, today()?)?;
    next.write(&file)?;
    store.close().await;
    let store = super::current(&url, Secret::of(&next)?.seal).await?;
    settle(store, &next, &folder).await?;
    println!("give every node this {} before it starts, and keep it apart from the backups", file.display());
    Ok(())
}

/// Moves a database, with the heads beside it, to the key that signs now.
async fn settle(store: Store, ring: &Ring, folder: &Path) -> Result<()> {
    let now = Secret::of(ring)?;
    let store = store.keeping(now.vault);
    let known = store.key_known().await?.unwrap_or_default();
    let Some((id, then)) = Secret::checked(ring, &known)? else {
        bail!("{known} is of no key that is known here")
    };
    let signs = ring.keys()[0].id;
    let turn = Turn { from: (id, known), to: (signs, now.keys.check()) };
    let done = store.rekey(&then.seal, &turn, super::now()).await.context("moving to the new key")?;
    println!(
        "key {signs} signs now: {} heads marked anew, {} contacts closed anew",
        done.heads, done.contacts
    );
    if let Kept::Refused(why) = anchor::rewrite(&store, &then.seal, folder, super::now()).await? {
        println!("heads beside the data were left as they are: {why}; see `kaishi verify`");
    }
    store.close().await;
    Ok(())
}

async fn void(setting: &Setting, id: u8) -> Result<()> {
    let file = setting.key_file();
    let ring = super::ring(setting)?;
    let store = super::ours(setting).await?;
    store.close().await;
    ring.voided(id)?.write(&file)?;
    println!(
        "from the next start on nothing is honoured that key {id} signed: print posters again, hand out links again, \
         set up second factors of that time again; rows that it wrote are still proved"
    );
    Ok(())
}

/// Fails unless a database belongs to the key that signs now.
pub(crate) async fn belongs(store: &Store, ring: &Ring, file: &Path) -> Result<()> {
    let Some(known) = store.key_known().await? else { return Ok(()) };
    let signs = ring.keys()[0].id;
    match Secret::checked(ring, &known)? {
        Some((id, _)) if id == signs => Ok(()),
        Some((id, _)) => bail!(
            "this database is still of key {id}, and {} signs with key {signs}; `kaishi key rotate` finishes the turn",
            file.display()
        ),
        None => bail!(foreign(file, &known)),
    }
}

fn foreign(file: &Path, known: &str) -> String {
    format!(
        "this node's master key is not the one of this database ({known}); put the key file that belongs to it in the \
         place of {}, the same for every node, or name it with --secret-file",
        file.display()
    )
}

/// Opens a backup, and answers the seal of the key that it was made under.
pub(super) async fn opened(url: &str, ring: &Ring) -> Result<(Store, Seal)> {
    let chance = std::sync::Arc::new(SystemChance);
    let store = Store::open(url, chance.clone(), Secret::of(ring)?.seal).await?;
    let known = store.key_known().await?;
    let then = known.map(|known| Secret::checked(ring, &known)).transpose()?.flatten();
    let Some((id, then)) = then.filter(|(id, _)| *id != ring.keys()[0].id) else {
        return Ok((store, Secret::of(ring)?.seal));
    };
    store.close().await;
    println!("this backup is of key {id}");
    Ok((Store::open(url, chance, then.seal.clone()).await?, then.seal))
}

/// Moves what was restored to the key that signs now, where it is of an older one.
pub(super) async fn renewed(store: Store, ring: &Ring, folder: &Path) -> Result<()> {
    let known = store.key_known().await?;
    match known.map(|known| Secret::checked(ring, &known)).transpose()?.flatten() {
        Some((id, _)) if id != ring.keys()[0].id => settle(store, ring, folder).await,
        _ => {
            anchor::keep(&store, folder, super::now()).await?;
            store.close().await;
            Ok(())
        }
    }
}

fn today() -> Result<Day> {
    let text = super::now().iso();
    Day::parse(text.get(..10).unwrap_or_default()).map_err(|_| anyhow::anyhow!("the clock says {text}"))
}
