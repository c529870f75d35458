//! What can be done when the page cannot read the discovery document.

use leptos::prelude::*;
use serde_json::{Map, Value, json};

use super::{Known, form::Form};
use crate::{
    components::prelude::*,
    domain::{
        config::sketch::{self, Sketch, Source},
        http::Response,
        json,
        registration::Operation,
        url,
    },
    pages::refused::PasteBack,
    state::lookup,
    text::add_environment as text,
};

/// The ways: allow, pass on, paste, or fill in.
#[component]
pub fn Ways(
    /// What was typed as the issuer.
    issuer: RwSignal<String>,
    /// Why there is no document.
    known: RwSignal<Known>,
    /// The form.
    form: Form,
    /// Told of a document that was pasted.
    pasted: Callback<Map<String, Value>>,
) -> impl IntoView {
    // As it was asked: what is typed later belongs to the next question.
    let asked = issuer.get_untracked();
    let origin = url::origin(&asked).unwrap_or_default();
    let is_policy = known.with_untracked(|known| matches!(known, Known::Policy(_)));
    let request = lookup::request(&asked);
    let via = json::pretty(&json!({ "via": { "prefix": "/idp", "replaces": origin } }));
    let nginx = text::nginx(&origin, &url::host(&asked));
    let error = RwSignal::new(None::<String>);
    let read = Callback::new(move |response: Response| match sketch::document(&response.body) {
        Ok(document) => pasted.run(document),
        Err(problem) => error.set(Some(problem)),
    });
    let by_hand = move || {
        known.set(Known::Nothing);
        form.fill(Sketch::propose(&asked, &Map::new(), Source::ByHand));
    };
    view! {
        <section class="section">
            <SectionHead title=text::WAYS/>
            <div class="panel">
                <div class="panel-part stack-16">
                    <div class="stack-4">
                        <h3>{text::WAY_CURL}</h3>
                        <p class="small muted">{text::WAY_CURL_TEXT}</p>
                    </div>
                    <PasteBack request operation=Operation::Read on_answer=read/>
                    <div role="alert">{move || error.get().map(|error| view! { <p class="error"><IconMark icon=Icon::Stopped/><span>{error}</span></p> })}</div>
                    <div class="actions">
                        <Button text=text::BY_HAND kind=Kind::Text on_press=by_hand/>
                    </div>
                </div>
                <div class="panel-part stack-16">
                    <div class="stack-4">
                        <h3>{text::WAY_PREFIX}</h3>
                        <p class="small muted">{text::WAY_PREFIX_TEXT}</p>
                    </div>
                    <CodeBlock
                        label="What the operator adds for a prefix"
                        views=vec![
                            CodeView::text("portal.json", "Prefix", via),
                            CodeView::text("nginx", "Configuration", nginx),
                        ]
                    />
                </div>
                {is_policy.then(|| view! {
                    <div class="panel-part stack-16">
                        <div class="stack-4">
                            <h3>{text::WAY_POLICY}</h3>
                            <p class="small muted">{text::WAY_POLICY_TEXT}</p>
                        </div>
                        <CodeBlock
                            label="What the operator adds to the policy"
                            views=vec![CodeView::text("connect-src", "Origin", origin)]
                        />
                    </div>
                }.into_any())}
            </div>
        </section>
    }
    .into_any()
}
