//! Letters to commands: `[count] command`, `[count] operator [count] motion`.

use super::Motion;

/// Larger counts are typed by a cat.
const MOST: usize = 10_000;

/// What letters may mean so far.
#[derive(Debug, PartialEq, Eq)]
pub enum Parsed {
    /// More letters make a command of it.
    Incomplete,
    /// No letters do.
    Unknown,
    Whole(Command),
}

/// A whole command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    Move(Motion, Option<usize>),
    Delete(Motion, Option<usize>),
    Change(Motion, Option<usize>),
    Yank(Motion, Option<usize>),
    Insert(Place),
    Replace(char, usize),
    SwitchCase(usize),
    Paste {
        before: bool,
        count: usize,
    },
    Undo(usize),
    /// Select from here on, by characters or by lines.
    Visual {
        lines: bool,
    },
    Up(usize),
    Down(usize),
    SearchHistory,
    Help,
}

/// Where inserting begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Here,
    After,
    LineStart,
    LineEnd,
    Above,
    Below,
}

pub fn parse(typed: &str) -> Parsed {
    let (count, rest) = number(typed);
    let mut letters = rest.chars();
    let Some(first) = letters.next() else {
        return Parsed::Incomplete;
    };
    let times = count.unwrap_or(1);
    let whole = |command| Parsed::Whole(command);
    match first {
        'd' | 'c' | 'y' => operate(first, count, letters.as_str()),
        'r' => match letters.next() {
            Some(letter) => whole(Command::Replace(letter, times)),
            None => Parsed::Incomplete,
        },
        'x' => whole(Command::Delete(Motion::Right, count)),
        'X' => whole(Command::Delete(Motion::Left, count)),
        'D' => whole(Command::Delete(Motion::LineEnd, count)),
        'C' => whole(Command::Change(Motion::LineEnd, count)),
        's' => whole(Command::Change(Motion::Right, count)),
        'S' => whole(Command::Change(Motion::Lines, count)),
        'Y' => whole(Command::Yank(Motion::Lines, count)),
        'i' => whole(Command::Insert(Place::Here)),
        'a' => whole(Command::Insert(Place::After)),
        'I' => whole(Command::Insert(Place::LineStart)),
        'A' => whole(Command::Insert(Place::LineEnd)),
        'O' => whole(Command::Insert(Place::Above)),
        'o' => whole(Command::Insert(Place::Below)),
        '~' => whole(Command::SwitchCase(times)),
        'p' | 'P' => whole(Command::Paste {
            before: first == 'P',
            count: times,
        }),
        'u' => whole(Command::Undo(times)),
        'v' | 'V' => whole(Command::Visual {
            lines: first == 'V',
        }),
        'j' => whole(Command::Down(times)),
        'k' => whole(Command::Up(times)),
        '/' => whole(Command::SearchHistory),
        '?' => whole(Command::Help),
        _ => match motion(rest) {
            Found::Motion(motion) => whole(Command::Move(motion, count)),
            Found::Incomplete => Parsed::Incomplete,
            Found::Nothing => Parsed::Unknown,
        },
    }
}

/// A whole command on what is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnSelected {
    Move(Motion, Option<usize>),
    Up(usize),
    Down(usize),
    Delete,
    Change,
    Yank,
    /// Put the register in its place.
    Paste,
    SwitchCase,
    /// The cursor goes to the other end.
    Turn,
    Visual {
        lines: bool,
    },
}

/// What letters mean while text is selected; `Err(true)` while more of them may.
pub fn parse_selected(typed: &str) -> Result<OnSelected, bool> {
    let (count, rest) = number(typed);
    let Some(first) = rest.chars().next() else {
        return Err(true);
    };
    let times = count.unwrap_or(1);
    Ok(match first {
        'd' | 'x' | 'X' | 'D' => OnSelected::Delete,
        'c' | 's' | 'C' | 'S' => OnSelected::Change,
        'y' | 'Y' => OnSelected::Yank,
        'p' | 'P' => OnSelected::Paste,
        '~' => OnSelected::SwitchCase,
        'o' | 'O' => OnSelected::Turn,
        'v' | 'V' => OnSelected::Visual {
            lines: first == 'V',
        },
        'j' => OnSelected::Down(times),
        'k' => OnSelected::Up(times),
        _ => match motion(rest) {
            Found::Motion(motion) => OnSelected::Move(motion, count),
            Found::Incomplete => return Err(true),
            Found::Nothing => return Err(false),
        },
    })
}

fn operate(operator: char, before: Option<usize>, rest: &str) -> Parsed {
    let (after, rest) = number(rest);
    let count = match (before, after) {
        (None, None) => None,
        (before, after) => Some((before.unwrap_or(1) * after.unwrap_or(1)).min(MOST)),
    };
    let motion = if rest.starts_with(operator) {
        Motion::Lines
    } else {
        match motion(rest) {
            Found::Motion(motion) => motion,
            Found::Incomplete => return Parsed::Incomplete,
            Found::Nothing => return Parsed::Unknown,
        }
    };
    Parsed::Whole(match operator {
        'd' => Command::Delete(motion, count),
        'c' => Command::Change(motion, count),
        _ => Command::Yank(motion, count),
    })
}

enum Found {
    Motion(Motion),
    Incomplete,
    Nothing,
}

fn motion(letters: &str) -> Found {
    let mut letters = letters.chars();
    let Some(first) = letters.next() else {
        return Found::Incomplete;
    };
    Found::Motion(match first {
        'h' => Motion::Left,
        'l' | ' ' => Motion::Right,
        '0' => Motion::LineStart,
        '^' => Motion::FirstLetter,
        '$' => Motion::LineEnd,
        'w' => Motion::Word { big: false },
        'W' => Motion::Word { big: true },
        'b' => Motion::WordBack { big: false },
        'B' => Motion::WordBack { big: true },
        'e' => Motion::WordEnd { big: false },
        'E' => Motion::WordEnd { big: true },
        'G' => Motion::Line { last: true },
        ';' => Motion::Again,
        ',' => Motion::Back,
        'g' => match letters.next() {
            None => return Found::Incomplete,
            Some('g') => Motion::Line { last: false },
            Some(_) => return Found::Nothing,
        },
        'f' | 'F' | 't' | 'T' => match letters.next() {
            None => return Found::Incomplete,
            Some(letter) => Motion::Find {
                letter,
                back: first.is_uppercase(),
                till: matches!(first, 't' | 'T'),
            },
        },
        _ => return Found::Nothing,
    })
}

/// A count, which does not begin with 0: that is a motion.
fn number(typed: &str) -> (Option<usize>, &str) {
    let digits = if typed.starts_with('0') {
        0
    } else {
        typed.bytes().take_while(u8::is_ascii_digit).count()
    };
    let (number, rest) = typed.split_at(digits);
    let number = (digits > 0).then(|| number.parse().map_or(MOST, |count: usize| count.min(MOST)));
    (number, rest)
}
