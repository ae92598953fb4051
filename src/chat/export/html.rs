//! A conversation as one page: no script, and nothing that is loaded.

use std::fmt::Write as _;

use super::{folded, said, shown, speaker};
use crate::chat::{AnswerState, Conversation};
use crate::inference::Role;
use crate::text;

const HEAD: &str = r#"<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; }
section { margin: 1.2rem 0; padding: .8rem 1rem; border-radius: .5rem; border: 1px solid #8884; }
section.user { background: #8882; }
section.system { opacity: .75; }
h2 { margin: 0 0 .4rem; font-size: .85rem; opacity: .7; }
pre { margin: 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
details { margin: 0 0 .6rem; opacity: .7; }
details pre { margin: .4rem 0 0 .4rem; padding-left: .8rem; border-left: 2px solid #8886; }
p.note { margin: .6rem 0 0; font-style: italic; opacity: .7; }
</style>
"#;

pub(super) fn page(conversation: &Conversation) -> String {
    let title = escaped(&text::visible_line(&conversation.title_or_first_words()));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"und\">\n<head>\n<title>{title}</title>\n{HEAD}</head>\n\
         <body>\n<h1>{title}</h1>\n"
    );
    for node in shown(conversation) {
        let class = match node.role {
            Role::System => "system",
            Role::User => "user",
            Role::Assistant => "assistant",
        };
        let mark = node.rating.map_or("", |rating| rating.mark());
        let who = escaped(&text::visible_line(&speaker(node)));
        let said = escaped(&text::visible(said(node).trim_end()));
        // Writing to a string cannot fail.
        let _ = write!(page, "<section class=\"{class}\">\n<h2>{who} {mark}</h2>\n");
        if let Some((summary, reasoning)) = folded(node) {
            let reasoning = escaped(&text::visible(&reasoning));
            let _ = write!(
                page,
                "<details><summary>{}</summary>\n<pre dir=\"auto\">{reasoning}</pre></details>\n",
                escaped(&summary)
            );
        }
        let _ = writeln!(page, "<pre dir=\"auto\">{said}</pre>");
        if let Some(AnswerState::Failed(reason)) = node.answer.as_ref().map(|answer| &answer.state)
        {
            let reason = escaped(&text::visible_line(reason));
            let _ = writeln!(page, "<p class=\"note\">{reason}</p>");
        }
        page.push_str("</section>\n");
    }
    page.push_str("</body>\n</html>\n");
    page
}

/// Text that stays text, in an element and in an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
