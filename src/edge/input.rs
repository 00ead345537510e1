//! What the terminal sends, byte by byte: keys, the mouse, pastes, and replies to our questions.
//! Knows no clock and no descriptor: whoever reads says when nothing more came ([`Parser::give_up`]).
//!
//! Our own parser, because crossterm 0.29 spins for ever once the terminal is gone, and turns a reply that comes late
//! into keys. Here a reply is swallowed however long it is and wherever it was cut. Whatever is not known is dropped:
//! a guide's worst neighbour is a key that nobody pressed.

mod colour;
mod csi;
#[cfg(test)]
mod tests;

use crate::app::{Code, Key, Mouse};
use csi::Csi;
use std::time::Duration;

/// How much of a paste is kept.
pub const PASTE_LIMIT: usize = 4096;

/// How much of a reply is kept: the colours that we ask for take 25 bytes.
const REPLY_LIMIT: usize = 256;

/// After so many bytes a string that does not end is held to be no string.
const STRING_LIMIT: usize = 1 << 20;

/// Something that the terminal sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// The mouse.
    Mouse(Mouse),
    /// Text pasted: at most [`PASTE_LIMIT`] bytes of it, not cleaned.
    Paste(String),
    /// The terminal's background colour.
    Background((u8, u8, u8)),
    /// The terminal gained or lost the focus of the desktop.
    Focus(bool),
    /// The answer to the question that every terminal answers (DA1): all earlier questions are answered too, or never
    /// will be.
    Attributes,
}

/// Turns bytes into [`Input`]s, across any split of the bytes.
#[derive(Debug, Default)]
pub struct Parser {
    state: State,
    /// An escape stands before what is being read.
    alt: bool,
    /// A question is open, so what looks like a reply's beginning is waited for longer.
    asked: bool,
    out: Vec<Input>,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// Inside a character of several bytes.
    Utf8 { bytes: [u8; 4], have: usize, want: usize },
    /// After an escape.
    Escape,
    /// After `ESC [`.
    Csi(Csi),
    /// After `ESC [ [`, where the Linux console's F1 to F5 end.
    Console,
    /// After `ESC [ M`, where three raw bytes follow from terminals that know no better mouse report.
    RawMouse { bytes: [u8; 3], have: usize },
    /// After `ESC O`.
    Ss3 { modifier: u16 },
    /// Inside a string, which `ESC ]`, `P`, `X`, `^` or `_` opened.
    Text { opener: u8, kept: Vec<u8>, length: usize },
    /// After an escape inside a string.
    TextEscape { opener: u8, kept: Vec<u8> },
    /// Inside a bracketed paste; `matched` bytes of its end were seen.
    Paste { kept: Vec<u8>, matched: usize },
}

const PASTE_END: &[u8] = b"\x1b[201~";

impl Parser {
    /// Reads some bytes.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Input> {
        bytes.iter().for_each(|byte| self.step(*byte));
        std::mem::take(&mut self.out)
    }

    /// A question was put to the terminal: until [`Input::Attributes`] or [`Parser::answered`], more patience.
    pub fn asked(&mut self) {
        self.asked = true;
    }

    /// No answer is expected any more.
    pub fn answered(&mut self) {
        self.asked = false;
    }

    /// How long to wait for more bytes before [`Parser::give_up`]; none where nothing is open.
    ///
    /// A lone escape is the key unless the rest of a sequence follows at once. Longer beginnings were hardly typed by
    /// hand, so they may take their time: a slow line must not turn a reply into keys.
    pub fn patience(&self) -> Option<Duration> {
        let millis = match &self.state {
            State::Ground => return None,
            State::Escape if !self.asked => 25,
            State::Escape => 250,
            State::Utf8 { .. } => 250,
            State::Csi(csi) if csi.is_empty() && !self.asked => 250,
            State::Ss3 { modifier: 0 } if !self.asked => 250,
            State::Text { length: 0, .. } if !self.asked => 250,
            State::Paste { .. } => 10_000,
            _ => 2_000,
        };
        Some(Duration::from_millis(millis))
    }

    /// Nothing more came: what is open is what it looks like, or nothing.
    pub fn give_up(&mut self) -> Vec<Input> {
        let twice = std::mem::take(&mut self.alt);
        let alone = match std::mem::take(&mut self.state) {
            State::Escape => Some(Key::plain(Code::Esc)),
            State::Csi(csi) if csi.is_empty() => Some(alt('[')),
            State::Ss3 { modifier: 0 } => Some(alt('O')),
            State::Text { opener, length: 0, .. } => Some(alt(char::from(opener))),
            State::Paste { kept, .. } => {
                self.out.push(Input::Paste(pasted(&kept)));
                None
            }
            _ => None,
        };
        if let Some(key) = alone {
            if twice {
                self.out.push(Input::Key(Key::plain(Code::Esc)));
            }
            self.out.push(Input::Key(key));
        }
        std::mem::take(&mut self.out)
    }

    fn step(&mut self, byte: u8) {
        match std::mem::take(&mut self.state) {
            State::Ground => self.ground(byte),
            State::Utf8 { bytes, have, want } => self.utf8(bytes, have, want, byte),
            State::Escape => self.escape(byte),
            State::Csi(csi) => self.csi(csi, byte),
            State::Console => self.console(byte),
            State::RawMouse { bytes, have } => self.raw_mouse(bytes, have, byte),
            State::Ss3 { modifier } => self.ss3(modifier, byte),
            State::Text { opener, kept, length } => self.text(opener, kept, length, byte),
            State::TextEscape { opener, kept } => self.text_escape(opener, &kept, byte),
            State::Paste { kept, matched } => self.paste(kept, matched, byte),
        }
    }

    fn ground(&mut self, byte: u8) {
        match byte {
            0x1b => self.state = State::Escape,
            0x00..=0x1f | 0x7f => self.key(control(byte)),
            0x20..=0x7e => self.key(Key::plain(Code::Char(char::from(byte)))),
            0xc2..=0xf4 => {
                let want = match byte {
                    0xc2..=0xdf => 2,
                    0xe0..=0xef => 3,
                    _ => 4,
                };
                self.state = State::Utf8 { bytes: [byte, 0, 0, 0], have: 1, want };
            }
            // Not UTF-8.
            _ => self.alt = false,
        }
    }

    fn utf8(&mut self, mut bytes: [u8; 4], have: usize, want: usize, byte: u8) {
        if !(0x80..=0xbf).contains(&byte) {
            self.alt = false;
            return self.ground(byte);
        }
        if let Some(place) = bytes.get_mut(have) {
            *place = byte;
        }
        if have + 1 < want {
            self.state = State::Utf8 { bytes, have: have + 1, want };
            return;
        }
        let whole = bytes.get(..want).and_then(|b| std::str::from_utf8(b).ok()).and_then(|s| s.chars().next());
        match whole.filter(|c| !c.is_control()) {
            Some(c) => self.key(Key::plain(Code::Char(c))),
            None => self.alt = false,
        }
    }

    /// `ESC` and a key is that key with Alt; `ESC ESC [ A` is how some terminals send Alt with an arrow.
    fn escape(&mut self, byte: u8) {
        let twice = self.alt;
        match byte {
            0x1b => {
                if twice {
                    self.out.push(Input::Key(Key::plain(Code::Esc)));
                }
                self.alt = true;
                self.state = State::Escape;
            }
            b'[' => self.state = State::Csi(Csi::default()),
            b'O' => self.state = State::Ss3 { modifier: 0 },
            _ => {
                if twice {
                    self.out.push(Input::Key(Key::plain(Code::Esc)));
                    self.alt = false;
                }
                if let b']' | b'P' | b'X' | b'^' | b'_' = byte {
                    self.state = State::Text { opener: byte, kept: Vec::new(), length: 0 };
                } else {
                    self.alt = true;
                    self.ground(byte);
                }
            }
        }
    }

    fn csi(&mut self, mut csi: Csi, byte: u8) {
        match byte {
            b'[' if csi.is_empty() => self.state = State::Console,
            b'M' if csi.is_empty() => self.state = State::RawMouse { bytes: [0; 3], have: 0 },
            0x20..=0x3f => {
                csi.push(byte);
                // Longer than any sequence: what follows is no part of it.
                if csi.length() < REPLY_LIMIT * 16 {
                    self.state = State::Csi(csi);
                } else {
                    self.alt = false;
                }
            }
            0x40..=0x7e => match csi.read(byte) {
                csi::Meaning::Key(key) => self.key(key),
                csi::Meaning::PasteBegins => {
                    self.alt = false;
                    self.state = State::Paste { kept: Vec::new(), matched: 0 };
                }
                csi::Meaning::Input(input) => {
                    self.asked &= input != Input::Attributes;
                    self.alt = false;
                    self.out.push(input);
                }
                csi::Meaning::Nothing => self.alt = false,
            },
            _ => self.interrupted(byte),
        }
    }

    /// A byte that cannot stand inside a sequence ends it unread; the byte itself counts, save those that cancel.
    fn interrupted(&mut self, byte: u8) {
        self.alt = false;
        if !matches!(byte, 0x18 | 0x1a) {
            self.ground(byte);
        }
    }

    fn console(&mut self, byte: u8) {
        match byte {
            b'A'..=b'E' => self.key(Key::plain(Code::F(byte - b'A' + 1))),
            0x20..=0x7e => self.alt = false,
            _ => self.interrupted(byte),
        }
    }

    fn raw_mouse(&mut self, mut bytes: [u8; 3], have: usize, byte: u8) {
        if let Some(place) = bytes.get_mut(have) {
            *place = byte;
        }
        if have < 2 {
            self.state = State::RawMouse { bytes, have: have + 1 };
            return;
        }
        self.alt = false;
        self.out.extend(csi::raw_mouse(bytes).map(Input::Mouse));
    }

    fn ss3(&mut self, modifier: u16, byte: u8) {
        match byte {
            b'0'..=b'9' => {
                let modifier = modifier.saturating_mul(10).saturating_add(u16::from(byte - b'0'));
                self.state = State::Ss3 { modifier };
            }
            0x20..=0x7e => match csi::ss3(byte, modifier) {
                Some(key) => self.key(key),
                None => self.alt = false,
            },
            _ => self.interrupted(byte),
        }
    }

    fn text(&mut self, opener: u8, mut kept: Vec<u8>, length: usize, byte: u8) {
        match byte {
            0x07 => self.reply(opener, &kept),
            0x1b => self.state = State::TextEscape { opener, kept },
            0x18 | 0x1a => {}
            _ => {
                if kept.len() < REPLY_LIMIT {
                    kept.push(byte);
                }
                if length < STRING_LIMIT {
                    self.state = State::Text { opener, kept, length: length + 1 };
                }
            }
        }
    }

    /// `ESC \` ends a string; any other escape breaks it off and begins something new.
    fn text_escape(&mut self, opener: u8, kept: &[u8], byte: u8) {
        if byte == b'\\' {
            self.reply(opener, kept);
        } else {
            self.escape(byte);
        }
    }

    /// A string is whole. The one that we ask for is the background (OSC 11); all others are nobody's business.
    fn reply(&mut self, opener: u8, text: &[u8]) {
        if opener == b']'
            && let Some(spec) = text.strip_prefix(b"11;")
            && let Some(rgb) = std::str::from_utf8(spec).ok().and_then(colour::parse)
        {
            self.out.push(Input::Background(rgb));
        }
    }

    fn paste(&mut self, mut kept: Vec<u8>, mut matched: usize, byte: u8) {
        if PASTE_END.get(matched) != Some(&byte) {
            // The end begins with the only escape in it, so it can begin anew only at this byte.
            let seen = PASTE_END.get(..matched).unwrap_or_default();
            seen.iter().for_each(|b| keep(&mut kept, *b));
            matched = 0;
        }
        if PASTE_END.get(matched) == Some(&byte) {
            matched += 1;
        } else {
            keep(&mut kept, byte);
        }
        if matched == PASTE_END.len() {
            self.out.push(Input::Paste(pasted(&kept)));
        } else {
            self.state = State::Paste { kept, matched };
        }
    }

    fn key(&mut self, mut key: Key) {
        key.alt |= std::mem::take(&mut self.alt);
        self.out.push(Input::Key(key));
    }
}

fn keep(kept: &mut Vec<u8>, byte: u8) {
    if kept.len() < PASTE_LIMIT {
        kept.push(byte);
    }
}

/// The text of a paste, without a character that the limit cut in two.
fn pasted(kept: &[u8]) -> String {
    let whole = match std::str::from_utf8(kept) {
        Err(e) if e.error_len().is_none() => kept.get(..e.valid_up_to()).unwrap_or_default(),
        _ => kept,
    };
    String::from_utf8_lossy(whole).into_owned()
}

fn alt(c: char) -> Key {
    Key { alt: true, ..Key::plain(Code::Char(c)) }
}

/// The key behind a control character: what the terminal driver made of Control and a letter.
fn control(byte: u8) -> Key {
    let ctrl = |c: u8| Key { ctrl: true, ..Key::plain(Code::Char(char::from(c))) };
    match byte {
        0x00 => ctrl(b' '),
        // Terminals disagree which of the two Backspace sends.
        0x08 | 0x7f => Key::plain(Code::Backspace),
        0x09 => Key::plain(Code::Tab),
        0x0d => Key::plain(Code::Enter),
        0x01..=0x1a => ctrl(byte - 1 + b'a'),
        _ => ctrl(byte - 0x1c + b'\\'),
    }
}
