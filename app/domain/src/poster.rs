//! Posters: which printed code stands at which stall, what the stall's sign says, and whether a scan counts.
//!
//! Knows nothing of pictures and addresses; the token that is printed belongs to [`crate::token`].

mod typed;

pub use typed::Typed;

use serde::{Deserialize, Serialize};

use crate::actor::Resident;
use crate::market::{Market, Window};
use crate::moment::Day;
use crate::{MarketId, Moment, PosterId, Refusal, StallId};

/// Where a printed poster stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PosterState {
    /// Hangs at its stall.
    Active,
    /// A newer one was made for the same stall.
    Replaced,
    /// Called back: lost, copied or pasted over.
    Revoked,
}

impl PosterState {
    /// The value of the `state` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Replaced => "replaced",
            Self::Revoked => "revoked",
        }
    }

    /// Reads the `state` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        match code {
            "active" => Ok(Self::Active),
            "replaced" => Ok(Self::Replaced),
            "revoked" => Ok(Self::Revoked),
            _ => Err(Refusal::Malformed("poster state")),
        }
    }
}

/// A poster's identity. Printing it again changes nothing here; only rotating makes the next revision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Poster {
    /// What is signed into its code.
    pub id: PosterId,
    /// For which market.
    pub market: MarketId,
    /// At which stall.
    pub stall: StallId,
    /// 第几版, from 1.
    pub revision: i64,
    /// Where it stands.
    pub state: PosterState,
    /// When this revision was made.
    pub made_at: Moment,
}

/// What stands on a stall's sign on the day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Sign {
    /// At which stall.
    pub stall: StallId,
    /// `2`
    pub no: String,
    /// The letter of its slogan zone.
    pub zone: String,
    /// `网格有约`; empty while nobody is assigned.
    pub name: String,
    /// The unit's name; empty while it is still to be found (单位待定).
    pub unit: String,
    /// What it offers.
    pub services: Vec<String>,
    /// Which of them its unit also offers when offices are closed (不打烊).
    #[serde(default)]
    pub off_hours: Vec<String>,
    /// The stall was taken off the map after printing.
    pub withdrawn: bool,
}

impl Sign {
    /// Every word on the stall's poster that may change, and its code, a line each: what is compared to know whether
    /// the poster must be printed again.
    pub fn face(&self, poster: PosterId) -> String {
        let services = self.services.join("、");
        [poster.to_string().as_str(), &self.no, &self.zone, &self.name, &self.unit, &services].join("\n")
    }
}

/// The name that stood on a poster with such a [`Sign::face`]; none where nobody was named.
pub fn named(face: &str) -> Option<&str> {
    face.lines().nth(3).filter(|name| !name.is_empty())
}

/// What a scan of a genuine poster leads to at a moment. Only one of these counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Counts, for this resident.
    Counts(Resident),
    /// Called back.
    Revoked,
    /// A newer poster hangs at the stall.
    Replaced,
    /// The stall is gone.
    Withdrawn,
    /// The right day, too early; counts from this moment.
    NotYet(Moment),
    /// The right day, too late.
    Over,
    /// Printed for a later day.
    DayToCome(Day),
    /// Printed for a day that is past.
    DayPast(Day),
}

impl Poster {
    /// Whether a scan of this poster counts at `now`, and if not, why.
    pub fn standing(&self, sign: &Sign, market: &Market, now: Moment) -> Result<Standing, Refusal> {
        match self.state {
            PosterState::Revoked => return Ok(Standing::Revoked),
            PosterState::Replaced => return Ok(Standing::Replaced),
            PosterState::Active if sign.withdrawn => return Ok(Standing::Withdrawn),
            PosterState::Active => {}
        }
        let held = Day::parse(&market.held_on)?;
        let today = market.place()?.day(now);
        Ok(match market.window(now) {
            Window::Open => Standing::Counts(Resident {
                org: market.org,
                market: self.market,
                stall: self.stall,
                poster: self.id,
            }),
            Window::NotYet(_) if today < held => Standing::DayToCome(held),
            Window::NotYet(from) => Standing::NotYet(from),
            Window::Over if today > held => Standing::DayPast(held),
            Window::Over => Standing::Over,
        })
    }
}

/// What is printed in a poster's foot and shown on its page, to compare by eye: `0513-02-K7QM`.
pub fn number(held_on: Day, no: &str, eye_code: &str) -> String {
    let (month, day) = held_on.month_day();
    format!("{month:02}{day:02}-{no:0>2}-{eye_code}")
}

/// The same of a poster that hangs at its place every Saturday: `02-K7QM`.
pub fn place_number(no: &str, eye_code: &str) -> String {
    format!("{no:0>2}-{eye_code}")
}

/// Orders stall numbers as people read them: `2` before `10`, `A2` before `B1`.
pub fn number_order(no: &str) -> (&str, u64, &str) {
    let digits = no.find(|c: char| c.is_ascii_digit()).unwrap_or(no.len());
    let (series, rest) = no.split_at(digits);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, suffix) = rest.split_at(end);
    (series, number.parse().unwrap_or(u64::MAX), suffix)
}

/// Where to go next: stalls with a service where this visitor has not been, nearest first.
/// `place` is a stall's centre in metres on the plan in force; without one the numbers decide.
pub fn onward<'a>(
    from: &Sign,
    signs: &'a [Sign],
    been: &[StallId],
    place: impl Fn(StallId) -> Option<(f64, f64)>,
) -> Vec<&'a Sign> {
    let mut next: Vec<&Sign> = signs
        .iter()
        .filter(|sign| !sign.withdrawn && !sign.name.is_empty())
        .filter(|sign| sign.stall != from.stall && !been.contains(&sign.stall))
        .collect();
    let here = number_order(&from.no);
    next.sort_by_key(|sign| {
        let there = number_order(&sign.no);
        (there < here, there)
    });
    if let Some(origin) = place(from.stall) {
        let distance = |sign: &Sign| {
            place(sign.stall).map_or(f64::INFINITY, |at| (at.0 - origin.0).hypot(at.1 - origin.1))
        };
        next.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::{Plan, Stage};
    use crate::moment::HOUR;
    use crate::{GroundId, OrgId};

    const NOON: Moment = Moment::from_millis(1_683_945_720_000);

    fn market() -> Market {
        Market {
            org: OrgId::from_bytes([1, 2, 3]),
            id: MarketId::new(NOON, [1; 10]),
            name: "党员服务市集".into(),
            theme: String::new(),
            tagline: String::new(),
            held_on: "2023-05-13".into(),
            opens_at: NOON.plus(-HOUR),
            closes_at: NOON.plus(HOUR),
            time_zone: "Asia/Shanghai".into(),
            stage: Stage::Open,
            plan: Plan::Fair,
            weather: String::new(),
            ground: GroundId::new(NOON, [2; 10]),
            host: String::new(),
            organizer: String::new(),
            participants: String::new(),
            zones: vec![],
            ordinal: 14,
        }
    }

    fn sign(no: &str) -> Sign {
        let mut random = [0; 10];
        random[..no.len()].copy_from_slice(no.as_bytes());
        Sign {
            stall: StallId::new(NOON, random),
            no: no.into(),
            zone: "A".into(),
            name: "网格有约".into(),
            unit: "福中社区党委".into(),
            services: vec![],
            off_hours: vec![],
            withdrawn: false,
        }
    }

    fn poster(state: PosterState) -> Poster {
        let id = PosterId::new(OrgId::from_bytes([1, 2, 3]), [4; 5]);
        Poster { id, market: market().id, stall: sign("2").stall, revision: 1, state, made_at: NOON }
    }

    #[test]
    fn a_scan_counts_only_at_an_active_poster_of_today() {
        let at = |state, withdrawn, now| {
            let sign = Sign { withdrawn, ..sign("2") };
            poster(state).standing(&sign, &market(), now).unwrap()
        };
        let day = Day::parse("2023-05-13").unwrap();
        let open = market().opens_at.plus(-30 * 60_000);
        let table = [
            (PosterState::Revoked, false, NOON, Standing::Revoked),
            (PosterState::Revoked, true, NOON.plus(-48 * HOUR), Standing::Revoked),
            (PosterState::Replaced, false, NOON, Standing::Replaced),
            (PosterState::Active, true, NOON, Standing::Withdrawn),
            (PosterState::Active, false, NOON.plus(-2 * HOUR), Standing::NotYet(open)),
            (PosterState::Active, false, NOON.plus(2 * HOUR), Standing::Over),
            (PosterState::Active, false, NOON.plus(-24 * HOUR), Standing::DayToCome(day)),
            (PosterState::Active, false, NOON.plus(24 * HOUR), Standing::DayPast(day)),
        ];
        for (state, withdrawn, now, expected) in table {
            assert_eq!(at(state, withdrawn, now), expected);
        }
        let Standing::Counts(resident) = at(PosterState::Active, false, NOON) else { panic!("counts") };
        assert_eq!((resident.poster, resident.stall), (poster(PosterState::Active).id, sign("2").stall));
        assert!(matches!(at(PosterState::Active, false, open), Standing::Counts(_)));
        assert!(!matches!(at(PosterState::Active, false, open.plus(-1)), Standing::Counts(_)));
    }

    #[test]
    fn the_printed_number_names_day_stall_and_poster() {
        let day = Day::parse("2023-05-13").unwrap();
        assert_eq!(number(day, "2", "K7QM"), "0513-02-K7QM");
        assert_eq!(number(day, "A12", "K7QM"), "0513-A12-K7QM");
    }

    #[test]
    fn the_way_on_leads_to_new_stalls_nearest_first() {
        let mut signs: Vec<Sign> = ["1", "2", "3", "10", "A1"].into_iter().map(sign).collect();
        signs.push(Sign { name: String::new(), ..sign("4") });
        signs.push(Sign { withdrawn: true, ..sign("5") });
        let order = |been: &[StallId], place: &dyn Fn(StallId) -> Option<(f64, f64)>| -> Vec<String> {
            onward(&signs[1], &signs, been, place).into_iter().map(|sign| sign.no.clone()).collect()
        };
        assert_eq!(order(&[], &|_| None), ["3", "10", "A1", "1"]);
        assert_eq!(order(&[signs[2].stall], &|_| None), ["10", "A1", "1"]);
        let along =
            |stall: StallId| signs.iter().position(|sign| sign.stall == stall).map(|x| (-(x as f64), 0.0));
        assert_eq!(order(&[], &along), ["3", "1", "10", "A1"]);
    }
}
