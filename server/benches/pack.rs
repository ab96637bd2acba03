//! The print pack of 40 stalls: its codes, the whole PDF, and beside it the same pages converted one by one in the
//! same run, as a plain program would.

use std::time::Instant;

use anyhow::Result;
use kaishi_app::pages::pack::Part;
use kaishi_app::pages::poster::{Brand, Row, Sheet};
use kaishi_app::pages::rain::PlaceSign;
use kaishi_domain::poster::Sign;
use kaishi_domain::{Moment, StallId};
use kaishi_server::pack::{Pack, address_code};
use kaishi_server::{paper, poster};

const STALLS: usize = 40;
/// Milliseconds that the codes may take.
const CODES: f64 = 100.0;
/// Milliseconds that the PDF may take.
const WHOLE: f64 = 2_000.0;

fn main() -> Result<()> {
    // `cargo test --benches` only wants to know that it starts.
    if std::env::args().any(|word| word == "--test") {
        return Ok(());
    }
    let (codes, coded) = timed(codes)?;
    let pack = pack(codes);
    let parts = Part::ALL;
    // Fonts are read once a server, before anybody waits for a sheet.
    pack.pdf(&[Part::Cover])?;
    let (pdf, whole) = timed(|| pack.pdf(&parts))?;
    let pages: usize = pack.chapters(&parts).iter().map(|chapter| chapter.leaves.len()).sum();
    let (plain, one_by_one) = timed(|| singly(&pack))?;
    println!("print pack of {STALLS} stalls, {pages} pages");
    println!("  codes            {coded:>8.1} ms   {:>6.2} of the {CODES:.0} ms allowed", coded / CODES);
    println!("  whole PDF        {whole:>8.1} ms   {:>6.2} of the {WHOLE:.0} ms allowed", whole / WHOLE);
    println!(
        "  size             {:>8.0} kB   ratio to page by page: {:.2} of {:.0} kB, {:.2} of {one_by_one:.0} ms",
        pdf.len() as f64 / 1e3,
        pdf.len() as f64 / plain as f64,
        plain as f64 / 1e3,
        whole / one_by_one
    );
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, f64)> {
    let begun = Instant::now();
    let done = work()?;
    Ok((done, begun.elapsed().as_secs_f64() * 1000.0))
}

fn codes() -> Result<Vec<(String, usize)>> {
    let code = |no: usize| {
        let text = poster::text("https://ks.example.cn", &format!("{no:040}"));
        address_code(&text).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))
    };
    (0..STALLS).map(code).collect()
}

/// The size of all pages when each is a file of its own.
fn singly(pack: &Pack) -> Result<usize> {
    let mut bytes = 0;
    for chapter in pack.chapters(&Part::ALL) {
        for leaf in chapter.leaves {
            bytes += paper::pdf(&leaf.svg())?.len();
        }
    }
    Ok(bytes)
}

fn pack(codes: Vec<(String, usize)>) -> Pack {
    let row = |(at, (code, width)): (usize, (String, usize))| {
        let no = (at + 1).to_string();
        Row {
            sign: Sign {
                stall: StallId::new(Moment::from_millis(0), [at as u8; 10]),
                no: no.clone(),
                zone: "A".into(),
                name: "网格有约".into(),
                unit: "福中社区综合党委和辖区共建单位联合服务队".into(),
                services: vec!["政策咨询".into(), "民情收集".into(), "法律援助".into()],
                off_hours: vec![],
                withdrawn: false,
            },
            zone_name: "民有所呼，我有所应".into(),
            sheet: Some(Sheet {
                poster: no.clone(),
                revision: 1,
                number: format!("0513-{no:0>2}-K7QM"),
                opens: String::new(),
                code,
                width,
            }),
        }
    };
    let ask = "https://ks.example.cn/a";
    let places = (1..=STALLS / 2).map(|no| PlaceSign {
        no: no.to_string(),
        name: format!("摊位 {no}"),
        place: "连廊东侧".into(),
        beside: Some("旁边是9号、11号".into()),
        way: "往东北走约 45 米".into(),
        bearing: 45.0,
    });
    let places = places.collect();
    Pack {
        brand: Brand {
            title: "福中社区 党员服务市集".into(),
            theme: "党群开市“服”满园，不拘一“格”应民声".into(),
            day: "5月13日".into(),
            weekday: "星期六".into(),
            host: "福中社区党委".into(),
            organizer: "福中社区工作站".into(),
            domain: "ks.example.cn".into(),
            printed: "5月12日".into(),
            standing: false,
        },
        rows: codes.into_iter().enumerate().map(row).collect(),
        places,
        hours: ["09:00", "10:00", "11:00"].map(str::to_owned).to_vec(),
        map: None,
        prefix: "K7Q2M".into(),
        ask: "ks.example.cn/a".into(),
        ask_code: address_code(ask).unwrap_or_default(),
        coded: Vec::new(),
        small: false,
    }
}
