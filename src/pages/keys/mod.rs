//! A key pair: made here, loaded, or kept; handed over, and used. The Workshop shows it, and so does every form that
//! needs a key.

mod load;
mod output;
mod save;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{clock, signing},
    components::prelude::*,
    domain::jose::{Algorithm, KeyWish},
    state::{Session, keys::HeldKey, use_session, work::Work},
    text::keys as words,
};
pub use load::LoadKey;
pub use output::KeyOutput;

/// Which key is chosen, and how the next one is made.
#[derive(Clone, Copy)]
pub struct Bench {
    /// The session.
    pub session: Session,
    /// Thumbprint of the chosen key; empty when there is none.
    pub chosen: RwSignal<String>,
    /// The name of the files that are saved.
    pub file: Signal<String>,
    algorithm: RwSignal<String>,
    bits: RwSignal<String>,
    keep: RwSignal<bool>,
    loading: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
    made_in: RwSignal<Option<u32>>,
    making: Work,
}

impl Bench {
    /// A bench on which no key lies. `file` is what saved files are called, without an ending.
    pub fn new(chosen: RwSignal<String>, file: Signal<String>) -> Self {
        let session = use_session();
        spawn_local(async move { session.keys.load().await });
        Self {
            session,
            chosen,
            file,
            algorithm: RwSignal::new(Algorithm::Es256.name().to_owned()),
            bits: RwSignal::new("2048".to_owned()),
            keep: RwSignal::new(false),
            loading: RwSignal::new(false),
            trouble: RwSignal::new(None),
            made_in: RwSignal::new(None),
            making: Work::new(),
        }
    }

    /// A bench for a key that is there already.
    pub fn of(key: &HeldKey, file: String) -> Self {
        Self::new(RwSignal::new(key.thumbprint().to_owned()), Signal::stored(file))
    }

    /// Makes the next key for this algorithm, unless somebody chooses another.
    pub fn prefer(self, algorithm: Algorithm) {
        self.algorithm.set(algorithm.name().to_owned());
    }

    /// The chosen key. Tracks.
    pub fn key(self) -> Option<HeldKey> {
        let chosen = self.chosen.get();
        self.session.keys.held.with(|held| held.iter().find(|key| key.thumbprint() == chosen).cloned())
    }

    fn wish(self) -> KeyWish {
        KeyWish {
            algorithm: Algorithm::parse(&self.algorithm.get_untracked()).unwrap_or(Algorithm::Es256),
            bits: self.bits.get_untracked().parse().unwrap_or(2048),
        }
    }

    fn make(self) {
        let wish = self.wish();
        self.trouble.set(None);
        self.making.run(async move {
            let start = clock::monotonic_ms();
            match signing::generate(wish).await {
                Ok(pair) => {
                    let taken = clock::monotonic_ms() - start;
                    self.made_in.try_set(Some(taken as u32));
                    self.put_down(self.session.keys.hold_made_here(pair));
                }
                Err(problem) => drop(self.trouble.try_set(Some(problem.to_string()))),
            }
        });
    }

    /// Puts a key on the bench.
    fn put_down(self, key: HeldKey) {
        let keep = self.keep.try_get_untracked() == Some(true);
        self.chosen.try_set(key.thumbprint().to_owned());
        self.loading.try_set(false);
        if keep {
            spawn_local(async move { self.store(&key).await });
        }
    }

    async fn store(self, key: &HeldKey) {
        if let Err(problem) = self.session.keys.keep(key).await {
            self.keep.try_set(false);
            self.trouble.try_set(Some(format!(
                "{problem} The key is in this tab only: save it before you close the tab."
            )));
        }
    }

    /// Keeps the chosen key from now on, or no longer.
    fn set_kept(self, kept: bool) {
        let Some(key) = untrack(move || self.key()) else { return };
        spawn_local(async move {
            if kept {
                self.store(&key).await;
            } else if key.kept
                && let Err(problem) = self.session.keys.unkeep(&key).await
            {
                self.trouble.try_set(Some(problem.to_string()));
            }
        });
    }
}

/// The panel: what is asked for at the start, what came out at the end.
#[component]
pub fn KeyPairPanel(
    /// The bench.
    bench: Bench,
) -> impl IntoView {
    on_cleanup(move || forget_saved(bench));
    view! {
        <section class="panel bench-panel" aria-label=words::TITLE>
            <div class="panel-head">
                <div class="panel-title"><h2>{words::TITLE}</h2></div>
                <div class="row">
                    <Button text=words::LOAD icon=Icon::Upload size=Size::Head on_press=move || bench.loading.update(|open| *open = !*open)/>
                    <Button
                        text=words::MAKE
                        icon=Icon::Key
                        size=Size::Head
                        working=bench.making.seconds()
                        on_press=move || bench.make()
                    />
                </div>
            </div>
            {move || {
                bench
                    .loading
                    .get()
                    .then(|| {
                        view! {
                            <PanelPart sunken=true>
                                <LoadKey
                                    on_taken=move |pair: signing::KeyPair| bench.put_down(bench.session.keys.hold(pair))
                                    on_close=move |()| bench.loading.set(false)
                                />
                            </PanelPart>
                        }
                    })
            }}
            <div class="bench">
                <Input bench/>
                <KeyOutput bench/>
            </div>
        </section>
    }
    .into_any()
}

/// What was saved is not held any longer than the page that saved it.
fn forget_saved(bench: Bench) {
    let saved = bench.session.keys.find(|key| key.saved);
    if let Some(key) = saved {
        bench.session.keys.handed_over(&key.public);
    }
}

#[component]
fn Input(bench: Bench) -> impl IntoView {
    let algorithms: Vec<SelectOption> = Algorithm::ALL
        .into_iter()
        .map(|algorithm| SelectOption::new(algorithm.name(), words::algorithm(algorithm)))
        .collect();
    let sizes: Vec<SelectOption> = KeyWish::SIZES
        .into_iter()
        .map(|bits| SelectOption::new(bits.to_string(), words::size(bits)))
        .collect();
    let is_rsa = Memo::new(move |_| {
        bench.algorithm.with(|name| Algorithm::parse(name).is_some_and(Algorithm::is_rsa))
    });
    view! {
        <div class="bench-in stack-16">
            <AtHand bench/>
            <div class="pair">
                <Select id="key-algorithm" label=words::ALGORITHM value=bench.algorithm options=algorithms/>
                {move || {
                    let sizes = sizes.clone();
                    is_rsa.get().then(|| view! { <Select id="key-size" label=words::SIZE value=bench.bits options=sizes/> })
                }}
            </div>
            <Keep bench/>
            {move || {
                bench.trouble.get().map(|trouble| view! { <Note tone=Tone::Stopped role="alert">{trouble}</Note> })
            }}
        </div>
    }
    .into_any()
}

/// The keys of this browser and this tab, when there is a choice.
#[component]
fn AtHand(bench: Bench) -> impl IntoView {
    let options = Memo::new(move |_| {
        bench.session.keys.held.with(|held| {
            held.iter()
                .map(|key| SelectOption::new(key.thumbprint(), words::in_list(&key.public, key.kept)))
                .collect::<Vec<_>>()
        })
    });
    let nothing = Memo::new(move |_| bench.chosen.with(String::is_empty));
    let with_none = Signal::derive(move || {
        let mut options = options.get();
        if nothing.get() {
            options.insert(0, SelectOption::new("", "None chosen"));
        }
        options
    });
    let any = Memo::new(move |_| options.with(|options| !options.is_empty()));
    move || {
        any.get().then(|| {
            view! { <Select id="key-at-hand" label=words::AT_HAND value=bench.chosen options=with_none/> }
        })
    }
}

#[component]
fn Keep(bench: Bench) -> impl IntoView {
    // The box shows how the chosen key is; without one, how the next will be.
    Effect::new(move |_| {
        if let Some(key) = bench.key() {
            bench.keep.set(key.kept);
        }
    });
    view! {
        <Check
            id="key-keep"
            label=words::KEEP
            hint=words::KEEP_HINT
            checked=bench.keep
            on_change=move |kept: bool| bench.set_kept(kept)
        />
    }
    .into_any()
}
