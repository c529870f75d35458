//! What Identity Server must not lose in a restart, and that its password is nobody's guess when it keeps anything.

use portico_sandbox::clock::Clock;
use portico_sandbox::identity::origins::Origins;
use portico_sandbox::identity_server::{Application, Directories, IdentityServer};
use portico_sandbox::store::{Store, Taken};
use serde_json::{Value, json};

fn opened(file: &std::path::Path) -> (Store, IdentityServer) {
    let store = Store::open(file).unwrap();
    let directories = Directories { trusted: json!({}), foreign: json!({}) };
    let server =
        IdentityServer::new(store.clone(), Clock::default(), Origins::new(&[]), directories, false).unwrap();
    (store, server)
}

fn application(client_id: &str, name: &str) -> Application {
    let Value::Object(members) = json!({ "client_name": name, "scope": "accounts" }) else { panic!() };
    Application {
        client_id: client_id.to_owned(),
        client_secret: "hidden".to_owned(),
        tenant: "openbank".to_owned(),
        owner: "admin".to_owned(),
        members,
    }
}

#[test]
fn a_restart_keeps_the_password_the_key_and_the_applications() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sandbox.sqlite");
    let (store, before) = opened(&file);
    let (login, password) = before.administrator();
    assert_eq!(login, "admin@openbank");
    assert!(password.len() == 20 && password.chars().all(|c| c.is_ascii_alphanumeric()), "{password}");
    assert!(!format!("{before:?}").contains(password));
    assert_eq!(store.add_application(&application("one", "First")).unwrap(), None);
    assert!(!format!("{:?}", application("one", "First")).contains("hidden"));

    let (store, after) = opened(&file);
    assert_eq!(after.administrator().1, password);
    let kept = store.application("one").unwrap().unwrap();
    assert_eq!((kept.name(), kept.client_secret.as_str(), kept.owner.as_str()), ("First", "hidden", "admin"));
    assert_eq!(store.add_application(&application("two", "First")).unwrap(), Some(Taken::Name));
    assert_eq!(store.add_application(&application("one", "Second")).unwrap(), Some(Taken::ClientId));
    assert!(store.remove_application("one").unwrap());
    assert!(!store.remove_application("one").unwrap());
}
