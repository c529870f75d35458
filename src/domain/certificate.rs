//! What is asked for in a certificate: presets of ecosystems, names, uses. The encoding is made elsewhere.

/// What an ecosystem wants in a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Nothing special.
    Plain,
    /// Transport certificate of the UK Open Banking directory.
    UkTransport,
    /// Signing certificate of the UK Open Banking directory.
    UkSigning,
    /// Qualified seal under eIDAS for PSD2 (ETSI TS 119 495).
    Seal,
    /// Qualified web site certificate under eIDAS for PSD2 (ETSI TS 119 495).
    Website,
}

/// One attribute of a subject as a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Short name: `CN`.
    pub short: &'static str,
    /// Label of the field.
    pub label: &'static str,
    /// What belongs there.
    pub hint: &'static str,
    /// What it always is; empty when the partner decides.
    pub fixed: &'static str,
}

const fn attribute(short: &'static str, label: &'static str, hint: &'static str) -> Attribute {
    Attribute { short, label, hint, fixed: "" }
}

const COUNTRY: Attribute = attribute("C", "Country (C)", "Two capital letters, for example CA");
const ORGANISATION: Attribute = attribute("O", "Organisation (O)", "The legal name");
const NAME: Attribute = attribute("CN", "Common name (CN)", "Usually the name of the application");
const IDENTIFIER: Attribute = attribute(
    "organizationIdentifier",
    "Organisation identifier",
    "PSD, country, authority, number: PSDGB-FCA-123456",
);

const PLAIN: [Attribute; 3] = [NAME, ORGANISATION, COUNTRY];
const UK: [Attribute; 4] = [
    attribute("CN", "Software statement ID (CN)", "From the directory, 22 characters"),
    attribute("OU", "Organisation ID (OU)", "From the directory, 18 characters"),
    Attribute { fixed: "OpenBanking", ..ORGANISATION },
    Attribute { fixed: "GB", ..COUNTRY },
];
const EIDAS: [Attribute; 4] = [NAME, IDENTIFIER, ORGANISATION, COUNTRY];

impl Preset {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Plain, Self::UkTransport, Self::UkSigning, Self::Seal, Self::Website];

    /// Its name in a list of choices.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::UkTransport => "uk-transport",
            Self::UkSigning => "uk-signing",
            Self::Seal => "qseal",
            Self::Website => "qwac",
        }
    }

    /// By its name.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        Self::ALL.into_iter().find(|preset| preset.as_str() == name).unwrap_or(Self::Plain)
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Plain => "Plain: CN, O, C",
            Self::UkTransport => "UK Open Banking, transport",
            Self::UkSigning => "UK Open Banking, signing",
            Self::Seal => "eIDAS seal for PSD2 (QSEAL)",
            Self::Website => "eIDAS web site for PSD2 (QWAC)",
        }
    }

    /// The fields of the subject, in the order of the page. In the file they stand the other way round, the country
    /// first, as authorities write it.
    #[must_use]
    pub fn attributes(self) -> &'static [Attribute] {
        match self {
            Self::Plain => &PLAIN,
            Self::UkTransport | Self::UkSigning => &UK,
            Self::Seal | Self::Website => &EIDAS,
        }
    }

    /// What the key may do (RFC 5280, 4.2.1.3).
    #[must_use]
    pub fn usages(self) -> &'static [&'static str] {
        match self {
            Self::Plain | Self::UkTransport | Self::Website => &["digitalSignature"],
            Self::UkSigning => &["digitalSignature", "nonRepudiation"],
            Self::Seal => &["nonRepudiation"],
        }
    }

    /// What for (RFC 5280, 4.2.1.12).
    #[must_use]
    pub fn purposes(self) -> &'static [&'static str] {
        match self {
            Self::UkTransport | Self::Website => &["clientAuth", "serverAuth"],
            Self::Plain => &["clientAuth"],
            Self::UkSigning | Self::Seal => &[],
        }
    }

    /// Whether it states roles and an authority.
    #[must_use]
    pub fn is_qualified(self) -> bool {
        matches!(self, Self::Seal | Self::Website)
    }
}

/// Roles of a payment service provider (ETSI TS 119 495, 5.1) with what they are.
pub const ROLES: [(&str, &str); 4] = [
    ("PSP_AI", "Account information"),
    ("PSP_PI", "Payment initiation"),
    ("PSP_AS", "Account servicing"),
    ("PSP_IC", "Issuing of card-based instruments"),
];

/// Alternative names as typed, one a line or with commas, each with its kind: `dns`, `ip`, `uri` or `email`.
#[must_use]
pub fn names(typed: &str) -> Vec<(&'static str, String)> {
    typed
        .split(['\n', ',', ' '])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| (kind(name), name.to_owned()))
        .collect()
}

fn kind(name: &str) -> &'static str {
    let is_v4 = name.contains('.') && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_v6 =
        name.matches(':').count() > 1 && name.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':');
    if is_v4 || is_v6 {
        "ip"
    } else if name.contains(':') {
        "uri"
    } else if name.contains('@') {
        "email"
    } else {
        "dns"
    }
}

/// How long before its end a certificate is pointed out, in seconds.
const SOON: i64 = 30 * 86_400;

/// Where in its life a certificate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It begins later.
    NotYet,
    /// It is good.
    Good,
    /// It ends within thirty days.
    EndsSoon,
    /// It has ended.
    Expired,
}

/// Where in its life something is that begins and ends, all in seconds since 1970.
#[must_use]
pub fn stage(not_before: i64, not_after: i64, now: i64) -> Stage {
    match now {
        now if now < not_before => Stage::NotYet,
        now if now > not_after => Stage::Expired,
        now if now > not_after - SOON => Stage::EndsSoon,
        _ => Stage::Good,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_of_which_kind_it_is() {
        let typed = "api.northline.example, 192.0.2.10\n2001:db8::1 urn:northline ops@northline.example\n\n";
        let kinds: Vec<&str> = names(typed).iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, ["dns", "ip", "ip", "uri", "email"]);
        assert!(names(" \n,").is_empty());
    }

    #[test]
    fn a_certificate_has_four_stages() {
        let day = 86_400;
        for (now, wanted) in [
            (-1, Stage::NotYet),
            (0, Stage::Good),
            (69 * day, Stage::Good),
            (71 * day, Stage::EndsSoon),
            (101 * day, Stage::Expired),
        ] {
            assert_eq!(stage(0, 100 * day, now), wanted, "{now}");
        }
    }

    #[test]
    fn every_preset_can_be_chosen() {
        for preset in Preset::ALL {
            assert_eq!(Preset::parse(preset.as_str()), preset);
            assert!(preset.attributes().iter().any(|attribute| attribute.short == "CN"));
        }
    }
}
