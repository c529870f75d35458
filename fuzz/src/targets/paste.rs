//! What a paste holds.

use portico::domain::inspect::clean::clean;
use portico::domain::inspect::paste::{self, Found, MAX_FOUND};
use portico::domain::secret::Secret;

use super::text;
use crate::outcome::{Broken, Outcome, Said, holds};

pub fn read(input: &[u8]) -> Outcome {
    let text = text(input);
    let paste = paste::read(&Secret::new(text.clone()));
    let mut said = Said::default();
    found(&text, &paste.chosen, &mut said)?;
    for other in &paste.others {
        found(&text, other, &mut said)?;
    }
    let count = paste.others.len();
    holds(count < MAX_FOUND, "no more tokens are listed than may be", || count.to_string())?;
    holds(paste.unlisted == 0 || count + 1 == MAX_FOUND, "what is not listed had no room", || {
        format!("{} beside {count}", paste.unlisted)
    })?;
    let cleaned = clean(&text);
    let same = cleaned.token == paste.chosen.token && cleaned.repairs == paste.chosen.repairs;
    holds(same, "cleaning takes the token that reading chose", String::new)?;
    said.add_size(paste.unlisted);
    Ok(said.number())
}

fn found(text: &str, found: &Found, said: &mut Said) -> Result<(), Broken> {
    let stood = text.get(found.range.clone());
    holds(stood.is_some(), "a token stands in the text", || format!("{:?}", found.range))?;
    let token = found.token.expose();
    holds(token.len() <= text.len(), "a token is not longer than the text", || token.to_owned())?;
    // Nothing but gaps, escapes and what stands around it is ever taken out.
    let untouched = found.repairs.is_empty();
    holds(!untouched || stood == Some(token), "what was not repaired is as it was", || token.to_owned())?;
    said.add(found.name.get(..6).unwrap_or(&found.name));
    for repair in &found.repairs {
        said.add(std::mem::discriminant(repair));
        holds(repair.sentence().ends_with('.'), "a repair is a sentence", || repair.sentence())?;
    }
    Ok(())
}
