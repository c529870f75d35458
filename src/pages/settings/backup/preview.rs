//! What is in a backup, beside what is here.

use leptos::prelude::*;

use super::open::Opened;
use crate::{
    components::prelude::*,
    domain::{
        backup::{
            Contents,
            plan::{Line, Standing},
        },
        time,
    },
    state::{Session, backup, use_session, work::Work},
    text::backup as text,
};

/// The table, and the button that restores.
#[component]
pub fn Preview(
    /// What is in the file.
    contents: Contents,
    /// What would become of it.
    lines: Vec<Line>,
    /// Emptied when it is over.
    opened: RwSignal<Opened>,
    /// What was done.
    done: RwSignal<Option<String>>,
) -> impl IntoView {
    let session = use_session();
    let work = Work::new();
    let trouble = RwSignal::new(None::<String>);
    let anything = lines.iter().any(|line| line.standing.is_written());
    let homeless = backup::homeless(session, &contents, &lines);
    let made = text::made(contents.made_at, &contents.origin);
    let rows: Vec<AnyView> = lines.into_iter().map(|line| row(session, line)).collect();
    let contents = StoredValue::new(contents);
    let restore = move || {
        work.run(async move {
            let restored = backup::restore(session.vault, &contents.get_value()).await;
            match restored {
                Ok(restored) => {
                    done.try_set(Some(text::restored(restored)));
                    opened.try_set(Opened::Nothing);
                }
                Err(problem) => drop(trouble.try_set(Some(problem.to_string()))),
            }
        });
    };
    let columns = vec!["What", "Environment", "Newest entry", "Here"];
    view! {
        <div class="panel-part stack-16">
            <p class="small muted" role="status">{made}</p>
            <TableFrame>
                <Table label=text::TABLE columns>{rows}</Table>
            </TableFrame>
            {(!homeless.is_empty()).then(|| view! { <Note tone=Tone::Look>{text::homeless(&homeless)}</Note> }.into_any())}
            {(!anything).then(|| view! { <p class="small muted">{text::NOTHING_TO_DO}</p> }.into_any())}
            {move || trouble.get().map(|trouble| view! { <Note tone=Tone::Stopped role="alert">{trouble}</Note> }.into_any())}
            <div class="actions">
                {anything.then(|| view! { <Button text=text::RESTORE icon=Icon::Upload working=work.seconds() on_press=restore/> }.into_any())}
                <Button text=text::CLOSE kind=Kind::Text on_press=move || opened.set(Opened::Nothing)/>
            </div>
        </div>
    }
    .into_any()
}

fn row(session: Session, line: Line) -> AnyView {
    let lamp = match line.standing {
        Standing::New | Standing::OlderHere => Lamp::Ok,
        Standing::Same => Lamp::Known,
        Standing::NewerHere | Standing::Differs => Lamp::Warn,
    };
    let name = if line.name.is_empty() { line.id.clone() } else { line.name };
    let environment = line
        .environment
        .map(|id| session.environment_by_id(&id).map_or(id, |environment| environment.name))
        .unwrap_or_default();
    let at = line.at.map(time::date_time).unwrap_or_default();
    view! {
        <Row>
            <RowHead>{name}<div class="tiny quiet">{text::kind(line.kind)}</div></RowHead>
            <Cell label="Environment">{environment}</Cell>
            <Cell label="Newest entry">{at}</Cell>
            <Cell label="Here"><Lit lamp>{text::standing(line.standing)}</Lit></Cell>
        </Row>
    }
    .into_any()
}
