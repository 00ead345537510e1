//! No sequence of keys breaks it: anything happens in any order to twenty guides, in windows of any size, and answers
//! come late, twice or never. After each event what must hold is looked at, the screen is drawn and read, and a terminal
//! that got only what changed is compared with it.
//!
//! Every run of the tests walks the same bounded way. `.ci/trust events` walks as far as it is told, over other dice.
//! A walk that fails is cut down to the events that matter, and printed as a line that `JALON_WALK` walks again.

mod guides;
mod judge;
mod script;
mod shown;
mod world;

use crate::fuzz::targets::Dice;
use guides::guides;
use script::{Event, read, written};
use shown::{Compared, Watched};
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Once};
use std::time::Instant;
use world::World;

/// Events of one walk.
const WALK: usize = 250;

/// Every so many events the terminal is compared with the picture: what a frame leaves wrong stays there for a while.
const LOOK: usize = 3;

/// Walks of every run of the tests.
const WALKS: u64 = 40;
/// Seeds of walks that once failed.
const MENDED: [u64; 1] = [2438];

/// How often a walk that failed is tried with fewer events.
const CUTS: usize = 3_000;

/// Where a walk begins.
#[derive(Clone, Copy, Debug)]
struct Start {
    /// A guide by number; the number after the last is the list of all.
    guide: usize,
    size: (u16, u16),
}

impl Start {
    fn of(seed: u64, guides: usize) -> Start {
        let sizes = [(120, 40), (80, 24), (40, 12), (160, 50), (20, 5), (110, 30), (69, 20), (1, 1)];
        Start { guide: seed as usize % (guides + 1), size: sizes[seed as usize / (guides + 1) % sizes.len()] }
    }
}

type Texts = Arc<Vec<(&'static str, String)>>;

thread_local! {
    /// Panics of this thread are looked for, and not to be told.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// A panic that is being looked for need not be told a thousand times while a walk is cut down.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let told = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                told(info);
            }
        }));
    });
}

/// Walks; gives what went wrong first, and with which event.
fn walk(texts: &Texts, start: Start, events: &[Event]) -> Result<(), (usize, String)> {
    let reached = Cell::new(0);
    let walked = catch_unwind(AssertUnwindSafe(|| {
        let which = Some(start.guide).filter(|n| *n < texts.len());
        let mut world = World::new(Arc::clone(texts), which, start.size);
        let mut watched = Watched::new();
        judge::judge(&world, 0)?;
        watched.look(&world.volumes[world.shown].model, Compared::Yes)?;
        for (n, event) in events.iter().enumerate() {
            reached.set(n);
            world.happen(*event);
            judge::judge(&world, n)?;
            let compared = if n % LOOK == 0 || n + 1 == events.len() { Compared::Yes } else { Compared::No };
            watched.look(&world.volumes[world.shown].model, compared)?;
        }
        Ok(())
    }));
    let what = match walked {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(what)) => what,
        Err(payload) => {
            let text = payload.downcast_ref::<String>().cloned();
            format!("panic: {}", text.or(payload.downcast_ref::<&str>().map(|s| (*s).to_owned())).unwrap_or_default())
        }
    };
    Err((reached.get(), what))
}

/// The events of a failed walk without those that can be left out.
fn cut_down(events: &[Event], mut fails: impl FnMut(&[Event]) -> bool) -> Vec<Event> {
    let mut kept = events.to_vec();
    let (mut piece, mut tries) = (kept.len().div_ceil(2).max(1), 0);
    loop {
        let (mut from, mut cut) = (0, false);
        while from < kept.len() && tries < CUTS {
            let without: Vec<Event> =
                kept[..from].iter().chain(&kept[(from + piece).min(kept.len())..]).copied().collect();
            tries += 1;
            match fails(&without) {
                true => (kept, cut) = (without, true),
                false => from += piece,
            }
        }
        if tries >= CUTS || (piece == 1 && !cut) {
            return kept;
        }
        piece = piece.div_ceil(2).max(1);
    }
}

/// Walks from a seed, and tells a failure small.
fn try_seed(texts: &Texts, seed: u64, length: usize) {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (seed + 1));
    let start = Start::of(seed, texts.len());
    let events: Vec<Event> = (0..length).map(|_| Event::any(&mut dice)).collect();
    QUIET.set(true);
    let failed = walk(texts, start, &events).err();
    let told = failed.map(|(at, what)| {
        let small = cut_down(&events[..=at.min(events.len() - 1)], |fewer| walk(texts, start, fewer).is_err());
        let now = walk(texts, start, &small).err().map_or(what, |(_, what)| what);
        format!(
            "{now}\nseed {seed}: JALON_WALK='{} {} {} {}'",
            start.guide,
            start.size.0,
            start.size.1,
            written(&small)
        )
    });
    QUIET.set(false);
    if let Some(told) = told {
        panic!("{told}");
    }
}

#[test]
fn no_sequence_of_events_breaks_it() {
    hush();
    let texts: Texts = Arc::new(guides());
    assert_eq!(texts.len(), 20);
    for seed in (0..WALKS).chain(MENDED) {
        try_seed(&texts, seed, WALK);
    }
}

#[test]
#[ignore = "a campaign: .ci/trust events"]
fn campaign_of_events() {
    hush();
    let number = |name: &str, otherwise: u64| {
        std::env::var(name).map_or(otherwise, |text| text.replace('_', "").parse().expect("a number"))
    };
    let (events, first) = (number("JALON_CAMPAIGN", 1_000_000), number("JALON_SEED", 1_000));
    let (texts, began) = (Arc::new(guides()), Instant::now());
    let walks = events.div_ceil(WALK as u64);
    for seed in first..first + walks {
        try_seed(&texts, seed, WALK);
        if (seed - first).is_multiple_of(400) {
            println!("{} events, {} s", (seed - first + 1) * WALK as u64, began.elapsed().as_secs());
        }
    }
    println!("{} events in {walks} walks over {} guides: nothing broke", walks * WALK as u64, texts.len());
}

/// Walks the way that a failure printed.
#[test]
#[ignore = "walks what JALON_WALK says"]
fn walk_again() {
    let line = std::env::var("JALON_WALK").expect("JALON_WALK='GUIDE COLUMNS ROWS EVENTS'");
    let mut parts = line.splitn(4, ' ');
    let mut number = || parts.next().unwrap().parse::<usize>().unwrap();
    let start = Start { guide: number(), size: (number() as u16, number() as u16) };
    let events = read(parts.next().unwrap_or_default());
    if let Err((at, what)) = walk(&Arc::new(guides()), start, &events) {
        panic!("event {at}, {}: {what}", events.get(at).map(ToString::to_string).unwrap_or_default());
    }
}

#[test]
fn a_walk_is_read_as_it_was_written() {
    let mut dice = Dice(7);
    let events: Vec<Event> = (0..20_000).map(|_| Event::any(&mut dice)).collect();
    for event in &events {
        assert_eq!(read(&event.to_string()), [*event]);
    }
    assert_eq!(read(&written(&events)), events);
}

#[test]
fn a_failed_walk_is_cut_down_to_the_events_that_matter() {
    let mut dice = Dice(9);
    let mut events: Vec<Event> =
        (0..400).map(|_| Event::any(&mut dice)).filter(|e| !matches!(e, Event::Paste(_))).collect();
    events.insert(321, Event::Paste(1));
    events.insert(77, Event::Paste(0));
    let wanted = [Event::Paste(0), Event::Paste(1)];
    let fails = |walk: &[Event]| walk.iter().filter(|e| wanted.contains(e)).count() == 2;
    assert_eq!(cut_down(&events, fails), wanted);
}
