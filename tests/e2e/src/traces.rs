//! Everything a page leaves behind, to be searched for what must not be there.

use anyhow::{Context, Result, ensure};

use crate::Browser;

/// Storage of every kind as text (records are read raw, byte by byte), attributes and text of the page.
///
/// # Errors
/// When it cannot be read, nothing was stored, or a stored key can be read out.
pub async fn all(browser: &Browser) -> Result<Vec<(String, String)>> {
    const DUMP: &str = r#"
const done = arguments[arguments.length - 1];
(async () => {
  const out = [];
  out.push(["localStorage", JSON.stringify({ ...localStorage })], ["sessionStorage", JSON.stringify({ ...sessionStorage })]);
  out.push(["history.state", JSON.stringify(history.state)], ["address", location.href], ["cookies", document.cookie]);
  const show = (value) => {
    if (value instanceof ArrayBuffer) value = new Uint8Array(value);
    if (ArrayBuffer.isView(value)) return new TextDecoder("latin1").decode(value);
    if (value instanceof CryptoKey) return "key extractable:" + value.extractable;
    if (value && typeof value === "object") return Object.entries(value).map(([k, v]) => k + "=" + show(v)).join(";");
    return String(value);
  };
  let records = 0;
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((ok, no) => { const r = indexedDB.open(name); r.onsuccess = () => ok(r.result); r.onerror = () => no(r.error); });
    for (const store of db.objectStoreNames) {
      const all = await new Promise((ok, no) => { const r = db.transaction(store).objectStore(store).getAll(); r.onsuccess = () => ok(r.result); r.onerror = () => no(r.error); });
      records += all.length;
      out.push(["IndexedDB " + store, all.map(show).join("\n")]);
    }
    db.close();
  }
  out.push(["records", String(records)]);
  out.push(["attributes", [...document.querySelectorAll("*")].flatMap((e) => [...e.attributes].map((a) => a.name + "=" + a.value)).join("\n")]);
  out.push(["text", document.documentElement.textContent]);
  done(out);
})().catch((error) => done([["error", String(error)]]));
"#;
    let dump = browser.driver.execute_async(DUMP, vec![]).await?.json().clone();
    let traces: Vec<(String, String)> =
        serde_json::from_value(dump).context("the dump is no list of pairs")?;
    let records = traces.iter().find(|(place, _)| place == "records").context("storage was not read")?;
    ensure!(records.1 != "0", "nothing was stored");
    ensure!(!traces.iter().any(|(_, text)| text.contains("extractable:true")), "a key can be read out");
    Ok(traces)
}
