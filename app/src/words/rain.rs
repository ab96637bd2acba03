//! Texts of the rain plan: places in plain words, what no longer fits, what residents are told.

use kaishi_domain::rain::{Cover, Lack, Side, Whereabouts};

use crate::words::board::{kilowatts, metres};
use crate::words::{Lang, words};

words! {
    /// The page of the rain plan.
    Rain {
        title "雨天预案" "Rain plan";
        why "一份名单，两张图。切换只换位置：海报、二维码和排摊都不变。" "One roster, two maps. A switch moves places only: posters, codes and assignments stay.";
        now_fair "现在用晴天位置" "The fair plan is in force";
        now_rain "现在用雨天位置" "The rain plan is in force";
        now_heat "现在用遮阴位置（天热）" "The plan is in force for shade (heat)";
        to_rain "下雨了，改到雨天位置" "It rains: move to the rain plan";
        to_heat "太热了，改到遮阴位置" "It is hot: move to the shade";
        to_fair "改回晴天位置" "Back to the fair plan";
        no_fair "晴天图上还没有摊位，先去画。" "The fair map has no stalls yet: draw it first.";
        empty "雨天图还是空的。" "The rain map is still empty.";
        empty_why "每个摊位找一个有顶的位置，走得最少，同一专区的还在一起。先给您看，您点了才存。" "Each stall gets a place under a roof, with the least walking and its zone together. You look first; it is saved only when you say so.";
        propose "替我从晴天图排雨天图" "Make the rain map from the fair one";
        propose_heat "天热：替我排到阴凉处" "Heat: find shade for everybody";
        again "重新配对，少走路" "Match again, with less walking";
        draw "自己画" "Draw it myself";
        edit_fair "改晴天图" "Edit the fair map";
        edit_rain "改雨天图" "Edit the rain map";
        preview "先看看，还没有存" "A preview: nothing is saved yet";
        accept "就这样，存成雨天图" "Save this as the rain map";
        dismiss "不要了" "Discard";
        nothing "已经是走得最少的排法，不用改。" "This is the least walking already. Nothing to change.";
        left_out "放不下的" "What no longer fits";
        left_why "先给它们想办法：换个摊位、减用电，或在雨天图上加位置。有单位的摊位没有位置时，不能切换。" "Find a way for them first: another stall, less power, or one more place on the rain map. While an assigned stall has no place, the plan cannot be switched.";
        each "逐个摊位" "Stall by stall";
        stall "摊位" "Stall";
        fair "晴天" "Fair";
        rain "雨天" "Rain";
        walk "要走" "Walk";
        heed "要留意" "To heed";
        no_place "没有位置" "no place";
        stays "不动" "stays";
        figures "两张图差多少" "The two maps in figures";
        stalls "摊位" "Stalls";
        counter "柜台总长" "Counter in all";
        powered "能接电的摊位" "Stalls with power";
        power "能用的电" "Power";
        sheltered "有顶的摊位" "Stalls under a roof";
        print "要重印什么" "What to print again";
        posters_same "海报不用重印：二维码和海报上的字都没变。" "No poster needs printing: codes and texts are the same.";
        signs_same "位置牌都是新的。" "The place signs are up to date.";
        signs_none "没有摊位换地方，不用位置牌。" "No stall moves: no place signs are needed.";
        signs_why "挂在晴天的位置上，告诉大家去哪里找。" "They hang at the fair places and say where to go.";
        print_note "印好了，记下" "Printed: note it";
        saved "存好了，还是草稿。先在“摊位图”里发布雨天图，再切换。" "Saved as the draft. Publish the rain map under Layout, then switch.";
        switched "切换好了。大屏、地图和扫码页两秒内都是新位置。" "Switched. Screen, map and stall pages show the new places within two seconds.";
        already "已经是这样了，没有变化。" "It is so already; nothing changed.";
        noted "记下了。" "Noted.";
        no_layout "雨天图还没有发布，切换不了。先排好，再到“摊位图”里发布。" "That map was never published, so nothing was switched. Make it, then publish it under Layout.";
        no_fair_layout "晴天图还是空的，切换不了。先把晴天图画好。" "The fair map is empty, so nothing was switched. Draw it first.";
        stale "刚才有人改过图或名单，这是重新排的，请再看一眼。" "The map or the roster has changed meanwhile. This is a new proposal: please look again.";
        held "有些摊位撤不下来，没有存。" "Some stalls cannot be taken away. Nothing was saved.";
        zone_gone "有摊位的专区已经取消，没有存。先在摊位图上改专区。" "A stall belongs to a zone that is gone. Nothing was saved: change its zone first.";
        sign_moved "已移到" "Moved to";
        sign_follow "跟着箭头走" "Follow the arrow";
        sign_north "北" "N";
        sign_code "二维码照样用，扫了就记。" "The code stays valid.";
        nothing_to_print "没有要印的。" "Nothing to print.";
        to_print "去打印" "Print";
    }
}

/// `东侧`
pub const fn side(lang: Lang, side: Side) -> &'static str {
    let (zh, en) = match side {
        Side::Middle => ("中间", "middle"),
        Side::East => ("东侧", "east side"),
        Side::NorthEast => ("东北角", "north-east corner"),
        Side::North => ("北侧", "north side"),
        Side::NorthWest => ("西北角", "north-west corner"),
        Side::West => ("西侧", "west side"),
        Side::SouthWest => ("西南角", "south-west corner"),
        Side::South => ("南侧", "south side"),
        Side::SouthEast => ("东南角", "south-east corner"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// `连廊东侧`
pub fn place(lang: Lang, at: &Whereabouts) -> String {
    let side = side(lang, at.side);
    lang.pick(format!("{}{side}", at.area), format!("{}, {side}", at.area))
}

/// `旁边是9号、11号`; nothing where nobody stands near.
pub fn beside(lang: Lang, numbers: &[String]) -> Option<String> {
    let zh: Vec<String> = numbers.iter().map(|no| format!("{no}号")).collect();
    let text = lang.pick(format!("旁边是{}", zh.join("、")), format!("beside {}", numbers.join(" and ")));
    (!numbers.is_empty()).then_some(text)
}

/// `走 45 米`
pub fn walk(lang: Lang, cm: i64) -> String {
    let metres = (cm + 50) / 100;
    lang.pick(format!("{metres} 米"), format!("{metres} m"))
}

/// `往东北`, from the shift east and north in metres.
pub fn heading(lang: Lang, east: f64, north: f64) -> &'static str {
    const NAMES: [(&str, &str); 8] = [
        ("往东", "east"),
        ("往东北", "north-east"),
        ("往北", "north"),
        ("往西北", "north-west"),
        ("往西", "west"),
        ("往西南", "south-west"),
        ("往南", "south"),
        ("往东南", "south-east"),
    ];
    let eighth = (north.atan2(east).to_degrees() / 45.0).round().rem_euclid(8.0) as usize % 8;
    let (zh, en) = NAMES[eighth];
    lang.pick(zh, en)
}

const fn because(lang: Lang, cover: Cover) -> &'static str {
    match (lang, cover) {
        (Lang::Zh, Cover::Rain) => "下雨了",
        (Lang::Zh, Cover::Heat) => "太阳大",
        (Lang::En, Cover::Rain) => "It is raining",
        (Lang::En, Cover::Heat) => "It is hot",
    }
}

/// What stands on the page of a stall that has moved: `下雨了，12号摊移到了连廊东侧，旁边是11号、14号。`
pub fn moved(lang: Lang, cover: Cover, no: &str, at: Option<&Whereabouts>, near: &[String]) -> String {
    let reason = because(lang, cover);
    let at =
        at.map_or_else(|| lang.pick("别处".to_owned(), "another place".to_owned()), |at| place(lang, at));
    let near = beside(lang, near)
        .map(|near| lang.pick(format!("，{near}"), format!(", {near}")))
        .unwrap_or_default();
    lang.pick(
        format!("{reason}，{no}号摊移到了{at}{near}。"),
        format!("{reason}: stall {no} has moved to {at}{near}."),
    )
}

/// What stands on the public page after a switch: `下雨了，摊位都移到了连廊。`
pub fn all_moved(lang: Lang, cover: Cover, areas: &[String]) -> String {
    let reason = because(lang, cover);
    lang.pick(
        format!("{reason}，摊位都移到了{}。每个摊位在哪里，看下面。", areas.join("、")),
        format!("{reason}: the stalls have moved to {}. See below where each one is.", areas.join(" and ")),
    )
}

/// What stands on the public page when everybody is back.
pub const fn back(lang: Lang, cover: Cover) -> &'static str {
    match (lang, cover) {
        (Lang::Zh, Cover::Rain) => "雨停了，摊位都回到了原来的地方。",
        (Lang::Zh, Cover::Heat) => "天凉了，摊位都回到了原来的地方。",
        (Lang::En, Cover::Rain) => "The rain is over: the stalls are back at their places.",
        (Lang::En, Cover::Heat) => "It is cooler: the stalls are back at their places.",
    }
}

/// Why a stall has no place.
pub fn lack(lang: Lang, lack: &Lack) -> String {
    match lack {
        Lack::NoRoom { places: 0, .. } => lang
            .pick(
                "没有可以挪去的地方：先在场地图上画出有顶的分区或阴凉",
                "There is nowhere to go: first draw a sheltered zone or shade on the ground",
            )
            .to_owned(),
        Lack::NoRoom { stalls, places } => lang.pick(
            format!("能用的位置只有 {places} 个，摊位有 {stalls} 个"),
            format!("There are {places} places for {stalls} stalls"),
        ),
        Lack::NoPower { needs_w, most_w: Some(most) } => {
            let (needs, most) = (kilowatts(*needs_w), kilowatts(*most));
            lang.pick(
                format!("要 {needs}，够得着的插座最多 {most}"),
                format!("Needs {needs}; the strongest outlet in reach has {most}"),
            )
        }
        Lack::NoPower { needs_w, most_w: None } => {
            let needs = kilowatts(*needs_w);
            lang.pick(
                format!("要 {needs}，没有够得着的插座"),
                format!("Needs {needs}; no outlet is in reach"),
            )
        }
        Lack::PowerTaken { needs_w, left_w } => {
            let (needs, left) = (kilowatts(*needs_w), kilowatts(*left_w));
            lang.pick(
                format!("要 {needs}，够得着的插座只剩 {left}"),
                format!("Needs {needs}; the outlets in reach have {left} left"),
            )
        }
        Lack::NoWater { nearest_cm: Some(near), limit_cm } => {
            let (near, limit) = (metres(*near), metres(*limit_cm));
            lang.pick(
                format!("要用水，最近的位置离水源 {near}，太远（≤ {limit}）"),
                format!("Needs water; the nearest place is {near} from a tap (≤ {limit})"),
            )
        }
        Lack::NoWater { nearest_cm: None, .. } => {
            lang.pick("要用水，场地没有水源", "Needs water; the ground has no tap").to_owned()
        }
        Lack::TooNarrow { needs_cm, widest_cm } => {
            let (needs, widest) = (metres(*needs_cm), metres(*widest_cm));
            lang.pick(
                format!("要宽 {needs}，最宽的位置 {widest}"),
                format!("Needs {needs} of width; the widest place has {widest}"),
            )
        }
        Lack::NoRoof => lang.pick("要遮雨，没有有顶的位置", "Needs a roof; no place is under one").to_owned(),
        Lack::NotTogether => lang
            .pick("要的每一样都有，但没有一个位置样样都有", "No single place has everything that it needs")
            .to_owned(),
        Lack::FitTaken { fitting } => lang.pick(
            format!("合适的 {fitting} 个位置都给了别的摊位"),
            format!("The {fitting} places that would do have gone to others"),
        ),
    }
}

impl Rain {
    /// `14 个摊位：13 个有位置，1 个放不下。大家一共走 612 米。`
    pub fn summary(self, placed: usize, left: usize, walk_cm: i64) -> String {
        let (all, metres) = (placed + left, (walk_cm + 50) / 100);
        let zh = if left == 0 {
            "都有位置".to_owned()
        } else {
            format!("{placed} 个有位置，{left} 个放不下")
        };
        self.0.pick(
            format!("{all} 个摊位，{zh}。大家一共走 {metres} 米。"),
            format!("{all} stalls: {placed} have a place, {left} do not. {metres} m on foot in all."),
        )
    }

    /// Assigned stalls that the plan's map has not.
    pub fn lacking(self, numbers: &[String]) -> String {
        let zh: Vec<String> = numbers.iter().map(|no| format!("{no}号")).collect();
        self.0.pick(
            format!("没有切换：{}在那张图上没有位置。先给它们加位置，或把单位换到别的摊位。", zh.join("、")),
            format!("Nothing was switched: stalls {} have no place on that map. Add places for them, or move the units.", numbers.join(", ")),
        )
    }

    /// `有 2 张海报要印：3号、7号。`
    pub fn posters_changed(self, numbers: &[String]) -> String {
        let (n, which) = (numbers.len(), self.which(numbers));
        self.0.pick(
            format!("有 {n} 张海报要印{which}。别的不用重印，二维码都不变。"),
            format!("{n} posters to print{which}. All others stay; every code stays valid."),
        )
    }

    /// `要印的是 3 块位置牌：3号、7号、12号。`
    pub fn signs_changed(self, numbers: &[String]) -> String {
        let (n, which) = (numbers.len(), self.which(numbers));
        self.0.pick(format!("要印的是 {n} 块位置牌{which}。"), format!("{n} place signs to print{which}."))
    }

    /// `：3号、7号`; nothing where the list would be too long to read.
    fn which(self, numbers: &[String]) -> String {
        if numbers.len() > 8 {
            return String::new();
        }
        let zh: Vec<String> = numbers.iter().map(|no| format!("{no}号")).collect();
        self.0.pick(format!("：{}", zh.join("、")), format!(": {}", numbers.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbour_of_seventy_understands_where_to_go() {
        let at = Whereabouts { area: "连廊".into(), side: Side::East };
        let near = ["11".to_owned(), "14".to_owned()];
        assert_eq!(
            moved(Lang::Zh, Cover::Rain, "12", Some(&at), &near),
            "下雨了，12号摊移到了连廊东侧，旁边是11号、14号。"
        );
        assert_eq!(moved(Lang::Zh, Cover::Heat, "3", None, &[]), "太阳大，3号摊移到了别处。");
        assert_eq!(heading(Lang::Zh, 0.0, 5.0), "往北");
        assert_eq!(heading(Lang::Zh, 5.0, -0.1), "往东");
        assert_eq!(heading(Lang::Zh, -4.0, -4.0), "往西南");
        assert_eq!(
            lack(Lang::Zh, &Lack::PowerTaken { needs_w: 2000, left_w: 1400 }),
            "要 2 kW，够得着的插座只剩 1.4 kW"
        );
    }
}
