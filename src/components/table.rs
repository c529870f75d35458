//! Tables that become stacks of rows on a narrow screen. Roles are written out, because a browser forgets them
//! when the display of a table is changed.

use leptos::prelude::*;

/// A table with its heads.
#[component]
pub fn Table(
    /// What it lists, for assistive technology.
    #[prop(into)]
    label: Signal<String>,
    /// The heads, in order.
    columns: Vec<&'static str>,
    /// `stack`, `compare`, `claims`, `apps`, `lined`; several with spaces between them.
    #[prop(default = "stack")]
    class: &'static str,
    /// [`Row`]s.
    children: Children,
) -> impl IntoView {
    let last = columns.len().saturating_sub(1);
    let ends = class.contains("apps");
    let head = |(index, column): (usize, &'static str)| {
        let class = if ends && index == last { "end" } else { "" };
        view! { <th scope="col" role="columnheader" class=class>{column}</th> }.into_any()
    };
    let heads: Vec<AnyView> = columns.into_iter().enumerate().map(head).collect();
    view! {
        <table class=format!("table {class}") role="table" aria-label=move || label.get()>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup">{children()}</tbody>
        </table>
    }
    .into_any()
}

/// A row of a table.
#[component]
pub fn Row(
    /// `deciding` tints it; `header-part` colours the name as a part of the header of a token.
    #[prop(optional, into)]
    class: Signal<String>,
    /// [`Cell`]s.
    children: Children,
) -> impl IntoView {
    view! { <tr role="row" class=move || class.get()>{children()}</tr> }.into_any()
}

/// A cell.
#[component]
pub fn Cell(
    /// The head of its column, shown beside the value when the rows are stacked. Leave it out where the value
    /// speaks for itself.
    #[prop(optional)]
    label: &'static str,
    /// `value` and `name` are monospaced; `end` aligns to the end.
    #[prop(optional)]
    class: &'static str,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! { <td role="cell" class=class data-label=(!label.is_empty()).then_some(label)>{children()}</td> }
        .into_any()
}

/// The cell that names its row.
#[component]
pub fn RowHead(
    /// `name` is monospaced.
    #[prop(optional)]
    class: &'static str,
    /// The name.
    children: Children,
) -> impl IntoView {
    view! { <th scope="row" role="rowheader" class=class>{children()}</th> }.into_any()
}

/// A row that names the rows below it: "Header", "Payload, in the order it was written".
#[component]
pub fn GroupRow(
    /// How many columns the table has.
    columns: u8,
    /// The name.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <tr role="row" class="group"><th role="rowheader" colspan=columns.to_string()>{text}</th></tr> }
        .into_any()
}

/// The frame of a table that stands outside a panel.
#[component]
pub fn TableFrame(
    /// A [`Table`].
    children: Children,
) -> impl IntoView {
    view! { <div class="table-frame">{children()}</div> }.into_any()
}
