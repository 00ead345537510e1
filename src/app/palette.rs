//! The palette: finds any action, heading, item and contact by some of its letters, and does it or goes there.
//! Actions come from the table of keys alone.

use super::fuzzy;
use super::keymap::{Action, Keymap, Where, places};
use super::model::{Model, Overlay, Panel};
use super::msg::Effect;
use super::settle::top_showing;
use super::update::act;
use super::{checklist, contacts, focus, help, reader};
use crate::guide::{CleanText, Contact, ContactKind, Guide, HeadingIndex, ItemIndex, fold};
use std::ops::Range;
use std::sync::Arc;

/// The most rows that are shown.
const ROWS: u16 = 16;
/// What a key that was typed as it stands is worth: `q` is first of all the key that quits.
const KEY: i32 = 1000;
/// What the name in the configuration, which nobody sees, is worth less than what stands there.
const UNSEEN: i32 = 20;

/// What a row of the palette leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Does what a key does in a place.
    Act(Where, Action),
    /// Goes to a heading.
    Heading(HeadingIndex),
    /// Goes to an item.
    Item(ItemIndex),
    /// Copies a contact, as Enter does in the contacts.
    Contact(usize),
}

/// The palette, open.
#[derive(Clone, Debug)]
pub struct Palette {
    /// What is typed, and the cursor.
    pub input: tui_input::Input,
    /// The selected row.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
    /// All that can be found.
    entries: Arc<Vec<Entry>>,
    /// Those that fit, the best one first.
    found: Vec<usize>,
}

/// Something that can be found.
#[derive(Clone, Debug)]
struct Entry {
    goal: Goal,
    label: CleanText,
    /// What it is found by: its label first, folded.
    names: Vec<String>,
}

/// A row to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct PaletteRow {
    /// Where it leads.
    pub goal: Goal,
    /// What stands there.
    pub label: CleanText,
    /// What tells it from others of its name: the section above it, an address.
    pub about: Option<CleanText>,
    /// Bytes of the label that fit what was typed.
    pub marked: Vec<Range<usize>>,
    /// The key that does the same.
    pub key: Option<String>,
    /// The row that Enter takes.
    pub selected: bool,
}

/// Opens it.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let entries = Arc::new(entries(model));
    let found = (0..entries.len()).collect();
    let input = tui_input::Input::default();
    model.overlay = Some(Overlay::Palette(Palette { input, selected: 0, top: 0, entries, found }));
    Vec::new()
}

/// What was typed is another text.
pub(super) fn typed(palette: &mut Palette, keymap: &Keymap) {
    let typed = fold(palette.input.value().trim()).text;
    let fits = |(at, entry): (usize, &Entry)| Some((entry.score(&typed, palette.input.value(), keymap)?, at));
    let mut found: Vec<(i32, usize)> = palette.entries.iter().enumerate().filter_map(fits).collect();
    // Of equals the one that comes first in the table or in the guide.
    found.sort_by_key(|(score, at)| (-score, *at));
    palette.found = found.into_iter().map(|(_, at)| at).collect();
    (palette.selected, palette.top) = (0, 0);
}

/// Moves the selection; from an end it goes on at the other one.
pub(super) fn step(palette: &mut Palette, by: isize) {
    let count = palette.found.len() as isize;
    if count > 0 {
        palette.selected = (palette.selected as isize + by).rem_euclid(count) as usize;
    }
}

/// Does what is selected.
pub(super) fn confirm(model: &mut Model, palette: &Palette) -> Vec<Effect> {
    let goal = palette.found.get(palette.selected).and_then(|at| palette.entries.get(*at)).map(|e| e.goal);
    match goal {
        None => Vec::new(),
        Some(Goal::Act(place, action)) => {
            let panel = panel(model, place);
            if panel != model.focus {
                focus(model, panel);
            }
            act(model, action)
        }
        Some(Goal::Heading(heading)) => go_to(model, model.guide.headings.get(heading).map(|h| h.block)),
        Some(Goal::Item(item)) => {
            checklist::select(model, Some(item));
            go_to(model, model.guide.items.get(item).map(|i| i.block()))
        }
        Some(Goal::Contact(contact)) => {
            model.contacts.selected = contact;
            focus(model, Panel::Contacts);
            contacts::copy_bare(model)
        }
    }
}

/// The guide is another one: so is what can be found in it.
pub(super) fn again(model: &mut Model) {
    if !matches!(model.overlay, Some(Overlay::Palette(_))) {
        return;
    }
    let entries = Arc::new(entries(model));
    if let Some(Overlay::Palette(palette)) = &mut model.overlay {
        palette.entries = entries;
        typed(palette, &model.settings.keymap);
    }
}

/// Derives which rows are shown.
pub(super) fn settle(model: &mut Model) {
    let room = usize::from(palette_room(model).1);
    if let Some(Overlay::Palette(palette)) = &mut model.overlay {
        palette.top = top_showing(palette.top, palette.selected, palette.found.len(), room);
    }
}

/// The rows of the screen that the palette takes with its frame, and those of them that hold what was found.
pub fn palette_room(model: &Model) -> (u16, u16) {
    // A small screen is its own, from edge to edge.
    let edges = if model.size.1 < 10 { 0 } else { 2 };
    let height = model.size.1.saturating_sub(edges).min(ROWS + 5);
    // Its frame and title, and, where there is room, a blank row above the line and one below.
    let around = if height < super::AIRY_DIALOG { 2 } else { 3 };
    let line = if height >= 10 { 2 } else { 1 };
    (height, height.saturating_sub(around + line))
}

/// The rows to draw.
pub fn palette_rows(model: &Model) -> Vec<PaletteRow> {
    let Some(Overlay::Palette(palette)) = &model.overlay else { return Vec::new() };
    let typed = fold(palette.input.value().trim()).text;
    let shown = palette.found.iter().enumerate().skip(palette.top).take(usize::from(palette_room(model).1));
    let row = |(nth, at): (usize, &usize)| {
        let entry = palette.entries.get(*at)?;
        let key = match entry.goal {
            Goal::Act(place, action) => help::key_name(model, panel(model, place), action),
            _ => None,
        };
        let marked = marks(&typed, &entry.label);
        let selected = nth == palette.selected;
        let about = about(&model.guide, entry.goal).filter(|about| *about != entry.label);
        Some(PaletteRow { goal: entry.goal, label: entry.label.clone(), about, marked, key, selected })
    };
    shown.filter_map(row).collect()
}

/// How many rows there are.
pub fn palette_count(model: &Model) -> usize {
    match &model.overlay {
        Some(Overlay::Palette(palette)) => palette.found.len(),
        _ => 0,
    }
}

impl Entry {
    fn new(goal: Goal, label: CleanText, others: &[&str]) -> Entry {
        let names = std::iter::once(&*label).chain(others.iter().copied()).map(|name| fold(name).text).collect();
        Entry { goal, label, names }
    }

    fn score(&self, folded: &str, typed: &str, keymap: &Keymap) -> Option<i32> {
        let by_name = |(nth, name): (usize, &String)| {
            // An address is looked for as it is seen, a name in the configuration is not.
            let less = if nth > 0 && matches!(self.goal, Goal::Act(..)) { UNSEEN } else { 0 };
            Some(fuzzy::score(folded, name)? - less)
        };
        let best = self.names.iter().enumerate().filter_map(by_name).max();
        let is_key = match self.goal {
            Goal::Act(place, action) => keys(keymap, place, action).any(|key| key == typed),
            _ => false,
        };
        if is_key { Some(best.unwrap_or(0) + KEY) } else { best }
    }
}

/// The characters that are keys for an action.
fn keys(keymap: &Keymap, place: Where, action: Action) -> impl Iterator<Item = String> {
    let own = keymap.bindings().iter().filter(move |b| b.place == place && b.action == action);
    own.flat_map(|b| b.keys.iter()).filter(|k| !k.ctrl && !k.alt).filter_map(|k| k.typed()).map(String::from)
}

/// All that can be found, in the order in which it stands while nothing is typed.
fn entries(model: &Model) -> Vec<Entry> {
    let guide = &model.guide;
    let mut all = actions(model);
    for (index, heading) in guide.headings.iter().enumerate() {
        // A heading that is a step is found as a step.
        if reader::item_of_block(guide, heading.block).is_none() {
            all.push(Entry::new(Goal::Heading(index), heading.text.clone(), &[]));
        }
    }
    for (index, item) in guide.items.iter().enumerate() {
        // A heading is found by all of it: `Jour 2 : Rencontrer l’équipe`.
        let heading = guide.headings.binary_search_by_key(&item.block(), |h| h.block).ok();
        let label = heading.and_then(|h| guide.headings.get(h)).map_or(&item.label, |h| &h.text);
        all.push(Entry::new(Goal::Item(index), label.clone(), &[]));
    }
    for (index, contact) in guide.contacts.iter().enumerate() {
        let (label, other) =
            if names(contact) { (&contact.label, &contact.bare) } else { (&contact.bare, &contact.label) };
        all.push(Entry::new(Goal::Contact(index), label.clone(), &[other]));
    }
    all
}

/// The actions, each once: those of the place one is in first, then those of other panels.
fn actions(model: &Model) -> Vec<Entry> {
    let lang = model.settings.lang;
    let mut all: Vec<Entry> = Vec::new();
    let near = places(model.focus, None).iter().copied();
    let others = [Where::Text, Where::Checklist, Where::Contacts];
    for place in near.chain(others).filter(|place| model.has(panel(model, *place))) {
        for binding in model.settings.keymap.bindings().iter().filter(|b| b.place == place) {
            let action = binding.action;
            let known = |e: &Entry| matches!(e.goal, Goal::Act(_, a) if a == action);
            // What the contacts have of their own in the place of a list's keys stands for these.
            let replaced = place == Where::Lists && model.settings.keymap.key_for(model.focus, None, action).is_none();
            let of_a_guide = model.library.is_some() && matches!(action, Action::Search | Action::Filter);
            let missing = !model.allows(action) || of_a_guide || (action == Action::Library && model.home.is_none());
            if replaced || missing || matches!(action, Action::Palette | Action::Close) || all.iter().any(known) {
                continue;
            }
            let label = CleanText::line(action.long(lang));
            all.push(Entry::new(Goal::Act(place, action), label, &[action.short(lang), action.name()]));
        }
    }
    // What the fingers know without looking it up comes last.
    all.sort_by_key(|e| matches!(e.goal, Goal::Act(_, action) if moves(action)));
    all
}

/// Whether an action only moves by rows and pages.
fn moves(action: Action) -> bool {
    use Action::{Bottom, Down, HalfDown, HalfUp, PageDown, PageUp, Top, Up};
    matches!(action, Down | Up | PageDown | PageUp | HalfDown | HalfUp | Top | Bottom)
}

/// What tells a row from others of its name.
fn about(guide: &Guide, goal: Goal) -> Option<CleanText> {
    match goal {
        Goal::Act(..) => None,
        Goal::Heading(heading) => {
            let parent = guide.headings.get(heading)?.parent?;
            Some(guide.headings.get(parent)?.text.clone())
        }
        Goal::Item(item) => Some(guide.groups.get(guide.items.get(item)?.group())?.title.clone()),
        Goal::Contact(contact) => {
            let contact = guide.contacts.get(contact)?;
            Some(if names(contact) { contact.bare.clone() } else { contact.label.clone() })
        }
    }
}

/// Whether a contact is known by its words: a link is, an address is read as it stands.
fn names(contact: &Contact) -> bool {
    contact.kind == ContactKind::Web && !contact.label.is_empty()
}

/// The panel in which a place's keys hold; where one is, if they hold there.
fn panel(model: &Model, place: Where) -> Panel {
    if places(model.focus, None).contains(&place) {
        return model.focus;
    }
    match place {
        Where::Checklist => Panel::Checklist,
        Where::Contacts => Panel::Contacts,
        Where::Lists => Panel::Outline,
        Where::Library => Panel::Library,
        Where::Everywhere | Where::Text | Where::Line | Where::Dialog => Panel::Text,
    }
}

fn go_to(model: &mut Model, block: Option<u32>) -> Vec<Effect> {
    if let Some(block) = block {
        reader::jump(model, block);
    }
    focus(model, Panel::Text)
}

/// The bytes of a label whose letters fit.
fn marks(typed: &str, label: &str) -> Vec<Range<usize>> {
    let folded = fold(label);
    let at: Vec<(usize, usize)> = folded.text.char_indices().map(|(at, c)| (at, at + c.len_utf8())).collect();
    let found = fuzzy::letters(typed, &folded.text);
    let mut marks: Vec<Range<usize>> = Vec::new();
    for range in found.iter().filter_map(|letter| at.get(*letter)).map(|(from, to)| folded.source(*from..*to)) {
        match marks.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => marks.push(range),
        }
    }
    marks
}
