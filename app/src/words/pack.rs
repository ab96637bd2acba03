//! Texts of the print pack: the page where it is put together, and what stands on its sheets.

use crate::words::words;

words! {
    /// The page where an organizer chooses what is printed.
    Pack {
        title "打印包" "Print pack";
        why "一个 PDF，打开就能印。重印不换码：旧海报照样能扫。" "One PDF, ready to print. Printing again keeps every code: old posters still work.";
        parts "印什么" "What";
        size "纸张" "Paper";
        a4 "A4 海报，A5 台卡" "A4 posters, A5 table signs";
        a5 "A5 海报，A6 台卡" "A5 posters, A6 table signs";
        which "哪些摊位" "Which stalls";
        all "全部" "All";
        changed "只印改过的" "Only what changed since the last print";
        some "只印这几个号" "Only these numbers";
        stalls "摊位号，用逗号分开" "Stall numbers, parted by commas";
        stalls_hint "例如：1，3，12" "For example: 1, 3, 12";
        make "生成 PDF" "Make the PDF";
        note_why "印好后记下来，下次才知道哪些改过。" "Note what was printed: only then the next print knows what changed.";
        due "改过、还没重印的海报：" "Posters that changed since the last print: ";
        none_due "上次印好以后，都没有改过。" "Nothing has changed since the last print.";
        no_stalls "还没有摊位，先画摊位图。" "No stalls yet: draw the layout first.";
        no_posters "还有摊位没有海报，先到海报页印制。" "Some stalls have no poster yet: make them on the page of posters first.";
        no_part "没有选要印什么。" "Nothing was chosen to print.";
        no_change "没有改过的，不用重印。" "Nothing has changed: nothing to print again.";
        no_numbers "没有写摊位号。" "No stall number was given.";
        cover "封面和目录" "Cover with contents";
        posters "摊位海报" "Stall posters";
        list "服务清单（大字）" "List of stalls (large print)";
        map "摊位图（A3）" "Map (A3)";
        signs "台卡（对折）" "Table signs (to fold)";
        places "雨天挪位牌" "Signs of where stalls moved in rain";
        due_places "改过、还没重印的挪位牌：" "Place signs that changed since the last print: ";
        no_places "没有挪位的摊位，不用挪位牌。" "No stall moves in rain, so there is no such sign.";
        tally "登记表" "Tally sheets";
        slips "两联诉求单（空白，每摊一张）" "Two-part appeal slips (blank, a sheet a stall)";
        codes "两联诉求单（印好码）" "Two-part appeal slips (with printed codes)";
        no_codes "没有印好码、还没用的诉求单。先到“诉求”里的“预印纸条”印码。" "No slip with a printed code waits. Make some on the page of paper slips, under Appeals.";
    }
}

impl Pack {
    /// `没有 99 号摊位。`
    pub fn unknown(self, no: &str) -> String {
        self.0.pick(format!("没有 {no} 号摊位。"), format!("There is no stall {no}."))
    }
}

words! {
    /// What is printed. It hangs on a Chinese square, so it is Chinese; the English is for organizers who read it.
    Leaf {
        contents "目录" "Contents";
        stalls "海报核对表" "Posters to check on the round";
        same_code "重印不换码：同一摊位还是同一个码，旧海报照样能扫。" "Printing again keeps the code: old posters still work.";
        keep_size "按实际大小打印，不要缩放。哑光纸，雨天套膜也不反光。" "Print at actual size on matt paper.";
        page "第" "Page";
        list_title "今天有什么服务" "Today's services";
        fold "沿虚线对折，立在桌上" "Fold here, stand on the table";
        stub "诉求单 · 社区留存" "Appeal slip · kept by the community";
        yours "诉求单 · 您收好" "Appeal slip · for you to keep";
        code "诉求码" "Code";
        at "摊位" "Stall";
        time "时间" "Time";
        said "想解决什么" "What should be mended";
        on_spot "当场办好" "Settled here";
        passed_on "转去办" "Passed on";
        entered "补录人" "Entered by";
        cut "沿虚线剪开" "Cut here";
        no_name "不用写姓名和电话。" "No name, no phone number.";
        written "摊位人员会替您写上诉求码。" "Staff write the code for you.";
        own_page "这个码只给您这一张。" "This code is yours alone.";
        rest "写不下就写在背面。" "More room on the back.";
    }
}

impl Leaf {
    /// `A4 纸 3 张`
    pub fn sheets(self, paper: &str, count: usize) -> String {
        self.0.pick(format!("{paper} 纸 {count} 张"), format!("{count} sheets of {paper}"))
    }

    /// `第 2–15 页`
    pub fn pages(self, first: usize, last: usize) -> String {
        if first == last {
            self.0.pick(format!("第 {first} 页"), format!("page {first}"))
        } else {
            self.0.pick(format!("第 {first}–{last} 页"), format!("pages {first}–{last}"))
        }
    }

    /// `第 1 页，共 2 页 · 5月12日印`
    pub fn foot(self, page: usize, of: usize, printed: &str) -> String {
        self.0.pick(
            format!("第 {page} 页，共 {of} 页 · {printed}印"),
            format!("page {page} of {of} · printed {printed}"),
        )
    }

    /// `5月12日印`
    pub fn printed(self, day: &str) -> String {
        self.0.pick(format!("{day}印"), format!("printed {day}"))
    }

    /// What a resident does with a slip.
    pub fn look(self, address: &str) -> String {
        self.0.pick(
            format!("扫码，或打开 {address}，输入诉求码：看办到哪一步，办好了请您评。"),
            format!("Scan, or open {address} and type the code: see where it stands, and say how it was."),
        )
    }
}
