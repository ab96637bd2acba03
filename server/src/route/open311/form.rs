//! The two forms of an answer, written from one tree: the names of the elements are those of `GeoReport` v2.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::No;

/// JSON or XML.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// `.json`
    Json,
    /// `.xml`
    Xml,
}

/// One record: its fields in the order of the specification. Lists inside name their entries.
pub(super) struct Record(pub(super) Vec<(&'static str, Field)>);

/// What a field holds.
pub(super) enum Field {
    /// Nothing is known.
    Null,
    /// A text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(i64),
    /// Further records, under the name of one.
    List(&'static str, Vec<Record>),
}

impl From<&str> for Field {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Field {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Self>> From<Option<T>> for Field {
    fn from(field: Option<T>) -> Self {
        field.map_or(Self::Null, Into::into)
    }
}

/// An answer.
pub(super) enum Wire {
    /// A list of records: name of the list, name of one.
    List(&'static str, &'static str, Vec<Record>),
    /// One record: its name.
    One(&'static str, Record),
}

impl Form {
    /// By the ending of an address.
    pub(super) fn of(ending: &str) -> Option<Self> {
        match ending {
            "json" => Some(Self::Json),
            "xml" => Some(Self::Xml),
            _ => None,
        }
    }

    /// The answer, or why there is none.
    pub(super) fn answer(self, wire: Result<Wire, No>) -> Response {
        match wire {
            Ok(wire) => self.write(StatusCode::OK, &wire),
            Err(no) => self.no(&no),
        }
    }

    /// Why there is no answer: a code and a sentence.
    pub(super) fn no(self, no: &No) -> Response {
        let (status, text) = match no {
            No::Bad(text) => (StatusCode::BAD_REQUEST, (*text).to_owned()),
            No::Key => (StatusCode::FORBIDDEN, "api_key was not provided or is not valid".to_owned()),
            No::Missing(what) => (StatusCode::NOT_FOUND, format!("{what} was not found")),
            No::Away => (StatusCode::SERVICE_UNAVAILABLE, "please try again later".to_owned()),
        };
        let error = Record(vec![
            ("code", Field::Number(i64::from(status.as_u16()))),
            ("description", Field::Text(text)),
        ]);
        let mut response = self.write(status, &Wire::List("errors", "error", vec![error]));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("5"));
        }
        response
    }

    fn write(self, status: StatusCode, wire: &Wire) -> Response {
        let (kind, body) = match self {
            Self::Json => ("application/json; charset=utf-8", as_json(wire).to_string()),
            Self::Xml => ("text/xml; charset=utf-8", as_xml(wire)),
        };
        (status, [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], body).into_response()
    }
}

fn as_json(wire: &Wire) -> Value {
    match wire {
        Wire::List(_, _, records) => records.iter().map(json_of).collect(),
        Wire::One(_, record) => json_of(record),
    }
}

fn json_of(record: &Record) -> Value {
    let value = |field: &Field| match field {
        Field::Null => Value::Null,
        Field::Text(text) => json!(text),
        Field::Flag(flag) => json!(flag),
        Field::Number(n) => json!(n),
        Field::List(_, records) => records.iter().map(json_of).collect(),
    };
    Value::Object(
        record.0.iter().map(|(name, field)| ((*name).to_owned(), value(field))).collect::<Map<_, _>>(),
    )
}

fn as_xml(wire: &Wire) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    match wire {
        Wire::List(list, one, records) => xml.push_str(&element(list, &records_of(one, records))),
        Wire::One(name, record) => xml.push_str(&element(name, &fields_of(record))),
    }
    xml
}

fn records_of(one: &str, records: &[Record]) -> String {
    records.iter().map(|record| element(one, &fields_of(record))).collect()
}

fn fields_of(record: &Record) -> String {
    let content = |field: &Field| match field {
        Field::Null => String::new(),
        Field::Text(text) => escaped(text),
        Field::Flag(flag) => flag.to_string(),
        Field::Number(n) => n.to_string(),
        Field::List(one, records) => records_of(one, records),
    };
    record.0.iter().map(|(name, field)| element(name, &content(field))).collect()
}

fn element(name: &str, content: &str) -> String {
    if content.is_empty() { format!("<{name}/>") } else { format!("<{name}>{content}</{name}>") }
}

/// As text of an element; characters that XML has no place for are left out.
fn escaped(text: &str) -> String {
    text.chars()
        .filter(
            |c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..),
        )
        .map(|c| match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tree_becomes_both_forms() {
        let inner = Record(vec![("key", "a".into()), ("name", "甲 <b> & c\u{0}".into())]);
        let record = Record(vec![
            ("service_code", "help".into()),
            ("metadata", Field::Flag(true)),
            ("order", Field::Number(1)),
            ("lat", Field::Null),
            ("values", Field::List("value", vec![inner])),
        ]);
        let wire = Wire::List("services", "service", vec![record]);
        assert_eq!(
            as_json(&wire).to_string(),
            "[{\"lat\":null,\"metadata\":true,\"order\":1,\"service_code\":\"help\",\"values\":[{\"key\":\"a\",\"name\":\"甲 <b> & c\\u0000\"}]}]"
        );
        assert!(as_xml(&wire).ends_with(
            "<services><service><service_code>help</service_code><metadata>true</metadata><order>1</order><lat/>\
             <values><value><key>a</key><name>甲 &lt;b&gt; &amp; c</name></value></values></service></services>"
        ));
    }
}
