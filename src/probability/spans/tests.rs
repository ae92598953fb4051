use proptest::prelude::*;

use super::*;

/// Tokens that write these pieces one after the other, with their probabilities.
fn tokens(pieces: &[(&[u8], f32)]) -> (Vec<u8>, Vec<SpanToken>) {
    let mut text = Vec::new();
    let mut tokens = Vec::new();
    for &(piece, probability) in pieces {
        let start = text.len();
        text.extend_from_slice(piece);
        tokens.push(SpanToken {
            bytes: start..text.len(),
            logprob: Some(probability.ln()),
        });
    }
    (text, tokens)
}

fn shown<'a>(text: &'a [u8], spans: &[Span]) -> Vec<(&'a str, u32)> {
    spans
        .iter()
        .map(|span| {
            let words = std::str::from_utf8(&text[span.bytes.clone()]).unwrap();
            (words, (span.probability() * 1000.0).round() as u32)
        })
        .collect()
}

#[test]
fn a_word_is_as_probable_as_all_its_tokens_together() {
    let (text, tokens) = tokens(&[
        (b"Ray", 0.5),
        (b"leigh", 0.5),
        (b" scattering", 0.8),
        (b".", 0.9),
    ]);
    let words = words(&text, &tokens);
    assert_eq!(
        shown(&text, &words),
        [("Rayleigh", 250), ("scattering", 800)]
    );
    assert!((words[0].per_token() - 0.5).abs() < 1e-6);
    assert_eq!(words[0].tokens, 0..2);
}

#[test]
fn a_sentence_begins_with_the_token_of_its_first_word_and_ends_with_its_mark() {
    let (text, tokens) = tokens(&[
        (b"Yes", 0.5),
        (b".", 0.8),
        (b" It", 0.5),
        (b" is", 0.5),
        (b".", 1.0),
        (b"\n", 0.1),
    ]);
    let sentences = sentences(&text, &tokens);
    assert_eq!(shown(&text, &sentences), [("Yes.", 400), ("It is.", 250)]);
}

#[test]
fn a_token_over_a_boundary_counts_on_both_sides() {
    let (text, tokens) = tokens(&[(b"a b", 0.5), (b"c", 0.5)]);
    let words = words(&text, &tokens);
    assert_eq!(shown(&text, &words), [("a", 500), ("bc", 250)]);
}

#[test]
fn what_has_a_token_of_unknown_odds_is_left_out() {
    let (text, mut tokens) = tokens(&[(b"Who", 0.5), (b" knows", 0.5)]);
    tokens[0].logprob = None;
    assert_eq!(shown(&text, &words(&text, &tokens)), [("knows", 500)]);
    assert_eq!(sentences(&text, &tokens), []);
}

#[test]
fn parts_of_a_character_and_bytes_that_are_no_text_keep_their_places() {
    let (text, tokens) = tokens(&[
        (b"\xFF\xFE", 0.5),
        (b" na\xC3", 0.5),
        (b"\xAFve", 0.5),
        (b"", 0.1),
    ]);
    let words = words(&text, &tokens);
    assert_eq!(shown(&text, &words), [("na\u{ef}ve", 250)]);
    assert_eq!(words[0].bytes, 3..9);
}

#[test]
fn neighbouring_uncertain_words_are_one_run_and_the_weakest_word_decides() {
    let (text, tokens) = tokens(&[
        (b"In", 0.4),
        (b" the", 0.9),
        (b" city", 0.3),
        (b" of", 0.2),
        (b",", 0.9),
        (b" Z", 0.1),
        (b"ug", 0.9),
    ]);
    let runs = least_certain(&text, &tokens, 0.5);
    let spans: Vec<_> = runs.iter().map(|run| run.span.clone()).collect();
    assert_eq!(
        shown(&text, &spans),
        [("Zug", 90), ("city of", 60), ("In", 400)]
    );
    let weakest: Vec<_> = runs.iter().map(|run| run.weakest.clone()).collect();
    assert_eq!(
        shown(&text, &weakest),
        [("Zug", 90), ("of", 200), ("In", 400)]
    );
}

#[test]
fn nothing_is_found_in_nothing() {
    assert_eq!(words(b"", &[]), []);
    assert_eq!(sentences(b"text without tokens", &[]), []);
    assert_eq!(least_certain(b"  ", &[], 1.0), []);
}

proptest! {
    #[test]
    fn spans_lie_in_the_text_in_order_with_the_tokens_that_write_them(
        pieces in proptest::collection::vec(
            (proptest::collection::vec(any::<u8>(), 0..5), 0.01_f32..1.0), 0..30),
    ) {
        let pieces: Vec<_> = pieces.iter().map(|(bytes, p)| (bytes.as_slice(), *p)).collect();
        let (text, tokens) = tokens(&pieces);
        for spans in [words(&text, &tokens), sentences(&text, &tokens)] {
            let mut end = 0;
            for span in spans {
                prop_assert!(span.bytes.start >= end && span.bytes.end <= text.len());
                end = span.bytes.end;
                let covering = &tokens[span.tokens.clone()];
                prop_assert!(covering.first().unwrap().bytes.start <= span.bytes.start);
                prop_assert!(covering.last().unwrap().bytes.end >= span.bytes.end);
                prop_assert!((0.0..=1.0).contains(&span.probability()));
                prop_assert!(span.per_token() >= span.probability());
            }
        }
    }

    #[test]
    fn every_word_under_the_threshold_is_in_one_run(text in "[a-z ,.]{0,60}", below in 0.0_f64..1.0) {
        let tokens: Vec<_> = (0..text.len())
            .map(|at| SpanToken { bytes: at..at + 1, logprob: Some(-0.1) })
            .collect();
        let runs = least_certain(text.as_bytes(), &tokens, below);
        for word in words(text.as_bytes(), &tokens) {
            let holding = runs.iter().filter(|run| {
                run.span.bytes.start <= word.bytes.start && word.bytes.end <= run.span.bytes.end
            });
            prop_assert_eq!(holding.count(), usize::from(word.probability() < below));
        }
    }
}
