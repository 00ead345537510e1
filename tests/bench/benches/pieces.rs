//! The time of each piece, by criterion: `cargo bench`, or `cargo bench -- key` for some of them.

use criterion::{Criterion, criterion_group, criterion_main};
use jalon_bench::pieces::PIECES;
use std::hint::black_box;

fn pieces(criterion: &mut Criterion) {
    for piece in PIECES {
        // What a turn needs is made for the pieces that were asked for only.
        let mut turn = None;
        criterion.bench_function(piece.name, |bencher| {
            let turn = turn.get_or_insert_with(piece.prepare);
            bencher.iter(|| black_box(turn()));
        });
    }
}

criterion_group! {
    name = all;
    config = Criterion::default().sample_size(20);
    targets = pieces
}
criterion_main!(all);
