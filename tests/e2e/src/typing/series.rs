//! One token pasted into one page, and fifty letters typed into it.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::page::Subject;
use super::seen::{Busy, Memory, Series, metric, number, read};
use super::token;
use crate::{Browser, Look};

const KEYSTROKES: usize = 50;
/// Enough where one takes more than a second.
const FEW_KEYSTROKES: usize = 10;
/// A large token takes the slowed-down other page a minute.
const PATIENCE: Duration = Duration::from_secs(300);
const INSTRUMENT: &str = include_str!("instrument.js");

/// Where somebody types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind the signature.
    End,
    /// In the payload.
    Middle,
}

/// How fast somebody types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// A letter every 80 ms: work that waits for a pause is done between two of them.
    Typing,
    /// A letter every 20 ms.
    Burst,
}

/// What is measured.
#[derive(Clone, Copy, Debug)]
pub struct Conditions {
    /// Length of the token in bytes.
    pub size: usize,
    /// Where it is typed.
    pub place: Place,
    /// By how much the processor is slowed down.
    pub rate: u32,
    /// How fast it is typed.
    pub pace: Pace,
}

impl Series {
    /// Opens the page in a browser of its own, pastes the token and types.
    ///
    /// # Errors
    /// When the page does not take the token or the letters, or the browser does not answer.
    pub async fn of(subject: &Subject, token: &str, conditions: Conditions) -> Result<Self> {
        let browser = Browser::start(Look::DESKTOP).await?;
        browser.driver.set_script_timeout(PATIENCE).await?;
        let seen = Bench { browser: &browser, subject, conditions }.run(token).await;
        browser.stop().await;
        seen.with_context(|| format!("{} with {conditions:?}", subject.name))
    }
}

struct Bench<'a> {
    browser: &'a Browser,
    subject: &'a Subject,
    conditions: Conditions,
}

impl Bench<'_> {
    async fn run(&self, token: &str) -> Result<Series> {
        // Before the page has taken hold of anything.
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": INSTRUMENT })).await?;
        if self.subject.is_ours {
            self.browser.open(&self.subject.url).await?;
        } else {
            self.browser.driver.goto(&self.subject.url).await?;
        }
        self.cdp("Performance.enable", json!({})).await?;
        let empty = self.memory().await?;
        slow_down(self.browser, self.conditions.rate).await?;
        let pasted = self.call("paste", vec![json!(token), json!(self.subject.read)]).await?;
        self.idle().await?;
        let place = if self.conditions.place == Place::End { "end" } else { "middle" };
        let before = self.call("place", vec![json!(place), json!(token::NEEDLE)]).await?;
        self.idle().await?;
        self.browser.driver.execute("typing.begin(arguments[0])", vec![json!(self.subject.result)]).await?;
        let from = self.metrics().await?;
        let count = self.type_letters().await?;
        let seen = self.seen(count).await?;
        let to = self.metrics().await?;
        let after = self.browser.evaluate("return document.querySelector('#token').value.length").await?;
        let grown = number(&after) - number(&before);
        ensure!(grown as usize == count, "{count} letters were typed, the field has {grown} more");
        slow_down(self.browser, 1).await?;
        let full = self.memory().await?;
        let per_key = |names: &[&str]| {
            let sum = |metrics: &Value| -> f64 { names.iter().map(|name| metric(metrics, name)).sum() };
            (sum(&to) - sum(&from)) * 1000.0 / count as f64
        };
        let busy = Busy {
            all: per_key(&["TaskDuration"]),
            script: per_key(&["ScriptDuration"]),
            layout: per_key(&["LayoutDuration", "RecalcStyleDuration"]),
        };
        Ok(read(self.conditions, &pasted, &seen, busy, full.since(empty, token.len())))
    }

    /// Types, and gives the number of letters.
    async fn type_letters(&self) -> Result<usize> {
        let Conditions { size, rate, pace, .. } = self.conditions;
        let is_slow = !self.subject.is_ours && size >= 1_000_000 && rate > 1;
        let count = if is_slow { FEW_KEYSTROKES } else { KEYSTROKES };
        let mut ticks = interval(Duration::from_millis(if pace == Pace::Typing { 80 } else { 20 }));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for letter in token::LETTERS.chars().cycle().take(count) {
            ticks.tick().await;
            let upper = letter.to_ascii_uppercase();
            let key = |kind: &str| {
                json!({
                    "type": kind, "key": letter.to_string(), "code": format!("Key{upper}"),
                    "windowsVirtualKeyCode": upper as u32
                })
            };
            let mut down = key("keyDown");
            if let Some(down) = down.as_object_mut() {
                down.insert("text".to_owned(), json!(letter.to_string()));
            }
            self.cdp("Input.dispatchKeyEvent", down).await?;
            self.cdp("Input.dispatchKeyEvent", key("keyUp")).await?;
        }
        Ok(count)
    }

    /// What the instrument saw, as soon as every keystroke had its frame and nothing changes any more.
    async fn seen(&self, count: usize) -> Result<Value> {
        const DONE: &str =
            "return typing.keys.every((key) => key.frame > 0) && performance.now() - typing.resultAt > 700";
        for _ in 0..200 {
            sleep(Duration::from_millis(200)).await;
            if self.browser.evaluate(DONE).await? == Value::Bool(true) {
                break;
            }
        }
        let seen = self.browser.evaluate("return typing").await?;
        let keys = seen.get("keys").and_then(Value::as_array).map_or(0, Vec::len);
        ensure!(keys == count, "{count} letters were typed, the page saw {keys}");
        Ok(seen)
    }

    /// Waits until the page has nothing to do for a while.
    async fn idle(&self) -> Result<()> {
        const IDLE: &str = "const done = arguments[0]; setTimeout(() => requestIdleCallback(() => done(), { timeout: 20000 }), 400)";
        self.browser.driver.execute_async(IDLE, vec![]).await?;
        Ok(())
    }

    async fn call(&self, name: &str, arguments: Vec<Value>) -> Result<Value> {
        let script = format!("typing.{name}(...arguments)");
        Ok(self.browser.driver.execute_async(&script, arguments).await?.json().clone())
    }

    async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        Ok(self.browser.driver.cdp().send_raw(method, parameters).await?)
    }

    async fn metrics(&self) -> Result<Value> {
        self.cdp("Performance.getMetrics", json!({})).await
    }

    async fn memory(&self) -> Result<Memory> {
        const SIZES: &str =
            "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0) }";
        self.cdp("HeapProfiler.collectGarbage", json!({})).await?;
        let heap = self.cdp("Runtime.getHeapUsage", json!({})).await?;
        let prototype =
            self.cdp("Runtime.evaluate", json!({ "expression": "WebAssembly.Memory.prototype" })).await?;
        let prototype = prototype.pointer("/result/objectId").cloned().unwrap_or_default();
        let memories = self.cdp("Runtime.queryObjects", json!({ "prototypeObjectId": prototype })).await?;
        let memories = memories.pointer("/objects/objectId").cloned().unwrap_or_default();
        let call = json!({ "functionDeclaration": SIZES, "objectId": memories, "returnByValue": true });
        let wasm = self.cdp("Runtime.callFunctionOn", call).await?;
        let wasm = wasm.pointer("/result/value").map(number).unwrap_or_default();
        let of = |name: &str| heap.get(name).map(number).unwrap_or_default();
        Ok(Memory { page: of("usedSize") + of("embedderHeapUsedSize") + of("backingStorageSize"), wasm })
    }
}

async fn slow_down(browser: &Browser, rate: u32) -> Result<()> {
    browser.driver.cdp().send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await?;
    Ok(())
}
