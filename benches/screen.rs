//! What the screen is made of: wrapping, a frame, the candidates of a token, a stored
//! conversation.

#[path = "support/made.rs"]
mod made;

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use limpid::config::ColorBy;
use limpid::driver::history::Store;
use limpid::tui::app::TokenCursor;
use limpid::tui::flow::{self, Place};
use limpid::tui::walk;

const TOKENS: usize = 20_000;

fn wrap(criterion: &mut Criterion) {
    let text: String = (0..TOKENS).map(made::word).collect();
    let mut group = criterion.benchmark_group("wrap");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("20,000 tokens at 120 columns", |bencher| {
        bencher.iter(|| {
            let mut rows = Vec::new();
            flow::wrap(black_box(text.as_bytes()), Place::default(), 120, &mut rows);
            rows
        });
    });
    group.finish();
}

fn screen(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let store = Store::new(folder.path().to_owned());
    let id = made::write(&store, TOKENS, 40);
    criterion.bench_function("history load: 20,000 tokens in 40 messages", |bencher| {
        bencher.iter(|| made::open(&store, &id));
    });

    let session = made::session(made::open(&store, &id));
    let mut app = made::app(200, 50);
    criterion.bench_function("view: 200x50", |bencher| {
        bencher.iter(|| made::frame(&mut app, &session));
    });
    app.color_by = ColorBy::Rank;
    criterion.bench_function("view: 200x50, every token in its colour", |bencher| {
        bencher.iter(|| made::frame(&mut app, &session));
    });
    app.color_by = ColorBy::Off;
    let message = session.conversation().head.expect("it has messages");
    app.cursor = Some(TokenCursor {
        message,
        place: walk::Place::Written(500),
        candidate: Some(3),
    });
    criterion.bench_function(
        "candidates: 200x50, the cursor on a token of 1,000",
        |bencher| {
            bencher.iter(|| made::frame(&mut app, &session));
        },
    );
}

criterion_group!(benches, wrap, screen);
criterion_main!(benches);
