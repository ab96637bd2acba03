//! Texts of the call: what a Saturday wants, how units answer, what they are told.

use kaishi_domain::Refusal;
use kaishi_domain::call::{Decision, Policy, Risk, Side, State};
use kaishi_domain::unit::{Standing, Unit};

use crate::words::words;

words! {
    /// The organizer's page of the call.
    Call {
        title "揭榜" "The call";
        why "把这个周六缺什么写成榜，单位来揭榜、认领或请缨；先定好，再一起告知。" "Post what this Saturday wants; units bid, take a stall or offer. Decide first, then tell all together.";
        listed "已张榜" "Listed";
        closed "未张榜" "Not listed";
        over "已截止" "Closed for answers";
        deadline "截止" "Answers until";
        public "公开榜" "The public page";
        letter "榜文" "The call";
        intro "开头的话" "Introduction";
        intro_hint "例如：本周六 8:30 在诗园广场开市，缺义诊、法律咨询各一家，请各单位揭榜。" "For example: this Saturday at 8:30; a free clinic and legal advice are wanted.";
        rules "参市公约" "Market rules";
        rules_hint "单位报名时要勾选同意；不写就不用勾。" "Units accept them when they answer; leave empty for none.";
        policy "单位要退出时" "When a unit wants to leave";
        list_it "张榜，开始接受报名" "List it and take answers";
        save "存榜文" "Save the call";
        wants "榜上需求" "What is wanted";
        no_wants "还没有写需求。单位也可以认领空摊或请缨。" "Nothing is posted yet. Units can still take an open stall or offer.";
        want_add "加一条需求" "Post a want";
        want_title "要什么" "What";
        seats "要几家" "How many";
        detail "说明" "Details";
        remove "撤下" "Remove";
        left "还缺" "still wanted";
        claims "报名" "Answers";
        no_claims "还没有单位报名。把链接发到群里。" "Nobody has answered yet. Send the links round.";
        unit "单位" "Unit";
        own "自有服务" "own service";
        asks "报什么" "Asks for";
        brings "带来什么" "Brings";
        stands "现在" "Stands";
        decide "定夺" "Decide";
        accept "录用" "Accept";
        waitlist "候补" "Waitlist";
        decline "谢绝" "Decline";
        reason "理由" "Reason";
        reason_need "谢绝和取消要写理由，单位会看到。" "Declining and taking out need a reason; the unit reads it.";
        reconsider "改主意" "Undecide";
        strike "取消" "Take out";
        let_go "同意退出" "Let it go";
        keep "请它留下" "Keep it";
        tell "告知" "Tell";
        nothing_to_tell "没有要告知的。" "Nothing to tell.";
        message "给单位的话（复制到群里）" "Message for the unit, to paste";
        risks "开市前要盯的" "At risk before opening";
        no_risks "没有要盯的：录用的都确认了或已到场，也都有摊位。" "Nothing: whoever is accepted has confirmed or is here, and all have a stall.";
        nobody "名单上还没有单位。" "Nobody is on the roster yet.";
        push "推送这条提醒" "Send the reminder as a message";
        remind "提醒还没确认的（复制到群里）" "Remind those who have not confirmed, to paste";
        code "二维码" "QR code";
        links "单位链接" "Links of the units";
        links_why "一家一条，不用注册；谁拿着链接谁就能替这家报名，不要发错群。" "One a unit, no account. Whoever holds it answers for that unit: send it to the right people.";
        links_make "生成全部单位的链接" "Make a link for every unit";
        wrong_call "截止时间要写成年月日和钟点；开头的话最多 600 字，公约最多 2000 字。" "The deadline needs a date and a time; introduction up to 600 characters, rules up to 2000.";
        deadline_past "截止时间已经过了，请选现在以后的时间。" "This deadline is over already: choose a later time.";
        deadline_late "截止时间不能晚于开市时间，请改早一些。" "Answers must end before the market opens: choose an earlier time.";
        deadline_closing "市集已经开了，截止时间不能晚于收市时间。" "The market is open: answers must end before it closes.";
        wrong_want "要写清要什么（最多 40 字），家数 1 到 40，不能少于已录用的。" "Say what is wanted (up to 40 characters), 1 to 40 units, not fewer than are accepted.";
        want_answered "已经有单位揭榜，不能撤下；可以把家数改成已录用的数。" "Units have answered it; it cannot go.";
        barred "有单位未入选或已摘牌，不能录用，请先谢绝。" "A unit was refused or delisted and cannot be accepted: decline it first.";
        changed "刚才有人先改了，请看现在的样子。" "Somebody was first; this is how it stands now.";
    }
}

words! {
    /// What units read and fill in.
    Answer {
        title "报名参市" "Join this Saturday";
        to_call "报名、看榜" "Answer the call";
        not_listed "这个周六还没有张榜。" "This Saturday has no call yet.";
        over "报名已经截止。有事请找社区。" "Answers are closed. Please ask the community.";
        until "报名截止" "Answers until";
        mine "我们的报名" "Our answers";
        confirm "收到，我们来" "Yes, we come";
        leave "来不了" "We cannot come";
        leave_why "为什么（可不写）" "Why (optional)";
        wants "榜上需求（揭榜）" "What is wanted (bid)";
        bid "揭榜" "Bid";
        bidden "已揭榜" "You have bid";
        full "已满，可候补" "Full; you may wait";
        stalls "空着的摊位（认领）" "Open stalls (take one)";
        no_stalls "现在没有空摊位。" "No stall is open now.";
        take "认领" "Take";
        looked_at "别的单位正在看，稍后再试" "Another unit is looking at it";
        kept "这个摊位替您留到" "This stall is kept for you until";
        offer "自己有服务？请缨" "A service of your own? Offer it";
        offer_go "请缨" "Offer";
        name "招牌上写什么" "Name on the sign";
        services "做什么（用顿号分开）" "What you do (parted by semicolons)";
        power "用电（瓦，不用就空着）" "Power (W; empty for none)";
        water "要用水" "Running water";
        shelter "下雨要遮" "A roof in rain";
        step_free "轮椅要能到" "Reached by wheelchair";
        note "还想说的" "Anything else";
        agree "我们同意参市公约" "We accept the market rules";
        rules "参市公约" "Market rules";
        send "报名" "Send";
        back "不报了，回到榜上" "Back to the call";
        sent "报上了。结果会在这里，也会有人告知。" "Sent. The answer will stand here.";
        taken_it "认领好了，摊位是您的。" "The stall is yours.";
        lost "这个摊位刚被别的单位认领了。" "Another unit has just taken this stall.";
        held "别的单位正在看这个摊位，请稍后再试。" "Another unit is looking at this stall: try again later.";
        closed_stall "这个摊位现在不能认领。" "This stall cannot be taken now.";
        refused "您单位这次没有入选，不能报名。有疑问请找社区。" "Your unit was not chosen and cannot answer. Please ask the community.";
        delisted "您单位已摘牌，不能报名。有疑问请找社区。" "Your unit was delisted and cannot answer. Please ask the community.";
        archived "您单位已归档，不能报名。要恢复请找社区。" "Your unit was put aside and cannot answer. Please ask the community.";
        papers_first "请在开市前补好，交社区登记；没有它，不能做这一项。" "Please have it registered by the community before the market; without it you cannot offer this.";
        nearest "离它最近、也合适的是" "The nearest that fits is";
        none_fits "现在没有别的空摊位合适，可以请缨，社区来安排。" "No other open stall fits; offer instead and the community will place you.";
        twice "这一条已经报过了。" "You have already answered this one.";
        barred "您单位现在不能报名，请找社区。" "Your unit cannot answer now. Please ask the community.";
        must_agree "要先同意参市公约。" "The market rules must be accepted first.";
        wrong "招牌要写，最多 40 字；用电写 0 到 20000 的数。" "A sign is needed, up to 40 characters; power 0 to 20000.";
        answered "已经参加的单位" "Who comes";
        how "怎样参加" "How to join";
        how_why "每家单位有自己的链接，请向社区要。打开就能报名，不用注册。" "Every unit has a link of its own: ask the community. No account is needed.";
        any_zone "哪个专区都行" "any zone";
        outlet "有电" "power";
    }
}

impl Call {
    /// What a policy means.
    pub const fn policy_name(self, policy: Policy) -> &'static str {
        match (self.0, policy) {
            (super::Lang::Zh, Policy::Free) => "自己退，马上生效",
            (super::Lang::Zh, Policy::Booked) => "已录用的要我们同意",
            (super::Lang::Zh, Policy::All) => "都要我们同意",
            (super::Lang::En, Policy::Free) => "It goes at once",
            (super::Lang::En, Policy::Booked) => "Once accepted, we agree first",
            (super::Lang::En, Policy::All) => "We always agree first",
        }
    }

    /// `候补`
    pub fn state(self, state: &State) -> String {
        let (zh, en) = match state {
            State::New => ("待定".to_owned(), "new".to_owned()),
            State::Prepared { decision: Decision::Accept, .. } => {
                ("拟录用，未告知".into(), "to accept, not told".into())
            }
            State::Prepared { decision: Decision::Waitlist, .. } => {
                ("拟候补，未告知".into(), "to waitlist, not told".into())
            }
            State::Prepared { decision: Decision::Decline(why), .. } => {
                (format!("拟谢绝，未告知：{why}"), format!("to decline, not told: {why}"))
            }
            State::Accepted { .. } => ("已录用，等确认".into(), "accepted, not confirmed".into()),
            State::Confirmed { .. } => ("已确认".into(), "confirmed".into()),
            State::Waitlisted { .. } => ("候补".into(), "waitlisted".into()),
            State::Declined { reason } => (format!("未录用：{reason}"), format!("declined: {reason}")),
            State::Leaving { reason, .. } => (
                format!("想退出{}", because(reason, "：")),
                format!("asks to leave{}", because(reason, ": ")),
            ),
            State::Withdrawn { reason, by: Side::Unit } => {
                (format!("已退出{}", because(reason, "：")), format!("left{}", because(reason, ": ")))
            }
            State::Withdrawn { reason, by: Side::Organizer } => {
                (format!("已取消：{reason}"), format!("taken out: {reason}"))
            }
        };
        self.0.pick(zh, en)
    }

    /// How a unit sees its own: what is prepared is not told.
    pub fn told(self, state: &State) -> String {
        match state {
            State::Prepared { waits: Some(told), .. } => self.state(&State::Waitlisted { told: *told }),
            State::New | State::Prepared { .. } => {
                self.0.pick("已收到，等社区定".into(), "received, not decided".into())
            }
            other => self.state(other),
        }
    }

    /// The message that an organizer pastes; `None` while there is nothing to say.
    pub fn notice(self, market: &str, unit: &str, sign: &str, state: &State, link: &str) -> Option<String> {
        let (zh, en) = match state {
            State::Accepted { .. } => (
                format!("{unit}：您单位的“{sign}”已录用，参加{market}。请打开链接点“收到，我们来”：{link}"),
                format!("{unit}: your “{sign}” is accepted for {market}. Please confirm here: {link}"),
            ),
            State::Confirmed { .. } => (
                format!("{unit}：“{sign}”已确认参加{market}，到时见。摊位和需求看这里：{link}"),
                format!("{unit}: “{sign}” is confirmed for {market}. Stall and needs: {link}"),
            ),
            State::Waitlisted { .. } => (
                format!("{unit}：“{sign}”这次列为候补，有空位会自动递补并告诉您：{link}"),
                format!("{unit}: “{sign}” is on the waitlist and moves up by itself: {link}"),
            ),
            State::Declined { reason } => (
                format!("{unit}：谢谢报名“{sign}”。这次没有安排：{reason}。欢迎下个周六再来。"),
                format!("{unit}: thank you for offering “{sign}”. Not this time: {reason}."),
            ),
            _ => return None,
        };
        Some(self.0.pick(zh, en))
    }

    /// `告知 3 家`
    pub fn tell_all(self, count: usize) -> String {
        self.0.pick(format!("告知 {count} 家"), format!("Tell {count}"))
    }

    /// What may go wrong, in words.
    pub fn risk(self, risk: Risk) -> String {
        let (zh, en) = match risk {
            Risk::NoUnit => ("单位待定".to_owned(), "no unit".to_owned()),
            Risk::Silent(hours) => {
                (format!("告知 {hours} 小时还没确认"), format!("not confirmed for {hours} h"))
            }
            Risk::Leaving => ("想退出，等您定".into(), "asks to leave".into()),
            Risk::NoStall => ("还没有摊位".into(), "no stall yet".into()),
            Risk::StaysAway(times) => (format!("以前缺席 {times} 次"), format!("missed {times} before")),
        };
        self.0.pick(zh, en)
    }

    /// Why an act was refused.
    pub fn refused(self, refusal: &Refusal) -> &'static str {
        match refusal {
            Refusal::Missing("reason") | Refusal::TooLong("reason") => self.reason_need(),
            Refusal::NotAllowed => self.barred(),
            _ => self.changed(),
        }
    }

    /// Why a letter was refused.
    pub fn refused_letter(self, refusal: &Refusal) -> &'static str {
        match refusal {
            Refusal::Malformed("deadline in the past") => self.deadline_past(),
            Refusal::Malformed("deadline after opening") => self.deadline_late(),
            Refusal::Malformed("deadline after closing") => self.deadline_closing(),
            _ => self.wrong_call(),
        }
    }
}

impl Answer {
    /// Why a unit may not answer, for one that may not.
    pub const fn stays_out(self, unit: &Unit) -> Option<&'static str> {
        match &unit.standing {
            _ if unit.is_archived() => Some(self.archived()),
            Standing::Refused { .. } => Some(self.refused()),
            _ if !unit.may_enter() => Some(self.delisted()),
            _ => None,
        }
    }

    /// `离它最近、也合适的是 12 号。`
    pub fn nearest_is(self, no: &str) -> String {
        self.0.pick(format!("{} {no} 号。", self.nearest()), format!("{} {no}.", self.nearest()))
    }

    /// `改认领 12 号`
    pub fn instead(self, no: &str) -> String {
        self.0.pick(format!("改认领 {no} 号"), format!("Take {no} instead"))
    }
}

fn because(reason: &str, mark: &str) -> String {
    if reason.is_empty() { String::new() } else { format!("{mark}{reason}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use kaishi_domain::Moment;

    #[test]
    fn a_unit_is_not_told_what_is_only_prepared() {
        let no = State::Prepared { decision: Decision::Decline("满了".into()), waits: None };
        for lang in [Lang::Zh, Lang::En] {
            assert!(!Call(lang).told(&no).contains("满了"));
            assert!(Call(lang).state(&no).contains("满了"));
            assert_eq!(Call(lang).notice("市集", "单位", "义诊", &no, "/u/x"), None);
        }
        let waits = State::Waitlisted { told: Moment::from_millis(0) };
        assert!(Call(Lang::Zh).notice("市集", "单位", "义诊", &waits, "/u/x").unwrap().contains("自动递补"));
    }
}
