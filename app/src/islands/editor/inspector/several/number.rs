//! Numbering several stalls anew: 1 2 3, A1 A2, by slogan zone, row by row or as one walks.

use std::cell::RefCell;
use std::rc::Rc;

use kaishi_domain::layout::{Edit, Prefix, Reading, Scheme};

use super::pair;
use crate::islands::editor::brush::option;
use crate::islands::editor::model::Model;
use crate::islands::live::Live;
use crate::islands::node::{Node, button, el, of};

/// What is asked for.
struct Form {
    kind: Live<String>,
    way: RefCell<String>,
    start: RefCell<String>,
    letters: RefCell<String>,
}

impl Form {
    fn scheme(&self) -> Scheme {
        let (kind, way) = (self.kind.read_untracked(), self.way.borrow());
        let prefix = match kind.as_str() {
            "zone" => Prefix::Zone,
            "letters" => Prefix::Letters(self.letters.borrow().clone()),
            _ => Prefix::None,
        };
        Scheme {
            prefix,
            by_zone: *kind == "by-zone",
            reading: if *way == "columns" { Reading::Columns } else { Reading::Rows },
            serpentine: *way == "walk",
            start: self.start.borrow().trim().parse().unwrap_or(1),
        }
    }
}

pub(super) fn number(model: Model, panel: Node) -> Node {
    let words = model.words;
    let form = Rc::new(Form {
        kind: Live::default(),
        way: RefCell::default(),
        start: RefCell::new("1".to_owned()),
        letters: RefCell::new("A".to_owned()),
    });
    let (kind, shown, way, start) = (form.clone(), form.clone(), form.clone(), form.clone());
    let lettered = move || {
        let letters = shown.clone();
        let own = shown.kind.with(|kind| kind == "letters").then(|| {
            let field = of("input", "short").attr("maxlength", "3").attr("value", &shown.letters.borrow());
            pair(
                words.letters(),
                field.typed(move |typed| typed.clone_into(&mut letters.letters.borrow_mut())),
            )
        });
        own.into_iter().collect()
    };
    let schemes = el("select")
        .child(option("", "1 2 3 …", false))
        .child(option("by-zone", words.by_zone(), false))
        .child(option("zone", words.zone_letter(), false))
        .child(option("letters", words.own_letters(), false))
        .changed(move |chosen| kind.kind.set(chosen.to_owned()));
    let ways = el("select")
        .child(option("rows", words.rows(), false))
        .child(option("walk", words.walk(), false))
        .child(option("columns", words.columns(), false))
        .changed(move |chosen| chosen.clone_into(&mut way.way.borrow_mut()));
    let first = of("input", "short")
        .attr("type", "number")
        .attr("inputmode", "numeric")
        .attr("min", "0")
        .attr("step", "1")
        .attr("value", "1")
        .typed(move |typed| typed.clone_into(&mut start.start.borrow_mut()));
    let act = move || {
        let stalls = model.chosen();
        let count = stalls.len();
        if model.edit(Edit::Number { stalls, scheme: form.scheme() }) {
            model.said.set(words.renumbered(count));
        }
    };
    panel
        .child(pair(words.scheme(), schemes))
        .hole(lettered)
        .child(pair(words.order(), ways))
        .child(pair(words.start(), first))
        .child(of("div", "verbs-row").child(button("small", act).text(words.renumber())))
}
