use proptest::prelude::*;

use super::border::{LEAST_COLUMNS, LEAST_ROWS};
use super::*;

fn wish(pane: Pane) -> Wish {
    Wish {
        pane,
        throughput_rows: 9,
        further_rows: 0,
        input_rows: 1,
        token_cursor: false,
        panes: Panes::default(),
        zoomed: false,
    }
}

fn all(areas: &Areas) -> Vec<Rect> {
    [areas.conversation, areas.tokens, areas.throughput]
        .into_iter()
        .flatten()
        .collect()
}

#[test]
fn a_hundred_columns_show_three_panes() {
    let areas = divide(Rect::new(0, 0, 100, 24), wish(Pane::Conversation));
    assert_eq!(all(&areas).len(), 3);
    assert!(!areas.tabbed);
    let areas = divide(Rect::new(0, 0, 99, 24), wish(Pane::Conversation));
    assert_eq!(all(&areas).len(), 1);
    assert!(areas.tabbed && areas.framed);
}

#[test]
fn a_narrow_screen_shows_the_pane_that_was_chosen() {
    let areas = divide(Rect::new(0, 0, 80, 24), wish(Pane::Throughput));
    assert!(areas.throughput.is_some() && areas.conversation.is_none());
}

#[test]
fn the_token_cursor_brings_its_token_along() {
    let wish = Wish {
        token_cursor: true,
        ..wish(Pane::Conversation)
    };
    let areas = divide(Rect::new(0, 0, 80, 24), wish);
    assert!(areas.conversation.is_some() && areas.tokens.is_some());
    let areas = divide(Rect::new(0, 0, 40, 10), wish);
    assert!(areas.conversation.is_some() && areas.tokens.is_none());
}

#[test]
fn under_forty_by_ten_the_conversation_stands_alone() {
    for (width, height) in [(39, 24), (80, 9), (1, 1), (1, 2), (0, 0)] {
        let areas = divide(Rect::new(0, 0, width, height), wish(Pane::Tokens));
        assert!(!areas.framed);
        assert_eq!(all(&areas).len(), 1);
        assert!(areas.conversation.is_some());
    }
}

#[test]
fn a_hidden_pane_leaves_its_room_to_the_others() {
    let screen = Rect::new(0, 0, 120, 40);
    let with = |tokens_hidden, throughput_hidden| {
        let panes = Panes {
            tokens_hidden,
            throughput_hidden,
            ..Panes::default()
        };
        divide(
            screen,
            Wish {
                panes,
                ..wish(Pane::Tokens)
            },
        )
    };
    let (all_seen, no_tokens, no_throughput) =
        (with(false, false), with(true, false), with(false, true));
    let right = all_seen.tokens.unwrap().union(all_seen.throughput.unwrap());
    assert_eq!(no_tokens.throughput, Some(right));
    assert_eq!(no_throughput.tokens, Some(right));
    let alone = with(true, true);
    assert_eq!(alone.conversation.unwrap().width, 120);
    // Where panes are tabs a hidden one is none.
    let narrow = divide(
        Rect::new(0, 0, 80, 24),
        Wish {
            panes: Panes {
                tokens_hidden: true,
                ..Panes::default()
            },
            token_cursor: true,
            ..wish(Pane::Tokens)
        },
    );
    assert!(narrow.conversation.is_some() && narrow.tokens.is_none());
}

#[test]
fn a_border_goes_where_it_is_moved_and_no_further_than_the_panes_allow() {
    let screen = Rect::new(0, 0, 120, 40);
    let mut wish = wish(Pane::Conversation);
    for (to, x) in [(60, 60), (0, 23), (500, 96)] {
        wish.panes = divide(screen, wish).moved(Border::Beside, to, wish.panes);
        let areas = divide(screen, wish);
        let x = areas.tokens.map(|area| (area.x, x));
        assert!(
            x.is_some_and(|(x, wanted)| x.abs_diff(wanted) <= 1),
            "{x:?}"
        );
    }
    for (to, y) in [(20, 20), (0, 3), (500, 34)] {
        wish.panes = divide(screen, wish).moved(Border::Above, to, wish.panes);
        let areas = divide(screen, wish);
        assert_eq!(areas.throughput.map(|area| area.y), Some(y));
        assert_eq!(areas.border_at(110, y), Some(Border::Above));
    }
    let narrow = Rect::new(0, 0, 80, 30);
    wish.token_cursor = true;
    wish.panes = divide(narrow, wish).moved(Border::Above, 9, wish.panes);
    let areas = divide(narrow, wish);
    assert_eq!(areas.tokens.map(|area| area.y), Some(9));
    assert_eq!(areas.border_at(40, 9), Some(Border::Above));
    assert_eq!(areas.border_at(40, 8), None);
    assert_eq!(areas.pane_at(40, 8), Some(Pane::Conversation));
    assert_eq!(areas.pane_at(40, 12), Some(Pane::Tokens));
}

#[test]
fn a_screen_that_was_too_small_for_a_size_gives_it_back_when_it_grows() {
    let mut wish = wish(Pane::Conversation);
    wish.panes.columns = Some(90);
    let columns = |width| {
        let areas = divide(Rect::new(0, 0, width, 40), wish);
        areas.tokens.map(|area| area.width)
    };
    assert_eq!((columns(100), columns(200)), (Some(76), Some(90)));
}

#[test]
fn one_pane_has_the_room_of_all_at_every_size() {
    for pane in Pane::ALL {
        for (width, height) in [(40, 10), (80, 24), (200, 50)] {
            let screen = Rect::new(0, 0, width, height);
            let wish = Wish {
                zoomed: true,
                token_cursor: true,
                ..wish(pane)
            };
            let areas = divide(screen, wish);
            assert_eq!(all(&areas), [Rect::new(0, 0, width, height - 2)]);
            assert_eq!(areas.pane_at(5, 5), Some(pane));
        }
    }
}

#[test]
fn the_throughput_pane_grows_where_the_token_pane_can_spare_rows() {
    let rows = |height, further_rows| {
        let wish = Wish {
            further_rows,
            ..wish(Pane::Conversation)
        };
        let areas = divide(Rect::new(0, 0, 120, height), wish);
        (
            areas.tokens.unwrap().height,
            areas.throughput.unwrap().height,
        )
    };
    assert_eq!(rows(40, 0), (28, 11));
    assert_eq!(rows(40, 4), (24, 15));
    // There it is all of them or none.
    assert_eq!(rows(33, 4), (17, 15));
    assert_eq!(rows(32, 4), (20, 11));
}

proptest! {
    #[test]
    fn whatever_is_hidden_moved_or_zoomed_every_area_is_on_the_screen_and_of_use(
        width in 0_u16..300, height in 0_u16..90, pane in 0_usize..3,
        hidden in any::<(bool, bool)>(), zoomed in any::<bool>(), token_cursor in any::<bool>(),
        sizes in any::<(Option<u16>, Option<u16>, Option<u16>)>(),
        input_rows in any::<u16>(), throughput_rows in any::<u16>(), further_rows in any::<u16>(),
    ) {
        let screen = Rect::new(0, 0, width, height);
        let wish = Wish {
            pane: Pane::ALL[pane],
            throughput_rows,
            further_rows,
            input_rows,
            token_cursor,
            zoomed,
            panes: Panes {
                tokens_hidden: hidden.0,
                throughput_hidden: hidden.1,
                columns: sizes.0,
                throughput_rows: sizes.1,
                token_rows: sizes.2,
            },
        };
        let areas = divide(screen, wish);
        for area in all(&areas).into_iter().chain([areas.input]) {
            prop_assert_eq!(area.intersection(screen), area);
        }
        for area in all(&areas).into_iter().filter(|_| areas.framed) {
            prop_assert!(area.width >= LEAST_COLUMNS && area.height >= LEAST_ROWS, "{:?}", areas);
        }
        prop_assert!(areas.tokens.is_none() || !hidden.0);
        prop_assert!(areas.throughput.is_none() || !hidden.1);
        prop_assert!(!all(&areas).is_empty());
        // Moving a border to where it is changes nothing.
        for (column, row) in [(width / 2, height / 2), (width.saturating_sub(9), height / 2)] {
            if let Some(border) = areas.border_at(column, row) {
                let to = if border == Border::Beside { column } else { row };
                let moved = Wish { panes: areas.moved(border, to, wish.panes), ..wish };
                prop_assert_eq!(divide(screen, moved), areas);
            }
        }
    }
}
