//! Texts of the sheets that thank the units.

use crate::words::words;

words! {
    /// The sheets, and the ways to them.
    Thanks {
        title "感谢页" "Thank-you sheets";
        why "一家一页：服务多少、办结几件、开摊多久。只写单位，不写个人，不排名。" "One page a unit: served, settled, hours open. Units only, no persons, no order.";
        not_yet "签发以后才有：数字要先定下来。" "There are none before the bulletin is signed: the figures have to stand first.";
        none "没有到场的单位。" "No unit came.";
        open "各单位的感谢页" "The units' thank-you sheets";
        mine "我们的感谢页" "Our thank-you sheet";
        pdf "PDF" "PDF";
        xlsx "各单位 XLSX" "Units, XLSX";
        csv "各单位 CSV" "Units, CSV";
        print "打印" "Print";
        back "返回" "Back";
    }
}

words! {
    /// What stands on a sheet.
    ThanksSheet {
        head "感谢" "With thanks";
        stall "摊位" "Stall";
        served "服务群众" "People served";
        by_kind "其中" "Of these";
        talks "宣讲" "Heads at talks";
        apart "单列，不计入服务群众" "apart, not among the people served";
        settled "办结诉求" "Appeals settled";
        rated "居民评价" "Rated by residents";
        hours "开摊时间" "Open for";
        not_noted "当天没有记到场时间" "its coming was not noted that day";
        nobody_rated "还没有居民评" "nobody has rated yet";
        close "一摊一摊，把服务送到家门口。下一场，再见。" "Stall by stall, service comes to the door. See you at the next one.";
        later "办结和评价会变，以当天打印的为准。" "Settled and rated go on changing; this is how they stood when printed.";
    }
}

impl ThanksSheet {
    /// `感谢贵单位参加第 14 场党员服务市集。`
    pub fn came(self, ordinal: i64, market: &str) -> String {
        self.0.pick(
            format!("感谢贵单位参加第 {ordinal} 场{market}。"),
            format!("Thank you for coming to {market} No. {ordinal}."),
        )
    }

    /// `32 人次`
    pub fn people(self, n: i64) -> String {
        self.0.pick(format!("{n} 人次"), n.to_string())
    }

    /// `5 件`
    pub fn cases(self, n: i64) -> String {
        self.0.pick(format!("{n} 件"), n.to_string())
    }

    /// `评了 6 次，认可 5 件`
    pub fn ratings(self, rated: i64, content: i64) -> String {
        if rated == 0 {
            return self.nobody_rated().to_owned();
        }
        self.0
            .pick(format!("评了 {rated} 次，认可 {content} 件"), format!("{rated} times, {content} accepted"))
    }

    /// `3 小时 30 分`
    pub fn open_for(self, minutes: Option<i64>) -> String {
        let Some(minutes) = minutes else { return self.not_noted().to_owned() };
        let (hours, rest) = (minutes / 60, minutes % 60);
        self.0.pick(format!("{hours} 小时 {rest} 分"), format!("{hours} h {rest} min"))
    }
}
