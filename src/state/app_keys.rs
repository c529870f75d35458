//! The keys of a developer app: added, revoked, given products and a certificate. Each is one request, after which the
//! app is read, because the answer to it says only a part.

use leptos::prelude::WithValue as _;

use crate::{
    browser::{clock, signing, workshop},
    domain::{
        application::{
            Application,
            history::{Entry, Outcome, Step},
        },
        catalogue::Product,
        config::Environment,
        diagnosis::Purpose,
        http::Request,
        jose::pem,
        registration::{
            self, Operation,
            apigee::{KeyAction, key_request},
            discovery::Reach,
        },
    },
    state::{
        Session, Trouble,
        backend::{self, exchange, refused},
        certificate::{self, Asked},
        keys::HeldKey,
        manage::{self, exclusively, latest},
    },
};

/// The request of an action, for review and for sending.
///
/// # Errors
/// Why it cannot be sent from here.
pub fn request(
    session: Session,
    environment: &Environment,
    reach: &Reach,
    application: &Application,
    action: &KeyAction,
) -> Result<Request, Trouble> {
    let authorization = manage::authorization(session, environment, application)?;
    let address = manage::address(environment, reach, application)?;
    Ok(key_request(&address, action, &authorization))
}

/// Does it, and reads what the app is like afterwards.
///
/// # Errors
/// Why it was refused, or that there is no answer.
pub async fn act(
    session: Session,
    environment: &Environment,
    id: &str,
    action: &KeyAction,
) -> Result<(), Trouble> {
    let outcome = exclusively(session, id, async || {
        let mut application = latest(session, id).await?;
        let reach = backend::reach(session, environment).await?;
        let request = request(session, environment, &reach, &application, action)?;
        let response = exchange(session, environment, Purpose::Manage, &request)
            .await
            .map_err(|unanswered| unanswered.trouble)?;
        let title = action.title();
        if !response.is_success() {
            let refusal = registration::dialect_of(environment).refusal(Operation::Update, &response);
            let line = refused(Step::Changed, &refusal);
            application.log(Entry { step: Step::Here(format!("{title}: refused")), ..line });
            session.vault.save(application).await?;
            return Err(refusal.into());
        }
        let evidence = format!("{} {}.", request.method.as_str(), response.status);
        application.log(Entry::new(clock::now(), Step::Here(title), Outcome::Local, evidence));
        note_products(session, environment, &mut application, action);
        session.vault.save(application).await.map_err(Trouble::from)
    })
    .await;
    outcome?;
    manage::read(session, environment, id).await
}

/// The calls that the page offers follow the products of the keys.
fn note_products(
    session: Session,
    environment: &Environment,
    application: &mut Application,
    action: &KeyAction,
) {
    let ids = |names: &[String]| -> Vec<String> {
        session.catalogue.with_value(|catalogue| {
            let of =
                |product: &&Product| environment.scopes_of(product).iter().any(|scope| names.contains(scope));
            catalogue.iter().filter(of).map(|product| product.id.clone()).collect()
        })
    };
    match action {
        KeyAction::AddProducts { products, .. } => {
            for id in ids(products) {
                if !application.products.contains(&id) {
                    application.products.push(id);
                }
            }
        }
        KeyAction::RemoveProduct { product, .. } => {
            let gone = ids(std::slice::from_ref(product));
            application.products.retain(|id| !gone.contains(id));
        }
        _ => {}
    }
}

/// A self-signed certificate of a key as the bank wants it: DER as Base64 on one line.
///
/// # Errors
/// A sentence.
pub async fn certificate_of(key: &HeldKey, name: &str, days: u32) -> Result<String, String> {
    let asked = Asked {
        preset: crate::domain::certificate::Preset::Plain,
        subject: vec![("CN".to_owned(), name.chars().take(64).collect())],
        names: String::new(),
        days: Some(days),
        roles: Vec::new(),
        authority: String::new(),
        authority_id: String::new(),
    };
    let made = certificate::make(&asked, key).await.map_err(|problem| problem.text)?;
    Ok(pem::single_line(&made.der))
}

/// A certificate that was pasted, as the bank wants it, when it is one, is good now and is of this key.
///
/// # Errors
/// A sentence: what is wrong with it.
pub async fn checked(text: &str, key: Option<&HeldKey>) -> Result<String, String> {
    let read = workshop::open().await?.read_certificates(text).map_err(|problem| problem.text)?;
    let Some(leaf) = read.into_iter().next().filter(|read| read.is_certificate) else {
        return Err("This is a request, not a certificate. An authority answers it with a certificate; or make a self-signed one.".to_owned());
    };
    let now = clock::now();
    if leaf.not_after < now {
        let end = crate::domain::time::date_time(leaf.not_after);
        return Err(format!("This certificate expired on {end}. The bank refuses it: make a new one."));
    }
    if leaf.not_before > now {
        let start = crate::domain::time::date_time(leaf.not_before);
        return Err(format!("This certificate is not valid before {start}."));
    }
    if !leaf.key.starts_with("RSA") {
        return Err(format!(
            "This certificate holds a key of the kind {}. The bank takes RS256, so it needs an RSA key.",
            leaf.key
        ));
    }
    if let Some(key) = key {
        let own =
            signing::spki(&key.public, key.signing.algorithm).await.map_err(|problem| problem.to_string())?;
        if own != leaf.spki {
            return Err("This certificate belongs to another key than the one of this application: what it signs would be refused.".to_owned());
        }
    }
    Ok(pem::single_line(&leaf.der))
}
