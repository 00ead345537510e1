//! The guide was read again: what was open, folded and selected finds its place in the new text. Places are found by
//! the headings above them, never by rows; progress finds its items by itself, through their names.

use super::library;
use super::model::{Model, Overlay, Place, PromptKind, Reader, Tone};
use super::msg::{Concern, Effect};
use super::sections::{Carry, Prints, Spot};
use super::visit::GuideNumber;
use crate::guide::{Anchor, CleanText, Guide, HeadingIndex, ItemIndex};
use crate::layout::Measures;
use crate::words::{News, Ui};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A place that an edit took away.
#[derive(Clone, Debug)]
pub(super) struct Sought {
    /// Where one reads instead; from anywhere else, nothing is sought any more.
    from: Place,
    /// The top of the screen, and where a jump had landed.
    place: (Spot, Option<Spot>),
    /// What was being read.
    read: Spot,
}

/// Asks for the guide to be read again.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    model.asked = true;
    if model.library.is_some() { library::survey(model) } else { vec![Effect::Reload] }
}

/// The file holds what it held before. Only who asked needs to be told.
pub(super) fn unchanged(model: &mut Model) -> Vec<Effect> {
    model.concern(Concern::Guide, None);
    if std::mem::take(&mut model.asked) { model.fact(&Ui::Unchanged) } else { Vec::new() }
}

/// The file cannot be read. Who asked is told once; else it is told until the file is back, and reading goes on.
pub(super) fn failed(model: &mut Model, why: CleanText) -> Vec<Effect> {
    if std::mem::take(&mut model.asked) {
        model.say(Tone::Trouble, &Ui::NotReloaded(why));
    } else {
        let text = Ui::EarlierText(why).say(model.settings.lang).into_owned();
        model.concern(Concern::Guide, Some(CleanText::line(&text)));
    }
    Vec::new()
}

impl Model {
    /// Keeps in sight what is wrong outside, and takes it away once it is mended.
    pub(super) fn concern(&mut self, what: Concern, why: Option<CleanText>) {
        let before = match &why {
            Some(text) => self.concerns.insert(what, text.clone()),
            None => self.concerns.remove(&what),
        };
        // Two concerns may be told by one sentence, which stays while one of them does.
        let still = |text: &CleanText| self.concerns.values().any(|t| t == text);
        if let Some(text) = before.filter(|text| !still(text)) {
            self.banners.retain(|b| b.text != text);
        }
        let tone = if matches!(what, Concern::Journal | Concern::Elsewhere) { Tone::Trouble } else { Tone::Warning };
        if let Some(text) = why {
            // What went wrong just now is not to wait behind a plain fact for the next key.
            self.notice.take_if(|n| n.tone == Tone::Fact);
            self.banner(tone, text);
        }
    }
}

/// Takes the new guide.
pub(super) fn reloaded(model: &mut Model, guide: Arc<Guide>) -> Vec<Effect> {
    model.concern(Concern::Guide, None);
    let asked = std::mem::take(&mut model.asked);
    model.forget_oddities();
    let old = std::mem::replace(&mut model.guide, guide);
    model.measures = Measures::default();
    let new = model.guide.clone();
    model.log.settle_for(&new);
    // Ticks in the file, as by our own hand, move nothing: what was unfolded, coloured and open stays as it is.
    if old.differs_in_boxes(&new) && old.title == new.title {
        model.tell_oddities();
        return if asked { model.fact(&Ui::Reloaded) } else { Vec::new() };
    }
    let (before, now) = (Prints::of(&old), Prints::of(&new));
    let carry = Carry::new(&before, &new, &now);
    carry_reader(&mut model.reader, model.number, &old, &before, &carry);
    model.colours.clear();
    model.colouring.clear();
    let carried = |headings: &BTreeSet<HeadingIndex>| headings.iter().filter_map(|h| carry.heading(*h)).collect();
    let outline = &mut model.outline;
    (outline.folded, outline.news) = (carried(&outline.folded), carried(&outline.news));
    outline.followed = None;
    model.checklist.folded = carry_groups(&old, &new, &model.checklist.folded);
    model.checklist.followed = None;
    if let Some(Overlay::Table(view)) = &mut model.overlay {
        view.top = carry.anchor(&Spot::of(&old, &before, view.top));
        view.block = view.top.block;
    }
    carry_overlay(model, &old, &new);
    model.tell_oddities();
    let changes = carry.changes();
    // A guide in which only ticks or line breaks changed, as by our own hand, is no news to who did not ask.
    match (changes.is_empty(), asked) {
        (true, false) => {}
        (true, true) => return model.fact(&Ui::Reloaded),
        (false, _) => model.inform(&News::Reloaded(changes.count())),
    }
    model.outline.news.extend(changes.new.iter().chain(&changes.changed));
    Vec::new()
}

/// One reads on where one was. Where that is gone, it is remembered until one moves: a text that was read while an
/// editor was still writing it comes back whole.
fn carry_reader(reader: &mut Reader, number: GuideNumber, old: &Guide, before: &Prints, carry: &Carry) {
    let spot = |anchor: Anchor| Spot::of(old, before, anchor);
    let wanted = reader.wanted();
    let mut place = (spot(reader.top), reader.here.map(spot));
    let mut read = spot(reader.place);
    if let Some(sought) = reader.sought.take().filter(|s| s.from == wanted) {
        (place, read) = (sought.place, sought.read);
    }
    // Where the section is gone, one reads on in the one before it, also if that does not reach the top.
    let is_lost = !carry.holds(&read) || !carry.holds(&place.0);
    let here = place.1.or(is_lost.then_some(read));
    (reader.top, reader.here) = (carry.anchor(&place.0), here.map(|h| carry.anchor(&h)));
    let from = reader.wanted();
    reader.sought = is_lost.then_some(Sought { from, place, read });
    for stop in reader.back.iter_mut().chain(&mut reader.forward).filter(|stop| stop.guide == number) {
        let place = &mut stop.place;
        *place = Place { top: carry.anchor(&spot(place.top)), here: place.here.map(|a| carry.anchor(&spot(a))) };
    }
    // Containers have no names by which to find them again; code may be other code.
    reader.toggled.clear();
}

/// A dialog about an item stays where the item does.
fn carry_overlay(model: &mut Model, old: &Guide, new: &Guide) {
    let item = |index: ItemIndex| {
        let id = &old.items.get(index)?.id;
        new.items.iter().position(|i| i.id == *id)
    };
    let stays = match &mut model.overlay {
        Some(Overlay::Why(index)) => item(*index).map(|i| *index = i).is_some(),
        Some(Overlay::Prompt(prompt)) => {
            let (PromptKind::Skip(index) | PromptKind::Note(index)) = &mut prompt.kind;
            item(*index).map(|i| *index = i).is_some()
        }
        Some(Overlay::Footnote(view)) => same_note(old, new, view.number).map(|n| view.number = n).is_some(),
        _ => true,
    };
    if !stays {
        model.overlay = None;
    }
}

/// The number that a footnote has now: its label is its name.
fn same_note(old: &Guide, new: &Guide, number: u32) -> Option<u32> {
    let label = &old.footnotes.iter().find(|note| note.number == number)?.label;
    new.footnotes.iter().find(|note| note.label == *label).map(|note| note.number)
}

fn carry_groups(old: &Guide, new: &Guide, folded: &BTreeSet<usize>) -> BTreeSet<usize> {
    let ids: BTreeSet<_> = folded.iter().filter_map(|g| old.groups.get(*g)).map(|g| &g.id).collect();
    (0..new.groups.len()).filter(|g| ids.contains(&new.groups[*g].id)).collect()
}
