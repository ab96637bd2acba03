//! What organizers are told of the answers to a call before and after they tell the units, and the text that reminds
//! those.

use kaishi_domain::call::GRACE;

use super::call::Call;

impl Call {
    /// The texts that remind units to confirm: one for those whose stall is kept, one for those who have none yet. A
    /// unit is named once.
    pub fn reminders(self, market: &str, (kept, without): (&[&str], &[&str])) -> Vec<String> {
        let names = |units: &[&str]| units.join(self.0.pick("、", ", "));
        let kept = (!kept.is_empty()).then(|| {
            let names = names(kept);
            self.0.pick(
                format!("{names}：{market}的摊位已为您留好，请打开您单位的链接点“收到，我们来”；来不了也请点一下，好让候补的单位来。"),
                format!("{names}: your stalls for {market} are kept. Please open your link and confirm, or say that you cannot come, so that those who wait can."),
            )
        });
        let without = (!without.is_empty()).then(|| {
            let names = names(without);
            self.0.pick(
                format!("{names}：{market}已录用您单位，摊位排好就告诉您，请打开您单位的链接点“收到，我们来”；来不了也请点一下，好让候补的单位来。"),
                format!("{names}: you are accepted for {market}, and your stall will be told. Please open your link and confirm, or say that you cannot come, so that those who wait can."),
            )
        });
        kept.into_iter().chain(without).collect()
    }

    /// `2 家告知不到 6 小时，还没确认。`
    pub fn fresh(self, units: usize) -> String {
        self.0.pick(
            format!("{units} 家告知不到 {GRACE} 小时，还没确认。"),
            format!("{units} told less than {GRACE} h ago, not confirmed yet."),
        )
    }

    /// `“健康义诊”还缺 1 家，拟录用 2 家：先报名的录用，后面的 1 家转为候补。`
    pub fn too_many(self, title: &str, left: i64, accepted: i64) -> String {
        let (left, over) = (left.max(0), accepted - left.max(0));
        self.0.pick(
            format!("“{title}”还缺 {left} 家，拟录用 {accepted} 家：先报名的录用，后面的 {over} 家转为候补。"),
            format!("“{title}” wants {left} more and {accepted} are to be accepted: the first are, {over} will wait."),
        )
    }

    /// `已告知 3 家，其中候补 1 家。`
    pub fn told_all(self, told: usize, waits: usize) -> String {
        if waits == 0 {
            return self.0.pick(format!("已告知 {told} 家。"), format!("{told} told."));
        }
        self.0.pick(
            format!("已告知 {told} 家，其中候补 {waits} 家。"),
            format!("{told} told, {waits} of them wait."),
        )
    }

    /// `12 号摊不合适：要用水，场地没有水源`
    pub fn ill_placed(self, no: &str, why: &str) -> String {
        self.0.pick(format!("{no} 号摊不合适：{why}"), format!("Stall {no} does not do: {why}"))
    }

    /// `这家占了 2 个摊位：11、12`
    pub fn several(self, numbers: &[&str]) -> String {
        let (many, numbers) = (numbers.len(), numbers.join(self.0.pick("、", ", ")));
        self.0.pick(
            format!("这家占了 {many} 个摊位：{numbers}"),
            format!("This unit has {many} stalls: {numbers}"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_stall_is_promised_only_to_whom_it_is_kept_for() {
        let words = Call(Lang::Zh);
        let told = words.reminders("周六市集", (&["义诊队"], &["理发队", "书画社"]));
        assert_eq!(told.len(), 2);
        assert!(told[0].starts_with("义诊队：") && told[0].contains("摊位已为您留好"));
        assert!(told[1].starts_with("理发队、书画社：") && !told[1].contains("已为您留好"));
        assert!(words.reminders("周六市集", (&[], &[])).is_empty());
    }

    #[test]
    fn how_many_will_wait_is_told_before() {
        let words = Call(Lang::Zh);
        assert!(words.too_many("义诊", 1, 3).contains("后面的 2 家转为候补"));
        assert!(words.too_many("义诊", -1, 1).contains("还缺 0 家"));
        assert_eq!(words.told_all(3, 0), "已告知 3 家。");
        assert_eq!(words.told_all(3, 1), "已告知 3 家，其中候补 1 家。");
    }
}
