//! Hands a link to the system's browser or mail program. What may be handed over was decided when the link was shown,
//! and is decided once more here, by the same rule: [`check`].

use super::child::{self, End};
use crate::guide::{CleanText, check};
use crate::words::{Edge, Lang};
use std::ffi::OsString;
use std::time::Duration;

/// How long the opening program may take to say that it failed. Some stay for as long as the browser does.
const WAIT: Duration = Duration::from_secs(2);

/// The program that opens links here; none without a display.
pub fn program(variable: impl Fn(&str) -> Option<OsString>) -> Option<&'static str> {
    let set = |name| variable(name).is_some_and(|v| !v.is_empty());
    if cfg!(target_os = "macos") {
        return (!set("SSH_CONNECTION")).then_some("open");
    }
    if set("WSL_DISTRO_NAME") {
        return Some("wslview");
    }
    (set("DISPLAY") || set("WAYLAND_DISPLAY")).then_some("xdg-open")
}

/// Opens a link, or says why not. May take two seconds.
pub fn open(target: &str, program: Option<&str>, lang: Lang) -> Result<(), CleanText> {
    let say = |edge: Edge| CleanText::line(&edge.say(lang));
    let link = check(target).map_err(|why| say(Edge::Refused(why)))?;
    let program = program.ok_or_else(|| say(Edge::NoDisplay))?;
    match child::run(program, &[&link], b"", WAIT) {
        Ok(End::Ended(status)) if status.success() => Ok(()),
        Ok(End::Ended(status)) => Err(say(Edge::NoOpener(CleanText::line(&format!("{program}: {status}"))))),
        Ok(End::Running(mut child)) => {
            // Somebody has to hear of its end, or a dead process stays in the table.
            let _ = std::thread::Builder::new().name("opened".into()).spawn(move || child.wait());
            Ok(())
        }
        Err(error) => Err(say(Edge::NoOpener(CleanText::line(&format!("{program}: {error}"))))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_opened_without_a_display() {
        let none = |_: &str| None;
        if !cfg!(target_os = "macos") {
            assert_eq!(program(none), None);
            assert_eq!(program(|n| (n == "DISPLAY").then(|| ":0".into())), Some("xdg-open"));
            assert_eq!(program(|n| (n == "DISPLAY").then(|| "".into())), None);
        }
        let why = open("https://a.fr/", None, Lang::En).unwrap_err();
        assert!(why.contains("display"), "{why}");
    }

    #[test]
    fn a_failing_program_is_told_of() {
        assert_eq!(open("https://a.fr/", Some("true"), Lang::En), Ok(()));
        assert!(open("https://a.fr/", Some("false"), Lang::En).is_err());
        assert!(open("https://a.fr/", Some("no-such-program-anywhere"), Lang::En).is_err());
        assert!(open("file:///etc/passwd", Some("true"), Lang::En).is_err());
    }
}
