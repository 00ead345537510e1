//! Addresses, numbers and links that a reader can write to, call or open; each target once.

use super::decode::percent_decoded;
use super::{Anchor, CleanText, Guide, HeadingIndex};
use std::collections::HashSet;

/// A way to reach somebody or something.
#[derive(Clone, Debug, PartialEq)]
pub struct Contact {
    /// What it is.
    pub kind: ContactKind,
    /// The link's text, or the address itself.
    pub label: CleanText,
    /// The bare address: no `mailto:`, one clean line. A relative link that cannot be joined stands as written.
    pub bare: CleanText,
    /// The whole target: `mailto:…`, `tel:…`, `https://…`, joined to the base address.
    pub target: CleanText,
    /// Whether the target leads anywhere.
    pub reach: Reach,
    /// The section that names it first.
    pub heading: Option<HeadingIndex>,
    /// The block that names it first.
    pub block: u32,
}

/// What a contact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ContactKind {
    /// `mailto:`, or a bare address in the text.
    Mail,
    /// `tel:`
    Phone,
    /// `http:`, `https:`, or a site-relative link.
    Web,
}

/// Whether a contact's target leads anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// It does.
    Ready,
    /// A relative link without a base address: it can be copied as it stands.
    NoBase,
}
/// The base address of the guide built in.
pub const BUILT_IN_BASE: &str = "https://cto-de-lyon.fr/";

/// Fills [`Guide::contacts`]. The front matter's base address goes before `base`.
pub(super) fn find(guide: &mut Guide, base: Option<&str>) {
    let base = guide.front.base_url.as_deref().or(base).and_then(web_address);
    let mut found: Vec<Contact> = Vec::new();
    let mut seen = HashSet::new();
    for link in &guide.links {
        let Some((kind, bare, target, reach)) = read(&link.target, base.as_deref()) else { continue };
        if link.image || !seen.insert(identity(kind, &bare)) {
            continue;
        }
        let shown = guide
            .blocks
            .get(link.block as usize)
            .map(|block| block.text.part(link.range.start as usize..link.range.end as usize));
        found.push(Contact {
            kind,
            label: CleanText::name(&shown.unwrap_or_default()),
            bare,
            target,
            reach,
            heading: guide.section_at(Anchor::of_block(link.block)),
            block: link.block,
        });
    }
    // People before pages: whoever wants to write has the address at hand.
    found.sort_by_key(|contact| contact.kind);
    guide.contacts = found;
}

/// What makes two contacts one: a mail address is the same in capitals.
fn identity(kind: ContactKind, bare: &str) -> String {
    if kind == ContactKind::Mail { bare.to_lowercase() } else { bare.to_owned() }
}

type Read = (ContactKind, CleanText, CleanText, Reach);

/// What a link's target is a contact for, if it is for anything.
fn read(target: &str, base: Option<&str>) -> Option<Read> {
    let (scheme, rest) = scheme(target);
    match scheme.as_deref() {
        Some("mailto") => {
            let bare = recipients(rest)?;
            Some((ContactKind::Mail, CleanText::line(&bare), CleanText::line(target), Reach::Ready))
        }
        Some("tel") => {
            let bare = percent_decoded(rest.split([';', '?']).next().unwrap_or_default());
            let dials =
                bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ' ' | '(' | ')' | '*' | '#'));
            (dials && bare.chars().any(|c| c.is_ascii_digit()))
                .then(|| (ContactKind::Phone, CleanText::line(&bare), CleanText::line(target), Reach::Ready))
        }
        Some("http" | "https") => {
            let address = CleanText::line(&web_address(target)?);
            Some((ContactKind::Web, address.clone(), address, Reach::Ready))
        }
        Some(_) => None,
        None => relative(target, base),
    }
}

/// A link into the guide's own site. Fragments and other guides of the folder are for reading on, not for reaching out.
fn relative(target: &str, base: Option<&str>) -> Option<Read> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let lower = path.to_ascii_lowercase();
    if path.is_empty() || lower.ends_with(".md") || lower.ends_with(".markdown") || target.starts_with("//") {
        return None;
    }
    // Only what an address can hold is joined; anything else is shown as it stands.
    let clean = target.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'\\' | b'"' | b'<' | b'>' | b'`'));
    match base.filter(|_| clean).and_then(|base| joined(base, target)) {
        Some(address) => {
            let address = CleanText::line(&address);
            Some((ContactKind::Web, address.clone(), address, Reach::Ready))
        }
        None => {
            let stands = CleanText::line(target);
            Some((ContactKind::Web, stands.clone(), stands, Reach::NoBase))
        }
    }
}

/// The scheme in lower case (RFC 3986, 3.1) and what follows its colon.
fn scheme(target: &str) -> (Option<String>, &str) {
    let Some((scheme, rest)) = target.split_once(':') else { return (None, target) };
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    if scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(letters) {
        (Some(scheme.to_ascii_lowercase()), rest)
    } else {
        (None, target)
    }
}

/// An http or https address with a host, without a user part, in printable ASCII; none where it is anything else.
fn web_address(target: &str) -> Option<String> {
    let (scheme, rest) = scheme(target);
    let scheme = scheme.filter(|s| s == "http" || s == "https")?;
    let rest = rest.strip_prefix("//")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    if host.is_empty() || authority.contains(['@', '\\', '%']) || target.len() > 2_048 {
        return None;
    }
    let encoded: String = rest.chars().map(|c| if c.is_ascii_graphic() { c.to_string() } else { escaped(c) }).collect();
    Some(format!("{scheme}://{encoded}"))
}

fn escaped(c: char) -> String {
    let mut bytes = [0; 4];
    c.encode_utf8(&mut bytes).bytes().map(|b| format!("%{b:02X}")).collect()
}

/// A relative reference joined to a base address (RFC 3986, 5.2): dot segments never climb above the root.
fn joined(base: &str, reference: &str) -> Option<String> {
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

/// The addresses of a `mailto:` (RFC 6068), joined by a comma; none unless each is a plain address.
fn recipients(rest: &str) -> Option<String> {
    let to = rest.split('?').next()?;
    let all: Vec<String> =
        to.split(',').map(|part| percent_decoded(part).trim().to_owned()).filter(|a| !a.is_empty()).collect();
    (!all.is_empty() && all.iter().all(|a| is_mail(a))).then(|| all.join(", "))
}

/// A plain e-mail address: strict, so that what is copied is what one sees.
pub(super) fn is_mail(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else { return false };
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let label = |l: &str| {
        !l.is_empty() && !l.starts_with('-') && !l.ends_with('-') && l.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    address.len() <= 254
        && !local.is_empty()
        && local.chars().all(atom)
        && !local.starts_with(['.', '-'])
        && domain.contains('.')
        && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::super::Origin;
    use super::*;

    fn bare(markdown: &str, base: Option<&str>) -> Vec<String> {
        let origin = Origin { name: String::new(), base_url: base.map(str::to_owned) };
        Guide::parse(markdown, &origin).contacts.iter().map(|c| c.bare.to_string()).collect()
    }

    #[test]
    fn each_way_to_reach_somebody_is_found_once() {
        let text = "[a](mailto:lise@exemple.fr?subject=x) Lise@Exemple.fr <tel:+33-4-72> [w](https://a.org/b) https://a.org/b\n\
                    ![i](https://a.org/i.png) [f](#x) [g](autre.md) [j](javascript:alert)";
        assert_eq!(bare(text, None), ["lise@exemple.fr", "+33-4-72", "https://a.org/b"]);
    }

    #[test]
    fn relative_links_are_joined_to_the_base_address() {
        let base = Some("https://cto-de-lyon.fr/");
        assert_eq!(bare("[m](/manifeste)", base), ["https://cto-de-lyon.fr/manifeste"]);
        assert_eq!(bare("[m](/manifeste)", None), ["/manifeste"]);
        assert_eq!(joined("https://a.org/x/y?q", "../z?k#f").as_deref(), Some("https://a.org/z?k#f"));
        assert_eq!(joined("https://a.org", "../../z").as_deref(), Some("https://a.org/z"));
        assert_eq!(bare("[m](/x)", Some("javascript:alert(1)//")), ["/x"], "only web addresses are bases");
    }

    #[test]
    fn hostile_targets_are_no_contacts() {
        for target in [
            "mailto:-oProxyCommand@x.fr",
            "mailto:a@b",
            "mailto:a%0Ab@c.fr",
            "mailto:",
            "https://u@evil.org/",
            "https:///x",
            "file:///etc/passwd",
            "//evil.org",
            "tel:abc",
        ] {
            assert_eq!(bare(&format!("[x](<{target}>)"), None), [""; 0], "{target}");
        }
    }

    #[test]
    fn several_recipients_are_one_contact() {
        assert_eq!(bare("[x](mailto:a@b.fr,c%40d.fr?cc=e@f.fr)", None), ["a@b.fr, c@d.fr"]);
    }
}
