use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use proptest::prelude::*;

use super::*;
use crate::inference::{
    CompareRequest, EngineExit, FanEvent, FanRequest, GenerateRequest, GenerationStats, Keep,
    Prompt, SamplerSettings, StopReason,
};

fn file() -> FileIdentity {
    let program = std::env::current_exe().unwrap();
    FileIdentity::of(&program).unwrap()
}

fn desk(limits: Limits) -> Desk {
    let terms = Terms {
        load: LoadRequest::new(RequestId(1), "/m.gguf".into()),
        file: file(),
        sandbox: true,
    };
    Desk::new(terms, limits)
}

fn wanted() -> LoadRequest {
    LoadRequest::new(RequestId(1), "/m.gguf".into())
}

fn admitted(desk: &mut Desk) -> ClientId {
    let client = desk.admit(&wanted(), Some(file()), true).unwrap();
    let load = EngineCommand::Load(Box::new(wanted()));
    assert!(matches!(
        desk.command(client, load).as_slice(),
        [Out::Client(..), ..]
    ));
    client
}

pub fn model() -> Box<ModelInfo> {
    Box::new(ModelInfo {
        name: String::new(),
        path: PathBuf::from("/m.gguf"),
        architecture: String::new(),
        size: 0,
        parameters: 0,
        vocabulary: 9,
        context_trained: 0,
        context_size: 2048,
        context_limit: 4096,
        weight_bytes_per_token: 96_000_000,
        cell_bytes: 23_040,
        threads: 1,
        shortage: crate::inference::Shortage::default(),
        gpu_layers: 0,
        layers: 1,
        devices: Vec::new(),
        has_template: false,
        template_hash: String::new(),
        reads_thinking: false,
        can_rewind: true,
        end_tokens: Vec::new(),
        load_ms: 130.0,
        system_info: String::new(),
    })
}

fn loaded(desk: &mut Desk) -> Vec<Out> {
    desk.event(EngineEvent::Loaded {
        request: RequestId(1),
        model: model(),
    })
}

fn generate(request: u64) -> EngineCommand {
    EngineCommand::Generate(Box::new(request_of(request)))
}

fn request_of(request: u64) -> GenerateRequest {
    GenerateRequest {
        request: RequestId(request),
        prompt: Prompt::Text(String::new()),
        sampling: SamplerSettings::default(),
        max_tokens: None,
        stop: Vec::new(),
        candidates: 0,
        chat_template: None,
        conversation: None,
        keep: Keep::Nothing,
    }
}

fn finished(request: RequestId) -> EngineEvent {
    EngineEvent::Finished {
        request,
        stop: StopReason::Length,
        stats: Box::new(GenerationStats::default()),
    }
}

/// The id under which a command goes to the engine.
fn ours(out: &[Out]) -> RequestId {
    match out {
        [Out::Engine(command)] => command.request().unwrap(),
        other => panic!("{other:?}"),
    }
}

fn exit(deaths: u32) -> EngineEvent {
    EngineEvent::Exited(EngineExit {
        signal: Some(9),
        code: None,
        log: Vec::new(),
        model: None,
        deaths,
    })
}

#[test]
fn a_load_that_fits_is_answered_at_once_and_costs_nothing() {
    let mut desk = desk(Limits::default());
    let notice = EngineEvent::Notice {
        request: None,
        text: Said::verbatim("it fell back"),
    };
    assert_eq!(desk.event(notice.clone()), []);
    assert_eq!(loaded(&mut desk), []);
    let client = desk.admit(&wanted(), Some(file()), true).unwrap();
    let load = LoadRequest {
        request: RequestId(77),
        ..wanted()
    };
    let out = desk.command(client, EngineCommand::Load(Box::new(load)));
    let [
        _,
        Out::Client(_, told),
        Out::Client(to, EngineEvent::Loaded { request, model }),
    ] = out.as_slice()
    else {
        panic!("{out:?}")
    };
    assert_eq!((told, *to, *request), (&notice, client, RequestId(77)));
    assert_eq!(model.load_ms, 0.0);
}

#[test]
fn a_notice_of_a_request_is_for_who_made_it_and_one_of_the_model_for_all() {
    let mut desk = desk(Limits::default());
    loaded(&mut desk);
    let (one, other) = (admitted(&mut desk), admitted(&mut desk));
    let request = ours(&desk.command(one, generate(5)));
    ours(&desk.command(other, generate(5)));
    let notice = |request: Option<u64>| EngineEvent::Notice {
        request: request.map(RequestId),
        text: Said::verbatim("it falls back"),
    };
    assert_eq!(
        desk.event(notice(Some(request.0))),
        [Out::Client(one, notice(Some(5)))]
    );
    let of_the_model = notice(None);
    assert_eq!(
        desk.event(of_the_model.clone()),
        [one, other].map(|client| Out::Client(client, of_the_model.clone()))
    );
    // Who comes later hears of the model alone.
    let later = desk.admit(&wanted(), Some(file()), true).unwrap();
    let out = desk.command(later, EngineCommand::Load(Box::new(wanted())));
    let told: Vec<_> = out
        .into_iter()
        .filter(|one| matches!(one, Out::Client(_, EngineEvent::Notice { .. })))
        .collect();
    assert_eq!(told, [Out::Client(later, of_the_model)]);
}

#[test]
fn who_comes_while_it_loads_waits_with_it() {
    let mut desk = desk(Limits::default());
    let client = admitted(&mut desk);
    let loading = |request| EngineEvent::Loading {
        request,
        fraction: 0.5,
    };
    let out = desk.event(loading(RequestId(1)));
    assert_eq!(out, [Out::Client(client, loading(RequestId(1)))]);
    assert!(!desk.is_idle());
    let out = loaded(&mut desk);
    assert!(
        matches!(out.as_slice(), [Out::Client(_, EngineEvent::Loaded { .. })]),
        "{out:?}"
    );
    assert!(desk.is_idle());
}

#[test]
fn a_model_that_does_not_load_is_told_to_those_who_wait_and_ends_the_hub() {
    let mut desk = desk(Limits::default());
    admitted(&mut desk);
    let error = EngineError::NoModel;
    let out = desk.event(EngineEvent::Failed {
        request: Some(RequestId(1)),
        error: error.clone(),
    });
    assert!(matches!(
        &out[0],
        Out::Client(_, EngineEvent::Failed { .. })
    ));
    assert_eq!(out[1], Out::End(error));
}

#[test]
fn a_client_beyond_the_limit_is_told_so_and_a_place_that_is_left_is_free() {
    let mut desk = desk(Limits {
        clients: 1,
        requests: 8,
    });
    let first = admitted(&mut desk);
    let refusal = desk.admit(&wanted(), Some(file()), true).unwrap_err();
    assert!(refusal.reason.contains("1 clients"), "{refusal:?}");
    assert!(refusal.avoidable);
    assert_eq!(desk.leave(first), []);
    admitted(&mut desk);
}

#[test]
fn the_queue_is_bounded_for_each_and_for_all() {
    let mut desk = desk(Limits {
        clients: 9,
        requests: 8,
    });
    loaded(&mut desk);
    let clients: Vec<_> = (0..5).map(|_| admitted(&mut desk)).collect();
    for client in &clients[..4] {
        for request in 2..4 {
            ours(&desk.command(*client, generate(request)));
        }
    }
    for (client, needle) in [(clients[0], "8 requests"), (clients[4], "8 requests")] {
        let out = desk.command(client, generate(9));
        let [Out::Client(to, EngineEvent::Failed { request, error })] = out.as_slice() else {
            panic!("{out:?}")
        };
        assert_eq!((*to, *request), (client, Some(RequestId(9))));
        assert!(error.to_string().contains(needle), "{error}");
    }
    // One place becomes free, and is not for those who have their share.
    let _cancelled = desk.leave(clients[3]);
    let open: Vec<_> = desk.open.keys().copied().collect();
    for request in open {
        if desk.open[&request].client.is_none() {
            assert_eq!(desk.event(finished(request)), []);
        }
    }
    let out = desk.command(clients[0], generate(9));
    assert!(matches!(
        out.as_slice(),
        [Out::Client(_, EngineEvent::Failed { .. })]
    ));
    ours(&desk.command(clients[4], generate(9)));
}

#[test]
fn a_client_that_vanishes_has_its_requests_cancelled_and_the_others_go_on() {
    let mut desk = desk(Limits::default());
    loaded(&mut desk);
    let (gone, stays) = (admitted(&mut desk), admitted(&mut desk));
    let (lost, kept) = (
        ours(&desk.command(gone, generate(5))),
        ours(&desk.command(stays, generate(5))),
    );
    assert_ne!(lost, kept);
    let cancel = Out::Engine(EngineCommand::Cancel(lost));
    assert_eq!(desk.leave(gone), [cancel]);
    assert_eq!(
        desk.requests(),
        2,
        "it is computed until the engine has stopped"
    );
    assert_eq!(desk.event(finished(lost)), []);
    let out = desk.event(finished(kept));
    assert_eq!(out, [Out::Client(stays, finished(RequestId(5)))]);
    assert!(desk.is_idle());
}

#[test]
fn a_client_cancels_its_own_requests_alone() {
    let mut desk = desk(Limits::default());
    loaded(&mut desk);
    let (one, other) = (admitted(&mut desk), admitted(&mut desk));
    let request = ours(&desk.command(one, generate(5)));
    assert_eq!(desk.command(other, EngineCommand::Cancel(RequestId(5))), []);
    assert_eq!(desk.command(other, EngineCommand::Cancel(request)), []);
    let out = desk.command(one, EngineCommand::Cancel(RequestId(5)));
    assert_eq!(out, [Out::Engine(EngineCommand::Cancel(request))]);
}

#[test]
fn cancelling_a_load_does_not_unload_the_model_of_others() {
    let mut desk = desk(Limits::default());
    let client = admitted(&mut desk);
    assert_eq!(
        desk.command(client, EngineCommand::Cancel(RequestId(1))),
        []
    );
}

#[test]
fn an_id_that_is_open_cannot_be_used_again() {
    let mut desk = desk(Limits::default());
    loaded(&mut desk);
    let client = admitted(&mut desk);
    ours(&desk.command(client, generate(5)));
    let out = desk.command(client, generate(5));
    assert!(
        matches!(out.as_slice(), [Out::Expel(it, _)] if *it == client),
        "{out:?}"
    );
}

#[test]
fn what_would_disturb_the_others_is_refused() {
    let mut desk = desk(Limits::default());
    loaded(&mut desk);
    let client = admitted(&mut desk);
    let compare = EngineCommand::Compare(Box::new(CompareRequest {
        request: RequestId(4),
        other: wanted(),
        text: String::new(),
        window: 2,
        candidates: 1,
    }));
    let out = desk.command(client, compare);
    assert!(
        matches!(out.as_slice(), [Out::Client(_, EngineEvent::Failed { .. })]),
        "{out:?}"
    );
}

#[test]
fn a_death_is_told_once_to_those_who_wait_and_the_third_ends_the_hub() {
    let mut desk = desk(Limits::default());
    loaded(&mut desk);
    let (waits, _idle) = (admitted(&mut desk), admitted(&mut desk));
    ours(&desk.command(waits, generate(5)));
    ours(&desk.command(waits, generate(6)));
    assert_eq!(desk.event(exit(1)), [Out::Client(waits, exit(1))]);
    assert_eq!(desk.requests(), 0);
    // The next request starts it again, and its client sees it load.
    ours(&desk.command(waits, generate(7)));
    let out = loaded(&mut desk);
    assert!(
        matches!(out.as_slice(), [Out::Client(it, EngineEvent::Loaded { .. })] if *it == waits),
        "{out:?}"
    );
    let out = desk.event(exit(3));
    assert!(
        matches!(out.last(), Some(Out::End(EngineError::Died(_)))),
        "{out:?}"
    );
}

#[test]
fn a_context_that_grew_is_told_to_all_and_to_those_who_come_later() {
    let mut desk = desk(Limits::default());
    loaded(&mut desk);
    let client = admitted(&mut desk);
    let grown = EngineEvent::ContextGrown { size: 4096 };
    assert_eq!(desk.event(grown.clone()), [Out::Client(client, grown)]);
    assert_eq!(desk.model().unwrap().context_size, 4096);
}

#[test]
fn an_answer_in_a_fan_carries_the_clients_id_within_too() {
    let mut desk = desk(Limits::default());
    loaded(&mut desk);
    let client = admitted(&mut desk);
    let fan = EngineCommand::FanOut(Box::new(FanRequest {
        generate: request_of(5),
        branches: 2,
        without: None,
    }));
    let request = ours(&desk.command(client, fan));
    let token = crate::inference::GeneratedToken {
        request,
        text: Vec::new(),
        trace: trace(),
        pieces: Vec::new(),
    };
    let event = FanEvent::Token {
        branch: 1,
        token: Box::new(token),
    };
    let out = desk.event(EngineEvent::Fan { request, event });
    let [
        Out::Client(
            _,
            EngineEvent::Fan {
                request,
                event: FanEvent::Token { token, .. },
            },
        ),
    ] = out.as_slice()
    else {
        panic!("{out:?}")
    };
    assert_eq!((*request, token.request), (RequestId(5), RequestId(5)));
}

fn trace() -> crate::inference::TokenTrace {
    use crate::inference::{SamplerState, TokenId, TokenKind, TokenTrace};
    TokenTrace {
        state: SamplerState::default(),
        id: TokenId(1),
        kind: TokenKind::Text,
        text_len: 0,
        logprob: 0.0,
        rank: None,
        entropy: None,
        outside: 0.0,
        candidates: Vec::new(),
    }
}

/// What happens on a desk, by small numbers that stand for a client and a request.
#[derive(Debug, Clone)]
enum Step {
    Come,
    Leave(usize),
    Ask(usize, u64),
    Cancel(usize, u64),
    /// The engine closes its n-th open request.
    Close(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Come),
        (0..8_usize).prop_map(Step::Leave),
        (0..8_usize, 2..30_u64).prop_map(|(client, request)| Step::Ask(client, request)),
        (0..8_usize, 2..30_u64).prop_map(|(client, request)| Step::Cancel(client, request)),
        (0..20_usize).prop_map(Step::Close),
    ]
}

proptest! {
    /// Whatever clients do, an answer comes to the one who asked, under the id it asked with,
    /// once; and the limits hold.
    #[test]
    fn answers_find_their_askers(steps in prop::collection::vec(step(), 0..200)) {
        let limits = Limits { clients: 4, requests: 8 };
        let mut desk = desk(limits);
        loaded(&mut desk);
        let mut clients: Vec<ClientId> = Vec::new();
        let mut asked: BTreeMap<RequestId, (ClientId, RequestId)> = BTreeMap::new();
        let mut used = BTreeSet::new();
        for step in steps {
            let pick = |index: usize| clients.get(index % clients.len().max(1)).copied();
            match step {
                Step::Come => {
                    if let Ok(client) = desk.admit(&wanted(), Some(file()), true) {
                        let load = EngineCommand::Load(Box::new(wanted()));
                        let out = desk.command(client, load);
                        prop_assert!(out.iter().all(|it| matches!(it, Out::Client(to, _) if *to == client)));
                        clients.push(client);
                    } else {
                        prop_assert_eq!(clients.len(), 4);
                    }
                }
                Step::Leave(index) => if let Some(client) = pick(index) {
                    let cancelled = desk.leave(client);
                    let own = asked.values().filter(|it| it.0 == client).count();
                    prop_assert_eq!(cancelled.len(), own);
                    clients.retain(|it| *it != client);
                }
                Step::Ask(index, request) => if let Some(client) = pick(index) {
                    let theirs = RequestId(request);
                    let open = asked.values().any(|it| *it == (client, theirs));
                    match desk.command(client, generate(request)).as_slice() {
                        [Out::Engine(command)] => {
                            let ours = command.request().unwrap();
                            prop_assert!(!open && used.insert(ours));
                            asked.insert(ours, (client, theirs));
                        }
                        [Out::Expel(it, _)] => prop_assert!(open && *it == client),
                        [Out::Client(it, EngineEvent::Failed { request, .. })] => {
                            prop_assert_eq!((*it, *request), (client, Some(theirs)));
                            let own = asked.values().filter(|it| it.0 == client).count();
                            prop_assert!(own as u32 == limits.requests_each() || asked.len() == 8);
                        }
                        other => prop_assert!(false, "{:?}", other),
                    }
                }
                Step::Cancel(index, request) => if let Some(client) = pick(index) {
                    let theirs = RequestId(request);
                    let meant = asked.iter().find(|(_, it)| **it == (client, theirs));
                    let expected: Vec<_> = meant.map(|it| Out::Engine(EngineCommand::Cancel(*it.0))).into_iter().collect();
                    prop_assert_eq!(desk.command(client, EngineCommand::Cancel(theirs)), expected);
                }
                Step::Close(index) => {
                    let keys: Vec<_> = asked.keys().copied().collect();
                    if let Some(ours) = keys.get(index % keys.len().max(1)) {
                        let (client, theirs) = asked.remove(ours).unwrap();
                        let expected: Vec<_> = clients.contains(&client)
                            .then(|| Out::Client(client, finished(theirs))).into_iter().collect();
                        prop_assert_eq!(desk.event(finished(*ours)), expected);
                        prop_assert_eq!(desk.event(finished(*ours)), vec![]);
                    }
                }
            }
            prop_assert_eq!(desk.requests() as usize, asked.len());
            prop_assert!(asked.len() <= 8 && clients.len() <= 4);
        }
    }
}
