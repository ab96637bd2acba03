//! Texts of the roster: who comes to a Saturday, with what, and what their stall must have.

use kaishi_domain::entry::{Needs, Way};

use crate::words::board::Board;
use crate::words::words;

words! {
    /// The roster of one Saturday.
    Roster {
        title "参市单位" "Entries";
        why "这里写清谁来、做什么、摊位要有什么；补齐和摊位图的检查都按这里算。" "Who comes, with what, and what their stall must have: fill-in and the checks of the map go by it.";
        none "还没有单位参市。在下面加第一家。" "Nobody has joined yet. Add the first below.";
        sign "招牌" "Sign";
        sign_why "摊位牌上的名字，例如：健康义诊" "What stands on the stall's sign";
        unit "单位" "Unit";
        unit_open "单位待定" "Unit to be found";
        zone "专区" "Zone";
        zone_any "哪个都行" "Any";
        way "怎么来的" "Way in";
        services "做什么" "Services";
        services_why "用顿号分开，最多 20 项" "Parted by semicolons, at most 20";
        wishes "想要的摊位" "Wished stalls";
        wishes_why "写编号，最想要的在前，例如：3、7" "Numbers, best first";
        needs "摊位要有" "The stall must have";
        power "用电（瓦）" "Power (W)";
        width "最窄多少米" "At least so wide (m)";
        waiting "最多几个人排队" "Longest queue (people)";
        visitors "预计来多少人" "Visitors expected";
        visitors_why "填了预计人数，补齐会让各专区的人流均衡些。" "With figures here fill-in spreads the crowd over the zones.";
        water "要用水" "Running water";
        shelter "下雨要遮" "A roof in rain";
        quiet "要安静" "Quiet";
        loud "自己声音大" "Loud itself";
        queue "会有人排队" "Draws a queue";
        step_free "轮椅要能到" "Reached by wheelchair";
        stall "摊位" "Stall";
        not_yet "待排" "waiting";
        confirmed "已确认来" "has said yes";
        unconfirmed "还没确认" "has not said yes";
        by_phone "电话里确认了" "Said yes by phone";
        edit "修改" "Edit";
        add "加一家" "Add an entry";
        save "保存" "Save";
        back "返回参市单位" "Back to the entries";
        withdraw "退出这个周六" "Withdraw from this Saturday";
        withdraw_why "退出后不再排摊；单位名册里还在。" "It is no longer placed; the unit stays in the register.";
        to_board "去排摊" "To the assignment";
        standing "它还排在摊位上，先在排摊里撤下。" "It stands on a stall: take it off on the board first.";
        wrong "招牌要填，最多 40 字；服务每项最多 40 字，摊位编号最多 8 个字。" "A sign is needed, up to 40 characters; services up to 40 each, stall numbers up to 8.";
        wrong_figures "用电 0 到 20000 瓦，宽度 0 到 20 米，排队 0 到 500 人，预计 0 到 20000 人，只写数字。" "Power 0 to 20000 W, width 0 to 20 m, queue 0 to 500, visitors 0 to 20000; figures only.";
        no_needs "没有特别要求" "No special needs";
    }
}

impl Roster {
    /// `揭榜`
    pub const fn way_name(self, way: Way) -> &'static str {
        let words = Board(self.0);
        match way {
            Way::Bid => words.bid(),
            Way::Take => words.take(),
            Way::Offer => words.offer(),
        }
    }

    /// `用电 600 W、要用水、最多 12 人排队`
    pub fn demands(self, needs: &Needs) -> String {
        let Self(lang) = self;
        let mut list = Vec::new();
        if needs.power_w > 0 {
            list.push(lang.pick(format!("用电 {} W", needs.power_w), format!("{} W", needs.power_w)));
        }
        if needs.width_cm > 0 {
            let width = format!("{}.{:02} m", needs.width_cm / 100, needs.width_cm % 100);
            list.push(lang.pick(format!("宽 {width}"), format!("{width} wide")));
        }
        let flags = [
            (needs.water, self.water()),
            (needs.shelter, self.shelter()),
            (needs.quiet, self.quiet()),
            (needs.loud, self.loud()),
            (needs.queue && needs.waiting == 0, self.queue()),
            (needs.step_free, self.step_free()),
        ];
        list.extend(flags.into_iter().filter(|(wanted, _)| *wanted).map(|(_, word)| word.to_owned()));
        if needs.waiting > 0 {
            let many = needs.waiting;
            list.push(lang.pick(format!("最多 {many} 人排队"), format!("up to {many} in the queue")));
        }
        if needs.visitors > 0 {
            let many = needs.visitors;
            list.push(lang.pick(format!("预计 {many} 人来"), format!("{many} visitors expected")));
        }
        if list.is_empty() { self.no_needs().to_owned() } else { list.join(lang.pick("、", ", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn demands_are_told_in_one_line() {
        let needs = Needs {
            power_w: 600,
            width_cm: 250,
            step_free: true,
            queue: true,
            waiting: 12,
            ..Needs::default()
        };
        assert_eq!(Roster(Lang::Zh).demands(&needs), "用电 600 W、宽 2.50 m、轮椅要能到、最多 12 人排队");
        assert_eq!(Roster(Lang::En).demands(&Needs::default()), "No special needs");
    }
}
