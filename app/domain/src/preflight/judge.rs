//! How each item stands: from the facts of the market and what people have marked.

use super::{CITY, COUNTY, Item, Mark, Papers};
use crate::moment::Day;

/// What the market holds that an item can be read from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facts {
    /// How many people are expected.
    pub attendance: Option<i64>,
    /// Entries with a service that examines people.
    pub clinics: Papers,
    /// Entries with food.
    pub food: Papers,
    /// Entries whose services need any other paper.
    pub other: Papers,
    /// Stalls that take power.
    pub powered: usize,
    /// The fair map.
    pub layout: Layout,
    /// Whether the rain map is published with stalls.
    pub rain: bool,
    /// Whether an organizer has set wind and heat limits.
    pub limits: bool,
}

/// How the map stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Layout {
    /// Nobody has seen it.
    #[default]
    Unpublished,
    /// It is published and breaks so many rules.
    Broken(usize),
    /// It is published and breaks none.
    Sound,
}

/// Why an item stands as it does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// Nobody has said how many are expected.
    NoAttendance,
    /// Fewer than [`COUNTY`] are expected.
    Few(i64),
    /// A permit of the county's police is needed.
    County(i64),
    /// A permit of the city's police is needed.
    City(i64),
    /// No entry needs it.
    Nobody,
    /// So many entries need it, and all have it on the day.
    AllHold(usize),
    /// These lack it on the day.
    Lacking(Vec<String>),
    /// No stall takes power.
    NoPower,
    /// So many stalls take power.
    Powered(usize),
    /// The map is not published.
    Unpublished,
    /// It breaks so many rules.
    Broken(usize),
    /// It is published without a breach.
    Sound,
    /// A plan is there.
    Planned,
    /// None is.
    Unplanned,
    /// A person has to see to it.
    ByHand,
}

/// How an item stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Has to be done.
    Open(Why),
    /// Is in order by itself.
    Met(Why),
    /// Does not apply by itself.
    Idle(Why),
    /// Somebody has marked it; why it would be open stands beside.
    Marked(Mark, Why),
}

/// One line of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// What.
    pub item: Item,
    /// Its last day.
    pub due: Day,
    /// How it stands.
    pub standing: Standing,
    /// Open, and its day is over.
    pub overdue: bool,
}

impl Line {
    /// Whether it still has to be done.
    pub const fn is_open(&self) -> bool {
        matches!(self.standing, Standing::Open(_))
    }
}

/// The whole list on a day.
pub fn judge(facts: &Facts, marks: &[(Item, Mark)], held_on: Day, today: Day) -> Vec<Line> {
    let line = |item: &Item| {
        let item = *item;
        let mark = marks.iter().find(|(marked, _)| *marked == item).map(|(_, mark)| mark.clone());
        let standing = match (by_itself(item, facts), mark) {
            // A permit that was got for so many people says nothing of an unknown number.
            (Standing::Open(Why::NoAttendance), Some(Mark::Done { .. })) => Standing::Open(Why::NoAttendance),
            (Standing::Open(why), Some(mark)) => Standing::Marked(mark, why),
            (standing, _) => standing,
        };
        let due = item.due(held_on);
        let overdue = matches!(standing, Standing::Open(_)) && today > due;
        Line { item, due, standing, overdue }
    };
    Item::ALL.iter().map(line).collect()
}

fn by_itself(item: Item, facts: &Facts) -> Standing {
    let papers = |papers: &Papers| match papers {
        Papers { needed: 0, .. } => Standing::Idle(Why::Nobody),
        Papers { lacking, needed } if lacking.is_empty() => Standing::Met(Why::AllHold(*needed)),
        Papers { lacking, .. } => Standing::Open(Why::Lacking(lacking.clone())),
    };
    let plan = |there: bool| if there { Standing::Met(Why::Planned) } else { Standing::Open(Why::Unplanned) };
    match item {
        Item::Permit => match facts.attendance {
            None => Standing::Open(Why::NoAttendance),
            Some(people) if people >= CITY => Standing::Open(Why::City(people)),
            Some(people) if people >= COUNTY => Standing::Open(Why::County(people)),
            Some(people) => Standing::Idle(Why::Few(people)),
        },
        Item::Clinic => papers(&facts.clinics),
        Item::Food => papers(&facts.food),
        Item::Papers => papers(&facts.other),
        Item::Power if facts.powered == 0 => Standing::Idle(Why::NoPower),
        Item::Power => Standing::Open(Why::Powered(facts.powered)),
        Item::Venue | Item::Insurance => Standing::Open(Why::ByHand),
        Item::Layout => match facts.layout {
            Layout::Unpublished => Standing::Open(Why::Unpublished),
            Layout::Broken(rules) => Standing::Open(Why::Broken(rules)),
            Layout::Sound => Standing::Met(Why::Sound),
        },
        Item::Rain => plan(facts.rain),
        Item::Weather => plan(facts.limits),
    }
}

/// What a market should not open without, and still has to be done.
pub fn open_musts(lines: &[Line]) -> impl Iterator<Item = &Line> {
    lines.iter().filter(|line| line.item.is_must() && line.is_open())
}
