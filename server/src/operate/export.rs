//! `kaishi export`: one Saturday into a folder, each table as CSV and as JSON. No contact, no link, no secret.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use kaishi_domain::{MarketId, MarketRef, OrgId};
use kaishi_store::{Error, Sheaf, Store};
use serde_json::{Map, Value, json};

use crate::setting::Setting;
use crate::sheet::guard;

/// Write one Saturday into a folder: layouts, assignments, ledger, appeals without contacts, bulletin.
#[derive(clap::Args, Clone, Debug)]
pub struct Export {
    /// The market, as its addresses have it
    #[arg(long)]
    pub market: String,
    /// The folder; it must not exist, or be empty
    #[arg(long)]
    pub to: PathBuf,
}

impl Export {
    /// Writes the files.
    pub async fn run(&self, setting: &Setting) -> Result<()> {
        let empty = std::fs::read_dir(&self.to).map_or(true, |mut inside| inside.next().is_none());
        ensure!(empty, "{} is not empty", self.to.display());
        let store = super::ours(setting).await?;
        let at = self.place(&store).await?;
        let sheaves = match store.dump(at).await {
            Err(Error::Missing(_)) => bail!("there is no market {}", self.market),
            done => done?,
        };
        std::fs::create_dir_all(&self.to).with_context(|| format!("making {}", self.to.display()))?;
        let mut rows = Map::new();
        for sheaf in &sheaves {
            std::fs::write(self.to.join(format!("{}.csv", sheaf.name)), csv(sheaf)?)?;
            let text = serde_json::to_string_pretty(&objects(sheaf))?;
            std::fs::write(self.to.join(format!("{}.json", sheaf.name)), text)?;
            rows.insert(sheaf.name.to_owned(), json!(sheaf.rows.len()));
            println!("{:>9} {}", sheaf.rows.len(), sheaf.name);
        }
        let ledger =
            sheaves.iter().find(|sheaf| sheaf.name == "encounter").map_or(0, |sheaf| sheaf.rows.len());
        let head = store.ledger_head(at, ledger as i64).await?;
        let about = json!({ "market": at.to_string(), "rows": rows, "ledger_head": head.to_string() });
        std::fs::write(self.to.join("export.json"), serde_json::to_string_pretty(&about)?)?;
        store.close().await;
        println!("ledger head {head}");
        Ok(())
    }

    /// An address carries the organization before the market; the market's own id is enough where it is the only one.
    async fn place(&self, store: &Store) -> Result<MarketRef> {
        if let Ok(at) = self.market.parse::<MarketRef>() {
            return Ok(at);
        }
        let market: MarketId =
            self.market.parse().map_err(|_| anyhow::anyhow!("{} is no market", self.market))?;
        let orgs: Vec<OrgId> = store.organizations().await?.into_iter().map(|one| one.id).collect();
        for org in orgs {
            let at = MarketRef { org, market };
            if store.market(at).await.is_ok() {
                return Ok(at);
            }
        }
        bail!("there is no market {}", self.market)
    }
}

fn csv(sheaf: &Sheaf) -> Result<Vec<u8>> {
    let mut out = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
    out.write_record(&sheaf.columns)?;
    for row in &sheaf.rows {
        out.write_record(row.iter().map(|cell| guard::on(cell.as_deref().unwrap_or_default())))?;
    }
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes.extend(out.into_inner()?);
    Ok(bytes)
}

/// Documents inside a column become part of the document.
fn objects(sheaf: &Sheaf) -> Vec<Value> {
    let value = |cell: &Option<String>| match cell {
        None => Value::Null,
        Some(text) if text.starts_with(['{', '[']) => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()))
        }
        Some(text) => Value::String(text.clone()),
    };
    let object = |row: &Vec<Option<String>>| {
        let pairs = sheaf.columns.iter().zip(row).map(|(column, cell)| ((*column).to_owned(), value(cell)));
        Value::Object(pairs.collect())
    };
    sheaf.rows.iter().map(object).collect()
}
