//! The contacts: which one is selected, copying and opening it.

use super::model::{Model, Overlay, Scan, Tone};
use super::msg::Effect;
use super::qr::Qr;
use super::update::Steps;
use super::{Panel, focus, links};
use crate::guide::{Contact, Reach};
use crate::words::Ui;

/// Moves the selection.
pub(super) fn scroll(model: &mut Model, steps: Steps) {
    let page = usize::from(model.panes.contacts_rows.height);
    model.contacts.selected = steps.from(model.contacts.selected, model.guide.contacts.len(), page);
}

/// Copies the bare address.
pub(super) fn copy_bare(model: &mut Model) -> Vec<Effect> {
    let Some(contact) = selected(model) else { return Vec::new() };
    links::copy_line(model, contact.bare)
}

/// Copies the whole link. One that leads nowhere is copied as it stands, and the reader is told.
pub(super) fn copy_link(model: &mut Model) -> Vec<Effect> {
    let Some(contact) = selected(model) else { return Vec::new() };
    if contact.reach == Reach::NoBase {
        model.say(Tone::Warning, &Ui::NoBase(contact.bare.clone()));
    }
    links::copy_line(model, contact.target)
}

/// Asks before the contact is opened.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let Some(contact) = selected(model) else { return Vec::new() };
    links::ask_contact(model, &contact)
}

/// Shows the contact as a QR code: a mail, a number or a page that a telephone can do something with.
pub(super) fn code(model: &mut Model) -> Vec<Effect> {
    let Some(contact) = selected(model) else { return Vec::new() };
    if contact.reach == Reach::NoBase {
        model.say(Tone::Warning, &Ui::NoBase(contact.bare.clone()));
        return Vec::new();
    }
    model.overlay = Some(Overlay::Code(Scan { code: Qr::of(&contact.target), text: contact.bare }));
    Vec::new()
}

/// A click on a row of the panel.
pub(super) fn click(model: &mut Model, row: usize) -> Vec<Effect> {
    let index = model.contacts.top + row;
    if index < model.guide.contacts.len() {
        model.contacts.selected = index;
    }
    focus(model, Panel::Contacts)
}

fn selected(model: &Model) -> Option<Contact> {
    model.guide.contacts.get(model.contacts.selected).cloned()
}
