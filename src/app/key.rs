//! Keys and mouse as the model knows them, whatever library or terminal they come from, and how keys are called.

use crate::guide::CleanText;
use crate::words::{Lang, Ui};

/// A key press with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control held. Letters come in lower case then.
    pub ctrl: bool,
    /// Alt (Meta) held.
    pub alt: bool,
    /// Shift held, where the terminal tells it and the character does not (arrows, Tab).
    pub shift: bool,
}

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character as typed, upper case where Shift made it so.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab; Shift-Tab is Tab with `shift`.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow.
    Up,
    /// Arrow.
    Down,
    /// Arrow.
    Left,
    /// Arrow.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// F1 to F24.
    F(u8),
}

/// How the arrow keys are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrows {
    /// As arrows.
    Drawn,
    /// As words, where only ASCII is to be shown.
    Spelled,
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Key {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    /// A character.
    pub const fn char(c: char) -> Key {
        Key::plain(Code::Char(c))
    }

    /// A character with Control held.
    pub const fn ctrl(c: char) -> Key {
        Key { ctrl: true, ..Key::char(c) }
    }

    /// A key with Alt held.
    pub const fn alt(code: Code) -> Key {
        Key { alt: true, ..Key::plain(code) }
    }

    /// A key with Shift held, where the terminal tells it.
    pub const fn shift(code: Code) -> Key {
        Key { shift: true, ..Key::plain(code) }
    }

    /// The key as it is to be compared: a character says by itself whether Shift was held, and some terminals tell it
    /// once more.
    pub fn normal(self) -> Key {
        match self.code {
            Code::Char(c) if self.ctrl => Key { code: Code::Char(c.to_ascii_lowercase()), shift: false, ..self },
            Code::Char(_) => Key { shift: false, ..self },
            _ => self,
        }
    }

    /// The character that it types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            // AltGr reaches some terminals as Control and Alt together.
            Code::Char(c) if self.ctrl == self.alt && !c.is_control() => Some(c),
            _ => None,
        }
    }

    /// What footer, help and manual call it.
    pub fn name(self, lang: Lang, arrows: Arrows) -> String {
        let mut name = String::new();
        if self.ctrl {
            name.push_str("Ctrl-");
        }
        if self.alt {
            name.push_str("Alt-");
        }
        if self.shift {
            name.push_str(&Ui::KeyShift.say(lang));
            name.push('-');
        }
        name.push_str(&self.code.name(lang, arrows));
        name
    }
}

impl Code {
    fn name(self, lang: Lang, arrows: Arrows) -> String {
        let arrow = |drawn: &str, spelled: Ui| match arrows {
            Arrows::Drawn => drawn.to_owned(),
            Arrows::Spelled => spelled.say(lang).into_owned(),
        };
        let word = match self {
            Code::Char(' ') => Ui::KeySpace,
            Code::Char(c) => return c.to_string(),
            Code::F(n) => return format!("F{n}"),
            Code::Up => return arrow("↑", Ui::KeyUp),
            Code::Down => return arrow("↓", Ui::KeyDown),
            Code::Left => return arrow("←", Ui::KeyLeft),
            Code::Right => return arrow("→", Ui::KeyRight),
            Code::Enter => Ui::KeyEnter,
            Code::Esc => Ui::KeyEsc,
            Code::Tab => Ui::KeyTab,
            Code::Backspace => Ui::KeyBackspace,
            Code::Delete => Ui::KeyDelete,
            Code::Insert => Ui::KeyInsert,
            Code::Home => Ui::KeyHome,
            Code::End => Ui::KeyEnd,
            Code::PageUp => Ui::KeyPageUp,
            Code::PageDown => Ui::KeyPageDown,
        };
        word.say(lang).into_owned()
    }
}

/// Whether a character is the same cleaned and alone: whether a sentence can name it. A zero-width joiner may be typed, and
/// the name of a key it is not.
pub(super) fn shows(c: char) -> bool {
    let c = c.to_string();
    CleanText::new(&c).unbroken().as_str() == c
}

/// Something the mouse did, in cells from the top left corner (0, 0). May lie outside the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// Column.
    pub column: u16,
    /// Row.
    pub row: u16,
    /// Control held.
    pub ctrl: bool,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// Left button pressed.
    Press,
    /// Left button let go.
    Release,
    /// Moved with the left button held.
    Drag,
    /// Wheel up.
    WheelUp,
    /// Wheel down.
    WheelDown,
}
