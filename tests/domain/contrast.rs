//! The contrast of the colours, recomputed from the style sheet (WCAG 2.2, 1.4.3 and 1.4.11).
//!
//! `style/tokens.css` is read as it is: `light-dark(oklch(…), oklch(…))` with `var()`, `calc()` and `min()` inside.

use std::collections::BTreeMap;

const SHEET: &str = include_str!("../../style/tokens.css");

/// `(text, ground, at least in the light theme, at least in the dark theme)`.
const PAIRS: &[(&str, &str, f64, f64)] = &[
    ("text", "surface", 16.5, 14.9),
    ("text-2", "surface", 8.6, 9.5),
    ("text-2", "hover", 7.5, 8.6),
    ("text-2", "ok-soft", 7.6, 7.6),
    ("text-2", "warn-soft", 7.6, 7.6),
    ("text-2", "bad-soft", 7.6, 7.6),
    ("text-2", "info-soft", 7.6, 7.6),
    ("text-3", "surface", 5.9, 6.7),
    ("text-3", "hover", 5.1, 5.5),
    ("text-3", "accent-soft", 5.1, 5.5),
    ("text-3", "rail", 5.1, 5.5),
    ("text-3", "sunken", 5.1, 5.5),
    ("accent", "surface", 6.6, 9.8),
    ("accent", "accent-soft", 6.0, 8.5),
    ("accent", "rail", 4.5, 4.5),
    ("accent", "bg", 4.5, 4.5),
    ("on-accent", "accent", 6.6, 10.3),
    ("on-accent", "accent-hover", 6.6, 10.3),
    ("ok", "ok-soft", 6.3, 8.4),
    ("warn", "warn-soft", 6.0, 8.5),
    ("bad", "bad-soft", 6.0, 6.8),
    ("info", "info-soft", 6.2, 7.5),
    ("ok", "surface", 4.5, 4.5),
    ("warn", "surface", 4.5, 4.5),
    ("bad", "surface", 4.5, 4.5),
    ("jwt-header", "sunken", 6.1, 10.1),
    ("jwt-payload", "sunken", 6.1, 10.1),
    ("jwt-signature", "sunken", 6.1, 10.1),
    ("control", "surface", 3.3, 3.7),
    ("control", "sunken", 3.0, 4.1),
];

const LAMPS: [&str; 4] = ["ok-lamp", "warn-lamp", "bad-lamp", "info-lamp"];
/// Where lamps stand; each also stands on its own tint.
const LAMP_GROUNDS: [&str; 5] = ["bg", "surface", "sunken", "rail", "hover"];

#[derive(Clone, Copy)]
enum Theme {
    Light,
    Dark,
}

struct Sheet(BTreeMap<String, String>);

impl Sheet {
    /// The custom properties of the first `:root` block, some replaced.
    fn read(replaced: &[(&str, f64)]) -> Self {
        let start = SHEET.find(":root {").expect("a :root block") + ":root {".len();
        let end = start + SHEET[start..].find("[data-theme").expect("the end of the block");
        let block = without_comments(&SHEET[start..end]);
        let mut properties: BTreeMap<String, String> = block
            .split(';')
            .filter_map(|declaration| declaration.split_once(':'))
            .filter_map(|(name, value)| {
                let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
                Some((name.trim().strip_prefix("--")?.to_owned(), value))
            })
            .collect();
        for (name, value) in replaced {
            assert!(
                properties.insert((*name).to_owned(), value.to_string()).is_some(),
                "no --{name} in the sheet"
            );
        }
        Self(properties)
    }

    /// Relative luminance of a colour (WCAG 2.2).
    fn luminance(&self, name: &str, theme: Theme) -> f64 {
        let value = self.0.get(name).unwrap_or_else(|| panic!("no --{name} in the sheet"));
        let both =
            inside(value, "light-dark(").unwrap_or_else(|| panic!("--{name} is no light-dark(): {value}"));
        let sides = arguments(both, ',');
        let side = sides[match theme {
            Theme::Light => 0,
            Theme::Dark => 1,
        }];
        let parts = arguments(inside(side, "oklch(").unwrap_or_else(|| panic!("--{name}: {side}")), ' ');
        let [lightness, chroma, hue] = [0, 1, 2].map(|index| self.number(parts[index]));
        luminance(lightness, chroma, hue)
    }

    /// A number, `var()`, `calc(a * b)`, `calc(a - b)` or `min(a, b)`.
    fn number(&self, expression: &str) -> f64 {
        let expression = expression.trim();
        if let Some(name) = inside(expression, "var(--") {
            return self.number(self.0.get(name).unwrap_or_else(|| panic!("no --{name}")));
        }
        if let Some(list) = inside(expression, "min(") {
            return arguments(list, ',')
                .into_iter()
                .map(|one| self.number(one))
                .fold(f64::INFINITY, f64::min);
        }
        if let Some(sum) = inside(expression, "calc(") {
            let words = arguments(sum, ' ');
            let (left, right) = (self.number(words[0]), self.number(words[2]));
            return match words[1] {
                "*" => left * right,
                "-" => left - right,
                other => panic!("calc with {other}"),
            };
        }
        expression.parse().unwrap_or_else(|_| panic!("not a number: {expression}"))
    }

    fn contrast(&self, one: &str, other: &str, theme: Theme) -> f64 {
        let (a, b) = (self.luminance(one, theme), self.luminance(other, theme));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// What is below its measure, in words.
    fn below(&self, one: &str, other: &str, light: f64, dark: f64) -> Vec<String> {
        [(Theme::Light, "light", light), (Theme::Dark, "dark", dark)]
            .into_iter()
            .filter_map(|(theme, name, least)| {
                let seen = self.contrast(one, other, theme);
                (seen < least).then(|| format!("{one} on {other}, {name}: {seen:.2}, wanted {least}"))
            })
            .collect()
    }
}

fn without_comments(text: &str) -> String {
    text.split("/*").enumerate().fold(String::new(), |out, (index, part)| {
        let kept = if index == 0 { part } else { part.split_once("*/").map_or("", |(_, rest)| rest) };
        out + kept
    })
}

/// What stands in the brackets of a function that is the whole text.
fn inside<'a>(text: &'a str, function: &str) -> Option<&'a str> {
    text.trim().strip_prefix(function)?.strip_suffix(')')
}

/// Splits at a separator that stands in no brackets.
fn arguments(text: &str, separator: char) -> Vec<&str> {
    let (mut depth, mut start, mut out) = (0_u32, 0, Vec::new());
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if character == separator && depth == 0 => {
                out.push(text[start..at].trim());
                start = at + separator.len_utf8();
            }
            _ => {}
        }
    }
    out.push(text[start..].trim());
    out.retain(|argument| !argument.is_empty());
    out
}

/// OKLCH to the luminance of linear sRGB (Björn Ottosson's matrices). A colour outside sRGB is clipped, as a
/// screen would show it.
fn luminance(lightness: f64, chroma: f64, hue: f64) -> f64 {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    let red = 4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s;
    let green = -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s;
    let blue = -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s;
    let clip = |channel: f64| channel.clamp(0.0, 1.0);
    0.2126 * clip(red) + 0.7152 * clip(green) + 0.0722 * clip(blue)
}

#[test]
fn the_measure_itself_is_right() {
    assert!((luminance(1.0, 0.0, 0.0) - 1.0).abs() < 1e-6, "white");
    assert!(luminance(0.0, 0.0, 0.0) < 1e-9, "black");
    // oklch(62.796% 0.25768 29.2339) is #ff0000, whose luminance is 0.2126.
    assert!((luminance(0.627_96, 0.257_68, 29.2339) - 0.2126).abs() < 1e-3, "red");
}

#[test]
fn every_pair_keeps_its_contrast() {
    let sheet = Sheet::read(&[]);
    let below: Vec<String> =
        PAIRS.iter().flat_map(|(one, other, light, dark)| sheet.below(one, other, *light, *dark)).collect();
    assert!(below.is_empty(), "{}", below.join("\n"));
}

#[test]
fn lamps_are_seen_on_every_ground() {
    let sheet = Sheet::read(&[]);
    let mut below = Vec::new();
    for lamp in LAMPS {
        let own = lamp.replace("-lamp", "-soft");
        for ground in LAMP_GROUNDS.into_iter().chain([own.as_str()]) {
            below.extend(sheet.below(lamp, ground, 3.0, 3.0));
        }
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
}

#[test]
fn every_accent_an_operator_can_choose_can_be_read() {
    let mut below = Vec::new();
    for hue in (0..360).step_by(5) {
        for chroma in [0.0, 0.04, 0.079, 0.12, 0.16] {
            let sheet = Sheet::read(&[("accent-hue", f64::from(hue)), ("accent-chroma", chroma)]);
            for (one, other) in [
                ("accent", "surface"),
                ("accent", "bg"),
                ("accent", "rail"),
                ("accent", "accent-soft"),
                ("on-accent", "accent"),
                ("on-accent", "accent-hover"),
                ("text-2", "accent-soft"),
                ("text-3", "accent-soft"),
            ] {
                let found = sheet.below(one, other, 4.5, 4.5);
                below.extend(found.into_iter().map(|line| format!("hue {hue}, chroma {chroma}: {line}")));
            }
        }
    }
    assert!(below.is_empty(), "{}", below.join("\n"));
}
