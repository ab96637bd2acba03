//! After the Saturday: what it left undone becomes suggestions for the next call, its figures stand beside those of the
//! others, campaigns count several together, and a bulletin may have pictures.

use std::io::Cursor;

use crate::house::files::{path, table};
use crate::house::morning::{printed, saturday, tap};
use crate::house::plead::Hands;
use crate::house::{Answer, Browser, House, on_both};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use kaishi_domain::MarketRef;
use kaishi_domain::market::Stage;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};

/// The Saturday a week later, made from this one.
async fn next(house: &House, desk: &mut Browser) -> MarketRef {
    let made = desk.post("/o/series", &[("day", "2023-05-20"), ("roster", "1")]).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let rows = house.state.store.season(&house.by.viewer()).await.unwrap();
    let row = rows.into_iter().find(|row| row.market.held_on == "2023-05-20").unwrap();
    MarketRef { org: row.market.org, market: row.market.id }
}

async fn sign(house: &House, desk: &mut Browser) {
    house.state.store.stage(&house.by, house.market.id, Stage::Closed, house.state.now()).await.unwrap();
    let version = desk.get(&path(house, "")).await.field("version").unwrap();
    let signed = desk.post(&path(house, ""), &[("version", &version)]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
}

fn plain(answer: &Answer) -> String {
    answer.body.replace("<!>", "")
}

/// Takes a number at the stall with the queue: the path of its page.
async fn number(house: &House) -> (Browser, String) {
    let (mut phone, path) = (house.browser(), format!("{}/queue", house.stall("12")));
    let ticket = phone.get(&path).await.field("ticket").unwrap();
    let done = phone.post(&path, &[("ticket", &ticket)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = done.location().to_owned();
    (phone, page)
}

#[tokio::test]
async fn what_a_saturday_left_undone_is_suggested_and_a_person_decides() {
    on_both(|house| async move {
        let mut hands = Hands::of(&house).await;
        hands.raise("三栋门口的路灯不亮").await;
        let given_up = hands.raise("要一部电梯").await;
        for verb in ["accept", "handle", "give_up"] {
            hands.at_desk(&given_up, verb, 0, "没有地方").await;
        }
        let settled = hands.raise("问社保").await;
        hands.at_desk(&settled, "settle_on_spot", 0, "说清了").await;
        let bad = hands.settled("修门铃").await;
        hands.resident(&bad, "rate", "unsatisfied").await;
        let (mut left, page) = number(&house).await;
        let gone = left.post(&format!("{page}/leave"), &[]).await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.body);
        number(&house).await;

        let mut desk = house.signed_in(ORGANIZER).await;
        let at = next(&house, &mut desk).await;
        let (call, decide) = (format!("/o/m/{at}/call"), format!("/o/m/{at}/call/demand"));
        let shown = plain(&desk.get(&call).await);
        assert!(shown.contains("“求助”有 2 件还没办结，1 件说办不了"), "{shown}");
        assert!(shown.contains("上一场排队：1 人等不及退了号，1 人到收市还在等"), "{shown}");
        assert!(shown.contains("上一场评了 1 次，1 次不满意"), "{shown}");
        let wants = async || house.state.store.wants(at).await.unwrap();
        assert_eq!(wants().await, [], "nothing is posted by itself");
        let first = plain(&desk.get(&format!("/o/m/{}/call", house.at())).await);
        assert!(!first.contains("前几场留下的需要"), "an open Saturday looks for nobody any more");
        let mut committee = house.signed_in(COMMITTEE).await;
        assert!(!committee.get(&call).await.body.contains("前几场留下的需要"));
        let want = [("source", "appeals:help"), ("verb", "want")];
        assert_eq!(committee.post(&decide, &want).await.status, StatusCode::FORBIDDEN);

        let mut other = house.signed_in(ORGANIZER).await;
        let both = tokio::join!(desk.post(&decide, &want), other.post(&decide, &want));
        let done = [&both.0, &both.1].into_iter().filter(|answer| answer.status == StatusCode::SEE_OTHER);
        assert_eq!(done.count(), 1, "of two at once one posts it");
        assert!([&both.0, &both.1].into_iter().any(|answer| answer.body.contains("刚才有人定了")));
        let posted = wants().await;
        assert_eq!((posted.len(), &*posted[0].title, posted[0].seats), (1, "便民帮办", 1));
        assert!(plain(&desk.get(&call).await).contains("已上榜"));
        // Its want taken off, the suggestion stands there again.
        assert_eq!(
            desk.post(&format!("{call}/want/{}", posted[0].id), &[]).await.status,
            StatusCode::SEE_OTHER
        );
        assert!(!plain(&desk.get(&call).await).contains("已上榜"));
        assert_eq!(desk.post(&decide, &want).await.status, StatusCode::SEE_OTHER);

        let queue = house.state.store.entries(house.at()).await.unwrap();
        let assigned = house.state.store.assignments(house.at()).await.unwrap();
        let signs = house.state.store.signs(house.at(), house.state.now()).await.unwrap();
        let stall = signs.iter().find(|sign| sign.no == "12").unwrap().stall;
        let entry = assigned.iter().find(|one| one.held.stall == stall).unwrap().held.entry;
        let source = format!("queue:{}", queue.iter().find(|known| known.id == entry).unwrap().name);
        let aside = |reason: &'static str| {
            [("source", source.clone()), ("verb", "dismiss".into()), ("reason", reason.into())]
        };
        let send = async |desk: &mut Browser, form: &[(&str, String); 3]| {
            let form: Vec<(&str, &str)> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
            desk.post(&decide, &form).await
        };
        let silent = send(&mut desk, &aside(" ")).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(silent.body.contains("搁下要写理由"), "{}", silent.body);
        assert_eq!(send(&mut desk, &aside("另外开了专场")).await.status, StatusCode::SEE_OTHER);
        let shown = plain(&desk.get(&call).await);
        assert!(shown.contains("已搁下 1") && shown.contains("另外开了专场"), "{shown}");
        let reopen = [("source", &*source), ("verb", "reopen")];
        assert_eq!(desk.post(&decide, &reopen).await.status, StatusCode::SEE_OTHER);
        assert!(!plain(&desk.get(&call).await).contains("另外开了专场"));
        let unknown = desk.post(&decide, &[("source", "queue:没有这一家"), ("verb", "want")]).await;
        assert!(unknown.body.contains("已经不在了"), "{}", unknown.body);
    })
    .await;
}

#[tokio::test]
async fn saturdays_stand_beside_each_other_and_campaigns_count_theirs_together() {
    on_both(|house| async move {
        saturday(&house).await;
        let mut desk = house.signed_in(ORGANIZER).await;
        sign(&house, &mut desk).await;
        let signed = printed(&desk.get(&path(&house, "")).await.body, "encounters");
        tap(&house, "1", "zzzz-late", "consult", "4").await;
        let trend = async |desk: &mut Browser| table(&desk.get("/o/trend.csv").await.body);
        assert_eq!(trend(&mut desk).await[0]["encounters"], signed.to_string(), "what is signed stands");
        let version = desk.get(&path(&house, "")).await.field("version").unwrap();
        desk.post(&path(&house, "/correct"), &[("version", &version), ("why", "1号摊手机断网")]).await;
        let corrected = signed + 4;

        let at = next(&house, &mut desk).await;
        assert_eq!(trend(&mut desk).await.len(), 1, "a Saturday that was not held has no figures");
        house.state.store.stage(&house.by, at.market, Stage::Open, house.state.now()).await.unwrap();
        let rows = trend(&mut desk).await;
        let told: Vec<[&str; 4]> = rows
            .iter()
            .map(|row| ["day", "signed", "encounters", "encounters_change"].map(|name| &*row[name]))
            .collect();
        let (n, change) = (corrected.to_string(), (-corrected).to_string());
        assert_eq!(told, [["2023-05-13", "1", &n, ""], ["2023-05-20", "0", "0", &change]]);
        let xlsx = desk.get("/o/trend.xlsx").await;
        assert_eq!(kaishi_server::sheet::read(&xlsx.bytes).unwrap()[1][3], n);
        let mut committee = house.signed_in(COMMITTEE).await;
        for browser in [&mut desk, &mut committee] {
            let page = plain(&browser.get("/o/trend").await);
            assert!(page.contains("未签") && page.contains("（-100%）") && page.contains("<svg"), "{page}");
            assert!(page.contains(&format!(">{n}<")), "{page}");
            assert!(browser.get("/o/").await.body.contains("/o/trend"), "the way there");
        }

        assert_eq!(desk.post("/o/campaigns/six", &[]).await.status, StatusCode::SEE_OTHER);
        let store = &house.state.store;
        let campaigns = store.campaigns(&house.by.viewer()).await.unwrap();
        let names: Vec<&str> = campaigns.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, kaishi_domain::season::campaign::SIX);
        let again = desk.post("/o/campaigns", &[("name", "铸诚信")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("不能和已有的一样") && again.body.contains("value=\"铸诚信\""));
        let one = format!("/o/campaigns/{}", campaigns[5].id);
        let both = [house.market.id.to_string(), at.market.to_string()];
        let ticked: Vec<(&str, &str)> = both.iter().map(|id| ("market", id.as_str())).collect();
        assert_eq!(committee.post(&one, &ticked).await.status, StatusCode::FORBIDDEN);
        assert_eq!(desk.post(&one, &ticked).await.status, StatusCode::SEE_OTHER);
        let page = plain(&committee.get("/o/campaigns").await);
        let card = &page[page.find(&format!("c-{}", campaigns[5].id)).unwrap()..];
        assert!(card.contains("<dt>场次</dt><dd>2</dd>"), "{card}");
        assert!(card.contains(&format!("<dt>服务人次</dt><dd>{corrected}</dd>")), "{card}");
        let carried = desk.post(&format!("{one}/drop"), &[]).await;
        assert_eq!(carried.status, StatusCode::CONFLICT);
        assert!(carried.body.contains("还有周六贴着它"));
        assert_eq!(desk.post(&one, &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(desk.post(&format!("{one}/drop"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(store.campaigns(&house.by.viewer()).await.unwrap().len(), 5);
    })
    .await;
}

/// A photo of one colour, as a phone sends it.
fn jpeg(red: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(32, 24, image::Rgb([red, 80, 80]));
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Jpeg).unwrap();
    bytes
}

async fn upload(house: &House, desk: &mut Browser, fields: &[(&str, &str)], file: &[u8]) -> Answer {
    const EDGE: &str = "edge-of-a-part";
    let mut body = Vec::new();
    for (name, text) in fields {
        body.extend(
            format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n").bytes(),
        );
    }
    let head =
        "Content-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg";
    body.extend(format!("--{EDGE}\r\n{head}\r\n\r\n").bytes());
    body.extend(file);
    body.extend(format!("\r\n--{EDGE}--\r\n").bytes());
    let request = Request::builder()
        .method(Method::POST)
        .uri(path(house, "/pictures"))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"));
    desk.send(request, Body::from(body)).await
}

#[tokio::test]
async fn a_bulletin_needs_no_picture_and_takes_a_few_that_somebody_has_looked_at() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let page = plain(&desk.get(&path(&house, "")).await);
        assert!(page.contains("照片（可以不放）") && page.contains("认得出的人要本人同意"), "{page}");
        let caption = ("caption", "雨中开市");
        let blind = upload(&house, &mut desk, &[caption], &jpeg(200)).await;
        assert_eq!(blind.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(blind.body.contains("请先看一遍照片里的人") && blind.body.contains("value=\"雨中开市\""));
        let looked = [caption, ("looked", "on")];
        let text = upload(&house, &mut desk, &looked, b"<svg onload=alert(1)>").await;
        assert_eq!(text.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", text.body);
        let mut sent = jpeg(200);
        // What a camera writes after the picture is not kept.
        sent.extend(b"GPS 22.5431N");
        let added = upload(&house, &mut desk, &looked, &sent).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
        for red in [10, 20, 30] {
            assert_eq!(upload(&house, &mut desk, &looked, &jpeg(red)).await.status, StatusCode::SEE_OTHER);
        }
        let fifth = upload(&house, &mut desk, &looked, &jpeg(40)).await;
        assert!(fifth.body.contains("最多 4 张"), "{}", fifth.body);
        let pictures = house.state.store.pictures(house.at()).await.unwrap();
        assert_eq!((pictures.len(), &*pictures[0].caption, pictures[0].size), (4, "雨中开市", (32, 24)));
        let file = path(&house, &format!("/pictures/{}", pictures[0].hash));
        let kept = desk.get(&file).await;
        assert_eq!(kept.status, StatusCode::OK);
        assert!(!kept.body.contains("GPS") && image::load_from_memory(&kept.bytes).is_ok());
        let mut committee = house.signed_in(COMMITTEE).await;
        assert_eq!(committee.get(&file).await.status, StatusCode::NOT_FOUND, "a draft is the organizers'");
        assert_eq!(
            desk.post(&format!("{}/drop", path(&house, &format!("/pictures/{}", pictures[3].hash))), &[])
                .await
                .status,
            StatusCode::SEE_OTHER
        );

        sign(&house, &mut desk).await;
        assert_eq!(committee.get(&file).await.status, StatusCode::OK);
        assert!(plain(&committee.get(&path(&house, "")).await).contains("<figcaption>雨中开市</figcaption>"));
        let late = upload(&house, &mut desk, &looked, &jpeg(50)).await;
        assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.body.contains("签发以后也不能再改"));
        desk.post(&format!("{file}/drop"), &[]).await;
        assert_eq!(
            house.state.store.pictures(house.at()).await.unwrap().len(),
            3,
            "it is frozen with the text"
        );
        assert_eq!(desk.get(&path(&house, "/pictures/0000")).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn neighbourhoods_are_typed_by_who_knows_the_streets_and_show_where_no_market_was() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let ground = house.state.store.grounds(&house.by.viewer()).await.unwrap().remove(0).title;
        let wrong = desk.post("/o/reach", &[("list", "诗园小区：没有的广场\n河畔小区")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("没有这个场地") && wrong.body.contains("\n河畔小区</textarea>"));
        let list = format!("诗园小区：{ground}\n河畔小区");
        assert_eq!(desk.post("/o/reach", &[("list", &list)]).await.status, StatusCode::SEE_OTHER);
        let mut committee = house.signed_in(COMMITTEE).await;
        for browser in [&mut desk, &mut committee] {
            let page = plain(&browser.get("/o/reach").await);
            assert!(page.contains("2 个里有 1 个") && page.contains("附近还没有"), "{page}");
            assert!(page.contains("<td class=\"figure\">1</td><td>2023年5月13日</td>"), "{page}");
        }
        assert_eq!(committee.post("/o/reach", &[("list", "")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(desk.post("/o/reach", &[("list", "")]).await.status, StatusCode::SEE_OTHER);
        assert!(desk.get("/o/reach").await.body.contains("还没有填小区"));
    })
    .await;
}
