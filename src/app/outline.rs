//! The outline: rows from the tree of headings, folds, counts rolled up, and the selection that follows the reading.

use super::model::{Mark, Model, Outline, OutlineRow, Panel, Told};
use super::msg::Effect;
use super::settle::top_showing;
use super::update::Steps;
use super::{filter, focus, reader};
use crate::guide::{Guide, HeadingIndex, fold};
use crate::progress::{Tally, section_items};
use std::collections::BTreeSet;

/// Derives the rows.
pub(super) fn make_rows(model: &mut Model) {
    let counts = Counts::of(model);
    let hidden = hidden_title(&model.guide);
    let sieve = filter::sieve(model, Panel::Outline);
    // Depth of the folded heading whose branch is being passed over.
    let mut under: Option<u32> = None;
    let mut rows = Vec::new();
    for (index, heading) in model.guide.headings.iter().enumerate() {
        let away = match &sieve {
            Some(sieve) => !sieve.fits(&heading.text),
            None => under.is_some_and(|depth| heading.depth > depth),
        };
        if Some(index) == hidden || away {
            continue;
        }
        // What is filtered is no tree: nothing in it is folded away.
        let folded = sieve.is_none() && model.outline.folded.contains(&index);
        under = folded.then_some(heading.depth);
        let tally = counts.between(section_items(&model.guide, index));
        rows.push(OutlineRow {
            heading: index,
            depth: heading.depth - u32::from(hidden.is_some() && heading.depth > 0),
            mark: mark(model, heading.block, tally),
            tally,
            branch: model.guide.headings.get(index + 1).is_some_and(|next| next.parent == Some(index)),
            folded,
            reading: false,
            changed: false,
        });
    }
    (model.outline.rows, model.outline.told) = (rows, None);
}

/// Derives which row is being read, and lets the selection follow it.
pub(super) fn settle(model: &mut Model) {
    let reading = row_of(model, model.reader.section);
    let Outline { rows, news, told, .. } = &mut model.outline;
    // Of tens of thousands of rows a key changes two.
    let before = told.as_ref().filter(|told| told.news == *news);
    match before.map(|told| told.reading) {
        Some(before) => {
            for row in [before, reading].into_iter().flatten() {
                if let Some(shown) = rows.get_mut(row) {
                    shown.reading = Some(row) == reading;
                }
            }
        }
        None => {
            for (index, row) in rows.iter_mut().enumerate() {
                row.reading = Some(index) == reading;
                row.changed = !news.is_empty() && is_news(&model.guide, news, row);
            }
        }
    }
    match told {
        Some(told) if told.news == *news => told.reading = reading,
        _ => *told = Some(Told { reading, news: news.clone() }),
    }
    let followed = model.outline.followed != model.reader.section;
    if followed && model.focus != Panel::Outline {
        // What has no row and stands under none comes before all of them.
        model.outline.selected = reading.unwrap_or(0);
        model.outline.followed = model.reader.section;
    }
    let room = usize::from(model.panes.outline_rows.height);
    let outline = &mut model.outline;
    outline.selected = outline.selected.min(outline.rows.len().saturating_sub(1));
    outline.top = top_showing(outline.top, outline.selected, outline.rows.len(), room);
}

/// How many hits of the search a row's section holds, without the sections that have rows of their own.
pub fn hits_in(model: &Model, row: &OutlineRow) -> usize {
    let start = |heading: HeadingIndex| model.guide.headings.get(heading).map(|h| h.block);
    let end = if row.folded { Some(model.guide.section_end(row.heading)) } else { start(row.heading + 1) };
    let blocks = start(row.heading).unwrap_or(0)..end.unwrap_or(model.guide.block_count());
    model.finder.hits.within(blocks).len()
}

/// What was being read when a key was pressed has been visited.
pub(super) fn visit(model: &mut Model) {
    if let Some(section) = model.reader.section {
        model.outline.news.remove(&section);
    }
}

/// Moves the selection.
pub(super) fn scroll(model: &mut Model, steps: Steps) {
    let page = usize::from(model.panes.outline_rows.height);
    model.outline.selected = steps.from(model.outline.selected, model.outline.rows.len(), page);
}

/// Selects a heading's row, or the nearest one above it that is shown.
pub(super) fn select(model: &mut Model, heading: Option<HeadingIndex>) {
    if let Some(row) = row_of(model, heading) {
        model.outline.selected = row;
    }
}

/// Goes to the selected heading in the text.
pub(super) fn go_to(model: &mut Model) -> Vec<Effect> {
    let Some(block) = selected(model).and_then(|h| model.guide.headings.get(h)).map(|h| h.block) else {
        return Vec::new();
    };
    reader::jump(model, block);
    focus(model, Panel::Text)
}

/// Folds the selected branch; what is no open branch goes to the heading above it.
pub(super) fn fold_branch(model: &mut Model) {
    let Some(row) = model.outline.rows.get(model.outline.selected) else { return };
    if row.branch && !row.folded {
        model.outline.folded.insert(row.heading);
        return;
    }
    let parent = model.guide.headings.get(row.heading).and_then(|h| h.parent);
    if let Some(index) = model.outline.rows.iter().position(|r| Some(r.heading) == parent) {
        model.outline.selected = index;
    }
}

/// Unfolds the selected branch; an open one is entered.
pub(super) fn unfold_branch(model: &mut Model) {
    let Some(row) = model.outline.rows.get(model.outline.selected) else { return };
    let (heading, inside) = (row.heading, row.branch && !row.folded);
    model.outline.folded.remove(&heading);
    model.outline.selected += usize::from(inside);
}

/// A click on a row: goes there.
pub(super) fn click(model: &mut Model, row: usize) -> Vec<Effect> {
    let index = model.outline.top + row;
    if index >= model.outline.rows.len() {
        return focus(model, Panel::Outline);
    }
    model.outline.selected = index;
    go_to(model)
}

/// Whether a row's section is news; a folded one speaks for those in it.
fn is_news(guide: &Guide, news: &BTreeSet<HeadingIndex>, row: &OutlineRow) -> bool {
    let depth = |heading: HeadingIndex| guide.headings.get(heading).map_or(0, |h| h.depth);
    if !row.folded {
        return news.contains(&row.heading);
    }
    // The sections in it follow it, each of them deeper; the first news behind it are in it, or none is.
    let next = news.range(row.heading..).next();
    next.is_some_and(|&found| (row.heading + 1..=found).all(|inner| depth(inner) > depth(row.heading)))
}

/// The selected heading.
pub(super) fn selected(model: &Model) -> Option<HeadingIndex> {
    model.outline.rows.get(model.outline.selected).map(|r| r.heading)
}

/// The row of a heading, or of the nearest one above it that is shown.
fn row_of(model: &Model, heading: Option<HeadingIndex>) -> Option<usize> {
    let mut next = heading;
    while let Some(index) = next {
        if let Ok(row) = model.outline.rows.binary_search_by_key(&index, |r| r.heading) {
            return Some(row);
        }
        next = model.guide.headings.get(index)?.parent;
    }
    None
}

/// The one heading of level 1 that only repeats the guide's title, if all others stand under it: as a row it would
/// say nothing and push everything else to the right.
pub(super) fn hidden_title(guide: &Guide) -> Option<HeadingIndex> {
    let first = guide.headings.first()?;
    let alone = guide.headings.iter().skip(1).all(|h| h.level > 1) && guide.headings.len() > 1;
    let says_nothing = first.level == 1 && fold(&first.text).text == fold(&guide.title).text;
    (alone && says_nothing).then_some(0)
}

fn mark(model: &Model, block: u32, tally: Tally) -> Mark {
    let item = reader::item_of_block(&model.guide, block);
    match item.and_then(|item| Some((item, model.standing(item)?))) {
        Some((item, (standing, save))) => Mark::Item(item, standing.clone(), *save),
        None if tally.total > 0 => Mark::Counts(tally),
        None => Mark::None,
    }
}

/// How many items are settled up to each one, so that a section costs two look-ups.
struct Counts(Vec<Tally>);

impl Counts {
    fn of(model: &Model) -> Counts {
        let mut sum = Tally::default();
        let mut sums = vec![sum];
        for item in 0..model.guide.items.len() {
            if let Some((standing, _)) = model.standing(item) {
                sum.count(standing);
            }
            sums.push(sum);
        }
        Counts(sums)
    }

    fn between(&self, items: std::ops::Range<usize>) -> Tally {
        let at = |index: usize| self.0.get(index).copied().unwrap_or_default();
        let (from, to) = (at(items.start), at(items.end));
        Tally { done: to.done.saturating_sub(from.done), total: to.total.saturating_sub(from.total) }
    }
}
