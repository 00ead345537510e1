//! What one writer recorded in one folder, as records for another folder: progress that was private becomes shared.
//! Reads and writes no file; and of the past takes only what can stand beside others' records without harm.

use super::event::writer_of;
use super::log::Log;
use super::{Dot, Op, Record};
use std::collections::{HashMap, HashSet};

/// The records that say under the name of `device` what `writer` recorded in `log`, where `known` is there already:
/// what is known is not said again, so a half-finished adoption is finished by another one.
///
/// Time and author stay. Numbers are new, for the device may have its own there. A reset is not taken over, nor what
/// it ended: beside others' records it would end theirs. An undo goes along with what it undid.
pub fn adopt(log: &Log, known: &[Record], writer: &str, device: &str) -> Vec<Record> {
    let ours = |record: &&Record| writer_of(&record.dot.device) == writer_of(device);
    let there: HashMap<_, &Dot> = known.iter().filter(ours).map(|record| (record.at, &record.dot)).collect();
    let numbers = known.iter().filter(|record| record.dot.device == device).map(|record| record.dot.n);
    let mut last = numbers.max().unwrap_or_default();
    let taken = taken(log, writer);
    let mut names: HashMap<&Dot, Dot> = HashMap::new();
    for record in &taken {
        names.entry(&record.dot).or_insert_with(|| match there.get(&record.at) {
            Some(known) => (*known).clone(),
            None => {
                last += 1;
                Dot { device: device.to_owned(), n: last }
            }
        });
    }
    let renamed = |record: &Record| {
        let name = |dot| names.get(dot).cloned();
        let mut new = Record { dot: name(&record.dot)?, ..record.clone() };
        if let Op::Undo { of } | Op::Redo { of } = &mut new.change.op {
            *of = name(of)?;
        }
        Some(new.as_written())
    };
    taken.into_iter().filter(|record| !there.contains_key(&record.at)).filter_map(renamed).collect()
}

impl Log {
    /// Everybody who wrote, without process numbers, in order.
    pub fn writers(&self) -> Vec<&str> {
        let mut writers: Vec<&str> = self.records().iter().map(|record| writer_of(&record.dot.device)).collect();
        writers.sort_unstable();
        writers.dedup();
        writers
    }

    /// How many records the last reset that counts has ended.
    pub fn ended(&self) -> usize {
        self.records().iter().filter(|record| self.is_ended(record)).count()
    }

    fn is_ended(&self, record: &Record) -> bool {
        let floor = || self.floor.as_ref().and_then(|floor| self.at(floor));
        record.change.op.concerns_item()
            && floor().is_some_and(|reset| (record.at, &record.dot) < (reset.at, &reset.dot))
    }
}

/// What a writer recorded and another folder can take, in order.
fn taken<'a>(log: &'a Log, writer: &str) -> Vec<&'a Record> {
    let own = || log.records().iter().filter(|record| writer_of(&record.dot.device) == writer);
    let target = |record: &'a Record| match &record.change.op {
        Op::Undo { of } | Op::Redo { of } => Some(of),
        _ => None,
    };
    let stays = |record: &&Record| record.change.op == Op::Reset || log.is_ended(record);
    let dots: HashSet<&Dot> =
        own().filter(|record| target(record).is_none() && !stays(record)).map(|record| &record.dot).collect();
    own().filter(|record| target(record).map_or(!stays(record), |of| dots.contains(of))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{guide, record};
    use super::super::{Walk, report};
    use super::*;
    use crate::guide::{CleanText, ItemId};
    use proptest::prelude::*;

    const HOME: &str = "lise-1a2b3c4d";
    const TEAM: &str = "lise-99999999";
    const NINE: i64 = 1_795_510_800_000;

    fn dot(device: &str, n: u64) -> Dot {
        Dot { device: device.into(), n }
    }

    fn private(ops: Vec<(&str, Op)>) -> Log {
        let stamp = |(n, (id, op)): (usize, (&str, Op))| record(HOME, n as u64 + 1, NINE + n as i64, id, op);
        ops.into_iter().enumerate().map(stamp).collect()
    }

    fn state(log: &Log) -> String {
        let mut log = log.clone();
        log.settle_for(&guide());
        serde_json::to_string(&report(&guide(), &log, &Walk::default(), NINE, 90)).unwrap()
    }

    #[test]
    fn time_and_author_stay_and_numbers_follow_those_that_are_there() {
        let log = private(vec![("s1", Op::Done), ("s2", Op::Done), ("s2", Op::Undo { of: dot(HOME, 2) })]);
        let there = [record(TEAM, 1, NINE + 900, "v1", Op::Affirm), record("bob-99999999", 7, NINE, "s3", Op::Done)];
        let adopted = adopt(&log, &there, HOME, TEAM);
        assert_eq!(adopted.iter().map(|r| r.dot.n).collect::<Vec<_>>(), [2, 3, 4]);
        assert!(adopted.iter().zip(log.records()).all(|(new, old)| (new.at, &new.by) == (old.at, &old.by)));
        assert_eq!(adopted[2].change.op, Op::Undo { of: dot(TEAM, 3) });
        let both: Log = adopted.into_iter().chain(there).collect();
        assert!(both.entry(&ItemId("s1".into())).is_some_and(|e| e.settled().is_some()));
        assert!(both.entry(&ItemId("s2".into())).is_none_or(|e| e.settled().is_none()));
        assert_eq!(both.undo(TEAM).map(|c| c.op), Some(Op::Undo { of: dot(TEAM, 1) }), "the last of both by time");
    }

    #[test]
    fn a_reset_ends_nothing_of_others_and_what_it_ended_stays_where_it_is() {
        let leave = ("valeurs", Op::Leave);
        let log = private(vec![("s1", Op::Done), leave, ("", Op::Reset), ("s2", Op::Done)]);
        assert_eq!(log.ended(), 1);
        let adopted = adopt(&log, &[], HOME, TEAM);
        let told: Vec<_> = adopted.iter().map(|r| r.change.op.clone()).collect();
        assert_eq!(told, [Op::Leave, Op::Done]);
        let alone: Log = adopted.iter().cloned().collect();
        assert_eq!(state(&alone), state(&log));
        // Taken back, a reset ended nothing.
        let undone = private(vec![("s1", Op::Done), ("", Op::Reset), ("", Op::Undo { of: dot(HOME, 2) })]);
        let adopted: Log = adopt(&undone, &[], HOME, TEAM).into_iter().collect();
        assert_eq!((adopted.records().len(), undone.ended()), (1, 0));
        assert_eq!(state(&adopted), state(&undone));
    }

    #[test]
    fn what_another_program_wrote_aside_is_the_writer_s_too() {
        let aside = format!("{HOME}-4711");
        let log: Log = [
            record(HOME, 1, NINE, "s1", Op::Done),
            record(&aside, 1, NINE + 1, "s2", Op::Done),
            record(&aside, 2, NINE + 2, "s1", Op::Undo { of: dot(HOME, 1) }),
            record("bob-1a2b3c4d", 1, NINE + 3, "s3", Op::Done),
        ]
        .into_iter()
        .collect();
        assert_eq!(log.writers(), ["bob-1a2b3c4d", HOME]);
        let adopted = adopt(&log, &[], HOME, TEAM);
        assert_eq!(adopted.iter().map(|r| r.dot.n).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(adopted[2].change.op, Op::Undo { of: dot(TEAM, 1) });
        assert_eq!(adopt(&log, &[], "bob-1a2b3c4d", "bob-99999999").len(), 1);
    }

    fn op() -> impl Strategy<Value = Op> {
        let of = |n| dot(HOME, n);
        prop_oneof![
            4 => Just(Op::Done),
            1 => Just(Op::Todo),
            1 => Just(Op::Note { text: CleanText::line("hm") }),
            1 => Just(Op::Leave),
            1 => Just(Op::Reset),
            2 => (1u64..30).prop_map(move |n| Op::Undo { of: of(n) }),
            1 => (1u64..30).prop_map(move |n| Op::Redo { of: of(n) }),
        ]
    }

    proptest! {
        #[test]
        fn however_often_it_was_broken_off_the_state_is_the_same_and_nothing_is_said_twice(
            ops in proptest::collection::vec((0usize..5, op()), 0..30), cuts in proptest::collection::vec(0usize..30, 0..4))
        {
            let ids = ["v1", "s1", "s2", "s3", "étapes"];
            let log = private(ops.into_iter().map(|(i, op)| (if op == Op::Leave { ids[4] } else { ids[i % 4] }, op)).collect());
            let mut there: Vec<Record> = Vec::new();
            for cut in cuts {
                let adopted = adopt(&log, &there, HOME, TEAM);
                there.extend(adopted.into_iter().take(cut));
            }
            there.extend(adopt(&log, &there, HOME, TEAM));
            prop_assert_eq!(adopt(&log, &there, HOME, TEAM), []);
            let dots: HashSet<&Dot> = there.iter().map(|r| &r.dot).collect();
            prop_assert_eq!(dots.len(), there.len());
            let shared: Log = there.iter().cloned().collect();
            // What is retired and what is not are states too; only what a reset ended is told by nobody any more.
            prop_assert_eq!(state(&shared), state(&log));
            prop_assert!(shared.records().iter().all(|r| r.dot.device == TEAM));
        }
    }
}
