//! The outline: headings with their marks and counts; the section being read stands out.

use super::pen::{Pen, columns};
use super::{item_mark, selected_row};
use crate::app::{Mark, Model, OutlineRow, Panel, filtered, hits_in};
use crate::guide::ItemKind;
use crate::progress::Tally;
use crate::theme::{Glyphs, Role};
use ratatui::layout::Rect;

pub(super) fn draw(model: &Model, area: Rect, pen: &mut Pen) {
    let room = usize::from(area.height);
    let top = model.outline.top;
    for (i, row) in model.outline.rows.iter().enumerate().skip(top).take(room) {
        let y = area.y + (i - top) as u16;
        let line = Rect::new(area.x, y, area.width, 1);
        match i == model.outline.selected {
            true => selected_row(model, Panel::Outline, line, pen, |pen| self::row(model, row, true, line, pen)),
            false => self::row(model, row, false, line, pen),
        }
    }
}

fn row(model: &Model, row: &OutlineRow, selected: bool, area: Rect, pen: &mut Pen) {
    let y = area.y;
    if row.reading {
        let (here, style) = (pen.glyphs.here, pen.style(Role::Accent));
        pen.put(area.x, y, 1, here, style);
    }
    let deepest = u32::from(area.width / 6);
    let mut x = area.x + 1 + 2 * row.depth.min(deepest) as u16;
    let (mark, role) = mark(model, row, pen.glyphs);
    let style = pen.style(role);
    pen.put(x, y, 1, mark, style);
    x += 2;
    let mut right = area.right().saturating_sub(1);
    if row.changed {
        let (news, style) = (pen.glyphs.news, pen.style(Role::Accent));
        pen.put(right, y, 1, news, style);
    }
    let hits = hits_in(model, row);
    if hits > 0 {
        // While one searches, where the hits stand matters more than what is done.
        let role = if pen.theme.paints_grounds() { Role::Hit } else { Role::KeyName };
        let (count, style) = (format!(" {hits} "), pen.style(role));
        right = pen.put_right(right, y, &count, style).saturating_sub(1);
    } else if row.tally.total > 0 && !matches!(row.mark, Mark::Item(..)) {
        let count = format!("{}/{}", row.tally.done, row.tally.total);
        let full = row.tally.done == row.tally.total;
        let style = pen.style(if full { Role::Done } else { Role::Muted });
        if right.saturating_sub(columns(&count)) > x + 6 {
            right = pen.put_right(right, y, &count, style).saturating_sub(1);
        }
    }
    let settled = matches!(&row.mark, Mark::Item(_, standing, _) if standing.settled());
    let role = match (row.reading || selected, settled) {
        (true, _) => Role::PanelTitle,
        (false, true) => Role::Settled,
        (false, false) => Role::Text,
    };
    let style = pen.style(role);
    let text = model.guide.headings.get(row.heading).map_or("", |h| &*h.text);
    let end = pen.put(x, y, right.saturating_sub(x), text, style);
    pen.underline(x, end, y, text, &filtered(model, Panel::Outline, text));
}

/// An item's own mark; else, for a section, whether it is folded, or how much of it is settled.
fn mark(model: &Model, row: &OutlineRow, glyphs: &'static Glyphs) -> (&'static str, Role) {
    match &row.mark {
        _ if row.branch && row.folded => (glyphs.folded, Role::Muted),
        Mark::Item(item, standing, save) => {
            let value = model.guide.items.get(*item).is_some_and(|i| i.kind == ItemKind::Value);
            item_mark(glyphs, value, standing, *save)
        }
        Mark::Counts(Tally { done, total }) => match *done {
            0 => (glyphs.empty, Role::Open),
            n if n == *total => (glyphs.full, Role::Done),
            _ => (glyphs.half, Role::Accent),
        },
        Mark::None => (" ", Role::Faint),
    }
}
