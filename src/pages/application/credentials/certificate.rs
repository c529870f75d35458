//! A client that proves itself by its certificate (RFC 8705, 2.1): which one the server expects.

use leptos::prelude::*;

use super::super::Subject;
use crate::{components::prelude::*, text::application as words};

#[component]
pub(super) fn CertificatePanel(subject: Subject) -> impl IntoView {
    let method = move || subject.application.with(|application| application.method().to_owned());
    let expected = move || subject.application.with(words::expected_certificate);
    view! {
        <Panel title=words::CERTIFICATE>
            <Facts class="wide-label">
                <Fact label="Method"><span class="mono">{method}</span></Fact>
                <Fact label=words::CERTIFICATE_SUBJECT><span class="mono">{expected}</span></Fact>
            </Facts>
            <p class="small muted">{words::CERTIFICATE_TEXT}</p>
        </Panel>
    }
    .into_any()
}
