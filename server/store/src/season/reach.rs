//! Which neighbourhoods are a quarter of an hour from which ground, and how often a market was held there.

use kaishi_domain::Moment;
use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::moment::Day;
use kaishi_domain::season::reach::{Near, Neighbourhood};
use sqlx::FromRow;

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Result, Store};

#[derive(FromRow)]
struct Row {
    name: String,
    ground_id: Option<String>,
    title: Option<String>,
    held: i64,
    last: Option<String>,
}

impl TryFrom<Row> for Neighbourhood {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Self> {
        let ground = row.ground_id.map(|id| id.parse()).transpose()?;
        Ok(Self {
            name: row.name,
            ground: ground.map(|id| (id, row.title.unwrap_or_default())),
            held: row.held,
            last: row.last.map(|day| Day::parse(&day)).transpose()?,
        })
    }
}

impl Store {
    /// Every neighbourhood, those without a ground first, with the Saturdays that were held near it.
    pub async fn neighbourhoods(&self, by: &Viewer) -> Result<Vec<Neighbourhood>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select n.name, n.ground_id, g.title, count(m.market_id) as held, max(m.held_on) as last
             from neighbourhood n
             left join ground g on g.org_id = n.org_id and g.ground_id = n.ground_id
             left join market m on m.org_id = n.org_id and m.ground_id = n.ground_id
               and m.stage in ('open', 'closed', 'filed')
             where n.org_id = $1 group by n.name, n.ground_id, g.title
             order by case when n.ground_id is null then 0 else 1 end, g.title, n.name",
        ).bind(by.org().number()).fetch_all(db).await)?;
        rows.into_iter().map(Neighbourhood::try_from).collect()
    }

    /// Replaces the list as a whole.
    pub async fn neighbourhoods_set(&self, by: &Organizer, list: &[Near], now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let names: Vec<&str> = list.iter().map(|(name, _)| name.as_str()).collect();
        let detail = names.join("、");
        transact!(self, tx => {
            // The organization's own row is locked first: two lists at once follow each other.
            sqlx::query("update organization set name = name where org_id = $1")
                .bind(by.org().number()).execute(&mut *tx).await?;
            sqlx::query("delete from neighbourhood where org_id = $1")
                .bind(by.org().number()).execute(&mut *tx).await?;
            for (name, ground) in list {
                sqlx::query("insert into neighbourhood (org_id, name, ground_id) values ($1, $2, $3)")
                    .bind(by.org().number())
                    .bind(name)
                    .bind(ground.map(|id| id.to_string()))
                    .execute(&mut *tx)
                    .await?;
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "neighbourhoods.set",
                object: &by.org().to_string(),
                detail: &detail,
            });
            Ok(())
        })
    }
}
