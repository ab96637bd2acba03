//! What the audit trail says was changed, in words: the names of columns, and their values where a word exists.

use kaishi_domain::Moment;
use kaishi_domain::call::Policy;
use kaishi_domain::entry::Way;
use kaishi_domain::unit::vetting::Step;
use kaishi_domain::unit::{Card, Credential, Flow, Service, UnitKind};

use crate::words::call::Call;
use crate::words::entry::Roster;
use crate::words::unit::Units;
use crate::words::vetting::Vetting;
use crate::words::words;

words! {
    /// Words that stand for values.
    Columns {
        yes "是" "yes";
        no "否" "no";
        part "；" "; ";
        empty "空" "nothing";
    }
}

/// The first moment that is taken for one, 2001-09-09: smaller numbers are figures.
const FIRST: i64 = 1_000_000_000_000;

impl Columns {
    /// `报名截止`, from the column `deadline`.
    pub fn name(self, column: &str) -> Option<&'static str> {
        let (zh, en) = match column {
            "absent_at" => ("记为未到", "noted as absent"),
            "arrived_at" => ("到场", "arrived"),
            "attendance" => ("预计人数", "expected"),
            "body" => ("正文", "text"),
            "came" => ("进来", "came in"),
            "capacity" => ("最多几人", "at most"),
            "card" => ("三亮", "card"),
            "category" => ("类别", "category"),
            "contact_role" => ("联系人角色", "contact role"),
            "credentials" => ("资质", "credentials"),
            "deadline" => ("报名截止", "answers until"),
            "decision" => ("决定", "decision"),
            "detail" => ("说明", "detail"),
            "district" => ("街道", "sub-district"),
            "dropped_at" => ("撤下", "taken away"),
            "expires_at" | "until_at" => ("到什么时候", "until"),
            "flow" => ("人流", "visitors"),
            "heat_shade" => ("高温遮阴", "shade from"),
            "heat_stop" => ("高温停市", "heat stop"),
            "helpers" => ("协办", "helpers"),
            "intro" => ("邀请的话", "words of invitation"),
            "kind" => ("种类", "kind"),
            "lead_id" | "lead_unit" => ("主办单位", "lead unit"),
            "lead_role" => ("铺长角色", "lead's role"),
            "listed" => ("张榜", "posted"),
            "minutes" => ("分钟", "minutes"),
            "name" => ("名称", "name"),
            "needs" => ("需求", "needs"),
            "opening" => ("开放时间", "opening hours"),
            "partners" => ("成员", "partners"),
            "place" | "whereabouts" => ("在哪里", "where"),
            "policy" => ("怎样退出", "how to withdraw"),
            "retired_at" => ("不再用", "out of use"),
            "revision" => ("第几版", "version"),
            "revoked_at" => ("停用", "revoked"),
            "role" => ("角色", "role"),
            "rules" => ("规则", "rules"),
            "services" => ("服务", "services"),
            "stall_id" => ("摊位", "stall"),
            "state" => ("状态", "state"),
            "title" => ("标题", "title"),
            "unit_id" => ("单位", "unit"),
            "url" => ("网址", "address"),
            "way" => ("方式", "way"),
            "weather" => ("天气", "weather"),
            "went" => ("出去", "went out"),
            "wind_stop" => ("大风停市", "wind stop"),
            "wishes" => ("想要的摊位", "wished stalls"),
            "words" => ("内容", "words"),
            "zone" => ("专区", "zone"),
            _ => return None,
        };
        Some(self.0.pick(zh, en))
    }

    /// A value of a column in words; nothing where it reads as it is. `noun` is what was changed, the first part of
    /// the verb; `clock` tells a moment.
    pub fn value(
        self,
        (noun, column): (&str, &str),
        value: &str,
        clock: impl Fn(Moment) -> String,
    ) -> Option<String> {
        let Self(lang) = self;
        match (noun, column) {
            (_, "deadline") => moment(value).map(clock),
            (_, at) if at.ends_with("_at") => moment(value).map(clock),
            ("call", "listed") => self.flag(value),
            ("call", "policy") => Some(Call(lang).policy_name(Policy::from_code(value).ok()?).to_owned()),
            ("entry", "way") => Some(Roster(lang).way_name(Way::from_code(value).ok()?).to_owned()),
            ("unit", "kind") => Some(Units(lang).kind_name(UnitKind::from_code(value).ok()?).to_owned()),
            ("unit", "flow") => Some(Units(lang).flow_name(Flow::from_code(value).ok()?).to_owned()),
            ("unit", "services") => {
                let services: Vec<Service> = serde_json::from_str(value).ok()?;
                Some(self.list(services.into_iter().map(|service| service.name)))
            }
            ("unit", "credentials") => {
                let papers: Vec<Credential> = serde_json::from_str(value).ok()?;
                let name = |paper: Credential| {
                    format!("{} {}", Units(lang).credential_name(paper.kind), paper.valid_until)
                };
                Some(self.list(papers.into_iter().map(name)))
            }
            ("unit", "card") => {
                let Card { identity, duty, pledge } = serde_json::from_str(value).ok()?;
                Some(self.list([identity, duty, pledge].into_iter().filter(|text| !text.is_empty())))
            }
            _ => match value {
                "true" => Some(self.yes().to_owned()),
                "false" => Some(self.no().to_owned()),
                list => Some(self.list(serde_json::from_str::<Vec<String>>(list).ok()?.into_iter())),
            },
        }
    }

    /// A step of vetting, as the trail keeps it: `摘牌：两次投诉推销`.
    pub fn step(self, noun: &str, detail: &str) -> Option<String> {
        let step: Step = (noun == "unit").then(|| serde_json::from_str(detail).ok()).flatten()?;
        let done = Vetting(self.0).done(step.verb());
        Some(format!("{done}{}{}", self.0.pick("：", ": "), step.words()))
    }

    fn flag(self, value: &str) -> Option<String> {
        match value {
            "1" | "true" => Some(self.yes().to_owned()),
            "0" | "false" => Some(self.no().to_owned()),
            _ => None,
        }
    }

    fn list(self, items: impl Iterator<Item = String>) -> String {
        let items: Vec<String> = items.collect();
        if items.is_empty() { self.empty().to_owned() } else { items.join(self.part()) }
    }
}

fn moment(value: &str) -> Option<Moment> {
    value.parse().ok().filter(|millis| *millis >= FIRST).map(Moment::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn values_of_machines_are_told_in_words() {
        let told = |noun: &str, column: &str, value: &str| {
            Columns(Lang::Zh).value((noun, column), value, |at| format!("T{}", at.millis()))
        };
        for (noun, column, value, words) in [
            ("call", "deadline", "1795831200000", "T1795831200000"),
            ("entry", "arrived_at", "1795831200000", "T1795831200000"),
            ("call", "policy", "free", "自己退，马上生效"),
            ("call", "listed", "1", "是"),
            ("call", "listed", "0", "否"),
            ("unit", "kind", "branch", "党支部"),
            (
                "unit",
                "services",
                r#"[{"name":"书画","category":"culture","audiences":[]},"义诊"]"#,
                "书画；义诊",
            ),
            ("unit", "card", r#"{"identity":"协会","duty":"","pledge":"不收费"}"#, "协会；不收费"),
            ("entry", "wishes", r#"["3","4"]"#, "3；4"),
            ("safety", "open", "true", "是"),
        ] {
            assert_eq!(told(noun, column, value).as_deref(), Some(words), "{noun} {column}");
        }
        for (noun, column, value) in
            [("call", "intro", "诚邀"), ("safety", "attendance", "1"), ("entry", "arrived_at", "12")]
        {
            assert_eq!(told(noun, column, value), None, "{noun} {column}");
        }
        let step = r#"{"verb":"vet","why":"口碑好"}"#;
        assert_eq!(Columns(Lang::Zh).step("unit", step).as_deref(), Some("入选：口碑好"));
        assert_eq!(Columns(Lang::Zh).step("claim", step), None);
        assert_eq!(Columns(Lang::Zh).name("deadline"), Some("报名截止"));
    }
}
