//! The first call: a sample of a product, editable, sent with the token of this tab.

mod answer;
mod fields;

use leptos::prelude::*;

use super::token::{Asking, granted_scopes, has_expired};
use crate::{
    browser::{clock, crypto, location},
    components::prelude::*,
    domain::{
        call::{self, Explained, Problem, Wish},
        catalogue::{Call, Product},
        http::{Method, Request, Response},
        json,
        secret::Secret,
        url,
    },
    pages::trouble::TroubleNote,
    state::{Trouble, backend, vault::HeldToken, work::Work},
    text::application as words,
};
use answer::AnswerView;

/// A sample call and its product.
#[derive(Clone, PartialEq)]
struct Sample {
    product: Product,
    call: Call,
    /// Base address of the product's calls.
    base: String,
    /// The scopes it needs, as the environment names them.
    scopes: Vec<String>,
}

/// What came back, with what was sent.
#[derive(Clone, PartialEq)]
struct Answer {
    sample: Sample,
    request: Request,
    response: Response,
    explained: Option<Explained>,
}

/// The state of the bench.
#[derive(Clone, Copy)]
struct Bench {
    asking: Asking,
    held: Memo<Option<HeldToken>>,
    samples: StoredValue<Vec<Sample>>,
    chosen: RwSignal<String>,
    path: RwSignal<String>,
    body: RwSignal<String>,
    /// The name of the next call, where banks want one.
    interaction: RwSignal<Option<String>>,
    work: Work,
    problem: RwSignal<Option<Problem>>,
    trouble: RwSignal<Option<Trouble>>,
    answer: RwSignal<Option<Answer>>,
    /// Whether this call was already repeated with a new token.
    repeated: RwSignal<bool>,
}

/// The section below the token.
#[component]
pub(super) fn CallSection(asking: Asking, held: Memo<Option<HeldToken>>) -> impl IntoView {
    let samples = samples(asking);
    if samples.is_empty() || asking.subject.environment.with_value(Option::is_none) {
        return ().into_any();
    }
    let bench = Bench::new(asking, held, samples);
    view! {
        <section>
            <SectionHead title="Call a product" aside=Signal::derive(move || bench.goes_to()) id="call"/>
            <div class="panel">
                {bench.choice()}
                {move || bench.approval()}
                {bench.bar()}
                {move || bench.body_field()}
                {move || bench.exact_request()}
                {move || {
                    bench
                        .trouble
                        .with(Option::is_some)
                        .then(|| view! { <div class="panel-part"><TroubleNote trouble=bench.trouble/></div> })
                }}
                <div aria-live="polite">
                    {move || {
                        (bench.repeated.get() && bench.answer.with(Option::is_some))
                            .then(|| view! { <p class="panel-part small muted">{words::REPEATED}</p> })
                    }}
                    {move || bench.answer.get().map(|answer| view! { <AnswerView answer again=bench.again()/> })}
                </div>
            </div>
        </section>
    }
    .into_any()
}

/// The sample calls of the chosen products, in the order of the catalogue.
fn samples(asking: Asking) -> Vec<Sample> {
    let subject = asking.subject;
    let Some(environment) = subject.environment() else { return Vec::new() };
    let chosen = subject.application.with_untracked(|application| application.products.clone());
    let of = |product: Product| {
        let (base, scopes) = (environment.api_of(&product.id).to_owned(), environment.scopes_of(&product));
        let calls = product.calls.clone();
        calls
            .into_iter()
            .map(move |call| Sample {
                product: product.clone(),
                call,
                base: base.clone(),
                scopes: scopes.clone(),
            })
            .collect::<Vec<_>>()
    };
    chosen.iter().filter_map(|id| subject.session.product(id)).flat_map(of).collect()
}

impl Bench {
    fn new(asking: Asking, held: Memo<Option<HeldToken>>, samples: Vec<Sample>) -> Self {
        let bench = Self {
            asking,
            held,
            samples: StoredValue::new(samples),
            chosen: RwSignal::new("0".to_owned()),
            path: RwSignal::new(String::new()),
            body: RwSignal::new(String::new()),
            interaction: RwSignal::new(None),
            work: Work::new(),
            problem: RwSignal::new(None),
            trouble: RwSignal::new(None),
            answer: RwSignal::new(None),
            repeated: RwSignal::new(false),
        };
        bench.take_sample();
        bench.name_next_call();
        bench
    }

    /// Every call has a name of its own, by which the bank finds it again.
    fn name_next_call(self) {
        if self.asking.subject.environment().is_some_and(|e| e.software_statement.is_some()) {
            self.interaction.try_set(Some(crypto::uuid_v4()));
        }
    }

    /// Fills the fields from the chosen sample.
    fn take_sample(self) {
        let Some(sample) = untrack(|| self.sample()) else { return };
        self.path.set(sample.call.path);
        self.body.set(sample.call.body.map(|body| json::pretty(&body)).unwrap_or_default());
        self.problem.set(None);
        self.trouble.set(None);
        self.answer.set(None);
    }

    fn sample(self) -> Option<Sample> {
        let index: usize = self.chosen.get().parse().ok()?;
        self.samples.with_value(|samples| samples.get(index).cloned())
    }

    fn method(self) -> Method {
        self.sample().map_or(Method::Get, |sample| sample.call.method)
    }

    /// The request as it stands. Without a token it is shown all the same, and cannot be sent.
    fn request(self) -> Result<Request, Problem> {
        let token = self
            .held
            .with(|held| held.as_ref().map(|held| held.answer.access_token.clone()))
            .unwrap_or_default();
        self.request_with(&token)
    }

    fn request_with(self, token: &Secret) -> Result<Request, Problem> {
        let method = self.method();
        let body = if method == Method::Get { String::new() } else { self.body.get() };
        let interaction_id = self.interaction.get();
        let wish = Wish { method, path: self.path.get(), body, interaction_id };
        let base = self.sample().map(|sample| sample.base).unwrap_or_default();
        let certificate = self.asking.subject.environment().is_some_and(|e| e.client_certificate);
        call::request(&wish, &base, &location::origin(), token)
            .map(|request| request.with_certificate(certificate))
    }

    fn goes_to(self) -> String {
        let base = self.sample().map(|sample| sample.base).unwrap_or_default();
        words::call_goes_to(&url::host(&url::absolute(&location::origin(), &base)))
    }

    /// A new call: it may be repeated once.
    fn press(self) {
        if untrack(|| self.ready()).is_some() {
            self.repeated.set(false);
            self.work.run(self.call());
        }
    }

    async fn call(self) {
        let Some(request) = untrack(|| self.ready()) else { return };
        let (Some(sample), Some(application)) =
            (untrack(|| self.sample()), self.asking.subject.application.try_get_untracked())
        else {
            return;
        };
        let Some(environment) = self.asking.subject.environment() else { return };
        let session = self.asking.subject.session;
        let held = self.held.try_get_untracked().flatten();
        self.name_next_call();
        match backend::call(session, &environment, &application.id, &sample.product.name, &request).await {
            Ok(response) => {
                let explained = explain(&response, &sample, held.as_ref());
                self.trouble.try_set(None);
                let ended = response.status == 401;
                self.answer.try_set(Some(Answer { sample, request, response, explained }));
                // Tokens of a bank are opaque and short: a 401 is how they say that they have ended. It was not carried
                // out, so that it can be sent again.
                if ended
                    && application.grants_by_assertion()
                    && self.repeated.try_get_untracked() == Some(false)
                {
                    self.repeated.try_set(true);
                    if self.asking.once().await {
                        Box::pin(self.call()).await;
                    }
                }
            }
            Err(trouble) => {
                self.answer.try_set(None);
                self.trouble.try_set(Some(trouble));
            }
        }
    }

    /// The request, when it can be sent; else says at the field why not.
    fn ready(self) -> Option<Request> {
        let token = self.held.try_get().flatten()?.answer.access_token;
        match self.request_with(&token) {
            Ok(request) => {
                self.problem.set(None);
                Some(request)
            }
            Err(problem) => {
                self.problem.set(Some(problem));
                None
            }
        }
    }

    /// What the answer offers after a 401: a new token and the same call, once.
    fn again(self) -> Option<Callback<()>> {
        let refused =
            self.answer.with(|answer| answer.as_ref().is_some_and(|answer| answer.response.status == 401));
        let possible = refused && !self.repeated.get() && self.asking.subject.credential().is_some();
        possible.then(|| Callback::new(move |()| self.renew_and_repeat()))
    }

    fn renew_and_repeat(self) {
        self.repeated.set(true);
        self.work.run(async move {
            if self.asking.once().await {
                self.call().await;
            }
        });
    }
}

/// The answer in plain words; nothing for a success.
fn explain(response: &Response, sample: &Sample, held: Option<&HeldToken>) -> Option<Explained> {
    let granted = held.and_then(granted_scopes);
    let expired = held.is_some_and(|held| has_expired(held, clock::now()));
    let at = call::Circumstances {
        product: &sample.product,
        needed: &sample.scopes,
        granted: granted.as_deref(),
        expired,
        now: clock::now(),
    };
    call::explain(response, &at)
}
