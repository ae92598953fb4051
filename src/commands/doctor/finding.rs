//! What was found, and how it is told.

use serde::{Serialize, Serializer};

use crate::text;
use crate::words::commands::doctor as words;
use crate::words::{Language, Phrase};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Good,
    /// limpid works, and could work better.
    Improvable,
    /// limpid cannot do its work.
    Broken,
}

impl State {
    fn mark(self) -> Phrase {
        match self {
            Self::Good => words::GOOD,
            Self::Improvable => words::IMPROVABLE,
            Self::Broken => words::BROKEN,
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Programs read its English name.
    #[serde(serialize_with = "in_english")]
    pub subject: Phrase,
    pub state: State,
    /// Raw: sanitised when it is told.
    pub says: String,
    /// What to do, a sentence each.
    pub advice: Vec<String>,
}

impl Finding {
    pub fn new(subject: Phrase, state: State, says: impl Into<String>) -> Self {
        Self {
            subject,
            state,
            says: says.into(),
            advice: Vec::new(),
        }
    }

    pub fn good(subject: Phrase, says: impl Into<String>) -> Self {
        Self::new(subject, State::Good, says)
    }

    pub fn improvable(subject: Phrase, says: impl Into<String>) -> Self {
        Self::new(subject, State::Improvable, says)
    }

    pub fn broken(subject: Phrase, says: impl Into<String>) -> Self {
        Self::new(subject, State::Broken, says)
    }

    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice.push(advice.into());
        self
    }
}

fn in_english<S: Serializer>(subject: &Phrase, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(subject.in_language(Language::English))
}

/// A line for each, with what to do below it.
pub fn table(findings: &[Finding]) -> String {
    let widest = findings.iter().map(|one| text::width(&one.subject)).max();
    let widest = widest.unwrap_or(0);
    let mut out = String::new();
    for one in findings {
        let (mark, says) = (one.state.mark(), text::visible_line(&one.says));
        out += &format!("{mark:<4}  {:<widest$}  {says}\n", one.subject);
        for advice in &one.advice {
            let advice = text::visible_line(advice);
            out += &format!("{:4}  {:widest$}  -> {advice}\n", "", "");
        }
    }
    let count = |state| findings.iter().filter(|one| one.state == state).count();
    let (broken, improvable) = (count(State::Broken), count(State::Improvable));
    let verdict: String = match (broken, improvable) {
        (0, 0) => words::ALL_GOOD.into(),
        (0, 1) => words::ONE_IMPROVABLE.into(),
        (0, more) => words::improvable(more),
        (1, _) => words::ONE_BROKEN.into(),
        (more, _) => words::broken(more),
    };
    format!("{out}\n{verdict}\n")
}

pub fn json(findings: &[Finding]) -> String {
    let array = serde_json::json!(findings);
    format!("{array:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_finding_has_its_line_and_what_to_do_below_it() {
        let findings = [
            Finding::good(words::TERMINAL, "xterm, 80x24"),
            Finding::improvable(words::CLIPBOARD, "tmux\x1b[31m keeps it").advise("let it through"),
        ];
        let told = table(&findings);
        assert_eq!(
            told.lines().collect::<Vec<_>>(),
            [
                "ok    terminal   xterm, 80x24",
                "hint  clipboard  tmux␛[31m keeps it",
                "                 -> let it through",
                "",
                "limpid works; 1 thing could be better.",
            ]
        );
        let broken = [Finding::broken(words::MODEL, "it is not here")];
        assert!(table(&broken).ends_with("1 thing keeps limpid from its work.\n"));
    }
}
