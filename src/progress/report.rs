//! The status of a guide as data: what `status --json` prints, and what the text forms are made from.

use super::Log;
use crate::guide::{CleanText, Guide};

/// `status --json`.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Report {
    /// Groups in order, those left out by the reader excepted.
    pub groups: Vec<GroupReport>,
    /// Settled, all groups together.
    pub done: usize,
    /// All items.
    pub total: usize,
}

/// One group of the status.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct GroupReport {
    /// Its heading.
    pub title: CleanText,
    /// Its items.
    pub items: Vec<ItemReport>,
}

/// One item of the status.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ItemReport {
    /// Its number in the status, from 1.
    pub n: usize,
}

/// The status at `now` (milliseconds since the epoch).
pub fn report(guide: &Guide, log: &Log, now: i64, review_days: u32) -> Report {
    let _ = (guide, log, now, review_days);
    todo!()
}
