//! Copying and opening: what is asked of the edge, and what is told of how it went. Never claims more than was
//! confirmed, and opens nothing without a question.

use super::model::{Copying, Model, Overlay, Question, Scan, Tone};
use super::msg::{Effect, Landing, Ticket};
use super::qr::Qr;
use super::visit;
use crate::guide::{CleanText, Contact, Guide, Link, LinkId, Reach, Target, check, guise};
use crate::words::Ui;

/// The longest address that is copied, in bytes.
const LONGEST_LINE: usize = 8 * 1024;

/// Copies a text; `called` is what the notice calls it.
pub(super) fn copy(model: &mut Model, text: CleanText, called: CleanText) -> Vec<Effect> {
    let ticket = model.draw_ticket();
    model.copying = Some(Copying { ticket, text: text.clone(), called });
    vec![Effect::Copy(ticket, text)]
}

/// Copies one line, which is called by its own words. One that no honest address is as long as is refused.
pub(super) fn copy_line(model: &mut Model, text: CleanText) -> Vec<Effect> {
    let line = CleanText::line(text.trim());
    if line.len() > LONGEST_LINE {
        model.say(Tone::Warning, &Ui::TooLongToCopy(LONGEST_LINE / 1024));
        return Vec::new();
    }
    copy(model, line.clone(), line)
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
    let code = Qr::of(&text);
    model.overlay = Some(Overlay::Bare(Scan { text, code }));
    if model.mouse { vec![Effect::CaptureMouse(false)] } else { Vec::new() }
}

/// Asks before a contact is opened.
pub(super) fn ask_contact(model: &mut Model, contact: &Contact) -> Vec<Effect> {
    match contact.reach {
        Reach::NoBase => model.say(Tone::Warning, &Ui::NoBase(contact.bare.clone())),
        Reach::Ready => match check(&contact.target) {
            Ok(target) => ask(model, target, &contact.label),
            Err(why) => model.say(Tone::Warning, &Ui::Refused(contact.target.clone(), why)),
        },
    }
    Vec::new()
}

/// Follows a link of the text: goes to the place that it names, or asks before it is opened.
pub(super) fn follow(model: &mut Model, link: LinkId) -> Vec<Effect> {
    let guide = model.guide.clone();
    let Some(link) = guide.link(link) else { return Vec::new() };
    match guide.target(&link.target) {
        Target::Place(name) => visit::go_to_name(model, &name),
        Target::Guide(wanted) => return visit::follow(model, wanted),
        Target::NoBase => model.say(Tone::Warning, &Ui::NoBase(link.target.clone())),
        Target::Open(target) => ask(model, target, &shown(&guide, link)),
        Target::Refused(why) => model.say(Tone::Warning, &Ui::Refused(link.target.clone(), why)),
    }
    Vec::new()
}

/// Copies where a link of the text leads: a page's or a mail's whole link, everything else as it stands.
pub(super) fn copy_target(model: &mut Model, link: LinkId) -> Vec<Effect> {
    let Some(link) = model.guide.link(link) else { return Vec::new() };
    let text = match model.guide.target(&link.target) {
        Target::Open(target) => target,
        _ => link.target.clone(),
    };
    copy_line(model, text)
}

/// Asks, showing the whole real target; where the text of the link names another one, that is told beside it.
fn ask(model: &mut Model, target: CleanText, label: &CleanText) {
    let guise = guise(label, &target);
    model.overlay = Some(Overlay::Open(Question { target, guise }));
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

/// What the reader sees of a link.
fn shown(guide: &Guide, link: &Link) -> CleanText {
    let range = link.range.start as usize..link.range.end as usize;
    guide.block(link.block).map(|b| CleanText::line(&b.text.part(range))).unwrap_or_default()
}
