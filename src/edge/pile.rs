//! The guides that are open, by number. All of them live on, what is ticked in one is saved and told though another is
//! on the screen; but of many that were visited, the one that was seen longest ago is closed again, unless something of
//! it is not on disk yet. A number is never given twice, so that what comes late for a closed guide finds nobody.

use super::volume::Volume;
use crate::app::{GuideNumber, Model};
use std::path::PathBuf;

/// So many guides stay open.
const MOST: usize = 16;

/// The guides that are open. There is always one on the screen.
pub(super) struct Pile {
    volumes: Vec<Option<Volume>>,
    shown: usize,
}

impl Pile {
    /// With nothing on it; the first guide that is put there is the one on the screen.
    pub(super) fn new() -> Pile {
        Pile { volumes: Vec::new(), shown: 0 }
    }

    /// The number of the next guide.
    pub(super) fn next(&self) -> GuideNumber {
        self.volumes.len() as GuideNumber
    }

    /// Puts a guide with the others.
    pub(super) fn put(&mut self, volume: Volume) {
        self.volumes.push(Some(volume));
    }

    /// Which one is on the screen.
    pub(super) fn shown(&self) -> usize {
        self.shown
    }

    /// The one on the screen.
    pub(super) fn on_screen(&self) -> &Volume {
        self.get(self.shown).expect("a guide that is shown is open")
    }

    /// The same, to be changed.
    pub(super) fn on_screen_mut(&mut self) -> &mut Volume {
        self.get_mut(self.shown).expect("a guide that is shown is open")
    }

    /// One of them; none where it was closed.
    pub(super) fn get(&self, number: usize) -> Option<&Volume> {
        self.volumes.get(number)?.as_ref()
    }

    /// The same, to be changed.
    pub(super) fn get_mut(&mut self, number: usize) -> Option<&mut Volume> {
        self.volumes.get_mut(number)?.as_mut()
    }

    /// All that are open.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Volume> {
        self.volumes.iter().flatten()
    }

    /// All but the one on the screen.
    pub(super) fn others(&self) -> impl Iterator<Item = &Volume> {
        let others = self.volumes.iter().enumerate().filter(|(n, _)| *n != self.shown);
        others.filter_map(|(_, volume)| volume.as_ref())
    }

    /// The files of the guides that are open, by number.
    pub(super) fn files(&self) -> Vec<Option<PathBuf>> {
        self.volumes.iter().map(|volume| volume.as_ref()?.file.clone()).collect()
    }

    /// Puts another one on the screen; `hand_over` takes it from the one that was there. False where it is closed.
    pub(super) fn turn_to(&mut self, to: usize, hand_over: impl FnOnce(&mut Volume, &mut Volume)) -> bool {
        if let Ok([Some(here), Some(there)]) = self.volumes.get_disjoint_mut([self.shown, to]) {
            hand_over(here, there);
            self.shown = to;
        }
        self.shown == to
    }

    /// Takes out the guide that was seen longest ago, where more are open than stay so. The first one is where one came
    /// from, the one on the screen is being read, and what is not on disk is not forgotten. The way back leads to the
    /// others only.
    pub(super) fn close_one(&mut self) -> Option<Volume> {
        if self.iter().count() <= MOST {
            return None;
        }
        let may_go = |n: &usize, volume: &Volume| *n > 0 && *n != self.shown && volume.is_saved();
        let all = self.volumes.iter().enumerate().filter_map(|(n, volume)| Some((n, volume.as_ref()?)));
        let (number, _) = all.filter(|(n, volume)| may_go(n, volume)).min_by_key(|(_, volume)| volume.seen)?;
        let closed = self.volumes.get_mut(number)?.take();
        let model: &mut Model = &mut self.on_screen_mut().model;
        model.forget_stops(number as GuideNumber);
        closed
    }
}
