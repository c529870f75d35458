//! The parts of the form, in order: what they are called, where they begin, and which fields they have.

use leptos::prelude::*;

use super::form::Form;
use crate::{components::prelude::*, domain::form::Field, text::statement as words};

/// A part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What a directory says of the software.
    Statement,
    /// Name, contact, redirect URIs.
    Details,
    /// Products.
    Products,
    /// How the application proves itself, and what opens registration.
    Credentials,
    /// The request.
    Review,
}

const ALL: [Part; 5] = [Part::Statement, Part::Details, Part::Products, Part::Credentials, Part::Review];

/// The parts of the chosen environment. Tracks.
pub fn all(form: Form) -> &'static [Part] {
    match ALL.split_first() {
        Some((_, usual)) if !form.habits().takes_statements() => usual,
        _ => &ALL,
    }
}

impl Part {
    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Statement => words::TITLE,
            Self::Details => "Details",
            Self::Products => "Products",
            Self::Credentials => "Credentials",
            Self::Review => "Review",
        }
    }

    /// The ID of its heading.
    pub fn id(self) -> &'static str {
        match self {
            Self::Statement => "part-statement",
            Self::Details => "part-details",
            Self::Products => "part-products",
            Self::Credentials => "part-credentials",
            Self::Review => "part-review",
        }
    }

    /// Its fields; the review waits for all of them.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Statement => &[Field::Statement],
            Self::Details => &[Field::Name, Field::Contact, Field::RedirectUris],
            Self::Products => &[Field::Products],
            Self::Credentials => &[
                Field::Method,
                Field::Keys,
                Field::Audience,
                Field::SubjectDn,
                Field::KeysAddress,
                Field::InitialAccessToken,
                Field::SignIn,
            ],
            Self::Review => &[],
        }
    }
}

/// The head of a part, with its number in the chosen environment.
#[component]
pub fn Head(
    /// The form.
    form: Form,
    /// The part.
    part: Part,
    /// Quiet words at the end.
    #[prop(optional, into)]
    aside: Signal<Option<String>>,
) -> impl IntoView {
    let number = Memo::new(move |_| {
        all(form).iter().zip(1_u8..).find(|(known, _)| **known == part).map_or(1, |(_, number)| number)
    });
    move || {
        view! { <SectionHead title=part.title() number=number.get() id=part.id() aside=aside /> }
    }
}
