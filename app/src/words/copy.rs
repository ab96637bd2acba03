//! Texts of a bulletin's copies: the letter on paper, the page for a mail, the text for a group, the picture.

use kaishi_domain::bulletin::Change;

use super::bulletin::Bulletin;
use crate::words::words;

words! {
    /// The copies on the bulletin's page.
    Copies {
        title "发出去" "Send it out";
        why "四种样子，同一组数字；没签发的，每一份都印着“草稿”。" "Four forms with the same figures. Until it is signed each says DRAFT.";
        pdf "公文 PDF" "Letter, PDF";
        html "网页，贴进邮件" "Page to paste into a mail";
        text "文字，发到群里" "Text for a group";
        picture "分享图" "Picture to share";
    }
}

words! {
    /// What stands on the copies themselves.
    Copy {
        kind "简报" "Bulletin";
        draft "草稿 DRAFT" "DRAFT";
        draft_why "草稿 DRAFT：没有签发，数字还会变。" "DRAFT: not signed; its figures may still change.";
        annex "附：数字和口径" "Annex: the figures and what they mean";
        exact_line "准数" "Exact figures";
        corrections "更正" "Corrections";
        organizer "承办" "Organizer";
        times "人次" "served";
        signed "签发" "Signed";
    }
}

impl Copy {
    /// `第 14 场`
    pub fn nth(self, ordinal: i64) -> String {
        self.0.pick(format!("第 {ordinal} 场"), format!("No. {ordinal}"))
    }

    /// `截至 2023年5月13日 10:42，台账 5037 行`
    pub fn as_of(self, moment: &str, rows: i64) -> String {
        let words = Bulletin(self.0);
        self.0.pick(
            format!("{} {moment}，台账 {rows} 行", words.as_of()),
            format!("{} {moment}, {rows} ledger rows", words.as_of()),
        )
    }

    /// `台账指纹 3f…`
    pub fn head(self, head: Option<&str>) -> String {
        let words = Bulletin(self.0);
        format!("{} {}", words.head(), head.unwrap_or(words.no_head()))
    }

    /// `2023年5月13日 13:05 签发`
    pub fn signed_at(self, moment: &str) -> String {
        self.0.pick(format!("{moment} {}", self.signed()), format!("{} {moment}", self.signed()))
    }

    /// `还有 2 号更正，见简报全文。`
    pub fn more(self, n: usize) -> String {
        self.0.pick(
            format!("还有 {n} 号更正，见简报全文。"),
            format!("{n} more corrections: see the bulletin itself."),
        )
    }

    /// `第 1 号更正（5月14日）：2号摊手机断网。服务人次 5037 → 5044（+7）`
    pub fn correction(self, n: i64, day: &str, why: &str, changes: &[Change]) -> String {
        let words = Bulletin(self.0);
        let changes: Vec<String> = changes.iter().map(|change| words.change(change)).collect();
        let changes = changes.join(self.0.pick("；", "; "));
        let name = words.correction(n);
        self.0.pick(format!("{name}（{day}）：{why}。{changes}"), format!("{name} ({day}): {why}. {changes}"))
    }
}
