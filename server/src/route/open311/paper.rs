//! What the protocol says of each kind of appeal, and of one appeal: words, dates, states.

use kaishi_app::words::Lang;
use kaishi_app::words::appeal::Categories;
use kaishi_app::words::desk::Open311 as Words;
use kaishi_app::words::story::{Names, Story};
use kaishi_app::words::told::Told;
use kaishi_domain::Moment;
use kaishi_domain::appeal::{Appeal, Category, PublicCopy};

use super::form::{Field, Record};

/// How soon a program learns the id of what it has raised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// At once.
    Realtime,
    /// Once the desk has read it; until then there is a token.
    Batch,
    /// Never.
    Blackbox,
}

impl Kind {
    /// Of a kind of appeal: what the desk reads first comes with a token, a quarrel is nobody else's.
    pub(super) const fn of(category: Category) -> Self {
        match category {
            Category::Suggestion | Category::Wish => Self::Batch,
            Category::Mediation => Self::Blackbox,
            _ => Self::Realtime,
        }
    }

    /// The word of the protocol.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Realtime => "realtime",
            Self::Batch => "batch",
            Self::Blackbox => "blackbox",
        }
    }
}

/// What a person should know who raises one of a kind.
pub(super) fn notice(lang: Lang, category: Category) -> Option<String> {
    let words = Words(lang);
    match category {
        Category::Danger | Category::Utility => Some(words.danger().to_owned()),
        Category::Mediation => Some(words.private().to_owned()),
        Category::Suggestion => Some(words.no_clock().to_owned()),
        _ => None,
    }
}

/// A service.
pub(super) fn service(lang: Lang, category: Category, grids: bool) -> Record {
    let words = Categories(lang);
    Record(vec![
        ("service_code", category.code().into()),
        ("service_name", words.name(category).into()),
        ("description", words.why(category).into()),
        ("metadata", Field::Flag(grids)),
        ("type", Kind::of(category).code().into()),
        ("keywords", words.why(category).into()),
        ("group", Words(lang).group().into()),
    ])
}

/// A request. Its description is what is public of it.
pub(super) fn request(lang: Lang, names: &Names, appeal: &Appeal, copy: Option<&PublicCopy>) -> Record {
    let story = Story::whole(lang, names);
    let closed = appeal.state.closed_at().is_some();
    let address = match (appeal.care.grid, appeal.stall) {
        (Some(grid), _) => Some(story.grid(grid)),
        (None, Some(stall)) => names.stalls.get(&stall).cloned(),
        (None, None) => None,
    };
    Record(vec![
        ("service_request_id", appeal.id.to_string().into()),
        ("status", if closed { "closed" } else { "open" }.into()),
        ("status_notes", Told(story).heading(&appeal.state).into()),
        ("service_name", Categories(lang).name(appeal.category).into()),
        ("service_code", appeal.category.code().into()),
        ("description", copy.map(|copy| copy.body.as_str().to_owned()).into()),
        ("agency_responsible", appeal.state.answers().map(|unit| story.unit(unit)).into()),
        ("service_notice", notice(lang, appeal.category).into()),
        ("requested_datetime", appeal.raised_at.iso().into()),
        ("updated_datetime", appeal.changed_at.iso().into()),
        ("expected_datetime", appeal.due_at.map(Moment::iso).into()),
        ("address", address.into()),
        ("address_id", appeal.care.grid.map(|grid| grid.to_string()).into()),
        ("zipcode", Field::Null),
        ("lat", Field::Null),
        ("long", Field::Null),
        ("media_url", Field::Null),
    ])
}
