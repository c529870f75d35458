//! What the requests are made of, and the two buttons.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use crate::{
    browser::focus,
    components::prelude::*,
    domain::{config::Environment, jose::Algorithm, route::Route},
    state::{
        Session,
        self_check::{Run, Source},
        use_session,
    },
    text::{keys, self_check as words},
};

const MADE: &str = "made";
const OWN: &str = "own";

/// What is typed.
#[derive(Clone, Copy)]
pub struct Form {
    session: Session,
    /// The name of the directory that makes software, where there is one.
    directory: StoredValue<Option<String>>,
    algorithms: StoredValue<Vec<Algorithm>>,
    source: RwSignal<String>,
    statement: RwSignal<String>,
    key: RwSignal<String>,
    kid: RwSignal<String>,
    foreign: RwSignal<String>,
    wrong: RwSignal<Option<(&'static str, &'static str)>>,
}

impl Form {
    /// Nothing typed yet.
    pub fn new(environment: &Environment) -> Self {
        let session = use_session();
        spawn_local(async move { session.keys.load().await });
        let directory = environment.software_statement.as_ref().and_then(|rules| rules.directory.as_ref());
        let directory = directory.filter(|one| one.trial.is_some()).map(|one| one.name.clone());
        let source = if directory.is_some() { MADE } else { OWN };
        let text = || RwSignal::new(String::new());
        Self {
            session,
            directory: StoredValue::new(directory),
            algorithms: StoredValue::new(environment.signed_request.algorithms.clone()),
            source: RwSignal::new(source.to_owned()),
            statement: text(),
            key: text(),
            kid: text(),
            foreign: text(),
            wrong: RwSignal::new(None),
        }
    }

    fn error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.wrong.get().filter(|(at, _)| *at == field).map(|(_, text)| text.to_owned())
        })
    }

    /// The keys that sign with what is taken here. Tracks.
    fn keys(self) -> Vec<SelectOption> {
        self.session.keys.held.with(|held| {
            held.iter()
                .filter(|key| self.algorithms.with_value(|all| all.contains(&key.signing.algorithm)))
                .map(|key| SelectOption::new(key.thumbprint(), keys::in_list(&key.public, key.kept)))
                .collect()
        })
    }

    fn read(self) -> Result<(Source, Option<String>), (&'static str, &'static str)> {
        let typed = |field: RwSignal<String>| field.with_untracked(|text| text.trim().to_owned());
        let foreign = Some(typed(self.foreign)).filter(|text| !text.is_empty());
        if self.source.with_untracked(|source| source == MADE) {
            return Ok((Source::Made, foreign));
        }
        let statement = typed(self.statement);
        if statement.is_empty() {
            return Err(("statement", words::STATEMENT_MISSING));
        }
        let chosen = typed(self.key);
        let key = self.session.keys.find(|key| key.thumbprint() == chosen);
        let key = key.filter(|_| !chosen.is_empty()).ok_or(("key", words::KEY_MISSING))?;
        let kid = Some(typed(self.kid)).filter(|kid| !kid.is_empty());
        let kid = kid.unwrap_or_else(|| key.thumbprint().to_owned());
        Ok((Source::Own { statement, key: Box::new(key), kid }, foreign))
    }
}

/// The form, and the buttons below it.
#[component]
pub fn Start(form: Form, environment: Environment, run: Run) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if run.work.is_running_untracked() {
            return;
        }
        match form.read() {
            Ok((source, foreign)) => {
                form.wrong.set(None);
                run.start(form.session, environment.clone(), source, foreign);
            }
            Err(wrong) => {
                form.wrong.set(Some(wrong));
                focus::focus_by_id(&format!("self-check-{}", wrong.0));
            }
        }
    };
    let own = Memo::new(move |_| form.source.with(|source| source == OWN));
    let again = move || if run.shown.with(Option::is_some) { words::START_AGAIN } else { words::START };
    let running = Memo::new(move |_| run.work.is_running());
    view! {
        <form class="panel-part stack-16" on:submit=submit>
            <Sources form/>
            {move || own.get().then(|| view! { <Own form/> })}
            <Fold summary=words::FOREIGN_FOLD>
                <TextArea
                    id="self-check-foreign"
                    label=words::FOREIGN
                    aside=words::OPTIONAL.to_owned()
                    value=form.foreign
                    mono=true
                    rows=3
                    hint=words::FOREIGN_HINT.to_owned()
                />
            </Fold>
            <div class="actions">
                <Button
                    text=Signal::derive(move || again().to_owned())
                    kind=Kind::Primary
                    submit=true
                    working=run.work.seconds()
                />
                {move || {
                    running
                        .get()
                        .then(|| {
                            view! {
                                <Button text=words::STOP disabled=run.stopping on_press=move || run.stop()/>
                            }
                        })
                }}
            </div>
        </form>
    }
    .into_any()
}

/// The choice between software of the directory and one's own; nothing where there is none.
#[component]
fn Sources(form: Form) -> impl IntoView {
    let card = |value: &str, title: &str, text: String| RadioCard {
        value: value.to_owned(),
        title: title.to_owned(),
        text,
        code: String::new(),
        icon: None,
    };
    form.directory.get_value().map(|directory| {
        let options = vec![
            card(MADE, words::MADE, words::made_text(&directory)),
            card(OWN, words::OWN, words::OWN_TEXT.to_owned()),
        ];
        view! { <RadioCards legend=words::SOFTWARE name="self-check-software" options value=form.source/> }
    })
}

/// Statement and key of the person.
#[component]
fn Own(form: Form) -> impl IntoView {
    let keys = Memo::new(move |_| form.keys());
    let any = Memo::new(move |_| keys.with(|keys| !keys.is_empty()));
    let options = Signal::derive(move || {
        let mut options = keys.get();
        if form.key.with(String::is_empty) {
            options.insert(0, SelectOption::new("", "None chosen"));
        }
        options
    });
    let key = move || {
        if any.get() {
            view! {
                <div class="pair">
                    <Select id="self-check-key" label=words::KEY value=form.key options error=form.error("key")/>
                    <TextField id="self-check-kid" label=words::KID value=form.kid mono=true hint=words::KID_HINT.to_owned()/>
                </div>
            }
            .into_any()
        } else {
            let actions =
                move || view! { <ButtonLink to=Route::Workshop text=words::TO_WORKSHOP size=Size::Head/> };
            view! { <Note actions>{words::NO_KEY}</Note> }.into_any()
        }
    };
    view! {
        <TextArea
            id="self-check-statement"
            label=words::STATEMENT
            value=form.statement
            mono=true
            hint=words::STATEMENT_HINT.to_owned()
            error=form.error("statement")
        />
        {key}
    }
    .into_any()
}
