//! Answers with their markup rendered.

use limpid::chat::UserEvent;
use limpid::config::{ColorBy, Glyphs, Part};
use limpid::inference::StopReason;
use limpid::tui::hyperlink;
use limpid::tui::transcript::{BodyRow, Key, Line};
use limpid::tui::update::{Clip, Request};
use ratatui::style::Color;

use super::stage::{SIZES, Stage};

/// Markup of every kind.
const TEXT: &str = "\
# Why the sky is blue

Light of **short** waves is scattered *far* more, as `1/λ^4`, than ~~red~~ long ones:

1. Sunlight comes in
   - all colours, in one ray
     - blue too
2. Molecules scatter it
- [x] said
- [ ] proven

| 色 | waves, nm | what becomes of it |
|:--|--:|---|
| 青 blue | 450 | scattered |
| red | 700 | goes on 🌅 |

```python
def scattered(nm):
    return (450 / nm) ** 4  # of blue
```

> It is *Rayleigh* scattering.
>
> > Not Mie's.

It goes as $I_0 * x_1 * 2$, see [the article](https://en.wikipedia.org/wiki/Rayleigh_scattering).

---
### The end
";

fn scene(stage: &mut Stage) {
    stage.loaded();
    stage.ask("Why is the sky blue?", 80);
    stage.words(TEXT);
    stage.finish(StopReason::EndOfGeneration);
}

fn staged(width: u16, height: u16, theme: &str) -> Stage {
    let mut stage = Stage::with_theme(width, height, theme);
    scene(&mut stage);
    stage
}

#[test]
fn markup_is_rendered_at_every_size_in_colour_and_without() {
    for (width, height) in SIZES {
        for theme in ["dark", "mono"] {
            let mut stage = staged(width, height, theme);
            stage.text();
            stage.paint();
            stage.press(&["ctrl-home"]);
            let mut screens = vec![stage.styled()];
            while stage.app.transcript.is_scrolled_back() && height < 50 {
                stage.press(&["pagedown"]);
                screens.push(stage.text());
            }
            let name = format!("markdown_{width}x{height}_{theme}");
            insta::assert_snapshot!(name, screens.join("\n\n"));
        }
    }
}

#[test]
fn without_utf8_rendered_markup_is_ascii() {
    let mut stage = staged(80, 50, "ansi");
    stage.app.glyphs = Glyphs::Ascii;
    let text = stage.text();
    assert!(text.is_ascii());
    insta::assert_snapshot!("markdown_ascii", text);
}

#[test]
fn one_key_shows_an_answer_as_it_was_written() {
    let mut stage = staged(80, 60, "ansi");
    assert!(!stage.text().contains("**short**"));
    for keys in [&["alt-v", "alt-v"][..], &["tab", "m", "m"]] {
        let (last, first) = keys.split_last().expect("there are keys");
        stage.press(first);
        let text = stage.text();
        assert!(
            text.contains("**short**") && text.contains("|:--|--:|"),
            "{text}"
        );
        stage.press(&[last]);
        assert!(!stage.text().contains("**short**"));
    }
}

#[test]
fn the_setting_shows_answers_as_they_were_written_from_the_start() {
    let mut settings = limpid::config::Settings::default();
    assert!(settings.ui.markdown);
    settings.ui.markdown = false;
    let mut stage = staged(80, 60, "ansi");
    let (keymap, theme) = (stage.app.keymap.clone(), stage.app.theme.clone());
    let screen = stage.app.screen;
    stage.app = limpid::tui::app::App::new(keymap, theme, &settings.ui);
    stage.app.screen = screen;
    assert!(stage.text().contains("**short**"));
}

#[test]
fn what_is_walked_or_coloured_token_by_token_is_shown_as_it_was_written() {
    let mut stage = staged(80, 60, "ansi");
    stage.press(&["ctrl-t"]);
    assert!(stage.text().contains("**short**"));
    stage.press(&["esc"]);
    assert!(!stage.text().contains("**short**"));
    stage.app.color_by = ColorBy::Probability;
    assert!(stage.text().contains("**short**"));
}

#[test]
fn what_was_typed_is_shown_as_it_was_typed() {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    stage.ask("Is *this* `code`?", 80);
    stage.words("*Yes*.");
    stage.finish(StopReason::EndOfGeneration);
    let text = stage.text();
    assert!(
        text.contains("Is *this* `code`?") && text.contains(" Yes."),
        "{text}"
    );
}

#[test]
fn the_window_stays_on_the_same_words_in_either_view() {
    let mut stage = staged(80, 16, "ansi");
    stage.text();
    stage.press(&["ctrl-home", "pagedown", "pagedown"]);
    let top = |stage: &mut Stage| {
        stage.frame();
        let seen = stage.app.transcript.seen()[0];
        let block = stage.app.transcript.block(seen.key).expect("it is seen");
        (block.byte_of_seen(seen.line), seen.line)
    };
    let (rendered, line) = top(&mut stage);
    assert!(matches!(line, Line::Body(_)));
    stage.press(&["alt-v"]);
    let (raw, _) = top(&mut stage);
    let between = &TEXT[raw.min(rendered)..raw.max(rendered)];
    assert!(between.lines().count() <= 2, "{between:?} lies between");
}

#[test]
fn streamed_rows_are_those_of_the_whole_answer_and_never_fall_apart() {
    let mut streamed = Stage::new(60, 24);
    streamed.loaded();
    streamed.ask("Why is the sky blue?", 80);
    for chunk in TEXT.as_bytes().chunks(3) {
        streamed.token(chunk, 0.5, &[]);
        let text = streamed.text();
        // A line that begins a list would, for a moment, make a heading of what is above it.
        assert!(!text.contains('\u{1b}'));
    }
    streamed.finish(StopReason::EndOfGeneration);
    let mut whole = staged(60, 24, "ansi");
    for stage in [&mut streamed, &mut whole] {
        stage.text();
        stage.press(&["ctrl-home"]);
    }
    loop {
        let one = rows(&mut streamed);
        assert_eq!(one, rows(&mut whole));
        if !whole.app.transcript.is_scrolled_back() {
            return;
        }
        for stage in [&mut streamed, &mut whole] {
            stage.press(&["pagedown"]);
        }
    }
}

/// The text of the rows in the window.
fn rows(stage: &mut Stage) -> Vec<String> {
    stage.frame();
    let transcript = &stage.app.transcript;
    let rendered = transcript.seen().iter().filter_map(|seen| {
        let Line::Body(index) = seen.line else {
            return None;
        };
        match transcript.block(seen.key)?.row(index)? {
            BodyRow::Rendered(row, _) => {
                Some(row.pieces.iter().map(|piece| piece.text.as_str()).collect())
            }
            BodyRow::Raw(_) => None,
        }
    });
    rendered.collect()
}

#[test]
fn only_rows_in_the_window_are_kept() {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    for _ in 0..40 {
        stage.ask("Why?", 80);
        stage.words(TEXT);
        stage.finish(StopReason::EndOfGeneration);
    }
    stage.text();
    for keys in ["ctrl-home", "pagedown", "pagedown", "pagedown", "ctrl-end"] {
        stage.press(&[keys]);
        stage.frame();
        let transcript = &stage.app.transcript;
        let seen: Vec<Key> = transcript.seen().iter().map(|seen| seen.key).collect();
        let mut kept = 0;
        for id in stage.session.conversation().path() {
            let Some(block) = transcript.block(Key::Message(id)) else {
                continue;
            };
            let rows = (0..block.body_height())
                .filter(|&row| matches!(block.row(row), Some(BodyRow::Rendered(..))))
                .count();
            assert!(
                rows == 0 || seen.contains(&Key::Message(id)),
                "{rows} rows that are not seen"
            );
            kept += rows;
        }
        assert!(kept <= 60, "{kept} rows for a window of 24");
    }
}

#[test]
fn a_click_on_a_rendered_word_looks_at_its_token() {
    use limpid::tui::reader::Input;
    let mut stage = staged(80, 60, "ansi");
    let text = stage.text();
    let (row, line) = text
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains("Molecules"))
        .expect("it is seen");
    let column = line.chars().take_while(|&it| it != 'M').count();
    stage.input(Input::Click {
        column: column as u16,
        row: row as u16,
    });
    let cursor = stage.app.cursor.expect("it is on a token");
    let tokens = limpid::tui::walk::Tokens::of(&stage.session, cursor.message).expect("there are");
    let span = tokens.at(cursor.place).expect("it is one of them").span;
    assert!(TEXT[span].contains("Molecules"));
}

#[test]
fn an_answer_that_is_only_markup_and_one_without_words_do_no_harm() {
    for text in ["#", "```", "- ", "> ", "\n\n", "**", "|a|\n|-|\n"] {
        let mut stage = Stage::new(40, 12);
        stage.loaded();
        stage.ask("Say nothing.", 80);
        stage.frame();
        stage.token(text.as_bytes(), 0.5, &[]);
        stage.frame();
        stage.press(&["pageup", "ctrl-end"]);
        stage.finish(StopReason::EndOfGeneration);
        stage.frame();
        stage.user(UserEvent::Stop);
        stage.press(&["ctrl-t", "l", "esc", "pageup"]);
        stage.frame();
    }
}

/// Several code blocks, in two answers.
fn with_code() -> Stage {
    let mut stage = Stage::new(80, 24);
    stage.loaded();
    for text in [
        "One:\n```rust\nfn one() {}\n```\n- two:\n  ```\n  two\n    three\n  ```\n",
        "Three:\n\n~~~py\nfour()",
    ] {
        stage.ask("Code, please.", 80);
        stage.words(text);
        stage.finish(StopReason::EndOfGeneration);
    }
    stage.text();
    stage
}

fn copied(stage: &mut Stage, key: &str) -> String {
    clip(stage, key).text
}

fn clip(stage: &mut Stage, key: &str) -> Clip {
    match stage.press(&[key]).pop() {
        Some(Request::Copy(clip)) => clip,
        other => panic!("{other:?} is asked for"),
    }
}

#[test]
fn code_is_copied_block_by_block_without_its_indentation_and_it_is_said_which() {
    let mut stage = with_code();
    stage.press(&["tab"]);
    let first = Clip::new("code block 1 of 2 (rust)", "fn one() {}\n");
    assert_eq!(clip(&mut stage, "b"), first);
    assert_eq!(copied(&mut stage, "b"), "two\n  three\n");
    assert_eq!(copied(&mut stage, "alt-k"), "four()\n");
    assert_eq!(
        copied(&mut stage, "b"),
        "fn one() {}\n",
        "from the beginning"
    );
    // Anything else in between, and it begins at the top of the window again.
    stage.press(&["b", "j"]);
    assert_eq!(copied(&mut stage, "b"), "fn one() {}\n");
}

#[test]
fn the_code_block_under_the_token_cursor_is_copied() {
    let mut stage = with_code();
    stage.press(&["ctrl-t", "G"]);
    assert_eq!(copied(&mut stage, "b"), "four()\n");
}

#[test]
fn where_there_is_no_code_it_is_said() {
    let mut stage = Stage::new(80, 24);
    assert!(stage.press(&["alt-k"]).is_empty());
    stage.conversation();
    assert!(stage.press(&["alt-k"]).is_empty());
    assert!(stage.text().contains("There is no code block"));
}

/// The colour of the first cell of a word.
fn colour_of(stage: &mut Stage, word: &str) -> Option<Color> {
    let frame = stage.frame();
    let row = frame.area.rows().find_map(|row| {
        let text: String = row.positions().map(|at| frame[at].symbol()).collect();
        let at = text.find(word)?;
        let column = text[..at].chars().count() as u16;
        Some((column, row.y))
    });
    row.and_then(|at| frame[at].style().fg)
}

#[test]
fn code_is_plain_until_its_colours_are_found_and_then_has_them() {
    let mut stage = staged(80, 60, "dark");
    let theme = stage.app.theme.clone();
    let plain = theme.style(Part::Text).fg;
    assert_eq!(colour_of(&mut stage, "def"), plain);
    stage.paint();
    assert_eq!(
        colour_of(&mut stage, "def"),
        theme.style(Part::CodeKeyword).fg
    );
    assert_eq!(
        colour_of(&mut stage, "# of blue"),
        theme.style(Part::CodeComment).fg
    );
    assert_eq!(
        colour_of(&mut stage, "450 / nm"),
        theme.style(Part::CodeNumber).fg
    );
}

#[test]
fn each_line_of_code_that_streams_is_looked_at_once() {
    let mut stage = Stage::with_theme(80, 24, "dark");
    stage.loaded();
    stage.ask("Code, please.", 80);
    let code = "```rust\n".to_owned() + &"let a = 1; // one\n".repeat(300) + "let b = 2;";
    let mut painter = limpid::tui::paint::Painter::default();
    let mut lines = 0;
    for chunk in code.as_bytes().chunks(50) {
        stage.token(chunk, 0.5, &[]);
        stage.frame();
        for job in stage.app.paints.take_jobs() {
            lines += job.lines.len();
            let painted = painter.paint(&job);
            stage.app.paints.learn(painted);
        }
    }
    assert_eq!(lines, 300, "the last one is not complete");
    let keyword = stage.app.theme.style(Part::CodeKeyword).fg;
    assert_eq!(colour_of(&mut stage, "let a"), keyword);
    stage.finish(StopReason::EndOfGeneration);
    stage.frame();
    let last: usize = stage
        .app
        .paints
        .take_jobs()
        .iter()
        .map(|job| job.lines.len())
        .sum();
    assert_eq!(last, 1);
}

#[test]
fn links_are_marked_where_the_terminal_takes_addresses_and_lead_where_they_say() {
    let mut stage = staged(80, 60, "dark");
    assert!(stage.text().contains("(https://en.wikipedia.org/"));
    assert!(hyperlink::addresses(&stage.app.transcript).is_empty());
    stage.app.links = true;
    let frame = stage.frame();
    assert!(!stage.text().contains("https://"));
    let addresses = hyperlink::addresses(&stage.app.transcript);
    let marked: String = frame
        .content
        .iter()
        .filter(|cell| addresses.contains_key(&cell.underline_color))
        .map(ratatui::buffer::Cell::symbol)
        .collect();
    assert_eq!(marked, "the article");
    let address = "https://en.wikipedia.org/wiki/Rayleigh_scattering".to_owned();
    assert_eq!(addresses.into_values().collect::<Vec<_>>(), [Some(address)]);
}
