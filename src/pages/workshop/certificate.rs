//! A certification request, or a certificate that its own key signs.

use std::collections::HashMap;

use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    browser::workshop::Problem,
    components::prelude::*,
    domain::{
        certificate::{Attribute, Preset, ROLES},
        export::file_stem,
    },
    pages::keys::Bench,
    state::{
        certificate::{self as maker, Asked, Made},
        work::Work,
    },
    text::workshop as words,
};

use super::signed::MadeOut;

/// What is typed, for every preset: going from one to another loses nothing.
#[derive(Clone, Copy)]
struct Form {
    bench: Bench,
    kind: RwSignal<String>,
    preset: RwSignal<String>,
    subject: StoredValue<HashMap<&'static str, RwSignal<String>>>,
    names: RwSignal<String>,
    days: RwSignal<String>,
    roles: RwSignal<Vec<String>>,
    authority: RwSignal<String>,
    authority_id: RwSignal<String>,
    problem: RwSignal<Option<Problem>>,
    made: RwSignal<Option<Made>>,
    work: Work,
}

const SELF_SIGNED: &str = "self-signed";

impl Form {
    fn new(bench: Bench) -> Self {
        let text = |initial: &str| RwSignal::new(initial.to_owned());
        let shorts =
            Preset::ALL.iter().flat_map(|preset| preset.attributes()).map(|attribute| attribute.short);
        Self {
            bench,
            kind: text("request"),
            preset: text(Preset::Plain.as_str()),
            subject: StoredValue::new(shorts.map(|short| (short, RwSignal::new(String::new()))).collect()),
            names: text(""),
            days: text("365"),
            roles: RwSignal::new(Vec::new()),
            authority: text(""),
            authority_id: text(""),
            problem: RwSignal::new(None),
            made: RwSignal::new(None),
            work: Work::new(),
        }
    }

    fn preset(self) -> Preset {
        self.preset.with(|name| Preset::parse(name))
    }

    fn is_self_signed(self) -> bool {
        self.kind.with(|kind| kind == SELF_SIGNED)
    }

    fn attribute(self, short: &'static str) -> RwSignal<String> {
        self.subject.with_value(|all| all.get(short).copied()).unwrap_or_else(|| RwSignal::new(String::new()))
    }

    fn asked(self) -> Result<Asked, Problem> {
        let preset = self.preset();
        let value = |attribute: &Attribute| match attribute.fixed {
            "" => self.attribute(attribute.short).get(),
            fixed => fixed.to_owned(),
        };
        let days = match (self.is_self_signed(), self.days.get().trim().parse::<u32>()) {
            (false, _) => None,
            (true, Ok(days)) => Some(days),
            (true, Err(_)) => {
                return Err(Problem { field: "days".to_owned(), text: words::DAYS_WRONG.to_owned() });
            }
        };
        Ok(Asked {
            preset,
            subject: preset.attributes().iter().rev().map(|one| (one.short.to_owned(), value(one))).collect(),
            names: self.names.get(),
            days,
            roles: self.roles.get(),
            authority: self.authority.get(),
            authority_id: self.authority_id.get(),
        })
    }

    fn make(self) {
        let (asked, key) = untrack(move || (self.asked(), self.bench.key()));
        let wrong = |text: &str| Problem { field: String::new(), text: text.to_owned() };
        let (asked, key) = match (asked, key) {
            (Err(problem), _) => return self.problem.set(Some(problem)),
            (_, None) => return self.problem.set(Some(wrong(words::NO_KEY))),
            (Ok(asked), Some(key)) => (asked, key),
        };
        self.problem.set(None);
        self.work.run(async move {
            match maker::make(&asked, &key).await {
                Ok(made) => drop(self.made.try_set(Some(made))),
                Err(problem) => drop(self.problem.try_set(Some(problem))),
            }
        });
    }

    /// What is wrong at a field.
    fn error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.problem.with(|problem| {
                problem.as_ref().filter(|problem| problem.field == field).map(|problem| problem.text.clone())
            })
        })
    }
}

/// The panel.
#[component]
pub fn CertificatePanel(
    /// Where the key lies.
    bench: Bench,
    /// What saved files are called.
    file: RwSignal<String>,
) -> impl IntoView {
    let form = Form::new(bench);
    let name = form.attribute("CN");
    Effect::new(move |_| {
        let stem = name.with(|name| if name.trim().is_empty() { "key".to_owned() } else { file_stem(name) });
        file.set(stem);
    });
    let forms = vec![
        SegmentedOption::new("request", words::REQUEST),
        SegmentedOption::new(SELF_SIGNED, words::SELF_SIGNED),
    ];
    view! {
        <section class="panel bench-panel" aria-label=words::CERTIFICATE>
            <div class="panel-head">
                <div class="panel-title"><h2>{words::CERTIFICATE}</h2></div>
                <Segmented legend=words::FORM name="certificate-form" options=forms value=form.kind/>
            </div>
            <div class="bench">
                <Input form/>
                <div class="bench-out">
                    {move || match form.made.get() {
                        None => view! { <Empty title=words::NO_CERTIFICATE text=words::NO_CERTIFICATE_TEXT.to_owned()/> }.into_any(),
                        Some(made) => view! { <MadeOut bench made file/> }.into_any(),
                    }}
                </div>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Input(form: Form) -> impl IntoView {
    let presets: Vec<SelectOption> =
        Preset::ALL.into_iter().map(|preset| SelectOption::new(preset.as_str(), preset.words())).collect();
    let preset = Memo::new(move |_| form.preset());
    let whole = form.error("");
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.make();
    };
    let uses = move || {
        let preset = preset.get();
        let all: Vec<&str> = preset.usages().iter().chain(preset.purposes()).copied().collect();
        all.join(", ")
    };
    view! {
        <form class="bench-in stack-16" on:submit=submit>
            <Select id="certificate-preset" label=words::PRESET value=form.preset options=presets/>
            {move || preset.get().attributes().iter().map(|attribute| field(form, *attribute)).collect::<Vec<_>>()}
            <TextArea id="certificate-names" label=words::NAMES value=form.names rows=2 mono=true hint=words::NAMES_HINT.to_owned() error=form.error("names")/>
            {move || preset.get().is_qualified().then(|| qualified(form))}
            {move || {
                form.is_self_signed()
                    .then(|| view! { <TextField id="certificate-days" label=words::DAYS value=form.days hint=words::DAYS_HINT.to_owned() error=form.error("days")/> })
            }}
            <Facts><Fact label=words::USAGES>{uses}</Fact></Facts>
            {move || whole.get().map(|text| view! { <Note tone=Tone::Stopped role="alert">{text}</Note> })}
            <div class="actions">
                <Button
                    text=Signal::derive(move || if form.is_self_signed() { words::MAKE_CERTIFICATE } else { words::MAKE_REQUEST }.to_owned())
                    icon=Icon::Certificate
                    submit=true
                    working=form.work.seconds()
                />
            </div>
        </form>
    }
    .into_any()
}

fn field(form: Form, attribute: Attribute) -> AnyView {
    let id = format!("certificate-{}", attribute.short);
    if !attribute.fixed.is_empty() {
        let value = RwSignal::new(attribute.fixed.to_owned());
        return view! { <TextField id label=attribute.label value read_only=true/> }.into_any();
    }
    let value = form.attribute(attribute.short);
    view! {
        <TextField id label=attribute.label value hint=attribute.hint.to_owned() error=form.error(attribute.short)/>
    }
    .into_any()
}

/// What an eIDAS certificate states beside the subject.
fn qualified(form: Form) -> AnyView {
    let wrong = form.error("roles");
    let role = move |(short, words): (&'static str, &'static str)| {
        let checked =
            RwSignal::new(form.roles.with_untracked(|roles| roles.iter().any(|role| role == short)));
        let change = move |on: bool| {
            form.roles.update(|roles| {
                roles.retain(|role| role != short);
                if on {
                    roles.push(short.to_owned());
                }
            });
        };
        view! { <Check id=format!("role-{short}") label=format!("{words} ({short})") checked on_change=change/> }.into_any()
    };
    view! {
        <fieldset class="stack-8">
            <legend>{words::ROLES}</legend>
            {ROLES.into_iter().map(role).collect::<Vec<_>>()}
            {move || wrong.get().map(|text| view! { <Note tone=Tone::Stopped>{text}</Note> })}
        </fieldset>
        <TextField id="certificate-authority" label=words::AUTHORITY value=form.authority error=form.error("authority")/>
        <TextField id="certificate-authority-id" label=words::AUTHORITY_ID value=form.authority_id hint=words::AUTHORITY_ID_HINT.to_owned() error=form.error("authority_id")/>
    }
    .into_any()
}
