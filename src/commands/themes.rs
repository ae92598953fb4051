//! `limpid themes list|show|check`.

use std::fmt::Write;
use std::io::IsTerminal;

use ratatui::style::Style;

use crate::cli::Resolved;
use crate::cli::command::{ThemesArgs, ThemesCommand};
use crate::config::theme::{self, ColorDepth, Part, SCALE_STEPS, Theme};
use crate::config::{ConfigError, Env, paths};
use crate::text;
use crate::words::commands as words;

/// Lists, shows or checks themes.
///
/// # Errors
/// A theme is unknown or has a mistake, or standard output cannot be written.
pub fn run(args: &ThemesArgs, resolved: &Resolved) -> anyhow::Result<()> {
    let folder = resolved.paths.themes_dir().ok();
    let folder = folder.as_deref();
    match &args.command {
        ThemesCommand::List => super::print(&list(&resolved.settings.ui.theme, folder)),
        ThemesCommand::Show { name } => {
            let env: Env<'_> = &paths::process_env;
            let color = theme::use_color(
                resolved.settings.ui.color,
                std::io::stdout().is_terminal(),
                env,
            );
            let theme = Theme::load(name, folder)?;
            super::print(&show(&theme, color.then(|| ColorDepth::detect(env))))
        }
        ThemesCommand::Check { file } => {
            // A bare name would be looked up among the known themes.
            let path = std::path::absolute(file)?;
            let theme = Theme::check(&path.to_string_lossy(), folder).map_err(all_but_one)?;
            let styles = Part::ALL.len();
            super::print(&format!(
                "{}\n",
                words::sound_theme(text::visible_line(&theme.name), styles)
            ))
        }
    }
}

/// Reports the mistakes, and leaves the last one to whoever ends the program.
fn all_but_one(mut mistakes: Vec<ConfigError>) -> anyhow::Error {
    let Some(last) = mistakes.pop() else {
        unreachable!("a theme is refused for a reason")
    };
    for mistake in mistakes {
        // The last one has the same status, and ends the program with it.
        let _status = super::report(&mistake.into());
    }
    last.into()
}

fn list(chosen: &str, folder: Option<&std::path::Path>) -> String {
    let themes = theme::list(folder);
    let widest = themes
        .iter()
        .map(|one| text::width(&one.name))
        .max()
        .unwrap_or(0);
    let mut out = String::new();
    for listed in themes {
        let mark = if listed.name == chosen { '*' } else { ' ' };
        let about = match Theme::load(&listed.name, folder) {
            Ok(theme) => theme.description,
            Err(error) => words::cannot_be_used(error),
        };
        let name = text::visible_line(&listed.name);
        let name = text::columns::left(&name, widest);
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{mark} {name}  {}", text::visible_line(&about));
    }
    out
}

/// Draws each style in itself where a depth is given, and says in words what it is.
fn show(theme: &Theme, depth: Option<ColorDepth>) -> String {
    let drawn = depth.map(|depth| theme.clone().reduced(depth));
    let drawn = drawn.as_ref();
    let mut out = String::new();
    let widest = Part::ALL
        .iter()
        .map(|part| part.name().len())
        .max()
        .unwrap_or(0);
    for part in Part::ALL {
        let sample = painted(&words::SAMPLE, drawn.map(|drawn| drawn.style(part)));
        let words = describe(theme.style(part));
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "{}",
            format!("{:widest$}  {sample}  {words}", part.name()).trim_end()
        );
    }
    let scale: String = (0..SCALE_STEPS)
        .map(|step| painted(&format!(" {step} "), drawn.map(|drawn| drawn.steps()[step])))
        .collect();
    let _ = writeln!(
        out,
        "{:widest$}  {scale}  {}",
        "token.scale",
        words::PROBABILITY_SCALE
    );
    out
}

fn describe(style: Style) -> String {
    let mut words = Vec::new();
    words.extend(style.fg.map(|fore| fore.to_string().to_lowercase()));
    words.extend(
        style
            .bg
            .map(|back| words::on_color(back.to_string().to_lowercase())),
    );
    words.extend(
        style
            .add_modifier
            .iter_names()
            .map(|(name, _)| name.to_lowercase()),
    );
    words.join(" ")
}

fn painted(text: &str, style: Option<Style>) -> String {
    match style.map(theme::sgr) {
        Some(codes) if !codes.is_empty() => format!("{codes}{text}{}", theme::RESET),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colour_no_escape_is_printed() {
        let theme = Theme::load("dark", None).expect("is built in");
        assert!(!show(&theme, None).contains('\u{1B}'));
        assert!(show(&theme, Some(ColorDepth::True)).contains("38;2;"));
    }

    #[test]
    fn the_chosen_theme_is_marked() {
        assert!(list("dark", None).contains("\n* dark "));
    }
}
