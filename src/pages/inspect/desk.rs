//! What lies on the inspector's desk: the text, what was read of it, and which layer is looked at.

mod pointing;
mod reading;
mod typing;

use std::{ops::Range, sync::Arc};

use leptos::{prelude::*, task::spawn_local};

use super::{judging::Judged, shown::Shown};
use crate::{
    browser::{location, timer},
    domain::{
        inspect::{
            self, Inspection, KnownIssuer,
            findings::Place,
            profiles::{self, Profile},
            shape::Part,
            verify::{Keys, Verdict},
        },
        secret::Secret,
        url,
    },
    state::Session,
};
use typing::Draft;

/// Up to this length a field is quick enough to show the text.
pub const SHORT: usize = 32 * 1024;
/// Up to this length everything about a text is done in the moment it comes; a longer one is left alone when it can be.
pub const AT_ONCE: usize = 64 * 1024;
/// From this length on only one reading of a text is kept at a time: it takes more room than the text.
pub const ALONE: usize = 256 * 1024;

/// How many panels show the result, each in its turn.
pub const PANELS: usize = 6;

/// A token, or one inside of it.
#[derive(Clone)]
pub struct Layer {
    /// 0 for the token itself.
    pub depth: usize,
    /// What it is called where it stands: `software_statement`. Empty for the token itself.
    pub name: String,
    /// Where it stands in the layer above.
    pub place: Option<Place>,
    /// The token as it stands there, to be read when it is opened. Nothing for the token itself, which is read.
    token: Secret,
    /// It is no token but claims in one: the signature above vouches for them.
    pub is_claims: bool,
    /// What was read; nothing until it is opened.
    pub inspection: Option<Arc<Inspection>>,
}

/// A place in the text that is pointed at, and where somebody's cursor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The part of the token.
    pub part: Part,
    /// The byte in what the part says.
    pub byte: usize,
}

/// How much text there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Nothing.
    Empty,
    /// No more than a field can show while somebody types.
    Short,
    /// More.
    Long,
}

impl Extent {
    fn of(bytes: usize) -> Self {
        match bytes {
            0 => Self::Empty,
            1..=SHORT => Self::Short,
            _ => Self::Long,
        }
    }
}

/// Everything the page works on.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The portal.
    pub session: Session,
    /// What was pasted, but for the draft. Nothing follows it: a key would wake up all that does, to find that nothing
    /// changed for them.
    text: StoredValue<Secret>,
    draft: StoredValue<Option<Draft>>,
    /// How much it is, for whom that matters.
    pub extent: RwSignal<Extent>,
    /// Goes up when another text was put down, as opposed to typed.
    pub put_down: RwSignal<u32>,
    /// The token and the tokens inside of it, each after the one it stands in. Empty until something was read.
    pub layers: RwSignal<Vec<Layer>>,
    /// Which layer is looked at.
    pub selected: RwSignal<usize>,
    /// A long text is being read.
    pub busy: RwSignal<bool>,
    /// What is pointed at, as byte offsets in the text.
    pub mark: RwSignal<Option<Range<usize>>>,
    /// Where the cursor of the field stands.
    pub cursor: RwSignal<Option<Cursor>>,
    /// The keys that signatures are tried with.
    pub keys: RwSignal<Keys>,
    /// What the signatures of the shown layer came to.
    pub verdicts: RwSignal<Vec<Verdict>>,
    /// What the signatures of the layers came to, as far as they are open.
    pub judged: RwSignal<Vec<Judged>>,
    /// The profile that somebody chose; otherwise the one that fits best is taken.
    pub chosen_profile: RwSignal<Option<&'static str>>,
    /// Clocks differ: so many seconds are forgiven.
    pub skew: RwSignal<i64>,
    /// The shown layer as each panel has it: they change one after the other, so that no frame has to draw all of them.
    pub panels: [Shown; PANELS],
    /// [`Profile::id`] of the profile that the shown layer is checked by.
    checked_by: Memo<Option<&'static str>>,
    /// What was typed is taken before the next frame.
    is_taking: StoredValue<bool>,
    known: StoredValue<Vec<KnownIssuer>>,
    /// Ends when nobody has typed for a while.
    pause: StoredValue<Option<timer::Timeout>, LocalStorage>,
    /// When a key was pressed last, in milliseconds of the page.
    typed_at: StoredValue<f64>,
    /// Goes up with every change: what was begun for an older text is given up.
    turn: StoredValue<u32>,
    /// The turn of what `layers` holds.
    read_turn: StoredValue<u32>,
}

impl Desk {
    /// A desk with this text on it.
    pub fn new(session: Session, text: String) -> Self {
        let (layers, selected) = (RwSignal::new(Vec::new()), RwSignal::new(0));
        let chosen_profile = RwSignal::new(None);
        let desk = Self {
            session,
            text: StoredValue::new(Secret::default()),
            draft: StoredValue::new(None),
            extent: RwSignal::new(Extent::Empty),
            put_down: RwSignal::new(0),
            is_taking: StoredValue::new(false),
            layers,
            selected,
            busy: RwSignal::new(false),
            mark: RwSignal::new(None),
            cursor: RwSignal::new(None),
            keys: RwSignal::new(Keys::default()),
            verdicts: RwSignal::new(Vec::new()),
            judged: RwSignal::new(Vec::new()),
            chosen_profile,
            checked_by: Memo::new(move |before: Option<&Option<&'static str>>| {
                match looked_at(layers, selected) {
                    Some(read) => profile_for(&read, chosen_profile.get()).map(|profile| profile.id),
                    None => before.copied().flatten(),
                }
            }),
            skew: RwSignal::new(inspect::times::TOLERANCE),
            panels: std::array::from_fn(|_| RwSignal::new(None)),
            known: StoredValue::new(known_issuers(session)),
            pause: StoredValue::new_local(None),
            typed_at: StoredValue::new(0.0),
            turn: StoredValue::new(0),
            read_turn: StoredValue::new(0),
        };
        desk.put(text);
        desk.draw_in_turn();
        desk
    }

    /// Hands what is shown to the panels, one in each turn of the browser.
    fn draw_in_turn(self) {
        let turn = StoredValue::new(0_u32);
        Effect::new(move |_| {
            let shown = self.shown();
            turn.update_value(|turn| *turn = turn.wrapping_add(1));
            let now = turn.get_value();
            spawn_local(async move {
                let before = self.panels.map(|panel| panel.try_get_untracked().flatten());
                for panel in self.panels {
                    if turn.try_get_value() != Some(now) {
                        return;
                    }
                    panel.try_set(shown.clone());
                    timer::sleep(0).await;
                }
                // What was read of a long token takes a while to be taken apart: in a turn of its own.
                drop(before);
            });
        });
    }

    /// The issuers of all environments.
    pub fn known(self) -> Vec<KnownIssuer> {
        self.known.get_value()
    }

    /// Another text. A short one is read at once, a long one while the page goes on answering.
    pub fn put(self, text: String) {
        let is_short = text.len() <= AT_ONCE;
        self.next_turn();
        self.pause.set_value(None);
        self.draft.set_value(None);
        self.is_taking.set_value(false);
        self.mark.set(None);
        self.selected.set(0);
        if !is_short {
            self.layers.set(Vec::new());
        }
        self.have(Secret::new(text));
        self.put_down.update(|count| *count = count.wrapping_add(1));
        if is_short {
            self.read_now();
        } else {
            self.read_in_breaths();
        }
    }

    /// Reads the text again: time has passed.
    pub fn read_again(self) {
        self.next_turn();
        self.read_in_breaths();
    }

    /// What was read of the token itself.
    pub fn root(self) -> Option<Arc<Inspection>> {
        self.layers.with(|layers| layers.first()?.inspection.clone())
    }

    pub(super) fn root_untracked(self) -> Option<Arc<Inspection>> {
        self.layers.with_untracked(|layers| layers.first()?.inspection.clone())
    }

    /// What was read of the layer that is looked at.
    pub fn shown(self) -> Option<Arc<Inspection>> {
        looked_at(self.layers, self.selected)
    }

    /// The same, without tracking; nothing when the page is gone.
    pub fn shown_untracked(self) -> Option<Arc<Inspection>> {
        let index = self.selected.try_get_untracked()?;
        self.layers.try_with_untracked(|layers| layers.get(index)?.inspection.clone())?
    }

    /// Whether a long text is read again, and what was read of it before is gone already.
    pub fn is_read_again(self) -> bool {
        self.layers.with(|layers| layers.first().is_some_and(|layer| layer.inspection.is_none()))
    }

    /// The profile that the shown layer is checked by.
    pub fn profile(self) -> Option<&'static Profile> {
        self.checked_by.get().and_then(profiles::named)
    }

    /// The profile that a layer is checked by.
    pub fn profile_for(self, read: &Inspection) -> Option<&'static Profile> {
        profile_for(read, self.chosen_profile.get())
    }

    /// Takes in keys; of a source that is asked again only the new ones stay.
    pub fn add_keys(self, keys: Keys) {
        self.keys.try_update(|known| known.take_in(keys));
    }
}

fn looked_at(layers: RwSignal<Vec<Layer>>, selected: RwSignal<usize>) -> Option<Arc<Inspection>> {
    let index = selected.get();
    layers.with(|layers| layers.get(index)?.inspection.clone())
}

/// The one that somebody chose, otherwise the one that fits best.
fn profile_for(read: &Inspection, chosen: Option<&str>) -> Option<&'static Profile> {
    chosen.and_then(profiles::named).or_else(|| profiles::proposed(read).first().copied())
}

/// The issuers of all environments, absolute.
fn known_issuers(session: Session) -> Vec<KnownIssuer> {
    let origin = location::origin();
    session.portal.with_value(|portal| {
        portal
            .environments
            .iter()
            .map(|environment| KnownIssuer {
                id: environment.id.clone(),
                name: environment.name.clone(),
                issuer: url::absolute(&origin, &environment.issuer),
            })
            .collect()
    })
}
