//! What a market has set for its safety: how many are expected, who leads in an emergency, where people gather,
//! and from which wind and heat on it stops (L6). Knows no forecast of its own.

use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::text::{short, short_or_empty};

/// From which weather on a market gives way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Limits {
    /// Wind, in grades of the Beaufort scale: from here on canopies come down.
    pub wind_stop: i64,
    /// Degrees Celsius: from here on into the shade.
    pub heat_shade: i64,
    /// Degrees Celsius: from here on no market.
    pub heat_stop: i64,
}

impl Default for Limits {
    /// Strong breeze; the yellow and the orange heat warning of China's weather service.
    fn default() -> Self {
        Self { wind_stop: 6, heat_shade: 35, heat_stop: 37 }
    }
}

/// What the forecast or the thermometer says; either may be unknown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Reading {
    /// Beaufort.
    pub wind: Option<i64>,
    /// Degrees Celsius.
    pub heat: Option<i64>,
}

impl Reading {
    /// A reading, if such weather can be.
    pub fn of(wind: Option<i64>, heat: Option<i64>) -> Result<Self, Refusal> {
        let sound = wind.is_none_or(|grade| (0..=17).contains(&grade))
            && heat.is_none_or(|degrees| (-40..=50).contains(&degrees));
        if sound { Ok(Self { wind, heat }) } else { Err(Refusal::Malformed("reading")) }
    }
}

/// What the rule says, with the figure that made it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Advice {
    /// Nothing speaks against it.
    Go,
    /// Into the shade.
    Shade(Cause),
    /// Not open yet: another day.
    Postpone(Cause),
    /// Open: end it now.
    Stop(Cause),
}

/// Which figure has reached which limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// Wind of a grade, and its limit.
    Wind(i64, i64),
    /// Degrees, and their limit.
    Heat(i64, i64),
}

impl Limits {
    /// Limits that make sense: shade comes before the end.
    pub fn sound(self) -> Result<Self, Refusal> {
        let ordered = self.heat_shade <= self.heat_stop;
        let possible = (3..=12).contains(&self.wind_stop)
            && [self.heat_shade, self.heat_stop].iter().all(|degrees| (25..=45).contains(degrees));
        if ordered && possible { Ok(self) } else { Err(Refusal::Malformed("limits")) }
    }

    /// What the rule says to a reading. Wind goes before heat: a canopy falls on people.
    pub fn advise(self, reading: Reading, open: bool) -> Advice {
        let end = |cause| if open { Advice::Stop(cause) } else { Advice::Postpone(cause) };
        match reading {
            Reading { wind: Some(grade), .. } if grade >= self.wind_stop => {
                end(Cause::Wind(grade, self.wind_stop))
            }
            Reading { heat: Some(degrees), .. } if degrees >= self.heat_stop => {
                end(Cause::Heat(degrees, self.heat_stop))
            }
            Reading { heat: Some(degrees), .. } if degrees >= self.heat_shade => {
                Advice::Shade(Cause::Heat(degrees, self.heat_shade))
            }
            _ => Advice::Go,
        }
    }
}

/// Who leads in an emergency, and where people gather.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Card {
    /// `社区党委书记，在总服务台`: a role and where it is found.
    pub lead: String,
    /// `诗园北侧草坪`, one each.
    pub assembly: Vec<String>,
    /// What helps and stands on no map: `红色暖XIN驿站，24小时，饮水充电`, one each.
    pub comfort: Vec<String>,
}

/// No more places than this of one kind: a card is read at a glance.
const MOST_PLACES: usize = 6;

impl Card {
    /// From a form: the places one a line.
    pub fn of(lead: &str, assembly: &str, comfort: &str) -> Result<Self, Refusal> {
        let places = |text: &str, what| {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            let found = lines.map(|line| short(line, 40, what)).collect::<Result<Vec<_>, _>>()?;
            if found.len() > MOST_PLACES { Err(Refusal::TooLong(what)) } else { Ok(found) }
        };
        Ok(Self {
            lead: short_or_empty(lead, 40, "lead")?,
            assembly: places(assembly, "assembly")?,
            comfort: places(comfort, "comfort")?,
        })
    }
}

/// Everything that a market has set.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Safety {
    /// How many people are expected; `None` while nobody has said.
    pub attendance: Option<i64>,
    /// How many may be inside at once, as approved; `None` while nobody has said.
    pub capacity: Option<i64>,
    /// The limits, where an organizer has set them.
    pub limits: Option<Limits>,
    /// The card.
    pub card: Card,
}

impl Safety {
    /// The limits in force: its own, or the usual ones.
    pub fn limits(&self) -> Limits {
        self.limits.unwrap_or_default()
    }
}

/// Why a market opens or closes although something is open.
pub fn reason(text: &str) -> Result<String, Refusal> {
    short(text, 100, "reason")
}

/// A number of people that can come to one place.
pub fn attendance(text: &str) -> Result<i64, Refusal> {
    let number: i64 = text.trim().parse().map_err(|_| Refusal::Malformed("attendance"))?;
    if (1..=100_000).contains(&number) { Ok(number) } else { Err(Refusal::Malformed("attendance")) }
}

/// A number of people that may be inside one place at once; an empty field takes it away.
pub fn capacity(text: &str) -> Result<Option<i64>, Refusal> {
    if text.trim().is_empty() { Ok(None) } else { attendance(text).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_rule_says_shade_postpone_or_stop_and_why() {
        let limits = Limits::default();
        let cases = [
            (None, None, false, Advice::Go),
            (Some(5), Some(34), false, Advice::Go),
            (Some(5), Some(35), false, Advice::Shade(Cause::Heat(35, 35))),
            (None, Some(38), false, Advice::Postpone(Cause::Heat(38, 37))),
            (None, Some(37), true, Advice::Stop(Cause::Heat(37, 37))),
            (Some(6), Some(40), false, Advice::Postpone(Cause::Wind(6, 6))),
            (Some(8), None, true, Advice::Stop(Cause::Wind(8, 6))),
        ];
        for (wind, heat, open, said) in cases {
            assert_eq!(
                limits.advise(Reading::of(wind, heat).unwrap(), open),
                said,
                "{wind:?} {heat:?} {open}"
            );
        }
        assert!(Reading::of(Some(18), None).is_err() && Reading::of(None, Some(51)).is_err());
    }

    #[test]
    fn limits_without_sense_are_refused() {
        let usual = Limits::default();
        assert!(Limits { heat_shade: 38, ..usual }.sound().is_err(), "shade after the end");
        assert!(Limits { wind_stop: 2, ..usual }.sound().is_err());
        assert!(Limits { heat_stop: 46, ..usual }.sound().is_err());
        assert_eq!(usual.sound(), Ok(usual));
        assert_eq!(attendance(" 5000 "), Ok(5_000));
        for wrong in ["", "0", "-3", "约五千", "100001"] {
            assert!(attendance(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_card_takes_its_places_line_by_line() {
        let card = Card::of(" 社区书记 ", "草坪\r\n\n 停车场 \n", "").unwrap();
        assert_eq!(
            card,
            Card {
                lead: "社区书记".into(), assembly: vec!["草坪".into(), "停车场".into()], comfort: vec![]
            }
        );
        assert_eq!(Card::of("", "a\nb\nc\nd\ne\nf\ng", ""), Err(Refusal::TooLong("assembly")));
        assert_eq!(Card::of("", "", &"字".repeat(41)), Err(Refusal::TooLong("comfort")));
    }

    proptest! {
        #[test]
        fn worse_weather_is_never_told_to_be_better(wind in 0_i64..=16, heat in -40_i64..=49, open in any::<bool>()) {
            let limits = Limits::default();
            let weight = |wind, heat| match limits.advise(Reading { wind: Some(wind), heat: Some(heat) }, open) {
                Advice::Go => 0,
                Advice::Shade(_) => 1,
                Advice::Postpone(_) | Advice::Stop(_) => 2,
            };
            prop_assert!(weight(wind, heat) <= weight(wind + 1, heat));
            prop_assert!(weight(wind, heat) <= weight(wind, heat + 1));
        }
    }
}
