//! Which sequence of the KV cache holds which tokens: a table, apart from llama.cpp.
//!
//! A *sequence* is llama.cpp's name for a row of tokens in the cache; a *cell* holds one token
//! of one or several sequences. With a unified cache a prefix that two conversations share is
//! stored once: a copy of a sequence's beginning adds the other sequence to the same cells.
//!
//! ```text
//! cells      0   1   2   3   4   5   6   7
//! sequence 0 sys sys hi  ho  ..
//! sequence 1 sys sys             yo  ok  ..     (0 and 1 are shared)
//! ```
//!
//! The table decides; `context.rs` carries out on the cache what it decided, and corrects the
//! table where the cache says otherwise.

use std::collections::BTreeSet;

use crate::inference::TokenId;

/// A tail this short is not worth a sequence of its own: it is cut off instead of kept beside.
const SHORT_TAIL: usize = 16;

/// One token of one sequence. The same serial in several sequences is one and the same cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cell {
    token: TokenId,
    serial: u64,
}

#[derive(Debug, Default)]
struct Sequence {
    cells: Vec<Cell>,
    /// The clock's value when a request last chose it.
    used_at: u64,
    /// How many need it: what it holds stays, and nobody else gets it.
    pins: u32,
}

/// The table of all sequences of one context.
#[derive(Debug)]
pub(super) struct Sequences {
    rows: Vec<Sequence>,
    /// Cells in use, each counted once.
    used: usize,
    next_serial: u64,
    clock: u64,
}

/// Where a prompt goes, and what of it is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    /// The sequence to compute in.
    pub(super) row: usize,
    /// Tokens of the prompt that are in the cache already.
    pub(super) keep: usize,
    /// The sequence whose first `keep` tokens are to be copied to `row`, which is emptied
    /// first. `None`: `row` holds them itself, and is cut off after them.
    pub(super) copy_from: Option<usize>,
}

impl Sequences {
    /// A table of `rows` empty sequences; at least one.
    pub(super) fn new(rows: usize) -> Self {
        Self {
            rows: (0..rows.max(1)).map(|_| Sequence::default()).collect(),
            used: 0,
            next_serial: 0,
            clock: 0,
        }
    }

    /// How many sequences there are.
    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Cells in use by all sequences together.
    pub(super) fn used(&self) -> usize {
        self.used
    }

    /// Tokens in one sequence.
    pub(super) fn len(&self, row: usize) -> usize {
        self.rows[row].cells.len()
    }

    /// The tokens of one sequence.
    pub(super) fn tokens(&self, row: usize) -> Vec<TokenId> {
        self.rows[row].cells.iter().map(|cell| cell.token).collect()
    }

    /// Finds the best place for a prompt, and pins it until [`unpin`](Self::unpin). `None` where
    /// every sequence is pinned.
    ///
    /// The last token of the prompt is never counted as there: its logits are needed, so it is
    /// computed again.
    pub(super) fn plan(&mut self, prompt: &[TokenId]) -> Option<Plan> {
        self.plan_sparing(prompt, SHORT_TAIL)
    }

    /// As [`plan`](Self::plan), and the tail that follows what is shared stays, however short.
    pub(super) fn plan_beside(&mut self, prompt: &[TokenId]) -> Option<Plan> {
        self.plan_sparing(prompt, 0)
    }

    /// Tails of up to `short` tokens may be cut off.
    fn plan_sparing(&mut self, prompt: &[TokenId], short: usize) -> Option<Plan> {
        let longest = prompt.len().saturating_sub(1);
        let best = (0..self.rows.len())
            .map(|row| (self.common_prefix(row, prompt).min(longest), row))
            // Of equal ones an idle one, and of those the one with the shorter tail, whose loss
            // costs least.
            .max_by_key(|&(keep, row)| {
                let idle = self.is_idle(row);
                (keep, idle, std::cmp::Reverse(self.len(row)))
            });
        let (keep, best) = best.unwrap_or((0, 0));
        let may_cut = self.is_idle(best) && self.len(best) - keep <= short;
        let row = if keep > 0 && may_cut {
            best
        } else {
            self.victim()?
        };
        self.pin(row);
        Some(Plan {
            row,
            keep,
            copy_from: (keep > 0 && row != best).then_some(best),
        })
    }

    /// The idle sequence whose loss costs least: an empty one, else the least recently used.
    fn victim(&self) -> Option<usize> {
        (0..self.rows.len())
            .filter(|&row| self.is_idle(row))
            .min_by_key(|&row| {
                let row = &self.rows[row];
                (!row.cells.is_empty(), row.used_at)
            })
    }

    /// Takes and pins a sequence to branch off into.
    pub(super) fn row_beside(&mut self) -> Option<usize> {
        let row = self.victim()?;
        self.pin(row);
        Some(row)
    }

    /// Keeps what a sequence holds until it is [unpinned](Self::unpin) as often; it counts as
    /// used.
    pub(super) fn pin(&mut self, row: usize) {
        self.clock += 1;
        self.rows[row].used_at = self.clock;
        self.rows[row].pins += 1;
    }

    /// Takes one pin back. What nobody needs may be reused, and may go.
    pub(super) fn unpin(&mut self, row: usize) {
        let pins = &mut self.rows[row].pins;
        *pins = pins.saturating_sub(1);
    }

    /// Whether there is a sequence that nobody needs.
    pub(super) fn has_idle(&self) -> bool {
        self.victim().is_some()
    }

    fn is_idle(&self, row: usize) -> bool {
        self.rows[row].pins == 0
    }

    /// Cells of the pinned sequences, each counted once.
    pub(super) fn pinned_cells(&self) -> usize {
        let pinned = self.rows.iter().filter(|row| row.pins > 0);
        let serials: BTreeSet<_> = pinned
            .flat_map(|row| row.cells.iter().map(|cell| cell.serial))
            .collect();
        serials.len()
    }

    /// The least recently used idle sequence that holds something.
    pub(super) fn least_recently_used(&self) -> Option<usize> {
        (0..self.rows.len())
            .filter(|&row| self.is_idle(row) && !self.rows[row].cells.is_empty())
            .min_by_key(|&row| self.rows[row].used_at)
    }

    /// The sequence that holds the most of a prompt's beginning, and how many tokens of it.
    pub(super) fn longest(&self, prompt: &[TokenId]) -> (usize, usize) {
        (0..self.rows.len())
            .map(|row| (row, self.common_prefix(row, prompt)))
            .max_by_key(|&(_, held)| held)
            .unwrap_or((0, 0))
    }

    fn common_prefix(&self, row: usize, prompt: &[TokenId]) -> usize {
        let cells = &self.rows[row].cells;
        cells
            .iter()
            .zip(prompt)
            .take_while(|(cell, token)| cell.token == **token)
            .count()
    }

    /// Adds a computed token at the end of a sequence.
    pub(super) fn push(&mut self, row: usize, token: TokenId) {
        let serial = self.next_serial;
        self.next_serial += 1;
        self.rows[row].cells.push(Cell { token, serial });
        self.used += 1;
    }

    /// Cuts a sequence off after `len` tokens.
    pub(super) fn truncate(&mut self, row: usize, len: usize) {
        while self.rows[row].cells.len() > len {
            let place = self.rows[row].cells.len() - 1;
            let Some(cell) = self.rows[row].cells.pop() else {
                return;
            };
            let shared = self
                .rows
                .iter()
                .any(|other| other.cells.get(place) == Some(&cell));
            self.used -= usize::from(!shared);
        }
    }

    /// Makes `to` share the first `len` tokens of `from`; what it held is gone.
    pub(super) fn copy(&mut self, from: usize, to: usize, len: usize) {
        if from == to {
            self.truncate(to, len);
            return;
        }
        self.truncate(to, 0);
        let shared = self.rows[from].cells.iter().take(len).copied().collect();
        self.rows[to].cells = shared;
    }

    /// Empties every sequence.
    pub(super) fn clear(&mut self) {
        for row in &mut self.rows {
            row.cells.clear();
        }
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn ids(numbers: impl IntoIterator<Item = u32>) -> Vec<TokenId> {
        numbers.into_iter().map(TokenId).collect()
    }

    /// Carries a plan out as the context does, and computes the rest of the prompt.
    fn read(table: &mut Sequences, prompt: &[TokenId]) -> Plan {
        let plan = table.plan(prompt).unwrap();
        match plan.copy_from {
            Some(from) => table.copy(from, plan.row, plan.keep),
            None => table.truncate(plan.row, plan.keep),
        }
        for &token in &prompt[plan.keep..] {
            table.push(plan.row, token);
        }
        table.unpin(plan.row);
        plan
    }

    #[test]
    fn a_conversation_that_goes_on_computes_only_what_is_new() {
        let mut table = Sequences::new(4);
        read(&mut table, &ids(0..50));
        let plan = read(&mut table, &ids(0..80));
        assert_eq!((plan.keep, plan.copy_from), (50, None));
        assert_eq!(table.used(), 80);
    }

    #[test]
    fn the_same_prompt_again_computes_its_last_token() {
        let mut table = Sequences::new(4);
        read(&mut table, &ids(0..50));
        let plan = read(&mut table, &ids(0..50));
        assert_eq!((plan.keep, table.used()), (49, 50));
    }

    #[test]
    fn another_conversation_shares_the_prefix_and_leaves_the_first_alone() {
        let mut table = Sequences::new(4);
        let first = read(&mut table, &ids(0..100));
        let second = read(&mut table, &ids((0..40).chain(200..220)));
        assert_eq!(second.copy_from, Some(first.row));
        assert_eq!(second.keep, 40);
        assert_eq!(table.len(first.row), 100);
        assert_eq!(table.used(), 120, "the 40 shared tokens are stored once");
    }

    #[test]
    fn a_short_tail_is_cut_off_and_not_kept() {
        let mut table = Sequences::new(4);
        let first = read(&mut table, &ids(0..50));
        let second = read(&mut table, &ids((0..45).chain(90..99)));
        assert_eq!(
            (second.row, second.keep, second.copy_from),
            (first.row, 45, None)
        );
    }

    #[test]
    fn a_short_tail_stays_where_it_is_to_stay() {
        let mut table = Sequences::new(4);
        let first = read(&mut table, &ids(0..50));
        let plan = table.plan_beside(&ids((0..45).chain(90..99))).unwrap();
        assert_ne!(plan.row, first.row);
        assert_eq!((plan.keep, plan.copy_from), (45, Some(first.row)));
        assert_eq!(table.longest(&ids((0..45).chain(90..99))), (first.row, 45));
        assert_eq!(table.longest(&ids(0..70)), (first.row, 50));
    }

    #[test]
    fn the_least_recently_used_sequence_makes_room() {
        let mut table = Sequences::new(2);
        let first = read(&mut table, &ids(0..30));
        let second = read(&mut table, &ids(100..130));
        read(&mut table, &ids(0..31));
        let third = read(&mut table, &ids(200..230));
        assert_eq!(third.row, second.row);
        assert_eq!(table.len(first.row), 31);
        assert_eq!(table.least_recently_used(), Some(first.row));
    }

    #[test]
    fn a_branch_takes_an_empty_sequence_first_and_never_a_pinned_one() {
        let mut table = Sequences::new(3);
        let first = table.plan(&ids(0..30)).unwrap().row;
        for token in ids(0..30) {
            table.push(first, token);
        }
        let second = read(&mut table, &ids(100..130)).row;
        let third = table.row_beside().unwrap();
        assert!(third != first && third != second);
        table.copy(first, third, 30);
        assert_eq!(table.used(), 60, "the branch shares its beginning");
        assert_eq!(table.pinned_cells(), 30);
        assert_eq!(table.row_beside(), Some(second));
        assert_eq!(table.row_beside(), None);
        assert_eq!(table.least_recently_used(), None);
        assert_eq!(table.plan(&ids(0..5)), None, "all are in use");
        table.unpin(first);
        assert_eq!(table.least_recently_used(), Some(first));
    }

    #[test]
    fn what_a_request_computes_in_is_shared_and_never_cut() {
        let mut table = Sequences::new(2);
        let busy = table.plan(&ids(0..50)).unwrap().row;
        for token in ids(0..50) {
            table.push(busy, token);
        }
        let plan = table.plan(&ids((0..45).chain(90..99))).unwrap();
        assert_ne!(plan.row, busy);
        assert_eq!((plan.keep, plan.copy_from), (45, Some(busy)));
        assert_eq!(table.len(busy), 50);
    }

    #[test]
    fn a_single_sequence_is_cut_back_to_what_still_holds() {
        let mut table = Sequences::new(1);
        read(&mut table, &ids(0..100));
        let plan = read(&mut table, &ids((0..40).chain(200..220)));
        assert_eq!((plan.row, plan.keep, plan.copy_from), (0, 40, None));
        assert_eq!(table.used(), 60);
    }

    #[test]
    fn dropping_one_owner_of_a_shared_prefix_keeps_it_for_the_other() {
        let mut table = Sequences::new(3);
        let first = read(&mut table, &ids(0..100));
        let second = read(&mut table, &ids((0..40).chain(200..220)));
        table.truncate(first.row, 0);
        assert_eq!(table.used(), 60);
        table.truncate(second.row, 0);
        assert_eq!(table.used(), 0);
    }

    proptest! {
        /// The count of cells is what counting them one by one gives, whatever happened.
        #[test]
        fn every_cell_is_counted_once(
            prompts in proptest::collection::vec(
                proptest::collection::vec(0_u32..3, 1..60),
                1..30,
            ),
            cuts in proptest::collection::vec((0_usize..3, 0_usize..60), 30),
        ) {
            let mut table = Sequences::new(3);
            for (prompt, (row, len)) in prompts.into_iter().zip(cuts) {
                let prompt = ids(prompt);
                let plan = read(&mut table, &prompt);
                prop_assert!(plan.keep < prompt.len());
                let held: Vec<_> = table.rows[plan.row].cells.iter().map(|c| c.token).collect();
                prop_assert_eq!(held, prompt);
                table.truncate(row, len);
                let distinct: HashSet<_> =
                    table.rows.iter().flat_map(|row| &row.cells).map(|c| c.serial).collect();
                prop_assert_eq!(table.used(), distinct.len());
            }
        }
    }
}
