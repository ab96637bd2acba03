//! Texts on and about printed posters.

use crate::words::words;

words! {
    /// What is printed. Posters hang on a Chinese square: the English is for organizers who read it.
    Printed {
        call_one "被服务了，" "Served?";
        call_two "扫一扫，点一下" "Scan and tap once";
        what "记一次服务，也能提诉求、看地图。" "Counts one service; raise an appeal, see the map.";
        how "不装软件，不用登录。" "Nothing to install, no sign-in.";
        no_phone "扫不了？" "Cannot scan?";
        ask "或请摊位人员按一下，一样算。" "Ask the staff to tap for you: it counts the same.";
        privacy "不记姓名、不要手机号、不取位置。" "No name, no phone number, no location.";
        privacy_day "只数次数，只在当天有效。" "Counts visits only, on this day only.";
        genuine "认准网址" "Genuine only at";
        genuine_why "页面上的号和这里一样，才是真的。我们从不要钱、密码和证件号。" "The page shows the same code. We never ask for money, passwords or papers.";
        who "亮身份" "Who we are";
        who_text "共产党员在岗，佩徽上岗" "Party members on duty, with badge";
        duty "亮职责" "What we do";
        duty_text "听得懂、答得清，转得出、有回音" "We listen, answer, pass on, report back";
        promise "亮承诺" "What we promise";
        promise_text "能办的当场办，难办的三日内回话" "At once where we can, a word within three days where not";
        host "主办" "Host";
        organizer "承办" "Organizer";
        number "海报号" "Poster";
        stall "号摊位" "Stall";
    }
}

words! {
    /// The print page.
    Prints {
        title "海报" "Posters";
        why "每摊一张 A4。重印还是同一个码；只有“换新码”才会让旧海报失效。" "One A4 a stall. Printing again keeps the code; only a new code ends the old poster.";
        print "全部打印" "Print all";
        preview "打印预览" "Print view";
        make "印制海报" "Make posters";
        make_why "还有摊位没有海报。" "Some stalls have no poster yet.";
        none "还没有摊位，先画摊位图。" "No stalls yet: draw the layout first.";
        picture "二维码 PNG" "Code as PNG";
        rotate "换新码" "New code";
        rotate_why "旧海报马上失效，要重新打印张贴。" "The old poster ends at once; print and hang the new one.";
        revoke "停用" "Revoke";
        revoked_why "扫这张海报的人会看到“已停用”。" "Whoever scans it is told that it is out of use.";
        revision "版次" "Revision";
        no_poster "没有海报" "No poster";
        check "巡查核对号" "Codes for the round";
        open "打开页面" "Open its page";
        standing "长期海报" "Standing posters";
        standing_why "一个位置印一次，挂着不换：扫了就是当天站在这里的单位。适合固定的摊位。" "Printed once a place and left hanging: a scan opens whoever stands there on the day. For places that stay.";
        standing_make "给每个摊位号做一张" "Make one for every stall number";
        standing_day "每场市集" "Every market";
        standing_unit "今天谁在这里，扫了就知道" "Scan to see who is here today";
    }
}

impl Printed {
    /// `2 号摊位`
    pub fn place(self, no: &str) -> String {
        self.0.pick(format!("{no} 号摊位"), format!("Stall {no}"))
    }

    /// `打开 ks.example.cn/s 输海报号，`
    pub fn typed(self, domain: &str) -> String {
        self.0.pick(
            format!("打开 {domain}/s 输海报号，"),
            format!("Open {domain}/s and type the poster's number,"),
        )
    }

    /// `第 1 版 · 5月12日印`
    pub fn edition(self, revision: i64, day: &str) -> String {
        self.0.pick(format!("第 {revision} 版 · {day}印"), format!("revision {revision} · printed {day}"))
    }
}
