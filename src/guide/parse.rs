//! pulldown-cmark's events become blocks: the only file that names `pulldown_cmark`; its match is the index of what
//! Markdown is made of. Never fails, and never slices the source by a range that it did not check.

mod attributes;
mod autolink;
mod html;
mod leaf;
mod lore;
mod styles;

pub(super) use lore::Lore;

use super::document::{Alert, Alignment, Block, BlockKind, Container, ContainerId, ContainerKind, InlineStyle, LinkId};
use super::part::Part;
use super::{CleanText, lead};
use leaf::Leaf;
use pulldown_cmark::{self as md, BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// A part as it was parsed, and what else it tells of the guide. All numbers count from the part's beginning.
#[derive(Default)]
pub(super) struct Parsed {
    pub(super) part: Part,
    pub(super) headings: Vec<Title>,
    /// Places that HTML gives a name: the block, which may be the one behind the last.
    pub(super) names: Vec<(CleanText, u32)>,
    /// Labels of references that nothing defines, as far as is known.
    pub(super) missing: BTreeSet<String>,
    /// The next part's first line seems to define a reference, which this part was parsed with.
    pub(super) peeked: bool,
    /// The definitions of references, by label.
    pub(super) definitions: Vec<(String, String)>,
    /// Labels of the footnotes that are written here.
    pub(super) written: Vec<String>,
    /// Labels of footnotes in the order in which they appear, each with the number that it was given.
    pub(super) footnotes: Vec<(String, u32)>,
    /// How many hidden characters were removed.
    pub(super) hidden: usize,
}

/// A heading, before its place in the tree is known.
pub(super) struct Title {
    pub(super) block: u32,
    pub(super) level: u8,
    pub(super) text: CleanText,
    pub(super) id: Option<CleanText>,
}

/// Parses a part of the source: the first `length` bytes of a text. What stands behind them is the first line of the part
/// that is said to follow; gives nothing unless one really can begin there: unless the parser, too, begins a block there,
/// with nothing left open before it. Blocks are found line by line (CommonMark, appendix, "Phase 1"), so that its first
/// line is enough to know.
pub(super) fn part(source: &str, length: usize, lore: &Lore) -> Option<Parsed> {
    let followed = length < source.len();
    let preface = lore.preface(source);
    let text = if preface.is_empty() { Cow::Borrowed(source) } else { Cow::Owned(format!("{preface}{source}")) };
    let mut missing = BTreeSet::new();
    let resolve = |link: BrokenLink<'_>| {
        let known = lore.definition(&link.reference).map(|target| (target.to_owned().into(), CowStr::Borrowed("")));
        if known.is_none() && !missing.contains(&*link.reference) {
            missing.insert(link.reference.to_string());
        }
        known
    };
    let parser = Parser::new_with_broken_link_callback(&text, options(), Some(resolve));
    let end = preface.len() + length;
    let (own, behind): (Vec<_>, Vec<_>) =
        parser.reference_definitions().iter().partition(|(_, definition)| definition.span.start < end);
    let definitions = own.into_iter().map(|(label, definition)| (label.to_owned(), definition.dest.to_string()));
    let (definitions, peeked) = (definitions.collect(), !behind.is_empty());
    let mut builder = Builder::new(source, lore);
    let mut follows = !followed;
    for (event, place) in parser.into_offset_iter() {
        // What stands in the preface was made up.
        let Some(at) = place.start.checked_sub(preface.len()) else { continue };
        if followed && at >= length {
            follows = at == length && builder.is_closed() && matches!(event, Event::Start(_) | Event::Rule);
            break;
        }
        builder.event(event, at..at + place.len());
    }
    let mut parsed = builder.finish();
    parsed.missing = missing;
    (parsed.definitions, parsed.peeked) = (definitions, peeked);
    follows.then_some(parsed)
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH
}

/// Line ends made LF, a byte-order mark removed, NUL replaced (CommonMark 2.3); a family of parser faults goes with CR.
pub(super) fn normalised(source: &str) -> Cow<'_, str> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    if memchr::memchr2(b'\r', b'\0', source.as_bytes()).is_none() {
        return Cow::Borrowed(source);
    }
    Cow::Owned(source.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}"))
}

/// Containers are kept to this depth; what stands deeper belongs to the deepest one kept. Twelve levels are drawn, and
/// whoever follows a chain of containers upwards, block by block, must not pay for 50,000 of them.
const DEEPEST: usize = 100;

/// Bytes of source to a block, about: there is room for so many blocks from the start, and for this many at the most.
const BLOCK: usize = 64;
const BLOCKS: usize = 128;

/// Turns events into blocks.
struct Builder<'a> {
    /// The part's source, for the places of events.
    source: &'a str,
    lore: &'a Lore,
    parsed: Parsed,
    /// Open containers, outermost first.
    open: Vec<ContainerId>,
    /// How many containers are open beyond the deepest one kept.
    beyond: usize,
    /// Open lists and how many items each has so far, outermost first.
    lists: Vec<(ContainerId, u64)>,
    /// The leaf being written.
    leaf: Option<Leaf>,
    /// Raw HTML of the HTML block being read.
    html: Option<String>,
    /// Footnotes' numbers, by label.
    footnotes: HashMap<String, u32>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str, lore: &'a Lore) -> Builder<'a> {
        // Of a text people wrote, there is room for nearly all blocks at once; growing costs as much as building them.
        let part = Part { blocks: Vec::with_capacity((source.len() / BLOCK).min(BLOCKS)), ..Part::default() };
        Builder {
            source,
            lore,
            parsed: Parsed { part, ..Parsed::default() },
            open: Vec::new(),
            beyond: 0,
            lists: Vec::new(),
            leaf: None,
            html: None,
            footnotes: HashMap::new(),
        }
    }

    /// Whether nothing is open that another block could belong to.
    fn is_closed(&self) -> bool {
        self.open.is_empty() && self.beyond == 0 && self.html.is_none()
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => self.styled(&text, InlineStyle::CODE, range),
            Event::InlineMath(text) => self.styled(&format!("${text}$"), InlineStyle::MATH, range),
            Event::DisplayMath(text) => self.styled(&format!("$${text}$$"), InlineStyle::MATH, range),
            Event::Html(text) => match &mut self.html {
                Some(html) => html.push_str(&text),
                None => self.inline_html(&text, range),
            },
            Event::InlineHtml(text) => self.inline_html(&text, range),
            Event::FootnoteReference(label) => {
                let number = self.footnote(&label);
                self.styled(&format!("[{number}]"), InlineStyle::FOOTNOTE, range);
            }
            Event::SoftBreak => self.soft_break(range),
            Event::HardBreak => self.leaf_at(range).text("\n"),
            Event::Rule => {
                self.close_leaf();
                self.leaf = Some(Leaf::new(BlockKind::Rule, range));
                self.close_leaf();
            }
            Event::TaskListMarker(ticked) => {
                let innermost = self.open.last().filter(|_| self.beyond == 0);
                let innermost = innermost.and_then(|id| self.parsed.part.containers.get_mut(id.0 as usize));
                if let Some(Container { kind: ContainerKind::Item { task, box_at, .. }, .. }) = innermost {
                    // The range ends behind the bracket; before it there may be spaces.
                    (*task, *box_at) = (Some(ticked), range.end.checked_sub(2));
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            // A list and its first item are kept together or not at all.
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_)
                if self.beyond > 0 || (self.is_deep() && !matches!(tag, Tag::Item)) =>
            {
                self.close_leaf();
                self.beyond += 1;
            }
            Tag::Paragraph => {
                self.loosen();
                self.open_leaf(BlockKind::Paragraph, range);
            }
            Tag::Heading { level, .. } => {
                let source = self.source.get(range.clone()).unwrap_or_default();
                self.open_leaf(BlockKind::Heading { level: level as u8 }, range);
                if let (Some(leaf), Some((literal, id))) = (&mut self.leaf, attributes::find(source)) {
                    leaf.attributes = Some((literal.to_owned(), id.map(CleanText::line)));
                }
            }
            Tag::BlockQuote(kind) => self.push(ContainerKind::Quote(kind.map(alert))),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t', '{']).next().map(CleanText::name),
                    CodeBlockKind::Indented => None,
                };
                self.open_leaf(BlockKind::Code { language: language.filter(|l| !l.is_empty()) }, range);
            }
            Tag::HtmlBlock => {
                self.close_leaf();
                self.html = Some(String::new());
                self.leaf = Some(Leaf::new(BlockKind::Paragraph, range));
            }
            Tag::List(first) => {
                let start = first.map(|n| (n, delimiter(self.source, range.start)));
                self.open_list(start);
            }
            Tag::Item => self.open_item(),
            Tag::FootnoteDefinition(label) => {
                let number = self.footnote(&label);
                self.parsed.written.push(label.to_string());
                self.push(ContainerKind::Footnote { label: CleanText::name(&label), number });
            }
            Tag::Table(alignments) => {
                let alignments = alignments.into_iter().map(alignment).collect();
                self.open_leaf(BlockKind::Table(super::Table { alignments, rows: Vec::new() }), range);
            }
            Tag::TableHead | Tag::TableRow => self.leaf_at(range).open_row(),
            Tag::TableCell => self.leaf_at(range).open_cell(),
            Tag::Emphasis => self.leaf_at(range).open_style(InlineStyle::EMPHASIS),
            Tag::Strong => self.leaf_at(range).open_style(InlineStyle::STRONG),
            Tag::Strikethrough => self.leaf_at(range).open_style(InlineStyle::STRIKE),
            Tag::Superscript => self.leaf_at(range).open_style(InlineStyle::SUP),
            Tag::Subscript => self.leaf_at(range).open_style(InlineStyle::SUB),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => {
                self.leaf_at(range).open_link(&format!("mailto:{dest_url}"));
            }
            Tag::Link { link_type, dest_url, id, .. } => {
                let target = self.target(link_type, &id).unwrap_or(&dest_url);
                self.leaf_at(range).open_link(target);
            }
            Tag::Image { link_type, dest_url, id, .. } => {
                let target = self.target(link_type, &id).unwrap_or(&dest_url);
                self.leaf_at(range).open_image(target);
            }
            // Not asked for in `options`.
            Tag::DefinitionList | Tag::DefinitionListTitle | Tag::DefinitionListDefinition | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition if self.beyond > 0 => {
                self.close_leaf();
                self.beyond -= 1;
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table => self.close_leaf(),
            TagEnd::BlockQuote(_) => self.pop(|kind| matches!(kind, ContainerKind::Quote(_))),
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::List(_) => self.close_list(),
            TagEnd::Item => self.close_marked(|kind| matches!(kind, ContainerKind::Item { .. })),
            TagEnd::FootnoteDefinition => self.close_marked(|kind| matches!(kind, ContainerKind::Footnote { .. })),
            TagEnd::TableCell => {
                if let Some(leaf) = &mut self.leaf {
                    leaf.close_cell();
                }
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
                if let Some(leaf) = &mut self.leaf {
                    leaf.close_style();
                }
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some(leaf) = &mut self.leaf {
                    leaf.close_link();
                }
            }
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::MetadataBlock(_) => {}
            TagEnd::DefinitionList | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => {}
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.leaf_at(range).text(text);
    }

    /// A line's end is a space, unless a `<br>` stands before it.
    fn soft_break(&mut self, range: Range<usize>) {
        let leaf = self.leaf_at(range);
        if !leaf.ends_blank() {
            leaf.text(" ");
        }
    }

    fn styled(&mut self, text: &str, style: InlineStyle, range: Range<usize>) {
        let leaf = self.leaf_at(range);
        leaf.open_style(style);
        leaf.text(text);
        leaf.close_style();
    }

    /// Where a reference leads: of several definitions of a label the guide's first one counts (CommonMark 4.7), which
    /// may stand in another part.
    fn target(&self, kind: LinkType, label: &str) -> Option<&'a str> {
        match kind {
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => self.lore.definition(label),
            _ => None,
        }
    }

    fn footnote(&mut self, label: &str) -> u32 {
        if let Some(&number) = self.footnotes.get(label) {
            return number;
        }
        let number = self.lore.number(label).unwrap_or(self.footnotes.len() as u32 + 1);
        self.footnotes.insert(label.to_owned(), number);
        self.parsed.footnotes.push((label.to_owned(), number));
        number
    }

    /// The leaf being written; a tight item's text opens a paragraph of its own (CommonMark 5.3).
    fn leaf_at(&mut self, range: Range<usize>) -> &mut Leaf {
        let leaf = self.leaf.get_or_insert_with(|| Leaf::new(BlockKind::Paragraph, range.clone()));
        leaf.source.end = leaf.source.end.max(range.end);
        leaf
    }

    fn open_leaf(&mut self, kind: BlockKind, source: Range<usize>) {
        self.close_leaf();
        self.leaf = Some(Leaf::new(kind, source));
    }

    fn close_leaf(&mut self) {
        let Some(leaf) = self.leaf.take() else { return };
        if leaf.kind != BlockKind::Summary {
            self.summarise();
        }
        let block = self.parsed.part.blocks.len() as u32;
        let mut done = leaf.finish(block);
        let id = done.id.take();
        self.parsed.hidden += done.hidden;
        let first = self.parsed.part.links.len() as u32;
        for span in &mut done.spans {
            span.link = span.link.map(|link| LinkId(link.0 + first));
        }
        self.parsed.part.links.append(&mut done.links);
        let done = Block {
            kind: done.kind,
            text: done.text,
            spans: done.spans,
            container: self.open.last().copied(),
            source: done.source,
        };
        if let BlockKind::Heading { level } = done.kind {
            self.parsed.headings.push(Title { block, level, text: CleanText::name(&lead::unmarked(&done)), id });
        }
        self.parsed.part.blocks.push(done);
    }

    /// A `<details>` whose first block is not its summary gets one, so that there is a row to fold it by.
    pub(super) fn summarise(&mut self) {
        let Some(&id) = self.open.last() else { return };
        let Some(container) = self.parsed.part.containers.get(id.0 as usize) else { return };
        let first = container.first_block as usize == self.parsed.part.blocks.len();
        if matches!(container.kind, ContainerKind::Details { .. }) && first {
            self.parsed.part.blocks.push(Block {
                kind: BlockKind::Summary,
                text: CleanText::new("…"),
                spans: Vec::new(),
                container: Some(id),
                source: 0..0,
            });
        }
    }

    /// Whether two more containers would be too many.
    fn is_deep(&self) -> bool {
        self.open.len() + 2 > DEEPEST
    }

    fn push(&mut self, kind: ContainerKind) {
        self.close_leaf();
        self.summarise();
        let parent = self.open.last().copied();
        let around = parent.and_then(|id| self.parsed.part.containers.get(id.0 as usize));
        let (depth, level) = around
            .map_or((0, 0), |c| (c.depth + 1, c.level + u32::from(!matches!(c.kind, ContainerKind::List { .. }))));
        let id = ContainerId(self.parsed.part.containers.len() as u32);
        let first_block = self.parsed.part.blocks.len() as u32;
        self.parsed.part.containers.push(Container { kind, parent, depth, level, first_block });
        self.open.push(id);
    }

    /// Closes the innermost open container of a kind and what was left open inside it.
    fn pop(&mut self, kind: fn(&ContainerKind) -> bool) {
        self.close_leaf();
        let containers = &self.parsed.part.containers;
        let found = self.open.iter().rposition(|id| containers.get(id.0 as usize).is_some_and(|c| kind(&c.kind)));
        if let Some(at) = found {
            self.open.truncate(at);
        }
    }

    fn open_item(&mut self) {
        self.close_leaf();
        let nesting = self.lists.len() as u32;
        let Some((list, count)) = self.lists.last_mut() else { return };
        let start = match self.parsed.part.containers.get(list.0 as usize).map(|c| &c.kind) {
            Some(ContainerKind::List { start, .. }) => *start,
            _ => None,
        };
        let number = start.map(|(first, _)| first.saturating_add(*count));
        *count += 1;
        self.push(ContainerKind::Item { number, task: None, box_at: None, nesting });
    }

    /// Closes an item or a footnote: one without text still shows its mark.
    fn close_marked(&mut self, kind: fn(&ContainerKind) -> bool) {
        self.close_leaf();
        let first = self.open.last().and_then(|id| self.parsed.part.containers.get(id.0 as usize));
        if first.is_some_and(|c| kind(&c.kind) && c.first_block as usize == self.parsed.part.blocks.len()) {
            self.open_leaf(BlockKind::Paragraph, 0..0);
        }
        self.pop(kind);
    }

    fn open_list(&mut self, start: Option<(u64, char)>) {
        self.push(ContainerKind::List { start, tight: true, digits: 0 });
        if let Some(&id) = self.open.last() {
            self.lists.push((id, 0));
        }
    }

    fn close_list(&mut self) {
        self.close_leaf();
        let Some((id, count)) = self.lists.pop() else { return };
        if let Some(Container { kind: ContainerKind::List { start: Some((first, _)), digits, .. }, .. }) =
            self.parsed.part.containers.get_mut(id.0 as usize)
        {
            let last = first.saturating_add(count.saturating_sub(1));
            *digits = last.checked_ilog10().map_or(1, |n| n as u8 + 1);
        }
        if let Some(at) = self.open.iter().rposition(|o| *o == id) {
            self.open.truncate(at);
        }
    }

    /// A paragraph straight inside an item makes the list a loose one.
    fn loosen(&mut self) {
        let [.., list, item] = self.open.as_slice() else { return };
        if self.beyond > 0 {
            return;
        }
        let is_item = |c: &Container| matches!(c.kind, ContainerKind::Item { .. });
        if !self.parsed.part.containers.get(item.0 as usize).is_some_and(is_item) {
            return;
        }
        if let Some(Container { kind: ContainerKind::List { tight, .. }, .. }) =
            self.parsed.part.containers.get_mut(list.0 as usize)
        {
            *tight = false;
        }
    }

    /// A name that stands by itself means what follows it.
    fn settle_names(&mut self) {
        let blocks = &self.parsed.part.blocks;
        for (_, block) in &mut self.parsed.names {
            let alone = blocks.get(*block as usize).is_some_and(|found| {
                found.kind == BlockKind::Paragraph && found.container.is_none() && found.text.is_empty()
            });
            *block += u32::from(alone);
        }
    }

    fn finish(mut self) -> Parsed {
        self.close_leaf();
        // An author who forgets `</details>` does not hide the rest of the guide.
        for id in std::mem::take(&mut self.open) {
            if let Some(Container { kind: ContainerKind::Details { open }, .. }) =
                self.parsed.part.containers.get_mut(id.0 as usize)
            {
                *open = true;
            }
        }
        self.settle_names();
        self.parsed.part.blocks.shrink_to_fit();
        self.parsed
    }
}

/// The delimiter of the ordered list that starts at `at` (CommonMark 5.2).
fn delimiter(body: &str, at: usize) -> char {
    let marker = body.get(at..).unwrap_or_default().trim_start_matches([' ', '\t']);
    marker.chars().find(|c| !c.is_ascii_digit()).filter(|c| *c == ')').unwrap_or('.')
}

fn alert(kind: md::BlockQuoteKind) -> Alert {
    match kind {
        md::BlockQuoteKind::Note => Alert::Note,
        md::BlockQuoteKind::Tip => Alert::Tip,
        md::BlockQuoteKind::Important => Alert::Important,
        md::BlockQuoteKind::Warning => Alert::Warning,
        md::BlockQuoteKind::Caution => Alert::Caution,
    }
}

fn alignment(alignment: md::Alignment) -> Alignment {
    match alignment {
        md::Alignment::None => Alignment::None,
        md::Alignment::Left => Alignment::Left,
        md::Alignment::Center => Alignment::Center,
        md::Alignment::Right => Alignment::Right,
    }
}
