//! What the task boxes of a guide's file should say once something was recorded. Knows no file; boxes of items that
//! nothing was recorded of stay as their author, or somebody without jalon, left them.

use super::event::plain_id;
use super::{Dot, Log, Op, Standing};
use crate::guide::{BoxState, Guide, Item, ItemIndex};

/// What counted for each task before something was recorded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Boxes {
    last: Vec<(ItemIndex, Option<Dot>)>,
}

impl Boxes {
    /// As the log stands.
    pub fn of(guide: &Guide, log: &Log) -> Boxes {
        let tasks = guide.items.iter().enumerate().filter(|(_, item)| item.box_at().is_some());
        Boxes { last: tasks.map(|(index, item)| (index, last(log, item))).collect() }
    }

    /// The boxes of those tasks for which something else counts by now, and what they should say.
    pub fn changed(&self, guide: &Guide, log: &Log) -> Vec<(ItemIndex, BoxState)> {
        let other = |(index, before): &&(ItemIndex, Option<Dot>)| {
            guide.items.get(*index).is_some_and(|item| last(log, item) != *before)
        };
        self.last.iter().filter(other).filter_map(|(index, _)| Some((*index, log.box_state(guide, *index)?))).collect()
    }
}

impl Log {
    /// What the box of a task should say: ticked where the task is done, and not where it is open or skipped. Where
    /// nothing counts any more, what it said before anything was recorded; none where that is not known, or the item is
    /// no task.
    pub fn box_state(&self, guide: &Guide, index: ItemIndex) -> Option<BoxState> {
        let item = guide.items.get(index).filter(|item| item.box_at().is_some())?;
        let entry = self.entry(&item.id);
        let ticked = match entry.and_then(|e| e.last.as_ref()) {
            Some(_) => Standing::of(entry, item, 0, u32::MAX) == Standing::Done,
            None => {
                let history = self.history_of(&item.id);
                let states = |op: &Op| op.settles() || *op == Op::Todo;
                history.iter().find(|r| states(&r.change.op))?.change.subject.ticked
            }
        };
        Some(if ticked { BoxState::Ticked } else { BoxState::Open })
    }
}

fn last(log: &Log, item: &Item) -> Option<Dot> {
    log.entry(&plain_id(&item.id))?.last.as_ref().map(|r| r.dot.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::{CleanText, Origin};
    use crate::progress::samples::stamped;
    use crate::progress::{Change, Subject};

    const DEVICE: &str = "lise-1a2b3c4d";

    /// A guide of boxes, its log, and what each record asked of the boxes.
    struct Desk {
        guide: Guide,
        log: Log,
        n: u64,
    }

    impl Desk {
        fn of(text: &str) -> Desk {
            Desk { guide: Guide::parse(text, &Origin::default()), log: Log::default(), n: 0 }
        }

        fn record(&mut self, change: Change) -> Vec<(ItemIndex, BoxState)> {
            let before = Boxes::of(&self.guide, &self.log);
            self.n += 1;
            self.log.add(stamped(DEVICE, self.n, self.n as i64, change));
            self.log.settle_for(&self.guide);
            let changed = before.changed(&self.guide, &self.log);
            for (index, state) in &changed {
                self.guide.items[*index].checked = *state == BoxState::Ticked;
            }
            changed
        }

        fn does(&mut self, item: ItemIndex, op: Op) -> Vec<(ItemIndex, BoxState)> {
            self.record(Change { subject: Subject::of_item(&self.guide, item), op })
        }

        fn undoes(&mut self) -> Vec<(ItemIndex, BoxState)> {
            let change = self.log.undo(DEVICE).unwrap();
            self.record(change)
        }

        fn redoes(&mut self) -> Vec<(ItemIndex, BoxState)> {
            let change = self.log.redo(DEVICE).unwrap();
            self.record(change)
        }
    }

    use BoxState::{Open, Ticked};

    #[test]
    fn a_tick_is_written_and_taken_back() {
        let mut desk = Desk::of("- [ ] a\n- [ ] b\n");
        assert_eq!(desk.does(1, Op::Done), [(1, Ticked)]);
        assert_eq!(desk.does(1, Op::Todo), [(1, Open)]);
        assert_eq!(desk.undoes(), [(1, Ticked)]);
        assert_eq!(desk.undoes(), [(1, Open)], "nothing counts, and the file had no tick");
        assert_eq!(desk.redoes(), [(1, Ticked)]);
        assert_eq!(desk.does(1, Op::Note { text: CleanText::line("x") }), [], "a note is no tick");
    }

    #[test]
    fn a_tick_of_the_files_own_comes_back_when_its_unticking_is_undone() {
        let mut desk = Desk::of("- [x] a\n");
        assert_eq!(desk.does(0, Op::Todo), [(0, Open)]);
        assert_eq!(desk.does(0, Op::Done), [(0, Ticked)]);
        assert_eq!((desk.undoes(), desk.undoes()), (vec![(0, Open)], vec![(0, Ticked)]));
        assert_eq!(desk.does(0, Op::Skip { reason: CleanText::line("non") }), [(0, Open)]);
        assert_eq!(desk.undoes(), [(0, Ticked)], "also when it was skipped");
    }

    #[test]
    fn what_is_skipped_has_an_open_box_and_steps_have_none() {
        let mut desk = Desk::of("- [ ] a\n\n# T\n\n1. un\n2. deux\n");
        assert_eq!(desk.does(0, Op::Skip { reason: CleanText::line("non") }), [(0, Open)]);
        assert_eq!(desk.does(1, Op::Done), []);
        assert_eq!(desk.log.box_state(&desk.guide, 1), None);
    }

    #[test]
    fn what_nobody_recorded_anything_of_is_nobodys_to_write() {
        let desk = Desk::of("- [x] a\n- [ ] b\n");
        assert_eq!((desk.log.box_state(&desk.guide, 0), desk.log.box_state(&desk.guide, 9)), (None, None));
    }
}
