//! Writes the figures of a run into the page: `table RUNS.json tests/bench/README.md`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [runs, page] = words.as_slice() else {
        eprintln!("usage: table RUNS.json PAGE.md");
        return ExitCode::from(2);
    };
    let both = std::fs::read_to_string(runs).and_then(|runs| Ok((runs, std::fs::read_to_string(page)?)));
    let written = both.and_then(|(runs, old)| match jalon_bench::table::page(&old, &runs) {
        Some(new) => std::fs::write(page, new),
        None => Err(std::io::Error::other("no runs in the one, or no place for them in the other")),
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("table: {error}");
            ExitCode::FAILURE
        }
    }
}
