//! Prose with figures by reference: `收集诉求{诉求|余}件`. A person edits the words; the numbers come from the ledger.
//!
//! A count that is typed by hand is refused, so that no bulletin says what no row says.

use super::figure::FigureKey;
use super::number::Style;

/// The longest paragraph, in characters.
pub const MOST_PROSE: usize = 1200;

/// Words of the market itself that prose refers to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fact {
    /// `5月13日（星期六）`
    Date,
    /// 主办
    Host,
    /// 承办
    Organizer,
    /// 参办
    Participants,
    /// `党员服务市集`
    Name,
    /// The theme, in quotation marks.
    Theme,
    /// `党员摆摊，群众赶集`
    Tagline,
    /// A sentence a zone: its name and its stalls.
    Zones,
}

impl Fact {
    /// Every fact, in the order of the help.
    pub const ALL: [Self; 8] = [
        Self::Date,
        Self::Host,
        Self::Organizer,
        Self::Participants,
        Self::Name,
        Self::Theme,
        Self::Tagline,
        Self::Zones,
    ];

    /// What it is called in a reference.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => "日期",
            Self::Host => "主办",
            Self::Organizer => "承办",
            Self::Participants => "参办",
            Self::Name => "市集",
            Self::Theme => "主题",
            Self::Tagline => "口号",
            Self::Zones => "专区",
        }
    }
}

/// A part of prose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// As typed.
    Words(String),
    /// `{主办}`
    Fact(Fact),
    /// `{诉求|余}`
    Figure(FigureKey, Style),
}

/// What is wrong with prose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// `{` without `}`, or the other way round.
    Unclosed,
    /// A reference that nobody knows; as typed.
    Unknown(String),
    /// A count that was typed by hand; as typed.
    Typed(String),
    /// More than [`MOST_PROSE`] characters.
    Long,
    /// The number of people served is not named.
    Unserved,
    /// More quotes than a bulletin takes, or one without a role or words.
    Quote,
}

/// One paragraph that may stand in a bulletin.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Prose(Vec<Piece>);

impl Prose {
    /// Reads a paragraph.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().count() > MOST_PROSE {
            return Err(Flaw::Long);
        }
        let mut pieces = Vec::new();
        let mut rest = text.as_str();
        while let Some(at) = rest.find(['{', '}']) {
            let (words, from) = rest.split_at(at);
            let inside = from.strip_prefix('{').ok_or(Flaw::Unclosed)?;
            let end = inside.find(['{', '}']).filter(|end| inside[*end..].starts_with('}'));
            let end = end.ok_or(Flaw::Unclosed)?;
            if !words.is_empty() {
                pieces.push(Piece::Words(words.to_owned()));
            }
            pieces.push(reference(&inside[..end])?);
            rest = &inside[end + 1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest.to_owned()));
        }
        for piece in &pieces {
            if let Piece::Words(words) = piece
                && let Some(typed) = count(words)
            {
                return Err(Flaw::Typed(typed));
            }
        }
        Ok(Self(pieces))
    }

    /// Its parts, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// Whether it says a figure.
    pub fn says(&self, key: FigureKey) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Figure(said, _) if *said == key))
    }
}

fn reference(inside: &str) -> Result<Piece, Flaw> {
    let unknown = || Flaw::Unknown(format!("{{{inside}}}"));
    let (name, style) = inside.split_once(['|', '｜']).unwrap_or((inside, ""));
    let (name, style) = (name.trim(), style.trim());
    if let Some(fact) = Fact::ALL.into_iter().find(|fact| fact.name() == name && style.is_empty()) {
        return Ok(Piece::Fact(fact));
    }
    let key = FigureKey::ALL.into_iter().find(|key| key.name() == name).ok_or_else(unknown)?;
    Ok(Piece::Figure(key, Style::from_word(style).map_err(|_| unknown())?))
}

/// What people are counted in. A number before one of these is a figure; a date, a time or a floor is none.
const UNITS: [&str; 13] = [
    "人次",
    "余人",
    "多人",
    "人",
    "件",
    "份",
    "宗",
    "个摊",
    "个单位",
    "家单位",
    "名群众",
    "位群众",
    "条诉求",
];
/// Words between a number and what it counts.
const BETWEEN: [char; 8] = ['余', '多', '来', '几', ' ', '，', ',', '+'];

/// A count that was typed by hand, if there is one. A small number in Chinese characters is language (一件小事);
/// from ten on it counts.
fn count(words: &str) -> Option<String> {
    let letters: Vec<char> = words.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let from = at;
        while at < letters.len() && is_number(letters[at]) {
            at += 1;
        }
        if at == from {
            at += 1;
            continue;
        }
        let number = &letters[from..at];
        let mut after = at;
        while after < letters.len() && BETWEEN.contains(&letters[after]) {
            after += 1;
        }
        let next: String = letters[after..].iter().take(3).collect();
        if let Some(unit) = UNITS.into_iter().find(|unit| next.starts_with(unit))
            && (is_large(number) || unit == "人次")
        {
            let tail: String = letters[at..after].iter().collect();
            return Some(number.iter().collect::<String>() + &tail + unit);
        }
    }
    None
}

const fn is_number(letter: char) -> bool {
    letter.is_ascii_digit()
        || matches!(letter, '０'..='９')
        || matches!(letter, '零' | '〇' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九')
        || matches!(letter, '十' | '百' | '千' | '万')
}

fn is_large(number: &[char]) -> bool {
    number.iter().any(|letter| {
        letter.is_ascii_digit() || matches!(letter, '０'..='９' | '十' | '百' | '千' | '万' | '〇' | '零')
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn references_are_read_and_words_stay() {
        let prose = Prose::parse("收集诉求{诉求|余}件，由{承办}\n办理。").unwrap();
        let pieces = [
            Piece::Words("收集诉求".into()),
            Piece::Figure(FigureKey::Appeals, Style::Odd),
            Piece::Words("件，由".into()),
            Piece::Fact(Fact::Organizer),
            Piece::Words(" 办理。".into()),
        ];
        assert_eq!(prose.pieces(), pieces);
        assert!(prose.says(FigureKey::Appeals) && !prose.says(FigureKey::Talks));
        assert_eq!(Prose::parse("").unwrap().pieces(), []);
    }

    #[test]
    fn what_is_no_reference_is_named() {
        for text in ["共{诉求", "共诉求}", "{{诉求}}", "{诉求{承办}}"] {
            assert_eq!(Prose::parse(text), Err(Flaw::Unclosed), "{text}");
        }
        for text in ["{人数}", "{诉求|近}", "{承办|余}", "{}"] {
            assert_eq!(Prose::parse(text), Err(Flaw::Unknown(text.into())));
        }
        assert_eq!(Prose::parse(&"长".repeat(MOST_PROSE + 1)), Err(Flaw::Long));
    }

    #[test]
    fn a_count_typed_by_hand_is_refused_and_language_is_not() {
        let typed = [
            ("服务群众6000人次", "6000人次"),
            ("服务群众５０００余人次", "５０００余人次"),
            ("五千余人次受益", "五千余人次"),
            ("收集诉求 60 余件", "60 余件"),
            ("办结超过40件", "40件"),
            ("共设14个摊位", "14个摊"),
            ("十二家单位参加", "十二家单位"),
            ("三人次", "三人次"),
            ("来了3000多人", "3000多人"),
        ];
        for (text, count) in typed {
            assert_eq!(Prose::parse(text), Err(Flaw::Typed(count.into())), "{text}");
        }
        for text in
            ["5月13日上午9时", "一件小事", "不拘一“格”应民声", "第14场市集", "2楼连廊", "一人一策", "十邻铺"]
        {
            assert!(Prose::parse(text).is_ok(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_prose_brings_a_number_of_its_own(
            before in "[一-龥，。]{0,6}", n in 1_u32..100_000, word in "(余|多)?", unit in "(人次|件|份|个摊位)", after in "[，。]?"
        ) {
            let text = format!("{before}{n}{word}{unit}{after}");
            prop_assert!(Prose::parse(&text).is_err());
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,80}") {
            if let Ok(prose) = Prose::parse(&text) {
                for piece in prose.pieces() {
                    if let Piece::Words(words) = piece {
                        let open = words.contains(['{', '}']);
                        prop_assert!(!open);
                        prop_assert_eq!(count(words), None);
                    }
                }
            }
        }
    }
}
