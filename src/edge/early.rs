//! What is typed before there is a guide: kept in order, to be done once the guide is there, but for what leaves. Does
//! nothing itself, and knows no screen.

use crate::app::{Action, Code, Key, Keymap, Msg, Panel};

/// Most keys and pastes that are kept: more than anybody types blindly, and a key that is held down ends there.
const KEPT: usize = 256;

/// What was typed so far.
#[derive(Debug, Default)]
pub(super) struct Early {
    typed: Vec<Msg>,
    /// A line was opened to be typed in, so that letters are letters: who looks for `quai` does not leave.
    in_line: bool,
}

/// What is to be done at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AtOnce {
    Leave,
    Suspend,
    Redraw,
}

impl Early {
    /// A key was pressed.
    pub(super) fn key(&mut self, key: Key, keymap: &Keymap) -> Option<AtOnce> {
        let letter = self.in_line && key.typed().is_some();
        match keymap.action(Panel::Text, None, key).filter(|_| !letter) {
            Some(Action::Quit) => return Some(AtOnce::Leave),
            // It closes what is open: the line, else the waiting.
            Some(Action::Close) if !self.in_line => return Some(AtOnce::Leave),
            Some(Action::Suspend) => return Some(AtOnce::Suspend),
            Some(Action::Redraw) => return Some(AtOnce::Redraw),
            Some(Action::Search | Action::Palette) => self.in_line = true,
            action => self.in_line &= action != Some(Action::Close) && key.code != Code::Enter,
        }
        self.keep(Msg::Key(key));
        None
    }

    /// Text was pasted. It stays what it is: text for a line, and no keys.
    pub(super) fn paste(&mut self, text: String) {
        self.keep(Msg::Paste(text));
    }

    /// All of it, in order.
    pub(super) fn into_typed(self) -> Vec<Msg> {
        self.typed
    }

    fn keep(&mut self, msg: Msg) {
        if self.typed.len() < KEPT {
            self.typed.push(msg);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ESC: Key = Key::plain(Code::Esc);
    const ENTER: Key = Key::plain(Code::Enter);

    fn letters(text: &str) -> Vec<Key> {
        text.chars().map(Key::char).collect()
    }

    /// What is kept of some keys, and what is to be done at once.
    fn after(keys: &[Key]) -> (Vec<Key>, Vec<AtOnce>) {
        let mut early = Early::default();
        let at_once = keys.iter().filter_map(|key| early.key(*key, &Keymap::default())).collect();
        let kept = early.into_typed().into_iter().map(|msg| match msg {
            Msg::Key(key) => key,
            other => panic!("{other:?}"),
        });
        (kept.collect(), at_once)
    }

    #[test]
    fn keys_are_kept_in_order_and_those_that_leave_are_not() {
        assert_eq!(after(&letters("jj3xG")), (letters("jj3xG"), vec![]));
        for leaves in [Key::char('q'), Key::ctrl('c'), ESC] {
            assert_eq!(after(&[Key::char('j'), leaves]), (letters("j"), vec![AtOnce::Leave]), "{leaves:?}");
        }
        assert_eq!(after(&[Key::ctrl('l'), Key::ctrl('z')]), (vec![], vec![AtOnce::Redraw, AtOnce::Suspend]));
    }

    #[test]
    fn in_a_line_letters_are_letters_until_it_is_closed() {
        for opens in ["/", ":"] {
            let keys = [letters(opens), letters("quai q"), vec![ENTER], letters("n")].concat();
            assert_eq!(after(&keys), (keys.clone(), vec![]));
            assert_eq!(after(&[keys.clone(), letters("q")].concat()), (keys, vec![AtOnce::Leave]));
            let closed = [letters(opens), letters("q"), vec![ESC]].concat();
            assert_eq!(after(&closed), (closed.clone(), vec![]));
            assert_eq!(after(&[closed.clone(), vec![ESC]].concat()), (closed, vec![AtOnce::Leave]));
            let left = [letters(opens), vec![Key::ctrl('c')]].concat();
            assert_eq!(after(&left), (letters(opens), vec![AtOnce::Leave]));
        }
    }

    #[test]
    fn a_key_that_is_held_down_is_kept_so_often_and_one_can_still_leave() {
        let held = vec![Key::char('j'); 100_000];
        let (kept, at_once) = after(&[held, letters("q")].concat());
        assert_eq!((kept.len(), at_once), (KEPT, vec![AtOnce::Leave]));
    }

    #[test]
    fn a_paste_stays_a_paste() {
        let mut early = Early::default();
        early.key(Key::char('/'), &Keymap::default());
        early.paste("q\x1b".into());
        let typed = early.into_typed();
        assert!(matches!(typed.as_slice(), [Msg::Key(_), Msg::Paste(text)] if text == "q\x1b"), "{typed:?}");
    }
}
