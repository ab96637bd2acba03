//! The one place that renders a textarea. The framework prints a textarea's children as they are when it
//! renders on the server, so this part escapes them; nothing else may write `<textarea>`.

use leptos::prelude::*;

/// A field for several lines.
#[derive(Clone, Debug, Default)]
pub struct Area {
    /// Name of the form field.
    pub name: &'static str,
    /// Its id, where a label stands elsewhere.
    pub id: Option<&'static str>,
    /// What stands in it.
    pub text: String,
    /// Lines that it shows.
    pub rows: u32,
    /// Characters that it takes.
    pub most: usize,
    /// Shown while it is empty.
    pub hint: &'static str,
    /// Id of the sentence that says what is wrong with it.
    pub wrong: Option<&'static str>,
}

/// As a textarea's content: no tag can end it, and a first line break is not swallowed.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    if text.starts_with('\n') { format!("\n{text}") } else { text }
}

/// The field.
pub fn textarea(area: Area) -> impl IntoView {
    let Area { name, id, text, rows, most, hint, wrong } = area;
    view! {
        <textarea
            id=id
            name=name
            rows=rows.to_string()
            maxlength=most.to_string()
            placeholder=hint
            aria-invalid=wrong.map(|_| "true")
            aria-describedby=wrong
        >
            {escaped(&text)}
        </textarea>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let area = Area { name: "words", text: text.into(), rows: 4, most: 9, ..Area::default() };
        Owner::new().with(|| textarea(area).to_html())
    }

    #[test]
    fn what_a_person_wrote_never_leaves_the_field() {
        let html = html("a & b </textarea><script>alert(1)</script> &lt;");
        let inside = "a &amp; b &lt;/textarea>&lt;script>alert(1)&lt;/script> &amp;lt;";
        assert!(html.contains(&format!(">{inside}</textarea>")), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1);
        assert!(!html.contains("<script"));
    }

    #[test]
    fn a_first_line_break_is_kept() {
        assert!(html("\nzwei").contains(">\n\nzwei</textarea>"));
    }
}
