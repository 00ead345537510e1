//! The one table of keys: dispatch, help, footer, README and manual read it. What a key is called and what its action
//! is called stand in `words`; what the action does, in `update`; how a reader changes the table, in `remap`.

use super::key::{Code, Key};
use super::model::{Overlay, Panel};
pub use crate::words::Action;
use std::borrow::Cow;

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Where {
    /// In every panel.
    Everywhere,
    /// In the outline, the checklist, the contacts and the list of a folder's guides.
    Lists,
    /// In the text.
    Text,
    /// In the checklist.
    Checklist,
    /// In the contacts.
    Contacts,
    /// In the list of a folder's guides.
    Library,
    /// While a line is being typed.
    Line,
    /// In what lies over the panels.
    Dialog,
}

/// A row of the table: keys that do the same thing in the same place.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// Where it holds.
    pub place: Where,
    /// The keys, the one to show first.
    pub keys: Cow<'static, [Key]>,
    /// What they do.
    pub action: Action,
}

/// The keys in force: the table, or what a reader made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Keymap {
    pub(super) bindings: Vec<Binding>,
}

const fn bind(place: Where, keys: &'static [Key], action: Action) -> Binding {
    Binding { place, keys: Cow::Borrowed(keys), action }
}

const ENTER: Key = Key::plain(Code::Enter);
const SPACE: Key = Key::char(' ');
const DOWN: &[Key] = &[Key::char('j'), Key::plain(Code::Down)];
const UP: &[Key] = &[Key::char('k'), Key::plain(Code::Up)];
const PAGE_DOWN: &[Key] = &[Key::plain(Code::PageDown)];
const PAGE_UP: &[Key] = &[Key::plain(Code::PageUp)];
const TOP: &[Key] = &[Key::char('g'), Key::plain(Code::Home)];
const BOTTOM: &[Key] = &[Key::char('G'), Key::plain(Code::End)];

/// The table, in the order of the help.
static BINDINGS: &[Binding] = &[
    bind(Where::Everywhere, &[Key::char('q'), Key::ctrl('c')], Action::Quit),
    bind(Where::Everywhere, &[Key::plain(Code::Esc)], Action::Close),
    bind(Where::Everywhere, &[Key::char('?'), Key::plain(Code::F(1))], Action::Help),
    bind(Where::Everywhere, &[Key::char(':'), Key::ctrl('p')], Action::Palette),
    bind(Where::Everywhere, &[Key::plain(Code::Tab)], Action::NextPanel),
    bind(Where::Everywhere, &[Key::shift(Code::Tab)], Action::PreviousPanel),
    // The second key of each is the first one on an AZERTY keyboard without Shift.
    bind(Where::Everywhere, &[Key::char('1'), Key::char('&')], Action::Outline),
    bind(Where::Everywhere, &[Key::char('2'), Key::char('é')], Action::Text),
    bind(Where::Everywhere, &[Key::char('3'), Key::char('"')], Action::Checklist),
    bind(Where::Everywhere, &[Key::char('c')], Action::Contacts),
    bind(Where::Everywhere, &[Key::char('0'), Key::char('à')], Action::Library),
    bind(Where::Everywhere, &[Key::char('/')], Action::Search),
    bind(Where::Everywhere, &[Key::char('n')], Action::NextHit),
    bind(Where::Everywhere, &[Key::char('N')], Action::PreviousHit),
    bind(Where::Everywhere, &[Key::char('.')], Action::NextOpen),
    bind(Where::Everywhere, &[Key::char('u')], Action::Undo),
    bind(Where::Everywhere, &[Key::ctrl('r')], Action::Redo),
    bind(Where::Everywhere, &[Key::char('T')], Action::Theme),
    bind(Where::Everywhere, &[Key::char('o')], Action::HideOutline),
    bind(Where::Everywhere, &[Key::char('R')], Action::Reload),
    bind(Where::Everywhere, &[Key::char('E')], Action::Edit),
    bind(Where::Everywhere, &[Key::char('m')], Action::Mouse),
    bind(Where::Everywhere, &[Key::ctrl('z')], Action::Suspend),
    bind(Where::Everywhere, &[Key::ctrl('l')], Action::Redraw),
    bind(Where::Text, DOWN, Action::Down),
    bind(Where::Text, UP, Action::Up),
    bind(Where::Text, &[SPACE, Key::plain(Code::PageDown)], Action::PageDown),
    bind(Where::Text, &[Key::char('b'), Key::plain(Code::PageUp)], Action::PageUp),
    bind(Where::Text, &[Key::char('d'), Key::ctrl('d')], Action::HalfDown),
    bind(Where::Text, &[Key::ctrl('u')], Action::HalfUp),
    bind(Where::Text, TOP, Action::Top),
    bind(Where::Text, BOTTOM, Action::Bottom),
    bind(Where::Text, &[Key::char(']'), Key::alt(Code::Down)], Action::NextHeading),
    bind(Where::Text, &[Key::char('['), Key::alt(Code::Up)], Action::PreviousHeading),
    bind(Where::Text, &[Key::char('x')], Action::Tick),
    bind(Where::Text, &[Key::char('J')], Action::History),
    bind(Where::Text, &[ENTER], Action::Details),
    bind(Where::Text, &[Key::char('r')], Action::Notes),
    bind(Where::Text, &[Key::char('t')], Action::Table),
    bind(Where::Text, &[Key::char('f')], Action::Follow),
    bind(Where::Text, &[Key::char('F')], Action::CopyTarget),
    bind(Where::Text, &[Key::char('H'), Key::alt(Code::Left), Key::plain(Code::Backspace)], Action::Back),
    bind(Where::Text, &[Key::char('L'), Key::alt(Code::Right)], Action::Forward),
    bind(Where::Text, &[Key::char('y')], Action::CopySection),
    bind(Where::Text, &[Key::char('Y')], Action::CopyCode),
    bind(Where::Text, &[Key::char('i')], Action::FrontMatter),
    bind(Where::Lists, DOWN, Action::Down),
    bind(Where::Lists, UP, Action::Up),
    bind(Where::Lists, PAGE_DOWN, Action::PageDown),
    bind(Where::Lists, PAGE_UP, Action::PageUp),
    bind(Where::Lists, TOP, Action::Top),
    bind(Where::Lists, BOTTOM, Action::Bottom),
    bind(Where::Lists, &[Key::char('/')], Action::Filter),
    bind(Where::Lists, &[ENTER], Action::GoTo),
    bind(Where::Lists, &[Key::char('h'), Key::plain(Code::Left)], Action::Fold),
    bind(Where::Lists, &[Key::char('l'), Key::plain(Code::Right)], Action::Unfold),
    bind(Where::Checklist, &[SPACE, Key::char('x')], Action::Tick),
    bind(Where::Checklist, &[Key::char('s')], Action::Skip),
    bind(Where::Checklist, &[Key::char('e')], Action::Note),
    bind(Where::Checklist, &[Key::char('J')], Action::History),
    bind(Where::Checklist, &[Key::char('i')], Action::LeaveOut),
    bind(Where::Checklist, &[Key::char('r')], Action::Refuse),
    bind(Where::Checklist, &[Key::char('?')], Action::Why),
    bind(Where::Contacts, &[ENTER, Key::char('y')], Action::CopyBare),
    bind(Where::Contacts, &[Key::char('Y')], Action::CopyLink),
    bind(Where::Contacts, &[Key::char('o')], Action::Open),
    bind(Where::Contacts, &[Key::char('Q')], Action::Code),
    bind(Where::Library, &[Key::char('/')], Action::SearchGuides),
    bind(Where::Library, &[Key::char('H'), Key::alt(Code::Left), Key::plain(Code::Backspace)], Action::Back),
    bind(Where::Library, &[Key::char('L'), Key::alt(Code::Right)], Action::Forward),
    bind(Where::Line, &[Key::plain(Code::Up), Key::ctrl('p')], Action::Earlier),
    bind(Where::Line, &[Key::plain(Code::Down), Key::ctrl('n')], Action::Later),
    bind(Where::Dialog, &[ENTER], Action::Confirm),
    bind(Where::Dialog, &[Key::plain(Code::Esc), Key::char('q'), Key::char('?')], Action::Close),
    bind(Where::Dialog, &[Key::char('y')], Action::CopyBare),
    bind(Where::Dialog, &[Key::plain(Code::Right), Key::char('l')], Action::Next),
    bind(Where::Dialog, &[Key::plain(Code::Left), Key::char('h')], Action::Previous),
    bind(Where::Dialog, DOWN, Action::Down),
    bind(Where::Dialog, UP, Action::Up),
    bind(Where::Dialog, &[SPACE, Key::plain(Code::PageDown)], Action::PageDown),
    bind(Where::Dialog, &[Key::char('b'), Key::plain(Code::PageUp)], Action::PageUp),
    bind(Where::Dialog, TOP, Action::Top),
    bind(Where::Dialog, BOTTOM, Action::Bottom),
];

/// The table, as it is before a reader changes it.
pub fn bindings() -> &'static [Binding] {
    BINDINGS
}

/// The places whose bindings hold, the nearest first.
pub fn places(focus: Panel, overlay: Option<&Overlay>) -> &'static [Where] {
    match (overlay, focus) {
        (Some(overlay), _) if overlay.is_typing() => &[Where::Line, Where::Dialog, Where::Everywhere],
        (Some(_), _) => &[Where::Dialog, Where::Everywhere],
        (None, Panel::Outline) => &[Where::Lists, Where::Everywhere],
        (None, Panel::Text) => &[Where::Text, Where::Everywhere],
        (None, Panel::Checklist) => &[Where::Checklist, Where::Lists, Where::Everywhere],
        (None, Panel::Contacts) => &[Where::Contacts, Where::Lists, Where::Everywhere],
        (None, Panel::Library) => &[Where::Library, Where::Lists, Where::Everywhere],
    }
}

impl Default for Keymap {
    fn default() -> Keymap {
        Keymap { bindings: BINDINGS.to_vec() }
    }
}

impl Keymap {
    /// The rows, in the order of the help; a row may have lost all its keys.
    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    /// What a key does where one is.
    pub fn action(&self, focus: Panel, overlay: Option<&Overlay>, key: Key) -> Option<Action> {
        let key = key.normal();
        if overlay.is_some_and(Overlay::is_typing) && key.typed().is_some() {
            return None;
        }
        let found = places(focus, overlay)
            .iter()
            .find_map(|place| self.bindings.iter().find(|b| b.place == *place && b.keys.contains(&key)))
            .map(|b| b.action);
        if matches!(overlay, Some(Overlay::Bare(_))) {
            // No footer tells its keys: any key brings the screen back, but those that the shell gave a meaning.
            return found.filter(|found| key.ctrl && outlasts_dialogs(*found)).or(Some(Action::Close));
        }
        let found = found?;
        let allowed = match overlay {
            None => true,
            // The line being typed has its own use for arrows, Home and End.
            Some(overlay) if overlay.is_typing() => Where::Line.takes(found),
            Some(_) => Where::Dialog.takes(found),
        };
        allowed.then_some(found)
    }

    /// The key to show for an action where one is.
    pub fn key_for(&self, focus: Panel, overlay: Option<&Overlay>, wanted: Action) -> Option<Key> {
        let rows = places(focus, overlay).iter().flat_map(|place| self.bindings.iter().filter(|b| b.place == *place));
        let mut keys = rows.filter(|b| b.action == wanted).flat_map(|b| b.keys.iter().copied());
        keys.find(|key| self.action(focus, overlay, *key) == Some(wanted))
    }
}

impl Where {
    /// All places, in the order of the manual.
    pub const ALL: [Where; 8] = [
        Where::Everywhere,
        Where::Text,
        Where::Lists,
        Where::Checklist,
        Where::Contacts,
        Where::Library,
        Where::Line,
        Where::Dialog,
    ];

    /// Its name in the configuration file.
    pub fn name(self) -> &'static str {
        match self {
            Where::Everywhere => "everywhere",
            Where::Text => "text",
            Where::Lists => "lists",
            Where::Checklist => "checklist",
            Where::Contacts => "contacts",
            Where::Library => "library",
            Where::Line => "line",
            Where::Dialog => "dialog",
        }
    }

    /// Whether an action makes sense there. A dialog keeps progress safe from stray keys, and what belongs to a dialog
    /// does nothing outside.
    pub fn takes(self, action: Action) -> bool {
        let bound = |place: Where| BINDINGS.iter().any(|b| b.place == place && b.action == action);
        match self {
            Where::Line => outlasts_dialogs(action) || bound(self) || matches!(action, Action::Confirm | Action::Close),
            Where::Dialog => outlasts_dialogs(action) || bound(self),
            _ => Where::ALL.into_iter().any(|place| !place.is_over_panels() && bound(place)),
        }
    }

    /// Whether it lies over the panels.
    fn is_over_panels(self) -> bool {
        matches!(self, Where::Line | Where::Dialog)
    }
}

/// Whether an action of every panel is there while a dialog is open too.
fn outlasts_dialogs(action: Action) -> bool {
    matches!(action, Action::Quit | Action::Suspend | Action::Redraw | Action::Theme | Action::Mouse)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use std::collections::BTreeSet;

    const PANELS: [Panel; 5] = [Panel::Outline, Panel::Text, Panel::Checklist, Panel::Contacts, Panel::Library];

    fn action(focus: Panel, overlay: Option<&Overlay>, key: Key) -> Option<Action> {
        Keymap::default().action(focus, overlay, key)
    }

    fn help() -> Overlay {
        Overlay::Help { top: 0 }
    }

    #[test]
    fn no_key_stands_twice_in_one_place() {
        let mut seen = BTreeSet::new();
        for binding in bindings() {
            for key in binding.keys.iter() {
                assert!(seen.insert((binding.place, *key)), "{:?} {key:?}", binding.place);
            }
        }
    }

    #[test]
    fn a_panel_shadows_only_what_is_meant_to_be_shadowed() {
        let meant: BTreeSet<(Where, Key)> = [
            (Where::Lists, Key::char('/')),
            (Where::Library, Key::char('/')),
            (Where::Checklist, Key::char('?')),
            (Where::Contacts, ENTER),
            (Where::Contacts, Key::char('o')),
            (Where::Dialog, Key::plain(Code::Esc)),
            (Where::Dialog, Key::char('q')),
            (Where::Dialog, Key::char('?')),
        ]
        .into();
        let mut found = BTreeSet::new();
        let overlay = help();
        let chains = PANELS.map(|p| places(p, None)).into_iter().chain([places(Panel::Text, Some(&overlay))]);
        for chain in chains {
            for (n, near) in chain.iter().enumerate() {
                for binding in bindings().iter().filter(|b| b.place == *near) {
                    for key in binding.keys.iter() {
                        let far = |b: &&Binding| chain[n + 1..].contains(&b.place) && b.keys.contains(key);
                        found.extend(bindings().iter().find(far).map(|_| (*near, *key)));
                    }
                }
            }
        }
        assert_eq!(found, meant);
    }

    #[test]
    fn no_action_is_reached_by_altgr_alone() {
        let altgr = |key: &Key| matches!(key.code, Code::Char(c) if "{}[]\\|@#~^`€".contains(c));
        for binding in bindings() {
            assert!(!binding.keys.iter().all(altgr), "{:?}", binding.action);
        }
    }

    #[test]
    fn names_and_words_are_told_apart() {
        let actions: BTreeSet<Action> = bindings().iter().map(|b| b.action).collect();
        let names: BTreeSet<&str> = actions.iter().map(|a| a.name()).collect();
        assert_eq!(names.len(), actions.len());
        for lang in [Lang::Fr, Lang::En] {
            // Lines and pages go by the same words in lists and text; nothing else may.
            let long: BTreeSet<&str> = actions.iter().map(|a| a.long(lang)).collect();
            assert_eq!(long.len(), actions.len());
        }
        assert!(names.iter().all(|n| n.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
    }

    #[test]
    fn keys_do_what_the_panel_says() {
        let act = |panel, key| action(panel, None, key);
        assert_eq!(act(Panel::Text, SPACE), Some(Action::PageDown));
        assert_eq!(act(Panel::Checklist, SPACE), Some(Action::Tick));
        assert_eq!(act(Panel::Checklist, Key::char('?')), Some(Action::Why));
        assert_eq!(act(Panel::Checklist, Key::plain(Code::F(1))), Some(Action::Help));
        assert_eq!(act(Panel::Contacts, ENTER), Some(Action::CopyBare));
        assert_eq!(act(Panel::Outline, ENTER), Some(Action::GoTo));
        assert_eq!(act(Panel::Outline, Key::char('é')), Some(Action::Text));
        assert_eq!(act(Panel::Checklist, Key::char('n')), Some(Action::NextHit));
    }

    #[test]
    fn a_terminal_that_tells_shift_twice_is_understood() {
        assert_eq!(action(Panel::Text, None, Key::shift(Code::Char('G'))), Some(Action::Bottom));
        assert_eq!(action(Panel::Text, None, Key { shift: true, ..Key::ctrl('D') }), Some(Action::HalfDown));
    }

    #[test]
    fn a_prompt_takes_every_character_for_itself() {
        let prompt = Overlay::Prompt(crate::app::Prompt {
            kind: crate::app::PromptKind::Note(0),
            input: tui_input::Input::default(),
        });
        for c in "qcx.?uT1& yj".chars() {
            assert_eq!(action(Panel::Checklist, Some(&prompt), Key::char(c)), None, "{c}");
        }
        assert_eq!(action(Panel::Text, Some(&prompt), Key::plain(Code::Home)), None);
        assert_eq!(action(Panel::Text, Some(&prompt), ENTER), Some(Action::Confirm));
        assert_eq!(action(Panel::Text, Some(&prompt), Key::ctrl('c')), Some(Action::Quit));
        assert_eq!(action(Panel::Text, Some(&prompt), Key::plain(Code::Esc)), Some(Action::Close));
    }

    #[test]
    fn a_dialog_keeps_progress_safe_from_stray_keys() {
        let overlay = help();
        for key in [Key::char('x'), Key::char('u'), Key::char('R'), Key::char('.')] {
            assert_eq!(action(Panel::Checklist, Some(&overlay), key), None, "{key:?}");
        }
        assert_eq!(action(Panel::Checklist, Some(&overlay), Key::char('q')), Some(Action::Close));
    }
}
