//! Organizations and their Saturdays.

use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::id::hex;
use kaishi_domain::market::{Market, Plan, Stage, Zone};
use kaishi_domain::seal::{Chain, Tip};
use kaishi_domain::{AccountId, GroundId, MarketId, MarketRef, Moment, OrgId};
use sqlx::FromRow;

use crate::audit::{self, Act, Fresh, Spot};
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

/// A community Party committee.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Organization {
    /// Which.
    pub id: OrgId,
    /// `福中社区党委`
    pub name: String,
    /// `深圳市福田区莲花街道福中社区`
    pub district: String,
}

/// A Saturday in the season's list, with last figures where it has any.
#[derive(Clone, PartialEq, Debug)]
pub struct SeasonRow {
    /// The market itself.
    pub market: Market,
    /// Stalls that are not withdrawn.
    pub stalls: i64,
    /// Of these with an entry assigned.
    pub filled: i64,
    /// People served, talks and unreviewed rows left out.
    pub encounters: i64,
    /// Appeals raised.
    pub appeals: i64,
}

#[derive(FromRow)]
pub(crate) struct Row {
    org_id: i64,
    pub(crate) market_id: String,
    ordinal: i64,
    name: String,
    theme: String,
    tagline: String,
    held_on: String,
    opens_at: i64,
    closes_at: i64,
    time_zone: String,
    stage: String,
    plan: String,
    weather: String,
    ground_id: String,
    host: String,
    organizer: String,
    participants: String,
    zones: String,
}

impl TryFrom<Row> for Market {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            org: OrgId::from_number(row.org_id)?,
            id: row.market_id.parse()?,
            ordinal: row.ordinal,
            name: row.name,
            theme: row.theme,
            tagline: row.tagline,
            held_on: row.held_on,
            opens_at: Moment::from_millis(row.opens_at),
            closes_at: Moment::from_millis(row.closes_at),
            time_zone: row.time_zone,
            stage: Stage::from_code(&row.stage)?,
            plan: Plan::from_code(&row.plan)?,
            weather: row.weather,
            ground: row.ground_id.parse::<GroundId>()?,
            host: row.host,
            organizer: row.organizer,
            participants: row.participants,
            zones: serde_json::from_str::<Vec<Zone>>(&row.zones)?,
        })
    }
}

/// Reads the `day_key` column: 64 hexadecimal digits.
pub(crate) fn day_key(hex: &str) -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = hex
            .get(2 * at..2 * at + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
            .ok_or_else(|| Error::Broken("day key".into()))?;
    }
    Ok(bytes)
}

/// Writes a Saturday with the secret behind its visitor tags; `crowded`: even on a day that has one. Answers whether
/// it was written.
pub(crate) async fn insert(
    conn: &mut Conn<'_>,
    by: &Organizer,
    (market, day_key): (&Market, [u8; 32]),
    crowded: bool,
    (fresh, now): (&Fresh, Moment),
) -> Step<bool> {
    let (zones, day_key) = (serde_json::to_string(&market.zones)?, hex(&day_key));
    let written = via!(conn, db => sqlx::query(
        "insert into market (org_id, market_id, ordinal, name, theme, tagline, held_on, opens_at,
           closes_at, time_zone, stage, plan, weather, ground_id, host, organizer, participants,
           zones, day_key)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19
         where $20 = 1 or not exists (select 1 from market where org_id = $1 and held_on = $7)",
    )
    .bind(market.org.number())
    .bind(market.id.to_string())
    .bind(market.ordinal)
    .bind(&market.name)
    .bind(&market.theme)
    .bind(&market.tagline)
    .bind(&market.held_on)
    .bind(market.opens_at.millis())
    .bind(market.closes_at.millis())
    .bind(&market.time_zone)
    .bind(market.stage.code())
    .bind(market.plan.code())
    .bind(&market.weather)
    .bind(market.ground.to_string())
    .bind(&market.host)
    .bind(&market.organizer)
    .bind(&market.participants)
    .bind(&zones)
    .bind(&day_key)
    .bind(i64::from(crowded))
    .execute(db)
    .await
    .map(|done| done.rows_affected()))?;
    if written == 0 {
        return Ok(false);
    }
    let at = MarketRef { org: market.org, market: market.id };
    let tip = Tip::start(fresh.seal(), Chain::Ledger(at));
    via!(conn, db => sqlx::query(
        "insert into ledger_head (org_id, market_id, seq, version, visitors, link, mark)
         values ($1, $2, 0, 0, 0, $3, $4)",
    )
    .bind(market.org.number())
    .bind(market.id.to_string())
    .bind(tip.link().to_string())
    .bind(tip.mark(fresh.seal()))
    .execute(db)
    .await
    .map(drop))?;
    let act = Act {
        org: market.org,
        at: now,
        actor: &by.account().to_string(),
        verb: "market.add",
        object: &market.id.to_string(),
        detail: &market.held_on,
    };
    audit::note(conn, fresh, act).await?;
    Ok(true)
}

impl Store {
    /// Founds an organization.
    pub async fn found(&self, organization: &Organization, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            sqlx::query("insert into organization (org_id, name, district, created_at) values ($1, $2, $3, $4)")
                .bind(organization.id.number())
                .bind(&organization.name)
                .bind(&organization.district)
                .bind(now.millis())
                .execute(&mut *tx)
                .await?;
            let act = Act {
                org: organization.id,
                at: now,
                actor: "operator",
                verb: "organization.found",
                object: &organization.id.to_string(),
                detail: &organization.name,
            };
            audit::begin(&mut (&mut *tx).into(), &fresh, act).await
        })
    }

    /// Gives an organization its name.
    pub async fn organization_name(
        &self,
        organization: &Organization,
        by: AccountId,
        now: Moment,
    ) -> Result<()> {
        let (org, fresh) = (organization.id, self.fresh_text());
        let spot = Spot { table: "organization", columns: &["name", "district"], org, key: &[] };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            sqlx::query("update organization set name = $2, district = $3 where org_id = $1")
                .bind(organization.id.number())
                .bind(&organization.name)
                .bind(&organization.district)
                .execute(&mut *tx)
                .await?;
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::record!(tx, &fresh, Act {
                org,
                at: now,
                actor: &by.to_string(),
                verb: "organization.name",
                object: &org.to_string(),
                detail: &told,
            });
            Ok(())
        })
    }

    /// Every organization of this server, oldest first.
    pub async fn organizations(&self) -> Result<Vec<Organization>> {
        let rows: Vec<(i64, String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select org_id, name, district from organization order by created_at, org_id",
        ).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(id, name, district)| Ok(Organization { id: OrgId::from_number(id)?, name, district }))
            .collect()
    }

    /// One organization.
    pub async fn organization(&self, org: OrgId) -> Result<Organization> {
        let row: Option<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select name, district from organization where org_id = $1",
        ).bind(org.number()).fetch_optional(db).await)?;
        let (name, district) = row.ok_or(Error::Missing("organization"))?;
        Ok(Organization { id: org, name, district })
    }

    /// Adds a Saturday. `day_key` is the secret behind this market's visitor tags.
    pub async fn market_add(
        &self,
        by: &Organizer,
        market: &Market,
        day_key: [u8; 32],
        now: Moment,
    ) -> Result<()> {
        if by.org() != market.org {
            return Err(Error::Missing("organization"));
        }
        let fresh = self.fresh_text();
        transact!(self, tx => {
            insert(&mut (&mut *tx).into(), by, (market, day_key), true, (&fresh, now)).await.map(drop)
        })
    }

    /// One Saturday. Public: the map, the poster page and the screen all begin here.
    pub async fn market(&self, at: MarketRef) -> Result<Market> {
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select org_id, market_id, ordinal, name, theme, tagline, held_on, opens_at, closes_at, time_zone,
               stage, plan, weather, ground_id, host, organizer, participants, zones
             from market where org_id = $1 and market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("market"))?.try_into()
    }

    /// The secret behind a market's visitor tags; gone some days after the market.
    pub async fn day_key(&self, at: MarketRef) -> Result<Option<[u8; 32]>> {
        let key: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select day_key from market where org_id = $1 and market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?
        .ok_or(Error::Missing("market"))?;
        key.as_deref().map(day_key).transpose()
    }

    /// The Saturdays of an organization with their figures, latest first.
    pub async fn season(&self, by: &Viewer) -> Result<Vec<SeasonRow>> {
        let markets: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select org_id, market_id, ordinal, name, theme, tagline, held_on, opens_at, closes_at, time_zone,
               stage, plan, weather, ground_id, host, organizer, participants, zones
             from market where org_id = $1 order by held_on desc, opens_at desc",
        ).bind(by.org().number()).fetch_all(db).await)?;
        let figures: Vec<(String, i64, i64, i64, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select m.market_id,
               (select count(*) from stall s
                 where s.org_id = m.org_id and s.market_id = m.market_id and s.withdrawn_at is null),
               (select count(*) from assignment a where a.org_id = m.org_id and a.market_id = m.market_id),
               (select cast(coalesce(sum(t.n), 0) as bigint) from tally t where t.org_id = m.org_id
                 and t.market_id = m.market_id and t.confidence = 'normal' and t.kind <> 'talk'),
               (select count(*) from appeal p where p.org_id = m.org_id and p.market_id = m.market_id)
             from market m where m.org_id = $1",
        ).bind(by.org().number()).fetch_all(db).await)?;
        markets
            .into_iter()
            .map(|row| {
                let found = figures.iter().find(|figure| figure.0 == row.market_id);
                let (stalls, filled, encounters, appeals) =
                    found.map_or((0, 0, 0, 0), |figure| (figure.1, figure.2, figure.3, figure.4));
                Ok(SeasonRow { market: row.try_into()?, stalls, filled, encounters, appeals })
            })
            .collect()
    }

    /// One Saturday of the season, with its figures.
    pub async fn saturday(&self, by: &Viewer, market: MarketId) -> Result<SeasonRow> {
        let season = self.season(by).await?;
        season.into_iter().find(|row| row.market.id == market).ok_or(Error::Missing("market"))
    }
}
