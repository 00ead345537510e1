//! The campaign on the journal, run by hand with `.ci/trust`: what the suite tries some hundred times, often enough to
//! be said aloud. Prints its figures.

use super::*;
use crate::pty::Terminal;
use std::time::Instant;

#[test]
#[ignore = "the campaign: takes a quarter of an hour"]
fn ten_thousand_kills() {
    let acknowledged = kills(1000, 45);
    assert!(acknowledged >= 200_000, "only {acknowledged} ticks were acknowledged");
}

/// Both windows tick at once, each an item of its own, and each is to see what the other did before it ticks again.
#[test]
#[ignore = "the campaign: takes some minutes"]
fn ten_thousand_ticks_in_two_windows() {
    const TICKS: usize = 5_000;
    let home = tempfile::tempdir().unwrap();
    let guide = home.path().join("guide.md");
    fs::write(&guide, "# Guide\n\n- [ ] Une\n- [ ] Deux\n").unwrap();
    let window = || Terminal::new().args(&[guide.to_str().unwrap(), "--progress", home.path().to_str().unwrap()]);
    let one = window().start();
    one.drawn().keys("3").sees("○ Deux");
    let two = window().at_home_of(&one).start();
    two.drawn().keys("3").sees("○ Deux").keys("j");
    let mut seen: Vec<Duration> = Vec::with_capacity(2 * TICKS);
    for turn in 0..TICKS {
        let mark = if turn % 2 == 0 { "✓" } else { "○" };
        let pressed = Instant::now();
        one.keys(" ");
        two.keys(" ");
        two.sees(&format!("{mark} Une"));
        seen.push(pressed.elapsed());
        one.sees(&format!("{mark} Deux"));
        seen.push(pressed.elapsed());
        // One's own tick is no longer on its way.
        one.sees(&format!("{mark} Une"));
        two.sees(&format!("{mark} Deux"));
    }
    for window in [one, two] {
        window.keys("q");
        assert_eq!(window.ends().0, 0);
    }
    let wanted = Wanted {
        guide: GuideName::File { path: &guide, id: None },
        run: "default",
        who: "lise",
        progress: Some(home.path()),
    };
    let (_, records, troubles) = Journal::open(Place::find(&wanted, None));
    assert!(troubles.is_empty(), "{troubles:?}");
    let dots: BTreeSet<&Dot> = records.iter().map(|r| &r.dot).collect();
    assert_eq!((records.len(), dots.len()), (2 * TICKS, 2 * TICKS));
    seen.sort();
    let at = |part: usize| seen[(seen.len() - 1) * part / 1000].as_millis();
    let late = seen.iter().filter(|t| **t > Duration::from_secs(1)).count();
    println!("{} ticks, all there, each once", records.len());
    println!(
        "seen in the other window after {} ms (median), {} ms (99.9 %), {} ms (slowest); {late} after more than 1 s",
        at(500),
        at(999),
        at(1000)
    );
}

/// The same as in the suite, by way of the disk: the real file, cut at every byte of its last records.
#[test]
#[ignore = "the campaign: takes some minutes"]
fn a_file_of_a_thousand_records_cut_at_every_byte_of_the_last() {
    let whole = tempfile::tempdir().unwrap();
    let (mut journal, ..) = open(whole.path());
    let ticks: Vec<Change> = (1..=1000).map(|n| tick(&format!("i{n}"))).collect();
    journal.append(&ticks, NOW).unwrap();
    let (bytes, device) = (fs::read(file(whole.path())).unwrap(), place(whole.path()).device);
    let ends: Vec<usize> = bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(at, _)| at + 1).collect();
    let mut tried = 0;
    for cut in ends[996]..=bytes.len() {
        for tail in [&b""[..], &[0; 700], b"{\"v\":1,\"n\":", b"\xff\xfe\n\n{}\n"] {
            let dir = tempfile::tempdir().unwrap();
            fs::create_dir_all(dir.path().join("state/devices")).unwrap();
            fs::write(dir.path().join("state/devices/lise"), &device).unwrap();
            fs::create_dir_all(folder(dir.path())).unwrap();
            let torn = [&bytes[..cut], tail].concat();
            fs::write(file(dir.path()), &torn).unwrap();
            let added = open(dir.path()).0.append(&[tick("next")], NOW).unwrap();
            assert!(fs::read(file(dir.path())).unwrap().starts_with(&torn), "nothing is rewritten");
            let after = records(dir.path());
            let sure = ends.iter().filter(|end| **end <= cut).count();
            assert!(after.len() > sure && after.iter().zip(1..).take(sure).all(|(r, n)| r.dot.n == n), "cut at {cut}");
            assert_eq!(after.last(), added.last(), "cut at {cut}, then {tail:?}");
            tried += 1;
        }
    }
    println!("{tried} torn files of 1,000 records: every whole record survived, every next one is read");
}
