//! The rows at the bottom: what there is to tell, the keys that matter here, how far down one is.

use super::pen::{Pen, columns};
use super::{hits, quest};
use crate::app::{Model, Notice, Tone, footer_hints, help_hint};
use crate::theme::{Ground, Role};
use crate::words;
use ratatui::layout::Rect;

/// Columns between two hints.
const BETWEEN: u16 = 3;

pub(super) fn draw(model: &Model, pen: &mut Pen) {
    notice(model, model.panes.notice, pen);
    footer(model, model.panes.footer, pen);
}

fn notice(model: &Model, area: Rect, pen: &mut Pen) {
    if area.height == 0 {
        return;
    }
    pen.fill(area, Ground::Side);
    let Some(Notice { tone, text }) = model.said() else { return };
    let role = match tone {
        Tone::Fact => Role::Good,
        Tone::Warning => Role::Warning,
        Tone::Trouble => Role::Danger,
    };
    let style = pen.style(role);
    pen.put(area.x + 1, area.y, area.width.saturating_sub(2), text, style);
}

fn footer(model: &Model, area: Rect, pen: &mut Pen) {
    if area.height == 0 {
        return;
    }
    pen.fill(area, Ground::Side);
    let (name, word) = (pen.style(Role::KeyName), pen.style(Role::KeyWord));
    let lang = model.settings.lang;
    let place = match (&model.library, model.reader.all) {
        (Some(library), _) if library.rows.is_empty() => "0".into(),
        (Some(library), _) => format!("{}/{}", library.selected + 1, library.rows.len()).into(),
        (None, true) => words::Panel::Whole.say(lang),
        (None, false) => words::Panel::Percent(model.reader.percent).say(lang),
    };
    let mut right = pen.put_right(area.right().saturating_sub(2), area.y, &place, word).saturating_sub(2);
    // Half of the row is for the keys.
    let room = right.saturating_sub(area.width / 2);
    let mut told = hits::told(model).into_iter().chain(quest::told(model));
    if let Some((text, role)) = told.find(|(text, _)| columns(text) <= room) {
        let style = pen.style(role);
        right = pen.put_right(right, area.y, &text, style).saturating_sub(2);
    }
    let mut x = area.x + 1;
    for (key, what) in fitting(footer_hints(model), help_hint(model), usize::from(right.saturating_sub(x))) {
        x = pen.put(x, area.y, right - x, &key, name) + 1;
        x = pen.put(x, area.y, right - x, &what, word) + BETWEEN;
    }
}

/// The hints that have room, the first ones first: each whole or not at all. The one that leads to all the others keeps
/// its room, or nobody would know of what did not fit.
fn fitting(hints: Vec<(String, String)>, help: Option<(String, String)>, room: usize) -> Vec<(String, String)> {
    let wide = |(key, what): &(String, String)| usize::from(columns(key)) + 1 + usize::from(columns(what));
    let gap = usize::from(BETWEEN);
    let whole = hints.iter().map(|hint| wide(hint) + gap).sum::<usize>().saturating_sub(gap);
    let help = help.filter(|help| whole > room && wide(help) <= room);
    let mut left = room - help.as_ref().map_or(0, |help| (wide(help) + gap).min(room));
    let mut shown = Vec::new();
    for hint in hints.into_iter().filter(|hint| Some(hint) != help.as_ref()) {
        if wide(&hint) > left {
            break;
        }
        left = left.saturating_sub(wide(&hint) + gap);
        shown.push(hint);
    }
    shown.extend(help);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(room: usize) -> String {
        let hint = |text: &str| text.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let hints = ["j move", "/ search", "c contacts", "? help", "q quit"].map(hint).to_vec();
        let shown = fitting(hints, Some(hint("? help")), room);
        shown.iter().map(|(key, what)| format!("{key} {what}")).collect::<Vec<_>>().join("   ")
    }

    #[test]
    fn the_hint_of_the_help_is_the_last_to_go() {
        for (room, expected) in [
            (99, "j move   / search   c contacts   ? help   q quit"),
            (48, "j move   / search   c contacts   ? help   q quit"),
            (47, "j move   / search   c contacts   ? help"),
            (39, "j move   / search   c contacts   ? help"),
            (38, "j move   / search   ? help"),
            (25, "j move   ? help"),
            (14, "? help"),
            (5, ""),
        ] {
            assert_eq!(shown(room), expected, "{room}");
            assert!(expected.len() <= room);
        }
    }
}
