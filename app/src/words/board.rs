//! Texts of the assignment board, and the sentences that say why a unit stands somewhere or may not.

use kaishi_domain::assignment::{Block, Board as Table, Pass};
use kaishi_domain::{EntryId, StallId};

use crate::words::unit::Units;
use crate::words::{Lang, words};

words! {
    /// The assignment board.
    Board {
        title "排摊" "Assignment";
        loading "正在打开排摊板…" "Opening the board…";
        failed "打不开排摊板。" "The board could not be opened.";
        again "再试一次" "Try again";
        needs_script "排摊板需要开启 JavaScript。" "The board needs JavaScript.";
        waiting "待排单位" "Waiting units";
        hardest_first "按难易排" "hardest first";
        waiting_none "都排上了。" "Everyone has a stall.";
        placed "已排" "Placed";
        pinned "已钉" "Pinned";
        placed_none "还没有单位排上。拖到图上的摊位，或点“补齐”。" "Nobody has a stall yet. Drag a card onto the map, or fill in.";
        tray_hint "拖回这一栏就撤下" "Drag back here to take off";
        no_entries "还没有参市单位。" "No entries yet.";
        no_stalls "这张摊位图上还没有摊位。" "This layout has no stalls yet.";
        draw_stalls "去画摊位图" "Draw the layout";
        open_unit "单位待定" "Unit to be found";
        bid "揭榜" "bid";
        take "认领" "take";
        offer "请缨" "offer";
        water "水" "water";
        shelter "遮雨" "shelter";
        quiet "要安静" "quiet";
        loud "声音大" "loud";
        queue "排队空间" "queue";
        step_free "轮椅要能到" "wheelchair";
        elders "老人多" "elders";
        steps "有台阶" "steps";
        legend_steps "有台阶，轮椅到不了" "steps: no wheelchair gets there";
        nothing_special "没有特别要求" "no special needs";
        undo "撤销" "Undo";
        redo "重做" "Redo";
        plan "看哪张图" "Which layout";
        fill "补齐" "Fill in";
        searching "正在补齐…" "Filling in…";
        preview "补齐预览" "Fill-in preview";
        accept "就这样排" "Apply";
        dismiss "不用了" "Discard";
        nothing_to_do "已经没有更好的排法。" "Nothing better is possible.";
        each "逐条看" "Every change";
        total "总分" "Points";
        moves "动到已排单位" "Placed units moved";
        left_out "排不上" "Left out";
        change_if "放下后，全场变化" "If dropped, the whole market";
        change_all "按条相加" "By term";
        no_change "没有变化" "No change";
        proved "已证明最优" "proved optimal";
        best_found "已找到的最好排法" "best found";
        overload "插座超载" "Outlet overload";
        points "分" "pts";
        free "空位" "free";
        best_for "能放的摊位" "Stalls that would do";
        worst_for "不能放的摊位" "Stalls that will not do";
        no_stall_fits "没有摊位能放下。" "No stall will do.";
        put_here "放这里" "Put here";
        put_anyway "仍放这里并钉住" "Put here anyway and pin";
        take_off "撤下" "Take off";
        pin "钉住" "Pin";
        unpin "取下图钉" "Unpin";
        close "收起" "Close";
        must "必须满足" "Must have";
        no_demands "没有硬性要求" "No hard demands";
        why_here "为什么这里" "Why here";
        worth "要是能放，加减分" "Were it to do: points";
        no_points "没有加减分" "No points either way";
        why_not "为什么不能放" "Why not there";
        elsewhere "别处不行的缘由" "Why not elsewhere";
        instead "最近能放的" "Nearest that would do";
        none_free "没有别的空位能放" "No other free stall would do";
        would_help "可以这样解决" "What would help";
        legend_yes "能放" "would do";
        legend_points "，数字是分" ", with points";
        legend_no "✕ 不能放" "✕ will not do";
        legend_reason "，写明缘由" ", with the reason";
        legend_held "已排" "placed";
        legend_pinned "已钉，不动" "pinned, stays";
        choose "点一家单位，看它能放哪里、为什么。" "Choose a unit to see where it could stand, and why.";
        map "摊位图" "Stall map";
        read_only "只能看，不能改。" "Read-only.";
        reserve "留着不排" "Keep free";
        reserve_why "留给谁、为什么（可不填）" "For whom or why (optional)";
        reserved "留着" "kept free";
        release "放开" "Let go";
        power "电" "Power";
        no_power "够不到插座" "no outlet in reach";
        no_water "近处没有水" "no tap nearby";
        roof "有顶" "roof";
        open_air "露天" "in the open";
        way_there "路" "Way";
        no_steps "没有台阶" "no steps";
    }
}

/// `−8`, with a proper minus.
pub fn minus(points: i64) -> String {
    points.to_string().replace('-', "−")
}

/// `28.0 m`
pub fn metres(centimetres: i64) -> String {
    format!("{}.{} m", centimetres / 100, centimetres % 100 / 10)
}

/// `2.2 kW`
pub fn kilowatts(watts: i64) -> String {
    let tenths = watts / 100;
    if tenths % 10 == 0 {
        format!("{} kW", tenths / 10)
    } else {
        format!("{}.{} kW", tenths / 10, tenths % 10)
    }
}

pub(super) fn number(table: &Table, stall: StallId) -> String {
    table.spot(stall).map_or_else(|| "?".to_owned(), |spot| spot.no.clone())
}

pub(super) fn called(table: &Table, entry: EntryId) -> String {
    table.entry(entry).map_or_else(|| "?".to_owned(), |entry| entry.name.clone())
}

/// One reason why not, in three or four characters for a plate.
pub const fn short(lang: Lang, block: &Block) -> &'static str {
    let (zh, en) = match block {
        Block::NoPower { .. } => ("无电源", "no power"),
        Block::OutletTooSmall { .. } => ("电不够", "too weak"),
        Block::CircuitOverload { .. } => ("会超载", "overload"),
        Block::NoWater { .. } => ("无水源", "no water"),
        Block::NoShelterInRain => ("淋雨", "in rain"),
        Block::TooNarrow { .. } => ("太窄", "narrow"),
        Block::ZoneNotAllowed { .. } => ("不同区", "zone"),
        Block::NotStepFree => ("有台阶", "steps"),
        Block::Forbidden => ("不能用", "closed"),
        Block::Reserved { .. } => ("留着", "kept"),
        Block::LockedElsewhere { .. } => ("钉别处", "pinned"),
        Block::HeldByPin { .. } => ("已钉", "pinned"),
        Block::LoudBesideQuiet { .. } => ("吵到邻摊", "noise"),
        Block::NoPaper { .. } => ("缺证", "no paper"),
        Block::Taken { .. } => ("已有人", "taken"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// One reason why not, as a sentence with its numbers.
pub fn block(lang: Lang, block: &Block, table: &Table) -> String {
    match block {
        Block::NoPower { needs_w, nearest } => no_power(lang, *needs_w, nearest.as_ref()),
        Block::OutletTooSmall { needs_w, outlet, capacity_w } => {
            let (needs, carries) = (kilowatts(*needs_w), kilowatts(*capacity_w));
            lang.pick(
                format!("要 {needs}，插座 {outlet} 只有 {carries}"),
                format!("Needs {needs}; outlet {outlet} has {carries}"),
            )
        }
        Block::CircuitOverload { outlet, load_w, capacity_w } => {
            let (load, carries) = (kilowatts(*load_w), kilowatts(*capacity_w));
            lang.pick(
                format!("插座 {outlet} 会到 {load}，超过 {carries}"),
                format!("Outlet {outlet} would carry {load} of {carries}"),
            )
        }
        Block::NoWater { distance_cm, limit_cm } => match distance_cm {
            Some(far) => {
                let (far, limit) = (metres(*far), metres(*limit_cm));
                lang.pick(
                    format!("要用水，最近水源 {far}，太远（≤ {limit}）"),
                    format!("Needs water; the nearest tap is {far} away (≤ {limit})"),
                )
            }
            None => lang.pick("要用水，场地没有水源", "Needs water; the ground has no tap").to_owned(),
        },
        Block::NoShelterInRain => {
            lang.pick("下雨天要遮雨，这里是露天", "Needs a roof in rain; this is in the open").to_owned()
        }
        Block::TooNarrow { needs_cm, width_cm } => {
            let (needs, has) = (metres(*needs_cm), metres(*width_cm));
            lang.pick(
                format!("要宽 {needs}，这里宽 {has}"),
                format!("Needs {needs} of width; this has {has}"),
            )
        }
        Block::ZoneNotAllowed { wants, zone } => lang.pick(
            format!("属 {wants} 区，这里是 {zone} 区"),
            format!("Belongs to zone {wants}; this is {zone}"),
        ),
        Block::NotStepFree => lang
            .pick("轮椅要能到，去这里要上台阶", "A wheelchair must get there; the way goes over steps")
            .to_owned(),
        Block::Forbidden => lang
            .pick("摊位压着消防通道或出入口，不能用", "The stall stands on a fire lane or an exit")
            .to_owned(),
        Block::Reserved { why } if why.is_empty() => {
            lang.pick("这个摊位留着不排", "This stall is kept free").to_owned()
        }
        Block::Reserved { why } => {
            lang.pick(format!("这个摊位留着：{why}"), format!("This stall is kept free: {why}"))
        }
        Block::LockedElsewhere { stall } => {
            let no = number(table, *stall);
            lang.pick(format!("已钉在 {no} 号，先取下图钉"), format!("Pinned to stall {no}; unpin it first"))
        }
        Block::HeldByPin { by } => {
            let name = called(table, *by);
            lang.pick(format!("{name} 钉在这里"), format!("{name} is pinned here"))
        }
        Block::LoudBesideQuiet { other } => {
            let name = called(table, *other);
            lang.pick(
                format!("紧挨着 {name}，一吵一静不能相邻"),
                format!("Beside {name}: loud and quiet may not be neighbours"),
            )
        }
        Block::NoPaper { paper } => {
            let paper = Units(lang).credential_name(*paper);
            lang.pick(format!("单位没有有效的{paper}"), format!("The unit has no valid paper: {paper}"))
        }
        Block::Taken { by } => {
            let name = called(table, *by);
            lang.pick(format!("{name} 放这里更合适"), format!("{name} stands better here"))
        }
    }
}

fn no_power(lang: Lang, needs_w: i64, nearest: Option<&(String, i64, i64)>) -> String {
    let needs = kilowatts(needs_w);
    match nearest {
        Some((outlet, distance, reach)) => {
            let (far, reach) = (metres(*distance), metres(*reach));
            lang.pick(
                format!("要 {needs}，最近插座 {outlet} 距 {far}，够不着（≤ {reach}）"),
                format!("Needs {needs}; the nearest outlet {outlet} is {far} away, out of reach (≤ {reach})"),
            )
        }
        None => {
            lang.pick(format!("要 {needs}，场地没有插座"), format!("Needs {needs}; the ground has no outlet"))
        }
    }
}

/// What a demand is and how the stall meets it.
pub fn pass(lang: Lang, pass: &Pass) -> (String, String) {
    match pass {
        Pass::Power { needs_w, outlet, distance_cm, left_w } => {
            let (needs, far, left) = (kilowatts(*needs_w), metres(*distance_cm), kilowatts((*left_w).max(0)));
            (
                lang.pick(format!("电 {needs}"), format!("Power {needs}")),
                lang.pick(format!("{outlet} {far}，余 {left}"), format!("{outlet} {far}, {left} left")),
            )
        }
        Pass::Water { distance_cm } => (lang.pick("水", "Water").to_owned(), metres(*distance_cm)),
        Pass::Shelter { roof } => {
            let how = if *roof { lang.pick("有顶", "roof") } else { lang.pick("不下雨", "no rain") };
            (lang.pick("遮雨", "Shelter").to_owned(), how.to_owned())
        }
        Pass::Width { needs_cm, width_cm } => {
            let (needs, has) = (metres(*needs_cm), metres(*width_cm));
            (lang.pick(format!("宽 {needs}"), format!("Width {needs}")), has)
        }
        Pass::StepFree => {
            (lang.pick("轮椅", "Wheelchair").to_owned(), lang.pick("没有台阶", "no steps").to_owned())
        }
    }
}

/// More numbers than this are only counted.
const NAMED: usize = 3;

/// `3、5`, or `14 个摊位` where they are many.
pub fn of_stalls(lang: Lang, numbers: &[String]) -> String {
    let many = numbers.len();
    if many > NAMED {
        lang.pick(format!("{many} 个摊位"), format!("{many} stalls"))
    } else {
        numbers.join(lang.pick("、", ", "))
    }
}

/// Somebody else was first: who stands there now (a name), or where the unit itself stands by now (`#3`).
pub fn lost(lang: Lang, now: &str) -> String {
    match now.strip_prefix('#') {
        Some(no) => lang.pick(
            format!("别人先了一步：这家已在 {no} 号。"),
            format!("Somebody else was first: this unit is at stall {no} by now."),
        ),
        None if now == "-" => lang
            .pick("别人先了一步：这家已被撤下。", "Somebody else was first: this unit was taken off.")
            .to_owned(),
        None => lang.pick(
            format!("别人先了一步：那里现在是 {now}。"),
            format!("Somebody else was first: {now} stands there now."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!((metres(2800), metres(364)), ("28.0 m".to_owned(), "3.6 m".to_owned()));
        assert_eq!((kilowatts(2200), kilowatts(3000)), ("2.2 kW".to_owned(), "3 kW".to_owned()));
    }

    #[test]
    fn many_stalls_are_counted_and_a_minus_is_a_minus() {
        let numbers: Vec<String> = (1..=4).map(|n: u8| n.to_string()).collect();
        assert_eq!(of_stalls(Lang::Zh, &numbers), "4 个摊位");
        assert_eq!(of_stalls(Lang::En, &numbers[..2]), "1, 2");
        assert_eq!((minus(-8), minus(5)), ("−8".to_owned(), "5".to_owned()));
        let kept = Block::Reserved { why: "街道".to_owned() };
        assert_eq!(block(Lang::Zh, &kept, &Table::default()), "这个摊位留着：街道");
    }

    #[test]
    fn a_refusal_names_the_outlet_its_distance_and_its_reach() {
        let no = Block::NoPower { needs_w: 2200, nearest: Some(("o4".to_owned(), 2800, 1200)) };
        let table = Table::default();
        assert_eq!(block(Lang::Zh, &no, &table), "要 2.2 kW，最近插座 o4 距 28.0 m，够不着（≤ 12.0 m）");
        assert!(block(Lang::En, &no, &table).contains("28.0 m away"));
    }
}
