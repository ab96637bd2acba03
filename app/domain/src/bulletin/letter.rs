//! What an organizer writes of a bulletin: paragraphs that differ from the house style, and quotes.

use serde::{Deserialize, Serialize};

use super::figure::FigureKey;
use super::prose::{Flaw, Prose};
use crate::count::Snapshot;

/// The most quotes of one bulletin.
pub const MOST_QUOTES: usize = 6;
/// The longest quote and the longest role, in characters.
pub const MOST_QUOTE: (usize, usize) = (200, 30);

/// A paragraph that may be written anew.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// When, by whom, under which theme.
    Opening,
    /// Zones and their stalls.
    Zones,
    /// Who was served.
    Served,
    /// What was asked and settled.
    Appeals,
    /// What comes next.
    Next,
}

impl Part {
    /// Every part, in the order of the text.
    pub const ALL: [Self; 5] = [Self::Opening, Self::Zones, Self::Served, Self::Appeals, Self::Next];

    /// The name of its field.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Zones => "zones",
            Self::Served => "served",
            Self::Appeals => "appeals",
            Self::Next => "next",
        }
    }

    /// The house style for what a snapshot shows.
    pub fn usual(self, rain: bool, seen: &Snapshot) -> String {
        let rain = if rain { "冒雨" } else { "" };
        match self {
            Self::Opening => format!(
                "{{日期}}，由{{主办}}主办、{{承办}}承办、{{参办}}参办的{{市集}}{rain}开市。{{口号}}，\
                 本次市集以{{主题}}为主题，共设{{摊位}}个摊位。"
            ),
            Self::Zones => "{专区}".into(),
            Self::Served => {
                let talks = if seen.talks > 0 { "企业宣讲覆盖{宣讲|余}。" } else { "" };
                format!("当天共服务群众{{服务人次|余}}。{talks}")
            }
            Self::Appeals => {
                let appeals = &seen.appeals;
                let settled = if appeals.settled_on_spot > 0 {
                    "，其中{现场办结|超过}件现场办结"
                } else {
                    ""
                };
                match appeals.raised - appeals.settled_on_spot {
                    _ if appeals.raised == 0 => String::new(),
                    0 => format!("收集群众诉求{{诉求|余}}件{settled}。"),
                    _ => format!(
                        "收集群众诉求{{诉求|余}}件{settled}。未能当场办结的{{未当场办结}}件诉求已登记编码，\
                         将派至相关单位限时办理，居民可凭取件码查询进度并评价。"
                    ),
                }
            }
            Self::Next => "下一步，{承办}将跟进未办结的诉求，把群众所需列入下一场市集的揭榜清单。".into(),
        }
    }
}

/// What somebody said, by role.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Quote {
    /// `居民代表`; never a name.
    pub role: String,
    /// What was said.
    pub words: String,
}

/// What an organizer has written. A part that is missing follows the house style.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Letter {
    parts: Vec<(Part, String)>,
    quotes: Vec<Quote>,
}

impl Letter {
    /// Reads a form: the text of each part, and quotes, one a line, `居民代表：办得快。` What equals the house style is
    /// not kept, so that it goes on following the day.
    pub fn parse(
        texts: &[(Part, String)],
        quotes: &str,
        usual: impl Fn(Part) -> String,
    ) -> Result<Self, (Option<Part>, Flaw)> {
        let mut parts = Vec::new();
        let mut served = false;
        for part in Part::ALL {
            let typed = texts.iter().find(|(of, _)| *of == part).map_or("", |(_, text)| text.trim());
            let prose = Prose::parse(typed).map_err(|flaw| (Some(part), flaw))?;
            served |= prose.says(FigureKey::Encounters);
            if typed != usual(part) {
                parts.push((part, typed.to_owned()));
            }
        }
        if !served {
            return Err((Some(Part::Served), Flaw::Unserved));
        }
        Ok(Self { parts, quotes: self::quotes(quotes).ok_or((None, Flaw::Quote))? })
    }

    /// The text of a part, as written or as usual.
    pub fn text(&self, part: Part, usual: impl FnOnce(Part) -> String) -> String {
        let own = self.parts.iter().find(|(of, _)| *of == part);
        own.map_or_else(|| usual(part), |(_, text)| text.clone())
    }

    /// Whether somebody wrote a part anew.
    pub fn is_own(&self, part: Part) -> bool {
        self.parts.iter().any(|(of, _)| *of == part)
    }

    /// Quotes.
    pub fn quotes(&self) -> &[Quote] {
        &self.quotes
    }

    /// Quotes as the form shows them, one a line.
    pub fn quote_lines(&self) -> String {
        let lines: Vec<String> =
            self.quotes.iter().map(|quote| format!("{}：{}", quote.role, quote.words)).collect();
        lines.join("\n")
    }
}

fn quotes(text: &str) -> Option<Vec<Quote>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let quotes: Option<Vec<Quote>> = lines
        .map(|line| {
            let (role, words) = line.split_once(['：', ':'])?;
            let (role, words) = (role.trim(), words.trim().trim_matches(['“', '”', '"']));
            let fits = |text: &str, most| !text.is_empty() && text.chars().count() <= most;
            let sound = fits(words, MOST_QUOTE.0) && fits(role, MOST_QUOTE.1);
            sound.then(|| Quote { role: role.to_owned(), words: words.to_owned() })
        })
        .collect();
    quotes.filter(|quotes| quotes.len() <= MOST_QUOTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual(part: Part) -> String {
        match part {
            Part::Served => "服务{服务人次|余}。".into(),
            _ => String::new(),
        }
    }

    fn form(served: &str) -> Vec<(Part, String)> {
        vec![(Part::Served, served.into()), (Part::Next, "下周再见。".into())]
    }

    #[test]
    fn what_is_as_usual_follows_the_day() {
        let letter =
            Letter::parse(&form("服务{服务人次|余}。"), "居民代表：“办得快！”\n\n志愿者: 累并快乐着", usual)
                .unwrap();
        assert!(!letter.is_own(Part::Served) && letter.is_own(Part::Next));
        assert_eq!(letter.text(Part::Served, |_| "later".into()), "later");
        assert_eq!(letter.text(Part::Next, usual), "下周再见。");
        assert_eq!(letter.quote_lines(), "居民代表：办得快！\n志愿者：累并快乐着");
        let again: Letter = serde_json::from_str(&serde_json::to_string(&letter).unwrap()).unwrap();
        assert_eq!(again, letter);
    }

    #[test]
    fn what_may_not_stand_is_refused_with_its_part() {
        let parse = |served: &str, quotes: &str| Letter::parse(&form(served), quotes, usual).unwrap_err();
        assert_eq!(parse("热闹。", ""), (Some(Part::Served), Flaw::Unserved));
        assert_eq!(parse("服务9999人次", ""), (Some(Part::Served), Flaw::Typed("9999人次".into())));
        for quotes in ["没有角色", "：没有角色", "居民：", &"居民：好\n".repeat(MOST_QUOTES + 1)]
        {
            assert_eq!(parse("{服务人次}", quotes), (None, Flaw::Quote), "{quotes}");
        }
    }
}
