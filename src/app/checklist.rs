//! The checklist: groups with their items, folds, groups left out, the selection, and the counts of the header.

use super::model::{CheckRow, Known, Model, Panel, Prompt, PromptKind, Save};
use super::msg::Effect;
use super::settle::top_showing;
use super::update::Steps;
use super::{filter, focus, gone, reader, ticking};
use crate::guide::{GroupId, GroupKind, Item, ItemIndex};
use crate::progress::{Entry, Standing, Tally, next_open};
use std::num::NonZeroU32;

/// Where an item's mark stands in a row `width` columns wide; deep items stop moving to the right.
pub fn mark_column(depth: u32, width: u16) -> u16 {
    1 + 2 * (depth.min(u32::from(width / 8)) as u16)
}

/// Derives the rows and the counts.
pub(super) fn make_rows(model: &mut Model) {
    if model.is_head() {
        return;
    }
    let most = model.guide.items.len() + 2 * model.guide.groups.len();
    // Of a large guide the rows are many megabytes: they are not held twice.
    let mut rows = std::mem::take(&mut model.checklist.rows);
    rows.clear();
    rows.reserve_exact(most);
    let (mut steps, mut values) = (Tally::default(), Tally::default());
    let sieve = filter::sieve(model, Panel::Checklist);
    let label = |i: &ItemIndex| model.guide.items.get(*i).map_or("", |item| &*item.label);
    let fits = |i: &ItemIndex| sieve.as_ref().is_none_or(|sieve| sieve.fits(label(i)));
    for (index, group) in model.guide.groups.iter().enumerate() {
        let left_out = model.left_out.contains(&index);
        let folded = sieve.is_none() && model.checklist.folded.contains(&index);
        let mut tally = Tally::default();
        for (standing, _) in group.items.iter().filter_map(|i| model.stands(*i)) {
            tally.count(standing);
        }
        if !left_out {
            let sum = if group.kind == GroupKind::Values { &mut values } else { &mut steps };
            (sum.done, sum.total) = (sum.done + tally.done, sum.total + tally.total);
        }
        if sieve.is_some() && (left_out || !group.items.iter().any(fits)) {
            continue;
        }
        if !rows.is_empty() {
            rows.push(CheckRow::Gap);
        }
        let (done, total) = (tally.done as u32, tally.total as u32);
        rows.push(CheckRow::Group { group: index as u32, done, total, left_out, folded });
        if !left_out && !folded {
            rows.extend(group.items.iter().filter(|i| fits(i)).filter_map(|i| row(model, *i)));
        }
    }
    if sieve.is_none() {
        rows.extend(gone::rows(model, rows.is_empty()));
    }
    let mut places = std::mem::take(&mut model.checklist.places);
    places.clear();
    places.resize(model.guide.items.len(), None);
    for (at, row) in rows.iter().enumerate() {
        if let CheckRow::Item { item, .. } = row
            && let Some(place) = places.get_mut(*item as usize)
        {
            *place = NonZeroU32::new(at as u32 + 1);
        }
    }
    let checklist = &mut model.checklist;
    (checklist.rows, checklist.places) = (rows, places);
    (checklist.steps, checklist.values) = (steps, values);
}

/// Lets the selection follow the item being read, and keeps it on a row that can be selected.
pub(super) fn settle(model: &mut Model) {
    let reading = model.reader.item;
    if reading != model.checklist.followed && model.focus != Panel::Checklist {
        model.checklist.followed = reading;
        select(model, reading);
    }
    let checklist = &mut model.checklist;
    checklist.selected = checklist.selected.min(checklist.rows.len().saturating_sub(1));
    if matches!(checklist.rows.get(checklist.selected), Some(CheckRow::Gap)) {
        // A gap has a group after it.
        checklist.selected += 1;
    }
    let room = usize::from(model.panes.checklist_rows.height);
    checklist.top = top_showing(checklist.top, checklist.selected, checklist.rows.len(), room);
}

/// Selects the next open item, else the first one: what one came for is under the hand at once.
pub(super) fn begin(model: &mut Model) {
    let open = |i: ItemIndex| model.standing(i).is_some_and(|(standing, _)| !standing.settled());
    let next = next_open(&model.guide, open).or((!model.guide.items.is_empty()).then_some(0));
    select(model, next);
}

/// Moves the selection; a gap is passed over in the direction of the move.
pub(super) fn scroll(model: &mut Model, steps: Steps) {
    let page = usize::from(model.panes.checklist_rows.height);
    let checklist = &mut model.checklist;
    let from = checklist.selected;
    checklist.selected = steps.from(from, checklist.rows.len(), page);
    if checklist.selected < from && matches!(checklist.rows.get(checklist.selected), Some(CheckRow::Gap)) {
        checklist.selected -= 1;
    }
}

/// Selects an item's row, or its group's where it is folded away.
pub(super) fn select(model: &mut Model, item: Option<ItemIndex>) {
    let Some((item, group)) = item.and_then(|i| Some((i, model.guide.items.get(i)?.group()))) else { return };
    let own = model.checklist.places.get(item).copied().flatten().map(|row| row.get() as usize - 1);
    if let Some(row) = own.or_else(|| row_of_group(model, group)) {
        model.checklist.selected = row;
    }
}

/// Selects a group's row.
pub(super) fn select_group(model: &mut Model, group: GroupId) {
    if let Some(row) = row_of_group(model, group) {
        model.checklist.selected = row;
    }
}

/// The selected item.
pub(super) fn selected_item(model: &Model) -> Option<ItemIndex> {
    match model.checklist.rows.get(model.checklist.selected)? {
        CheckRow::Item { item, .. } => Some(*item as usize),
        _ => None,
    }
}

/// The selected group, or that of the selected item.
pub(super) fn selected_group(model: &Model) -> Option<GroupId> {
    match model.checklist.rows.get(model.checklist.selected)? {
        CheckRow::Item { item, .. } => Some(model.guide.items.get(*item as usize)?.group()),
        CheckRow::Group { group, .. } => Some(*group as usize),
        CheckRow::Gap | CheckRow::GoneHead { .. } | CheckRow::Gone(_) => None,
    }
}

/// Goes to the selected item or group in the text.
pub(super) fn go_to(model: &mut Model) -> Vec<Effect> {
    if let Some(effects) = gone::enter(model) {
        return effects;
    }
    if let Some(block) = selected_block(model) {
        reader::jump(model, block);
    }
    focus(model, Panel::Text)
}

/// Folds the group; on a folded one there is nothing above to go to.
pub(super) fn fold_group(model: &mut Model) {
    if gone::is_selected(model) {
        return gone::fold(model);
    }
    let Some(group) = selected_group(model) else { return };
    model.checklist.folded.insert(group);
    select_group(model, group);
}

/// Unfolds the group; an open one is entered.
pub(super) fn unfold_group(model: &mut Model) {
    if gone::is_selected(model) {
        return gone::unfold(model);
    }
    let Some(CheckRow::Group { group, folded, left_out, .. }) = model.checklist.rows.get(model.checklist.selected)
    else {
        return;
    };
    let (group, inside) = (*group as usize, !folded && !left_out);
    model.checklist.folded.remove(&group);
    model.checklist.selected += usize::from(inside);
}

/// Opens the line for a reason or a note, with what was written before.
pub(super) fn prompt(model: &mut Model, kind: PromptKind) -> Vec<Effect> {
    let (PromptKind::Skip(item) | PromptKind::Note(item)) = kind;
    let written = match (kind, model.standing(item)) {
        (PromptKind::Skip(_), Some((Standing::Skipped(reason), _))) => reason.to_string(),
        (PromptKind::Skip(_), _) => String::new(),
        (PromptKind::Note(_), _) => entry(model, item).note.unwrap_or_default().to_string(),
    };
    model.overlay = Some(super::Overlay::Prompt(Prompt { kind, input: written.into() }));
    Vec::new()
}

/// A click on a row, at a column of it: a mark ticks, a label is gone to, a group folds.
pub(super) fn click(model: &mut Model, row: usize, column: u16) -> Vec<Effect> {
    let index = model.checklist.top + row;
    let again = model.checklist.selected == index && model.focus == Panel::Checklist;
    let hit = model.checklist.rows.get(index).cloned();
    focus(model, Panel::Checklist);
    match hit {
        None | Some(CheckRow::Gap) => Vec::new(),
        Some(CheckRow::Group { group, .. }) => {
            model.checklist.selected = index;
            let group = group as usize;
            if !model.checklist.folded.remove(&group) {
                model.checklist.folded.insert(group);
            }
            Vec::new()
        }
        Some(CheckRow::GoneHead { .. } | CheckRow::Gone(_)) => {
            model.checklist.selected = index;
            gone::click(model, again)
        }
        Some(CheckRow::Item { item, depth }) => {
            model.checklist.selected = index;
            let mark = mark_column(depth, model.panes.checklist_rows.width);
            if mark.abs_diff(column) <= 1 {
                return ticking::toggle(model, item as usize);
            }
            // Alone on the screen, the panel would vanish at the first click: there the second one goes.
            match selected_block(model) {
                Some(block) if !model.is_narrow() => reader::jump(model, block),
                Some(_) if again => return go_to(model),
                _ => {}
            }
            Vec::new()
        }
    }
}

/// What is known of an item, pending changes included.
fn entry(model: &Model, item: ItemIndex) -> Entry {
    let changes = model.pending_changes();
    model.guide.items.get(item).map(|i| model.log.entry_with(&i.id, &changes, model.this_minute())).unwrap_or_default()
}

impl Model {
    /// Where an item stands; not known with a head.
    pub fn stands(&self, item: ItemIndex) -> Option<&(Standing, Save)> {
        let known = item < self.guide.items.len() && !self.is_head();
        known.then(|| self.standings.get(&item).unwrap_or(&(Standing::Todo, Save::Saved)))
    }

    /// The same for its mark; none where its group is left out of the count.
    pub fn standing(&self, item: ItemIndex) -> Option<&(Standing, Save)> {
        let group = self.guide.items.get(item)?.group();
        if self.left_out.contains(&group) { None } else { self.stands(item) }
    }

    /// What is known of an item.
    pub fn known(&self, index: ItemIndex) -> Option<Known> {
        let item = self.guide.items.get(index)?;
        let (standing, save) = self.stands(index)?.clone();
        let known = match save {
            Save::Saved => self.log.entry(&item.id).cloned().unwrap_or_default(),
            Save::Pending | Save::Failed => entry(self, index),
        };
        let settled = known.settled().filter(|_| standing != Standing::Todo);
        let pending = self.pending_changes();
        Some(Known {
            standing,
            since: settled.map(|r| r.at.millis),
            // Of one's own change that is not on disk yet, nobody is named.
            by: settled.map(|r| r.by.clone()).filter(|_| save == Save::Saved),
            save,
            carried: self.log.carried_with(&item.id, &pending).map(|carry| carry.label.clone()),
            changed: known.is_changed(item.body),
            note: known.note,
        })
    }
}

/// An item's row.
fn row(model: &Model, index: ItemIndex) -> Option<CheckRow> {
    let item = model.guide.items.get(index)?;
    Some(CheckRow::Item { item: index as u32, depth: depth(model, item) })
}

/// How many items of the same group an item is a part of.
fn depth(model: &Model, item: &Item) -> u32 {
    let mut depth = 0;
    let mut next = item.parent().and_then(|p| model.guide.items.get(p));
    while let Some(around) = next {
        depth += u32::from(around.group() == item.group());
        next = around.parent().and_then(|p| model.guide.items.get(p)).filter(|p| p.block() < around.block());
    }
    depth
}

fn row_of_group(model: &Model, group: GroupId) -> Option<usize> {
    model.checklist.rows.iter().position(|r| matches!(r, CheckRow::Group { group: g, .. } if *g as usize == group))
}

/// The block to go to for the selected row.
fn selected_block(model: &Model) -> Option<u32> {
    match model.checklist.rows.get(model.checklist.selected)? {
        CheckRow::Item { item, .. } => Some(model.guide.items.get(*item as usize)?.block()),
        CheckRow::Group { group, .. } => {
            let heading = model.guide.groups.get(*group as usize)?.heading;
            Some(heading.and_then(|h| model.guide.headings.get(h)).map_or(0, |h| h.block))
        }
        CheckRow::Gap | CheckRow::GoneHead { .. } | CheckRow::Gone(_) => None,
    }
}
