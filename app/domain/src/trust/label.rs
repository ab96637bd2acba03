//! What is noted beside a scan, and when that is reason enough to let a person look first.

use std::fmt;
use std::str::FromStr;

use crate::Refusal;
use crate::encounter::Confidence;

/// One sign.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Label {
    /// The code of the stall was typed, and right.
    Verified,
    /// No cookie came back, so that a second visit cannot be told from a first.
    NoCookie,
    /// Tapped sooner than a person can read the page.
    Fast,
    /// The same phone was at another stall a moment ago.
    Hurried,
    /// The same phone was at very many stalls within the hour.
    Rounds,
    /// Very many new phones from one network at one poster within a minute.
    ManyNew,
    /// A code was typed, and wrong.
    WrongCode,
    /// More people than the stall can serve in a quarter of an hour, three times over.
    Crowded,
    /// More people within a minute than any stall sees.
    Surge,
    /// A field was filled in that no person sees.
    Trap,
}

/// Signs that say the same in other words; two of one family weigh as one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    For,
    Pace,
    Spread,
    Origin,
    Guess,
    /// Reason enough, unless the code of the stall was right.
    Unproved,
    /// Reason enough.
    Alone,
}

impl Label {
    /// Every one, in the order in which they are written down.
    pub const ALL: [Self; 10] = [
        Self::Verified,
        Self::NoCookie,
        Self::Fast,
        Self::Hurried,
        Self::Rounds,
        Self::ManyNew,
        Self::WrongCode,
        Self::Crowded,
        Self::Surge,
        Self::Trap,
    ];

    /// How it stands in the ledger.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::NoCookie => "no_cookie",
            Self::Fast => "fast",
            Self::Hurried => "hurried",
            Self::Rounds => "rounds",
            Self::ManyNew => "many_new",
            Self::WrongCode => "wrong_code",
            Self::Crowded => "crowded",
            Self::Surge => "surge",
            Self::Trap => "trap",
        }
    }

    const fn weight(self) -> Weight {
        match self {
            Self::Verified => Weight::For,
            Self::NoCookie => Weight::Unproved,
            Self::Fast | Self::Hurried => Weight::Pace,
            Self::Rounds => Weight::Spread,
            Self::ManyNew => Weight::Origin,
            Self::WrongCode => Weight::Guess,
            Self::Crowded | Self::Surge | Self::Trap => Weight::Alone,
        }
    }
}

/// The signs beside one scan, each at most once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Labels(u16);

impl Labels {
    /// None.
    pub const NONE: Self = Self(0);

    /// The same with another one.
    #[must_use]
    pub const fn with(self, label: Label) -> Self {
        Self(self.0 | 1 << label as u16)
    }

    /// The same with another one, if so.
    #[must_use]
    pub const fn when(self, so: bool, label: Label) -> Self {
        if so { self.with(label) } else { self }
    }

    /// Whether this one is among them.
    pub const fn has(self, label: Label) -> bool {
        self.0 & 1 << label as u16 != 0
    }

    /// All of them in their order.
    pub fn each(self) -> impl Iterator<Item = Label> {
        Label::ALL.into_iter().filter(move |label| self.has(*label))
    }

    /// How far a row with these signs is believed. One weak sign is only noted; two of different families, or one
    /// strong sign, and the row waits for a person. The right code of the stall outweighs the weak ones.
    pub fn confidence(self) -> Confidence {
        let is = |weight| self.each().any(|label| label.weight() == weight);
        let weak = [Weight::Pace, Weight::Spread, Weight::Origin, Weight::Guess];
        let signs = weak.into_iter().filter(|weight| is(*weight)).count();
        let doubted = is(Weight::Unproved) || signs > 1;
        if is(Weight::Alone) || (doubted && !is(Weight::For)) { Confidence::Low } else { Confidence::Normal }
    }
}

impl FromIterator<Label> for Labels {
    fn from_iter<T: IntoIterator<Item = Label>>(labels: T) -> Self {
        labels.into_iter().fold(Self::NONE, Self::with)
    }
}

/// The `labels` column: `no_cookie,fast`.
impl fmt::Display for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, label) in self.each().enumerate() {
            f.write_str(if nth > 0 { "," } else { "" })?;
            f.write_str(label.code())?;
        }
        Ok(())
    }
}

impl FromStr for Labels {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let one = |code: &str| Label::ALL.into_iter().find(|label| label.code() == code);
        text.split(',')
            .filter(|code| !code.is_empty())
            .map(|code| one(code).ok_or(Refusal::Malformed("labels")))
            .collect()
    }
}
