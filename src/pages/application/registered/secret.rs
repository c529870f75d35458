//! The client secret, shown once.

use leptos::prelude::*;

use super::Desk;
use crate::{
    components::prelude::*,
    domain::{application::Application, secret::Secret},
    pages::application::credentials::ClientKey,
    text::application as words,
};

#[component]
pub(super) fn SecretPanel(desk: Desk) -> impl IntoView {
    let subject = desk.subject;
    let secret = Memo::new(move |_| subject.secret());
    move || match secret.get() {
        Some(secret) => at_hand(desk, secret),
        None if subject.application.with(|application| application.secret.is_some()) => gone(desk),
        None if subject.application.with(Application::signs) => view! { <ClientKey subject/> }.into_any(),
        None => view! { <Note lead=words::NO_SECRET_LEAD>{words::NO_SECRET}</Note> }.into_any(),
    }
}

fn at_hand(desk: Desk, secret: Secret) -> AnyView {
    let subject = desk.subject;
    let masked = subject.application.with_untracked(words::masked_secret);
    let text = StoredValue::new(secret);
    let copied = Signal::derive(move || text.with_value(|secret| secret.expose().to_owned()));
    let value = move || if desk.shown.get() { copied.get() } else { masked.clone() };
    let toggle = move || {
        let (word, icon) = if desk.shown.get() { ("Hide", Icon::EyeOff) } else { ("Show", Icon::Eye) };
        view! { <Button text=word icon on_press=move || desk.shown.update(|shown| *shown = !*shown)/> }
    };
    let copy = move || {
        let kind = if desk.stored.get() { Kind::Secondary } else { Kind::Primary };
        view! { <CopyButton what="Client secret" text=copied label="Copy secret" kind size=Size::Normal/> }
    };
    view! {
        <section class="secret" aria-labelledby="secret-title">
            <div class="secret-head">
                <div>
                    <h2 id="secret-title">"Client secret"</h2>
                    <span class="muted small">
                        {move || subject.application.with(|a| words::secret_sub(a, desk.shown.get()))}
                    </span>
                </div>
                <div class="secret-value" translate="no">{value}</div>
                <div class="actions">{toggle} {copy}</div>
            </div>
            <div class="secret-foot">
                <IconMark icon=Icon::Info/>
                <p>{move || subject.application.with(|a| words::secret_life(a, subject.dialect()))}</p>
            </div>
        </section>
    }
    .into_any()
}

/// After a reload: the secret was in the tab only.
fn gone(desk: Desk) -> AnyView {
    let subject = desk.subject;
    if !subject.reachable().get() {
        return view! { <Note lead=words::SECRET_GONE_LEAD>""</Note> }.into_any();
    }
    let again = move || {
        view! {
            <Button
                text="Read the registration"
                size=Size::Head
                icon=Icon::Refresh
                working=subject.reading.seconds()
                on_press=move || subject.read()
            />
        }
    };
    view! {
        <Note tone=Tone::Look lead=words::SECRET_GONE_LEAD actions=again>
            {words::secret_gone(subject.dialect())}
        </Note>
    }
    .into_any()
}
