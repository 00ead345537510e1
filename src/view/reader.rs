//! The text: breadcrumb, the laid-out rows with their items' marks, a thin scroll bar.

use super::pen::Pen;
use super::{hits, item_mark};
use crate::app::Model;
use crate::guide::ItemKind;
use crate::layout::{Line, script};
use crate::theme::{Ground, Role};
use ratatui::layout::Rect;

pub(super) fn draw(model: &Model, area: Rect, pen: &mut Pen) {
    breadcrumb(model, pen);
    let column = model.panes.column;
    for (line, y) in model.reader.lines.iter().zip(column.top()..column.bottom()) {
        self::line(model, line, Rect::new(column.x, y, column.width, 1), pen);
    }
    scroll_bar(model, area, pen);
}

fn breadcrumb(model: &Model, pen: &mut Pen) {
    let area = model.panes.breadcrumb;
    if area.height == 0 {
        return;
    }
    pen.fill(area, Ground::Page);
    let crumbs = crate::app::breadcrumb(model);
    let between = format!(" {} ", pen.glyphs.crumb);
    let (muted, faint) = (pen.style(Role::Muted), pen.style(Role::Faint));
    let mut x = model.panes.column.x;
    for (i, crumb) in crumbs.iter().enumerate() {
        if i > 0 {
            x = pen.put(x, area.y, area.right().saturating_sub(x), &between, faint);
        }
        x = pen.put(x, area.y, area.right().saturating_sub(x), crumb, muted);
    }
}

/// Draws one laid-out row.
pub(super) fn line(model: &Model, line: &Line, area: Rect, pen: &mut Pen) {
    if let Some((from, role)) = line.fill {
        let style = pen.style(role);
        let from = area.x + from.min(area.width);
        pen.tint(Rect::new(from, area.y, area.right() - from, 1), style);
    }
    let mut x = area.x;
    for run in &line.runs {
        let style = pen.theme.inline(run.role, run.style);
        let text = line.text.get(run.range.clone()).unwrap_or_default();
        let drawn = if model.settings.ascii { None } else { script(run.style, text) };
        let room = Rect { x, width: area.right().saturating_sub(x), ..area };
        x = pen.put(x, area.y, room.width, drawn.as_deref().unwrap_or(text), style);
        hits::paint(&model.finder, line.anchor.block, run, text, room, pen);
    }
    if let Some((from, _)) = line.fill {
        code_bar(area.x + from.min(area.width), area.y, pen);
    }
    let Some(slot) = line.slot else { return };
    let (Some(item), Some((standing, save))) = (model.guide.items.get(slot.item), model.stands(slot.item)) else {
        return;
    };
    let (mark, role) = item_mark(pen.glyphs, item.kind == ItemKind::Value, standing, *save);
    let style = pen.style(role);
    if slot.column < area.width {
        pen.put(area.x + slot.column, area.y, 1, mark, style);
    }
}

/// Where grounds are not painted, a thin bar tells code from text; a row that says it goes on has its mark there.
fn code_bar(x: u16, y: u16, pen: &mut Pen) {
    let free = pen.buf.cell((x, y)).is_some_and(|cell| cell.symbol() == " ");
    if free && !pen.theme.paints_grounds() {
        let (bar, style) = (pen.glyphs.code_bar, pen.style(Role::Faint));
        pen.put(x, y, 1, bar, style);
    }
}

/// A thumb at the right edge that stands for the rows on the screen; nothing where all of the guide is shown.
fn scroll_bar(model: &Model, area: Rect, pen: &mut Pen) {
    let column = model.panes.column;
    if model.reader.all || column.height < 4 || area.right() <= column.right() {
        return;
    }
    let cell = |percent: u8| (u32::from(column.height) * u32::from(percent.min(100)) / 100) as u16;
    let top = cell(model.reader.above).min(column.height - 1);
    let bottom = cell(model.reader.percent).clamp(top + 1, column.height);
    // Where a line parts the panels, the thumb lies on it.
    let x = if pen.theme.paints_grounds() || area.right() >= model.size.0 { area.right() - 1 } else { area.right() };
    let (mark, style) = (pen.glyphs.thumb, pen.style(Role::Faint));
    for y in column.y + top..column.y + bottom {
        pen.put(x, y, 1, mark, style);
    }
}
