//! Texts for residents: short, kind, nothing to learn.

use crate::words::words;

words! {
    /// What every resident's page says.
    Resident {
        larger "大字" "Large text";
        normal "标准字" "Normal text";
        appeal "提诉求" "Raise an appeal";
        map "看地图" "Map";
        emergency "紧急电话" "Emergency";
        police "报警" "police";
        fire "火警" "fire";
        ambulance "急救" "ambulance";
        unit_open "单位待定" "Unit to be found";
        off_hours "不打烊" "after hours, too";
        free "今天没有安排" "Nothing here today";
    }
}

words! {
    /// The stall page.
    Tap {
        stall "号摊位" "Stall";
        people "几个人？" "How many people?";
        more "更多" "More";
        served "我被服务了" "I was served";
        plain "点一下就好。不记姓名，不要手机号。" "One tap is enough. No name, no phone number.";
        stale "这页放久了，请再点一下。" "This page was open for long. Please tap again.";
        compare "请核对：和海报上的号一样，才是真的。" "Compare: the same code must stand on the poster.";
        code "海报号" "Poster";
        typed "摊位码（可不填）" "Stall code (optional)";
        typed_why "摊位人员手机上的 4 位数" "The 4 digits on the staff's phone";
    }
}

words! {
    /// The page after the tap.
    Done {
        counted "已记录" "Counted";
        again "今天已计入，谢谢" "Counted today already. Thank you";
        taken_back "已撤回" "Taken back";
        once "再点也只记一次，放心。" "Tap again if you like: it counts once.";
        again_why "同一个摊位一天记一次。" "One visit a stall a day.";
        taken_back_why "这一次不算。后来又被服务了？请摊位人员按一下就好。" "This one does not count. Served after all? Ask the staff to tap for you.";
        stamps "今天的章" "Today's stamps";
        onward "接着逛" "Where next";
        take_back "点错了，撤回这一次" "A mistake? Take it back";
        too_late "超过十分钟，请找工作人员改。" "After ten minutes, please ask the staff.";
    }
}

words! {
    /// Pages that say no, each with a way on.
    No {
        not_ours "这个码不是我们的" "This code is not ours";
        not_ours_why "请扫摊位上的海报，或找穿红马甲的工作人员。我们从不要钱、密码和证件号。" "Please scan the poster at a stall, or ask the staff. We never ask for money, passwords or papers.";
        revoked "这张海报已停用" "This poster is out of use";
        revoked_why "摊位上有新的，请扫那一张；没有的话，请摊位人员按一下。" "Please scan the new one at the stall, or ask the staff to tap for you.";
        replaced "这张海报换新了" "This poster was replaced";
        replaced_why "请扫摊位上新的那一张；看不到的话，请摊位人员按一下。" "Please scan the newer one at the stall, or ask the staff to tap for you.";
        nobody_today "这里现在没有摊位" "No stall stands here now";
        nobody_today_why "码是真的。有市集的星期六再来扫，就是当天的摊位。" "The code is genuine. Scan it on a market Saturday to reach the stall of that day.";
        withdrawn "这个摊位今天撤了" "This stall is gone today";
        withdrawn_why "需要的服务，可以看看这些摊位：" "These stalls may help:";
        not_yet "还没开市" "Not open yet";
        over "今天收市了" "Closed for today";
        over_why "谢谢您来。有诉求现在也可以提。" "Thank you for coming. Appeals are welcome at any time.";
        other_day "不是今天的海报" "This poster is for another day";
        busy "人太多，没记上" "Too busy, not counted";
        busy_why "请找工作人员登记，或过一会儿再点。" "Please ask the staff, or tap again in a moment.";
        slow "点得太勤，这一下还没记" "Too many taps, this one is not counted yet";
        try_again "再试一次" "Try again";
        to_stall "回到摊位页" "Back to the stall";
        cannot_take_back "撤不了" "Cannot be taken back";
        cannot_take_back_why "只能在十分钟内、用同一部手机撤回。请找工作人员改。" "Only within ten minutes and on the same phone. Please ask the staff.";
        no_market "没有这场市集" "No such market";
        no_market_why "地址可能不对。请扫海报，或问社区。" "The address may be wrong. Please scan a poster or ask the community.";
    }
}

words! {
    /// The public page of a market.
    Square {
        today "开市时间" "Open";
        weather "天气" "Weather";
        in_rain "雨天位置" "Rain places";
        in_sun "晴天位置" "Fair places";
        map "摊位图" "Map";
        entrance "最近的入口" "Nearest entrance";
        first_aid "急救" "First aid";
        first_aid_why "有人倒下：先喊工作人员，打 120，请人去取 AED。" "Somebody has collapsed: call the staff, call 120, send for the AED.";
        on_map "见地图" "See the map";
        find "找摊位、找服务" "Find a stall or a service";
        find_hint "例如：居住证、理发、6" "For example: permit, haircut, 6";
        search "查找" "Search";
        all "看全部摊位" "Show every stall";
        none "没找到。换个词，或问工作人员。" "Nothing found. Try another word, or ask the staff.";
        stalls "摊位和服务" "Stalls and services";
        empty "摊位还没排好，请过两天再看。" "Stalls are not arranged yet. Please look again later.";
        appeal_code "查诉求进展" "Look up an appeal";
        code "回执上的 6 位码" "The 6 characters on your slip";
        look_up "查一下" "Look up";
    }
}

words! {
    /// A poster's number, typed by who cannot scan or wants to know whether the poster is genuine.
    PosterNumber {
        title "输入海报号" "Type the poster's number";
        why "扫不了码，或者想看看海报是真是假：输入海报下面的号。" "Cannot scan, or want to know whether a poster is genuine: type the number at its foot.";
        field "海报号" "Poster number";
        hint "例如：0513-02-K7QM" "For example: 0513-02-K7QM";
        look "查一下" "Look up";
        genuine "✔ 是真的" "✔ Genuine";
        go "打开这个摊位" "Open this stall";
        standing "长期海报，每场市集都能用。" "A standing poster, good at every market.";
        unknown "没有这个海报号" "No poster has this number";
        unknown_why "再看一眼有没有抄错。如果海报上就是这个号，它不是我们的：不要扫，请告诉工作人员。" "Please check what you typed. If the poster does show this number, it is not ours: do not scan it, and tell the staff.";
        slow_down "查得太快了" "Too many tries";
        slow_down_why "请过一分钟再试，或请工作人员帮忙。" "Please try again in a minute, or ask the staff.";
        link "扫不了？输入海报号" "Cannot scan? Type the poster's number";
    }
}

impl Done {
    /// `1 人`
    pub fn people(self, n: i64) -> String {
        self.0.pick(format!("{n} 人"), format!("{n} {}", if n == 1 { "person" } else { "people" }))
    }

    /// `2号摊 网格有约`
    pub fn where_served(self, no: &str, name: &str) -> String {
        self.0.pick(format!("{no}号摊 {name}"), format!("Stall {no} {name}"))
    }
}

impl No {
    /// `9:00 起可以点。`
    pub fn from(self, clock: &str) -> String {
        self.0.pick(
            format!("{clock} 起可以点。可以先看看地图，有诉求现在也能提。"),
            format!("You can tap from {clock}. Look at the map, or raise an appeal now."),
        )
    }

    /// `约 5 分钟后再点，只记一次。`
    pub fn slow_why(self, millis: i64) -> String {
        let minutes = (millis + 59_999) / 60_000;
        self.0.pick(
            format!("约 {minutes} 分钟后再点下面的按钮，只记一次。也可以请摊位人员按一下。"),
            format!(
                "Tap below again in about {minutes} min; it counts once. Or ask the staff to tap for you."
            ),
        )
    }

    /// For a day that comes.
    pub fn comes(self, day: &str) -> String {
        self.0.pick(
            format!("它是给 {day} 的市集用的，到那天再扫。有诉求现在也能提。"),
            format!("It is for the market of {day}; please scan it on that day. Appeals are welcome now."),
        )
    }

    /// For a day that is past.
    pub fn past(self, day: &str) -> String {
        self.0.pick(
            format!("它是 {day} 市集的，那天已经结束。请扫今天的海报；有诉求现在也能提。"),
            format!(
                "It is from the market of {day}, which is over. Please scan today's. Appeals are welcome."
            ),
        )
    }
}
