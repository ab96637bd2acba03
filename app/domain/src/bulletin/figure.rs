//! The figures that a bulletin rests on: which there are, what each is called, and what changed since they were signed.

use serde::{Deserialize, Serialize};

use super::number::{Style, written};
use crate::Refusal;
use crate::count::Snapshot;

/// One figure of the bulletin, with what it means and how it stands in the text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// Which.
    pub key: FigureKey,
    /// As the ledger counts.
    pub exact: i64,
    /// As the house style says it.
    pub written: String,
}

/// Which figure.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureKey {
    /// 服务人次
    Encounters,
    /// 其中扫码
    Scan,
    /// 其中工作人员登记
    Staff,
    /// 其中纸质登记
    Paper,
    /// 其中晚到：发生两分钟以后才收到
    Late,
    /// 待核
    PendingReview,
    /// 宣讲
    Talks,
    /// 诉求
    Appeals,
    /// 现场办结
    SettledOnSpot,
    /// 单位办结：单位自己说的，含现场办结
    SettledByUnit,
    /// 群众确认
    Confirmed,
    /// 未当场办结
    Open,
    /// 摊位
    Stalls,
    /// 到岗
    Arrived,
}

impl FigureKey {
    /// Every figure, in the order of the table.
    pub const ALL: [Self; 14] = [
        Self::Encounters,
        Self::Scan,
        Self::Staff,
        Self::Paper,
        Self::Late,
        Self::PendingReview,
        Self::Talks,
        Self::Appeals,
        Self::SettledOnSpot,
        Self::SettledByUnit,
        Self::Confirmed,
        Self::Open,
        Self::Stalls,
        Self::Arrived,
    ];

    /// The last part of its address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Encounters => "encounters",
            Self::Scan => "scan",
            Self::Staff => "staff",
            Self::Paper => "paper",
            Self::Late => "late",
            Self::PendingReview => "pending_review",
            Self::Talks => "talks",
            Self::Appeals => "appeals",
            Self::SettledOnSpot => "settled_on_spot",
            Self::SettledByUnit => "settled_by_unit",
            Self::Confirmed => "confirmed",
            Self::Open => "open",
            Self::Stalls => "stalls",
            Self::Arrived => "arrived",
        }
    }

    /// Reads it.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|key| key.code() == code).ok_or(Refusal::Malformed("figure"))
    }

    /// What it is called in a reference, `{服务人次}`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Encounters => "服务人次",
            Self::Scan => "扫码登记",
            Self::Staff => "工作人员登记",
            Self::Paper => "纸质登记",
            Self::Late => "晚到",
            Self::PendingReview => "待核",
            Self::Talks => "宣讲",
            Self::Appeals => "诉求",
            Self::SettledOnSpot => "现场办结",
            Self::SettledByUnit => "单位办结",
            Self::Confirmed => "群众确认",
            Self::Open => "未当场办结",
            Self::Stalls => "摊位",
            Self::Arrived => "到岗",
        }
    }

    /// How the house style writes it.
    pub const fn style(self) -> Style {
        match self {
            Self::Encounters | Self::Talks | Self::Appeals => Style::Odd,
            Self::SettledOnSpot | Self::SettledByUnit => Style::Over,
            _ => Style::Exact,
        }
    }

    /// Its value at the moment of a snapshot.
    pub fn of(self, seen: &Snapshot) -> i64 {
        let (counts, appeals) = (&seen.encounters, &seen.appeals);
        let stalls = seen.stalls.iter().filter(|stall| !stall.name.is_empty());
        match self {
            Self::Encounters => counts.total,
            Self::Scan => counts.scan,
            Self::Staff => counts.staff,
            Self::Paper => counts.paper,
            Self::Late => counts.late,
            Self::PendingReview => counts.pending_review,
            Self::Talks => seen.talks,
            Self::Appeals => appeals.raised,
            Self::SettledOnSpot => appeals.settled_on_spot,
            Self::SettledByUnit => appeals.settled_by_unit,
            Self::Confirmed => appeals.confirmed,
            Self::Open => appeals.raised - appeals.settled_on_spot,
            Self::Stalls => stalls.count() as i64,
            Self::Arrived => stalls.filter(|stall| stall.arrived).count() as i64,
        }
    }

    /// Where its rows stand.
    pub const fn kept_in(self) -> KeptIn {
        match self {
            Self::Appeals | Self::SettledOnSpot | Self::SettledByUnit | Self::Confirmed | Self::Open => {
                KeptIn::Appeals
            }
            Self::Stalls | Self::Arrived => KeptIn::Stalls,
            _ => KeptIn::Ledger,
        }
    }
}

/// What a figure is counted from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeptIn {
    /// Rows of the ledger, added up.
    Ledger,
    /// Appeals.
    Appeals,
    /// Stalls.
    Stalls,
}

/// Every figure at the moment of a snapshot.
pub fn figures(seen: &Snapshot) -> Vec<Figure> {
    FigureKey::ALL
        .into_iter()
        .map(|key| {
            let exact = key.of(seen);
            Figure { key, exact, written: written(exact, key.style()) }
        })
        .collect()
}

/// A figure that is no longer what was signed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// Which.
    pub key: FigureKey,
    /// As signed or last corrected.
    pub before: i64,
    /// Now.
    pub after: i64,
}

/// What changed between two sets of figures. A figure that was not counted then is none that changed.
pub fn changes(before: &[Figure], after: &[Figure]) -> Vec<Change> {
    after
        .iter()
        .filter_map(|now| {
            let then = before.iter().find(|then| then.key == now.key)?;
            (then.exact != now.exact).then_some(Change { key: now.key, before: then.exact, after: now.exact })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_a_name_and_an_address_of_its_own() {
        for key in FigureKey::ALL {
            assert_eq!(FigureKey::from_code(key.code()), Ok(key));
            let json = serde_json::to_string(&key).unwrap();
            assert_eq!(json, format!("\"{}\"", key.code()), "address and file agree");
            assert_eq!(FigureKey::ALL.iter().filter(|other| other.name() == key.name()).count(), 1);
        }
    }

    #[test]
    fn only_what_was_counted_before_can_change() {
        let figure = |key, exact| Figure { key, exact, written: String::new() };
        let before = [figure(FigureKey::Encounters, 5037), figure(FigureKey::Appeals, 63)];
        let after = [
            figure(FigureKey::Encounters, 5040),
            figure(FigureKey::Appeals, 63),
            figure(FigureKey::Arrived, 12),
        ];
        let change = Change { key: FigureKey::Encounters, before: 5037, after: 5040 };
        assert_eq!(changes(&before, &after), [change]);
        assert_eq!(changes(&after, &after), []);
    }
}
