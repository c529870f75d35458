//! Products, the registration, and what the application waits for.

use leptos::prelude::*;

use super::{
    Subject,
    differences::ServerChangesPanel,
    registration::RegistrationPanel,
    risk::Risk,
    seen::{Seen, WhileYouWait},
    unanswered::{NotMade, TheChange},
    waiting::Waiting,
};
use crate::{
    components::prelude::*,
    domain::{application::state::State, catalogue::Approval, registration::Operation, route::Tab},
    text::application as words,
};

#[component]
pub(super) fn Overview(subject: Subject) -> impl IntoView {
    let state = subject.state();
    let needs_help = Memo::new(move |_| {
        matches!(state.get(), State::Waiting | State::AtRisk | State::NotMade(_) | State::Refused)
    });
    move || {
        if !needs_help.get() {
            return view! { <div class="stack-24"><Main subject state/></div> }.into_any();
        }
        view! {
            <div class="columns">
                <div class="column-main"><Main subject state/></div>
                <div class="column-side">
                    <Seen subject/>
                    <TheChange subject/>
                    <WhileYouWait subject state/>
                </div>
            </div>
        }
        .into_any()
    }
}

#[component]
fn Main(subject: Subject, state: Memo<State>) -> impl IntoView {
    view! {
        {move || match state.get() {
            State::AtRisk => view! { <Risk subject/> }.into_any(),
            State::NotMade(write) => view! { <NotMade subject write/> }.into_any(),
            State::Waiting => view! { <Waiting subject/> }.into_any(),
            _ => ().into_any(),
        }}
        <Products subject/>
        <RegistrationPanel subject/>
        <ServerChangesPanel subject/>
    }
    .into_any()
}

#[component]
fn Products(subject: Subject) -> impl IntoView {
    let products = Memo::new(move |_| subject.application.with(|application| application.products.clone()));
    let change = move || {
        subject.can(Operation::Update).get().then(
            || view! { <ButtonLink to=subject.route(Tab::Change) text="Change products" size=Size::Head/> },
        )
    };
    view! {
        <Panel title="Products" flush=true aside=move || change>
            {move || {
                let products = products.get();
                if products.is_empty() {
                    return view! { <Empty title=words::NO_PRODUCTS text=words::NO_PRODUCTS_TEXT/> }.into_any();
                }
                let rows: Vec<AnyView> = products.into_iter().map(|id| product_row(subject, id)).collect();
                view! {
                    <Table label="Products of this application" columns=vec!["Product", "Scope", "Approval"] class="stack lined">{rows}</Table>
                }
                    .into_any()
            }}
        </Panel>
    }
    .into_any()
}

fn product_row(subject: Subject, id: String) -> AnyView {
    let Some(product) = subject.session.product(&id) else {
        return view! {
            <Row><RowHead>{id}</RowHead><Cell>{words::NOT_IN_CATALOGUE}</Cell><Cell>""</Cell></Row>
        }
        .into_any();
    };
    let scopes = match subject.environment() {
        Some(environment) => environment.scopes_of(&product),
        None => product.scopes.iter().map(|scope| scope.name.clone()).collect(),
    };
    let approval = match product.approval {
        Approval::Operator => view! { <Lit lamp=Lamp::Info>"Operator approves"</Lit> }.into_any(),
        Approval::Automatic => view! { <span class="muted">"Automatic"</span> }.into_any(),
    };
    let scopes: Vec<AnyView> =
        scopes.into_iter().map(|scope| view! { <Scope name=scope/> " " }.into_any()).collect();
    view! { <Row><RowHead>{product.name}</RowHead><Cell>{scopes}</Cell><Cell>{approval}</Cell></Row> }
        .into_any()
}
