//! Why something did not work: what happened, how the portal knows, what to do next, and the raw answer in a fold.

use leptos::prelude::*;

use crate::{components::prelude::*, state::Trouble};

/// A note for a trouble; draws nothing when there is none. It is announced when it appears.
#[component]
pub fn TroubleNote(
    /// What stood in the way.
    #[prop(into)]
    trouble: Signal<Option<Trouble>>,
) -> impl IntoView {
    view! {
        <div role="alert">
            {move || {
                trouble
                    .get()
                    .map(|trouble| {
                        view! {
                            <Note tone=Tone::Stopped lead=trouble.headline()>
                                {trouble.meaning()} " " {trouble.next()}
                                {trouble
                                    .raw()
                                    .map(|raw| {
                                        view! {
                                            <Fold summary="The answer as it came">
                                                <pre class="code-text" tabindex="0">{raw}</pre>
                                            </Fold>
                                        }
                                    })}
                            </Note>
                        }
                    })
            }}
        </div>
    }
}
