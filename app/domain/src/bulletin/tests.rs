//! The house style, told with the figures of the Fuzhong account.

use proptest::prelude::*;

use super::*;
use crate::count::{Appeals, Encounters, StallCount};
use crate::market::{Stage, Zone};
use crate::{GroundId, MarketId, MarketRef, OrgId};

const NOON: Moment = Moment::from_millis(1_683_950_400_000);

fn market() -> Market {
    Market {
        org: OrgId::from_bytes([1; 3]),
        id: MarketId::new(NOON, [1; 10]),
        name: "党员服务市集".into(),
        theme: "党群开市“服”满园".into(),
        tagline: "党员摆摊，群众赶集".into(),
        held_on: "2023-05-13".into(),
        opens_at: NOON.plus(-3 * 3_600_000),
        closes_at: NOON,
        time_zone: "Asia/Shanghai".into(),
        stage: Stage::Closed,
        plan: Plan::Rain,
        weather: "雨".into(),
        ground: GroundId::new(NOON, [1; 10]),
        host: "莲花街道党工委".into(),
        organizer: "福中社区党委".into(),
        participants: "各党支部".into(),
        zones: vec![Zone { letter: "A".into(), name: "民有所呼".into() }],
        ordinal: 14,
    }
}

fn seen() -> Snapshot {
    let stall = |no: &str, name: &str| StallCount {
        no: no.into(),
        name: name.into(),
        unit: String::new(),
        zone: "A".into(),
        encounters: 0,
        last_15_min: 0,
        arrived: no == "1",
        waiting: None,
        quiet: false,
    };
    Snapshot {
        market: MarketRef { org: OrgId::from_bytes([1; 3]), market: MarketId::new(NOON, [1; 10]) },
        as_of: NOON,
        version: 9,
        map: "rain-1".into(),
        encounters: Encounters {
            total: 5037,
            scan: 3410,
            staff: 1602,
            paper: 25,
            pending_review: 0,
            late: 40,
            corrected: 0,
        },
        talks: 618,
        devices_about: 2210,
        appeals: Appeals { raised: 63, settled_on_spot: 42, settled_by_unit: 45, confirmed: 31, overdue: 0 },
        stalls: vec![stall("1", "书记有约"), stall("2", "网格有约"), stall("3", "")],
        curve: Vec::new(),
        announcements: Vec::new(),
        devices_missing: Missing::default(),
        crowd: None,
        open: false,
        gauge: None,
    }
}

fn paragraphs(seen: &Snapshot, letter: &Letter) -> Vec<String> {
    draft(&market(), seen, letter).unwrap().paragraphs.iter().map(Paragraph::text).collect()
}

#[test]
fn the_house_style_reads_as_the_account_does() {
    let bulletin = draft(&market(), &seen(), &Letter::default()).unwrap();
    assert_eq!(bulletin.title, "福中社区党委党员服务市集 5月13日（星期六）");
    assert_eq!(bulletin.signature, "福中社区党委 2023年5月13日");
    assert_eq!(
        paragraphs(&seen(), &Letter::default()),
        [
            "5月13日（星期六），由莲花街道党工委主办、福中社区党委承办、各党支部参办的党员服务市集冒雨开市。\
             党员摆摊，群众赶集，本次市集以“党群开市‘服’满园”为主题，共设2个摊位。",
            "“民有所呼”专区设有书记有约、网格有约。",
            "当天共服务群众5000余人次（扫码登记3410，工作人员登记1602，纸质登记25）。\
             企业宣讲覆盖600余人次（单独统计，不计入服务人次）。",
            "收集群众诉求60余件，其中超过40件现场办结。未能当场办结的21件诉求已登记编码，将派至相关单位限时办理，\
             居民可凭取件码查询进度并评价。",
            "下一步，福中社区党委将跟进未办结的诉求，把群众所需列入下一场市集的揭榜清单。",
        ]
    );
}

#[test]
fn what_must_be_told_cannot_be_edited_away() {
    let mut seen = seen();
    seen.encounters.pending_review = 12;
    seen.devices_missing = Missing { devices: 2, records: 37 };
    let texts = [(Part::Served, "热闹的一天，服务{服务人次}。".to_owned())];
    let letter = Letter::parse(&texts, "居民代表：办得快。", usual(&market(), &seen)).unwrap();
    assert_eq!(
        paragraphs(&seen, &letter),
        [
            "热闹的一天，服务5037人次（扫码登记3410，工作人员登记1602，纸质登记25）。",
            "另有12人次已记入台账、尚待核对，以上人次不含这部分。",
            "截至成稿，尚有2台计数手机、最多37条登记未收到，收到后另行更正，以上人次不含这部分。",
            "居民代表说：“办得快。”",
        ]
    );
}

#[test]
fn the_house_style_of_any_day_can_be_sent_back_as_it_is() {
    for appeals in [(0, 0), (5, 0), (5, 5), (63, 42)] {
        let mut seen = seen();
        (seen.appeals.raised, seen.appeals.settled_on_spot) = appeals;
        let market = market();
        let usual = usual(&market, &seen);
        let texts = Part::ALL.map(|part| (part, usual(part)));
        assert_eq!(Letter::parse(&texts, "", &usual), Ok(Letter::default()));
    }
}

#[test]
fn a_bulletin_that_was_signed_as_text_alone_is_still_read() {
    let kept = r#"{"title":"t","paragraphs":["当天共服务群众5000余人次。"],"signature":"s",
        "figures":[{"key":"encounters","exact":5037,"written":"5000余"}],"as_of":1683950400000}"#;
    let bulletin: Bulletin = serde_json::from_str(kept).unwrap();
    assert_eq!(bulletin.paragraphs[0].text(), "当天共服务群众5000余人次。");
    let new = draft(&market(), &seen(), &Letter::default()).unwrap();
    assert_eq!(serde_json::from_str::<Bulletin>(&serde_json::to_string(&new).unwrap()).unwrap(), new);
}

proptest! {
    #[test]
    fn no_figure_in_the_text_says_more_than_its_rows(scan in 0_i64..90_000, staff in 0_i64..90_000, raised in 0_i64..400, spot in 0_i64..400) {
        let mut seen = seen();
        seen.encounters = Encounters { total: scan + staff, scan, staff, ..Encounters::default() };
        (seen.appeals.raised, seen.appeals.settled_on_spot) = (raised, spot.min(raised));
        let bulletin = draft(&market(), &seen, &Letter::default()).unwrap();
        let runs = bulletin.paragraphs.iter().filter_map(|paragraph| match paragraph {
            Paragraph::Runs(runs) => Some(runs),
            Paragraph::Plain(_) => None,
        });
        for run in runs.flatten() {
            if let Run::Figure { key, text } = run {
                let digits: i64 = text.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap();
                prop_assert!(digits <= key.of(&seen));
                prop_assert!(text.parse() == Ok(key.of(&seen)) || digits < key.of(&seen));
            }
        }
    }
}
