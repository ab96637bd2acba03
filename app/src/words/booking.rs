//! Texts of what is booked by the hour: for residents, for the desk, for organizers.

use kaishi_domain::booking::{Bar, Kind, NoShow};
use kaishi_domain::queue::{Standing, State};

use crate::words::words;

words! {
    /// What residents read.
    Booking {
        title "预约场地" "Book a room or a pitch";
        why "不用登录，不要手机号。约好了给您一个码。" "No account, no phone number. You get a code.";
        none "现在没有可以约的。" "Nothing can be booked now.";
        room "会客厅" "Room";
        pitch "球场" "Pitch";
        desk "办公位" "Desk";
        printer "打印机" "Printer";
        other "场地" "Place";
        choose_day "换一天" "Another day";
        choose_slot "选时段" "Choose a time";
        full "约满" "Full";
        shut "不开放" "Closed";
        begun "已经开始" "Begun";
        free_day "有空" "Free";
        closed "暂时不能约" "Not bookable now";
        closed_why "已经约好的照常来。" "What is booked stays booked.";
        today "今天" "Today";
        mine "这部手机约好的" "Booked on this phone";
        book "就约这个时段" "Book this time";
        sure "看一看，对了再点" "Look again, then book";
        back "换一个时段" "Choose another time";
        rules "怎么约" "How it works";
        mark_why "规则认的是手机里的记号，不认人。" "The rule knows a mark in this phone, not you.";
        mark_what "它是一串随机数，只用来数预约。" "It is a random number that only counts bookings.";
        mark_end "过了时间我们就删掉。" "We delete it once it no longer matters.";
        mark_gone "清掉浏览器数据，记号就没有了。" "Clear the browser's data and the mark is gone.";
        mark_desk "没有手机，请到前台约。" "Without a phone, book at the desk.";
        done "约好了" "Booked";
        your_code "您的预约码" "Your code";
        keep "请拍下这一页，或者抄下这个码。" "Take a photo of this page or copy the code.";
        show "到了给前台看这个码。" "Show it at the desk when you come.";
        typed "也可以在浏览器里输入：" "Or type into a browser:";
        qr "这一页的二维码" "QR code of this page";
        waits "等您来" "We expect you";
        came "您来过了" "You came";
        came_why "谢谢您用这里。" "Thank you for coming.";
        missed "没等到您" "You did not come";
        missed_why "要是记错了，请告诉前台。" "If that is wrong, please tell the desk.";
        over "时间过了" "The time is over";
        cancelled "已经取消" "Cancelled";
        cancelled_why "位置已经让给别人，谢谢您。" "The place goes to somebody else. Thank you.";
        cancel "不来了，取消预约" "I cannot come, cancel";
        cancel_late "快到时间了，要取消请告诉前台。" "It is soon. To cancel, please tell the desk.";
        again "再约一个" "Book another";
        have_code "已经约好？填 6 位码" "Booked already? Type the 6 characters";
        find "找我的预约" "Find it";
        not_found "没有这个预约，请再核对。" "No such booking. Please check the code.";
        slow "试得太多了，请等一分钟。" "Too many tries. Please wait a minute.";
        stale "这页放久了，请再点一下。" "This page was open for long. Please tap again.";
        bar_closed "现在不能约了。" "It cannot be booked now.";
        bar_slot "时段刚刚改过，请重新选。" "The times have changed. Please choose again.";
        bar_past "这个时段已经开始了。" "This time has begun.";
        bar_far "现在还不能约那么远。" "That is too far ahead.";
        bar_full "刚刚被别人约走了，请换一个。" "Somebody was first. Please choose another time.";
        bar_rush "约的人太多，请过一分钟再试。" "Many are booking. Please try again in a minute.";
    }
}

words! {
    /// What staff read at the desk.
    Desk {
        title "预约前台" "Booking desk";
        why "居民报 6 位码。来了点“来了”；过了时间没来，点“没来”。" "Residents show six characters. Tap Came, or Not here once their time has begun.";
        before "前一天" "Day before";
        after "后一天" "Day after";
        today "今天" "Today";
        none "这一天没有预约。" "No bookings on this day.";
        nothing "还没有可约的场地。" "There is nothing to book yet.";
        came "来了" "Came";
        missed "没来" "Not here";
        undo "改回来" "Take back";
        cancel "取消" "Cancel";
        cancelled "已取消" "Cancelled";
        waits "等着" "Expected";
        is_here "已来" "Came";
        is_missed "没来" "Did not come";
        code "码" "Code";
        time "时间" "Time";
        standing "状态" "State";
        book "代约" "Book for somebody";
        slot "时段" "Time";
        no_slot "这一天没有空位了。" "No place is left on this day.";
        booked "约好了。请把码写给对方：" "Booked. Write down this code for them:";
        early "还没到时间，不能点。" "It is too early for that.";
        given "位置已经给了别人，不能改回来。" "The place has been given to somebody else.";
        other "刚刚有人动过，页面已更新，请再看一眼。" "Somebody was first. The page is fresh; please look again.";
        manage "管理场地" "Manage";
        public "居民看到的页面" "What residents see";
    }
}

words! {
    /// What organizers read.
    Resources {
        title "可约场地" "Places to book";
        why "会客厅、球场、办公位、打印机：居民不用登录就能约。" "Rooms, pitches, desks, printers: residents book without an account.";
        none "还没有场地。" "Nothing yet.";
        add "加一个场地" "Add one";
        edit "修改" "Change";
        open "可约" "Open";
        closed "暂停预约" "Paused";
        off "已撤下" "Taken away";
        turn_open "恢复预约" "Take bookings";
        turn_closed "暂停预约" "Pause bookings";
        turn_off "撤下" "Take away";
        turn_why "已约好的不变，前台还看得到。" "What is booked stays, and the desk still sees it.";
        desk "去前台" "To the desk";
        name "名称" "Name";
        kind "种类" "Kind";
        place "在哪里" "Where";
        place_hint "一楼大厅东侧" "ground floor, east side";
        capacity "同时几个预约" "Bookings at once";
        minutes "一个时段几分钟" "Minutes a slot";
        ahead "最多提前几天约" "Days ahead";
        each "每部手机最多几个未到的预约" "Open bookings a phone";
        cutoff "开始前几小时内不能自己取消" "Hours before the start without cancelling";
        no_show "爽约规则" "No-show rule";
        no_show_why "三格都空着就没有规则。认的是手机浏览器里的随机记号，不是人：清掉就重新算，不带手机的人不受限。" "Leave all three empty for no rule. It hangs on a random mark in the phone's browser, not on a person: whoever clears it begins anew, and whoever has no phone is not bound.";
        times "几次没来" "Times not here";
        within "几周之内" "Within weeks";
        pause "停几周" "Pause of weeks";
        opening "开放时间" "Opening hours";
        opening_why "每天一行，如 9:00-12:00 14:00-18:00；不开放就空着。" "One line a day, such as 9:00-12:00 14:00-18:00; empty means closed.";
        weekday "只按星期几，节假日照常" "By weekday, holidays as usual";
        work "按工作日历：节假日不开" "By the calendar of work: shut on holidays";
        work_why "按工作日历时，调休上班的星期六按星期五、星期日按星期一开放。" "By the calendar of work a worked Saturday is open like Friday, a worked Sunday like Monday.";
        follows "节假日和调休" "Holidays and worked days off";
        shut "另外不开放的日子" "Further days off";
        shut_hint "2026-05-01 2026-05-02" "2026-05-01 2026-05-02";
        save "保存" "Save";
        save_why "已约好的不变；新的时段从现在起生效。" "What is booked stays; new times hold from now on.";
        changed "别人刚刚改过，请对照后再保存。" "Somebody changed it meanwhile. Please compare and save again.";
        wrong_name "写上名称，最多 20 个字；地点最多 40 个字。" "Give a name of at most 20 letters and a place of at most 40.";
        wrong_number "数字不对：同时 1-200，时段 10-720 分钟，提前 0-60 天，每部手机 1-10 个，取消 0-72 小时。" "Numbers: 1-200 at once, slots of 10-720 minutes, 0-60 days ahead, 1-10 a phone, 0-72 hours.";
        wrong_rule "爽约规则：1-10 次，1-26 周，停 1-26 周；不要就三格都空着。" "The rule: 1-10 times, within 1-26 weeks, a pause of 1-26 weeks; or leave all three empty.";
        wrong_week "开放时间看不懂：写成 9:00-12:00，不要重叠，至少一天开放。" "Opening hours: such as 9:00-12:00, not over each other, open on one day at least.";
        wrong_shut "日子写成 2026-05-01，用空格隔开。" "Write days such as 2026-05-01 with blanks between.";
        upcoming "未到的预约" "To come";
    }
}

impl Booking {
    /// What it is.
    pub const fn kind(self, kind: Kind) -> &'static str {
        match kind {
            Kind::Room => self.room(),
            Kind::Pitch => self.pitch(),
            Kind::Desk => self.desk(),
            Kind::Printer => self.printer(),
            Kind::Other => self.other(),
        }
    }

    /// `还有 2 个`
    pub fn left(self, n: i64) -> String {
        self.0.pick(format!("还有 {n} 个"), format!("{n} left"))
    }

    /// `一次 60 分钟`
    pub fn minutes(self, n: i64) -> String {
        self.0.pick(format!("一次 {n} 分钟"), format!("{n} minutes each"))
    }

    /// `每部手机最多约 2 个`
    pub fn each(self, n: i64) -> String {
        self.0.pick(format!("每部手机最多约 {n} 个"), format!("Open bookings a phone: {n} at most"))
    }

    /// `提前 2 小时可以自己取消`
    pub fn cutoff(self, hours: i64) -> String {
        match hours {
            0 => self.0.pick("开始之前都能取消".into(), "You can cancel until it begins".into()),
            n => self.0.pick(format!("要取消，请提前 {n} 小时"), format!("Cancel at least {n} hours before")),
        }
    }

    /// `4 周里 2 次没来，停约 2 周`
    pub fn no_show(self, rule: NoShow) -> String {
        let NoShow { times, within, pause } = rule;
        self.0.pick(
            format!("{within} 周里 {times} 次没来，停约 {pause} 周"),
            format!("Not coming {times} times within {within} weeks pauses booking for {pause} weeks"),
        )
    }

    /// Until when it can be cancelled.
    pub fn until(self, at: &str) -> String {
        self.0.pick(format!("要取消，请在 {at} 前。"), format!("You can cancel until {at}."))
    }

    /// Why there is no booking. `until` says when a pause ends.
    pub fn bar(self, bar: Bar, until: &str) -> String {
        match bar {
            Bar::Closed => self.bar_closed().to_owned(),
            Bar::NoSlot => self.bar_slot().to_owned(),
            Bar::Past => self.bar_past().to_owned(),
            Bar::TooFar => self.bar_far().to_owned(),
            Bar::Full => self.bar_full().to_owned(),
            Bar::TooMany(n) => self.0.pick(
                format!("这部手机已经约了 {n} 个。来过或者取消了再约。"),
                format!("This phone has {n} open bookings. Come or cancel first."),
            ),
            Bar::Paused(_) => self.0.pick(
                format!("这部手机几次没来，先停约。{until} 起可以再约。"),
                format!("This phone did not come several times. It can book again from {until}."),
            ),
        }
    }

    /// How it stands, in one line, and what to know of it.
    pub const fn standing(self, state: State, past: bool) -> (&'static str, &'static str) {
        match state {
            State::Served { .. } => (self.came(), self.came_why()),
            State::Lapsed { .. } => (self.missed(), self.missed_why()),
            State::GivenUp { .. } => (self.cancelled(), self.cancelled_why()),
            State::Waiting { .. } | State::Called { .. } if past => (self.over(), self.missed_why()),
            State::Waiting { .. } | State::Called { .. } => (self.waits(), self.show()),
        }
    }
}

impl Desk {
    /// How a booking stands.
    pub const fn state(self, state: State) -> &'static str {
        match state {
            State::Served { .. } => self.is_here(),
            State::Lapsed { .. } => self.is_missed(),
            State::GivenUp { .. } => self.cancelled(),
            State::Waiting { .. } | State::Called { .. } => self.waits(),
        }
    }
}

impl Resources {
    /// Whether it takes bookings.
    pub const fn state(self, standing: Standing) -> &'static str {
        match standing {
            Standing::Open => self.open(),
            Standing::Closed => self.closed(),
            Standing::Off => self.off(),
        }
    }
}
