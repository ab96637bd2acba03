//! Texts of the map editor.

mod help;

use kaishi_domain::Refusal;
use kaishi_domain::ground::label;
use kaishi_domain::layout::{Nearby, Stall, Toward};

use crate::words::{Lang, words};

words! {
    /// The map editor.
    Editor {
        opening "正在打开摊位图…" "Opening the map…";
        not_open "没有打开摊位图。" "The map did not open.";
        again "再试一次" "Try again";
        tools "工具" "Tools";
        select "选择" "Select";
        place "摊位" "Stall";
        pan "平移" "Pan";
        larger "放大" "Larger";
        smaller "缩小" "Smaller";
        whole "全图" "Whole map";
        undo "撤销" "Undo";
        redo "重做" "Redo";
        row "成排" "Row";
        fill "铺满" "Fill";
        measure "量距" "Measure";
        snap "吸附 0.1 m" "Snap 0.1 m";
        weather "晴天还是雨天的摊位图" "Fair or rain plan";
        in_force "现用" "in force";
        in_rain "雨天对应位" "In rain";
        in_fair "晴天对应位" "In fair weather";
        no_counterpart "没有" "nowhere";
        map "摊位图" "Map";
        map_keys "方向键移动选中的摊位，加 Shift 移 1 米；没有选中时移动地图。T 转 90 度，方括号转 15 度；Shift F10 打开菜单；Delete 删除；Esc 回到清单。" "Arrow keys move what is chosen, with Shift by a metre, or the map when nothing is chosen. T turns it by 90 degrees, square brackets by 15; Shift F10 opens the menu; Delete removes it; Escape goes back to the list.";
        stalls "摊位" "Stalls";
        list_keys "上下键选行，回车选中，再用方向键移动。" "Up and down go through the list, Enter chooses, then the arrow keys move it.";
        nothing "还没有选中摊位" "No stall selected";
        nothing_why "在图上点一个摊位，或在下面的清单里选。按住 Shift 可以多选。" "Tap a stall on the map or choose one from the list. Hold Shift for several.";
        position "位置与尺寸" "Place and size";
        number "编号" "No.";
        zone "分区" "Zone";
        width "宽" "W";
        depth "深" "D";
        angle "转角" "Angle";
        facing "朝向" "Faces";
        outlet "电源" "Power";
        no_outlet "不接" "none";
        duplicate "复制" "Duplicate";
        remove "删除" "Delete";
        turn "转 90°" "Turn 90°";
        checks "检查" "Checks";
        all_well_why "没有重叠，通道和出口都空着。" "Nothing overlaps; lanes and exits are clear.";
        cursor "光标" "Cursor";
        all_well "没有问题" "All well";
        errors "错误" "errors";
        warnings "提醒" "notes";
        must "发布前必须改" "before publishing";
        may "可以发布" "may stay";
        scale "比例" "Scale";
        saved "已存" "Saved";
        saving "正在存…" "Saving…";
        undone "已撤销" "Undone";
        redone "已重做" "Done again";
        circuit "回路" "Circuit";
        needs "需要" "Needs";
        no_needs "没有特别的需要。" "Nothing in particular.";
        power "用电" "Power";
        water "用水" "Water";
        queue "排队" "Queue";
        step_free "无障碍" "Step-free";
        shelter "遮雨" "Shelter";
        quiet "要安静" "Quiet";
        loud "声音大" "Loud";
        arrange "替我排" "Arrange for me";
        arrange_why "按场地的规矩排：通道、出口、障碍都让开。先给你看，你说行才动。" "Follows the rules of the ground. You see it first; nothing moves before you say so.";
        as_many "能排多少排多少" "As many as fit";
        exactly "要几个" "So many";
        where_to "排在哪里" "Where";
        look "先看看" "Show me";
        cancel "不排了" "Leave it";
        take "就这样排" "Do it";
        another "换一种" "Another way";
        undo_rest "撤销其余的" "Take back the rest";
        brush "新摊位怎么放" "How new stalls are set";
        counters "柜台在" "Counters";
        right_hand "走向的右边" "to the right";
        left_hand "走向的左边" "to the left";
        type_it "不用拖，填起点和终点" "Type both ends instead";
        set_row "排上" "Set them";
        paired "背靠背" "Back to back";
        no_arranging "排布的程序没能下载，连上网再试一次。" "What arranges could not be loaded. Please try again with a connection.";
        no_room "这里放不下摊位。" "No stall fits here.";
        place_how "点一下放一个，拖出来就是那么大。" "Click to place one, or drag its size.";
        row_how "从第一个摊位拖到最后一个，按住 Shift 走直线。" "Drag from the first stall to the last; Shift keeps it straight.";
        fill_how "拖一个框，或者整块铺满；会避开通道和障碍。" "Drag a rectangle or fill a whole area; lanes and obstacles stay clear.";
        measure_how "从一点拖到另一点，按住 Shift 走直线。" "Drag from one point to another; Shift keeps it straight.";
        menu "菜单" "Menu";
        copy "拷贝" "Copy";
        paste "粘贴" "Paste";
        all "全选" "Select all";
        lock "锁定" "Lock";
        unlock "解锁" "Unlock";
        locked "已锁定" "Locked";
        unlocked "已解锁" "Unlocked";
        group "编组" "Group";
        ungroup "解组" "Ungroup";
        grouped "已编组" "Grouped";
        ungrouped "已解组" "No longer grouped";
        belong "编组" "Group";
        choose "选择…" "Choose…";
        align "对齐" "Align";
        align_left "左对齐" "Align left";
        align_centre "左右居中" "Align centres";
        align_right "右对齐" "Align right";
        align_top "上对齐" "Align top";
        align_middle "上下居中" "Align middles";
        align_bottom "下对齐" "Align bottom";
        distribute "等距" "Space";
        gap "间隔（米）" "Gap (m)";
        even "均分" "even";
        across "横向等距" "Across";
        along "纵向等距" "Along";
        spaced "已等距排开" "Spaced";
        numbering "编号" "Numbers";
        scheme "样式" "Style";
        by_zone "1 2 3，按分区" "1 2 3, zone by zone";
        zone_letter "A1 A2，按分区" "A1 A2, by zone";
        own_letters "自定字母" "Own letters";
        letters "字母" "Letters";
        order "顺序" "Order";
        rows "一排一排" "Row by row";
        walk "来回走" "As one walks";
        columns "一列一列" "Column by column";
        start "从" "From";
        renumber "重新编号" "Number them";
        figures "属性" "Figures";
        gaps "间距" "Room around";
        others "还有谁在看这张图" "Who else is here";
        to_board "去排摊" "To the board";
        view_only "只能看" "View only";
        stale "别人刚改过同一个摊位" "Somebody changed the same stall";
        theirs "用对方的" "Take theirs";
        mine "用我的盖上去" "Put mine on top";
        not_on_top "盖不上去：编号已被别的摊位用了。" "That does not fit: another stall has the number by now.";
        held "不能删" "Cannot be deleted";
        number_taken "这个编号另一张图里的摊位在用。" "A stall of the other plan has this number.";
        gone "已删" "deleted";
        close "知道了" "All right";
        unit "单位" "Unit";
        unit_open "单位待定" "Unit to be found";
    }
}

impl Editor {
    const fn lang(self) -> Lang {
        self.0
    }

    /// `没连上，3 个摊位没存，自动重试`
    pub fn unsent(self, count: usize) -> String {
        self.lang().pick(
            format!("没连上，{count} 个摊位没存，会自动再存"),
            format!("No connection: {count} unsaved, will try again"),
        )
    }

    /// `已选 5 个摊位`
    pub fn chosen(self, count: usize) -> String {
        self.lang().pick(format!("已选 {count} 个摊位"), format!("{count} stalls chosen"))
    }

    /// `5 个摊位`
    pub fn so_many(self, count: usize) -> String {
        self.lang().pick(format!("{count} 个摊位"), format!("{count} stalls"))
    }

    /// `清单 14`
    pub fn all_of(self, count: usize) -> String {
        self.lang().pick(format!("清单 {count}"), format!("List {count}"))
    }

    /// `12 号`
    pub fn numbered(self, no: &str) -> String {
        self.lang().pick(format!("{no} 号"), format!("Stall {no}"))
    }

    /// `检查 3 处`
    pub fn checked(self, count: usize) -> String {
        match count {
            0 => self.checks().to_owned(),
            _ => self.lang().pick(format!("检查 {count} 处"), format!("Checks {count}")),
        }
    }

    /// `12 号在 36.40，11.00`
    pub fn stands(self, stall: &Stall) -> String {
        let Stall { no, x, y, angle, .. } = stall;
        self.lang().pick(
            format!("{no} 号在 {x:.2}，{y:.2} 米，转角 {angle:.0} 度"),
            format!("Stall {no} at {x:.2}, {y:.2} metres, turned {angle:.0} degrees"),
        )
    }

    /// `移了 5 个摊位`
    pub fn moved(self, count: usize) -> String {
        self.lang().pick(format!("移了 {count} 个摊位"), format!("{count} stalls moved"))
    }

    /// `删了 5 个摊位`
    pub fn removed(self, count: usize) -> String {
        self.lang().pick(format!("删了 {count} 个摊位"), format!("{count} stalls deleted"))
    }

    /// `加了 5 个摊位`
    pub fn added(self, count: usize) -> String {
        self.lang().pick(format!("加了 {count} 个摊位"), format!("{count} stalls added"))
    }

    /// `拷贝了 5 个摊位`
    pub fn copied(self, count: usize) -> String {
        self.lang().pick(format!("拷贝了 {count} 个摊位"), format!("{count} stalls copied"))
    }

    /// `编了 5 个号`
    pub fn renumbered(self, count: usize) -> String {
        self.lang().pick(format!("编了 {count} 个号"), format!("{count} stalls numbered"))
    }

    /// `量得 3.25 米`
    pub fn measured(self, metres: f64) -> String {
        self.lang().pick(format!("量得 {metres:.2} 米"), format!("{metres:.2} metres"))
    }

    /// `左`
    pub fn toward(self, side: Toward) -> &'static str {
        let (zh, en) = match side {
            Toward::Left => ("左", "Left"),
            Toward::Right => ("右", "Right"),
            Toward::Up => ("上", "Above"),
            Toward::Down => ("下", "Below"),
        };
        self.lang().pick(zh, en)
    }

    /// `树（直径 1.6）`; another stall is named by whoever knows its number.
    pub fn nearby(self, what: &Nearby) -> String {
        let lang = self.lang();
        let name = |kind: &str| {
            let (zh, en) = label(kind);
            lang.pick(zh, en).to_owned()
        };
        match what {
            Nearby::Stall(_) => String::new(),
            Nearby::Obstacle { kind, across: Some(across) } => {
                let name = name(kind);
                lang.pick(format!("{name}（直径 {across:.1}）"), format!("{name} ({across:.1} across)"))
            }
            Nearby::Obstacle { kind, across: None } | Nearby::KeepClear(kind) => name(kind),
            Nearby::Edge => lang.pick("场地边".to_owned(), "edge of the area".to_owned()),
        }
    }

    /// `3、5 号别人后来改过，这一步撤销不了`
    pub fn overwritten(self, numbers: &[&str]) -> String {
        let lang = self.lang();
        let all = numbers.join(lang.pick("、", ", "));
        lang.pick(
            format!("{all} 号别人后来改过，这一步没有撤销。"),
            format!("Somebody changed {all} since; this step was not taken back."),
        )
    }

    /// Why a step was not done.
    pub fn refused(self, refusal: &Refusal) -> String {
        let lang = self.lang();
        match refusal {
            Refusal::Locked(no) => lang.pick(
                format!("{no} 号锁着，先解锁再动它。"),
                format!("Stall {no} is locked. Unlock it first."),
            ),
            Refusal::Taken(_) => lang.pick(
                "这个编号已经有摊位用了，换一个。".to_owned(),
                "Another stall has this number. Choose a different one.".to_owned(),
            ),
            Refusal::Malformed("stall size") => lang.pick(
                "宽和深要在 0.5 米到 50 米之间。".to_owned(),
                "Width and depth must be between 0.5 and 50 metres.".to_owned(),
            ),
            Refusal::Missing("second stall") => {
                lang.pick("至少要选两个摊位。".to_owned(), "Choose at least two stalls.".to_owned())
            }
            Refusal::Missing("third stall") => {
                lang.pick("至少要选三个摊位。".to_owned(), "Choose at least three stalls.".to_owned())
            }
            Refusal::TooLong("layout") => lang
                .pick("一张图最多 2000 个摊位。".to_owned(), "A map holds 2,000 stalls at most.".to_owned()),
            _ => lang.pick(
                "这一步做不了，没有改动。".to_owned(),
                "This step is not possible. Nothing was changed.".to_owned(),
            ),
        }
    }

    /// The side of the sky that a direction in degrees points to.
    pub fn sky(self, facing: f64) -> &'static str {
        let names = [
            ("东", "E"),
            ("东北", "NE"),
            ("北", "N"),
            ("西北", "NW"),
            ("西", "W"),
            ("西南", "SW"),
            ("南", "S"),
            ("东南", "SE"),
        ];
        let (zh, en) = names[(facing / 45.0).round().rem_euclid(8.0) as usize % 8];
        self.0.pick(zh, en)
    }
}
