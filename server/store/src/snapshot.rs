//! The counts snapshot: one consistent look at a market, from the small count table, never from the ledger.

use std::collections::HashMap;

use kaishi_domain::announcement::AT_ONCE;
use kaishi_domain::count::{Appeals, Encounters, Point, RECENT, Snapshot, StallCount};
use kaishi_domain::crowd::{Gauge, Look as Seen, best};
use kaishi_domain::device::Missing;
use kaishi_domain::encounter::{Confidence, Kind, Source};
use kaishi_domain::market::{GRACE, Stage};
use kaishi_domain::moment::MINUTE;
use kaishi_domain::{MarketRef, Moment};
use sqlx::FromRow;

use crate::pool::look;
use crate::{Error, Result, Store, crowd, device};

/// The curve has a point for so long, once the morning is longer than [`SHORT`].
const STEP: i64 = 5 * MINUTE;
/// Below this the curve has a point a minute.
const SHORT: i64 = 30 * MINUTE;

#[derive(FromRow)]
struct Head {
    version: i64,
    visitors: i64,
    opens_at: i64,
    closes_at: i64,
    stage: String,
    plan: String,
    map_version: i64,
    capacity: Option<i64>,
}

impl Head {
    /// Residents come and go, and have for so long that a stall can be called quiet.
    fn is_running(&self, now: Moment) -> bool {
        let warm = Moment::from_millis(self.opens_at).plus(RECENT);
        self.stage == Stage::Open.code() && (warm.millis()..self.closes_at).contains(&now.millis())
    }
}

/// Sums of a stall by how its rows came in.
#[derive(FromRow)]
struct Sum {
    stall_id: String,
    source: String,
    kind: String,
    confidence: String,
    n: i64,
    late: i64,
    corrected: i64,
    recent: i64,
}

/// One stall's sums.
#[derive(Clone, Copy, Default)]
struct Part {
    encounters: i64,
    last_15_min: i64,
    /// Anything at all just now: talks, and what waits for review, too.
    stir: i64,
}

#[derive(FromRow)]
struct StallRow {
    stall_id: String,
    no: String,
    zone: String,
    withdrawn_at: Option<i64>,
    published_at: Option<i64>,
    name: Option<String>,
    unit: Option<String>,
    arrived_at: Option<i64>,
    waiting: Option<i64>,
}

#[derive(FromRow)]
struct AppealRow {
    raised: i64,
    settled_on_spot: i64,
    settled_by_unit: i64,
    confirmed: i64,
    overdue: i64,
}

/// All that the database says, at one moment.
struct Look {
    head: Head,
    sums: Vec<Sum>,
    minutes: Vec<(i64, i64)>,
    stalls: Vec<StallRow>,
    appeals: AppealRow,
    told: Vec<String>,
    missing: (i64, i64),
    crowd: Vec<crowd::Row>,
}

impl Store {
    /// Everything that a screen shows, as of `now`.
    pub async fn snapshot(&self, at: MarketRef, now: Moment) -> Result<Snapshot> {
        let look = self.look_at(at, now).await?;
        let mut encounters = Encounters::default();
        let mut talks = 0;
        let mut by_stall: HashMap<String, Part> = HashMap::new();
        for sum in &look.sums {
            by_stall.entry(sum.stall_id.clone()).or_default().stir += sum.recent;
            if Kind::from_code(&sum.kind)? == Kind::Talk {
                talks += sum.n;
                continue;
            }
            if Confidence::from_code(&sum.confidence)? == Confidence::Low {
                encounters.pending_review += sum.n;
                continue;
            }
            match Source::from_code(&sum.source)? {
                Source::Scan => encounters.scan += sum.n,
                Source::Staff => encounters.staff += sum.n,
                Source::Paper => encounters.paper += sum.n,
            }
            encounters.late += sum.late;
            encounters.corrected += sum.corrected;
            let stall = by_stall.entry(sum.stall_id.clone()).or_default();
            stall.encounters += sum.n;
            stall.last_15_min += sum.recent;
        }
        encounters.total = encounters.scan + encounters.staff + encounters.paper;
        let running = look.head.is_running(now);
        let (opens, closes) = (look.head.opens_at, look.head.closes_at);
        let looks = look.crowd.into_iter().map(crowd::Row::look).collect::<Result<Vec<Seen>>>()?;
        Ok(Snapshot {
            market: at,
            as_of: now,
            version: look.head.version,
            map: format!("{}-{}", look.head.plan, look.head.map_version),
            encounters,
            talks,
            devices_about: look.head.visitors,
            appeals: look.appeals.into(),
            stalls: stalls(look.stalls, &by_stall, running),
            curve: curve(&look.minutes, &look.head, now),
            announcements: look.told,
            devices_missing: Missing { devices: look.missing.0, records: look.missing.1 },
            crowd: best(&looks, Moment::from_millis(opens), Moment::from_millis(closes)),
            open: look.head.stage == Stage::Open.code(),
            gauge: Gauge::of(&looks, look.head.capacity),
        })
    }

    async fn look_at(&self, at: MarketRef, now: Moment) -> Result<Look> {
        let (org, market) = (at.org.number(), at.market.to_string());
        look!(self, tx => {
            let head: Option<Head> = sqlx::query_as(
                "select h.version, h.visitors, m.opens_at, m.closes_at, m.stage, m.plan,
                   (select s.capacity from safety s where s.org_id = m.org_id and s.market_id = m.market_id)
                     as capacity,
                   (select coalesce(max(v.version), 0) from layout_version v where v.org_id = m.org_id
                     and v.market_id = m.market_id and v.plan = m.plan) as map_version
                 from ledger_head h join market m on m.org_id = h.org_id and m.market_id = h.market_id
                 where h.org_id = $1 and h.market_id = $2",
            ).bind(org).bind(&market).fetch_optional(&mut *tx).await?;
            let sums = sqlx::query_as(
                "select stall_id, source, kind, confidence, cast(sum(n) as bigint) as n,
                   cast(sum(late) as bigint) as late, cast(sum(corrected) as bigint) as corrected,
                   cast(sum(case when bucket > $3 then n else 0 end) as bigint) as recent
                 from tally where org_id = $1 and market_id = $2
                 group by stall_id, source, kind, confidence",
            ).bind(org).bind(&market).bind(now.plus(-RECENT).millis()).fetch_all(&mut *tx).await?;
            let minutes = sqlx::query_as(
                "select bucket, cast(sum(n) as bigint) from tally
                 where org_id = $1 and market_id = $2 and confidence = 'normal' and kind <> 'talk'
                 group by bucket order by bucket",
            ).bind(org).bind(&market).fetch_all(&mut *tx).await?;
            let stalls = sqlx::query_as(
                "select s.stall_id, s.no, s.zone, s.withdrawn_at, s.published_at, e.name, u.name as unit,
                   e.arrived_at,
                   case when q.stall_id is not null then (select count(*) from queue_number n where n.org_id = q.org_id
                     and n.market_id = q.market_id and n.stall_id = q.stall_id and n.state = 'waiting') end as waiting
                 from stall s
                 left join assignment a on a.org_id = s.org_id and a.market_id = s.market_id
                   and a.stall_id = s.stall_id
                 left join entry e on e.org_id = a.org_id and e.market_id = a.market_id
                   and e.entry_id = a.entry_id
                 left join unit u on u.org_id = e.org_id and u.unit_id = e.unit_id
                 left join queue q on q.org_id = s.org_id and q.market_id = s.market_id
                   and q.stall_id = s.stall_id and q.state <> 'off'
                 where s.org_id = $1 and s.market_id = $2",
            ).bind(org).bind(&market).fetch_all(&mut *tx).await?;
            let appeals = sqlx::query_as(
                "select count(*) as raised,
                   cast(coalesce(sum(case when settled = 'spot' then 1 else 0 end), 0) as bigint)
                     as settled_on_spot,
                   count(settled) as settled_by_unit, count(confirmed_at) as confirmed,
                   cast(coalesce(sum(case when due_at < $3 then 1 else 0 end), 0) as bigint) as overdue
                 from appeal where org_id = $1 and market_id = $2",
            ).bind(org).bind(&market).bind(now.millis()).fetch_one(&mut *tx).await?;
            let told = sqlx::query_scalar(
                "select words from announcement
                 where org_id = $1 and market_id = $2 and from_at <= $3 and until_at > $3
                 order by from_at desc, announcement_id desc limit $4",
            ).bind(org).bind(&market).bind(now.millis()).bind(AT_ONCE).fetch_all(&mut *tx).await?;
            let missing = sqlx::query_as(device::MISSING).bind(org).bind(&market).fetch_one(&mut *tx).await?;
            let crowd = sqlx::query_as(crowd::STANDING).bind(org).bind(&market).fetch_all(&mut *tx).await?;
            let head = head.ok_or(Error::Missing("market"))?;
            Ok(Look { head, sums, minutes, stalls, appeals, told, missing, crowd })
        })
    }
}

impl From<AppealRow> for Appeals {
    fn from(row: AppealRow) -> Self {
        Self {
            raised: row.raised,
            settled_on_spot: row.settled_on_spot,
            settled_by_unit: row.settled_by_unit,
            confirmed: row.confirmed,
            overdue: row.overdue,
        }
    }
}

/// The stalls in the order of their numbers. One that is withdrawn, or not yet
/// published, is shown only when it has figures.
fn stalls(rows: Vec<StallRow>, by_stall: &HashMap<String, Part>, running: bool) -> Vec<StallCount> {
    let mut stalls: Vec<StallCount> = rows
        .into_iter()
        .filter_map(|row| {
            let counts = by_stall.get(&row.stall_id);
            if (row.withdrawn_at.is_some() || row.published_at.is_none()) && counts.is_none() {
                return None;
            }
            let part = counts.copied().unwrap_or_default();
            let arrived = row.arrived_at.is_some();
            Some(StallCount {
                no: row.no,
                name: row.name.unwrap_or_default(),
                unit: row.unit.unwrap_or_default(),
                zone: row.zone,
                encounters: part.encounters,
                last_15_min: part.last_15_min,
                arrived,
                waiting: row.waiting,
                quiet: running && arrived && part.stir == 0,
            })
        })
        .collect();
    stalls.sort_by_cached_key(|stall| (stall.no.parse::<u32>().unwrap_or(u32::MAX), stall.no.clone()));
    stalls
}

/// The morning in buckets. A phone whose clock is days off does not stretch it: its taps go to the edge.
fn curve(minutes: &[(i64, i64)], head: &Head, now: Moment) -> Vec<Point> {
    let from = Moment::from_millis(head.opens_at).plus(-GRACE);
    let to = Moment::from_millis(head.closes_at).plus(GRACE).max(from).min(now.max(from));
    let inside: Vec<(Moment, i64)> =
        minutes.iter().map(|(at, n)| (Moment::from_millis(*at).clamp(from, to), *n)).collect();
    let (Some((first, _)), Some((last, _))) = (inside.first(), inside.last()) else {
        return Vec::new();
    };
    let width = if last.since(*first) < SHORT { MINUTE } else { STEP };
    let mut points: Vec<Point> = Vec::new();
    for (at, n) in inside {
        let at = at.bucket(width);
        match points.last_mut() {
            Some(point) if point.at == at => point.n += n,
            _ => points.push(Point { at, n }),
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPENS: i64 = 1_683_939_600_000;

    fn head() -> Head {
        Head {
            version: 1,
            visitors: 0,
            opens_at: OPENS,
            closes_at: OPENS + 180 * MINUTE,
            stage: "open".into(),
            plan: "fair".into(),
            map_version: 0,
            capacity: None,
        }
    }

    fn drawn(minutes: &[(i64, i64)]) -> Vec<(i64, i64)> {
        let minutes: Vec<(i64, i64)> = minutes.iter().map(|(at, n)| (OPENS + at * MINUTE, *n)).collect();
        curve(&minutes, &head(), Moment::from_millis(OPENS + 100 * MINUTE))
            .iter()
            .map(|point| ((point.at.millis() - OPENS) / MINUTE, point.n))
            .collect()
    }

    #[test]
    fn the_curve_has_fine_points_at_first_and_coarse_ones_later() {
        assert_eq!(drawn(&[]), []);
        assert_eq!(drawn(&[(0, 1), (1, 2), (29, 3)]), [(0, 1), (1, 2), (29, 3)]);
        assert_eq!(drawn(&[(0, 1), (1, 2), (31, 3), (34, 1)]), [(0, 3), (30, 4)]);
    }

    #[test]
    fn a_clock_that_is_days_off_does_not_stretch_the_curve() {
        let days = 40 * 24 * 60;
        assert_eq!(drawn(&[(-days, 1), (-days + 1, 1), (0, 1), (days, 4)]), [(-30, 2), (0, 1), (100, 4)]);
    }
}
