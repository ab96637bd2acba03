//! Texts of the big screen.

use kaishi_domain::device::Missing;

use crate::words::words;

words! {
    /// The big screen and its phone view.
    Screen {
        title "数据大屏" "Screen";
        as_of "截至" "As of";
        stuck "数据停在" "Stopped at";
        served "今天服务" "Served today";
        person_times "人次" "times";
        scan "扫码" "Scanned";
        staff "摊位加一" "Staff taps";
        paper "纸票" "Paper";
        talks "企业宣讲" "At talks";
        apart "另计，不在总数里" "counted apart, not in the total";
        crowd "到场（估算）" "Visitors (estimate)";
        gates "门口计数" "at gates";
        samples "抽样" "by samples";
        walks "巡场" "by walks";
        pending "待核" "To be checked";
        late "补传" "Came in late";
        corrected "更正" "Taken back";
        appeals "诉求" "Appeals";
        cases "件" "raised";
        unit_says "单位说已办" "Settled, units say";
        on_spot "其中当场办好" "of these on the spot";
        confirmed "群众确认" "Confirmed";
        open "还在办" "Open";
        overdue "过期" "Overdue";
        curve "累计" "So far";
        today "今天" "Today";
        last "上周六" "Last Saturday";
        middle "本季中位" "Season's middle";
        than_last "比上周六" "vs last Saturday";
        arrived "到岗" "Arrived";
        stalls "摊" "stalls";
        inside "在场" "Inside";
        approved "核定" "approved";
        not_approved "没写核定人数" "no approved number";
        by_gates "门口数到" "gates counted until";
        near "快满了" "Nearly full";
        full "满了，先停进" "Full: stop entry";
        each "各摊人次" "By stall";
        true_place "按真实位置" "in true position";
        just_now "颜色：最近15分钟" "Colour: last 15 minutes";
        whole_day "颜色：全天" "Colour: whole day";
        few "少" "few";
        many "多" "many";
        quiet "静" "quiet";
        quiet_is "15分钟没有人" "nobody for 15 minutes";
        waits "候" "wait";
        waits_are "排队的号" "numbers in the queue";
        not_placed "还没有摊位图，摊位按号排列。" "No map yet; stalls in order of their numbers.";
        nothing "还没有摊位。" "No stalls yet.";
        opens "开市" "opens";
        over "已经收市" "Closed for today";
        street "同日各场" "All of this day";
        markets "场" "markets";
        market "市集" "Market";
        just "近15分钟" "Last 15 min";
        not_in "未到的笔数" "Records not in";
        shut "没开" "not open";
    }
}

impl Screen {
    /// `2台设备，最多37笔未到`
    pub fn missing(self, missing: Missing) -> String {
        let Missing { devices, records } = missing;
        self.0.pick(
            format!("{devices}台设备，最多{records}笔未到"),
            format!("{devices} devices, up to {records} not yet in"),
        )
    }
}
