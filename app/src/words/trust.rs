//! Texts of what waits for a decision, of how fast stalls serve, and of the stall's code.

use kaishi_domain::trust::{Label, Labels};

use crate::words::words;

words! {
    /// The organizer's page of what waits.
    Review {
        title "待核" "Pending review";
        why "扫码不因为可疑就拒绝；看着不寻常的先不计入，等人看过再定。计入或不计入都另写一行，原来的行不改、不删。" "No scan is refused for looking odd. What looks unusual waits for a person. Either way a row is added; none is changed or deleted.";
        waits "等人看的" "Waiting";
        none "没有待核的。" "Nothing waits.";
        people "人次" "people";
        reason "原因" "Reason";
        hint "例如：和摊位核对过" "For example: checked with the stall";
        accept "计入" "Count them";
        reject "不计入" "Do not count";
        proposed "等管理员同意" "Waits for an admin";
        own "超过 50 人次，要另一位管理员同意。" "Above 50 people an admin who is somebody else has to agree.";
        no_reason "没有定：请写一句原因。" "Not decided: give a reason in one sentence.";
        gone "没有定：别人已经定过，或要另一位管理员同意，或简报已签。" "Not decided: somebody has decided, an admin who is somebody else has to agree, or the bulletin is signed.";
        decided "定过的" "Decided";
        accepted "已计入" "Counted";
        rejected "不计入" "Not counted";
        none_decided "还没有定过。" "Nothing was decided yet.";
        fast "比平常快的摊位" "Faster than usual";
        look "去看待核" "See what waits";
    }
}

impl Review {
    /// The signs of a group in one line.
    pub fn signs(self, labels: Labels) -> String {
        let words: Vec<&str> = labels.each().map(|label| self.sign(label)).collect();
        words.join(self.0.pick("、", ", "))
    }

    /// One sign.
    pub const fn sign(self, label: Label) -> &'static str {
        let (zh, en) = match label {
            Label::Verified => ("摊位码对", "right stall code"),
            Label::NoCookie => ("手机没带回标记", "no cookie came back"),
            Label::Fast => ("点得比读得快", "tapped faster than one reads"),
            Label::Hurried => ("刚在别的摊位", "at another stall just before"),
            Label::Rounds => ("一小时走了很多摊位", "very many stalls in an hour"),
            Label::ManyNew => ("同一网络一分钟很多新手机", "many new phones from one network in a minute"),
            Label::WrongCode => ("摊位码不对", "wrong stall code"),
            Label::Crowded => ("超过摊位接待能力三倍", "three times what the stall can serve"),
            Label::Surge => ("一分钟人数异常多", "an unusual number within a minute"),
            Label::Trap => ("填了人看不见的空格", "filled in a field nobody sees"),
        };
        match self.0 {
            crate::words::Lang::Zh => zh,
            crate::words::Lang::En => en,
        }
    }

    /// `10:55 起可以定，之前居民还能自己撤回。`
    pub fn ripe(self, clock: &str) -> String {
        self.0.pick(
            format!("{clock} 起可以定，之前居民还能自己撤回。"),
            format!("Can be decided from {clock}; before that residents may take a visit back."),
        )
    }

    /// `另有 9 个比平常快`
    pub fn more(self, stalls: usize) -> String {
        self.0.pick(format!("另有 {stalls} 个比平常快"), format!("{stalls} more faster than usual"))
    }

    /// `12号 急救课堂：15 分钟 231 人次`
    pub fn alarm(self, stall: &str, people: i64) -> String {
        self.0.pick(
            format!("{stall}：15 分钟 {people} 人次"),
            format!("{stall}: {people} people in 15 minutes"),
        )
    }
}

words! {
    /// How fast stalls serve.
    Pace {
        title "摊位接待能力" "What a stall can serve";
        why "填了的摊位，15 分钟里超过三倍就先待核。发资料、宣讲的摊位不用填。" "With a pace, more than three times it in 15 minutes waits for review. Tables with leaflets need none.";
        stall "摊位" "Stall";
        minutes "一位几分钟" "Minutes a person";
        hands "同时接待几位" "At once";
        code "扫码页可填摊位码" "Its page may take the stall's code";
        save "保存" "Save";
        wrong "没有保存：每位 1 到 120 分钟，同时 1 到 50 位；没有上限就两格都空着。" "Not saved: 1 to 120 minutes a person, 1 to 50 at once; leave both empty where there is no bound.";
        none "还没有填。" "None yet.";
        no_bound "没有上限" "no bound";
        with_code "有摊位码" "with code";
    }
}

impl Pace {
    /// `一位 10 分钟，同时 2 位`
    pub fn told(self, minutes: i64, hands: i64) -> String {
        self.0.pick(
            format!("一位 {minutes} 分钟，同时 {hands} 位"),
            format!("{minutes} minutes a person, {hands} at once"),
        )
    }
}

words! {
    /// The code of a stall on its staff's phone.
    Code {
        title "摊位码" "Stall code";
        why "居民扫码时可以填上这 4 位，证明人在摊位前。不填也照样记。" "Residents may type these 4 digits to show that they are at the stall. Without them it counts all the same.";
        off "这个摊位不用摊位码。" "This stall uses no code.";
        until "用到" "Good until";
        later "断网时用：后面的码" "Without a network: those to come";
        from "从" "From";
        code "码" "Code";
        back "回到加一页" "Back to the pad";
    }
}
