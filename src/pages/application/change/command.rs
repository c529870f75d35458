//! A change as a command that is made at a press: where it says when it was made, and is signed, it ends soon.

use leptos::prelude::*;

use super::{Change, Desk};
use crate::{
    browser::clock,
    components::prelude::*,
    domain::{
        http::{Request, Response},
        registration::Operation,
        time,
    },
    pages::refused::PasteBack,
    state::{Trouble, manage, work::Work},
    text::application as words,
};

/// A request that is ready, and when it ends.
#[derive(Clone, PartialEq)]
struct Ready {
    of: Change,
    request: Request,
    ends: i64,
}

/// The button that makes it, the command, and the field for its answer.
#[component]
pub(super) fn Command(desk: Desk, change: Memo<Option<Change>>) -> impl IntoView {
    let (work, ready) = (Work::new(), RwSignal::new(None::<Ready>));
    let trouble = RwSignal::new(None::<String>);
    let make = move || {
        let Some(of) = change.get_untracked() else { return };
        work.run(async move {
            match made(desk, &of).await {
                Ok((request, ends)) => {
                    trouble.try_set(None);
                    ready.try_set(Some(Ready { of, request, ends }));
                }
                Err(problem) => {
                    trouble.try_set(Some(format!("{} {}", problem.headline(), problem.next())));
                }
            }
        });
    };
    let on_answer = Callback::new(move |response: Response| {
        if let Some(ready) = ready.get_untracked() {
            desk.accept(ready.of, response);
        }
    });
    // A command of what the form said before is not shown beside what it says now.
    let current = Memo::new(move |_| ready.get().filter(|ready| change.get().as_ref() == Some(&ready.of)));
    view! {
        <div class="stack-8">
            <p class="small muted">{words::COMMAND_IS_MADE}</p>
            <div class="actions"><Button text=words::MAKE_COMMAND working=work.seconds() on_press=make/></div>
            <div role="alert">{move || trouble.get().map(|text| view! { <p class="small">{text}</p> })}</div>
            {move || {
                current
                    .get()
                    .map(|ready| {
                        let ends = words::command_ends(&time::clock(ready.ends));
                        view! {
                            <p class="small muted">{ends}</p>
                            <PasteBack request=ready.request operation=Operation::Update on_answer/>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

async fn made(desk: Desk, change: &Change) -> Result<(Request, i64), Trouble> {
    let subject = desk.subject;
    let known = (subject.environment(), untrack(|| subject.reach()), subject.application.try_get_untracked());
    let (Some(environment), Some(reach), Some(application)) = known else {
        return Err(Trouble::not_sent(words::LOOKING_UP, "Press the button again in a moment."));
    };
    let ends = clock::now().saturating_add(environment.signed_request.lifetime);
    let request = manage::ready(subject.session, &environment, &reach, &application, &change.asked).await?;
    Ok((request, ends))
}
