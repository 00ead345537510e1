//! The guide was read again: what was open, folded and selected finds its place in the new text. Places are found by
//! the headings above them, never by rows; progress finds its items by itself, through their names.

use super::model::{Model, Overlay, Place, PromptKind, Tone};
use super::msg::{Concern, Effect};
use crate::guide::{Anchor, CleanText, Container, ContainerKind, Guide, HeadingIndex, ItemIndex, fold};
use crate::words::Ui;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Asks for the guide to be read again.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    model.asked = true;
    vec![Effect::Reload]
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
        let tone = if what == Concern::Journal { Tone::Trouble } else { Tone::Warning };
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
    model.asked = false;
    model.forget_oddities();
    let old = std::mem::replace(&mut model.guide, guide);
    let new = model.guide.clone();
    let carry = Carry::new(&old, &new);
    let reader = &mut model.reader;
    reader.top = carry.anchor(reader.top);
    // Where the section is gone, one reads on in the one before it, also if that does not reach the top.
    let gone = reader.section.is_some_and(|s| carry.heading(s).is_none());
    reader.here = reader.here.or(gone.then_some(reader.place)).map(|a| carry.anchor(a));
    for place in reader.back.iter_mut().chain(&mut reader.forward) {
        *place = Place { top: carry.anchor(place.top), here: place.here.map(|a| carry.anchor(a)) };
    }
    // Containers have no names by which to find them again; code may be other code.
    reader.toggled.clear();
    model.colours.clear();
    model.colouring.clear();
    model.outline.folded = model.outline.folded.iter().filter_map(|h| carry.heading(*h)).collect();
    model.outline.followed = None;
    model.checklist.folded = carry_groups(&old, &new, &model.checklist.folded);
    model.checklist.followed = None;
    if let Some(Overlay::Table(view)) = &mut model.overlay {
        view.top = carry.anchor(view.top);
        view.block = view.top.block;
    }
    carry_overlay(model, &old, &new);
    model.tell_oddities();
    model.fact(&Ui::Reloaded)
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
    let notes = |guide: &Guide| -> Vec<(CleanText, u32)> {
        let note = |c: &Container| match &c.kind {
            ContainerKind::Footnote { label, number } => Some((label.clone(), *number)),
            _ => None,
        };
        guide.containers.iter().filter_map(note).collect()
    };
    let label = notes(old).into_iter().find(|(_, n)| *n == number)?.0;
    notes(new).into_iter().find(|(l, _)| *l == label).map(|(_, n)| n)
}

fn carry_groups(old: &Guide, new: &Guide, folded: &BTreeSet<usize>) -> BTreeSet<usize> {
    let ids: BTreeSet<_> = folded.iter().filter_map(|g| old.groups.get(*g)).map(|g| &g.id).collect();
    (0..new.groups.len()).filter(|g| ids.contains(&new.groups[*g].id)).collect()
}

/// Carries headings and places from one text of a guide to the next.
struct Carry<'a> {
    old: &'a Guide,
    new: &'a Guide,
    /// For each heading of the old text, the one with the same headings above it, and the same count of twins before.
    headings: Vec<Option<HeadingIndex>>,
}

impl<'a> Carry<'a> {
    fn new(old: &'a Guide, new: &'a Guide) -> Carry<'a> {
        let by_path: HashMap<Path, HeadingIndex> = paths(new).into_iter().enumerate().map(|(i, p)| (p, i)).collect();
        let headings = paths(old).iter().map(|path| by_path.get(path).copied()).collect();
        Carry { old, new, headings }
    }

    fn heading(&self, heading: HeadingIndex) -> Option<HeadingIndex> {
        self.headings.get(heading).copied().flatten()
    }

    /// The same place under the same heading; where the heading is gone, the nearest one before it that is not.
    fn anchor(&self, anchor: Anchor) -> Anchor {
        let blocks = self.new.blocks.len() as u32;
        let Some(section) = self.old.section_at(anchor) else {
            let end = self.new.headings.first().map_or(blocks, |h| h.block);
            return Anchor { block: anchor.block.min(end.saturating_sub(1)), ..anchor };
        };
        let kept = (0..=section).rev().find_map(|old| Some((old, self.heading(old)?)));
        let Some((old, new)) = kept else { return Anchor::default() };
        let block_of = |guide: &Guide, h: HeadingIndex| guide.headings.get(h).map_or(0, |h| h.block);
        let start = block_of(self.new, new);
        if old != section {
            return Anchor::of_block(start);
        }
        let end = self.new.headings.get(new + 1).map_or(blocks, |h| h.block);
        let within = anchor.block.saturating_sub(block_of(self.old, old));
        let block = (start + within).min(end.saturating_sub(1).max(start));
        if block == start + within { Anchor { block, ..anchor } } else { Anchor::of_block(block) }
    }
}

/// The folded titles above a heading and its own, and how many of the same path came before.
type Path = (Vec<String>, usize);

fn paths(guide: &Guide) -> Vec<Path> {
    let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
    let mut chains: Vec<Vec<String>> = Vec::new();
    let mut out = Vec::new();
    for heading in &guide.headings {
        let mut chain = heading.parent.and_then(|p| chains.get(p).cloned()).unwrap_or_default();
        chain.push(fold(&heading.text).text);
        chains.push(chain.clone());
        let twins = seen.entry(chain.clone()).or_insert(0);
        out.push((chain, *twins));
        *twins += 1;
    }
    out
}
