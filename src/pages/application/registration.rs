//! The facts of a registration, and the document as the server last gave it.

use leptos::prelude::*;
use serde_json::Value;

use super::Subject;
use crate::{
    components::prelude::*,
    domain::{application::Application, http::render, json, registration::Operation, route::Tab, time},
    text::application as words,
};

#[component]
pub(super) fn RegistrationPanel(subject: Subject) -> impl IntoView {
    let as_json = RwSignal::new(false);
    let (can_read, can_change) = (subject.can(Operation::Read), subject.can(Operation::Update));
    let left = subject.left_to_do();
    let aside = move || {
        view! {
            {move || {
                can_read
                    .get()
                    .then(|| {
                        view! {
                            <Button
                                text="Read"
                                label="Read the registration"
                                size=Size::Head
                                icon=Icon::Refresh
                                working=subject.reading.seconds()
                                on_press=move || subject.read()
                            />
                        }
                    })
            }}
            <Button
                text=Signal::derive(move || if as_json.get() { "Show as facts" } else { "Show as JSON" }.to_owned())
                size=Size::Head
                on_press=move || as_json.update(|shown| *shown = !*shown)
            />
            {move || {
                can_change.get().then(|| view! { <ButtonLink to=subject.route(Tab::Change) text="Edit" size=Size::Head/> })
            }}
        }
    };
    view! {
        <Panel title="Registration" aside>
            {move || {
                let application = subject.application.get();
                if as_json.get() { document(&application) } else { facts(subject, &application) }
            }}
            {left.map(|text| view! { <p class="small muted" data-left-to-do="">{text}</p> })}
        </Panel>
    }
    .into_any()
}

/// The last answer. Its secrets were lifted out when it was read.
fn document(application: &Application) -> AnyView {
    let text = json::pretty(&Value::Object(application.registered.clone()));
    let view = CodeView::new(words::LAST_ANSWER, "Registration", Signal::stored(render::json(&text)));
    view! { <CodeBlock label="The registration as JSON" views=vec![view]/> }.into_any()
}

fn facts(subject: Subject, application: &Application) -> AnyView {
    let mono = |text: String| view! { <span class="mono">{text}</span> }.into_any();
    let list = |name: &str| {
        let items = json::strings(&application.registered, name).unwrap_or_default();
        (!items.is_empty()).then(|| items.join(", "))
    };
    let grants = list("grant_types")
        .unwrap_or_else(|| application.asked.grant_types.clone().unwrap_or_default().join(", "));
    let redirects = list("redirect_uris").map_or_else(|| words::NO_REDIRECT_URIS.into_any(), mono);
    let contacts = application.asked.contacts.clone().unwrap_or_default();
    let contact =
        (!contacts.is_empty()).then(|| view! { <Fact label="Contact">{contacts.join(", ")}</Fact> });
    let uri = application.registration_client_uri.clone().map(|uri| {
        view! { <Fact label="Registration URI">{mono(uri)}</Fact> }
    });
    let registered = time::date_time_seconds(application.created_at);
    let method = application.method().to_owned();
    view! {
        <Facts class="wide-label">
            <Fact label="Registered">{registered}</Fact>
            <Fact label="Environment">{subject.environment_name()}</Fact>
            <Fact label="Method">{mono(method)}</Fact>
            <Fact label="Grant types">{mono(grants)}</Fact>
            <Fact label="Redirect URIs">{redirects}</Fact>
            {contact}
            {uri}
        </Facts>
    }
    .into_any()
}
