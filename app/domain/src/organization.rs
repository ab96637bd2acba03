//! Organizations and under whom they stand: 区 — 街道 — 商圈或社区 — 支部 — 党员商户. The kind of an organization never
//! changes, and whoever stands above is of a higher kind: so nobody ever stands under itself.

use crate::Refusal;

/// Which of the levels an organization is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// 区
    District,
    /// 街道党工委
    Street,
    /// 商圈党委
    Circle,
    /// 社区党委
    Community,
    /// 支部
    Branch,
    /// 党员商户、单位
    Unit,
}

impl Kind {
    /// Every kind, highest first.
    pub const ALL: [Self; 6] =
        [Self::District, Self::Street, Self::Circle, Self::Community, Self::Branch, Self::Unit];

    /// The value of the `kind` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Street => "street",
            Self::Circle => "circle",
            Self::Community => "community",
            Self::Branch => "branch",
            Self::Unit => "unit",
        }
    }

    /// Reads the `kind` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(Refusal::Malformed("kind"))
    }

    const fn level(self) -> u8 {
        match self {
            Self::District => 0,
            Self::Street => 1,
            Self::Circle | Self::Community => 2,
            Self::Branch => 3,
            Self::Unit => 4,
        }
    }

    /// Whether one of this kind may stand above one of that.
    pub const fn above(self, below: Self) -> bool {
        self.level() < below.level()
    }

    /// Whether it looks after others and holds no market of its own.
    pub const fn oversees(self) -> bool {
        matches!(self, Self::District | Self::Street)
    }

    /// Checks that one of this kind may be put under one of that.
    pub const fn under(self, above: Self) -> Result<(), Refusal> {
        if above.above(self) { Ok(()) } else { Err(Refusal::Malformed("superior")) }
    }
}

/// The longest name of an organization, in letters.
pub const LONGEST_NAME: usize = 60;

/// A name as it is kept: not empty, not too long, without blanks around.
pub fn name(text: &str) -> Result<&str, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::Missing("name"));
    }
    if text.chars().count() > LONGEST_NAME || text.chars().any(char::is_control) {
        return Err(Refusal::TooLong("name"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_stands_above_is_of_a_higher_kind_so_there_is_no_ring() {
        for one in Kind::ALL {
            assert!(one.under(one).is_err(), "{one:?} under its own kind");
            assert_eq!(Kind::from_code(one.code()), Ok(one));
            for other in Kind::ALL {
                assert!(!(one.above(other) && other.above(one)), "{one:?} and {other:?}");
                for third in Kind::ALL {
                    assert!(!(one.above(other) && other.above(third)) || one.above(third));
                }
            }
        }
        assert!(Kind::Community.under(Kind::Street).is_ok());
        assert!(Kind::Unit.under(Kind::Circle).is_ok(), "a shop may stand directly under the circle");
        assert!(Kind::Community.under(Kind::Circle).is_err());
    }

    #[test]
    fn a_name_is_short_and_one_line() {
        assert_eq!(name(" 福中社区党委 "), Ok("福中社区党委"));
        assert!(name("  ").is_err() && name(&"长".repeat(61)).is_err() && name("两\n行").is_err());
    }
}
