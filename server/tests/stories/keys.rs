//! The master keys as an operator turns them: what was signed before stays good until its key is void, and a server
//! with the key of another database does not start.

use crate::program::{Phone, Place, Serving, Tapped};

/// A demo that was served and has ended, with some people at one stall; the address of that stall.
async fn served(many: usize) -> (Place, String) {
    let place = Place::new();
    let serving = Serving::demo(&place, &[]).await;
    let stall = serving.stall(0);
    for _ in 0..many {
        tap(&stall).await;
    }
    assert!(serving.stop().await);
    (place, stall)
}

async fn tap(stall: &str) {
    let phone = Phone::new();
    let ticket = phone.look(stall).await.unwrap();
    assert_eq!(phone.send(stall, &ticket).await, Tapped::Acknowledged);
}

/// The same path at the server that runs now.
fn at(serving: &Serving, old: &str) -> String {
    format!("{}/s/{}", serving.base, old.rsplit('/').next().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_turned_and_what_the_old_one_signed_is_good_until_it_is_void() {
    let (place, poster) = served(3).await;
    let listed = place.demo(&["key", "list"]).well();
    assert!(listed.contains("1  since -") && listed.contains("signs now"), "{listed}");
    place.demo(&["backup", "--to", "before"]).well();
    place.demo(&["key", "void", "1"]).no("signs now");

    let said = place.demo(&["key", "rotate"]).well();
    assert!(said.contains("key 2 signs now") && said.contains("heads marked anew"), "{said}");
    let listed = place.demo(&["key", "list"]).well();
    let lines: Vec<&str> = listed.lines().collect();
    assert!(lines[0].trim_start().starts_with("2  since 20") && lines[0].ends_with("signs now"), "{listed}");
    assert!(lines[1].trim_start().starts_with("1  since -") && lines[1].ends_with("honoured"), "{listed}");
    let proved = place.demo(&["verify"]).well();
    assert!(proved.contains("heads beside the data: of "), "{proved}");

    // The old poster counts on, and rows of both keys stand in one chain.
    let serving = Serving::demo(&place, &[]).await;
    tap(&at(&serving, &poster)).await;
    place.demo(&["key", "rotate"]).no("stop it first");
    assert_ne!(
        serving.stall(0).rsplit('/').next(),
        poster.rsplit('/').next(),
        "what is printed now is of the new key"
    );
    assert!(serving.stop().await);
    place.demo(&["verify"]).well();

    // A backup of the old key comes back, and belongs to the new one then.
    let said = place.demo(&["restore", "--from", "before", "--force"]).well();
    assert!(said.contains("this backup is of key 1") && said.contains("key 2 signs now"), "{said}");
    place.demo(&["verify"]).well();

    place.demo(&["key", "void", "1"]).well();
    let serving = Serving::demo(&place, &[]).await;
    let refused = reqwest::get(at(&serving, &poster)).await.unwrap();
    assert_eq!(refused.status(), 404, "a poster of a key that is void");
    tap(&serving.stall(0)).await;
    assert!(serving.stop().await);
    place.demo(&["verify"]).well();
    assert!(place.demo(&["key", "list"]).well().contains("void"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_turn_that_was_interrupted_is_finished_and_a_broken_chain_is_not_turned() {
    let (place, _) = served(2).await;
    let (database, heads) = (place.database(), place.file("data/demo/heads.json"));
    let (old, beside) = (std::fs::read(&database).unwrap(), std::fs::read(&heads).unwrap());
    place.demo(&["key", "rotate"]).well();
    // The key file was written, the database was not.
    std::fs::write(&database, old).unwrap();
    std::fs::write(&heads, beside).unwrap();
    for verb in [&["serve", "--address", "127.0.0.1:0"][..], &["verify"], &["backup", "--to", "none"]] {
        place.demo(verb).no("finishes the turn");
    }
    let said = place.demo(&["key", "rotate"]).well();
    assert!(said.contains("from key 1 to key 2") && said.contains("key 2 signs now"), "{said}");
    place.demo(&["verify"]).well();

    let bent = "update audit set detail = 'other' where seq = 2";
    crate::program::behind(&database, bent).await;
    let key = std::fs::read(place.file("data/demo/secret.key")).unwrap();
    place.demo(&["key", "rotate"]).no("the chains are broken");
    assert_eq!(std::fs::read(place.file("data/demo/secret.key")).unwrap(), key, "nothing was changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_the_key_of_another_database_says_so_and_does_nothing() {
    let (place, _) = served(1).await;
    let (file, apart) = (place.file("data/demo/secret.key"), place.file("apart.key"));
    std::fs::rename(&file, &apart).unwrap();
    let serve = ["serve", "--address", "127.0.0.1:0"];
    place.demo(&serve).no("master key is not the one of this database");
    assert!(!file.exists(), "a key that was made just now would hide that the right one is missing");
    std::fs::write(&file, "5".repeat(64)).unwrap();
    for verb in [&serve[..], &["verify"], &["user", "list"], &["key", "rotate"]] {
        place.demo(verb).no("master key is not the one of this database");
    }
    std::fs::rename(&apart, &file).unwrap();
    place.demo(&["verify"]).well();
}
