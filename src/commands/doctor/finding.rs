//! What was found, and how it is told.

use serde::Serialize;

use crate::text;

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
    fn mark(self) -> &'static str {
        match self {
            Self::Good => "ok",
            Self::Improvable => "hint",
            Self::Broken => "FAIL",
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub subject: &'static str,
    pub state: State,
    /// Raw: sanitised when it is told.
    pub says: String,
    /// What to do, a sentence each.
    pub advice: Vec<String>,
}

impl Finding {
    pub fn new(subject: &'static str, state: State, says: impl Into<String>) -> Self {
        Self {
            subject,
            state,
            says: says.into(),
            advice: Vec::new(),
        }
    }

    pub fn good(subject: &'static str, says: impl Into<String>) -> Self {
        Self::new(subject, State::Good, says)
    }

    pub fn improvable(subject: &'static str, says: impl Into<String>) -> Self {
        Self::new(subject, State::Improvable, says)
    }

    pub fn broken(subject: &'static str, says: impl Into<String>) -> Self {
        Self::new(subject, State::Broken, says)
    }

    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice.push(advice.into());
        self
    }
}

/// A line for each, with what to do below it.
pub fn table(findings: &[Finding]) -> String {
    let widest = findings.iter().map(|one| one.subject.len()).max();
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
    out += &match (broken, improvable) {
        (0, 0) => "\nEverything is as it should be.\n".to_owned(),
        (0, 1) => "\nlimpid works; 1 thing could be better.\n".to_owned(),
        (0, more) => format!("\nlimpid works; {more} things could be better.\n"),
        (1, _) => "\n1 thing keeps limpid from its work.\n".to_owned(),
        (more, _) => format!("\n{more} things keep limpid from its work.\n"),
    };
    out
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
            Finding::good("terminal", "xterm, 80x24"),
            Finding::improvable("clipboard", "tmux\x1b[31m keeps it").advise("let it through"),
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
        let broken = [Finding::broken("model", "it is not here")];
        assert!(table(&broken).ends_with("1 thing keeps limpid from its work.\n"));
    }
}
