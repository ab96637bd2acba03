//! Texts of the weather watch.

use kaishi_domain::rain::Decision;
use kaishi_domain::safety::Reading;

use crate::words::{Lang, words};

words! {
    /// The weather watch on the rain plan's page.
    Weather {
        title "天气和决定" "Weather and decision";
        why "开市前 48 小时、24 小时和 3 小时各看一次预报，写下决定。谁定的、几点定的都记着。" "Look at the forecast 48, 24 and 3 hours before opening and write down the decision. Who decided and when is kept.";
        forecast "预报" "Forecast";
        hint "例如：午后雷阵雨，26℃" "For example: thunderstorms after noon, 26 °C";
        decision "决定" "Decision";
        note "记下" "Note it";
        none "还没有记录。" "Nothing noted yet.";
        too_long "预报要写，最多 40 个字。" "The forecast is needed, with at most 40 characters.";
    }
}

/// `按晴天办`
pub const fn decision(lang: Lang, decision: Decision) -> &'static str {
    let (zh, en) = match decision {
        Decision::Wait => ("再等等看", "wait and see"),
        Decision::Fair => ("按晴天办", "the fair plan"),
        Decision::Rain => ("按雨天办", "the rain plan"),
        Decision::Heat => ("搬到阴凉处", "into the shade"),
        Decision::Off => ("这一场不办", "no market"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// `（风 5 级，26℃）`; empty where nothing was measured.
pub fn reading(lang: Lang, reading: Reading) -> String {
    let wind = reading.wind.map(|grade| lang.pick(format!("风 {grade} 级"), format!("wind {grade}")));
    let heat = reading.heat.map(|degrees| format!("{degrees}℃"));
    let parts: Vec<String> = wind.into_iter().chain(heat).collect();
    if parts.is_empty() {
        return String::new();
    }
    lang.pick(format!("（{}）", parts.join("，")), format!(" ({})", parts.join(", ")))
}

impl Weather {
    /// `离开市不到 24 小时了：请看预报，定晴雨。`
    pub fn due(self, hours: i64) -> String {
        self.0.pick(
            format!("离开市不到 {hours} 小时了：请看一下预报，定晴雨。"),
            format!("Less than {hours} hours to opening: please look at the forecast and decide."),
        )
    }
}
