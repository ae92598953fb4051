//! Where a model thinks and where it answers, as the text comes.
//!
//! Models set their reasoning apart by marks of their own. The marks belong to neither part; all
//! other bytes are in one of the two, as they were.
//!
//! ```text
//!  <think>\nIt is Sunday.\n</think>\n\nSunday.
//!         └──── reasoning ───┘       └ answer ┘
//! ```

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speech {
    Reasoning,
    Answer,
}

/// Where the reasoning lies in a text, in bytes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thought {
    /// Behind the mark that opens it; 0 where the prompt did.
    pub start: usize,
    /// Before the mark that closes it. Of one that is open, what is certain to be reasoning.
    pub end: usize,
    /// Behind the mark that closes it: the answer begins here. `None` while it is open.
    pub answer: Option<usize>,
}

/// What opens and closes reasoning.
struct Mark {
    open: &'static [u8],
    close: &'static [u8],
}

const fn mark(open: &'static str, close: &'static str) -> Mark {
    Mark {
        open: open.as_bytes(),
        close: close.as_bytes(),
    }
}

/// The marks of the families that have any.
const MARKS: [Mark; 7] = [
    // DeepSeek-R1, Qwen3, QwQ, GLM, SmolLM3, Nemotron and most others.
    mark("<think>", "</think>"),
    mark("<thinking>", "</thinking>"),
    // Seed-OSS.
    mark("<seed:think>", "</seed:think>"),
    // Magistral.
    mark("[THINK]", "[/THINK]"),
    // Kimi-VL.
    mark("◁think▷", "◁/think▷"),
    // gpt-oss: what it thinks and what it says are messages of their own.
    mark(
        "<|channel|>analysis<|message|>",
        "<|start|>assistant<|channel|>final<|message|>",
    ),
    // The same, where it says something without thinking.
    mark("<|channel|>final<|message|>", ""),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing but blanks has come.
    Start,
    /// Which mark opened it; `None`: the prompt did, so any may close it.
    Reasoning(Option<usize>),
    Answer,
}

/// Splits a text as it comes. What may turn out to be a mark is held back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reasoning {
    state: State,
    /// Bytes of text that are not held any more.
    taken: usize,
    thought: Option<Thought>,
    held: Vec<u8>,
    /// Of each byte that is held, whether it is text: the name of a control token is none.
    is_text: Vec<bool>,
}

impl Default for Reasoning {
    fn default() -> Self {
        Self::new(false)
    }
}

impl Reasoning {
    /// For an answer from its beginning; `inside`: the prompt ends with a mark that opens.
    #[must_use]
    pub fn new(inside: bool) -> Self {
        Self {
            state: if inside {
                State::Reasoning(None)
            } else {
                State::Start
            },
            taken: 0,
            thought: inside.then_some(Thought {
                start: 0,
                end: 0,
                answer: None,
            }),
            held: Vec::new(),
            is_text: Vec::new(),
        }
    }

    /// Whether what comes now is reasoning.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        matches!(self.state, State::Reasoning(_))
    }

    /// Whether nothing that comes can change what is known of the text: it is all answer now.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.state == State::Answer
    }

    /// Where the reasoning is in what was taken; `None` where there is none.
    #[must_use]
    pub fn thought(&self) -> Option<Thought> {
        self.thought
    }

    /// Bytes of text at the end of what was taken that may turn out to belong to a mark.
    #[must_use]
    pub fn undecided(&self) -> usize {
        self.is_text.iter().filter(|is_text| **is_text).count()
    }

    /// Takes text; what is certain of it comes back.
    pub fn push(&mut self, text: &[u8]) -> Vec<(Speech, Vec<u8>)> {
        self.take(text, true)
    }

    /// Takes the name of a control token, which can be a part of a mark and is no text.
    pub fn push_control(&mut self, name: &[u8]) -> Vec<(Speech, Vec<u8>)> {
        self.take(name, false)
    }

    /// The text is over: gives what was held back.
    pub fn finish(&mut self) -> Vec<(Speech, Vec<u8>)> {
        let speech = match self.state {
            State::Reasoning(_) => Speech::Reasoning,
            State::Start | State::Answer => Speech::Answer,
        };
        let mut parts = Vec::new();
        self.release(self.held.len(), speech, &mut parts);
        parts
    }

    fn take(&mut self, bytes: &[u8], is_text: bool) -> Vec<(Speech, Vec<u8>)> {
        self.held.extend_from_slice(bytes);
        self.is_text.resize(self.held.len(), is_text);
        let mut parts = Vec::new();
        loop {
            let before = self.state;
            match self.state {
                State::Start => self.start(),
                State::Reasoning(by) => self.reason(by, &mut parts),
                State::Answer => self.release(self.held.len(), Speech::Answer, &mut parts),
            }
            if self.state == before {
                return parts;
            }
        }
    }

    fn start(&mut self) {
        let blanks = self
            .held
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace());
        let blanks = blanks.count();
        let rest = &self.held[blanks..];
        if let Some(by) = MARKS.iter().position(|mark| rest.starts_with(mark.open)) {
            self.drop(blanks + MARKS[by].open.len());
            self.state = if MARKS[by].close.is_empty() {
                State::Answer
            } else {
                self.thought = Some(Thought {
                    start: self.taken,
                    end: self.taken,
                    answer: None,
                });
                State::Reasoning(Some(by))
            };
        } else if !MARKS.iter().any(|mark| mark.open.starts_with(rest)) {
            self.state = State::Answer;
        }
    }

    fn reason(&mut self, by: Option<usize>, parts: &mut Vec<(Speech, Vec<u8>)>) {
        let closing = MARKS
            .iter()
            .enumerate()
            .filter(|(at, mark)| !mark.close.is_empty() && by.is_none_or(|by| by == *at))
            .map(|(_, mark)| mark.close);
        let found = closing
            .clone()
            .filter_map(|close| Some((memchr::memmem::find(&self.held, close)?, close.len())))
            .min();
        if let Some((at, len)) = found {
            self.release(at, Speech::Reasoning, parts);
            self.drop(len);
            if let Some(thought) = &mut self.thought {
                thought.answer = Some(self.taken);
            }
            self.state = State::Answer;
            return;
        }
        let held = &self.held;
        let kept = closing
            .flat_map(|close| (1..close.len()).filter(move |&len| held.ends_with(&close[..len])))
            .max()
            .unwrap_or(0);
        self.release(self.held.len() - kept, Speech::Reasoning, parts);
    }

    fn drop(&mut self, len: usize) {
        self.held.drain(..len);
        let is_text = self.is_text.drain(..len);
        self.taken += is_text.filter(|is_text| *is_text).count();
    }

    fn release(&mut self, len: usize, speech: Speech, parts: &mut Vec<(Speech, Vec<u8>)>) {
        let is_text = self.is_text.drain(..len);
        let bytes = self.held.drain(..len).zip(is_text);
        let text: Vec<u8> = bytes
            .filter_map(|(byte, is_text)| is_text.then_some(byte))
            .collect();
        self.taken += text.len();
        if speech == Speech::Reasoning
            && let Some(thought) = &mut self.thought
        {
            thought.end = self.taken;
        }
        if !text.is_empty() {
            parts.push((speech, text));
        }
    }
}

/// Where the reasoning is in a text that is whole.
#[must_use]
pub fn thought_in(text: &[u8]) -> Option<Thought> {
    let mut reasoning = Reasoning::default();
    reasoning.push(text);
    reasoning.finish();
    reasoning.thought()
}

/// A text that is whole without the reasoning it begins with.
#[must_use]
pub fn said_in(text: &[u8]) -> &[u8] {
    match thought_in(text) {
        None => text,
        Some(Thought { answer, .. }) => text[answer.unwrap_or(text.len())..].trim_ascii_start(),
    }
}

/// Whether a prompt ends with a mark that opens, so that its answer begins inside.
#[must_use]
pub fn opens_reasoning(prompt: &[u8]) -> bool {
    let end = prompt.trim_ascii_end();
    let mut opening = MARKS.iter().filter(|mark| !mark.close.is_empty());
    opening.any(|mark| end.ends_with(mark.open))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The two parts of a text that comes in these pieces.
    fn split(inside: bool, pieces: &[&[u8]]) -> (String, String) {
        let mut reasoning = Reasoning::new(inside);
        let mut parts = Vec::new();
        for piece in pieces {
            parts.extend(reasoning.push(piece));
        }
        parts.extend(reasoning.finish());
        let of = |wanted: Speech| {
            let bytes = parts.iter().filter(|(speech, _)| *speech == wanted);
            let bytes: Vec<u8> = bytes.flat_map(|(_, bytes)| bytes.clone()).collect();
            String::from_utf8(bytes).expect("is UTF-8")
        };
        (of(Speech::Reasoning), of(Speech::Answer))
    }

    fn whole(text: &str) -> (String, String) {
        split(false, &[text.as_bytes()])
    }

    fn parts(reasoning: &str, answer: &str) -> (String, String) {
        (reasoning.to_owned(), answer.to_owned())
    }

    #[test]
    fn the_marks_of_every_family_set_reasoning_apart() {
        assert_eq!(whole("<think>\na\n</think>\n\nb"), parts("\na\n", "\n\nb"));
        assert_eq!(whole("\n<think>a</think>b"), parts("a", "b"));
        assert_eq!(whole("<seed:think>a</seed:think>b"), parts("a", "b"));
        assert_eq!(whole("[THINK]a[/THINK]b"), parts("a", "b"));
        assert_eq!(whole("◁think▷a◁/think▷b"), parts("a", "b"));
        assert_eq!(whole("<think></think>b"), parts("", "b"));
    }

    #[test]
    fn an_answer_without_marks_is_all_answer() {
        for text in [
            "",
            "  a <think> b </think>",
            "<thin",
            "<",
            "\n\nb",
            "<thought>x",
        ] {
            assert_eq!(whole(text), parts("", text));
        }
    }

    #[test]
    fn what_the_prompt_opened_is_closed_by_any_mark() {
        assert_eq!(split(true, &[b"a</think>b"]), parts("a", "b"));
        assert_eq!(split(true, &[b"a[/THINK]b"]), parts("a", "b"));
        assert_eq!(split(true, &[b"cut off </th"]), parts("cut off </th", ""));
    }

    #[test]
    fn control_tokens_are_marks_and_no_text() {
        let mut reasoning = Reasoning::default();
        let mut said = Vec::new();
        let tokens: [(&str, bool); 11] = [
            ("<|channel|>", false),
            ("analysis", true),
            ("<|message|>", false),
            ("I think", true),
            ("<|end|>", false),
            ("<|start|>", false),
            ("assistant", true),
            ("<|channel|>", false),
            ("final", true),
            ("<|message|>", false),
            ("Hello", true),
        ];
        for (text, is_text) in tokens {
            said.extend(reasoning.take(text.as_bytes(), is_text));
        }
        said.extend(reasoning.finish());
        assert_eq!(
            said,
            [
                (Speech::Reasoning, b"I think".to_vec()),
                (Speech::Answer, b"Hello".to_vec())
            ]
        );
    }

    #[test]
    fn a_prompt_that_opens_a_mark_is_known() {
        assert!(opens_reasoning(b"<|im_start|>assistant\n<think>\n"));
        assert!(!opens_reasoning(b"<think></think>\n"));
        assert!(!opens_reasoning(b"assistant\n"));
    }

    #[test]
    fn it_is_known_where_reasoning_lies() {
        let text = b"\n<think>\na\n</think>\n\nb";
        let thought = thought_in(text).expect("it thinks");
        assert_eq!(&text[thought.start..thought.end], b"\na\n");
        assert_eq!(thought.answer.map(|at| &text[at..]), Some(&b"\n\nb"[..]));
        let open = thought_in("◁think▷cut off </".as_bytes()).expect("it thinks");
        assert_eq!((open.end, open.answer), (21, None));
        assert_eq!(thought_in(b"a <think>b</think>"), None);
        assert_eq!(said_in(text), b"b");
        assert_eq!(said_in(b" a"), b" a");
        assert_eq!(said_in(b"<think>a"), b"");
        // Control tokens are no text, so they take no place in it.
        let mut reasoning = Reasoning::default();
        reasoning.push_control(b"[THINK]");
        reasoning.push(b"ab");
        reasoning.push_control(b"[/THINK]");
        reasoning.push(b"c");
        let thought = Thought {
            start: 0,
            end: 2,
            answer: Some(2),
        };
        assert_eq!(reasoning.thought(), Some(thought));
        assert!(reasoning.is_over());
    }

    proptest! {
        #[test]
        fn the_parts_are_the_same_however_the_text_comes(
            text in "(<think>|\\[THINK\\]| )?[a-c<>/]{0,12}(</think>|\\[/THINK\\])?[a-c</]{0,8}",
            cuts in proptest::collection::vec(1usize..5, 1..40),
        ) {
            let mut pieces = Vec::new();
            let mut rest = text.as_bytes();
            for cut in cuts.iter().cycle() {
                if rest.is_empty() { break; }
                let (piece, more) = rest.split_at((*cut).min(rest.len()));
                pieces.push(piece);
                rest = more;
            }
            prop_assert_eq!(split(false, &pieces), whole(&text));
        }
    }
}
