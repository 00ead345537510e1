//! Puts one text on the clipboard, and tells truthfully which way it went. A program that says it took the text is
//! believed; a terminal never answers, so to it the text was only sent.

use super::child::{self, End};
use crate::app::Landing;
use crate::guide::CleanText;
use crate::words::{Edge, Lang};
use std::ffi::OsString;
use std::time::Duration;

/// How long a program may take.
const WAIT: Duration = Duration::from_secs(1);

/// The most that is sent to a terminal: some drop a sequence of more than 100,000 bytes, and base64 makes four of three.
const TERMINAL_KIB: usize = 72;

/// A way to the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A program that reads the text: what it is called, and its arguments.
    Program(&'static str, &'static [&'static str]),
    /// OSC 52, to the terminal.
    Terminal,
}

const TMUX: Way = Way::Program("tmux", &["load-buffer", "-w", "-"]);
const WAYLAND: Way = Way::Program("wl-copy", &[]);
const XCLIP: Way = Way::Program("xclip", &["-selection", "clipboard"]);
const XSEL: Way = Way::Program("xsel", &["-b", "-i"]);
const MACOS: Way = Way::Program("pbcopy", &[]);

/// What the choice depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Inside tmux.
    pub tmux: bool,
    /// On the far side of SSH: a display here is not the one that somebody sits at.
    pub ssh: bool,
    /// A Wayland display.
    pub wayland: bool,
    /// An X display.
    pub x11: bool,
    /// macOS.
    pub macos: bool,
    /// The terminal is the Linux console, which has no clipboard.
    pub console: bool,
}

impl Around {
    /// What the environment says; empty variables say nothing.
    pub fn of(variable: impl Fn(&str) -> Option<OsString>) -> Around {
        let set = |name| variable(name).is_some_and(|v| !v.is_empty());
        Around {
            tmux: set("TMUX"),
            ssh: set("SSH_CONNECTION") || set("SSH_TTY"),
            wayland: set("WAYLAND_DISPLAY"),
            x11: set("DISPLAY"),
            macos: cfg!(target_os = "macos"),
            console: variable("TERM").is_some_and(|v| v == "linux"),
        }
    }
}

/// The ways to try, in order, until one takes the text.
pub fn ways(around: Around) -> Vec<Way> {
    let local = !around.ssh && !around.tmux;
    let candidates = [
        (around.tmux, TMUX),
        (local && around.macos, MACOS),
        (local && around.wayland, WAYLAND),
        (local && around.x11, XCLIP),
        (local && around.x11, XSEL),
        (!around.console, Way::Terminal),
    ];
    candidates.into_iter().filter(|(fits, _)| *fits).map(|(_, way)| way).collect()
}

/// What is left to do after the programs were tried.
#[derive(Debug, PartialEq, Eq)]
pub enum Copied {
    /// It is settled.
    Landed(Landing),
    /// These bytes are to be written between two frames; then it was sent.
    ForTerminal(Vec<u8>),
}

/// Tries the ways. May take a second for each program.
pub fn copy(text: &CleanText, ways: &[Way], lang: Lang) -> Copied {
    for way in ways {
        match way {
            Way::Program(program, arguments) => {
                if takes(program, arguments, text.as_bytes()) {
                    return Copied::Landed(Landing::Taken(program));
                }
            }
            Way::Terminal if text.len() > TERMINAL_KIB * 1024 => {
                let why = Edge::TooLongForTerminal(TERMINAL_KIB).say(lang);
                return Copied::Landed(Landing::NoWay(CleanText::line(&why)));
            }
            Way::Terminal => return Copied::ForTerminal(osc52(text.as_bytes())),
        }
    }
    Copied::Landed(Landing::NoWay(CleanText::line(&Edge::ConsoleHasNoClipboard.say(lang))))
}

fn takes(program: &str, arguments: &[&str], text: &[u8]) -> bool {
    match child::run(program, arguments, text, WAIT) {
        Ok(End::Ended(status)) => status.success(),
        Ok(End::Running(mut child)) => {
            // Neither yes nor no: it must not change the clipboard behind our back later.
            let _ = child.kill();
            let _ = child.wait();
            false
        }
        Err(_) => false,
    }
}

/// OSC 52 for the clipboard, ended by ST, which nested multiplexers understand better than BEL.
fn osc52(text: &[u8]) -> Vec<u8> {
    format!("\x1b]52;c;{}\x1b\\", base64(text)).into_bytes()
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let part = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = part(0) << 16 | part(1) << 8 | part(2);
        for n in 0..4 {
            let digit = DIGITS.get((bits >> (18 - 6 * n) & 63) as usize).copied().unwrap_or(b'=');
            out.push(if n > three.len() { '=' } else { char::from(digit) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(set: &[(&str, &str)]) -> Around {
        let set: Vec<(String, OsString)> = set.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
        let mut around = Around::of(|name| set.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()));
        // The tests say it, not the machine that they run on.
        around.macos = false;
        around
    }

    #[test]
    fn each_surrounding_has_its_ways() {
        type Variables = &'static [(&'static str, &'static str)];
        let samples: &[(Variables, &[Way])] = &[
            (&[], &[Way::Terminal]),
            (&[("TERM", "xterm-256color")], &[Way::Terminal]),
            (&[("SSH_CONNECTION", "1 2 3 4")], &[Way::Terminal]),
            (&[("SSH_TTY", "/dev/pts/1"), ("DISPLAY", "localhost:10")], &[Way::Terminal]),
            (&[("TMUX", "/tmp/t,1,0")], &[TMUX, Way::Terminal]),
            (&[("TMUX", "/tmp/t,1,0"), ("SSH_CONNECTION", "1"), ("DISPLAY", ":0")], &[TMUX, Way::Terminal]),
            (&[("DISPLAY", ":0")], &[XCLIP, XSEL, Way::Terminal]),
            (&[("WAYLAND_DISPLAY", "wayland-0")], &[WAYLAND, Way::Terminal]),
            (&[("WAYLAND_DISPLAY", "w"), ("DISPLAY", ":0")], &[WAYLAND, XCLIP, XSEL, Way::Terminal]),
            (&[("TERM", "linux")], &[]),
            (&[("TERM", "linux"), ("SSH_CONNECTION", "1")], &[]),
            (&[("TMUX", ""), ("SSH_TTY", ""), ("DISPLAY", "")], &[Way::Terminal]),
        ];
        for (set, expected) in samples {
            assert_eq!(ways(around(set)), *expected, "{set:?}");
        }
        assert_eq!(ways(Around { macos: true, ..Around::default() }), [MACOS, Way::Terminal]);
        assert_eq!(ways(Around { macos: true, ssh: true, ..Around::default() }), [Way::Terminal]);
    }

    #[test]
    fn the_sequence_holds_the_text_and_nothing_else() {
        let text = CleanText::line("contact@cto-de-lyon.fr");
        let bytes = b"\x1b]52;c;Y29udGFjdEBjdG8tZGUtbHlvbi5mcg==\x1b\\".to_vec();
        assert_eq!(copy(&text, &[Way::Terminal], Lang::En), Copied::ForTerminal(bytes));
    }

    #[test]
    fn base64_pads_as_the_standard_says() {
        let samples = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("é", "w6k=")];
        for (text, expected) in samples {
            assert_eq!(base64(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }

    #[test]
    fn taken_is_said_only_of_a_program_that_said_so() {
        let text = CleanText::line("x");
        let yes = Way::Program("true", &[]);
        let no = Way::Program("false", &[]);
        let missing = Way::Program("no-such-program-anywhere", &[]);
        assert_eq!(copy(&text, &[missing, no, yes], Lang::En), Copied::Landed(Landing::Taken("true")));
        assert!(matches!(copy(&text, &[no, Way::Terminal], Lang::En), Copied::ForTerminal(_)));
        assert!(matches!(copy(&text, &[no], Lang::En), Copied::Landed(Landing::NoWay(_))));
    }

    #[test]
    fn what_is_too_long_for_a_terminal_is_refused_with_the_reason() {
        let fits = CleanText::line(&"x".repeat(72 * 1024));
        let Copied::ForTerminal(bytes) = copy(&fits, &[Way::Terminal], Lang::En) else { panic!("refused") };
        assert!(bytes.len() < 100_000);
        let long = CleanText::line(&"x".repeat(72 * 1024 + 1));
        let Copied::Landed(Landing::NoWay(why)) = copy(&long, &[Way::Terminal], Lang::En) else { panic!("sent") };
        assert!(why.contains("72 KiB"), "{why}");
    }
}
