//! Texts of the quiz, the stamp card and the pass slips.

use crate::words::words;

words! {
    /// What residents read.
    Quiz {
        title "答题" "Quiz";
        open "答题换奖品" "Answer and win";
        why "答对了凭码到摊位领，不记姓名。答错了可以再试。" "Right answers give you a code for the stall. No name. A wrong answer can be tried again.";
        all "请每一题都选一个。" "Please answer every question.";
        again "有没答对的，看看说明再试一次。" "Not all right yet. Read why and try again.";
        stale "这页放久了，请再答一次。" "This page was open for long. Please answer again.";
        send "交卷" "Send";
        gone "今天的已经送完了" "All given for today";
        gone_why "谢谢您来，欢迎下次早点来。摊位的服务照常。" "Thank you for coming; do come early next time. The stall serves you all the same.";
        right "答对了" "Right";
        passed "通过了" "You passed";
        show "请给摊位人员看这个码：" "Show this code at the stall:";
        one "一个人一天一次；请截屏或记下码。" "One a person and day. Take a picture or note the code.";
        redeemed "已领取" "Redeemed";
        redeemed_why "这个码已经用过了，谢谢。" "This code has been used. Thank you.";
        stamps "集章卡" "Stamp card";
        no_stamps "这场没有集章" "No stamp card at this market";
        no_stamps_why "摊位照常服务，欢迎去看看。" "The stalls are open all the same.";
        no_cookie "您的手机没有保存记号，章记不住；服务不受影响。" "Your phone keeps no mark of this visit, so stamps cannot be kept; you are served all the same.";
        no_visit "还没有章。到摊位扫码点一下就有。" "No stamps yet. Scan and tap at a stall to get one.";
        anonymous "不记姓名，过了今天就不再认得这部手机。" "No name; after today this phone is not known any more.";
        take "换奖品" "Take the reward";
    }
}

words! {
    /// What staff read.
    Redeem {
        title "核销" "Redeem";
        code "居民手机上的 6 位码" "The 6 characters on the phone";
        press "核销" "Redeem";
        unknown "没有这个码，请再核对。" "No such code. Please check it.";
        elsewhere "这个码不在本摊领。" "This code is for another stall.";
        used "这个码已经领过了" "This code has been used";
    }
}

words! {
    /// What organizers read.
    Bank {
        title "题库" "Questions";
        why "给“答题换奖品”用。每题两到四个选项，写一句为什么。" "For the quiz: two to four options each, and a sentence why.";
        none "还没有题。" "No questions yet.";
        question "问题" "Question";
        options "选项" "Options";
        right "正确" "Right";
        reason "为什么" "Why";
        drop "移出" "Take out";
        paste "从表格粘贴，一行一题" "Paste from a table, one question a row";
        columns "列：问题、选项一、选项二、选项三、选项四、正确（1–4）、为什么。空的选项留空。" "Columns: question, option 1 to 4, right one (1-4), why. Leave unused options empty.";
        add "加入题库" "Add";
        file "或者选一个文件（CSV 或 XLSX，同样的列）" "Or choose a file (CSV or XLSX, the same columns)";
        upload "读入文件" "Read the file";
        quiz "答题换奖品" "Quiz";
        stamps "集章换奖品" "Stamp card";
        quiz_needs "问几题" "Questions";
        stamps_needs "集几个章" "Stamps";
        most "共几份" "How many";
        prize "奖品" "Reward";
        on "开" "Switch on";
        off "关" "Switch off";
        is_on "已开" "On";
        is_off "没开" "Off";
        wrong "选一个摊位；题目 1 到 3 道，章 1 到 12 个，份数 0 到 5000，奖品写一句。" "Choose a stall; 1 to 3 questions, 1 to 12 stamps, 0 to 5000 rewards, and say what it is.";
    }
}

impl Quiz {
    /// `已到 3 个摊位`
    pub fn been(self, n: usize) -> String {
        self.0.pick(
            format!("已到 {n} 个摊位"),
            format!("{n} {} visited", if n == 1 { "stall" } else { "stalls" }),
        )
    }

    /// `再到 2 个摊位，换一杯咖啡`
    pub fn missing(self, n: i64, prize: &str) -> String {
        self.0.pick(format!("再到 {n} 个摊位，换{prize}"), format!("{n} more for: {prize}"))
    }

    /// `到 10号摊 啡你莫属 领一杯咖啡`
    pub fn fetch(self, stall: &str, prize: &str) -> String {
        self.0.pick(format!("到 {stall} 领{prize}"), format!("{prize} at {stall}"))
    }
}

impl Redeem {
    /// `核销好了：一杯咖啡`
    pub fn done(self, prize: &str) -> String {
        self.0.pick(format!("核销好了：{prize}"), format!("Redeemed: {prize}"))
    }
}

impl Bank {
    /// Which row is wrong.
    pub fn wrong_row(self, row: usize) -> String {
        self.0.pick(
            format!("第 {row} 行不对：要有问题、2 到 4 个不同的选项、正确的序号和一句为什么。都没有加入。"),
            format!("Row {row} is wrong: it needs a question, 2 to 4 different options, the right one's number and why. Nothing was added."),
        )
    }

    /// `已送 3／50，已领 2`
    pub fn given(self, given: i64, most: i64, redeemed: i64) -> String {
        self.0.pick(
            format!("已送 {given}／{most}，已领 {redeemed}"),
            format!("{given} of {most} given, {redeemed} redeemed"),
        )
    }
}
