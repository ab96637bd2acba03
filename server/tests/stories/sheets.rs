//! A register brought as a file and taken away again: a preview that writes nothing, and all or nothing after it.

use std::fmt::Write as _;

use crate::house::{Answer, Browser, House, on_both};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use kaishi_domain::unit::{Audience, Category, Service, Unit};
use kaishi_server::demo::{COMMITTEE, ORGANIZER};
use kaishi_server::sheet::{csv, read, xlsx};

async fn units(house: &House) -> Vec<Unit> {
    house.state.store.units(&house.by.viewer()).await.unwrap()
}

/// Sends a register as the form does.
async fn bring(browser: &mut Browser, bytes: &[u8]) -> Answer {
    send("/o/units/import", browser, bytes).await
}

async fn send(form: &str, browser: &mut Browser, bytes: &[u8]) -> Answer {
    const EDGE: &str = "----edge";
    let mut body = format!(
        "--{EDGE}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n\
         content-type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
    let request = Request::builder()
        .method(Method::POST)
        .uri(form)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"));
    browser.send(request, Body::from(body)).await
}

/// A field of the preview, as a browser sends it back.
fn field(answer: &Answer, name: &str) -> String {
    let text = answer.field(name).unwrap_or_else(|| panic!("no {name} in {}", answer.body));
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

const FILE: &str = "共建单位名册\n单位名称,性质,联系人角色,服务,电话\n\
    福中社区老年协会党支部,党支部,长青老龄大学老师,书画｜文化联谊｜老人,x\n\
    参办企业,企业,宣讲联络人,企业宣讲,\n\
    新来的诊所,社会组织,值班人员,健康义诊,\n\
    怪单位,火星人,联络人,,\n";

#[tokio::test]
async fn a_file_is_previewed_corrected_and_written_whole() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let before = units(&house).await;
        let seen = bring(&mut organizer, FILE.as_bytes()).await;
        assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
        for text in [
            "新增 1",
            "更新 1",
            "不变 1",
            "有错 1",
            "没有用到的列：",
            "电话",
            "第 6 行",
            "性质“火星人”不认得",
        ] {
            assert!(seen.body.contains(text), "{text} in {}", seen.body);
        }
        assert_eq!(units(&house).await, before, "a preview writes nothing");

        let (table, seal) = (field(&seen, "table"), field(&seen, "seal"));
        assert_eq!(field(&seen, "c6-1"), "火星人");
        let mut form = vec![("table", &*table), ("seal", &*seal)];
        form.extend([("c6-0", "怪单位"), ("c6-1", "火星人"), ("c6-2", "联络人")]);
        let saved = organizer.post("/o/units/import/wrong.csv", &form).await;
        assert!(
            saved.body.contains("\"怪单位\",\"火星人\"") && saved.body.contains("\"问题\""),
            "{}",
            saved.body
        );

        form[3].1 = "志愿队";
        let again = organizer.post("/o/units/import/check", &form).await;
        assert!(again.body.contains("新增 2") && again.body.contains("有错 0"), "{}", again.body);
        let stale = organizer.post("/o/units/import/apply", &form).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "what is confirmed is what was looked at");
        assert_eq!(units(&house).await, before);

        let (table, seal) = (field(&again, "table"), field(&again, "seal"));
        let done = organizer.post("/o/units/import/apply", &[("table", &table), ("seal", &seal)]).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/o/units"), "{}", done.body);
        let after = units(&house).await;
        assert_eq!(after.len(), before.len() + 2);
        let changed = after.iter().find(|unit| unit.name == "福中社区老年协会党支部").unwrap();
        let want = Service {
            category: Category::Culture,
            audiences: vec![Audience::Elders],
            ..Service::named("书画")
        };
        assert_eq!((&changed.services[..], changed.standing.code()), (&[want][..], "vetted"));
        assert!(!changed.card.is_empty(), "a column that the file lacks stays");
    })
    .await;
}

#[tokio::test]
async fn an_empty_cell_keeps_what_is_known_and_a_mark_is_told_as_clearing() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let name = "福中社区老年协会党支部";
        let known = |units: Vec<Unit>| units.into_iter().find(|unit| unit.name == name).unwrap();
        let before = known(units(&house).await);
        assert!(!before.services.is_empty() && !before.card.is_empty());
        assert!(organizer.get("/o/units/import").await.body.contains("空着的格子不动原来的内容"));
        let head = "单位名称,性质,联系人角色,服务,亮身份,亮职责,亮承诺,资质\n";
        let empty = format!("{head}{name},党支部,新的老师,,,,,\n");
        let seen = bring(&mut organizer, empty.as_bytes()).await;
        assert!(
            seen.body.contains("空着的格子不动原来的内容") && seen.body.contains("更新 1"),
            "{}",
            seen.body
        );
        let (table, seal) = (field(&seen, "table"), field(&seen, "seal"));
        let done = organizer.post("/o/units/import/apply", &[("table", &table), ("seal", &seal)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let after = known(units(&house).await);
        assert_eq!(after, Unit { contact_role: "新的老师".into(), ..before });
        let clear = format!("{head}{name},,,,-,清空,-,\n");
        let seen = bring(&mut organizer, clear.as_bytes()).await;
        assert!(seen.body.contains("<ins>清空"), "{}", seen.body);
        let (table, seal) = (field(&seen, "table"), field(&seen, "seal"));
        organizer.post("/o/units/import/apply", &[("table", &table), ("seal", &seal)]).await;
        let bare = known(units(&house).await);
        assert!(bare.card.is_empty() && bare.services == after.services, "{bare:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_odd_in_a_row_is_told_where_it_stands() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let file = "单位名称,性质,联系人角色,资质\n\
            甲诊所,社会组织,值班人员,食品经营许可｜区局｜2020-01-01,多写的\n\
            乙小店,商户,张三13800138000,\n";
        let seen = bring(&mut organizer, file.as_bytes()).await;
        for text in [
            "新增 1",
            "有错 1",
            "没有用到：“多写的”",
            "食品经营许可 2020-01-01 已到期",
            "联系人角色里有电话号码",
        ] {
            assert!(seen.body.contains(text), "{text} in {}", seen.body);
        }
        let wrong = seen.body.split("aria-invalid").count() - 1;
        assert_eq!(wrong, 1, "one field is marked: {}", seen.body);
        let form = [("name", "丙小店"), ("kind", "merchant"), ("contact_role", "李四 138 0013 8000")];
        let refused = organizer.post("/o/units", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("不能有电话号码"), "{}", refused.body);
    })
    .await;
}

#[tokio::test]
async fn wrong_rows_stay_on_the_page_while_the_others_are_written() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let before = units(&house).await.len();
        let seen = bring(&mut organizer, FILE.as_bytes()).await;
        let (table, seal) = (field(&seen, "table"), field(&seen, "seal"));
        let form = [
            ("table", &*table),
            ("seal", &*seal),
            ("c6-0", "怪单位"),
            ("c6-1", "火星人"),
            ("c6-2", "联络人"),
        ];
        let done = organizer.post("/o/units/import/apply", &form).await;
        assert_eq!(done.status, StatusCode::OK);
        assert!(done.body.contains("已写入 2 家") && field(&done, "c6-1") == "火星人", "{}", done.body);
        assert_eq!(units(&house).await.len(), before + 1);
    })
    .await;
}

#[tokio::test]
async fn a_register_that_changed_meanwhile_is_looked_at_again() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let seen = bring(&mut organizer, FILE.as_bytes()).await;
        let (table, seal) = (field(&seen, "table"), field(&seen, "seal"));
        let add = [("name", "新来的诊所"), ("kind", "company"), ("contact_role", "店长")];
        organizer.post("/o/units", &add).await;
        let moved = organizer.post("/o/units/import/apply", &[("table", &table), ("seal", &seal)]).await;
        assert_eq!(moved.status, StatusCode::CONFLICT);
        assert!(moved.body.contains("名册刚刚有变动") && moved.body.contains("更新 2"), "{}", moved.body);
        let seal = field(&moved, "seal");
        let done = organizer.post("/o/units/import/apply", &[("table", &table), ("seal", &seal)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn what_is_exported_is_the_same_when_it_comes_back() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let odd = [("name", "=HYPERLINK(\"x\")"), ("kind", "merchant"), ("contact_role", "＠店长")];
        assert_eq!(organizer.post("/o/units", &odd).await.status, StatusCode::SEE_OTHER);
        let before = units(&house).await;
        let text = organizer.get("/o/units/export.csv").await;
        assert!(
            text.body.starts_with("\u{feff}\"单位名称\",\"性质\"")
                && text.body.contains("\"'=HYPERLINK(\"\"x\"\")\"")
        );
        assert!(text.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("units.csv"));
        let rows = read(text.body.as_bytes()).unwrap();
        let sheet = xlsx::write("x", &rows).unwrap();
        for bytes in [text.body.as_bytes(), &csv::write(&rows), &sheet] {
            let seen = bring(&mut organizer, bytes).await;
            let same = format!("不变 {}", before.len());
            assert!(seen.body.contains(&same) && seen.body.contains("没有要写入的内容"), "{}", seen.body);
        }
        let mut english = house.signed_in(ORGANIZER).await;
        english.jar.insert("lang".into(), "en".into());
        let text = english.get("/o/units/export.csv").await.body;
        assert!(text.contains("\"Unit name\""));
        assert!(
            bring(&mut organizer, text.as_bytes()).await.body.contains(&format!("不变 {}", before.len()))
        );
        assert_eq!(english.get("/o/units/export.xlsx").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn the_longest_register_goes_the_whole_way() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let mut file = "单位名称,性质,联系人角色,服务,亮职责\n".to_owned();
        for n in 1..=1000 {
            let services = "书画｜文化联谊｜老人、儿童；".repeat(6);
            writeln!(file, "第{n}家,党支部,支部书记,{services},{}", "听取居民诉求".repeat(15)).unwrap();
        }
        let seen = bring(&mut organizer, file.as_bytes()).await;
        assert!(seen.body.contains("新增 1000"), "{}", &seen.body[..seen.body.len().min(3000)]);
        let (table, seal) = (field(&seen, "table"), field(&seen, "seal"));
        let done = organizer.post("/o/units/import/apply", &[("table", &table), ("seal", &seal)]).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/o/units"), "{}", done.body);
        assert_eq!(units(&house).await.len(), 1009);
    })
    .await;
}

#[tokio::test]
async fn a_hostile_file_gets_one_sentence() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let cases: [(Vec<u8>, &str); 8] = [
            (Vec::new(), "文件里没有内容"),
            (b"PK\x03\x04not a workbook".to_vec(), "坏了，打不开"),
            (vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1], "旧版 Excel"),
            (vec![0x89, b'P', b'N', b'G', 0, 255, 254], "读不出文字"),
            ("a,b\nc,d".into(), "没有“单位名称”这一列"),
            ("单位名称,性质".into(), "表头下面没有内容"),
            (vec![b'a'; 1024 * 1024 + 1], "文件太大"),
            (
                "单位名称\n".to_owned().into_bytes().into_iter().chain("x\n".repeat(1200).bytes()).collect(),
                "行数、列数或单元格太多",
            ),
        ];
        for (bytes, sentence) in cases {
            let told = bring(&mut organizer, &bytes).await;
            assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{sentence}");
            assert!(told.body.contains(sentence), "{sentence} in {}", told.body);
        }
        let broken = organizer.post("/o/units/import/apply", &[("table", "{"), ("seal", "")]).await;
        assert!(broken.status.is_client_error(), "{}", broken.status);
    })
    .await;
}

#[tokio::test]
async fn only_organizers_bring_a_file() {
    on_both(|house| async move {
        let before = units(&house).await;
        let mut committee = house.signed_in(COMMITTEE).await;
        assert_eq!(bring(&mut committee, FILE.as_bytes()).await.status, StatusCode::FORBIDDEN);
        let mut stranger = house.browser();
        assert_eq!(bring(&mut stranger, FILE.as_bytes()).await.location(), "/login");
        assert_eq!(units(&house).await, before);
    })
    .await;
}

#[tokio::test]
async fn questions_come_from_a_file_and_a_wrong_row_is_put_right_in_the_form() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let org = house.at().org;
        let before = house.state.store.questions(org).await.unwrap().len();
        let head = "问题,选项一,选项二,选项三,选项四,正确,为什么\n";
        let good = "火警电话是多少？,119,120,,,1,119 是火警。\n";
        let bad = send("/o/quiz/file", &mut organizer, format!("{head}{good}只有题,甲\n").as_bytes()).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            bad.body.contains("第 3 行不对") && bad.body.contains("火警电话是多少？\t119"),
            "{}",
            bad.body
        );
        assert_eq!(house.state.store.questions(org).await.unwrap().len(), before);
        let text = format!("{head}{good}");
        let (gb, ..) = encoding_rs::GB18030.encode(&text);
        let done = send("/o/quiz/file", &mut organizer, &gb).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let added = house.state.store.questions(org).await.unwrap();
        assert!(added.iter().any(|one| one.text() == "火警电话是多少？" && one.options() == ["119", "120"]));
        let long = format!("{text}{}", "多了一道,甲,乙,,,1,\n".repeat(12_000));
        assert!(long.len() > 256 * 1024 && long.len() < 1 << 20, "{} bytes", long.len());
        let many = send("/o/quiz/file", &mut organizer, long.as_bytes()).await;
        assert_eq!(many.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(many.body.contains("最多 1000 行"), "the page says it, no limit before it: {}", many.body);
        let nothing = send("/o/quiz/file", &mut organizer, b"").await;
        assert!(nothing.body.contains("文件里没有内容"), "{}", nothing.body);
        let mut committee = house.signed_in(COMMITTEE).await;
        assert_eq!(send("/o/quiz/file", &mut committee, good.as_bytes()).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
