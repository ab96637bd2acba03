//! Files that people bring: read without loss, or refused with the part that is wrong.

use serde_json::{Value, json};

use super::SHIYUAN;
use crate::Refusal;
use crate::ground::{Kind, Mistake, Spot, Unread, read};

fn with(change: impl FnOnce(&mut Value)) -> Result<crate::ground::Ground, Unread> {
    let mut value: Value = serde_json::from_str(SHIYUAN).unwrap();
    change(&mut value);
    read(&value.to_string())
}

const fn spot(kind: Kind, index: usize) -> Spot {
    Spot { kind, index }
}

#[test]
fn a_ground_goes_out_and_comes_in_without_loss() {
    let ground = read(SHIYUAN).unwrap();
    assert_eq!(read(&serde_json::to_string_pretty(&ground).unwrap()).unwrap(), ground);
    assert_eq!(read(&format!("\u{feff}{SHIYUAN}")).unwrap(), ground);
}

#[test]
fn a_file_that_is_cut_off_is_told_by_its_line() {
    assert!(
        matches!(read(&SHIYUAN[..400]), Err(Unread::NotJson { line: 7, .. })),
        "{:?}",
        read(&SHIYUAN[..400])
    );
    assert_eq!(read("[]"), Err(Unread::NotVenue));
    assert_eq!(read(r#"{"schema": "venue/2"}"#), Err(Unread::NotVenue));
    assert_eq!(read(""), Err(Unread::NotJson { line: 1, column: 0 }));
}

#[test]
fn the_wrong_part_is_named() {
    let crossed = with(|v| v["zones"][1]["polygon"] = json!([[0, 30], [9, 39], [9, 30], [0, 37]]));
    let Err(Unread::Flaw(flaw)) = crossed else { panic!("{crossed:?}") };
    assert_eq!((flaw.spot, flaw.mistake), (spot(Kind::Zone, 1), Mistake::Crosses));

    let lacks = with(|v| {
        v["zones"][1].as_object_mut().unwrap().remove("aisle");
    });
    assert_eq!(lacks, Err(Unread::Part(spot(Kind::Zone, 1), "missing field `aisle`".into())));
    let flat = with(|v| v["obstacles"][2]["polygon"] = json!([[0, 0], [1, 1]]));
    assert_eq!(flat, Err(Unread::Part(spot(Kind::Obstacle, 2), "malformed polygon".into())));
    let wide = with(|v| v["zones"][0]["stall"]["w"] = json!(70));
    assert_eq!(wide, Err(Unread::Nonsense(spot(Kind::Zone, 0), Refusal::Malformed("stall width"))));
    let far = with(|v| v["outlets"][3]["at"] = json!([1e9, 0]));
    assert_eq!(far, Err(Unread::Nonsense(spot(Kind::Outlet, 3), Refusal::Malformed("place"))));
    let text = with(|v| v["water"][1] = json!("here"));
    assert!(matches!(text, Err(Unread::Part(Spot { kind: Kind::Water, index: 1 }, _))));
    let lane = with(|v| v["keep_clear"][0]["width"] = json!(3));
    let Err(Unread::Flaw(flaw)) = lane else { panic!("{lane:?}") };
    assert_eq!((flaw.spot, flaw.mistake), (spot(Kind::KeepClear, 0), Mistake::Narrow(3.0, 4.0)));
}

#[test]
fn parts_that_do_not_go_together_are_told() {
    let twins = with(|v| v["zones"][1]["id"] = json!("plaza"));
    assert_eq!(twins, Err(Unread::Together(Refusal::Malformed("id that occurs twice"))));
    let wired = with(|v| v["outlets"][0]["circuit"] = json!("c9"));
    assert_eq!(wired, Err(Unread::Together(Refusal::Missing("circuit"))));
    let surprise = with(|v| v["surprise"] = json!(1));
    assert!(matches!(surprise, Err(Unread::Whole(why)) if why.contains("surprise")));
}
