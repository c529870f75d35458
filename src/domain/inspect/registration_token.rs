//! What an initial access token says before it is used (RFC 7591, 1.2; Keycloak), and why it could not work here.

use crate::domain::secret::Secret;
use crate::domain::time;
use crate::domain::url;

use super::clean::Repair;
use super::rows::realm;
use super::times::{Life, TOLERANCE};
use super::words::capitalised;
use super::{Inspection, Kind, inspect};

/// Where the token is going to be used.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    /// The current time in Unix seconds.
    pub now: i64,
    /// Origin of this page: `http://localhost:8080`.
    pub page_origin: &'a str,
    /// Name of the environment, as people know it.
    pub environment: &'a str,
    /// Its issuer, absolute; empty when the environment has none.
    pub issuer: &'a str,
    /// Whether the registration request leaves this origin: then the server decides by `Origin` (CORS).
    pub cross_origin: bool,
}

/// How a fact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lamp {
    /// As it should be.
    Ok,
    /// Look at this.
    Warn,
    /// It cannot work like this.
    Bad,
    /// Cannot be known here.
    Unknown,
}

/// One of the six facts. Code in `text` stands in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Kind, Expires, Issuer, Allowed origins, Uses left, Signature.
    pub label: &'static str,
    /// How it stands.
    pub lamp: Lamp,
    /// What was seen.
    pub text: String,
}

/// Why the registration would fail. Code in `text` stands in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// False where a setting of the server that cannot be seen from here may allow it after all.
    pub certain: bool,
    /// What is wrong and what to do.
    pub text: String,
}

/// What a pasted initial access token says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InitialAccessTokenFacts {
    /// The token as it has to be sent.
    pub token: Secret,
    /// What was taken off before.
    pub repairs: Vec<Repair>,
    /// The kind of token it is.
    pub kind: Kind,
    /// Seconds until it ends; nothing when it does not end or does not say.
    pub expires_in: Option<i64>,
    /// The six facts, in the order of the screen; none while nothing was pasted.
    pub facts: Vec<Fact>,
    /// Why it would fail, before anything is sent.
    pub problems: Vec<Problem>,
}

impl InitialAccessTokenFacts {
    /// Reads what was pasted into the field.
    #[must_use]
    pub fn read(text: &str, here: &Here<'_>) -> Self {
        let seen = inspect(text, here.now, &[]);
        let mut reader = Reader { seen: &seen, here, problems: Vec::new() };
        let facts = if seen.kind == Kind::Empty { Vec::new() } else { reader.facts() };
        let problems = reader.problems;
        let expires_in = seen.lifetime.until.map(|end| end.saturating_sub(here.now));
        Self { token: seen.token, repairs: seen.repairs, kind: seen.kind, expires_in, facts, problems }
    }

    /// Whether something is wrong for certain.
    #[must_use]
    pub fn cannot_work(&self) -> bool {
        self.problems.iter().any(|problem| problem.certain)
    }
}

struct Reader<'a> {
    seen: &'a Inspection,
    here: &'a Here<'a>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn facts(&mut self) -> Vec<Fact> {
        [
            ("Kind", self.kind()),
            ("Expires", self.expiry()),
            ("Issuer", self.issuer()),
            ("Allowed origins", self.origins()),
            ("Uses left", (Lamp::Unknown, "Only the server knows".to_owned())),
            ("Signature", self.signature()),
        ]
        .into_iter()
        .map(|(label, (lamp, text))| Fact { label, lamp, text })
        .collect()
    }

    fn wrong(&mut self, certain: bool, text: impl Into<String>) {
        self.problems.push(Problem { certain, text: text.into() });
    }

    fn claim(&self, name: &str) -> Option<&str> {
        self.seen.payload.as_ref().and_then(|layer| layer.document.text(name))
    }

    fn kind(&mut self) -> (Lamp, String) {
        let label = self.seen.kind.label();
        let wrong_use = match self.seen.kind {
            Kind::InitialAccessToken => return (Lamp::Ok, format!("{label}: right for registering")),
            Kind::Opaque { .. } => return (Lamp::Unknown, format!("{label}: it says nothing of itself")),
            // Some servers write a registration token that looks like an assertion.
            Kind::UnknownJwt | Kind::JwtBearerGrant => {
                return (Lamp::Warn, format!("{label}: it does not say that it may register"));
            }
            Kind::RegistrationAccessToken => "right for one registration that exists already",
            Kind::NotAToken => "words, a document or an address",
            Kind::KeycloakAccessToken | Kind::AccessToken => {
                // A server may let an access token with the right role register (Keycloak: `create-client`).
                self.wrong(
                    false,
                    "This is an access token for calling APIs. Registering usually needs an initial access token.",
                );
                return (Lamp::Warn, format!("{label}: for calling APIs, usually not for registering"));
            }
            _ => "not right for registering",
        };
        self.wrong(
            true,
            format!(
                "This is no initial access token ({}). Paste the one that the operator sent.",
                lower(&label)
            ),
        );
        (Lamp::Bad, format!("{label}: {wrong_use}"))
    }

    fn expiry(&mut self) -> (Lamp, String) {
        let now = self.here.now;
        let when = |seconds: i64| capitalised(&time::when_exactly(seconds, now));
        match (self.seen.lifetime.at(now), self.seen.lifetime.until) {
            (Life::Never, _) => (Lamp::Ok, "Never".to_owned()),
            (Life::Running { left, .. }, Some(end)) => {
                let lamp = if left <= TOLERANCE { Lamp::Warn } else { Lamp::Ok };
                (lamp, when(end))
            }
            (Life::Expired { ago }, Some(end)) => {
                // The check of Keycloak forgives nothing, but the clock of this computer may be wrong. The sentence
                // has no relative time: it stands where a change from second to second would be read out again.
                let ended = time::date_time(end);
                self.wrong(
                    ago > TOLERANCE,
                    format!("It expired on {ended}. Ask the operator for a new one."),
                );
                (Lamp::Bad, format!("Expired {}", time::when_exactly(end, now)))
            }
            (Life::NotYet { begins_in }, _) => {
                let begin = now.saturating_add(begins_in);
                let sentence =
                    format!("It begins on {}. Wait, or compare the clocks.", time::date_time(begin));
                self.wrong(begins_in > TOLERANCE, sentence);
                (Lamp::Bad, format!("Begins {}", time::when_exactly(begin, now)))
            }
            _ => (Lamp::Unknown, "It does not say".to_owned()),
        }
    }

    fn issuer(&mut self) -> (Lamp, String) {
        let environment = self.here.environment;
        let Some(issuer) = self.claim("iss").map(str::to_owned) else {
            return (Lamp::Unknown, "It does not say".to_owned());
        };
        let name = realm(&issuer).map_or_else(|| format!("`{issuer}`"), |realm| format!("Realm {realm}"));
        if self.here.issuer.is_empty() {
            return (Lamp::Unknown, format!("{name}, {environment} names none"));
        }
        if issuer == self.here.issuer {
            return (Lamp::Ok, format!("{name}, same as {environment}"));
        }
        let expected = self.here.issuer;
        let same_realm = realm(&issuer).is_some() && realm(&issuer) == realm(expected);
        let text = if same_realm {
            format!("{name}, but at `{}`, not `{}`", url::host(&issuer), url::host(expected))
        } else {
            format!("{name}, not the one of {environment}")
        };
        self.wrong(
            true,
            format!("It was issued by `{issuer}`, {environment} is `{expected}`. Choose the environment it was made for."),
        );
        (Lamp::Bad, text)
    }

    fn origins(&mut self) -> (Lamp, String) {
        let page = self.here.page_origin.to_owned();
        let named = self.seen.payload.as_ref().and_then(|layer| layer.document.get("allowed-origins"));
        let named: Vec<&str> = named
            .map(|node| node.one_or_many())
            .unwrap_or_default()
            .into_iter()
            .filter(|o| !o.is_empty())
            .collect();
        let listed = named.iter().map(|origin| format!("`{origin}`")).collect::<Vec<_>>().join(", ");
        if named.contains(&page.as_str()) {
            let rest = if named.len() > 1 { format!(" and {} more", named.len() - 1) } else { String::new() };
            return (Lamp::Ok, format!("`{page}`, this page{rest}"));
        }
        if named.contains(&"*") {
            return (Lamp::Ok, "Any page".to_owned());
        }
        if !self.here.cross_origin {
            let text = if listed.is_empty() { "None named".to_owned() } else { listed };
            return (Lamp::Ok, format!("{text}, not needed: the request stays on this origin"));
        }
        if !self.seen.is_jwt() {
            return (Lamp::Unknown, "It does not say".to_owned());
        }
        if listed.is_empty() {
            self.wrong(
                false,
                format!(
                    "It names no allowed origins. Unless the realm's policy allows `{page}`, the server refuses this \
                     page and the browser hides why. Ask the operator for a token with this web origin."
                ),
            );
            return (Lamp::Warn, "None named, the realm's policy decides".to_owned());
        }
        self.wrong(
            true,
            format!(
                "It may be used from {listed}, this page is `{page}`. Ask the operator for a token with this web \
                 origin, or send the request with curl."
            ),
        );
        (Lamp::Bad, format!("{listed}, not this page"))
    }

    fn signature(&self) -> (Lamp, String) {
        let Some(signature) = &self.seen.signature else {
            return (Lamp::Unknown, "Only the server can check it".to_owned());
        };
        match signature.algorithm.as_deref() {
            Some(name) if name.eq_ignore_ascii_case("none") => {
                (Lamp::Bad, "None: nobody signed it".to_owned())
            }
            Some(name) if signature.is_symmetric() => {
                (Lamp::Unknown, format!("{name}: only the server can check it"))
            }
            Some(name) => (Lamp::Unknown, format!("{name}: not checked")),
            None => (Lamp::Unknown, "Not checked".to_owned()),
        }
    }
}

/// The label inside a sentence: the first letter small, except in abbreviations.
fn lower(label: &str) -> String {
    if label.chars().nth(1).is_some_and(char::is_uppercase) {
        return label.to_owned();
    }
    let mut rest = label.chars();
    rest.next().map(|first| first.to_lowercase().chain(rest).collect()).unwrap_or_default()
}
