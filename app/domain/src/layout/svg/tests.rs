//! The map as a picture: what is drawn, and that nothing typed becomes markup.

use super::super::drawing::{Label, Labels, draw};
use super::super::tests::stall;
use super::super::{Layout, Stall};
use super::*;
use crate::ground::Ground;

fn drawn(name: &str) -> String {
    let ground = Ground::parse(include_str!("../../../../../server/demo/ground.json")).unwrap();
    let one = Stall { outlet: Some("o4".into()), zone: "B".into(), ..stall(9, 11.5, 7.0) };
    let label = Label { name: name.into(), unit: "爱心企业".into() };
    let labels = Labels { stalls: [(one.id, label)].into(), english: false };
    svg(&draw(&ground, &Layout::of([one]).unwrap(), &labels), "雨天 <图>")
}

#[test]
fn a_file_stands_alone() {
    let text = drawn("声画学堂");
    assert!(text.contains("<title>雨天 &lt;图&gt;</title>"));
    assert!(text.contains(">声画学堂</text>") && text.contains("净宽 4 m</text>"));
    for foreign in ["class=", "style", "var(", "href", "<script"] {
        assert!(!text.contains(foreign), "{foreign}");
    }
    for used in text.split("url(#").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        assert!(text.contains(&format!("id=\"{used}\"")), "{used}");
    }
}

#[test]
fn a_name_never_becomes_markup() {
    let text = drawn("<b>&\u{7}");
    assert!(text.contains(">&lt;b&gt;&amp;</text>"), "{text}");
}

#[test]
fn every_element_is_closed() {
    let text = drawn("声画学堂");
    let mut open: Vec<&str> = Vec::new();
    for tag in text.split('<').skip(1) {
        let inside = tag.split('>').next().unwrap();
        let name = inside.trim_start_matches('/').split([' ', '/']).next().unwrap();
        if inside.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{inside}");
        } else if !inside.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}
