//! Texts of the staff pad: few, short, read at a glance.

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
        handle "办事" "Errand";
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
        stopped "链接已停用" "Link out of use";
        ask_desk "请找现场组织者" "Ask the organizers";
        tray "条没有记上，请告诉组织者" "not taken; tell the organizers";
        seen "知道了" "Seen";
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
    /// Links that open nothing.
    Gone {
        not_ours "这个链接不对" "This link is not right";
        not_ours_why "可能没有复制全。请重新扫组织者给的二维码。" "It may be cut off. Please scan the organizers' code again.";
        over "这场市集的链接已到期" "This market's link is over";
        over_why "没上传的数请告诉组织者，用纸质登记表补。" "Tell the organizers what was not sent; a paper sheet will do.";
        revoked "这个链接已停用" "This link is out of use";
        revoked_why "请找现场组织者要新的。" "Please ask the organizers for a new one.";
        busy "系统正忙，没有写入" "Busy. Nothing was written";
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
