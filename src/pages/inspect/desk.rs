//! What lies on the inspector's desk: the text, what was read of it, and which layer is looked at.

use std::{
    cell::Cell,
    future::{Future as _, poll_fn},
    ops::Range,
    pin::pin,
    sync::Arc,
    task::Poll,
};

use leptos::{prelude::*, task::spawn_local};

use crate::{
    browser::{clock, location, timer},
    domain::{
        inspect::{
            self, Inspection, KnownIssuer,
            findings::Place,
            nested, paint,
            paste::Found,
            places,
            profiles::{self, Profile},
            shape::Part,
            verify::{Keys, Verdict},
        },
        secret::Secret,
        url,
    },
    state::Session,
};

/// Up to this length a text is read in the moment it comes.
const AT_ONCE: usize = 64 * 1024;
/// Somebody who types is left alone so long before the text is read again, in milliseconds.
const PAUSE_MS: u32 = 120;
/// So long a longer text is read without letting the page answer, in milliseconds.
const BREATH_MS: f64 = 8.0;

/// How many panels show the result, each in its turn.
pub const PANELS: usize = 4;

/// A token, or one inside of it.
#[derive(Clone)]
pub struct Layer {
    /// 0 for the token itself.
    pub depth: usize,
    /// What it is called where it stands: `software_statement`. Empty for the token itself.
    pub name: String,
    /// Where it stands in the layer above.
    pub place: Option<Place>,
    /// The token as it stands there.
    token: Secret,
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

/// Everything the page works on.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The portal.
    pub session: Session,
    /// What was pasted.
    pub text: RwSignal<String>,
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
    /// The profile that somebody chose; otherwise the one that fits best is taken.
    pub chosen_profile: RwSignal<Option<&'static str>>,
    /// Clocks differ: so many seconds are forgiven.
    pub skew: RwSignal<i64>,
    /// The shown layer as each panel has it: they change one after the other, so that no frame has to draw all of them.
    pub panels: [RwSignal<Option<Arc<Inspection>>>; PANELS],
    known: StoredValue<Vec<KnownIssuer>>,
    /// Goes up with every change: what was begun for an older text is given up.
    turn: StoredValue<u32>,
    /// The turn of what `layers` holds.
    read_turn: StoredValue<u32>,
}

impl Desk {
    /// A desk with this text on it.
    pub fn new(session: Session, text: String) -> Self {
        let desk = Self {
            session,
            text: RwSignal::new(String::new()),
            put_down: RwSignal::new(0),
            layers: RwSignal::new(Vec::new()),
            selected: RwSignal::new(0),
            busy: RwSignal::new(false),
            mark: RwSignal::new(None),
            cursor: RwSignal::new(None),
            keys: RwSignal::new(Keys::default()),
            verdicts: RwSignal::new(Vec::new()),
            chosen_profile: RwSignal::new(None),
            skew: RwSignal::new(inspect::times::TOLERANCE),
            panels: std::array::from_fn(|_| RwSignal::new(None)),
            known: StoredValue::new(known_issuers(session)),
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
                for panel in self.panels {
                    if turn.try_get_value() != Some(now) {
                        return;
                    }
                    panel.try_set(shown.clone());
                    timer::sleep(0).await;
                }
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
        self.mark.set(None);
        self.selected.set(0);
        if !is_short {
            self.layers.set(Vec::new());
        }
        self.text.set(text);
        self.put_down.update(|count| *count = count.wrapping_add(1));
        if is_short {
            self.read_now();
        } else {
            self.read_after(0);
        }
    }

    /// The text was typed in: it is read when there is a pause.
    pub fn typed(self, text: String) {
        self.text.set(text);
        self.edited();
    }

    /// A piece of a long text was typed in.
    pub fn spliced(self, range: Range<usize>, piece: &str) {
        self.text.update(|text| {
            if text.get(range.clone()).is_some() {
                text.replace_range(range, piece);
            }
        });
        self.edited();
    }

    fn edited(self) {
        self.next_turn();
        if self.mark.with_untracked(Option::is_some) {
            self.mark.set(None);
        }
        self.read_after(PAUSE_MS);
    }

    /// Reads the text again: time has passed.
    pub fn read_again(self) {
        self.next_turn();
        self.read_after(0);
    }

    fn clock(self) -> inspect::Clock {
        inspect::Clock { now: clock::now(), skew: self.skew.try_get_untracked().unwrap_or_default() }
    }

    fn next_turn(self) -> u32 {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.turn.get_value()
    }

    fn is_turn(self, turn: u32) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    fn read_now(self) {
        let read = self.text.with_untracked(|text| {
            self.known.with_value(|known| inspect::inspect_at(text, self.clock(), known))
        });
        self.show(self.turn.get_value(), read);
    }

    fn read_after(self, milliseconds: u32) {
        let turn = self.turn.get_value();
        spawn_local(async move {
            if milliseconds > 0 {
                timer::sleep(milliseconds).await;
            }
            if !self.is_turn(turn) {
                return;
            }
            let (Some(text), Some(known)) = (self.text.try_get_untracked(), self.known.try_get_value())
            else {
                return;
            };
            if text.len() > AT_ONCE {
                self.busy.try_set(true);
                // A frame is painted first.
                timer::sleep(0).await;
            }
            let since = Cell::new(clock::monotonic_ms());
            let breathe = async || {
                if clock::monotonic_ms() - since.get() >= BREATH_MS {
                    timer::sleep(0).await;
                    since.set(clock::monotonic_ms());
                }
            };
            let mut reading = pin!(inspect::inspect_gently(&text, self.clock(), &known, breathe));
            // Woken after a breath, an overtaken reading ends and lets go of all it holds.
            let read = poll_fn(|context| match self.is_turn(turn) {
                true => reading.as_mut().poll(context).map(Some),
                false => Poll::Ready(None),
            });
            if let Some(read) = read.await {
                self.show(turn, read);
            }
        });
    }

    fn show(self, turn: u32, read: Inspection) {
        self.read_turn.set_value(turn);
        let read = Arc::new(read);
        let mut layers = vec![Layer {
            depth: 0,
            name: String::new(),
            place: None,
            token: read.token.clone(),
            inspection: None,
        }];
        fill(&mut layers, 0, &read);
        let looked_at = self.selected.get_untracked();
        let stays = self.layers.with_untracked(|before| {
            let same = |a: Option<&Layer>, b: Option<&Layer>| {
                a.zip(b).is_some_and(|(a, b)| a.name == b.name && a.depth == b.depth)
            };
            same(before.get(looked_at), layers.get(looked_at))
        });
        self.busy.set(false);
        self.layers.set(layers);
        match looked_at {
            0 => {}
            _ if stays => self.open(looked_at),
            _ => self.selected.set(0),
        }
    }

    /// Opens a layer and looks at it.
    pub fn open(self, index: usize) {
        let unread = self.layers.with_untracked(|layers| {
            let layer = layers.get(index).filter(|layer| layer.inspection.is_none())?;
            let bytes = layers
                .iter()
                .filter(|layer| layer.inspection.is_some())
                .map(|layer| layer.token.expose().len())
                .sum();
            nested::may_open(layer.depth, bytes).then(|| layer.token.clone())
        });
        if let Some(token) = unread {
            let read =
                self.known.with_value(|known| inspect::inspect_at(token.expose(), self.clock(), known));
            self.layers.update(|layers| fill(layers, index, &Arc::new(read)));
        }
        self.selected.set(index);
    }

    /// Looks at another token of the paste. The text stays.
    pub fn choose(self, found: &Found) {
        let mut read =
            self.known.with_value(|known| inspect::inspect_at(found.token.expose(), self.clock(), known));
        let Some(root) = self.root_untracked() else { return };
        let mut others: Vec<Found> =
            root.others.iter().filter(|other| other.token != found.token).cloned().collect();
        others.push(Found {
            name: root.name.clone(),
            token: root.token.clone(),
            range: root.place.clone(),
            repairs: root.repairs.clone(),
        });
        others.sort_by_key(|other| other.range.start);
        read.name = found.name.clone();
        read.place = found.range.clone();
        read.repairs = found.repairs.clone();
        read.others = others;
        read.unlisted = root.unlisted;
        self.selected.set(0);
        self.show(self.turn.get_value(), read);
    }

    /// What was read of the token itself.
    pub fn root(self) -> Option<Arc<Inspection>> {
        self.layers.with(|layers| layers.first()?.inspection.clone())
    }

    fn root_untracked(self) -> Option<Arc<Inspection>> {
        self.layers.with_untracked(|layers| layers.first()?.inspection.clone())
    }

    /// What was read of the layer that is looked at.
    pub fn shown(self) -> Option<Arc<Inspection>> {
        let index = self.selected.get();
        self.layers.with(|layers| layers.get(index)?.inspection.clone())
    }

    /// The same, without tracking; nothing when the page is gone.
    pub fn shown_untracked(self) -> Option<Arc<Inspection>> {
        let index = self.selected.try_get_untracked()?;
        self.layers.try_with_untracked(|layers| layers.get(index)?.inspection.clone())?
    }

    /// The profile that the shown layer is checked by.
    pub fn profile(self) -> Option<&'static Profile> {
        let read = self.shown()?;
        let chosen = self.chosen_profile.get().and_then(profiles::named);
        chosen.or_else(|| profiles::proposed(&read).first().copied())
    }

    /// Takes in keys, unless they are there already; of a source that is asked again only the new ones stay.
    pub fn add_keys(self, keys: Keys) {
        self.keys.try_update(|known| {
            known.keys.retain(|old| !keys.keys.iter().any(|new| new.material == old.material));
            known.add(keys);
        });
    }

    /// Points at a place of the layer that is looked at. Of a token inside another one only the whole can be seen.
    pub fn point_at(self, place: Option<Place>) {
        let found = place.and_then(|place| {
            let root = self.root_untracked()?;
            let place = match self.selected.get_untracked() {
                0 => place,
                inner => self.outermost(inner)?,
            };
            self.text.with_untracked(|text| places::in_text(text, &root, &place))
        });
        if self.mark.with_untracked(|mark| *mark != found) {
            self.mark.set(found);
        }
    }

    /// Points at a place of the token itself, whichever layer is looked at.
    pub fn point_at_root(self, place: &Place) {
        let found = self
            .root_untracked()
            .and_then(|root| self.text.with_untracked(|text| places::in_text(text, &root, place)));
        self.mark.set(found);
    }

    /// The place of the layer in the token itself.
    fn outermost(self, index: usize) -> Option<Place> {
        self.layers.with_untracked(|layers| {
            let above = layers.get(..=index)?;
            above.iter().rev().find(|layer| layer.depth == 1)?.place.clone()
        })
    }

    /// The cursor of the field moved to this byte of the text.
    pub fn cursor_at(self, offset: usize) {
        let found = self.root_untracked().filter(|_| self.is_current()).and_then(|root| {
            let (part, byte) = self.text.with_untracked(|text| places::at(text, &root, offset))?;
            Some(Cursor { part, byte })
        });
        if self.cursor.get_untracked() != found {
            self.cursor.set(found);
        }
    }

    /// Whether what was read is what the field holds.
    pub fn is_current(self) -> bool {
        self.turn.get_value() == self.read_turn.get_value()
    }

    /// The text in the colours of its parts. Right after a key was pressed it is only guessed where they are.
    pub fn painted(self) -> Vec<paint::Run> {
        let root = self.root();
        self.text.with(|text| match root.filter(|_| self.is_current()) {
            Some(read) => paint::runs(text, &read),
            None => paint::quick(text)
                .into_iter()
                .map(|(part, range)| (part, text.get(range).unwrap_or_default().to_owned()))
                .collect(),
        })
    }
}

/// Puts what was read into its layer, and the tokens it holds after it.
fn fill(layers: &mut Vec<Layer>, index: usize, read: &Arc<Inspection>) {
    let Some(layer) = layers.get_mut(index) else { return };
    layer.inspection = Some(Arc::clone(read));
    let depth = layer.depth + 1;
    let inside = read.nested.iter().map(|nested| Layer {
        depth,
        name: nested.path.clone(),
        place: Some(nested.place.clone()),
        token: nested.token.clone(),
        inspection: None,
    });
    layers.splice(index + 1..index + 1, inside);
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
