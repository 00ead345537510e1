//! What became of the journals behind one's back: a folder that was removed, a file that was put back to an earlier
//! state. Writes again what this writer recorded, where the journal lives in the state folder; what is on disk then is
//! all that counts. In a folder that is shared, or that somebody chose, it writes nothing: there git may have taken the
//! file away, and would stumble over another one in its place.

use super::shelf::Shelf;
use super::{ATTEMPTS, Cause, Journal, SaveError};
use crate::progress::{Dot, Record, writer_of};
use std::collections::BTreeSet;

/// What is on disk, where something that was told to be may not be.
#[derive(Debug)]
pub struct Amended {
    /// How many records were written again, or why they could not be.
    pub again: Result<usize, SaveError>,
    /// All that is on disk now.
    pub records: Vec<Record>,
}

impl Journal {
    /// Looks whether what was read so far is still there; nothing where it is.
    pub fn amend(&mut self) -> Option<Amended> {
        if !self.shelf.broke() {
            return None;
        }
        self.read_anew();
        let again = self.write_again();
        let mut records = self.read_anew();
        records.retain(|r| !self.again.contains_key(&r.dot) && !self.unsure.iter().any(|u| u.record.dot == r.dot));
        Some(Amended { again, records })
    }

    /// Reads all that there is, and finds what is missing.
    fn read_anew(&mut self) -> Vec<Record> {
        let Some(folder) = self.place.folder.clone() else { return Vec::new() };
        self.shelf = Shelf::default();
        let records = self.shelf.read_new(&folder, &self.place.device);
        let there: BTreeSet<&Dot> = records.iter().map(|r| &r.dot).collect();
        let missing = self.own.iter().filter(|(dot, _)| !there.contains(dot));
        self.again.extend(missing.map(|(dot, record)| (dot.clone(), record.clone())));
        records
    }

    fn write_again(&mut self) -> Result<usize, SaveError> {
        let (count, devices) = (self.again.len(), self.again.keys().map(|dot| dot.device.clone()));
        let devices: BTreeSet<String> = devices.collect();
        let Some(folder) = self.place.folder.clone().filter(|_| count > 0) else { return Ok(0) };
        let lock = self.lock();
        for device in devices {
            let path = folder.join(format!("{device}.jsonl"));
            for attempt in 1..=ATTEMPTS {
                self.make_folder(&folder)?;
                match self.write(&path, &device, &mut |_, _| Vec::new()) {
                    Err(error) if error.cause == Cause::Gone && attempt < ATTEMPTS => {}
                    outcome => {
                        outcome?;
                        break;
                    }
                }
            }
        }
        drop(lock);
        Ok(count)
    }

    /// What is to be written again into a journal of which `since` was read now.
    pub(super) fn owed(&mut self, device: &str, since: &[Record]) -> Vec<Record> {
        if self.shelf.read_anew(device) {
            let there: BTreeSet<&Dot> = since.iter().map(|r| &r.dot).collect();
            let of_device = self.own.iter().filter(|(dot, _)| dot.device == device);
            let missing = of_device.filter(|(dot, _)| !there.contains(dot));
            self.again.extend(missing.map(|(dot, record)| (dot.clone(), record.clone())));
        }
        self.again.values().filter(|record| record.dot.device == device).cloned().collect()
    }

    /// Keeps what is on disk and this writer's own, to be written again should it vanish.
    pub(super) fn keep(&mut self, records: &[Record]) {
        if self.place.in_state() {
            let own = records.iter().filter(|r| writer_of(&r.dot.device) == writer_of(&self.place.device));
            self.own.extend(own.map(|r| (r.dot.clone(), r.clone())));
        }
    }
}
