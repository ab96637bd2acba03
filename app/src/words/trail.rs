//! Texts of the audit trail: what was done, in words, from the verb that the trail keeps.

use crate::words::words;

words! {
    /// The audit trail.
    Trail {
        title "操作记录" "Audit trail";
        why "谁在什么时候做了什么。只增不改。" "Who did what and when. Rows are added, never changed.";
        at "时间" "When";
        actor "谁" "Who";
        deed "做了什么" "What";
        detail "内容" "Detail";
        earlier "更早的" "Earlier";
        newest "最新的" "Newest";
        own_only "这里只有您自己做过的。" "Here are your own acts alone.";
        own_link "我做过的操作" "What I have done";
        none "还没有记录。" "No rows yet.";
        nothing "空" "empty";
    }
}

impl Trail {
    /// `诉求：登记`, from the verb `appeal.raise`; nothing for a verb that has no words.
    pub fn deed_of(self, verb: &str) -> Option<String> {
        let (noun, act) = verb.split_once('.').unwrap_or((verb, ""));
        let noun = self.noun(noun)?;
        if act.is_empty() {
            return Some(noun.to_owned());
        }
        let act = self.act(act)?;
        Some(self.0.pick(format!("{noun}：{act}"), format!("{noun}: {act}")))
    }

    /// `居民`, from the kind of an actor that is no account: `resident`, `stall`.
    pub fn actor_of(self, kind: &str) -> Option<&'static str> {
        let (zh, en) = match kind {
            "resident" => ("居民", "Resident"),
            "stall" => ("摊位手机", "Stall phone"),
            "device" | "link" => ("志愿者手机", "Staff phone"),
            "unit" => ("单位", "Unit"),
            "cell" => ("十邻铺铺长", "Cell lead"),
            "system" => ("系统", "System"),
            "retention" => ("到期清理", "Retention"),
            "operator" => ("平台运维", "Operator"),
            _ => return None,
        };
        Some(self.0.pick(zh, en))
    }

    fn noun(self, noun: &str) -> Option<&'static str> {
        let (zh, en) = match noun {
            "account" => ("账号", "Account"),
            "announce" => ("广播", "Announcement"),
            "appeal" => ("诉求", "Appeal"),
            "assignment" => ("排摊", "Assignment"),
            "bulletin" => ("简报", "Bulletin"),
            "call" => ("揭榜", "Call"),
            "campaign" => ("行动", "Campaign"),
            "booking" => ("场地预约", "Booking"),
            "capacity" => ("场地容量", "Capacity"),
            "cell" | "neighbourhoods" => ("十邻铺", "Cells"),
            "claim" => ("报名", "Claim"),
            "crowd" => ("到场人数", "Crowd"),
            "demand" => ("需求建议", "Suggested need"),
            "device" => ("计数手机", "Staff phone"),
            "duty" => ("责任田", "Duty map"),
            "entry" => ("参市单位", "Entry"),
            "feed" => ("日历订阅", "Calendar feed"),
            "grid" => ("网格", "Grid"),
            "ground" => ("场地", "Ground"),
            "holiday" => ("调休", "Holidays"),
            "identity" => ("统一身份", "Identity"),
            "incident" => ("隐患和事件", "Incident"),
            "key" => ("主密钥", "Master key"),
            "layout" => ("摊位图", "Map"),
            "link" => ("链接", "Link"),
            "market" => ("周六", "Saturday"),
            "open_key" => ("开放接口", "Open interface"),
            "organization" => ("组织", "Organization"),
            "outbox" | "webhook" => ("消息推送", "Webhook"),
            "pace" => ("登记快慢", "Pace"),
            "paper" => ("纸质登记", "Paper tally"),
            "pass" => ("答题券", "Quiz pass"),
            "person" => ("人员", "Person"),
            "plan" => ("晴雨切换", "Plan"),
            "poster" => ("海报", "Poster"),
            "print" => ("打印", "Print"),
            "preflight" => ("开市前", "Preflight"),
            "queue" => ("取号", "Queue"),
            "quiz" => ("题库", "Quiz"),
            "record" => ("没收下的记录", "Refused record"),
            "resource" => ("可约场地", "Place to book"),
            "review" => ("待核", "Review"),
            "reward" => ("奖励", "Reward"),
            "safety" => ("安全", "Safety"),
            "second" => ("两步登录", "Second step"),
            "stage" => ("开市收市", "Stage"),
            "stall" => ("摊位", "Stall"),
            "standing_poster" => ("长期海报", "Standing poster"),
            "template" => ("答复模板", "Template"),
            "unit" => ("单位", "Unit"),
            "want" => ("榜上需求", "Need"),
            "weather" => ("天气", "Weather"),
            _ => return None,
        };
        Some(self.0.pick(zh, en))
    }

    fn act(self, act: &str) -> Option<&'static str> {
        self.common(act).or_else(|| self.appealed(act)).or_else(|| self.decided(act))
    }

    /// What is done to things of many kinds.
    fn common(self, act: &str) -> Option<&'static str> {
        let (zh, en) = match act {
            "add" | "make" => ("新建", "made"),
            "archive" => ("归档", "put aside"),
            "restore" => ("恢复", "brought back"),
            "put" | "set" | "write" => ("定下", "set"),
            "edit" | "change" | "describe" => ("修改", "changed"),
            "save" => ("保存", "saved"),
            "drop" | "remove" | "retire" => ("撤下", "taken away"),
            "revoke" => ("停用", "revoked"),
            "renew" | "rotate" | "relink" => ("换新", "renewed"),
            "move" => ("移动", "moved"),
            "withdraw" => ("退出", "withdrawn"),
            "on" => ("打开", "switched on"),
            "off" => ("关闭", "switched off"),
            "end" => ("结束", "ended"),
            "clear" => ("清掉", "cleared"),
            "open" => ("打开", "opened"),
            "use" => ("使用", "used"),
            "give" => ("发出", "given"),
            "redeem" => ("兑换", "redeemed"),
            "mark" => ("标记办好", "marked done"),
            "unmark" => ("撤销标记", "unmarked"),
            "sign" => ("签字", "signed"),
            "publish" => ("发布", "published"),
            "correct" => ("更正", "corrected"),
            "step" => ("推进", "went on"),
            "again" => ("重发", "sent again"),
            "post" => ("发送", "sent"),
            "picture" => ("放上照片", "photo added"),
            "picture.drop" => ("撤下照片", "photo taken away"),
            _ => return None,
        };
        Some(self.0.pick(zh, en))
    }

    /// The life of an appeal.
    fn appealed(self, act: &str) -> Option<&'static str> {
        let (zh, en) = match act {
            "raise" => ("登记", "raised"),
            "settle_on_spot" => ("现场办结", "settled on the spot"),
            "hear" => ("书记接访", "heard"),
            "dispatch" => ("派单", "dispatched"),
            "reassign" => ("改派", "reassigned"),
            "take" => ("接单", "taken"),
            "claim" => ("认领", "claimed"),
            "handle" => ("开始办", "in progress"),
            "return" => ("退回", "returned"),
            "resolve" => ("办结", "settled"),
            "rate" => ("评价", "rated"),
            "merge" => ("并案", "merged"),
            "refer" => ("转办", "handed over"),
            "give_up" => ("办不了", "cannot be settled"),
            "exclude" => ("不受理", "not ours"),
            "file" => ("归档", "filed"),
            "join" => ("加协办", "helper added"),
            "inform" => ("告知进展", "resident told"),
            "locate" => ("定网格", "grid set"),
            "plan" => ("定步骤", "steps set"),
            "tick" => ("完成一步", "step done"),
            "pause" => ("停表", "clock paused"),
            "resume" => ("恢复计时", "clock goes on"),
            "extend" => ("延期", "extended"),
            "urge" => ("催办", "urged"),
            "supervise" => ("督办", "supervised"),
            "anonymise" => ("隐去个人信息", "made anonymous"),
            "slips" => ("预印纸条", "slips printed"),
            "contact.read" => ("查看联系方式", "contact read"),
            "contact.seal" => ("联系方式加密", "contact sealed"),
            "contact.drop" => ("删除联系方式", "contact deleted"),
            "contact.expire" => ("联系方式到期删除", "contact expired"),
            "photo.add" => ("加照片", "photo added"),
            "photo.drop" => ("删照片", "photo deleted"),
            "public.show" => ("公开", "made public"),
            "public.hide" => ("不再公开", "public no more"),
            _ => return None,
        };
        Some(self.0.pick(zh, en))
    }

    /// What people decide on claims, units, visits, persons, queues.
    fn decided(self, act: &str) -> Option<&'static str> {
        let (zh, en) = match act {
            "accept" => ("同意", "accepted"),
            "reject" | "refuse" => ("不同意", "refused"),
            "propose" => ("拟办", "proposed"),
            "prepare" => ("先定好", "prepared"),
            "told" | "tell" => ("告知", "told"),
            "reminder" => ("提醒", "reminded"),
            "list" => ("张榜", "posted"),
            "confirm" => ("单位确认", "confirmed"),
            "phone" => ("电话里确认，组织方代记", "confirmed by telephone, noted at the desk"),
            "keep" => ("占位", "held"),
            "release" => ("放开", "released"),
            "reserve" => ("留着不排", "kept free"),
            "promote" => ("候补转正", "moved up"),
            "reconsider" => ("重新考虑", "thought over"),
            "strike" => ("除名", "struck"),
            "leave" => ("离开", "left"),
            "arrive" => ("到岗", "arrived"),
            "absent" | "missed" => ("未到", "absent"),
            "came" => ("到了", "came"),
            "cancel" => ("取消", "cancelled"),
            "vet" => ("入选", "chosen"),
            "delist" => ("摘牌", "delisted"),
            "appeal" => ("记下申诉", "appeal taken down"),
            "readmit" => ("重新入选", "readmitted"),
            "uphold" => ("维持摘牌", "delisting upheld"),
            "credential" => ("登记资质", "credential added"),
            "credential_drop" => ("撤下资质", "credential taken away"),
            "service" => ("登记服务", "service added"),
            "service_drop" => ("撤下服务", "service taken away"),
            "note" => ("记一笔", "note added"),
            "note_drop" => ("删一笔", "note deleted"),
            "tie" => ("定下关系", "tie set"),
            "untie" => ("解除关系", "tie taken away"),
            "want" => ("写进榜上", "made a need"),
            "dismiss" => ("不采纳", "dismissed"),
            "reopen" => ("重新打开", "opened again"),
            "enter" => ("录入", "entered"),
            "let_in" => ("放行", "let in"),
            "take_back" => ("收回", "taken back"),
            "enrol" => ("启用", "enrolled"),
            "pin" => ("钉住", "pinned"),
            "invite" => ("邀请", "invited"),
            "link" => ("绑定", "linked"),
            "unlink" => ("解除绑定", "unlinked"),
            "uninvite" => ("收回邀请", "invitation taken back"),
            "join" => ("加入", "joined"),
            "roles" => ("改职责", "roles changed"),
            "disable" => ("停用", "disabled"),
            "password" => ("改密码", "password changed"),
            "rehash" => ("换密码的存法", "password kept in a newer way"),
            "name" => ("改名", "renamed"),
            "new_password" => ("发改密码链接", "password link made"),
            "second_off" => ("关掉两步登录", "second step taken away"),
            "recovery" => ("用了恢复码", "recovery code used"),
            "found" => ("成立", "founded"),
            "under" => ("改上级", "put under"),
            "receiver" => ("定接单单位", "receiver set"),
            "receiver_drop" => ("撤接单单位", "receiver taken away"),
            "turn" => ("叫到", "turn"),
            "turn_away" => ("劝回", "turned away"),
            "call" => ("叫号", "called"),
            "fill" => ("补齐", "filled in"),
            "assign" => ("排上", "placed"),
            "vacate" => ("撤下", "vacated"),
            "swap" => ("对换", "swapped"),
            "unpin" => ("放开钉住", "unpinned"),
            "undo" => ("撤销", "undone"),
            "redo" => ("重做", "redone"),
            "key.destroy" => ("销毁密钥", "key destroyed"),
            _ => return None,
        };
        Some(self.0.pick(zh, en))
    }
}
