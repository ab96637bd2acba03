//! Campaigns over several Saturdays.

use std::collections::BTreeMap;

use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::season::campaign::{Campaign, name};
use kaishi_domain::{CampaignId, MarketId, Moment};

use crate::audit::{self, Act, Spot};
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

/// The Saturdays that carry a campaign.
async fn carriers(conn: &mut Conn<'_>, by: &Organizer, id: CampaignId) -> Step<Vec<String>> {
    Ok(via!(conn, db => sqlx::query_scalar(
        "select market_id from campaign_market where org_id = $1 and campaign_id = $2 order by market_id",
    )
    .bind(by.org().number())
    .bind(id.to_string())
    .fetch_all(db)
    .await)?)
}

impl Store {
    /// Every campaign in the order in which they were begun, with its Saturdays.
    pub async fn campaigns(&self, by: &Viewer) -> Result<Vec<Campaign>> {
        let rows: Vec<(String, String, Option<String>)> = on!(self.read_pool(), db => sqlx::query_as(
            "select c.campaign_id, c.name, m.market_id from campaign c
             left join campaign_market m on m.org_id = c.org_id and m.campaign_id = c.campaign_id
             where c.org_id = $1 order by c.campaign_id, m.market_id",
        ).bind(by.org().number()).fetch_all(db).await)?;
        let mut campaigns: Vec<Campaign> = Vec::new();
        for (id, name, market) in rows {
            let id: CampaignId = id.parse()?;
            if campaigns.last().is_none_or(|last| last.id != id) {
                campaigns.push(Campaign { id, name, markets: Vec::new() });
            }
            if let (Some(last), Some(market)) = (campaigns.last_mut(), market) {
                last.markets.push(market.parse()?);
            }
        }
        Ok(campaigns)
    }

    /// Begins a campaign; a name that is there already is taken.
    pub async fn campaign_add(&self, by: &Organizer, id: CampaignId, text: &str, now: Moment) -> Result<()> {
        let (name, fresh) = (name(text)?, self.fresh_text());
        transact!(self, tx => {
            let done = sqlx::query(
                "insert into campaign (org_id, campaign_id, name, account_id, at) values ($1, $2, $3, $4, $5)
                 on conflict do nothing",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(&name)
            .bind(by.account().to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Taken(name.clone()).into());
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "campaign.add",
                object: &id.to_string(),
                detail: &name,
            });
            Ok(())
        })
    }

    /// Says which Saturdays carry a campaign.
    pub async fn campaign_set(
        &self,
        by: &Organizer,
        id: CampaignId,
        markets: &[MarketId],
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        let named: Vec<String> = markets.iter().map(MarketId::to_string).collect();
        transact!(self, tx => {
            // The campaign's own row is locked first: two that set it at once follow each other.
            let known = sqlx::query("update campaign set at = $3 where org_id = $1 and campaign_id = $2")
                .bind(by.org().number()).bind(id.to_string()).bind(now.millis()).execute(&mut *tx).await?;
            if known.rows_affected() == 0 {
                return Err(Error::Missing("campaign").into());
            }
            let before = carriers(&mut (&mut *tx).into(), by, id).await?;
            sqlx::query("delete from campaign_market where org_id = $1 and campaign_id = $2")
                .bind(by.org().number()).bind(id.to_string()).execute(&mut *tx).await?;
            for market in &named {
                sqlx::query(
                    "insert into campaign_market (org_id, campaign_id, market_id)
                     select org_id, $2, market_id from market where org_id = $1 and market_id = $3",
                )
                .bind(by.org().number())
                .bind(id.to_string())
                .bind(market)
                .execute(&mut *tx)
                .await?;
            }
            let after = carriers(&mut (&mut *tx).into(), by, id).await?;
            let detail = audit::told(&BTreeMap::from([("markets", before)]), &BTreeMap::from([("markets", after)]));
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "campaign.set",
                object: &id.to_string(),
                detail: &detail,
            });
            Ok(())
        })
    }

    /// Drops a campaign that no Saturday carries.
    pub async fn campaign_drop(&self, by: &Organizer, id: CampaignId, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("campaign_id", id.to_string())];
        let spot = Spot { table: "campaign", columns: &["name"], org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "delete from campaign where org_id = $1 and campaign_id = $2 and not exists (
                   select 1 from campaign_market m where m.org_id = $1 and m.campaign_id = $2)",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Taken("campaign".into()).into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "campaign.drop",
                object: &id.to_string(),
                detail: &told,
            });
            Ok(())
        })
    }
}
