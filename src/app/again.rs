//! Opening a guide again: what is kept of a reading, and what is made of it the next time. Touches no disk; who loses
//! what is kept loses a place and a sentence, never progress.

use super::model::{Model, Notice, Place};
use super::sections::{Carry, Prints, Spot, path_among, plain_paths};
use crate::guide::{Anchor, GroupKind, Guide};
use crate::progress::Tally;
use crate::words::{News, Panel, Sections, Since, day_number};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// The most sections that are kept to tell what is new; of larger guides only the place is.
const KEPT: usize = 4096;

/// Milliseconds in a minute and an hour.
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// What is kept of a reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    /// When, in milliseconds since the epoch.
    pub at: i64,
    /// The row wanted at the top of the screen.
    pub top: Spot,
    /// Where a jump had landed.
    pub here: Option<Spot>,
    /// What was being read.
    pub read: Spot,
    /// What the guide was; none where it had too many sections.
    pub prints: Option<Prints>,
}

/// What was told when the guide was opened again.
#[derive(Clone, Debug)]
pub(super) struct Resumed {
    at: i64,
    sections: Sections,
    /// The line, to know whether it still stands.
    told: Option<Notice>,
}

impl Bookmark {
    /// Of a reading at a place of a guide.
    pub fn of(guide: &Guide, place: Place, read: Anchor, at: i64) -> Bookmark {
        let prints = (guide.headings.len() <= KEPT).then(|| Prints::of(guide));
        let plain: Vec<u64> = match prints {
            Some(_) => Vec::new(),
            None => plain_paths(guide).map(|(_, path)| path).collect(),
        };
        let spot = |anchor: Anchor| match &prints {
            Some(prints) => Spot::of(guide, prints, anchor),
            None => Spot::in_section(guide, anchor, |section| path_among(&plain, section)),
        };
        let (top, here, read) = (spot(place.top), place.here.map(spot), spot(read));
        Bookmark { at, top, here, read, prints }
    }
}

impl Bookmark {
    /// Whether one left off where the guide begins, as far as its head tells.
    pub fn is_at_top(&self, head: &Guide) -> bool {
        let top = Spot::of(head, &Prints::of(head), Anchor::default());
        let place = |spot: &Spot| (spot.section, spot.block, spot.byte, spot.nth);
        self.here.is_none() && place(&self.top) == place(&top)
    }
}

impl Model {
    /// Goes on reading where one left off, and tells how long ago that was, how far one is, and what is new since.
    pub fn resume(&mut self, bookmark: &Bookmark) {
        let guide = self.guide.clone();
        let (nothing, now) = (Prints::default(), Prints::of(&guide));
        let before = bookmark.prints.as_ref().unwrap_or(&nothing);
        let carry = Carry::new(before, &guide, &now);
        // Where the section is gone, one reads on in the one before it, also if that does not reach the top.
        let is_lost = !carry.holds(&bookmark.read) || !carry.holds(&bookmark.top);
        let here = bookmark.here.or(is_lost.then_some(bookmark.read));
        self.reader.top = carry.anchor(&bookmark.top);
        self.reader.here = here.map(|spot| carry.anchor(&spot));
        let changes = if bookmark.prints.is_some() { carry.changes() } else { Default::default() };
        self.outline.news = changes.new.union(&changes.changed).copied().collect();
        let resumed = Resumed { at: bookmark.at, sections: changes.count(), told: self.notice.clone() };
        self.tell_resumed(resumed);
        self.settle();
    }

    /// Learns the zone, in which a line that still stands may tell another day.
    pub(super) fn learn_zone(&mut self, zone: TimeZone) {
        self.zone = zone;
        if let Some(resumed) = self.resumed.take().filter(|r| r.told == self.notice) {
            self.tell_resumed(resumed);
        }
    }

    fn tell_resumed(&mut self, resumed: Resumed) {
        let since = since(resumed.at, self.now, &self.zone);
        self.inform(&News::Again(since, self.how_far().into_iter().collect(), resumed.sections));
        self.resumed = Some(Resumed { told: self.notice.clone(), ..resumed });
    }

    /// How far one is with the steps; in a guide without any, with what it has.
    fn how_far(&self) -> Option<(Panel, Tally)> {
        let steps = self.guide.groups.iter().any(|g| g.kind == GroupKind::Steps);
        let named = if steps { Panel::Steps } else { Panel::Tasks };
        let counts = [(named, self.checklist.steps), (Panel::Values, self.checklist.values)];
        counts.into_iter().find(|(_, tally)| tally.total > 0)
    }
}

/// How long ago `then` was at `now`, as people tell it in a zone.
pub fn since(then: i64, now: i64, zone: &TimeZone) -> Since {
    let passed = now.saturating_sub(then);
    match (passed, day_number(now, zone) - day_number(then, zone)) {
        // A clock that was put back makes no riddle.
        (..MINUTE, _) => Since::Moment,
        (..HOUR, _) => Since::Minutes(passed / MINUTE),
        (_, ..=0) => Since::Hours(passed / HOUR),
        (_, days) => Since::Days(days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 24 * HOUR;

    #[test]
    fn days_are_those_of_the_calendar_and_short_times_are_told_finely() {
        let west = TimeZone::fixed(jiff::tz::offset(-8));
        let nine = 1000 * DAY + 9 * HOUR;
        let told = |passed: i64| since(nine - passed, nine, &TimeZone::UTC);
        assert_eq!([told(-DAY), told(0), told(MINUTE - 1)], [Since::Moment; 3]);
        assert_eq!([told(MINUTE), told(HOUR - 1)], [Since::Minutes(1), Since::Minutes(59)]);
        assert_eq!([told(HOUR), told(9 * HOUR)], [Since::Hours(1), Since::Hours(9)]);
        assert_eq!([told(9 * HOUR + 1), told(33 * HOUR), told(33 * HOUR + 1)], [1, 1, 2].map(Since::Days));
        assert_eq!(since(nine - 2 * HOUR, nine, &west), Since::Days(1), "one in the morning, further west");
        let extremes = [i64::MIN, -1, 0, i64::MAX];
        extremes.into_iter().for_each(|then| extremes.into_iter().for_each(|now| _ = since(then, now, &west)));
    }
}
