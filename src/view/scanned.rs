//! QR codes, and a text alone on a clean screen for the terminal's own selection. A code is dark on light in every theme,
//! as scanners expect it.

use super::overlay::wrapped;
use super::pen::{Pen, columns};
use crate::app::{Model, Qr, Scan};
use crate::theme::{Ground, Role, Themed};
use crate::words;
use ratatui::layout::Rect;

/// The text alone, and its code below it. What stands beside it would be selected, too.
pub(super) fn bare(model: &Model, scan: &Scan, area: Rect, pen: &mut Pen) {
    let lang = model.settings.lang;
    pen.fill(area, Ground::Page);
    let (muted, plain) = (pen.style(Role::Muted), pen.style(Role::Text));
    pen.put(area.x, area.y, area.width, &words::Panel::BareHint.say(lang), muted);
    let width = usize::from(area.width.max(1));
    let room = usize::from(area.height.saturating_sub(1));
    // Megabytes are not broken into lines that have no place.
    let head: String = scan.text.chars().take(width * room + 1).collect();
    let mut lines = head.split('\n').flat_map(|line| wrapped(line, width));
    let shown: Vec<String> = lines.by_ref().take(room).collect();
    let more = lines.next().is_some() || head.len() < scan.text.len();
    let mut y = area.y + 1;
    for line in &shown {
        pen.put(area.x, y, area.width, line, plain);
        y += 1;
    }
    if more {
        let last = area.bottom().saturating_sub(1);
        pen.fill(Rect { y: last, height: 1, ..area }, Ground::Page);
        pen.put(area.x, last, area.width, &words::Panel::MoreText.say(lang), muted);
        return;
    }
    let below = Rect { y, height: area.bottom().saturating_sub(y), ..area };
    if let Some(place) = scan.code.as_ref().and_then(|code| place(model, code, below)) {
        modules(model, scan, Rect { x: area.x, y, ..place }, pen);
    }
}

/// A contact's code over the panels; the footer tells the keys.
pub(super) fn code(model: &Model, scan: &Scan, area: Rect, pen: &mut Pen) {
    let lang = model.settings.lang;
    let area = Rect { height: area.height.saturating_sub(model.panes.footer.height), ..area };
    pen.fill(area, Ground::Page);
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let code = scan.code.as_ref();
    match code.and_then(|code| place(model, code, below)) {
        Some(place) => {
            let title = pen.style(Role::PanelTitle);
            let long = columns(&scan.text).min(area.width);
            pen.put(area.x + (area.width - long) / 2, place.y - 1, long, &scan.text, title);
            modules(model, scan, place, pen);
        }
        None => {
            let why = code.map_or(words::Panel::CodeTooLong, |code| {
                let (columns, rows) = size(model, code);
                words::Panel::CodeTooSmall(columns, rows + 1 + model.panes.footer.height)
            });
            let (plain, warning) = (pen.style(Role::Text), pen.style(Role::Warning));
            let room = area.width.saturating_sub(2);
            let told = wrapped(&why.say(lang), usize::from(room.max(1)));
            let text = wrapped(&scan.text, usize::from(room.max(1)));
            let lines = told.iter().map(|line| (line, warning)).chain(text.iter().map(|line| (line, plain)));
            for ((line, style), y) in lines.zip(area.top() + 1..area.bottom()) {
                pen.put(area.x + 1, y, room, line, style);
            }
        }
    }
}

/// The columns and rows that a code takes. Half blocks are no ASCII.
fn size(model: &Model, code: &Qr) -> (u16, u16) {
    if model.settings.ascii { code.squares() } else { code.halves() }
}

/// Where a code stands: in the middle; none where it has no room.
fn place(model: &Model, code: &Qr, area: Rect) -> Option<Rect> {
    let (width, height) = size(model, code);
    let (left, above) = (area.width.checked_sub(width)? / 2, area.height.checked_sub(height)? / 2);
    Some(Rect::new(area.x + left, area.y + above, width, height))
}

/// Paints the modules of a code.
fn modules(model: &Model, scan: &Scan, area: Rect, pen: &mut Pen) {
    let Some(code) = &scan.code else { return };
    for y in 0..area.height {
        for x in 0..area.width {
            let (column, row) = (usize::from(x), usize::from(y));
            let pair = match model.settings.ascii {
                true => [code.is_dark(column / 2, row); 2],
                false => [code.is_dark(column, 2 * row), code.is_dark(column, 2 * row + 1)],
            };
            cell(model, pair, area.x + x, area.y + y, pen);
        }
    }
}

/// A cell that shows two modules, one above the other; in ASCII both are the same.
fn cell(model: &Model, [upper, lower]: [bool; 2], x: u16, y: u16, pen: &mut Pen) {
    if let Some(style) = pen.theme.scanned([upper, lower]) {
        pen.put(x, y, 1, if upper == lower { " " } else { "▀" }, style);
        return;
    }
    // Without colour, blocks have the ink's brightness: a light module's on a dark screen, which most are, and a dark
    // one's on paper.
    let paper = model.themed == Themed::Day;
    let solid = [upper == paper, lower == paper];
    let mark = match (model.settings.ascii, solid) {
        (_, [false, false]) => " ",
        (true, _) => "#",
        (false, [true, true]) => "█",
        (false, [true, false]) => "▀",
        (false, [false, true]) => "▄",
    };
    let style = pen.style(Role::Text);
    pen.put(x, y, 1, mark, style);
}
