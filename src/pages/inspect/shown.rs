//! What a panel shows of the token. A panel is made once, and lasts while the token is typed in: what somebody opened,
//! chose or typed beside the token stays, and only what has become another thing is drawn again.

use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::inspect::Inspection;

/// What was read of the layer that is looked at, as one panel has it. Nothing while a long text is read again.
pub type Shown = RwSignal<Option<Arc<Inspection>>>;

/// Something that is said of what is shown. While that is read again it stays what it was.
pub fn kept<T>(shown: Shown, say: impl Fn(&Arc<Inspection>) -> T + Send + Sync + 'static) -> Memo<T>
where
    T: Clone + Default + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |before: Option<&T>| match shown.get() {
        Some(read) => say(&read),
        None => before.cloned().unwrap_or_default(),
    })
}
