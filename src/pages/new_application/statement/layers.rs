//! What a statement says: the facts that decide, then its layers as they were signed.

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::{
        http::render,
        inspect::{Layer, inspect, print, visible::visible},
        registration::open_banking::SoftwareStatement,
        route::Route,
        secret::Secret,
        time,
    },
    pages::new_application::form::Form,
    text::statement as words,
};

/// The panel.
#[component]
pub fn Layers(
    /// The form.
    form: Form,
    /// What was read.
    statement: SoftwareStatement,
) -> impl IntoView {
    let session = form.session;
    let token = StoredValue::new(statement.token.clone());
    let inspect_it = move || {
        session.to_inspect.set(Some(Secret::new(token.get_value())));
        session.go(Route::Inspect);
    };
    let aside = move || {
        view! { <Button text=words::INSPECT icon=Icon::Inspect size=Size::Row on_press=inspect_it/> }
            .into_any()
    };
    let title = statement.client_name.clone().unwrap_or_else(|| statement.software_id.clone());
    let notes = statement.notes.clone();
    let (header, claims) = {
        let seen = inspect(&statement.token, session.now.get_untracked(), &[]);
        (seen.header.as_ref().map(text), seen.payload.as_ref().map(text))
    };
    view! {
        <Panel title=shown(&title) aside=aside flush=true>
            <PanelPart><Summary form statement/></PanelPart>
            {(!notes.is_empty())
                .then(|| view! { <PanelPart sunken=true><p class="small muted">{marked(&notes.join(" "))}</p></PanelPart> })}
            <PanelPart>
                <div class="stack-8">
                    {layer(words::HEADER, "Header", header)}
                    {layer(words::CLAIMS, "Claims", claims)}
                    <p class="small muted">{words::NOT_VERIFIED}</p>
                </div>
            </PanelPart>
        </Panel>
    }
    .into_any()
}

fn text(layer: &Layer) -> String {
    print::indented(layer)
}

fn layer(summary: &'static str, what: &'static str, text: Option<String>) -> Option<AnyView> {
    let text = StoredValue::new(text?);
    Some(
        view! {
            <LazyFold summary=summary>
                <CodeBlock
                    label=what
                    views=vec![CodeView::new(what, what, text.with_value(|text| render::json(text)).into())]
                />
            </LazyFold>
        }
        .into_any(),
    )
}

#[component]
fn Summary(form: Form, statement: SoftwareStatement) -> impl IntoView {
    let session = form.session;
    let scopes = statement.scopes();
    let issued_at = statement.issued_at;
    let issued =
        move || issued_at.map_or_else(|| words::NO_TIME.to_owned(), |at| time::since(at, session.now.get()));
    let organisation = [&statement.organisation_name, &statement.organisation_id];
    let organisation: Vec<String> = organisation.into_iter().flatten().map(|text| shown(text)).collect();
    let known = {
        let issuer = statement.issuer.clone();
        Signal::derive(move || {
            form.environment.with(|environment| {
                let rules = environment.as_ref().and_then(|e| e.software_statement.as_ref());
                rules.is_none_or(|rules| {
                    rules.issuers.is_empty()
                        || issuer.as_ref().is_some_and(|issuer| rules.issuers.contains(issuer))
                })
            })
        })
    };
    let lamp = Signal::derive(move || if known.get() { Lamp::Known } else { Lamp::Warn });
    let issuer = shown(statement.issuer.as_deref().unwrap_or(words::NONE_NAMED));
    let by = match &statement.kid {
        Some(kid) => format!("{}, {}", statement.algorithm, shown(kid)),
        None => statement.algorithm.clone(),
    };
    let environment = statement.environment.clone();
    view! {
        <Facts>
            <Fact label="Software"><code>{shown(&statement.software_id)}</code></Fact>
            {environment.map(|environment| view! { <Fact label="Environment of it">{shown(&environment)}</Fact> })}
            <Fact label="Organisation">{organisation.join(", ")}</Fact>
            <Fact label="Roles">{list(&statement.roles)}</Fact>
            <Fact label="Scopes they allow">{list(&scopes)}</Fact>
            <Fact label="Redirect URIs">{list(&statement.redirect_uris)}</Fact>
            <Fact label="Directory"><Lit lamp>{issuer}</Lit></Fact>
            <Fact label="Signed with"><code>{by}</code></Fact>
            <Fact label="Issued">{issued}</Fact>
        </Facts>
    }
    .into_any()
}

/// One under the other, in mono.
fn list(items: &[String]) -> AnyView {
    if items.is_empty() {
        return words::NONE_NAMED.into_any();
    }
    let lines: Vec<AnyView> =
        items.iter().map(|item| view! { <div><code>{shown(item)}</code></div> }.into_any()).collect();
    lines.into_any()
}

/// A text of the directory: whatever hides in it can be seen.
fn shown(text: &str) -> String {
    visible(text).into_owned()
}
