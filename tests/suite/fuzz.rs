//! The fuzz targets, without a fuzzer: the small corpora kept in `tests/fuzz/corpus`, and so many inputs made of them
//! by dice that are the same in every run. Campaigns with libFuzzer are run by hand, with `.ci/fuzz`.

#[path = "../fuzz/targets/mod.rs"]
pub mod targets;

use std::fs;
use std::path::Path;
use targets::{Dice, Share};

#[test]
fn bytes_of_a_guide_and_of_keys_become_bytes_that_the_oracle_allows() {
    smoke(
        "screen",
        |bytes| targets::screen::run(bytes, Share::Whole),
        250,
        &[b"\n", b"\x1b[", b"|", b"- [ ] ", b"[^a]", b"\xe2\x80\xae", b"```\n", b"x"],
    );
}

#[test]
fn bytes_of_journals_become_one_state_in_any_order() {
    smoke(
        "journal",
        |bytes| targets::journal::run(bytes, Share::Whole),
        400,
        &[b"\n", b"\n\n", b"\"", b"undo", b"reset", b",\"was\":\"i1\"", b"\0"],
    );
}

#[test]
fn bytes_of_a_terminal_become_the_same_events_however_they_are_cut() {
    smoke(
        "keyboard",
        targets::keyboard::run,
        3_000,
        &[b"\x1b", b"\x1b[", b"\x1b]", b"\x1bO", b"201~", b";", b"\xc3", b"M"],
    );
}

#[test]
fn what_a_link_may_open_is_what_the_policy_allows() {
    let words: [&[u8]; 8] = [b"https://", b"mailto:", b"@", b"%0A", b"\\", b"?subject=", b"\xc3\xa9", b"#"];
    smoke("links", targets::links::run, 3_000, &words);
}

#[test]
fn what_is_written_into_settings_is_taken_or_told() {
    smoke(
        "settings",
        targets::settings::run,
        600,
        &[b"\n", b" = ", b"\"", b"[keys.text]\n", b"\xe2\x80\xae", b"\x1b", b"{"],
    );
}

#[test]
fn a_campaign_tries_each_part_in_its_turn_and_the_suite_all_of_them() {
    let (mut parts, mut sixth, mut both) = ([0; 4], 0, 0);
    for n in 0..6_000_u32 {
        let mut share = Share::drawn(&n.to_le_bytes());
        let part = share.one_of(4);
        assert_eq!(part.len(), 1);
        let turn = share.once_in(6);
        sixth += u32::from(turn);
        both += u32::from(turn && part.start == 0);
        parts[part.start] += 1;
    }
    assert!(parts.iter().all(|times| (1_350..1_650).contains(times)), "{parts:?}");
    assert!((900..1_100).contains(&sixth) && (200..300).contains(&both), "{sixth} {both}");
    assert!(Share::Whole.once_in(6) && Share::Whole.one_of(4) == (0..4));
}

/// Runs a target on its corpus, then on `count` inputs made of it.
fn smoke(name: &str, run: fn(&[u8]), count: usize, words: &[&[u8]]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(name);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let corpus: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    assert!(corpus.len() >= 15, "{name}: {} inputs", corpus.len());
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let made = (0..count).map(|_| mutated(&corpus, words, &mut dice));
    for bytes in corpus.iter().cloned().chain(made.collect::<Vec<_>>()) {
        let shown = Shown(name, &bytes);
        run(&bytes);
        drop(shown);
    }
}

/// Prints the input on which a target fails.
struct Shown<'a>(&'a str, &'a [u8]);

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{} fails on b\"{}\"", self.0, self.1.escape_ascii());
        }
    }
}

/// An input of the corpus with up to eight changes: bytes changed, taken out, doubled, words put in, the end of another.
fn mutated(corpus: &[Vec<u8>], words: &[&[u8]], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = corpus[dice.roll(corpus.len())].clone();
    for _ in 0..=dice.roll(8) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + dice.roll(8)).min(bytes.len());
        match dice.roll(6) {
            0 => bytes.iter_mut().skip(at).take(1).for_each(|b| *b ^= 1 << dice.roll(8)),
            1 => bytes.iter_mut().skip(at).take(1).for_each(|b| *b = dice.roll(256) as u8),
            2 => drop(bytes.drain(at..end)),
            3 => drop(bytes.splice(at..at, words[dice.roll(words.len())].iter().copied())),
            4 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
            _ => {
                let other = &corpus[dice.roll(corpus.len())];
                bytes.truncate(at);
                bytes.extend_from_slice(&other[dice.roll(other.len() + 1)..]);
            }
        }
    }
    bytes
}
