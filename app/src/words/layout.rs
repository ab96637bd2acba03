//! Texts of the map editor.

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
        snap "吸附 0.1 m" "Snap 0.1 m";
        weather "晴天还是雨天的摊位图" "Fair or rain plan";
        map "摊位图" "Map";
        map_keys "方向键移动选中的摊位，加 Shift 移 1 米；R 转 90 度；Delete 删除。" "Arrow keys move the selection, with Shift by a metre; R turns it; Delete removes it.";
        stalls "摊位" "Stalls";
        list_keys "选中后用方向键移动，或在上面填数字。" "Select one, then use the arrow keys or type figures.";
        nothing "还没有选中摊位" "No stall selected";
        nothing_why "在图上点一个摊位，或在下面的清单里选。按住 Shift 可以多选。" "Tap a stall on the map or choose one from the list. Hold Shift for several.";
        several "已选多个" "Several selected";
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
        all_well "没有问题" "All well";
        errors "错误" "errors";
        warnings "提醒" "notes";
        must "发布前必须改" "before publishing";
        may "可以发布" "may stay";
        scale "比例" "Scale";
        saved "已存" "Saved";
        saving "正在存…" "Saving…";
        unsent "没连上，稍后自动再存" "No connection, will try again";
        view_only "只能看" "View only";
        stale "别人刚改过同一个摊位" "Somebody changed the same stall";
        theirs "用对方的" "Take theirs";
        mine "用我的盖上去" "Put mine on top";
        held "不能删" "Cannot be deleted";
        number_taken "这个编号另一张图里的摊位在用。" "A stall of the other plan has this number.";
        gone "已删" "deleted";
        close "知道了" "All right";
        unit "单位" "Unit";
        unit_open "单位待定" "Unit to be found";
    }
}

impl Editor {
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
