//! What a scan asks: all that one poster's page shows, and what this visitor did today.

use std::collections::BTreeMap;
use std::sync::Arc;

use kaishi_domain::announcement::Announcement;
use kaishi_domain::market::{Market, Plan};
use kaishi_domain::poster::{Poster, Sign, number_order};
use kaishi_domain::unit::{Card, Service};
use kaishi_domain::{MarketRef, Moment, PosterId, StallId};
use sqlx::FromRow;

use crate::cache::Cache;
use crate::pool::on;
use crate::rain::Standings;
use crate::{Error, Result, Store, market, poster};

/// How long, in milliseconds, a page may show what was true. No node tells another to forget: a revoked poster must
/// not open after 5 seconds anywhere, and a switch to the rain plan must show within 2, the time of a page included.
const FRESH_FOR: i64 = 1_500;

/// What is missing where a standing poster is genuine, but nobody stands at its place.
pub const NOBODY_TODAY: &str = "stall of the day";

/// What scans read most.
#[derive(Clone)]
pub(crate) struct Scans {
    posters: Cache<PosterId, Scan>,
    signs: Cache<MarketRef, Vec<Sign>>,
    places: Cache<(MarketRef, Plan), Places>,
    pub(crate) standings: Cache<MarketRef, Standings>,
    pub(crate) announcements: Cache<MarketRef, Vec<Announcement>>,
    pub(crate) extras: Cache<MarketRef, crate::Extras>,
    pub(crate) paces: Cache<MarketRef, crate::Paces>,
}

/// Centres of stalls in metres.
pub type Places = BTreeMap<StallId, (f64, f64)>;

impl Scans {
    pub(crate) fn new() -> Self {
        Self {
            posters: Cache::new(FRESH_FOR),
            signs: Cache::new(FRESH_FOR),
            places: Cache::new(FRESH_FOR),
            standings: Cache::new(FRESH_FOR),
            announcements: Cache::new(FRESH_FOR),
            extras: Cache::new(FRESH_FOR),
            paces: Cache::new(FRESH_FOR),
        }
    }

    /// Forgets everything: something that the pages show was changed here.
    pub(crate) fn clear(&self) {
        self.posters.clear();
        self.signs.clear();
        self.places.clear();
        self.standings.clear();
        self.announcements.clear();
        self.extras.clear();
        self.paces.clear();
    }
}

/// A poster with all that its page shows.
pub struct Scan {
    /// The poster.
    pub poster: Poster,
    /// What stands on its stall's sign.
    pub sign: Sign,
    /// What its unit says of itself (三亮); empty while there is none.
    pub card: Card,
    /// Its Saturday.
    pub market: Market,
    /// The community's name.
    pub organization: String,
    /// The secret behind the visitor tags of this Saturday; gone some days after.
    pub day_key: Option<[u8; 32]>,
}

#[derive(FromRow)]
struct SignRow {
    stall_id: String,
    no: String,
    zone: String,
    withdrawn_at: Option<i64>,
    sign_name: Option<String>,
    services: Option<String>,
    unit_name: Option<String>,
    catalogue: Option<String>,
}

impl TryFrom<SignRow> for Sign {
    type Error = Error;
    fn try_from(row: SignRow) -> Result<Self> {
        let services: Vec<String> =
            row.services.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default();
        let catalogue: Vec<Service> =
            row.catalogue.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default();
        let late = |name: &&String| catalogue.iter().any(|known| known.off_hours && known.name == **name);
        Ok(Self {
            off_hours: services.iter().filter(late).cloned().collect(),
            services,
            stall: row.stall_id.parse()?,
            no: row.no,
            zone: row.zone,
            name: row.sign_name.unwrap_or_default(),
            unit: row.unit_name.unwrap_or_default(),
            withdrawn: row.withdrawn_at.is_some(),
        })
    }
}

#[derive(FromRow)]
struct ScanRow {
    #[sqlx(flatten)]
    poster: poster::Row,
    #[sqlx(flatten)]
    sign: SignRow,
    #[sqlx(flatten)]
    market: market::Row,
    organization: String,
    day_key: Option<String>,
    card: Option<String>,
}

/// What a visitor's row at a stall says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Visit {
    /// When it was counted.
    pub at: Moment,
    /// For how many people.
    pub n: i64,
    /// It is this very form's; else an earlier one of the same visitor at the same stall.
    pub own: bool,
    /// A counter-entry took it back.
    pub taken_back: bool,
    /// It carries a visitor tag, so that the same cookie proves whose it is.
    pub tagged: bool,
}

impl Store {
    /// A poster by the id inside its genuine token, at most 1.5 seconds old; by that of a standing one, the poster of
    /// the day at its place.
    pub async fn poster(&self, id: PosterId, now: Moment) -> Result<Arc<Scan>> {
        if let Some(scan) = self.scans.posters.find(&id, now) {
            return Ok(scan);
        }
        let scan = match self.scan(id).await {
            Err(Error::Missing(_)) => {
                let of_the_day = self.poster_of_the_day(id, now).await?;
                self.scan(of_the_day.ok_or(Error::Missing(NOBODY_TODAY))?).await?
            }
            other => other?,
        };
        Ok(self.scans.posters.keep(id, scan, now))
    }

    async fn scan(&self, id: PosterId) -> Result<Scan> {
        let row: Option<ScanRow> = on!(self.read_pool(), db => sqlx::query_as(
            "select p.poster_id, p.revision, p.state, p.made_at,
               s.stall_id, s.no, s.zone, s.withdrawn_at,
               e.name as sign_name, e.services, u.name as unit_name, u.services as catalogue,
               m.org_id, m.market_id, m.ordinal, m.name, m.theme, m.tagline, m.held_on, m.opens_at,
               m.closes_at, m.time_zone, m.stage, m.plan, m.weather, m.ground_id, m.host, m.organizer,
               m.participants, m.zones, m.day_key, o.name as organization, u.card
             from poster p
             join stall s on s.org_id = p.org_id and s.market_id = p.market_id and s.stall_id = p.stall_id
             join market m on m.org_id = p.org_id and m.market_id = p.market_id
             join organization o on o.org_id = p.org_id
             left join assignment a on a.org_id = p.org_id and a.market_id = p.market_id
               and a.stall_id = p.stall_id
             left join entry e on e.org_id = p.org_id and e.market_id = p.market_id
               and e.entry_id = a.entry_id
             left join unit u on u.org_id = p.org_id and u.unit_id = e.unit_id
             where p.org_id = $1 and p.poster_id = $2",
        ).bind(id.org().number()).bind(id.to_string()).fetch_optional(db).await)?;
        let row = row.ok_or(Error::Missing("poster"))?;
        Ok(Scan {
            poster: row.poster.try_into()?,
            sign: row.sign.try_into()?,
            card: row.card.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default(),
            market: row.market.try_into()?,
            organization: row.organization,
            day_key: row.day_key.as_deref().map(market::day_key).transpose()?,
        })
    }

    /// The signs of every stall of a market, withdrawn ones too, in the order of their numbers.
    /// At most 1.5 seconds old.
    pub async fn signs(&self, at: MarketRef, now: Moment) -> Result<Arc<Vec<Sign>>> {
        if let Some(signs) = self.scans.signs.find(&at, now) {
            return Ok(signs);
        }
        let rows: Vec<SignRow> = on!(self.read_pool(), db => sqlx::query_as(
            "select s.stall_id, s.no, s.zone, s.withdrawn_at, e.name as sign_name, e.services,
               u.name as unit_name, u.services as catalogue
             from stall s
             left join assignment a on a.org_id = s.org_id and a.market_id = s.market_id
               and a.stall_id = s.stall_id
             left join entry e on e.org_id = s.org_id and e.market_id = s.market_id
               and e.entry_id = a.entry_id
             left join unit u on u.org_id = s.org_id and u.unit_id = e.unit_id
             where s.org_id = $1 and s.market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_all(db).await)?;
        let mut signs = rows.into_iter().map(Sign::try_from).collect::<Result<Vec<_>>>()?;
        signs.sort_by(|a, b| number_order(&a.no).cmp(&number_order(&b.no)));
        Ok(self.scans.signs.keep(at, signs, now))
    }

    /// Where each stall stands on a published plan. At most 1.5 seconds old.
    pub async fn places(&self, at: MarketRef, plan: Plan, now: Moment) -> Result<Arc<Places>> {
        if let Some(places) = self.scans.places.find(&(at, plan), now) {
            return Ok(places);
        }
        let (_, layout) = self.published(at, plan).await?;
        let places = layout.in_order().into_iter().map(|stall| (stall.id, (stall.x, stall.y))).collect();
        Ok(self.scans.places.keep((at, plan), places, now))
    }

    /// What the ledger holds of one form: by its nonce, or else by the visitor's one visit to this stall.
    pub async fn visit(
        &self,
        at: MarketRef,
        stall: StallId,
        nonce: &str,
        visitor: &str,
    ) -> Result<Option<Visit>> {
        let row: Option<(i64, i64, i64, Option<String>, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select v.place, v.at, v.n, v.visitor,
               (select count(*) from encounter c where c.org_id = $1 and c.market_id = $2
                 and c.nonce = 'undo:' || v.encounter_id)
             from (
               select cast(0 as bigint) as place, e.at, e.n, e.visitor, e.encounter_id from encounter e
               where e.org_id = $1 and e.market_id = $2 and e.nonce = $4 and e.stall_id = $3
               union all
               select cast(1 as bigint) as place, e.at, e.n, e.visitor, e.encounter_id from encounter e
               where e.org_id = $1 and e.market_id = $2 and e.stall_id = $3 and e.visitor = $5
             ) v order by v.place limit 1",
        )
        .bind(at.org.number())
        .bind(at.market.to_string())
        .bind(stall.to_string())
        .bind(nonce)
        .bind(visitor)
        .fetch_optional(db)
        .await)?;
        Ok(row.map(|(place, at, n, tag, undone)| Visit {
            own: place == 0,
            at: Moment::from_millis(at),
            n,
            taken_back: undone > 0,
            tagged: tag.is_some(),
        }))
    }

    /// The stalls where this visitor was served today, in order.
    pub async fn stamps(&self, at: MarketRef, visitor: &str) -> Result<Vec<StallId>> {
        let stalls: Vec<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select v.stall_id from (
               select s.stall_id, (
                 select e.seq from encounter e where e.org_id = s.org_id and e.market_id = s.market_id
                   and e.stall_id = s.stall_id and e.visitor = $3
                   and not exists (select 1 from encounter c where c.org_id = e.org_id
                     and c.market_id = e.market_id and c.nonce = 'undo:' || e.encounter_id)
               ) as seq
               from stall s where s.org_id = $1 and s.market_id = $2
             ) v where v.seq is not null order by v.seq",
        ).bind(at.org.number()).bind(at.market.to_string()).bind(visitor).fetch_all(db).await)?;
        stalls.into_iter().map(|stall| Ok(stall.parse()?)).collect()
    }
}
