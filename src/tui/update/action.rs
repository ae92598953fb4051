//! What each action does.

use super::slash::Completing;
use super::{
    Clip, Names, Request, attention, branches, keeping, leave, messages, panes, reading,
    reconsider, search, selection, slash, spans, tokens,
};
use crate::chat::slash::Argument;
use crate::chat::{Node, Rating, Session, UserEvent};
use crate::config::{Action, Context};
use crate::inference::Role;
use crate::tui::app::{App, Focus, newest_answer};
use crate::tui::asking::{self, Question};
use crate::tui::colour;
use crate::tui::completing::Sought;
use crate::tui::editor::To;
use crate::tui::format;
use crate::tui::layout::{Border, Pane};
use crate::tui::overlay::{Choice, Confirm, Item, Layer, Picker, TextLayer, TextRow, help};
use crate::tui::scroll::Scroll;
use crate::words::copying;
use crate::words::tui::notices as words;

/// Carries out an action.
pub fn act(app: &mut App, action: Action, session: &Session, names: &dyn Names) -> Vec<Request> {
    use Action as A;
    if action != A::Interrupt {
        app.leaving = false;
    }
    if action != A::CopyBlock {
        app.copied = None;
    }
    if edit(app, action) || selection::extend(app, session, action) {
        return Vec::new();
    }
    match action {
        A::Help => app
            .layers
            .push(Layer::Text(help::keys(&app.keymap, &slash::commands()))),
        A::Palette => app.layers.push(Layer::Picker(help::palette(
            &app.keymap,
            &slash::commands(),
        ))),
        A::TokenView => tokens::toggle(app, session),
        A::NextPane => panes::turn(app, 1),
        A::PreviousPane => panes::turn(app, -1),
        A::Zoom => panes::zoom(app),
        A::ToggleTokenPane => panes::toggle(app, Pane::Tokens, action),
        A::ToggleThroughputPane => panes::toggle(app, Pane::Throughput, action),
        A::BorderLeft => panes::move_border(app, session, Border::Beside, -1),
        A::BorderRight => panes::move_border(app, session, Border::Beside, 1),
        A::BorderUp => panes::move_border(app, session, Border::Above, -1),
        A::BorderDown => panes::move_border(app, session, Border::Above, 1),
        A::ResetPanes => panes::reset(app),
        A::Back => leave::back(app, session),
        A::Interrupt => return leave::interrupt(app, session),
        A::Leave => return vec![Request::Leave],
        A::NewConversation => return vec![Request::NewConversation],
        A::PickConversation => return vec![Request::PickConversation],
        A::PickModel => return vec![Request::PickModel],
        A::Regenerate => return user(UserEvent::Regenerate),
        A::EditLast => messages::edit_last(app, session),
        A::PreviousMessage => messages::step(app, session, -1),
        A::NextMessage => messages::step(app, session, 1),
        A::EditMessage => messages::edit_chosen(app, session),
        A::DeleteMessage => messages::ask_to_delete(app, session),
        A::RestoreDeleted => return user(UserEvent::Restore),
        A::AnswerAgain => return messages::answer_again(app, session),
        A::Continue => return user(UserEvent::Continue),
        A::Prefill => asking::ask(
            app,
            Question::Prefill,
            session.prefill().unwrap_or_default(),
        ),
        A::PickSystem => return vec![Request::PickSystem],
        A::SamplerPanel => return vec![Request::SamplerPanel],
        A::Undo => return user(UserEvent::Undo),
        A::ToggleIncognito => return user(UserEvent::Incognito(session.is_recording())),
        A::ToggleMouse => return panes::toggle_mouse(app),
        A::PageUp | A::PageDown | A::ScrollUp | A::ScrollDown | A::ScrollTop | A::ScrollBottom => {
            scroll(app, session, action);
        }
        A::SelectUp => scroll(app, session, A::ScrollUp),
        A::SelectDown => scroll(app, session, A::ScrollDown),
        A::Redraw => return vec![Request::Redraw],
        A::Suspend => return vec![Request::Suspend],
        A::Send => return send(app, session),
        A::Complete => {
            if let Some(requests) = app.attach_dropped() {
                return requests;
            }
            if app.composer.next_offer() {
                return Vec::new();
            }
            let completing = match app.asking.as_ref().map(|asking| asking.question) {
                Some(Question::ExportMessage(_)) => {
                    let before = app.composer.editor.before_cursor().into_owned();
                    Completing::Sought(Sought::new(Argument::File, before, 0))
                }
                Some(Question::ContinueWith { .. } | Question::Search | Question::Prefill) => {
                    Completing::Done
                }
                Some(Question::Command) | None => slash::complete(app, names),
            };
            match completing {
                Completing::Sought(sought) => return vec![Request::Complete(sought)],
                Completing::Done => {}
                Completing::Nothing => panes::turn(app, 1),
            }
        }
        // Vi's own meaning of the key, while letters are commands.
        A::HistorySearch if app.composer.redo_as_vi() => {}
        A::HistorySearch => search_history(app),
        A::CopySelection | A::CutSelection => return take_selected(app, action),
        A::DeleteWordLeft => return take_selected(app, A::CutSelection),
        A::Unfold => unfold(app, session),
        A::ToggleReasoning => reading::toggle_reasoning(app, session),
        A::Editor => return vec![Request::Editor],
        A::DeleteOrLeave => {
            if app.composer.editor.is_empty() {
                return vec![Request::Leave];
            }
            app.composer.editor.delete(To::Right);
            app.composer.touched();
        }
        A::PreviousToken => tokens::step(app, session, -1),
        A::NextToken => tokens::step(app, session, 1),
        A::PreviousCandidate => tokens::step_candidate(app, session, -1),
        A::NextCandidate => tokens::step_candidate(app, session, 1),
        A::BranchHere => return tokens::branch(app, session),
        A::ContinueWith => branches::continue_with(app, session),
        A::FanOut => return branches::fan_out(app, session),
        A::BranchTree => branches::tree(app, session),
        A::CompareBranches => branches::compare_siblings(app, session),
        A::Attention => return attention::open(app, session),
        A::AskAgain => return reconsider::again(app, session),
        A::Command => reconsider::command(app),
        A::RateUp => return keeping::rate(app, session, Rating::Up),
        A::RateDown => return keeping::rate(app, session, Rating::Down),
        A::Correct => keeping::correct(app, session),
        A::Pin => return slash::run(app, "/pin", session),
        A::Archive => return slash::run(app, "/archive", session),
        A::CopyOdds => return branches::copy_odds(app, session),
        A::ExportMessage => branches::export_message(app, session),
        A::NextUncertain => tokens::uncertain(app, session, 1),
        A::PreviousUncertain => tokens::uncertain(app, session, -1),
        A::PreviousBranch => return sibling(app, session, -1),
        A::NextBranch => return sibling(app, session, 1),
        A::Search => search::ask(app),
        A::Score => return selection::sum(app, session).unwrap_or_else(|| tokens::score(app)),
        A::UncertainSpans => spans::list(app, session),
        A::Units => units(app),
        A::ColorBy => color_by(app),
        A::Mark => selection::mark(app, session),
        A::RawView => reading::raw_view(app),
        A::CopyBlock => return reading::copy_block(app, session),
        A::Copy => return copy(app, session),
        // The rest edits the input, or works in lists alone.
        _ => {}
    }
    Vec::new()
}

fn user(event: UserEvent) -> Vec<Request> {
    vec![Request::User(event)]
}

/// Actions on the text being typed; `false` for others.
fn edit(app: &mut App, action: Action) -> bool {
    use Action as A;
    let width = app.input_width();
    let composer = &mut app.composer;
    // The transcript scrolls with these while there is nothing to select.
    let selects = matches!(action, A::SelectUp | A::SelectDown);
    if selects && composer.editor.is_empty() {
        return false;
    }
    match action {
        A::NewLine => composer.insert("\n"),
        A::HistoryPrevious => composer.up(width),
        A::HistoryNext => composer.down(width),
        A::CursorLeft => _ = composer.editor.go(To::Left),
        A::CursorRight => _ = composer.editor.go(To::Right),
        A::WordLeft => _ = composer.editor.go(To::WordLeft),
        A::WordRight => _ = composer.editor.go(To::WordRight),
        A::LineStart => _ = composer.editor.go(To::LineStart),
        A::LineEnd => _ = composer.editor.go(To::LineEnd),
        A::DeleteLeft => _ = composer.editor.delete(To::Left),
        A::DeleteRight => _ = composer.editor.delete(To::Right),
        A::DeleteWordLeft if composer.editor.is_selecting() => return false,
        A::DeleteWordLeft => composer.editor.cut(To::WordLeft),
        A::DeleteWordRight => composer.editor.cut(To::WordRight),
        A::DeleteToStart => composer.editor.cut(To::LineStart),
        A::DeleteToEnd => composer.editor.cut(To::LineEnd),
        A::Yank => composer.editor.paste_cut(),
        A::UndoEdit => _ = composer.editor.undo(),
        A::RedoEdit => _ = composer.editor.redo(),
        A::SelectLeft => composer.editor.select(To::Left),
        A::SelectRight => composer.editor.select(To::Right),
        A::SelectWordLeft => composer.editor.select(To::WordLeft),
        A::SelectWordRight => composer.editor.select(To::WordRight),
        A::SelectLineStart => composer.editor.select(To::LineStart),
        A::SelectLineEnd => composer.editor.select(To::LineEnd),
        A::SelectUp => composer.editor.select_rows(width, -1),
        A::SelectDown => composer.editor.select_rows(width, 1),
        A::SelectAll => composer.editor.select_all(),
        _ => return false,
    }
    app.composer.touched();
    true
}

/// Sends what is typed: a message, a command, or the edited form of a message.
fn send(app: &mut App, session: &Session) -> Vec<Request> {
    if search::answer(app, session) {
        return Vec::new();
    }
    if let Some(requests) = slash::answer(app, session) {
        return requests;
    }
    if let Some(requests) = asking::answer(app) {
        return requests;
    }
    if app.composer.editor.text().trim().is_empty() {
        return Vec::new();
    }
    let commands = app.composer.editor.commands();
    // What begins with a slash is a command of ours.
    if commands.is_empty() || app.composer.editor.text().starts_with('/') {
        return send_typed(app, session);
    }
    if app.shell.is_some() {
        app.notices.info(words::COMMAND_STILL_RUNS, app.now);
        return Vec::new();
    }
    let rows = commands.iter().cloned().map(TextRow::Text).collect();
    let title = match commands.len() {
        1 => words::RUN_COMMAND.into(),
        count => words::run_commands(count),
    };
    let answers = vec![
        ('y', words::RUNS_IT.text(), Choice::Shell(commands)),
        ('s', words::SENDS_AS_TEXT.text(), Choice::SendAsIs),
    ];
    let confirm = Confirm::new(TextLayer::new(title, rows), answers);
    app.layers.push(Layer::Confirm(confirm));
    Vec::new()
}

/// Sends what is typed as it is.
pub(super) fn send_typed(app: &mut App, session: &Session) -> Vec<Request> {
    if let Some(message) = app.editing.take() {
        let text = app.composer.send();
        app.transcript.go_to_end(session);
        return user(if app.correcting {
            UserEvent::Correct { message, text }
        } else {
            UserEvent::Edit { message, text }
        });
    }
    let line = app.composer.editor.text().into_owned();
    let requests = slash::submit(app, &line, session);
    if requests
        .iter()
        .any(|request| matches!(request, Request::User(UserEvent::Submit(_))))
    {
        app.notices.dismiss();
        app.transcript.go_to_end(session);
    }
    requests
}

/// Scrolls what has the keys. In the token view the ends are those of the message.
fn scroll(app: &mut App, session: &Session, action: Action) {
    use Action as A;
    let ends = matches!(action, A::ScrollTop | A::ScrollBottom);
    if ends && app.cursor.is_some() {
        tokens::go_to_end(app, session, action == A::ScrollBottom);
        return;
    }
    let list = match (app.focus, app.cursor) {
        (Focus::Pane(Pane::Tokens), None) => Some(&app.candidates),
        (Focus::Pane(Pane::Throughput), None) => Some(&app.throughput),
        // The token pane alone is seen.
        (_, Some(_)) if app.pane == Pane::Tokens => Some(&app.candidates),
        _ => None,
    };
    let page = list.map_or_else(|| app.transcript.page(), Scroll::page);
    let rows = match action {
        A::PageUp => -page,
        A::PageDown => page,
        A::ScrollUp => -1,
        A::ScrollDown => 1,
        A::ScrollTop => isize::MIN,
        _ => isize::MAX,
    };
    match (list, action) {
        (Some(list), _) => list.by(rows),
        (None, A::ScrollTop) => app.transcript.go_to_start(session),
        (None, A::ScrollBottom) => app.transcript.go_to_end(session),
        (None, _) => app.transcript.scroll(session, rows),
    }
}

fn color_by(app: &mut App) {
    app.color_by = colour::next(app.color_by);
    let says = match colour::ends(app.color_by) {
        Some((low, high)) => words::tokens_coloured(colour::name(app.color_by), low, high),
        None => words::TOKENS_NOT_COLOURED.into(),
    };
    app.notices.info(says, app.now);
}

fn units(app: &mut App) {
    app.units = app.units.other();
    let says = words::units(format::unit(app.units));
    app.notices.info(says, app.now);
}

/// What is marked; else the message that is chosen or under the token cursor, or the last answer.
fn copy(app: &mut App, session: &Session) -> Vec<Request> {
    if let Some(clip) = selection::take(app, session) {
        return vec![Request::Copy(clip)];
    }
    let conversation = session.conversation();
    let node = match app.at_hand() {
        Some(message) => conversation.node(message),
        None => conversation.last_of(Role::Assistant),
    };
    let Some(node) = node else {
        app.notices.info(words::NO_ANSWER_TO_COPY, app.now);
        return Vec::new();
    };
    let what = match node.role {
        Role::Assistant => copying::THE_ANSWER,
        Role::User => words::YOUR_MESSAGE,
        Role::System => words::SYSTEM_MESSAGE,
    };
    let text = if shows_reasoning(app, node) {
        &node.content[..]
    } else {
        node.said()
    };
    vec![Request::Copy(Clip::new(
        what,
        String::from_utf8_lossy(text),
    ))]
}

/// Whether an answer is seen as it was written, with what was thought first: it is copied as that.
/// Marks without a thought between them are shown where nothing is rendered.
fn shows_reasoning(app: &App, node: &Node) -> bool {
    let open = || app.transcript.is_reasoning_open(app.reasoning, node.id);
    app.shows_every_byte(node.id) || !app.markdown && (node.reasoning().is_none() || open())
}

fn sibling(app: &mut App, session: &Session, offset: isize) -> Vec<Request> {
    let newest = || newest_answer(session).map(|(message, _)| message);
    let message = app
        .at_hand()
        .or_else(newest)
        .or(session.conversation().head);
    let Some(message) = message else {
        return Vec::new();
    };
    let siblings = session.conversation().siblings(message);
    let target =
        siblings.and_then(|(all, index)| Some(*all.get(index.checked_add_signed(offset)?)?));
    let Some(target) = target else {
        app.notices.info(words::NO_BRANCH_THAT_WAY, app.now);
        return Vec::new();
    };
    if app.cursor.is_some() {
        tokens::go_to_message(app, session, target);
    }
    if app.chosen.is_some() {
        app.chosen = Some(target);
    }
    user(UserEvent::Sibling { message, offset })
}

/// What is selected goes to the clipboard.
fn take_selected(app: &mut App, action: Action) -> Vec<Request> {
    let editor = &mut app.composer.editor;
    let selected = match action {
        Action::CutSelection => editor.cut_selected(),
        _ => editor.copy_selected(),
    };
    app.composer.touched();
    let Some(text) = selected else {
        let key = |action| app.key_in(Context::Input, action);
        let says = words::nothing_selected(key(Action::SelectLeft), key(Action::SelectRight));
        app.notices.info(says, app.now);
        return Vec::new();
    };
    vec![Request::Copy(Clip::new(words::THE_SELECTION, text))]
}

/// What the cursor is on in the input, else the next of the chosen message, else everything in the
/// conversation.
fn unfold(app: &mut App, session: &Session) {
    let typing = app.focus == Focus::Input && app.cursor.is_none();
    if typing && app.composer.editor.expand() {
        app.composer.touched();
        return;
    }
    let any = match app.chosen {
        Some(message) => app.transcript.toggle_folds_of(session, message),
        None => app.transcript.toggle_folds(session),
    };
    if !any {
        app.notices.info(words::NOTHING_FOLDED, app.now);
    }
}

fn search_history(app: &mut App) {
    let items: Vec<Item> = app
        .composer
        .sent()
        .map(|text| Item::new(&text, "", Choice::Write(text.clone())))
        .collect();
    let empty = words::NOTHING_TYPED_BEFORE;
    app.layers.push(Layer::Picker(Picker::new(
        words::TYPED_BEFORE,
        items,
        empty,
    )));
}
