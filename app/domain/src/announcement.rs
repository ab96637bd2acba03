//! Announcements: one line for everybody on the square, from when to when.

use serde::{Deserialize, Serialize};

use crate::moment::HOUR;
use crate::text::short;
use crate::unit::codes;
use crate::{AnnouncementId, Moment, Refusal};

codes! {
    /// What an announcement is about; the words of its template stand with the pages.
    Topic "topic" {
        /// 下雨
        Rain "rain",
        /// 高温
        Heat "heat",
        /// 走失儿童
        LostChild "lost_child",
        /// 摊位调整
        Moved "moved",
        /// 收市
        Closing "closing",
        /// 其他
        Other "other",
    }
}

/// No line stands longer than this.
pub const LONGEST: i64 = 12 * HOUR;
/// No more lines than this are shown at once: the latest.
pub const AT_ONCE: i64 = 3;

/// One line for everybody.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Announcement {
    /// Which.
    pub id: AnnouncementId,
    /// What it is about.
    pub topic: Topic,
    /// `下雨了，摊位都移到连廊。`
    pub words: String,
    /// Shown from.
    pub from: Moment,
    /// Shown until; an ended one until it was ended.
    pub until: Moment,
}

impl Announcement {
    /// This announcement with its text trimmed, if it makes sense.
    pub fn sound(mut self) -> Result<Self, Refusal> {
        self.words = short(&self.words, 60, "words")?;
        let lasts = self.until.since(self.from);
        if lasts > 0 && lasts <= LONGEST { Ok(self) } else { Err(Refusal::Malformed("hours")) }
    }

    /// Whether it is shown now.
    pub fn is_shown(&self, now: Moment) -> bool {
        self.from <= now && now < self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stands_from_its_beginning_to_its_end() {
        let at = Moment::from_millis(1_683_945_720_000);
        let line = Announcement {
            id: AnnouncementId::new(at, [1; 10]),
            topic: Topic::Rain,
            words: " 下雨了 ".into(),
            from: at,
            until: at.plus(HOUR),
        };
        let sound = line.clone().sound().unwrap();
        assert_eq!(sound.words, "下雨了");
        let shown = [-1, 0, HOUR - 1, HOUR].map(|after| sound.is_shown(at.plus(after)));
        assert_eq!(shown, [false, true, true, false]);
        let with = |change: fn(&mut Announcement)| {
            let mut line = line.clone();
            change(&mut line);
            line.sound().unwrap_err()
        };
        assert_eq!(with(|line| line.words = " ".into()), Refusal::Missing("words"));
        assert_eq!(with(|line| line.words = "字".repeat(61)), Refusal::TooLong("words"));
        assert_eq!(with(|line| line.until = line.from), Refusal::Malformed("hours"));
        assert_eq!(with(|line| line.until = line.from.plus(LONGEST + 1)), Refusal::Malformed("hours"));
    }
}
