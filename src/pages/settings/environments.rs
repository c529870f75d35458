//! The environments of `portal.json`: how they are, and what the file says of them.

use leptos::prelude::*;

use crate::{
    browser::location,
    components::prelude::*,
    domain::{config::Environment, http::render, json, url},
    pages::home::{environments::watch, health},
    state::{use_session, work::Work},
    text::settings as text,
};

/// The group.
#[component]
pub fn Environments() -> impl IntoView {
    let session = use_session();
    let all = session.portal.with_value(|portal| portal.environments.clone());
    let about = text::environments_text(all.len());
    let rows: Vec<AnyView> =
        all.into_iter().map(|environment| view! { <One environment/> }.into_any()).collect();
    view! { <SettingsGroup title=text::ENVIRONMENTS text=about>{rows}</SettingsGroup> }.into_any()
}

#[component]
fn One(environment: Environment) -> impl IntoView {
    let session = use_session();
    let (seen, _) = watch(&environment.id);
    let work = Work::new();
    let issuer = url::absolute(&location::origin(), &environment.issuer);
    let name = environment.name.clone();
    let source = session
        .portal
        .with_value(|portal| portal.source_of(&environment.id).map(json::pretty))
        .unwrap_or_default();
    let asked = environment.clone();
    let check = move || {
        let environment = asked.clone();
        work.run(async move {
            session.environments.check(&environment).await;
        });
    };
    let summary = move || seen.with(|seen| seen.is_some().then(|| health::summary(seen.as_ref(), false)));
    let sentence = move || seen.with(|seen| health::sentence(seen.as_ref()));
    view! {
        <SettingsRow
            title=name.clone()
            text=issuer
            lamp=Signal::derive(move || Some(seen.with(|seen| health::lamp(seen.as_ref()))))
        >
            <span class="small muted" role="status">{summary}</span>
            <Button text="Check" label=format!("Check {name}") size=Size::Head working=work.seconds() on_press=check/>
        </SettingsRow>
        <div class="settings-fold">
            {move || sentence().map(|sentence| view! { <p class="small muted">{sentence}</p> })}
            <Fold summary=text::RAW>
                <CodeBlock
                    label=text::RAW
                    views=vec![CodeView::new("portal.json", "Configuration", Signal::stored(render::json(&source)))]
                />
            </Fold>
        </div>
    }
    .into_any()
}
