//! What is typed about a software statement, about the request that carries it and who signs it, and what follows.

use leptos::{prelude::*, task::spawn_local};
use serde_json::{Map, Value};

use crate::{
    browser::{clock, verifying},
    domain::{
        config::Environment,
        form::Draft,
        inspect::verify::{Material, keys::is_pem},
        jose::{Algorithm, PublicJwk, Unsigned, jwks},
        json,
        registration::{
            ClientMetadata, Document, Software, SoftwareMember, StatementUse, dialect_of,
            open_banking::{SoftwareStatement, members::presets},
        },
    },
    state::Session,
};

/// The value of [`Draft::key_source`] when the request is signed elsewhere. To other dialects it means nothing.
pub const ELSEWHERE: &str = "elsewhere";

/// A request that is being signed elsewhere: it stays as it is until its signature is there.
#[derive(Clone, PartialEq)]
pub struct Prepared {
    /// What the form said when it was prepared.
    pub metadata: ClientMetadata,
    /// What has to be signed.
    pub unsigned: Unsigned,
    /// What it is signed with.
    pub algorithm: Algorithm,
    /// `exp`, seconds since 1970.
    pub expires_at: i64,
    /// The whole request, once its signature was checked.
    pub signed: Option<Document>,
}

/// What is typed about statement and request.
#[derive(Clone, Copy)]
pub struct SoftwareForm {
    /// The statement as pasted.
    pub text: RwSignal<String>,
    /// Members that somebody wrote over what stands there first.
    pub typed: RwSignal<Map<String, Value>>,
    /// The name of the key at the directory, when it is not the thumbprint.
    pub kid: RwSignal<String>,
    /// What the key elsewhere signs with; empty means what the environment prefers.
    pub algorithm: RwSignal<String>,
    /// How long the request lives, in seconds; empty means as the environment says.
    pub lifetime: RwSignal<String>,
    /// `here` or [`ELSEWHERE`]; shared with the other dialects.
    pub signer: RwSignal<String>,
    /// The public half of the key elsewhere, as pasted; shared with the other dialects.
    pub public_text: RwSignal<String>,
    /// The same, read.
    pub public: RwSignal<Option<PublicJwk>>,
    /// Why it cannot be read.
    pub public_problem: RwSignal<Option<String>>,
    /// Thumbprint of the key on the bench.
    pub chosen: RwSignal<String>,
    /// The key that was published at the directory from this page: thumbprint and `kid`.
    pub published: RwSignal<Option<(String, String)>>,
    /// ID of the organisation, for asking the directory.
    pub organisation: RwSignal<String>,
    /// ID of the software, for asking the directory.
    pub software: RwSignal<String>,
    /// What the statement says, or why it cannot be read; nothing while there is none.
    pub read: Memo<Option<Result<SoftwareStatement, String>>>,
    /// The request that is being signed elsewhere.
    pub prepared: RwSignal<Option<Prepared>>,
}

impl SoftwareForm {
    /// Nothing typed.
    pub fn new(signer: RwSignal<String>, public_text: RwSignal<String>) -> Self {
        let [text, kid, algorithm, lifetime, chosen, organisation, software] =
            [(); 7].map(|()| RwSignal::new(String::new()));
        let form = Self {
            text,
            typed: RwSignal::new(Map::new()),
            kid,
            algorithm,
            lifetime,
            signer,
            public_text,
            public: RwSignal::new(None),
            public_problem: RwSignal::new(None),
            chosen,
            published: RwSignal::new(None),
            organisation,
            software,
            read: Memo::new(move |_| {
                text.with(|text| (!text.trim().is_empty()).then(|| SoftwareStatement::read(text)))
            }),
            prepared: RwSignal::new(None),
        };
        form.follow_public_key();
        form
    }

    /// Reads the public key again whenever it is typed.
    fn follow_public_key(self) {
        Effect::new(move |_| {
            let text = self.public_text.get();
            spawn_local(async move {
                let read = match text.trim() {
                    "" => Ok(None),
                    text => read_public(text).await.map(Some),
                };
                // Something else may have been typed meanwhile.
                if self.public_text.try_with_untracked(|now| *now == text) == Some(true) {
                    self.public_problem.set(read.as_ref().err().cloned());
                    self.public.set(read.ok().flatten());
                }
            });
        });
    }

    /// Keeps the key on the bench and its public half in the form in step, whichever of them changes.
    pub fn follow_key(self, session: Session, key_here: RwSignal<String>) {
        Effect::new(move |_| {
            let known = key_here.with(|text| jwks::read(text).ok().and_then(|keys| keys.into_iter().next()));
            if let Some(thumbprint) = known.map(|key| key.thumbprint())
                && self.chosen.with_untracked(|chosen| *chosen != thumbprint)
            {
                self.chosen.set(thumbprint);
            }
        });
        // The name at the directory is that of one key.
        Effect::new(move |before: Option<String>| {
            let chosen = self.chosen.get();
            if before.is_some_and(|before| !before.is_empty() && before != chosen) {
                self.kid.set(String::new());
            }
            chosen
        });
        Effect::new(move |_| {
            let chosen = self.chosen.get();
            let key = session.keys.held.with(|held| {
                held.iter().find(|key| key.thumbprint() == chosen).map(|key| key.public.clone())
            });
            let Some(key) = key else { return };
            let set = json::pretty(&PublicJwk::set([&self.named(&key, None)]));
            if key_here.with_untracked(|known| *known != set) {
                key_here.set(set);
            }
        });
    }

    /// The statement, when it can be read. Tracks.
    pub fn statement(self) -> Option<SoftwareStatement> {
        self.read.get().and_then(Result::ok)
    }

    /// Whether the request is signed, and not here. Tracks.
    pub fn signs_elsewhere(self, environment: &Environment) -> bool {
        let signed = dialect_of(environment).habits().software_statement == StatementUse::SignedRequest;
        signed && self.signer.with(|signer| signer == ELSEWHERE)
    }

    /// The algorithm of the key elsewhere. Tracks.
    pub fn algorithm(self, environment: &Environment) -> Option<Algorithm> {
        let offered = &environment.signed_request.algorithms;
        let typed = self.algorithm.with(|name| Algorithm::parse(name));
        typed.filter(|algorithm| offered.contains(algorithm)).or_else(|| offered.first().copied())
    }

    /// A key under the name it has at the directory. Tracks.
    pub fn named(self, public: &PublicJwk, algorithm: Option<Algorithm>) -> PublicJwk {
        let typed = self.kid.with(|kid| kid.trim().to_owned());
        let kid = if typed.is_empty() { public.kid.clone() } else { Some(typed) };
        public.clone().named(&kid.unwrap_or_else(|| public.thumbprint()), algorithm)
    }

    /// The public half of the key elsewhere, as a set. Tracks.
    pub fn set_elsewhere(self, environment: &Environment) -> String {
        let algorithm = self.algorithm(environment);
        let set = |public: &PublicJwk| PublicJwk::set(&[self.named(public, algorithm)]).to_string();
        self.public.with(|public| public.as_ref().map(set).unwrap_or_default())
    }

    /// The seconds that a request lives; nothing when nothing was typed. Tracks.
    ///
    /// # Errors
    /// It is no number, or none that makes sense.
    pub fn lifetime_seconds(self) -> Result<Option<i64>, ()> {
        self.lifetime.with(|text| match text.trim() {
            "" => Ok(None),
            text => text.parse().ok().filter(|seconds| (10..=86_400).contains(seconds)).map(Some).ok_or(()),
        })
    }

    /// The request with the signature that was made elsewhere, while it is of this form and has not ended. Tracks.
    pub fn signed(self, metadata: &ClientMetadata) -> Option<Document> {
        self.prepared.with(|prepared| {
            let prepared = prepared.as_ref()?;
            let good = prepared.metadata == *metadata && prepared.expires_at > clock::now();
            prepared.signed.clone().filter(|_| good)
        })
    }

    /// Lets go of the signature that was made elsewhere.
    pub fn forget_signature(self) {
        if self.prepared.with_untracked(|prepared| prepared.as_ref().is_some_and(|it| it.signed.is_some())) {
            self.prepared.update(|prepared| {
                if let Some(prepared) = prepared {
                    prepared.signed = None;
                }
            });
        }
    }

    /// What the request says beyond the other fields, as it is stored; nothing while nothing was typed. Tracks.
    pub fn stored(self, environment: Option<&Environment>, name: &str) -> Option<Box<Software>> {
        let mut members = environment
            .zip(self.statement())
            .map(|(environment, statement)| standing(environment, &statement, name))
            .unwrap_or_default();
        self.typed.with(|typed| members.extend(typed.clone()));
        let software = Software {
            statement: self.text.get(),
            algorithm: self.algorithm.get(),
            kid: self.kid.get(),
            members,
        };
        let nothing = software == Software::default();
        (!nothing).then(|| Box::new(software))
    }

    /// Puts back what was stored: what stands in a member anyway is not what somebody typed.
    pub fn fill(self, draft: &Draft, environment: Option<&Environment>) {
        let Some(software) = draft.software.as_deref() else { return };
        let statement = SoftwareStatement::read(&software.statement).ok();
        let standing = environment
            .zip(statement)
            .map(|(environment, statement)| standing(environment, &statement, &draft.name))
            .unwrap_or_default();
        let mut typed = software.members.clone();
        typed.retain(|name, value| standing.get(name) != Some(value));
        self.typed.try_set(typed);
        self.text.try_set(software.statement.clone());
        self.algorithm.try_set(software.algorithm.clone());
        self.kid.try_set(software.kid.clone());
    }
}

/// What stands in the members before anybody types.
fn standing(environment: &Environment, statement: &SoftwareStatement, name: &str) -> Map<String, Value> {
    let members: &[SoftwareMember] = dialect_of(environment).software_members();
    presets(members, statement, environment, name.trim())
}

/// A public key as pasted: a JSON Web Key, the first of a set, PEM, or a certificate.
async fn read_public(text: &str) -> Result<PublicJwk, String> {
    if !is_pem(text) {
        return jwks::read(text)?.into_iter().next().ok_or_else(|| "There is no key in it.".to_owned());
    }
    let first = verifying::read_keys(text).await?.keys.into_iter().next();
    match first.map(|key| key.material) {
        Some(Material::Public(public)) => Ok(public),
        Some(Material::NotUnderstood(why)) => Err(why),
        _ => Err("There is no public key in it.".to_owned()),
    }
}
