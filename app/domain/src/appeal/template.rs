//! Texts that the desk keeps for answers: for one kind or all, for one thing that is done.

use super::{Category, Words};
use crate::{Refusal, TemplateId};

/// The most characters of a title.
pub const MAX_TITLE: usize = 30;
/// The codes of the verbs whose words may come from a template.
pub const ANSWERS: [&str; 7] =
    ["inform", "resolve", "settle_on_spot", "return", "exclude", "give_up", "refer"];

/// One text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    /// Which.
    pub id: TemplateId,
    /// For which kind; `None` for every one.
    pub category: Option<Category>,
    /// For which verb.
    pub verb: &'static str,
    /// `路灯已报修`
    pub title: String,
    /// What is put into the field.
    pub body: Words,
}

impl Template {
    /// Reads what a form or a row holds.
    pub fn new(
        id: TemplateId,
        category: Option<Category>,
        verb: &str,
        title: &str,
        body: &str,
    ) -> Result<Self, Refusal> {
        let verb = ANSWERS.into_iter().find(|code| *code == verb).ok_or(Refusal::Malformed("verb"))?;
        let title: String = title.chars().filter(|c| !c.is_control()).collect();
        let title = title.trim().to_owned();
        match title.chars().count() {
            0 => return Err(Refusal::Missing("title")),
            long if long > MAX_TITLE => return Err(Refusal::TooLong("title")),
            _ => {}
        }
        Ok(Self { id, category, verb, title, body: Words::some(body)? })
    }

    /// Whether it may stand in the field of a verb for an appeal of a kind.
    pub fn fits(&self, verb: &str, category: Category) -> bool {
        self.verb == verb && self.category.is_none_or(|kind| kind == category)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Moment;

    #[test]
    fn a_template_has_a_title_words_and_a_verb_that_takes_words() {
        let id = TemplateId::new(Moment::from_millis(0), [1; 10]);
        let text = Template::new(id, Some(Category::Help), "resolve", " 路灯已报修 ", "三天内修好").unwrap();
        assert_eq!(text.title, "路灯已报修");
        assert!(text.fits("resolve", Category::Help) && !text.fits("resolve", Category::Consult));
        assert!(!text.fits("inform", Category::Help));
        assert!(Template::new(id, None, "take", "x", "y").is_err());
        assert_eq!(Template::new(id, None, "resolve", " ", "y"), Err(Refusal::Missing("title")));
        assert_eq!(Template::new(id, None, "resolve", "x", " "), Err(Refusal::Missing("words")));
    }
}
