//! A signed assertion: as it is, taken apart, as a form body and as curl.

use leptos::prelude::*;

use super::Signed;
use crate::{
    components::prelude::*,
    domain::{
        grant,
        http::{Request, render},
        jose::from_base64url,
        json,
        route::Route,
    },
    state::use_session,
    text::workshop as words,
};

#[component]
pub(super) fn Output(signed: RwSignal<Option<Signed>>) -> impl IntoView {
    move || match signed.get() {
        None => {
            view! { <Empty title=words::NO_ASSERTION text=words::NO_ASSERTION_TEXT.to_owned()/> }.into_any()
        }
        Some(signed) => shown(signed),
    }
}

fn shown(signed: Signed) -> AnyView {
    let session = use_session();
    let (exp, algorithm) = (signed.unsigned.claims.exp, signed.unsigned.header.algorithm.name());
    let left = Memo::new(move |_| (exp - session.now.get()).max(0));
    let lamp = Signal::derive(move || if left.get() > 0 { Lamp::Ok } else { Lamp::Warn });
    let token = StoredValue::new(signed.assertion.clone());
    let text = Signal::derive(move || token.with_value(|token| token.expose().to_owned()));
    let inspect = move || {
        session.to_inspect.set(Some(token.get_value()));
        session.go(Route::Inspect);
    };
    view! {
        <div class="stack-16">
            <div class="row between">
                <Lit lamp>{move || words::signed(algorithm, left.get())}</Lit>
                <div class="row">
                    <Button text="Inspect" icon=Icon::Inspect size=Size::Row on_press=inspect/>
                    <CopyButton what="Assertion" text/>
                </div>
            </div>
            <div class="assertion"><TokenText token=text lines=4/></div>
            <CodeBlock label="The assertion" views=views(&signed) secret_word="assertion"/>
        </div>
    }
    .into_any()
}

fn views(signed: &Signed) -> Vec<CodeView> {
    let request = request(signed);
    let body = request.body.clone().unwrap_or_default();
    let curl = vec![render::Segment::Plain(render::curl(&request))];
    vec![
        CodeView::text("Decoded", "Header and claims", decoded(signed)),
        CodeView::new("Form body", "Form body", Signal::stored(render::body(&body))),
        CodeView::new("curl", "curl command", Signal::stored(curl)),
    ]
}

/// The request it is for. The audience is where it goes when it names an address; the token endpoint is not always known.
fn request(signed: &Signed) -> Request {
    let claims = &signed.unsigned.claims;
    let session = use_session();
    let id = session.environment.get_untracked();
    let endpoint = session.environments.health.with_untracked(|health| {
        health.get(&id).and_then(|seen| seen.reach.as_ref().ok().map(|reach| reach.token.clone()))
    });
    let endpoint = endpoint.unwrap_or_else(|| claims.aud.clone());
    if signed.grant {
        grant::with_jwt_bearer(&endpoint, &signed.assertion)
    } else {
        grant::with_client_assertion(&endpoint, &claims.iss, &signed.assertion, "")
    }
}

/// Header and claims, out of what was signed and not out of what was typed.
fn decoded(signed: &Signed) -> String {
    let part = |text: &str| {
        from_base64url(text)
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .map(|value| json::pretty(&value))
            .unwrap_or_default()
    };
    let parts: Vec<String> = signed.assertion.expose().split('.').take(2).map(part).collect();
    parts.join("\n")
}
