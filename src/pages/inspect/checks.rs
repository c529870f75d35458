//! The rules of one kind of token, one by one. Pass, fail, cannot be known here and does not apply are four different
//! things; what would decide can be told.

use leptos::prelude::*;

use super::{
    desk::Desk,
    findings::Pointing,
    lamp,
    shown::{Shown, kept},
};
use crate::{
    components::prelude::*,
    domain::inspect::{
        Inspection,
        findings::Severity,
        profiles::{self, Checked, Input, Known, Profile, SignatureVerdict, State},
        verify::Verdict,
        visible::visible,
        words::capitalised,
    },
    text::inspect as text,
};

/// What a person can tell, in the order of the fields.
const ASKED: [Input; 12] = [
    Input::ClientId,
    Input::Resource,
    Input::Nonce,
    Input::AccessToken,
    Input::Code,
    Input::State,
    Input::Method,
    Input::Uri,
    Input::Algorithm,
    Input::Certificate,
    Input::Acr,
    Input::MaxAge,
];

/// The fields, by what they are for.
type Told = [(Input, RwSignal<String>); ASKED.len()];

/// The panel.
#[component]
pub fn Checks(desk: Desk, shown: Shown) -> impl IntoView {
    let told: Told = ASKED.map(|input| (input, RwSignal::new(String::new())));
    let told = StoredValue::new(told);
    let verdict = Memo::new(move |_| desk.verdicts.with(|verdicts| verdicts.first().and_then(signature)));
    let checked = kept(shown, move |read| match desk.profile() {
        Some(profile) => judge(desk, read, profile, &told.get_value(), verdict.get()),
        None => Vec::new(),
    });
    let counts = move || {
        checked.with(|checked| {
            let count = |state| checked.iter().filter(|checked| checked.verdict.state == state).count();
            text::counts(
                count(State::Pass),
                count(State::Fail),
                count(State::CannotKnow),
                count(State::NotApplicable),
            )
        })
    };
    let list = move |state: State| checked.with(|checked| lines(desk, checked, state));
    view! {
        <Panel title=text::CHECKS sub=Signal::derive(move || Some(counts())) flush=true>
            <PanelPart><Choose desk shown/></PanelPart>
            {move || list(State::Fail)}
            <Folded desk checked state=State::Pass words=text::passed/>
            <Folded desk checked state=State::CannotKnow words=text::unknown/>
            <Folded desk checked state=State::NotApplicable words=text::not_applicable/>
            <Tell told=told.get_value() checked/>
        </Panel>
    }
    .into_any()
}

/// The rules that ended in one way, made when somebody opens them.
#[component]
fn Folded(
    desk: Desk,
    checked: Memo<Vec<CheckedRow>>,
    state: State,
    words: fn(usize) -> String,
) -> impl IntoView {
    let count =
        Memo::new(move |_| checked.with(|rows| rows.iter().filter(|row| row.verdict.state == state).count()));
    let list = move || checked.with(|checked| lines(desk, checked, state));
    move || {
        (count.get() > 0).then(|| {
            view! {
                <div class="panel-part">
                    <LazyFold summary=Signal::derive(move || words(count.get()))>
                        <div class="folded-rules">{list}</div>
                    </LazyFold>
                </div>
            }
            .into_any()
        })
    }
}

/// Which kind of token it is checked as: those that fit come first.
#[component]
fn Choose(desk: Desk, shown: Shown) -> impl IntoView {
    let value = RwSignal::new(String::new());
    let fitting =
        kept(shown, |read| profiles::proposed(read).iter().map(|profile| profile.id).collect::<Vec<_>>());
    let options = move || {
        let fitting: Vec<&Profile> =
            fitting.with(|ids| ids.iter().filter_map(|id| profiles::named(id)).collect());
        let others =
            profiles::ALL.iter().filter(|known| !fitting.iter().any(|fits| fits.id == known.id)).copied();
        fitting
            .iter()
            .copied()
            .map(|profile| SelectOption::new(profile.id, profile.name))
            .chain(others.map(|profile| SelectOption::new(profile.id, text::other_profile(profile.name))))
            .collect::<Vec<_>>()
    };
    Effect::new(move |_| {
        let id = desk.profile().map(|profile| profile.id).unwrap_or_default();
        if value.get_untracked() != id {
            value.set(id.to_owned());
        }
    });
    Effect::new(move |before: Option<()>| {
        let id = value.get();
        if before.is_some() && untrack(|| desk.profile()).is_some_and(|profile| profile.id != id) {
            desk.chosen_profile.set(profiles::named(&id).map(|profile| profile.id));
        }
    });
    let about = move || desk.profile().map(|profile| profile.about.to_owned());
    view! {
        <Select id="profile" label=text::CHECKED_AS value options=Signal::derive(options) hint=Signal::derive(about)/>
    }
    .into_any()
}

fn judge(
    desk: Desk,
    read: &Inspection,
    profile: &'static Profile,
    told: &Told,
    signature: Option<SignatureVerdict>,
) -> Vec<CheckedRow> {
    let issuers = desk.known();
    let texts: Vec<(Input, String)> = told
        .iter()
        .map(|(input, text)| (*input, text.with(|text| text.trim().to_owned())))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let tell =
        |wanted: Input| texts.iter().find(|(input, _)| *input == wanted).map(|(_, text)| text.as_str());
    let known = Known {
        now: read.now,
        skew: desk.skew.get(),
        issuers: &issuers,
        client_id: tell(Input::ClientId),
        resource: tell(Input::Resource),
        nonce: tell(Input::Nonce),
        access_token: tell(Input::AccessToken),
        code: tell(Input::Code),
        state: tell(Input::State),
        method: tell(Input::Method),
        uri: tell(Input::Uri),
        algorithm: tell(Input::Algorithm),
        certificate_thumbprint: tell(Input::Certificate),
        acr: tell(Input::Acr),
        max_age: tell(Input::MaxAge).and_then(|seconds| seconds.parse().ok()),
        signature,
        ..Known::default()
    };
    profiles::check(profile, read, &known).into_iter().map(CheckedRow::from).collect()
}

fn signature(verdict: &Verdict) -> Option<SignatureVerdict> {
    match verdict {
        Verdict::RightByChosenKey { .. } => Some(SignatureVerdict::ChosenKey),
        Verdict::RightByCarriedKey { .. } | Verdict::RightByNamedKey { .. } => {
            Some(SignatureVerdict::CarriedKey)
        }
        Verdict::Wrong { .. } => Some(SignatureVerdict::Wrong),
        Verdict::NotChecked { .. } => None,
    }
}

/// A rule and what it says, to be compared and drawn.
#[derive(Clone)]
struct CheckedRow {
    rule: &'static profiles::Rule,
    verdict: profiles::Verdict,
}

impl PartialEq for CheckedRow {
    fn eq(&self, other: &Self) -> bool {
        self.rule.id == other.rule.id && self.verdict == other.verdict
    }
}

impl From<Checked> for CheckedRow {
    fn from(checked: Checked) -> Self {
        Self { rule: checked.rule, verdict: checked.verdict }
    }
}

fn lines(desk: Desk, checked: &[CheckedRow], state: State) -> Vec<AnyView> {
    checked.iter().filter(|row| row.verdict.state == state).cloned().map(|row| line(desk, row)).collect()
}

fn line(desk: Desk, row: CheckedRow) -> AnyView {
    let CheckedRow { rule, verdict } = row;
    let shown = match (verdict.state, verdict.severity) {
        (State::Pass, _) => Lamp::Ok,
        (State::Fail, severity) => lamp(severity.or(Some(Severity::Error))),
        (State::CannotKnow, _) => Lamp::Known,
        (State::NotApplicable, _) => Lamp::NotYet,
    };
    let place = StoredValue::new(verdict.place);
    let words = visible(&verdict.sentence).into_owned();
    let evidence = verdict.evidence.map(|evidence| {
        let evidence = visible(&evidence).into_owned();
        view! { " " <code class="scope evidence-value">{evidence}</code> }.into_any()
    });
    let to_do = verdict.what_to_do.map(|words| view! { " " {marked(&words)} }.into_any());
    view! {
        <Pointing desk place>
            <Finding lamp=shown title=format!("{}: {}", verdict.state.label(), rule.name) source=rule.source.to_owned()>
                {marked(&words)} {evidence} {to_do}
            </Finding>
        </Pointing>
    }
    .into_any()
}

/// The fields for what would decide. Only those that a rule asks for.
#[component]
fn Tell(told: Told, checked: Memo<Vec<CheckedRow>>) -> impl IntoView {
    let asked = Memo::new(move |_| {
        checked.with(|checked| {
            ASKED
                .into_iter()
                .filter(|input| {
                    checked.iter().any(|row| row.verdict.needs == Some(*input))
                        || told.iter().any(|(known, text)| {
                            known == input && text.with_untracked(|text| !text.is_empty())
                        })
                })
                .collect::<Vec<Input>>()
        })
    });
    move || {
        let asked = asked.get();
        if asked.is_empty() {
            return ().into_any();
        }
        let fields: Vec<AnyView> = told
            .iter()
            .enumerate()
            .filter(|(_, (input, _))| asked.contains(input))
            .map(|(at, (input, value))| {
                let label = capitalised(&input.label().replace('`', ""));
                view! { <TextField id=format!("told-{at}") label=label value=*value mono=true/> }.into_any()
            })
            .collect();
        view! {
            <div class="panel-part sunken">
                <Fold summary=text::TELL><div class="told">{fields}</div></Fold>
            </div>
        }
        .into_any()
    }
}
