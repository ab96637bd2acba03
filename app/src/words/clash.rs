//! Two versions of one stall in words: only what differs.

use kaishi_domain::layout::{Clash, Stall};

use crate::words::layout::Editor;

impl Editor {
    /// `别人刚改了 3 个摊位`
    pub fn theirs_changed(self, stalls: usize) -> String {
        let Self(lang) = self;
        let many = if stalls == 1 { "stall" } else { "stalls" };
        lang.pick(format!("别人刚改了 {stalls} 个摊位"), format!("Somebody has just changed {stalls} {many}"))
    }

    /// `15 号刚被另一张图的摊位用了，现在改成 16 号；其余改动都在，照样保存。`
    pub fn renamed<'a>(self, numbers: impl Iterator<Item = (&'a str, &'a str)>) -> String {
        let Self(lang) = self;
        let all: Vec<String> = numbers
            .map(|(was, is)| {
                lang.pick(
                    format!("{was} 号刚被另一张图的摊位用了，现在改成 {is} 号"),
                    format!(
                        "A stall of the other plan has just been numbered {was}, so this one is {is} now"
                    ),
                )
            })
            .collect();
        lang.pick(
            format!("{}；其余改动都在，照样保存。", all.join("，")),
            format!("{}; everything else is kept and saved.", all.join(", ")),
        )
    }

    /// `6 · 我的：位置 36.40, 11.00 · 对方：位置 34.00, 11.00`
    pub fn versions(self, clash: &Clash) -> String {
        let Self(lang) = self;
        let (mine, theirs) = (clash.mine.as_ref(), clash.theirs.as_ref());
        let no = theirs.or(mine).map_or("", |stall| stall.no.as_str());
        let (me, them, colon) = lang.pick(("我的", "对方", "："), ("mine", "theirs", ": "));
        let (one, other) = (self.version(mine, theirs), self.version(theirs, mine));
        format!("{no} · {me}{colon}{one} · {them}{colon}{other}")
    }

    /// What one version is, where the other is not the same.
    fn version(self, this: Option<&Stall>, other: Option<&Stall>) -> String {
        let Self(lang) = self;
        let Some(stall) = this else { return self.gone().to_owned() };
        let differs = |part: fn(&Stall) -> String| {
            let here = part(stall);
            (other.is_none_or(|other| part(other) != here)).then_some(here)
        };
        let named = |zh: &str, en: &str, part: fn(&Stall) -> String| {
            differs(part).map(|here| format!("{} {here}", lang.pick(zh, en)))
        };
        let whether = |zh: &str, en: &str, part: fn(&Stall) -> String| {
            differs(part).map(|_| lang.pick(zh, en).to_owned())
        };
        let (open, close) = if stall.locked { ("锁着", "locked") } else { ("没锁", "unlocked") };
        let parts = [
            named("编号", "number", |stall| stall.no.clone()),
            named("位置", "at", |stall| format!("{:.2}, {:.2} m", stall.x, stall.y)),
            named("大小", "size", |stall| format!("{:.2} × {:.2} m", stall.w, stall.d)),
            named("转角", "angle", |stall| format!("{}°", stall.angle)),
            differs(|stall| stall.facing.to_string())
                .map(|_| format!("{} {}", lang.pick("朝", "faces"), self.sky(stall.facing))),
            named("分区", "zone", |stall| stall.zone.clone()),
            named("电源", "power", |stall| stall.outlet.clone().unwrap_or_else(|| "—".into())),
            whether(open, close, |stall| stall.locked.to_string()),
            whether("编组不同", "another group", |stall| stall.group.clone().unwrap_or_default()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        // The same version twice: somebody else has the number that mine needs.
        if parts.is_empty() { stall.no.clone() } else { parts.join(lang.pick("，", ", ")) }
    }
}

#[cfg(test)]
mod tests {
    use kaishi_domain::{Moment, StallId};

    use crate::words::Lang;

    use super::*;

    fn stall(x: f64) -> Stall {
        Stall {
            id: StallId::new(Moment::from_millis(1_700_000_000_000), [6; 10]),
            no: "6".into(),
            zone: "A".into(),
            x,
            y: 11.0,
            w: 3.0,
            d: 3.0,
            angle: 0.0,
            facing: 270.0,
            outlet: None,
            locked: false,
            group: None,
        }
    }

    #[test]
    fn only_what_differs_is_told() {
        let mut theirs = stall(34.0);
        theirs.locked = true;
        let clash = Clash { stall: theirs.id, mine: Some(stall(36.4)), theirs: Some(theirs) };
        assert_eq!(
            Editor(Lang::Zh).versions(&clash),
            "6 · 我的：位置 36.40, 11.00 m，没锁 · 对方：位置 34.00, 11.00 m，锁着"
        );
        let gone = Clash { theirs: None, ..clash };
        assert!(Editor(Lang::En).versions(&gone).ends_with("theirs: deleted"));
    }

    #[test]
    fn a_number_that_another_has_is_one_sentence() {
        let said = Editor(Lang::Zh).renamed([("15", "16")].into_iter());
        assert_eq!(said, "15 号刚被另一张图的摊位用了，现在改成 16 号；其余改动都在，照样保存。");
    }
}
