//! The answer of a product: as it came, and in plain words.

use leptos::prelude::*;

use super::Answer;
use crate::{
    components::prelude::*,
    domain::{
        call::{
            Explained,
            open_banking::{INTERACTION_ID, Reason},
        },
        camt,
        http::{
            Request, Response,
            render::{Segment, http, json as coloured},
        },
        json,
    },
    text::application as words,
};

/// Headers by which an operator finds a request again, in the order of preference.
const TRACES: [&str; 6] =
    [INTERACTION_ID, "x-request-id", "x-correlation-id", "x-trace-id", "traceparent", "request-id"];

/// Body, headers and request on one side, words on the other.
#[component]
pub(super) fn AnswerView(answer: Answer, again: Option<Callback<()>>) -> impl IntoView {
    let Answer { sample, request, response, explained } = answer;
    let lamp = match response.status {
        200..=299 => Lamp::Ok,
        400..=499 => Lamp::Bad,
        _ => Lamp::Warn,
    };
    let line = words::status_line(response.status);
    let size = words::answer_size(&response);
    let status = move || view! { <span class="status"><Lit lamp><b>{line}</b></Lit> <span class="muted">{size}</span></span> };
    let headers = headers(&response);
    let views = vec![
        CodeView::new("Body", "Answer", Signal::stored(body(&response))),
        CodeView::new(format!("Headers {}", response.headers.len()), "Headers", Signal::stored(headers)),
        CodeView::new("Request", "Request", Signal::stored(http(&request))),
    ];
    let balances = if response.is_success() { camt::balances(&response.body) } else { Vec::new() };
    let trace = trace(&request, &response);
    view! {
        <div class="answer">
            <CodeBlock label="The answer" status=status views secret_word="token"/>
            <div>
                <h3>"In plain words"</h3>
                {explained.is_none().then(|| view! { <div class="answer-words"><p>{words::ACCEPTED}</p></div> })}
                {explained.map(|explained| refused(explained, again))}
                <Facts>
                    {balances
                        .into_iter()
                        .map(|balance| view! { <Fact label=balance.code>{balance.words}</Fact> })
                        .collect_view()}
                    <Fact label="Product">{sample.product.name.clone()}</Fact>
                    <Fact label="Call">{sample.call.name.clone()}</Fact>
                    {sample.product.standard.clone().map(|standard| view! { <Fact label="Standard">{standard}</Fact> })}
                    <Fact label="Scope"><span class="mono">{sample.scopes.join(" ")}</span></Fact>
                    {trace.map(trace_fact)}
                </Facts>
            </div>
        </div>
    }
    .into_any()
}

/// What was refused, in words; and a new token where that may help.
fn refused(explained: Explained, again: Option<Callback<()>>) -> AnyView {
    let again = again.map(|again| {
        view! {
            <div class="actions">
                <Button
                    text="Get a new token and repeat"
                    kind=Kind::Primary
                    size=Size::Head
                    icon=Icon::Refresh
                    on_press=move || again.run(())
                />
            </div>
        }
    });
    let reasons: Vec<AnyView> = explained.reasons.into_iter().map(reason).collect();
    let id = explained.id.map(|id| view! { <p class="small muted">{marked(&words::refusal_id(&id))}</p> });
    view! {
        <div class="answer-words">
            <p><b>{explained.lead}</b> " " {explained.text}</p>
            {explained.quoted.map(|quoted| view! { <p class="muted">{words::in_its_words(&quoted)}</p> })}
            {(!reasons.is_empty()).then(|| view! { <ul class="small">{reasons}</ul> })}
            {id}
            {again}
        </div>
    }
    .into_any()
}

/// One of the reasons that the server lists: which member, which code, its words.
fn reason(reason: Reason) -> AnyView {
    let Reason { code, message, path, url } = reason;
    let mono = |text: Option<String>| text.map(|text| view! { <span class="mono">{text}</span> " " });
    view! { <li>{mono(path)} {mono(code)} {message} " " {mono(url)}</li> }.into_any()
}

/// By what the operator finds the call again: what the answer says, or what was sent where the browser hides it.
fn trace(request: &Request, response: &Response) -> Option<(&'static str, String)> {
    let answered = TRACES.into_iter().find_map(|name| Some((name, response.header(name)?.to_owned())));
    answered.or_else(|| {
        let sent = request.headers.iter().find(|(name, _)| *name == INTERACTION_ID)?;
        Some((sent.0, sent.1.reveal().expose().to_owned()))
    })
}

fn trace_fact((name, value): (&'static str, String)) -> AnyView {
    let label = if name == INTERACTION_ID { words::INTERACTION } else { "Trace" };
    let copied = value.clone();
    view! {
        <Fact label>
            <span class="row"><span class="mono">{value}</span> <CopyIcon what=label text=Signal::stored(copied)/></span>
        </Fact>
    }
    .into_any()
}

/// The body, indented when it is JSON.
fn body(response: &Response) -> Vec<Segment> {
    match serde_json::from_str::<serde_json::Value>(&response.body) {
        Ok(value) => coloured(&json::pretty(&value)),
        Err(_) if response.body.is_empty() => vec![Segment::Plain(words::NO_BODY.to_owned())],
        Err(_) => vec![Segment::Plain(response.body.clone())],
    }
}

fn headers(response: &Response) -> Vec<Segment> {
    if response.headers.is_empty() {
        return vec![Segment::Plain(words::NO_HEADERS.to_owned())];
    }
    response
        .headers
        .iter()
        .flat_map(|(name, value)| [Segment::Name(name.clone()), Segment::Plain(format!(": {value}\n"))])
        .collect()
}
