//! Hands a link to the system's browser or mail program. What may be handed over is decided by [`check`], a list of
//! what is allowed: a link comes from the guide's author, and must not be able to run anything.

use super::child::{self, End};
use crate::guide::{CleanText, percent_bytes};
use crate::words::{Edge, Lang};
use std::ffi::OsString;
use std::fmt::Write;
use std::time::Duration;

/// The longest link.
const LONGEST: usize = 2048;

/// Most people that one mail is addressed to.
const MOST_ADDRESSES: usize = 16;

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
    let link = check(target).map_err(say)?;
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

/// The link as it may be handed over: a web page with nothing hidden in its host, or a mail rebuilt from its parts.
pub fn check(target: &str) -> Result<String, Edge> {
    let target = target.trim();
    if target.len() > LONGEST {
        return Err(Edge::LinkTooLong);
    }
    let (scheme, rest) = target.split_once(':').ok_or(Edge::KindNotOpened)?;
    let link = match scheme.to_ascii_lowercase().as_str() {
        scheme @ ("http" | "https") => web(scheme, rest)?,
        "mailto" => mail(rest)?,
        _ => return Err(Edge::KindNotOpened),
    };
    if link.len() > LONGEST { Err(Edge::LinkTooLong) } else { Ok(link) }
}

/// Web pages: a host of plain letters, no user, and everything after it in printable ASCII.
fn web(scheme: &str, rest: &str) -> Result<String, Edge> {
    let rest = rest.strip_prefix("//").ok_or(Edge::OddHost)?;
    // Some programs take a backslash for a slash, others for a part of the host: so it may not end one.
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).ok_or(Edge::OddHost)?;
    if authority.contains('@') {
        return Err(Edge::UserInLink);
    }
    if !is_authority(authority) {
        return Err(Edge::OddHost);
    }
    let mut link = format!("{scheme}://{authority}");
    for byte in path.bytes() {
        match byte {
            // Not allowed in a URI (RFC 3986, appendix A), and of meaning to some shells.
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => encode(byte, &mut link),
            b'!'..=b'~' => link.push(char::from(byte)),
            _ => encode(byte, &mut link),
        }
    }
    Ok(link)
}

/// A host name or an IPv6 address in brackets, perhaps with a port. Hosts of other letters have an ASCII form, which
/// the author has to write: two that look alike must not be one.
fn is_authority(authority: &str) -> bool {
    let (host, port) = match authority.strip_prefix('[').and_then(|a| a.split_once(']')) {
        Some((host, rest)) => {
            let address = !host.is_empty() && host.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'));
            if !address {
                return false;
            }
            ("host", rest)
        }
        None => match authority.find(':').and_then(|at| authority.split_at_checked(at)) {
            Some(parts) => parts,
            None => (authority, ""),
        },
    };
    let port_fits = match port.strip_prefix(':') {
        Some(digits) => digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit()),
        None => port.is_empty(),
    };
    port_fits && is_host(host)
}

fn is_host(host: &str) -> bool {
    let label = |l: &str| {
        !l.is_empty() && !l.starts_with('-') && l.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    host.len() <= 253 && host.trim_end_matches('.').split('.').all(label)
}

/// A mail with its addresses, subject and text. Other fields are dropped: some mail programs attach local files
/// through them.
fn mail(rest: &str) -> Result<String, Edge> {
    let (addresses, fields) = rest.split_once('?').unwrap_or((rest, ""));
    let addresses: Vec<&str> = addresses.split(',').map(str::trim).collect();
    if addresses.len() > MOST_ADDRESSES || !addresses.iter().all(|a| is_address(a)) {
        return Err(Edge::OddAddress);
    }
    let mut link = format!("mailto:{}", addresses.join(","));
    let mut mark = '?';
    for field in fields.split('&') {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        let name = match name.to_ascii_lowercase().as_str() {
            "subject" => "subject",
            "body" => "body",
            _ => continue,
        };
        // Writing to a string does not fail.
        let _ = write!(link, "{mark}{name}=");
        for byte in percent_bytes(value) {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => link.push(char::from(byte)),
                // Lines are for the text; a subject with one could begin a field of its own.
                b'\r' | b'\n' if name == "body" => encode(byte, &mut link),
                0x00..=0x1f | 0x7f => {}
                _ => encode(byte, &mut link),
            }
        }
        mark = '&';
    }
    Ok(link)
}

/// The usual form of an address (a part of RFC 5322's); `%` is left out, as it could hide anything.
fn is_address(address: &str) -> bool {
    let Some((name, host)) = address.split_once('@') else { return false };
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"!#$'*+-./=^_~".contains(&b);
    !name.is_empty() && name.len() <= 64 && !name.starts_with('-') && name.bytes().all(plain) && is_host(host)
}

fn encode(byte: u8, out: &mut String) {
    // Writing to a string does not fail.
    let _ = write!(out, "%{byte:02X}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn web_pages_and_mail_are_opened_as_they_stand() {
        let same = [
            "https://cto-de-lyon.fr/",
            "http://localhost:8080/a?b=c&d#e",
            "https://a.b/x%20y;z,(1)!~*'$",
            "https://[2001:db8::1]:443/",
            "https://example.org?q=1",
            "mailto:contact@cto-de-lyon.fr",
            "mailto:a@b.fr,c@d.fr?subject=Bonjour%20%C3%A0%20vous&body=x%0D%0Ay",
        ];
        for link in same {
            assert_eq!(check(link).as_deref(), Ok(link));
        }
    }

    #[test]
    fn links_are_put_into_the_form_that_is_safe_everywhere() {
        let samples = [
            ("HTTPS://cto-de-lyon.fr/", "https://cto-de-lyon.fr/"),
            ("https://a.fr/été s", "https://a.fr/%C3%A9t%C3%A9%20s"),
            ("https://a.fr/\"><`$(id)`|{}\\^", "https://a.fr/%22%3E%3C%60$(id)%60%7C%7B%7D%5C%5E"),
            ("mailto:a@b.fr?attach=/etc/passwd&cc=x@y.z&SUBJECT=a", "mailto:a@b.fr?subject=a"),
            ("mailto:a@b.fr?attachment=/etc/passwd", "mailto:a@b.fr"),
            ("mailto:a@b.fr?subject=x%0D%0ABcc:%20z@z.fr", "mailto:a@b.fr?subject=xBcc%3A%20z%40z.fr"),
            ("mailto:a@b.fr?body=50%&body=a;rm", "mailto:a@b.fr?body=50%25&body=a%3Brm"),
        ];
        for (link, safe) in samples {
            assert_eq!(check(link).as_deref(), Ok(safe));
        }
    }

    #[test]
    fn hostile_links_are_refused() {
        let long = format!("https://a.fr/{}", "x".repeat(2048));
        let swollen = format!("https://a.fr/{}", "é".repeat(1000));
        let samples = [
            ("javascript:alert(1)", Edge::KindNotOpened),
            ("file:///etc/passwd", Edge::KindNotOpened),
            ("data:text/html,x", Edge::KindNotOpened),
            ("vbscript:x", Edge::KindNotOpened),
            ("smb://host/share", Edge::KindNotOpened),
            ("ssh://-oProxyCommand=x", Edge::KindNotOpened),
            ("--help", Edge::KindNotOpened),
            ("-https://a.fr", Edge::KindNotOpened),
            ("/manifeste", Edge::KindNotOpened),
            ("", Edge::KindNotOpened),
            ("ht\ntps://a.fr", Edge::KindNotOpened),
            ("https:a.fr", Edge::OddHost),
            ("https:/a.fr", Edge::OddHost),
            ("https://", Edge::OddHost),
            ("https:///path", Edge::OddHost),
            ("https://-a.fr/", Edge::OddHost),
            ("https://a..fr/", Edge::OddHost),
            ("https://a.fr:port/", Edge::OddHost),
            ("https://a.fr:123456/", Edge::OddHost),
            ("https://аpple.com/", Edge::OddHost),
            ("https://a b.fr/", Edge::OddHost),
            ("https://a.fr\\x/", Edge::OddHost),
            ("https://a.fr\\@evil.example/", Edge::UserInLink),
            ("https://[x]/", Edge::OddHost),
            ("https://[::1]x/", Edge::OddHost),
            ("https://%65vil.example/", Edge::OddHost),
            ("https://cto-de-lyon.fr@evil.example/", Edge::UserInLink),
            ("https://a:b@evil.example/", Edge::UserInLink),
            ("mailto:", Edge::OddAddress),
            ("mailto:a", Edge::OddAddress),
            ("mailto:-a@b.fr", Edge::OddAddress),
            ("mailto:a@b@c.fr", Edge::OddAddress),
            ("mailto:a%0Ab@c.fr", Edge::OddAddress),
            ("mailto:a b@c.fr", Edge::OddAddress),
            ("mailto:a@b.fr,", Edge::OddAddress),
            ("mailto:\"a\"@b.fr", Edge::OddAddress),
            (long.as_str(), Edge::LinkTooLong),
            (swollen.as_str(), Edge::LinkTooLong),
        ];
        for (link, why) in samples {
            assert_eq!(check(link), Err(why), "{link}");
        }
    }

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

    proptest! {
        #[test]
        fn what_passes_is_printable_ascii_of_an_allowed_kind_and_passes_again(
            target in "(https?://|mailto:|[a-z]{0,6}:)?[ -~é\n]{0,40}"
        ) {
            if let Ok(link) = check(&target) {
                prop_assert!(link.bytes().all(|b| (b'!'..=b'~').contains(&b)));
                prop_assert!(["http://", "https://", "mailto:"].iter().any(|s| link.starts_with(s)));
                prop_assert_eq!(check(&link), Ok(link.clone()));
            }
        }
    }
}
