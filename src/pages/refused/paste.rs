//! A request by other means: as curl and as a `.http` file, and the field for the answer that came.

use leptos::prelude::*;

use crate::{
    components::prelude::*,
    domain::{
        http::{Needed, Request, Response, paste, render},
        inspect::words::capitalised,
        registration::Operation,
    },
    text::refused as words,
};

/// The field's ID: one of them is open at a time.
const ANSWER: &str = "pasted-answer";

/// The command, and the field for its answer. What is pasted is read by the same code as an answer of the page's own.
#[component]
pub fn PasteBack(
    /// The request.
    request: Request,
    /// What it is for: tells the status of an answer that comes without one.
    operation: Operation,
    /// Takes the answer.
    on_answer: Callback<Response>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let notes = RwSignal::new(String::new());
    let views = vec![
        CodeView::text("curl", "curl command", render::curl(&request)),
        CodeView::text(".http", "HTTP file", render::http_file(&request)).file("request.http", "text/plain"),
    ];
    let read = move || match typed.with_untracked(|text| paste::read(text, operation)) {
        Ok(pasted) => {
            error.set(None);
            notes.set(pasted.notes.join(" "));
            on_answer.run(pasted.response);
        }
        Err(problem) => error.set(Some(problem)),
    };
    let needed: Vec<AnyView> = request.needed().into_iter().map(copied).collect();
    view! {
        <div class="stack-8">
            <CodeBlock label="The request" views/>
            {(!needed.is_empty())
                .then(|| view! { <div class="row small muted"><span>{words::COMMAND_ASKS}</span> {needed}</div> })}
            <TextArea
                id=ANSWER
                label="Answer"
                value=typed
                hint=words::ANSWER_HINT
                error=error
                placeholder=words::answer_example(operation)
            />
            <div class="row"><Button text="Read the answer" on_press=read/></div>
            <p class="small muted" role="status">{notes}</p>
        </div>
    }
    .into_any()
}

/// A secret that the command asks for, to be pasted there.
fn copied(needed: Needed) -> AnyView {
    let (what, value) = (capitalised(needed.label), Signal::stored(needed.value.expose().to_owned()));
    view! { <CopyButton what=what text=value label=needed.variable size=Size::Row/> }.into_any()
}
