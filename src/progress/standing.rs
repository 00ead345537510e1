//! Where items stand today, how many of them are settled, and which comes next.

use super::{Entry, Log, Op};
use crate::guide::{CleanText, Guide, HeadingIndex, Item, ItemIndex, ItemKind};
use std::ops::Range;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Where an item stands today.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Standing {
    /// Nothing settled.
    #[default]
    Todo,
    /// A step or task that is done.
    Done,
    /// Skipped, with the reason.
    Skipped(CleanText),
    /// A value affirmed lately.
    Upheld,
    /// A value affirmed so long ago that it asks to be reviewed.
    Due,
}

/// Settled and total. A skipped item counts as settled, a value while it is upheld.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Settled.
    pub done: usize,
    /// All.
    pub total: usize,
}

impl Standing {
    /// Where `item` stands at `now` (milliseconds since the epoch), by what the records say of it. Without a record
    /// the file's own tick counts; a record, also one that opens the item again, outweighs it. What a record of a tick
    /// means is for the item's kind of today to say: the author may have made a value of a step.
    pub fn of(entry: Option<&Entry>, item: &Item, now: i64, review_days: u32) -> Standing {
        match entry.and_then(|e| e.last.as_ref()).map(|r| (&r.change.op, r.at.millis)) {
            None if item.checked => Standing::Done,
            Some((Op::Skip { reason }, _)) => Standing::Skipped(reason.clone()),
            Some((Op::Done | Op::Affirm, at)) => match item.kind {
                ItemKind::Step | ItemKind::Task => Standing::Done,
                ItemKind::Value if now.saturating_sub(at) >= i64::from(review_days) * DAY => Standing::Due,
                ItemKind::Value => Standing::Upheld,
            },
            _ => Standing::Todo,
        }
    }

    /// Whether it counts as settled.
    pub fn settled(&self) -> bool {
        matches!(self, Standing::Done | Standing::Skipped(_) | Standing::Upheld)
    }
}

impl Tally {
    /// Counts one more item.
    pub fn count(&mut self, standing: &Standing) {
        self.total += 1;
        self.done += usize::from(standing.settled());
    }
}

impl Log {
    /// Where an item stands at `now` (milliseconds since the epoch); values are due after `review_days` days.
    pub fn standing(&self, guide: &Guide, item: ItemIndex, now: i64, review_days: u32) -> Standing {
        let Some(found) = guide.items.get(item) else { return Standing::Todo };
        Standing::of(self.entry(&found.id), found, now, review_days)
    }

    /// How many of these items are settled; those of groups left out are not counted.
    pub fn tally(&self, guide: &Guide, items: impl Iterator<Item = ItemIndex>, now: i64, review_days: u32) -> Tally {
        let mut tally = Tally::default();
        for item in items.filter(|&item| self.counted(guide, item)) {
            tally.count(&self.standing(guide, item, now, review_days));
        }
        tally
    }

    /// Whether an item counts: whether its group is not left out.
    pub fn counted(&self, guide: &Guide, item: ItemIndex) -> bool {
        let group = guide.items.get(item).and_then(|i| guide.groups.get(i.group()));
        group.is_some_and(|g| !self.left_out(&g.id))
    }

    /// The next open item, groups left out excepted.
    pub fn next_open(&self, guide: &Guide, now: i64, review_days: u32) -> Option<ItemIndex> {
        next_open(guide, |i| self.counted(guide, i) && !self.standing(guide, i, now, review_days).settled())
    }
}

/// The first open step or task in document order, else the first open value: a value is never finished, so it must
/// not stand between a reader and the next step.
pub fn next_open(guide: &Guide, open: impl Fn(ItemIndex) -> bool) -> Option<ItemIndex> {
    let first = |values: bool| {
        let wanted = |(_, item): &(ItemIndex, &Item)| (item.kind == ItemKind::Value) == values;
        guide.items.iter().enumerate().filter(wanted).map(|(i, _)| i).find(|&i| open(i))
    };
    first(false).or_else(|| first(true))
}

/// The items of a heading's section and of the sections in it; the heading's own, where it is an item, comes first.
pub fn section_items(guide: &Guide, heading: HeadingIndex) -> Range<ItemIndex> {
    let Some(start) = guide.headings.get(heading).map(|h| h.block) else { return 0..0 };
    let end = guide.section_end(heading);
    let before = |block: u32| guide.items.partition_point(|item| item.block() < block);
    before(start)..before(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::ItemId;
    use crate::progress::samples::{guide, record};

    fn log(records: &[(&str, Op)]) -> Log {
        let stamp =
            |(n, (id, op)): (usize, &(&str, Op))| record("lise-1a2b3c4d", n as u64 + 1, n as i64, id, op.clone());
        records.iter().enumerate().map(stamp).collect()
    }

    fn skip(why: &str) -> Op {
        Op::Skip { reason: CleanText::line(why) }
    }

    fn standings(log: &Log, now: i64) -> Vec<Standing> {
        let guide = guide();
        (0..guide.items.len()).map(|i| log.standing(&guide, i, now, 90)).collect()
    }

    #[test]
    fn without_records_only_the_file_ticks() {
        use Standing::{Done, Todo};
        assert_eq!(standings(&Log::default(), 0), [Todo, Todo, Todo, Todo, Todo, Done, Todo]);
    }

    #[test]
    fn a_record_outweighs_the_file() {
        assert_eq!(standings(&log(&[("t1", Op::Todo)]), 0)[5], Standing::Todo);
        assert_eq!(standings(&log(&[("t1", Op::Todo), ("t1", Op::Done)]), 0)[5], Standing::Done);
        assert_eq!(standings(&log(&[("t1", skip("trop tôt"))]), 0)[5], Standing::Skipped(CleanText::line("trop tôt")));
    }

    #[test]
    fn a_value_is_due_after_ninety_days() {
        let affirmed = log(&[("v1", Op::Affirm)]);
        assert_eq!(standings(&affirmed, 90 * DAY - 1)[0], Standing::Upheld);
        assert_eq!(standings(&affirmed, 90 * DAY)[0], Standing::Due);
        assert_eq!(standings(&affirmed, i64::MIN)[0], Standing::Upheld);
        assert!(!Standing::Due.settled() && Standing::Upheld.settled());
    }

    #[test]
    fn the_kind_of_today_says_what_a_tick_means() {
        assert_eq!(standings(&log(&[("v1", Op::Done)]), 0)[0], Standing::Upheld);
        assert_eq!(standings(&log(&[("s1", Op::Affirm)]), 0)[2], Standing::Done);
    }

    #[test]
    fn counts_roll_up_and_leave_out_what_is_left_out() {
        let guide = guide();
        let mut log = log(&[("s1", Op::Done), ("s2", skip("non")), ("v2", Op::Affirm)]);
        let tally = |log: &Log, range| log.tally(&guide, range, 0, 90);
        assert_eq!(section_items(&guide, 0), 0..2);
        assert_eq!(section_items(&guide, 1), 2..7, "the tasks' section stands in the steps' one");
        assert_eq!(section_items(&guide, 2), 5..7);
        assert_eq!(section_items(&guide, 9), 0..0);
        assert_eq!(tally(&log, section_items(&guide, 1)), Tally { done: 3, total: 5 });
        assert_eq!(tally(&log, 0..7), Tally { done: 4, total: 7 });
        log.add(record("lise-1a2b3c4d", 9, 9, "tâches", Op::Leave));
        assert!(log.left_out(&ItemId("tâches".into())));
        assert_eq!(tally(&log, section_items(&guide, 1)), Tally { done: 2, total: 3 });
        log.add(record("lise-1a2b3c4d", 10, 10, "tâches", Op::Restore));
        assert_eq!(tally(&log, 0..7), Tally { done: 4, total: 7 });
    }

    #[test]
    fn steps_and_tasks_come_before_values() {
        let guide = guide();
        let next = |log: &Log| log.next_open(&guide, 0, 90).map(|i| guide.items[i].id.0.clone());
        let mut log = Log::default();
        let mut found = Vec::new();
        for n in 1..20 {
            let Some(id) = next(&log) else { break };
            log.add(record("lise-1a2b3c4d", n, n as i64, &id, Op::Done));
            found.push(id);
        }
        assert_eq!(found, ["s1", "s2", "s3", "t2", "v1", "v2"]);
        log.add(record("lise-1a2b3c4d", 30, 30, "s2", Op::Todo));
        assert_eq!(next(&log).as_deref(), Some("s2"));
        log.add(record("lise-1a2b3c4d", 31, 31, "étapes", Op::Leave));
        assert_eq!(next(&log), None);
    }
}
