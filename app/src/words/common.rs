//! Texts that several screens share.

use crate::fault::Fault;
use crate::words::words;

words! {
    /// Shared texts.
    Common {
        product "开市" "Kaishi";
        market "党员服务市集" "Service market";
        seal "市" "市";
        person_times "人次" "served";
        appeals "诉求" "Appeals";
        stall "摊位" "Stall";
        stalls "摊位" "Stalls";
        unit_open "单位待定" "Unit to be found";
        fair "晴" "Fair";
        rain "雨" "Rain";
        save "保存" "Save";
        back "返回" "Back";
        other_language "English" "中文";
    }
}

words! {
    /// Why something did not happen, for people.
    Faults {
        signed_out "登录已过期，请重新登录。" "You have been signed out. Please sign in again.";
        not_allowed "这个账号不能做这件事。" "This account may not do that.";
        missing "没有找到。可能已被删除，或地址不对。" "Not found. It may be gone, or the address is wrong.";
        taken "别人先了一步。" "Somebody else was first.";
        refused "没有成功，请检查填写的内容。" "That did not work. Please check what you entered.";
        unavailable "现在太忙，没有记下，请过一会儿再试。" "Too busy now. Nothing was written; please try again in a while.";
        broken "出了点问题，我们已记录。请再试一次。" "Something went wrong and has been noted. Please try again.";
        unreachable "连不上网，内容还在，稍后会再试。" "No connection. Nothing is lost; it will be tried again.";
    }
}

impl Faults {
    /// One clear sentence for a fault.
    pub fn sentence(self, fault: &Fault) -> &'static str {
        match fault {
            Fault::SignedOut => self.signed_out(),
            Fault::NotAllowed => self.not_allowed(),
            Fault::Missing => self.missing(),
            Fault::Taken(_) => self.taken(),
            Fault::Refused(_) => self.refused(),
            Fault::Unavailable => self.unavailable(),
            Fault::Broken => self.broken(),
            Fault::Unreachable(_) => self.unreachable(),
        }
    }
}
