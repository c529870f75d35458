//! The inspector: every state of the page, signatures that are checked, and that nothing is sent or stored.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use portico_e2e::{Browser, Look, Result, Sandbox, ensure, journey, scenario};
use serde_json::{Value, json};

/// Signed in the page by a key of its own: a DPoP proof carries the key (RFC 9449, 4.2). `arguments[0]` is added to
/// the header when it is not null.
const SIGN: &str = "
    const done = arguments[arguments.length - 1];
    (async () => {
        const enc = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
        const text = (value) => enc(new TextEncoder().encode(JSON.stringify(value)));
        const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
        const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
        const now = Math.floor(Date.now() / 1000);
        const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } };
        const claims = { jti: crypto.randomUUID(), htm: 'POST', htu: 'https://id.bank.example/token', iat: now };
        const input = text(header) + '.' + text(claims);
        const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new TextEncoder().encode(input));
        done({ token: input + '.' + enc(signature), jwk: JSON.stringify({ kty, crv, x, y, use: 'sig' }) });
    })();";

/// Puts a text into the field as a paste does.
async fn paste(browser: &Browser, text: &str) -> Result<()> {
    let script = "const field = document.getElementById('token'); field.focus();
        const data = new DataTransfer(); data.setData('text/plain', arguments[0]);
        const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
        if (field.dispatchEvent(event)) { field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true })); }";
    browser.driver.execute(script, vec![Value::from(text)]).await?;
    Ok(())
}

fn token(header: &Value, claims: &str) -> String {
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", encode(&header.to_string()), encode(claims), URL_SAFE_NO_PAD.encode([7; 256]))
}

/// A payload of about so many bytes.
fn large(bytes: usize) -> String {
    let entry = |at: usize| format!(r#"{{"id":{at},"role":"reader","scope":"accounts:{at}","active":true}}"#);
    let mut entries = Vec::new();
    let mut length = 0;
    while length < bytes {
        let next = entry(entries.len());
        length += next.len() + 1;
        entries.push(next);
    }
    token(
        &json!({ "alg": "RS256", "kid": "one" }),
        &format!(r#"{{"iss":"https://id.example","grants":[{}]}}"#, entries.join(",")),
    )
}

#[tokio::test]
async fn samples_nested_tokens_and_places() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    for look in [Look::DESKTOP, Look::DESKTOP_DARK, Look::MOBILE, Look::NARROW] {
        scenario(&format!("inspect-{}", look.name()), look, &[&sandbox.origin], async |browser| {
            browser.open(&sandbox.page("/inspect")).await?;
            browser.press("A good access token").await?;
            browser.see("Access token").await?;
            browser.see("Checked as").await?;
            journey::good(browser, "inspect-good").await?;
            browser.press("Clear").await?;
            browser.press("An expired one").await?;
            browser.see("Expired").await?;
            journey::good(browser, "inspect-expired").await?;
            browser.press("Clear").await?;
            browser.press("A statement inside a request").await?;
            browser.see("The token itself").await?;
            browser.press_beginning("software_statement").await?;
            browser.see("org_name").await?;
            journey::good(browser, "inspect-nested").await
        })
        .await?;
    }
    Ok(())
}

/// A claim marks its characters in the token; the cursor in the token marks its claim.
#[tokio::test]
async fn a_claim_and_its_characters_show_each_other() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("inspect-places", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/inspect")).await?;
        paste(browser, &token(&json!({ "alg": "RS256" }), r#"{"sub":"somebody","jti":"number-1"}"#)).await?;
        browser.see("somebody").await?;
        browser.press("jti").await?;
        browser.see("Copy path").await?;
        // The characters that hold `"number-1"`.
        let marked = browser.evaluate("return document.querySelector('.token mark')?.textContent ?? ''").await?;
        ensure!(marked == "Im51bWJlci0xIn", "{marked} is marked");
        journey::good(browser, "inspect-place").await?;
        let cursor = "const field = document.getElementById('token'); const at = field.value.indexOf('.') + 16;
            field.focus(); field.setSelectionRange(at, at); field.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true }));
            return true";
        browser.evaluate(cursor).await?;
        portico_e2e::browser::wait(async || {
            let here = browser.evaluate("return document.querySelector('tr.here')?.innerText ?? ''").await?;
            ensure!(here.as_str().unwrap_or_default().contains("somebody"), "the claim is not shown: {here}");
            Ok(())
        })
        .await
    })
    .await
}

/// Right by a fetched key, right only by its own key, wrong, and not checked: four things that look different.
#[tokio::test]
async fn signatures_are_checked() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("inspect-signatures", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/applications/new")).await?;
        journey::register(browser, "gateway-client", &["Balances"], &sandbox.initial_access_token).await?;
        journey::get_token(browser).await?;
        browser.press("Inspect").await?;
        browser.see("Signature not checked").await?;
        browser.press_beginning("Fetch the keys of").await?;
        browser.see("Signature right").await?;
        journey::good(browser, "inspect-verified").await?;

        let signed = browser.driver.execute_async(SIGN, vec![]).await?;
        let proof = signed.json()["token"].as_str().unwrap_or_default().to_owned();
        let jwk = signed.json()["jwk"].as_str().unwrap_or_default().to_owned();
        paste(browser, &proof).await?;
        browser.see("DPoP proof").await?;
        browser.see("Signature not checked").await?;
        browser.press("Try the key it carries").await?;
        browser.see("Right only by its own key").await?;
        journey::good(browser, "inspect-carried").await?;
        let green = "return [...document.querySelectorAll('.lamp.ok')].some((lamp) => lamp.parentElement.innerText.includes('own key'))";
        ensure!(browser.evaluate(green).await? == false, "a key that the token carries is green");

        browser.press("Paste a key").await?;
        browser.fill("Key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----").await?;
        browser.press("Use this key").await?;
        browser.fill("Key", &jwk).await?;
        browser.press("Use this key").await?;
        browser.see("Signature right").await?;
        let flipped = proof.replace(".ey", ".eyA");
        paste(browser, &flipped).await?;
        browser.do_not_see("Signature right").await
    })
    .await
}

/// What is taken along holds no value of the token; a link holds all of it, and the address forgets it at once.
#[tokio::test]
async fn taken_along_and_compared() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("inspect-take", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        let header = json!({ "alg": "RS256", "kid": "one" });
        let yesterday = token(&header, r#"{"sub":"somebody-known","aud":"accounts","exp":1700000000}"#);
        let today = token(&header, r#"{"sub":"somebody-known","aud":"payments","exp":1700086400}"#);
        browser.open(&format!("{}#token={yesterday}", sandbox.page("/inspect"))).await?;
        browser.see("somebody-known").await?;
        let address = browser.evaluate("return location.href").await?;
        ensure!(
            !address.as_str().unwrap_or_default().contains('#'),
            "the address still has the token: {address}"
        );
        let redacted = journey::copied(browser, "Copy redacted token").await?;
        let report = journey::copied(browser, "Copy report").await?;
        browser.press("Make a link").await?;
        browser.see("The whole token stands in this link").await?;
        let link = journey::copied(browser, "Copy link").await?;
        let shape =
            redacted.split('.').nth(1).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok()).unwrap_or_default();
        let shape = String::from_utf8_lossy(&shape).into_owned();
        ensure!(shape.contains("\"sub\"") && !shape.contains("somebody-known"), "{shape}");
        ensure!(
            report.contains("RS256") && !report.contains("somebody-known") && !report.contains("BwcHBwcH"),
            "{report}"
        );
        ensure!(link.ends_with(&format!("/inspect#token={yesterday}")), "{link}");
        browser.press("Compare with another token or with claims").await?;
        browser.fill("Another token", &today).await?;
        browser.see("different").await?;
        browser.see("payments").await?;
        browser.see("The right one is 1 day later").await?;
        journey::good(browser, "inspect-compare").await
    })
    .await
}

/// What is typed and pasted leaves no trace: no request, no storage, no address.
#[tokio::test]
async fn nothing_is_sent_and_nothing_is_stored() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("inspect-silent", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/inspect")).await?;
        browser.see("Nothing pasted yet").await?;
        browser.requested_urls().await?;
        // The portal makes its own key on a first visit, a moment after the page is there.
        let before = portico_e2e::browser::wait(async || {
            let first = stored(browser).await?;
            tokio::time::sleep(std::time::Duration::from_millis(700)).await;
            let second = stored(browser).await?;
            ensure!(first == second, "the storage does not come to rest");
            Ok(second)
        })
        .await?;
        let secret = token(
            &json!({ "alg": "RS256", "jku": "https://keys.attacker.example/jwks", "x5u": "https://keys.attacker.example/x5u" }),
            r#"{"iss":"https://issuer.attacker.example","sub":"known-to-nobody-4711"}"#,
        );
        let field = browser.field("Token").await?;
        for piece in secret.as_bytes().chunks(24) {
            field.send_keys(std::str::from_utf8(piece)?).await?;
        }
        browser.see("known-to-nobody-4711").await?;
        let mut asked = browser.requested_urls().await?;
        // The lamp of the environment looks now and then whether the server is there.
        asked.retain(|url| *url != sandbox.page("/realms/sandbox/.well-known/openid-configuration"));
        ensure!(asked.is_empty(), "requests were made: {asked:?}");
        let after = stored(browser).await?;
        ensure!(after == before, "something was stored: {before} became {after}");
        ensure!(browser.path().await? == "/inspect");
        Ok(())
    })
    .await
}

/// Everything that the origin keeps in this browser, byte by byte.
async fn stored(browser: &Browser) -> Result<String> {
    const DUMP: &str = "
        const done = arguments[arguments.length - 1];
        (async () => {
            const out = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, location.href, JSON.stringify(history.state)];
            const show = (value) => value instanceof ArrayBuffer ? [...new Uint8Array(value)] : ArrayBuffer.isView(value) ? [...value]
                : value instanceof CryptoKey ? 'key' : value && typeof value === 'object' ? Object.entries(value).map(([k, v]) => [k, show(v)]) : String(value);
            for (const { name } of await indexedDB.databases()) {
                const database = await new Promise((ok) => { indexedDB.open(name).onsuccess = ({ target }) => ok(target.result); });
                for (const store of database.objectStoreNames) {
                    const all = await new Promise((ok) => { database.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) => ok(target.result); });
                    out.push(name, store, JSON.stringify(all.map(show)));
                }
                database.close();
            }
            out.push(JSON.stringify((await caches.keys())));
            done(out.join());
        })();";
    let dump = browser.driver.execute_async(DUMP, vec![]).await?;
    Ok(dump.json().as_str().unwrap_or_default().to_owned())
}

/// Damaged, hostile, large: nothing is refused but more than ten megabytes.
#[tokio::test]
async fn odd_input_is_shown_as_far_as_it_goes() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    scenario("inspect-odd", Look::DESKTOP, &[&sandbox.origin], async |browser| {
        browser.open(&sandbox.page("/inspect")).await?;
        let whole = token(&json!({ "alg": "RS256", "typ": "JWT" }), r#"{"iss":"SampleConfidential","sub":"x"}"#);
        paste(browser, whole.get(..50).unwrap_or_default()).await?;
        browser.see("The token is cut off").await?;
        journey::good(browser, "inspect-broken").await?;
        let hostile = token(
            &json!({ "alg": "none" }),
            "{\"sub\":\"<img src=x onerror=alert(1)>\",\"name\":\"a\u{202e}cba\",\"__proto__\":1,\"exp\":\"1\",\"exp\":100002348117421473111}",
        );
        paste(browser, &hostile).await?;
        browser.see("<img src=x onerror=alert(1)>").await?;
        browser.see("100002348117421473111").await?;
        browser.see("written twice").await?;
        browser.see("U+202E").await?;
        journey::good(browser, "inspect-hostile").await?;
        paste(browser, &format!("curl https://api.example/v1 -H 'Authorization: Bearer {whole}' -d 'client_assertion={hostile}'")).await?;
        browser.see("Also in what was pasted").await?;
        journey::good(browser, "inspect-several").await?;
        // The example of RFC 9901, 5.1 in small: one disclosure of the two digests.
        let disclosure = URL_SAFE_NO_PAD.encode(r#"["2GLC42sKQveCfGfryNRN9w", "given_name", "John"]"#);
        let digests = r#"{"_sd":["jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4","CrQe7S5kqBAHt-nMYXgc6bdt2SH5aTY1sU_M-PgkjPI"],"_sd_alg":"sha-256"}"#;
        let selective = format!("{}~{disclosure}~", token(&json!({ "alg": "ES256", "typ": "vc+sd-jwt" }), digests));
        paste(browser, &selective).await?;
        browser.see("1 disclosed, 1 kept back").await?;
        browser.see("given_name").await?;
        journey::good(browser, "inspect-sd-jwt").await?;
        paste(browser, &large(750_000)).await?;
        browser.see("1.0 MB").await?;
        browser.see("https://id.example").await?;
        journey::good(browser, "inspect-large").await?;
        paste(browser, &"A".repeat(10_000_001)).await?;
        browser.see("More than 10 MB was pasted").await
    })
    .await
}
