//! What holds after everything that happens, whatever it was. One sentence each; the first that does not hold is given.

use super::world::{Volume, World};
use jalon::app::{
    CheckRow, LARGEST, Mark, Model, Overlay, Panel, PromptKind, Save, help_rows, mark_column, palette_count,
};
use jalon::guide::{Anchor, BlockKind, ContainerKind, Guide};
use jalon::progress::Standing;
use jalon::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

/// A window with more cells is drawn every so often only: that takes long, and shows no more.
const MANY_CELLS: u32 = 10_000;

macro_rules! holds {
    ($what:expr, $($told:tt)+) => {
        if !$what {
            return Err(format!($($told)+));
        }
    };
}

/// Judges the guide on the screen and its picture, and the progress of all that are open.
pub fn judge(world: &World, step: usize) -> Result<(), String> {
    if let Some(fault) = &world.fault {
        return Err(fault.clone());
    }
    for (at, volume) in world.volumes.iter().enumerate() {
        progress(world, at, volume)?;
    }
    let model = &world.volumes[world.shown].model;
    holds!(model.number as usize == world.shown, "the guide on the screen is number {}", model.number);
    holds!(model.reader.back.iter().chain(&model.reader.forward).all(|s| world.leads_on(s)), "a way leads nowhere");
    screen(model)?;
    places(model)?;
    lists(model)?;
    dialog(model)?;
    let cells = u32::from(model.size.0) * u32::from(model.size.1);
    if cells <= MANY_CELLS || step.is_multiple_of(50) { picture(model) } else { Ok(()) }
}

/// Nothing is done that the disk does not have, and nothing is forgotten on the way there.
fn progress(world: &World, at: usize, volume: &Volume) -> Result<(), String> {
    let model = &volume.model;
    let unsaid = model.log.records().iter().find(|r| !volume.disk.contains(&r.dot));
    holds!(unsaid.is_none(), "a record counts that the disk never acknowledged: {unsaid:?}");
    holds!(model.log.records().len() == volume.disk.len(), "a record of the disk is forgotten");
    let pending: Vec<_> = model.pending.iter().map(|p| p.ticket).collect();
    let waiting = world.waiting(at);
    holds!(pending == waiting, "on their way are {pending:?}, and the disk was given {waiting:?}");
    holds!(pending.iter().all(|ticket| *ticket < model.ticket), "a ticket of the future");
    holds!(model.wishes.is_empty() || !pending.is_empty(), "an undo waits for nothing");
    let minute = model.now - model.now.rem_euclid(60_000);
    for item in 0..model.guide.items.len() {
        let Some((standing, save)) = model.stands(item) else { return Err(format!("item {item} stands nowhere")) };
        let on_disk = || model.log.standing(&model.guide, item, minute, model.settings.review_after_days);
        holds!(
            *save != Save::Saved || *standing == on_disk(),
            "item {item} stands as {standing:?}, and on disk as {:?}",
            on_disk()
        );
    }
    let count = &model.checklist;
    holds!(
        count.steps.done <= count.steps.total && count.values.done <= count.values.total,
        "more is done than there is"
    );
    Ok(())
}

fn screen(model: &Model) -> Result<(), String> {
    holds!(model.size.0 <= LARGEST.0 && model.size.1 <= LARGEST.1, "a window of {:?}", model.size);
    let window = Rect::new(0, 0, model.size.0, model.size.1);
    let panes = &model.panes;
    let rows = [panes.column, panes.outline_rows, panes.checklist_rows, panes.contacts_rows, panes.library_rows];
    let other = [panes.sheet, panes.notice, panes.footer, panes.header, panes.breadcrumb, panes.details];
    for part in rows.into_iter().chain(other) {
        holds!(part.intersection(window) == part || part.is_empty(), "{part:?} is not in {window:?}");
    }
    let focused = match model.focus {
        Panel::Outline => panes.outline,
        Panel::Text => panes.text,
        Panel::Checklist => panes.checklist,
        Panel::Contacts => panes.contacts,
        Panel::Library => panes.library,
    };
    holds!(!panes.fits || focused.is_some(), "{:?} has the focus and is not shown", model.focus);
    holds!((model.focus == Panel::Library) == model.library.is_some(), "the list has the focus, and only it");
    let told: BTreeSet<&str> = model.banners.iter().map(|b| b.text.as_str()).collect();
    holds!(told.len() == model.banners.len(), "a banner stands there twice");
    holds!(!help_rows(model).is_empty(), "no help");
    Ok(())
}

/// Whether a place is one of the guide's.
fn is_there(guide: &Guide, place: Anchor) -> bool {
    match guide.block(place.block) {
        Some(block) => place.byte as usize <= block.text.len(),
        None => guide.block_count() == 0 && place.block == 0,
    }
}

fn places(model: &Model) -> Result<(), String> {
    let (guide, reader) = (&model.guide, &model.reader);
    let own = reader.back.iter().chain(&reader.forward).filter(|stop| stop.guide == model.number);
    let ways = own.flat_map(|stop| [Some(stop.place.top), stop.place.here]);
    let here = [Some(reader.top), reader.here, Some(reader.place)];
    for place in here.into_iter().chain(ways).flatten().chain(reader.lines.iter().map(|l| l.anchor)) {
        holds!(is_there(guide, place), "no place of the guide: {place:?}");
    }
    holds!(reader.lines.len() <= usize::from(model.panes.column.height), "more rows than room");
    let blank = model.size.0 == 0 || model.size.1 == 0 || guide.block_count() == 0;
    holds!(blank || !reader.lines.is_empty() || model.library.is_some(), "no row of the guide is shown");
    holds!(reader.section.is_none_or(|s| s < guide.headings.len()), "section {:?}", reader.section);
    holds!(reader.item.is_none_or(|i| i < guide.items.len()), "item {:?}", reader.item);
    holds!(reader.percent <= 100 && reader.above <= 100, "{} and {} of a hundred", reader.percent, reader.above);
    let slots = reader.lines.iter().filter_map(|l| l.slot.as_ref());
    holds!(slots.into_iter().all(|s| s.item < guide.items.len()), "a mark of no item");
    let finder = &model.finder;
    holds!(finder.at.is_none_or(|at| at < finder.hits.len()), "at hit {:?} of {}", finder.at, finder.hits.len());
    let mut hits = (0..finder.hits.len().min(50)).filter_map(|n| finder.hits.get(n));
    let stands = |block: u32, end: u32| guide.block(block).is_some_and(|b| end as usize <= b.text.len());
    // Until a search is answered anew, what was found in an earlier text may stand nowhere; it is drawn all the same.
    holds!(finder.is_waiting() || hits.all(|h| stands(h.block, h.range.end)), "a hit stands nowhere");
    Ok(())
}

fn lists(model: &Model) -> Result<(), String> {
    let panes = &model.panes;
    let (outline, checklist, contacts) = (&model.outline, &model.checklist, &model.contacts);
    let library = model.library.as_ref().map(|l| (l.top, l.selected, l.rows.len(), panes.library_rows, panes.library));
    let all = [
        (outline.top, outline.selected, outline.rows.len(), panes.outline_rows, panes.outline),
        (checklist.top, checklist.selected, checklist.rows.len(), panes.checklist_rows, panes.checklist),
        (contacts.top, contacts.selected, model.guide.contacts.len(), panes.contacts_rows, panes.contacts),
    ];
    for (top, selected, count, rows, panel) in all.into_iter().chain(library) {
        holds!(selected < count || count == 0, "row {selected} of {count} is selected");
        let shown = panel.is_some() && rows.height > 0 && count > 0;
        let room = top..top + usize::from(rows.height);
        holds!(!shown || room.contains(&selected), "the selected row {selected} is out of sight from {top}");
    }
    let gap = matches!(checklist.rows.get(checklist.selected), Some(CheckRow::Gap));
    holds!(!gap, "a gap is selected");
    holds!(outline.rows.iter().filter(|r| r.reading).count() <= 1, "two sections are being read");
    let known = |row: &CheckRow| match row {
        CheckRow::Item { item, .. } => (*item as usize) < model.guide.items.len(),
        CheckRow::Group { group, .. } => (*group as usize) < model.guide.groups.len(),
        _ => true,
    };
    holds!(checklist.rows.iter().all(known), "a row of nothing");
    let agrees = |mark: &Mark| match mark {
        Mark::Item(item, standing, save) => {
            model.standing(*item).is_none_or(|known| (&known.0, known.1) == (standing, *save))
        }
        _ => true,
    };
    holds!(outline.rows.iter().all(|row| agrees(&row.mark)), "outline and checklist tell two things of one item");
    holds!(outline.rows.iter().all(|row| row.heading < model.guide.headings.len()), "a row of no heading");
    Ok(())
}

fn dialog(model: &Model) -> Result<(), String> {
    let guide = &model.guide;
    let fine = match &model.overlay {
        None | Some(Overlay::Help { .. } | Overlay::FrontMatter { .. } | Overlay::Hints(_)) => true,
        Some(Overlay::Search(line)) => !line.input.value().contains(char::is_control),
        Some(Overlay::Quest(line)) => model.library.is_some() && !line.input.value().contains(char::is_control),
        Some(Overlay::Prompt(prompt)) => {
            let (PromptKind::Skip(item) | PromptKind::Note(item)) = prompt.kind;
            item < guide.items.len() && !prompt.input.value().contains(char::is_control)
        }
        Some(Overlay::Filter(filter)) => {
            filter.panel == model.focus && !matches!(filter.panel, Panel::Text | Panel::Contacts)
        }
        Some(Overlay::Palette(palette)) => palette.selected < palette_count(model).max(1),
        Some(Overlay::Why(item)) => *item < guide.items.len(),
        Some(Overlay::Bare(scan) | Overlay::Code(scan)) => !scan.text.is_empty(),
        Some(Overlay::Open(question)) => !question.target.is_empty(),
        Some(Overlay::Table(view)) => {
            matches!(guide.block(view.block).map(|b| &b.kind), Some(BlockKind::Table(_)))
        }
        Some(Overlay::Footnote(view)) => {
            let is_it =
                |kind: &ContainerKind| matches!(kind, ContainerKind::Footnote { number, .. } if *number == view.number);
            guide.containers().any(|(_, c)| is_it(&c.kind)) && view.top < view.lines.len()
        }
        Some(Overlay::History(view)) => view.top < view.rows.len().max(1),
    };
    holds!(fine, "a dialog about nothing: {:.300}", format!("{:?}", model.overlay));
    Ok(())
}

/// Draws, and reads the picture: no cell holds what a terminal would obey or nobody would see, each text ends in the
/// window, and a mark that says done stands for what is on disk.
fn picture(model: &Model) -> Result<(), String> {
    let area = Rect::new(0, 0, model.size.0, model.size.1);
    let mut buffer = Buffer::empty(area);
    let cursor = view::draw(model, area, &mut buffer);
    holds!(cursor.is_none_or(|at| area.contains(at.into())), "the cursor is outside, at {cursor:?}");
    for (n, cell) in buffer.content.iter().enumerate() {
        let symbol = cell.symbol();
        if symbol.is_ascii() && symbol.len() == 1 && symbol.as_bytes()[0] >= b' ' && symbol != "\u{7f}" {
            continue;
        }
        let bad = symbol.chars().find(|c| c.is_control() || is_hidden(*c));
        holds!(bad.is_none(), "cell {n} holds {symbol:?}");
        let column = n % usize::from(area.width);
        holds!(symbol.width() <= 2, "cell {n} holds {symbol:?}, of {} columns", symbol.width());
        holds!(column + symbol.width() <= usize::from(area.width), "{symbol:?} stands out of the window");
    }
    let covered = !matches!(
        model.overlay,
        None | Some(Overlay::Search(_) | Overlay::Quest(_) | Overlay::Prompt(_) | Overlay::Filter(_))
    );
    if covered || !model.panes.fits { Ok(()) } else { ticks(model, &buffer) }
}

fn ticks(model: &Model, buffer: &Buffer) -> Result<(), String> {
    let done = model.glyphs().done;
    let stands = |x: u16, y: u16| buffer.cell((x, y)).is_some_and(|cell| cell.symbol() == done);
    let saved = |item: usize| matches!(model.stands(item), Some((Standing::Done, Save::Saved)));
    let rows = model.panes.checklist_rows;
    let shown = model.checklist.rows.iter().skip(model.checklist.top).take(rows.height.into()).zip(rows.y..);
    for (row, y) in shown.filter(|_| model.panes.checklist.is_some()) {
        if let CheckRow::Item { item, depth, .. } = row {
            let x = rows.x + mark_column(*depth, rows.width);
            holds!(!stands(x, y) || saved(*item as usize), "item {item} is drawn as done, and not on disk");
        }
    }
    let column = model.panes.column;
    for (line, y) in model.reader.lines.iter().zip(column.y..).filter(|_| model.panes.text.is_some()) {
        if let Some(slot) = &line.slot {
            holds!(
                !stands(column.x + slot.column, y) || saved(slot.item),
                "item {} is drawn as done in the text",
                slot.item
            );
        }
    }
    Ok(())
}

/// What a reader would not see, or would see in another order: bidirectional controls, what has no width, tags.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{180e}' | '\u{e0001}')
}
