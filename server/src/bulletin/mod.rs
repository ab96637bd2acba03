//! A bulletin as it leaves the house: a letter on paper, a page for a mail, text for a group, a picture to share.
//! All four say the same figures, up to when they are true, and the fingerprint of the ledger; a draft says that it
//! is one. They are read in a Chinese office, so they are in Chinese whoever takes them.

pub mod html;
pub mod letter;
pub mod share;
pub mod text;
pub mod thanks;

use kaishi_app::words::Lang;
use kaishi_app::words::bulletin::Bulletin as Names;
use kaishi_app::words::copy::Copy as Words;
use kaishi_domain::bulletin::{Bulletin, Figure, FigureKey, changes};
use kaishi_domain::market::Market;
use kaishi_domain::moment::Place;
use kaishi_domain::{Moment, Refusal};
use kaishi_store::{Basis, Issue};

const ZH: Lang = Lang::Zh;

/// A bulletin with everything that a copy of it says.
#[derive(Clone, PartialEq, Debug)]
pub struct Copy {
    /// Text and figures.
    pub bulletin: Bulletin,
    /// `党员服务市集`
    pub name: String,
    /// `党群开市“服”满园`
    pub theme: String,
    /// 承办
    pub organizer: String,
    /// The how-manieth.
    pub ordinal: i64,
    /// `截至 2023年5月13日 11:42，台账 5037 行`
    pub as_of: String,
    /// `台账指纹 3f…`
    pub head: String,
    /// `2023年5月13日 13:05 签发`; none for a draft.
    pub signed: Option<String>,
    /// Each correction as a sentence.
    pub corrections: Vec<String>,
}

/// `2023年5月13日 13:05`
fn moment(place: &Place, at: Moment) -> String {
    let day = place.day(at);
    format!("{}年{} {}", day.year(), day.zh(), place.clock(at))
}

impl Copy {
    /// The copy of a draft that rests on this.
    pub fn draft(market: &Market, bulletin: Bulletin, basis: &Basis) -> Result<Self, Refusal> {
        let (place, head) = (market.place()?, basis.head.to_string());
        Ok(Self::of(market, bulletin, &place, basis.seq, Some(&head)))
    }

    /// The copy of what was signed, with every correction after it.
    pub fn signed(market: &Market, bulletin: Bulletin, issues: &[Issue]) -> Result<Self, Refusal> {
        let place = market.place()?;
        let first = issues.first().ok_or(Refusal::Missing("signature"))?;
        let head = first.head.map(|head| head.to_string());
        let correction = |pair: &[Issue]| {
            let [before, after] = pair else { return String::new() };
            let changed = changes(&before.figures, &after.figures);
            Words(ZH).correction(after.n, &place.day(after.at).zh(), &after.why, &changed)
        };
        Ok(Self {
            signed: Some(Words(ZH).signed_at(&moment(&place, first.at))),
            corrections: issues.windows(2).map(correction).collect(),
            ..Self::of(market, bulletin, &place, first.seq, head.as_deref())
        })
    }

    fn of(market: &Market, bulletin: Bulletin, place: &Place, seq: i64, head: Option<&str>) -> Self {
        Self {
            name: market.name.clone(),
            theme: market.theme.clone(),
            organizer: market.organizer.clone(),
            ordinal: market.ordinal,
            as_of: Words(ZH).as_of(&moment(place, bulletin.as_of), seq),
            head: Words(ZH).head(head),
            signed: None,
            corrections: Vec::new(),
            bulletin,
        }
    }

    /// Whether it says across that it is a draft.
    pub const fn is_draft(&self) -> bool {
        self.signed.is_none()
    }

    /// Who signs, and the day.
    fn signature(&self) -> (&str, &str) {
        self.bulletin.signature.rsplit_once(' ').unwrap_or((&self.bulletin.signature, ""))
    }

    /// A figure as the ledger counts; 0 for one that was not counted when it was signed.
    fn exact(&self, key: FigureKey) -> i64 {
        self.bulletin.figures.iter().find(|figure| figure.key == key).map_or(0, |figure| figure.exact)
    }

    /// Every figure's name and meaning with the figure.
    fn figures(&self) -> impl Iterator<Item = (&'static str, &'static str, &Figure)> {
        self.bulletin.figures.iter().map(|figure| {
            let (name, meaning) = Names(ZH).explain(figure.key);
            (name, meaning, figure)
        })
    }

    /// How true it is: what every copy ends with.
    pub fn foot(&self) -> Vec<&str> {
        let draft = self.is_draft().then(|| Words(ZH).draft_why());
        draft.into_iter().chain(self.signed.as_deref()).chain([self.as_of.as_str(), &self.head]).collect()
    }
}
