//! What a phone has to load, printed, and held below what it may have to.

use std::collections::BTreeMap;
use std::io::Write as _;

use anyhow::{Result, ensure};

use crate::family::Family;
use crate::site::Site;
use crate::wasm::{file, optimizer};
use crate::{Place, read};

/// One bundle's bytes, wasm and loader together.
struct Weight {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints every bundle's weight and fails for those that are over their family's budget.
pub(crate) fn check(place: &Place, site: &Site, bundles: &BTreeMap<String, String>) -> Result<()> {
    let tool = optimizer();
    let mut over = Vec::new();
    for family in &place.families {
        let Some(bundle) = bundles.get(&family.name) else { continue };
        let weight = weigh(site, bundle)?;
        println!(
            "{}: {} kB raw, {} kB gzip, {} kB brotli of {}",
            family.name,
            kilo(weight.raw),
            kilo(weight.gzip),
            kilo(weight.brotli),
            kilo(family.most)
        );
        over.extend(sentence(family, weight.brotli));
    }
    if tool.is_none() {
        println!(
            "wasm: smaller with wasm-opt on the PATH (Debian: binaryen); without it nothing is too heavy"
        );
        return Ok(());
    }
    ensure!(over.is_empty(), "{}", over.join("\n"));
    Ok(())
}

fn sentence(family: &Family, brotli: usize) -> Option<String> {
    (brotli > family.most).then(|| {
        format!(
            "the {} bundle is {} kB after brotli, {} kB more than the {} kB that app/Cargo.toml allows it: \
             leave something out, or raise the number there and say why",
            family.name,
            kilo(brotli),
            kilo(brotli - family.most),
            kilo(family.most)
        )
    })
}

fn weigh(site: &Site, bundle: &str) -> Result<Weight> {
    let mut weight = Weight { raw: 0, gzip: 0, brotli: 0 };
    for extension in ["js", "wasm"] {
        let bytes = read(&site.pkg().join(file(bundle, extension)))?;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&bytes)?;
        let mut brotli = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 22);
        brotli.write_all(&bytes)?;
        weight.raw += bytes.len();
        weight.gzip += gzip.finish()?.len();
        weight.brotli += brotli.into_inner().len();
    }
    Ok(weight)
}

fn kilo(bytes: usize) -> usize {
    bytes.div_ceil(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_over_its_budget_is_told_by_how_much() {
        let editor = Family { name: "editor".into(), most: 200_000 };
        assert_eq!(sentence(&editor, 200_000), None);
        let told = sentence(&editor, 212_345).unwrap_or_default();
        assert!(
            told.contains("editor bundle is 213 kB") && told.contains("13 kB more than the 200 kB"),
            "{told}"
        );
    }
}
