//! Addresses, numbers and links that a reader can write to, call or open; each target once.

use super::decode::percent_decoded;
use super::part::Part;
use super::target::{Mail, Target, check, scheme};
use super::{Anchor, BaseUrl, CleanText, Guide, HeadingIndex};
use std::borrow::Cow;
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

/// The address that links are joined to.
pub(super) fn base(guide: &Guide, origin: Option<&BaseUrl>) -> Option<CleanText> {
    let front = guide.front.base_url.as_deref();
    let base = match origin {
        Some(BaseUrl::Asked(url)) => Some(url.as_str()),
        Some(BaseUrl::Otherwise(url)) => front.or(Some(url)),
        None => front,
    };
    base.filter(|base| scheme(base).0.as_deref() != Some("mailto")).and_then(|base| check(base).ok())
}

/// The contacts of a part of a guide whose base address is known, each once. Their sections are not.
pub(super) fn of(part: &Part, guide: &Guide) -> Vec<Contact> {
    let mut found: Vec<Contact> = Vec::new();
    let mut seen = HashSet::new();
    for link in part.links.iter().filter(|link| !link.image) {
        let Some((kind, bare, target, reach)) = read(guide, &link.target) else { continue };
        if !seen.insert(identity(kind, &bare).into_owned()) {
            continue;
        }
        let block = part.blocks.get(link.block as usize);
        let shown = block.map(|block| block.text.part(link.range.start as usize..link.range.end as usize));
        let label = CleanText::name(shown.unwrap_or_default().trim());
        found.push(Contact { kind, label, bare, target, reach, heading: None, block: link.block });
    }
    found
}

/// The contacts of a guide, each once, made of those of its parts in the order of the text.
pub(super) fn settle(guide: &Guide, mut found: Vec<Contact>) -> Vec<Contact> {
    let mut seen = HashSet::with_capacity(found.len());
    let firsts: Vec<bool> = found.iter().map(|contact| seen.insert(identity(contact.kind, &contact.bare))).collect();
    drop(seen);
    let mut firsts = firsts.into_iter();
    found.retain(|_| firsts.next().unwrap_or_default());
    for contact in &mut found {
        contact.heading = guide.section_at(Anchor::of_block(contact.block));
    }
    // People before pages: whoever wants to write has the address at hand.
    found.sort_by_key(|contact| contact.kind);
    found.shrink_to_fit();
    found
}

/// What makes two contacts one: a mail address is the same in capitals.
fn identity(kind: ContactKind, bare: &str) -> Cow<'_, str> {
    if kind == ContactKind::Mail { bare.to_lowercase().into() } else { bare.into() }
}

type Read = (ContactKind, CleanText, CleanText, Reach);

/// What a link's target is a contact for, if it is for anything. Fragments and other guides of the folder are for
/// reading on, not for reaching out.
fn read(guide: &Guide, target: &str) -> Option<Read> {
    match scheme(target) {
        (Some(scheme), rest) if scheme == "mailto" => {
            let mail = Mail::read(rest).ok()?;
            Some((ContactKind::Mail, CleanText::line(&mail.to.join(", ")), CleanText::line(&mail.link()), Reach::Ready))
        }
        (Some(scheme), rest) if scheme == "tel" => {
            let bare = number(rest)?;
            let dialled: String = bare.chars().filter(|c| *c != ' ').collect();
            let target = CleanText::line(&format!("tel:{dialled}"));
            Some((ContactKind::Phone, CleanText::line(&bare), target, Reach::Ready))
        }
        _ => match guide.target(target) {
            Target::Open(link) => Some((ContactKind::Web, link.clone(), link, Reach::Ready)),
            Target::NoBase => {
                let stands = CleanText::line(target.trim());
                Some((ContactKind::Web, stands.clone(), stands, Reach::NoBase))
            }
            Target::Place(_) | Target::Guide(_) | Target::Refused(_) => None,
        },
    }
}

/// The number of a `tel:` (RFC 3966), as people write it; its parameters are dropped.
fn number(rest: &str) -> Option<String> {
    let number = percent_decoded(rest.split([';', '?']).next().unwrap_or_default()).trim().to_owned();
    let dials = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ' ' | '(' | ')' | '*' | '#');
    (number.chars().all(dials) && number.chars().any(|c| c.is_ascii_digit())).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::super::Origin;
    use super::*;

    fn bare(markdown: &str, base: Option<&str>) -> Vec<String> {
        let origin = Origin { name: String::new(), base_url: base.map(|url| BaseUrl::Otherwise(url.to_owned())) };
        Guide::parse(markdown, &origin).contacts.iter().map(|c| c.bare.to_string()).collect()
    }

    #[test]
    fn each_way_to_reach_somebody_is_found_once() {
        let text = "[a](mailto:lise@exemple.fr?subject=x) Lise@Exemple.fr <tel:+33-4-72> [w](https://a.org/b) https://a.org/b\n\
                    ![i](https://a.org/i.png) [f](#x) [g](autre.md) [j](javascript:alert)";
        assert_eq!(bare(text, None), ["lise@exemple.fr", "+33-4-72", "https://a.org/b"]);
    }

    #[test]
    fn an_address_asked_for_goes_before_the_front_matter_s_and_a_known_one_behind() {
        let bare = |base_url: Option<BaseUrl>| {
            let origin = Origin { name: String::new(), base_url };
            let guide = Guide::parse("---\nbase_url: https://front.org/\n---\n\n[m](/x)\n", &origin);
            guide.contacts[0].bare.to_string()
        };
        let other = || "https://other.org/".to_owned();
        assert_eq!(bare(None), "https://front.org/x");
        assert_eq!(bare(Some(BaseUrl::Otherwise(other()))), "https://front.org/x");
        assert_eq!(bare(Some(BaseUrl::Asked(other()))), "https://other.org/x");
    }

    #[test]
    fn no_contact_ends_in_blanks_of_any_script() {
        let text = "[\u{2000}m\u{a0}](<\u{3000}/x\u{2000}>) [t](<tel:1\u{a0}>) [w](<https://a.fr/\u{2003}>)";
        let guide = Guide::parse(text, &Origin::default());
        for text in guide.contacts.iter().flat_map(|c| [&c.label, &c.bare, &c.target]) {
            assert_eq!(text.as_str(), text.trim());
        }
        assert_eq!(guide.contacts.len(), 3);
    }

    #[test]
    fn relative_links_are_joined_to_the_base_address() {
        let base = Some("https://cto-de-lyon.fr/");
        assert_eq!(bare("[m](/manifeste)", base), ["https://cto-de-lyon.fr/manifeste"]);
        assert_eq!(bare("[m](/manifeste)", None), ["/manifeste"]);
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
