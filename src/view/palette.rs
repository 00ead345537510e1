//! The palette: the line being typed, and what fits it, each with its mark, its letters that fit, and its key or kind.

use super::overlay::{more, prompt_line, raised};
use super::pen::{Pen, columns};
use super::{contact_mark, item_mark};
use crate::app::{Goal, Model, Palette, PaletteRow, palette_count, palette_room, palette_rows};
use crate::guide::ItemKind;
use crate::theme::{Glyphs, Role};
use crate::words::Panel;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

/// Columns of the whole.
const WIDTH: u16 = 84;
/// Columns that a label keeps beside its kind.
const LABEL: u16 = 16;
/// Columns that must be left for what tells a row from others of its name.
const ABOUT: u16 = 10;

pub(super) fn draw(model: &Model, palette: &Palette, area: Rect, pen: &mut Pen) -> (u16, u16) {
    let (height, room) = palette_room(model);
    let inner = raised(&Panel::PaletteTitle.say(model.settings.lang), WIDTH, height, area, pen);
    let rows = Rect { y: inner.bottom().saturating_sub(room), height: room, ..inner };
    for (row, y) in palette_rows(model).iter().zip(rows.top()..rows.bottom()) {
        let line = Rect { x: inner.x - 1, y, width: inner.width + 2, height: 1 };
        self::row(model, row, line, pen);
    }
    let count = palette_count(model);
    if count == 0 {
        let style = pen.style(Role::Muted);
        pen.put(rows.x + 2, rows.y, rows.width, &Panel::NothingFits.say(model.settings.lang), style);
    }
    more(palette.top > 0, palette.top + usize::from(room) < count, rows, pen);
    let line = Rect { x: inner.x - 1, y: inner.y, width: inner.width + 1, height: 1 };
    prompt_line(":", &palette.input, line, pen)
}

fn row(model: &Model, row: &PaletteRow, area: Rect, pen: &mut Pen) {
    if row.selected {
        let style = pen.style(Role::Selected);
        pen.tint(area, style);
    }
    let (mark, role) = mark(model, row.goal, pen.glyphs);
    let style = pen.style(role);
    pen.put(area.x + 1, area.y, 1, mark, style);
    let (told, role) = match (&row.key, kind(model, row.goal)) {
        (Some(key), _) => (key.clone(), Role::KeyName),
        (None, Some(kind)) => (kind.say(model.settings.lang).into_owned(), Role::Muted),
        // An action that the reader left without a key.
        (None, None) => (String::new(), Role::Muted),
    };
    let mut right = area.right().saturating_sub(2);
    if right.saturating_sub(columns(&told) + 2) > area.x + 3 + LABEL {
        let style = pen.style(role);
        right = pen.put_right(right, area.y, &told, style).saturating_sub(2);
    }
    let end = label(row, Rect { x: area.x + 3, width: right.saturating_sub(area.x + 3), ..area }, pen) + 2;
    if let Some(about) = row.about.as_ref().filter(|_| right > end + ABOUT) {
        let style = pen.style(Role::Muted);
        pen.put(end, area.y, right - end, about, style);
    }
    if row.selected && pen.theme.colour && !pen.theme.paints_grounds() {
        // Inks would change places with grounds where the row is told by reversed colours.
        pen.tint(area, Style::new().fg(Color::Reset));
    }
}

/// The label, and on it the letters that fit what was typed; gives the column after it.
fn label(row: &PaletteRow, area: Rect, pen: &mut Pen) -> u16 {
    let style = pen.style(if row.selected { Role::PanelTitle } else { Role::Text });
    let end = pen.put(area.x, area.y, area.width, &row.label, style);
    pen.underline(area.x, end, area.y, &row.label, &row.marked);
    end
}

/// The mark that tells what a row is.
fn mark(model: &Model, goal: Goal, glyphs: &'static Glyphs) -> (&'static str, Role) {
    match goal {
        Goal::Act(..) => (":", Role::KeyName),
        Goal::Heading(_) => ("#", Role::Marker),
        Goal::Contact(contact) => {
            let mark = model.guide.contacts.get(contact).map_or(" ", |c| contact_mark(glyphs, c.kind));
            (mark, Role::Accent)
        }
        Goal::Item(item) => {
            let value = model.guide.items.get(item).is_some_and(|i| i.kind == ItemKind::Value);
            model.stands(item).map_or((glyphs.open, Role::Open), |(s, save)| item_mark(glyphs, value, s, *save))
        }
    }
}

/// The word for what a row is; an action is told by its key.
fn kind(model: &Model, goal: Goal) -> Option<Panel> {
    Some(match goal {
        Goal::Act(..) => return None,
        Goal::Heading(_) => Panel::KindHeading,
        Goal::Contact(_) => Panel::KindContact,
        Goal::Item(item) => match model.guide.items.get(item).map(|i| i.kind) {
            Some(ItemKind::Task) => Panel::KindTask,
            Some(ItemKind::Value) => Panel::KindValue,
            _ => Panel::KindStep,
        },
    })
}
