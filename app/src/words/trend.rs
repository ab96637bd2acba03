//! Texts of the season's trend and of campaigns.

use kaishi_domain::season::trend::Move;

use crate::words::words;

words! {
    /// The trend over the Saturdays.
    Trend {
        title "走势" "Trend";
        why "每场一行，签发过的用签发和更正后的数字，没签发的标“未签”，数字还会变。" "A line a Saturday: as signed and corrected; those marked “not signed” may still change.";
        none "还没有开过市的周六。" "No Saturday has been held yet.";
        day "周六" "Day";
        ordinal "场次" "No.";
        unsigned "未签" "not signed";
        change "比上一场" "On the last one";
        served "服务人次" "People served";
        appeals "诉求和办结" "Appeals and settled";
        raised "诉求" "Appeals";
        settled "单位办结" "Settled, units say";
        spot "现场办结" "On the spot";
        xlsx "走势 XLSX" "Trend, XLSX";
        csv "走势 CSV" "Trend, CSV";
        sum "合计" "Together";
        back "全部周六" "All Saturdays";
        latest "最近 26 场" "The latest 26";
        table "各场数字" "Figures by Saturday";
    }
}

words! {
    /// Campaigns over several Saturdays.
    Campaigns {
        title "行动" "Campaigns";
        why "给几场周六贴同一个行动的名字，数字就按行动合在一起。一场可以贴几个。" "Saturdays that carry the same name are counted together. One may carry several.";
        none "还没有行动。" "No campaigns yet.";
        name "行动名称" "Name";
        hint "例如：铸诚信" "For example: good faith";
        add "加一个行动" "Add a campaign";
        six "加上六大行动" "Add the six campaigns";
        markets "贴在哪几场" "Which Saturdays carry it";
        save "保存" "Save";
        drop "去掉" "Drop";
        wrong "名称最多 20 个字，不能和已有的一样。" "Up to 20 letters, and not one that is there.";
        carried "还有周六贴着它，先把勾都去掉。" "Saturdays still carry it: untick them first.";
        held "场次" "Saturdays";
        served "服务人次" "People served";
        raised "诉求" "Appeals";
        settled "单位办结" "Settled";
        spot "现场办结" "On the spot";
    }
}

impl Trend {
    /// `+1037（+25%）`
    pub fn moved(self, step: Move) -> String {
        let sign = |n: i64| if n > 0 { format!("+{n}") } else { n.to_string() };
        match step.percent {
            Some(percent) => self.0.pick(
                format!("{}（{}%）", sign(step.by), sign(percent)),
                format!("{} ({}%)", sign(step.by), sign(percent)),
            ),
            None => sign(step.by),
        }
    }
}
