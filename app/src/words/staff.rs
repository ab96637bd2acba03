//! Texts of the staff pad: few, short, read at a glance.

use kaishi_domain::batch::Why;
use kaishi_domain::encounter::Kind;

use crate::words::words;

words! {
    /// The pad.
    Pad {
        title "计数" "Count";
        today "今天" "Today";
        talks "宣讲" "Talks";
        kinds "服务种类" "Kind of service";
        consult "咨询" "Advice";
        handle "办事" "Agency";
        try_out "体验" "Try";
        talk "宣讲" "Talk";
        plus "服务一位，按一下" "One person, one tap";
        undo "撤销" "Undo";
        nothing_to_undo "可撤销的没有了" "Nothing to undo";
        last "最近几次" "Last taps";
        undone "已撤销" "undone";
        online "在线" "Online";
        all_sent "都已上传" "All sent";
        sending "正在上传" "Sending";
        offline "离线" "Offline";
        keep_tapping "照常按，不会丢" "Keep tapping, nothing is lost";
        stopped "这台手机已停用" "This phone is out of use";
        ask_desk "请找现场组织者" "Ask the organizers";
        over "市集已结束，链接到期" "The market is over";
        asks_pin "要先输 PIN，请刷新" "Reload and type the PIN";
        all_stalls "全部摊位" "All stalls";
        plain "按一下，页面会刷新" "Each tap reloads the page";
        appeal "诉求" "Appeal";
        close "返回计数" "Back to counting";
        appeal_title "替居民记一件诉求" "An appeal for a resident";
        words "说了什么（可不填）" "What was said (optional)";
        raise "交办" "Pass on";
        settle "现场办结" "Settled here";
        raised "已记下，诉求码" "Noted. Code";
        settled "已记下并办结，诉求码" "Noted and settled. Code";
        show "给居民看二维码" "Show the resident the QR code";
        not_raised "没有记上，请再点一次。" "Not noted. Please tap again.";
        away "现在没有网，没有记上。请写在纸上，有网再交。" "No network, not noted. Write it on paper and hand it in later.";
        not_kept "诉求要有网才交得出。手机上不存居民说的话。" "An appeal needs the network. What residents say is not kept on this phone.";
        here "本摊诉求" "Raised here";
        here_settled "已办结" "settled";
    }
}

impl Pad {
    /// 咨询, 办事, 体验, 宣讲
    pub const fn kind(self, kind: Kind) -> &'static str {
        match kind {
            Kind::Consult => self.consult(),
            Kind::Handle => self.handle(),
            Kind::Try => self.try_out(),
            Kind::Talk => self.talk(),
        }
    }
}

words! {
    /// What a person has to see on the pad.
    Tray {
        title "没有记上的，请看一下" "Not taken, please look";
        malformed "读不懂" "not readable";
        unknown "要撤销的那次不在账上" "takes back what is not there";
        expired "撤销得太晚" "taken back too late";
        not_possible "这里记不了" "not possible here";
        again "再送一次" "Send again";
        mistake "按错了，不要" "A mistake";
        on_paper "已记在纸上" "It is on paper";
        unkept "手机存不下了（满了或不让存）：刚才的数只在这一页里，请别关，并告诉组织者。" "This phone cannot store any more: the last taps are only in this page. Keep it open and tell the organizers.";
        as_text "把没上传的变成文字" "What is not sent, as text";
        as_text_why "念给组织者，或拍下来。有网后还会自动上传。" "Read it out or photograph it. It is still sent when there is a network.";
        left "条还在这台手机里，没有上传" "still on this phone, not sent";
        tell "请把下面的念给组织者，或拍下来，用纸质登记补录。" "Read the lines below to the organizers or photograph them; they key them in.";
    }
}

impl Tray {
    /// Why a record was refused.
    pub const fn why(self, why: Why) -> &'static str {
        match why {
            Why::Malformed => self.malformed(),
            Why::Unknown => self.unknown(),
            Why::Expired => self.expired(),
            Why::NotPossible => self.not_possible(),
        }
    }
}

words! {
    /// How a phone is let in: the PIN, the short code, a supervisor's stalls.
    Enrol {
        title "输入 PIN" "Type the PIN";
        why "组织者会告诉您四位数字，这台手机只输一次。" "The organizers tell you four digits. This phone needs them once.";
        pin "四位 PIN" "PIN, four digits";
        enter "进入" "Enter";
        wrong "PIN 不对，请再看一下。" "That PIN is not right.";
        shut "错得太多，先停了。请找组织者换一个新的 PIN。" "Too many wrong tries. Ask the organizers for a new PIN.";
        code_title "没有二维码？" "No code to scan?";
        code_why "输入组织者给的短码和 PIN。" "Type the short code and the PIN that the organizers gave you.";
        code "短码" "Short code";
        code_wrong "短码或 PIN 不对，请再看一下。" "Short code or PIN is not right.";
        supervisor "带班" "Supervisor";
        stalls "各摊计数" "Every stall";
        stalls_why "点一个摊位，替它计数。" "Choose a stall to count for it.";
        paper "纸质登记补录" "Key in paper sheets";
        crowd "数人流" "Count the crowd";
    }
}

words! {
    /// Links that open nothing.
    Gone {
        not_ours "这个链接不对" "This link is not right";
        not_ours_why "可能没有复制全。请重新扫组织者给的二维码。" "It may be cut off. Please scan the organizers' code again.";
        over "这场市集的链接已到期" "This market's link is over";
        over_why "没上传的数请告诉组织者，用纸质登记表补。" "Tell the organizers what was not sent; a paper sheet will do.";
        revoked "这个链接已停用" "This link is out of use";
        revoked_why "请找现场组织者要新的。" "Please ask the organizers for a new one.";
        busy "现在太忙，没有记下" "Busy. Nothing was written";
        busy_why "请过几秒再试。" "Please try again in a few seconds.";
    }
}

words! {
    /// A unit's own page.
    Guest {
        title "我的摊位" "Our stall";
        stall "号摊" "Stall";
        no_stall "摊位还没有定" "No stall yet";
        no_stall_why "组织者排好后，这里会显示。" "It will show here when the organizers have placed you.";
        when "时间" "When";
        where_ "位置" "Where";
        zone "区" "Zone";
        services "服务内容" "What we offer";
        needs "我们需要" "What we need";
        no_needs "没有特别需要" "Nothing special";
        power "用电" "Power";
        water "用水" "Water";
        shelter "雨天要有顶" "A roof in rain";
        quiet "要安静" "Quiet";
        loud "会有声音" "Makes noise";
        queue "会排队" "Draws a queue";
        width "宽" "Width";
        tally "本摊人次" "People served";
        talks "宣讲覆盖" "Heads at talks";
        appeals "本摊诉求" "Appeals raised here";
        settled "已办结" "settled";
        arrived "已签到" "Arrived";
        not_arrived "到了请告诉组织者" "Tell the organizers when you arrive";
        map "看地图" "Map";
        fair_plan "现按晴天图" "Fair-weather layout";
        rain_plan "现按雨天图" "Rain layout";
    }
}
