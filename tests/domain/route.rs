//! Every route is printed and read back as itself, and no address makes the reader fail.

use portico::domain::route::{Route, Tab};
use proptest::prelude::*;

fn routes() -> impl Strategy<Value = Route> {
    let id = "[^\u{0}]{1,12}".prop_filter("`new` is a page of its own", |id| id != "new");
    let tab = prop_oneof![
        Just(Tab::Overview),
        Just(Tab::Registered),
        Just(Tab::Change),
        Just(Tab::Credentials),
        Just(Tab::Token),
        Just(Tab::History)
    ];
    prop_oneof![
        Just(Route::Home),
        Just(Route::Inspect),
        Just(Route::Workshop),
        Just(Route::SignedIn),
        Just(Route::Settings),
        Just(Route::AddEnvironment),
        id.clone().prop_map(|environment| Route::SelfCheck { environment }),
        Just(Route::Products { id: None }),
        id.clone().prop_map(|id| Route::Products { id: Some(id) }),
        (id, tab).prop_map(|(id, tab)| Route::Application { id, tab }),
        (prop::collection::vec("[a-zA-Z0-9.&=% é-]{1,8}", 0..4), any::<bool>())
            .prop_map(|(products, trial)| Route::NewApplication { products, trial }),
    ]
}

proptest! {
    #[test]
    fn printed_and_read_back(route in routes()) {
        prop_assert_eq!(Route::parse(&route.to_string()), route);
    }

    #[test]
    fn any_address_is_some_page(address in "\\PC*") {
        let _ = Route::parse(&address);
    }
}

#[test]
fn known_addresses() {
    for (address, route) in [
        ("/", Route::Home),
        ("", Route::Home),
        ("/applications/new", Route::new_application()),
        (
            "/applications/new?products=a,b&try=1",
            Route::NewApplication { products: vec!["a".into(), "b".into()], trial: true },
        ),
        ("/applications/x1", Route::application("x1", Tab::Overview)),
        ("/applications/x1/token", Route::application("x1", Tab::Token)),
        ("/applications/a%2Fb", Route::application("a/b", Tab::Overview)),
        ("/products/start-bp/", Route::Products { id: Some("start-bp".into()) }),
        ("/applications", Route::Unknown { path: "/applications".into() }),
        ("/applications/x1/nosuch", Route::Unknown { path: "/applications/x1/nosuch".into() }),
        ("/applications/%ff", Route::Unknown { path: "/applications/%ff".into() }),
    ] {
        assert_eq!(Route::parse(address), route, "{address}");
    }
}
