//! The text: scrolling, jumping, the place being read, links, folds, the section to copy. Lays nothing out itself, and
//! never counts rows of the document.

use super::model::{Model, Panel, Place};
use super::msg::Effect;
use super::visit::Stop;
use super::{links, note, table, update::Steps};
use crate::guide::{Anchor, Block, BlockKind, CleanText, ContainerId, ContainerKind, Guide, ItemIndex};
use crate::layout::{Line, Run};
use crate::words::Ui;
use std::collections::BTreeSet;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many places to come back to are kept.
const PLACES: usize = 100;
/// Rows that stay in sight when a page is turned.
const OVERLAP: isize = 2;

/// What the rows on the screen depend on: while none of it changes, nothing is laid out again.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sight {
    /// Where the guide stands in memory.
    guide: usize,
    top: Anchor,
    width: u16,
    height: u16,
    /// Blocks of code that have their colours; they only ever come in.
    colours: usize,
    toggled: BTreeSet<ContainerId>,
}

/// Derives the rows on the screen, the place and the section being read.
pub(super) fn settle(model: &mut Model) {
    let sight = Sight {
        guide: Arc::as_ptr(&model.guide) as usize,
        top: model.reader.top,
        width: model.panes.column.width,
        height: model.panes.column.height,
        colours: model.colours.len(),
        toggled: model.reader.toggled.clone(),
    };
    if sight != model.reader.sight {
        lay_out(model);
        model.reader.sight = sight;
    }
    model.reader.place = place(model);
    model.reader.section = model.guide.section_at(model.reader.place);
}

fn lay_out(model: &mut Model) {
    let height = usize::from(model.panes.column.height);
    let layout = model.layout();
    let mut lines = layout.lines(model.reader.top, height);
    if lines.len() < height {
        let top = last_top(model);
        lines = layout.lines(top, height);
    }
    let starts = lines.first().is_none_or(|l| l.anchor == layout.row(Anchor::default()));
    let ends = model.guide.is_whole() && lines.last().is_none_or(|l| l.anchor == layout.last());
    let percent = if ends { 100 } else { percent(&model.guide, lines.last()) };
    let above = if starts { 0 } else { self::percent(&model.guide, lines.first()) };
    let wide_table = table::is_wide(&layout, &lines);
    let reader = &mut model.reader;
    reader.wide_table = wide_table;
    (reader.lines, reader.percent, reader.all) = (lines, percent, starts && ends);
    reader.above = above.min(percent);
}

/// Derives the item being read: the one that holds the place, else the topmost one that opens before the middle of
/// the screen. Items of groups left out are passed over.
pub(super) fn settle_item(model: &mut Model) {
    let counts = |item: &ItemIndex| model.standing(*item).is_some();
    let held = item_at(&model.guide, model.reader.place.block).filter(counts);
    let near = || upper_half(model).iter().filter_map(|l| l.slot).map(|s| s.item).find(counts);
    // A jump said which place is meant; a neighbour is not.
    model.reader.item = if model.reader.here == Some(model.reader.place) { held } else { held.or_else(near) };
}

/// Moves by rows, pages or to an end.
pub(super) fn scroll(model: &mut Model, steps: Steps) {
    let page = (model.panes.column.height as isize - OVERLAP).max(1);
    let half = (model.panes.column.height as isize / 2).max(1);
    match steps {
        Steps::Rows(by) => roll_or_step(model, by),
        Steps::Pages(by) => roll_or_step(model, by * page),
        Steps::Halves(by) => roll_or_step(model, by * half),
        Steps::First => go(model, Place::default()),
        Steps::Last => {
            let end = Place { top: last_top(model), here: Some(model.layout().last()) };
            go(model, end);
        }
    }
}

/// Scrolls, and at the guide's ends does nothing more. False where nothing moved.
pub(super) fn roll(model: &mut Model, by: isize) -> bool {
    let from = shown_top(model);
    let mut to = model.layout().shift(from, by);
    if by > 0 {
        to = to.min(last_top(model).max(from));
    }
    if to == from {
        return false;
    }
    model.reader.top = to;
    model.reader.here = None;
    true
}

/// Scrolls to a part of the guide, as far down as `at` is of `most`: what a scroll bar shows at that height.
pub(super) fn scroll_to(model: &mut Model, at: u16, most: u16) {
    let guide = &model.guide;
    let start = guide.block(0).map_or(0, |b| b.source.start);
    let all = guide.length().saturating_sub(start) as u64;
    let byte = start + (all * u64::from(at) / u64::from(most.max(1))) as usize;
    let top = match guide.block_at_byte(byte).and_then(|n| Some((n, guide.block(n)?))) {
        _ if at == 0 => Anchor::default(),
        _ if at >= most => last_top(model),
        Some((block, found)) => {
            let within = (byte - found.source.start).min(found.source.len()) as u64;
            let byte = found.text.len() as u64 * within / found.source.len().max(1) as u64;
            model.layout().row(Anchor { block, byte: byte as u32, nth: 0 })
        }
        None => Anchor::default(),
    };
    (model.reader.top, model.reader.here) = (top, None);
}

/// Goes to a block of the text, remembering where one was.
pub(super) fn jump(model: &mut Model, block: u32) {
    jump_to(model, Anchor::of_block(block));
}

/// Goes to a place of the text: a block, or a row of it.
pub(super) fn jump_to(model: &mut Model, place: Anchor) {
    let from = model.stop();
    arrive(model, place);
    leave(model, from);
}

/// Shows a place without leaving a trace in the history.
pub(super) fn arrive(model: &mut Model, place: Anchor) {
    reveal(model, place.block);
    let top = if place.byte == 0 { place } else { model.layout().showing(place) };
    (model.reader.top, model.reader.here) = (top, Some(place));
}

/// Goes to a place without giving the text the focus.
fn go(model: &mut Model, to: Place) {
    let from = model.stop();
    model.reader.show(to);
    leave(model, from);
}

/// Remembers where a jump came from, if it led anywhere else.
fn leave(model: &mut Model, from: Stop) {
    if from.place != model.reader.wanted() {
        came_from(model, from.place);
    }
}

/// One came to where one is from another place, to which one can go back.
pub(super) fn came_from(model: &mut Model, place: Place) {
    remember(&mut model.reader.back, Stop { guide: model.number, place });
    model.reader.forward.clear();
}

/// Back to where the last jump came from.
pub(super) fn back(model: &mut Model) -> Vec<Effect> {
    let from = model.stop();
    let Some(to) = model.reader.back.pop() else { return model.fact(&Ui::NoWayBack) };
    remember(&mut model.reader.forward, from);
    turn_to(model, to)
}

/// Forward again.
pub(super) fn forward(model: &mut Model) -> Vec<Effect> {
    let from = model.stop();
    let Some(to) = model.reader.forward.pop() else { return model.fact(&Ui::NoWayForward) };
    remember(&mut model.reader.back, from);
    turn_to(model, to)
}

fn turn_to(model: &mut Model, to: Stop) -> Vec<Effect> {
    if to.guide != model.number {
        return vec![Effect::Return(to)];
    }
    model.reader.show(to.place);
    Vec::new()
}

/// To the next heading (1) or the previous one (-1). Leaves no trace in the history, like a scroll.
pub(super) fn heading(model: &mut Model, by: isize) {
    let (guide, here) = (&model.guide, Anchor::of_block(model.reader.place.block));
    let found = if by > 0 { guide.heading_after(here) } else { guide.heading_before(here) };
    let Some(block) = found.and_then(|h| guide.headings.get(h)).map(|h| h.block) else {
        if by < 0 {
            (model.reader.top, model.reader.here) = (Anchor::default(), None);
        }
        return;
    };
    reveal(model, block);
    let to = Anchor::of_block(block);
    (model.reader.top, model.reader.here) = (to, Some(to));
}

/// Opens or closes the first `<details>` whose summary is on the screen; without one, shows the first footnote that is
/// marked there.
pub(super) fn open_first(model: &mut Model) -> Vec<Effect> {
    match first_details(model) {
        Some(details) => toggle(model, details),
        None if note::is_marked(model) => return note::open_first(model),
        None => return model.fact(&Ui::NoDetails),
    }
    Vec::new()
}

/// Whether the first `<details>` on the screen is open; none where there is none.
pub(super) fn first_fold_is_open(model: &Model) -> Option<bool> {
    first_details(model).map(|id| is_open(&model.guide, &model.reader.toggled, id))
}

/// The first `<details>` whose summary is on the screen.
fn first_details(model: &Model) -> Option<ContainerId> {
    model.reader.lines.iter().find_map(|l| details_of(&model.guide, l))
}

/// Copies the section being read, with the sections in it, as Markdown. Before the first heading, what stands there.
pub(super) fn copy_section(model: &mut Model) -> Vec<Effect> {
    let guide = &model.guide;
    let (range, called) = match model.reader.section.and_then(|s| Some((s, guide.headings.get(s)?))) {
        Some((index, heading)) => (guide.section_source(index), heading.text.clone()),
        None => (guide.preamble_source(), guide.title.clone()),
    };
    let Some(source) = guide.source.get(range) else { return Vec::new() };
    let text = CleanText::new(&source);
    let called = CleanText::line(&Ui::Section(called).say(model.settings.lang));
    links::copy(model, text, called)
}

/// Copies the block of code being read: the one at the place, else the first one on the screen.
pub(super) fn copy_code(model: &mut Model) -> Vec<Effect> {
    let guide = &model.guide;
    let code = |block: u32| match guide.block(block) {
        Some(Block { kind: BlockKind::Code { language }, text, .. }) => Some((text.clone(), language.clone())),
        _ => None,
    };
    let shown = |block: u32| model.reader.lines.iter().any(|l| l.anchor.block == block && !l.text.trim().is_empty());
    let read = Some(model.reader.place.block).filter(|block| shown(*block));
    let here = read.into_iter().chain(model.reader.lines.iter().map(|l| l.anchor.block));
    let Some((text, language)) = here.into_iter().find_map(code) else { return model.fact(&Ui::NoCode) };
    let called = CleanText::line(&Ui::CodeBlock(language, text.lines().count()).say(model.settings.lang));
    links::copy(model, text, called)
}

/// A click on the text, at a row and a column of the text column.
pub(super) fn click(model: &mut Model, row: u16, column: u16) -> Vec<Effect> {
    let Some(line) = model.reader.lines.get(usize::from(row)) else { return Vec::new() };
    // The mark is one column wide: its neighbours are meant too.
    if let Some(slot) = line.slot.filter(|s| s.column.abs_diff(column) <= 1) {
        return super::ticking::toggle(model, slot.item);
    }
    let run = run_at(line, column);
    if let Some(link) = run.and_then(|r| r.link) {
        return links::follow(model, link);
    }
    if let Some(number) = run.and_then(|r| note::mark_at(&model.guide, line.anchor.block, r.origin?)) {
        return note::open(model, number);
    }
    if let Some(details) = details_of(&model.guide, line) {
        toggle(model, details);
        return Vec::new();
    }
    super::focus(model, Panel::Text)
}

/// The item that a block belongs to: the innermost one.
pub(super) fn item_at(guide: &Guide, block: u32) -> Option<ItemIndex> {
    // The last one that opens at or before the block, and those that it is a part of.
    let last = guide.items.partition_point(|i| i.block() <= block).checked_sub(1);
    let mut next = last;
    while let Some((index, item)) = next.and_then(|i| Some((i, guide.items.get(i)?))) {
        if item.blocks.contains(&block) {
            return Some(index);
        }
        next = item.parent().filter(|p| *p < index);
    }
    // Else a heading's item, which holds all that stands under it.
    let mut section = guide.section_at(Anchor::of_block(block));
    while let Some(heading) = section.and_then(|s| guide.headings.get(s)) {
        if let Some(index) = item_of_block(guide, heading.block) {
            return Some(index);
        }
        section = heading.parent;
    }
    None
}

/// The item that opens at a block.
pub(super) fn item_of_block(guide: &Guide, block: u32) -> Option<ItemIndex> {
    guide.items.binary_search_by_key(&block, |i| i.block()).ok()
}

/// The row at the top of the screen.
pub(super) fn shown_top(model: &Model) -> Anchor {
    model.reader.lines.first().map_or(model.reader.top, |l| l.anchor)
}

/// The top at which the guide's last row is the screen's last.
fn last_top(model: &Model) -> Anchor {
    let layout = model.layout();
    layout.shift(layout.last(), 1 - (model.panes.column.height.max(1) as isize))
}

/// Scrolls; where the guide's end leaves nothing to scroll, the place being read goes on over the screen instead, so
/// that the last items can be read, and ticked, like all others.
fn roll_or_step(model: &mut Model, by: isize) {
    let at_end = model.reader.percent == 100;
    if by == -1 && at_end && step(model, by) {
        return;
    }
    match roll(model, by) {
        false if by > 0 => _ = step(model, by),
        false => model.reader.here = None,
        true => {}
    }
}

/// Moves the place being read to the next heading or item on the screen. False where there is none.
fn step(model: &mut Model, by: isize) -> bool {
    let here = model.reader.place;
    let resting = resting_place(model);
    let mut stops = model.reader.lines.iter().filter(|l| is_stop(&model.guide, l)).map(|l| l.anchor);
    let next = if by > 0 {
        stops.find(|s| s.block > here.block)
    } else {
        stops.rfind(|s| s.block < here.block && s.block > resting.block)
    };
    let Some(next) = next else { return false };
    model.reader.here = Some(Anchor::of_block(next.block));
    true
}

/// What is being read: where a jump landed while that is on the screen, else by the text that is in sight.
fn place(model: &Model) -> Anchor {
    let lines = &model.reader.lines;
    let on_screen = |a: &Anchor| {
        let (first, last) = (lines.first().map(|l| l.anchor), lines.last().map(|l| l.anchor));
        first.is_some_and(|f| f.block <= a.block) && last.is_some_and(|l| a.block <= l.block)
    };
    model.reader.here.filter(on_screen).unwrap_or_else(|| resting_place(model))
}

/// The topmost heading or item that opens in the upper third; where the top of the screen is still full of an earlier
/// one, that.
fn resting_place(model: &Model) -> Anchor {
    let lines = &model.reader.lines;
    let third = lines.len() / 3;
    let stop = lines.iter().take(third + 1).find(|l| is_stop(&model.guide, l));
    stop.map_or_else(|| shown_top(model), |l| l.anchor)
}

fn upper_half(model: &Model) -> &[Line] {
    let lines = &model.reader.lines;
    lines.get(..lines.len().div_ceil(2)).unwrap_or_default()
}

/// Whether a row opens a heading or an item.
fn is_stop(guide: &Guide, line: &Line) -> bool {
    let block = guide.block(line.anchor.block);
    let heading = block.is_some_and(|b| matches!(b.kind, BlockKind::Heading { .. }));
    line.slot.is_some() || (heading && line.anchor.byte == 0 && !line.text.trim().is_empty())
}

fn percent(guide: &Guide, last: Option<&Line>) -> u8 {
    let Some(line) = last else { return 100 };
    let Some(block) = guide.block(line.anchor.block) else { return 100 };
    let start = guide.block(0).map_or(0, |b| b.source.start);
    let within = (line.anchor.byte as usize).min(block.source.len());
    let (at, all) = (block.source.start.saturating_sub(start) + within, guide.length().saturating_sub(start));
    (at.saturating_mul(100) / all.max(1)).min(99) as u8
}

/// What stands under a column of a row.
fn run_at(line: &Line, column: u16) -> Option<&Run> {
    let mut end = 0;
    for (at, cluster) in line.text.grapheme_indices(true) {
        end += cluster.width();
        if usize::from(column) < end {
            return line.runs.iter().find(|r| r.range.contains(&at));
        }
    }
    None
}

/// The `<details>` whose summary a row shows.
fn details_of(guide: &Guide, line: &Line) -> Option<ContainerId> {
    let block = guide.block(line.anchor.block)?;
    if !matches!(block.kind, BlockKind::Summary) || line.text.trim().is_empty() {
        return None;
    }
    block.container.filter(|c| is_details(guide, *c).is_some())
}

/// Whether the author wants a `<details>` open; none for other containers.
fn is_details(guide: &Guide, id: ContainerId) -> Option<bool> {
    match guide.container(id)?.kind {
        ContainerKind::Details { open } => Some(open),
        _ => None,
    }
}

/// Whether a container is no `<details>`, or one that is open.
fn is_open(guide: &Guide, toggled: &BTreeSet<ContainerId>, id: ContainerId) -> bool {
    is_details(guide, id).is_none_or(|open| open != toggled.contains(&id))
}

fn toggle(model: &mut Model, details: ContainerId) {
    if !model.reader.toggled.remove(&details) {
        model.reader.toggled.insert(details);
    }
}

/// Opens whatever `<details>` a block is folded away in.
pub(super) fn reveal(model: &mut Model, block: u32) {
    let guide = model.guide.clone();
    let mut next = guide.block(block).and_then(|b| b.container);
    while let Some((id, container)) = next.and_then(|c| Some((c, guide.container(c)?))) {
        if !is_open(&guide, &model.reader.toggled, id) {
            toggle(model, id);
        }
        next = container.parent;
    }
}

pub(super) fn remember(stops: &mut Vec<Stop>, stop: Stop) {
    if stops.len() == PLACES {
        stops.remove(0);
    }
    stops.push(stop);
}
