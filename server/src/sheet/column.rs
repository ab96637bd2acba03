//! The columns of a register in a file, told by Chinese and English headings.

use kaishi_app::words::Lang;
use kaishi_app::words::sheet::{Sheet, Trouble};
use kaishi_domain::Refusal;

use super::{Numbered, PREAMBLE, Rows};

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// 单位名称
    Name,
    /// 性质
    Kind,
    /// 联系人角色
    Contact,
    /// 服务
    Services,
    /// 亮身份
    Identity,
    /// 亮职责
    Duty,
    /// 亮承诺
    Pledge,
    /// 资质
    Papers,
}

impl Column {
    /// Every column, in the order in which they are written.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Kind,
        Self::Contact,
        Self::Services,
        Self::Identity,
        Self::Duty,
        Self::Pledge,
        Self::Papers,
    ];

    /// Its heading.
    pub const fn heading(self, lang: Lang) -> &'static str {
        let words = Sheet(lang);
        match self {
            Self::Name => words.name(),
            Self::Kind => words.kind(),
            Self::Contact => words.contact(),
            Self::Services => words.services(),
            Self::Identity => words.identity(),
            Self::Duty => words.duty(),
            Self::Pledge => words.pledge(),
            Self::Papers => words.papers(),
        }
    }

    /// Other headings that people write.
    const fn also(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["单位", "名称", "单位全称", "共建单位", "unit", "unit name", "organization"],
            Self::Kind => &["单位性质", "类型", "单位类型", "类别", "type"],
            Self::Contact => &["联系人", "联系角色", "联系岗位", "对接人角色", "contact", "role"],
            Self::Services => &["服务项目", "服务清单", "服务内容", "可提供服务", "service", "service list"],
            Self::Identity => &["身份", "who we are"],
            Self::Duty => &["职责", "duties", "what we do"],
            Self::Pledge => &["承诺", "承诺书", "服务承诺", "promise", "what we promise"],
            Self::Papers => &["资质证照", "证照", "许可", "papers", "licences", "licenses"],
        }
    }

    /// The column of a heading, if it is one of ours.
    pub fn of(heading: &str) -> Option<Self> {
        let plain = plain(heading);
        let is = |column: &Self| {
            [Lang::Zh, Lang::En].iter().any(|lang| self::plain(column.heading(*lang)) == plain)
                || column.also().iter().any(|also| self::plain(also) == plain)
        };
        Self::ALL.into_iter().find(is)
    }

    /// The column in which something is wrong, if it is in one alone.
    pub fn of_trouble(trouble: &Trouble) -> Option<Self> {
        Some(match trouble {
            Trouble::NoName | Trouble::Twice(_) => Self::Name,
            Trouble::NoKind | Trouble::Kind(_) => Self::Kind,
            Trouble::NoContact => Self::Contact,
            Trouble::Service(_) | Trouble::Category(_) | Trouble::Audience(_) | Trouble::OffHours(_) => {
                Self::Services
            }
            Trouble::Paper(_) | Trouble::PaperKind(_) | Trouble::Day(_) => Self::Papers,
            Trouble::Refused(refusal) => return Self::of_refusal(refusal),
        })
    }

    /// The same by what a rule calls the thing.
    fn of_what(what: &str) -> Option<Self> {
        Some(match what {
            "name" | "phone in name" => Self::Name,
            "contact role" | "phone in contact role" => Self::Contact,
            "service" | "services" => Self::Services,
            "identity" => Self::Identity,
            "duty" => Self::Duty,
            "pledge" => Self::Pledge,
            "credential" | "credentials" | "credential number" | "issuer" => Self::Papers,
            _ => return None,
        })
    }

    fn of_refusal(refusal: &Refusal) -> Option<Self> {
        match refusal {
            Refusal::Malformed(what) | Refusal::TooLong(what) | Refusal::Missing(what) => Self::of_what(what),
            _ => None,
        }
    }
}

/// A heading without blanks, stars, and what stands in brackets.
fn plain(heading: &str) -> String {
    let head = heading.split(['（', '(']).next().unwrap_or_default();
    head.chars()
        .filter(|c| !c.is_whitespace() && !"*＊:：".contains(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The headings of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// As they are written.
    pub texts: Vec<String>,
    /// What each holds; the second of a kind holds nothing.
    pub columns: Vec<Option<Column>>,
}

impl Head {
    /// Tells the columns of a row of headings, if one of them is the name.
    pub fn of(texts: &[String]) -> Option<Self> {
        let mut columns: Vec<Option<Column>> = Vec::new();
        for text in texts {
            let column = Column::of(text).filter(|column| !columns.contains(&Some(*column)));
            columns.push(column);
        }
        columns.contains(&Some(Column::Name)).then(|| Self { texts: texts.to_vec(), columns })
    }

    /// The headings of a table and the rows below them, each with its number in the file.
    pub fn find(rows: Rows) -> Option<(Self, Numbered)> {
        let (at, head) =
            rows.iter().take(PREAMBLE).enumerate().find_map(|(at, row)| Some((at, Self::of(row)?)))?;
        let body = rows.into_iter().zip(1..).skip(at + 1).filter(|(row, _)| !row.is_empty());
        Some((head, body.map(|(row, no)| (no, row)).collect()))
    }

    /// A cell of a row; none if the table has no such column.
    pub fn cell<'a>(&self, row: &'a [String], column: Column) -> Option<&'a str> {
        let at = self.columns.iter().position(|one| *one == Some(column))?;
        Some(row.get(at).map_or("", String::as_str))
    }

    /// What a row holds below no heading at all: nobody can tell what it is.
    pub fn surplus<'a>(&self, row: &'a [String]) -> Vec<&'a str> {
        let headed = |at: usize| self.texts.get(at).is_some_and(|text| !text.is_empty());
        let cells = row.iter().enumerate().filter(|(at, cell)| !cell.is_empty() && !headed(*at));
        cells.map(|(_, cell)| cell.as_str()).collect()
    }

    /// Headings that nobody knows.
    pub fn unknown(&self) -> Vec<&str> {
        let unknown = self
            .texts
            .iter()
            .zip(&self.columns)
            .filter(|(text, column)| column.is_none() && !text.is_empty());
        unknown.map(|(text, _)| text.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn headings_are_known_in_both_languages_and_as_people_write_them() {
        for column in Column::ALL {
            for lang in [Lang::Zh, Lang::En] {
                assert_eq!(Column::of(column.heading(lang)), Some(column));
            }
        }
        assert_eq!(Column::of(" * 单位 名称（必填）"), Some(Column::Name));
        assert_eq!(Column::of("SERVICES"), Some(Column::Services));
        assert_eq!(Column::of("电话"), None);
    }

    #[test]
    fn headings_are_found_below_a_title() {
        let rows = vec![
            row(&["共建单位花名册"]),
            vec![],
            row(&["序号", "单位", "单位名称"]),
            row(&["1", "老年协会"]),
            vec![],
            row(&["2", "书画社"]),
        ];
        let (head, body) = Head::find(rows).unwrap();
        assert_eq!(head.columns, [None, Some(Column::Name), None]);
        assert_eq!(head.unknown(), ["序号", "单位名称"]);
        assert_eq!(body.iter().map(|(no, _)| *no).collect::<Vec<_>>(), [4, 6]);
        assert_eq!(head.cell(&body[0].1, Column::Name), Some("老年协会"));
        assert_eq!(head.cell(&body[0].1, Column::Kind), None);
        assert!(Head::find(vec![row(&["a", "b"])]).is_none());
    }

    #[test]
    fn what_stands_below_no_heading_is_surplus() {
        let head = Head::of(&row(&["单位名称", "", "电话"])).unwrap();
        assert_eq!(head.surplus(&row(&["老年协会", "甲", "0755", "", "乙"])), ["甲", "乙"]);
        assert!(head.surplus(&row(&["老年协会", "", "0755"])).is_empty());
    }

    #[test]
    fn what_is_wrong_is_found_in_its_own_column() {
        for (trouble, column) in [
            (Trouble::NoName, Some(Column::Name)),
            (Trouble::Kind("x".into()), Some(Column::Kind)),
            (Trouble::Day("x".into()), Some(Column::Papers)),
            (Trouble::Refused(Refusal::Malformed("phone in contact role")), Some(Column::Contact)),
            (Trouble::Refused(Refusal::TooLong("pledge")), Some(Column::Pledge)),
            (Trouble::Refused(Refusal::NotGenuine), None),
        ] {
            assert_eq!(Column::of_trouble(&trouble), column, "{trouble:?}");
        }
    }
}
