//! Texts of the phones' list, of paper sheets and of the crowd.

use kaishi_domain::crowd::{Estimate, Method};
use kaishi_domain::device::Missing;

use crate::words::{Lang, words};

words! {
    /// The organizer's list of phones.
    Devices {
        title "计数手机" "Counting phones";
        why "每台手机给自己的每条记录编号，所以缺哪几条看得出来。手机上没有居民的信息。" "Each phone numbers its records, so what is missing shows. Nothing about residents is on it.";
        none "还没有手机连上来。" "No phone has called yet.";
        phone "手机" "Phone";
        where_ "在哪里" "Where";
        seen "最近联系" "Last heard";
        received "收到到第几条" "Received up to";
        unsent "待上传" "Not sent";
        gaps "缺号" "Gaps";
        clock "手机时钟" "Its clock";
        ahead "快" "fast";
        behind "慢" "slow";
        minutes "分" "min";
        right "准" "right";
        refused "条没记上，等人看" "refused, to be looked at";
        revoked "已停用" "Out of service";
        revoke "停用" "Take out of service";
        steward "摊位" "Steward";
        supervisor "带班" "Supervisor";
        everywhere "全部摊位" "Every stall";
        all_in "都已收到" "All in";
        let_in "让手机进来" "Let phones in";
        let_in_why "扫二维码，或在手机上打开网址、输入短码。PIN 只输一次，请口头告诉，不要发群里。" "Scan the code, or open the address on the phone and type the short code. The PIN is needed once: tell it, do not post it.";
        address "网址" "Address";
        code "短码" "Short code";
        pin "PIN" "PIN";
        no_pin "不要 PIN" "No PIN";
        shut "错得太多，已停；换一个新的" "Too many wrong tries; make a new one";
        show "二维码" "QR code";
        new_pin "换新 PIN" "New PIN";
        ask_pin "要求 PIN" "Ask for a PIN";
        drop_pin "取消 PIN" "Drop the PIN";
        add_supervisor "加一个带班链接" "Add a supervisor's link";
        more "看每台手机" "See every phone";
    }
}

impl Devices {
    /// `2 台手机、最多 37 条还没收到`
    pub fn missing(self, missing: Missing) -> String {
        let Missing { devices, records } = missing;
        match devices {
            0 => self.all_in().to_owned(),
            n => self.0.pick(
                format!("{n} 台手机、最多 {records} 条还没收到"),
                format!("{n} devices, up to {records} not yet in"),
            ),
        }
    }
}

words! {
    /// Paper sheets that are keyed in.
    Paper {
        title "纸质登记补录" "Key in paper sheets";
        why "一张登记表填一次。超过 50 人次的，要管理员看过才算数。" "One form a sheet. Above 50 people an admin has to look before it counts.";
        print "打印登记表" "Print the sheets";
        stall "摊位" "Stall";
        from "从" "From";
        to "到" "Until";
        counted_by "谁数的（写职务，不写姓名）" "Who counted (a role, no name)";
        counted_hint "例如：摊位志愿者" "For example: stall volunteer";
        remark "备注（可不填）" "Remark (optional)";
        enter "记入台账" "Enter";
        wrong "没有记入：请填摊位、时间（从早于到）、谁数的，每类 0 到 2000 人，总数不为 0。" "Not entered: stall, time (from before until), who counted, and 0 to 2000 of each kind, not all zero.";
        reason_wrong "没有撤回：请写原因；已经撤回的不能再撤。" "Not taken back: give a reason; what is taken back already stays so.";
        own "不能批自己录入的，请另一位管理员看。" "Not your own: another admin has to look.";
        list "已录入的" "Entered";
        none "还没有录入。" "Nothing yet.";
        people "人次" "people";
        waits "等管理员看" "Waits for an admin";
        waits_own "等另一位管理员看（这张是您录的）" "Waits for an admin who is somebody else (you entered it)";
        counted "已计入" "Counted";
        refused "没有计入" "Not counted";
        taken_back "已撤回，或等着撤回" "Taken back, or about to be";
        takes_back "撤回" "Takes back";
        let_in "看过了，计入" "Looked at: count it";
        refuse "不计入" "Do not count";
        take_back "撤回这张" "Take this back";
        reason "撤回的原因" "Reason";
        by_account "组织者录入" "entered by an organizer";
        by_device "带班手机录入" "entered by a supervisor's phone";
    }
}

words! {
    /// The sheet that is printed.
    Sheet {
        title "摊位登记表" "Tally sheet";
        print_all "打印" "Print";
        why "断网停电时用。一人一笔，写正字；每小时一行。收市后交组织者补录。" "For when network or power fail. One stroke a person, in fives; a line an hour. Hand it in after closing.";
        hour "时间" "Time";
        sum "合计" "Sum";
        counted_by "登记人职务" "Counted by (role)";
        entered "补录人 / 时间" "Entered by / at";
        remark "备注" "Remark";
        none "还没有摊位。" "No stalls yet.";
    }
}

words! {
    /// The crowd.
    Crowd {
        title "数人流" "Count the crowd";
        why "人流是估算，和服务人次分开。方法写在旁边，误差也写出来。" "The crowd is an estimate, apart from the people served. Its method and error are told with it.";
        estimate "到场人数（估算）" "Visitors (estimate)";
        none "还没有数过。" "Not counted yet.";
        about "约" "about";
        between "多半在" "likely between";
        gate "门口全程计数" "Gates, throughout";
        sample "抽样：每小时 20 分钟，或每半小时 10 分钟" "Samples: 20 minutes of each hour or 10 of each half";
        walk "走一遍分区数" "Walks through the zones";
        gate_short "门口计数" "gates";
        sample_short "抽样推算" "samples";
        walk_short "巡场清点" "walks";
        gate_how "每个门写进、出。几个人数同一个门，各填一条，自动相加。没数到的时间按数到的推算。" "In and out at each gate. Several counters at one gate fill in one each; they are added. Time not watched is taken as the rest.";
        sample_how "按数到的时间推到整场；次数越多，误差越小。" "Carried over to the whole time; the more samples, the smaller the error.";
        walk_how "每次巡场写同一个开始时间，各区一条；按每人停留 45 分钟推算（这是假设）。" "All zones of one walk have the same time. A visitor is taken to stay 45 minutes; that is an assumption.";
        method "方法" "Method";
        place "门或分区" "Gate or zone";
        from "从" "From";
        to "到" "Until";
        came "进（或在场）" "In (or there)";
        went "出" "Out";
        enter "记下" "Enter";
        wrong "没有记下：请选方法，填门或分区、时间和人数。" "Not entered: method, place, time and number are needed.";
        looks "数过的" "Counts so far";
        drop "去掉" "Drop";
        inside "门口算下来现在场内" "Inside now, by the gates";
        seen "数到" "seen";
        more "去数人流" "Count the crowd";
        capacity "核定最多多少人在场" "Approved for so many at once";
        capacity_why "写批文或场地方认可的人数。门口计数后，大屏显示在场人数和这个数，到八成提醒。" "As the permit or the owner of the place says. Once gates are counted, the screen shows who is inside beside it and warns from four fifths on.";
        capacity_wrong "没有存：写 1 到 100000 的整数，或者留空。" "Not kept: a number from 1 to 100000, or nothing.";
        people "人" "people";
        save "存下" "Save";
    }
}

impl Crowd {
    /// The method in a word or two.
    pub const fn short(self, method: Method) -> &'static str {
        match method {
            Method::Gate => self.gate_short(),
            Method::Sample => self.sample_short(),
            Method::Walk => self.walk_short(),
        }
    }

    /// The method as the form names it.
    pub const fn long(self, method: Method) -> &'static str {
        match method {
            Method::Gate => self.gate(),
            Method::Sample => self.sample(),
            Method::Walk => self.walk(),
        }
    }

    /// `约 3480（2900–4060），抽样推算 3 次`
    pub fn told(self, estimate: &Estimate) -> String {
        let Estimate { visitors, low, high, looks, .. } = *estimate;
        let how = self.short(estimate.method);
        match self.0 {
            Lang::Zh => format!("约 {visitors}（{low}–{high}），{how} {looks} 次"),
            Lang::En => format!("about {visitors} ({low}–{high}), {looks} {how}"),
        }
    }
}
