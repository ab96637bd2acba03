//! The quarter of an hour (15分钟便民服务圈): which neighbourhoods a ground reaches on foot, and how often a market was
//! held there. Typed by an organizer who knows the streets; no resident's address is used for it.

use crate::moment::Day;
use crate::text::short;
use crate::{GroundId, Refusal};

/// The most neighbourhoods of an organization.
pub const MOST: usize = 60;
/// The longest name, in letters.
pub const MOST_NAME: usize = 30;

/// A neighbourhood and what it has had of the season.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Neighbourhood {
    /// `诗园小区`, `第3网格`
    pub name: String,
    /// The ground within a quarter of an hour, by id and title.
    pub ground: Option<(GroundId, String)>,
    /// So many markets were held there.
    pub held: i64,
    /// The last of them.
    pub last: Option<Day>,
}

/// A neighbourhood's name with the ground near it, as somebody typed them.
pub type Near = (String, Option<GroundId>);

/// Reads a list, one a line, `诗园小区：诗园广场`; without a ground nothing is near. Names of grounds are looked up
/// among `grounds`.
pub fn parse(text: &str, grounds: &[(GroundId, String)]) -> Result<Vec<Near>, (String, Refusal)> {
    let mut read: Vec<Near> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let refuse = |refusal| (line.to_owned(), refusal);
        let (name, ground) = line.split_once(['：', ':']).unwrap_or((line, ""));
        let name = short(name, MOST_NAME, "name").map_err(refuse)?;
        let ground = match ground.trim() {
            "" => None,
            title => {
                let known = grounds.iter().find(|(_, known)| known == title);
                Some(known.ok_or_else(|| refuse(Refusal::Missing("ground")))?.0)
            }
        };
        if read.iter().any(|(known, _)| *known == name) {
            return Err(refuse(Refusal::Taken("name")));
        }
        read.push((name, ground));
        if read.len() > MOST {
            return Err(refuse(Refusal::TooLong("list")));
        }
    }
    Ok(read)
}

/// The list as [`parse`] reads it.
pub fn written(list: &[Neighbourhood]) -> String {
    let line = |one: &Neighbourhood| match &one.ground {
        Some((_, title)) => format!("{}：{title}", one.name),
        None => one.name.clone(),
    };
    list.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Moment;

    #[test]
    fn a_list_is_read_line_by_line_and_what_is_wrong_is_named() {
        let square = GroundId::new(Moment::from_millis(0), [1; 10]);
        let grounds = [(square, "诗园广场".to_owned())];
        let read = parse(" 诗园小区：诗园广场\n\n河畔小区: \n第3网格", &grounds).unwrap();
        assert_eq!(
            read,
            [("诗园小区".into(), Some(square)), ("河畔小区".into(), None), ("第3网格".into(), None)]
        );
        let wrong = |text: &str| parse(text, &grounds).unwrap_err();
        assert_eq!(wrong("甲：没有的广场"), ("甲：没有的广场".into(), Refusal::Missing("ground")));
        assert_eq!(wrong("甲\n甲：诗园广场").0, "甲：诗园广场");
        assert!(matches!(wrong(&"长".repeat(MOST_NAME + 1)).1, Refusal::TooLong(_)));
        let many: Vec<String> = (0..=MOST).map(|n| format!("第{n}网格")).collect();
        assert!(matches!(wrong(&many.join("\n")).1, Refusal::TooLong(_)));
        let list = read.into_iter().map(|(name, ground)| Neighbourhood {
            name,
            ground: ground.map(|id| (id, "诗园广场".to_owned())),
            held: 0,
            last: None,
        });
        let list: Vec<Neighbourhood> = list.collect();
        assert_eq!(parse(&written(&list), &grounds).unwrap().len(), 3);
    }
}
