//! What records add up to, whatever the order in which they come.

use super::*;
use crate::guide::{CleanText, Guide};
use crate::progress::samples::record;
use crate::progress::{Settled, Subject, Told};
use proptest::prelude::*;

const LISE: &str = "lise-1a2b3c4d";
const BOB: &str = "bob-55667788";

fn op_of(log: &Log, id: &str) -> Option<Op> {
    Some(log.entry(&ItemId(id.into()))?.last.as_ref()?.change.op.clone())
}

fn note(text: &str) -> Op {
    Op::Note { text: CleanText::line(text) }
}

fn undo(device: &str, n: u64) -> Op {
    Op::Undo { of: Dot { device: device.into(), n } }
}

/// Records what `change` says as the next record of `device`.
fn play(log: &mut Log, device: &str, change: Change) {
    let n = log.records().iter().filter(|r| r.dot.device == device).count() as u64 + 1;
    let at = log.clock().after(0);
    let dot = Dot { device: device.into(), n };
    assert!(log.add(Record { dot, at, by: CleanText::line("lise"), change }));
}

fn change(id: &str, op: Op) -> Change {
    record(LISE, 1, 0, id, op).change
}

#[test]
fn the_last_writer_wins_and_a_tie_goes_by_device() {
    let mut log = Log::default();
    assert!(log.add(record(LISE, 1, 10, "a", Op::Done)));
    assert!(!log.add(record(LISE, 1, 10, "a", Op::Done)), "known");
    assert!(log.add(record(BOB, 1, 9, "a", Op::Todo)));
    assert_eq!(op_of(&log, "a"), Some(Op::Done));
    assert!(log.add(record(BOB, 2, 10, "a", Op::Todo)));
    assert_eq!(op_of(&log, "a"), Some(Op::Done), "bob < lise");
    assert!(log.add(record(BOB, 3, 11, "a", Op::Todo)));
    assert_eq!(op_of(&log, "a"), Some(Op::Todo));
    assert_eq!(log.entry(&ItemId("b".into())), None);
}

#[test]
fn a_note_stands_beside_the_tick() {
    let mut log = Log::default();
    log.add(record(LISE, 1, 1, "a", note("chez Bob")));
    log.add(record(LISE, 2, 2, "a", Op::Done));
    log.add(record(BOB, 1, 3, "a", note("chez Lise")));
    let entry = log.entry(&ItemId("a".into())).unwrap();
    assert_eq!(entry.note.as_deref(), Some("chez Lise"));
    assert_eq!(entry.settled().map(|r| r.at.millis), Some(2));
    log.add(record(BOB, 2, 4, "a", note("")));
    assert_eq!(log.entry(&ItemId("a".into())).unwrap().note, None);
    log.add(record(BOB, 3, 5, "a", undo(BOB, 2)));
    assert_eq!(log.entry(&ItemId("a".into())).unwrap().note.as_deref(), Some("chez Lise"));
}

#[test]
fn undo_takes_back_own_changes_in_turn_also_of_an_earlier_session() {
    let mut log = Log::default();
    play(&mut log, LISE, change("a", Op::Done));
    play(&mut log, LISE, change("b", Op::Done));
    play(&mut log, BOB, change("c", Op::Done));
    let mut log: Log = log.records().iter().cloned().collect();
    let last = log.undo(LISE).unwrap();
    assert_eq!((last.subject.id.0.as_str(), &last.op), ("b", &undo(LISE, 2)));
    play(&mut log, LISE, last);
    assert_eq!((op_of(&log, "a"), op_of(&log, "b")), (Some(Op::Done), None));
    let first = log.undo(LISE).unwrap();
    play(&mut log, LISE, first);
    assert_eq!((op_of(&log, "a"), log.undo(LISE)), (None, None));
    assert_eq!(op_of(&log, "c"), Some(Op::Done), "bob's change is his own");
    assert!(!log.counts(&Dot { device: LISE.into(), n: 1 }) && log.counts(&Dot { device: BOB.into(), n: 1 }));
    let back = log.redo(LISE).unwrap();
    play(&mut log, LISE, back);
    assert_eq!((op_of(&log, "a"), op_of(&log, "b")), (Some(Op::Done), None));
    play(&mut log, LISE, change("d", Op::Done));
    assert_eq!(log.redo(LISE), None, "a change forgets what was undone");
}

#[test]
fn what_a_process_of_the_device_wrote_is_undone_like_its_own() {
    let mut log = Log::default();
    play(&mut log, LISE, change("a", Op::Done));
    play(&mut log, "lise-1a2b3c4d-4711", change("b", Op::Done));
    let last = log.undo(LISE).unwrap();
    assert_eq!(last.op, undo("lise-1a2b3c4d-4711", 1));
    play(&mut log, LISE, last);
    assert_eq!((op_of(&log, "b"), op_of(&log, "a")), (None, Some(Op::Done)));
}

#[test]
fn nobody_takes_back_the_records_of_another() {
    let mut log = Log::default();
    log.add(record(LISE, 1, 1, "a", Op::Done));
    log.add(record(BOB, 1, 2, "a", undo(LISE, 1)));
    assert_eq!(op_of(&log, "a"), Some(Op::Done));
    assert_eq!(log.undo(LISE).map(|c| c.op), Some(undo(LISE, 1)));
    for (n, of) in [(2, Dot { device: BOB.into(), n: 1 }), (3, Dot { device: LISE.into(), n: 99 })] {
        log.add(record(LISE, n, 5, "a", Op::Redo { of }));
        assert_eq!(log.undo(LISE).map(|c| c.op), Some(undo(LISE, 1)), "odd records do not block it");
    }
}

#[test]
fn of_two_records_that_claim_one_number_at_one_time_the_same_is_chosen_in_any_order() {
    let (done, todo) = (record(LISE, 1, 10, "a", Op::Done), record(LISE, 1, 10, "a", Op::Todo));
    let later = record(BOB, 1, 11, "b", Op::Done);
    let logs = [[&done, &todo, &later], [&todo, &done, &later], [&later, &todo, &done], [&later, &done, &todo]];
    for log in logs {
        let mut one_by_one = Log::default();
        for record in log {
            one_by_one.add(record.clone());
        }
        assert!(!one_by_one.add(done.clone()) && !one_by_one.add(todo.clone()), "known, or known to be the other");
        let at_once: Log = log.into_iter().cloned().collect();
        for log in [one_by_one, at_once] {
            assert_eq!(log.records().len(), 2);
            assert_eq!(op_of(&log, "a"), Some(Op::Todo));
            assert_eq!(op_of(&log, "b"), Some(Op::Done));
        }
    }
    // Also beside many late records, which are sorted in at once.
    let many = |from: u64| (from..from + FEW as u64 + 1).map(|n| record(BOB, n, n as i64 - 200, "b", Op::Done));
    for (known, claim) in [(done.clone(), todo.clone()), (todo, done)] {
        let mut log: Log = [known.clone()].into_iter().collect();
        log.extend(many(1));
        log.extend(many(100).chain([claim]));
        assert_eq!(op_of(&log, "a"), Some(Op::Todo), "{known:?}");
    }
}

#[test]
fn what_is_gone_has_one_order_even_where_one_number_and_time_stand_for_several() {
    let told = || Told { what: Settled::Done, by: CleanText::line("eve"), at: 0 };
    let ids = ["a", "b", "c", "d", "e", "f"];
    let records = ids.iter().zip(1..).map(|(id, at)| record(LISE, 1, at, id, Op::Import(told().into())));
    let log: Log = records.collect();
    let gone: Vec<String> = log.retired(&Guide::default()).iter().map(|(id, ..)| id.0.to_string()).collect();
    assert_eq!(gone, ids);
}

#[test]
fn a_dot_with_two_times_is_two_records() {
    let mut log = Log::default();
    log.add(record(LISE, 6, 10, "a", Op::Done));
    assert!(log.add(record(LISE, 6, 20, "b", Op::Done)), "written after the folder was put back");
    assert_eq!((op_of(&log, "a"), op_of(&log, "b")), (Some(Op::Done), Some(Op::Done)));
    assert_eq!(log.record(&Dot { device: LISE.into(), n: 6 }).map(|r| r.at.millis), Some(20));
}

#[test]
fn what_is_pending_shows_before_it_is_saved() {
    let mut log = Log::default();
    log.add(record(LISE, 1, 1, "a", Op::Done));
    let id = ItemId("a".into());
    let (open, noted, back) = (change("a", Op::Todo), change("a", note("vu")), change("a", undo(LISE, 1)));
    let last = |pending: &[&Change]| log.entry_with(&id, pending, 50).last.map(|r| r.change.op);
    assert_eq!(last(&[]), Some(Op::Done));
    assert_eq!(last(&[&open]), Some(Op::Todo));
    assert_eq!(last(&[&back]), None);
    assert_eq!(last(&[&change("b", Op::Todo)]), Some(Op::Done));
    assert_eq!(log.entry_with(&id, &[&noted, &open], 50).note.as_deref(), Some("vu"));
    let leave = change("a", Op::Leave);
    assert!(log.left_out_with(&id, &[&leave]) && !log.left_out_with(&id, &[]) && last(&[&leave]) == Some(Op::Done));
}

#[test]
fn a_reset_starts_over_and_erases_nothing() {
    let mut log = Log::default();
    play(&mut log, LISE, change("a", Op::Done));
    play(&mut log, BOB, change("a", note("at Bob's")));
    play(&mut log, LISE, change("g", Op::Leave));
    let reset = Change { subject: Subject::of_run("default"), op: Op::Reset };
    assert!(log.entry_with(&ItemId("a".into()), &[&reset], 0) == Entry::default(), "shown at once");
    let done = change("a", Op::Done);
    assert!(log.entry_with(&ItemId("a".into()), &[&reset, &done], 0).settled().is_some());
    play(&mut log, LISE, reset);
    assert_eq!(log.entry(&ItemId("a".into())), Some(&Entry::default()));
    assert!(log.left_out(&ItemId("g".into())), "what is no step is none in the next walk either");
    assert!(!log.counts(&Dot { device: LISE.into(), n: 1 }) && log.records().len() == 4);
    play(&mut log, LISE, change("b", Op::Done));
    assert_eq!(op_of(&log, "b"), Some(Op::Done));
    let ended = log.resets().next().unwrap().dot.clone();
    let archived = log.until(&ended);
    assert_eq!((op_of(&archived, "a"), op_of(&archived, "b")), (Some(Op::Done), None), "the walk before can be seen");
}

#[test]
fn a_reset_is_undone_like_any_change() {
    let mut log = Log::default();
    play(&mut log, LISE, change("a", Op::Done));
    play(&mut log, LISE, Change { subject: Subject::of_run("default"), op: Op::Reset });
    play(&mut log, LISE, change("b", Op::Done));
    let b = log.undo(LISE).unwrap();
    play(&mut log, LISE, b);
    let reset = log.undo(LISE).unwrap();
    assert_eq!(reset.op, undo(LISE, 2));
    assert!(log.entry_with(&ItemId("a".into()), &[&reset], 0).settled().is_some(), "shown at once");
    play(&mut log, LISE, reset);
    assert_eq!((op_of(&log, "a"), log.resets().count()), (Some(Op::Done), 0));
    let again = log.redo(LISE).unwrap();
    play(&mut log, LISE, again);
    assert_eq!((op_of(&log, "a"), log.resets().count()), (None, 1));
    assert_eq!(log.undo(LISE).map(|c| c.op), Some(undo(LISE, 2)), "what the reset ended is not undone one by one");
}

#[test]
fn what_came_from_an_export_counts_under_its_own_name_and_time() {
    let mut log = Log::default();
    let told = Op::Import(Box::new(Told { what: Settled::Affirm, by: CleanText::line("eve"), at: 7000 }));
    log.add(record(LISE, 1, 99_000, "a", told.clone()));
    let settled = log.entry(&ItemId("a".into())).unwrap().settled().unwrap();
    assert_eq!((settled.by.as_str(), settled.at.millis, &settled.change.op), ("eve", 7000, &Op::Affirm));
    assert_eq!(log.records()[0].change.op, told, "the journal says how it came");
    log.add(record(BOB, 1, 50_000, "a", Op::Todo));
    assert!(log.entry(&ItemId("a".into())).unwrap().settled().is_some(), "it was brought in later");
}

#[test]
fn a_link_moves_what_was_recorded_before_it_and_nothing_later() {
    let mut log = Log::default();
    let mut moved = change("new", note("moved"));
    moved.subject.was = Some(ItemId("old".into()).into());
    play(&mut log, LISE, change("old", Op::Done));
    play(&mut log, LISE, moved);
    assert_eq!((op_of(&log, "new"), op_of(&log, "old")), (Some(Op::Done), None));
    play(&mut log, BOB, change("old", Op::Affirm));
    assert_eq!((op_of(&log, "new"), op_of(&log, "old")), (Some(Op::Done), Some(Op::Affirm)));
    let back = log.undo(LISE).unwrap();
    play(&mut log, LISE, back);
    assert_eq!((op_of(&log, "new"), op_of(&log, "old")), (None, Some(Op::Affirm)));
}

#[test]
fn a_link_may_put_aside_what_stood_under_its_own_id() {
    let mut log = Log::default();
    play(&mut log, LISE, change("first", Op::Done));
    play(&mut log, BOB, change("second", Op::Affirm));
    let mut shifted = change("second", note("moved up"));
    shifted.subject.was = Some(ItemId("first".into()).into());
    shifted.subject.anew = Some(log.clock().into());
    play(&mut log, LISE, shifted);
    assert_eq!((op_of(&log, "second"), op_of(&log, "first")), (Some(Op::Done), None));
    let aside: Vec<_> = log.settled().filter(|(id, ..)| id.0.starts_with("second~")).collect();
    assert!(matches!(aside[..], [(_, record, _)] if record.change.op == Op::Affirm), "{aside:?}");
    let back = log.undo(LISE).unwrap();
    play(&mut log, LISE, back);
    assert_eq!((op_of(&log, "second"), op_of(&log, "first")), (Some(Op::Affirm), Some(Op::Done)));
}

#[test]
fn what_is_put_aside_twice_is_two_things_and_what_is_said_twice_puts_aside_once() {
    let mut log = Log::default();
    let anew = |log: &Log, op| {
        let mut change = change("a", op);
        change.subject.anew = Some(log.clock().into());
        change
    };
    for n in 1..=2 {
        play(&mut log, LISE, change("a", Op::Done));
        // Two keys, pressed before the first is on disk.
        let (skip, more) = (anew(&log, Op::Todo), anew(&log, note("again")));
        assert_eq!(log.entry_with(&ItemId("a".into()), &[&skip, &more], 0).note.as_deref(), Some("again"));
        play(&mut log, LISE, skip);
        play(&mut log, LISE, more);
        assert_eq!(op_of(&log, "a"), Some(Op::Todo), "the second says it of the same");
        assert_eq!(log.settled().filter(|(id, ..)| id.0.starts_with("a~")).count(), n);
    }
    let again: Log = log.records().iter().rev().cloned().collect();
    assert_eq!(again.settled().count(), 2);
}

#[test]
fn what_is_pending_beside_the_undo_of_a_reset_counts_in_its_order() {
    let mut log = Log::default();
    play(&mut log, LISE, change("third", Op::Done));
    play(&mut log, LISE, change("", Op::Reset));
    let linked = |id: &str, was: &str| {
        let mut change = change(id, note(""));
        change.subject.was = Some(ItemId(was.into()).into());
        change
    };
    let pending = [log.undo(LISE).unwrap(), linked("first", "second"), linked("second", "third")];
    let shown = log.entry_with(&ItemId("second".into()), &pending.each_ref(), 0);
    for change in pending {
        play(&mut log, LISE, change);
    }
    assert_eq!((shown.last.map(|r| r.change.op), op_of(&log, "second")), (Some(Op::Done), Some(Op::Done)));
}

#[test]
fn an_id_in_any_form_finds_its_records() {
    let mut log = Log::default();
    let raw = ItemId(format!("{}\u{1b}  x", "é".repeat(300)).into());
    log.add(record(LISE, 1, 1, &raw.0, Op::Done).as_written());
    assert!(log.entry(&raw).is_some_and(|e| e.settled().is_some()));
}

#[test]
fn a_hundred_thousand_records_are_added_and_asked_quickly_enough_to_test() {
    let devices = [LISE, BOB, "eve-99887766", "jo-01020304"];
    let all = |d: usize| {
        (0..25_000u64)
            .map(move |n| record(devices[d], n + 1, n as i64 * 4 + d as i64, &format!("i{}", n % 500), Op::Done))
    };
    let mut log: Log = (0..3).flat_map(all).collect();
    log.extend(all(3));
    assert_eq!(log.records().len(), 100_000);
    assert!(log.records().is_sorted_by(|a, b| order(a) < order(b)));
    for n in 0..500 {
        log.add(record(LISE, 100_000 + n, 1_000_000 + n as i64, "i7", Op::Todo));
    }
    assert_eq!(op_of(&log, "i7"), Some(Op::Todo));
}

/// What one of four writers does, and to which of four items.
#[derive(Clone, Debug)]
enum Act {
    Do(u8, Op, Option<(u8, Option<i64>)>),
    Undo,
    Redo,
}

fn act() -> impl Strategy<Value = Act> {
    let op = prop_oneof![
        Just(Op::Done),
        Just(Op::Todo),
        Just(Op::Affirm),
        Just(Op::Leave),
        Just(Op::Restore),
        Just(Op::Confirm),
        Just(Op::Reset),
        (0i64..2000)
            .prop_map(|at| Told { what: Settled::Done, by: CleanText::line("eve"), at })
            .prop_map(|told| Op::Import(told.into())),
        "[a-c]{0,2}".prop_map(|s| note(&s)),
        "[a-c]{1,2}".prop_map(|s| Op::Skip { reason: CleanText::line(&s) }),
    ];
    let was = prop_oneof![4 => Just(None), 1 => (0u8..4, proptest::option::of(990i64..1100)).prop_map(Some)];
    prop_oneof![6 => (0u8..4, op, was).prop_map(|(i, op, was)| Act::Do(i, op, was)), 2 => Just(Act::Undo), 1 => Just(Act::Redo)]
}

/// A change of an item that was another until now. Where it says that it was itself, that was another's.
fn linked(item: u8, op: Op, was: Option<(u8, Option<i64>)>) -> Change {
    let mut change = change(&format!("i{item}"), op);
    change.subject.was = was.map(|(was, _)| ItemId(format!("i{was}").into()).into());
    change.subject.anew = was.and_then(|(_, millis)| Some(Hlc { millis: millis?, counter: 0 }.into()));
    change.subject.body = u64::from(item);
    change
}

/// What four writers do who see each other's records only now and then.
fn history() -> impl Strategy<Value = Vec<Record>> {
    proptest::collection::vec((0usize..4, act(), any::<bool>(), 0i64..4), 0..60).prop_map(|acts| {
        let devices = [LISE, "lise-1a2b3c4d-77", BOB, "eve-99887766"];
        let mut views: [Log; 4] = Default::default();
        let mut all: Vec<Record> = Vec::new();
        let mut now = 1000;
        for (who, act, sync, pause) in acts {
            now += pause;
            if sync {
                views[who].extend(all.iter().cloned());
            }
            let change = match act {
                Act::Do(item, op, was) => Some(linked(item, op, was)),
                Act::Undo => views[who].undo(devices[who]),
                Act::Redo => views[who].redo(devices[who]),
            };
            let Some(change) = change else { continue };
            let n = all.iter().filter(|r| r.dot.device == devices[who]).count() as u64 + 1;
            let at = views[who].clock().after(now);
            let dot = Dot { device: devices[who].into(), n };
            let record = Record { dot, at, by: CleanText::line("x"), change };
            views[who].add(record.clone());
            all.push(record);
        }
        all
    })
}

/// All that a log tells.
fn told(log: &Log) -> impl PartialEq + std::fmt::Debug {
    let mut entries: Vec<_> = log.items.iter().map(|(id, h)| (id.clone(), h.entry.clone())).collect();
    entries.retain(|(_, entry)| *entry != Entry::default());
    entries.extend(log.groups.iter().map(|(id, h)| (id.clone(), h.entry.clone())));
    entries.sort_by(|a, b| (&a.0, a.1.last.is_some()).cmp(&(&b.0, b.1.last.is_some())));
    let undos: Vec<_> = [LISE, BOB, "eve-99887766"].iter().map(|d| (log.undo(d), log.redo(d))).collect();
    (log.records().to_vec(), entries, undos, log.clock())
}

/// Whether records in another order, one by one and in two batches, tell what they tell in theirs.
fn tell_the_same(all: Vec<Record>, mixed: &[Record], cut: usize) -> Result<(), TestCaseError> {
    let straight: Log = all.into_iter().collect();
    let mut one_by_one = Log::default();
    for record in mixed {
        one_by_one.add(record.clone());
    }
    prop_assert_eq!(told(&one_by_one), told(&straight));
    let (first, rest) = mixed.split_at(cut.min(mixed.len()));
    let mut batches: Log = first.iter().cloned().collect();
    batches.extend(rest.iter().cloned());
    prop_assert_eq!(told(&batches), told(&straight));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn neither_order_nor_repetition_of_records_matters(
        (all, mixed) in history().prop_flat_map(|all| {
            let twice: Vec<Record> = all.iter().chain(all.iter().step_by(3)).cloned().collect();
            (Just(all), Just(twice).prop_shuffle())
        }),
        cut in 0usize..80,
    ) {
        tell_the_same(all, &mixed, cut)?;
    }

    #[test]
    fn nor_does_it_matter_when_some_claim_the_number_and_the_time_of_others(
        (all, mixed) in history().prop_flat_map(|all| {
            let mut all = all;
            let claims = |(i, r): (usize, &Record)| {
                let by = CleanText::line(["a", "y"][i % 2]);
                let change = all.get(i / 2).map_or(r, |other| other).change.clone();
                Record { by, change, ..r.clone() }
            };
            let twins: Vec<Record> = all.iter().enumerate().step_by(2).map(claims).collect();
            all.extend(twins);
            (Just(all.clone()), Just(all).prop_shuffle())
        }),
        cut in 0usize..80,
    ) {
        tell_the_same(all, &mixed, cut)?;
    }

    #[test]
    fn undoing_everything_leaves_what_the_others_did(all in history()) {
        let mut log: Log = all.iter().cloned().collect();
        while let Some(change) = log.undo(LISE) {
            play(&mut log, LISE, change);
        }
        let others: Log = all.into_iter().filter(|r| writer_of(&r.dot.device) != LISE).collect();
        for item in (0..4).map(|i| ItemId(format!("i{i}").into())) {
            let (ours, theirs) = (log.entry(&item).cloned(), others.entry(&item).cloned());
            prop_assert_eq!(ours.unwrap_or_default(), theirs.unwrap_or_default());
            prop_assert_eq!(log.left_out(&item), others.left_out(&item));
        }
    }

    #[test]
    fn redo_is_the_inverse_of_undo(all in history()) {
        let mut log: Log = all.into_iter().collect();
        let entry = |log: &Log, i| log.entry(&ItemId(format!("i{i}").into())).cloned().unwrap_or_default();
        let entries = |log: &Log| (0..4).map(|i| entry(log, i)).collect::<Vec<_>>();
        let before = entries(&log);
        let Some(undo) = log.undo(LISE) else { return Ok(()) };
        play(&mut log, LISE, undo);
        let redo = log.redo(LISE).unwrap();
        play(&mut log, LISE, redo);
        prop_assert_eq!(entries(&log), before);
    }

    #[test]
    fn what_is_pending_shows_as_it_will_be_saved(all in history(), acts in proptest::collection::vec((0u8..4, act()), 1..5)) {
        let mut log: Log = all.into_iter().collect();
        let before = log.clone();
        let mut pending = Vec::new();
        for (_, act) in acts {
            let change = match act {
                // A link to what a pending change did has to wait for that change.
                Act::Do(item, op, was) => {
                    let free = |id: u8| !pending.iter().any(|c: &Change| c.subject.id.0 == format!("i{id}"));
                    Some(linked(item, op, was.filter(|(was, anew)| free(*was) && (anew.is_none() || free(item)))))
                }
                // Undo of a change that is pending itself has to wait for its dot.
                Act::Undo if pending.is_empty() => log.undo(LISE),
                _ => None,
            };
            if let Some(mut change) = change {
                // What is put aside was known when the key was pressed.
                change.subject.anew = change.subject.anew.map(|at| (*at).min(before.clock()).into());
                play(&mut log, LISE, change.clone());
                pending.push(change);
            }
        }
        let pending: Vec<&Change> = pending.iter().collect();
        for item in (0..4).map(|i| ItemId(format!("i{i}").into())) {
            let shown = before.entry_with(&item, &pending, 0);
            let saved = log.entry(&item).cloned().unwrap_or_default();
            prop_assert_eq!(shown.note, saved.note);
            prop_assert_eq!(shown.last.map(|r| r.change.op), saved.last.map(|r| r.change.op));
            prop_assert_eq!(before.left_out_with(&item, &pending), log.left_out(&item));
        }
    }
}
