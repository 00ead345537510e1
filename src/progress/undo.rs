//! What one writer can undo and redo, from its own records in their order. Knows nothing of items, and not which
//! records count: whoever asks passes over those that do not fit any more.

use super::log::Key;
use super::{Dot, Op};

/// The records of one writer in the order in which undo and redo try them, the first one last.
///
/// Nothing is ever taken out of the middle. Two processes may write for one device without seeing each other, so an
/// undo may be about a record that is not the last: the state says that it does not count, and that is enough.
#[derive(Clone, Debug, Default)]
pub(super) struct Undos {
    newest: Option<Key>,
    made: Vec<Dot>,
    undone: Vec<Dot>,
}

impl Undos {
    /// Takes the writer's next record into account. False, and nothing done, if it is not the newest: then all of
    /// them must be taken again in order.
    pub(super) fn step(&mut self, op: &Op, key: &Key) -> bool {
        if self.newest.as_ref().is_some_and(|newest| newest > key) {
            return false;
        }
        self.newest = Some(key.clone());
        match op {
            Op::Undo { of } => self.undone.push(of.clone()),
            Op::Redo { of } => self.made.push(of.clone()),
            _ => {
                self.made.push(Dot { device: key.device.to_string(), n: key.n });
                self.undone.clear();
            }
        }
        true
    }

    /// What `undo` tries, in order: the first that counts.
    pub(super) fn made(&self) -> impl Iterator<Item = &Dot> {
        self.made.iter().rev()
    }

    /// What `redo` tries, in order: the first that does not count.
    pub(super) fn undone(&self) -> impl Iterator<Item = &Dot> {
        self.undone.iter().rev()
    }
}
