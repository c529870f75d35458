//! The fields of a call, and the request they make.

use leptos::prelude::*;

use super::{Bench, Sample};
use crate::{
    components::prelude::*,
    domain::{
        call::Problem,
        catalogue::Approval,
        http::{
            Method, Request,
            render::{Segment, curl, http},
        },
    },
    pages::application::token::has_expired,
    text::application as words,
};

impl Bench {
    /// Which sample, when there are several.
    pub(super) fn choice(self) -> Option<AnyView> {
        let options: Vec<SelectOption> = self.samples.with_value(|samples| {
            let entry = |(index, sample): (usize, &Sample)| {
                SelectOption::new(index.to_string(), format!("{}: {}", sample.product.name, sample.call.name))
            };
            samples.iter().enumerate().map(entry).collect()
        });
        (options.len() > 1).then(|| {
            view! {
                <div class="call-choice">
                    <Select
                        id="sample"
                        label="Sample call"
                        value=self.chosen
                        options=Signal::stored(options)
                        on_change=move |_: String| self.take_sample()
                    />
                </div>
            }
            .into_any()
        })
    }

    /// Who has to agree before a call is let in.
    pub(super) fn approval(self) -> Option<AnyView> {
        let product = self.sample()?.product;
        (product.approval == Approval::Operator).then(|| {
            let contact = self.asking.subject.session.portal.with_value(|portal| portal.contact.clone());
            let text = words::approval(&product, &contact);
            view! { <div class="panel-part"><Note tone=Tone::Info lead=words::APPROVAL_LEAD>{text}</Note></div> }.into_any()
        })
    }

    pub(super) fn bar(self) -> AnyView {
        let error = Signal::derive(move || match self.problem.get() {
            Some(Problem::Path(text)) => Some(text),
            _ => None,
        });
        let copied = Signal::derive(move || self.request().map(|request| curl(&request)).unwrap_or_default());
        let name = Signal::derive(move || {
            format!("Call {}", self.sample().map(|s| s.product.name).unwrap_or_default())
        });
        let has_token = Memo::new(move |_| self.held.with(Option::is_some));
        let expired = Memo::new(move |_| {
            self.held.with(|held| {
                held.as_ref().is_some_and(|held| has_expired(held, self.asking.subject.session.now.get()))
            })
        });
        let button = move || {
            // Where a new token is offered, that is the thing to do.
            let first = has_token.get() && !expired.get() && self.again().is_none();
            let kind = if first { Kind::Primary } else { Kind::Secondary };
            view! {
                <Button
                    text=name
                    kind
                    icon=Icon::Send
                    hint_id="call-note"
                    working=self.work.seconds()
                    disabled=Signal::derive(move || !has_token.get())
                    on_press=move || self.press()
                />
            }
        };
        view! {
            <div class="call-bar">
                <span class="method">{move || self.method().as_str()}</span>
                <div class="address"><TextField id="call-path" label="Path" value=self.path mono=true hide_label=true error=error/></div>
                <CopyButton what="curl command" text=copied label="Copy as curl" size=Size::Normal/>
                {button}
            </div>
            <p class="call-note" id="call-note">{move || words::call_note(has_token.get(), expired.get())}</p>
        }
        .into_any()
    }

    pub(super) fn body_field(self) -> Option<AnyView> {
        let error = Signal::derive(move || match self.problem.get() {
            Some(Problem::Body(text)) => Some(text),
            _ => None,
        });
        (self.method() != Method::Get && self.method() != Method::Delete).then(|| {
            view! {
                <div class="panel-part"><TextArea id="call-body" label="Body, JSON" value=self.body mono=true rows=9 error=error/></div>
            }
            .into_any()
        })
    }

    /// What will be sent, before it is sent.
    pub(super) fn exact_request(self) -> AnyView {
        let shown = move |render: fn(&Request) -> Vec<Segment>| {
            Signal::derive(move || match self.request() {
                Ok(request) => render(&request),
                Err(Problem::Path(text) | Problem::Body(text)) => vec![Segment::Plain(text)],
            })
        };
        let views = vec![
            CodeView::new("HTTP", "Request", shown(http)),
            CodeView::new("curl", "curl command", shown(|request| vec![Segment::Plain(curl(request))])),
        ];
        view! {
            <div class="panel-part">
                <Fold summary="The exact request"><CodeBlock label="The request of the call" views secret_word="token"/></Fold>
            </div>
        }
        .into_any()
    }
}
