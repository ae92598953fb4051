//! Branches on the real model, in a real terminal.

use std::time::Duration;

use serde_json::Value;

use crate::support::pty::{Home, Pty};
use crate::support::run::{ENDLESS, assert_code, stderr, stdout};

/// An answer that ends at its limit whatever the processor makes of the model.
fn start(home: &Home, more: &[&str]) -> Pty {
    let mut arguments = vec!["-n", "24", "--seed", "7"];
    arguments.extend(&ENDLESS[2..]);
    arguments.extend(more);
    let pty = Pty::limpid(home, &arguments, (80, 24));
    pty.wait_for("F1 help");
    pty
}

fn leave(mut pty: Pty) {
    pty.send("\x04");
    assert_eq!(pty.exit_code(), 0);
}

/// A question and its answer, with the cursor on the answer's first token.
fn answered(home: &Home) -> Pty {
    let mut pty = start(home, &[]);
    pty.wait_for("is ready.");
    pty.send("Why is the sky blue?");
    pty.wait_for("blue?");
    pty.send("\r");
    pty.wait_for("length limit reached");
    pty.send("\x14");
    pty.wait_for("token 1 of");
    pty
}

/// The records of the conversation, as they are exported.
fn records(home: &Home) -> Vec<Value> {
    let output = home.run(&["history", "export", "--format", "jsonl"]);
    assert_code(&output, 0);
    stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A question, an answer, a branch from another token, and one in the user's own words.
fn branched(home: &Home) -> Pty {
    let mut pty = answered(home);
    pty.send("llj\r");
    pty.wait_for("2/2");
    pty.wait_for("length limit reached");
    pty.send("\x14lle");
    pty.wait_for("continue with");
    pty.send(" (quixotry, by the way) ");
    pty.wait_for("quixotry");
    pty.send("\r");
    pty.wait_for("3/3");
    pty.wait_for("length limit reached");
    pty
}

#[test]
fn branches_are_typed_seen_as_a_tree_compared_and_copied() {
    let home = Home::new();
    let mut pty = branched(&home);
    pty.send("\x14t");
    pty.wait_for("3 branches");
    pty.wait_for("quixotry");
    // The second answer is beside the third.
    pty.send("=k=");
    pty.wait_for("two branches");
    pty.wait_for("in common");
    pty.wait_for("2/3");
    pty.wait_for("perplexity");
    pty.send("\x1b");
    pty.wait_gone("two branches");
    pty.send("gj\r");
    pty.wait_gone("3 branches");
    pty.wait_for("1/3");
    pty.send("\x14Y");
    pty.wait_for("Copied the message");
    let value: Value = serde_json::from_str(&pty.copied()).expect("it is whole JSON");
    let choice = &value["choices"][0];
    let tokens = choice["logprobs"]["content"].as_array().unwrap();
    let content = choice["message"]["content"].as_str().unwrap();
    assert_eq!(tokens.len(), 24);
    let spelt: Vec<u8> = tokens
        .iter()
        .flat_map(|token| token["bytes"].as_array().unwrap())
        .map(|byte| byte.as_u64().unwrap() as u8)
        .collect();
    assert_eq!(String::from_utf8_lossy(&spelt), content);
    assert_eq!(value["usage"]["completion_tokens"], 24);
    // To a file, and not over one that is there.
    for says in ["Written to", "cannot write"] {
        pty.send("x");
        pty.wait_for("export to");
        pty.send("\x15odds.jsonl\r");
        pty.wait_for(says);
    }
    // Another name is asked for; Esc leaves that, and once more the token view.
    pty.send("\x1b");
    pty.wait_gone("export to");
    pty.send("\x1b");
    pty.wait_for("F1 help");
    let written = std::fs::read_to_string(home.path().join("odds.jsonl")).unwrap();
    assert_eq!(written.lines().count(), 25);
    leave(pty);
}

#[test]
fn a_typed_continuation_computes_nothing_again_that_was_read() {
    let home = Home::new();
    leave(branched(&home));
    let records = records(&home);
    let of = |kind: &str| -> Vec<&Value> {
        let matching = records.iter().filter(|record| record["type"] == kind);
        matching.collect()
    };
    let ends: Vec<&Value> = of("end").iter().map(|end| &end["stats"]).collect();
    assert_eq!(ends.len(), 3);
    let number = |value: &Value, key: &str| value[key].as_u64().unwrap();
    let prompt = number(ends[0], "prompt_tokens");
    // Two tokens of the answer were kept; what was typed was new.
    assert!(
        number(ends[2], "cached_tokens") >= prompt + 2 - 1,
        "{ends:?}"
    );
    assert!(number(ends[2], "prompt_tokens") > prompt + 4);
    let typed = of("typed");
    assert_eq!(typed.len(), 1);
    assert_eq!(typed[0]["text"], " (quixotry, by the way) ");
    let message = &typed[0]["message"];
    let chunks = of("chunk");
    let counts: Vec<u64> = chunks
        .iter()
        .filter(|chunk| chunk["message"] == *message)
        .map(|chunk| number(&chunk["trace"], "tokens"))
        .collect();
    assert_eq!(counts, [2, 24], "kept, and written after it");
}

/// The screen when nothing is drawn any more: a frame arrives in pieces.
fn settled(pty: &Pty) -> String {
    const PAUSE: Duration = Duration::from_millis(150);
    let mut last = pty.screen();
    loop {
        std::thread::sleep(PAUSE);
        let now = pty.screen();
        if now == last {
            return now;
        }
        last = now;
    }
}

#[test]
fn an_exported_conversation_imports_to_the_same_screens() {
    let home = Home::new();
    leave(branched(&home));
    let file = home.path().join("sky.jsonl");
    let name = file.to_str().unwrap();
    let line = ["history", "export", "--format", "jsonl", "-o", name];
    assert_code(&home.run(&line), 0);
    let again = home.run(&line);
    assert_code(&again, 1);
    assert!(
        stderr(&again).contains("sky.jsonl"),
        "nothing is written over"
    );
    let other = Home::new();
    let imported = other.run(&["history", "import", name]);
    assert_code(&imported, 0);
    assert!(stderr(&imported).contains("4 messages in 3 branches"));
    let id = stdout(&imported).trim().to_owned();
    assert!(!file.to_str().unwrap().contains(&id));
    let exported = other.run(&["history", "export", &id, "--format", "jsonl"]);
    let records = |text: &str| -> Vec<Value> {
        let lines = text.lines().skip(1);
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    };
    let before = std::fs::read_to_string(&file).unwrap();
    assert_eq!(records(&stdout(&exported)), records(&before));

    let screens = |home: &Home| {
        let mut pty = start(home, &["-C"]);
        pty.wait_for("quixotry");
        pty.wait_for("└ SmolLM2-135M-Instruct.Q4_1 ");
        // A branch without typed words, whose tokens need no engine.
        pty.send("\x14");
        pty.wait_for("token 1 of");
        pty.send("[");
        pty.wait_for("◂ 2/3 ▸");
        pty.send("lll");
        pty.wait_for("token 4 of");
        let tokens = settled(&pty);
        pty.send("=");
        pty.wait_for("in common");
        let compared = settled(&pty);
        pty.send("\x1b");
        pty.wait_gone("in common");
        pty.send("t");
        pty.wait_for("3 branches");
        let tree = settled(&pty);
        pty.send("\x1b");
        pty.wait_gone("3 branches");
        pty.send("\x1b");
        pty.wait_for("F1 help");
        leave(pty);
        [tokens, compared, tree]
    };
    assert_eq!(screens(&home), screens(&other));
}

#[test]
fn a_damaged_file_is_not_imported_and_the_line_is_named() {
    let home = Home::new();
    let mut pty = start(&home, &[]);
    pty.wait_for("is ready.");
    pty.send("Hi");
    pty.wait_for("Hi");
    pty.send("\r");
    pty.wait_for("length limit reached");
    leave(pty);
    let output = home.run(&["history", "export", "--format", "jsonl"]);
    let text = stdout(&output).replacen("\"text\":\"Hi\"", "\"text\":\"Ho\"", 1);
    let line = text
        .lines()
        .position(|line| line.contains("\"Ho\""))
        .unwrap()
        + 1;
    let refused = home.run_with(&["history", "import", "-"], text.as_bytes());
    assert_code(&refused, 1);
    let said = stderr(&refused);
    assert!(
        said.contains(&format!("-: line {line}: its checksum")),
        "{said}"
    );
    std::fs::write(home.path().join("notes.md"), "# Notes\n").unwrap();
    let refused = home.run(&["history", "import", "notes.md"]);
    assert_code(&refused, 1);
    assert!(
        stderr(&refused).contains("notes.md: it is no export"),
        "{}",
        stderr(&refused)
    );
    let list = home.run(&["history", "list"]);
    assert_eq!(stdout(&list).lines().count(), 1, "nothing was added");
}

#[test]
fn continuations_are_written_together_and_one_of_them_is_picked() {
    let home = Home::new();
    let mut pty = answered(&home);
    pty.send("lllf");
    pty.wait_for("4 continuations");
    pty.wait_for("tokens before them were cached");
    pty.send("jj");
    pty.wait_for("▸ 3");
    pty.send("\r");
    pty.wait_gone("4 continuations");
    pty.wait_for("4/5");
    leave(pty);
    let records = records(&home);
    let ends: Vec<&Value> = records
        .iter()
        .filter(|record| record["type"] == "end")
        .map(|end| &end["stats"])
        .collect();
    assert_eq!(ends.len(), 5, "an answer, and four continuations of it");
    for end in &ends[1..] {
        let number = |key: &str| end[key].as_u64().unwrap();
        assert_eq!(
            number("cached_tokens") + 1,
            number("prompt_tokens"),
            "nothing of what stands before them was computed again but the last: {end}"
        );
        assert_eq!(number("predicted_tokens"), 24);
    }
}
