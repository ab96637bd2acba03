//! Texts of arranging that come with its bundle.

use kaishi_domain::arrange::Limit;

use crate::words::words;

words! {
    /// Arranging.
    Arrange {
        comma "，" ", ";
    }
}

impl Arrange {
    /// `23 个` or `20 个，最多 23 个`
    pub fn holds(self, count: usize, most: usize) -> String {
        if most > count {
            self.0.pick(format!("{count} 个，最多 {most} 个"), format!("{count}, at most {most}"))
        } else {
            self.0.pick(format!("{count} 个"), count.to_string())
        }
    }

    /// `通道 120 m²`
    pub fn limit_on(self, limit: Limit) -> String {
        let (zh, en) = match limit {
            Limit::Aisle(_) => ("摊前通道", "aisles"),
            Limit::KeepClear(_) => ("消防和出入口", "lanes and exits"),
            Limit::Obstacle(_) => ("障碍", "obstacles"),
            Limit::Locked(_) => ("锁定的摊位", "locked stalls"),
            Limit::Gap(_) => ("间隔", "gaps"),
            Limit::Shape(_) => ("边角", "corners"),
        };
        format!("{} {:.0} m²", self.0.pick(zh, en), limit.area())
    }
}
