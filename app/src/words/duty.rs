//! Texts of the map of duties, of what it proposes, of errands and of small wishes.

use kaishi_domain::appeal::{Because, Category, GridKind};

use crate::words::words;

words! {
    /// The page of the map of duties.
    Duties {
        title "责任田" "Map of duties";
        why "哪类诉求、哪个网格、哪栋楼、哪家企业由谁办。派单时照它提议，改派随时可以。" "Which unit answers for which kind in which grid, building or enterprise. The desk proposes by it; anybody may decide otherwise.";
        grids "网格、楼栋、企业" "Grids, buildings, enterprises";
        bound "是什么" "What it is";
        area "网格" "Grid";
        building "楼栋" "Building";
        enterprise "企业" "Enterprise";
        none "还没有网格、楼栋或企业。" "None yet.";
        name "名称" "Name";
        covers "管到哪里（可不填）" "What it covers (optional)";
        add "加上" "Add";
        retire "撤掉" "Take it out";
        retire_why "它的派单规则一起撤掉；已有诉求不变。" "Its rules go with it; appeals stay as they are.";
        receivers "接单人" "Who receives";
        role "岗位，例如：网格员、楼长" "A role, such as grid worker";
        role_short "岗位" "Role";
        unit "单位" "Unit";
        no_unit "不属单位" "Of no unit";
        receive "加一个接单人" "Add who receives";
        drop "删掉" "Drop";
        rules "派单规则" "Rules";
        no_rules "还没有规则。" "No rules yet.";
        kind "类别" "Kind";
        any_kind "各类" "Any kind";
        grid "网格" "Grid";
        any_grid "各网格" "Any grid";
        lead "主办" "Lead";
        helpers "协办（可多选）" "Helpers (any number)";
        helpers_short "协办" "Helpers";
        save "定下规则" "Save the rule";
        save_why "同类别同网格只有一条，新的替换旧的。" "One rule for each kind and grid; the new one replaces the old.";
        wrong "名称要填，最多 60 字。" "A name is needed, 60 characters at most.";
        wrong_lead "请选主办单位。" "Please choose who leads.";
        gone "这一条刚被别人改过。" "Somebody else has just changed this.";
    }
}

impl Duties {
    /// `楼栋`
    pub const fn of(self, kind: GridKind) -> &'static str {
        match kind {
            GridKind::Area => self.area(),
            GridKind::Building => self.building(),
            GridKind::Enterprise => self.enterprise(),
        }
    }
}

words! {
    /// What the map proposes on the desk.
    Proposals {
        title "建议派给" "Proposed";
        lead "主办" "lead";
        helpers "协办" "helpers";
        both "按责任田：这一类、这个网格" "By the rule for this kind in this grid";
        by_grid "按责任田：这个网格" "By the rule for this grid";
        by_receiver "按网格接单人：" "By who receives in this grid: ";
        by_category "按责任田：这一类" "By the rule for this kind";
        by_default "按责任田：其他" "By the rule for everything else";
        instead "原主办已退单，由协办接上。" "The lead has handed it back; a helper takes over.";
        again "二次派单，党委督办。" "Sent a second time: the Party committee watches.";
        take "照此派单" "Send it so";
        none "责任田里没有对应的规则，请手动派单。" "The map has no rule for this; please choose by hand.";
        receivers "这个网格的接单人" "Who receives in this grid";
        no_grid "未定网格" "No grid";
        grid "网格" "Grid";
    }
}

impl Proposals {
    /// Why somebody is proposed.
    pub fn because(self, because: &Because) -> String {
        match because {
            Because::Both => self.both().to_owned(),
            Because::Grid => self.by_grid().to_owned(),
            Because::Receiver(role) => format!("{}{role}", self.by_receiver()),
            Because::Category => self.by_category().to_owned(),
            Because::Everything => self.by_default().to_owned(),
        }
    }
}

words! {
    /// An errand, or a mediation, in steps.
    Agencies {
        title_errand "代办进度" "The errand";
        title_mediation "调解进度" "The mediation";
        agent "代办人（岗位）" "Who does it (a role)";
        mediator "调解人（写岗位，不写姓名）" "Mediator (a role, no name)";
        agent_short "代办人" "Done by";
        mediator_short "调解人" "Mediator";
        steps "分几步，一行一步" "The steps, one a line";
        plan_errand "定代办步骤" "Plan the errand";
        plan_mediation "定调解人和步骤" "Name the mediator and the steps";
        usual_mediator "人民调解员" "People's mediator";
        usual_steps "分别听双方说\n坐到一起谈\n写下协议\n一周后回访" "Hear each side\nSit down together\nWrite the agreement down\nAsk again after a week";
        tick "办好这一步" "This step is done";
        done "已办" "done";
        todo "待办" "to do";
        wrong "请写岗位和至少一步：最多 12 步，每步 60 字。" "A role and a step are needed: up to 12 steps of 60 characters.";
    }
}

impl Agencies {
    /// The heading.
    pub const fn title(self, kind: Category) -> &'static str {
        if kind.is_private() { self.title_mediation() } else { self.title_errand() }
    }

    /// The button that plans it.
    pub const fn plan(self, kind: Category) -> &'static str {
        if kind.is_private() { self.plan_mediation() } else { self.plan_errand() }
    }

    /// The label of the role.
    pub const fn role(self, kind: Category) -> &'static str {
        if kind.is_private() { self.mediator() } else { self.agent() }
    }

    /// The same in a word.
    pub const fn role_short(self, kind: Category) -> &'static str {
        if kind.is_private() { self.mediator_short() } else { self.agent_short() }
    }
}

words! {
    /// An errand, or a mediation, as its resident reads it.
    MyAgency {
        title_errand "代办到哪一步了" "How far the errand is";
        title_mediation "调解到哪一步了" "How far the mediation is";
        agent "替您办的" "Done for you by";
        mediator "替您调解的" "Your mediator";
        done "办好了" "done";
        todo "还没办" "to do";
    }
}

impl MyAgency {
    /// The heading.
    pub const fn title(self, kind: Category) -> &'static str {
        if kind.is_private() { self.title_mediation() } else { self.title_errand() }
    }

    /// Before the role.
    pub const fn by(self, kind: Category) -> &'static str {
        if kind.is_private() { self.mediator() } else { self.agent() }
    }

    /// A step of a mediation, which says no more outside the room.
    pub fn nth(self, place: usize) -> String {
        self.0.pick(format!("第 {place} 步"), format!("Step {place}"))
    }
}

words! {
    /// Small wishes, as units see them.
    Wishes {
        title "微心愿" "Small wishes";
        why "居民的小心愿，谁先认领谁办。" "Small wishes of residents; whoever takes one first makes it come true.";
        none "现在没有等人认领的心愿。" "No wish is waiting.";
        claim "认领" "Take it";
        lost "刚被别的单位认领了，看看别的心愿。" "Another unit was first; please look at the others.";
        open "微心愿" "Small wishes";
        all "看全部心愿" "All wishes";
        how "单位打开自己的链接，就能认领。" "Units take one behind their own link.";
    }
}

impl Wishes {
    /// `3 个心愿等人认领`
    pub fn waiting(self, n: i64) -> String {
        self.0.pick(format!("{n} 个心愿等人认领"), format!("{n} wait to be taken"))
    }
}

words! {
    /// The grid on a resident's form.
    MyGrid {
        label "在哪一片、哪栋楼？（可不选）" "Which part or building? (optional)";
        unknown "说不清" "Not sure";
    }
}
