//! A folder's guides: the mark and the count of how far one is, the title, the file, when it was read last.

use super::pen::{Pen, columns};
use super::{quest, selected_row};
use crate::app::{Card, Listed, Model, Panel, named};
use crate::progress::Tally;
use crate::theme::{Glyphs, Ground, Role};
use crate::words;
use ratatui::layout::Rect;

/// From this many columns on the file stands beside the title, and how long ago the guide was read.
pub(super) const ROOMY: u16 = 70;
/// From this many columns on a bar stands beside the count.
const BARRED: u16 = 100;
/// Columns of the bar.
const BAR: u16 = 8;
/// Columns of a count, and of what stands in its place.
const COUNT: u16 = 10;
/// Columns of how long ago: `il y a 11 mois`.
const AGO: u16 = 14;

pub(super) fn draw(model: &Model, pen: &mut Pen) {
    let (Some(library), area) = (&model.library, model.panes.library_rows) else { return };
    if library.rows.is_empty() {
        let style = pen.style(Role::Muted);
        let waits = library.quest.is_waiting();
        let text = if waits { words::Panel::Searching } else { words::Panel::NothingFits };
        let text = text.say(model.settings.lang);
        pen.put(area.x + 3, area.y, area.width.saturating_sub(3), &text, style);
    }
    for (row, y) in (library.top..library.rows.len()).zip(area.top()..area.bottom()) {
        let (Some(listed), line) = (library.at(row), Rect { y, height: 1, ..area }) else { continue };
        match row == library.selected {
            true => selected_row(model, Panel::Library, line, pen, |pen| self::row(model, listed, true, line, pen)),
            false => self::row(model, listed, false, line, pen),
        }
    }
    if let Some(listed) = library.at(library.selected) {
        foot(model, listed, model.panes.library_foot, pen);
    }
}

fn row(model: &Model, listed: &Listed, selected: bool, area: Rect, pen: &mut Pen) {
    let y = area.y;
    if let Some(card) = &listed.card {
        let (mark, role) = mark(card, pen.glyphs);
        let style = pen.style(role);
        pen.put(area.x + 1, y, 1, mark, style);
    }
    if model.library.as_ref().is_some_and(|library| library.quest.sifts()) {
        let room = quest::draw(model, listed, area, pen);
        return title(model, listed, selected, Rect { width: room, ..area }, pen);
    }
    let mut right = area.right().saturating_sub(1);
    if area.width >= ROOMY {
        let (text, style) = (ago(model, listed), pen.style(Role::Muted));
        pen.put_right(right, y, &text, style);
        right = right.saturating_sub(AGO + 1);
    }
    if let Some(card) = &listed.card {
        let start = progress(model, card, right, y, pen);
        right = if area.width >= ROOMY { right } else { start.saturating_sub(1) };
    }
    right = right.saturating_sub(match area.width {
        BARRED.. => COUNT + BAR + 1,
        ROOMY.. => COUNT + 1,
        _ => 0,
    });
    let x = area.x + 3;
    let mut room = right.saturating_sub(x);
    if area.width >= ROOMY && listed.card.is_some() {
        let file = room * 2 / 5;
        room = (room - file).saturating_sub(2);
        path(model, listed, Rect { x: right - file, width: file, ..area }, pen);
    }
    title(model, listed, selected, Rect { width: room + x - area.x, ..area }, pen);
}

/// Its title, under the mark's column.
fn title(model: &Model, listed: &Listed, selected: bool, area: Rect, pen: &mut Pen) {
    let x = area.x + 3;
    let settled = listed.card.as_ref().is_some_and(|card| card.tally.total > 0 && card.tally.done == card.tally.total);
    let role = match (selected, settled, &listed.card) {
        (true, ..) => Role::PanelTitle,
        (false, _, None) => Role::Muted,
        (false, true, _) => Role::Settled,
        (false, false, _) => Role::Text,
    };
    let (title, style) = (listed.title(), pen.style(role));
    let end = pen.put(x, area.y, area.width.saturating_sub(3), title, style);
    pen.underline(x, end, area.y, title, &named(model, title));
}

/// Its file.
pub(super) fn path(model: &Model, listed: &Listed, area: Rect, pen: &mut Pen) {
    let style = pen.style(Role::Muted);
    let end = pen.put(area.x, area.y, area.width, &listed.name, style);
    pen.underline(area.x, end, area.y, &listed.name, &named(model, &listed.name));
}

/// The count up to a column, and the bar before it; gives where the count starts.
fn progress(model: &Model, card: &Card, right: u16, y: u16, pen: &mut Pen) -> u16 {
    let Tally { done, total } = card.tally;
    let (text, role) = match (&card.trouble, total) {
        (Some(_), _) => (words::Panel::Unreadable.say(model.settings.lang).into_owned(), Role::Warning),
        (None, 0) => return right,
        (None, _) => (format!("{done}/{total}"), if done == total { Role::Done } else { Role::Muted }),
    };
    let style = pen.style(role);
    if card.trouble.is_none() && model.panes.library_rows.width >= BARRED {
        pen.bar(right.saturating_sub(COUNT + BAR), y, BAR, done, total);
    }
    pen.put_right(right, y, &text, style)
}

/// How much of a guide is settled; one without steps has a mark too, so that titles stand in one line.
fn mark(card: &Card, glyphs: &'static Glyphs) -> (&'static str, Role) {
    match card.tally {
        _ if card.trouble.is_some() => (glyphs.unsaved, Role::Danger),
        Tally { total: 0, .. } => (glyphs.dot, Role::Faint),
        Tally { done: 0, .. } => (glyphs.empty, Role::Open),
        Tally { done, total } if done == total => (glyphs.full, Role::Done),
        _ => (glyphs.half, Role::Accent),
    }
}

/// When the guide was read last.
fn ago(model: &Model, listed: &Listed) -> String {
    let Some(then) = listed.card.as_ref().and_then(|card| card.visited) else { return String::new() };
    let day = |millis| words::day_number(millis, &model.zone);
    words::Panel::Ago(day(model.now) - day(then)).say(model.settings.lang).into_owned()
}

/// What a narrow row has no room for: the file, and how long ago.
fn foot(model: &Model, listed: &Listed, area: Rect, pen: &mut Pen) {
    if area.height == 0 {
        return;
    }
    pen.fill(area, Ground::Page);
    let (line, style) = (pen.glyphs.rule.repeat(usize::from(area.width.saturating_sub(2))), pen.style(Role::Faint));
    pen.put(area.x + 1, area.y, area.width.saturating_sub(2), &line, style);
    if listed.find().is_some() {
        return quest::excerpt(
            listed,
            Rect { x: area.x + 1, y: area.y + 1, width: area.width.saturating_sub(2), height: 1 },
            pen,
        );
    }
    let (text, style, y) = (ago(model, listed), pen.style(Role::Muted), area.y + 1);
    let right = pen.put_right(area.right().saturating_sub(1), y, &text, style).saturating_sub(2);
    path(model, listed, Rect { x: area.x + 1, y, width: right.saturating_sub(area.x + 1), height: 1 }, pen);
}

/// How many guides there are, for the header, in the longest form that has room; before it, what is looked for in them.
pub(super) fn counts(model: &Model, room: u16) -> Option<Vec<String>> {
    let library = model.library.as_ref()?;
    let count = library.guides.len();
    let full = library.cut.map(|_| words::Panel::SomeGuides(count));
    let forms = full.into_iter().chain([words::Panel::Guides(count)]);
    let said: Vec<String> = forms.map(|form| form.say(model.settings.lang).into_owned()).collect();
    let sought = quest::standing(model, usize::from(room / 2));
    let with_query =
        sought.into_iter().flat_map(|sought| said.iter().map(move |said| vec![sought.clone(), said.clone()]));
    let mut all = with_query.chain(said.iter().map(|said| vec![said.clone()]));
    all.find(|parts| parts.iter().map(|part| columns(part) + 3).sum::<u16>() <= room + 3)
}
