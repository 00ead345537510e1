//! Copying and opening: what is asked of the edge, and what is told of how it went. Never claims more than was
//! confirmed, and opens nothing without a question.

use super::model::{Copying, Model, Overlay, Tone};
use super::msg::{Effect, Landing, Ticket};
use super::reader;
use crate::guide::{CleanText, Contact, Guide, Link, LinkId, Reach};
use crate::words::Ui;

/// Schemes that may be opened; everything else can only be copied.
const OPENABLE: [&str; 3] = ["https://", "http://", "mailto:"];

/// Copies a text; `called` is what the notice calls it.
pub(super) fn copy(model: &mut Model, text: CleanText, called: CleanText) -> Vec<Effect> {
    let ticket = model.draw_ticket();
    model.copying = Some(Copying { ticket, text: text.clone(), called });
    vec![Effect::Copy(ticket, text)]
}

/// What became of a copy.
pub(super) fn copied(model: &mut Model, ticket: Ticket, landing: Landing) -> Vec<Effect> {
    let Some(copy) = model.copying.take_if(|c| c.ticket == ticket) else { return Vec::new() };
    match landing {
        Landing::Taken(via) => model.fact(&Ui::Copied(copy.called, via)),
        Landing::Sent => model.fact(&Ui::Sent(copy.called)),
        Landing::NoWay(why) => {
            model.say(Tone::Warning, &Ui::NoClipboard(why));
            // Not over a dialog: somebody may be typing in it.
            if model.overlay.is_some() { Vec::new() } else { show_bare(model, copy.text) }
        }
    }
}

/// Shows a text alone, the mouse let go, so that the terminal's own selection takes it.
fn show_bare(model: &mut Model, text: CleanText) -> Vec<Effect> {
    model.overlay = Some(Overlay::Bare(text));
    if model.mouse { vec![Effect::CaptureMouse(false)] } else { Vec::new() }
}

/// Asks before a contact is opened.
pub(super) fn ask_contact(model: &mut Model, contact: &Contact) -> Vec<Effect> {
    if contact.reach == Reach::NoBase {
        model.say(Tone::Warning, &Ui::NoBase(contact.bare.clone()));
        return Vec::new();
    }
    ask(model, contact.target.clone(), &contact.label)
}

/// A link of the text was clicked: goes to the heading that it names, or asks before it is opened.
pub(super) fn follow(model: &mut Model, link: LinkId) -> Vec<Effect> {
    let guide = model.guide.clone();
    let Some(link) = guide.links.get(link.0 as usize) else { return Vec::new() };
    if let Some(name) = link.target.strip_prefix('#') {
        match heading_named(&guide, name) {
            Some(block) => reader::jump(model, block),
            None => model.say(Tone::Warning, &Ui::NoSuchPlace(link.target.clone())),
        }
        return Vec::new();
    }
    match contact_of(&guide, link) {
        Some(contact) if contact.reach == Reach::NoBase => ask_contact(model, contact),
        Some(contact) => ask(model, contact.target.clone(), &shown(&guide, link)),
        None => ask(model, link.target.clone(), &shown(&guide, link)),
    }
}

/// Shows the whole real target, and warns where the text of the link names another one.
fn ask(model: &mut Model, target: CleanText, label: &CleanText) -> Vec<Effect> {
    let lower = target.to_lowercase();
    if !OPENABLE.iter().any(|scheme| lower.starts_with(scheme)) {
        model.say(Tone::Warning, &Ui::NotOpenable(target));
        return Vec::new();
    }
    if named_in(label).is_some_and(|named| named_in(&target).as_deref() != Some(&named)) {
        model.say(Tone::Warning, &Ui::Disguised(label.clone()));
    }
    model.overlay = Some(Overlay::Open(target));
    Vec::new()
}

/// Hands the target that was shown to the system.
pub(super) fn open(model: &mut Model, target: CleanText) -> Vec<Effect> {
    let ticket = model.draw_ticket();
    model.opening = Some((ticket, target.clone()));
    vec![Effect::Open(ticket, target)]
}

/// What became of it.
pub(super) fn opened(model: &mut Model, ticket: Ticket, result: Result<(), CleanText>) -> Vec<Effect> {
    let Some((_, target)) = model.opening.take_if(|o| o.0 == ticket) else { return Vec::new() };
    match result {
        Ok(()) => model.say(Tone::Fact, &Ui::Opened(target)),
        Err(why) => model.say(Tone::Trouble, &Ui::NotOpened(why)),
    }
    Vec::new()
}

/// The contact that a link stands for. Contacts are kept once each, with the block of the first link to them.
fn contact_of<'a>(guide: &'a Guide, link: &Link) -> Option<&'a Contact> {
    let first_link = |contact: &&Contact| {
        let start = guide.links.partition_point(|l| l.block < contact.block);
        let here = guide.links.iter().skip(start).take_while(|l| l.block == contact.block);
        here.into_iter().any(|l| l.target == link.target && shown(guide, l) == contact.label)
    };
    guide.contacts.iter().find(first_link)
}

/// What the reader sees of a link.
fn shown(guide: &Guide, link: &Link) -> CleanText {
    let range = link.range.start as usize..link.range.end as usize;
    guide.blocks.get(link.block as usize).map(|b| CleanText::line(&b.text.part(range))).unwrap_or_default()
}

/// The host or the mail address that a text names, if it looks like one.
fn named_in(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    if text.contains(char::is_whitespace) {
        return None;
    }
    let address = text.strip_prefix("mailto:").unwrap_or(&text);
    if let Some(rest) = address.split_once("://").map(|(_, rest)| rest).or(address.strip_prefix("www.")) {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        return Some(host.strip_prefix("www.").unwrap_or(host).to_owned());
    }
    address.contains('@').then(|| address.split('?').next().unwrap_or_default().to_owned())
}

/// The block of the heading that a link `#name` means: an explicit id, else the name that GitHub would give it, folded.
fn heading_named(guide: &Guide, name: &str) -> Option<u32> {
    guide.heading_by_fragment(name).and_then(|h| guide.headings.get(h)).map(|h| h.block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_looks_like_an_address_names_its_host() {
        assert_eq!(named_in("https://www.Banque.fr/compte"), Some("banque.fr".into()));
        assert_eq!(named_in("www.banque.fr"), Some("banque.fr".into()));
        assert_eq!(named_in("mailto:a@b.fr?subject=x"), Some("a@b.fr".into()));
        assert_eq!(named_in("a@b.fr"), Some("a@b.fr".into()));
        assert_eq!(named_in("notre site"), None);
        assert_eq!(named_in("manifeste"), None);
    }

    #[test]
    fn a_heading_is_found_by_its_id_and_by_its_name() {
        let guide = Guide::parse("# Où aller ?\n\n## Autre {#ici}\n", &crate::guide::Origin::default());
        assert_eq!(heading_named(&guide, "ici"), Some(1));
        assert_eq!(heading_named(&guide, "o%C3%B9-aller-"), heading_named(&guide, "où-aller-"));
        assert_eq!(heading_named(&guide, "nulle-part"), None);
    }
}
