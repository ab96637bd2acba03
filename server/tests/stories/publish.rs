//! What residents see of a map: only what was published; and the page on which it is.

use crate::house::{Answer, Browser, House, on_both};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use kaishi_domain::layout::{Diff, Edit, Layout};
use kaishi_domain::market::Plan;
use kaishi_server::demo::{AUDITOR, ORGANIZER};

/// Moves a stall in the draft, in metres; answers the revision.
async fn shift(house: &House, plan: Plan, no: &str, dx: f64, dy: f64) -> i64 {
    let (base, mut layout) = house.state.store.layout(house.at(), plan).await.unwrap();
    let stalls = vec![layout.numbered(no).unwrap().id];
    let diff = layout.apply(Edit::Move { stalls, dx, dy }).unwrap();
    save(house, plan, base, &diff).await;
    base + 1
}

async fn save(house: &House, plan: Plan, base: i64, diff: &Diff) {
    let now = house.state.now();
    house.state.store.layout_save(&house.by, house.market.id, plan, base, diff, now).await.unwrap();
}

async fn draft(house: &House, plan: Plan) -> Layout {
    house.state.store.layout(house.at(), plan).await.unwrap().1
}

/// Sends a file by the page's own form.
async fn send_file(browser: &mut Browser, path: &str, file: &[u8]) -> Answer {
    let mut body =
        b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n".to_vec();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
    browser.send(request, Body::from(body)).await
}

#[tokio::test]
async fn the_public_page_shows_a_change_after_it_is_published_and_not_before() {
    on_both(|house| async move {
        let mut resident = house.browser();
        let mut organizer = house.signed_in(ORGANIZER).await;
        let path = format!("/m/{}", house.at());
        let before = resident.get(&path).await.body;
        let revision = shift(&house, Plan::Rain, "1", 0.5, 0.0).await;
        assert_eq!(resident.get(&path).await.body, before, "a draft is nobody's business");

        let page = organizer.get(&format!("/o/m/{}/layout/versions", house.at())).await;
        assert!(page.body.contains("草稿 · 第 2 版") && page.body.contains("居民现在看到"), "{}", page.body);
        assert_eq!(page.field("revision"), Some(revision.to_string()));
        let publish = format!("/o/m/{}/layout/publish", house.at());
        let form = [("plan", "rain"), ("revision", &*revision.to_string())];
        let answer = organizer.post(&publish, &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let page = organizer.get(answer.location()).await;
        assert!(page.body.contains("第 2 版已发布"), "{}", page.body);
        assert_ne!(resident.get(&path).await.body, before);
    })
    .await;
}

#[tokio::test]
async fn a_map_with_an_error_is_refused_in_one_sentence_and_residents_keep_theirs() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let revision = shift(&house, Plan::Fair, "12", 1.0, 0.0).await;
        let publish = format!("/o/m/{}/layout/publish", house.at());
        let form = [("plan", "fair"), ("revision", &*revision.to_string())];
        let answer = organizer.post(&publish, &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body.contains("还不能发布：12 压住消防通道 0.60 m（共 1 处要先改）"),
            "{}",
            answer.body
        );
        assert!(answer.body.contains("发布 · 还差 1 处"));
        assert_eq!(house.state.store.published(house.at(), Plan::Fair).await.unwrap().0, 1);

        let stale = [("plan", "fair"), ("revision", "1")];
        let answer = organizer.post(&publish, &stale).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("别人刚改过草稿"));

        let mut auditor = house.signed_in(AUDITOR).await;
        let answer = auditor.post(&publish, &form).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let page = auditor.get(&format!("/o/m/{}/layout/versions", house.at())).await;
        assert!(page.status == StatusCode::OK && !page.body.contains("/layout/publish"));
    })
    .await;
}

#[tokio::test]
async fn a_version_is_compared_brought_back_and_the_bringing_back_undone() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let first = draft(&house, Plan::Rain).await;
        shift(&house, Plan::Rain, "1", 0.5, 0.0).await;
        let changed = draft(&house, Plan::Rain).await;
        let base = format!("/o/m/{}/layout", house.at());
        let page = organizer.get(&format!("{base}/versions?plan=rain&version=1")).await;
        assert!(page.body.contains("1 号 移动 0.50 m"), "{}", page.body);
        assert!(page.body.contains("class=\"ghost\"") && page.body.contains("恢复到草稿"));

        let revision = page.field("revision").unwrap();
        let form = [("plan", "rain"), ("version", "1"), ("revision", &*revision)];
        let answer = organizer.post(&format!("{base}/restore"), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(draft(&house, Plan::Rain).await, first);
        let page = organizer.get(answer.location()).await;
        assert!(page.body.contains("已恢复到草稿") && page.body.contains("撤销恢复"));

        let made = answer.location().rsplit('=').next().unwrap().to_owned();
        let form = [("plan", "rain"), ("revision", &*made)];
        let answer = organizer.post(&format!("{base}/undo"), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(draft(&house, Plan::Rain).await, changed);
    })
    .await;
}

#[tokio::test]
async fn a_map_goes_out_and_comes_back_and_a_bad_file_loses_nothing() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let base = format!("/o/m/{}/layout", house.at());
        let out = organizer.get(&format!("{base}/fair.json")).await;
        assert_eq!(out.headers[header::CONTENT_TYPE], "application/json");
        let kept = draft(&house, Plan::Fair).await;
        let revision = shift(&house, Plan::Fair, "3", 0.0, 0.4).await;
        let import = |revision: i64| format!("{base}/import?plan=fair&revision={revision}");

        let cut = &out.body.as_bytes()[..out.body.len() / 2];
        let strange = out.body.replace("\"zone\": \"A\"", "\"zone\": \"Q\"");
        let huge = vec![b'x'; 3 << 20];
        let bad: [(&[u8], &str); 5] = [
            (b"\xff\xfe<b>", "这个文件读不懂"),
            (cut, "这个文件读不懂"),
            (b"", "还没有选文件"),
            (strange.as_bytes(), "没有的分区"),
            (&huge, "文件太大"),
        ];
        for (file, told) in bad {
            let answer = send_file(&mut organizer, &import(revision), file).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
            assert!(answer.body.contains(told), "{told}");
            let (stands, layout) = house.state.store.layout(house.at(), Plan::Fair).await.unwrap();
            assert_eq!(stands, revision);
            assert_ne!(layout, kept);
        }

        let answer = send_file(&mut organizer, &import(revision), out.body.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(draft(&house, Plan::Fair).await, kept);
        let again = send_file(&mut organizer, &import(revision + 1), out.body.as_bytes()).await;
        assert!(again.body.contains("没有要改的"));
    })
    .await;
}

#[tokio::test]
async fn the_sheet_is_there_as_svg_png_and_pdf_for_those_who_are_signed_in() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let base = format!("/o/m/{}/layout", house.at());
        let svg = organizer.get(&format!("{base}/rain.svg")).await;
        assert_eq!(svg.headers[header::CONTENT_TYPE], "image/svg+xml");
        for part in ["雨天摊位图", "5月13日", "图例", "网格有约", "已发布 · 第 1 版"] {
            assert!(svg.body.contains(part), "{part}");
        }
        for (name, mime, begin) in
            [("rain.png", "image/png", "PNG"), ("rain.pdf", "application/pdf", "%PDF-1.7")]
        {
            let file = organizer.get(&format!("{base}/{name}")).await;
            assert_eq!(
                (file.status, &file.headers[header::CONTENT_TYPE]),
                (StatusCode::OK, &mime.parse().unwrap())
            );
            assert!(file.body[..16].contains(begin), "{name}");
            let saved = file.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
            assert!(saved.contains("2023-05-13-rain."), "{saved}");
        }
        for name in ["rain.exe", "snow.svg", "rain"] {
            assert_eq!(
                organizer.get(&format!("{base}/{name}")).await.status,
                StatusCode::NOT_FOUND,
                "{name}"
            );
        }
        let print = organizer.get(&format!("{base}/print?plan=rain")).await;
        assert!(print.body.contains("layout/rain.svg\""), "{}", print.body);
        let answer = house.browser().get(&format!("{base}/rain.svg")).await;
        assert_eq!(answer.location(), "/login");
    })
    .await;
}

#[tokio::test]
async fn whoever_comes_from_a_stall_is_told_where_they_are() {
    on_both(|house| async move {
        let mut resident = house.browser();
        let stall = resident.get(&house.stall("6")).await;
        let path = format!("/m/{}?at=6", house.at());
        assert!(stall.body.contains(&path), "{}", stall.body);
        let page = resident.get(&path).await;
        for part in ["您在 6 号", "最近的入口", "here-mark", "AED", "米", "119"] {
            assert!(page.body.contains(part), "{part}");
        }
        let large = resident.get(&format!("{path}&large=1")).await;
        assert!(large.body.contains("resident big"));
        let nowhere = resident.get(&format!("/m/{}?at=%3Cb%3E", house.at())).await;
        assert!(nowhere.status == StatusCode::OK && !nowhere.body.contains("here-mark"));
    })
    .await;
}

#[tokio::test]
async fn two_organizers_on_one_map_hear_of_each_other_for_fifteen_seconds() {
    on_both(|house| async move {
        let (mut one, mut two) = (house.signed_in(ORGANIZER).await, house.signed_in(AUDITOR).await);
        let stall = draft(&house, Plan::Fair).await.numbered("12").unwrap().id;
        let beat = |seat: &str, selected: &str| {
            format!(
                "{{\"market\":\"{}\",\"plan\":\"fair\",\"seat\":\"{seat}\",\"selected\":[{selected}]}}",
                house.at()
            )
        };
        let call = async |who: &mut Browser, body: String| -> serde_json::Value {
            let request = Request::builder()
                .method(Method::POST)
                .uri("/api/call/layout/presence")
                .header("sec-fetch-site", "same-origin")
                .header(header::CONTENT_TYPE, "application/json");
            let answer = who.send(request, Body::from(body)).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            serde_json::from_str(&answer.body).unwrap()
        };
        let alone = call(&mut one, beat("seat-one", &format!("\"{stall}\""))).await;
        assert_eq!(alone["others"].as_array().unwrap().len(), 0);
        assert_eq!((alone["revision"].as_i64(), alone["version"].as_i64()), (Some(1), Some(1)));
        let revision = shift(&house, Plan::Fair, "1", 0.1, 0.0).await;
        let here = call(&mut two, beat("seat-two", "")).await;
        assert_eq!(here["revision"].as_i64(), Some(revision));
        let other = &here["others"][0];
        assert_eq!((other["name"].as_str(), other["initial"].as_str()), (Some("organizer"), Some("O")));
        assert_eq!(other["selected"][0].as_str().unwrap().replace('-', ""), stall.to_string());
        house.clock.turn(15_000);
        let later = call(&mut two, beat("seat-two", "")).await;
        assert_eq!(later["others"].as_array().unwrap().len(), 0);
    })
    .await;
}
