//! Replacing a key without downtime.

use leptos::prelude::*;

use super::Subject;
use crate::{
    components::prelude::*,
    domain::{application::RotationStage as Stage, config::Environment, export::file_stem},
    pages::{
        keys::{Bench, KeyPairPanel},
        trouble::TroubleNote,
    },
    state::{Session, Trouble, rotation, work::Work},
    text::application as words,
};

/// What a button of a step does.
type Act = fn(Session, Environment, String) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Trouble>>>>;

/// The panel.
#[component]
pub(super) fn RotationPanel(subject: Subject) -> impl IntoView {
    let stage = Memo::new(move |_| subject.application.with(|a| a.rotating().map(|(_, stage)| stage)));
    let by_address = subject.application.with_untracked(|a| a.asked.jwks_uri.is_some());
    let choosing = RwSignal::new(false);
    let trouble = RwSignal::new(None::<Trouble>);
    let work = Work::new();
    let run = Callback::new(move |act: Act| {
        let Some(environment) = subject.environment() else { return };
        let id = subject.id();
        work.run(async move {
            let outcome = act(subject.session, environment, id).await;
            trouble.try_set(outcome.err());
        });
    });
    let body = move || match stage.get() {
        _ if by_address => view! { <p class="small muted">{words::ROTATE_AT_ADDRESS}</p> }.into_any(),
        None if choosing.get() => view! { <Choose subject choosing trouble/> }.into_any(),
        None => view! {
            <div class="row between">
                <p class="small muted grow-wide">{words::ROTATE_TEXT}</p>
                <Button text=words::ROTATE icon=Icon::Refresh on_press=move || choosing.set(true)/>
            </div>
        }
        .into_any(),
        Some(stage) => view! { <Under subject stage work run/> }.into_any(),
    };
    view! {
        <section class="panel" aria-label=words::ROTATE_TITLE>
            <div class="panel-head"><div class="panel-title"><h2>{words::ROTATE_TITLE}</h2></div></div>
            <PanelPart>{body}</PanelPart>
            {move || trouble.with(Option::is_some).then(|| view! { <PanelPart><TroubleNote trouble=trouble/></PanelPart> })}
        </section>
    }
    .into_any()
}

/// The new key: made, loaded, or one that is at hand.
#[component]
fn Choose(subject: Subject, choosing: RwSignal<bool>, trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    let file = subject.application.with_untracked(|a| file_stem(a.name()));
    let bench = Bench::new(RwSignal::new(String::new()), Signal::stored(format!("{file}-new")));
    let registered = Memo::new(move |_| {
        bench.key().is_some_and(|key| {
            subject.application.with(|a| a.keys().iter().any(|known| known.is_same_key(&key.public)))
        })
    });
    let take = move || {
        let Some(key) = untrack(move || bench.key()) else { return };
        let id = subject.id();
        leptos::task::spawn_local(async move {
            let outcome = rotation::begin(subject.session, &id, &key.public).await;
            choosing.try_set(false);
            trouble.try_set(outcome.err());
        });
    };
    let use_it = move || {
        (bench.key().is_some() && !registered.get())
            .then(|| view! { <Button text=words::ROTATE_WITH_THIS kind=Kind::Primary on_press=take/> })
    };
    view! {
        <div class="stack-16">
            <KeyPairPanel bench/>
            {move || registered.get().then(|| view! { <Note tone=Tone::Look>{words::ROTATE_SAME}</Note> })}
            <div class="actions">
                {use_it}
                <Button text="Close" kind=Kind::Text on_press=move || choosing.set(false)/>
            </div>
        </div>
    }
    .into_any()
}

/// A replacement that was begun: where it is, and the one thing to do next.
#[component]
fn Under(subject: Subject, stage: Stage, work: Work, run: Callback<Act>) -> impl IntoView {
    let next: (&'static str, Act) = match stage {
        Stage::Chosen => {
            (words::ROTATE_ADD, |s, e, id| Box::pin(async move { rotation::add(s, &e, &id).await }))
        }
        Stage::Beside => {
            (words::ROTATE_PROVE, |s, e, id| Box::pin(async move { rotation::prove(s, &e, &id).await }))
        }
        Stage::Proved => {
            (words::ROTATE_FINISH, |s, e, id| Box::pin(async move { rotation::finish(s, &e, &id).await }))
        }
        Stage::Finished => {
            (words::ROTATE_CLOSE, |s, _, id| Box::pin(async move { rotation::close(s, &id).await }))
        }
    };
    let give_up: Act = |s, e, id| Box::pin(async move { rotation::give_up(s, &e, &id).await });
    let kid =
        subject.application.with_untracked(|a| a.rotating().and_then(|(key, _)| key.kid)).unwrap_or_default();
    let done = words::ROTATE_STEPS.into_iter().enumerate().map(move |(index, text)| {
        let kept = index < stage as usize;
        view! { <Kept kept>{text}</Kept> }
    });
    view! {
        <div class="stack-16">
            <p class="small">"New key " <code>{kid}</code></p>
            <KeptList>{done.collect_view()}</KeptList>
            <p class="small muted">{words::rotate_next(stage)}</p>
            <div class="actions">
                <Button text=next.0 kind=Kind::Primary working=work.seconds() on_press=move || run.run(next.1)/>
                {(stage != Stage::Finished)
                    .then(|| view! { <Button text=words::ROTATE_GIVE_UP kind=Kind::Text on_press=move || run.run(give_up)/> })}
            </div>
        </div>
    }
    .into_any()
}
