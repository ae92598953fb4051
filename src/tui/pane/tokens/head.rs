//! What is known of a token, its word, its sentence and its message, in numbers.

use std::ops::Range;

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{View, entropy};
use crate::config::{Part, Units};
use crate::inference::{LogitChanger, Mirostat, SamplerKind, TokenKind, TokenTrace};
use crate::probability::{SpanToken, sentences, words};
use crate::text;
use crate::tui::format;
use crate::words::tui::tokens as words;

/// A number with its label.
type Fact = (String, Option<&'static str>);

impl<'a> View<'a> {
    /// The rows above the candidates, `room` at most where that is more than the least: what is
    /// said of the token itself.
    pub(super) fn head(&self, room: usize) -> Vec<Line<'a>> {
        let mut lines = vec![self.title()];
        if let Some(trace) = self.trace {
            lines.extend(self.facts(self.of_token(trace)));
        }
        if self.app.cursor.is_some() {
            for facts in [self.of_stretch(), self.of_logit(), self.of_text()] {
                let more = self.facts(facts);
                if !more.is_empty() && lines.len() + more.len() < room {
                    lines.extend(more);
                }
            }
            if lines.len() < room
                && let Some(line) = entropy::line(self)
            {
                lines.push(line);
                // It parts the numbers from the table where there is no room for an empty one.
                if lines.len() >= room {
                    return lines;
                }
            }
        }
        lines.push(Line::default());
        lines
    }

    fn title(&self) -> Line<'a> {
        let kind = match self.token.kind {
            TokenKind::Text => words::TOKEN,
            TokenKind::Control => words::CONTROL_TOKEN,
            TokenKind::EndOfGeneration => words::END_TOKEN,
        };
        let name = self.name(self.token.id);
        let place = words::place(
            kind,
            format::thousands(self.at.number as u64 + 1),
            format::thousands(self.at.of as u64),
            self.token.id.0,
        );
        let room = self.width.saturating_sub(text::width(&place) + 2);
        let mut first = vec![Span::styled(
            text::fit(&name, room.max(12)).into_owned(),
            self.style(Part::Title),
        )];
        if room >= 6 {
            let used = text::width(&place) + text::width(&first[0].content);
            let gap = self.width.saturating_sub(used);
            first.push(Span::raw(" ".repeat(gap)));
            first.push(Span::styled(place, self.style(Part::Dim)));
        }
        Line::from(first)
    }

    fn of_token(&self, trace: &TokenTrace) -> Vec<Fact> {
        let mut facts = vec![(format!("{} %", format::percent(trace.logprob.exp())), None)];
        if let Some(rank) = trace.rank {
            facts.push((format::thousands(u64::from(rank)), Some(words::RANK.text())));
        }
        let units = self.app.units;
        // Adding zero turns -0 into 0.
        let of = |nats: f32| units.of_nats(nats.into()) + 0.0;
        let quantity = |nats: f32| format!("{:.2} {}", of(nats), format::unit(units));
        // `0.0 -` keeps a certain token from being surprising by -0.
        facts.push((quantity(0.0 - trace.logprob), Some(words::SURPRISE.text())));
        if let Some(entropy) = trace.entropy {
            facts.push((quantity(entropy), Some(words::ENTROPY.text())));
        }
        let label = match units {
            Units::Bits => "log2 p",
            Units::Nats => "ln p",
        };
        facts.push((format!("{:.3}", of(trace.logprob)), Some(label)));
        facts.extend(self.of_state());
        facts
    }

    /// What XTC and mirostat were at; with the settings of now, what they are taken to be at.
    fn of_state(&self) -> Vec<Fact> {
        let Some(stored) = self.stored.map(|trace| trace.state) else {
            return Vec::new();
        };
        let lot = |acted: bool| {
            if acted {
                words::ACTED
            } else {
                words::DID_NOT_ACT
            }
        };
        let (xtc, mu) = if self.now.is_some() {
            let now = self.session.sampling();
            let draws = now.temperature > 0.0;
            let mirostat = draws && now.mirostat != Mirostat::Off;
            let acts = now.xtc_probability > 0.0 && now.xtc_threshold <= 0.5;
            let in_turn = draws && !mirostat && now.order.contains(&SamplerKind::Xtc);
            let xtc = (acts && in_turn).then(|| match stored.xtc {
                Some(acted) => words::as_recorded(lot(acted)),
                None => words::AS_IF_IT_ACTED.into(),
            });
            let mu = mirostat.then(|| match stored.mirostat_mu {
                Some(mu) => words::as_recorded(words::bits(mu)),
                None => words::bits_at_start(2.0 * now.mirostat_tau),
            });
            (xtc, mu)
        } else {
            let xtc = stored.xtc.map(|acted| lot(acted).into());
            (xtc, stored.mirostat_mu.map(words::bits))
        };
        let facts = [(xtc, "xtc"), (mu, "mirostat mu")];
        let known = facts.into_iter();
        known
            .filter_map(|(fact, label)| Some((fact?, Some(label))))
            .collect()
    }

    /// What became of the logit of the candidate that is looked at, with the settings of now.
    fn of_logit(&self) -> Vec<Fact> {
        let Some(now) = self.now else {
            return Vec::new();
        };
        let candidates = &now.trace.candidates;
        let chosen = || candidates.iter().position(|one| one.id == now.trace.id);
        let place = self.looked_at().or_else(chosen);
        let Some((place, &logit)) = place.and_then(|place| Some((place, now.logits.get(place)?)))
        else {
            return Vec::new();
        };
        let mut facts = vec![(format!("{logit:.2}"), Some("logit"))];
        let mut last = logit;
        for change in &now.changes {
            let Some(&Some((before, after))) = change.logits.get(place) else {
                break;
            };
            if before.to_bits() == after.to_bits() {
                continue;
            }
            let value = match change.by {
                LogitChanger::Temperature => format!("/{}", self.session.sampling().temperature),
                _ => format!("{:+.2}", after - before),
            };
            facts.push((value, Some(change.by.name())));
            last = after;
        }
        if facts.len() > 1 {
            facts.push((format!("{last:.2}"), Some(words::THEN.text())));
        }
        facts
    }

    /// What the marked tokens add up to.
    fn of_stretch(&self) -> Vec<Fact> {
        let Some(tokens) = self.app.marked_tokens(self.session) else {
            return Vec::new();
        };
        let count = format::thousands(tokens.len() as u64);
        let mut facts = vec![(count, Some(words::MARKED_TOKENS.text()))];
        let Some(sum) = self.app.marked_sum(self.session) else {
            facts.push((words::NOT_KNOWN.into(), Some(words::PROBABILITY.text())));
            return facts;
        };
        let units = self.app.units;
        // Adding zero turns -0 into 0.
        let surprise = units.of_nats(0.0 - sum.logprob) + 0.0;
        facts.extend([
            (
                format!("{} %", format::percent(sum.probability() as f32)),
                Some(words::PROBABILITY.text()),
            ),
            (
                format!("{:.2}", 1.0 / sum.per_token()),
                Some(words::PERPLEXITY.text()),
            ),
            (
                format!("{surprise:.2} {}", format::unit(units)),
                Some(words::SURPRISE.text()),
            ),
        ]);
        facts
    }

    /// The word and the sentence that the token is in, and the message up to it.
    fn of_text(&self) -> Vec<Fact> {
        let mut facts = Vec::new();
        let line = line_around(self.tokens.content(), &self.token.span);
        let text = &self.tokens.content()[line.clone()];
        let tokens: Vec<SpanToken> = self
            .tokens
            .around(&line)
            .map(|token| SpanToken {
                bytes: token.span.start.saturating_sub(line.start)
                    ..token.span.end.saturating_sub(line.start).min(text.len()),
                logprob: token.logprob,
            })
            .collect();
        let here = self.token.span.start.saturating_sub(line.start)
            ..self.token.span.end.saturating_sub(line.start);
        for (spans, label) in [
            (words(text, &tokens), words::WORD),
            (sentences(text, &tokens), words::SENTENCE),
        ] {
            let own = spans
                .iter()
                .find(|span| span.bytes.start < here.end && here.start < span.bytes.end);
            if let Some(span) = own {
                facts.push((
                    format!("{} %", format::percent(span.probability() as f32)),
                    Some(label.text()),
                ));
            }
        }
        let along = &self.app.along;
        let perplexity = along.perplexity(self.tokens, self.at.number + 1);
        if let Some(measured) = perplexity.measured() {
            facts.push((
                format!("{measured:.2}"),
                Some(words::PERPLEXITY_SO_FAR.text()),
            ));
        }
        facts
    }

    /// Numbers with their labels, over as many rows as they need.
    fn facts(&self, facts: Vec<Fact>) -> Vec<Line<'a>> {
        let (plain, dim): (Style, Style) = (self.style(Part::Text), self.style(Part::Dim));
        let mut lines: Vec<Line<'a>> = Vec::new();
        let mut column = 0;
        for (value, label) in facts {
            let label = label.map(|label| format!("{label} ")).unwrap_or_default();
            let width = text::width(&label) + text::width(&value);
            let gap = if column == 0 { 0 } else { 3 };
            if lines.is_empty() || column + gap + width > self.width && column > 0 {
                lines.push(Line::default());
                column = 0;
            }
            if let Some(line) = lines.last_mut() {
                if column > 0 {
                    line.push_span(Span::raw("   "));
                    column += 3;
                }
                line.push_span(Span::styled(label, dim));
                line.push_span(Span::styled(value, plain));
            }
            column += width;
        }
        lines
    }
}

/// The line of text around some bytes; words and sentences end at line breaks.
fn line_around(content: &[u8], span: &Range<usize>) -> Range<usize> {
    let start = span.start.min(content.len());
    let end = span.end.min(content.len()).max(start);
    let from = content[..start]
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |at| at + 1);
    let to = content[end..]
        .iter()
        .position(|&byte| byte == b'\n')
        .map_or(content.len(), |at| end + at);
    from..to
}
