//! The meaning of one control sequence: which key, which mouse event, or which reply. Replies have no meaning here
//! save the one that ends a question.

use super::Input;
use crate::app::{Code, Key, Mouse, MouseKind};

/// How much of a sequence is kept; the longest that means something takes 20 bytes.
const KEPT: usize = 64;

/// The bytes of a control sequence between its introducer and its last byte.
#[derive(Debug, Default)]
pub(super) struct Csi {
    kept: Vec<u8>,
    length: usize,
}

/// What a sequence means.
#[derive(Debug, PartialEq)]
pub(super) enum Meaning {
    /// A key.
    Key(Key),
    /// A bracketed paste begins.
    PasteBegins,
    /// Something else to tell.
    Input(Input),
    /// Nothing: a reply, a key let go, or unknown.
    Nothing,
}

impl Csi {
    pub(super) fn is_empty(&self) -> bool {
        self.length == 0
    }

    pub(super) fn length(&self) -> usize {
        self.length
    }

    pub(super) fn push(&mut self, byte: u8) {
        self.length += 1;
        if self.kept.len() < KEPT {
            self.kept.push(byte);
        }
    }

    /// The sequence's meaning, given its last byte.
    pub(super) fn read(&self, last: u8) -> Meaning {
        let Ok(body) = std::str::from_utf8(&self.kept) else { return Meaning::Nothing };
        let intermediate = self.kept.iter().any(|b| (0x20..=0x2f).contains(b));
        if self.length > KEPT || intermediate {
            return Meaning::Nothing;
        }
        match body.as_bytes().first() {
            Some(b'<') => match sgr_mouse(body.trim_start_matches('<'), last) {
                Some(mouse) => Meaning::Input(Input::Mouse(mouse)),
                None => Meaning::Nothing,
            },
            Some(b'?') if last == b'c' => Meaning::Input(Input::Attributes),
            Some(b'=' | b'>' | b'?') => Meaning::Nothing,
            _ => plain(body, last),
        }
    }
}

/// A sequence without a private mark.
fn plain(body: &str, last: u8) -> Meaning {
    let first = number(body, 0, 0);
    let modifier = number(body, 1, 0);
    let key = match last {
        b'I' | b'O' if body.is_empty() => return Meaning::Input(Input::Focus(last == b'I')),
        b'~' => match first {
            200 => return Meaning::PasteBegins,
            // xterm's `modifyOtherKeys`.
            27 => character(number(body, 2, 0), modifier),
            n => tilde(n).map(|code| modified(code, modifier)),
        },
        // rxvt's way to say Control, and Control with Shift.
        b'^' => tilde(first).map(|code| modified(code, 5)),
        b'@' => tilde(first).map(|code| modified(code, 6)),
        b'Z' => Some(modified(Code::Tab, modifier.max(2))),
        // `CSI 1;2R` may as well be where the cursor stands.
        b'R' if !body.is_empty() => None,
        b'a'..=b'd' if body.is_empty() => arrow(last.to_ascii_uppercase()).map(|code| modified(code, 2)),
        // Kitty: the third part of the modifiers' field tells a release (3) from a press.
        b'u' if field(body, 1).and_then(|f| f.split(':').nth(1)) == Some("3") => None,
        b'u' => character(first, modifier),
        _ if first <= 1 => arrow(last).map(|code| modified(code, modifier)),
        _ => None,
    };
    key.map_or(Meaning::Nothing, Meaning::Key)
}

/// The key of `ESC O`, as terminals send it in application mode.
pub(super) fn ss3(last: u8, modifier: u16) -> Option<Key> {
    let code = match last {
        b'a'..=b'd' => return arrow(last.to_ascii_uppercase()).map(|code| modified(code, 5)),
        b'M' => Code::Enter,
        b'I' => Code::Tab,
        b'X' => Code::Char('='),
        b'j'..=b'y' => Code::Char(char::from(last - b'j' + b'*')),
        _ => arrow(last)?,
    };
    Some(modified(code, modifier))
}

/// The three bytes of the oldest mouse report: each 32 too large; a release does not say of which button.
pub(super) fn raw_mouse(bytes: [u8; 3]) -> Option<Mouse> {
    let [button, column, row] = bytes.map(|b| u16::from(b.saturating_sub(32)));
    let released = button & 3 == 3 && button < 64;
    let kind = if released { MouseKind::Release } else { mouse_kind(button, true)? };
    Some(Mouse { kind, column: column.saturating_sub(1), row: row.saturating_sub(1), ctrl: button & 16 != 0 })
}

fn sgr_mouse(body: &str, last: u8) -> Option<Mouse> {
    let mut numbers = body.split(';').map(|n| n.parse::<u32>().ok().map(|n| u16::try_from(n).unwrap_or(u16::MAX)));
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    if numbers.next().is_some() || !matches!(last, b'M' | b'm') {
        return None;
    }
    let kind = mouse_kind(button, last == b'M')?;
    Some(Mouse { kind, column: column.saturating_sub(1), row: row.saturating_sub(1), ctrl: button & 16 != 0 })
}

/// 4, 8 and 16 are Shift, Alt and Control; 32 is a movement, 64 the wheel.
fn mouse_kind(button: u16, pressed: bool) -> Option<MouseKind> {
    match (button & !(4 | 8 | 16), pressed) {
        (0, true) => Some(MouseKind::Press),
        (0, false) => Some(MouseKind::Release),
        (32, _) => Some(MouseKind::Drag),
        (64, true) => Some(MouseKind::WheelUp),
        (65, true) => Some(MouseKind::WheelDown),
        _ => None,
    }
}

fn arrow(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        _ => return None,
    })
}

/// The numbers that DEC gave its keyboard's keys, with the gaps between its blocks.
fn tilde(number: u16) -> Option<Code> {
    let f = |gaps: u16| u8::try_from(number - gaps).ok().map(Code::F);
    match number {
        1 | 7 => Some(Code::Home),
        2 => Some(Code::Insert),
        3 => Some(Code::Delete),
        4 | 8 => Some(Code::End),
        5 => Some(Code::PageUp),
        6 => Some(Code::PageDown),
        11..=15 => f(10),
        17..=21 => f(11),
        23..=26 => f(12),
        28..=29 => f(13),
        31..=34 => f(14),
        _ => None,
    }
}

/// A key told by its character's number.
fn character(code: u16, modifier: u16) -> Option<Key> {
    let c = char::from_u32(code.into())?;
    let code = match code {
        0 => return None,
        8 | 127 => Code::Backspace,
        9 => Code::Tab,
        10 | 13 => Code::Enter,
        27 => Code::Esc,
        _ if c.is_control() => return None,
        // Kitty's own numbers of keys without a character.
        0xe000..=0xf8ff => return None,
        _ => Code::Char(c),
    };
    Some(modified(code, modifier))
}

/// The key with modifiers as terminals number them: 1 and the sum of Shift 1, Alt 2, Control 4, Meta 32.
fn modified(code: Code, number: u16) -> Key {
    let bits = number.saturating_sub(1);
    let (shift, alt, ctrl) = (bits & 1 != 0, bits & (2 | 32) != 0, bits & 4 != 0);
    match code {
        // Control's letters are in lower case, and a character shows its own Shift.
        Code::Char(c) if ctrl => Key { code: Code::Char(c.to_ascii_lowercase()), ctrl, alt, shift: false },
        Code::Char(c) => {
            let mut upper = c.to_uppercase();
            let shifted = if shift && upper.len() == 1 { upper.next().unwrap_or(c) } else { c };
            Key { code: Code::Char(shifted), ctrl, alt, shift: false }
        }
        _ => Key { code, ctrl, alt, shift },
    }
}

fn field(body: &str, n: usize) -> Option<&str> {
    body.split(';').nth(n)
}

/// The `n`th number; too large ones are the largest, and sub-parameters after a colon are left out.
fn number(body: &str, n: usize, absent: u16) -> u16 {
    let digits = field(body, n).and_then(|f| f.split(':').next()).unwrap_or_default();
    match digits.parse::<u32>() {
        Ok(value) => u16::try_from(value).unwrap_or(u16::MAX),
        Err(_) => absent,
    }
}
