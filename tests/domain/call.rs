//! Calls of Open Banking products: their name, their refusals, and how long to wait.

use portico::domain::{
    call::{
        Circumstances, Explained, Wish, explain,
        open_banking::{INTERACTION_ID, Refused},
        request,
    },
    http::{Method, Response},
    secret::Secret,
};

use crate::support::{PAGE, answer, catalogue};

const REFUSED: &str = r#"{"Code":"400 BadRequest","Id":"2b5f0fb0-730b","Message":"Parameters are invalid",
    "Errors":[{"ErrorCode":"UK.OBIE.Field.Missing","Message":"Amount is missing","Path":"Data.Initiation.InstructedAmount","Url":"https://bank.example/help"},
              {"ErrorCode":"UK.OBIE.Unsupported.Scheme","Message":"","Path":null}]}"#;

fn explained(response: &Response, now: i64) -> Explained {
    let product = catalogue().remove(0);
    let at = Circumstances { product: &product, needed: &[], granted: None, expired: false, now };
    explain(response, &at).unwrap()
}

#[test]
fn a_call_carries_the_name_it_was_given() {
    let wish = |interaction_id| Wish {
        method: Method::Get,
        path: "/accounts".to_owned(),
        body: String::new(),
        interaction_id,
    };
    let names = |wish: &Wish| {
        let request = request(wish, "", PAGE, &Secret::new("t")).unwrap();
        let sent = request.headers.iter().filter(|(name, _)| *name == INTERACTION_ID);
        sent.map(|(_, value)| value.reveal().expose().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&wish(Some("93bac548".to_owned()))), ["93bac548"]);
    assert!(names(&wish(None)).is_empty());
}

#[test]
fn a_refusal_in_the_british_form_is_read_to_its_last_reason() {
    let told = explained(&answer(400, REFUSED), 0);
    assert_eq!(told.quoted.as_deref(), Some("400 BadRequest: Parameters are invalid"));
    assert_eq!(told.id.as_deref(), Some("2b5f0fb0-730b"));
    let paths: Vec<_> = told.reasons.iter().map(|reason| reason.path.as_deref()).collect();
    assert_eq!(paths, [Some("Data.Initiation.InstructedAmount"), None]);
    assert_eq!(told.reasons[1].code.as_deref(), Some("UK.OBIE.Unsupported.Scheme"));
    assert_eq!(told.reasons[1].message, None);
}

#[test]
fn other_forms_are_not_taken_for_it() {
    for body in [
        r#"{"error":"invalid_token","error_description":"It has ended."}"#,
        r#"{"Code":"400"}"#,
        "",
        "<html></html>",
        "[]",
    ] {
        assert_eq!(Refused::read(body), None, "{body}");
    }
    let odd = Refused::read(r#"{"Errors":{"ErrorCode":"x"},"Code":429}"#).unwrap();
    assert_eq!((odd.line().as_deref(), odd.errors.len()), (Some("429"), 0));
    let told = explained(&answer(401, r#"{"error":"invalid_token"}"#), 0);
    assert_eq!((told.quoted.as_deref(), told.reasons.len()), (Some("invalid_token"), 0));
}

#[test]
fn how_long_to_wait_is_said_in_seconds() {
    let at = 784_111_777;
    for (written, seconds) in [
        ("30", Some(30)),
        (" 0 ", Some(0)),
        ("-5", Some(0)),
        ("Sun, 06 Nov 1994 08:50:07 GMT", Some(30)),
        ("Sun, 06 Nov 1994 08:49:00 GMT", Some(0)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", None),
        ("Sun, 06 Nov 1994 08:50:07", None),
        ("Sun, 06 Nov 1994 99:50:07 GMT", None),
        ("soon", None),
    ] {
        let mut response = answer(429, "");
        response.headers.push(("retry-after".to_owned(), written.to_owned()));
        assert_eq!(response.retry_after(at), seconds, "{written}");
        let text = explained(&response, at).text;
        let says = match seconds {
            Some(0) => "Call again.".to_owned(),
            Some(seconds) => format!("Wait {seconds} s, then call again."),
            None => "does not say how long".to_owned(),
        };
        assert!(text.contains(&says), "{written}: {text}");
    }
}
