//! Texts of the page where organizers say which other program is told, and see what became of each message.

use kaishi_domain::outbox::{Delivery, Miss};

use crate::words::words;

words! {
    /// Messages to other programs.
    Outbox {
        title "消息推送" "Messages to other programs";
        why "揭榜的结果和提醒，可以自动推送到你们自己的程序（例如办公平台的机器人）。只发单位、招牌和结果，不发人名、电话和链接。" "Decisions of the call and reminders go to a program of your own. Units, signs and decisions only; no names of persons, no phone numbers, no links.";
        off "这台服务器还没有开通推送。请运维在设置里写上可以推送的主机名（webhook-hosts）。" "This server sends no messages. Ask its operator to list the hosts that may be told (webhook-hosts).";
        hosts "可以推送到的主机" "Hosts that may be told";
        address "接收地址" "Address";
        address_why "以 https:// 开头，主机名要在上面的名单里。" "Beginning with https://, its host on the list above.";
        save "保存" "Save";
        wrong "地址要以 https:// 开头，不能带账号、空格或 #。" "The address must begin with https:// and hold no account, blank or #.";
        not_listed "这个主机不在名单里，请运维先加上。" "This host is not on the list: ask the operator to add it.";
        key "签名密钥" "Signing key";
        key_why "按 Standard Webhooks 规范签名；对方用它验证消息是我们发的。不要发到群里。" "Messages are signed by Standard Webhooks; the other side checks them with this. Keep it to yourselves.";
        show "显示密钥" "Show the key";
        renew "换一把密钥" "Renew the key";
        renew_why "换了以后旧的马上失效，对方要同时更新。" "The old one ends at once: the other side must change it, too.";
        stop "停止推送" "Stop";
        stop_why "还没送到的也不再送。" "What is still on its way is given up.";
        test "发一条测试消息" "Send a test message";
        latest "最近的消息" "Latest messages";
        none "还没有消息。" "No messages yet.";
        when "时间" "When";
        what "内容" "What";
        state "结果" "State";
        tries "次数" "Tries";
        again "再发一次" "Send again";
        waiting "在路上" "on its way";
        sent "已送到" "delivered";
        failed "没送到" "given up";
        told "揭榜结果" "Decision of the call";
        reminder "提醒确认" "Reminder to confirm";
        tested "测试" "Test";
        refresh "刷新" "Refresh";
        back "返回全部周六" "Back to the Saturdays";
    }
}

impl Outbox {
    /// `揭榜结果`; a kind that has no words is shown as it is.
    pub fn kind(self, kind: &str) -> String {
        match kind {
            "call.told" => self.told().to_owned(),
            "call.reminder" => self.reminder().to_owned(),
            "test" => self.tested().to_owned(),
            other => other.to_owned(),
        }
    }

    /// `已送到`
    pub const fn delivery(self, delivery: Delivery) -> &'static str {
        match delivery {
            Delivery::Waiting => self.waiting(),
            Delivery::Sent => self.sent(),
            Delivery::Failed => self.failed(),
        }
    }

    /// Why the last try missed.
    pub fn miss(self, miss: Miss, status: Option<i64>) -> String {
        let Self(lang) = self;
        let status = status.map(|status| format!(" {status}")).unwrap_or_default();
        let (zh, en) = match miss {
            Miss::Host => ("主机不在名单里", "its host is not on the list"),
            Miss::Private => ("主机名指向内网地址，不送", "its name leads into a private network"),
            Miss::Connect => ("连不上", "no connection"),
            Miss::Slow => ("等了 10 秒没有回答", "no answer within 10 seconds"),
            Miss::Redirect => ("对方要我们转去别处，不跟", "it redirects, which is not followed"),
            Miss::Status => ("对方没有收下", "it did not take the message"),
        };
        lang.pick(format!("{zh}{status}"), format!("{en}{status}"))
    }

    /// `10:47 再试`
    pub fn next(self, clock: &str) -> String {
        self.0.pick(format!("{clock} 再试"), format!("again at {clock}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_miss_says_what_the_other_side_answered() {
        assert_eq!(Outbox(Lang::Zh).miss(Miss::Status, Some(500)), "对方没有收下 500");
        assert_eq!(Outbox(Lang::En).miss(Miss::Slow, None), "no answer within 10 seconds");
        assert_eq!(Outbox(Lang::Zh).kind("appeal.late"), "appeal.late");
    }
}
