//! Texts of queues: numbers for residents, calling for staff, switching for organizers.

use kaishi_domain::Refusal;
use kaishi_domain::queue::{Standing, State};

use crate::words::words;

words! {
    /// What residents read.
    Queue {
        take "取号" "Take a number";
        title "取号排队" "Queue";
        take_why "取了号可以先去逛，到时候回来。" "Take a number, look around, and come back in time.";
        nobody "现在没有人在等。" "Nobody is waiting now.";
        closed "今天的号发完了" "No more numbers today";
        closed_why "已经有号的照常服务。您没排上，可以告诉组织者，下次多安排。" "Who has a number will be served. If you missed out, tell the organizers: it helps them plan.";
        wanted "我也想来，记一下" "I wanted to come, note it";
        noted "记下了，谢谢" "Noted. Thank you";
        noted_why "组织者会看到有几个人没排上。" "The organizers will see how many missed out.";
        have_code "已经有号？填页面上的 6 位码" "Have a number? Type its 6 characters";
        find "找我的号" "Find it";
        not_found "没有这个号，请再核对。" "No such number. Please check it.";
        stale "这页放久了，请再点一下。" "This page was open for long. Please tap again.";
        your_number "您的号" "Your number";
        your_turn "轮到您了" "It is your turn";
        come "请现在到摊位来。" "Please come to the stall now.";
        next "下一位就是您，请在摊位旁边等。" "You are next. Please wait beside the stall.";
        missed "刚才叫到您时您不在，已排到最后；再不在就作废。" "You were called and not here, so you moved to the end. Once more and the number lapses.";
        served "已服务" "Served";
        served_why "这一次已经登记，不用再扫码。" "This visit has been counted; no need to scan.";
        lapsed "号已作废" "The number has lapsed";
        lapsed_why "叫了两次都不在。需要的话请重新取号。" "It was called twice. Take another one if you like.";
        given_up "号已退还" "Given back";
        given_up_why "谢谢您把位置让给别人。" "Thank you for making room.";
        give_up "不等了，退号" "Give the number back";
        again "重新取号" "Take another number";
        keep "手机不存页面的话，请记住这个码：" "If your phone does not keep this page, note this code:";
        fresh "每 20 秒自动更新" "Updates itself every 20 seconds";
        stop "不要自动更新" "Stop updating";
        start "自动更新" "Update by itself";
        look "现在更新" "Update now";
        now_serving "正在服务" "Now serving";
        waiting "等候" "waiting";
        queues "正在叫号" "Now serving";
    }
}

words! {
    /// What staff read.
    Desk {
        title "叫号" "Queue";
        call "叫下一位" "Call the next";
        here "到了，服务完" "Served";
        missed "没来" "Not here";
        last "第二次叫，再没来就作废" "Called again; not here means it lapses";
        in_turn "正在服务" "Being served";
        nobody_called "还没有叫人。" "Nobody has been called.";
        waiting "还在等" "Waiting";
        nobody "没有人在等。" "Nobody is waiting.";
        close "停止发号" "Give no more numbers";
        open "继续发号" "Give numbers again";
        is_closed "已停止发号，有号的照常叫。" "No more numbers; call those who have one.";
        away "没排上的" "Missed out";
        off "这个摊位没有开取号" "This stall has no queue";
        off_why "要开的话请找现场组织者。" "Ask the organizers to switch it on.";
        back "回到计数" "Back to counting";
        once "点“服务完”会自动记一次，不用再按 +1。" "\u{201c}Served\u{201d} counts by itself; no need for +1.";
        full "先点“服务完”或“没来”，再叫下一位。" "First tap Served or Not here.";
        empty "没有人在等。" "Nobody is waiting.";
        other "另一部手机刚刚动过，页面已更新，请再看一眼。" "Another phone was first. The page is fresh; please look again.";
    }
}

words! {
    /// What organizers read.
    Visit {
        title "取号、答题、集章" "Queues, quiz, stamps";
        why "都不用登录，没有脚本也能用。默认关着，用得上再开。" "No account, no script. All are off until you switch them on.";
        queues "取号" "Queues";
        queues_why "义诊、理发这类要排队的摊位，居民扫码取号，摊位人员叫号。" "For stalls with a line: residents take a number, staff call it.";
        none "还没有摊位开取号。" "No stall has a queue yet.";
        stall "摊位" "Stall";
        standing "状态" "State";
        open "发号中" "Open";
        closed "已停止发号" "Closed";
        capacity "一次几位" "Served at once";
        minutes "一位几分钟" "Minutes each";
        minutes_hint "不知道就空着" "leave empty if unknown";
        away "没排上" "Missed out";
        off "关掉" "Switch off";
        on "开取号" "Switch on";
        wrong_queue "选一个摊位；一次 1 到 20 位，分钟写 1 到 120 或空着。" "Choose a stall; 1 to 20 at once, 1 to 120 minutes or nothing.";
    }
}

impl Queue {
    /// `前面还有 3 位`
    pub fn ahead(self, n: i64) -> String {
        self.0.pick(format!("前面还有 {n} 位"), format!("{n} before you"))
    }

    /// `大约还要 20 分钟`
    pub fn about(self, minutes: i64) -> String {
        match minutes {
            0 => self.0.pick("快到了，请别走远".into(), "Any moment now".into()),
            n => self.0.pick(format!("大约还要 {n} 分钟"), format!("about {n} minutes")),
        }
    }

    /// `3 人在等`
    pub fn line(self, n: i64) -> String {
        self.0.pick(format!("{n} 人在等"), format!("{n} waiting"))
    }

    /// `12 号`
    pub fn number(self, n: i64) -> String {
        self.0.pick(format!("{n} 号"), format!("No. {n}"))
    }

    /// The heading of a number that is over, and why.
    pub const fn over(self, state: State) -> (&'static str, &'static str) {
        match state {
            State::Served { .. } => (self.served(), self.served_why()),
            State::Lapsed { .. } => (self.lapsed(), self.lapsed_why()),
            _ => (self.given_up(), self.given_up_why()),
        }
    }
}

impl Desk {
    /// Why a button did nothing.
    pub const fn refused(self, refusal: &Refusal) -> &'static str {
        match refusal {
            Refusal::WrongState(_) => self.full(),
            _ => self.other(),
        }
    }
}

impl Visit {
    /// Whether it gives numbers.
    pub const fn state(self, standing: Standing) -> &'static str {
        match standing {
            Standing::Open => self.open(),
            Standing::Closed | Standing::Off => self.closed(),
        }
    }
}
