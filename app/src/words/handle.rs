//! Texts for whoever handles appeals: the desk's list and one appeal, a unit's own list, clocks and lights.

use kaishi_domain::appeal::Light;

use crate::words::words;

words! {
    /// The desk's list and one appeal of it.
    Handle {
        filter "筛选" "Filter";
        standing "状态" "Where it stands";
        light "时限" "Time";
        kind "类别" "Kind";
        unit "单位" "Unit";
        search "找编号、码或字" "Reference, code or words";
        reference "编号" "Ref.";
        reference_why "和单位说这件事，用编号；码只给居民。" "Speak of it to units by its reference; the code is the resident's alone.";
        all "全部" "All";
        show "看" "Show";
        clear "清除筛选" "Clear";
        found "件" "found";
        none_fits "没有符合的诉求。" "None fits.";
        to_do "待处理" "To decide";
        running "办理中" "In hand";
        to_rate "等群众评价" "Waiting for the resident";
        watched "党委督办" "Watched";
        closed "已了结" "Closed";
        red "红：已超时" "Red: overdue";
        amber "黄：快到期" "Amber: nearly due";
        green "绿：时间够" "Green: time enough";
        red_short "超时" "overdue";
        amber_short "快到期" "nearly due";
        green_short "最迟" "due";
        paused "暂停计时" "Clock stopped";
        no_clock "不计时" "No clock";
        extended "已延期到" "Extended to";
        unanswered "一天没人联系居民" "Nobody has spoken to the resident for a day";
        helpers "协办" "Helping";
        lead "主办" "Lead";
        urged "催办于" "Urged";
        returns "退单次数" "Times returned";
        back "全部诉求" "All appeals";
        said "居民说的" "What the resident said";
        next "下一步" "Next";
        nothing_next "现在没有要办的。" "Nothing is to be done now.";
        wait_rating "等居民评价；七天没有回音可以归档。" "It waits for the resident; after seven days of silence it may be filed.";
        whom "请谁" "Whom";
        tell "告诉居民什么" "What the resident is told";
        until "延到" "Until";
        urge_words "留言（可不填）" "Words (optional)";
        changed "这件诉求刚被别人动过，这是现在的样子。" "Somebody else has just moved this appeal; this is how it stands now.";
        words_missing "请写几个字。" "Please write a few words.";
        words_long "写得太长了，最多 2000 字。" "Too long: 2000 characters at most.";
        unit_missing "请选一个别的单位。" "Please choose another unit.";
        code_missing "没有这个码，或那件已经并走。" "No such code, or that one was merged away.";
        until_wrong "延期要晚于现在和已定的期限。" "The extension has to end later than now and than the last one.";
        alike "可能是同一件事" "May be the same matter";
        alike_why "看过再并；并过去以后，那边记一人次同诉求。" "Look before merging; the other then counts one more who raised it.";
        echoes "同样的诉求另有" "Others who raised the same:";
        slip "回执和二维码" "Slip with its code";
        add "记一件诉求" "Write one down";
        not_done "现在不能这样办。" "That is not possible now.";
    }
}

words! {
    /// An appeal that the desk writes down for a resident.
    Clerk {
        title "记一件诉求" "Write an appeal down";
        why "替居民记、录入纸质回执、书记当面听取，都在这里。记下后给居民看回执上的码。" "For a resident, from paper, or heard by the secretary. Show the resident the code on the slip afterwards.";
        how "怎么来的" "How it came";
        by_staff "现场代记" "Told to us";
        by_paper "纸质录入" "On paper";
        by_secretary "书记有约" "Heard by the secretary";
        secretary_why "由书记主办" "the secretary leads it";
        kind "类别" "Kind";
        words "说的是什么" "What was said";
        words_hint "照居民的原话写" "In the resident's own words";
        contact "联系方式（可不填）" "Contact (optional)";
        settled "已经当场办好" "Settled on the spot";
        settled_how "怎么办的（可不填）" "How (optional)";
        save "记下" "Write it down";
        wrong_kind "请选类别。" "Please choose a kind.";
        wrong_words "请写几个字，最多 2000 字。" "Please write a few words, 2000 characters at most.";
        wrong_contact "联系方式太长了。" "The contact is too long.";
    }
}

words! {
    /// A unit's page of the appeals that were sent to it.
    Handed {
        title "派来的诉求" "Appeals for us";
        open "派来的诉求" "Appeals for us";
        back "本单位首页" "Our page";
        list "全部" "All of them";
        none "现在没有派来的诉求。" "Nothing has been sent to you.";
        we_lead "我们主办" "We lead";
        we_help "我们协办" "We help";
        take_first "请先接单；不是我们的事，写明理由退回。" "Take it first; if it is not yours, hand it back with a reason.";
        settled_wait "已办结，等居民评价；不满意会自动退回来。" "Settled. It waits for the resident, and comes back by itself if they are not satisfied.";
        kept "以居民确认为准：写清楚办了什么。" "It counts once the resident confirms: say what was done.";
        take "接单" "Take it";
        handle "开始办理" "Begin";
        resolve "办结" "Settled";
        how "办了什么" "What was done";
        inform "告诉居民进展" "Tell the resident";
        progress "进展" "Progress";
        return_ "退回" "Hand it back";
        why "为什么不是我们的事" "Why it is not yours";
        said "居民说的" "What the resident said";
        no_words "没有留言" "No words";
        history "经过" "History";
    }
}

words! {
    /// The columns of the file for the hotline.
    Handover {
        file "导出给 12345" "File for the hotline";
        code "诉求码" "Code";
        raised "提出时间" "Raised";
        kind "类别" "Kind";
        words "内容" "Words";
        place "地点" "Where";
        unit "承办单位" "Unit";
        standing "状态" "Where it stands";
        due "期限" "Due";
        how "办理结果" "What was done";
        confirmed "群众确认时间" "Confirmed";
    }
}

impl Handover {
    /// The first row.
    pub const fn columns(self) -> [&'static str; 10] {
        [
            self.code(),
            self.raised(),
            self.kind(),
            self.words(),
            self.place(),
            self.unit(),
            self.standing(),
            self.due(),
            self.how(),
            self.confirmed(),
        ]
    }
}

impl Handle {
    /// `红：已超时`
    pub const fn light_name(self, light: Light) -> &'static str {
        match light {
            Light::Red => self.red(),
            Light::Amber => self.amber(),
            Light::Green => self.green(),
        }
    }

    /// `超时`, before a time.
    pub const fn light_short(self, light: Light) -> &'static str {
        match light {
            Light::Red => self.red_short(),
            Light::Amber => self.amber_short(),
            Light::Green => self.green_short(),
        }
    }
}
