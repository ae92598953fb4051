//! The line front end as a user meets it: the real program, model and terminal.

#[cfg(feature = "llama")]
mod attaching;
mod chinese;
mod copying;
mod leaving;
mod offering;
mod plain;
mod privacy;
mod reasoning;
mod talking;
mod weighing;

use crate::support::pty::{Home, Pty};
use crate::support::run::ENDLESS;

const SIZE: (u16, u16) = (100, 40);

/// Short answers, the same each time on one machine.
const BRIEF: [&str; 5] = ["repl", "-n", "16", "--temp", "0"];

/// Answers without an end.
const LONG: [&str; 7] = {
    let [temp, zero, bias, end, again, other] = ENDLESS;
    ["repl", temp, zero, bias, end, again, other]
};

/// A chat whose answers end soon, at its first prompt.
fn brief(home: &Home) -> Pty {
    ready(Pty::limpid(home, &BRIEF, SIZE))
}

/// Waits for the first prompt.
fn ready(pty: Pty) -> Pty {
    pty.wait_for("/help shows the commands");
    pty.wait_for("> ");
    pty
}

/// Asks, and waits for the end of the answer: the `count`th line of statistics.
fn ask(pty: &mut Pty, question: &str, count: usize) {
    pty.send(&format!("{question}\r"));
    pty.wait_until(&format!("the end of answer {count}"), |_, raw| {
        occurrences(raw, "first token") == count
    });
}

/// Asks for an answer that goes on for long, and waits until it has begun.
fn ask_for_long(pty: &mut Pty) {
    pty.send("Count from one to a thousand in words.\r");
    pty.wait_until("the answer to begin", |screen, _| {
        let text = screen.contents();
        let (_, after) = text.split_once("in words.").unwrap_or_default();
        after.trim().len() > 20
    });
}

fn occurrences(raw: &[u8], text: &str) -> usize {
    String::from_utf8_lossy(raw).matches(text).count()
}

/// The stored conversations' files, as text.
fn stored(home: &Home) -> Vec<String> {
    home.files()
        .into_iter()
        .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "jsonl"))
        .map(|(_, bytes)| String::from_utf8(bytes).expect("a history is text"))
        .collect()
}
