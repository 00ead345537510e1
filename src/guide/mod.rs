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
mod source;
pub mod search;
mod target;
mod text;

pub use boxes::{BoxState, FileBox, NoBox};
pub use contacts::{BUILT_IN_BASE, Contact, ContactKind, Reach};
pub use document::{
    Alert, Alignment, Anchor, Block, BlockKind, Container, ContainerId, ContainerKind, InlineStyle, Link, LinkId, Span,
    Table, TableRow,
};
pub use find::stable_hash;
pub use fold::{Folded, fold};
pub use front_matter::FrontMatter;
pub use guise::guise;
pub use head::Extent;
pub use items::{Group, GroupId, GroupKind, Item, ItemId, ItemIndex, ItemKind, Why};
pub use outline::{Heading, HeadingIndex};
pub use target::{Neighbour, Refusal, Target, check};
pub use text::CleanText;

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

/// A guide, parsed. Blocks are flat and in document order; everything else points into them.
#[derive(Clone, Debug, Default)]
pub struct Guide {
    /// The source, line ends made LF, byte-order mark removed.
    pub source: String,
    /// Whether that is all of it.
    pub extent: Extent,
    /// Front matter as read.
    pub front: FrontMatter,
    /// The web address that site-relative links are joined to: the front matter's, else the origin's.
    pub base: Option<CleanText>,
    /// Front matter's title, else the first `#` heading, else the file's name.
    pub title: CleanText,
    /// Leaf blocks in document order.
    pub blocks: Vec<Block>,
    /// The quotes, lists and other containers that blocks stand in.
    pub containers: Vec<Container>,
    /// Headings in document order, as a tree by `parent`.
    pub headings: Vec<Heading>,
    /// Places that HTML gives a name, by `id` or `<a name>`, in document order.
    pub names: Vec<(CleanText, Anchor)>,
    /// Links and images in document order.
    pub links: Vec<Link>,
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
        parse::parse(source, origin)
    }

    /// Parses a file's bytes: UTF-8 or UTF-16 by its byte-order mark; invalid bytes become U+FFFD and an oddity.
    pub fn parse_bytes(bytes: &[u8], origin: &Origin) -> Guide {
        let decoded = decode::decode(bytes);
        let mut guide = Guide::parse(&decoded.text, origin);
        if !decoded.is_valid {
            guide.oddities.insert(0, Oddity::NotUtf8);
        }
        guide
    }
}
