//! Does a piece of work so many times and says nothing of how long that took: for counters that run programs, as
//! `.ci/bench` does with callgrind. `count` lists the pieces; `count PIECE TURNS` does one.

use jalon_bench::pieces::PIECES;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.as_slice() {
        [] => PIECES.iter().for_each(|piece| println!("{}", piece.name)),
        [name, turns] => {
            let piece = PIECES.iter().find(|piece| piece.name == name);
            let (Some(piece), Ok(turns)) = (piece, turns.parse::<usize>()) else { return usage() };
            let mut turn = (piece.prepare)();
            let done: usize = (0..turns).map(|_| turn()).fold(0, usize::wrapping_add);
            println!("{done}");
        }
        _ => return usage(),
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("usage: count [PIECE TURNS]");
    ExitCode::from(2)
}
