//! Brings the journals of one folder into another: what was private is shared. Takes nothing away where it comes from,
//! and decides nothing about which records fit; that is [`crate::progress::adopt`]'s matter.

use super::{Journal, SaveError};
use crate::edge::places::Place;
use crate::progress::{Log, Record, adopt, writer_of};

/// Brings what everybody recorded in the private journals of a walk into its shared ones, each writer under the name
/// that is theirs there. Gives how many records are there now that were not. Broken off at any moment, it is finished
/// by another call: all that a writer has goes to the disk at once, and what is there is not written again.
pub fn bring(private: &Log, place: &Place) -> Result<usize, SaveError> {
    let mut brought = 0;
    for writer in private.writers() {
        let (mut journal, mut known, _) = Journal::open(place.of_writer(writer));
        if adopt(private, &known, writer, &journal.place.device).is_empty() {
            continue;
        }
        let records = journal.save(&mut |journal, device| {
            known.append(&mut journal.arrived);
            adopt(private, &known, writer, device)
        })?;
        brought += records.len();
    }
    Ok(brought)
}

/// How many records of the private journals the shared ones do not have.
pub fn missing(private: &Log, place: &Place, shared: &[Record]) -> usize {
    let of = |writer: &str| {
        let device = place.of_writer(writer).device;
        let known: Vec<Record> =
            shared.iter().filter(|record| writer_of(&record.dot.device) == device).cloned().collect();
        adopt(private, &known, writer, &device).len()
    };
    private.writers().into_iter().map(of).sum()
}
