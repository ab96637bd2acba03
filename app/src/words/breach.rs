//! What is wrong with a map, in words: the breach, the rule behind it, the verb that cures it.

use kaishi_domain::ground::label;
use kaishi_domain::layout::{Barrier, Breach, Edit, Kind, Layout, Steps};

use crate::words::Lang;
use crate::words::layout::Editor;

/// What a part of the ground is called.
fn named(lang: Lang, kind: &str) -> String {
    let (zh, en) = match kind {
        "aisle" => ("摊前", "the room before a counter"),
        "walk" => ("走道", "the walkway"),
        other => label(other),
    };
    lang.pick(zh, en).to_owned()
}

/// `2.2 kW`
fn kilowatts(watts: u32) -> String {
    format!("{:.1} kW", f64::from(watts) / 1_000.0)
}

impl Editor {
    /// `12` or `3、5`: the numbers of a breach's stalls.
    fn numbers(self, breach: &Breach, layout: &Layout) -> String {
        let numbers = breach.stalls.iter().filter_map(|id| layout.stall(*id)).map(|stall| stall.no.clone());
        numbers.collect::<Vec<_>>().join(self.0.pick("、", ", "))
    }

    /// `12 压住消防通道 0.40 m`
    pub fn sentence(self, breach: &Breach, layout: &Layout) -> String {
        let what = self.what(breach);
        if matches!(breach.kind, Kind::Overload { .. }) || breach.stalls.is_empty() {
            return what;
        }
        format!("{} {what}", self.numbers(breach, layout))
    }

    /// `压住消防通道 0.40 m`
    pub fn what(self, breach: &Breach) -> String {
        let lang = self.0;
        let by = format!("{:.2} m", breach.amount);
        match &breach.kind {
            Kind::OnFireLane { .. } => {
                lang.pick(format!("压住消防通道 {by}"), format!("{by} onto the fire lane"))
            }
            Kind::Overlap => lang.pick(format!("互相重叠 {by}"), format!("overlap by {by}")),
            Kind::OutOfZone => lang.pick(format!("伸出场地 {by}"), format!("{by} outside the area")),
            Kind::Blocks(kind) => {
                let name = named(lang, kind);
                lang.pick(format!("挡住{name} {by}"), format!("blocks {name} by {by}"))
            }
            Kind::OnObstacle { kind, .. } => {
                let name = named(lang, kind);
                lang.pick(format!("离{name}太近，差 {by}"), format!("too close to {name} by {by}"))
            }
            Kind::InMouth { .. } => {
                lang.pick(format!("挡在出入口前 {by}"), format!("{by} into the way through an exit"))
            }
            Kind::ExitBlocked { .. } => {
                lang.pick("把出入口围住了".into(), "close off an entrance or exit".into())
            }
            Kind::Unreachable { .. } => {
                lang.pick("走不到摊位前".into(), "cannot be reached from any entrance".into())
            }
            Kind::AisleNarrow { clear, by, .. } => self.narrow(*clear, by),
            _ => self.demand(breach),
        }
    }

    /// `摊前只剩 1.80 m`
    fn narrow(self, clear: f64, by: &Barrier) -> String {
        let lang = self.0;
        match by {
            Barrier::Stall => lang.pick(
                format!("之间的通道只剩 {clear:.2} m"),
                format!("leave only {clear:.2} m between them"),
            ),
            Barrier::Obstacle(kind) => {
                let name = named(lang, kind);
                lang.pick(
                    format!("摊前到{name}只剩 {clear:.2} m"),
                    format!("has only {clear:.2} m before it, then {name}"),
                )
            }
            Barrier::Edge => lang.pick(
                format!("摊前只剩 {clear:.2} m 能走"),
                format!("has only {clear:.2} m of floor before it"),
            ),
        }
    }

    /// What a stall asks for and does not find.
    fn demand(self, breach: &Breach) -> String {
        let lang = self.0;
        let by = format!("{:.1} m", breach.amount);
        match &breach.kind {
            Kind::Overload { fuse, load_w, cap_w } => {
                let share = (f64::from(*load_w) * 100.0 / f64::from((*cap_w).max(1))).round();
                lang.pick(format!("回路 {fuse} 已用 {share}%"), format!("circuit {fuse} is {share}% used"))
            }
            Kind::CableShort { outlet, distance, .. } => lang.pick(
                format!("离插座 {outlet} {distance:.1} m，电线差 {by}"),
                format!("is {distance:.1} m from outlet {outlet}, the cable lacks {by}"),
            ),
            Kind::CableAcross { over, .. } => {
                let name = named(lang, over);
                lang.pick(
                    format!("电线横过{name} {by}，小心绊倒"),
                    format!("has {by} of cable across {name}: people may trip"),
                )
            }
            Kind::NoPower => {
                let watts = breach.amount;
                lang.pick(
                    format!("要用电 {watts} W，场地没有插座"),
                    format!("needs {watts} W, there is no outlet"),
                )
            }
            Kind::NoShelter => lang.pick("下雨会淋湿".into(), "would get wet in the rain".into()),
            Kind::NotStepFree(Steps::On) => lang.pick("前面有台阶".into(), "stands at steps".into()),
            Kind::NotStepFree(Steps::Behind) => {
                lang.pick("轮椅过不去，路上有台阶".into(), "has steps on every way to it".into())
            }
            Kind::Noise { distance, .. } => lang.pick(
                format!("相隔 {distance:.1} m，一个吵，一个要静"),
                format!("are {distance:.1} m apart: one is loud, one needs quiet"),
            ),
            Kind::QueueShort { room, .. } => {
                lang.pick(format!("排队只有 {room:.1} m"), format!("has only {room:.1} m for its queue"))
            }
            Kind::WaterFar { distance: Some(metres), .. } => {
                lang.pick(format!("离水源 {metres:.1} m"), format!("is {metres:.1} m from water"))
            }
            Kind::WaterFar { distance: None, .. } => {
                lang.pick("要用水，场地没有水源".into(), "needs water, there is no tap".into())
            }
            _ => String::new(),
        }
    }

    /// The rule behind a breach in grey.
    pub fn rule(self, breach: &Breach) -> String {
        let lang = self.0;
        match &breach.kind {
            Kind::OnFireLane { clear, required } => lang.pick(
                format!("通道净宽 {clear:.2} m，规定 ≥ {required:.2} m"),
                format!("{clear:.2} m clear, at least {required:.2} m required"),
            ),
            Kind::Overlap => {
                lang.pick("两个摊位不能占同一块地".into(), "two stalls cannot share ground".into())
            }
            Kind::OutOfZone => lang.pick("摊位要整个在场地里".into(), "a stall stands wholly inside".into()),
            Kind::Blocks(_) => lang.pick("这里要留空".into(), "this part stays free".into()),
            Kind::OnObstacle { clear, .. } => {
                lang.pick(format!("四周要留 {clear} m"), format!("keep {clear} m round it"))
            }
            Kind::InMouth { required } | Kind::ExitBlocked { required } => lang.pick(
                format!("出入口要留 {required} m 宽的路"),
                format!("a way of {required} m leads to it"),
            ),
            Kind::Unreachable { required } => {
                lang.pick(format!("路要有 {required} m 宽"), format!("a way is {required} m wide"))
            }
            Kind::AisleNarrow { required, .. } => {
                lang.pick(format!("规定 ≥ {required:.2} m"), format!("at least {required:.2} m"))
            }
            _ => self.limit(breach),
        }
    }

    /// The limit that a demand comes up against.
    fn limit(self, breach: &Breach) -> String {
        let lang = self.0;
        match &breach.kind {
            Kind::Overload { load_w, cap_w, .. } => {
                let (load, cap) = (kilowatts(*load_w), kilowatts(*cap_w));
                lang.pick(format!("{load}／{cap}，建议 ≤ 80%"), format!("{load} of {cap}, 80% is advised"))
            }
            Kind::CableShort { reach, .. } => {
                lang.pick(format!("电线长 {reach} m"), format!("the cable is {reach} m long"))
            }
            Kind::CableAcross { outlet, .. } => {
                lang.pick(format!("从插座 {outlet} 来"), format!("from outlet {outlet}"))
            }
            Kind::NoShelter => {
                lang.pick("雨天要在有顶的地方".into(), "stands under a roof on a rainy day".into())
            }
            Kind::NotStepFree(_) => {
                lang.pick("轮椅要能到摊位前".into(), "a wheelchair gets to the counter".into())
            }
            Kind::Noise { required, .. } => {
                lang.pick(format!("建议 ≥ {required} m"), format!("at least {required} m is advised"))
            }
            Kind::QueueShort { people, required, .. } => lang.pick(
                format!("约 {people} 人，要 {required} m"),
                format!("about {people} people take {required} m"),
            ),
            Kind::WaterFar { limit, .. } => {
                lang.pick(format!("建议 ≤ {limit} m，或自带水"), format!("{limit} m at most, or bring water"))
            }
            _ => String::new(),
        }
    }

    /// `左移 0.40 m`, `朝北`, `改接 o3`
    pub fn verb(self, remedy: &Edit) -> String {
        let lang = self.0;
        let step = |metres: f64, plus: (&str, &str), minus: (&str, &str)| {
            (metres.abs() > 0.001).then(|| {
                let (zh, en) = if metres > 0.0 { plus } else { minus };
                lang.pick(format!("{zh}移 {:.2} m", metres.abs()), format!("{en} {:.2} m", metres.abs()))
            })
        };
        match remedy {
            Edit::Move { dx, dy, .. } => {
                let across = step(*dx, ("右", "right"), ("左", "left"));
                let along = step(*dy, ("上", "up"), ("下", "down"));
                [across, along].into_iter().flatten().collect::<Vec<_>>().join(lang.pick("，", ", "))
            }
            Edit::Face { facing, .. } => {
                let sky = self.sky(*facing);
                lang.pick(format!("改朝{sky}"), format!("face {sky}"))
            }
            Edit::SetOutlet { outlet: Some(outlet), .. } => {
                lang.pick(format!("改接 {outlet}"), format!("plug into {outlet}"))
            }
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kaishi_domain::geometry::Point;
    use kaishi_domain::layout::Severity;

    fn breach(kind: Kind, amount: f64) -> Breach {
        Breach {
            kind,
            stalls: vec![],
            at: Point::default(),
            amount,
            shared: vec![],
            severity: Severity::Error,
            remedy: None,
        }
    }

    #[test]
    fn every_kind_is_told_in_both_languages_with_its_rule() {
        let aisle = |by| Kind::AisleNarrow { clear: 1.8, required: 3.0, by };
        let table = [
            (aisle(Barrier::Stall), 1.2, "之间的通道只剩 1.80 m", "规定 ≥ 3.00 m"),
            (aisle(Barrier::Edge), 1.2, "摊前只剩 1.80 m 能走", "规定 ≥ 3.00 m"),
            (aisle(Barrier::Obstacle("tree".into())), 1.2, "摊前到树只剩 1.80 m", "规定 ≥ 3.00 m"),
            (Kind::InMouth { required: 3.0 }, 0.5, "挡在出入口前 0.50 m", "出入口要留 3 m 宽的路"),
            (Kind::ExitBlocked { required: 3.0 }, 3.0, "把出入口围住了", "出入口要留 3 m 宽的路"),
            (Kind::Unreachable { required: 3.0 }, 3.0, "走不到摊位前", "路要有 3 m 宽"),
            (
                Kind::Overload { fuse: "o4".into(), load_w: 3_100, cap_w: 3_500 },
                300.0,
                "回路 o4 已用 89%",
                "3.1 kW／3.5 kW，建议 ≤ 80%",
            ),
            (
                Kind::CableShort { outlet: "o1".into(), distance: 13.5, reach: 12.0 },
                1.5,
                "离插座 o1 13.5 m，电线差 1.5 m",
                "电线长 12 m",
            ),
            (
                Kind::CableAcross { outlet: "o1".into(), over: "fire_lane".into() },
                4.0,
                "电线横过消防通道 4.0 m，小心绊倒",
                "从插座 o1 来",
            ),
            (Kind::NoPower, 900.0, "要用电 900 W，场地没有插座", ""),
            (Kind::NoShelter, 0.0, "下雨会淋湿", "雨天要在有顶的地方"),
            (Kind::NotStepFree(Steps::On), 0.0, "前面有台阶", "轮椅要能到摊位前"),
            (Kind::NotStepFree(Steps::Behind), 0.0, "轮椅过不去，路上有台阶", "轮椅要能到摊位前"),
            (Kind::Noise { distance: 4.0, required: 9.0 }, 5.0, "相隔 4.0 m，一个吵，一个要静", "建议 ≥ 9 m"),
            (
                Kind::QueueShort { people: 12, room: 4.5, required: 6.0 },
                1.5,
                "排队只有 4.5 m",
                "约 12 人，要 6 m",
            ),
            (
                Kind::WaterFar { distance: Some(34.9), limit: 30.0 },
                4.9,
                "离水源 34.9 m",
                "建议 ≤ 30 m，或自带水",
            ),
            (
                Kind::WaterFar { distance: None, limit: 30.0 },
                0.0,
                "要用水，场地没有水源",
                "建议 ≤ 30 m，或自带水",
            ),
        ];
        for (kind, amount, what, rule) in table {
            let breach = breach(kind, amount);
            assert_eq!(Editor(Lang::Zh).what(&breach), what);
            assert_eq!(Editor(Lang::Zh).rule(&breach), rule);
            let english = Editor(Lang::En).what(&breach);
            assert!(!english.is_empty() && english.is_ascii(), "{english}");
        }
    }
}
