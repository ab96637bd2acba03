//! What an operator looks at: the last run of each task, the size of the database, the phones that are out.

use kaishi_domain::OrgId;
use kaishi_domain::actor::Admin;
use kaishi_store::{Run, Task};

use crate::house::{House, NOW, on_both};

#[tokio::test]
async fn of_each_task_the_last_run_is_kept_in_its_organization() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let store = &house.store;
        assert!(store.runs(house.org).await.unwrap().is_empty());
        store.run_note(house.org, Task::Retention, "nothing", NOW).await.unwrap();
        store.run_note(house.org, Task::Retention, "two", NOW.plus(1)).await.unwrap();
        store.run_note(OrgId::INSTALLATION, Task::Verify, "OK", NOW).await.unwrap();
        let own = store.runs(house.org).await.unwrap();
        let last = Run { at: NOW.plus(1), found: "two".into() };
        assert_eq!(own.into_iter().collect::<Vec<_>>(), [(Task::Retention, last)]);
        assert_eq!(store.runs(OrgId::INSTALLATION).await.unwrap()[&Task::Verify].found, "OK");
        assert!(store.bytes().await.unwrap() > 100_000);
        let by = Admin::operator(house.org, house.by.account()).auditor();
        let head = store.trail_head(&by).await.unwrap();
        let heads = store.heads().await.unwrap();
        assert_eq!(heads.iter().find(|one| one.org == house.org).unwrap().audit, head);
    })
    .await;
}
