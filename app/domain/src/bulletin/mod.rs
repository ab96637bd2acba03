//! The bulletin (简报): the market's story in the house style, every figure taken from the ledger.
//!
//! A person edits the prose ([`Letter`]), never the figures: those stand in it by reference and are filled in here.
//! What must be told is added by the rules and cannot be edited away: the sources behind the number of people served,
//! what waits for review, an estimate as an estimate, and phones that are not in yet.

mod figure;
mod letter;
mod number;
mod picture;
mod prose;
mod thanks;

use serde::{Deserialize, Serialize};

pub use figure::{Change, Figure, FigureKey, KeptIn, changes, figures};
pub use letter::{Letter, MOST_QUOTE, MOST_QUOTES, Part, Quote};
pub use number::{Style, written};
pub use picture::{MOST_CAPTION, MOST_PICTURES, Picture, caption};
pub use prose::{Fact, Flaw, MOST_PROSE, Piece, Prose};
pub use thanks::{Thanks, minutes_open};

use crate::count::Snapshot;
use crate::crowd::{Estimate, Method};
use crate::device::Missing;
use crate::market::{Market, Plan};
use crate::moment::Day;
use crate::{Moment, Refusal};

/// A part of a finished paragraph.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Run {
    /// Words.
    Words(String),
    /// A figure, which opens to its rows.
    Figure {
        /// Which.
        key: FigureKey,
        /// As it stands here.
        text: String,
    },
}

impl Run {
    /// As it reads.
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Figure { text, .. } => text,
        }
    }
}

/// A finished paragraph. Bulletins that were signed before figures opened hold their text alone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Paragraph {
    /// Text alone.
    Plain(String),
    /// Words and figures.
    Runs(Vec<Run>),
}

impl Paragraph {
    /// As it reads.
    pub fn text(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Runs(runs) => runs.iter().map(Run::text).collect(),
        }
    }
}

/// A bulletin, ready to read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bulletin {
    /// Heading.
    pub title: String,
    /// Paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Who signs.
    pub signature: String,
    /// The figures behind the text.
    pub figures: Vec<Figure>,
    /// The moment up to which they are true.
    pub as_of: Moment,
}

/// How a sentence ends that says what the number of people served leaves out.
const LEFT_OUT: &str = "以上人次不含这部分。";

impl Bulletin {
    /// The sentences that say what its number of people served leaves out: they go wherever that number goes.
    pub fn left_out(&self) -> impl Iterator<Item = String> {
        self.paragraphs.iter().map(Paragraph::text).filter(|text| text.ends_with(LEFT_OUT))
    }
}

/// Inner quotation marks for a text that is quoted itself.
fn quoted(text: &str) -> String {
    format!("“{}”", text.replace('“', "‘").replace('”', "’"))
}

/// The house style of a part for this market and what was counted.
pub fn usual(market: &Market, seen: &Snapshot) -> impl Fn(Part) -> String {
    let rain = market.plan == Plan::Rain;
    move |part| part.usual(rain, seen)
}

/// Writes the bulletin of a market from its snapshot and what an organizer wrote.
pub fn draft(market: &Market, seen: &Snapshot, letter: &Letter) -> Result<Bulletin, Refusal> {
    let day = Day::parse(&market.held_on)?;
    let filling = Filling { market, seen, date: format!("{}（{}）", day.zh(), day.weekday_zh()) };
    let mut paragraphs = Vec::new();
    for part in Part::ALL {
        if part == Part::Next {
            paragraphs.extend(letter.quotes().iter().map(said));
        }
        let text = letter.text(part, usual(market, seen));
        let prose = Prose::parse(&text).map_err(|_| Refusal::Malformed("prose"))?;
        let runs = filling.runs(&prose);
        if runs.iter().any(|run| !run.text().trim().is_empty()) {
            paragraphs.push(Paragraph::Runs(runs));
        }
        if part == Part::Served {
            paragraphs.extend(pending(seen).map(Paragraph::Runs));
            paragraphs.extend(crowd(seen).map(Paragraph::Plain));
            paragraphs.extend(missing(seen).map(Paragraph::Plain));
        }
    }
    Ok(Bulletin {
        title: format!("{}{} {}", market.organizer, market.name, filling.date),
        paragraphs,
        signature: format!("{} {}年{}", market.organizer, day.year(), day.zh()),
        figures: figures(seen),
        as_of: seen.as_of,
    })
}

/// What references are filled from.
struct Filling<'a> {
    market: &'a Market,
    seen: &'a Snapshot,
    date: String,
}

impl Filling<'_> {
    fn runs(&self, prose: &Prose) -> Vec<Run> {
        prose
            .pieces()
            .iter()
            .flat_map(|piece| match piece {
                Piece::Words(words) => vec![Run::Words(words.clone())],
                Piece::Fact(fact) => vec![Run::Words(self.fact(*fact))],
                Piece::Figure(key, style) => self.figure(*key, *style),
            })
            .collect()
    }

    fn fact(&self, fact: Fact) -> String {
        let market = self.market;
        match fact {
            Fact::Date => self.date.clone(),
            Fact::Host => market.host.clone(),
            Fact::Organizer => market.organizer.clone(),
            Fact::Participants => market.participants.clone(),
            Fact::Name => market.name.clone(),
            Fact::Theme => quoted(&market.theme),
            Fact::Tagline => market.tagline.clone(),
            Fact::Zones => self.zones(),
        }
    }

    fn zones(&self) -> String {
        let sentence = |zone: &crate::market::Zone| {
            let standing = self.seen.stalls.iter().filter(|stall| stall.zone == zone.letter);
            let names: Vec<&str> =
                standing.map(|stall| stall.name.as_str()).filter(|name| !name.is_empty()).collect();
            (!names.is_empty()).then(|| format!("{}专区设有{}。", quoted(&zone.name), names.join("、")))
        };
        self.market.zones.iter().filter_map(sentence).collect()
    }

    /// A figure with what may not be parted from it: its sources, and that talks are no part of the total.
    fn figure(&self, key: FigureKey, style: Style) -> Vec<Run> {
        let run = |key: FigureKey, style| Run::Figure { key, text: written(key.of(self.seen), style) };
        let words = |text: &str| Run::Words(text.to_owned());
        let mut runs = vec![run(key, style)];
        match key {
            FigureKey::Encounters => {
                runs.push(words("人次（"));
                let sources = [FigureKey::Scan, FigureKey::Staff, FigureKey::Paper];
                let told = |key: &FigureKey| *key != FigureKey::Paper || key.of(self.seen) != 0;
                for (nth, source) in sources.into_iter().filter(told).enumerate() {
                    let comma = if nth == 0 { "" } else { "，" };
                    runs.push(Run::Words(format!("{comma}{}", source.name())));
                    runs.push(run(source, Style::Exact));
                }
                runs.push(words("）"));
            }
            FigureKey::Talks => runs.push(words("人次（单独统计，不计入服务人次）")),
            _ => {}
        }
        runs
    }
}

/// `居民代表说：“办得快。”`
fn said(quote: &Quote) -> Paragraph {
    Paragraph::Plain(format!("{}说：{}", quote.role, quoted(&quote.words)))
}

/// What is in the ledger and not in the total.
fn pending(seen: &Snapshot) -> Option<Vec<Run>> {
    let n = seen.encounters.pending_review;
    (n > 0).then(|| {
        vec![
            Run::Words("另有".into()),
            Run::Figure { key: FigureKey::PendingReview, text: n.to_string() },
            Run::Words(format!("人次已记入台账、尚待核对，{LEFT_OUT}")),
        ]
    })
}

/// How many people came: an estimate, by its method, apart from the person-times.
fn crowd(seen: &Snapshot) -> Option<String> {
    let Estimate { method, visitors, low, high, looks, .. } = seen.crowd?;
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
fn missing(seen: &Snapshot) -> Option<String> {
    let Missing { devices, records } = seen.devices_missing;
    (devices > 0).then(|| {
        format!("截至成稿，尚有{devices}台计数手机、最多{records}条登记未收到，收到后另行更正，{LEFT_OUT}")
    })
}

#[cfg(test)]
mod tests;
