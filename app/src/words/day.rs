//! Texts of the day itself: announcements, the emergency card, limits, opening and closing.

use kaishi_domain::announcement::Topic;
use kaishi_domain::safety::{Advice, Cause, Limits};

use crate::words::{Lang, words};

words! {
    /// Announcements on the live desk.
    Announcements {
        title "广播一句话" "Tell everybody";
        why "大屏、居民页面、摊位页和加一页几秒内都会显示。" "On the screen, the residents' pages and the pads within seconds.";
        topic "用现成的" "Template";
        words "内容" "Text";
        words_hint "不写就用现成的话；最多 60 字" "Empty: the template; up to 60 characters";
        from "从" "From";
        until "到" "Until";
        send "广播" "Tell";
        end "撤下" "End";
        none "现在没有广播。" "Nothing is being told.";
        shown "正在广播" "Being told";
        coming "还没开始" "Later";
        wrong "内容最多 60 字；“其他”要自己写；结束要晚于开始，最长 12 小时。" "Up to 60 characters, “other” needs a text, the end after the beginning and at most 12 hours later.";
    }
}

words! {
    /// The emergency card.
    Emergency {
        title "应急卡" "Emergency card";
        why "印出来贴在服务台；居民页面和加一页上也有。" "Print it for the service desk; residents' pages and pads show it, too.";
        lead "现场总指挥" "Who leads";
        lead_hint "例如：社区党委书记，在总服务台" "For example: community secretary, at the service desk";
        role_only "写角色和在哪里找得到，不写姓名。" "A role and where it is found, no names.";
        assembly "集合点" "Assembly points";
        assembly_hint "一行一个，例如：诗园北侧草坪" "One a line";
        comfort "便民点" "Places that help";
        comfort_hint "一行一个，例如：红色暖XIN驿站，24 小时，饮水、充电、歇脚" "One a line: a rest stop, water, charging";
        save "存好" "Save";
        print_a4 "A4 应急卡" "Card on A4";
        print_a5 "A5 应急卡" "Card on A5";
        wrong "每处最多 40 字，最多 6 处。" "Up to 40 characters each, 6 at most.";
        saved "已存好。" "Saved.";
        police "公安" "Police";
        fire "消防" "Fire";
        ambulance "急救" "Ambulance";
        aed "AED" "AED";
        hydrant "消火栓" "Hydrants";
        on_map "见地图" "see the map";
        facilities "便民设施" "Facilities";
        cells "找本邻的邻铺长" "Turn to the head of your cell";
    }
}

words! {
    /// The stop rule on the weather page.
    Limit {
        title "大风高温停办线" "Wind and heat limits";
        wind_stop "风力到几级停办" "Wind to stop at (Beaufort)";
        heat_shade "几度搬到阴凉处" "Into the shade at (°C)";
        heat_stop "几度停办" "No market at (°C)";
        save "存停办线" "Save the limits";
        usual "还没有自己定，用的是通常的线。" "The usual limits; none of its own are set.";
        wrong "风力 3 到 12 级，温度 25 到 45 度，阴凉线不能高过停办线。" "Wind 3 to 12, heat 25 to 45 °C, shade not above the end.";
        wind "风力（级，可不写）" "Wind (Beaufort, optional)";
        heat "气温（℃，可不写）" "Heat (°C, optional)";
        wrong_reading "风力写 0 到 17，气温写 -40 到 50。" "Wind 0 to 17, heat -40 to 50.";
        saved "停办线已存好。" "The limits are saved.";
    }
}

words! {
    /// Opening and closing.
    Opening {
        open_title "还有没办好的，要开市吗？" "Some things are open. Open all the same?";
        close_title "还有没收好的，要收市吗？" "Some things are open. Close all the same?";
        why "可以继续，写一句理由，会记下是谁、几点、为什么。" "You may go on: say why. Who, when and why are kept.";
        reason "理由" "Reason";
        need_reason "请写一句理由，最多 100 字。" "Please say why, up to 100 characters.";
        open_all_the_same "仍然开市" "Open all the same";
        close_all_the_same "仍然收市" "Close all the same";
        back "先不，回到现场" "Not yet, back to the desk";
        to_preflight "开市前清单" "The list before opening";
        to_cells "十邻铺" "The cells";
        to_incidents "隐患和事件" "The log";
        to_live "现场" "The desk";
    }
}

impl Announcements {
    /// What a topic is called.
    pub const fn topic_name(self, topic: Topic) -> &'static str {
        match (self.0, topic) {
            (Lang::Zh, Topic::Rain) => "下雨",
            (Lang::Zh, Topic::Heat) => "高温",
            (Lang::Zh, Topic::LostChild) => "走失儿童",
            (Lang::Zh, Topic::Moved) => "摊位调整",
            (Lang::Zh, Topic::Closing) => "快收市",
            (Lang::Zh, Topic::Other) => "其他（自己写）",
            (Lang::En, Topic::Rain) => "Rain",
            (Lang::En, Topic::Heat) => "Heat",
            (Lang::En, Topic::LostChild) => "Lost child",
            (Lang::En, Topic::Moved) => "Stall moved",
            (Lang::En, Topic::Closing) => "Closing soon",
            (Lang::En, Topic::Other) => "Other (own text)",
        }
    }

    /// The text of a topic, as it is told on a Chinese square; none for [`Topic::Other`].
    pub const fn template(topic: Topic) -> Option<&'static str> {
        match topic {
            Topic::Rain => Some("下雨了，请到连廊避雨，地滑慢走。"),
            Topic::Heat => Some("天热，请到阴凉处歇脚、多喝水，不舒服请找服务台。"),
            Topic::LostChild => Some("有小朋友在服务台等家人，请家长到总服务台。"),
            Topic::Moved => Some("部分摊位有调整，请看地图上的新位置。"),
            Topic::Closing => Some("市集快收市了，还想办的请抓紧，慢慢走。"),
            Topic::Other => None,
        }
    }
}

impl Limit {
    /// The rule in one sentence.
    pub fn rule(self, limits: Limits) -> String {
        let Limits { wind_stop, heat_shade, heat_stop } = limits;
        self.0.pick(
            format!("规则：风力到 {wind_stop} 级，或气温到 {heat_stop}℃，没开市就改期，开着就停办；气温到 {heat_shade}℃，搬到阴凉处。"),
            format!("The rule: at wind {wind_stop} or {heat_stop} °C it is put off, or ended while open; at {heat_shade} °C it goes into the shade."),
        )
    }

    /// What the rule says to the last reading, and why.
    pub fn advice(self, advice: Advice) -> String {
        let because = |cause: Cause| match cause {
            Cause::Wind(grade, limit) => self.0.pick(
                format!("风力 {grade} 级，停办线 {limit} 级"),
                format!("wind {grade}, the limit is {limit}"),
            ),
            Cause::Heat(degrees, limit) => self.0.pick(
                format!("气温 {degrees}℃，线是 {limit}℃"),
                format!("{degrees} °C, the limit is {limit} °C"),
            ),
        };
        match advice {
            Advice::Go => self.0.pick("按规则：可以照常办。".into(), "By the rule: go on.".into()),
            Advice::Shade(cause) => self.0.pick(
                format!("按规则：搬到阴凉处（{}）。", because(cause)),
                format!("By the rule: into the shade ({}).", because(cause)),
            ),
            Advice::Postpone(cause) => self.0.pick(
                format!("按规则：改期（{}）。", because(cause)),
                format!("By the rule: put it off ({}).", because(cause)),
            ),
            Advice::Stop(cause) => self.0.pick(
                format!("按规则：停办，收篷（{}）。", because(cause)),
                format!("By the rule: end it, canopies down ({}).", because(cause)),
            ),
        }
    }
}

impl Opening {
    /// `清单：场地同意书还没办`
    pub fn must(self, item: &str) -> String {
        self.0.pick(format!("清单里必须的还没办：{item}"), format!("A must is open: {item}"))
    }

    /// `第2邻还没签开市检查`
    pub fn unsigned(self, cell: &str) -> String {
        self.0.pick(format!("{cell}还没签开市检查"), format!("{cell} has not signed its checklist"))
    }

    /// `没处置完：用电（第2邻）`
    pub fn open_incident(self, what: &str, place: &str) -> String {
        self.0.pick(format!("没处置完：{what}（{place}）"), format!("Open: {what} ({place})"))
    }

    /// `3 家还没到，收市后记为缺席：…`
    pub fn absent(self, names: &[&str]) -> String {
        let list = names.join(self.0.pick("、", ", "));
        self.0.pick(
            format!("{} 家还没到，收市后记为缺席：{list}", names.len()),
            format!("{} have not come and will be noted as absent: {list}", names.len()),
        )
    }

    /// `10:42 收市，带着 2 条没办好的：雷雨将至`
    pub fn step(self, when: &str, opened: bool, warnings: i64, reason: &str) -> String {
        let verb =
            self.0.pick(if opened { "开市" } else { "收市" }, if opened { "opened" } else { "closed" });
        if warnings == 0 {
            return format!("{when} {verb}");
        }
        self.0.pick(
            format!("{when} {verb}，有 {warnings} 条没办好：{reason}"),
            format!("{when} {verb} with {warnings} open: {reason}"),
        )
    }
}
