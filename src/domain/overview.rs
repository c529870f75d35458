//! The list of applications: what a row says, in which order the rows stand, and which of them a filter leaves.

use crate::domain::{
    application::{
        Application,
        state::{Group, Standing, State},
    },
    catalogue::Product,
    config::{Environment, EnvironmentKind, Portal},
    form::Draft,
};

/// What a row stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An application that was registered.
    Application {
        /// Its ID in the portal.
        id: String,
        /// Its state and how the portal knows.
        standing: Standing,
    },
    /// The form that was begun and not sent.
    Draft,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it stands for.
    pub subject: Subject,
    /// Name of the application; may be empty for a draft.
    pub name: String,
    /// `client_id`; empty for a draft.
    pub client_id: String,
    /// Name of the environment, or its ID when `portal.json` no longer has it.
    pub environment: String,
    /// Whether that is production.
    pub production: bool,
    /// Names of the products.
    pub products: String,
    /// Everything a filter looks at, in lower case.
    searched: String,
}

/// Which groups are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// All.
    All,
    /// Those where the partner has to act.
    NeedsYou,
    /// Those where somebody else has to act.
    Waiting,
    /// Those that work.
    Active,
}

impl Shown {
    /// In the order of the choice.
    pub const ALL: [Self; 4] = [Self::All, Self::NeedsYou, Self::Waiting, Self::Active];

    /// Its value in the choice.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::NeedsYou => "needs-you",
            Self::Waiting => "waiting",
            Self::Active => "active",
        }
    }

    /// Reads a value of the choice; anything else means all.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|shown| shown.as_str() == text).unwrap_or(Self::All)
    }

    fn takes(self, line: &Line) -> bool {
        match self {
            Self::All => true,
            Self::NeedsYou => line.group() == Some(Group::NeedsYou),
            Self::Waiting => line.group() == Some(Group::Waiting),
            Self::Active => line.group() == Some(Group::Active),
        }
    }
}

impl Line {
    fn new(
        subject: Subject,
        (name, client_id): (&str, &str),
        environment: &str,
        product_ids: &[String],
        (portal, catalogue): (&Portal, &[Product]),
    ) -> Self {
        let known: Option<&Environment> = portal.environment(environment);
        let environment = known.map_or(environment, |found| found.name.as_str()).to_owned();
        let products: Vec<&str> = product_ids
            .iter()
            .map(|id| {
                catalogue
                    .iter()
                    .find(|product| product.id == *id)
                    .map_or(id.as_str(), |found| found.name.as_str())
            })
            .collect();
        let products = products.join(", ");
        Self {
            searched: format!("{name}\n{client_id}\n{products}\n{environment}").to_lowercase(),
            subject,
            name: name.to_owned(),
            client_id: client_id.to_owned(),
            production: known.is_some_and(|found| found.kind == EnvironmentKind::Production),
            environment,
            products,
        }
    }

    /// Its group; a draft has none.
    #[must_use]
    pub fn group(&self) -> Option<Group> {
        match &self.subject {
            Subject::Application { standing, .. } => Some(standing.state.group()),
            Subject::Draft => None,
        }
    }

    /// What needs the partner comes first, and what may be lost before all; what is over comes last.
    fn rank(&self) -> u8 {
        match (&self.subject, self.group()) {
            (Subject::Application { standing, .. }, _) if standing.state == State::AtRisk => 0,
            (_, Some(Group::NeedsYou)) => 1,
            (_, Some(Group::Waiting)) => 2,
            (_, Some(Group::Active)) => 3,
            (_, None) => 4,
            (_, Some(Group::Deleted)) => 5,
        }
    }

    /// Whether every word of a filter (in lower case) stands somewhere in it.
    fn has(&self, words: &[&str]) -> bool {
        words.iter().all(|word| self.searched.contains(word))
    }
}

/// All rows, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    lines: Vec<Line>,
}

/// The rows a filter leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The first of them.
    pub lines: Vec<Line>,
    /// How many there are in all.
    pub total: usize,
}

impl Overview {
    /// The rows of all applications at a time (seconds since 1970), and of the draft if there is one. Within a group
    /// the newest comes first.
    #[must_use]
    pub fn new(
        applications: &[Application],
        draft: Option<&Draft>,
        portal: &Portal,
        catalogue: &[Product],
        now: i64,
    ) -> Self {
        let registered = applications.iter().rev().map(|application| {
            let subject =
                Subject::Application { id: application.id.clone(), standing: application.standing(now) };
            let names = (application.name(), application.client_id.as_str());
            Line::new(subject, names, &application.environment, &application.products, (portal, catalogue))
        });
        let draft = draft.map(|draft| {
            let names = (draft.name.trim(), "");
            Line::new(Subject::Draft, names, &draft.environment, &draft.products, (portal, catalogue))
        });
        let mut lines: Vec<Line> = registered.chain(draft).collect();
        lines.sort_by_key(Line::rank);
        Self { lines }
    }

    /// How many rows there are of a choice, whatever the filter.
    #[must_use]
    pub fn count(&self, shown: Shown) -> usize {
        self.lines.iter().filter(|line| shown.takes(line)).count()
    }

    /// The rows in which every word of the filter stands, at most so many of them.
    #[must_use]
    pub fn find(&self, filter: &str, shown: Shown, at_most: usize) -> Found {
        let filter = filter.to_lowercase();
        let words: Vec<&str> = filter.split_whitespace().collect();
        let mut found = Found { lines: Vec::new(), total: 0 };
        for line in self.lines.iter().filter(|line| shown.takes(line) && line.has(&words)) {
            if found.total < at_most {
                found.lines.push(line.clone());
            }
            found.total += 1;
        }
        found
    }
}

/// An identifier as a list shows it: shortened in the middle when it is long, `1d4fa4dc…2719`.
#[must_use]
pub fn short_id(id: &str) -> String {
    let length = id.chars().count();
    if length <= 16 {
        return id.to_owned();
    }
    let start: String = id.chars().take(8).collect();
    let end: String = id.chars().skip(length - 4).collect();
    format!("{start}…{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        application::history::{Entry, Outcome, Step},
        catalogue, config,
        registration::{ClientMetadata, Registration},
    };

    const PORTAL: &str = r#"{"version":1,"environments":[
        {"id":"sandbox","name":"Sandbox","kind":"sandbox","dialect":"keycloak","issuer":"/realms/sandbox"},
        {"id":"prod","name":"Production","kind":"production","dialect":"keycloak","issuer":"https://id.example/realms/r"}]}"#;
    const CATALOGUE: &str = r#"{"version":1,"products":[{"id":"balances","name":"Balances","summary":"s","scopes":[],"calls":[]}]}"#;

    fn application(id: &str, name: &str, environment: &str, outcome: Outcome) -> Application {
        let registration =
            Registration { client_id: format!("{id}-client-identifier"), ..Registration::default() };
        let asked = ClientMetadata { client_name: name.to_owned(), ..ClientMetadata::default() };
        let mut made =
            Application::new(id.to_owned(), environment, &["balances".to_owned()], asked, &registration, 100);
        made.history.push(Entry::new(100, Step::Token, outcome, ""));
        made
    }

    fn overview() -> Overview {
        let done = || Outcome::Done { status: 200, elapsed_ms: 5 };
        let refused = |status| Outcome::Refused { status, error: None };
        let applications = [
            application("a", "gateway-client", "sandbox", done()),
            application("b", "treasury-desk", "prod", refused(401)),
            application("c", "Журнал", "prod", refused(400)),
            application("d", "gone", "lost", done()),
        ];
        let draft = Draft {
            name: "fx-desk-widget".to_owned(),
            environment: "sandbox".to_owned(),
            ..Draft::default()
        };
        let portal = config::read(PORTAL).unwrap();
        let catalogue = catalogue::read(CATALOGUE).unwrap();
        Overview::new(&applications, Some(&draft), &portal, &catalogue, 200)
    }

    fn names(found: &Found) -> Vec<&str> {
        found.lines.iter().map(|line| line.name.as_str()).collect()
    }

    #[test]
    fn what_needs_you_comes_first_and_the_draft_after_what_works() {
        let all = overview().find("", Shown::All, 100);
        assert_eq!(names(&all), ["Журнал", "treasury-desk", "gone", "gateway-client", "fx-desk-widget"]);
        let counts = Shown::ALL.map(|shown| overview().count(shown));
        assert_eq!(counts, [5, 1, 1, 2]);
    }

    #[test]
    fn a_filter_looks_at_name_client_id_product_and_environment() {
        let find = |filter: &str| overview().find(filter, Shown::All, 100);
        assert_eq!(names(&find("GATEWAY")), ["gateway-client"]);
        assert_eq!(names(&find("журнал")), ["Журнал"]);
        assert_eq!(names(&find("b-client-ident")), ["treasury-desk"]);
        assert_eq!(names(&find("  production   balances ")), ["Журнал", "treasury-desk"]);
        assert_eq!(names(&find("lost")), ["gone"]);
        assert_eq!(find("nothing like it").total, 0);
    }

    #[test]
    fn a_page_is_cut_and_the_total_is_told() {
        let found = overview().find("", Shown::All, 2);
        assert_eq!((found.lines.len(), found.total), (2, 5));
        assert_eq!(names(&overview().find("desk", Shown::Waiting, 9)), ["treasury-desk"]);
    }

    #[test]
    fn long_identifiers_are_shortened_in_the_middle() {
        assert_eq!(short_id("1d4fa4dc-7883-4964-b9a1-2c29849f2719"), "1d4fa4dc…2719");
        assert_eq!(short_id("gateway-client"), "gateway-client");
        assert_eq!(short_id("ааааааааббббббббвввв"), "аааааааа…вввв");
    }
}
