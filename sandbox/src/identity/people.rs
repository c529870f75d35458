//! Who can sign in: two partners and an administrator, so that it can be tried what one sees of the other.

/// What somebody may do at the partner portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Has applications of its own.
    Partner,
    /// Lets others' applications in.
    Administrator,
}

impl Role {
    /// The name in the `roles` claim.
    pub fn name(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Administrator => "administrator",
        }
    }

    /// A role by its name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Partner, Self::Administrator].into_iter().find(|role| role.name() == name)
    }
}

/// Somebody who can sign in.
#[derive(Debug)]
pub struct Person {
    /// The `sub` of the tokens.
    pub subject: &'static str,
    /// The address of e-mail, which is also the name at the partner portal.
    pub email: &'static str,
    /// The first name.
    pub name: &'static str,
    /// Where the person works.
    pub organization: &'static str,
    /// What the person may do.
    pub role: Role,
}

/// All of them.
pub const PEOPLE: [Person; 3] = [
    Person {
        subject: "3f1c8a52-6f0e-4b7d-9a57-0c2f7e6b1d11",
        email: "ana@northline.example",
        name: "Ana",
        organization: "Northline Treasury",
        role: Role::Partner,
    },
    Person {
        subject: "8d24e7b0-41c9-4f36-8e0a-5b9d3c7a2e22",
        email: "ben@harbour.example",
        name: "Ben",
        organization: "Harbour Payments",
        role: Role::Partner,
    },
    Person {
        subject: "c5a960f3-97d8-4e21-b3c4-1e8f6a4d0b33",
        email: "olga@bank.example",
        name: "Olga",
        organization: "North Bank, administrator",
        role: Role::Administrator,
    },
];

/// Somebody by the address of e-mail.
pub fn by_email(email: &str) -> Option<&'static Person> {
    PEOPLE.iter().find(|person| person.email.eq_ignore_ascii_case(email))
}
