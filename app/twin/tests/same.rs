//! A browser plans what a server plans: the same bytes for the same market, seed and steps.

#[path = "browser/mod.rs"]
mod browser;
#[path = "../../domain/benches/fair/mod.rs"]
mod fair;

#[test]
fn a_browser_and_a_server_give_the_same_plan() {
    let markets = [(12, 1), (24, 2), (40, 3), (60, 4), (120, 5), (200, 6)];
    let mut tasks: Vec<browser::Task> = markets
        .iter()
        .map(|(stalls, seed)| {
            (serde_json::to_string(&fair::market(*stalls, *seed)).expect("a file"), *seed as u32, 60_000)
        })
        .collect();
    tasks.push((tasks[2].0.clone(), 9, 850_000));
    // So large that places are proposed by their prices.
    tasks.push((serde_json::to_string(&fair::market(500, 7)).expect("a file"), 7, 60_000));
    tasks.push(("{}".to_owned(), 0, 0));
    let found = browser::plans("dev", &tasks).expect("plans by node");
    assert_eq!(found.len(), tasks.len());
    for ((market, seed, steps), (plan, _)) in tasks.iter().zip(&found) {
        assert_eq!(*plan, kaishi_twin::plan(market, *seed, *steps), "seed {seed}");
    }
    assert_eq!(found[tasks.len() - 1].0, "malformed market file");
    assert!(found[0].0.contains("\"unplaced\":0") || found[5].0.contains("\"plan\":[["), "they are plans");
}
