//! What stands within a line: text, code, formulas, links.

use std::ops::Range;

use super::super::link::{self, Target};
use super::super::{Look, Role, code};
use super::Walker;

/// A link whose words are being read.
pub(super) struct OpenLink {
    address: String,
    /// Where its words begin in the flow.
    from: usize,
    start: usize,
}

impl Walker<'_> {
    pub(super) fn text(&mut self, text: &str, raw: Range<usize>) {
        if let Some((_, _, lines)) = &mut self.code {
            // A line comes in parts where something stood before it.
            for line in code::lines(self.bytes, raw, 0) {
                lines.push(line);
            }
            return;
        }
        let written = raw.len() == text.len();
        if written {
            self.written(raw, self.look);
        } else {
            // `&amp;` and its like.
            self.flow.push_for(text, raw, self.look);
        }
    }

    /// Shows raw bytes as they are, formulas in their own look.
    pub(super) fn written(&mut self, raw: Range<usize>, look: Look) {
        let mut at = raw.start;
        while at < raw.end {
            let here = at - self.base;
            let (to, look) = match self.source.formula_at(here) {
                Some(formula) => (
                    raw.end.min(formula.end + self.base),
                    Look {
                        role: Role::Formula,
                        ..look
                    },
                ),
                None => match self.source.formula_in(here..raw.end - self.base) {
                    Some(formula) => (formula.start + self.base, look),
                    None => (raw.end, look),
                },
            };
            self.flow.push(&self.bytes[at..to], at, look);
            at = to;
        }
    }

    pub(super) fn inline_code(&mut self, text: &str, raw: Range<usize>) {
        let look = Look {
            role: Role::Code,
            ..self.look
        };
        let ticks = self.bytes[raw.clone()]
            .iter()
            .take_while(|&&byte| byte == b'`')
            .count();
        let inner = raw.start + ticks..raw.end.saturating_sub(ticks).max(raw.start + ticks);
        let shown = &self.bytes[inner.clone()];
        // A space on either side may be there to keep backticks apart.
        let trimmed = match shown {
            [b' ', middle @ .., b' '] if middle.len() == text.len() => {
                inner.start + 1..inner.end - 1
            }
            _ => inner,
        };
        let same = trimmed.len() == text.len() && !self.bytes[trimmed.clone()].contains(&b'\n');
        if same {
            self.flow
                .push(&self.bytes[trimmed.clone()], trimmed.start, look);
            self.flow.cover(raw);
        } else {
            self.flow.push_for(text, raw, look);
        }
    }

    pub(super) fn open_link(&mut self, address: &str, start: usize, before: &str) {
        if !before.is_empty() {
            self.flow
                .push_for(before, start..start, Look::of(Role::Mark));
        }
        self.links.push(OpenLink {
            address: address.to_owned(),
            from: self.flow.len(),
            start,
        });
        self.put_on(|look| look.role = Role::Link);
    }

    pub(super) fn close_link(&mut self, end: usize) {
        self.take_off();
        let Some(link) = self.links.pop() else { return };
        let words = self.flow.text()[link.from..].to_owned();
        self.flow.cover(link.start..end);
        let mut hidden = false;
        if let Target::Web(safe) = link::target(&link.address)
            && self.options.links
            && let Ok(number) = u16::try_from(self.out.links.len())
        {
            self.out.links.push(safe);
            self.flow.link(link.from, number);
            // Words that look like another address would be believed.
            hidden = !link::poses_as_address(&words);
        }
        if !hidden && !link.address.is_empty() && !link::says(&words, &link.address) {
            let shown = crate::text::visible_line(&link.address).into_owned();
            let shown = if words.is_empty() {
                shown
            } else {
                format!(" ({shown})")
            };
            self.flow.push_for(&shown, end..end, Look::of(Role::Mark));
        }
    }
}
