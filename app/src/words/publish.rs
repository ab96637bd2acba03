//! Texts of publishing: the button in the editor, the page of versions, what stands in the way.

use kaishi_domain::layout::{Diff, Stall};

use crate::words::{Lang, words};

words! {
    /// Publishing.
    Publish {
        publish "发布" "Publish";
        publishing "正在发布…" "Publishing…";
        versions "版本" "Versions";
        others "还有谁在看这张图" "Who else is on this map";
        close "知道了" "All right";
        fair "晴天" "Fair";
        rain "雨天" "Rain";
        title "摊位图的版本" "Versions of the map";
        why "居民看到的是最新发布的一版。草稿怎么改，都要再发布才算数。" "Residents see the latest published version. Changes to the draft count once it is published.";
        never "还没有发布过，居民现在看不到这张图。" "Never published: residents do not see this map yet.";
        same "草稿和居民看到的一样。" "The draft is what residents see.";
        now_seen "居民现在看到" "What residents see";
        version "版本" "Version";
        when "发布时间" "Published";
        who "发布人" "By";
        compare "与草稿比" "Compare with draft";
        before_versions "原有的图" "older than versions";
        restore "恢复到草稿" "Bring back into the draft";
        restore_why "草稿会变成这一版的样子，可以撤销；居民看到的不变，要再发布。" "The draft becomes this version and that can be undone; residents see no change until you publish.";
        restored "已恢复到草稿。" "It is back in the draft.";
        undo "撤销恢复" "Undo";
        undone "已撤销，草稿和恢复前一样。" "Undone: the draft is as it was.";
        open_editor "打开编辑" "Open the editor";
        added "新增" "New";
        removed "去掉" "Gone";
        moved "移动" "Moved";
        altered "改动" "Changed";
        legend "虚线是这一版的位置，箭头指向草稿里的位置。" "Dashed is where it stood in this version; the arrow leads to the draft.";
        difference "这一版到草稿的变化" "From this version to the draft";
        files "导出和打印" "Export and print";
        files_why "导出的是草稿。JSON 可以再导入，不丢东西。" "The draft is exported. JSON can be imported again without loss.";
        print "打印 A3" "Print A3";
        print_why "A3 横放，打印时选“适合纸张”。" "A3 landscape; choose fit to page.";
        fair_map "晴天摊位图" "Fair weather map";
        rain_map "雨天摊位图" "Rain map";
        import "导入" "Import";
        import_why "选一个从摊位图导出的 JSON 文件。导入后可以撤销。" "Choose a JSON file that was exported from a layout. It can be undone.";
        file "摊位图文件" "Layout file";
        imported "已导入到草稿。" "Imported into the draft.";
        no_file "还没有选文件。" "No file was chosen.";
        bad_file "这个文件读不懂：要的是从摊位图导出的 JSON。草稿没有变。" "This file cannot be read: a JSON file exported from a layout is needed. The draft is unchanged.";
        too_big "文件太大，最多 2 MB。草稿没有变。" "The file is too large: at most 2 MB. The draft is unchanged.";
        bad_zone "文件里有这个市集没有的分区。草稿没有变。" "The file has a zone that this market does not have. The draft is unchanged.";
        nothing_new "和草稿一样，没有要改的。" "The same as the draft: nothing to change.";
        stale "别人刚改过草稿，请看一眼再发布。" "Somebody has just changed the draft. Look once more, then publish.";
        twin "有编号和另一张已发布的图冲突，请先发布另一张。" "A number is used by another stall on the other published map. Publish that one first.";
        number_taken "有编号被另一张图里的摊位用着。草稿没有变。" "A stall of the other map has one of these numbers. The draft is unchanged.";
        empty "图上还没有摊位，不能发布。" "There is no stall on the map yet.";
        unsaved "还没存好，存好就能发布。" "Not saved yet; publish once it is.";
        no_change "没有变化" "No difference";
        by_hand "草稿" "Draft";
    }
}

impl Publish {
    const fn lang(self) -> Lang {
        self.0
    }

    /// `organizer 正在看 12、3`
    pub fn with_stalls(self, name: &str, numbers: &[String]) -> String {
        if numbers.is_empty() {
            return name.to_owned();
        }
        let numbers = numbers.join(self.lang().pick("、", ", "));
        self.lang().pick(format!("{name} 选中 {numbers}"), format!("{name} has {numbers} selected"))
    }

    /// `发布 · 还差 1 处`
    pub fn button(self, errors: usize) -> String {
        match errors {
            0 => self.publish().to_owned(),
            1 => self.lang().pick("发布 · 还差 1 处".into(), "Publish · 1 to put right".into()),
            n => self.lang().pick(format!("发布 · 还差 {n} 处"), format!("Publish · {n} to put right")),
        }
    }

    /// `草稿 · 第 4 版`, `已发布 · 第 3 版`
    pub fn standing(self, version: i64, changed: bool) -> String {
        if changed || version == 0 {
            self.lang()
                .pick(format!("草稿 · 第 {} 版", version + 1), format!("Draft of version {}", version + 1))
        } else {
            self.lang().pick(format!("已发布 · 第 {version} 版"), format!("Version {version} published"))
        }
    }

    /// `第 3 版`
    pub fn nth(self, version: i64) -> String {
        self.lang().pick(format!("第 {version} 版"), format!("Version {version}"))
    }

    /// Residents see it from now on.
    pub fn done(self, version: i64, at: &str) -> String {
        self.lang().pick(
            format!("第 {version} 版已发布（{at}），居民现在看到的就是它。"),
            format!("Version {version} published at {at}: residents see it now."),
        )
    }

    /// `第 3 版已发布，居民现在看到的就是它。`
    pub fn nth_published(self, version: i64) -> String {
        self.lang().pick(
            format!("第 {version} 版已发布，居民现在看到的就是它。"),
            format!("Version {version} is published: residents see it now."),
        )
    }

    /// Rules stand in the way; the first of them in words.
    pub fn wrong(self, count: usize, first: &str) -> String {
        self.lang().pick(
            format!("还不能发布：{first}（共 {count} 处要先改）。"),
            format!("Not yet: {first} ({count} to put right)."),
        )
    }

    /// Stalls in use stand in the way of a publish.
    pub fn not_published(self, held: &[String]) -> String {
        self.lang().pick(
            format!("不能发布，这些摊位还有人用：{}。", held.join("；")),
            format!("Not published, these stalls are in use: {}.", held.join("; ")),
        )
    }

    /// Stalls in use stand in the way of a version or a file that lacks them.
    pub fn not_changed(self, held: &[String]) -> String {
        self.lang().pick(
            format!("草稿没有改，因为会去掉还有人用的摊位：{}。", held.join("；")),
            format!("The draft is unchanged, because stalls in use would go: {}.", held.join("; ")),
        )
    }

    /// `12 号有单位、1 张海报`: what hangs on a stall that was to go.
    pub fn hangs(self, no: &str, assigned: bool, posters: i64, encounters: i64) -> String {
        let lang = self.lang();
        let mut parts = Vec::new();
        if assigned {
            parts.push(lang.pick("单位".to_owned(), "a unit".to_owned()));
        }
        if posters > 0 {
            parts.push(lang.pick(format!("{posters} 张海报"), format!("{posters} posters")));
        }
        if encounters > 0 {
            parts.push(lang.pick(format!("{encounters} 条登记"), format!("{encounters} check-ins")));
        }
        lang.pick(format!("{no} 号有{}", parts.join("、")), format!("{no} has {}", parts.join(", ")))
    }

    /// A difference as a list: one line a stall, in the order of the numbers.
    pub fn lines(self, diff: &Diff) -> Vec<String> {
        let mut lines: Vec<((u32, String), String)> = diff
            .steps()
            .filter_map(|(_, was, is)| {
                let no = is.or(was).map(|stall| stall.no.clone())?;
                Some((kaishi_domain::layout::number_order(&no), self.line(&no, was, is)))
            })
            .collect();
        lines.sort();
        lines.into_iter().map(|(_, line)| line).collect()
    }

    fn line(self, no: &str, was: Option<&Stall>, is: Option<&Stall>) -> String {
        let lang = self.lang();
        match (was, is) {
            (None, Some(is)) => lang.pick(
                format!("{no} 号 新增，在 {:.1}, {:.1}", is.x, is.y),
                format!("{no}: new, at {:.1}, {:.1}", is.x, is.y),
            ),
            (Some(_), None) => lang.pick(format!("{no} 号 去掉"), format!("{no}: gone")),
            (Some(was), Some(is)) => {
                let parts = self.parts(was, is).join(lang.pick("，", ", "));
                lang.pick(format!("{no} 号 {parts}"), format!("{no}: {parts}"))
            }
            (None, None) => String::new(),
        }
    }

    /// What of a stall is not as it was.
    fn parts(self, was: &Stall, is: &Stall) -> Vec<String> {
        let lang = self.lang();
        let way = was.centre().minus(is.centre()).length();
        let mut parts = Vec::new();
        if way > 0.004 {
            parts.push(lang.pick(
                format!("移动 {way:.2} m，到 {:.1}, {:.1}", is.x, is.y),
                format!("moved {way:.2} m, to {:.1}, {:.1}", is.x, is.y),
            ));
        }
        if was.no != is.no {
            parts.push(lang.pick(format!("原编号 {}", was.no), format!("was {}", was.no)));
        }
        if was.zone != is.zone {
            parts.push(lang.pick(
                format!("分区 {} 改为 {}", was.zone, is.zone),
                format!("zone {} to {}", was.zone, is.zone),
            ));
        }
        let size = |stall: &Stall| format!("{}×{} m", stall.w, stall.d);
        if size(was) != size(is) {
            parts.push(format!("{} → {}", size(was), size(is)));
        }
        let turn = |stall: &Stall| (stall.angle.to_bits(), stall.facing.to_bits());
        if turn(was) != turn(is) {
            parts.push(lang.pick("朝向改了".into(), "turned".into()));
        }
        if was.outlet != is.outlet {
            let name =
                |stall: &Stall| stall.outlet.clone().unwrap_or_else(|| lang.pick("不接", "none").into());
            parts.push(lang.pick(
                format!("电源 {} 改为 {}", name(was), name(is)),
                format!("power {} to {}", name(was), name(is)),
            ));
        }
        if was.locked != is.locked {
            parts.push(
                if is.locked { lang.pick("锁定", "locked") } else { lang.pick("解锁", "unlocked") }.into(),
            );
        }
        if parts.is_empty() {
            parts.push(lang.pick("有别的改动".into(), "other changes".into()));
        }
        parts
    }
}
