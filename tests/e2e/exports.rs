//! The files that a partner takes along, each run by the tool it is for, against the embedded backend, until a token comes
//! back. No browser takes part.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use portico::domain::{export::Proof, jose::Algorithm};
use portico_e2e::{
    Result, Sandbox, ensure,
    exporting::{Desk, Run},
};

const SCOPE: &str = "cash-accounts:balances.read";

/// Client secrets by both methods, in the file and from the environment.
async fn with_secret(desk: &Desk, method: &str, steps: impl AsyncFn(&Desk, Run) -> Result<()>) -> Result<()> {
    let credentials = desk.register_with_secret(method, SCOPE).await?;
    for written in [true, false] {
        steps(desk, Run::new(&credentials, written)).await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_curl_script_prints_a_token() -> Result<()> {
    let sandbox = Sandbox::bare().await?;
    let desk = Desk::new(&sandbox)?;
    for method in ["client_secret_basic", "client_secret_post"] {
        with_secret(&desk, method, async |desk, run| {
            let script = desk.write("curl", &run)?;
            desk.good_token(&run.output("bash", &[&script]).await?, SCOPE)
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_curl_script_says_why_there_is_no_token() -> Result<()> {
    let sandbox = Sandbox::bare().await?;
    let desk = Desk::new(&sandbox)?;
    let mut credentials = desk.register_with_secret("client_secret_basic", SCOPE).await?;
    credentials.client_id.push('x');
    let run = Run::new(&credentials, true);
    let script = desk.write("curl", &run)?;
    let refused = run.output("bash", &[&script]).await.unwrap_err().to_string();
    ensure!(refused.contains("invalid_client"), "it said {refused}");
    Ok(())
}

/// Each algorithm, many times for the one whose signature has to be taken apart: its numbers may begin with zeros.
#[tokio::test]
async fn the_curl_script_signs() -> Result<()> {
    let sandbox = Sandbox::bare().await?;
    let desk = Desk::new(&sandbox)?;
    for (algorithm, times) in
        [(Algorithm::Es256, 40), (Algorithm::Rs256, 1), (Algorithm::Ps256, 1), (Algorithm::EdDsa, 1)]
    {
        let credentials = desk.register_with_key(algorithm, SCOPE).await?;
        let run = Run::new(&credentials, false);
        let script = desk.write("curl", &run)?;
        for _ in 0..times {
            desk.good_token(&run.output("bash", &[&script]).await?, SCOPE)?;
        }
    }
    Ok(())
}

#[tokio::test]
async fn node_takes_the_env_file() -> Result<()> {
    let sandbox = Sandbox::bare().await?;
    let desk = Desk::new(&sandbox)?;
    with_secret(&desk, "client_secret_basic", async |desk, run| {
        let file = format!("--env-file={}", desk.write("env", &run)?);
        desk.good_token(&run.output("node", &[&file, &Desk::program("use-env.mjs")]).await?, SCOPE)
    })
    .await
}

/// A shell that reads the file has the same: `set -a; . ./file`.
#[tokio::test]
async fn a_shell_takes_the_env_file() -> Result<()> {
    let sandbox = Sandbox::bare().await?;
    let desk = Desk::new(&sandbox)?;
    with_secret(&desk, "client_secret_basic", async |desk, run| {
        let file = desk.write("env", &run)?;
        let command = format!("set -a; . '{file}'; node '{}'", Desk::program("use-env.mjs"));
        desk.good_token(&run.output("sh", &["-c", &command]).await?, SCOPE)
    })
    .await
}

#[tokio::test]
async fn the_node_program_prints_a_token() -> Result<()> {
    let sandbox = Sandbox::bare().await?;
    let desk = Desk::new(&sandbox)?;
    desk.install_openid_client()?;
    for method in ["client_secret_basic", "client_secret_post"] {
        with_secret(&desk, method, async |desk, run| {
            let program = desk.write("node", &run)?;
            desk.good_token(&run.output("node", &[&program]).await?, SCOPE)
        })
        .await?;
    }
    for algorithm in Algorithm::ALL {
        let credentials = desk.register_with_key(algorithm, SCOPE).await?;
        let run = Run::new(&credentials, false);
        let program = desk.write("node", &run)?;
        desk.good_token(&run.output("node", &[&program]).await?, SCOPE)?;
    }
    Ok(())
}

#[tokio::test]
async fn a_http_file_is_sent() -> Result<()> {
    let sandbox = Sandbox::bare().await?;
    let desk = Desk::new(&sandbox)?;
    for method in ["client_secret_basic", "client_secret_post"] {
        with_secret(&desk, method, async |desk, run| {
            let file = desk.write("http", &run)?;
            desk.good_token(&run.output("node", &[&Desk::program("run-http.mjs"), &file]).await?, SCOPE)
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_collection_of_postman_gets_a_token() -> Result<()> {
    let sandbox = Sandbox::bare().await?;
    let desk = Desk::new(&sandbox)?;
    for method in ["client_secret_basic", "client_secret_post"] {
        with_secret(&desk, method, async |desk, run| {
            let collection = desk.write("postman-collection", &run)?;
            let environment = desk.write("postman-environment", &run)?;
            let program = Desk::program("run-postman.mjs");
            desk.good_token(&run.output("node", &[&program, &collection, &environment]).await?, SCOPE)
        })
        .await?;
    }
    Ok(())
}

/// JSON is read by whatever a partner has.
#[tokio::test]
async fn the_json_file_names_what_a_program_needs() -> Result<()> {
    let sandbox = Sandbox::bare().await?;
    let desk = Desk::new(&sandbox)?;
    let credentials = desk.register_with_secret("client_secret_post", SCOPE).await?;
    ensure!(credentials.proof == Proof::Post, "{:?}", credentials.proof);
    let run = Run::new(&credentials, true);
    let file = desk.write("json", &run)?;
    let program = "const c = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8'));\
        fetch(c.token_endpoint, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', \
        client_id: c.client_id, client_secret: c.client_secret, scope: c.scope }) })\
        .then((answer) => answer.json()).then((json) => console.log(json.access_token));";
    desk.good_token(&run.output("node", &["-e", program, &file]).await?, SCOPE)
}
