//! What the map editor says of arranging, and of who else is here.

use super::Editor;

impl Editor {
    /// `约 12 人`
    pub fn people(self, count: u32) -> String {
        self.lang().pick(format!("约 {count} 人"), format!("about {count} people"))
    }

    /// `2 个锁定的摊位不动`
    pub fn keeps_locked(self, count: usize) -> String {
        self.lang().pick(format!("{count} 个锁定的摊位不动。"), format!("{count} locked stalls stay."))
    }

    /// `排 23 个：新增 9 个`
    pub fn offered(self, count: usize, added: usize, removed: usize) -> String {
        match (added, removed) {
            (0, 0) => self.lang().pick(
                format!("排 {count} 个，摊位不增不减"),
                format!("{count} places, no stall more or less"),
            ),
            (_, 0) => self
                .lang()
                .pick(format!("排 {count} 个，新增 {added} 个"), format!("{count} places, {added} new")),
            _ => self.lang().pick(
                format!("排 {count} 个，去掉 {removed} 个没人用的"),
                format!("{count} places, {removed} unused stalls go"),
            ),
        }
    }

    /// `还有 2 个已排单位的摊位放不下，留在原处`
    pub fn left_over(self, count: usize) -> String {
        self.lang().pick(
            format!("还有 {count} 个已排单位的摊位放不下，留在原处。"),
            format!("{count} stalls with units find no place and stay where they are."),
        )
    }

    /// `铺满诗园小广场`
    pub fn fill_all(self, area: &str) -> String {
        self.lang().pick(format!("铺满{area}"), format!("Fill {area}"))
    }

    /// `网格办 也在看`
    pub fn also_here(self, name: &str) -> String {
        self.lang().pick(format!("{name} 也开着这张图"), format!("{name} has this map open too"))
    }

    /// `网格办 正在改`
    pub fn is_editing(self, name: &str) -> String {
        self.lang().pick(format!("{name} 正在改"), format!("{name} is editing"))
    }
}
