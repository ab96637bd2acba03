//! Texts of the big screen.

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
        appeals "诉求" "Appeals";
        cases "件" "raised";
        unit_says "单位说已办" "Settled, units say";
        on_spot "其中当场办好" "of these on the spot";
        confirmed "群众确认" "Confirmed";
        open "还在办" "Open";
        overdue "过期" "Overdue";
        curve "累计" "So far";
        today "今天" "Today";
        arrived "到岗" "Arrived";
        stalls "摊" "stalls";
        each "各摊人次" "By stall";
        true_place "按真实位置" "in true position";
        few "少" "few";
        many "多" "many";
        not_placed "还没有摊位图，摊位按号排列。" "No map yet; stalls in order of their numbers.";
    }
}
