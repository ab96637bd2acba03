//! What speaks for a place and against it, in the terms of the planning core, and what would help those left out.

use kaishi_domain::assignment::{Board as Table, Hall, Help, Reason, Relaxation};

use crate::words::board::{called, metres, number};
use crate::words::unit::Units;
use crate::words::{Lang, words};

words! {
    /// The terms of the planning core, by name.
    Terms {
        pref "志愿" "Wishes";
        fair "轮流坐好位" "Taking turns";
        last "上周老位置" "Last Saturday's place";
        access "离入口" "Way from the entrance";
        affinity "顺路" "On the way";
        spread "同类分开" "Alike apart";
        cluster "同区相邻" "Own zone beside";
        noise "吵与静" "Loud and quiet";
        balance "各区人流" "Crowds by zone";
        short "摊位数" "Stalls wanted";
        zone "本专区" "Own zone";
        cable "拉电线" "Cables";
        tap "提水" "Water";
        wet "雨天有顶" "Roofs in rain";
        stay "挪动已排" "Moving the placed";
        print "海报重印" "Posters reprinted";
        queue "队挨队" "Queues side by side";
    }
}

impl Terms {
    /// The term of a name in the core.
    pub fn of(self, code: &'static str) -> &'static str {
        match code {
            "pref" => self.pref(),
            "fair" => self.fair(),
            "move" => self.last(),
            "access" => self.access(),
            "affinity" => self.affinity(),
            "spread" => self.spread(),
            "cluster" => self.cluster(),
            "noise" => self.noise(),
            "balance" => self.balance(),
            "short" => self.short(),
            "zone" => self.zone(),
            "cable" => self.cable(),
            "tap" => self.tap(),
            "wet" => self.wet(),
            "stay" => self.stay(),
            "print" => self.print(),
            "queue" => self.queue(),
            other => other,
        }
    }
}

/// What a term is about.
pub fn reason(lang: Lang, reason: &Reason, table: &Table) -> String {
    match reason {
        Reason::Wish { rank } => lang.pick(format!("第 {rank} 志愿"), format!("Wish no. {rank}")),
        Reason::Zone => lang.pick("在本专区", "Its own zone").to_owned(),
        Reason::Power { outlet, distance_cm } => {
            let far = metres(*distance_cm);
            lang.pick(format!("从插座 {outlet} 拉线 {far}"), format!("{far} of cable to outlet {outlet}"))
        }
        Reason::Water { distance_cm } => {
            let far = metres(*distance_cm);
            lang.pick(format!("要提水 {far}"), format!("Water carried {far}"))
        }
        Reason::Shelter => lang.pick("雨天有顶", "A roof in rain").to_owned(),
        Reason::Entrance { distance_cm, steps } => {
            let far = metres(*distance_cm);
            let (zh, en) = if *steps { ("，要上台阶", ", over steps") } else { ("", "") };
            lang.pick(format!("离入口 {far}{zh}"), format!("{far} to an entrance{en}"))
        }
        Reason::Turn { markets } => lang
            .pick(format!("前 {markets} 次的位置，这次轮着来"), format!("Turns, after {markets} Saturdays")),
        Reason::Moved { from } => {
            let no = number(table, *from);
            lang.pick(format!("要离开 {no} 号"), format!("Leaves stall {no}"))
        }
        Reason::Last { no } => {
            lang.pick(format!("上周在 {no} 号"), format!("Was at stall {no} last Saturday"))
        }
        Reason::Printed { at } => {
            let no = number(table, *at);
            lang.pick(format!("{no} 号海报已印"), format!("The poster at stall {no} is printed"))
        }
        Reason::Noise { other, distance_cm } => {
            let (name, far) = (called(table, *other), metres(*distance_cm));
            lang.pick(format!("离 {name} {far}，一吵一静"), format!("{far} to {name}, loud and quiet"))
        }
        Reason::Beside { other } => {
            let name = called(table, *other);
            lang.pick(format!("挨着同区 {name}"), format!("Beside {name} of its zone"))
        }
        Reason::Queue { other } => {
            let name = called(table, *other);
            lang.pick(format!("与 {name} 队挨队"), format!("Its queue meets that of {name}"))
        }
        Reason::Affine { other, distance_cm } => {
            let (name, far) = (called(table, *other), metres(*distance_cm));
            lang.pick(format!("离常连着去的 {name} {far}"), format!("{far} to {name}, where its visitors go"))
        }
        Reason::Crowd { zone } => lang.pick(format!("{zone} 区的人流"), format!("The crowd of zone {zone}")),
    }
}

/// What would let a unit in, and where it would stand then.
pub fn help(lang: Lang, help: &Help, table: &Table) -> String {
    let (zh, en) = match &help.relaxation {
        Relaxation::OtherZone => ("允许放到别的专区", "Allow another zone"),
        Relaxation::Narrower => ("摊位窄一些也行", "Accept a narrower stall"),
        Relaxation::OwnWater => ("自带用水", "It brings its own water"),
        Relaxation::OwnPower => ("不用市电，或自带电池", "It does without mains power"),
        Relaxation::WithoutShelter => ("自带雨棚", "It brings its own canopy"),
        Relaxation::Ramp => ("搭一块坡道板，或派人帮推轮椅", "Lay a ramp, or help over the steps"),
        Relaxation::Release { .. } => ("放开留着的摊位", "Let go of the stall that is kept free"),
        Relaxation::AnotherStall => ("再加一个合适的摊位", "One more suitable stall"),
        Relaxation::Paper { .. } | Relaxation::LongerCable { .. } | Relaxation::Unpin { .. } => ("", ""),
    };
    let what = match &help.relaxation {
        Relaxation::Paper { paper } => {
            let paper = Units(lang).credential_name(*paper);
            lang.pick(format!("先登记有效的{paper}"), format!("Register a valid paper first: {paper}"))
        }
        Relaxation::LongerCable { outlet, distance_cm, reach_cm } => {
            let (far, reach) = (metres(*distance_cm), metres(*reach_cm));
            lang.pick(
                format!("把电线从插座 {outlet} 拉到 {far}（现在 {reach}），还有余量"),
                format!("A cable of {far} from outlet {outlet}, which has room (now {reach})"),
            )
        }
        Relaxation::Unpin { other } => {
            let name = called(table, *other);
            lang.pick(format!("取下 {name} 的图钉"), format!("Unpin {name}"))
        }
        _ => lang.pick(zh, en).to_owned(),
    };
    let what = match help.stall.map(|stall| number(table, stall)) {
        Some(no) => lang.pick(format!("{what}，就能放 {no} 号"), format!("{what}: then stall {no} would do")),
        None => what,
    };
    match &help.hall {
        Some(found) => lang.pick(
            format!("{}。{what}", hall(lang, found, table)),
            format!("{}. {what}", hall(lang, found, table)),
        ),
        None => what,
    }
}

/// More names or numbers than this are only counted.
const NAMED: usize = 4;

/// `健康义诊、法律咨询、书画 3 家下雨都要有顶，能放的只有 2 个摊位：1、2 号`
pub fn hall(lang: Lang, hall: &Hall, table: &Table) -> String {
    let (units, stalls) = (hall.entries.len(), hall.stalls.len());
    let names: Vec<String> = hall.entries.iter().take(NAMED).map(|id| called(table, *id)).collect();
    let numbers: Vec<String> = hall.stalls.iter().take(NAMED).map(|id| number(table, *id)).collect();
    let rest =
        |all: usize, zh: &'static str, en: &'static str| if all > NAMED { lang.pick(zh, en) } else { "" };
    let (zh, en) = match hall.codes.first().copied() {
        Some("no_power" | "outlet_too_small") => ("都要够得着的电", "power within reach"),
        Some("no_water") => ("都要近处有水", "water nearby"),
        Some("no_shelter_in_rain") => ("下雨都要有顶", "a roof in rain"),
        Some("too_narrow") => ("都要更宽的摊位", "a wide stall"),
        Some("zone_not_allowed") => ("都只能在自己专区", "a stall of their zone"),
        Some("not_step_free") => ("都要轮椅能到", "a way without steps"),
        _ => ("都要摊位", "a stall"),
    };
    lang.pick(
        format!(
            "{}{} {units} 家{zh}，能放的只有 {stalls} 个摊位：{}{}号",
            names.join("、"),
            rest(units, "等", ""),
            numbers.join("、"),
            rest(stalls, "等", " "),
        ),
        format!(
            "{}{}: {units} units need {en}, and only {stalls} such stalls are to be had ({}{})",
            names.join(", "),
            rest(units, "", " and others"),
            numbers.join(", "),
            rest(stalls, "", " …"),
        ),
    )
}

#[cfg(test)]
mod tests {
    use kaishi_domain::assignment::{Spot, plan};
    use kaishi_domain::unit::CredentialKind;
    use kaishi_domain::{EntryId, Moment, StallId};

    use super::*;

    #[test]
    fn every_term_of_the_core_has_words() {
        let weights = serde_json::to_value(plan::Weights::default()).unwrap();
        for code in weights.as_object().unwrap().keys() {
            let code: &'static str = code.clone().leak();
            for lang in [Lang::Zh, Lang::En] {
                assert_ne!(Terms(lang).of(code), code);
            }
        }
    }

    #[test]
    fn help_says_how_far_and_where_to() {
        let stall = StallId::new(Moment::from_millis(0), [1; 10]);
        let spot = Spot {
            stall,
            no: "8".to_owned(),
            zone: "B".to_owned(),
            at_cm: (0, 0),
            width_cm: 300,
            sheltered: false,
            closed: false,
            step_free: true,
            outlets: Vec::new(),
            water_cm: None,
            entrance_cm: None,
        };
        let table = Table { spots: vec![spot], ..Table::default() };
        let relaxation =
            Relaxation::LongerCable { outlet: "o4".to_owned(), distance_cm: 1800, reach_cm: 1200 };
        let cable = Help { relaxation, stall: Some(stall), hall: None };
        let zh = "把电线从插座 o4 拉到 18.0 m（现在 12.0 m），还有余量，就能放 8 号";
        assert_eq!(help(Lang::Zh, &cable, &table), zh);
        assert!(help(Lang::En, &cable, &table).ends_with("then stall 8 would do"));
        let relaxation = Relaxation::Paper { paper: CredentialKind::Physician };
        let paper = Help { relaxation, stall: Some(stall), hall: None };
        assert_eq!(help(Lang::Zh, &paper, &table), "先登记有效的医师执业证，就能放 8 号");
        let more = Help { relaxation: Relaxation::AnotherStall, stall: None, hall: None };
        assert_eq!(help(Lang::Zh, &more, &table), "再加一个合适的摊位");
        let nobody = EntryId::new(Moment::from_millis(0), [1; 10]);
        let found = Hall { entries: vec![nobody; 5], stalls: vec![stall], codes: vec!["no_shelter_in_rain"] };
        let few = Help { hall: Some(found), ..more };
        let zh = "?、?、?、?等 5 家下雨都要有顶，能放的只有 1 个摊位：8号。再加一个合适的摊位";
        assert_eq!(help(Lang::Zh, &few, &table), zh);
        assert!(help(Lang::En, &few, &table).contains("5 units need a roof in rain, and only 1 such"));
    }
}
