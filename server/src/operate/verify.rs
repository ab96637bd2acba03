//! `kaishi verify`: walks every chain and says, for each organization, how many rows, which head, and OK or the first
//! bad row.

use std::process::ExitCode;

use anyhow::Result;
use kaishi_store::{Anchored, Proof, Store};

use crate::anchor::Anchor;
use crate::setting::Setting;

/// Prints what was found; the exit code is 1 when anything is broken.
pub async fn verify(setting: &Setting) -> Result<ExitCode> {
    let store = super::ours(setting).await?;
    let mut sound = true;
    let heads = match Anchor::read(&setting.folder())? {
        None => {
            println!("heads beside the data: none; they are written down while `kaishi serve` runs");
            Vec::new()
        }
        Some(anchor) if anchor.is_ours(&store)? => {
            println!("heads beside the data: of {}", anchor.written()?);
            anchor.heads
        }
        Some(_) => {
            println!("heads beside the data: BROKEN, they were changed or written with another key");
            sound = false;
            Vec::new()
        }
    };
    let proofs = shown(&store, &heads).await?;
    sound &= is_sound(&proofs);
    crate::works::note_proofs(&store, &proofs, super::now()).await?;
    store.close().await;
    println!("{}", if sound { "OK" } else { "BROKEN" });
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints the proof of every organization and answers whether all are sound.
pub(super) async fn prove(store: &Store, heads: &[Anchored]) -> Result<bool> {
    Ok(is_sound(&shown(store, heads).await?))
}

async fn shown(store: &Store, heads: &[Anchored]) -> Result<Vec<Proof>> {
    let proofs = store.verify(heads).await?;
    for proof in &proofs {
        print(store, proof);
    }
    Ok(proofs)
}

fn is_sound(proofs: &[Proof]) -> bool {
    proofs.iter().all(|proof| proof.flaws.is_empty())
}

fn print(store: &Store, proof: &Proof) {
    println!("{} {}", proof.org, if proof.name.is_empty() { "-" } else { &proof.name });
    let heads: Vec<String> =
        proof.ledgers.iter().map(|(market, head)| format!("{market} {} {}", head.rows, head.link)).collect();
    let whole = store.sealed(heads.iter().map(String::as_str));
    println!("  ledger {:>9} rows  head {whole}  markets {}", proof.rows(), proof.ledgers.len());
    println!("  audit  {:>9} rows  head {}", proof.audit.rows, proof.audit.link);
    println!("  printed heads of bulletins computed anew: {}", proof.bulletins);
    if proof.flaws.is_empty() {
        println!("  OK");
    }
    for flaw in &proof.flaws {
        println!("  BROKEN {flaw}");
    }
}
