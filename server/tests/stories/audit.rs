//! The bulletin can be audited by hand: a day with appeals in every state is exported, and from those files alone every
//! printed figure is made again; every copy of the bulletin says the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::house::files::{Files, path, table};
use crate::house::morning::{printed, saturday, tap};
use crate::house::plead::{Hands, STATES, plead};
use crate::house::{BASE, Browser, House, NOW, on_both};
use axum::http::StatusCode;
use kaishi_app::words::Lang;
use kaishi_app::words::bulletin::Bulletin as Words;
use kaishi_domain::bulletin::{Bulletin, FigureKey, Paragraph, draft};
use kaishi_domain::market::Stage;
use kaishi_domain::moment::MINUTE;
use kaishi_domain::token::Purpose;
use kaishi_server::bulletin::{Copy, letter, share};
use kaishi_server::demo::{COMMITTEE, ORGANIZER};
use kaishi_server::link::LinkBook;

/// What the big screen is sent.
async fn screened(house: &House) -> BTreeMap<&'static str, i64> {
    let address = house.addresses.counts.strip_prefix(BASE).unwrap();
    let seen: serde_json::Value = serde_json::from_str(&house.browser().get(address).await.body).unwrap();
    let n = |path: &str| seen.pointer(path).unwrap().as_i64().unwrap();
    let stalls = seen["stalls"].as_array().unwrap().iter().filter(|stall| stall["name"] != "");
    BTreeMap::from([
        ("encounters", n("/encounters/total")),
        ("scan", n("/encounters/scan")),
        ("staff", n("/encounters/staff")),
        ("paper", n("/encounters/paper")),
        ("late", n("/encounters/late")),
        ("pending_review", n("/encounters/pending_review")),
        ("talks", n("/talks")),
        ("appeals", n("/appeals/raised")),
        ("settled_on_spot", n("/appeals/settled_on_spot")),
        ("settled_by_unit", n("/appeals/settled_by_unit")),
        ("confirmed", n("/appeals/confirmed")),
        ("open", n("/appeals/raised") - n("/appeals/settled_on_spot")),
        ("stalls", stalls.clone().count() as i64),
        ("arrived", stalls.filter(|stall| stall["arrived"] == true).count() as i64),
    ])
}

#[tokio::test]
async fn every_printed_figure_is_made_again_from_the_files_alone() {
    on_both(|house| async move {
        saturday(&house).await;
        plead(&house).await;
        let mut desk = house.signed_in(ORGANIZER).await;
        let files = Files::take(&house, &mut desk, "").await;
        let made = files.figures();
        let found: BTreeSet<&str> = files.appeals.iter().map(|row| row["state"].as_str()).collect();
        assert_eq!(found, BTreeSet::from(STATES), "the day has appeals in every state");
        assert_eq!(made.len(), FigureKey::ALL.len());
        assert!(made.iter().all(|(name, n)| *n > 0 || *name == "arrived"), "a bit of everything: {made:?}");
        let seqs: Vec<i64> = files.ledger.iter().map(|row| row["seq"].parse().unwrap()).collect();
        assert!(seqs.iter().copied().eq(1..=seqs.len() as i64), "no row of the ledger is missing");

        let page = desk.get(&path(&house, "")).await.body;
        assert_eq!(screened(&house).await, made, "the screen says what the files say");
        for (figure, made) in &made {
            assert_eq!(printed(&page, figure), *made, "{figure}");
            let opened = desk.get(&path(&house, &format!("/figures/{figure}"))).await;
            assert!(opened.body.contains("与简报的数字一致"), "{figure} does not open to its rows");
        }

        // Signed, the rows of then stay; what comes later has its own.
        sign(&house, &mut desk).await;
        tap(&house, "1", "zzzz-late", "consult", "4").await;
        Hands::of(&house).await.settled("收市以后办好的").await;
        let version = desk.get(&path(&house, "")).await.field("version").unwrap();
        let form = [("version", &*version), ("why", "1号摊手机断网")];
        let corrected = desk.post(&path(&house, "/correct"), &form).await;
        assert_eq!(corrected.status, StatusCode::SEE_OTHER, "{}", corrected.body);
        let then = Files::take(&house, &mut desk, "?n=0").await.figures();
        assert_eq!(then, made, "the rows of the signature are still those that were signed");
        let now = Files::take(&house, &mut desk, "?n=1").await.figures();
        assert_eq!(
            (now["encounters"], now["settled_by_unit"]),
            (made["encounters"] + 4, made["settled_by_unit"] + 1)
        );
        let page = desk.get(&path(&house, "")).await.body;
        for (figure, made) in &made {
            assert_eq!(printed(&page, figure), *made, "{figure} is what was signed");
        }
        assert!(page.contains(&format!("{} → {}（+4）", made["encounters"], now["encounters"])), "{page}");
        assert_eq!(desk.get(&path(&house, "/ledger.csv?n=2")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

/// The four copies as texts: those that are drawn, as what is drawn.
async fn copies(house: &House, desk: &mut Browser) -> [String; 4] {
    let store = &house.state.store;
    let copy = if let Some((bulletin, issues)) = store.bulletin(house.at()).await.unwrap() {
        Copy::signed(&house.market, bulletin, &issues).unwrap()
    } else {
        let basis = store.basis(house.at(), house.state.now()).await.unwrap();
        let (written, _) = store.letter(house.at()).await.unwrap();
        let bulletin = draft(&house.market, &basis.seen, &written).unwrap();
        Copy::draft(&house.market, bulletin, &basis).unwrap()
    };
    let mut read = async |name: &str| {
        let answer = desk.get(&path(house, &format!("/copies/bulletin.{name}"))).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer
    };
    let pdf = read("pdf").await;
    let leaves = letter::leaves(&copy);
    assert!(pdf.bytes.starts_with(b"%PDF-") && pdf.body.contains("NotoSansCJKsc"));
    assert_eq!(pdf.body.matches("/MediaBox [0 0 595").count(), leaves.len(), "as many pages, all A4");
    let png = read("png").await;
    let sides = |at: usize| u32::from_be_bytes(png.bytes[at..at + 4].try_into().unwrap());
    assert!(png.bytes.starts_with(b"\x89PNG") && (sides(16), sides(20)) == (1080, 1440));
    let drawn = leaves.into_iter().map(|leaf| leaf.body).collect::<String>();
    [read("html").await.body, read("txt").await.body, drawn, share::svg(&copy)]
}

#[tokio::test]
async fn every_copy_says_the_figures_of_the_page_and_a_draft_says_that_it_is_one() {
    on_both(|house| async move {
        saturday(&house).await;
        plead(&house).await;
        let mut desk = house.signed_in(ORGANIZER).await;
        let page = desk.get(&path(&house, "")).await.body;
        let [html, text, letter, picture] = copies(&house, &mut desk).await;
        for key in FigureKey::ALL {
            let (n, name) = (printed(&page, key.code()), Words(Lang::Zh).explain(key).0);
            assert!(html.contains(&format!("<td>{name}</td><td align=\"right\">{n}</td>")), "{name}");
            assert!(text.contains(&format!("{name} {n}")), "{name}");
            assert!(letter.contains(&format!(">{n}</text>")), "{name}");
        }
        let shown = |key: FigureKey| format!(">{}</text>", printed(&page, key.code()));
        for key in [FigureKey::Encounters, FigureKey::Appeals, FigureKey::SettledOnSpot, FigureKey::Stalls] {
            assert!(picture.contains(&shown(key)), "{key:?}");
        }
        let scan = printed(&page, "scan");
        assert!(picture.contains(&format!("扫码 {scan}")) && picture.contains("另有"), "{picture}");
        let basis = house.state.store.basis(house.at(), house.state.now()).await.unwrap();
        for copy in [&html, &text, &letter, &picture] {
            assert!(copy.contains("草稿 DRAFT") && copy.contains(&basis.head.to_string()));
            assert!(copy.contains("截至 2023年5月13日") && !copy.contains("路灯"), "{copy}");
        }
        assert!(!html.contains("class=") && !html.contains("<style") && !html.contains("style="));
        let mut committee = house.signed_in(COMMITTEE).await;
        let draft = committee.get(&path(&house, "/copies/bulletin.pdf")).await;
        assert_eq!(draft.status, StatusCode::FORBIDDEN, "a draft is the organizers'");

        sign(&house, &mut desk).await;
        tap(&house, "1", "zzzz-late", "consult", "4").await;
        let version = desk.get(&path(&house, "")).await.field("version").unwrap();
        desk.post(&path(&house, "/correct"), &[("version", &version), ("why", "1号摊手机断网")]).await;
        let (_, issues) = house.state.store.bulletin(house.at()).await.unwrap().unwrap();
        let head = issues[0].head.unwrap().to_string();
        for copy in copies(&house, &mut committee).await {
            assert!(!copy.contains("草稿") && copy.contains(&head) && copy.contains("签发"), "{copy}");
            assert!(copy.contains("第 1 号更正") && copy.contains("1号摊手机断网"), "{copy}");
        }
        assert_eq!(committee.get(&path(&house, "/copies/bulletin.doc")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

/// Closes the market and signs.
async fn sign(house: &House, desk: &mut Browser) {
    house.state.store.stage(&house.by, house.market.id, Stage::Closed, house.state.now()).await.unwrap();
    let version = desk.get(&path(house, "")).await.field("version").unwrap();
    let signed = desk.post(&path(house, ""), &[("version", &version)]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
}

#[tokio::test]
async fn each_unit_is_thanked_with_its_own_figures_once_the_bulletin_is_signed() {
    on_both(|house| async move {
        saturday(&house).await;
        let mut desk = house.signed_in(ORGANIZER).await;
        let assigned = house.state.store.assignments(house.at()).await.unwrap();
        let signs = house.state.store.signs(house.at(), house.state.now()).await.unwrap();
        let first = signs.iter().find(|sign| sign.no == "1").unwrap().stall;
        let entry = assigned.iter().find(|one| one.held.stall == first).unwrap().held.entry;
        let unit = house.state.store.entries(house.at()).await.unwrap();
        let unit = unit.into_iter().find(|known| known.id == entry).unwrap();
        let book =
            LinkBook::invite(&house.state, &house.by, &house.market, unit.unit.into_iter()).await.unwrap();
        let home = house.state.path(Purpose::Unit, book.unit(unit.unit.unwrap()).unwrap());
        let thanks = format!("{home}/thanks");

        let early = desk.get(&path(&house, "/thanks")).await;
        assert_eq!((early.status, early.location()), (StatusCode::SEE_OTHER, &*path(&house, "")));
        assert!(!house.browser().get(&home).await.body.contains(&thanks));
        assert!(!house.browser().get(&thanks).await.status.is_success(), "no figures before they stand");
        sign(&house, &mut desk).await;
        // It was there before the market opened.
        let minutes = house.state.now().since(house.market.opens_at) / MINUTE;

        let files = Files::take(&house, &mut desk, "?n=0").await;
        let mut served: BTreeMap<&str, i64> = BTreeMap::new();
        for row in files.ledger.iter().filter(|row| row["kind"] != "talk" && row["confidence"] == "normal") {
            let stall = files.stalls.iter().find(|stall| stall["stall"] == row["stall"]).unwrap();
            *served.entry(&stall["unit"]).or_default() += row["n"].parse::<i64>().unwrap();
        }
        let units = table(&desk.get(&path(&house, "/units.csv")).await.body);
        for row in &units {
            assert_eq!(
                row["served"].parse::<i64>().unwrap(),
                served.get(&*row["unit"]).copied().unwrap_or(0),
                "{row:?}"
            );
        }
        let own = units.iter().find(|row| row["unit"] == unit.unit_name).unwrap();
        assert_eq!(own["minutes"], minutes.to_string(), "{own:?}");
        assert_ne!(own["served"], "0", "{own:?}");

        let all = desk.get(&path(&house, "/thanks")).await.body.replace("<!>", "");
        let there = units
            .iter()
            .filter(|row| row["served"] != "0" || row["talk"] != "0" || !row["minutes"].is_empty());
        assert_eq!(all.matches("<article").count(), there.count(), "one sheet for each unit that was there");
        let line = format!("<b>{} 人次</b>", own["served"]);
        let mut phone = house.browser();
        assert!(phone.get(&home).await.body.contains(&thanks), "the unit finds it from its own page");
        let sheet = phone.get(&thanks).await.body.replace("<!>", "");
        assert!(all.contains(&line) && sheet.contains(&line), "{sheet}");
        let open = format!("{} 小时 {} 分", minutes / 60, minutes % 60);
        assert!(sheet.contains(&open) && sheet.contains("台账指纹"), "{sheet}");
        assert_eq!(sheet.matches("<article").count(), 1, "a unit sees its own sheet only");
        for answer in
            [phone.get(&format!("{thanks}.pdf")).await, desk.get(&path(&house, "/thanks.pdf")).await]
        {
            assert!(answer.bytes.starts_with(b"%PDF-"), "{}", answer.status);
        }
        let mut committee = house.signed_in(COMMITTEE).await;
        assert_eq!(committee.get(&path(&house, "/thanks")).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

/// A bulletin of so many paragraphs and corrections.
fn long(paragraphs: usize, corrections: usize) -> Copy {
    let text = "福中社区党委将跟进未办结的诉求，把群众所需列入下一场市集的揭榜清单。";
    Copy {
        bulletin: Bulletin {
            title: "福中社区党委党员服务市集 5月13日（星期六）".into(),
            paragraphs: (0..paragraphs).map(|n| Paragraph::Plain(format!("口字第{n}段，{text}"))).collect(),
            signature: "福中社区党委 2023年5月13日".into(),
            figures: Vec::new(),
            as_of: NOW,
        },
        name: "党员服务市集".into(),
        theme: String::new(),
        organizer: "福中社区党委".into(),
        ordinal: 14,
        as_of: "截至".into(),
        head: "台账指纹".into(),
        signed: Some("签发".into()),
        corrections: (1..=corrections).map(|n| format!("第 {n} 号更正：{text}{text}")).collect(),
    }
}

#[test]
fn nobody_signs_an_empty_page_and_a_picture_has_room_for_its_foot() {
    for paragraphs in 1..30 {
        let leaves = letter::leaves(&long(paragraphs, 0));
        // The day stands in the head of the first page, and below who signs.
        let last = format!("口字第{}段", paragraphs - 1);
        let signed = leaves.iter().rfind(|leaf| leaf.body.contains(">2023年5月13日<")).unwrap();
        assert!(signed.body.contains(&last), "{paragraphs} paragraphs: the signature stands alone");
        assert_eq!(leaves.iter().map(|leaf| leaf.body.matches("口字第").count()).sum::<usize>(), paragraphs);
    }
    for corrections in [0, 1, 9] {
        let svg = share::svg(&long(2, corrections));
        let below = svg.split(" y=\"").filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok());
        assert!(below.fold(0.0, f64::max) < 1430.0, "{corrections} corrections run out of the picture");
        assert_eq!(svg.contains("号更正，见简报全文"), corrections == 9);
    }
}
