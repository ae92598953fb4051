//! The parts of the screen that a theme styles.

macro_rules! parts {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// A part of the screen. Its name is the one in theme files.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Part { $($(#[$doc])* $variant,)+ }

        impl Part {
            pub const ALL: [Self; [$(Self::$variant),+].len()] = [$(Self::$variant),+];

            /// The name in theme files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The part of a name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

parts! {
    /// What is read: messages, numbers.
    Text = "text",
    /// What is said by the way: units, hints, times.
    Dim = "dim",
    Border = "border",
    /// The border of the pane that has the keys.
    BorderFocused = "border.focused",
    Title = "title",
    UserName = "user.name",
    AssistantName = "assistant.name",
    SystemName = "system.name",
    Input = "input",
    /// The mark before the input.
    InputPrompt = "input.prompt",
    /// The token under the token cursor.
    Cursor = "cursor",
    /// The chosen row of a list, the selected text.
    Selection = "selection",
    /// What stands for a folded text: a paste, an attachment.
    Folded = "folded",
    /// The letters that a search matched.
    Match = "match",
    Status = "status",
    /// A key, where keys are shown.
    Key = "key",
    Notice = "notice",
    Warning = "warning",
    Error = "error",
    /// A candidate's bar.
    Bar = "bar",
    /// The bar of the candidate that was chosen.
    BarChosen = "bar.chosen",
    /// The bar of a candidate that a sampler dropped.
    BarDropped = "bar.dropped",
    Sparkline = "sparkline",
    /// Progress, and how full the context is.
    Gauge = "gauge",
    Heading = "heading",
    /// Code, within a sentence and in blocks.
    Code = "code",
    CodeKeyword = "code.keyword",
    CodeString = "code.string",
    CodeComment = "code.comment",
    CodeNumber = "code.number",
    CodeFunction = "code.function",
    CodeType = "code.type",
    Link = "link",
    Quote = "quote",
    Formula = "formula",
    /// Bullets, rules and frames of what is read.
    Mark = "mark",
}

impl Part {
    /// The part whose style it has where a theme says nothing of it: themes older than it go on
    /// working.
    #[must_use]
    pub(super) fn base(self) -> Option<Self> {
        match self {
            Self::Code
            | Self::CodeKeyword
            | Self::CodeString
            | Self::CodeNumber
            | Self::CodeFunction
            | Self::CodeType
            | Self::Link
            | Self::Quote
            | Self::Formula => Some(Self::Text),
            Self::CodeComment | Self::Mark => Some(Self::Dim),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_by_its_name_and_indexes_its_style() {
        for (index, part) in Part::ALL.into_iter().enumerate() {
            assert_eq!(part as usize, index);
            assert_eq!(Part::from_name(part.name()), Some(part));
        }
    }
}
