//! How long a keystroke takes in the inspector, in a page built like jwt.io's and in a bare field, in the same browser.

pub mod page;
pub mod seen;
pub mod series;
pub mod table;
pub mod token;

use anyhow::{Context, Result};

use crate::Sandbox;
use page::Subject;
use seen::Series;
use series::{Conditions, Pace, Place};
use table::Pair;

/// Lengths of tokens, in bytes.
const SIZES: [usize; 3] = [5_000, 100_000, 1_000_000];
/// By how much the processor is slowed down.
const SLOW: u32 = 4;

/// How often the inspector is typed in for a row of the table.
const SERIES: usize = 3;

/// Measures everything and gives the report.
///
/// # Errors
/// When a page does not do what it is measured doing.
pub async fn measure() -> Result<String> {
    let sandbox = Sandbox::start().await?;
    let others = page::others().await?;
    let ours = Subject::ours(&sandbox.page("/inspect"));
    let theirs = Subject::like_jwt_io(&others.origin);
    let bare = Subject::bare(&others.origin);
    let mut pairs = Vec::new();
    let mut bursts = Vec::new();
    for size in SIZES {
        let token = token::of(size);
        for rate in [1, SLOW] {
            for place in [Place::End, Place::Middle] {
                let conditions = Conditions { size, place, rate, pace: Pace::Typing };
                let mut several = Vec::new();
                for _ in 0..SERIES {
                    several.push(Series::of(&ours, &token, conditions).await?);
                }
                let ours = Series::of_several(several).context("no series")?;
                let theirs = Series::of(&theirs, &token, conditions).await?;
                eprintln!("{}", table::progress(&ours, &theirs));
                pairs.push(Pair { ours, theirs });
            }
            let conditions = Conditions { size, place: Place::End, rate, pace: Pace::Burst };
            bursts.push(Series::of(&ours, &token, conditions).await?);
        }
    }
    let mut idle = Vec::new();
    for rate in [1, SLOW] {
        let [size, ..] = SIZES;
        let conditions = Conditions { size, place: Place::End, rate, pace: Pace::Typing };
        idle.push(Series::of(&bare, &token::of(size), conditions).await?);
    }
    Ok(table::report(&pairs, &bursts, &idle))
}
