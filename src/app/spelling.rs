//! How keys are written in the configuration file: `g`, `G`, `ctrl-r`, `alt-down`, `shift-tab`, `page-down`, `f1`.
//! What footer and help call a key is [`Key::name`]; both spellings are read.

use super::key::{Code, Key, shows};

/// The keys that have names, the name that is written first; the others are read too.
const NAMED: [(Code, &[&str]); 15] = [
    (Code::Char(' '), &["space"]),
    (Code::Enter, &["enter", "return"]),
    (Code::Esc, &["esc", "escape"]),
    (Code::Tab, &["tab"]),
    (Code::Backspace, &["backspace"]),
    (Code::Delete, &["delete", "del"]),
    (Code::Insert, &["insert", "ins"]),
    (Code::Up, &["up", "↑"]),
    (Code::Down, &["down", "↓"]),
    (Code::Left, &["left", "←"]),
    (Code::Right, &["right", "→"]),
    (Code::Home, &["home"]),
    (Code::End, &["end"]),
    (Code::PageUp, &["page-up", "pgup", "pageup"]),
    (Code::PageDown, &["page-down", "pgdn", "pagedown"]),
];

/// The last function key.
const LAST_F: u8 = 24;

impl Key {
    /// The key as the configuration file has it.
    pub fn spelled(self) -> String {
        let key = self.normal();
        let mut out = String::new();
        for (held, word) in [(key.ctrl, "ctrl-"), (key.alt, "alt-"), (key.shift, "shift-")] {
            if held {
                out.push_str(word);
            }
        }
        let name = NAMED.iter().find(|(code, _)| *code == key.code).and_then(|(_, names)| names.first());
        match (name, key.code) {
            (Some(name), _) => out.push_str(name),
            (None, Code::F(n)) => out.push_str(&format!("f{n}")),
            (None, Code::Char(c)) => out.push(c),
            // The table names all others; a test tries each.
            (None, _) => {}
        }
        out
    }

    /// Reads a key from the configuration file. Names go in either case; a character is itself.
    pub fn read(text: &str) -> Option<Key> {
        let (mut key, mut rest) = (Key::plain(Code::Esc), text);
        while let Some((held, after)) = modifier(rest) {
            let flag = match held {
                "ctrl" => &mut key.ctrl,
                "alt" => &mut key.alt,
                _ => &mut key.shift,
            };
            if std::mem::replace(flag, true) {
                return None;
            }
            rest = after;
        }
        key.code = code(rest)?;
        // A terminal tells Shift by the character itself.
        let told = !(key.shift && matches!(key.code, Code::Char(_)));
        told.then(|| key.normal())
    }

    /// The key that a terminal sends in its place, for they are one byte (ECMA-48 5.2): `ctrl-i` is Tab.
    pub fn sent_as(self) -> Option<Key> {
        let code = match (self.ctrl, self.alt, self.code) {
            (true, false, Code::Char('i')) => Code::Tab,
            (true, false, Code::Char('m' | 'j')) => Code::Enter,
            (true, false, Code::Char('[')) => Code::Esc,
            _ => return None,
        };
        Some(Key::plain(code))
    }
}

/// A modifier at the head of a key, and what follows; the last `-` of `ctrl--` is a key, not a joint.
fn modifier(text: &str) -> Option<(&'static str, &str)> {
    let (head, after) = text.split_once('-')?;
    let held = ["ctrl", "alt", "shift"].into_iter().find(|word| head.eq_ignore_ascii_case(word))?;
    (!after.is_empty()).then_some((held, after))
}

fn code(text: &str) -> Option<Code> {
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && !NAMED.iter().any(|(_, names)| names.contains(&text))
    {
        return shows(c).then_some(Code::Char(c));
    }
    let name = text.to_ascii_lowercase();
    let number = || name.strip_prefix('f').filter(|n| !n.starts_with(['0', '+']))?.parse().ok();
    let named = NAMED.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(code, _)| *code);
    named.or_else(|| number().filter(|n| (1..=LAST_F).contains(n)).map(Code::F))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Arrows, bindings};
    use crate::words::Lang;
    use proptest::prelude::*;

    fn any_key() -> impl Strategy<Value = Key> {
        let named = prop::sample::select(NAMED.map(|(code, _)| code).to_vec());
        let code = prop_oneof![
            named,
            (1..=LAST_F).prop_map(Code::F),
            any::<char>().prop_filter("what hides is no key", |c| shows(*c)).prop_map(Code::Char),
            prop::sample::select(vec!['-', '+', 'f', 'F', '↑', 'é', '"']).prop_map(Code::Char),
        ];
        (code, any::<[bool; 3]>()).prop_map(|(code, [ctrl, alt, shift])| Key { code, ctrl, alt, shift })
    }

    proptest! {
        #[test]
        fn a_key_that_is_written_is_read_as_itself(key in any_key()) {
            // The arrows' drawings stand for the arrows; no keyboard types them.
            prop_assume!(!matches!(key.code, Code::Char('↑' | '↓' | '←' | '→')));
            prop_assert_eq!(Key::read(&key.spelled()), Some(key.normal()));
        }

        #[test]
        fn no_text_is_read_as_a_key_that_is_written_otherwise(text in "(ctrl-|alt-|shift-|Ctrl-){0,3}[ -~é]{0,6}") {
            if let Some(key) = Key::read(&text) {
                prop_assert_eq!(Key::read(&key.spelled()), Some(key));
            }
        }
    }

    #[test]
    fn a_key_is_read_by_the_name_that_the_english_help_shows() {
        for key in bindings().iter().flat_map(|b| b.keys.iter()) {
            assert_eq!(Key::read(&key.name(Lang::En, Arrows::Drawn)), Some(*key));
            assert_eq!(Key::read(&key.name(Lang::En, Arrows::Spelled)), Some(*key));
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in [
            "",
            "ctrl-",
            "nope",
            "ctrl-ctrl-x",
            "f0",
            "f25",
            "f+1",
            "f01",
            "shift-g",
            "hyper-x",
            "gg",
            "\u{1b}",
            "\u{202e}",
            "alt-\u{ad}",
        ] {
            assert_eq!(Key::read(text), None, "{text:?}");
        }
        assert_eq!(Key::read("ctrl-R"), Some(Key::ctrl('r')));
        assert_eq!(Key::read("CTRL-PgDn"), Some(Key { ctrl: true, ..Key::plain(Code::PageDown) }));
        assert_eq!(Key::read("ctrl--"), Some(Key::ctrl('-')));
        assert_eq!(Key::read("-"), Some(Key::char('-')));
    }
}
