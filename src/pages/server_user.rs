//! User name and password for a server that lets only its own users register (RFC 7617). They stay in the memory of this
//! tab.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{focus, timer},
    components::prelude::*,
    domain::{config::Environment, secret::Secret},
    state::{use_session, vault::User},
    text::server_user as words,
};

const HELD: &str = "server-user-held";

fn name_id(environment: &str) -> String {
    format!("server-user-{environment}")
}

/// What was pressed goes away: the focus moves to what stands in its place.
fn focus_what_comes(id: String) {
    spawn_local(async move {
        timer::sleep(0).await;
        focus::focus_by_id(&id);
    });
}

/// The panel: who is held for this tab, or two fields.
#[component]
pub fn ServerUserPanel(
    /// Where.
    environment: Environment,
) -> impl IntoView {
    let session = use_session();
    let id = StoredValue::new(environment.id);
    let user = Memo::new(move |_| session.vault.user(&id.get_value()).map(|user| user.name));
    let text = words::why(&environment.name);
    let forget = move || {
        session.vault.forget_user(&id.get_value());
        focus_what_comes(name_id(&id.get_value()));
    };
    let body = move || {
        match user.get() {
        Some(name) => view! {
            <div class="row between">
                <p class="lit grow-wide" id=HELD tabindex="-1"><LampMark lamp=Lamp::Ok/><span>{marked(&words::held(&name))}</span></p>
                <Button text=words::FORGET size=Size::Head on_press=forget/>
            </div>
        }
        .into_any(),
        None => view! { <Entry environment=id/> }.into_any(),
    }
    };
    view! {
        <Panel title=words::HEADING flush=true>
            <PanelPart>
                <div class="stack-8">
                    <p class="small muted">{text}</p>
                    {body}
                </div>
            </PanelPart>
        </Panel>
    }
    .into_any()
}

/// The two fields. Both are empty once they were used.
#[component]
fn Entry(environment: StoredValue<String>) -> impl IntoView {
    let session = use_session();
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = RwSignal::new((None::<String>, None::<String>));
    let submit = move || {
        let typed = (name.get_untracked().trim().to_owned(), password.get_untracked());
        let missing = |empty: bool, words: &str| empty.then(|| words.to_owned());
        let name_error = match typed.0.contains(':') {
            true => Some(words::NAME_COLON.to_owned()),
            false => missing(typed.0.is_empty(), words::NAME_MISSING),
        };
        let found = (name_error, missing(typed.1.is_empty(), words::PASSWORD_MISSING));
        let complete = found == (None, None);
        errors.set(found);
        if complete {
            name.set(String::new());
            password.set(String::new());
            let user = User { name: typed.0, password: Secret::new(typed.1) };
            session.vault.hold_user(&environment.get_value(), user);
            focus_what_comes(HELD.to_owned());
        }
    };
    view! {
        <form
            class="stack-8"
            on:submit=move |event| {
                event.prevent_default();
                submit();
            }
        >
            <TextField
                id=name_id(&environment.get_value())
                label=words::NAME
                value=name
                kind="text"
                error=Signal::derive(move || errors.with(|(name, _)| name.clone()))
            />
            <SecretField
                id=format!("server-password-{}", environment.get_value())
                label=words::PASSWORD
                value=password
                hint=words::HINT
                error=Signal::derive(move || errors.with(|(_, password)| password.clone()))
            />
            <div class="actions"><Button text=words::USE submit=true size=Size::Head/></div>
        </form>
    }
    .into_any()
}
