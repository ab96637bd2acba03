//! Texts about a resident's contact: what is agreed to, who may look, who has looked.

use kaishi_domain::appeal::Consent;

use crate::words::{Lang, words};

words! {
    /// On the resident's own pages.
    Mine {
        title "您留的联系方式" "Your contact";
        why "只有办事的人看得到，每看一次都有记录。" "Only those who handle it see it, and each look is noted.";
        show "给我看看" "Show it to me";
        drop "删掉它" "Delete it";
        dropped "联系方式已删掉。" "Your contact is deleted.";
    }
}

words! {
    /// On the desk and on a unit's page.
    Contacts {
        title "联系方式" "Contact";
        show "查看联系方式" "Show the contact";
        logged "每次查看都会记录；办结后按期删除。" "Each look is noted; it is deleted in time after closing.";
        readings "谁看过" "Who has looked";
        form "居民自己填的" "filled in by the resident";
        told "居民口头留的" "told by the resident";
        before "旧记录，没有说明何时删除" "from before a day of deletion was named";
        gone "没有联系方式，可能已被居民删掉或已到期删除。" "There is no contact; the resident or time may have deleted it.";
        ask "请告诉居民：只用来回话，办结后按期删除。" "Tell the resident: only to answer, deleted in time after closing.";
    }
}

impl Contacts {
    /// Under which line it was left.
    pub const fn consent(self, line: Consent) -> &'static str {
        match line {
            Consent::Form => self.form(),
            Consent::Told => self.told(),
            Consent::Before => self.before(),
        }
    }
}

/// When a contact is deleted, beside the field in which it is left.
pub fn until(lang: Lang, days: i64) -> String {
    lang.pick(
        format!("办好 {days} 天后就删掉。不填也能凭码查进度。"),
        format!("Deleted {days} days after it is settled. Without it your code still shows the progress."),
    )
}
