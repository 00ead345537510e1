//! The checklist: groups with their bars, items with their marks, and when each was settled.

use super::pen::{Pen, columns, cut};
use super::{item_mark, rest_word, selected_row};
use crate::app::{self, CheckRow, Gone, Known, Model, Panel, Save, filtered, mark_column};
use crate::guide::{CleanText, ItemKind};
use crate::progress::Standing;
use crate::theme::Role;
use crate::words;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

/// Cells of a group's bar.
const BAR: u16 = 6;
/// Columns that a label keeps beside what became of the item.
const LABEL: u16 = 20;
/// Columns of a name where its whole has no room.
const NAME: usize = 8;
/// The same beside what asks to be confirmed.
const ASKING: u16 = 8;

pub(super) fn draw(model: &Model, area: Rect, pen: &mut Pen) {
    if let Some(word) = rest_word(model).filter(|_| area.height > 0) {
        let style = pen.style(Role::Muted);
        pen.put(area.x, area.y, area.width, &word.say(model.settings.lang), style);
        return;
    }
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

/// Under the rows: all that is known of the selected item, for its row is cut.
pub(super) fn foot(model: &Model, area: Rect, pen: &mut Pen) {
    if area.height < 2 {
        return;
    }
    let told = app::foot(model, area.width.saturating_sub(2), area.height - 1);
    if told.is_empty() {
        return;
    }
    let faint = pen.style(Role::Faint);
    let rule = pen.glyphs.rule.repeat(usize::from(area.width.saturating_sub(2)));
    pen.put(area.x, area.y, area.width, &rule, faint);
    for ((role, text), y) in told.iter().zip(area.y + 1..area.bottom()) {
        let style = pen.style(*role);
        pen.put(area.x, y, area.width, text, style);
    }
}

fn row(model: &Model, row: &CheckRow, selected: bool, area: Rect, pen: &mut Pen) {
    match row {
        CheckRow::Gap => {}
        CheckRow::Group { .. } => group(model, row, area, pen),
        CheckRow::Item { .. } => item(model, row, selected, area, pen),
        CheckRow::GoneHead { count, folded } => gone_head(model, *count, *folded, area, pen),
        CheckRow::Gone(_) => gone(model, row, selected, area, pen),
    }
}

fn group(model: &Model, row: &CheckRow, area: Rect, pen: &mut Pen) {
    let CheckRow::Group { group, done, total, left_out, folded } = row else { return };
    let y = area.y;
    let mut right = area.right().saturating_sub(1);
    let mut style = pen.style(Role::PanelTitle);
    if *left_out {
        let muted = pen.style(Role::Muted);
        right = pen.put_right(right, y, &words::Panel::LeftOut.say(model.settings.lang), muted).saturating_sub(1);
        style = pen.style(Role::Skipped).add_modifier(Modifier::CROSSED_OUT);
    } else if area.width >= 24 {
        right -= BAR;
        pen.bar(right, y, BAR, *done as usize, *total as usize);
        let muted = pen.style(Role::Muted);
        let count = format!("{done}/{total}");
        right = pen.put_right(right.saturating_sub(1), y, &count, muted).saturating_sub(1);
    }
    let mut x = area.x;
    if *folded {
        let (mark, muted) = (pen.glyphs.folded, pen.style(Role::Muted));
        x = pen.put(x, y, 1, mark, muted) + 1;
    }
    let name = model.guide.groups.get(*group as usize).map_or("", |g| &*g.title);
    pen.put(x, y, right.saturating_sub(x), name, style);
}

/// The title of what is no longer in the guide, and how much that is.
fn gone_head(model: &Model, count: u32, folded: bool, area: Rect, pen: &mut Pen) {
    let muted = pen.style(Role::Muted);
    let mark = if folded { pen.glyphs.folded } else { pen.glyphs.unfolded };
    let x = pen.put(area.x, area.y, 1, mark, muted) + 1;
    let right = pen.put_right(area.right().saturating_sub(1), area.y, &count.to_string(), muted).saturating_sub(1);
    pen.put(x, area.y, right.saturating_sub(x), &words::Past::Gone.say(model.settings.lang), muted);
}

fn gone(model: &Model, row: &CheckRow, selected: bool, area: Rect, pen: &mut Pen) {
    let CheckRow::Gone(gone) = row else { return };
    let Gone { label, standing, since, by, note, .. } = &**gone;
    let (mark, _) = item_mark(pen.glyphs, false, standing, Save::Saved);
    let muted = pen.style(Role::Muted);
    let x = area.x + mark_column(0, area.width);
    pen.put(x, area.y, 1, mark, muted);
    let told = facts(model, standing, Save::Saved, Some(*since), Some(by));
    let right = end(told, (columns(label), LABEL), x + 2, area, pen);
    let right = note_mark(note.is_some(), x + 2, right, area.y, pen);
    let style = pen.style(if selected { Role::PanelTitle } else { Role::Muted });
    pen.put(x + 2, area.y, right.saturating_sub(x + 2), label, style);
}

fn item(model: &Model, row: &CheckRow, selected: bool, area: Rect, pen: &mut Pen) {
    let CheckRow::Item { item, depth } = row else { return };
    let (Some(about), Some(known)) = (model.guide.items.get(*item as usize), model.known(*item as usize)) else {
        return;
    };
    let Known { standing, save, since, by, note, carried, changed } = &known;
    let y = area.y;
    let mut x = area.x + mark_column(*depth, area.width);
    let (mark, role) = match carried {
        Some(_) => (pen.glyphs.carried, Role::Warning),
        None => item_mark(pen.glyphs, about.kind == ItemKind::Value, standing, *save),
    };
    let style = pen.style(role);
    pen.put(x, y, 1, mark, style);
    x += 2;
    let say = |word: words::Panel| vec![(word.say(model.settings.lang).into_owned(), Role::Warning)];
    let told = match (carried, changed) {
        (Some(_), _) => say(words::Panel::Carried),
        (None, true) => say(words::Panel::Changed),
        (None, false) => facts(model, standing, *save, *since, by.as_ref()),
    };
    let label = columns(&about.label).saturating_add(if about.number().is_some() { 4 } else { 0 });
    // What asks for an answer is worth more than a label's end.
    let least = if carried.is_some() || *changed { ASKING } else { LABEL };
    let right = end(told, (label, least), x, area, pen);
    let right = note_mark(note.is_some(), x, right, y, pen);
    let role = match (selected, standing.settled()) {
        (true, _) => Role::PanelTitle,
        (false, true) if about.kind != ItemKind::Value => Role::Settled,
        _ => Role::Text,
    };
    let style = pen.style(role);
    if let Some(number) = about.number() {
        x = pen.put(x, y, right.saturating_sub(x), &format!("{number}. "), style);
    }
    let end = pen.put(x, y, right.saturating_sub(x), &about.label, style);
    pen.underline(x, end, y, &about.label, &filtered(model, Panel::Checklist, &about.label));
}

/// Writes at the row's end the first of some facts that leaves the label room; gives the column that the label ends at.
/// The label is worth more than the date: it is whole, or keeps at least `least` columns.
fn end(facts: Vec<(String, Role)>, (label, least): (u16, u16), x: u16, area: Rect, pen: &mut Pen) -> u16 {
    let right = area.right().saturating_sub(1);
    let fits = |text: &str| right.saturating_sub(columns(text) + 1) >= x + label.min(least);
    let Some((text, role)) = facts.into_iter().find(|(text, _)| fits(text)) else { return right };
    let style = pen.style(role);
    pen.put_right(right, area.y, &text, style).saturating_sub(1)
}

fn note_mark(has: bool, x: u16, right: u16, y: u16, pen: &mut Pen) -> u16 {
    if !has || right <= x + 4 {
        return right;
    }
    let (mark, style) = (pen.glyphs.note, pen.style(Role::Note));
    pen.put_right(right, y, mark, style).saturating_sub(1)
}

/// What became of an item, with who did it where that is somebody else; where that is too long, who says more than when,
/// which stands at the foot, but less than what asks to be done.
fn facts(
    model: &Model,
    standing: &Standing,
    save: Save,
    since: Option<i64>,
    by: Option<&CleanText>,
) -> Vec<(String, Role)> {
    let Some((text, role)) = fact(model, standing, save, since) else { return Vec::new() };
    let other = by.filter(|by| **by != model.settings.who && !by.is_empty());
    let with = other.map(|by| (format!("{by} {} {text}", model.glyphs().dot), role));
    let alone = other.filter(|_| *standing != Standing::Due).into_iter().flat_map(|by| {
        let short = match cut(by, NAME) {
            (start, true) => format!("{start}{}", model.glyphs().ellipsis),
            (whole, false) => whole.to_owned(),
        };
        [(by.to_string(), role), (short, role)]
    });
    with.into_iter().chain(alone).chain([(text, role)]).collect()
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
