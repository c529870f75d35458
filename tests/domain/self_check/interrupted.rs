//! Runs that are stopped, get no answer, are asked to wait, or have a key that does not sign.

use portico::domain::self_check::{Check, Kit, SCENARIOS, Step};

use super::{TESTED, bank, drive, kit, run, server::Server};
use crate::support::answer;

#[test]
fn stopped_after_any_step_it_still_tidies_up() {
    let all = {
        let mut server = Server::new("");
        run(kit(bank(TESTED)), &mut server);
        server.log.len()
    };
    for stop_at in 0..all * 2 {
        let (mut server, mut steps) = (Server::new(""), 0);
        let mut check = Check::new(kit(bank(TESTED))).unwrap();
        drive(&mut check, &mut server, |check, _| {
            steps += 1;
            if steps == stop_at + 1 {
                check.stop();
            }
            None
        });
        assert_eq!((server.left(), check.leftovers().len()), (0, 0), "stopped at {stop_at}");
        let counts = check.counts();
        assert_eq!((counts.failed, counts.ahead), (0, 0), "stopped at {stop_at}: {:?}", check.rows());
    }
}

#[test]
fn a_server_that_does_not_answer_ends_the_run() {
    let (mut server, mut asked) = (Server::new(""), 0);
    let mut check = Check::new(kit(bank(TESTED))).unwrap();
    drive(&mut check, &mut server, |_, step| {
        let Step::Send(request) = step else { return None };
        let is_bank = !request.url.contains("/directory/");
        is_bank.then(|| {
            asked += 1;
            Err("No answer came.".to_owned())
        })
    });
    assert_eq!(asked, 3);
    assert_eq!(check.counts().not_run, SCENARIOS.len());
    assert!(check.trouble().unwrap().contains("No answer came."));
    // Two of them were registrations that may have been carried out.
    assert_eq!(check.leftovers().len(), 2);
    assert!(check.leftovers().iter().all(|left| left.client_id.is_none()));
}

/// Answers 429 to these, so many times.
fn busy(kit: Kit, at: &str, times: usize) -> (Check, Vec<u32>) {
    let (mut server, mut refused, mut waits) = (Server::new(""), 0, Vec::new());
    let mut check = Check::new(kit).unwrap();
    drive(&mut check, &mut server, |_, step| match step {
        Step::Send(request) if request.url.contains(at) && refused < times => {
            refused += 1;
            let mut answer = answer(429, "");
            answer.headers.push(("retry-after".to_owned(), "7".to_owned()));
            Some(Ok(answer))
        }
        Step::Wait(seconds) => {
            waits.push(*seconds);
            None
        }
        _ => None,
    });
    assert_eq!((server.left(), check.leftovers().len()), (0, 0));
    (check, waits)
}

#[test]
fn a_server_that_asks_to_wait_is_asked_again() {
    for at in ["/token", "/directory/", "/register", "/.well-known/"] {
        let (check, waits) = busy(kit(bank(TESTED)), at, 2);
        assert_eq!(waits, [7, 7], "{at}");
        assert_eq!(check.counts().passed, SCENARIOS.len(), "{at}");
    }
}

#[test]
fn being_busy_is_never_a_verdict() {
    for at in ["/token", "/directory/", "/register", "/.well-known/"] {
        let (check, _) = busy(kit(bank(TESTED)), at, 4);
        assert_eq!((check.counts().failed, check.counts().not_run), (0, 1), "{at}: {:?}", check.rows());
    }
}

#[test]
fn a_key_that_cannot_sign_ends_the_run() {
    let mut check = Check::new(kit(bank(TESTED))).unwrap();
    let mut server = Server::new("");
    loop {
        match check.next(server.now, "id") {
            Step::Sign(_) => check.signed(Err("The browser refused.".to_owned())),
            Step::Send(request) => check.answer(Ok(server.take(&request))),
            Step::Wait(_) => {}
            Step::Done => break,
        }
    }
    assert_eq!(check.counts().passed, 1);
    assert!(check.trouble().unwrap().contains("The browser refused."));
    assert_eq!(server.left(), 0);
}
