//! A stall as it is drawn: a plate in its own frame, its words upright within an eighth of a turn.

use super::Stall;
use super::drawing::{Label, SCALE, place, tidy};
use crate::StallId;

/// A side of a plate in its own frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// Right.
    Right,
    /// Top.
    Top,
    /// Left.
    Left,
    /// Bottom.
    Bottom,
}

/// A stall in map units: a frame at `x`, `y`, turned by `turn`, in which everything else is straight.
#[derive(Clone, PartialEq, Debug)]
pub struct Plate {
    /// Which stall.
    pub stall: StallId,
    /// The printed number.
    pub no: String,
    /// The slogan zone's letter.
    pub zone: String,
    /// What stands inside, cut to the plate.
    pub name: String,
    /// What stands under it, cut to the plate.
    pub unit: String,
    /// Centre.
    pub x: f64,
    /// Centre.
    pub y: f64,
    /// Degrees clockwise, -45 to 45.
    pub turn: f64,
    /// Width in the frame.
    pub w: f64,
    /// Height in the frame.
    pub h: f64,
    /// The side that faces people.
    pub counter: Side,
}

/// Thickness of the counter edge in map units.
const COUNTER: f64 = 5.0;

impl Plate {
    /// Draws one stall.
    pub fn of(stall: &Stall, label: &Label) -> Self {
        let quarters = (stall.angle / 90.0).round();
        let frame = stall.angle - quarters * 90.0;
        let upright = (quarters as i64).rem_euclid(2) == 0;
        let (w, h) = if upright { (stall.w, stall.d) } else { (stall.d, stall.w) };
        let (x, y) = place(stall.centre());
        let counter = match (stall.counter() + (quarters as i64).rem_euclid(4) as u8) % 4 {
            0 => Side::Right,
            1 => Side::Top,
            2 => Side::Left,
            _ => Side::Bottom,
        };
        let letters = |units: f64, size: f64| (units / size).floor().max(1.0) as usize;
        Self {
            stall: stall.id,
            no: stall.no.clone(),
            zone: stall.zone.clone(),
            name: fit(&label.name, letters(w * SCALE - 8.0, 12.0)),
            unit: fit(&label.unit, letters(w * SCALE + 14.0, 11.5)),
            x,
            y,
            turn: tidy(-frame),
            w: tidy(w * SCALE),
            h: tidy(h * SCALE),
            counter,
        }
    }

    /// The counter edge in the plate's frame: left, top, width, height.
    pub fn counter_edge(&self) -> [f64; 4] {
        let (x, y, w, h) = (-self.w / 2.0, -self.h / 2.0, self.w, self.h);
        match self.counter {
            Side::Top => [x, y, w, COUNTER],
            Side::Bottom => [x, y + h - COUNTER, w, COUNTER],
            Side::Left => [x, y, COUNTER, h],
            Side::Right => [x + w - COUNTER, y, COUNTER, h],
        }
    }
}

/// A name cut to so many Chinese letters, dropping first what says least: brackets, quotation marks, a place
/// name before 街道, 服务专区. Latin letters count half.
pub fn fit(text: &str, most: usize) -> String {
    let bare = text.split(['（', '(']).next().unwrap_or(text).trim();
    if width(bare) <= most {
        return bare.to_owned();
    }
    let mut short: String = bare.chars().filter(|letter| !"“”\"「」".contains(*letter)).collect();
    for ending in ["服务专区", "专区"] {
        if let Some(rest) = short.strip_suffix(ending).filter(|rest| !rest.is_empty()) {
            short = rest.to_owned();
        }
    }
    // What comes before says whose it is, and that everybody on this square knows.
    for (before, keep) in [(" ", 1), ("街道", 0), ("社区", "社区".len())] {
        if width(&short) > most
            && !short.is_ascii()
            && let Some(at) = short.find(before).filter(|at| *at > 0 && at + keep < short.len())
        {
            short = short[at + keep..].to_owned();
        }
    }
    if width(&short) <= most {
        return short;
    }
    let mut cut = String::new();
    for letter in short.chars() {
        if width(&cut) + 1 >= most {
            break;
        }
        cut.push(letter);
    }
    cut.push('…');
    cut
}

/// In Chinese letters, rounded up.
fn width(text: &str) -> usize {
    let halves: usize = text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
    halves.div_ceil(2)
}

#[cfg(test)]
mod tests {
    use super::super::tests::stall;
    use super::*;

    #[test]
    fn words_stay_upright_however_a_stall_is_turned() {
        let table = [
            (0.0, 270.0, 0.0, 80.0, 60.0, Side::Bottom),
            (90.0, 0.0, 0.0, 60.0, 80.0, Side::Right),
            (180.0, 90.0, 0.0, 80.0, 60.0, Side::Top),
            (30.0, 300.0, -30.0, 80.0, 60.0, Side::Bottom),
            (330.0, 240.0, 30.0, 80.0, 60.0, Side::Bottom),
            (100.0, 10.0, -10.0, 60.0, 80.0, Side::Right),
        ];
        for (angle, facing, turn, w, h, counter) in table {
            let stall = Stall { angle, facing, w: 4.0, ..stall(1, 0.0, 0.0) };
            let plate = Plate::of(&stall, &Label::default());
            assert_eq!((plate.turn, plate.w, plate.h, plate.counter), (turn, w, h, counter), "{angle}");
        }
    }

    #[test]
    fn names_are_cut_where_they_say_least() {
        let table = [
            ("书记有约", 4, "书记有约"),
            ("“小个微”服务专区", 4, "小个微"),
            ("就业创业服务专区", 4, "就业创业"),
            ("莲花街道党工委（书记）", 6, "街道党工委"),
            ("福中社区党委", 6, "福中社区党委"),
            ("包联单位 市政法委办公室", 7, "市政法委办公室"),
            ("福中社区老年协会党支部", 7, "老年协会党支部"),
            ("深业花园第二党支部", 6, "深业花园第…"),
            ("First aid class", 4, "First…"),
        ];
        for (text, most, want) in table {
            assert_eq!(fit(text, most), want);
        }
    }
}
