//! Texts of the register of units: kinds, services, papers, and what a unit lacks.

use kaishi_domain::Refusal;
use kaishi_domain::moment::Day;
use kaishi_domain::unit::credential::Fault;
use kaishi_domain::unit::{Audience, Category, Credential, CredentialKind, Flow, Lack, UnitKind};

use crate::words::{Lang, words};

words! {
    /// The register of units.
    Units {
        title "共建单位" "Partner units";
        none "还没有单位。在下面加第一家，或导入名册。" "No units yet. Add the first one below, or import a register.";
        none_found "没有找到这样的单位。" "No such unit.";
        name "单位名称" "Name";
        kind "性质" "Kind";
        contact "联系人角色" "Contact role";
        contact_why "只写角色，不写姓名，例如：支部书记" "A role, never a person's name";
        services "服务" "Services";
        services_why "用顿号分开，例如：书画、义诊；类别和对象以后再补" "Separated by semicolons; category and audience can follow";
        state "遴选与资质" "Standing and credentials";
        add "加一家" "Add a unit";
        edit "修改" "Edit";
        save "保存" "Save";
        back "返回名册" "Back to the register";
        taken "已有同名单位。名册里没有，就在“已归档”里。" "A unit of this name exists, maybe among the archived ones.";
        wrong "名称和联系人角色要填；名称最多 60 字，服务每项最多 40 字、最多 20 项。" "Name and contact role are needed; names up to 60 characters, up to 20 services of 40 characters.";
        search "找单位" "Find a unit";
        search_why "汉字、全拼、首字母都行，例如：福中、fuzhong、fz" "Characters, pinyin or initials: 福中, fuzhong, fz";
        any "全部" "All";
        standing "遴选" "Standing";
        ending "资质 30 天内到期" "Credentials that end within 30 days";
        find "找" "Find";
        clear "清除" "Clear";
        import "导入" "Import";
        export_csv "导出 CSV" "Export CSV";
        export_xlsx "导出 Excel" "Export Excel";
        basics "基本信息" "Basics";
        card "三亮" "Card for the public";
        card_why "摊位页上给居民看的三句话，可以不写" "Three sentences for residents; each may stay empty";
        identity "亮身份" "Who we are";
        duty "亮职责" "What we do";
        pledge "亮承诺" "What we promise";
        catalogue "服务清单" "Service catalogue";
        no_services "还没有服务。" "No services yet.";
        service "服务名称" "Service";
        category "类别" "Category";
        guess "按名称判断" "By its name";
        audiences "面向谁（不选就是大家）" "For whom (none: everyone)";
        everyone "大家" "everyone";
        off_hours "不打烊" "After hours";
        off_hours_offered "不打烊：下班后、节假日也办" "After hours: also when offices are closed";
        add_service "加进清单" "Add to the catalogue";
        same_service "同名的会被替换" "One of the same name is replaced";
        drop "移除" "Remove";
        papers "资质" "Credentials";
        papers_why "义诊、法律咨询、食品、特种设备服务要先有资质；到期的不能用。" "Free clinics, legal advice, food and equipment need credentials; one that has ended does not count.";
        no_papers "还没有登记资质。" "No credentials yet.";
        paper "资质种类" "Kind of credential";
        number "编号（可不填）" "Number (optional)";
        number_why "只写证件编号，不写人名" "The number on it, never a person's name";
        issued_by "发证机关" "Issued by";
        valid_until "有效期至" "Valid until";
        add_paper "登记资质" "Add the credential";
        wrong_service "服务名称要填，最多 40 字，不能有分号和竖线；最多 20 项。" "A service needs a name of up to 40 characters without semicolons or bars; at most 20.";
        wrong_paper "发证机关和有效期要填，最多 40 字，日期写成 2027-05-01；最多 20 项。" "Issuer and last day are needed, up to 40 characters, the day as 2027-05-01; at most 20.";
        wrong_phone "名称和联系人角色里不能有电话号码：只写单位和角色，例如：支部书记，不写姓名和电话。" "No telephone number in the name or the role: a unit and a role alone, no person's name and no number.";
        wrong_card "三亮写得太长：身份 60 字，职责 120 字，承诺 200 字以内。" "The card is too long: 60, 120 and 200 characters.";
        ties "人流去向" "Where visitors go on to";
        ties_why "居民逛完这家常接着去的单位；补齐时尽量把它们排近。" "Units to which its visitors go on; fill-in places them near each other.";
        no_ties "还没有写。" "Nothing yet.";
        tie_other "接着去的单位" "Unit they go on to";
        tie_choose "选一家…" "Choose…";
        tie_flow "有多少人接着去" "How many go on";
        flow_some "有一些" "some";
        flow_many "很多" "many";
        flow_most "大多数" "most";
        add_tie "记下" "Note it";
        wrong_tie "请选另一家单位，不能选自己。" "Please choose another unit than this one.";
        history "到场记录" "Saturdays so far";
        no_history "还没有参加过市集。" "It has not joined a market yet.";
        day "日期" "Day";
        sign "招牌" "Sign";
        coming "到场" "Came";
        said "居民评价" "Residents said";
        ahead "还没到" "not over yet";
        on_time "准时" "on time";
        absent "未到" "absent";
        notes "内部备注" "Internal notes";
        notes_why "只有组织者看得到，不写个人信息。" "Only organizers read these; no personal data.";
        note "写一条" "A note";
        add_note "记下" "Write it down";
        wrong_note "备注要写，最多 500 字。" "A note needs words, up to 500 characters.";
        office "机关" "Office";
        company "企业" "Company";
        new_organization "两新组织" "New organization";
        branch "党支部" "Party branch";
        association "社会组织" "Association";
        volunteers "志愿队" "Volunteers";
        merchant "商户" "Merchant";
        expert "专家人才" "Expert";
    }
}

impl Units {
    /// `党支部`
    pub const fn kind_name(self, kind: UnitKind) -> &'static str {
        match kind {
            UnitKind::Office => self.office(),
            UnitKind::Company => self.company(),
            UnitKind::NewOrganization => self.new_organization(),
            UnitKind::Branch => self.branch(),
            UnitKind::Association => self.association(),
            UnitKind::Volunteers => self.volunteers(),
            UnitKind::Merchant => self.merchant(),
            UnitKind::Expert => self.expert(),
        }
    }

    /// `法律咨询`
    pub const fn category_name(self, category: Category) -> &'static str {
        let (zh, en) = match category {
            Category::Policy => ("政策宣讲", "Policy"),
            Category::Law => ("法律咨询", "Legal advice"),
            Category::Finance => ("金融服务", "Finance"),
            Category::Jobs => ("就业招聘", "Jobs"),
            Category::Culture => ("文化联谊", "Culture"),
            Category::Hardship => ("困难救助", "Hardship"),
            Category::Government => ("政务代办", "Government"),
            Category::Party => ("党务服务", "Party affairs"),
            Category::Voice => ("意见诉求", "Appeals"),
            Category::Clinic => ("义诊", "Free clinic"),
            Category::Health => ("健康宣传", "Health talk"),
            Category::Food => ("食品饮品", "Food"),
            Category::Safety => ("安全应急", "Safety"),
            Category::Everyday => ("便民生活", "Everyday help"),
            Category::Volunteering => ("志愿服务", "Volunteering"),
            Category::Equipment => ("设备体验", "Equipment"),
            Category::Other => ("其他", "Other"),
        };
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// `很多`
    pub const fn flow_name(self, flow: Flow) -> &'static str {
        match flow {
            Flow::Some => self.flow_some(),
            Flow::Many => self.flow_many(),
            Flow::Most => self.flow_most(),
        }
    }

    /// `骑手快递员`
    pub const fn audience_name(self, audience: Audience) -> &'static str {
        let (zh, en) = match audience {
            Audience::Elders => ("老人", "Elders"),
            Audience::Children => ("儿童", "Children"),
            Audience::Riders => ("骑手快递员", "Riders and couriers"),
            Audience::Streamers => ("主播", "Live-streamers"),
            Audience::Merchants => ("商户", "Merchants"),
        };
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// `义诊备案`
    pub const fn credential_name(self, kind: CredentialKind) -> &'static str {
        let (zh, en) = match kind {
            CredentialKind::FreeClinic => ("义诊备案", "Free-clinic filing"),
            CredentialKind::Physician => ("医师执业证", "Physician's licence"),
            CredentialKind::Lawyer => ("律师执业证", "Lawyer's licence"),
            CredentialKind::Food => ("食品经营许可", "Food licence"),
            CredentialKind::SpecialEquipment => ("特种设备检验", "Equipment inspection"),
        };
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// `“义诊”要有义诊备案，这家还没有登记。`
    pub fn lack(self, lack: &Lack) -> String {
        let Lack { service, kind, fault } = lack;
        let paper = self.credential_name(*kind);
        match fault {
            Fault::Missing => self.0.pick(
                format!("“{service}”要有{paper}，这家还没有登记。"),
                format!("“{service}” needs a credential that this unit does not have: {paper}."),
            ),
            Fault::Expired { on } => self.0.pick(
                format!("“{service}”要有{paper}，这家的只到 {on}，开市那天已过期。"),
                format!(
                    "“{service}” needs a credential ({paper}); this unit's ends on {on}, before the market."
                ),
            ),
        }
    }

    /// `缺义诊备案`
    pub fn lacking(self, kind: CredentialKind) -> String {
        let paper = self.credential_name(kind);
        self.0.pick(format!("缺{paper}"), format!("missing: {paper}"))
    }

    /// `食品经营许可 2023-06-03 到期，还有 21 天`
    pub fn ends(self, credential: &Credential, today: Day) -> String {
        let (paper, day) = (self.credential_name(credential.kind), credential.valid_until);
        match today.days_until(day) {
            gone if gone < 0 => {
                self.0.pick(format!("{paper} {day} 已到期"), format!("{paper} ended on {day}"))
            }
            left => self.0.pick(
                format!("{paper} {day} 到期，还有 {left} 天"),
                format!("{paper} ends on {day}, {left} days left"),
            ),
        }
    }

    /// What is wrong with the form, from the rule's own refusal.
    pub fn complaint(self, refusal: &Refusal) -> &'static str {
        match refusal {
            Refusal::TooLong("identity" | "duty" | "pledge")
            | Refusal::Malformed("identity" | "duty" | "pledge") => self.wrong_card(),
            Refusal::Malformed("phone in name" | "phone in contact role") => self.wrong_phone(),
            _ => self.wrong(),
        }
    }

    /// `迟到 12 分钟`
    pub fn late(self, minutes: i64) -> String {
        self.0.pick(format!("迟到 {minutes} 分钟"), format!("{minutes} minutes late"))
    }

    /// `准时 3 次，迟到 1 次，未到 0 次；满意 5，不满意 0，投诉 1`
    pub fn summary(self, sum: &kaishi_domain::unit::history::Summary) -> String {
        let [on_time, late, absent] = [sum.on_time, sum.late, sum.absent];
        let said = self.residents(sum.content, sum.discontent, sum.complaints);
        self.0.pick(
            format!("准时 {on_time} 次，迟到 {late} 次，未到 {absent} 次；{said}"),
            format!("On time {on_time}, late {late}, absent {absent}; {said}"),
        )
    }

    /// `满意 5，不满意 0，投诉 1`
    pub fn residents(self, content: i64, discontent: i64, complaints: i64) -> String {
        self.0.pick(
            format!("满意 {content}，不满意 {discontent}，投诉 {complaints}"),
            format!("content {content}, not content {discontent}, complaints {complaints}"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lack_is_one_clear_sentence() {
        let on = Day::parse("2023-05-10").unwrap();
        let lack = |fault| Lack { service: "义诊".into(), kind: CredentialKind::FreeClinic, fault };
        assert_eq!(Units(Lang::Zh).lack(&lack(Fault::Missing)), "“义诊”要有义诊备案，这家还没有登记。");
        assert!(Units(Lang::En).lack(&lack(Fault::Expired { on })).contains("ends on 2023-05-10"));
    }

    #[test]
    fn no_two_names_of_one_table_are_alike() {
        for lang in [Lang::Zh, Lang::En] {
            let words = Units(lang);
            let mut names: Vec<_> = Category::ALL.iter().map(|one| words.category_name(*one)).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), Category::ALL.len(), "a file is read by these names");
        }
    }

    #[test]
    fn the_end_of_a_paper_is_told_in_days() {
        let paper = Credential {
            kind: CredentialKind::Food,
            number: String::new(),
            issued_by: "区市场监管局".into(),
            valid_until: Day::parse("2023-06-03").unwrap(),
        };
        let told = |today: &str| Units(Lang::Zh).ends(&paper, Day::parse(today).unwrap());
        assert_eq!(told("2023-05-13"), "食品经营许可 2023-06-03 到期，还有 21 天");
        assert_eq!(told("2023-06-04"), "食品经营许可 2023-06-03 已到期");
    }
}
