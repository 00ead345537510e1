//! What is true of the guide though nobody reads it: its text, outline, items and contacts.
//! Pure: knows no screen, disk or clock, and nothing of what people did with the guide.

mod boxes;
mod contacts;
mod decode;
mod document;
mod find;
mod fold;
mod front_matter;
mod guise;
mod head;
mod host;
mod items;
mod lead;
mod outline;
mod parse;
mod part;
mod source;
pub mod search;
mod target;
mod text;
mod whole;

pub use boxes::{BoxState, FileBox, NoBox};
pub use contacts::{BUILT_IN_BASE, Contact, ContactKind, Reach};
pub use document::{
    Alert, Alignment, Anchor, Block, BlockKind, Container, ContainerId, ContainerKind, Footnote, InlineStyle, Link,
    LinkId, Span, Table, TableRow,
};
pub use find::stable_hash;
pub(crate) use fold::folded;
pub use fold::{Folded, fold};
pub use front_matter::FrontMatter;
pub use guise::guise;
pub use head::Extent;
pub use items::{Group, GroupId, GroupKind, Item, ItemId, ItemIndex, ItemKind, Why};
pub use outline::{Heading, HeadingIndex};
pub use part::Reading;
pub use source::{Fetch, Source};
pub use target::{Neighbour, Refusal, Target, check};
pub use text::CleanText;
pub use whole::{Hands, Work};

use std::borrow::Cow;

/// What the caller knows of a guide besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The title where neither front matter nor a first-level heading gives one: the file's stem.
    pub name: String,
    /// The address that site-relative links are joined to.
    pub base_url: Option<BaseUrl>,
}

/// An address that site-relative links are joined to, by how it stands to the one that the front matter names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaseUrl {
    /// Asked for: in place of the front matter's.
    Asked(String),
    /// Where the front matter names none.
    Otherwise(String),
}

/// Something odd in the source that the reader is told of; never a reason to stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// This many hidden characters (bidirectional controls and other invisible ones) were removed.
    Hidden(usize),
    /// Some bytes were not UTF-8 and are shown as U+FFFD.
    NotUtf8,
    /// The front matter is not valid and was left out of account. Holds the parser's reason.
    FrontMatter(CleanText),
}

/// A guide. Blocks are flat, numbered in document order; everything else points to them by number. They are parsed part
/// by part, when they are asked for: a large guide is never held parsed as a whole.
#[derive(Debug, Default)]
pub struct Guide {
    /// The source, line ends made LF, byte-order mark removed.
    pub source: Source,
    /// Whether that is all of it.
    pub extent: Extent,
    /// Front matter as read.
    pub front: FrontMatter,
    /// The web address that site-relative links are joined to: the front matter's, else the origin's.
    pub base: Option<CleanText>,
    /// Front matter's title, else the first `#` heading, else the file's name.
    pub title: CleanText,
    /// The leaf blocks, the containers that they stand in, and links.
    pub(crate) parts: part::Parts,
    /// Headings in document order, as a tree by `parent`.
    pub headings: Vec<Heading>,
    /// Places that HTML gives a name, by `id` or `<a name>`, in document order.
    pub names: Vec<(CleanText, Anchor)>,
    /// Footnotes in the order in which they are written.
    pub footnotes: Vec<Footnote>,
    /// Groups of items in document order; they nest by `parent`.
    pub groups: Vec<Group>,
    /// Items in document order.
    pub items: Vec<Item>,
    /// Contacts, each target once: mail, telephone, web, each kind in document order.
    pub contacts: Vec<Contact>,
    /// What was odd.
    pub oddities: Vec<Oddity>,
}

impl Guide {
    /// Parses Markdown (CommonMark 0.31.2 with GFM's extensions). Never fails: oddities become notes.
    pub fn parse(source: &str, origin: &Origin) -> Guide {
        Guide::of(source.to_owned(), origin, &whole::alone)
    }

    /// The same, cut into parts of at least so many bytes of source. The guide is the same whatever it is cut into; tests
    /// try that.
    pub fn parse_in_parts(source: &str, origin: &Origin, least: usize) -> Guide {
        whole::read_alone(Source::from(parse::normalised(source).into_owned()), origin, least)
    }

    /// Parses a file's bytes: UTF-8 or UTF-16 by its byte-order mark; invalid bytes become U+FFFD and an oddity.
    pub fn parse_bytes(bytes: &[u8], origin: &Origin) -> Guide {
        Guide::read(bytes.to_vec(), origin, &whole::alone)
    }

    /// The same, with hands that may do two things at a time. A text that needs no change is not copied.
    pub fn read(bytes: Vec<u8>, origin: &Origin, hands: &Hands) -> Guide {
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => return Guide::of(text, origin, hands),
            Err(error) => error.into_bytes(),
        };
        let decoded = decode::decode(&bytes);
        let is_valid = decoded.is_valid;
        let mut guide = Guide::of(decoded.text.into_owned(), origin, hands);
        if !is_valid {
            guide.oddities.insert(0, Oddity::NotUtf8);
        }
        guide
    }

    /// Reads a source that is fetched piece by piece and never held as a whole, for very large ones. None where it
    /// cannot be fetched any more.
    pub fn fetched(from: Box<dyn Fetch>, origin: &Origin, hands: &Hands) -> Option<Guide> {
        whole::read(Source::from(from), origin, hands)
    }

    fn of(text: String, origin: &Origin, hands: &Hands) -> Guide {
        let changed = match parse::normalised(&text) {
            Cow::Borrowed(same) if same.len() == text.len() => None,
            changed => Some(changed.into_owned()),
        };
        // What is held is always to be had.
        whole::read(Source::from(changed.unwrap_or(text)), origin, hands).unwrap_or_default()
    }
}
