//! One product: what it gives, what a token needs, how a call looks, who uses it.

use leptos::prelude::*;

use crate::{
    browser::location,
    components::prelude::*,
    domain::{
        call,
        catalogue::{Approval, Call, Product},
        config::Environment,
        http::render::{self, Segment},
        json,
        route::{Route, Tab},
        secret::Secret,
        url,
    },
    state::{Session, use_session},
    text::products as text,
};

/// One product.
#[component]
pub fn ProductDetail(product: Product) -> impl IntoView {
    let name = product.name.clone();
    let id = product.id.clone();
    let shown = product.clone();
    view! {
        <div class="product-open">
        <A to=Route::Products { id: None } class="back">{text::BACK}</A>
        <article class="panel product-detail">
            <section>
                <div>
                    <h2>{name.clone()}</h2>
                    <p class="muted">{if product.description.is_empty() { product.summary.clone() } else { product.description.clone() }}</p>
                </div>
                <ButtonLink
                    to=Route::NewApplication { products: vec![id], trial: false }
                    text=text::new_with(&name)
                    kind=Kind::Primary
                />
            </section>
            <NotOffered product=product.clone()/>
            <Overview product=product.clone()/>
            <Scopes product=product.clone()/>
            {(!product.calls.is_empty()).then(|| view! { <Calls product=shown/> })}
            <Users product/>
        </article>
        </div>
    }
    .into_any()
}

/// The environments that offer a product.
fn offering(session: Session, product: &str) -> Vec<Environment> {
    session.portal.with_value(|portal| {
        portal.environments.iter().filter(|environment| environment.offers(product)).cloned().collect()
    })
}

#[component]
fn NotOffered(product: Product) -> impl IntoView {
    let session = use_session();
    let others = offering(session, &product.id);
    let note = move || {
        let chosen = session.chosen().filter(|chosen| !chosen.offers(&product.id))?;
        let switches: Vec<AnyView> = others
            .iter()
            .cloned()
            .map(|other| {
                let (name, id) = (text::switch_to(&other.name), other.id);
                view! { <Button text=name size=Size::Head on_press=move || session.choose(&id)/> }.into_any()
            })
            .collect();
        Some(view! {
            <Note tone=Tone::Look lead=text::not_offered(&product.name, &chosen.name) actions=move || view! { {switches} }>""</Note>
        })
    };
    note.into_any()
}

#[component]
fn Overview(product: Product) -> impl IntoView {
    let session = use_session();
    let names: Vec<String> =
        offering(session, &product.id).into_iter().map(|environment| environment.name).collect();
    let environments = if names.is_empty() { "None yet".to_owned() } else { names.join(", ") };
    let waits = product.approval == Approval::Operator;
    let approval = text::approval(&product);
    let Product { limit, api_version, approval_note, .. } = product;
    view! {
        <Probes even=true>
            <Probe label="Approval" lamp=waits.then_some(Lamp::Info)>{approval}</Probe>
            <Probe label="Environments">{environments}</Probe>
            {limit.map(|limit| view! { <Probe label="Limit">{limit}</Probe> })}
            {api_version.map(|version| view! { <Probe label="Version">{version}</Probe> })}
        </Probes>
        {approval_note.map(|note| view! { <section><p class="muted">{note}</p></section> })}
    }
    .into_any()
}

#[component]
fn Scopes(product: Product) -> impl IntoView {
    let session = use_session();
    let audience = product.audience.clone();
    let heading = if product.scopes.len() == 1 { "Scope" } else { "Scopes" };
    let rows = move || {
        let names = session.chosen().map(|environment| environment.scopes_of(&product)).unwrap_or_default();
        if names.is_empty() {
            return view! { <p class="muted">"A token needs no scope of its own for it."</p> }.into_any();
        }
        let meaning = |name: &String| {
            product.scopes.iter().find(|scope| scope.name == *name).map(|scope| scope.meaning.clone())
        };
        names
            .iter()
            .map(|name| view! { <p class="row"><Scope name=name.clone()/> <span class="muted">{meaning(name)}</span></p> }.into_any())
            .collect::<Vec<AnyView>>()
            .into_any()
    };
    view! {
        <section>
            <h3>{heading}</h3>
            {rows}
            {audience.map(|audience| view! { <p class="muted">"Audience of the token: " <Mono text=audience/></p> })}
        </section>
    }
    .into_any()
}

#[component]
fn Calls(product: Product) -> impl IntoView {
    let session = use_session();
    let rows: Vec<AnyView> = product
        .calls
        .iter()
        .map(|call| {
            view! {
                <li>
                    <span class="method">{call.method.as_str()}</span>
                    <Mono text=call.path.clone()/>
                    <span class="muted">{call.name.clone()}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    let sample = product.calls.iter().find(|call| call.answer.is_some()).or(product.calls.first()).cloned();
    let id = product.id.clone();
    view! {
        <section>
            <h3>"Calls"</h3>
            <ul class="calls">{rows}</ul>
        </section>
        {sample.map(|call| {
            view! {
                <section>
                    <h3>"Sample: " {call.name.clone()}</h3>
                    <CodeBlock label="Sample" views=views(session, &id, &call)/>
                    {call.answer.is_none().then(|| view! { <p class="muted">{text::NO_SAMPLE}</p> })}
                </section>
            }
        })}
    }
    .into_any()
}

/// Answer, body, and the same call for a shell. The token is a variable there.
fn views(session: Session, product: &str, call: &Call) -> Vec<CodeView> {
    let answer = call
        .answer
        .as_ref()
        .map(|answer| CodeView::new("Answer", "Answer", Signal::stored(render::json(&json::pretty(answer)))));
    let body = call
        .body
        .as_ref()
        .map(|body| CodeView::new("Body", "Body", Signal::stored(render::json(&json::pretty(body)))));
    let (product, call) = (product.to_owned(), call.clone());
    let curl = Signal::derive(move || vec![Segment::Plain(curl(session, &product, &call))]);
    answer.into_iter().chain(body).chain([CodeView::new("curl", "Command", curl)]).collect()
}

fn curl(session: Session, product: &str, sample: &Call) -> String {
    let base = session.chosen().map(|environment| environment.api_of(product).to_owned()).unwrap_or_default();
    let wish = call::Wish {
        method: sample.method,
        path: sample.path.clone(),
        body: sample.body.as_ref().map(json::pretty).unwrap_or_default(),
        interaction_id: None,
    };
    match call::request(&wish, &base, &location::origin(), &Secret::default()) {
        Ok(request) => render::curl(&request),
        Err(call::Problem::Path(problem) | call::Problem::Body(problem)) => problem,
    }
}

#[component]
fn Users(product: Product) -> impl IntoView {
    let session = use_session();
    let Product { id, reference, .. } = product;
    let links = move || {
        let using: Vec<(String, String)> = session.vault.applications.with(|all| {
            all.iter()
                .filter(|application| application.products.contains(&id))
                .map(|application| (application.id.clone(), application.name().to_owned()))
                .collect()
        });
        if using.is_empty() {
            return view! { <span class="muted">{text::NOT_USED}</span> }.into_any();
        }
        using
            .into_iter()
            .map(|(id, name)| view! { <A to=Route::application(&id, Tab::Overview)>{name}</A> }.into_any())
            .collect::<Vec<AnyView>>()
            .into_any()
    };
    view! {
        <section>
            <h3>"Your applications"</h3>
            <div class="row between loose">
                <div class="row loose">{links}</div>
                {reference.map(|href| view! { <ExternalLink text=text::reference(&url::host(&href)) href/> })}
            </div>
        </section>
    }
    .into_any()
}
