//! `limpid themes list|show|check`.

use std::fmt::Write;
use std::io::IsTerminal;

use ratatui::style::{Color, Modifier, Style};

use crate::cli::Resolved;
use crate::cli::command::{ThemesArgs, ThemesCommand};
use crate::config::theme::{self, ColorDepth, Part, SCALE_STEPS, Theme};
use crate::config::{Env, paths};
use crate::text;

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
            let theme = Theme::load(&path.to_string_lossy(), folder)?;
            let styles = Part::ALL.len();
            super::print(&format!(
                "{}: no mistakes; {styles} styles\n",
                text::visible_line(&theme.name)
            ))
        }
    }
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
            Err(error) => format!("cannot be used: {error}"),
        };
        let name = text::visible_line(&listed.name);
        let gap = " ".repeat(widest.saturating_sub(text::width(&name)));
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{mark} {name}{gap}  {}", text::visible_line(&about));
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
        let sample = painted("The quick brown fox", drawn.map(|drawn| drawn.style(part)));
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
        "{:widest$}  {scale}  improbable to probable",
        "token.scale"
    );
    out
}

fn describe(style: Style) -> String {
    let mut words = Vec::new();
    words.extend(style.fg.map(|fore| fore.to_string().to_lowercase()));
    words.extend(
        style
            .bg
            .map(|back| format!("on {}", back.to_string().to_lowercase())),
    );
    words.extend(
        style
            .add_modifier
            .iter_names()
            .map(|(name, _)| name.to_lowercase()),
    );
    words.join(" ")
}

/// The text between the sequences (SGR, ECMA-48) that switch a style on and off.
fn painted(text: &str, style: Option<Style>) -> String {
    let Some(style) = style else {
        return text.to_owned();
    };
    let modifiers = [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
        (Modifier::CROSSED_OUT, "9"),
    ];
    let mut codes = Vec::new();
    codes.extend(style.fg.and_then(|fore| color_code(fore, 30)));
    codes.extend(style.bg.and_then(|back| color_code(back, 40)));
    let set = modifiers
        .iter()
        .filter(|(modifier, _)| style.add_modifier.contains(*modifier));
    codes.extend(set.map(|(_, code)| (*code).to_owned()));
    if codes.is_empty() {
        return text.to_owned();
    }
    format!("\u{1B}[{}m{text}\u{1B}[0m", codes.join(";"))
}

/// `base` is 30 for the text and 40 for the ground.
fn color_code(color: Color, base: u8) -> Option<String> {
    let named = |offset: u8| Some((base + offset).to_string());
    match color {
        Color::Reset => named(9),
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => named(60),
        Color::LightRed => named(61),
        Color::LightGreen => named(62),
        Color::LightYellow => named(63),
        Color::LightBlue => named(64),
        Color::LightMagenta => named(65),
        Color::LightCyan => named(66),
        Color::White => named(67),
        Color::Indexed(index) => Some(format!("{};5;{index}", base + 8)),
        Color::Rgb(r, g, b) => Some(format!("{};2;{r};{g};{b}", base + 8)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colour_no_escape_is_printed() {
        let theme = Theme::load("dark", None).expect("is built in");
        assert!(!show(&theme, None).contains('\u{1B}'));
        assert!(show(&theme, Some(ColorDepth::True)).contains("\u{1B}[38;2;"));
    }

    #[test]
    fn the_chosen_theme_is_marked() {
        assert!(list("dark", None).contains("\n* dark "));
    }
}
