//! The print pack: every code is read from the drawn page, no word leaves its paper or stands on another, and the PDF
//! has its pages and one set of fonts.

mod served;

use kaishi_app::pages::pack::Part;
use kaishi_app::pages::poster::{Brand, Row, Sheet};
use kaishi_app::pages::rain::PlaceSign;
use kaishi_domain::poster::Sign;
use kaishi_domain::{Moment, StallId};
use kaishi_server::pack::{Coded, Leaf, Pack, address_code};
use kaishi_server::{paper, poster};
use resvg::usvg::{Group, Node, Rect};

const ASK: &str = "https://ks.example.cn/a";

/// Slips with printed codes, more than stand on one sheet.
const CODES: [&str; 4] = ["K7QM2X", "4X9T2B", "WWWWWW", "111111"];

fn own_page(code: &str) -> String {
    poster::address("https://ks.example.cn", "a", &format!("K7Q2M-{code}"))
}

fn coded(code: &str) -> Coded {
    Coded { code: code.to_owned(), picture: address_code(&own_page(code)).unwrap() }
}

fn printed(no: usize) -> String {
    poster::text("https://ks.example.cn", &format!("{no:040}"))
}

fn row(no: usize, name: &str, unit: &str, services: &[&str]) -> Row {
    let (code, width) = address_code(&printed(no)).unwrap();
    Row {
        sign: Sign {
            stall: StallId::new(Moment::from_millis(0), [no as u8; 10]),
            no: no.to_string(),
            zone: "A".into(),
            name: name.into(),
            unit: unit.into(),
            services: services.iter().map(|text| (*text).to_owned()).collect(),
            off_hours: vec![],
            withdrawn: false,
        },
        zone_name: "民有所呼，我有所应".into(),
        sheet: Some(Sheet {
            poster: no.to_string(),
            revision: 12,
            number: format!("0513-{no:0>2}-K7QM"),
            opens: String::new(),
            code,
            width,
        }),
    }
}

fn moved(no: &str, name: &str, place: &str, beside: Option<&str>, bearing: f64) -> PlaceSign {
    let (no, name, place) = (no.to_owned(), name.to_owned(), place.to_owned());
    PlaceSign {
        no, name, place, beside: beside.map(str::to_owned), way: "往西南走约 45 米".into(), bearing
    }
}

/// Stalls as short and as long as they come.
fn pack(small: bool) -> Pack {
    let long = "福建省泉州市泉港区山腰街道锦祥社区综合党委与辖区两新组织联合党支部及志愿服务总队共建单位";
    let services =
        ["政策咨询与惠企政策解读", "法律援助和劳动争议调解", "血压血糖测量", "家电维修", "理发", "书画"];
    let names = [
        row(1, "书记有约", "社区党委", &["听民声"]),
        row(12, "网格有约", "", &[]),
        row(128, "Health checks 健康义诊与急救知识培训体验专区", long, &services),
        row(7, "", long, &services[..3]),
    ];
    Pack {
        brand: Brand {
            title: "福中社区 党员服务市集暨“我为群众办实事”集中服务日".into(),
            theme: "党群开市“服”满园，不拘一“格”应民声".into(),
            day: "12月13日".into(),
            weekday: "星期六".into(),
            host: "中共泉州市泉港区山腰街道工作委员会、泉港区民政局".into(),
            organizer: long.into(),
            domain: "market.service.quangang.example.gov.cn".into(),
            printed: "12月12日".into(),
            standing: false,
        },
        rows: names.into(),
        places: vec![
            moved("7", "", "连廊", None, 0.0),
            moved(
                "128",
                "Health checks 健康义诊与急救知识培训体验专区",
                "社区党群服务中心一层大厅东侧走廊",
                Some("旁边是9号、11号、127号、129号"),
                225.0,
            ),
        ],
        hours: ["09:00", "10:00", "11:00"].map(str::to_owned).to_vec(),
        map: None,
        prefix: "K7Q2M".into(),
        ask: "market.service.quangang.example.gov.cn/a".into(),
        ask_code: address_code(ASK).unwrap(),
        coded: CODES.map(coded).into(),
        small,
    }
}

/// A page as it is printed, so many dots an inch.
fn drawn(leaf: &Leaf, dpi: f32) -> image::GrayImage {
    let tree = paper::tree(&leaf.svg()).unwrap();
    let zoom = dpi / 96.0;
    let (width, height) = ((tree.size().width() * zoom) as u32, (tree.size().height() * zoom) as u32);
    let mut dots = resvg::tiny_skia::Pixmap::new(width, height).unwrap();
    dots.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, resvg::tiny_skia::Transform::from_scale(zoom, zoom), &mut dots.as_mut());
    let grey = |x, y| image::Luma([dots.pixel(x, y).unwrap().green()]);
    image::GrayImage::from_fn(width, height, grey)
}

/// What a phone reads that is held before one of so many strips of a page after another: before the whole strip, then
/// closer to its left or right and from another distance, as people do until it is read.
fn read(leaf: &Leaf, strips: u32) -> Vec<String> {
    let pages = [150.0, 200.0, 110.0].map(|dpi| drawn(leaf, dpi));
    let strip = |nth: u32| {
        let looks = pages.iter().flat_map(|page| {
            let (width, tall) = (page.width(), page.height() / strips);
            let (near, nearer) = (width * 11 / 20, width * 2 / 5);
            let parts = [(0, width), (0, near), (width - near, near), (0, nearer), (width - nearer, nearer)];
            parts.map(|(left, wide)| image::imageops::crop_imm(page, left, nth * tall, wide, tall).to_image())
        });
        looks.map(|look| seen(&look)).find(|texts| !texts.is_empty()).unwrap_or_default()
    };
    (0..strips).flat_map(strip).collect()
}

fn seen(picture: &image::GrayImage) -> Vec<String> {
    let grey = |x: usize, y: usize| picture.get_pixel(x as u32, y as u32).0[0];
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut found = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    found.detect_grids().into_iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect()
}

/// Every run of words on a page: what it says and where.
fn words(leaf: &Leaf) -> Vec<(String, Rect)> {
    fn walk(group: &Group, found: &mut Vec<(String, Rect)>) {
        for node in group.children() {
            match node {
                Node::Group(inner) => walk(inner, found),
                Node::Text(text) => {
                    let said: String = text.chunks().iter().map(|chunk| chunk.text().to_owned()).collect();
                    let drawn = text.flattened().bounding_box();
                    found.push((said, drawn.transform(text.abs_transform()).unwrap()));
                }
                _ => {}
            }
        }
    }
    let tree = paper::tree(&leaf.svg()).unwrap();
    let mut found = Vec::new();
    walk(tree.root(), &mut found);
    found
}

#[test]
fn every_code_is_read_from_its_drawn_page_and_is_the_stalls_own() {
    for small in [false, true] {
        let pack = pack(small);
        for chapter in pack.chapters(&[Part::Posters, Part::Signs, Part::Slips]) {
            assert_eq!(chapter.leaves.len(), pack.rows.len());
            for (row, leaf) in pack.rows.iter().zip(&chapter.leaves) {
                let own = printed(row.sign.no.parse().unwrap());
                let want = match chapter.part {
                    Part::Posters => vec![own],
                    Part::Signs => vec![own.clone(), own],
                    _ => vec![ASK.to_owned(); 3],
                };
                assert_eq!(
                    read(leaf, want.len() as u32),
                    want,
                    "{:?} of stall {}, small: {small}",
                    chapter.part,
                    row.sign.no
                );
            }
        }
    }
}

#[test]
fn every_printed_slip_has_its_own_code_in_letters_on_both_parts_and_as_a_picture() {
    let chapter = pack(false).chapters(&[Part::Codes]).remove(0);
    assert_eq!(chapter.leaves.len(), 2, "three a sheet");
    for (leaf, codes) in chapter.leaves.iter().zip(CODES.chunks(3)) {
        let want: Vec<String> = codes.iter().map(|code| own_page(code)).collect();
        assert_eq!(read(leaf, 3), want, "the strips of a sheet, from above");
        let said = words(leaf);
        for code in codes {
            assert_eq!(said.iter().filter(|(text, _)| text == code).count(), 2, "{code}");
        }
    }
}

#[test]
fn no_word_leaves_the_paper_or_stands_on_another() {
    for chapter in pack(false).chapters(&Part::ALL) {
        for (at, leaf) in chapter.leaves.iter().enumerate() {
            let words = words(leaf);
            assert!(!words.is_empty());
            let mm = |pixels: f32| f64::from(pixels) * 25.4 / 96.0;
            for (nth, (text, place)) in words.iter().enumerate() {
                let inside = mm(place.left()) >= 4.0
                    && mm(place.top()) >= 3.0
                    && mm(place.right()) <= leaf.width - 4.0
                    && mm(place.bottom()) <= leaf.height - 4.0;
                assert!(inside, "{:?} {at}: {text} at {place:?}", chapter.part);
                for (other, there) in &words[nth + 1..] {
                    let across = place.right().min(there.right()) - place.left().max(there.left());
                    let down = place.bottom().min(there.bottom()) - place.top().max(there.top());
                    let apart = across <= 0.5 || down <= 0.5;
                    assert!(apart, "{:?} {at}: {text} stands on {other}", chapter.part);
                }
            }
        }
    }
}

#[test]
fn a_poster_says_all_that_a_resident_and_a_round_need() {
    let pack = pack(false);
    let chapter = pack.chapters(&[Part::Posters]).remove(0);
    let said: String = words(&chapter.leaves[0]).into_iter().map(|(text, _)| text).collect();
    for part in [
        "1",
        "书记有约",
        "社区党委",
        "听民声",
        "12月13日",
        "星期六",
        "被服务了",
        "扫不了",
        "请摊位人员按一下",
        "不记姓名",
        "只在当天有效",
        "亮承诺",
        "难办的三日内回话",
        "0513-01-K7QM",
        "第 12 版",
        "12月12日印",
        "market.service.quangang.example.gov.cn",
    ] {
        assert!(said.contains(part), "{part} is missing in {said}");
    }
    let height = words(&chapter.leaves[0]).into_iter().find(|(text, _)| text == "1").unwrap().1.height();
    assert!(height * 25.4 / 96.0 > 55.0, "the number is read at five metres");
}

/// How often something stands in a file.
fn count(file: &[u8], what: &str) -> usize {
    file.windows(what.len()).filter(|part| *part == what.as_bytes()).count()
}

#[test]
fn a_pdf_has_its_pages_its_bookmarks_and_one_set_of_fonts() {
    let pack = pack(false);
    let pages: usize = pack.chapters(&Part::ALL).iter().map(|chapter| chapter.leaves.len()).sum();
    assert_eq!(pages, 1 + 4 + 1 + 4 + 2 + 4 + 4 + 2);
    let pdf = pack.pdf(&Part::ALL).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    assert_eq!(count(&pdf, "/MediaBox"), pages);
    assert_eq!(count(&pdf, "/FontFile"), 1, "one copy of the font for all pages");
    assert_eq!(count(&pdf, "NotoSansCJKsc"), count(&pdf, "/FontFile") * 3, "ours, and no other");
    assert_eq!(count(&pdf, "/ToUnicode"), 1, "text can be searched and copied");
    assert_eq!(count(&pdf, "/Dest "), 8);
    assert!(pdf.len() < 400_000, "{} bytes", pdf.len());

    let five = pack.rows.iter().cycle().take(40).cloned().collect();
    let many = Pack { rows: five, ..pack }.pdf(&[Part::Posters]).unwrap();
    assert_eq!((count(&many, "/MediaBox"), count(&many, "/FontFile")), (40, 1));
    assert!(many.len() < 1_000_000, "{} bytes for forty posters", many.len());
}
