//! Writes guides to measure on: `make guide 1000000 FILE`, `make endless FOLDER`.

use jalon_bench::{endless, guide};
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let written = match words.as_slice() {
        ["guide", bytes, file] => match bytes.parse() {
            Ok(bytes) => std::fs::write(file, guide::guide(bytes, 1)),
            Err(_) => return usage(),
        },
        ["endless", folder] => endless::ALL
            .iter()
            .try_for_each(|e| std::fs::write(Path::new(folder).join(e.name).with_extension("md"), e.guide(e.parts))),
        _ => return usage(),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("make: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: make guide BYTES FILE | make endless FOLDER");
    ExitCode::from(2)
}
