//! The contacts: what each is by its mark, the bare address or the link's words.

use super::pen::{Pen, columns};
use super::{capital, contact_mark, rest_word, selected_row};
use crate::app::{Model, Panel};
use crate::guide::{Contact, ContactKind, Reach, guise};
use crate::theme::Role;
use crate::words;
use ratatui::layout::Rect;

pub(super) fn draw(model: &Model, area: Rect, pen: &mut Pen) {
    title(model, Rect { y: area.y.saturating_sub(1), height: 1, ..area }, pen);
    let room = usize::from(area.height);
    let top = model.contacts.top;
    for (i, contact) in model.guide.contacts.iter().enumerate().skip(top).take(room) {
        let line = Rect::new(area.x, area.y + (i - top) as u16, area.width, 1);
        match i == model.contacts.selected && model.focus == Panel::Contacts {
            true => selected_row(model, Panel::Contacts, line, pen, |pen| row(model, contact, line, pen)),
            false => row(model, contact, line, pen),
        }
    }
}

/// The panel's name; beside it, while the panel has the focus, what the selected contact is and which section names it.
fn title(model: &Model, area: Rect, pen: &mut Pen) {
    let lang = model.settings.lang;
    let (name, muted) = (pen.style(Role::PanelTitle), pen.style(Role::Muted));
    let end = pen.put(area.x, area.y, area.width, &capital(&words::Panel::Contacts.say(lang)), name) + 2;
    if let Some(word) = rest_word(model) {
        let told = word.say(lang);
        let right = area.right().saturating_sub(1);
        pen.put_right(right, area.y, &told, muted);
        return;
    }
    let selected = model.guide.contacts.get(model.contacts.selected).filter(|_| model.focus == Panel::Contacts);
    let Some(contact) = selected else { return };
    let kind = words::Panel::Kind(contact.kind).say(lang);
    let section = contact.heading.and_then(|heading| model.guide.headings.get(heading));
    let told =
        section.map_or_else(|| kind.to_string(), |section| format!("{kind} {} {}", pen.glyphs.dot, section.text));
    let right = area.right().saturating_sub(1);
    let start = right.saturating_sub(columns(&told)).max(end);
    pen.put(start, area.y, right.saturating_sub(start), &told, muted);
}

fn row(model: &Model, contact: &Contact, area: Rect, pen: &mut Pen) {
    let y = area.y;
    let mark = contact_mark(pen.glyphs, contact.kind);
    let style = pen.style(Role::Accent);
    pen.put(area.x + 1, y, 1, mark, style);
    let x = area.x + 3;
    let mut right = area.right().saturating_sub(1);
    if contact.reach == Reach::NoBase {
        let (text, style) = (words::Panel::OutOfReach.say(model.settings.lang), pen.style(Role::Muted));
        if right.saturating_sub(columns(&text)) > x + 10 {
            right = pen.put_right(right, y, &text, style).saturating_sub(1);
        }
    }
    // An address is read as it stands; a link by its words, its address beside it where there is room.
    let style = pen.style(Role::Text);
    // Words that name another address are not taken at their word.
    let is_disguised = guise(&contact.label, &contact.target).is_some();
    if contact.kind != ContactKind::Web || contact.label.is_empty() || is_disguised {
        pen.put(x, y, right.saturating_sub(x), &contact.bare, style);
        return;
    }
    let end = pen.put(x, y, right.saturating_sub(x), &contact.label, style) + 2;
    if right > end + 12 && contact.label != contact.bare {
        let style = pen.style(Role::Muted);
        pen.put(end, y, right - end, &contact.bare, style);
    }
}
