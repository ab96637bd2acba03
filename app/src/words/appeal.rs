//! Texts of appeals: the form, the slip, the progress page, the desk's board.

use kaishi_domain::appeal::Category;

use crate::words::words;

words! {
    /// Kinds of appeal, with a few words on each.
    Categories {
        consult "咨询" "Question";
        consult_why "想问清楚" "to know more";
        help "求助" "Help";
        help_why "需要帮忙" "I need a hand";
        complaint "投诉" "Complaint";
        complaint_why "有事不对" "something is wrong";
        suggestion "建议" "Suggestion";
        suggestion_why "出个主意" "an idea";
        agent "代办" "Agency";
        agent_why "请人跑腿" "done for me";
        mediation "调解" "Mediation";
        mediation_why "内容保密" "kept private";
        wish "微心愿" "Small wish";
        wish_why "小小愿望" "a little help";
        utility "水电气热" "Utilities";
        utility_why "停了、坏了" "cut or broken";
        danger "险情" "Danger";
        danger_why "人身、财产" "life, property";
    }
}

impl Categories {
    /// `咨询`
    pub const fn name(self, category: Category) -> &'static str {
        match category {
            Category::Consult => self.consult(),
            Category::Help => self.help(),
            Category::Complaint => self.complaint(),
            Category::Suggestion => self.suggestion(),
            Category::Agent => self.agent(),
            Category::Mediation => self.mediation(),
            Category::Wish => self.wish(),
            Category::Utility => self.utility(),
            Category::Danger => self.danger(),
        }
    }

    /// `想问清楚`
    pub const fn why(self, category: Category) -> &'static str {
        match category {
            Category::Consult => self.consult_why(),
            Category::Help => self.help_why(),
            Category::Complaint => self.complaint_why(),
            Category::Suggestion => self.suggestion_why(),
            Category::Agent => self.agent_why(),
            Category::Mediation => self.mediation_why(),
            Category::Wish => self.wish_why(),
            Category::Utility => self.utility_why(),
            Category::Danger => self.danger_why(),
        }
    }
}

words! {
    /// The form.
    Raise {
        title "提诉求" "Raise an appeal";
        kind "是哪一类？" "What kind is it?";
        danger "人身、财产正有危险，请先打 110、119、120。" "Life or property in danger right now? Call 110, 119 or 120 first.";
        words "请说一说" "Tell us";
        words_hint "什么事、在哪里" "What, and where";
        contact "电话（可不填）" "Phone (optional)";
        contact_why "只用来回您的话，只有办事的人看得到。" "Only to answer you; only the handler sees it.";
        honey "请不要填这一格" "Please leave this field empty";
        send "提交" "Send";
        look_up "已有码？查进度" "Have a code? See the progress";
        pick_kind "请选一类。" "Please choose a kind.";
        say_something "请写几个字，说说是什么事。" "Please write a few words.";
        too_long "写得太长了，请短一些：最多 2000 字。" "Too long: 2000 characters at most.";
        contact_long "电话写得太长了。" "The phone field is too long.";
        call_first "听起来很急，请先打" "This sounds urgent. First call";
        call_then "打过了，或不是急事，再点一次提交。" "If you have, or it is not urgent, send again.";
        stale "这页放久了，内容还在，请再点一次提交。" "This page was open for long. Nothing is lost; please send again.";
        busy "现在人多，没有记下。您写的还在，请再点一次提交。" "Busy: nothing was written and nothing is lost. Please send again.";
    }
}

words! {
    /// The slip and the progress page.
    Slip {
        received "已收到" "Received";
        your_code "您的诉求码" "Your code";
        keep "请拍下这一页，或抄下这个码。不用手机号，凭码就能查进度、作评价。" "Take a photo of this page or copy the code. No phone number is needed to follow and rate it.";
        type_it "也可以在浏览器里输入：" "Or type into a browser:";
        qr "查进度的二维码" "QR code of the progress page";
        progress "看进度" "See the progress";
        title "诉求进度" "Progress of an appeal";
        code "诉求码" "Code";
        now "现在到哪了" "Where it is";
        due "最迟" "Due by";
        overdue "过了时间，我们在催" "Overdue; we are on it";
        no_clock "建议不限时，用没用上会写在这里。" "Suggestions have no clock; what becomes of yours will stand here.";
        supervised "党委在盯着办" "Watched by the Party committee";
        history "经过" "History";
        raised "提出" "Raised";
        said "您说的" "What you said";
        private "调解内容不在网上显示。" "The words of a mediation are not shown online.";
        happy "办得怎么样？" "How was it?";
        redo_why "不满意、很不满意会自动退回重办，不用说理由；第二次党委盯着办。" "Not satisfied means it is done again, no reason needed; the second time the Party committee watches.";
        again "退回重办" "done again";
        aspects "分项评价、留言（可不填）" "More about it (optional)";
        no_mark "不评" "no grade";
        review_said "想说的话" "Your words";
        review_send "交评价" "Send";
        pick_rating "请选一档。" "Please choose a grade.";
        words_long "写得太长了，请短一些：最多 2000 字。" "Too long: 2000 characters at most.";
        urge "催一下" "Urge them";
        urge_why "已过期限，可以催一次；一天一次。" "It is late. You may urge once a day.";
        urged "已经催了。" "They have been urged.";
        paused "暂停计时" "The clock stands still";
        helpers "一起办的" "Helping";
        echoes "提过同一件事的还有" "Others who raised the same:";
        together "合在一起办，现在" "Handled together; now";
        withdraw "不需要了" "No longer needed";
        withdraw_why "撤回以后就不办了。" "After this nobody works on it.";
        withdraw_now "撤回这件诉求" "Withdraw this appeal";
        not_found "没有找到这个码" "No such code";
        not_found_why "请对一对：一共 6 位，没有 I、L、O、U。" "Please compare: six characters, never I, L, O or U.";
        look_up_title "查诉求进度" "Follow an appeal";
        look_up_why "输入回执上的码。" "Type the code on your slip.";
        look_up "查一下" "Look up";
        slow_down "查的人太多，请过一分钟再试" "Too many look-ups. Please wait a minute";
        slow_down_why "扫回执上的二维码也要等一分钟。急事请到摊位，或打社区电话。" "Please wait a minute. If it is urgent, come to a stall.";
        moved "这件诉求刚有新进展，请看看。" "This appeal has just moved on.";
        thanks "谢谢您的评价。" "Thank you for telling us.";
        redone "已转回重办。" "It will be done again.";
    }
}

words! {
    /// The desk's page of appeals.
    Desk {
        title "诉求" "Appeals";
        raised "提出" "raised";
        on_spot "现场办结" "settled on the spot";
        by_unit "共办结" "settled in all";
        confirmed "群众确认" "confirmed";
        overdue "超时" "overdue";
        due "最迟" "due";
        figures_only "内容只有组织者看得到，这里是数字。" "The words are for the organizers; these are the figures.";
        none "还没有诉求。" "No appeals yet.";
        none_why "居民扫码、摊位代记都会出现在这里。" "Those raised by scan or at a stall will show here.";
        to_do "待处理" "To decide";
        running "办理中" "In hand";
        to_rate "等群众评价" "Waiting for the resident";
        closed "已了结" "Closed";
        nobody "这里没有" "None here";
        by_scan "居民扫码" "by scan";
        by_staff "摊位代记" "at the stall";
        by_paper "纸质" "on paper";
        no_words "没有留言" "No words";
        history "经过" "History";
        unit "派给" "To unit";
        how "怎么办的" "How";
        why "理由" "Reason";
        whom "转给谁" "To whom";
        into "并入的码" "Code of the other";
        changed "这件诉求刚被别人动过，请看最新状态。" "Somebody else has just moved this appeal.";
        not_done "没有成功：内容没填全，或现在不能这样办。" "Not done: something is missing, or it is not possible now.";
        accept "受理" "Accept";
        settle_on_spot "现场办结" "Settle on the spot";
        dispatch "派单" "Dispatch";
        reassign "改派" "Reassign";
        take "记为已接单" "Mark as taken";
        return_ "记为退单" "Mark as returned";
        handle "开始办理" "Begin";
        resolve "办结" "Resolve";
        merge "并单" "Merge";
        refer "转办" "Refer";
        give_up "无法解决" "Cannot be solved";
        exclude "不属受理" "Not in scope";
        file "归档" "File";
        hear "书记接手" "The secretary leads";
        join "请协办" "Ask another to help";
        inform "告诉居民进展" "Tell the resident";
        urge "催办" "Urge";
        pause "暂停计时" "Stop the clock";
        resume "恢复计时" "Run the clock again";
        extend "延期" "Extend";
        supervise "党委督办" "Have it watched";
        locate "定网格" "Set the grid";
        tick "办好一步" "Tick a step";
    }
}

impl Desk {
    /// The label of a verb by its code.
    pub fn verb(self, code: &str) -> &'static str {
        match code {
            "accept" => self.accept(),
            "settle_on_spot" => self.settle_on_spot(),
            "dispatch" => self.dispatch(),
            "reassign" => self.reassign(),
            "take" => self.take(),
            "return" => self.return_(),
            "handle" => self.handle(),
            "resolve" => self.resolve(),
            "merge" => self.merge(),
            "refer" => self.refer(),
            "give_up" => self.give_up(),
            "exclude" => self.exclude(),
            "hear" => self.hear(),
            "join" => self.join(),
            "inform" => self.inform(),
            "urge" => self.urge(),
            "pause" => self.pause(),
            "resume" => self.resume(),
            "extend" => self.extend(),
            "supervise" => self.supervise(),
            "locate" => self.locate(),
            "tick" => self.tick(),
            _ => self.file(),
        }
    }
}
