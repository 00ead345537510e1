//! Addresses, numbers and links that a reader can write to, call or open; each target once.

use super::{CleanText, HeadingIndex};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
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
pub(super) fn find(_guide: &mut super::Guide, _base: Option<&str>) {}
