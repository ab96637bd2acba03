//! Texts of the cells of stalls and of their opening checklists.

use kaishi_domain::Refusal;
use kaishi_domain::cell::{Partner, Point};

use crate::words::words;

words! {
    /// The organizer's page of the cells.
    Cells {
        title "十邻铺" "Cells of stalls";
        why "相邻的摊位约十个一组，有邻铺长，有物业、治安、消防搭档；出了事，先找本邻。" "About ten neighbouring stalls each, with a head and partners: the first to turn to.";
        make "按摊位图自动分" "Group by the map";
        make_again "重新分" "Group again";
        made_from "按现在用的摊位图，把离得近的分在一起，每邻最多十个。" "By the map in force: what is near goes together, ten at most.";
        none "还没有分邻。" "No cells yet.";
        no_map "还没有发布摊位图，先发布再分。" "No map is published yet.";
        map "各摊属于哪一邻" "Which cell each stall belongs to";
        name "名称" "Name";
        lead "邻铺长" "Head";
        lead_open "邻铺长待定" "No head yet";
        lead_unit "由哪家摊位担任" "A unit of this cell";
        lead_role "或写角色" "Or a role";
        lead_hint "例如：保安队长" "For example: security supervisor";
        role_only "写角色，不写姓名。" "A role, no names.";
        nobody "—" "—";
        partners "搭档" "Partners";
        partners_none "搭档待定" "No partners yet";
        edit "改名称和人员" "Change";
        save "存好" "Save";
        move_one "挪一个摊位" "Move a stall";
        to "挪到" "to";
        move_it "挪" "Move";
        loose "还没有分到哪一邻的摊位" "Stalls in no cell";
        put "放进去" "Put in";
        link "邻铺长的链接" "The head's link";
        link_why "打开就能签开市检查，不用账号。" "Opens the checklist, no account.";
        relink "换一条链接" "Replace the link";
        signed "已签" "signed";
        signed_open "已签，有隐患" "signed, with hazards";
        unsigned "没签" "not signed";
        stale "有新摊位，要重签" "a stall came, sign again";
        check "开市检查" "Opening checklist";
        wrong "名称要写，最多 12 字；角色最多 20 字。" "A name is needed, up to 12 characters; a role up to 20.";
        full "那一邻已有十个摊位，先挪走一个。" "That cell has ten stalls already.";
        stale_move "这个摊位刚被挪过，请看现在的样子。" "This stall has just been moved; this is how it stands.";
        kept "已有邻签了检查，不能重新分；可以把摊位一个个挪。" "A cell has been signed: they stay. Stalls can be moved one by one.";
    }
}

words! {
    /// The head's page behind its link.
    Check {
        title "开市检查" "Opening checklist";
        stalls "本邻摊位" "Stalls of this cell";
        head "您是本邻的邻铺长。走一圈，逐项看过再签。" "You head this cell. Walk round, look at each point, then sign.";
        met "好" "Fine";
        unmet "要处理" "Not fine";
        remark "备注" "Remark";
        remark_hint "哪个摊位、什么问题；不写人名" "Which stall, what is wrong; no names";
        signer "您的角色（可不写）" "Your role (optional)";
        sign "看过了，签" "I have looked, sign";
        sign_again "再签一次" "Sign again";
        done "签好了" "Signed";
        hazard "“要处理”的已经报给现场指挥。" "What is not fine has been told to the desk.";
        need_all "还有没选的，每项都要看过。" "Some points have no answer: look at each.";
        need_remark "有“要处理”的，请在备注里写清楚。" "Please say in the remark what is not fine.";
        too_long "备注最多 200 字，角色最多 20 字。" "Remark up to 200 characters, role up to 20.";
        empty "本邻现在没有摊位。" "This cell has no stalls now.";
        emergency "出了事" "In an emergency";
        mine "我们这一邻" "Our cell";
    }
}

impl Cells {
    /// `第1邻`
    pub fn default_name(self, no: usize) -> String {
        self.0.pick(format!("第{no}邻"), format!("Cell {no}"))
    }

    /// `物业`
    pub const fn partner(self, partner: Partner) -> &'static str {
        match (self.0, partner) {
            (super::Lang::Zh, Partner::Property) => "物业",
            (super::Lang::Zh, Partner::Security) => "治安",
            (super::Lang::Zh, Partner::Fire) => "消防",
            (super::Lang::En, Partner::Property) => "Property",
            (super::Lang::En, Partner::Security) => "Security",
            (super::Lang::En, Partner::Fire) => "Fire",
        }
    }

    /// `物业、消防`
    pub fn partner_list(self, partners: &[Partner]) -> String {
        let names: Vec<_> = partners.iter().map(|partner| self.partner(*partner)).collect();
        names.join(self.0.pick("、", ", "))
    }

    /// `4 邻，签了 2`
    pub fn signed_of(self, signed: usize, all: usize) -> String {
        self.0.pick(format!("{all} 邻，已签 {signed}"), format!("{signed} of {all} signed"))
    }
}

impl Check {
    /// What a point asks for.
    pub const fn point(self, point: Point) -> &'static str {
        let (zh, en) = match point {
            Point::FireLane => ("消防通道、出口没有堵", "Fire lane and exits are clear"),
            Point::Extinguisher => {
                ("灭火器在手边、指针在绿区", "An extinguisher is at hand, its needle in the green")
            }
            Point::Cable => ("电线有护槽，不绊人，不泡水", "Cables are covered, nobody trips, none lies wet"),
            Point::Canopy => ("篷架每条腿都有压重、已系牢", "Every leg of a canopy is weighted and tied"),
            Point::Aed => ("知道最近的 AED 在哪里", "We know where the nearest AED is"),
            Point::Gas => ("没有燃气、明火", "No gas, no open flame"),
            Point::Building => ("旁边没有正在施工、装修的", "No building work beside us"),
            Point::Ride => ("没有游乐设施，或证照、围挡都在", "No rides, or with their papers and barriers"),
        };
        match self.0 {
            super::Lang::Zh => zh,
            super::Lang::En => en,
        }
    }

    /// Why a checklist was not signed.
    pub fn refused(self, refusal: &Refusal) -> &'static str {
        match refusal {
            Refusal::Missing("remark") => self.need_remark(),
            Refusal::Missing(_) => self.need_all(),
            _ => self.too_long(),
        }
    }
}
