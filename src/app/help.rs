//! What the screen says of itself: hints of the footer, rows of the help, breadcrumb, title, what there is to tell.

use super::key::Arrows;
use super::keymap::{Action, Binding, Where};
use super::model::{CheckRow, Model, Notice, Overlay, Panel, Tone};
use super::note::NoteView;
use super::table::TableView;
use super::{note, outline, reader, ticking};
use crate::guide::{CleanText, ItemKind, Oddity};
use crate::progress::Standing;
use crate::words::Ui;
use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

/// Columns of a row of keys in the help.
const KEYS: usize = 24;

/// The few keys that matter where one is: the key's name and a word or two. The first ones matter most.
pub fn footer_hints(model: &Model) -> Vec<(String, String)> {
    let hints: Vec<(Action, Option<Ui>)> = match (&model.overlay, model.focus) {
        (Some(Overlay::Prompt(_)), _) => vec![(Action::Confirm, Some(Ui::Save)), (Action::Close, Some(Ui::Cancel))],
        (Some(Overlay::Quest(_)), _) => {
            vec![(Action::Confirm, Some(Ui::OpenIt)), (Action::Close, Some(Ui::Cancel))]
        }
        (Some(Overlay::Search(_) | Overlay::Filter(_)), _) => {
            vec![(Action::Confirm, Some(Ui::GoToIt)), (Action::Close, Some(Ui::Cancel))]
        }
        (Some(Overlay::Palette(_)), _) => {
            vec![(Action::Later, Some(Ui::Move)), (Action::Confirm, Some(Ui::Choose)), (Action::Close, None)]
        }
        (Some(Overlay::Open(_)), _) => {
            vec![(Action::Confirm, Some(Ui::OpenIt)), (Action::CopyBare, None), (Action::Close, None)]
        }
        (Some(Overlay::Help { .. } | Overlay::FrontMatter { .. } | Overlay::History(_)), _) => {
            vec![(Action::Down, Some(Ui::Move)), (Action::Close, None)]
        }
        (Some(Overlay::Code(_)), _) => vec![(Action::CopyBare, None), (Action::Close, None)],
        (Some(Overlay::Why(_) | Overlay::Bare(_)), _) => vec![(Action::Close, None)],
        (Some(Overlay::Hints(_)), _) => vec![(Action::Close, Some(Ui::Cancel))],
        (Some(Overlay::Table(view)), _) => table_hints(view),
        (Some(Overlay::Footnote(view)), _) => note_hints(view),
        (None, Panel::Text) => text_hints(model),
        (None, Panel::Outline) => {
            with_common(model, vec![(Action::GoTo, None), (Action::Fold, None), (Action::Filter, None)])
        }
        (None, Panel::Checklist) => checklist_hints(model),
        (None, Panel::Library) => library_hints(model),
        (None, Panel::Contacts) => with_common(
            model,
            vec![(Action::CopyBare, None), (Action::CopyLink, None), (Action::Open, None), (Action::Code, None)],
        ),
    };
    hints.into_iter().filter_map(|(action, word)| hint(model, action, word)).collect()
}

/// The hint of the help, where a key leads to it.
pub fn help_hint(model: &Model) -> Option<(String, String)> {
    hint(model, Action::Help, None)
}

fn hint(model: &Model, action: Action, word: Option<Ui>) -> Option<(String, String)> {
    let key = model.settings.keymap.key_for(model.focus, model.overlay.as_ref(), action)?;
    let lang = model.settings.lang;
    let word = word.map_or(Cow::Borrowed(action.short(lang)), |w| w.say(lang));
    Some((key.name(lang, arrows(model)), word.into_owned()))
}

/// The rows of the help: keys and what they do; a row without keys opens a place, one with keys alone goes on with the
/// one before. The place one is in comes first.
pub fn help_rows(model: &Model) -> Vec<(String, String)> {
    let lang = model.settings.lang;
    let mut rows = Vec::new();
    for place in places_by_nearness(model.focus) {
        rows.push((String::new(), place_name(place).say(lang).into_owned()));
        let bound = |b: &&Binding| b.place == place && !b.keys.is_empty();
        for binding in model.settings.keymap.bindings().iter().filter(bound) {
            let keys: Vec<String> = binding.keys.iter().map(|k| k.name(lang, arrows(model))).collect();
            let long = std::iter::once(binding.action.long(lang)).chain(std::iter::repeat(""));
            rows.extend(in_rows(&keys).into_iter().zip(long).map(|(keys, long)| (keys, long.to_owned())));
        }
    }
    rows
}

/// The names of keys in rows that leave room for what they do.
fn in_rows(keys: &[String]) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    for key in keys {
        match rows.last_mut() {
            Some(row) if row.width() + 2 + key.width() <= KEYS => *row = format!("{row}  {key}"),
            _ => rows.push(key.clone()),
        }
    }
    rows
}

/// What the screen calls the key for an action in a panel, if there is one.
pub fn key_name(model: &Model, panel: Panel, action: Action) -> Option<String> {
    let key = model.settings.keymap.key_for(panel, None, action)?;
    Some(key.name(model.settings.lang, arrows(model)))
}

/// The headings above the place being read and its own, outermost first; one that only repeats the title is left out.
pub fn breadcrumb(model: &Model) -> Vec<CleanText> {
    let hidden = outline::hidden_title(&model.guide);
    let path = model.reader.section.map(|section| model.guide.heading_path(section)).unwrap_or_default();
    let shown = path.into_iter().filter(|heading| Some(*heading) != hidden);
    shown.filter_map(|heading| model.guide.headings.get(heading)).map(|heading| heading.text.clone()).collect()
}

impl Model {
    /// What the row of notices shows: what was just said, else the last trouble that stays.
    pub fn said(&self) -> Option<&Notice> {
        self.notice.as_ref().or(self.banners.last())
    }

    /// The guide's oddities stay in sight until `Esc`.
    pub(super) fn tell_oddities(&mut self) {
        for text in self.oddities() {
            self.banner(Tone::Warning, text);
        }
    }

    /// The guide is about to be replaced, and its oddities with it.
    pub(super) fn forget_oddities(&mut self) {
        let gone = self.oddities();
        self.banners.retain(|b| !gone.contains(&b.text));
    }

    fn oddities(&self) -> Vec<CleanText> {
        let say = |oddity: &Oddity| {
            let sentence = match oddity {
                Oddity::Hidden(count) => Ui::Hidden(*count),
                Oddity::NotUtf8 => Ui::NotUtf8,
                Oddity::FrontMatter(why) => Ui::BadFrontMatter(why.clone()),
            };
            CleanText::line(&sentence.say(self.settings.lang))
        };
        self.guide.oddities.iter().map(say).collect()
    }
}

fn text_hints(model: &Model) -> Vec<(Action, Option<Ui>)> {
    if model.finder.is_on() {
        let hints = vec![(Action::NextHit, None), (Action::PreviousHit, None), (Action::Close, Some(Ui::ClearHits))];
        return with_common(model, hints);
    }
    let mut hints = vec![(Action::Down, Some(Ui::Move)), (Action::Search, None)];
    // What is on the screen and not everywhere comes before what is always there.
    if let Some(open) = reader::first_fold_is_open(model) {
        hints.push((Action::Details, open.then_some(Ui::Fold)));
    }
    if model.reader.wide_table {
        hints.push((Action::Table, None));
    }
    if note::is_marked(model) {
        hints.push((Action::Notes, None));
    }
    if let Some(item) = model.reader.item {
        hints.push((Action::Tick, tick_word(model, item)));
    }
    if !model.guide.items.is_empty() {
        hints.push((Action::NextOpen, None));
    }
    if super::hints::has_link(model) {
        hints.push((Action::Follow, None));
    }
    with_common(model, hints)
}

fn library_hints(model: &Model) -> Vec<(Action, Option<Ui>)> {
    let mut hints =
        vec![(Action::Down, Some(Ui::Move)), (Action::GoTo, Some(Ui::OpenIt)), (Action::SearchGuides, None)];
    if model.library.as_ref().is_some_and(|library| library.quest.is_on()) {
        hints.insert(0, (Action::Close, Some(Ui::ClearHits)));
    }
    hints.extend([(Action::Help, None), (Action::Quit, None)]);
    hints
}

fn table_hints(view: &TableView) -> Vec<(Action, Option<Ui>)> {
    let mut hints = vec![(Action::Down, Some(Ui::Move))];
    if view.beyond() != (false, false) {
        hints.insert(0, (Action::Next, Some(Ui::Columns)));
    }
    hints.push((Action::Close, None));
    hints
}

fn note_hints(view: &NoteView) -> Vec<(Action, Option<Ui>)> {
    let mut hints = vec![(Action::Confirm, Some(Ui::GoToIt)), (Action::Close, None)];
    if view.place.is_some_and(|(_, of)| of > 1) {
        hints.insert(0, (Action::Next, Some(Ui::Notes)));
    }
    hints
}

fn checklist_hints(model: &Model) -> Vec<(Action, Option<Ui>)> {
    let hints = match model.checklist.rows.get(model.checklist.selected) {
        Some(CheckRow::Item { item, .. }) if ticking::asks(model, *item as usize) => {
            vec![
                (Action::Tick, Some(Ui::Confirm)),
                (Action::Refuse, None),
                (Action::History, None),
                (Action::GoTo, None),
            ]
        }
        Some(CheckRow::Item { item, .. }) => vec![
            (Action::Tick, tick_word(model, *item as usize)),
            (Action::Skip, None),
            (Action::Note, None),
            (Action::History, None),
            (Action::GoTo, None),
            (Action::Why, None),
        ],
        Some(CheckRow::Group { left_out, .. }) => {
            vec![(Action::GoTo, None), (Action::LeaveOut, left_out.then_some(Ui::Restore)), (Action::Fold, None)]
        }
        Some(CheckRow::GoneHead { folded, .. }) => {
            vec![if *folded { (Action::Unfold, None) } else { (Action::Fold, None) }]
        }
        Some(CheckRow::Gone(_)) => vec![(Action::History, None), (Action::Fold, None)],
        Some(CheckRow::Gap) | None => Vec::new(),
    };
    with_common(model, hints)
}

/// What ticking does to an item as it stands.
fn tick_word(model: &Model, item: usize) -> Option<Ui> {
    let kind = model.guide.items.get(item)?.kind;
    match (kind, &model.standing(item)?.0) {
        _ if ticking::asks(model, item) => Some(Ui::Confirm),
        (ItemKind::Value, _) => Some(Ui::Affirm),
        (_, Standing::Done) => Some(Ui::Untick),
        _ => None,
    }
}

/// What is worth knowing in every panel, as far as the guide has it.
fn with_common(model: &Model, mut hints: Vec<(Action, Option<Ui>)>) -> Vec<(Action, Option<Ui>)> {
    if model.has(Panel::Contacts) && model.focus != Panel::Contacts {
        hints.push((Action::Contacts, None));
    }
    hints.extend([(Action::NextPanel, None), (Action::Help, None)]);
    if model.home.is_some() {
        hints.push((Action::Library, None));
    }
    hints.push((Action::Quit, None));
    hints
}

fn arrows(model: &Model) -> Arrows {
    if model.settings.ascii { Arrows::Spelled } else { Arrows::Drawn }
}

fn places_by_nearness(focus: Panel) -> [Where; 8] {
    use Where::{Checklist, Contacts, Dialog, Everywhere, Library, Line, Lists, Text};
    match focus {
        Panel::Text => [Text, Everywhere, Lists, Checklist, Contacts, Library, Line, Dialog],
        Panel::Outline => [Lists, Everywhere, Text, Checklist, Contacts, Library, Line, Dialog],
        Panel::Checklist => [Checklist, Lists, Everywhere, Text, Contacts, Library, Line, Dialog],
        Panel::Contacts => [Contacts, Lists, Everywhere, Text, Checklist, Library, Line, Dialog],
        Panel::Library => [Library, Lists, Everywhere, Text, Checklist, Contacts, Line, Dialog],
    }
}

/// What a place is called.
pub fn place_name(place: Where) -> Ui {
    match place {
        Where::Everywhere => Ui::Everywhere,
        Where::Lists => Ui::InLists,
        Where::Text => Ui::InText,
        Where::Checklist => Ui::InChecklist,
        Where::Contacts => Ui::InContacts,
        Where::Library => Ui::InLibrary,
        Where::Line => Ui::InLine,
        Where::Dialog => Ui::InDialogs,
    }
}
