//! Texts about grounds: their list, their drawing board, and files that are brought.

use kaishi_domain::Refusal;
use kaishi_domain::ground::{Flaw, Ground, Kind, Mistake, Part, Spot, Unread, label};

use crate::words::{Lang, words};

words! {
    /// The list of grounds, the form for a new one, and photos.
    Grounds {
        title "场地" "Grounds";
        none "还没有场地。" "No ground yet.";
        none_why "画好一块场地，以后每个周六都能用。" "Draw a ground once and use it every Saturday.";
        add "新建场地" "New ground";
        name "名称" "Name";
        size "大小" "Size";
        zones "分区" "Zones";
        used "哪些市集在用" "Markets on it";
        unused "还没用过" "Not used yet";
        export "导出文件" "Export";
        draw "画一块新的" "Draw a new one";
        draw_why "先填大小，得到一个长方形，再在图上改。" "Give its size, get a rectangle, and change it on the drawing.";
        width "长（米）" "Width (m)";
        depth "宽（米）" "Depth (m)";
        make "建好，去画" "Create and draw";
        bring "导入场地文件" "Import a ground file";
        bring_why "别处导出的场地文件（venue/1，JSON）。选文件，或把内容贴进来。" "A ground file (venue/1, JSON). Choose it, or paste its text.";
        file "文件" "File";
        text "或粘贴内容" "Or paste its text";
        import "导入" "Import";
        size_wrong "要有名称，长和宽在 5 到 500 米之间。" "It needs a name and 5 to 500 metres each way.";
        nothing "还没有选文件，也没有粘贴内容。" "No file was chosen and nothing was pasted.";
        too_heavy "场地文件最大 1 MB。" "A ground file has at most 1 MB.";
        not_text "这个文件不是文本，导入不了。" "This file is not text and cannot be imported.";
        photo_empty "没有收到照片，请再选一次。" "No photo arrived. Please choose it again.";
        photo_heavy "照片最大 5 MB，请压缩后再传。" "A photo has at most 5 MB. Please make it smaller.";
        photo_foreign "只收 PNG、JPEG、WebP 图片，这个文件不是。" "Only PNG, JPEG and WebP pictures; this file is none.";
        photo_large "照片最大 2400 万像素，请缩小后再传。" "A photo has at most 24 million pixels. Please make it smaller.";
        photo_damaged "这张图片坏了或没有传完，请换一张。" "This picture is damaged or cut off. Please choose another.";
    }
}

words! {
    /// The drawing board of a ground.
    Board {
        opening "正在打开场地…" "Opening the ground…";
        not_open "没有打开场地。" "The ground did not open.";
        again "再试一次" "Try again";
        undo "撤销" "Undo";
        redo "重做" "Redo";
        save "保存场地" "Save the ground";
        saving "正在存…" "Saving…";
        saved "已存" "Saved";
        unsaved "有改动还没存" "Changes not saved yet";
        unsent "没连上，改动还在，请再存一次。" "No connection. Your changes are still here; save again.";
        view_only "只能看" "View only";
        errors_first "先改好标红的地方，才能保存。" "Cure what is red before saving.";
        touches "这次改动会影响这些市集" "This change touches these markets";
        no_errors "摊位都不受影响" "no stall is in error";
        go_on "照样保存" "Save all the same";
        stay "先不存" "Not yet";
        stale "别人刚改过同样的地方" "Somebody changed the same part";
        theirs "用对方的" "Take theirs";
        mine "用我的盖上去" "Put mine on top";
        gone "已删" "deleted";
        closed_keep "已收市的市集保留当时的场地。" "Markets that are over keep the ground they were held on.";
        tools "工具" "Tools";
        select "选择" "Select";
        pan "平移" "Pan";
        rectangle "矩形" "Rectangle";
        polygon "多边形" "Polygon";
        point "点" "Point";
        lane "消防道" "Fire lane";
        larger "放大" "Larger";
        smaller "缩小" "Smaller";
        whole "全图" "Whole";
        what "画什么" "Draw";
        lane_width "通道宽（米）" "Lane width (m)";
        map "场地图" "Drawing of the ground";
        map_keys "方向键移动选中的部分或角点，加 Shift 移 1 米；Delete 删除；回车完成多边形；Esc 取消。" "Arrow keys move the chosen part or corner, with Shift by a metre; Delete removes it; Enter finishes a polygon; Escape cancels.";
        say_select "点一个部分来改它；拖角点改形状，拖边上的小点加角。" "Tap a part to change it; drag corners, or the small dots to add one.";
        say_rectangle "按住拖出一个矩形。" "Press and drag a rectangle.";
        say_polygon "一下一个角，点回第一个角或按“完成”。" "One tap a corner; tap the first again or press Done.";
        say_point "点一下放在那里。" "Tap to place it there.";
        say_lane "点起点，再点终点。" "Tap where it begins, then where it ends.";
        say_pan "按住拖动，看别处。" "Drag to look elsewhere.";
        say_scale "在照片上点两个知道距离的地方。" "Tap two places on the photo whose distance you know.";
        done "完成" "Done";
        cancel "取消" "Cancel";
        add "加一个" "Add one";
        chosen "选中的部分" "Chosen part";
        ground "整块场地" "The whole ground";
        nothing_why "在图上点一个部分，或在清单里选。" "Tap a part on the drawing or choose one from the list.";
        parts "全部部分" "All parts";
        name "名称" "Name";
        survey "尺寸来源" "Source of the measures";
        shelter "有顶，下雨也能用" "Sheltered, dry in rain";
        stall_w "摊位宽" "Stall width";
        stall_d "摊位深" "Stall depth";
        aisle "摊前通道" "Aisle";
        kind "类型" "Kind";
        clear "四周留空" "Clearance";
        lane_clear "净宽" "Clear width";
        capacity "功率" "Capacity";
        reach "线长可达" "Reach";
        circuit "回路" "Circuit";
        no_circuit "单独" "own fuse";
        note "说明" "Note";
        corners "角点" "Corners";
        corner "角点" "Corner";
        add_corner "后面加一个角" "Add a corner after it";
        remove_corner "删掉这个角" "Remove this corner";
        remove "删除" "Delete";
        area "面积" "Area";
        length "长" "Width";
        height "高" "Height";
        angle "转角" "Angle";
        opacity "透明度" "Opacity";
        photo "照片或平面图" "Photo or plan";
        photo_why "PNG、JPEG、WebP，最大 5 MB。垫在图下面照着画。" "PNG, JPEG, WebP, at most 5 MB. Lies under the drawing.";
        choose_photo "选一张照片" "Choose a photo";
        sending "正在上传…" "Uploading…";
        scale "按两点定比例" "Scale by two points";
        metres "两点相距（米）" "Metres between them";
        set_scale "定好" "Set";
        rules "规定" "Rules";
        max_run "一排最多" "Stalls in a row";
        run_gap "排间空隙" "Gap between runs";
        back_gap "背靠背空隙" "Gap between backs";
        min_aisle "人行最窄" "Narrowest way";
        fire_lane "消防道宽" "Fire lane";
        checks "检查" "Checks";
        all_well "没有问题" "All well";
        export "导出文件" "Export";
    }
}

impl Grounds {
    /// `第 3 个分区的轮廓自己相交了`: one sentence for a file that is no ground.
    pub fn unread(self, why: &Unread) -> String {
        let lang = self.0;
        match why {
            Unread::NotJson { line, column } => lang.pick(
                format!("文件写到第 {line} 行第 {column} 个字时断了，或格式不对。"),
                format!("The file stops making sense at line {line}, column {column}."),
            ),
            Unread::NotVenue => lang.pick(
                "这不是场地文件：要有 \"schema\": \"venue/1\"。".into(),
                "This is no ground file: it needs \"schema\": \"venue/1\".".into(),
            ),
            Unread::Whole(said) => {
                lang.pick(format!("整个文件：{}。", said_zh(said)), format!("The whole file: {said}."))
            }
            Unread::Part(spot, said) => {
                let part = nth(lang, *spot);
                lang.pick(format!("{part}：{}。", said_zh(said)), format!("{part}: {said}."))
            }
            Unread::Nonsense(spot, refusal) => {
                let part = nth(lang, *spot);
                lang.pick(format!("{part}：{}。", refusal_zh(refusal)), format!("{part}: {refusal}."))
            }
            Unread::Together(refusal) => {
                lang.pick(format!("{}。", refusal_zh(refusal)), format!("The file: {refusal}."))
            }
            Unread::Flaw(flaw) => flaw_sentence(lang, flaw, &nth(lang, flaw.spot)),
        }
    }
}

/// What the reader of JSON says, for people.
fn said_zh(said: &str) -> String {
    let name = said.split('`').nth(1).unwrap_or_default();
    match said {
        "malformed polygon" => "轮廓不成形，至少要三个点，面积不能是零".into(),
        _ if said.starts_with("missing field") => format!("缺少 {name}"),
        _ if said.starts_with("unknown field") => format!("有不认识的 {name}"),
        _ if said.starts_with("duplicate field") => format!("{name} 写了两次"),
        _ => format!("有一个值写得不对（{said}）"),
    }
}

fn refusal_zh(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Missing("zone") => "至少要有一个分区".into(),
        Refusal::Missing("circuit") => "有插座接在不存在的回路上".into(),
        Refusal::Malformed("id that occurs twice") => "有两个部分用了同一个编号（id）".into(),
        Refusal::TooLong("ground") => "部分太多了".into(),
        Refusal::Malformed("stall width" | "stall depth") => "摊位的宽和深要在 0.5 到 50 米之间".into(),
        Refusal::Malformed("aisle") => "通道要在 0 到 50 米之间".into(),
        Refusal::Malformed("clearance") => "四周留空要在 0 到 50 米之间".into(),
        Refusal::Malformed("lane width") => "通道宽要在 0.5 到 50 米之间".into(),
        Refusal::Malformed("outlet reach") => "线长要在 0 到 500 米之间".into(),
        Refusal::Malformed("rule") => "数值要在 0 到 50 米之间".into(),
        Refusal::Malformed("place") => "位置离原点太远".into(),
        Refusal::Malformed("polygon") => "轮廓不成形，至少要三个点".into(),
        Refusal::Malformed("backdrop") => "照片的位置或大小不对".into(),
        Refusal::TooLong(_) => "文字太长".into(),
        Refusal::Missing(_) => "有一项没填".into(),
        other => format!("写得不对（{other}）"),
    }
}

/// `分区`
pub fn kind_name(lang: Lang, kind: Kind) -> &'static str {
    let (zh, en) = match kind {
        Kind::Heading => ("名称", "Name"),
        Kind::Rules => ("规定", "Rules"),
        Kind::Outline => ("外围", "Outline"),
        Kind::Backdrop => ("照片", "Photo"),
        Kind::Zone => ("分区", "Zone"),
        Kind::Walk => ("步行区", "Walkway"),
        Kind::Obstacle => ("障碍", "Obstacle"),
        Kind::KeepClear => ("留空", "Kept clear"),
        Kind::Entrance => ("入口", "Entrance"),
        Kind::Exit => ("出口", "Exit"),
        Kind::Circuit => ("回路", "Circuit"),
        Kind::Outlet => ("插座", "Outlet"),
        Kind::Water => ("水源", "Tap"),
        Kind::Facility => ("设施", "Facility"),
        Kind::Patch => ("地面", "Floor"),
    };
    lang.pick(zh, en)
}

/// `第 3 个分区`
pub fn nth(lang: Lang, spot: Spot) -> String {
    let name = kind_name(lang, spot.kind);
    if spot.kind.is_list() {
        lang.pick(format!("第 {} 个{name}", spot.index + 1), format!("{name} {}", spot.index + 1))
    } else {
        name.to_owned()
    }
}

/// `诗园小广场`, `树`, `o4 3.5 kW`: what tells this part from the others of its kind.
pub fn part_name(lang: Lang, part: &Part) -> String {
    let known = |kind: &str| {
        let (zh, en) = label(kind);
        lang.pick(zh, en).to_owned()
    };
    let kilowatts = |watts: u32| format!("{} kW", f64::from(watts) / 1_000.0);
    match part {
        Part::Zone(area) if area.name.is_empty() => area.id.clone(),
        Part::Zone(area) => area.name.clone(),
        Part::Obstacle(obstacle) => known(&obstacle.kind),
        Part::KeepClear(part) => known(&part.kind),
        Part::Patch(patch) => known(&patch.kind),
        Part::Facility(facility) if facility.label.is_empty() => known(&facility.kind),
        Part::Facility(facility) => facility.label.clone(),
        Part::Outlet(outlet) => format!("{} {}", outlet.id, kilowatts(outlet.cap_w)),
        Part::Circuit(circuit) => format!("{} {}", circuit.id, kilowatts(circuit.cap_w)),
        other => kind_name(lang, other.kind()).to_owned(),
    }
}

/// `分区 诗园小广场`
pub fn full_name(lang: Lang, part: &Part) -> String {
    let (kind, name) = (kind_name(lang, part.kind()), part_name(lang, part));
    if kind == name { name } else { format!("{kind} {name}") }
}

/// One sentence about a flaw; `part` names it.
pub fn flaw_sentence(lang: Lang, flaw: &Flaw, part: &str) -> String {
    let at = format!("({:.1}, {:.1})", flaw.at.x, flaw.at.y);
    match flaw.mistake {
        Mistake::Crosses => {
            lang.pick(format!("{part}的轮廓自己相交，在 {at}。"), format!("{part} crosses itself at {at}."))
        }
        Mistake::Thin => lang
            .pick(format!("{part}几乎没有面积，在 {at}。"), format!("{part} has hardly any area at {at}.")),
        Mistake::Narrow(is, wanted) => lang.pick(
            format!("{part}是消防通道，净宽 {is:.2} 米，至少要 {wanted:.2} 米。"),
            format!("{part} is a fire lane {is:.2} m wide; at least {wanted:.2} m are needed."),
        ),
        Mistake::Overlaps(other) => {
            let other = nth(lang, other);
            lang.pick(format!("{part}和{other}重叠，在 {at}。"), format!("{part} lies on {other} at {at}."))
        }
        Mistake::OnFireLane => lang.pick(
            format!("{part}压在消防通道上，在 {at}。"),
            format!("{part} stands on the fire lane at {at}."),
        ),
        Mistake::Outside => lang.pick(
            format!("{part}伸出外围，在 {at}。"),
            format!("{part} reaches outside the outline at {at}."),
        ),
        Mistake::NoWayIn => lang.pick("还没有入口。".into(), "There is no entrance yet.".into()),
    }
}

/// The same, named as it stands on this ground.
pub fn flaw_on(lang: Lang, flaw: &Flaw, ground: &Ground) -> String {
    let part = ground.part(flaw.spot).map(|part| full_name(lang, &part));
    flaw_sentence(lang, flaw, &part.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use kaishi_domain::ground::read;

    use super::*;

    #[test]
    fn a_bad_file_is_told_by_its_part_in_one_sentence() {
        let good: serde_json::Value =
            serde_json::from_str(include_str!("../../../server/demo/ground.json")).unwrap();
        let told = |place: &str, value: serde_json::Value| {
            let mut bad = good.clone();
            *bad.pointer_mut(place).unwrap() = value;
            Grounds(Lang::Zh).unread(&read(&bad.to_string()).unwrap_err())
        };
        let bow = serde_json::json!([[0, 34], [60, 45], [60, 34], [0, 41]]);
        let table = [
            (told("/zones/1/polygon", bow), "第 2 个分区的轮廓自己相交，在 (23.3, 38.3)。"),
            (
                told("/obstacles/2/polygon", serde_json::json!([[0, 0]])),
                "第 3 个障碍：轮廓不成形，至少要三个点，面积不能是零。",
            ),
            (told("/keep_clear/0/width", 3.into()), "第 1 个留空是消防通道，净宽 3.00 米，至少要 4.00 米。"),
            (told("/outlets/1/reach", 900.into()), "第 2 个插座：线长要在 0 到 500 米之间。"),
            (told("/outlets/1/id", "o1".into()), "有两个部分用了同一个编号（id）。"),
            (told("/schema", 1.into()), "这不是场地文件：要有 \"schema\": \"venue/1\"。"),
        ];
        for (is, want) in table {
            assert_eq!(is, want);
        }
        let cut = Grounds(Lang::Zh).unread(&read("{\n \"schema\"").unwrap_err());
        assert_eq!(cut, "文件写到第 2 行第 9 个字时断了，或格式不对。");
    }
}
