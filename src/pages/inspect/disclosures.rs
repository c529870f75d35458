//! What the holder of an SD-JWT discloses, and how much is kept back (RFC 9901).

use leptos::prelude::*;

use super::shown::{Shown, kept};
use crate::{
    components::prelude::*,
    domain::inspect::{
        sd_jwt::{Belongs, Disclosure, SdJwt},
        visible::visible,
    },
    text::inspect as text,
};

/// So many are drawn.
const ROWS: usize = 100;

/// The panel; nothing for other tokens.
#[component]
pub fn Disclosures(shown: Shown) -> impl IntoView {
    let sd_jwt = kept(shown, |read| read.sd_jwt.clone());
    move || sd_jwt.get().map(panel)
}

fn panel(sd_jwt: SdJwt) -> AnyView {
    let sub = text::disclosed(sd_jwt.disclosures.len(), sd_jwt.undisclosed);
    let rows: Vec<AnyView> = sd_jwt.disclosures.into_iter().take(ROWS).map(row).collect();
    view! {
        <Panel title=text::DISCLOSURES sub=Signal::stored(Some(sub)) flush=true>
            <Table label=text::DISCLOSURES columns=vec!["Name", "Value", "Belongs to"] class="claims stack">{rows}</Table>
        </Panel>
    }
    .into_any()
}

fn row(disclosure: Disclosure) -> AnyView {
    let name = disclosure.name.as_deref().map_or(text::ELEMENT.into(), |name| visible(name).into_owned());
    let value = visible(disclosure.value.as_deref().unwrap_or(&disclosure.text)).into_owned();
    let (lamp, place) = match (&disclosure.problem, &disclosure.belongs_to) {
        (Some(problem), _) => (Lamp::Bad, (*problem).to_owned()),
        (None, Belongs::To(path)) if path.is_empty() => (Lamp::Ok, text::BELONGS_TOP.to_owned()),
        (None, Belongs::To(path)) => (Lamp::Ok, visible(path).into_owned()),
        (None, Belongs::Nowhere) => (Lamp::Bad, text::BELONGS_NOWHERE.to_owned()),
        (None, Belongs::Unknown) => (Lamp::Known, text::BELONGS_UNKNOWN.to_owned()),
    };
    view! {
        <Row>
            <RowHead class="name">{name}</RowHead>
            <Cell class="value">{value}</Cell>
            <Cell><Lit lamp=lamp>{place}</Lit></Cell>
        </Row>
    }
    .into_any()
}
