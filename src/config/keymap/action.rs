//! Everything a key can do.

use crate::words::actions as words;

macro_rules! actions {
    ($($variant:ident = $name:literal, $description:ident;)+) => {
        /// Something a key can do. Its name is the one in the settings file.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action { $($variant,)+ }

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
                match self { $(Self::$variant => words::$description.text(),)+ }
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
    Help = "help", HELP;
    Palette = "palette", PALETTE;
    TokenView = "token-view", TOKEN_VIEW;
    NextPane = "next-pane", NEXT_PANE;
    PreviousPane = "previous-pane", PREVIOUS_PANE;
    Zoom = "zoom", ZOOM;
    ToggleTokenPane = "toggle-token-pane", TOGGLE_TOKEN_PANE;
    ToggleThroughputPane = "toggle-throughput-pane", TOGGLE_THROUGHPUT_PANE;
    BorderLeft = "border-left", BORDER_LEFT;
    BorderRight = "border-right", BORDER_RIGHT;
    BorderUp = "border-up", BORDER_UP;
    BorderDown = "border-down", BORDER_DOWN;
    ResetPanes = "reset-panes", RESET_PANES;
    ToggleMouse = "toggle-mouse", TOGGLE_MOUSE;
    Back = "back", BACK;
    Interrupt = "interrupt", INTERRUPT;
    Leave = "leave", LEAVE;
    NewConversation = "new-conversation", NEW_CONVERSATION;
    PickConversation = "pick-conversation", PICK_CONVERSATION;
    PickModel = "pick-model", PICK_MODEL;
    Regenerate = "regenerate", REGENERATE;
    EditLast = "edit-last", EDIT_LAST;
    Continue = "continue", CONTINUE;
    PreviousMessage = "previous-message", PREVIOUS_MESSAGE;
    NextMessage = "next-message", NEXT_MESSAGE;
    EditMessage = "edit-message", EDIT_MESSAGE;
    DeleteMessage = "delete-message", DELETE_MESSAGE;
    RestoreDeleted = "restore-deleted", RESTORE_DELETED;
    AnswerAgain = "answer-again", ANSWER_AGAIN;
    Prefill = "prefill", PREFILL;
    SamplerPanel = "sampler-panel", SAMPLER_PANEL;
    PickSystem = "pick-system", PICK_SYSTEM;
    Undo = "undo", UNDO;
    ToggleIncognito = "toggle-incognito", TOGGLE_INCOGNITO;
    PageUp = "page-up", PAGE_UP;
    PageDown = "page-down", PAGE_DOWN;
    ScrollUp = "scroll-up", SCROLL_UP;
    ScrollDown = "scroll-down", SCROLL_DOWN;
    ScrollTop = "scroll-top", SCROLL_TOP;
    ScrollBottom = "scroll-bottom", SCROLL_BOTTOM;
    Redraw = "redraw", REDRAW;
    Suspend = "suspend", SUSPEND;
    Send = "send", SEND;
    NewLine = "new-line", NEW_LINE;
    Complete = "complete", COMPLETE;
    HistoryPrevious = "history-previous", HISTORY_PREVIOUS;
    HistoryNext = "history-next", HISTORY_NEXT;
    HistorySearch = "history-search", HISTORY_SEARCH;
    Editor = "editor", EDITOR;
    CursorLeft = "cursor-left", CURSOR_LEFT;
    CursorRight = "cursor-right", CURSOR_RIGHT;
    WordLeft = "word-left", WORD_LEFT;
    WordRight = "word-right", WORD_RIGHT;
    LineStart = "line-start", LINE_START;
    LineEnd = "line-end", LINE_END;
    DeleteLeft = "delete-left", DELETE_LEFT;
    DeleteRight = "delete-right", DELETE_RIGHT;
    DeleteOrLeave = "delete-or-leave", DELETE_OR_LEAVE;
    DeleteWordLeft = "delete-word-left", DELETE_WORD_LEFT;
    DeleteWordRight = "delete-word-right", DELETE_WORD_RIGHT;
    DeleteToStart = "delete-to-start", DELETE_TO_START;
    DeleteToEnd = "delete-to-end", DELETE_TO_END;
    Yank = "yank", YANK;
    UndoEdit = "undo-edit", UNDO_EDIT;
    RedoEdit = "redo-edit", REDO_EDIT;
    SelectLeft = "select-left", SELECT_LEFT;
    SelectRight = "select-right", SELECT_RIGHT;
    SelectWordLeft = "select-word-left", SELECT_WORD_LEFT;
    SelectWordRight = "select-word-right", SELECT_WORD_RIGHT;
    SelectLineStart = "select-line-start", SELECT_LINE_START;
    SelectLineEnd = "select-line-end", SELECT_LINE_END;
    SelectUp = "select-up", SELECT_UP;
    SelectDown = "select-down", SELECT_DOWN;
    SelectAll = "select-all", SELECT_ALL;
    CopySelection = "copy-selection", COPY_SELECTION;
    CutSelection = "cut-selection", CUT_SELECTION;
    Unfold = "unfold", UNFOLD;
    ToggleReasoning = "toggle-reasoning", TOGGLE_REASONING;
    PreviousToken = "previous-token", PREVIOUS_TOKEN;
    NextToken = "next-token", NEXT_TOKEN;
    PreviousCandidate = "previous-candidate", PREVIOUS_CANDIDATE;
    NextCandidate = "next-candidate", NEXT_CANDIDATE;
    BranchHere = "branch-here", BRANCH_HERE;
    ContinueWith = "continue-with", CONTINUE_WITH;
    FanOut = "fan-out", FAN_OUT;
    BranchTree = "branch-tree", BRANCH_TREE;
    CompareBranches = "compare-branches", COMPARE_BRANCHES;
    CopyOdds = "copy-odds", COPY_ODDS;
    ExportMessage = "export-message", EXPORT_MESSAGE;
    RateUp = "rate-up", RATE_UP;
    RateDown = "rate-down", RATE_DOWN;
    Correct = "correct", CORRECT;
    Attention = "attention", ATTENTION;
    AskAgain = "ask-again", ASK_AGAIN;
    Command = "command", COMMAND;
    NextUncertain = "next-uncertain", NEXT_UNCERTAIN;
    PreviousUncertain = "previous-uncertain", PREVIOUS_UNCERTAIN;
    PreviousBranch = "previous-branch", PREVIOUS_BRANCH;
    NextBranch = "next-branch", NEXT_BRANCH;
    Search = "search", SEARCH;
    Score = "score", SCORE;
    UncertainSpans = "uncertain-spans", UNCERTAIN_SPANS;
    Units = "units", UNITS;
    ColorBy = "color-by", COLOR_BY;
    Mark = "mark", MARK;
    RawView = "raw-view", RAW_VIEW;
    CopyBlock = "copy-block", COPY_BLOCK;
    Copy = "copy", COPY;
    ListUp = "list-up", LIST_UP;
    ListDown = "list-down", LIST_DOWN;
    Pin = "pin", PIN;
    Tag = "tag", TAG;
    Rename = "rename", RENAME;
    Archive = "archive", ARCHIVE;
    Delete = "delete", DELETE;
    ShowArchived = "show-archived", SHOW_ARCHIVED;
    Choose = "choose", CHOOSE;
    Bind = "bind", BIND;
    LowerValue = "lower-value", LOWER_VALUE;
    RaiseValue = "raise-value", RAISE_VALUE;
    DefaultValue = "default-value", DEFAULT_VALUE;
    SavePreset = "save-preset", SAVE_PRESET;
}
