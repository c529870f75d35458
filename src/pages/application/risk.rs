//! A write without an answer: what may have happened, and the way back.

use leptos::prelude::*;

use super::{Subject, credentials::TokenEntry, seen::message};
use crate::{
    components::prelude::*,
    domain::{
        application::{
            Pending, Write,
            history::{Entry, Outcome, Step},
        },
        registration::Management,
        time,
    },
    pages::server_user::ServerUserPanel,
    text::application as words,
};

/// One thing that may have happened.
struct May {
    what: &'static str,
    /// Whether it fits the last read: `None` before there was one.
    fits: Option<bool>,
    way: &'static str,
}

#[component]
pub(super) fn Risk(subject: Subject) -> impl IntoView {
    let deleting = Memo::new(move |_| {
        subject
            .application
            .with(|application| application.pending.as_ref().is_some_and(|p| p.write == Write::Delete))
    });
    let forget = move || {
        deleting.get().then(|| {
            view! { <Button text="Forget it here" size=Size::Head on_press=move || subject.forgetting.set(true)/> }
        })
    };
    let pending = Memo::new(move |_| subject.application.with(|application| application.pending.clone()));
    view! {
        {move || pending.get().map(|pending| view! { <Explanation subject pending/> })}
        <Panel title="Get access back">
            <div class="row loose">
                <Button
                    text="Read the registration"
                    kind=Kind::Primary
                    icon=Icon::Refresh
                    working=subject.reading.seconds()
                    on_press=move || subject.read()
                />
                <span class="small muted">{words::READ_IS_SAFE}</span>
            </div>
            {way_in(subject)}
            <div class="actions">
                <CopyButton
                    what="Message to the operator"
                    text=message(subject, subject.access().about_risk)
                    label="Copy message to the operator"
                    kind=Kind::Text
                    size=Size::Head
                />
                {forget}
            </div>
        </Panel>
    }
    .into_any()
}

/// What opens the registration again, where something can be entered for that.
fn way_in(subject: Subject) -> Option<AnyView> {
    match (subject.management()?, subject.environment()?) {
        (Management::RegistrationAccessToken { .. }, _) => Some(view! { <TokenEntry subject/> }.into_any()),
        (Management::Basic, environment) => Some(view! { <ServerUserPanel environment/> }.into_any()),
        (Management::ApplicationToken | Management::SignIn, _) => None,
    }
}

#[component]
fn Explanation(subject: Subject, pending: Pending) -> impl IntoView {
    let change = pending.write == Write::Change;
    let last = Memo::new(move |_| {
        subject.application.with(|application| last_read(&application.history, pending.at))
    });
    let sub = Signal::derive(move || {
        last.get().map(|(at, status)| {
            format!("Asked again {}: {status}", time::since(at, subject.session.now.get()))
        })
    });
    let rows = move || {
        let refused = last.get().map(|(_, status)| status == 401);
        possibilities(change, refused, subject.access()).into_iter().map(row).collect::<Vec<_>>()
    };
    let (lead, text) = if change {
        (words::RISK_CHANGE_LEAD, subject.access().risk_change)
    } else {
        (words::RISK_DELETE_LEAD, subject.access().risk_delete)
    };
    view! {
        <Note tone=Tone::Stopped lead=lead>{text}</Note>
        <Panel title="What may have happened" aside=move || view! { <span>{move || sub.get()}</span> } flush=true>
            <Table label="What may have happened" columns=vec!["Possibility", "Fits what was seen", "The way back"] class="stack lined">
                {rows}
            </Table>
        </Panel>
    }
    .into_any()
}

/// Time and status of the last answer to a read or a write since the write went out.
fn last_read(history: &[Entry], since: i64) -> Option<(i64, u16)> {
    history.iter().rev().take_while(|entry| entry.at >= since).find_map(|entry| {
        match (&entry.step, &entry.outcome) {
            (
                Step::Read | Step::Changed | Step::Deleted,
                Outcome::Refused { status, .. } | Outcome::Done { status, .. },
            ) => Some((entry.at, *status)),
            _ => None,
        }
    })
}

fn possibilities(change: bool, refused: Option<bool>, access: &words::Access) -> Vec<May> {
    let refused_only = refused;
    let not_made = refused.map(|refused| !refused);
    if change {
        vec![
            May { what: "The change was made", fits: refused_only, way: access.way_made },
            May { what: "The client was switched off", fits: refused_only, way: access.way_off },
            May { what: "The change was not made", fits: not_made, way: words::WAY_NOT_MADE },
        ]
    } else {
        vec![
            May { what: "The application was deleted", fits: refused_only, way: words::WAY_DELETED },
            May { what: "The client was switched off", fits: refused_only, way: access.way_off },
            May { what: "It was not deleted", fits: not_made, way: words::WAY_NOT_MADE },
        ]
    }
}

fn row(may: May) -> AnyView {
    let fits = match may.fits {
        Some(true) => view! { <Lit lamp=Lamp::Warn>"Yes"</Lit> }.into_any(),
        Some(false) => view! { <Lit lamp=Lamp::Known>"No"</Lit> }.into_any(),
        None => view! { <Lit lamp=Lamp::NotYet>"Not read yet"</Lit> }.into_any(),
    };
    view! {
        <Row>
            <RowHead>{may.what}</RowHead>
            <Cell label="Fits what was seen">{fits}</Cell>
            <Cell><span class="muted">{may.way}</span></Cell>
        </Row>
    }
    .into_any()
}
