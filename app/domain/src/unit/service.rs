//! The service catalogue (服务清单): what a unit can offer, in which category, and for whom.

use serde::{Deserialize, Serialize};

use super::credential::CredentialKind;
use crate::Refusal;
use crate::text::short;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident $what:literal { $($(#[$about:meta])* $variant:ident $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$about])* $variant,)*
        }

        impl $name {
            /// Every one, in the order in which forms offer them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// How it is kept and sent.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            /// Reads what [`Self::code`] wrote.
            pub fn from_code(code: &str) -> Result<Self, Refusal> {
                Self::ALL.iter().copied().find(|one| one.code() == code).ok_or(Refusal::Malformed($what))
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// What a service is about. The first six are those of the business circles (六进商圈).
    Category "category" {
        /// 政策宣讲
        Policy "policy",
        /// 法律咨询
        Law "law",
        /// 金融服务
        Finance "finance",
        /// 就业招聘
        Jobs "jobs",
        /// 文化联谊
        Culture "culture",
        /// 困难救助
        Hardship "hardship",
        /// 政务代办
        Government "government",
        /// 党务服务
        Party "party",
        /// 意见诉求
        Voice "voice",
        /// 义诊: somebody examines and advises.
        Clinic "clinic",
        /// 健康宣传: nobody is examined.
        Health "health",
        /// 食品饮品
        Food "food",
        /// 安全应急
        Safety "safety",
        /// 便民生活
        Everyday "everyday",
        /// 志愿服务
        Volunteering "volunteering",
        /// 设备体验: rides, climbing walls, what may fall on people.
        Equipment "equipment",
        /// 其他
        Other "other",
    }
}

codes! {
    /// Whom a service is meant for. A tag of the service, never of a person; none at all: everyone.
    Audience "audience" {
        /// 老人
        Elders "elders",
        /// 儿童
        Children "children",
        /// 骑手和快递员
        Riders "riders",
        /// 主播
        Streamers "streamers",
        /// 商户
        Merchants "merchants",
    }
}

/// Words by which a service tells its category; the first that is found counts, so what is gated stands first.
const SIGNS: [(Category, &[&str]); 17] = [
    (Category::Clinic, &["义诊", "体检", "血糖", "抽血", "采血", "中医", "针灸", "把脉", "问诊", "看诊"]),
    (Category::Law, &["法律咨询", "法律援助", "律师"]),
    (Category::Food, &["美食", "饮品", "食品", "小吃", "咖啡", "茶饮", "凉茶", "糕点", "试吃", "餐饮"]),
    (Category::Equipment, &["特种设备", "充气城堡", "游乐设施", "蹦床", "攀岩"]),
    (Category::Safety, &["急救", "AED", "人工呼吸", "消防", "反诈", "防诈", "安全", "应急", "乘车"]),
    (Category::Finance, &["金融", "人民币", "银行", "理财", "贷款"]),
    (Category::Policy, &["政策", "法律法规", "普法"]),
    (Category::Jobs, &["就业", "招聘", "创业", "岗位", "求职", "企业"]),
    (Category::Hardship, &["困难", "救助", "帮扶", "慰问"]),
    (Category::Government, &["居住证", "上户", "社保", "医保", "政务", "代办"]),
    (Category::Party, &["党员", "党建", "党课", "支部"]),
    (Category::Voice, &["诉求", "意见", "建议", "调解", "矛盾", "排忧"]),
    (Category::Volunteering, &["志愿"]),
    (Category::Everyday, &["理发", "磨刀", "维修", "修鞋", "缝补", "家电", "钥匙", "回收", "便民"]),
    (Category::Health, &["健康", "血压", "心理", "眼镜", "视力"]),
    (Category::Culture, &["书画", "手作", "声画", "文化", "音乐", "讲座", "亲子", "文艺", "阅读", "摄影"]),
    // What is only told of, and of nothing above: a talk on health is health.
    (Category::Policy, &["宣传", "宣讲"]),
];

impl Category {
    /// The category that a service's name speaks of.
    pub fn of(service: &str) -> Self {
        let speaks = |words: &[&str]| words.iter().any(|word| service.contains(word));
        SIGNS.iter().find(|(_, words)| speaks(words)).map_or(Self::Other, |(category, _)| *category)
    }

    /// What a unit must hold to offer a service of this category.
    pub const fn demands(self) -> &'static [CredentialKind] {
        match self {
            Self::Clinic => &[CredentialKind::FreeClinic, CredentialKind::Physician],
            Self::Law => &[CredentialKind::Lawyer],
            Self::Food => &[CredentialKind::Food],
            Self::Equipment => &[CredentialKind::SpecialEquipment],
            _ => &[],
        }
    }
}

/// One service of a unit's catalogue.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(from = "Kept")]
pub struct Service {
    /// `书画`
    pub name: String,
    /// What it is about.
    pub category: Category,
    /// Whom it is meant for; empty: everyone.
    pub audiences: Vec<Audience>,
    /// 不打烊: also offered when offices are closed.
    #[serde(skip_serializing_if = "is_false")]
    pub off_hours: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_false(on: &bool) -> bool {
    !*on
}

/// A service as it may stand in a file or a column; older ones are a name and nothing else.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Name(String),
    Whole {
        name: String,
        category: Option<Category>,
        #[serde(default)]
        audiences: Vec<Audience>,
        #[serde(default)]
        off_hours: bool,
    },
}

impl From<Kept> for Service {
    fn from(kept: Kept) -> Self {
        match kept {
            Kept::Name(name) => Self::named(&name),
            Kept::Whole { name, category, audiences, off_hours } => {
                Self { category: category.unwrap_or_else(|| Category::of(&name)), name, audiences, off_hours }
            }
        }
    }
}

impl Service {
    /// A service of which only the name is known.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), category: Category::of(name), audiences: Vec::new(), off_hours: false }
    }

    /// This service with its name trimmed and its audiences in order, if its name can stand in a list.
    pub fn sound(mut self) -> Result<Self, Refusal> {
        self.name = short(&self.name, 40, "service")?;
        if self.name.contains(['｜', '|', '；', ';']) {
            return Err(Refusal::Malformed("service"));
        }
        self.audiences.sort_unstable();
        self.audiences.dedup();
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_category() {
        let cases = [
            ("健康义诊", Category::Clinic),
            ("法律咨询", Category::Law),
            ("法律法规与政策宣传", Category::Policy),
            ("健康宣传", Category::Health),
            ("心理健康宣讲", Category::Health),
            ("医保政策宣传", Category::Policy),
            ("消防宣传", Category::Safety),
            ("文明宣传", Category::Policy),
            ("企业宣讲", Category::Jobs),
            ("答题换饮品美食", Category::Food),
            ("量血压", Category::Health),
            ("小小志愿者", Category::Volunteering),
            ("居住证／上户登记咨询", Category::Government),
            ("扶梯毛刷作用", Category::Other),
        ];
        for (name, category) in cases {
            assert_eq!(Category::of(name), category, "{name}");
        }
    }

    #[test]
    fn what_older_rows_hold_is_read_as_well() {
        let read: Vec<Service> =
            serde_json::from_str(r#"["书画",{"name":"义诊","category":"health","audiences":["elders"]}]"#)
                .unwrap();
        assert_eq!(read[0], Service::named("书画"));
        assert_eq!(read[1].category, Category::Health);
        let again: Vec<Service> = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
        assert_eq!(again, read);
        let late = Service { off_hours: true, ..read[1].clone() };
        let text = serde_json::to_string(&late).unwrap();
        assert_eq!(serde_json::from_str::<Service>(&text).unwrap(), late);
        assert!(
            !serde_json::to_string(&read).unwrap().contains("off_hours"),
            "as before where it says nothing"
        );
    }

    #[test]
    fn the_six_of_the_business_circles_come_first() {
        let six = [
            Category::Policy,
            Category::Law,
            Category::Finance,
            Category::Jobs,
            Category::Culture,
            Category::Hardship,
        ];
        assert!(Category::ALL.starts_with(&six));
    }

    #[test]
    fn every_code_is_read_back_as_serde_writes_it() {
        for category in Category::ALL {
            assert_eq!(Category::from_code(category.code()), Ok(*category));
            assert_eq!(serde_json::to_string(category).unwrap(), format!("\"{}\"", category.code()));
        }
        for audience in Audience::ALL {
            assert_eq!(Audience::from_code(audience.code()), Ok(*audience));
        }
        assert!(Audience::from_code("everyone").is_err());
    }

    #[test]
    fn a_name_that_would_break_a_list_is_refused() {
        for name in ["书｜画", "书;画", " ", "a\u{0}"] {
            assert!(Service::named(name).sound().is_err(), "{name}");
        }
        let service = Service {
            audiences: vec![Audience::Children, Audience::Elders, Audience::Children],
            ..Service::named(" 书画 ")
        };
        assert_eq!(service.sound().unwrap().audiences, [Audience::Elders, Audience::Children]);
    }
}
