//! Texts of the season: months, worked Saturdays, series, units over several Saturdays, calendars.

use kaishi_domain::Refusal;
use kaishi_domain::season::presence::Status;
use kaishi_domain::season::todo::Todo;
use kaishi_domain::season::{Concern, Month as Which, YearChange};

use crate::words::words;

words! {
    /// A month of the season.
    Month {
        title "月计划" "Month";
        before "上个月" "Month before";
        after "下个月" "Month after";
        today "今天" "Today";
        holiday "休" "Off";
        worked "班" "Work";
        make "建这一场" "Make it";
        none "这个月没有周六要看。" "No day of this month has anything to show.";
        untold "这一年的放假安排还没有导入，调休的周六没有标出来。" "The holidays of this year have not been imported: worked Saturdays are not marked.";
        import "导入放假安排" "Import holidays";
        past "过了" "past";
        stalls "摊位" "stalls";
        monday "一" "Mon";
        tuesday "二" "Tue";
        wednesday "三" "Wed";
        thursday "四" "Thu";
        friday "五" "Fri";
        saturday "六" "Sat";
        sunday "日" "Sun";
        views "怎么看" "View";
        list "清单" "List";
        calendar "月历" "Month";
    }
}

words! {
    /// Several Saturdays in one step.
    Series {
        title "一次建几个周六" "Several Saturdays at once";
        why "每个周六照最近办过的一场来建，各有各的摊位图、名单和数字。建好后可以逐场改。" "Each is made from the latest one that was held, with a map, a roster and counts of its own. Change each afterwards.";
        no_last "还没有可以照着建的周六，先建第一个。" "There is no Saturday to begin from yet: make the first one.";
        many "几个周六" "How many";
        from "从哪天起" "From";
        look "看看是哪几天" "Show the days";
        days "哪几天" "Which days";
        taken "这天已有市集，跳过" "has a market, skipped";
        untold "放假安排还没导入" "holidays not imported";
        copy "带上什么" "Take over";
        copy_map "晴雨两张摊位图、专区" "The maps of both weathers, zones";
        copy_roster "参市单位名单（到场和摊位重新来）" "The roster (arrivals and places begin anew)";
        create "建这些周六" "Make these Saturdays";
        made "建好了" "Made";
        skipped "跳过了，当天已有市集" "Skipped, the day has a market";
        nothing "没有建任何一场。" "Nothing was made.";
        unticked "一个都没勾。" "No day is ticked.";
        wrong "最多 12 个周六，日期要按日历选。" "Up to 12 Saturdays, with a date from the calendar.";
        unpublished "有摊位图没有发布：还要先改，打开看原因。" "has a map that is not published: open it for the reasons.";
        to_month "看月计划" "Show the month";
    }
}

words! {
    /// Holidays and worked days off.
    Holidays {
        title "放假安排" "Holidays";
        why "调休上班的周六和放假的周六会标出来，不会自动跳过。" "Saturdays that are worked or lie in a holiday are marked, never skipped by themselves.";
        built_in "随程序带的" "came with the program";
        imported "导入的" "imported";
        day "日期" "Day";
        name "节日" "Holiday";
        kind "安排" "What";
        off "放假" "off";
        worked "上班" "worked";
        import "导入一年" "Import a year";
        import_why "每年 11 月国务院公布下一年安排。放 holiday-cn 格式的 JSON（year、papers、days）；这一年原来的会被换掉。" "Each November next year's are announced. A JSON file in the holiday-cn shape (year, papers, days); it takes the place of what was known of that year.";
        file "JSON 文件" "JSON file";
        upload "导入" "Import";
        missing "请先选文件。" "Please choose a file.";
        blank "文件是空的，里面什么也没有。" "The file is empty.";
        restore "恢复随程序带的" "Use what came with the program again";
        restore_why "导入的这一年会被删掉，改回随程序带的安排。" "What was imported of this year goes, and what came with the program counts again.";
        heavy "文件太大，一年的安排不会超过 64 KB。" "The file is too large: a year's list has less than 64 KB.";
        not_json "读不出来。要 holiday-cn 格式的 JSON：year、papers、days。" "It cannot be read. A JSON file with year, papers and days is needed.";
        empty "文件里一天也没有。" "There is no day in the file.";
        wrong_day "有日期写错了，或不在这一年。" "A date is wrong or lies in another year.";
        twice "有一天写了两次。" "A day stands there twice.";
        wrong "文件里有不对的内容，没有导入。" "Something in the file is wrong; nothing was imported.";
        none "还没有这一年的安排。" "Nothing is known of this year.";
        paper "公文" "Announcement";
    }
}

words! {
    /// Units over several Saturdays.
    Presences {
        title "各单位的周六" "Units by Saturday";
        why "上四场、下四场，每家各是什么状态。" "The last four and the next four Saturdays, and how each unit stands to them.";
        none "还没有单位或周六。" "No units or no Saturdays yet.";
        unit "单位" "Unit";
        register "单位名册" "The register";
        nothing "没有" "none";
        undecided "待定" "To decide";
        prepared "已定，未告知" "Decided, not told";
        accepted "已录用，等回音" "Accepted, no answer";
        confirmed "已确认" "Confirmed";
        waitlisted "候补" "Waitlisted";
        declined "已谢绝" "Declined";
        leaving "想退出" "Wants to leave";
        withdrawn "已退出" "Withdrawn";
        struck "已取消" "Taken out";
        entered "在名单上" "On the roster";
        on_time "准时到" "On time";
        absent "未到" "Did not come";
        dates "各周六的状态" "By Saturday";
        swipe "表格可以左右滑动，看别的周六。" "Swipe the table sideways for the other Saturdays.";
    }
}

words! {
    /// Calendars to subscribe to.
    Feeds {
        title "订阅所有周六的日历" "Calendar of all Saturdays";
        why "用手机或电脑的日历订阅这个地址，周六、报名截止会自己更新。谁拿到地址谁就能看，不能改。" "Subscribe with the calendar of your phone or computer: Saturdays and deadlines keep themselves up to date. Whoever has the address can read, not change.";
        none "还没有订阅地址。" "There is no address yet.";
        make "生成订阅地址" "Make an address";
        address "订阅地址" "Address";
        open "用日历打开所有周六" "Open all Saturdays with a calendar";
        download "只要这一次的日历文件" "Only this file, once";
        revoke "停用这个地址" "Revoke this address";
        revoke_why "停用后，订阅过它的日历不再更新；可以再生成新的。" "Calendars that subscribed to it stop updating; you can make a new one.";
        unit "把我们的周六加到日历" "Add our Saturdays to a calendar";
        saturdays "党员服务市集" "Service market";
        deadline "报名截止" "Answers until";
        stall "摊位" "Stall";
        no_stall "摊位还没定" "No stall yet";
        unconfirmed "还没确认，请打开页面点“收到，我们来”" "Not confirmed yet: open the page and say that you come";
    }
}

/// Names of holidays as they stand in announcements, and in English.
const NAMES: [(&str, &str); 7] = [
    ("元旦", "New Year"),
    ("春节", "Spring Festival"),
    ("清明节", "Qingming"),
    ("劳动节", "Labour Day"),
    ("端午节", "Dragon Boat Festival"),
    ("中秋节", "Mid-Autumn Festival"),
    ("国庆节", "National Day"),
];

impl Month {
    /// `2026年5月`
    pub fn name(self, month: Which) -> String {
        let (year, number) = (month.year(), month.number());
        let english = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let name = english.get(number as usize - 1).copied().unwrap_or_default();
        self.0.pick(format!("{year}年{number}月"), format!("{name} {year}"))
    }

    /// Monday to Sunday.
    pub const fn weekdays(self) -> [&'static str; 7] {
        [
            self.monday(),
            self.tuesday(),
            self.wednesday(),
            self.thursday(),
            self.friday(),
            self.saturday(),
            self.sunday(),
        ]
    }

    /// The name of a holiday.
    pub fn holiday_name(self, name: &str) -> String {
        let english = NAMES.iter().find(|(zh, _)| *zh == name).map_or(name, |(_, en)| en);
        self.0.pick(name, english).to_owned()
    }

    /// `调休上班（劳动节）`
    pub fn concern(self, concern: &Concern) -> String {
        let name = self.holiday_name(concern.holiday());
        match concern {
            Concern::Worked(_) => {
                self.0.pick(format!("调休上班（{name}）"), format!("a working day for {name}"))
            }
            Concern::Holiday(_) => self.0.pick(format!("{name}假期"), format!("in the {name} holiday")),
        }
    }

    /// The warning where a Saturday is made.
    pub fn warning(self, concern: &Concern) -> String {
        let name = self.holiday_name(concern.holiday());
        match concern {
            Concern::Worked(_) => self.0.pick(
                format!("这天因{name}调休要上班，来的人会少，单位也难来。"),
                format!("This day is worked in exchange for {name}: fewer people and units can come."),
            ),
            Concern::Holiday(_) => self.0.pick(
                format!("这天在{name}假期里，很多居民和单位不在。"),
                format!("This day lies in the {name} holiday: many residents and units are away."),
            ),
        }
    }

    /// `离得最近的普通休息日：5月10日（星期日）`
    pub fn instead(self, day: &str) -> String {
        self.0.pick(format!("最近的普通休息日：{day}"), format!("The nearest plain day off: {day}"))
    }

    /// What comes next at a Saturday.
    pub fn todo(self, todo: Todo) -> String {
        match todo {
            Todo::Map => self.0.pick("摊位图没发布".into(), "map not published".into()),
            Todo::Decide(n) => self.0.pick(format!("{n} 家待定"), format!("{n} to decide")),
            Todo::Tell(n) => self.0.pick(format!("{n} 家没告知"), format!("{n} to tell")),
            Todo::Place(n) => self.0.pick(format!("{n} 家没摊位"), format!("{n} without a stall")),
            Todo::Sign => self.0.pick("简报没签".into(), "bulletin to sign".into()),
        }
    }
}

impl Holidays {
    /// `改好了：增加 2 天，去掉 1 天，改动 0 天。`
    pub fn told(self, change: YearChange) -> String {
        let YearChange { added, removed, changed } = change;
        if change == YearChange::default() {
            return self.0.pick("和原来一样，没有变动。", "Nothing is different from before.").to_owned();
        }
        self.0.pick(
            format!("改好了：增加 {added} 天，去掉 {removed} 天，改动 {changed} 天。"),
            format!("Done: {added} days added, {removed} removed, {changed} changed."),
        )
    }

    /// What is wrong with a file.
    pub fn complaint(self, refusal: &Refusal) -> &'static str {
        match refusal {
            Refusal::Malformed("file") => self.not_json(),
            Refusal::Missing("days") => self.empty(),
            Refusal::Malformed("day" | "day of another year") => self.wrong_day(),
            Refusal::Taken(_) => self.twice(),
            _ => self.wrong(),
        }
    }
}

impl Feeds {
    /// `摊位共 14 个，排好 9 个`
    pub fn filled(self, filled: i64, stalls: i64) -> String {
        if stalls == 0 {
            return self.0.pick("还没有摊位", "No stalls yet").to_owned();
        }
        self.0.pick(
            format!("摊位共 {stalls} 个，排好 {filled} 个"),
            format!("{stalls} stalls, {filled} of them with a unit"),
        )
    }
}

impl Presences {
    /// How a unit stands to a Saturday.
    pub fn status(self, status: Status) -> String {
        match status {
            Status::New => self.undecided().into(),
            Status::Prepared => self.prepared().into(),
            Status::Accepted => self.accepted().into(),
            Status::Confirmed => self.confirmed().into(),
            Status::Waitlisted => self.waitlisted().into(),
            Status::Declined => self.declined().into(),
            Status::Leaving => self.leaving().into(),
            Status::Withdrawn => self.withdrawn().into(),
            Status::Struck => self.struck().into(),
            Status::Entered => self.entered().into(),
            Status::OnTime => self.on_time().into(),
            Status::Late(minutes) => {
                self.0.pick(format!("迟到 {minutes} 分钟"), format!("{minutes} min late"))
            }
            Status::Absent => self.absent().into(),
        }
    }
}
