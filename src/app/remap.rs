//! A reader's own keys: wishes in, the keys in force and what clashed out. Knows no file and no wording.

use super::key::{Code, Key};
use super::keymap::{Action, Binding, Keymap, Where};

/// A wish: these keys, and no others, do this here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remap {
    /// Where.
    pub place: Where,
    /// What.
    pub action: Action,
    /// By which keys; none to have it by no key.
    pub keys: Vec<Key>,
}

/// Why a wish was not fulfilled to the letter, or what else it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// An earlier wish has this key in the same place, and keeps it.
    Taken(Key, Action),
    /// This key always does that, so that there is a way out.
    Kept(Key, Action),
    /// It took the last key of an action that nothing was wished for.
    Robbed(Key, Action),
}

/// What no wish can take away: leaving, and getting out of a dialog one way or the other.
const KEPT: [(Where, Key, Action); 3] = [
    (Where::Everywhere, Key::ctrl('c'), Action::Quit),
    (Where::Dialog, Key::plain(Code::Esc), Action::Close),
    (Where::Dialog, Key::plain(Code::Enter), Action::Confirm),
];

impl Keymap {
    /// The table with wishes fulfilled, earlier ones first, and the clashes, each with the number of the wish.
    pub fn remapped(wishes: &[Remap]) -> (Keymap, Vec<(usize, Clash)>) {
        let mut map = Keymap::default();
        let mut clashes = Vec::new();
        let mut given: Vec<(usize, Key)> = Vec::new();
        for (n, wish) in wishes.iter().enumerate() {
            let mut keys: Vec<Key> = Vec::new();
            for key in wish.keys.iter().map(|k| k.normal()) {
                let taken =
                    given.iter().find(|(m, k)| *k == key && wishes.get(*m).is_some_and(|w| w.place == wish.place));
                match (kept(wish, key), taken.and_then(|(m, _)| wishes.get(*m))) {
                    (Some(action), _) => clashes.push((n, Clash::Kept(key, action))),
                    (None, Some(other)) if other.action != wish.action => {
                        clashes.push((n, Clash::Taken(key, other.action)));
                    }
                    (None, Some(_)) => {}
                    (None, None) => {
                        given.push((n, key));
                        keys.push(key);
                    }
                }
            }
            let own = |(place, _, action): &&(Where, Key, Action)| (*place, *action) == (wish.place, wish.action);
            let always = KEPT.iter().find(own).map(|(_, key, _)| *key);
            keys.extend(always.filter(|key| !keys.contains(key)));
            map.set(wish.place, wish.action, keys);
        }
        clashes.extend(map.rob(wishes, &given));
        clashes.sort_by_key(|(n, _)| *n);
        (map, clashes)
    }

    fn set(&mut self, place: Where, action: Action, keys: Vec<Key>) {
        let row = Binding { place, keys: keys.into(), action };
        match self.bindings.iter().position(|b| b.place == place && b.action == action) {
            Some(at) => self.bindings[at] = row,
            None => {
                // A new row stands last in its place, for the help.
                let after =
                    self.bindings.iter().rposition(|b| b.place == place).map_or(self.bindings.len(), |at| at + 1);
                self.bindings.insert(after, row);
            }
        }
    }

    /// Takes the keys that wishes were given from the rows that nothing was wished for.
    fn rob(&mut self, wishes: &[Remap], given: &[(usize, Key)]) -> Vec<(usize, Clash)> {
        let mut clashes = Vec::new();
        for row in &mut self.bindings {
            if wishes.iter().any(|w| w.place == row.place && w.action == row.action) {
                continue;
            }
            let thief = |key: &Key| {
                given.iter().find(|(n, k)| k == key && wishes.get(*n).is_some_and(|w| w.place == row.place))
            };
            let Some((n, key)) = row.keys.iter().find_map(thief).copied() else { continue };
            let left: Vec<Key> = row.keys.iter().filter(|key| thief(key).is_none()).copied().collect();
            if left.is_empty() {
                clashes.push((n, Clash::Robbed(key, row.action)));
            }
            row.keys = left.into();
        }
        clashes
    }
}

/// What the key always does where it is wished for, if that is something else.
fn kept(wish: &Remap, key: Key) -> Option<Action> {
    let holds = |place: Where| match place {
        Where::Dialog => matches!(wish.place, Where::Dialog | Where::Line),
        _ => place == Where::Everywhere || place == wish.place,
    };
    let found = KEPT.iter().find(|(place, kept, _)| holds(*place) && *kept == key);
    found.map(|(_, _, action)| *action).filter(|action| *action != wish.action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Overlay, Panel, bindings};
    use proptest::prelude::*;

    fn wish(place: Where, action: Action, keys: &str) -> Remap {
        Remap { place, action, keys: keys.split_whitespace().map(|k| Key::read(k).unwrap()).collect() }
    }

    fn text(map: &Keymap, key: &str) -> Option<Action> {
        map.action(Panel::Text, None, Key::read(key).unwrap())
    }

    #[test]
    fn a_wish_replaces_the_keys_of_one_action_in_one_place() {
        let (map, clashes) = Keymap::remapped(&[wish(Where::Text, Action::NextHeading, "w alt-down")]);
        assert_eq!(clashes, []);
        assert_eq!((text(&map, "w"), text(&map, "]")), (Some(Action::NextHeading), None));
        assert_eq!(map.key_for(Panel::Text, None, Action::NextHeading), Some(Key::char('w')));
        assert_eq!(map.bindings().len(), bindings().len());
    }

    #[test]
    fn no_keys_unbind_and_the_way_out_stays() {
        let (map, clashes) = Keymap::remapped(&[
            wish(Where::Text, Action::Tick, ""),
            wish(Where::Everywhere, Action::Quit, ""),
            wish(Where::Dialog, Action::Close, "x"),
        ]);
        assert_eq!(clashes, []);
        assert_eq!((text(&map, "x"), text(&map, "q"), text(&map, "ctrl-c")), (None, None, Some(Action::Quit)));
        let help = Overlay::Help { top: 0 };
        for key in ["x", "esc"] {
            assert_eq!(map.action(Panel::Text, Some(&help), Key::read(key).unwrap()), Some(Action::Close));
        }
    }

    #[test]
    fn two_wishes_for_one_key_clash_and_the_first_has_it() {
        let (map, clashes) =
            Keymap::remapped(&[wish(Where::Text, Action::Table, "w"), wish(Where::Text, Action::Notes, "w r")]);
        assert_eq!(clashes, [(1, Clash::Taken(Key::char('w'), Action::Table))]);
        assert_eq!((text(&map, "w"), text(&map, "r")), (Some(Action::Table), Some(Action::Notes)));
    }

    #[test]
    fn an_action_that_loses_its_last_key_is_told() {
        let (map, clashes) = Keymap::remapped(&[wish(Where::Text, Action::Table, "x j")]);
        assert_eq!(clashes, [(0, Clash::Robbed(Key::char('x'), Action::Tick))], "down still has its arrow");
        assert_eq!((text(&map, "j"), text(&map, "down")), (Some(Action::Table), Some(Action::Down)));
        let moved = [wish(Where::Text, Action::Table, "x"), wish(Where::Text, Action::Tick, "X")];
        assert_eq!(Keymap::remapped(&moved).1, []);
    }

    #[test]
    fn what_leads_out_cannot_be_taken() {
        let (map, clashes) =
            Keymap::remapped(&[wish(Where::Text, Action::Table, "ctrl-c"), wish(Where::Dialog, Action::Down, "esc j")]);
        assert_eq!(clashes[0], (0, Clash::Kept(Key::ctrl('c'), Action::Quit)));
        assert_eq!(clashes[1], (1, Clash::Kept(Key::plain(Code::Esc), Action::Close)));
        assert_eq!(text(&map, "ctrl-c"), Some(Action::Quit));
    }

    fn any_wish() -> impl Strategy<Value = Remap> {
        let all: Vec<Action> = bindings().iter().map(|b| b.action).collect();
        let keys: Vec<Key> = bindings().iter().flat_map(|b| b.keys.iter().copied()).collect();
        let keys = prop::collection::vec(prop::sample::select(keys), 0..4);
        let place = prop::sample::select(Where::ALL.to_vec());
        (place, prop::sample::select(all), keys).prop_map(|(place, action, keys)| Remap { place, action, keys })
    }

    proptest! {
        #[test]
        fn whatever_is_wished_one_can_leave_and_no_key_means_two_things(wishes in prop::collection::vec(any_wish(), 0..12)) {
            let (map, _) = Keymap::remapped(&wishes);
            let help = Overlay::Help { top: 0 };
            for panel in [Panel::Outline, Panel::Text, Panel::Checklist, Panel::Contacts] {
                for overlay in [None, Some(&help)] {
                    prop_assert_eq!(map.action(panel, overlay, Key::ctrl('c')), Some(Action::Quit));
                }
                prop_assert_eq!(map.action(panel, Some(&help), Key::plain(Code::Esc)), Some(Action::Close));
            }
            for place in Where::ALL {
                let mut keys: Vec<Key> =
                    map.bindings().iter().filter(|b| b.place == place).flat_map(|b| b.keys.iter().copied()).collect();
                let all = keys.len();
                keys.sort_unstable();
                keys.dedup();
                prop_assert_eq!(keys.len(), all, "{:?}", place);
            }
        }
    }
}
