//! Texts of the suggestions on the page of a call: what the last Saturdays left undone.

use kaishi_domain::appeal::Category;
use kaishi_domain::demand::Source;

use crate::words::appeal::Categories;
use crate::words::words;

words! {
    /// The suggestions.
    Demands {
        title "前几场留下的需要" "What the last Saturdays left";
        why "没办结的诉求、没排上的队、评价偏低的服务。只是提醒，上不上榜由您定。" "Appeals not settled, queues too long, low ratings. Reminders only: you decide what is posted.";
        want "上榜" "Post it";
        wanted "已上榜" "Posted";
        dismiss "不上榜" "Put aside";
        reason "理由" "Reason";
        dismissed "已搁下" "Put aside";
        reopen "再看看" "Take up again";
        reason_missing "搁下要写理由，120 字以内。" "Putting it aside needs a reason of at most 120 characters.";
        decided "这一条刚才有人定了，请看现在的样子。" "Somebody has just decided it; this is how it stands now.";
        gone "这一条已经不在了：事情办结了。" "It is gone: the matter was settled.";
        policy "政策咨询" "Advice on rules";
        helping "便民帮办" "A helping hand";
        hearing "投诉接待" "Hearing complaints";
        agents "代办跑腿" "Errands";
        mediation "人民调解" "Mediation";
        repairs "水电气热检修" "Repairs of utilities";
        wishes "微心愿认领" "Small wishes";
        hazards "安全隐患排查" "Finding hazards";
    }
}

impl Demands {
    /// What would be posted: a service that meets it.
    pub fn want_title(self, source: &Source) -> String {
        match source {
            Source::Queue { sign, .. } | Source::Rating { sign, .. } => sign.clone(),
            Source::Appeals { category, .. } => match category {
                Category::Consult | Category::Suggestion => self.policy(),
                Category::Help => self.helping(),
                Category::Complaint => self.hearing(),
                Category::Agent => self.agents(),
                Category::Mediation => self.mediation(),
                Category::Utility => self.repairs(),
                Category::Wish => self.wishes(),
                Category::Danger => self.hazards(),
            }
            .to_owned(),
        }
    }

    /// Why, and how many, in one sentence. It goes into the call too, so it names nobody and nothing.
    pub fn because(self, source: &Source) -> String {
        let (zh, en) = match source {
            Source::Appeals { category, open, given_up } => {
                let name = Categories(self.0).name(*category);
                let both = |zh: bool| match (open, given_up, zh) {
                    (0, n, true) => format!("“{name}”有 {n} 件说办不了"),
                    (n, 0, true) => format!("“{name}”有 {n} 件还没办结"),
                    (n, m, true) => format!("“{name}”有 {n} 件还没办结，{m} 件说办不了"),
                    (0, n, false) => format!("{name}: {n} that nobody could settle"),
                    (n, 0, false) => format!("{name}: {n} still open"),
                    (n, m, false) => format!("{name}: {n} still open, {m} that nobody could settle"),
                };
                (both(true), both(false))
            }
            Source::Queue { turned_away, left, waiting, .. } => {
                let parts = |words: [&str; 3]| {
                    let counts = [turned_away, left, waiting];
                    let told = counts.into_iter().zip(words).filter(|(n, _)| **n > 0);
                    told.map(|(n, word)| format!("{n} {word}")).collect::<Vec<_>>()
                };
                let zh = parts(["人没有号了", "人等不及退了号", "人到收市还在等"]).join("，");
                let en = parts(["found no number", "gave theirs back", "still waited at closing"]).join(", ");
                (format!("上一场排队：{zh}"), format!("Queue of the last one: {en}"))
            }
            Source::Rating { rated, discontent, .. } => (
                format!("上一场评了 {rated} 次，{discontent} 次不满意"),
                format!("Last time rated {rated} times, {discontent} not content"),
            ),
        };
        self.0.pick(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn each_suggestion_says_why_and_how_many() {
        let words = Demands(Lang::Zh);
        let appeals = |open, given_up| Source::Appeals { category: Category::Help, open, given_up };
        let queue = |turned_away, left, waiting| Source::Queue {
            sign: "健康义诊".into(),
            turned_away,
            left,
            waiting,
        };
        for (source, title, because) in [
            (appeals(6, 0), "便民帮办", "“求助”有 6 件还没办结"),
            (appeals(0, 2), "便民帮办", "“求助”有 2 件说办不了"),
            (appeals(6, 2), "便民帮办", "“求助”有 6 件还没办结，2 件说办不了"),
            (queue(12, 0, 5), "健康义诊", "上一场排队：12 人没有号了，5 人到收市还在等"),
            (queue(0, 3, 0), "健康义诊", "上一场排队：3 人等不及退了号"),
        ] {
            assert_eq!(
                (words.want_title(&source).as_str(), words.because(&source).as_str()),
                (title, because)
            );
        }
    }
}
