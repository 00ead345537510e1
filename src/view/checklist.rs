//! The checklist: groups with their bars, items with their marks, and when each was settled.

use super::pen::{Pen, columns};
use super::{item_mark, selected_row};
use crate::app::{CheckRow, Model, Panel, Save, mark_column};
use crate::guide::ItemKind;
use crate::progress::Standing;
use crate::theme::Role;
use crate::words;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Cells of a group's bar.
const BAR: u16 = 6;
/// Columns that a label keeps beside what became of the item.
const LABEL: u16 = 20;

pub(super) fn draw(model: &Model, area: Rect, pen: &mut Pen) {
    let room = usize::from(area.height);
    let top = model.checklist.top;
    for (i, row) in model.checklist.rows.iter().enumerate().skip(top).take(room) {
        let line = Rect::new(area.x, area.y + (i - top) as u16, area.width, 1);
        match i == model.checklist.selected {
            true => selected_row(model, Panel::Checklist, line, pen, |pen| self::row(model, row, true, line, pen)),
            false => self::row(model, row, false, line, pen),
        }
    }
}

fn row(model: &Model, row: &CheckRow, selected: bool, area: Rect, pen: &mut Pen) {
    match row {
        CheckRow::Gap => {}
        CheckRow::Group { .. } => group(model, row, area, pen),
        CheckRow::Item { .. } => item(model, row, selected, area, pen),
    }
}

fn group(model: &Model, row: &CheckRow, area: Rect, pen: &mut Pen) {
    let CheckRow::Group { group, tally, left_out, folded } = row else { return };
    let y = area.y;
    let mut right = area.right().saturating_sub(1);
    let mut style = pen.style(Role::PanelTitle);
    if *left_out {
        let muted = pen.style(Role::Muted);
        right = pen.put_right(right, y, &words::Panel::LeftOut.say(model.settings.lang), muted).saturating_sub(1);
        style = pen.style(Role::Skipped).add_modifier(Modifier::CROSSED_OUT);
    } else if area.width >= 24 {
        right -= BAR;
        pen.bar(right, y, BAR, tally.done, tally.total);
        let muted = pen.style(Role::Muted);
        let count = format!("{}/{}", tally.done, tally.total);
        right = pen.put_right(right.saturating_sub(1), y, &count, muted).saturating_sub(1);
    }
    let mut x = area.x;
    if *folded {
        let (mark, muted) = (pen.glyphs.folded, pen.style(Role::Muted));
        x = pen.put(x, y, 1, mark, muted) + 1;
    }
    let name = model.guide.groups.get(*group).map_or("", |g| &*g.title);
    pen.put(x, y, right.saturating_sub(x), name, style);
}

fn item(model: &Model, row: &CheckRow, selected: bool, area: Rect, pen: &mut Pen) {
    let CheckRow::Item { item, standing, save, since, note, carried, changed, depth, .. } = row else { return };
    let Some(about) = model.guide.items.get(*item) else { return };
    let y = area.y;
    let mut x = area.x + mark_column(*depth, area.width);
    let (mark, role) = match carried {
        Some(_) => (pen.glyphs.carried, Role::Warning),
        None => item_mark(pen.glyphs, about.kind == ItemKind::Value, standing, *save),
    };
    let style = pen.style(role);
    pen.put(x, y, 1, mark, style);
    x += 2;
    let mut right = area.right().saturating_sub(1);
    let say = |word: words::Panel| Some((word.say(model.settings.lang).into_owned(), Role::Warning));
    let fact = match (carried, changed) {
        (Some(_), _) => say(words::Panel::Carried),
        (None, true) => say(words::Panel::Changed),
        (None, false) => fact(model, standing, *save, *since),
    };
    if let Some((text, role)) = fact {
        // The label is worth more than the date: it is whole, or keeps at least this many columns.
        let label = columns(&about.label).saturating_add(if about.number.is_some() { 4 } else { 0 });
        if right.saturating_sub(columns(&text) + 1) >= x + label.min(LABEL) {
            let style = pen.style(role);
            right = pen.put_right(right, y, &text, style).saturating_sub(1);
        }
    }
    if note.is_some() && right > x + 4 {
        let (mark, style) = (pen.glyphs.note, pen.style(Role::Note));
        right = pen.put_right(right, y, mark, style).saturating_sub(1);
    }
    let role = match (selected, standing.settled()) {
        (true, _) => Role::PanelTitle,
        (false, true) if about.kind != ItemKind::Value => Role::Settled,
        _ => Role::Text,
    };
    let style = pen.style(role);
    if let Some(number) = about.number {
        x = pen.put(x, y, right.saturating_sub(x), &format!("{number}. "), style);
    }
    pen.put(x, y, right.saturating_sub(x), &about.label, style);
}

/// The short word at the end of a row: what became of the item, and when.
fn fact(model: &Model, standing: &Standing, save: Save, since: Option<i64>) -> Option<(String, Role)> {
    let lang = model.settings.lang;
    let say = |word: words::Panel| word.say(lang).into_owned();
    match (save, standing) {
        (Save::Pending, _) => Some((say(words::Panel::Saving), Role::Pending)),
        (Save::Failed, _) => Some((say(words::Panel::NotSaved), Role::Danger)),
        (_, Standing::Todo) => None,
        (_, Standing::Skipped(_)) => Some((say(words::Panel::Skipped), Role::Muted)),
        (_, Standing::Due) => Some((say(words::Panel::Due), Role::Due)),
        (_, Standing::Done | Standing::Upheld) => {
            let day = |millis: i64| words::day_number(millis, &model.zone);
            let days = day(model.now) - day(since?);
            Some((say(words::Panel::Ago(days)), Role::Muted))
        }
    }
}
