//! The words a person reads, one file per page. Words that belong to a fact of a protocol stand with that fact in
//! `domain/`.

pub mod add_environment;
pub mod app;
pub mod application;
pub mod backup;
pub mod developer_app;
pub mod expiry;
pub mod home;
pub mod inspect;
pub mod keys;
pub mod new_application;
pub mod products;
pub mod refused;
pub mod self_check;
pub mod server_user;
pub mod settings;
pub mod sign_in;
pub mod statement;
pub mod vault;
pub mod workshop;

/// A number with its thousands set apart: `10,000`.
#[must_use]
pub fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A size as a person reads it: `640 bytes`, `14 KB`, `1.2 MB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        1 => "1 byte".to_owned(),
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// Small numbers as words, as sentences on a page have them: "Seven applications".
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    const WORDS: [&str; 13] = [
        "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
        "Twelve",
    ];
    let noun = if number == 1 { one } else { many };
    match WORDS.get(number) {
        Some(word) => format!("{word} {noun}"),
        None => format!("{number} {noun}"),
    }
}
