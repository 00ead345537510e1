//! What happens, as values and as one line of text: keys as they are typed, the rest in braces. A walk that failed is
//! printed as such a line, and walked again from it.

use crate::fuzz::targets::Dice;
use jalon::app::{Code, Key, Mouse, MouseKind, bindings};
use std::fmt;

/// One thing that happens. Numbers that choose something are taken modulo what there is, so that a walk stays one
/// whatever is taken out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    Key(Key),
    /// What, column, row.
    Mouse(MouseKind, u16, u16),
    Resize(u16, u16),
    /// One of the pastes.
    Paste(usize),
    /// One of the effects that wait for an answer is answered, well (0) or in one of the other ways.
    Answer(usize, usize),
    /// An answer that was given already comes once more.
    Again(usize),
    /// Somebody else changes an item.
    Other(usize, usize),
    /// The guide's file is edited: how, and where.
    Edit(usize, usize),
    /// So many seconds go by.
    Later(usize),
    /// Something else is told from outside.
    Noise(usize),
    /// Records are taken off the disk.
    Vanish(usize),
}

const KINDS: [MouseKind; 5] =
    [MouseKind::Press, MouseKind::Release, MouseKind::Drag, MouseKind::WheelUp, MouseKind::WheelDown];

const NAMES: [(&str, Code); 16] = [
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("back", Code::Backspace),
    ("del", Code::Delete),
    ("ins", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("f1", Code::F(1)),
    ("f5", Code::F(5)),
];

/// Letters that filters, searches and prompts are typed with.
const TYPED: &str = "aeinrst lémo1:.*[(\\é日\u{301}{<";

impl Event {
    /// Any event; keys that are bound most of all.
    pub fn any(dice: &mut Dice) -> Event {
        match dice.roll(100) {
            0..=59 => Event::Key(key(dice)),
            60..=68 => {
                let far = dice.roll(20) == 0;
                let (columns, rows) = if far { (65_536, 65_536) } else { (130, 45) };
                Event::Mouse(*dice.pick(&KINDS), dice.roll(columns) as u16, dice.roll(rows) as u16)
            }
            69..=72 => size(dice),
            73 => Event::Paste(dice.roll(100)),
            74..=86 => Event::Answer(dice.roll(100), dice.roll(4)),
            87..=88 => Event::Again(dice.roll(100)),
            89..=90 => Event::Other(dice.roll(100), dice.roll(100)),
            91..=92 => Event::Edit(dice.roll(100), dice.roll(1000)),
            93 if dice.roll(3) == 0 => Event::Vanish(dice.roll(100)),
            93 => Event::Later(dice.roll(200 * 86_400)),
            _ => Event::Noise(dice.roll(100)),
        }
    }
}

fn size(dice: &mut Dice) -> Event {
    let (columns, rows) = match dice.roll(40) {
        0 => (65_536, 65_536),
        1 => (1_001, 401),
        2..=9 => (24, 10),
        _ => (150, 50),
    };
    Event::Resize(dice.roll(columns) as u16, dice.roll(rows) as u16)
}

fn key(dice: &mut Dice) -> Key {
    match dice.roll(16) {
        0 => {
            Key { ctrl: dice.roll(2) == 0, alt: dice.roll(2) == 0, shift: dice.roll(2) == 0, code: dice.pick(&NAMES).1 }
        }
        1..=2 => {
            let letters: Vec<char> = TYPED.chars().collect();
            Key::char(*dice.pick(&letters))
        }
        _ => {
            let binding = dice.pick(bindings());
            *dice.pick(&binding.keys)
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Event::Key(key) => write_key(*key, f),
            Event::Mouse(kind, x, y) => {
                write!(f, "{{mouse {} {x} {y}}}", KINDS.iter().position(|k| k == kind).unwrap())
            }
            Event::Resize(columns, rows) => write!(f, "{{resize {columns} {rows}}}"),
            Event::Paste(which) => write!(f, "{{paste {which}}}"),
            Event::Answer(which, how) => write!(f, "{{answer {which} {how}}}"),
            Event::Again(which) => write!(f, "{{again {which}}}"),
            Event::Other(item, op) => write!(f, "{{other {item} {op}}}"),
            Event::Edit(how, at) => write!(f, "{{edit {how} {at}}}"),
            Event::Later(seconds) => write!(f, "{{later {seconds}}}"),
            Event::Noise(which) => write!(f, "{{noise {which}}}"),
            Event::Vanish(which) => write!(f, "{{vanish {which}}}"),
        }
    }
}

fn write_key(key: Key, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let held: String =
        [(key.ctrl, "C-"), (key.alt, "M-"), (key.shift, "S-")].iter().filter(|h| h.0).map(|h| h.1).collect();
    let name = NAMES.iter().find(|(_, code)| *code == key.code).map(|n| n.0);
    match (key.code, name) {
        (Code::Char(c), _)
            if held.is_empty() && c.is_alphanumeric() || "/?:.;,&\"[]*(\\".contains(c) && held.is_empty() =>
        {
            write!(f, "{c}")
        }
        (Code::Char(c), _) => write!(f, "<{held}u{:x}>", u32::from(c)),
        (_, Some(name)) => write!(f, "<{held}{name}>"),
        (code, None) => panic!("{code:?} has no name here"),
    }
}

/// Reads a line of events.
pub fn read(line: &str) -> Vec<Event> {
    let mut events = Vec::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let close = match c {
            '<' => '>',
            '{' => '}',
            c => {
                events.push(Event::Key(Key::char(c)));
                continue;
            }
        };
        let (inside, after) = rest.split_once(close).unwrap_or_else(|| panic!("{c} is never closed"));
        events.push(if c == '<' { Event::Key(named(inside)) } else { told(inside) });
        rest = after;
    }
    events
}

fn named(name: &str) -> Key {
    let mut name = name;
    let mut held = |prefix: &str| name.strip_prefix(prefix).map(|rest| name = rest).is_some();
    let (ctrl, alt, shift) = (held("C-"), held("M-"), held("S-"));
    let known = NAMES.iter().find(|(n, _)| *n == name).map(|n| n.1);
    let written = || char::from_u32(u32::from_str_radix(&name[1..], 16).unwrap()).unwrap();
    Key { code: known.unwrap_or_else(|| Code::Char(written())), ctrl, alt, shift }
}

fn told(text: &str) -> Event {
    let mut words = text.split(' ');
    let what = words.next().unwrap();
    let mut number = || words.next().unwrap().parse::<usize>().unwrap();
    match what {
        "mouse" => Event::Mouse(KINDS[number()], number() as u16, number() as u16),
        "resize" => Event::Resize(number() as u16, number() as u16),
        "paste" => Event::Paste(number()),
        "answer" => Event::Answer(number(), number()),
        "again" => Event::Again(number()),
        "other" => Event::Other(number(), number()),
        "edit" => Event::Edit(number(), number()),
        "later" => Event::Later(number()),
        "noise" => Event::Noise(number()),
        "vanish" => Event::Vanish(number()),
        other => panic!("no event {other:?}"),
    }
}

/// A walk as one line.
pub fn written(walk: &[Event]) -> String {
    walk.iter().map(ToString::to_string).collect()
}

/// The message of a mouse that did something.
pub fn mouse(kind: MouseKind, column: u16, row: u16) -> Mouse {
    Mouse { kind, column, row, ctrl: row.is_multiple_of(7) }
}
