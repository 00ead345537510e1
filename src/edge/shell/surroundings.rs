//! What the process stands in: the environment, the standard streams, the terminal's size. Asked once, at the start.

use crate::words::Lang;
use std::ffi::OsString;
use std::fs::File;
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The surroundings of a process.
#[derive(Clone, Debug, Default)]
pub(super) struct Surroundings {
    /// The locale, by the first of the three variables that says anything.
    locale: String,
    /// `TERM`
    term: String,
    /// Where colours are wanted.
    pub(super) colour: Colour,
    /// The user's name, as the environment has it.
    user: String,
    /// Standard output is a terminal.
    pub(super) stdout_is_terminal: bool,
    /// The columns and rows of that terminal.
    pub(super) size: Option<(u16, u16)>,
}

/// Where colours are wanted, by the variables that many programs heed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Colour {
    /// On terminals.
    #[default]
    OnTerminals,
    /// Nowhere; weight stays.
    Never,
    /// In pipes too.
    Always,
}

impl Colour {
    /// Who wants none is heard first; a variable that is empty asks for nothing.
    fn of(no_color: &str, force: &str, wanted: &str) -> Colour {
        match (no_color, force, wanted) {
            ("", "" | "0", "0") => Colour::Never,
            ("", "" | "0", _) => Colour::OnTerminals,
            ("", _, _) => Colour::Always,
            _ => Colour::Never,
        }
    }
}

impl Surroundings {
    /// Those of this process.
    pub(super) fn of_process() -> Surroundings {
        let out = std::io::stdout();
        let size = rustix::termios::tcgetwinsize(&out).ok().map(|s| (s.ws_col, s.ws_row));
        // Some pseudo-terminals say 0 by 0 and mean that they do not know.
        let size = size.filter(|(columns, rows)| *columns > 0 && *rows > 0);
        Surroundings { stdout_is_terminal: out.is_terminal(), size, ..Surroundings::of(|name| std::env::var_os(name)) }
    }

    /// Those that variables tell.
    fn of(variable: impl Fn(&str) -> Option<OsString>) -> Surroundings {
        let text = |name: &str| variable(name).map(|v| v.to_string_lossy().into_owned()).unwrap_or_default();
        let first = |names: &[&str]| names.iter().map(|n| text(n)).find(|v| !v.is_empty()).unwrap_or_default();
        Surroundings {
            locale: first(&["LC_ALL", "LC_MESSAGES", "LANG"]),
            term: text("TERM"),
            colour: Colour::of(&text("NO_COLOR"), &text("CLICOLOR_FORCE"), &text("CLICOLOR")),
            user: first(&["USER", "LOGNAME", "USERNAME"]),
            stdout_is_terminal: false,
            size: None,
        }
    }

    /// The language of the interface: what was asked for, else the locale's.
    pub(super) fn lang(&self, asked: Option<Lang>) -> Lang {
        asked.unwrap_or_else(|| Lang::from_locale(&self.locale))
    }

    /// Whether the terminal can do no more than print: `TERM` is `dumb` or not set.
    pub(super) fn is_dumb(&self) -> bool {
        matches!(self.term.as_str(), "" | "dumb")
    }

    /// Who sits here.
    pub(super) fn user(&self) -> String {
        if self.user.is_empty() { "user".to_owned() } else { self.user.clone() }
    }

    /// Whether keys can be read, from standard input or past it.
    pub(super) fn has_keyboard(&self) -> bool {
        std::io::stdin().is_terminal() || File::open("/dev/tty").is_ok()
    }
}

/// A limit on file sizes must give an error, which can be told, not end the process: `SIGXFSZ` gets a handler that
/// does nothing. Where it cannot be set, things are as they were.
pub(super) fn outlive_size_limits() {
    let _ = signal_hook::flag::register(rustix::process::Signal::XFSZ.as_raw(), Arc::new(AtomicBool::new(false)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str)]) -> Surroundings {
        Surroundings::of(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| OsString::from(v)))
    }

    #[test]
    fn the_first_variable_that_says_anything_gives_the_language() {
        assert_eq!(of(&[]).lang(None), Lang::En);
        assert_eq!(of(&[("LANG", "fr_FR.UTF-8")]).lang(None), Lang::Fr);
        assert_eq!(of(&[("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")]).lang(None), Lang::En);
        assert_eq!(of(&[("LC_ALL", ""), ("LC_MESSAGES", "fr"), ("LANG", "en")]).lang(None), Lang::Fr);
        assert_eq!(of(&[("LANG", "fr_FR.UTF-8")]).lang(Some(Lang::En)), Lang::En);
    }

    #[test]
    fn a_terminal_that_does_not_say_what_it_is_counts_as_dumb() {
        assert!(of(&[]).is_dumb() && of(&[("TERM", "dumb")]).is_dumb());
        assert!(!of(&[("TERM", "xterm-256color")]).is_dumb());
    }

    #[test]
    fn colours_are_asked_for_and_refused_by_three_variables() {
        let colour = |pairs: &[(&str, &str)]| of(pairs).colour;
        for pairs in
            [&[][..], &[("NO_COLOR", "")], &[("CLICOLOR", "1")], &[("CLICOLOR", "")], &[("CLICOLOR_FORCE", "0")]]
        {
            assert_eq!(colour(pairs), Colour::OnTerminals, "{pairs:?}");
        }
        for pairs in [
            &[("NO_COLOR", "1")][..],
            &[("NO_COLOR", "0")],
            &[("CLICOLOR", "0")],
            &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")],
            &[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "0")],
        ] {
            assert_eq!(colour(pairs), Colour::Never, "{pairs:?}");
        }
        assert_eq!(colour(&[("CLICOLOR_FORCE", "1"), ("CLICOLOR", "0")]), Colour::Always);
    }

    #[test]
    fn somebody_always_sits_here() {
        assert_eq!(of(&[("LOGNAME", "lise")]).user(), "lise");
        assert!(!of(&[]).user().is_empty());
    }
}
