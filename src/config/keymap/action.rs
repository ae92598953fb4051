//! Everything a key can do.

macro_rules! actions {
    ($($variant:ident = $name:literal, $description:literal;)+) => {
        /// Something a key can do. Its name is the one in the settings file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $(#[doc = $description] $variant,)+ }

        impl Action {
            pub const ALL: [Self; [$(Self::$variant),+].len()] = [$(Self::$variant),+];

            /// The name in the settings file.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What it does, for help, palette and manual.
            #[must_use]
            pub fn description(self) -> &'static str {
                match self { $(Self::$variant => $description,)+ }
            }

            /// The action of a name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

actions! {
    Help = "help", "Show the keys";
    Palette = "palette", "Find any action by its name";
    TokenView = "token-view", "Go through the answer token by token";
    NextPane = "next-pane", "Next pane";
    PreviousPane = "previous-pane", "Previous pane";
    Zoom = "zoom", "Give one pane the whole screen, or the others theirs back";
    ToggleTokenPane = "toggle-token-pane", "Hide the token pane, or show it";
    ToggleThroughputPane = "toggle-throughput-pane", "Hide the throughput pane, or show it";
    BorderLeft = "border-left", "Move the border beside the conversation left";
    BorderRight = "border-right", "Move the border beside the conversation right";
    BorderUp = "border-up", "Move the border above the lower pane up";
    BorderDown = "border-down", "Move the border above the lower pane down";
    ResetPanes = "reset-panes", "Show all panes again, in their usual sizes";
    Back = "back", "Go back: close what is open, return to the input";
    Interrupt = "interrupt", "Stop the answer, else clear the input, else leave at the second time";
    Leave = "leave", "Leave limpid";
    NewConversation = "new-conversation", "Start a new conversation";
    PickConversation = "pick-conversation", "Open another conversation";
    PickModel = "pick-model", "Load another model";
    Regenerate = "regenerate", "Answer once more";
    EditLast = "edit-last", "Say the last message differently";
    Continue = "continue", "Go on with an answer that was cut";
    PreviousMessage = "previous-message", "Choose the message before";
    NextMessage = "next-message", "Choose the message after";
    EditMessage = "edit-message", "Say the chosen message differently, as a new branch";
    DeleteMessage = "delete-message", "Delete the chosen message and what follows it";
    RestoreDeleted = "restore-deleted", "Bring back what was deleted last";
    AnswerAgain = "answer-again", "Answer the chosen message once more";
    Prefill = "prefill", "Type what the next answer begins with";
    SamplerPanel = "sampler-panel", "Look at the sampler settings and change them";
    PickSystem = "pick-system", "Choose a system prompt for this conversation";
    Undo = "undo", "Step back before the last exchange";
    ToggleIncognito = "toggle-incognito", "Write nothing of this conversation, or write it again";
    PageUp = "page-up", "Scroll a page up";
    PageDown = "page-down", "Scroll a page down";
    ScrollUp = "scroll-up", "Scroll a line up";
    ScrollDown = "scroll-down", "Scroll a line down";
    ScrollTop = "scroll-top", "Scroll to the beginning";
    ScrollBottom = "scroll-bottom", "Scroll to the end and follow it";
    Redraw = "redraw", "Draw the screen anew";
    Suspend = "suspend", "Suspend limpid; `fg` brings it back";
    Send = "send", "Send the message";
    NewLine = "new-line", "New line";
    Complete = "complete", "Complete a slash command, else next pane";
    HistoryPrevious = "history-previous", "The line above, or what was typed before";
    HistoryNext = "history-next", "The line below, or what was typed after";
    HistorySearch = "history-search", "Search what was typed before";
    Editor = "editor", "Write the message in $VISUAL or $EDITOR";
    CursorLeft = "cursor-left", "A character left";
    CursorRight = "cursor-right", "A character right";
    WordLeft = "word-left", "A word left";
    WordRight = "word-right", "A word right";
    LineStart = "line-start", "To the start of the line";
    LineEnd = "line-end", "To the end of the line";
    DeleteLeft = "delete-left", "Delete the character before";
    DeleteRight = "delete-right", "Delete the character after";
    DeleteOrLeave = "delete-or-leave", "Delete the character after; leave when the input is empty";
    DeleteWordLeft = "delete-word-left", "Cut the word before";
    DeleteWordRight = "delete-word-right", "Cut the word after";
    DeleteToStart = "delete-to-start", "Cut to the start of the line";
    DeleteToEnd = "delete-to-end", "Cut to the end of the line";
    Yank = "yank", "Insert what was cut last";
    UndoEdit = "undo-edit", "Undo the last change of the text";
    RedoEdit = "redo-edit", "Make it again";
    SelectLeft = "select-left", "Select a character left";
    SelectRight = "select-right", "Select a character right";
    SelectWordLeft = "select-word-left", "Select a word left";
    SelectWordRight = "select-word-right", "Select a word right";
    SelectLineStart = "select-line-start", "Select to the start of the line";
    SelectLineEnd = "select-line-end", "Select to the end of the line";
    SelectUp = "select-up", "Select a line up; scroll where nothing is typed";
    SelectDown = "select-down", "Select a line down; scroll where nothing is typed";
    SelectAll = "select-all", "Select all that is typed";
    CopySelection = "copy-selection", "Copy what is selected";
    CutSelection = "cut-selection", "Cut what is selected, and copy it";
    Unfold = "unfold", "Show what is folded: under the cursor, else in the conversation";
    PreviousToken = "previous-token", "Previous token";
    NextToken = "next-token", "Next token";
    PreviousCandidate = "previous-candidate", "Previous alternative";
    NextCandidate = "next-candidate", "Next alternative";
    BranchHere = "branch-here", "Go on from this alternative as a new branch";
    ContinueWith = "continue-with", "Type how the answer goes on from here, as a new branch";
    FanOut = "fan-out", "Several continuations from here at once, as new branches";
    BranchTree = "branch-tree", "All branches as a tree";
    CompareBranches = "compare-branches", "This branch beside the next one";
    CopyOdds = "copy-odds", "Copy the message with its odds";
    ExportMessage = "export-message", "Write the message with its odds to a file";
    RateUp = "rate-up", "Rate the answer up; once more takes it back";
    RateDown = "rate-down", "Rate the answer down; once more takes it back";
    Correct = "correct", "Say the answer as it should have been, as a new branch";
    Attention = "attention", "Where the model looked at this token";
    AskAgain = "ask-again", "Ask the engine again, with the settings of now; then between now and stored";
    Command = "command", "Type a command, such as /set, and stay at this token";
    NextUncertain = "next-uncertain", "Next uncertain token";
    PreviousUncertain = "previous-uncertain", "Previous uncertain token";
    PreviousBranch = "previous-branch", "Previous branch";
    NextBranch = "next-branch", "Next branch";
    Search = "search", "Search the text of the tokens";
    Score = "score", "Have the model score the tokens of a message that it did not write";
    UncertainSpans = "uncertain-spans", "List the least certain words of the message";
    Units = "units", "Surprise and entropy in bits or nats";
    ColorBy = "color-by", "Colour by probability, entropy, rank, surprise or nothing";
    Mark = "mark", "Mark a stretch: moves extend it, copying takes it, going back drops it";
    Copy = "copy", "Copy to the clipboard";
    ListUp = "list-up", "One row up";
    ListDown = "list-down", "One row down";
    Pin = "pin", "Keep the conversation on top of the list, or no more";
    Tag = "tag", "Type the tags of the conversation in the list";
    Rename = "rename", "Type the title of the conversation in the list";
    Archive = "archive", "Leave the conversation out of the list, or take it back";
    Delete = "delete", "Delete the conversation in the list; the undo key brings it back";
    ShowArchived = "show-archived", "Show the archived conversations, or the others";
    Choose = "choose", "Choose this row";
}
