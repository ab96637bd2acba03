//! Texts of the quarter of an hour: neighbourhoods and the grounds near them.

use kaishi_domain::Refusal;
use kaishi_domain::season::reach::{MOST, MOST_NAME};

use crate::words::words;

words! {
    /// Which neighbourhoods the Saturdays reach.
    Reach {
        title "15 分钟便民圈" "Within a quarter of an hour";
        why "哪些小区、网格走 15 分钟能到市集，开过几场。由熟悉街巷的人填，不用居民的住址。" "Which neighbourhoods reach a market on foot, and how often one was held. Typed by those who know the streets; no resident's address is used.";
        none "还没有填小区。" "No neighbourhoods yet.";
        name "小区、网格" "Neighbourhood";
        ground "附近的场地" "Ground near it";
        held "开过几场" "Markets held";
        last "最近一场" "The last one";
        nothing "附近还没有" "none near";
        never "还没开过" "never";
        covered "有市集的" "Reached";
        list "一行一个：小区：场地。场地空着，就是附近没有。" "One a line, neighbourhood: ground. Without a ground nothing is near.";
        example "例如 诗园小区：诗园广场" "For example Poetry Court: Poetry Square";
        save "保存" "Save";
        grounds "场地的名字" "Names of the grounds";
    }
}

impl Reach {
    /// `12 个里有 9 个`
    pub fn share(self, of: usize, covered: usize) -> String {
        self.0.pick(format!("{of} 个里有 {covered} 个"), format!("{covered} of {of}"))
    }

    /// What is wrong with a line.
    pub fn wrong(self, line: &str, refusal: &Refusal) -> String {
        let line: String = line.chars().take(40).collect();
        match refusal {
            Refusal::Missing("ground") => self
                .0
                .pick(format!("“{line}”：没有这个场地。"), format!("“{line}”: there is no such ground.")),
            Refusal::Taken(_) => {
                self.0.pick(format!("“{line}”：写了两次。"), format!("“{line}” stands there twice."))
            }
            Refusal::TooLong("list") => self.0.pick(format!("最多 {MOST} 个。"), format!("At most {MOST}.")),
            _ => self.0.pick(
                format!("“{line}”：名字要写，最多 {MOST_NAME} 个字。"),
                format!("“{line}”: a name of at most {MOST_NAME} letters is needed."),
            ),
        }
    }
}
