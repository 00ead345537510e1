//! Searching, key by key on a real pseudo-terminal, beyond what the table of wishes tells.

use crate::pty::{Running, Terminal};
use std::fs;
use std::os::unix::fs::PermissionsExt;

const ONBOARDING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/guides/onboarding.md");

fn reading(guide: &str) -> Running {
    let running = Terminal::new().args(&[guide]).start();
    running.drawn().sees("Bienvenue");
    running
}

fn leave(running: Running) {
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

/// Whether a text on the screen, wherever it stands, is painted otherwise than what stands two columns before it.
pub fn stands_out(screen: &vt100::Screen, text: &str) -> bool {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let painted = |row, column| screen.cell(row, column).map(|c| (c.bgcolor(), c.inverse()));
    let shows = |row, column| {
        let cells = (column..columns).filter_map(|at| screen.cell(row, at)).take(text.chars().count());
        cells.map(|cell| cell.contents()).collect::<String>() == text
    };
    (0..rows)
        .any(|row| (2..columns).any(|column| shows(row, column) && painted(row, column) != painted(row, column - 2)))
}

#[test]
fn a_word_is_found_without_its_accents_and_esc_brings_the_place_back() {
    let running = reading(ONBOARDING);
    let rows = |text: String| text.lines().map(|row| row.trim_end().to_owned()).collect::<Vec<_>>();
    // Before the terminal told its background, a line parts the panels.
    let before = rows(running.wait("the night", |screen| !screen.contents().contains('│')));
    running.keys("/decisions").sees("1/2");
    running.wait("the hit stands out", |screen| stands_out(screen, "décisions"));
    running.keys("\x1b");
    running.wait("as before", |screen| rows(screen.contents()) == before);
    running.keys("/d'architecture\r").sees("1/1").sees("Jour 3");
    running.keys("n").sees("repris au début");
    running.keys("\x1b");
    running.wait("no hit is shown", |screen| !screen.contents().contains("1/1"));
    leave(running);
}

#[test]
fn keys_typed_in_one_go_end_where_they_would_one_by_one() {
    let running = reading(ONBOARDING);
    running.keys("/mot de passe\rn").sees("2/2");
    running.keys("/re:jour \\d\rN").sees("4/4").sees("repris à la fin");
    leave(running);
}

#[test]
fn searches_are_kept_for_the_next_session_in_a_private_file() {
    let one = reading(ONBOARDING);
    one.keys("/glossaire\r").sees("1/1");
    let file = one.home().join(".local/state/jalon/searches");
    let deadline = std::time::Instant::now() + crate::pty::LONG;
    while !fs::read_to_string(&file).is_ok_and(|text| text == "glossaire\n") {
        assert!(std::time::Instant::now() < deadline, "never kept");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let two = Terminal::new().at_home_of(&one).args(&[ONBOARDING]).start();
    two.drawn().keys("/\x1b[A").sees("/ glossaire").sees("1/1").keys("\x1b");
    two.wait("the line is gone", |screen| !screen.contents().contains("/ glossaire"));
    leave(one);
    leave(two);
}

#[test]
fn hits_show_without_colours_and_on_a_narrow_screen() {
    for (columns, rows, variable) in [(120, 40, "NO_COLOR"), (40, 12, "NO_COLOR"), (40, 12, "UNUSED")] {
        let running = Terminal::new().args(&[ONBOARDING]).size(columns, rows).variable(variable, "1").start();
        running.drawn().keys("/relecture\r").sees("1/1");
        running.wait("the hit stands out", |screen| stands_out(screen, "relecture"));
        leave(running);
    }
}
