//! The load generator finds what a server does wrong, and nothing else.

use crate::generator::{Run, run};
use crate::wrong::{WRONG_MESSAGE, Wrong, serve};

const FAULTS: [&str; 5] = ["missing", "doubled", "late", "foreign", "violations"];
const FAULTS_V1: [&str; 3] = ["unanswered", "wrong_receipts", "refused"];
const FAULTS_HERD: [&str; 8] =
    ["not_caught_up", "missing", "doubled", "late", "foreign", "other_order", "reset", "wrong_receipts"];

const FANOUT: &str = "fanout --clients 5 --in-flight 3 --seconds 0.3 --warmup 0";
const FANOUT_V1: &str = "fanout --protocol v1 --clients 5 --in-flight 3 --seconds 0.3 --warmup 0";
const RATE: &str = "rate --clients 5 --senders 3 --rate 600 --seconds 0.3 --warmup 0";
const RATE_V1: &str = "rate --protocol v1 --clients 5 --senders 3 --rate 600 --seconds 0.3 --warmup 0";
const HERD: &str = "herd --clients 5 --missed 10 --others 3 --rate 100 --seconds 0.2 --warmup 0";

/// Expects the generator to find nothing wrong but one `fault`, in these scenarios.
///
/// When the client that was treated wrong happens to hear first, its order is the one that the others differ from, and the
/// receipts of what follows seem wrong: neither is a part of what is expected here.
#[track_caller]
fn check(wrong: Wrong, scenarios: &[&str], fault: &str) {
    let check = |scenario: &&str| {
        let run = run(serve(wrong), scenario);
        run.check_faults(&FAULTS, Some(fault));
        let is_wronged_first = run.figure("other_order") > 1.0;
        if scenario.contains("v1") && !is_wronged_first {
            run.check_faults(&FAULTS_V1, Some(fault));
        }
    };
    // A run mostly waits.
    std::thread::scope(|scope| {
        for scenario in scenarios {
            scope.spawn(move || check(scenario));
        }
    });
}

#[track_caller]
fn check_herd(wrong: Wrong, fault: Option<&str>) {
    run(serve(wrong), HERD).check_faults(&FAULTS_HERD, fault);
}

#[track_caller]
fn check_right(run: &Run) {
    run.check_faults(&FAULTS, None);
    assert!(run.figure("deliveries") > 5.0 * WRONG_MESSAGE as f64, "{}", run.json);
    assert_eq!((run.figure("cut"), run.figure("other_order")), (0.0, 0.0), "{}", run.json);
    assert_eq!(run.figure("messages_per_frame"), 1.0, "{}", run.json);
}

#[test]
fn a_right_server_passes() {
    for scenario in [FANOUT, FANOUT_V1, RATE, RATE_V1] {
        let run = run(serve(Wrong::Nothing), scenario);
        check_right(&run);
        if scenario.contains("v1") {
            run.check_faults(&FAULTS_V1, None);
        }
    }
    check_herd(Wrong::Nothing, None);
}

#[test]
fn a_dropped_message_is_missed() {
    check(Wrong::Drops, &[FANOUT, FANOUT_V1, RATE, RATE_V1], "missing");
}

#[test]
fn a_doubled_message_is_noticed() {
    check(Wrong::Doubles, &[FANOUT, FANOUT_V1, RATE, RATE_V1], "doubled");
}

#[test]
fn two_messages_of_one_sender_in_the_wrong_order_are_noticed() {
    check(Wrong::Delays, &[FANOUT, FANOUT_V1, RATE, RATE_V1], "late");
}

#[test]
fn two_senders_in_another_order_for_one_client_are_noticed() {
    for scenario in [FANOUT, FANOUT_V1] {
        let run = run(serve(Wrong::Swaps), scenario);
        assert_eq!(run.code, Some(3), "{}", run.json);
        // The next message may happen to be the same sender's: then one of them is late.
        assert!(run.figure("other_order") + run.figure("late") >= 1.0, "{}", run.json);
        assert_eq!((run.figure("missing"), run.figure("doubled")), (0.0, 0.0), "{}", run.json);
    }
}

#[test]
fn a_message_that_nobody_sent_is_noticed_and_the_one_in_its_place_missed() {
    for scenario in [FANOUT, FANOUT_V1] {
        let run = run(serve(Wrong::Alters), scenario);
        assert_eq!(run.code, Some(3), "{}", run.json);
        assert_eq!((run.figure("foreign"), run.figure("missing")), (1.0, 1.0), "{}", run.json);
    }
}

#[test]
fn a_message_under_another_number_is_not_the_same() {
    let run = run(serve(Wrong::Renumbers), FANOUT_V1);
    assert_eq!((run.code, run.figure("other_order")), (Some(3), 1.0), "{}", run.json);
}

#[test]
fn a_receipt_with_another_number_is_wrong() {
    check(Wrong::Misnumbers, &[FANOUT_V1, RATE_V1], "wrong_receipts");
}

#[test]
fn a_message_without_a_receipt_is_unanswered() {
    check(Wrong::Forgets, &[FANOUT_V1], "unanswered");
}

#[test]
fn a_frame_against_the_protocol_is_noticed() {
    check(Wrong::Masks, &[FANOUT, FANOUT_V1], "violations");
}

#[test]
fn a_client_that_is_cut_off_is_counted_and_is_no_fault() {
    for scenario in [FANOUT, FANOUT_V1] {
        let run = run(serve(Wrong::CutsOff), scenario);
        assert_eq!((run.code, run.figure("cut")), (Some(0), 1.0), "{}", run.json);
        assert_eq!(run.json["cut_codes"], serde_json::json!({ "1006": 1 }));
    }
}

#[test]
fn resume_that_misses_or_repeats_an_entry_is_noticed() {
    check_herd(Wrong::Drops, Some("missing"));
    check_herd(Wrong::Doubles, Some("doubled"));
    check_herd(Wrong::Delays, Some("late"));
    check_herd(Wrong::Resets, Some("reset"));
}

#[test]
fn a_close_that_is_not_answered_is_noticed() {
    let run = run(serve(Wrong::Ignores), "churn --at-once 3 --seconds 0.3 --warmup 0");
    assert_eq!((run.code, run.figure("left"), run.figure("cut")), (Some(3), 1.0, 0.0), "{}", run.json);
    assert!(run.figure("connections_per_second") > 20.0, "the others come and go: {}", run.json);
}
