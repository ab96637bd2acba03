//! The bulletin can be audited: every printed figure is made again from the raw log; what is signed stays.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on fails")]

mod house;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use house::{Browser, House, on_both};
use kaishi_domain::chain::Head;
use kaishi_domain::market::Stage;
use kaishi_domain::moment::MINUTE;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};
use kaishi_server::sheet;

fn path(house: &House, rest: &str) -> String {
    format!("/o/m/{}/bulletin{rest}", house.at())
}

/// Staff taps so many people at a stall.
async fn tap(house: &House, no: &str, nonce: &str, kind: &str, n: &str) {
    let tap = [("nonce", nonce), ("kind", kind), ("n", n)];
    let done = house.browser().post(&format!("{}/tap", house.pad(no)), &tap).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
}

/// Some scans with and without a cookie, some taps, one a stall taken back.
async fn saturday(house: &House) {
    for no in ["1", "2", "3"] {
        for nth in 0..7 {
            let mut phone = house.browser();
            phone.keeps_cookies = nth % 3 != 0;
            let page = phone.get(&house.stall(no)).await;
            let ticket = page.field("ticket").unwrap();
            house.clock.turn(2_000);
            phone
                .post(&house.stall(no), &[("ticket", &ticket), ("n", if nth == 1 { "3" } else { "1" })])
                .await;
        }
        for nth in 0..12 {
            let kind = if nth == 5 { "talk" } else { "consult" };
            tap(house, no, &format!("aaaa-{no}-{nth}"), kind, "5").await;
        }
        let undo = [("nonce", "bbbbbbbb"), ("of", &*format!("aaaa-{no}-11"))];
        let undone = house.browser().post(&format!("{}/undo", house.pad(no)), &undo).await;
        assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    }
    // A paper sheet of the early morning: it arrives late.
    let mut desk = house.signed_in(ORGANIZER).await;
    let page = format!("/o/m/{}/paper", house.at());
    let (id, stall) = {
        let form = desk.get(&page).await;
        let stall = form.body.split("<option value=\"").map(|rest| &rest[..rest.find('"').unwrap()]);
        (form.field("id").unwrap(), stall.skip(1).find(|id| !id.is_empty()).unwrap().to_owned())
    };
    let sheet = [
        ("id", &*id),
        ("stall", &*stall),
        ("consult", "30"),
        ("from", "09:00"),
        ("to", "10:00"),
        ("counted_by", "摊位志愿者"),
    ];
    assert_eq!(desk.post(&page, &sheet).await.status, StatusCode::SEE_OTHER);
    house.clock.turn(MINUTE);
}

/// The raw log as a person with a spreadsheet has it: rows of named cells.
async fn log(house: &House, desk: &mut Browser, file: &str) -> Vec<Vec<String>> {
    let answer = desk.get(&path(house, &format!("/{file}"))).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(answer.body.starts_with('\u{feff}'), "Excel has to see that it is UTF-8");
    sheet::csv::read(answer.body.as_bytes()).unwrap().into_iter().skip(1).collect()
}

/// What the page prints for a figure, from the table under the text.
fn printed(body: &str, figure: &str) -> i64 {
    let cell = body.rsplit(&format!("/figures/{figure}\">")).next().unwrap();
    cell[..cell.find('<').unwrap()].parse().unwrap()
}

#[tokio::test]
async fn every_printed_figure_is_made_again_from_the_raw_log() {
    on_both(|house| async move {
        saturday(&house).await;
        let mut desk = house.signed_in(ORGANIZER).await;
        let ledger = log(&house, &mut desk, "ledger.csv").await;
        let appeals = log(&house, &mut desk, "appeals.csv").await;
        // seq, stall, name, source, kind, n, confidence, takes_back, at, arrived_at, late
        let sum = |keep: &dyn Fn(&[String]) -> bool| -> i64 {
            let kept = ledger.iter().filter(|row| keep(row));
            kept.map(|row| row[5].trim_start_matches('\'').parse::<i64>().unwrap()).sum()
        };
        let counts = |row: &[String]| row[4] != "talk" && row[6] == "normal";
        let settled = |how: &str| {
            appeals.iter().filter(|row| row.get(6).is_some_and(|cell| cell == how)).count() as i64
        };
        let confirmed =
            appeals.iter().filter(|row| row.get(7).is_some_and(|at| !at.is_empty())).count() as i64;
        let made = [
            ("encounters", sum(&counts)),
            ("scan", sum(&|row| counts(row) && row[3] == "scan")),
            ("staff", sum(&|row| counts(row) && row[3] == "staff")),
            ("paper", sum(&|row| counts(row) && row[3] == "paper")),
            ("late", sum(&|row| counts(row) && row[10] == "1")),
            ("pending_review", sum(&|row| row[4] != "talk" && row[6] == "low")),
            ("talks", sum(&|row| row[4] == "talk")),
            ("appeals", appeals.len() as i64),
            ("settled_on_spot", settled("spot")),
            ("settled_by_unit", settled("spot") + settled("later")),
            ("confirmed", confirmed),
            ("open", appeals.len() as i64 - settled("spot")),
        ];
        let page = desk.get(&path(&house, "")).await.body;
        for (figure, made) in made {
            assert_eq!(printed(&page, figure), made, "{figure}");
            let opened = desk.get(&path(&house, &format!("/figures/{figure}"))).await;
            assert_eq!(opened.status, StatusCode::OK);
            assert!(opened.body.contains("与简报的数字一致"), "{figure} does not open to its rows");
        }
        assert!(made[..7].iter().all(|(_, n)| *n > 0), "the day has a bit of everything: {made:?}");
        let seqs: BTreeSet<i64> = ledger.iter().map(|row| row[0].parse().unwrap()).collect();
        assert_eq!(seqs.len(), ledger.len());
        assert_eq!(seqs.last().copied(), Some(ledger.len() as i64), "no row of the log is missing");
    })
    .await;
}

#[tokio::test]
async fn what_is_signed_stays_and_what_comes_later_is_a_numbered_correction() {
    on_both(|house| async move {
        saturday(&house).await;
        let mut desk = house.signed_in(ORGANIZER).await;
        let store = &house.state.store;
        store.stage(&house.by, house.market.id, Stage::Closed, house.state.now()).await.unwrap();
        let page = desk.get(&path(&house, "")).await;
        let version = page.field("version").unwrap();
        let before = printed(&page.body, "encounters");
        let committee = house.signed_in(COMMITTEE).await.get(&path(&house, "")).await;
        assert!(committee.body.contains("还没有签发") && !committee.body.contains("当天共服务群众"));

        // Something comes in between looking and signing.
        tap(&house, "1", "zzzz-1", "consult", "5").await;
        let moved = desk.post(&path(&house, ""), &[("version", &version)]).await;
        assert_eq!(moved.status, StatusCode::CONFLICT);
        assert!(moved.body.contains("没有签发"), "{}", moved.body);
        let seen = printed(&moved.body, "encounters");
        assert_eq!(seen, before + 5);
        let signed = desk.post(&path(&house, ""), &[("version", &moved.field("version").unwrap())]).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);

        let (bulletin, issues) = store.bulletin(house.at()).await.unwrap().unwrap();
        let head: Head = store.ledger_head(house.at(), issues[0].seq).await.unwrap();
        assert_eq!((issues.len(), issues[0].head), (1, Some(head)));
        let page = desk.get(&path(&house, "")).await;
        assert!(page.body.contains(&head.to_string()) && page.field("version").is_none());

        // A phone that was offline: the text stays, the difference is told.
        tap(&house, "2", "zzzz-2", "consult", "7").await;
        let page = desk.get(&path(&house, "")).await;
        assert_eq!(printed(&page.body, "encounters"), seen, "what was signed does not move");
        assert!(page.body.contains(&format!("{seen} → {}（+7）", seen + 7)), "{}", page.body);
        let opened = desk.get(&path(&house, "/figures/encounters")).await;
        assert!(opened.body.contains("与简报的数字一致"), "the rows behind it are those of then");
        let version = page.field("version").unwrap();
        let correct = path(&house, "/correct");
        let empty = desk.post(&correct, &[("version", &version), ("why", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = desk.post(&correct, &[("version", &version), ("why", "2号摊手机断网")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let again = desk.post(&correct, &[("version", &version), ("why", "2号摊手机断网")]).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "the same form twice is one correction");
        let (still, issues) = store.bulletin(house.at()).await.unwrap().unwrap();
        assert_eq!((still, issues.len(), issues[1].n), (bulletin, 2, 1));
        let page = house.signed_in(COMMITTEE).await.get(&path(&house, "")).await;
        assert!(page.body.contains("第 1 号更正") && page.body.contains("2号摊手机断网"));
        assert!(!page.body.contains("/figures/"), "a committee sees totals");
        for rest in ["/figures/encounters", "/ledger.csv", "/edit"] {
            let mut committee = house.signed_in(COMMITTEE).await;
            assert_eq!(committee.get(&path(&house, rest)).await.status, StatusCode::FORBIDDEN, "{rest}");
        }
    })
    .await;
}

fn fields<'a>(form: &'a [(&'static str, String); 3]) -> Vec<(&'static str, &'a str)> {
    form.iter().map(|(name, text)| (*name, text.as_str())).collect()
}

#[tokio::test]
async fn the_prose_is_edited_and_a_number_typed_by_hand_is_refused() {
    on_both(|house| async move {
        saturday(&house).await;
        let mut desk = house.signed_in(ORGANIZER).await;
        let form = desk.get(&path(&house, "/edit")).await;
        let revision = form.field("revision").unwrap();
        let with = |served: &'static str, quotes: &'static str| {
            [("revision", revision.clone()), ("served", served.into()), ("quotes", quotes.into())]
        };
        let typed = with("服务群众9999人次，{服务人次}。", "");
        let wrong = desk.post(&path(&house, "/edit"), &fields(&typed)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("9999人次”是手写的数字") && wrong.body.contains("服务群众9999人次"));
        let good = with("热闹的一天，服务{服务人次}。", "居民代表：办得快。");
        let saved = desk.post(&path(&house, "/edit"), &fields(&good)).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let page = desk.get(&path(&house, "")).await.body;
        assert!(page.contains("热闹的一天，服务") && page.contains("居民代表说：“办得快。”"), "{page}");
        let stale = desk.post(&path(&house, "/edit"), &fields(&good)).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "an edit on an old revision overwrites nothing");
    })
    .await;
}
