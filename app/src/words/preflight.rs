//! Texts of the list before opening.

use kaishi_domain::preflight::{Item, Why};

use crate::words::{Lang, words};

words! {
    /// The list.
    Preflight {
        title "开市前" "Before opening";
        why "哪些要报批、要备案、要准备，各在哪天之前；系统能看出来的自己判断，其余由人来记。" "What has to be permitted, filed and prepared, each with its day. What the market already holds decides itself; the rest people mark.";
        attendance "预计多少人来" "How many are expected";
        attendance_unit "人" "people";
        attendance_why "1000 人以上要报区县公安许可，5000 人以上报市公安，活动日前 20 天提出（《大型群众性活动安全管理条例》）。" "From 1000 people a permit of the county's police is needed, from 5000 of the city's, 20 days before.";
        save "存好" "Save";
        item "事项" "Item";
        due "最迟" "Due";
        stands "现在" "Stands";
        act "办理" "Do";
        must "必须" "must";
        advised "建议" "advised";
        overdue "已过期" "overdue";
        open "要办" "To do";
        met "好" "In order";
        idle "不涉及" "Does not apply";
        done "已办" "Done";
        exempt "不适用" "Exempt";
        mark_done "记已办" "Mark done";
        mark_exempt "不适用" "Does not apply";
        unmark "撤销" "Undo";
        by "谁办的（角色）" "By whom (a role)";
        on "哪天" "When";
        note "文号或备注" "Number or note";
        reason "理由" "Reason";
        wrong_attendance "人数写 1 到 100000 的整数。" "A number from 1 to 100000.";
        wrong_mark "谁办的、哪天要写（角色最多 20 字，备注最多 80 字）；不适用要写理由。" "By whom and when are needed (role up to 20 characters, note up to 80); exempting needs a reason.";
        itself "这一项自己判断，不能手记。" "This one decides itself.";
        health "健康义诊摊：证照看单位档案；系统只记人次，不收、不存任何健康数据。" "Health stalls: their papers stand in the register. Only people are counted; no health data is asked for or kept.";
        to_limits "去设停办线" "Set the limits";
        to_units "去看单位证照" "To the units' papers";
        to_layout "去摊位图" "To the map";
        to_rain "去雨天预案" "To the rain plan";
    }
}

impl Preflight {
    /// `大型活动安全许可`
    pub const fn name(self, item: Item) -> &'static str {
        let (zh, en) = match item {
            Item::Permit => ("大型活动安全许可", "Safety permit"),
            Item::Clinic => ("义诊备案", "Free-clinic filing"),
            Item::Venue => ("场地同意书", "Venue consent"),
            Item::Food => ("食品经营证照", "Food papers"),
            Item::Insurance => ("公众责任险", "Liability insurance"),
            Item::Power => ("临时用电", "Temporary power"),
            Item::Papers => ("其他单位证照", "Other papers of units"),
            Item::Layout => ("摊位图", "The map"),
            Item::Rain => ("雨天预案", "Rain plan"),
            Item::Weather => ("大风高温预案", "Wind and heat plan"),
        };
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Where an item that decides itself is put in order, and what the link says.
    pub const fn place(self, item: Item) -> Option<(&'static str, &'static str)> {
        match item {
            Item::Clinic | Item::Food | Item::Papers => Some(("units", self.to_units())),
            Item::Layout => Some(("layout", self.to_layout())),
            Item::Rain => Some(("rain", self.to_rain())),
            Item::Weather => Some(("rain#limits", self.to_limits())),
            Item::Permit | Item::Venue | Item::Insurance | Item::Power => None,
        }
    }

    /// Why an item stands as it does.
    pub fn because(self, why: &Why) -> String {
        let names = |names: &[String]| names.join(self.0.pick("、", ", "));
        let (zh, en) = match why {
            Why::NoAttendance => ("先填预计人数".into(), "say first how many are expected".into()),
            Why::Few(n) => (format!("预计 {n} 人，不到 1000"), format!("{n} expected, fewer than 1000")),
            Why::County(n) => {
                (format!("预计 {n} 人：报区县公安"), format!("{n} expected: the county's police"))
            }
            Why::City(n) => (format!("预计 {n} 人：报市公安"), format!("{n} expected: the city's police")),
            Why::Nobody => ("没有摊位需要".into(), "no stall needs it".into()),
            Why::AllHold(n) => (format!("{n} 个摊位当天都有效"), format!("{n} stalls, all valid on the day")),
            Why::Lacking(who) => {
                (format!("当天没有有效证照：{}", names(who)), format!("not valid on the day: {}", names(who)))
            }
            Why::NoPower => ("没有摊位用电".into(), "no stall takes power".into()),
            Why::Powered(n) => (
                format!("{n} 个摊位用电，请电工验收"),
                format!("{n} stalls take power: an electrician looks"),
            ),
            Why::Unpublished => ("还没发布".into(), "not published".into()),
            Why::Broken(n) => (format!("发布了，{n} 处不合规"), format!("published, {n} breaches")),
            Why::Sound => ("发布了，没有不合规".into(), "published without a breach".into()),
            Why::Planned => ("有了".into(), "there is one".into()),
            Why::Unplanned => ("还没有".into(), "there is none".into()),
            Why::ByHand => ("要人去办".into(), "somebody has to see to it".into()),
        };
        self.0.pick(zh, en)
    }

    /// `必须的还有 2 项`
    pub fn musts(self, open: usize) -> String {
        match open {
            0 => self.0.pick("必须的都办好了".into(), "all musts are in order".into()),
            n => self.0.pick(format!("必须的还有 {n} 项"), format!("{n} musts open")),
        }
    }
}
