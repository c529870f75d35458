//! The scenarios, as data: those of the OBIE conformance tool for dynamic client registration (`DCR-…`; there is no
//! DCR-006), and what it does not look at (`P-…`).

use super::{
    change::Change,
    scenario::{Act, Call, Expect, Scenario, Shown, Who},
};
use crate::domain::registration::Operation::{Delete, Read, Update};
use Who::{First, Second};

const fn prepare(call: Call) -> Act {
    let expect = match call {
        Call::Token(_) => Expect::Token,
        _ => Expect::Success,
    };
    Act { call, expect, prepares: true }
}

const fn check(call: Call, expect: Expect) -> Act {
    Act { call, expect, prepares: false }
}

const fn register(who: Who) -> Act {
    prepare(Call::Register(who, Change::None))
}

const fn token(who: Who) -> Act {
    prepare(Call::Token(who))
}

const DELETE: Act = prepare(Call::Delete(First));
const REFUSED: Expect = Expect::Status(400);
const UNAUTHORIZED: Expect = Expect::Status(401);
const RETRIEVE: Call = Call::Retrieve(First, Shown::Own);

/// A request with one thing wrong in it, to be refused with 400.
macro_rules! refused {
    ($id:literal, $case:literal, $title:literal, $change:expr, $asks:literal, $source:literal) => {
        Scenario {
            id: $id,
            case: $case,
            title: $title,
            asks: $asks,
            source: $source,
            needs: &[],
            acts: &[check(Call::Register(First, $change), REFUSED)],
        }
    };
}

/// Every row, in the order in which they run.
pub static SCENARIOS: &[Scenario] = &[
    Scenario {
        id: "DCR-001",
        case: "",
        title: "Discovery names a registration endpoint",
        asks: "`registration_endpoint` is an https address.",
        source: "OpenID Connect Discovery 1.0, 3",
        needs: &[],
        acts: &[check(Call::Discover, Expect::Endpoint)],
    },
    Scenario {
        id: "DCR-002",
        case: "",
        title: "Register, get a token, delete",
        asks: "Registering answers 201, the token endpoint 200, deleting 204.",
        source: "RFC 7591, 3.2.1; RFC 7592, 2.3; Open Banking DCR 3.3",
        needs: &[],
        acts: &[
            check(Call::Register(First, Change::None), Expect::Created),
            check(Call::Token(First), Expect::Token),
            check(Call::Delete(First), Expect::Status(204)),
        ],
    },
    Scenario {
        id: "DCR-003",
        case: "",
        title: "Delete, then retrieve",
        asks: "A client that was deleted is unknown: 401.",
        source: "RFC 7592, 2.3; Open Banking DCR 3.3, Delete",
        needs: &[Delete, Read],
        acts: &[register(First), token(First), DELETE, check(RETRIEVE, UNAUTHORIZED)],
    },
    refused!(
        "DCR-004",
        "expired",
        "Register with a request that has expired",
        Change::Expired,
        "A request whose `exp` has passed is refused with 400.",
        "RFC 7519, 4.1.4; Open Banking DCR 3.3"
    ),
    refused!(
        "DCR-004",
        "unknown issuer",
        "Register with an issuer that nobody knows",
        Change::Issuer("unknown.example"),
        "`iss` is the `software_id` of the statement; another one is refused with 400.",
        "Open Banking DCR 3.3, data dictionary"
    ),
    refused!(
        "DCR-004",
        "empty issuer",
        "Register with an empty issuer",
        Change::Issuer(""),
        "An empty `iss` is refused with 400.",
        "Open Banking DCR 3.3, data dictionary"
    ),
    refused!(
        "DCR-004",
        "long issuer",
        "Register with an issuer of 30 characters",
        Change::Issuer("123456789012345678901234567890"),
        "`iss` has at most 22 characters; a longer one is refused with 400.",
        "Open Banking DCR 3.3, data dictionary"
    ),
    refused!(
        "DCR-004",
        "method",
        "Register with a signing algorithm where a method belongs",
        Change::Method("RS256"),
        "`token_endpoint_auth_method` is a method; `RS256` is refused with 400.",
        "RFC 7591, 2; Open Banking DCR 3.3, data dictionary"
    ),
    Scenario {
        id: "DCR-005",
        case: "",
        title: "Register, get a token, retrieve",
        asks: "Retrieving answers 200 with the whole registration.",
        source: "RFC 7592, 2.1; Open Banking DCR 3.3, Retrieve",
        needs: &[Read],
        acts: &[register(First), token(First), check(RETRIEVE, Expect::Registration)],
    },
    Scenario {
        id: "DCR-007",
        case: "",
        title: "Retrieve with a wrong token",
        asks: "A token that nobody gave out is refused with 401.",
        source: "RFC 6750, 3.1; RFC 7592, 2.1",
        needs: &[Read],
        acts: &[register(First), check(Call::Retrieve(First, Shown::MadeUp), UNAUTHORIZED)],
    },
    Scenario {
        id: "DCR-008",
        case: "",
        title: "Register, get a token, update",
        asks: "Updating with all claims answers 200.",
        source: "RFC 7592, 2.2; Open Banking DCR 3.3, Update",
        needs: &[Update],
        acts: &[register(First), token(First), check(Call::Update(First), Expect::Status(200))],
    },
    Scenario {
        id: "DCR-009",
        case: "",
        title: "Update a client that was deleted",
        asks: "A client that was deleted is unknown: 401.",
        source: "RFC 7592, 2.2; Open Banking DCR 3.3, Update",
        needs: &[Delete, Update],
        acts: &[register(First), token(First), DELETE, check(Call::Update(First), UNAUTHORIZED)],
    },
    Scenario {
        id: "DCR-010",
        case: "",
        title: "Retrieve a client that was deleted",
        asks: "A client that was deleted is unknown: 401.",
        source: "RFC 7592, 2.1; Open Banking DCR 3.3, Retrieve",
        needs: &[Delete, Read],
        acts: &[register(First), token(First), DELETE, check(RETRIEVE, UNAUTHORIZED)],
    },
    refused!(
        "DCR-011",
        "",
        "Register with response types that are not offered",
        Change::ResponseTypes(&["id_token", "token"]),
        "`response_types` of `id_token` and `token` are refused with 400.",
        "RFC 7591, 3.2.2; Open Banking DCR 3.3, data dictionary"
    ),
    refused!(
        "P-01",
        "",
        "Register with a changed signature",
        Change::Signature,
        "A request whose signature does not fit is refused with 400.",
        "RFC 7515, 5.2; RFC 7591, 3.2.2"
    ),
    Scenario {
        id: "P-02",
        case: "",
        title: "Register with a `jti` that was used before",
        asks: "A `jti` is good for one request; the second one is refused with 400.",
        source: "RFC 7519, 4.1.7; Open Banking DCR 3.3, data dictionary",
        needs: &[],
        acts: &[
            register(First),
            token(First),
            DELETE,
            check(Call::Register(Second, Change::ReplayedId), REFUSED),
        ],
    },
    refused!(
        "P-03",
        "",
        "Register with a statement of another directory",
        Change::ForeignStatement,
        "A statement that no trusted directory signed is refused with 400.",
        "RFC 7591, 2.3 and 3.2.2"
    ),
    refused!(
        "P-04",
        "",
        "Register with a redirect URI that is not in the statement",
        Change::ForeignRedirect("https://not-in-the-statement.example/callback"),
        "`redirect_uris` are all in the statement; another one is refused with 400.",
        "Open Banking DCR 3.3, data dictionary; RFC 7591, 3.2.2"
    ),
    Scenario {
        id: "P-05",
        case: "",
        title: "Retrieve with the token of another client",
        asks: "A token is bound to its client; for another one it is refused with 401.",
        source: "RFC 7592, 2.1; Open Banking DCR 3.3, Retrieve",
        needs: &[Read],
        acts: &[
            register(First),
            token(First),
            register(Second),
            check(Call::Retrieve(Second, Shown::Of(First)), UNAUTHORIZED),
        ],
    },
];
