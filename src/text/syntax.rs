//! What the words of code are, line by line.

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

/// What a stretch of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    Plain,
    Keyword,
    String,
    Comment,
    Number,
    Function,
    Type,
}

/// A stretch of a line of code that is one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The byte of the line behind it.
    pub end: u32,
    pub paint: Paint,
}

/// A longer line is left plain: it is data, and costs more than it tells.
const LINE: usize = 2000;

/// What the names of scopes mean, the special before the general.
const SCOPES: &[(&str, Paint)] = &[
    ("comment", Paint::Comment),
    ("string", Paint::String),
    ("constant.character", Paint::String),
    ("constant", Paint::Number),
    ("keyword.operator", Paint::Plain),
    ("keyword", Paint::Keyword),
    ("storage", Paint::Keyword),
    ("variable.language", Paint::Keyword),
    ("variable.function", Paint::Function),
    ("entity.name.function", Paint::Function),
    ("support.function", Paint::Function),
    ("entity.other.attribute-name", Paint::Function),
    ("entity.name.tag", Paint::Keyword),
    ("entity.name.namespace", Paint::Plain),
    ("entity.name", Paint::Type),
    ("entity.other.inherited-class", Paint::Type),
    ("support.type", Paint::Type),
    ("support.class", Paint::Type),
    ("markup.inserted", Paint::String),
    ("markup.deleted", Paint::Keyword),
    ("markup.heading", Paint::Keyword),
];

/// Names that models give to languages, and that are no name or file ending of one.
const ALIASES: &[(&str, &str)] = &[
    ("shell", "bash"),
    ("console", "bash"),
    ("shell-session", "bash"),
    ("jsx", "js"),
    ("golang", "go"),
    ("c++", "cpp"),
    ("c#", "cs"),
    ("csharp", "cs"),
    ("f#", "fs"),
    ("fsharp", "fs"),
    ("objective-c", "m"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("python3", "python"),
    ("rustlang", "rust"),
    ("pycon", "python"),
    ("node", "js"),
    ("mjs", "js"),
    ("cjs", "js"),
    ("terminal", "bash"),
    ("jsonl", "json"),
    ("mysql", "sql"),
    ("postgresql", "sql"),
    ("postgres", "sql"),
    ("plsql", "sql"),
    ("sqlite", "sql"),
    ("docker", "dockerfile"),
    ("scheme", "lisp"),
    ("hlsl", "glsl"),
    ("fortran", "f90"),
    ("assembly", "asm"),
    ("cuda", "cpp"),
];

/// The grammars. Reading them takes some tens of milliseconds.
pub struct Syntaxes {
    set: SyntaxSet,
    scopes: Vec<(Scope, Paint)>,
}

impl Default for Syntaxes {
    fn default() -> Self {
        let scope = |&(name, paint): &(&str, Paint)| Some((Scope::new(name).ok()?, paint));
        Self {
            set: two_face::syntax::extra_newlines(),
            scopes: SCOPES.iter().filter_map(scope).collect(),
        }
    }
}

impl Syntaxes {
    /// Begins a block in a language, by the name that stands behind its fence; `None` where it
    /// is not known.
    #[must_use]
    pub fn begin(&self, language: &str) -> Option<Lines> {
        let language = language.to_ascii_lowercase();
        let alias = ALIASES.iter().find(|(name, _)| *name == language);
        let name = alias.map_or(language.as_str(), |(_, name)| name);
        let syntax = self.set.find_syntax_by_token(name)?;
        Some(Lines {
            state: ParseState::new(syntax),
            stack: ScopeStack::new(),
            broken: false,
        })
    }

    fn paint(&self, stack: &ScopeStack) -> Paint {
        let known = |scope: &Scope| {
            let mut scopes = self.scopes.iter();
            let found = scopes.find(|(prefix, _)| prefix.is_prefix_of(*scope));
            found.map(|(_, paint)| *paint)
        };
        let mut inner = stack.as_slice().iter().rev();
        inner.find_map(known).unwrap_or(Paint::Plain)
    }
}

/// A block of code up to a line: what the next one is depends on those before.
pub struct Lines {
    state: ParseState,
    stack: ScopeStack,
    /// A line could not be parsed; the rest is plain.
    broken: bool,
}

impl Lines {
    /// What the next line is made of, without its line break.
    pub fn next(&mut self, syntaxes: &Syntaxes, line: &str) -> Vec<Stretch> {
        if self.broken || line.len() > LINE {
            return Vec::new();
        }
        let Ok(changes) = self.state.parse_line(&format!("{line}\n"), &syntaxes.set) else {
            self.broken = true;
            return Vec::new();
        };
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut at = 0;
        for (offset, change) in changes {
            self.push(syntaxes, at, offset.min(line.len()), &mut stretches);
            at = offset.min(line.len());
            if self.stack.apply(&change).is_err() {
                self.broken = true;
                return Vec::new();
            }
        }
        self.push(syntaxes, at, line.len(), &mut stretches);
        stretches
    }

    fn push(&self, syntaxes: &Syntaxes, from: usize, to: usize, stretches: &mut Vec<Stretch>) {
        let Ok(end) = u32::try_from(to) else { return };
        if to <= from {
            return;
        }
        let paint = syntaxes.paint(&self.stack);
        match stretches.last_mut() {
            Some(last) if last.paint == paint => last.end = end,
            _ => stretches.push(Stretch { end, paint }),
        }
    }
}

/// What is at a byte of a line.
#[must_use]
pub fn paint_at(line: &[Stretch], byte: usize) -> (Paint, usize) {
    let at = line.partition_point(|stretch| stretch.end as usize <= byte);
    line.get(at).map_or((Paint::Plain, usize::MAX), |stretch| {
        (stretch.paint, stretch.end as usize)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMON: &str = "rust rs c cpp c++ cc h hpp objective-c python python3 py py3 pycon js javascript node mjs ts typescript tsx jsx go golang java kotlin kt swift ruby rb php bash sh shell zsh fish console shell-session terminal powershell pwsh ps1 bat cmd json jsonc json5 jsonl yaml yml toml ini cfg conf dotenv xml svg html vue svelte css scss sass less sql mysql postgresql sqlite dockerfile docker makefile make cmake lua perl pl r julia jl haskell hs elixir ex erlang erl clojure clj lisp scheme scala zig nix diff patch markdown md latex tex bibtex csharp cs c# fsharp fs f# dart graphql gql protobuf proto vim viml wgsl glsl hlsl vb ocaml ml pascal fortran matlab groovy gradle awk sed jq terraform hcl nginx solidity asm assembly nasm http rst org crystal nim elm d verilog systemverilog vhdl tcl racket gdscript cuda prolog mermaid csv regex";

    /// The grammars have none for these.
    const PLAIN_ON_PURPOSE: [&str; 9] = [
        "powershell",
        "pwsh",
        "ps1",
        "vb",
        "sed",
        "gdscript",
        "prolog",
        "mermaid",
        "regex",
    ];

    fn painted<'a>(lines: &mut Lines, syntaxes: &Syntaxes, line: &'a str) -> Vec<(&'a str, Paint)> {
        let mut at = 0;
        let stretches = lines.next(syntaxes, line);
        stretches
            .into_iter()
            .map(|stretch| {
                let end = stretch.end as usize;
                let text = &line[at..end];
                at = end;
                (text.trim(), stretch.paint)
            })
            .filter(|(text, _)| !text.is_empty())
            .collect()
    }

    #[test]
    fn the_words_of_code_are_told_apart() {
        let syntaxes = Syntaxes::default();
        let mut lines = syntaxes.begin("Rust").expect("is known");
        let words = painted(&mut lines, &syntaxes, "fn sky(x: u8) -> u8 { 42 } // why");
        for word in [
            ("fn", Paint::Keyword),
            ("sky", Paint::Function),
            ("42", Paint::Number),
            ("// why", Paint::Comment),
        ] {
            assert!(words.contains(&word), "{word:?} in {words:?}");
        }
        // What began in a line before goes on.
        painted(&mut lines, &syntaxes, "/* a");
        let words = painted(&mut lines, &syntaxes, "b */");
        assert_eq!(words, [("b */", Paint::Comment)]);
    }

    #[test]
    fn the_common_languages_are_known_by_the_names_that_models_use() {
        let syntaxes = Syntaxes::default();
        let plain: Vec<&str> = COMMON
            .split_whitespace()
            .filter(|name| syntaxes.begin(name).is_none())
            .collect();
        assert_eq!(plain, PLAIN_ON_PURPOSE);
        for name in ["", "no such language", "output"] {
            assert!(syntaxes.begin(name).is_none(), "{name}");
        }
    }

    #[test]
    fn stretches_lie_within_their_line() {
        let syntaxes = Syntaxes::default();
        let mut lines = syntaxes.begin("json").expect("is known");
        for line in ["{\"日本\": [1, true],", "", "  \"x", &"[".repeat(5000)] {
            let stretches = lines.next(&syntaxes, line);
            let ends: Vec<usize> = stretches.iter().map(|it| it.end as usize).collect();
            assert!(ends.is_sorted() && ends.iter().all(|&end| line.is_char_boundary(end)));
        }
    }
}
