//! The print pack: every sheet of a market in one PDF. Put together from what is known; asks nothing of the store.

mod cover;
mod list;
pub mod pen;
mod place;
mod poster;
pub mod press;
mod sign;
mod slip;
mod tally;

pub use pen::Leaf;
pub use slip::Coded;

use anyhow::Result;
use kaishi_app::pages::pack::Part;
use kaishi_app::pages::poster::{Brand, Row, Sheet};
use kaishi_app::pages::rain::PlaceSign;
use kaishi_app::words::Lang;

use crate::poster::Code;

/// What the sheets tell.
#[derive(Clone, Debug)]
pub struct Pack {
    /// What stands on all of them.
    pub brand: Brand,
    /// The stalls that are printed.
    pub rows: Vec<Row>,
    /// Where stalls hang a sign in rain.
    pub places: Vec<PlaceSign>,
    /// `09:00`, one a line of a tally sheet.
    pub hours: Vec<String>,
    /// The map, A3, as an SVG file.
    pub map: Option<String>,
    /// What comes before the six characters of an appeal: `K7Q2M`.
    pub prefix: String,
    /// `ks.example.cn/a`: where a slip's code is typed.
    pub ask: String,
    /// The same as a code.
    pub ask_code: (String, usize),
    /// The slips whose codes wait to be keyed in.
    pub coded: Vec<Coded>,
    /// A5 posters and A6 signs instead of A4 and A5.
    pub small: bool,
}

/// A part with its pages.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// Which.
    pub part: Part,
    /// Its pages.
    pub leaves: Vec<Leaf>,
}

/// The code of an address as a path and its modules.
pub fn address_code(address: &str) -> Result<(String, usize), kaishi_domain::Refusal> {
    Code::of(address).map(|code| (code.path(), code.width()))
}

impl Pack {
    /// The pages of the parts, in order, the cover first.
    pub fn chapters(&self, parts: &[Part]) -> Vec<Chapter> {
        let mut chapters: Vec<Chapter> = Part::ALL
            .into_iter()
            .filter(|part| *part != Part::Cover && parts.contains(part))
            .map(|part| Chapter { part, leaves: self.leaves(part) })
            .filter(|chapter| !chapter.leaves.is_empty())
            .collect();
        if parts.contains(&Part::Cover) {
            let leaves = cover::leaves(self, &chapters);
            chapters.insert(0, Chapter { part: Part::Cover, leaves });
        }
        chapters
    }

    fn leaves(&self, part: Part) -> Vec<Leaf> {
        let rows = || self.rows.iter();
        let sheets = || rows().filter_map(|row| row.sheet.as_ref().map(|sheet| (row, sheet)));
        let sized = |leaf: Leaf| if self.small { leaf.halved() } else { leaf };
        match part {
            Part::Cover => Vec::new(),
            Part::Posters => {
                sheets().map(|(row, sheet)| sized(poster::leaf(&self.brand, row, sheet))).collect()
            }
            Part::List => list::leaves(&self.brand, &self.rows),
            Part::Map => self.map.iter().filter_map(|svg| map(svg)).collect(),
            Part::Signs => sheets().map(|(row, sheet)| sized(sign::leaf(&self.brand, row, sheet))).collect(),
            Part::Places => self.places.iter().map(|sign| place::leaf(&self.brand, sign)).collect(),
            Part::Tally => rows().map(|row| tally::leaf(&self.brand, &self.hours, row)).collect(),
            Part::Slips => rows().map(|row| slip::leaf(self, row)).collect(),
            Part::Codes => slip::coded(self),
        }
    }

    /// The whole as a PDF with one set of fonts and a bookmark a part.
    pub fn pdf(&self, parts: &[Part]) -> Result<Vec<u8>> {
        let mut marks = Vec::new();
        let mut leaves = Vec::new();
        for chapter in self.chapters(parts) {
            marks.push((chapter.part.name(Lang::Zh).to_owned(), leaves.len()));
            leaves.extend(chapter.leaves);
        }
        press::bind(&format!("{} {}", self.brand.title, self.brand.day), &leaves, &marks)
    }
}

/// The A3 map as a page: what stands inside its file.
fn map(svg: &str) -> Option<Leaf> {
    use kaishi_domain::layout::sheet::{HEIGHT, WIDTH};
    let inside = svg.split_once("<svg")?.1.split_once('>')?.1;
    let body = inside.rsplit_once("</svg>")?.0.to_owned();
    Some(Leaf { width: WIDTH, height: HEIGHT, body })
}

/// What a stall is called on paper; a stall without a name is just a stall.
fn called(row: &Row) -> (String, String) {
    use kaishi_app::words::common::Common;
    use kaishi_app::words::resident::Resident;
    let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    (or(&row.sign.name, Common(Lang::Zh).stall()), or(&row.sign.unit, Resident(Lang::Zh).unit_open()))
}

/// `海报号 0513-02-K7QM · 第 1 版 · 5月12日印`
fn edition(brand: &Brand, sheet: &Sheet) -> String {
    let words = kaishi_app::words::poster::Printed(Lang::Zh);
    format!("{} {} · {}", words.number(), sheet.number, words.edition(sheet.revision, &brand.printed))
}
