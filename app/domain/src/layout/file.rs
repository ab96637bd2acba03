//! A layout as a file (schema `layout/1`): written and read without loss.
//!
//! Knows nothing of requests or downloads. Reading never writes: it yields the diff that would put the
//! file's stalls in place of those that are there.

use serde::{Deserialize, Serialize};

use super::{Diff, Layout, Spot, Stall};
use crate::map::Set;
use crate::market::Plan;
use crate::{Refusal, StallId};

/// The only schema that is written and read.
pub const SCHEMA: &str = "layout/1";

/// A layout with what it was drawn for.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct File {
    schema: &'static str,
    /// The short name of the ground it was drawn on; whoever reads it decides whether another one will do.
    pub ground: String,
    /// For which weather.
    pub plan: Plan,
    stalls: Vec<Entry>,
}

/// A stall of a file. One without an id is known by its number.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(untagged)]
enum Entry {
    Known(Stall),
    Numbered(Spot),
}

/// A file as it comes in, before it is checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    schema: String,
    #[serde(default)]
    ground: String,
    #[serde(default)]
    plan: Plan,
    stalls: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Option<StallId>,
    #[serde(flatten)]
    spot: Spot,
}

impl File {
    /// A layout with the ground and the weather it was drawn for.
    pub fn of(layout: &Layout, ground: &str, plan: Plan) -> Self {
        let stalls = layout.in_order().into_iter().cloned().map(Entry::Known).collect();
        Self { schema: SCHEMA, ground: ground.to_owned(), plan, stalls }
    }

    /// The file's text.
    pub fn text(&self) -> Result<String, Refusal> {
        serde_json::to_string_pretty(self).map_err(|_| Refusal::Malformed("layout file"))
    }

    /// Reads a file's text.
    pub fn parse(json: &str) -> Result<Self, Refusal> {
        let Written { schema, ground, plan, stalls } =
            serde_json::from_str(json).map_err(|_| Refusal::Malformed("layout file"))?;
        if schema != SCHEMA {
            return Err(Refusal::Malformed("schema of the layout"));
        }
        let stalls = stalls.into_iter().map(|Line { id, spot }| match id {
            Some(id) => spot.stall(id).map(Entry::Known),
            None => Ok(Entry::Numbered(spot)),
        });
        Ok(Self { schema: SCHEMA, ground, plan, stalls: stalls.collect::<Result<_, _>>()? })
    }

    /// How many stalls it has.
    pub fn len(&self) -> usize {
        self.stalls.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.stalls.is_empty()
    }

    /// What puts this file in place of the layout that is there. A stall keeps the id that the file names if
    /// it stands in the layout or the market has it otherwise (`known`); any other stall is the one that has
    /// its number here, or else a new one (`fresh`): a file of another market never takes its ids along.
    pub fn over(
        &self,
        now: &Layout,
        known: impl Fn(StallId) -> bool,
        mut fresh: impl FnMut() -> StallId,
    ) -> Result<Diff, Refusal> {
        let ours = |entry: &Entry| match entry {
            Entry::Known(stall) => Some(stall.id).filter(|id| now.stall(*id).is_some() || known(*id)),
            Entry::Numbered(_) => None,
        };
        let mut used: Set<StallId> = self.stalls.iter().filter_map(ours).collect();
        let mut stalls = Vec::with_capacity(self.stalls.len());
        for entry in &self.stalls {
            let no = match entry {
                Entry::Known(stall) => &stall.no,
                Entry::Numbered(spot) => spot.no(),
            };
            let id = ours(entry).unwrap_or_else(|| {
                let same = now.numbered(no).map(|stall| stall.id).filter(|id| !used.contains(id));
                same.unwrap_or_else(&mut fresh)
            });
            used.insert(id);
            stalls.push(match entry.clone() {
                Entry::Known(stall) => Stall { id, ..stall },
                Entry::Numbered(spot) => spot.stall(id)?,
            });
        }
        Ok(Diff::between(now, &Layout::of(stalls)?))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::stall;
    use super::*;

    fn layout() -> Layout {
        let mut layout = Layout::of([stall(1, 0.0, 0.0), stall(2, 4.0, 0.0), stall(3, 8.13, 2.2)]).unwrap();
        let ids: Vec<_> = layout.stalls().keys().copied().collect();
        layout.apply(super::super::Edit::Group { stalls: ids.clone() }).unwrap();
        layout.apply(super::super::Edit::Lock { stalls: vec![ids[1]], locked: true }).unwrap();
        layout.apply(super::super::Edit::SetOutlet { stall: ids[2], outlet: Some("o4".into()) }).unwrap();
        layout
    }

    fn ids(first: u8) -> impl FnMut() -> StallId {
        let mut next = first;
        move || {
            next += 1;
            stall(next, 0.0, 0.0).id
        }
    }

    #[test]
    fn a_layout_goes_out_and_comes_back_without_loss() {
        let layout = layout();
        let text = File::of(&layout, "shiyuan", Plan::Rain).text().unwrap();
        let file = File::parse(&text).unwrap();
        assert_eq!((file.ground.as_str(), file.plan, file.len()), ("shiyuan", Plan::Rain, 3));
        assert_eq!(file.text().unwrap(), text);
        assert!(file.over(&layout, |_| false, ids(100)).unwrap().is_empty());
        let mut empty = Layout::default();
        file.over(&empty, |_| true, ids(100)).unwrap().apply(&mut empty).unwrap();
        assert_eq!(empty, layout);
    }

    #[test]
    fn the_file_takes_the_place_of_what_is_there_and_can_be_undone() {
        let file = File::of(&layout(), "shiyuan", Plan::Fair);
        let mut now = Layout::of([stall(2, 30.0, 30.0), stall(9, 1.0, 1.0)]).unwrap();
        let before = now.clone();
        let diff = file.over(&now, |_| false, ids(100)).unwrap();
        diff.apply(&mut now).unwrap();
        let two = now.numbered("2").unwrap();
        assert_eq!((two.id, two.x), (stall(2, 0.0, 0.0).id, 4.0));
        assert!(now.numbered("9").is_none() && now.stalls().len() == 3);
        diff.inverse().apply(&mut now).unwrap();
        assert_eq!(now, before);
    }

    #[test]
    fn another_markets_ids_stay_there_and_numbers_say_which_stall_is_meant() {
        let text = File::of(&layout(), "shiyuan", Plan::Fair).text().unwrap();
        let mut here = stall(50, 0.0, 0.0);
        here.no = "2".into();
        let mut now = Layout::of([here.clone()]).unwrap();
        let file = File::parse(&text).unwrap();
        file.over(&now, |_| false, ids(100)).unwrap().apply(&mut now).unwrap();
        assert_eq!(now.numbered("2").unwrap().id, here.id);
        let strangers: Vec<_> = [1, 2, 3].map(|n| stall(n, 0.0, 0.0).id).into();
        assert!(strangers.iter().all(|id| now.stall(*id).is_none()));
    }

    #[test]
    fn a_stall_without_an_id_is_known_by_its_number() {
        let text = r#"{"schema": "layout/1", "stalls": [
            {"no": "2", "zone": "A", "x": 1, "y": 2, "w": 3, "d": 3, "angle": 0, "facing": 270},
            {"no": "7", "zone": "A", "x": 9, "y": 2, "w": 3, "d": 3, "angle": 0, "facing": 270}]}"#;
        let mut now = Layout::of([stall(2, 0.0, 0.0)]).unwrap();
        let diff = File::parse(text).unwrap().over(&now, |_| false, ids(100)).unwrap();
        diff.apply(&mut now).unwrap();
        assert_eq!(now.numbered("2").unwrap().id, stall(2, 0.0, 0.0).id);
        assert_eq!(now.numbered("7").unwrap().id, stall(101, 0.0, 0.0).id);
    }

    #[test]
    fn a_bad_file_is_refused_and_changes_nothing() {
        let good: serde_json::Value =
            serde_json::from_str(&File::of(&layout(), "shiyuan", Plan::Fair).text().unwrap()).unwrap();
        let cases: &[(&str, serde_json::Value)] = &[
            ("/schema", "layout/2".into()),
            ("/plan", "snow".into()),
            ("/stalls", serde_json::json!(3)),
            ("/stalls/0/w", (-3).into()),
            ("/stalls/0/no", "2".into()),
            ("/stalls/0/id", good["stalls"][1]["id"].clone()),
            ("/stalls/0/x", "east".into()),
        ];
        for (place, value) in cases {
            let mut bad = good.clone();
            *bad.pointer_mut(place).unwrap() = value.clone();
            let read =
                File::parse(&bad.to_string()).and_then(|file| file.over(&layout(), |_| false, ids(100)));
            assert!(read.is_err(), "{place} = {value}");
        }
        assert_eq!(File::parse("{"), Err(Refusal::Malformed("layout file")));
    }
}
