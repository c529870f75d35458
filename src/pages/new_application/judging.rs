//! What is wrong beyond the draft: the initial access token, the sign-in, the user who may register, the signature that
//! is made elsewhere, and what a bank would refuse.

use leptos::prelude::With;

use super::software::SoftwareForm;
use crate::{
    browser::location,
    domain::{
        config::{Environment, InitialAccessToken},
        form::{Field, Problem, Valid},
        inspect::registration_token::{Here, InitialAccessTokenFacts},
        registration::{
            Document, Management, dialect_of,
            discovery::{self, Mapped, Reach},
        },
        secret::Secret,
        sign_in::SignedIn,
        url,
    },
    pages::refusable::Found,
    state::{Session, sending},
    text::{new_application as words, sign_in as sign_in_words, statement as statement_words},
};

/// What can be sent, or what has to be changed.
pub(super) type Outcome = Result<Valid, Vec<Problem>>;

/// What an initial access token says, as seen from this page.
pub(super) fn facts(
    token: &Secret,
    environment: Option<&Environment>,
    reach: Option<Reach>,
    now: i64,
) -> InitialAccessTokenFacts {
    let page_origin = location::origin();
    let (issuer, cross_origin) = match (reach, environment) {
        (Some(reach), _) => (reach.issuer, reach.cross_origin),
        (None, Some(environment)) => expected(environment, &page_origin),
        (None, None) => (String::new(), false),
    };
    let name = environment.map(|environment| environment.name.as_str()).unwrap_or_default();
    let here = Here { now, page_origin: &page_origin, environment: name, issuer: &issuer, cross_origin };
    InitialAccessTokenFacts::read(token.expose(), &here)
}

/// Issuer and whether the request leaves this origin, by the configuration alone: before the server was asked.
fn expected(environment: &Environment, page_origin: &str) -> (String, bool) {
    let issuer = url::absolute(page_origin, &environment.issuer);
    let cross_origin = match discovery::map(environment, page_origin, &issuer) {
        Mapped::Call(called) => url::origin(&called).as_deref() != Some(page_origin),
        Mapped::Foreign(_) => true,
    };
    (issuer, cross_origin)
}

/// Where a sign-in is needed it has to be good.
pub(super) fn sign_in_problems(
    environment: &Environment,
    signed_in: Option<SignedIn>,
    now: i64,
) -> Vec<Problem> {
    let problem = |text: &str| vec![Problem::new(Field::SignIn, text)];
    match (&environment.sign_in, signed_in) {
        (Some(rules), None) if rules.required => problem(sign_in_words::MISSING),
        (Some(_), Some(signed_in)) if !signed_in.is_good(now) => problem(sign_in_words::EXPIRED),
        _ => Vec::new(),
    }
}

/// What is wrong with the initial access token.
pub(super) fn token_problems(facts: &InitialAccessTokenFacts, environment: &Environment) -> Vec<Problem> {
    let problem = |text: &str| Problem::new(Field::InitialAccessToken, text);
    match environment.initial_access_token {
        InitialAccessToken::None => Vec::new(),
        InitialAccessToken::Required if facts.token.is_empty() => {
            vec![problem(if environment.trial.is_some() {
                words::TOKEN_MISSING_TRIAL
            } else {
                words::TOKEN_MISSING
            })]
        }
        _ => facts.problems.iter().filter(|found| found.certain).map(|found| problem(&found.text)).collect(),
    }
}

/// Whether a user of the server registers, by name and password.
pub(super) fn asks_user(environment: &Environment) -> bool {
    dialect_of(environment).management() == Management::Basic
}

/// What is missing of the things that are typed and never stored. Tracks.
pub(super) fn unstored_problems(
    session: Session,
    software: SoftwareForm,
    environment: &Environment,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    if asks_user(environment) && session.vault.user(&environment.id).is_none() {
        problems.push(Problem::new(Field::SignIn, statement_words::USER_MISSING));
    }
    if software.signs_elsewhere(environment) && software.public.with(Option::is_none) {
        problems.push(Problem::new(Field::Keys, statement_words::PUBLIC_MISSING));
    }
    if dialect_of(environment).habits().takes_statements() && software.lifetime_seconds().is_err() {
        problems.push(Problem::new(Field::Audience, statement_words::LIFETIME_WRONG));
    }
    problems
}

/// The document as it would be sent now. What is made for each send stands in it as it may be. Tracks.
pub(super) fn document(
    software: SoftwareForm,
    environment: &Environment,
    reach: &Reach,
    valid: &Valid,
) -> Option<Document> {
    let dialect = dialect_of(environment);
    if software.signs_elsewhere(environment)
        && let Some(signed) = software.signed(valid.metadata())
    {
        return Some(signed);
    }
    let stamp = sending::stamp(environment, reach, software.lifetime_seconds().ok().flatten());
    Some(dialect.document_at(valid.metadata(), None, &stamp))
}

/// What the rules say of a document that carries a software statement.
pub(super) fn found(document: &Document, environment: &Environment, reach: &Reach) -> Vec<Found> {
    if !dialect_of(environment).habits().takes_statements() {
        return Vec::new();
    }
    let audience = sending::stamp(environment, reach, None).audience;
    sending::checked(document, environment, &audience).iter().filter_map(Found::of).collect()
}

/// What only shows in the whole request. Tracks.
pub(super) fn request_problems(
    software: SoftwareForm,
    environment: &Environment,
    valid: &Valid,
    found: &[Found],
) -> Vec<Problem> {
    let stops = found.iter().filter(|found| found.stops);
    let mut problems: Vec<Problem> =
        stops.map(|found| Problem::new(found.field(), found.sentence())).collect();
    if software.signs_elsewhere(environment) && software.signed(valid.metadata()).is_none() {
        problems.push(Problem::new(Field::Keys, statement_words::SIGNATURE_MISSING));
    }
    problems
}

/// The problems of a form and those beyond it, in the order of the page.
pub(super) fn with_problems(checked: Outcome, more: Vec<Problem>) -> Outcome {
    match checked {
        Ok(valid) if more.is_empty() => Ok(valid),
        Ok(_) => Err(more),
        Err(mut problems) => {
            problems.extend(more);
            Err(problems)
        }
    }
}
