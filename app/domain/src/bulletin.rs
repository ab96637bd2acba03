//! The bulletin (简报): the market's story in the house style, every figure taken from the ledger.
//!
//! Written figures round down only: `5000余` and `超过40` never say more than the ledger holds.

use serde::{Deserialize, Serialize};

use crate::count::Snapshot;
use crate::crowd::{Estimate, Method};
use crate::device::Missing;
use crate::market::{Market, Plan};
use crate::moment::Day;
use crate::{Moment, Refusal};

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// `5000余`
    Odd,
    /// `超过40`
    Over,
}

/// The round number that a figure is written with: tens below a hundred, hundreds above.
const fn floor(n: i64) -> i64 {
    match n {
        ..10 => n,
        10..100 => n - n % 10,
        _ => n - n % 100,
    }
}

/// A figure in words: rounded down with its marker, or exact where it is round or small.
pub fn written(n: i64, style: Style) -> String {
    let round = floor(n);
    if round == n {
        return n.to_string();
    }
    match style {
        Style::Odd => format!("{round}余"),
        Style::Over => format!("超过{round}"),
    }
}

/// One figure of the bulletin, with what it means and how it stands in the text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// Which.
    pub key: FigureKey,
    /// As the ledger counts.
    pub exact: i64,
    /// As the text says; empty where the text does not name it.
    pub written: String,
}

/// The figures that a bulletin rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
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
    /// 待核
    PendingReview,
    /// 宣讲
    Talks,
    /// 诉求
    Appeals,
    /// 现场办结
    SettledOnSpot,
    /// 摊位
    Stalls,
}

/// A bulletin, ready to read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bulletin {
    /// Heading.
    pub title: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// Who signs.
    pub signature: String,
    /// The figures behind the text.
    pub figures: Vec<Figure>,
    /// The moment up to which they are true.
    pub as_of: Moment,
}

/// Inner quotation marks for a text that is quoted itself.
fn quoted(text: &str) -> String {
    format!("“{}”", text.replace('“', "‘").replace('”', "’"))
}

/// Writes the bulletin of a market from its snapshot.
pub fn draft(market: &Market, snapshot: &Snapshot) -> Result<Bulletin, Refusal> {
    let day = Day::parse(&market.held_on)?;
    let date = format!("{}（{}）", day.zh(), day.weekday_zh());
    let counts = &snapshot.encounters;
    let standing: Vec<_> = snapshot.stalls.iter().filter(|stall| !stall.name.is_empty()).collect();
    let stalls = i64::try_from(standing.len()).unwrap_or(i64::MAX);
    let rain = if market.plan == Plan::Rain { "冒雨" } else { "" };

    let opening = format!(
        "{date}，由{}主办、{}承办、{}参办的{}{rain}开市。{}，本次市集以{}为主题，共设{stalls}个摊位。",
        market.host,
        market.organizer,
        market.participants,
        market.name,
        market.tagline,
        quoted(&market.theme),
    );
    let zones = market.zones.iter().filter_map(|zone| {
        let names: Vec<_> = standing
            .iter()
            .filter(|stall| stall.zone == zone.letter)
            .map(|stall| stall.name.as_str())
            .collect();
        (!names.is_empty()).then(|| format!("{}专区设有{}。", quoted(&zone.name), names.join("、")))
    });
    let mut paragraphs = vec![opening];
    let zones: String = zones.collect();
    if !zones.is_empty() {
        paragraphs.push(zones);
    }
    paragraphs.push(served(snapshot));
    paragraphs.extend(crowd(snapshot));
    paragraphs.extend(missing(snapshot));
    let rest = snapshot.appeals.raised - snapshot.appeals.settled_on_spot;
    if rest > 0 {
        paragraphs.push(format!(
            "未能当场办结的{rest}件诉求已登记编码，将派至相关单位限时办理，居民可凭取件码查询进度并评价。"
        ));
    }
    let figure = |key, exact, written: String| Figure { key, exact, written };
    let appeals = &snapshot.appeals;
    Ok(Bulletin {
        title: format!("{}{} {}", market.organizer, market.name, date),
        paragraphs,
        signature: format!("{} {}年{}", market.organizer, day.year(), day.zh()),
        figures: vec![
            figure(FigureKey::Encounters, counts.total, written(counts.total, Style::Odd)),
            figure(FigureKey::Scan, counts.scan, written(counts.scan, Style::Odd)),
            figure(FigureKey::Staff, counts.staff, written(counts.staff, Style::Odd)),
            figure(FigureKey::Paper, counts.paper, String::new()),
            figure(FigureKey::PendingReview, counts.pending_review, String::new()),
            figure(FigureKey::Talks, snapshot.talks, written(snapshot.talks, Style::Odd)),
            figure(FigureKey::Appeals, appeals.raised, written(appeals.raised, Style::Odd)),
            figure(
                FigureKey::SettledOnSpot,
                appeals.settled_on_spot,
                written(appeals.settled_on_spot, Style::Over),
            ),
            figure(FigureKey::Stalls, stalls, stalls.to_string()),
        ],
        as_of: snapshot.as_of,
    })
}

/// How many people came: an estimate, by its method, apart from the person-times.
fn crowd(snapshot: &Snapshot) -> Option<String> {
    let Estimate { method, visitors, low, high, looks, .. } = snapshot.crowd?;
    let how = match method {
        Method::Gate => "门口计数",
        Method::Sample => "抽样推算",
        Method::Walk => "巡场清点、按每人停留45分钟推算",
    };
    Some(format!(
        "另据现场估算，到场约{visitors}人（{how}，{looks}次，估计在{low}至{high}人之间），与服务人次分别统计。"
    ))
}

/// What is not in yet, instead of a total that only seems whole.
fn missing(snapshot: &Snapshot) -> Option<String> {
    let Missing { devices, records } = snapshot.devices_missing;
    (devices > 0).then(|| {
        format!("截至成稿，尚有{devices}台计数手机、最多{records}条登记未收到，收到后另行更正，以上人次不含这部分。")
    })
}

fn served(snapshot: &Snapshot) -> String {
    let (counts, appeals) = (&snapshot.encounters, &snapshot.appeals);
    let people = format!(
        "当天共服务群众{}人次（扫码登记{}，工作人员登记{}）",
        written(counts.total, Style::Odd),
        written(counts.scan, Style::Odd),
        written(counts.staff + counts.paper, Style::Odd),
    );
    let heard = match appeals.raised {
        0 => String::new(),
        n => format!("，收集群众诉求{}件", written(n, Style::Odd)),
    };
    let settled = match appeals.settled_on_spot {
        0 => String::new(),
        n => format!("，其中{}件现场办结", written(n, Style::Over)),
    };
    let talks = match snapshot.talks {
        0 => String::new(),
        n => format!("企业宣讲覆盖{}人次，单独统计，不计入服务人次。", written(n, Style::Odd)),
    };
    format!("{people}{heard}{settled}。{talks}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_fuzhong_figures_read_as_in_the_account() {
        assert_eq!(written(5037, Style::Odd), "5000余");
        assert_eq!(written(63, Style::Odd), "60余");
        assert_eq!(written(42, Style::Over), "超过40");
        assert_eq!(written(618, Style::Odd), "600余");
    }

    #[test]
    fn round_and_small_figures_are_exact() {
        for n in [0, 1, 9, 10, 40, 100, 600, 5000] {
            assert_eq!(written(n, Style::Odd), n.to_string());
            assert_eq!(written(n, Style::Over), n.to_string());
        }
        assert_eq!(written(5001, Style::Odd), "5000余");
    }

    #[test]
    fn a_quoted_theme_turns_its_own_marks_inward() {
        assert_eq!(quoted("党群开市“服”满园"), "“党群开市‘服’满园”");
    }

    proptest! {
        #[test]
        fn a_written_figure_never_exceeds_the_ledger(n in 0_i64..2_000_000) {
            for style in [Style::Odd, Style::Over] {
                let text = written(n, style);
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let said: i64 = digits.parse().unwrap();
                let marked = digits != text;
                prop_assert!(said <= n);
                prop_assert!(!marked || said < n, "{text} says more than {n}");
                prop_assert!(marked || said == n);
                prop_assert!(n - said < 100);
            }
        }
    }
}
