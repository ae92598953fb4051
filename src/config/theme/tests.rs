use std::fs;

use ratatui::style::Modifier;

use super::*;

fn built_in() -> impl Iterator<Item = Theme> {
    BUILT_IN
        .iter()
        .map(|(name, _)| Theme::load(name, None).unwrap_or_else(|e| panic!("{e}")))
}

fn own(text: &str) -> (tempfile::TempDir, Result<Theme, ConfigError>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("mine.toml"), text).expect("can be written");
    let theme = Theme::load("mine", Some(folder.path()));
    (folder, theme)
}

fn complaint(text: &str) -> (Option<usize>, String, Vec<String>) {
    let error = own(text).1.expect_err("has a mistake");
    (error.line, error.message, error.hints)
}

#[test]
fn every_shipped_theme_styles_every_part() {
    assert_eq!(built_in().count(), BUILT_IN.len());
    assert!(built_in().all(|theme| !theme.description.is_empty()));
}

#[test]
fn every_file_in_themes_is_built_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes");
    let mut files: Vec<_> = load::user_themes(Some(&folder))
        .into_iter()
        .map(|one| one.name)
        .collect();
    let mut names: Vec<_> = BUILT_IN
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    files.sort();
    names.sort();
    assert_eq!(files, names);
}

/// WCAG asks for 4.5:1 for text and 3:1 for lines and bars.
#[test]
fn what_is_to_be_read_stands_out_from_the_ground() {
    for theme in built_in() {
        let grounds = match theme.background {
            // The usual ones: pure, and as the common light and dark schemes have it.
            Background::Dark => [Color::Rgb(0, 0, 0), Color::Rgb(0x1e, 0x1e, 0x2e)],
            Background::Light => [Color::Rgb(255, 255, 255), Color::Rgb(0xf5, 0xf5, 0xf0)],
            Background::Any => {
                let named = theme
                    .colors()
                    .iter()
                    .all(|one| contrast(*one, *one).is_none());
                assert!(
                    named,
                    "{} is for any ground and has colours of its own",
                    theme.name
                );
                continue;
            }
        };
        let least = if theme.name == "high-contrast" {
            7.0
        } else {
            4.5
        };
        let parts = Part::ALL.map(|part| (part.name(), theme.style(part)));
        let steps = theme.steps().map(|style| ("token.scale", style));
        for (name, style) in parts.into_iter().chain(steps) {
            let least = match name {
                "border" | "bar.dropped" | "bar" | "bar.chosen" | "sparkline" | "gauge" => 3.0,
                _ => least,
            };
            for ground in grounds {
                let fore = style
                    .fg
                    .unwrap_or_else(|| panic!("{name} in {} has no colour", theme.name));
                let ratio = contrast(fore, style.bg.unwrap_or(ground)).unwrap_or_else(|| {
                    panic!("{name} in {} is the terminal's own colour", theme.name)
                });
                assert!(
                    ratio >= least,
                    "{name} in {}: {ratio:.2} on {ground:?}",
                    theme.name
                );
            }
        }
    }
}

#[test]
fn the_colour_blind_scales_are_told_apart_by_lightness_alone() {
    for (name, ground) in [
        ("colour-blind", Color::Rgb(0, 0, 0)),
        ("colour-blind-light", Color::Rgb(255, 255, 255)),
    ] {
        let theme = Theme::load(name, None).expect("is built in");
        let ratios = theme
            .steps()
            .map(|step| step.fg.and_then(|fore| contrast(fore, ground)));
        assert!(ratios.is_sorted_by(|a, b| a > b), "{name}: {ratios:?}");
    }
}

/// Whoever sees no hues still sees which of two tokens was the more probable: lightness goes one
/// way along the scale, in each theme that brings colours of its own.
#[test]
fn every_scale_keeps_its_order_by_lightness() {
    for theme in built_in().filter(|theme| theme.background != Background::Any) {
        let black = Color::Rgb(0, 0, 0);
        let lightness = theme.steps().map(|step| {
            // What is drawn black on a colour is seen by that colour.
            let seen = match step.bg {
                Some(ground) if ground != black => Some(ground),
                _ => step.fg,
            };
            seen.and_then(|colour| contrast(colour, black))
                .unwrap_or_else(|| panic!("{} has a step without a colour", theme.name))
        });
        let one_way = lightness.is_sorted() || lightness.is_sorted_by(|a, b| a >= b);
        assert!(one_way, "{}: {lightness:?}", theme.name);
    }
}

/// Where there are no colours, or only the terminal's own, weight says it: no step looks more
/// certain than one after it.
#[test]
fn without_colours_of_its_own_a_scale_keeps_its_order_by_weight() {
    let weight = |style: &Style| {
        let has = |modifier| u32::from(style.add_modifier.contains(modifier));
        8 * has(Modifier::REVERSED)
            + 8 * has(Modifier::ITALIC)
            + 4 * has(Modifier::BOLD)
            + 2 * has(Modifier::UNDERLINED)
    };
    let mono = Theme::load("mono", None).expect("is built in");
    let weights = mono.steps().each_ref().map(weight);
    assert!(weights.is_sorted_by(|a, b| a >= b), "{weights:?}");
    let mut kinds = weights.to_vec();
    kinds.dedup();
    assert!(kinds.len() >= 5, "{weights:?}");
    let reversed = |style: &Style| style.add_modifier.contains(Modifier::REVERSED);
    assert!(
        reversed(&mono.style(Part::Cursor)) && !mono.steps().iter().any(reversed),
        "the cursor is told from every step"
    );
    let ansi = Theme::load("ansi", None).expect("is built in");
    let ends = [ansi.steps()[0], ansi.steps()[SCALE_STEPS - 1]].map(|step| weight(&step));
    assert!(ends[0] > ends[1]);
}

#[test]
fn without_colour_there_is_none() {
    let env = |_: &str| None;
    let theme = Theme::choose("dark", false, None, &env).expect("is built in");
    assert_eq!(theme.colors(), []);
    assert!(
        theme
            .style(Part::Error)
            .add_modifier
            .contains(Modifier::BOLD)
    );
}

#[test]
fn no_color_and_dumb_terminals_decide_only_where_the_user_did_not() {
    let plain = |_: &str| None;
    let no_color = |name: &str| (name == "NO_COLOR").then(|| "1".into());
    let empty = |name: &str| (name == "NO_COLOR").then(|| "".into());
    let dumb = |name: &str| (name == "TERM").then(|| "dumb".into());
    assert!(use_color(ColorChoice::Auto, true, &plain));
    assert!(use_color(ColorChoice::Auto, true, &empty));
    assert!(!use_color(ColorChoice::Auto, true, &no_color));
    assert!(!use_color(ColorChoice::Auto, true, &dumb));
    assert!(!use_color(ColorChoice::Auto, false, &plain));
    assert!(use_color(ColorChoice::Always, false, &no_color));
    assert!(!use_color(ColorChoice::Never, true, &plain));
}

#[test]
fn the_scale_takes_any_number() {
    let theme = Theme::load("dark", None).expect("is built in");
    assert_eq!(theme.scale(0.0), theme.steps()[0]);
    assert_eq!(theme.scale(1.0), theme.steps()[8]);
    assert_eq!(theme.scale(-3.0), theme.steps()[0]);
    assert_eq!(theme.scale(f32::NAN), theme.steps()[0]);
    assert_eq!(theme.scale(f32::INFINITY), theme.steps()[8]);
}

#[test]
fn a_users_theme_builds_on_another_with_its_own_palette() {
    let (_folder, theme) = own(
        "inherits = \"dark\"\n[palette]\nsea = \"#2ac3de\"\n[styles]\ntitle = \"sea\"\n\"border.focused\" = { fg = 203, bold = true }\n",
    );
    let theme = theme.expect("is right");
    let dark = Theme::load("dark", None).expect("is built in");
    assert_eq!(
        theme.style(Part::Title).fg,
        Some(Color::Rgb(0x2a, 0xc3, 0xde))
    );
    assert_eq!(
        theme.style(Part::BorderFocused).fg,
        Some(Color::Indexed(203))
    );
    assert_eq!(theme.style(Part::Error), dark.style(Part::Error));
    assert_eq!(theme.background, Background::Dark);
}

#[test]
fn a_users_theme_may_refine_the_built_in_one_of_its_name() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = "inherits = \"dark\"\n[styles]\ntext = \"red\"\n";
    fs::write(folder.path().join("dark.toml"), text).expect("can be written");
    let theme = Theme::load("dark", Some(folder.path())).expect("is right");
    assert_eq!(theme.style(Part::Text).fg, Some(Color::Red));
    assert_eq!(
        list(Some(folder.path()))
            .iter()
            .filter(|one| one.name == "dark")
            .count(),
        1
    );
}

#[test]
fn a_theme_that_says_nothing_of_markup_has_it_in_the_style_of_text() {
    let dark = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/dark.toml");
    let text = fs::read_to_string(dark).expect("can be read");
    let older: Vec<&str> = text
        .lines()
        .filter(|line| {
            !["code", "\"code", "link", "quote", "formula", "mark"]
                .iter()
                .any(|it| line.starts_with(it))
        })
        .collect();
    let (_folder, theme) = own(&older.join("\n"));
    let theme = theme.expect("is complete");
    assert_eq!(theme.style(Part::Code), theme.style(Part::Text));
    assert_eq!(theme.style(Part::Mark), theme.style(Part::Dim));
}

#[test]
fn mistakes_in_a_theme_name_the_line_and_the_nearest_word() {
    let base = "inherits = \"ansi\"\n";
    assert_eq!(
        complaint(&format!("{base}[styles]\nboarder = \"red\"\n")),
        (
            Some(3),
            "unknown part 'boarder'".into(),
            vec!["did you mean 'border'?".into()]
        )
    );
    let (line, message, hints) = complaint(&format!("{base}[styles]\ntext = \"gren\"\n"));
    assert_eq!((line, message.as_str()), (Some(3), "unknown colour 'gren'"));
    assert_eq!(hints[0], "did you mean 'green'?");
    let (line, message, _) = complaint(&format!("{base}[styles]\ntext = {{ blod = true }}\n"));
    assert_eq!(
        (line, message.as_str()),
        (Some(3), "unknown property 'blod' of a style")
    );
    let (line, message, _) = complaint(&format!("{base}\n[token]\nscale = [\"red\"]\n"));
    assert_eq!(line, Some(4));
    assert!(message.ends_with("found 1"), "{message}");
    assert_eq!(
        complaint("inherit = \"ansi\"\n").2,
        ["did you mean 'inherits'?"]
    );
    assert_eq!(
        complaint("inherits = \"drak\"\n").2,
        ["did you mean 'dark'?"]
    );
    assert_eq!(
        complaint("[styles]\ntext = \"red\"\n").1,
        "the theme has no style 'dim'"
    );
}

#[test]
fn themes_that_inherit_in_a_circle_are_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("a.toml"), "inherits = \"b\"\n").expect("can be written");
    fs::write(folder.path().join("b.toml"), "inherits = \"a\"\n").expect("can be written");
    let error = Theme::load("a", Some(folder.path())).expect_err("is a circle");
    assert_eq!(error.message, "themes inherit from each other in a circle");
}

#[test]
fn an_unknown_theme_gets_the_nearest_name() {
    let error = Theme::load("drak", None).expect_err("is unknown");
    assert_eq!(error.to_string(), "unknown theme 'drak'");
    assert_eq!(error.hints, ["did you mean 'dark'?"]);
}

#[test]
fn what_every_built_in_theme_says_of_itself_has_its_chinese() {
    for theme in built_in() {
        let description = crate::words::help::chinese(&theme.description);
        assert!(description.is_some(), "{}", theme.description);
    }
}
