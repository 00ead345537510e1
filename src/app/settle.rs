//! Derived state: the only writer of whatever in the model follows from the rest of it, run at the end of each
//! `update`. Decides nothing that a key asked for.

use super::filter::{self, Sieve};
use super::model::{Model, Panel, Save};
use super::msg::Ticket;
use super::panes::{MIDDLE, Shown, WIDE, arrange};
use super::{checklist, library, outline, reader};
use crate::guide::{GroupId, HeadingIndex, Item, ItemId, ItemIndex};
use crate::progress::{Change, Standing, plain_id};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Milliseconds in a minute: how finely a value is told to be due.
const MINUTE: i64 = 60_000;

/// What standings and rows depend on.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Inputs {
    /// Where the guide stands in memory: the one read again stands elsewhere, for both are there when it comes.
    guide: usize,
    /// Records only ever come in.
    records: usize,
    pending: Vec<(Ticket, bool)>,
    minute: i64,
    sections: BTreeSet<HeadingIndex>,
    groups: BTreeSet<GroupId>,
    sieves: [Option<Sieve>; 2],
    gone_shown: bool,
}

impl Model {
    /// Makes everything derived fit everything else.
    pub(super) fn settle(&mut self) {
        self.themed = self.settings.theme.themed(self.background);
        // Whether there is a checklist at all depends on its rows, and so does where panels stand.
        let inputs = self.inputs_of_today();
        if inputs != self.inputs {
            let is_later = Inputs { minute: self.inputs.minute, ..inputs.clone() } == self.inputs;
            let before = is_later.then(|| (std::mem::take(&mut self.standings), std::mem::take(&mut self.left_out)));
            self.settle_standings();
            // A minute later things seldom stand otherwise, and the rows of a large guide are many.
            if before.is_none_or(|(standings, left_out)| standings != self.standings || left_out != self.left_out) {
                outline::make_rows(self);
                checklist::make_rows(self);
            }
            self.inputs = inputs;
        }
        self.settle_focus();
        self.settle_panes();
        reader::settle(self);
        // What is being read may be an item of a group left out, so it is settled after the standings.
        reader::settle_item(self);
        outline::settle(self);
        checklist::settle(self);
        library::settle(self);
        let rows = usize::from(self.panes.contacts_rows.height);
        let (selected, count) = (&mut self.contacts.selected, self.guide.contacts.len());
        *selected = (*selected).min(count.saturating_sub(1));
        self.contacts.top = top_showing(self.contacts.top, self.contacts.selected, count, rows);
        self.settle_dialog();
    }

    /// Whether a panel has anything to show.
    pub(super) fn has(&self, panel: Panel) -> bool {
        match panel {
            // A list that is being filtered stands, whatever it holds by now: somebody types into it.
            Panel::Outline | Panel::Checklist if filter::is_of(self, panel) => true,
            Panel::Outline => !self.guide.headings.is_empty(),
            Panel::Text => self.library.is_none(),
            Panel::Checklist => self.checklist_room() > 0,
            Panel::Contacts => !self.guide.contacts.is_empty(),
            Panel::Library => self.library.is_some(),
        }
    }

    /// The rows that the checklist has, or, where they are not known yet, one that says so: it keeps the panel's place.
    fn checklist_room(&self) -> usize {
        let unknown = self.is_head() && !self.guide.items.is_empty();
        self.checklist.rows.len().max(usize::from(unknown))
    }

    /// Whether the outline is folded away; only where it would else stand there all the time.
    pub(super) fn outline_is_away(&self) -> bool {
        self.outline_hidden && self.size.0 >= WIDE
    }

    /// Whether one panel is shown at a time.
    pub(super) fn is_narrow(&self) -> bool {
        self.size.0 < MIDDLE
    }

    fn settle_focus(&mut self) {
        let away = self.focus == Panel::Outline && self.outline_is_away();
        if away || !self.has(self.focus) {
            self.focus = if self.has(Panel::Library) { Panel::Library } else { Panel::Text };
        }
        if !self.has(self.side) || self.side == Panel::Text {
            let sides = [Panel::Checklist, Panel::Contacts, Panel::Outline];
            self.side = sides.into_iter().find(|p| self.has(*p)).unwrap_or(Panel::Checklist);
        }
    }

    fn settle_panes(&mut self) {
        let shown = Shown {
            focus: self.focus,
            side: self.side,
            outline_hidden: self.outline_hidden,
            headings: self.guide.headings.len().max(usize::from(self.has(Panel::Outline))),
            items: self.checklist_room().max(usize::from(self.has(Panel::Checklist))),
            contacts: self.guide.contacts.len(),
            notice: self.said().is_some(),
            max_width: self.settings.max_width,
        };
        self.panes = arrange(self.size.0, self.size.1, shown);
    }

    fn inputs_of_today(&self) -> Inputs {
        Inputs {
            guide: Arc::as_ptr(&self.guide) as usize,
            records: self.log.records().len(),
            pending: self.pending.iter().map(|p| (p.ticket, p.refused.is_some())).collect(),
            // Time alone changes what somebody settled: without a record nothing is to be told anew each minute.
            minute: if self.log.records().is_empty() { 0 } else { self.this_minute() },
            sections: self.outline.folded.clone(),
            groups: self.checklist.folded.clone(),
            sieves: [Panel::Outline, Panel::Checklist].map(|panel| filter::sieve(self, panel)),
            gone_shown: self.checklist.gone_shown,
        }
    }

    /// When this minute began: what is derived depends on no finer time.
    pub(super) fn this_minute(&self) -> i64 {
        self.now - self.now.rem_euclid(MINUTE)
    }

    /// The changes that are on their way to the disk, in their order.
    pub(super) fn pending_changes(&self) -> Vec<&Change> {
        self.pending.iter().map(|p| &p.change).collect()
    }

    fn settle_standings(&mut self) {
        if self.is_head() {
            return;
        }
        let now = self.this_minute();
        let (guide, log, days) = (&self.guide, &self.log, self.settings.review_after_days);
        let changes = self.pending_changes();
        let groups = 0..guide.groups.len();
        let told = |stands: &dyn Fn(ItemIndex, &Item) -> (Standing, Save)| {
            let all = guide.items.iter().enumerate().map(|(index, item)| (index, stands(index, item)));
            // Of a large guide most stand as an item does of which nothing is known.
            all.filter(|(_, stands)| *stands != (Standing::Todo, Save::Saved)).collect()
        };
        let saved = |index: ItemIndex| (log.standing(guide, index, now, days), Save::Saved);
        if changes.is_empty() {
            self.standings = told(&|index, _| saved(index));
            self.left_out = groups.filter(|g| log.left_out(&guide.groups[*g].id)).collect();
            return;
        }
        // What is on its way says something of few items: the others stand as the log has them.
        let saves = self.saves();
        let standings = told(&|index, item| match saves.get(&plain_id(&item.id)) {
            Some(save) => (Standing::of(Some(&log.entry_with(&item.id, &changes, now)), item, now, days), *save),
            None => saved(index),
        });
        let left_out = groups.filter(|g| log.left_out_with(&guide.groups[*g].id, &changes)).collect();
        (self.standings, self.left_out) = (standings, left_out);
    }

    /// The items that something on its way is about, by name; one that was refused shows until it is mended.
    fn saves(&self) -> HashMap<ItemId, Save> {
        let mut saves = HashMap::new();
        for pending in self.pending.iter().filter(|p| p.change.subject.kind.is_some()) {
            let save = if pending.refused.is_some() { Save::Failed } else { Save::Pending };
            let known = saves.entry(pending.change.subject.id.clone()).or_insert(save);
            if save == Save::Failed {
                *known = save;
            }
        }
        saves
    }
}

/// The first row to show of a list of `count` rows in a window of `room`, so that the selected one is in sight and no
/// row is left blank that could show something.
pub(super) fn top_showing(top: usize, selected: usize, count: usize, room: usize) -> usize {
    if room == 0 {
        return 0;
    }
    // One row of context above and below, so that one sees where one is going.
    let context = usize::from(room >= 5);
    let lowest = selected.saturating_sub(context);
    let highest = (selected + context + 1).saturating_sub(room);
    top.min(lowest).max(highest).min(count.saturating_sub(room))
}

#[cfg(test)]
mod tests {
    use super::top_showing;

    #[test]
    fn a_list_shows_its_selected_row_and_a_neighbour() {
        assert_eq!(top_showing(0, 0, 30, 10), 0);
        assert_eq!(top_showing(0, 8, 30, 10), 0);
        assert_eq!(top_showing(0, 9, 30, 10), 1);
        assert_eq!(top_showing(20, 5, 30, 10), 4);
        assert_eq!(top_showing(0, 29, 30, 10), 20);
        assert_eq!(top_showing(25, 29, 30, 10), 20, "no row stays blank");
        assert_eq!(top_showing(9, 2, 3, 10), 0);
        assert_eq!((top_showing(3, 3, 9, 1), top_showing(3, 8, 9, 0)), (3, 0));
    }
}
