//! What will be sent, before it is sent: the difference, and the exact request.

use leptos::prelude::*;

use super::{Change, Desk, command::Command, findings};
use crate::{
    components::prelude::*,
    domain::{
        http::{
            Request, Response,
            render::{Segment, curl, http, json},
        },
        json::pretty,
        registration::Operation,
        route::Tab,
    },
    pages::{refusable::Findings, refused::PasteBack},
    state::manage,
    text::application as words,
};

#[component]
pub(super) fn Review(desk: Desk) -> impl IntoView {
    let change = Memo::new(move |_| desk.change());
    let is_changed = Memo::new(move |_| {
        change.with(|change| change.as_ref().is_some_and(|change| desk.is_changed(change)))
    });
    let aside = Signal::derive(move || {
        if is_changed.get() { words::REVIEW_CHANGED } else { words::REVIEW_SAME }.to_owned()
    });
    let by_hand = desk.subject.by_hand();
    let takes_statements = desk.subject.habits().takes_statements();
    let found = Memo::new(move |_| {
        change.with(|change| change.as_ref().map(|change| findings::found(desk, change)).unwrap_or_default())
    });
    view! {
        <section class="stack-16">
            <SectionHead title="Review" aside=aside/>
            {move || {
                is_changed
                    .get()
                    .then(|| {
                        view! {
                            <Panel title="What this change does" sub=words::DIFFERENCE_OF flush=true>
                                <Diff label="The change, line by line" lines=Signal::derive(move || difference(desk, change))/>
                            </Panel>
                            {takes_statements.then(|| view! { <Findings found/> })}
                            {exact(desk, change)}
                        }
                    })
            }}
            {move || if by_hand.get() { only_by_hand(desk, change, is_changed) } else { from_here(desk, change, is_changed) }}
        </section>
    }
    .into_any()
}

/// The button, and the other way.
fn from_here(desk: Desk, change: Memo<Option<Change>>, is_changed: Memo<bool>) -> AnyView {
    view! {
        <div class="actions">
            <Button
                text="Send this change"
                kind=Kind::Primary
                hint_id="change-note"
                working=desk.work.seconds()
                on_press=move || desk.send()
            />
            <ButtonLink to=desk.subject.route(Tab::Overview) text="Leave it as it is"/>
        </div>
        <p class="small muted" id="change-note">{marked(desk.subject.access().change_note)}</p>
        {move || {
            is_changed.get().then(|| view! { <Fold summary=words::SEND_OTHERWISE>{paste_back(desk, change)}</Fold> })
        }}
    }
    .into_any()
}

/// A page cannot send it: only the command.
fn only_by_hand(desk: Desk, change: Memo<Option<Change>>, is_changed: Memo<bool>) -> AnyView {
    view! {
        <Note tone=Tone::Look lead=words::BY_HAND_LEAD>{words::BY_HAND}</Note>
        {move || is_changed.get().then(|| paste_back(desk, change))}
        <div class="actions"><ButtonLink to=desk.subject.route(Tab::Overview) text="Leave it as it is"/></div>
    }
    .into_any()
}

fn difference(desk: Desk, change: Memo<Option<Change>>) -> Vec<DiffLine> {
    change.get().map(|new| desk.subject.difference(&new.asked)).unwrap_or_default()
}

/// The request of the change; `Err` is why it cannot be made.
fn request(desk: Desk, change: Memo<Option<Change>>) -> Result<Request, String> {
    let subject = desk.subject;
    let (Some(environment), Some(change)) = (subject.environment(), change.get()) else {
        return Err(String::new());
    };
    let reach = subject.reach().ok_or_else(|| words::LOOKING_UP.to_owned())?;
    subject.application.with(|application| {
        manage::request(
            subject.session,
            &environment,
            &reach,
            application,
            Operation::Update,
            Some(&change.asked),
        )
        .map_err(|trouble| format!("{} {}", trouble.headline(), trouble.next()))
    })
}

fn exact(desk: Desk, change: Memo<Option<Change>>) -> AnyView {
    let shown = move |render: fn(&Request) -> Vec<Segment>| {
        Signal::derive(move || match request(desk, change) {
            Ok(request) => render(&request),
            Err(why) => vec![Segment::Plain(why)],
        })
    };
    let said = Signal::derive(move || {
        let document = change.get().and_then(|change| findings::document(desk, &change));
        document.map(|(document, _)| json(&pretty(&document.shown()))).unwrap_or_default()
    });
    let claims = desk.subject.habits().takes_statements().then(|| CodeView::new("Claims", "Claims", said));
    let http = CodeView::new("HTTP request", "Request", shown(http));
    let curl = CodeView::new("curl", "curl command", shown(|request| vec![Segment::Plain(curl(request))]));
    let views: Vec<CodeView> = claims.into_iter().chain([http, curl]).collect();
    view! { <CodeBlock label="The request of the change" views secret_word="token"/> }.into_any()
}

/// The same request by other means, and the field for its answer.
fn paste_back(desk: Desk, change: Memo<Option<Change>>) -> AnyView {
    if desk.subject.habits().takes_statements() {
        return view! { <Command desk change/> }.into_any();
    }
    let made = Memo::new(move |_| request(desk, change).ok());
    let on_answer = Callback::new(move |response: Response| {
        if let Some(change) = change.get_untracked() {
            desk.accept(change, response);
        }
    });
    (move || made.get().map(|request| view! { <PasteBack request operation=Operation::Update on_answer/> }))
        .into_any()
}
