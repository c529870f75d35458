//! The private keys of this tab: made or loaded here, or kept in this browser.

pub mod check;
pub mod load;
pub mod only_copy;
pub mod save;

use leptos::prelude::*;

use crate::{
    browser::{
        clock,
        crypto::{self, CryptoProblem},
        key_ring::{self, Kept},
        signing::{self, Exportable, KeyPair, SigningKey},
        store::StoreProblem,
    },
    domain::{
        application::Application,
        config::Environment,
        jose::{
            PublicJwk, Unsigned,
            assertion::{Assertion, Claims, Header},
            compact, pem,
        },
        registration::discovery::Reach,
        secret::Secret,
    },
};

/// A key pair at hand.
#[derive(Clone)]
pub struct HeldKey {
    /// Its public half, under its thumbprint.
    pub public: PublicJwk,
    /// What it signs with.
    pub signing: SigningKey,
    /// What can still be handed over; gone once that was done.
    pub exportable: Option<Exportable>,
    /// Whether it outlives this tab.
    pub kept: bool,
    /// Whether a file of it was saved in this tab.
    pub saved: bool,
    /// Whether it was made in this tab. Who loads a key has it elsewhere, too.
    pub made_here: bool,
    /// When it was made or brought here, seconds since 1970.
    pub made_at: i64,
}

impl HeldKey {
    /// Its thumbprint (RFC 7638), which is also its `kid`.
    #[must_use]
    pub fn thumbprint(&self) -> &str {
        self.public.kid.as_deref().unwrap_or_default()
    }

    /// Whether there is no copy of it outside this tab, and one could still be made.
    #[must_use]
    pub fn is_only_here(&self) -> bool {
        self.made_here && self.exportable.is_some() && !self.kept && !self.saved
    }
}

/// The keys at hand, in the order they came.
#[derive(Clone, Copy)]
pub struct Keys {
    /// All of them.
    pub held: RwSignal<Vec<HeldKey>, LocalStorage>,
    read: StoredValue<bool>,
}

impl Keys {
    /// None.
    #[must_use]
    pub fn new() -> Self {
        Self { held: RwSignal::new_local(Vec::new()), read: StoredValue::new(false) }
    }

    /// Reads what this browser keeps, once. A browser that gives no storage keeps nothing.
    pub async fn load(self) {
        if self.read.try_get_value() != Some(false) {
            return;
        }
        self.read.set_value(true);
        for kept in key_ring::all().await.unwrap_or_default() {
            let Kept { public, signing, made_at } = kept;
            self.put(HeldKey {
                public,
                signing,
                exportable: None,
                kept: true,
                saved: false,
                made_here: false,
                made_at,
            });
        }
    }

    /// Takes in a key pair that somebody loaded, for as long as the tab lives.
    pub fn hold(self, pair: KeyPair) -> HeldKey {
        self.take_in(pair, false)
    }

    /// Takes in a key pair that was made here, for as long as the tab lives.
    pub fn hold_made_here(self, pair: KeyPair) -> HeldKey {
        self.take_in(pair, true)
    }

    fn take_in(self, pair: KeyPair, made_here: bool) -> HeldKey {
        let KeyPair { public, signing, exportable } = pair;
        let kept = self.find(|key| key.public.is_same_key(&public)).is_some_and(|key| key.kept);
        let held = HeldKey {
            public,
            signing,
            exportable: Some(exportable),
            kept,
            saved: false,
            made_here,
            made_at: clock::now(),
        };
        self.put(held.clone());
        held
    }

    /// The first key at hand that is the wanted one. Does not track.
    #[must_use]
    pub fn find(self, wanted: impl Fn(&HeldKey) -> bool) -> Option<HeldKey> {
        self.held.try_with_untracked(|held| held.iter().find(|key| wanted(key)).cloned()).flatten()
    }

    /// Keeps a key in this browser. Nobody can export it from there; what could be handed over until now is dropped
    /// when it leaves the tab.
    ///
    /// # Errors
    /// When the browser cannot store keys.
    pub async fn keep(self, key: &HeldKey) -> Result<(), StoreProblem> {
        let row = Kept { public: key.public.clone(), signing: key.signing.clone(), made_at: key.made_at };
        key_ring::keep(&row).await?;
        self.change(&key.public, |key| key.kept = true);
        Ok(())
    }

    /// Forgets what could be handed over: from here on the key can sign in this tab, and nothing else.
    pub fn handed_over(self, public: &PublicJwk) {
        self.change(public, |key| {
            key.exportable = None;
            key.saved = false;
        });
    }

    /// Notes that a file of it was saved.
    pub fn mark_saved(self, public: &PublicJwk) {
        self.change(public, |key| key.saved = true);
    }

    /// Takes a key out of this browser; the tab still has it.
    ///
    /// # Errors
    /// When the browser gives no storage.
    pub async fn unkeep(self, key: &HeldKey) -> Result<(), StoreProblem> {
        key_ring::remove(&key.public).await?;
        self.change(&key.public, |key| key.kept = false);
        Ok(())
    }

    /// The public half as PEM; `None` when the browser cannot write it.
    pub async fn public_pem(self, public: &PublicJwk) -> Option<String> {
        let key = self.find(|key| key.public.is_same_key(public))?;
        let spki = signing::spki(&key.public, key.signing.algorithm).await.ok()?;
        Some(pem::encode("PUBLIC KEY", &spki).expose().to_owned())
    }

    /// Removes a key from this tab and from this browser.
    ///
    /// # Errors
    /// When the browser gives no storage.
    pub async fn forget(self, key: &HeldKey) -> Result<(), StoreProblem> {
        if key.kept {
            key_ring::remove(&key.public).await?;
        }
        self.held.try_update(|held| held.retain(|known| !known.public.is_same_key(&key.public)));
        Ok(())
    }

    /// Removes every key.
    ///
    /// # Errors
    /// When the browser gives no storage.
    pub async fn erase(self) -> Result<(), StoreProblem> {
        self.held.try_set(Vec::new());
        key_ring::erase().await
    }

    fn put(self, key: HeldKey) {
        self.held.try_update(|held| {
            match held.iter_mut().find(|known| known.public.is_same_key(&key.public)) {
                Some(known) => *known = key,
                None => held.push(key),
            }
        });
    }

    fn change(self, public: &PublicJwk, change: impl FnOnce(&mut HeldKey)) {
        self.held.try_update(|held| held.iter_mut().find(|key| key.public.is_same_key(public)).map(change));
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self::new()
    }
}

/// A key at hand that is registered for an application, under the name it has there.
#[derive(Clone)]
pub struct ClientKey {
    /// The key.
    pub key: HeldKey,
    /// Its `kid` at the server.
    pub kid: Option<String>,
}

/// The keys at hand that are registered for an application, the newest registered one last. Tracks the keys.
#[must_use]
pub fn of_application(keys: Keys, application: &Application) -> Vec<ClientKey> {
    let registered = application.keys();
    keys.held.with(|held| {
        registered
            .iter()
            .filter_map(|known| {
                let key = held.iter().find(|key| key.public.is_same_key(known))?.clone();
                Some(ClientKey { key, kid: known.kid.clone() })
            })
            .collect()
    })
}

/// A client assertion, signed now and good for one request: its `jti` is new (RFC 7523, 3).
///
/// # Errors
/// When the browser cannot sign.
pub async fn client_assertion(
    environment: &Environment,
    reach: &Reach,
    client_id: &str,
    key: &ClientKey,
) -> Result<Secret, CryptoProblem> {
    let header = Header {
        algorithm: key.key.signing.algorithm,
        kid: key.kid.clone(),
        typ: environment.assertion_typ.clone(),
        x5t_s256: None,
    };
    let claims = Claims::of_client(client_id, environment, reach, clock::now(), crypto::uuid_v4());
    sign(&Assertion { header, claims }.unsigned(), &key.key.signing).await
}

/// Signs header and claims.
///
/// # Errors
/// When the browser cannot sign.
pub async fn sign(unsigned: &Unsigned, key: &SigningKey) -> Result<Secret, CryptoProblem> {
    let input = unsigned.signing_input();
    let signature = signing::sign(key, input.as_bytes()).await?;
    Ok(compact(&input, &signature))
}
