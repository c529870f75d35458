//! The self-check as it runs: the key, the statements and the network for [`Check`], which decides everything else.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use leptos::prelude::*;

use crate::{
    browser::{
        clock, crypto, fetch, leave, location,
        signing::{self, SigningKey},
        timer,
    },
    domain::{
        config::Environment,
        directory::Wish,
        http::{Request, Response},
        jose::{KeyWish, PublicJwk},
        registration::{discovery::Reach, open_banking::SoftwareStatement},
        self_check::{self, Check, KeyName, Kit, Leftover, Row, Software, Step},
    },
    state::{Session, Trouble, backend::TIMEOUT_MS, directory, keys::HeldKey, work::Work},
};

/// Where the software made for a check would send people back to. Nobody ever gets there.
const REDIRECT_URI: &str = "https://self-check.example/callback";
/// What it is called in the directory.
const NAME: &str = "Self-check";

/// What the requests are made of.
pub enum Source {
    /// Software that the directory makes for this, with a key that is made for this.
    Made,
    /// Software of the person.
    Own {
        /// Its statement.
        statement: String,
        /// Its key.
        key: Box<HeldKey>,
        /// The name of the key in the key set of the software.
        kid: String,
    },
}

/// A run as a page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Its rows.
    pub rows: Vec<Row>,
    /// Clients that may still be there.
    pub leftovers: Vec<Leftover>,
    /// Why it ended by itself.
    pub trouble: Option<String>,
    /// Whether it was stopped.
    pub stopped: bool,
    /// The registration endpoint, as the server prints it.
    pub endpoint: String,
    /// When it began, seconds since 1970.
    pub began: i64,
    /// When it ended; `None` while it goes on.
    pub ended: Option<i64>,
}

/// The run of a page. Leaving the page stops it; what it registered is deleted all the same.
#[derive(Clone, Copy)]
pub struct Run {
    /// What there is to see; nothing before the first one.
    pub shown: RwSignal<Option<Shown>>,
    /// Why it could not begin.
    pub trouble: RwSignal<Option<Trouble>>,
    /// Whether somebody has asked it to stop.
    pub stopping: RwSignal<bool>,
    /// Whether it goes on.
    pub work: Work,
    stop: StoredValue<Arc<AtomicBool>>,
}

impl Run {
    /// None yet. Make it where the page is made.
    #[must_use]
    pub fn new() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let left = Arc::clone(&stop);
        on_cleanup(move || left.store(true, Ordering::Relaxed));
        Self {
            shown: RwSignal::new(None),
            trouble: RwSignal::new(None),
            stopping: RwSignal::new(false),
            work: Work::new(),
            stop: StoredValue::new(stop),
        }
    }

    /// Begins. `foreign` is a statement of a directory that the server does not trust.
    pub fn start(self, session: Session, environment: Environment, source: Source, foreign: Option<String>) {
        let stop = self.stop.get_value();
        stop.store(false, Ordering::Relaxed);
        self.stopping.set(false);
        self.trouble.set(None);
        self.work.run(async move {
            let _asked_before_leaving = leave::ask_first();
            match prepare(session, environment, source, foreign).await {
                Ok((check, key, endpoint)) => self.drive(check, &key, &endpoint, &stop).await,
                Err(trouble) => drop(self.trouble.try_set(Some(trouble))),
            }
        });
    }

    /// Ends it after the answer that is on its way.
    pub fn stop(self) {
        self.stopping.set(true);
        self.stop.with_value(|stop| stop.store(true, Ordering::Relaxed));
    }

    async fn drive(self, mut check: Check, key: &SigningKey, endpoint: &str, stop: &AtomicBool) {
        let began = clock::now();
        loop {
            if stop.load(Ordering::Relaxed) && !check.is_stopped() {
                check.stop();
            }
            match check.next(clock::now(), &crypto::uuid_v4()) {
                Step::Sign(input) => {
                    let signature = signing::sign(key, input.as_bytes()).await;
                    check.signed(signature.map_err(|problem| problem.to_string()));
                }
                Step::Send(request) => {
                    self.show(&check, endpoint, began, None);
                    check.answer(send(&request).await.map_err(words));
                }
                Step::Wait(seconds) => pause(seconds, stop).await,
                Step::Done => break,
            }
        }
        self.show(&check, endpoint, began, Some(clock::now()));
    }

    fn show(self, check: &Check, endpoint: &str, began: i64, ended: Option<i64>) {
        self.shown.try_set(Some(Shown {
            rows: check.rows().to_vec(),
            leftovers: check.leftovers().to_vec(),
            trouble: check.trouble().map(str::to_owned),
            stopped: check.is_stopped(),
            endpoint: endpoint.to_owned(),
            began,
            ended,
        }));
    }
}

impl Default for Run {
    fn default() -> Self {
        Self::new()
    }
}

async fn pause(seconds: u32, stop: &AtomicBool) {
    for _ in 0..seconds {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        timer::sleep(1_000).await;
    }
}

async fn send(request: &Request) -> Result<Response, Trouble> {
    fetch::send(request, TIMEOUT_MS).await.map_err(|failure| Trouble::no_answer(&failure, request))
}

fn words(trouble: Trouble) -> String {
    format!("{} {}", trouble.headline(), trouble.meaning())
}

/// The run, the key that signs for it, and the registration endpoint as the server prints it.
async fn prepare(
    session: Session,
    environment: Environment,
    source: Source,
    foreign: Option<String>,
) -> Result<(Check, SigningKey, String), Trouble> {
    if let Some(why) = self_check::refusal(&environment) {
        return Err(Trouble::not_sent(why.replace('`', ""), "Choose another environment."));
    }
    let reach = session.environments.reach(&environment).await?;
    let endpoint = reach.registration_printed.clone();
    let mut made = match source {
        Source::Made => Statements::made(&environment).await?,
        Source::Own { statement, key, kid } => {
            Statements { first: statement, second: None, foreign: None, key: key.signing, kid }
        }
    };
    made.foreign = foreign.or(made.foreign);
    let key = made.key.clone();
    let check = Check::new(made.kit(environment, reach)?).map_err(|why| Trouble::not_sent(why, ""))?;
    Ok((check, key, endpoint))
}

/// Statements and the key that goes with them.
struct Statements {
    first: String,
    second: Option<String>,
    foreign: Option<String>,
    key: SigningKey,
    kid: String,
}

impl Statements {
    /// Software of the directory and, where there is one, of a directory that must not be trusted.
    async fn made(environment: &Environment) -> Result<Self, Trouble> {
        let rules = environment.software_statement.as_ref();
        let trial = rules.and_then(|rules| rules.directory.as_ref()).and_then(|one| one.trial.as_deref());
        let (Some(trial), Some(algorithm)) = (trial, environment.signed_request.algorithms.first()) else {
            let what = "No directory makes software for trying here.";
            return Err(Trouble::not_sent(what, "Take your own software."));
        };
        let pair = signing::generate(KeyWish { algorithm: *algorithm, bits: 2_048 }).await?;
        let untrusted = rules.and_then(|rules| rules.untrusted.as_deref());
        Ok(Self {
            first: make(trial, &pair.public).await?,
            second: Some(make(trial, &pair.public).await?),
            foreign: match untrusted {
                Some(untrusted) => Some(make(untrusted, &pair.public).await?),
                None => None,
            },
            kid: pair.public.kid.clone().unwrap_or_default(),
            key: pair.signing,
        })
    }

    fn kit(&self, environment: Environment, reach: Reach) -> Result<Kit, Trouble> {
        let origin = location::origin();
        let algorithm = self.key.algorithm;
        let key = KeyName { algorithm, kid: &self.kid };
        let software = |statement: &String| {
            let read = SoftwareStatement::read(statement);
            read.and_then(|read| Software::of(&read, &environment, &reach, &origin, key))
                .map_err(|problem| Trouble::not_sent(problem, "Nothing was sent to the bank."))
        };
        Ok(Kit {
            software: software(&self.first)?,
            other: self.second.as_ref().map(software).transpose()?,
            foreign: self.foreign.as_ref().map(software).transpose()?,
            page_origin: origin.clone(),
            algorithm,
            kid: self.kid.clone(),
            environment: environment.clone(),
            reach: reach.clone(),
        })
    }
}

/// Makes software in a directory, and gives its statement.
async fn make(trial: &str, key: &PublicJwk) -> Result<String, Trouble> {
    let wish = Wish {
        name: NAME.to_owned(),
        redirect_uris: vec![REDIRECT_URI.to_owned()],
        roles: Vec::new(),
        key: Some(key.clone()),
    };
    directory::make_software(trial, &wish).await.map(|made| made.statement)
}
