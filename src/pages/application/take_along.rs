//! The credentials as files.

use leptos::prelude::*;

use super::Subject;
use crate::{
    components::prelude::*,
    domain::application::Application,
    domain::export::{self, Credentials, FORMATS, Format, Proof},
    text::application as words,
};

/// One code block with a list of formats. The secret stands in the file only when that is asked for; what was shown of
/// it goes when `hide` changes.
#[component]
pub(super) fn TakeAlong(
    subject: Subject,
    #[prop(optional, into)] hide: Signal<(bool, bool)>,
) -> impl IntoView {
    let chosen = RwSignal::new(export::USUAL.id.to_owned());
    let (included, shown) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        hide.track();
        shown.set(false);
        included.set(false);
    });
    let credentials = Memo::new(move |_| credentials(subject));
    let known = Memo::new(move |_| credentials.with(Option::is_some));
    // Libraries know the assertion as authentication; as a grant of its own each has a way of its own, or none.
    let grant = subject.application.with_untracked(Application::grants_by_assertion);
    let options: Vec<SelectOption> = FORMATS
        .iter()
        .filter(|format| !grant || !["node", "spring"].contains(&format.id))
        .map(|format| SelectOption::new(format.id, format.label))
        .collect();
    let hint = Signal::derive(move || Some(chosen.with(|id| format(id).hint.to_owned())));
    // Only a secret that is at hand, and a file that has a place for it.
    let can_include = Memo::new(move |_| {
        let format = chosen.with(|id| format(id));
        credentials.with(|known| known.as_ref().is_some_and(|known| format.takes_secret(known)))
    });
    let switch = move || {
        can_include.get().then(|| {
            view! {
                <Switch
                    id="include-secret"
                    label=words::INCLUDE_SECRET
                    checked=included
                    on_change=move |now| included.set(now)
                />
            }
        })
    };
    let block = move || {
        let format = chosen.with(|id| format(id));
        let content = move || {
            let with_secret = included.get();
            credentials
                .with(|known| known.as_ref().map(|c| format.segments(c, with_secret)).unwrap_or_default())
        };
        let name = subject.name().get_untracked();
        let view = CodeView::new(format.label, format!("{} file", format.label), Signal::derive(content))
            .file(format.file_name(&name), format.media_type);
        view! { <CodeBlock label=words::CREDENTIALS_FILE views=vec![view] secret_word="secret" shown/> }
    };
    view! {
        <section class="stack-8">
            <SectionHead title=words::TAKE_ALONG aside=words::FILES_ARE_LOCAL/>
            {move || {
                if known.get() {
                    view! {
                        <Select id="file-format" label=words::FILE_FORMAT value=chosen options=options.clone() hint/>
                        {switch}
                        {block}
                    }
                        .into_any()
                } else {
                    view! { <Loading label=words::LOOKING_UP lines=4/> }.into_any()
                }
            }}
        </section>
    }
    .into_any()
}

fn format(id: &str) -> &'static Format {
    export::format(id).unwrap_or(export::USUAL)
}

/// Everything a program needs; `None` until it is known how the backend is reached.
fn credentials(subject: Subject) -> Option<Credentials> {
    let reach = subject.reach()?;
    let environment = subject.environment()?;
    let client_secret = subject.secret();
    Some(subject.application.with(|application| Credentials {
        name: application.name().to_owned(),
        environment: environment.name.clone(),
        proof: Proof::of(application, &environment, &reach),
        issuer: reach.issuer,
        token_endpoint: reach.token_printed,
        client_id: application.client_id.clone(),
        client_secret,
        scope: application.token_scopes().join(" "),
        registered_at: application.created_at,
    }))
}
