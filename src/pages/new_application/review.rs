//! The exact request, before it is sent, and what a bank would refuse in it.

use leptos::{prelude::*, task::spawn_local};

use super::{
    elsewhere::Elsewhere,
    form::Form,
    parts::{Head, Part},
};
use crate::{
    components::prelude::*,
    domain::{
        http::{Request, render},
        json,
        registration::{self, Document, Remark},
    },
    pages::{refusable::Findings, trouble::TroubleNote},
    state::{Trouble, backend, diagnosis::investigate_discovery, sending, work::Work},
    text::{new_application as words, statement as statement_words},
};

/// How far the review is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// The form cannot be sent; the number of errors after an attempt.
    Waits(Option<usize>),
    /// The addresses of the server are being asked for.
    Checking,
    /// They are not known.
    Unknown(Trouble),
    /// The request is there.
    Ready,
}

/// The part.
#[component]
pub fn Review(
    /// The form.
    form: Form,
) -> impl IntoView {
    Effect::new(move || {
        if let Some(environment) = form.environment.get() {
            spawn_local(async move { form.session.environments.check_if_stale(&environment).await });
        }
    });
    let stage = Memo::new(move |_| stage(form));
    let aside = Signal::derive(move || (stage.get() == Stage::Ready).then(|| words::REVIEW_ASIDE.to_owned()));
    view! {
        <section class="section">
            <Head form=form part=Part::Review aside=aside />
            {move || match stage.get() {
                Stage::Waits(stopped) => view! { <p class="muted">{words::review_waits(stopped)}</p> }.into_any(),
                Stage::Checking => view! { <Loading label=words::REVIEW_CHECKING lines=5 /> }.into_any(),
                Stage::Unknown(trouble) => view! { <Unknown form=form trouble=trouble /> }.into_any(),
                Stage::Ready => view! { <Ready form=form /> }.into_any(),
            }}
        </section>
    }
}

/// How far the review is, now.
pub fn stage(form: Form) -> Stage {
    if let Some(missing) = form.checked.with(|checked| checked.as_ref().err().map(Vec::len)) {
        return Stage::Waits(form.is_judged().then_some(missing));
    }
    let id = form.session.environment.get();
    let checking = form.session.environments.checking.with(|ids| ids.contains(&id));
    match form.reach.get() {
        Some(Ok(_)) => Stage::Ready,
        Some(Err(trouble)) if !checking => Stage::Unknown(trouble),
        _ => Stage::Checking,
    }
}

#[component]
fn Unknown(form: Form, trouble: Trouble) -> impl IntoView {
    let work = Work::new();
    let check = move || {
        let Some(environment) = form.environment.get_untracked() else { return };
        work.run(async move {
            form.session.environments.check(&environment).await;
        });
    };
    let found = RwSignal::new(None::<Trouble>);
    if matches!(trouble, Trouble::NoAnswer(_))
        && let Some(environment) = form.environment.get_untracked()
    {
        spawn_local(async move {
            if let Some((diagnosis, request)) = investigate_discovery(form.session, &environment).await {
                let (diagnosis, request) = (Box::new(diagnosis), Box::new(request));
                found.try_set(Some(Trouble::Blocked { diagnosis, request }));
            }
        });
    }
    // The first words at once, the reasons as soon as they are found out.
    let said = Signal::derive(move || found.get().or_else(|| Some(trouble.clone())));
    view! {
        <div class="stack-16">
            <p class="muted">{words::REVIEW_UNKNOWN}</p>
            <TroubleNote trouble=said />
            <div class="actions">
                <Button text="Check again" icon=Icon::Refresh working=work.seconds() on_press=check />
            </div>
        </div>
    }
}

/// The request as it would be sent now.
fn request(form: Form) -> Option<Request> {
    let reach = form.reach.get()?.ok()?;
    let environment = form.environment.get()?;
    let document = form.document.get()?;
    // A sign-in that comes or ends changes the request.
    form.signed_in.track();
    let reach = backend::personal(form.session, &environment, reach);
    Some(sending::with_document(form.session, &environment, &reach, &form.proofs(), &document))
}

/// A body that is not signed yet has nothing to show: it stands there by its name.
fn named(segments: Vec<render::Segment>) -> Vec<render::Segment> {
    let name = |segment| match segment {
        render::Segment::Hidden { label, value } if value.is_empty() => {
            render::Segment::Value(format!("({label})"))
        }
        other => other,
    };
    segments.into_iter().map(name).collect()
}

/// The document for people, when it is signed and so cannot be read in the request.
fn claims(form: Form) -> Vec<render::Segment> {
    form.document.with(|document| {
        document.as_ref().map(|document| render::json(&json::pretty(&document.shown()))).unwrap_or_default()
    })
}

#[component]
fn Ready(form: Form) -> impl IntoView {
    let request = Memo::new(move |_| request(form));
    let view_as = move |draw: fn(&Request) -> Vec<render::Segment>| {
        Signal::derive(move || request.with(|request| request.as_ref().map(draw).unwrap_or_default()))
    };
    let views = vec![
        CodeView::new("HTTP request", "Request", view_as(|request| named(render::http(request)))),
        CodeView::new(
            "curl",
            "curl command",
            view_as(|request| vec![render::Segment::Plain(render::curl(request))]),
        ),
    ];
    let signed = Memo::new(move |_| {
        form.document.with(|document| !matches!(document, None | Some(Document::Json(_))))
    });
    let stated = Memo::new(move |_| form.habits().takes_statements());
    let elsewhere = Memo::new(move |_| {
        form.environment.with(|e| e.as_ref().is_some_and(|e| form.software.signs_elsewhere(e)))
    });
    let remarks = Memo::new(move |_| {
        let dialect = form.environment.with(|environment| environment.as_ref().map(registration::dialect_of));
        form.checked.with(|checked| match (checked, dialect) {
            (Ok(valid), Some(dialect)) => dialect.remarks(valid.metadata()),
            _ => Vec::new(),
        })
    });
    view! {
        <div class="stack-8">
            {move || stated.get().then(|| view! { <Findings found=form.found /> })}
            {move || {
                signed
                    .get()
                    .then(|| {
                        let views = vec![CodeView::new(statement_words::REQUEST_CLAIMS, "Claims", Signal::derive(move || claims(form)))];
                        view! { <CodeBlock label=statement_words::REQUEST_CLAIMS views=views /> }
                    })
            }}
            <CodeBlock label="The request" views=views secret_word="token" />
            {move || (signed.get() && !elsewhere.get()).then(|| view! { <p class="small muted">{marked(statement_words::MADE_AT_SEND)}</p> })}
            {move || {
                let remarks = draw(remarks.get());
                (!remarks.is_empty()).then(|| view! { <Note>{remarks}</Note> })
            }}
            {move || elsewhere.get().then(|| view! { <Elsewhere form=form /> })}
        </div>
    }
}

fn draw(remarks: Vec<Remark>) -> Vec<AnyView> {
    let remark = |remark: Remark| view! { <b>{remark.member}</b>" "{marked(remark.text)}" " }.into_any();
    remarks.into_iter().map(remark).collect()
}
