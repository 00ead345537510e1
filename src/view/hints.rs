//! Letters over the links of the text, and the line at the bottom that says what they are for. The text does not move.

use super::pen::{Pen, columns};
use crate::app::{Errand, Hint, Hints, Model, footer_hints};
use crate::theme::{Ground, Role};
use crate::words;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

pub(super) fn draw(model: &Model, hints: &Hints, pen: &mut Pen) {
    let column = model.panes.column;
    for hint in hints.marks.iter().filter(|hint| hint.row < column.height && hint.label.starts_with(&hints.typed)) {
        label(hint, &hints.typed, column, pen);
    }
    footer(model, hints, pen);
}

/// The letters typed already are underlined, so that one sees where one is.
fn label(hint: &Hint, typed: &str, column: Rect, pen: &mut Pen) {
    let area = Rect::new(column.x + hint.column, column.y + hint.row, columns(&hint.label), 1);
    clear(area, pen);
    let style = pen.style(Role::Hint);
    let rest = hint.label.strip_prefix(typed).unwrap_or_default();
    let x = pen.put(area.x, area.y, area.width, typed, style.add_modifier(Modifier::UNDERLINED));
    pen.put(x, area.y, area.right().saturating_sub(x), rest, style);
}

/// Wipes an area, and a wide character that reaches into it.
fn clear(area: Rect, pen: &mut Pen) {
    let left = area.x.checked_sub(1).and_then(|x| pen.buf.cell((x, area.y)).map(|cell| (x, cell.symbol().width())));
    let from = left.filter(|(_, width)| *width > 1).map_or(area.x, |(x, _)| x);
    pen.fill(Rect { x: from, width: area.right() - from, ..area }, Ground::Page);
}

fn footer(model: &Model, hints: &Hints, pen: &mut Pen) {
    let (area, lang) = (model.panes.footer, model.settings.lang);
    pen.fill(area, Ground::Raised);
    let what = match hints.errand {
        Errand::Follow => words::Panel::FollowPrompt,
        Errand::Copy => words::Panel::CopyPrompt,
    };
    let (name, typed, wrong) = (pen.style(Role::Accent), pen.style(Role::Text), pen.style(Role::Warning));
    let room = |x: u16| area.right().saturating_sub(x + 1);
    let x = pen.put(area.x + 1, area.y, room(area.x), &what.say(lang), name) + 1;
    let x = pen.put(x, area.y, room(x), &hints.typed, typed) + 2;
    if let Some(letter) = hints.wrong {
        pen.put(x, area.y, room(x), &words::Panel::WrongLetter(letter).say(lang), wrong);
        return;
    }
    let (key_name, word) = (pen.style(Role::KeyName), pen.style(Role::KeyWord));
    for (key, what) in footer_hints(model) {
        let x = pen.put(x, area.y, room(x), &key, key_name) + 1;
        pen.put(x, area.y, room(x), &what, word);
    }
}
