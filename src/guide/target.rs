//! What may become of a link's target: a list of what is allowed, for it comes from the guide's author, who must not be
//! able to run anything. Web pages and mail may be handed to the system, in a form that hides nothing; other places of
//! the guide and other guides of its folder may be read; everything else is text. Hands nothing over itself.

use super::decode::{percent_bytes, percent_decoded};
use super::{CleanText, Guide, host};
use std::fmt::Write;

/// The longest link that is opened.
const LONGEST: usize = 2048;
/// Most people that one mail is addressed to.
const MOST_ADDRESSES: usize = 16;

/// What a target leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A place of the guide, by the name after `#`, as written.
    Place(String),
    /// Another Markdown file.
    Guide(Neighbour),
    /// A web page or a mail, in the form in which it may be handed to the system.
    Open(CleanText),
    /// A relative link, and nothing to join it to.
    NoBase,
    /// Nothing that is opened.
    Refused(Refusal),
}

/// A Markdown file as a link names it: relative to the guide's own, or to the guide's folder where it begins with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Its path, percent-encoding undone.
    pub path: String,
    /// The name of a place in it, as written, without `#`.
    pub place: Option<String>,
}

/// Why a link is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is neither a web page nor a mail.
    Kind,
    /// It is longer than any honest one.
    TooLong,
    /// Its host is missing or oddly written.
    Host,
    /// It hides its host behind a user's name.
    User,
    /// It is addressed to nobody that a mail can be sent to, or to too many.
    Address,
}

impl Guide {
    /// What a target of this guide leads to.
    pub fn target(&self, target: &str) -> Target {
        let target = target.trim();
        if let Some(name) = target.strip_prefix('#') {
            return Target::Place(name.to_owned());
        }
        // The first part of a relative link has no colon (RFC 3986, 4.2); what looks odd before one is no path, either.
        let colon = target.split(['/', '?', '#']).next().is_some_and(|part| part.contains(':'));
        if colon || target.starts_with("//") || target.contains('\\') || target.is_empty() {
            return match check(target) {
                Ok(link) => Target::Open(link),
                Err(why) => Target::Refused(why),
            };
        }
        if let Some(neighbour) = neighbour(target) {
            return Target::Guide(neighbour);
        }
        match self.base.as_deref().and_then(|base| joined(base, target)) {
            Some(address) => match check(&address) {
                Ok(link) => Target::Open(link),
                Err(why) => Target::Refused(why),
            },
            None => Target::NoBase,
        }
    }
}

/// The link as it may be handed over: a web page with nothing hidden in its host, or a mail rebuilt from its parts.
/// Printable ASCII, and the same when it is checked again.
pub fn check(target: &str) -> Result<CleanText, Refusal> {
    let target = target.trim();
    if target.len() > LONGEST {
        return Err(Refusal::TooLong);
    }
    let link = match scheme(target) {
        (Some(scheme), rest) if scheme == "http" || scheme == "https" => web(&scheme, rest)?,
        (Some(scheme), rest) if scheme == "mailto" => Mail::read(rest)?.link(),
        _ => return Err(Refusal::Kind),
    };
    if link.len() > LONGEST { Err(Refusal::TooLong) } else { Ok(CleanText::line(&link)) }
}

/// The scheme in lower case (RFC 3986, 3.1) and what follows its colon.
pub(super) fn scheme(target: &str) -> (Option<String>, &str) {
    let Some((scheme, rest)) = target.split_once(':') else { return (None, target) };
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    if scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(letters) {
        (Some(scheme.to_ascii_lowercase()), rest)
    } else {
        (None, target)
    }
}

/// Web pages: a host's plain name, no user, and everything after it in printable ASCII.
fn web(scheme: &str, rest: &str) -> Result<String, Refusal> {
    let rest = rest.strip_prefix("//").ok_or(Refusal::Host)?;
    // Some programs take a backslash for a slash, others for a part of the host: so it may not end one.
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).ok_or(Refusal::Host)?;
    if authority.contains('@') {
        return Err(Refusal::User);
    }
    let mut link = format!("{scheme}://{}", self::authority(authority).ok_or(Refusal::Host)?);
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

/// A host name in ASCII, or an IPv6 address in brackets, perhaps with a port.
fn authority(authority: &str) -> Option<String> {
    let (name, port) = match authority.strip_prefix('[').and_then(|a| a.split_once(']')) {
        Some((address, rest)) => {
            let fits = !address.is_empty() && address.bytes().all(|b| b.is_ascii_hexdigit() || b":.".contains(&b));
            (fits.then(|| format!("[{address}]"))?, rest)
        }
        None => {
            let end = authority.find(':').unwrap_or(authority.len());
            let (name, port) = authority.split_at_checked(end)?;
            (host::ascii(name)?, port)
        }
    };
    let fits = match port.strip_prefix(':') {
        Some(digits) => digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit()),
        None => port.is_empty(),
    };
    fits.then(|| format!("{name}{port}"))
}

/// A `mailto:` (RFC 6068), read for its addresses, subject and text. Other fields are dropped: some mail programs attach
/// local files through them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Mail {
    /// Whom to, at least one.
    pub(super) to: Vec<String>,
    /// Fields that are kept, as they are to be read.
    fields: Vec<(&'static str, Vec<u8>)>,
}

impl Mail {
    /// Reads what follows `mailto:`.
    pub(super) fn read(rest: &str) -> Result<Mail, Refusal> {
        let (people, fields) = rest.split_once('?').unwrap_or((rest, ""));
        // A fragment means nothing in a mail.
        let fields = fields.split('#').next().unwrap_or_default();
        let mut mail = Mail::default();
        let mut lists = if people.is_empty() { Vec::new() } else { vec![people] };
        for field in fields.split('&') {
            let (name, value) = field.split_once('=').unwrap_or((field, ""));
            match name.to_ascii_lowercase().as_str() {
                "to" => lists.push(value),
                "subject" => mail.fields.push(("subject", one_line(&percent_bytes(value)))),
                "body" => mail.fields.push(("body", lines(&percent_bytes(value)))),
                _ => {}
            }
        }
        for address in lists.into_iter().flat_map(|list| list.split(',')).filter(|a| !a.is_empty()) {
            mail.to.push(self::address(&percent_decoded(address)).ok_or(Refusal::Address)?);
        }
        if mail.to.is_empty() || mail.to.len() > MOST_ADDRESSES { Err(Refusal::Address) } else { Ok(mail) }
    }

    /// The link again, of what was read only.
    pub(super) fn link(&self) -> String {
        let people: Vec<String> = self.to.iter().map(|to| escaped(to.as_bytes(), b"@")).collect();
        let mut link = format!("mailto:{}", people.join(","));
        for ((name, value), mark) in self.fields.iter().zip(std::iter::once('?').chain(std::iter::repeat('&'))) {
            // Writing to a string does not fail.
            let _ = write!(link, "{mark}{name}={}", escaped(value, b""));
        }
        link
    }
}

/// A plain e-mail address (a part of RFC 5322's), its host in ASCII: strict, so that what is copied is what one sees.
pub(super) fn address(text: &str) -> Option<String> {
    let (name, host) = text.trim().split_once('@')?;
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let plain = !name.is_empty() && name.len() <= 64 && !name.starts_with(['.', '-']) && name.chars().all(atom);
    let host = host::ascii(host).filter(|h| plain && h.contains('.') && !h.ends_with(['.', '-']))?;
    Some(format!("{name}@{host}")).filter(|whole| whole.len() <= 254)
}

/// A relative link to a Markdown file.
fn neighbour(target: &str) -> Option<Neighbour> {
    let (path, place) = target.split_once('#').map_or((target, None), |(path, place)| (path, Some(place)));
    let path = percent_decoded(path.split('?').next().unwrap_or_default());
    let lower = path.to_ascii_lowercase();
    let is_guide = [".md", ".markdown"].iter().any(|end| lower.ends_with(end)) && !path.contains('\0');
    is_guide.then(|| Neighbour { path, place: place.map(str::to_owned) })
}

/// A relative reference joined to a base address (RFC 3986, 5.2): dot segments never climb above the root. Only what an
/// address can hold is joined.
pub(super) fn joined(base: &str, reference: &str) -> Option<String> {
    if !reference.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'\\' | b'"' | b'<' | b'>' | b'`')) {
        return None;
    }
    let (scheme, rest) = base.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end)?;
    let cut = reference.find(['?', '#']).unwrap_or(reference.len());
    let (wanted, tail) = reference.split_at_checked(cut)?;
    let folder = path.split(['?', '#']).next()?.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = if wanted.starts_with('/') { wanted.to_owned() } else { format!("{folder}/{wanted}") };
    let mut kept: Vec<&str> = Vec::new();
    for part in whole.split('/').skip(1) {
        match part {
            "." => {}
            ".." => {
                kept.pop();
            }
            part => kept.push(part),
        }
    }
    if whole.ends_with("/.") || whole.ends_with("/..") {
        kept.push("");
    }
    Some(format!("{scheme}://{host}/{}{tail}", kept.join("/")))
}

/// A subject with a line's end could begin a field of its own.
fn one_line(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(|b| !b.is_ascii_control()).collect()
}

/// Lines are for the text.
fn lines(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().filter(|b| !b.is_ascii_control() || matches!(b, b'\r' | b'\n')).collect()
}

/// All but unreserved bytes (RFC 3986, 2.3) and a few others, percent-encoded.
fn escaped(bytes: &[u8], kept: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for byte in bytes {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(byte) || kept.contains(byte);
        if plain { out.push(char::from(*byte)) } else { encode(*byte, &mut out) }
    }
    out
}

fn encode(byte: u8, out: &mut String) {
    // Writing to a string does not fail.
    let _ = write!(out, "%{byte:02X}");
}

#[cfg(test)]
#[path = "target_tests.rs"]
mod tests;
