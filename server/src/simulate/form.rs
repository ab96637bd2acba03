//! Reads the forms and links of a page, as a browser would: what a simulated person can press.

/// A form with what it would send.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Form {
    /// Where it goes.
    pub action: String,
    /// Fields with their values: hidden, chosen, filled in.
    pub fields: Vec<(String, String)>,
    /// Fields to write into.
    pub texts: Vec<String>,
    /// Buttons that carry a value.
    pub buttons: Vec<(String, String)>,
}

impl Form {
    /// The same form with a field set.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The body that a browser would send.
    pub(super) fn body(&self) -> String {
        let pairs: Vec<String> =
            self.fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        pairs.join("&")
    }
}

/// The forms of a page that are posted.
pub(super) fn forms(html: &str) -> Vec<Form> {
    html.split("<form").skip(1).filter_map(|rest| form(rest.split("</form").next().unwrap_or(rest))).collect()
}

fn form(text: &str) -> Option<Form> {
    let (head, inside) = text.split_once('>')?;
    if !attribute(head, "method").is_some_and(|method| method.eq_ignore_ascii_case("post")) {
        return None;
    }
    let mut form = Form { action: attribute(head, "action")?, ..Form::default() };
    let mut open: Vec<(String, String)> = Vec::new();
    for tag in inside.split('<').filter_map(|piece| piece.split('>').next()) {
        let Some(name) = attribute(tag, "name") else { continue };
        let value = attribute(tag, "value").unwrap_or_default();
        let kind = attribute(tag, "type").unwrap_or_default();
        if tag.starts_with("button") {
            form.buttons.push((name, value));
        } else if tag.starts_with("textarea") {
            form.texts.push(name.clone());
            form.fields.push((name, value));
        } else if tag.starts_with("input") {
            match kind.as_str() {
                "radio" if !has(tag, "checked") => open.push((name, value)),
                "checkbox" if !has(tag, "checked") => {}
                _ => form.fields.push((name, value)),
            }
        } else if tag.starts_with("select") {
            form.fields.push((name, first_option(inside).unwrap_or_default()));
        }
    }
    // Where nothing is chosen, a person chooses; the first will do.
    for (name, value) in open {
        if !form.fields.iter().any(|(known, _)| *known == name) {
            form.fields.push((name, value));
        }
    }
    Some(form)
}

fn first_option(text: &str) -> Option<String> {
    let tag = text.split("<option").skip(1).filter_map(|rest| rest.split('>').next());
    tag.filter_map(|tag| attribute(tag, "value")).find(|value| !value.is_empty())
}

/// The first link whose address holds `part`.
pub(super) fn link(html: &str, part: &str) -> Option<String> {
    let tags = html.split("<a ").skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter_map(|tag| attribute(&format!(" {tag}"), "href")).find(|href| href.contains(part))
}

fn has(tag: &str, name: &str) -> bool {
    tag.split_whitespace().any(|word| word.split('=').next() == Some(name))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let value = rest.split('"').next()?;
    Some(value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let letter = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_sent_as_a_browser_would() {
        let page = r#"<a class="way" href="/s/T/appeal?x=1&amp;y=2">提</a><form method="get" action="/find"><input name="q"></form>
            <form class="x" method="post" action="/s/T"><input type="hidden" name="ticket" value="A+B"/>
            <input type="radio" name="n" id="n1" value="1" checked/><input type="radio" name="n" value="2"/>
            <textarea name="words" rows="3"></textarea><button type="submit" name="act" value="raise:consult">x</button></form>"#;
        let forms = forms(page);
        assert_eq!(forms.len(), 1, "a search is not a change");
        let form = forms[0].clone();
        assert_eq!(form.action, "/s/T");
        assert_eq!(form.texts, ["words"]);
        assert_eq!(form.buttons, [("act".to_owned(), "raise:consult".to_owned())]);
        assert_eq!(form.with("words", "灯 坏").body(), "ticket=A%2BB&n=1&words=%E7%81%AF%20%E5%9D%8F");
        assert_eq!(link(page, "/appeal").as_deref(), Some("/s/T/appeal?x=1&y=2"));
        assert_eq!(link(page, "/map"), None);
    }
}
