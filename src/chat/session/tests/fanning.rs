//! Several continuations at once: siblings that grow together.

use super::harness::*;
use crate::chat::session::{Activity, SessionOptions};
use crate::chat::{AnswerState, MessageId, RecordBody, UserEvent};
use crate::inference::*;
use crate::words::Said;

impl Harness {
    fn fan_out(&mut self, message: MessageId, index: usize, branches: u16) -> &mut Self {
        self.user(UserEvent::FanOut {
            message,
            index,
            branches,
        })
    }

    fn sent_fan(&self) -> Option<&FanRequest> {
        let mut commands = self.commands().into_iter();
        commands.find_map(|command| match command {
            EngineCommand::FanOut(fan) => Some(&**fan),
            _ => None,
        })
    }

    fn fan_request(&self) -> RequestId {
        self.session.fan().expect("continuations are there").request
    }

    fn fan(&mut self, event: FanEvent) -> &mut Self {
        let request = self.fan_request();
        self.engine(EngineEvent::Fan { request, event })
    }

    fn grow(&mut self, branch: u16, text: &str) -> &mut Self {
        let request = self.fan_request();
        let EngineEvent::Token(token) = token(request, text.as_bytes()) else {
            unreachable!()
        };
        self.fan(FanEvent::Token { branch, token })
    }

    fn end(&mut self, branch: u16, stop: StopReason) -> &mut Self {
        self.fan(FanEvent::Ended {
            branch,
            stop,
            stats: Box::new(stats()),
        })
    }

    fn fan_finished(&mut self) -> &mut Self {
        let request = self.fan_request();
        let stats = FanStats {
            decodes: 3,
            ..FanStats::default()
        };
        self.engine(EngineEvent::FanFinished { request, stats })
    }

    fn branches(&self) -> Vec<MessageId> {
        let fan = self.session.fan().expect("continuations are there");
        fan.branches().iter().map(|one| one.message).collect()
    }

    fn state(&self, message: MessageId) -> &AnswerState {
        &self.node(message).answer.as_ref().unwrap().state
    }
}

/// An answer of three tokens, and its number.
fn answered(options: SessionOptions) -> (Harness, MessageId) {
    let mut h = Harness::with(options);
    h.exchange("Hi", &["The", " sky", " is"]);
    let answer = h.last().id;
    (h, answer)
}

#[test]
fn the_continuations_share_what_stands_before_the_token() {
    let (mut h, answer) = answered(SessionOptions::default());
    h.fan_out(answer, 2, 4);
    let fan = h.sent_fan().unwrap();
    assert_eq!(fan.branches, 4);
    assert_eq!(fan.without, Some(id_of(b" is")));
    let Prompt::Chat {
        messages,
        answer_prefix: Some(prefix),
        ..
    } = &fan.generate.prompt
    else {
        panic!("not a chat prompt: {:?}", fan.generate.prompt)
    };
    assert_eq!(messages.len(), 1);
    assert_eq!(prefix.content, "The sky");
    assert_eq!(prefix.parts, [tokens(&[b"The", b" sky"])]);
    assert!(matches!(h.session.activity(), Activity::Waiting { .. }));
    assert_eq!(h.conversation().len(), 2, "none has begun");
}

#[test]
fn each_becomes_a_sibling_that_keeps_its_own_tokens() {
    let sampling = SamplerSettings {
        seed: Some(7),
        ..Default::default()
    };
    let (mut h, answer) = answered(SessionOptions {
        sampling,
        ..Default::default()
    });
    h.fan_out(answer, 2, 2).fan(FanEvent::Began { branches: 2 });
    let made = h.branches();
    assert_eq!(h.shown(), ["Hi", "The sky is"], "what was shown is shown");
    h.grow(0, " was").grow(1, " will").grow(0, " red");
    assert!(h.session.is_busy());
    h.end(1, StopReason::Length);
    assert_eq!(h.state(made[1]), &AnswerState::Ended(StopReason::Length));
    assert_eq!(h.state(made[0]), &AnswerState::Streaming);
    h.grow(0, ".").end(0, StopReason::EndOfGeneration);
    h.fan_finished();
    assert!(h.is_idle());
    let texts: Vec<_> = made.iter().map(|&id| h.node(id).text()).collect();
    assert_eq!(texts, ["The sky was red.", "The sky will"]);
    let answer_of = |id| h.node(id).answer.as_deref().unwrap();
    assert_eq!(answer_of(made[0]).traces.len(), 5);
    let seeds = [made[0], made[1]].map(|id| answer_of(id).sampling.seed);
    assert_eq!(seeds, [Some(7), Some(8)]);
    let (all, _) = h.conversation().siblings(answer).unwrap();
    assert_eq!(all, [answer, made[0], made[1]]);
    assert_eq!(h.session.fan().unwrap().tokens(), 4);
    assert_eq!(h.session.fan().unwrap().stats().unwrap().decodes, 3);
}

#[test]
fn what_is_written_down_reads_back_as_the_same_tree() {
    let (mut h, answer) = answered(SessionOptions::default());
    h.fan_out(answer, 1, 2).fan(FanEvent::Began { branches: 2 });
    h.grow(0, " sea").grow(1, " air");
    h.end(0, StopReason::Length).end(1, StopReason::Length);
    h.fan_finished();
    let made = h.branches();
    let mut read = crate::chat::Conversation::new(h.conversation().id.clone(), 0);
    for record in &h.records {
        read.apply(record).unwrap();
    }
    assert_eq!(read.head, h.conversation().head);
    for id in made {
        let (read, written) = (read.node(id).unwrap(), h.node(id));
        assert_eq!(read.content, written.content);
        let traces = |node: &crate::chat::Node| node.answer.as_ref().unwrap().traces.len();
        assert_eq!(traces(read), traces(written));
    }
}

#[test]
fn two_streams_are_written_down_while_they_grow() {
    let (mut h, answer) = answered(SessionOptions::default());
    h.fan_out(answer, 1, 2).fan(FanEvent::Began { branches: 2 });
    h.grow(0, " sea").grow(1, " air");
    h.wait(std::time::Duration::from_secs(3))
        .handle(crate::chat::Event::Tick);
    let made = h.branches();
    let chunks: Vec<MessageId> = h
        .appended()
        .into_iter()
        .filter_map(|record| match record {
            RecordBody::Chunk { message, .. } => Some(*message),
            _ => None,
        })
        .collect();
    assert_eq!(chunks, made);
}

#[test]
fn at_the_token_that_ended_an_answer_they_go_on_instead() {
    let mut h = Harness::new();
    h.submit("Hi").token("Yes");
    let request = h.running();
    let EngineEvent::Token(mut last) = token(request, b"") else {
        unreachable!()
    };
    last.trace.kind = TokenKind::EndOfGeneration;
    h.engine(EngineEvent::Token(last))
        .finish(StopReason::EndOfGeneration);
    let answer = h.last().id;
    h.fan_out(answer, 1, 2);
    assert_eq!(h.sent_fan().unwrap().without, Some(id_of(b"")));
    h.fan(FanEvent::Began { branches: 2 }).grow(0, " sir");
    assert_eq!(h.node(h.branches()[0]).text(), "Yes sir");
    assert!(h.session.fan_at(answer, 1).is_some());
    assert!(h.session.fan_at(answer, 0).is_none());
}

#[test]
fn stopping_cancels_and_keeps_what_came() {
    let (mut h, answer) = answered(SessionOptions::default());
    h.fan_out(answer, 1, 2).fan(FanEvent::Began { branches: 2 });
    h.grow(0, " sea");
    let request = h.fan_request();
    h.user(UserEvent::Stop);
    assert_eq!(h.cancelled(), Some(request));
    assert!(matches!(h.session.activity(), Activity::Stopping { .. }));
    h.end(0, StopReason::Cancelled)
        .end(1, StopReason::Cancelled);
    h.fan_finished();
    assert!(h.is_idle());
    let first = h.branches()[0];
    assert_eq!(h.node(first).text(), "The sea");
    assert_eq!(h.state(first), &AnswerState::Ended(StopReason::Cancelled));
}

#[test]
fn another_question_waits_for_them_and_another_answer_replaces_them() {
    let (mut h, answer) = answered(SessionOptions::default());
    h.fan_out(answer, 1, 2).fan(FanEvent::Began { branches: 2 });
    h.submit("And?");
    assert!(h.said().contains("Queued"), "{}", h.said());
    h.end(0, StopReason::Length).end(1, StopReason::Length);
    h.fan_finished();
    assert_eq!(h.prompt().last(), Some(&user("And?")));
    h.finish(StopReason::EndOfGeneration);
    h.fan_out(answer, 1, 2).fan(FanEvent::Began { branches: 2 });
    let (request, made) = (h.fan_request(), h.branches());
    h.user(UserEvent::Regenerate);
    assert_eq!(h.cancelled(), Some(request));
    assert_eq!(h.state(made[0]), &AnswerState::Ended(StopReason::Cancelled));
    // Its last words are nobody's.
    h.engine(EngineEvent::FanFinished {
        request,
        stats: FanStats::default(),
    });
    assert!(h.session.is_busy(), "the new answer runs");
}

#[test]
fn an_engine_that_dies_ends_them_with_its_reason() {
    let (mut h, answer) = answered(SessionOptions::default());
    h.fan_out(answer, 1, 2).fan(FanEvent::Began { branches: 2 });
    h.grow(1, " air");
    let made = h.branches();
    let request = h.fan_request();
    h.engine(EngineEvent::Failed {
        request: Some(request),
        error: EngineError::Refused {
            reason: Said::verbatim("no more of it"),
        },
    });
    assert!(h.is_idle());
    assert!(matches!(h.state(made[1]), AnswerState::Failed(_)));
    assert_eq!(h.node(made[1]).text(), "The air");
    let failure = h.session.fan().unwrap().failure().unwrap();
    assert!(failure.contains("o more of it"), "{failure}");
}

#[test]
fn what_cannot_go_on_says_why() {
    let (mut h, answer) = answered(SessionOptions::default());
    let question = h.conversation().path()[0];
    h.fan_out(question, 0, 4);
    assert!(h.said().contains("Only an answer"), "{}", h.said());
    h.fan_out(answer, 99, 4);
    assert!(h.said().contains("no such token"), "{}", h.said());
    let mut bare = Harness::bare(SessionOptions::default());
    bare.submit("Hi");
    assert_eq!(
        bare.session
            .can_fan_out(bare.conversation().path()[0], 0)
            .is_err(),
        bare.sent_fan().is_none()
    );
}

#[test]
fn another_conversation_forgets_them() {
    let (mut h, answer) = answered(SessionOptions::default());
    h.fan_out(answer, 1, 2).fan(FanEvent::Began { branches: 2 });
    let request = h.fan_request();
    h.user(UserEvent::New(crate::chat::ConversationId("SECOND".into())));
    assert_eq!(h.cancelled(), Some(request));
    assert!(h.session.fan().is_none());
}
