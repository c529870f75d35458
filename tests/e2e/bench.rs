//! Measures a first visit on a slow phone and a slow line (`cargo xtask bench load`) and keystrokes in the inspector
//! (`cargo xtask bench inspect`).
//!
//! A first visit: four times less processor, 1.6 Mbit/s, 150 ms, cold cache, the conditions of Lighthouse's "slow 4G".
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use std::time::Duration;

use portico_e2e::{Browser, Look, Result, Sandbox, typing};
use serde_json::json;

const RUNS: usize = 7;
const PHONE: Look = Look { width: 412, height: 823, dark: false };

#[tokio::test]
#[ignore = "a measurement, not a test"]
async fn load() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    let mut rows: Vec<[f64; 4]> = Vec::new();
    for _ in 0..RUNS {
        let browser = Browser::start(PHONE).await?;
        let cdp = browser.driver.cdp();
        cdp.send_raw("Network.enable", json!({})).await?;
        cdp.send_raw("Network.setCacheDisabled", json!({ "cacheDisabled": false })).await?;
        cdp.send_raw(
            "Network.emulateNetworkConditions",
            json!({ "offline": false, "latency": 150, "downloadThroughput": 1.6e6 / 8.0, "uploadThroughput": 750e3 / 8.0 }),
        )
        .await?;
        cdp.send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
        browser.open(&sandbox.page("/")).await?;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        rows.push(measure(&browser).await?);
        browser.stop().await;
    }
    println!("first visit, 4x CPU, 1.6 Mbit/s, 150 ms; median of {RUNS} (least to most), ms");
    for (column, name) in
        ["first contentful paint", "largest contentful paint", "mounted", "layout shift x 1000"]
            .iter()
            .enumerate()
    {
        let mut values: Vec<f64> = rows.iter().map(|row| row[column]).collect();
        values.sort_by(f64::total_cmp);
        println!("{name:<26} {:>6.0} ({:.0} to {:.0})", values[RUNS / 2], values[0], values[RUNS - 1]);
    }
    Ok(())
}

async fn measure(browser: &Browser) -> Result<[f64; 4]> {
    const READ: &str = r#"
const done = arguments[arguments.length - 1];
const seen = (type) => new Promise((ok) => { const o = new PerformanceObserver((l) => { o.disconnect(); ok(l.getEntries()); }); o.observe({ type, buffered: true }); setTimeout(() => ok([]), 300); });
(async () => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1;
  const largest = (await seen("largest-contentful-paint")).at(-1)?.startTime ?? -1;
  const shift = (await seen("layout-shift")).reduce((sum, entry) => sum + entry.value, 0) * 1000;
  const mounted = performance.getEntriesByName("portico-mounted")[0]?.startTime ?? -1;
  done([paint, largest, mounted, shift]);
})();
"#;
    let result = browser.driver.execute_async(READ, vec![]).await?;
    Ok(serde_json::from_value(result.json().clone())?)
}

#[tokio::test]
#[ignore = "a measurement, not a test"]
async fn inspect() -> Result<()> {
    println!("{}", typing::measure().await?);
    Ok(())
}
