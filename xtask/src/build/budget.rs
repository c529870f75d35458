//! The weight the portal may have. One KB is 1000 bytes.

use std::fmt;

use super::sizes::Entry;

/// What a first visit should cost, brotli.
const FIRST_VISIT_AIM: u64 = 130_000;
/// What a first visit may cost, brotli.
const FIRST_VISIT_LIMIT: u64 = 180_000;
/// What the whole folder may cost, brotli: the first visit, the larger program and a few small files. As tight as
/// the last measurement allows, so that growth is noticed.
const FOLDER_LIMIT: u64 = 1_250_000;
/// What the part that is loaded with the Workshop may cost, brotli.
const WORKSHOP_LIMIT: u64 = 90_000;
/// What one file that is not built (an icon, a schema, a logo) may cost as it is sent…
const ASSET_LIMIT: u64 = 20_000;
/// …and as it lies there, because not every server compresses.
const ASSET_RAW_LIMIT: u64 = 28_000;

/// The sizes with what is wrong about them.
#[derive(Clone, Debug)]
pub struct Report {
    entries: Vec<Entry>,
    /// One sentence for each broken budget.
    pub problems: Vec<String>,
}

impl Report {
    /// Judges the sizes.
    pub fn new(entries: Vec<Entry>) -> Self {
        let problems = problems(&entries);
        Self { entries, problems }
    }

    /// The first visit as it is sent, in bytes.
    pub fn first_visit(&self) -> u64 {
        first_visit(&self.entries)
    }
}

fn first_visit(entries: &[Entry]) -> u64 {
    entries.iter().filter(|entry| entry.first_visit).map(Entry::sent).sum()
}

/// What is loaded when the Workshop is opened.
fn workshop(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    entries.iter().filter(|entry| entry.name.starts_with("workshop-"))
}

fn problems(entries: &[Entry]) -> Vec<String> {
    let mut found = Vec::new();
    let first = first_visit(entries);
    if first > FIRST_VISIT_LIMIT {
        found.push(format!("the first visit is {} and may be {}", kb(first), kb(FIRST_VISIT_LIMIT)));
    }
    let folder: u64 = entries.iter().map(Entry::sent).sum();
    if folder > FOLDER_LIMIT {
        found.push(format!("all files together are {} and may be {}", kb(folder), kb(FOLDER_LIMIT)));
    }
    let workshop: u64 = workshop(entries).map(Entry::sent).sum();
    if workshop > WORKSHOP_LIMIT {
        found.push(format!(
            "the Workshop’s own files are {} and may be {}",
            kb(workshop),
            kb(WORKSHOP_LIMIT)
        ));
    }
    for entry in entries.iter().filter(|entry| !entry.is_built()) {
        if entry.sent() > ASSET_LIMIT {
            let (name, sent) = (&entry.name, kb(entry.sent()));
            found.push(format!("{name} is {sent} as it is sent, and one asset may be {}", kb(ASSET_LIMIT)));
        } else if entry.raw > ASSET_RAW_LIMIT {
            let (name, raw) = (&entry.name, kb(entry.raw));
            found.push(format!("{name} is {raw} uncompressed, and one asset may be {}", kb(ASSET_RAW_LIMIT)));
        }
    }
    found
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.entries.iter().map(|entry| entry.name.len()).max().unwrap_or(4).max(30);
        writeln!(f, "{:width$}  {:>9} {:>9} {:>9}  first visit", "file", "raw", "gzip", "brotli")?;
        for entry in &self.entries {
            let mark = if entry.first_visit { "yes" } else { "" };
            let (raw, gzip, brotli) = (entry.raw, number(entry.gzip), number(entry.brotli));
            writeln!(f, "{:width$}  {raw:>9} {gzip:>9} {brotli:>9}  {mark}", entry.name)?;
        }
        let first: Vec<&Entry> = self.entries.iter().filter(|entry| entry.first_visit).collect();
        total(f, width, "first visit", &first)?;
        total(f, width, "the Workshop", &workshop(&self.entries).collect::<Vec<_>>())?;
        total(f, width, "all files", &self.entries.iter().collect::<Vec<_>>())?;
        let now = self.first_visit();
        let word = if now <= FIRST_VISIT_AIM { "within" } else { "over" };
        writeln!(
            f,
            "First visit {}: {word} the aim of {}; the limit is {}.",
            kb(now),
            kb(FIRST_VISIT_AIM),
            kb(FIRST_VISIT_LIMIT)
        )
    }
}

fn total(f: &mut fmt::Formatter<'_>, width: usize, label: &str, entries: &[&Entry]) -> fmt::Result {
    let raw: u64 = entries.iter().map(|entry| entry.raw).sum();
    let gzip: u64 = entries.iter().map(|entry| entry.gzip.unwrap_or(entry.raw)).sum();
    let brotli: u64 = entries.iter().map(|entry| entry.sent()).sum();
    writeln!(f, "{label:width$}  {raw:>9} {gzip:>9} {brotli:>9}")
}

fn number(size: Option<u64>) -> String {
    size.map(|size| size.to_string()).unwrap_or_else(|| "-".to_owned())
}

/// A size for a person, in KB of 1000 bytes.
pub fn kb(bytes: u64) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, raw: u64, brotli: Option<u64>, first_visit: bool) -> Entry {
        Entry { name: name.to_owned(), raw, gzip: brotli, brotli, first_visit }
    }

    fn good() -> Vec<Entry> {
        vec![
            entry("portico-0a1b2c3d_bg.wasm", 400_000, Some(120_000), true),
            entry("index.html", 3_000, Some(900), true),
            entry("portal.json", 2_000, None, true),
            entry("portal.schema.json", 9_000, Some(2_000), false),
        ]
    }

    #[test]
    fn a_light_portal_has_no_problem() {
        let report = Report::new(good());
        assert_eq!(report.problems, Vec::<String>::new());
        assert_eq!(report.first_visit(), 122_900);
        assert!(report.to_string().contains("First visit 122.9 KB: within the aim of 130.0 KB"), "{report}");
    }

    #[test]
    fn a_thirty_kilobyte_asset_is_caught_however_well_it_compresses() {
        for asset in [
            entry("photo.png", 30_000, None, false),
            entry("photo.png", 30_000, None, true),
            entry("noise.json", 30_000, Some(29_000), false),
            entry("zeros.json", 30_000, Some(40), false),
        ] {
            let mut entries = good();
            entries.push(asset.clone());
            let problems = Report::new(entries).problems;
            assert_eq!(problems.len(), 1, "{asset:?}: {problems:?}");
            assert!(problems[0].contains(&asset.name));
        }
    }

    #[test]
    fn a_heavy_first_visit_is_caught() {
        let mut entries = good();
        entries.push(entry("more-0a1b2c3d_bg.wasm", 200_000, Some(60_000), true));
        assert_eq!(Report::new(entries).problems, ["the first visit is 182.9 KB and may be 180.0 KB"]);
    }

    #[test]
    fn a_heavy_folder_is_caught() {
        let with_program = |sent| {
            let mut entries = good();
            entries.push(entry("portico-8f14e45f_bg.wasm", 3 * sent, Some(sent), false));
            Report::new(entries).problems
        };
        let rest: u64 = good().iter().map(Entry::sent).sum();
        assert_eq!(with_program(FOLDER_LIMIT - rest), Vec::<String>::new());
        let now = kb(FOLDER_LIMIT + 30_000);
        let limit = kb(FOLDER_LIMIT);
        assert_eq!(
            with_program(FOLDER_LIMIT - rest + 30_000),
            [format!("all files together are {now} and may be {limit}")]
        );
    }
}
