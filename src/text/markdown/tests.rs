use proptest::prelude::*;

use super::*;

fn rendered(bytes: &[u8], width: usize) -> Vec<Row> {
    let mut splitter = Splitter::default();
    splitter.update(bytes);
    all(bytes, &splitter, width)
}

fn all(bytes: &[u8], splitter: &Splitter, width: usize) -> Vec<Row> {
    let options = Options { width, links: true };
    splitter
        .chunks()
        .iter()
        .flat_map(|chunk| render(bytes, splitter, chunk, options).rows)
        .collect()
}

fn shown(row: &Row) -> String {
    let text: String = row.pieces.iter().map(|piece| piece.text.as_str()).collect();
    text.trim_end().to_owned()
}

fn lines(text: &str, width: usize) -> Vec<String> {
    rendered(text.as_bytes(), width).iter().map(shown).collect()
}

/// The pieces whose look is so.
fn looking(text: &str, does: impl Fn(&Look) -> bool) -> Vec<String> {
    let rows = rendered(text.as_bytes(), 80);
    let pieces = rows.iter().flat_map(|row| &row.pieces);
    pieces
        .filter(|piece| does(&piece.look))
        .map(|piece| piece.text.clone())
        .collect()
}

#[test]
fn markup_is_hidden_and_looks_are_told() {
    assert_eq!(
        lines("# Sky\n**Blue** and *far*, ~~red~~ `x_1`.", 80),
        ["Sky", "Blue and far, red x_1."]
    );
    let text = "**Blue** and *far*, ~~red~~ `x_1`.";
    assert_eq!(looking(text, |look| look.strong), ["Blue"]);
    assert_eq!(looking(text, |look| look.emphasis), ["far"]);
    assert_eq!(looking(text, |look| look.struck), ["red"]);
    assert_eq!(looking(text, |look| look.role == Role::Code), ["x_1"]);
    let head = |look: &Look| look.role == Role::Heading(2);
    assert_eq!(looking("## Why\nx", head), ["Why"]);
}

#[test]
fn line_breaks_and_empty_lines_stay() {
    assert_eq!(
        lines("Roses are red\nviolets\n\n\nare", 80),
        ["Roses are red", "violets", "", "are"]
    );
    assert_eq!(lines("\n\nafter", 80), ["after"]);
    assert_eq!(lines("a<br>b", 80), ["a", "b"]);
}

#[test]
fn lists_nest_and_wrap_below_their_text() {
    assert_eq!(
        lines(
            "Do:\n1. boil some water\n2. pour\n   - slowly\n     * really\n9. drink",
            13
        ),
        [
            "Do:",
            "1. boil some",
            "   water",
            "2. pour",
            "   ◦ slowly",
            "     ▪ really",
            "3. drink"
        ]
    );
    assert_eq!(
        lines("- a\n\n- b\n\n  more\n\nout", 40),
        ["• a", "", "• b", "", "  more", "", "out"]
    );
    assert_eq!(
        lines("- [ ] open\n- [x] done", 40),
        ["• [ ] open", "• [x] done"]
    );
    assert_eq!(lines("-\n- b", 40), ["•", "• b"]);
}

#[test]
fn quotes_have_a_bar_at_every_row() {
    assert_eq!(
        lines("> The sky is\n> blue.\n>\n> > So far", 12),
        ["│ The sky is", "│ blue.", "│", "│ │ So far"]
    );
}

#[test]
fn code_keeps_every_character_and_has_its_language_above() {
    assert_eq!(
        lines("So:\n```rust ignore\nfn *a*() {\n    1\n\n}\n```\nDone", 20),
        [
            "So:",
            "── rust ────────────",
            "fn *a*() {",
            "    1",
            "",
            "}",
            "────────────────────",
            "Done"
        ]
    );
    // Before its end has come.
    assert_eq!(lines("~~~\n```\nx", 5), ["─────", "```", "x"]);
    let nested = "1. Run\n   ```sh\n   ls **\n\n   cd\n   ```\n2. Look";
    assert_eq!(
        lines(nested, 12),
        [
            "1. Run",
            "   ── sh ───",
            "   ls **",
            "",
            "   cd",
            "   ─────────",
            "2. Look"
        ]
    );
}

#[test]
fn code_blocks_are_found_with_their_text() {
    let text = "```rs\nfn a() {}\n\n```\n\n- x\n  ```\n  b\n    c\n  ```\n\n```py\nopen";
    let found = blocks(text.as_bytes());
    let texts: Vec<_> = found
        .iter()
        .map(|block| {
            (
                block.language.as_str(),
                block.text(text.as_bytes()),
                block.closed,
            )
        })
        .collect();
    assert_eq!(
        texts,
        [
            ("rs", "fn a() {}\n\n".to_owned(), true),
            ("", "b\n  c\n".to_owned(), true),
            ("py", "open\n".to_owned(), false)
        ]
    );
}

#[test]
fn tables_line_up_by_what_is_seen() {
    let table = "| Name | 数 |\n|:--|--:|\n| 日本語 | 1 |\n| `a|b` x | 1,000 |\n";
    let table = table.replace("a|b", "a\\|b");
    assert_eq!(
        lines(&table, 40),
        [
            "Name   │    数",
            "───────┼──────",
            "日本語 │     1",
            "a|b x  │ 1,000"
        ]
    );
}

#[test]
fn a_table_that_is_too_wide_wraps_in_its_cells_or_is_shown_row_by_row() {
    let table =
        "| Model | What it is good for |\n|---|---|\n| small | quick answers to easy questions |\n";
    assert_eq!(
        lines(table, 28),
        [
            "Model │ What it is good for",
            "──────┼─────────────────────",
            "small │ quick answers to",
            "      │ easy questions"
        ]
    );
    let head = "| alpha | bravo | charlie | delta |\n|---|---|---|---|\n";
    let table =
        format!("{head}| one thing | two things | three things | four |\n| 1 | 2 | 3 | 4 |\n");
    assert_eq!(
        lines(&table, 24),
        [
            "alpha    one thing",
            "bravo    two things",
            "charlie  three things",
            "delta    four",
            "────────────────────────",
            "alpha    1",
            "bravo    2",
            "charlie  3",
            "delta    4"
        ]
    );
}

#[test]
fn formulas_are_left_as_they_were_written() {
    for text in [
        "So $a_1 * b_2 * c$ is.",
        "So \\(a_1 * b_2 * c\\) is.",
        "\\[ \\sum_{i} *x* _y_ \\]",
        "$$\\frac{a}{b} * 2 * 3$$",
        "It is 5 * 3 * 2.",
    ] {
        assert_eq!(lines(text, 80), [text]);
    }
    let formula = |look: &Look| look.role == Role::Formula;
    assert_eq!(looking("So \\(a*b*c\\) is.", formula), ["\\(a*b*c\\)"]);
    // No formula: a price, and an opening without an end.
    assert_eq!(
        lines("It costs $5 or $6, \\( and *so* on.", 80),
        ["It costs $5 or $6, ( and so on."]
    );
}

#[test]
fn links_lead_to_the_web_alone_and_others_are_written_out() {
    let link = |text: &str, links| {
        let mut splitter = Splitter::default();
        splitter.update(text.as_bytes());
        let options = Options { width: 80, links };
        let chunk = splitter.chunks()[0];
        let rendered = render(text.as_bytes(), &splitter, &chunk, options);
        (shown(&rendered.rows[0]), rendered.links)
    };
    let web = "See [the *book*](https://x.org/a b).";
    let web = web.replace("a b", "a%20b");
    assert_eq!(
        link(&web, true),
        (
            "See the book.".to_owned(),
            vec!["https://x.org/a%20b".to_owned()]
        )
    );
    assert_eq!(
        link(&web, false),
        ("See the book (https://x.org/a%20b).".to_owned(), Vec::new())
    );
    let lie = "[https://good.org](https://evil.org)";
    assert_eq!(link(lie, true).0, "https://good.org (https://evil.org)");
    let other = "[me](file:///etc/passwd) <https://x.org>";
    assert_eq!(
        link(other, true),
        (
            "me (file:///etc/passwd) https://x.org".to_owned(),
            vec!["https://x.org".to_owned()]
        )
    );
    assert_eq!(
        link("![a cat](https://x.org/c.png)", true).0,
        "image: a cat"
    );
    assert_eq!(link("[this][one] & &lt;b&gt;", true).0, "[this][one] & <b>");
}

#[test]
fn what_is_no_text_is_shown_and_leads_back() {
    let bytes = b"**a\x1b[2J** \xE2\x82 b\xFF\rc\x00 \xE2\x80\xAE";
    let rows = rendered(bytes, 80);
    assert_eq!(shown(&rows[0]), "a␛[2J \\xE2\\x82 b\\xFF^Mc^@ <U+202E>");
    let escape = rows[0]
        .pieces
        .iter()
        .find(|piece| piece.text == "␛")
        .expect("it is shown");
    assert_eq!(bytes[escape.raw], 0x1b);
}

#[test]
fn an_endless_block_is_rendered_in_parts() {
    let list = "- an item that goes on for a while, as they do\n".repeat(4000);
    let code = format!("```\n{}", "let a = 1;\n".repeat(4000));
    let word = "word ".repeat(60_000);
    let row = "| a | b |\n|---|---|\n".to_owned() + &"| 1 | 2 |\n".repeat(9000);
    for text in [list, code, word, row] {
        let mut splitter = Splitter::default();
        splitter.update(text.as_bytes());
        let longest = splitter
            .chunks()
            .iter()
            .map(|chunk| chunk.end - chunk.start)
            .max();
        assert!(longest.is_some_and(|len| len <= 65 << 10), "{longest:?}");
        let end = splitter.chunks().last().map(|chunk| chunk.end);
        assert_eq!(end, Some(text.len()));
    }
}

/// Markup of every kind, well-formed and not.
fn markup() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        6 => "[a-z]{1,9} ".prop_map(String::into_bytes),
        3 => Just(b"\n".to_vec()),
        2 => Just(b"\n\n".to_vec()),
        6 => prop::sample::select(vec![
            "# ", "## ", "- ", "  - ", "1. ", "   ", "    ", "* ", "> ", "```", "```rust\n", "~~~\n", "\n```\n",
            "**", "*", "_", "`", "~~", "$", "$$", "\\(", "\\)", "\\[", "\\]", "| ", " | ", "|\n", "|---|---|\n",
            "| a | b |\n|---|---|\n| 1 | 2 |\n", "[x](https://x.org)", "![i](u)", "[", "](", ")", "<br>", "<b>",
            "<!-- ", "---\n", "===\n", "&amp;", "\\*", "- [ ] ", "\t", "\r\n", "\r",
        ]).prop_map(|text| text.as_bytes().to_vec()),
        1 => "\\PC{0,4}".prop_map(String::into_bytes),
        1 => "[一-龥、。]{1,5}".prop_map(String::into_bytes),
        1 => any::<String>().prop_map(String::into_bytes),
        1 => proptest::collection::vec(any::<u8>(), 0..5),
    ];
    proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn streamed_equals_whole(
        bytes in markup(),
        cuts in proptest::collection::vec(any::<prop::sample::Index>(), 0..12),
        width in 1_usize..60,
    ) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        cuts.sort_unstable();
        cuts.push(bytes.len());
        let options = Options { width, links: true };
        let mut splitter = Splitter::default();
        // What was rendered is kept, but from the first chunk that changed.
        let mut kept: Vec<Rendered> = Vec::new();
        for cut in cuts {
            let so_far = &bytes[..cut];
            let first = splitter.update(so_far);
            kept.truncate(first);
            for chunk in &splitter.chunks()[first..] {
                kept.push(render(so_far, &splitter, chunk, options));
            }
        }
        let streamed: Vec<Row> = kept.into_iter().flat_map(|one| one.rows).collect();
        prop_assert_eq!(streamed, rendered(&bytes, width));
    }

    #[test]
    fn rows_are_harmless_fit_and_lead_back_in_order(bytes in markup(), width in 1_usize..60) {
        let mut at = 0;
        for row in rendered(&bytes, width) {
            prop_assert!(row.start >= at && row.end >= row.start && row.end <= bytes.len(), "{:?} after {}", row, at);
            at = row.start;
            for piece in &row.pieces {
                prop_assert!(!piece.text.chars().any(|it| it.is_control() && it != '\t'), "{:?}", piece);
                prop_assert!(piece.raw <= bytes.len());
                if piece.exact {
                    prop_assert_eq!(piece.text.as_bytes(), &bytes[piece.raw..piece.raw + piece.text.len()]);
                }
            }
        }
    }

    #[test]
    fn every_word_is_shown(words in proptest::collection::vec("[a-z]{1,6}", 1..30), width in 4_usize..60) {
        let text = words.join(" ");
        let shown: String = lines(&text, width).join(" ");
        let kept: Vec<&str> = shown.split_whitespace().collect();
        prop_assert_eq!(kept.concat(), words.concat());
    }
}
