//! What leaves the desk: public copies, and slips of paper that come back.

use axum::http::StatusCode;
use kaishi_domain::appeal::Category;
use kaishi_server::demo::ORGANIZER;

use super::{done, plain, raised};
use crate::house::{Browser, on_both};

#[tokio::test]
async fn what_is_ticked_is_public_and_anybody_may_raise_more() {
    on_both(|house| async move {
        let (mut desk, mut phone) = (house.signed_in(ORGANIZER).await, house.browser());
        phone.keeps_cookies = false;
        let appeal = raised(&house, "n1", Category::Help).await;
        let one = format!("/o/m/{}/appeals/{}", house.at(), appeal.code.slip);
        let page = desk.get(&one).await;
        assert!(page.body.contains("138********</textarea>"), "the copy begins masked");
        let voices = format!("/m/{}/voices", house.at());
        assert!(phone.get(&format!("/m/{}", house.at())).await.body.contains(&voices));
        let copy = [("seen", "0"), ("body", "三栋路灯不亮")];
        done(&mut desk, &format!("{one}/public"), &copy).await;
        assert!(!phone.get(&voices).await.body.contains("三栋路灯"), "not ticked");
        let ticked = [("seen", "1"), ("body", "三栋路灯不亮"), ("shown", "yes")];
        done(&mut desk, &format!("{one}/public"), &ticked).await;
        let late = desk.post(&format!("{one}/public"), &ticked).await;
        assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.body.contains("公开稿刚被别人改过"));
        let public = phone.get(&voices).await;
        assert!(public.body.contains("三栋路灯不亮") && !public.body.contains(&appeal.code.slip.to_string()));
        assert!(!public.body.contains("<script"));

        let say = format!("/m/{}/say", house.at());
        let ticket = phone.get(&say).await.field("ticket").unwrap();
        let form = |words: &'static str| {
            [
                ("ticket", ticket.as_str()),
                ("category", "suggestion"),
                ("words", words),
                ("contact", ""),
                ("website", ""),
            ]
        };
        let empty = phone.post(&say, &form(" ")).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let first = done(&mut phone, &say, &form("多放几张椅子")).await;
        let again = done(&mut phone, &say, &form("多放几张椅子")).await;
        assert_eq!(first.location(), again.location(), "sent again it is the same");
        let poster = format!("{}/appeal", house.stall("2"));
        let foreign = phone.post(&poster, &form("别处的票")).await;
        assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY, "the ticket of another page");
    })
    .await;
}

#[tokio::test]
async fn a_printed_slip_waits_is_keyed_in_and_leads_to_its_appeal() {
    on_both(|house| async move {
        let (mut desk, mut phone) = (house.signed_in(ORGANIZER).await, house.browser());
        let list = format!("/o/m/{}/appeals", house.at());
        let wrong = desk.post(&format!("{list}/slips"), &[("count", "100")]).await;
        assert!(
            wrong.status == StatusCode::UNPROCESSABLE_ENTITY
                && wrong.field("count").as_deref() == Some("100")
        );
        done(&mut desk, &format!("{list}/slips"), &[("count", "4")]).await;
        let sheet = desk.get(&format!("{list}/slips/print")).await.body;
        assert_eq!(sheet.matches("class=\"qr\"").count(), 8, "two parts each");
        let slips = house.state.store.slips(&house.by, house.market.id).await.unwrap();
        let code = format!("{}-{}", house.market.org, slips[0].code);
        let waits = phone.get(&format!("/a/{code}")).await;
        assert!(waits.body.contains("还没录入"), "{}", waits.body);
        let nonce = desk.get(&format!("{list}/new")).await.field("nonce").unwrap();
        let keyed = |typed: &str, nonce: &str| {
            [
                ("nonce", nonce.to_owned()),
                ("how", "paper".into()),
                ("code", typed.to_owned()),
                ("category", "help".into()),
                ("words", "路灯不亮".into()),
            ]
        };
        let post = async |desk: &mut Browser, fields: [(&'static str, String); 5]| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            desk.post(&format!("{list}/new"), &fields).await
        };
        let made_up = post(&mut desk, keyed("ZZZZZZ", &nonce)).await;
        assert!(
            made_up.status == StatusCode::UNPROCESSABLE_ENTITY && made_up.body.contains("没有印过这个码")
        );
        let slip = slips[0].code.to_string();
        let first = post(&mut desk, keyed(&slip, &nonce)).await;
        assert!(first.location().ends_with(&slip), "{} {}", first.location(), first.body);
        let other = desk.get(&format!("{list}/new")).await.field("nonce").unwrap();
        assert!(post(&mut desk, keyed(&code, &other)).await.body.contains("已经录入过了"));
        assert!(plain(&phone.get(&format!("/a/{code}")).await).contains("路灯不亮"));
    })
    .await;
}
