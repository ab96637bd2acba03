//! Drawing a ground: from its size, from a file, with a photo under it, and what that means for markets.

use std::io::Cursor;

use crate::house::{Answer, Browser, House, on_both};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use kaishi_domain::ground::{Diff, Edit, Ground, Kind, Part, Spot};
use kaishi_domain::market::Stage;
use kaishi_server::demo::{AUDITOR, ORGANIZER};
use serde_json::{Value, json};

const GROUND: &str = include_str!("../../demo/ground.json");

/// Sends a form as a browser does when it may hold a file; a field with a name of a file is one.
async fn form(browser: &mut Browser, fields: &[(&str, Option<&str>, &[u8])]) -> Answer {
    let mut body = Vec::new();
    for (name, file, value) in fields {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        body.extend(
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes(),
        );
        body.extend(*value);
        body.extend(b"\r\n");
    }
    body.extend(b"--edge--\r\n");
    let request = Request::builder()
        .method(Method::POST)
        .uri("/o/grounds/new")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
    browser.send(request, Body::from(body)).await
}

async fn import(browser: &mut Browser, text: &str) -> Answer {
    form(browser, &[("way", None, b"file"), ("file", Some("g.json"), text.as_bytes())]).await
}

async fn send(browser: &mut Browser, path: &str, kind: &str, body: Vec<u8>) -> Answer {
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, kind);
    browser.send(request, Body::from(body)).await
}

async fn call(browser: &mut Browser, what: &str, body: Value) -> (StatusCode, Value) {
    let path = format!("/api/call/ground/{what}");
    let answer = send(browser, &path, "application/json", body.to_string().into_bytes()).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or(Value::String(answer.body)))
}

fn page(house: &House) -> String {
    format!("/o/grounds/{}", house.market.ground)
}

#[tokio::test]
async fn a_ground_goes_out_as_a_file_and_comes_in_again_without_loss() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let list = organizer.get("/o/grounds").await;
        assert!(list.body.contains("诗园小广场") && list.body.contains("5月13日"), "{}", list.body);
        let file = organizer.get(&format!("{}/export", page(&house))).await;
        assert!(file.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("shiyuan.json"));
        assert_eq!(Ground::parse(&file.body).unwrap(), Ground::parse(GROUND).unwrap());

        let made = import(&mut organizer, &file.body).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        let copy = organizer.get(&format!("{}/export", made.location())).await;
        assert_eq!(copy.body, file.body);
        assert_eq!(organizer.get(made.location()).await.status, StatusCode::OK);
        let pasted =
            form(&mut organizer, &[("way", None, b"file"), ("text", None, file.body.as_bytes())]).await;
        assert_eq!(pasted.status, StatusCode::SEE_OTHER);
        let plan = organizer.get("/o/new").await;
        assert_eq!(
            plan.body.replace("<!>", "").matches("连廊</option>").count(),
            3,
            "every ground is offered for a new Saturday"
        );
    })
    .await;
}

#[tokio::test]
async fn a_bad_file_is_told_in_one_sentence_and_stays_in_the_form() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let bow = json!([[0, 34], [60, 45], [60, 34], [0, 41]]);
        let mut crossed: Value = serde_json::from_str(GROUND).unwrap();
        crossed["zones"][1]["polygon"] = bow;
        let refused = import(&mut organizer, &crossed.to_string()).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("第 2 个分区的轮廓自己相交"), "{}", refused.body);
        assert!(refused.body.contains("诗园小广场"), "what was brought stays");
        let cases: [(&[u8], &str); 4] = [
            (b"{\"schema\": \"venue/1\",\n \"name\"", "第 2 行"),
            (b"hello", "第 1 行"),
            (b"{\"a\": 1}", "venue/1"),
            (&[0xff, 0xfe, 0x00], "不是文本"),
        ];
        for (bytes, words) in cases {
            let refused = form(&mut organizer, &[("way", None, b"file"), ("file", Some("g"), bytes)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.body.contains(words), "{words}: {}", refused.body);
        }
        let nothing = form(&mut organizer, &[("way", None, b"file"), ("file", Some(""), b"")]).await;
        assert!(nothing.body.contains("还没有选文件"));
        let huge = vec![b' '; 2 << 20];
        let refused = form(&mut organizer, &[("way", None, b"file"), ("file", Some("g"), &huge)]).await;
        assert!(refused.body.contains("最大 1 MB"));
        let tag = "</textarea><script>alert(1)</script>";
        let refused = form(&mut organizer, &[("way", None, b"file"), ("text", None, tag.as_bytes())]).await;
        assert!(!refused.body.contains("<script>alert"), "{}", refused.body);
        assert_eq!(house.state.store.grounds(&house.by.viewer()).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_ground_is_made_of_its_size_and_a_mistake_loses_nothing() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let size = |w: &'static [u8]| {
            [
                ("way", None, b"size" as &[u8]),
                ("title", None, "新雪广场".as_bytes()),
                ("width", None, w),
                ("depth", None, b"25"),
            ]
        };
        let refused = form(&mut organizer, &size(b"4")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("5 到 500 米"));
        assert_eq!(refused.field("title").unwrap(), "新雪广场");
        let made = form(&mut organizer, &size(b"40.5")).await;
        let file = organizer.get(&format!("{}/export", made.location())).await;
        assert!((Ground::parse(&file.body).unwrap().area() - 40.5 * 25.0).abs() < 1e-9);

        let mut auditor = house.signed_in(AUDITOR).await;
        assert_eq!(form(&mut auditor, &size(b"40")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(auditor.get("/o/grounds").await.status, StatusCode::OK);
        assert_eq!(house.browser().get("/o/grounds").await.location(), "/login");
    })
    .await;
}

fn picture(format: ImageFormat) -> Vec<u8> {
    let image =
        RgbImage::from_fn(80, 60, |x, _| if x < 40 { Rgb([200, 20, 20]) } else { Rgb([20, 20, 200]) });
    let mut bytes = Vec::new();
    DynamicImage::ImageRgb8(image).write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

#[tokio::test]
async fn a_photo_is_made_anew_and_served_as_a_picture_and_nothing_else() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let upload = format!("{}/photo", page(&house));
        let kind = "application/octet-stream";
        let answer = send(&mut organizer, &upload, kind, picture(ImageFormat::Jpeg)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let told: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!((&told["w"], &told["h"]), (&json!(80), &json!(60)));
        let image = told["image"].as_str().unwrap();
        let path = format!("{upload}/{image}");
        let photo = organizer.get(&path).await;
        let header = |name: &str| photo.headers[name].to_str().unwrap().to_owned();
        assert_eq!((photo.status, header("content-type").as_str()), (StatusCode::OK, "image/jpeg"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert!(header("content-security-policy").starts_with("default-src 'none'; sandbox"));
        assert!(header("cache-control").contains("immutable"));
        assert_eq!(house.browser().get(&path).await.location(), "/login");

        // Nobody sees it before it lies under the ground of a market.
        let public = format!("/m/{}/photo/{image}", house.at());
        assert_eq!(house.browser().get(&public).await.status, StatusCode::NOT_FOUND);
        let backdrop = json!({"image": image, "at": [0, 0], "w": 80, "h": 60, "opacity": 50});
        let mut ground = Ground::parse(GROUND).unwrap();
        let part = Part::Backdrop(serde_json::from_value(backdrop).unwrap());
        let diff = ground.apply(Edit::Add(part)).unwrap();
        let (by, id) = (house.by, house.market.ground);
        house.state.store.ground_change(&by, id, 1, &diff, house.state.now()).await.unwrap();
        assert_eq!(house.browser().get(&public).await.status, StatusCode::OK);
        assert!(house.browser().get(&format!("/m/{}", house.at())).await.body.contains(&public));
    })
    .await;
}

#[tokio::test]
async fn a_bad_photo_gets_one_clear_sentence() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let upload = format!("{}/photo", page(&house));
        let png = picture(ImageFormat::Png);
        let cases: [(Vec<u8>, &str); 5] = [
            (Vec::new(), "没有收到照片"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec(), "只收 PNG"),
            (b"<!DOCTYPE html><p>hello</p>".to_vec(), "只收 PNG"),
            (png[..png.len() / 2].to_vec(), "坏了或没有传完"),
            (vec![0xff; (5 << 20) + 1], "最大 5 MB"),
        ];
        for (bytes, words) in cases {
            let refused = send(&mut organizer, &upload, "image/png", bytes).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
            let told: Value = serde_json::from_str(&refused.body).unwrap();
            assert!(told["wrong"].as_str().unwrap().contains(words), "{told}");
        }
        let refused = send(&mut organizer, &upload, "image/png", vec![0xff; 9 << 20]).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        let mut auditor = house.signed_in(AUDITOR).await;
        assert_eq!(send(&mut auditor, &upload, "image/png", png).await.status, StatusCode::FORBIDDEN);
        // Only uploads may be large.
        let refused =
            send(&mut organizer, "/o/new", "application/x-www-form-urlencoded", vec![b'a'; 300_000]).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    })
    .await;
}

#[tokio::test]
async fn a_change_is_stored_only_after_the_markets_it_touches_were_shown() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let id = house.market.ground.to_string();
        let (status, opened) = call(&mut organizer, "load", json!({"ground": id})).await;
        assert_eq!((status, &opened["revision"]), (StatusCode::OK, &json!(1)), "{opened}");
        let base: Ground = serde_json::from_value(opened["ground"].clone()).unwrap();
        let mut drawn = base.clone();
        // The corridor ends at 30 m: the stalls beyond stand outside.
        for corner in [1, 2] {
            let zone = Spot { kind: Kind::Zone, index: 1 };
            let mut to = drawn.zones[1].polygon.points()[corner];
            to.x = 32.0;
            drawn.apply(Edit::Corner { at: zone, corner, to }).unwrap();
        }
        let diff = serde_json::to_value(Diff::between(&base, &drawn)).unwrap();
        let ask = |seen: Value| json!({"ground": id, "base": 1, "diff": diff, "seen": seen, "lang": "zh"});
        let (_, answer) = call(&mut organizer, "save", ask(json!([]))).await;
        let touched = &answer["touches"][0];
        assert_eq!(
            (&touched["name"], &touched["stage"]),
            (&json!("党员服务市集"), &json!("open")),
            "{answer}"
        );
        assert_eq!(touched["day"], json!("5月13日"));
        let wrong = touched["wrong"].as_array().unwrap();
        assert!(wrong.contains(&json!("14")) && !wrong.contains(&json!("1")), "{answer}");
        assert!(wrong.len() as u64 > touched["before"].as_u64().unwrap(), "{answer}");
        assert_eq!(house.state.store.ground(house.market.org, house.market.ground).await.unwrap().0, 1);

        // Having seen another number is not having seen this one.
        let (_, again) = call(&mut organizer, "save", ask(json!([[touched["market"], 1]]))).await;
        assert!(again["touches"].is_array(), "{again}");
        let (_, done) = call(&mut organizer, "save", ask(json!([[touched["market"], wrong.len()]]))).await;
        assert_eq!(done["done"]["revision"], json!(2), "{done}");

        let mut crossed = drawn.clone();
        let to = kaishi_domain::geometry::Point::new(10.0, 60.0);
        crossed.apply(Edit::Corner { at: Spot { kind: Kind::Zone, index: 1 }, corner: 1, to }).unwrap();
        crossed
            .apply(Edit::Corner {
                at: Spot { kind: Kind::Zone, index: 1 },
                corner: 0,
                to: kaishi_domain::geometry::Point::new(32.0, 34.0),
            })
            .unwrap();
        let bad = serde_json::to_value(Diff::between(&drawn, &crossed)).unwrap();
        let ask = json!({"ground": id, "base": 2, "diff": bad, "seen": [], "lang": "zh"});
        let (status, refused) = call(&mut organizer, "save", ask).await;
        assert_ne!(status, StatusCode::OK, "{refused}");

        let mut auditor = house.signed_in(AUDITOR).await;
        let ask = json!({"ground": id, "base": 2, "diff": [], "seen": [], "lang": "zh"});
        let (status, refused) = call(&mut auditor, "save", ask).await;
        assert_ne!(status, StatusCode::OK, "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_closed_market_is_not_touched_and_keeps_its_map() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        house.state.store.stage(&house.by, house.market.id, Stage::Closed, house.state.now()).await.unwrap();
        let mut drawn = Ground::parse(GROUND).unwrap();
        let base = drawn.clone();
        drawn.apply(Edit::Remove { at: Spot { kind: Kind::Zone, index: 0 } }).unwrap();
        let diff = serde_json::to_value(Diff::between(&base, &drawn)).unwrap();
        let id = house.market.ground.to_string();
        let ask = json!({"ground": id, "base": 1, "diff": diff, "seen": [], "lang": "en"});
        let (_, done) = call(&mut organizer, "save", ask).await;
        assert_eq!(done["done"]["revision"], json!(2), "{done}");
        assert_eq!(house.state.store.ground_of(house.at()).await.unwrap(), base);
    })
    .await;
}
