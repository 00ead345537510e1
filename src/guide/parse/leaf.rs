//! A leaf block being written: text, styles and links as they come, made clean at the end.

use super::super::CleanText;
use super::super::document::{BlockKind, InlineStyle, Link, LinkId, Span, TableRow};
use super::autolink;
use super::styles::Styles;
use std::ops::Range;

/// Bytes that a leaf has room for from the start, where its source has as many: most are no longer. Asked for 1,024 bytes
/// and more, glibc's `malloc` first joins all small pieces that were freed.
const ROOM: usize = 960;

/// A leaf block being written.
pub(super) struct Leaf {
    pub(super) kind: BlockKind,
    pub(super) source: Range<usize>,
    /// What a heading's source ends with: attributes as written, and the id among them.
    pub(super) attributes: Option<(String, Option<CleanText>)>,
    raw: String,
    spans: Vec<Span>,
    links: Vec<Link>,
    styles: Styles,
}

#[derive(Clone, Copy, PartialEq)]
enum LinkKind {
    Link,
    Image,
}

/// A finished leaf.
pub(super) struct Finished {
    pub(super) kind: BlockKind,
    pub(super) source: Range<usize>,
    pub(super) text: CleanText,
    pub(super) spans: Vec<Span>,
    pub(super) links: Vec<Link>,
    pub(super) hidden: usize,
    /// Explicit id of a heading.
    pub(super) id: Option<CleanText>,
}

impl Leaf {
    pub(super) fn new(kind: BlockKind, source: Range<usize>) -> Leaf {
        Leaf {
            kind,
            attributes: None,
            raw: String::with_capacity(source.len().min(ROOM)),
            spans: Vec::new(),
            links: Vec::new(),
            styles: Styles::default(),
            source,
        }
    }

    /// Whether nothing was written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// Whether the text ends with white space, or is empty.
    pub(super) fn ends_blank(&self) -> bool {
        self.raw.ends_with([' ', '\n']) || self.raw.is_empty()
    }

    pub(super) fn text(&mut self, text: &str) {
        let start = self.raw.len() as u32;
        self.raw.push_str(text);
        let range = start..self.raw.len() as u32;
        let (style, link) = (self.styles.style(), self.styles.link());
        if range.is_empty() || (style == InlineStyle::PLAIN && link.is_none()) {
            return;
        }
        match self.spans.last_mut() {
            Some(last) if last.range.end == range.start && last.style == style && last.link == link => {
                last.range.end = range.end;
            }
            _ => self.spans.push(Span { range, style, link }),
        }
    }

    pub(super) fn open_style(&mut self, style: InlineStyle) {
        self.styles.open(style, None);
    }

    /// Closes the innermost style that Markdown opened.
    pub(super) fn close_style(&mut self) {
        self.styles.close();
    }

    pub(super) fn open_tag(&mut self, tag: &'static str, style: InlineStyle) {
        self.styles.open_tag(tag, style);
    }

    /// Closes a style that an HTML tag opened; none where there is none.
    pub(super) fn close_tag(&mut self, tag: &str) {
        self.styles.close_tag(tag);
    }

    pub(super) fn open_link(&mut self, target: &str) {
        let id = self.push_link(target, LinkKind::Link);
        self.styles.open(InlineStyle::LINK, Some(id));
    }

    pub(super) fn open_image(&mut self, target: &str) {
        let id = self.push_link(target, LinkKind::Image);
        self.styles.open(InlineStyle::IMAGE, Some(id));
    }

    /// `<a href>`.
    pub(super) fn open_anchor(&mut self, target: &str) {
        let id = self.push_link(target, LinkKind::Link);
        let before = self.styles.open_anchor(id);
        self.end_link(before);
    }

    pub(super) fn close_anchor(&mut self) {
        let closed = self.styles.close_anchor();
        self.end_link(closed);
    }

    fn push_link(&mut self, target: &str, kind: LinkKind) -> LinkId {
        let id = LinkId(self.links.len() as u32);
        let start = self.raw.len() as u32;
        let image = kind == LinkKind::Image;
        self.links.push(Link { target: CleanText::line(target), block: 0, range: start..start, image });
        id
    }

    /// Closes the innermost link or image. An image without alternative text shows its target.
    pub(super) fn close_link(&mut self) {
        let link = self.styles.innermost().and_then(|id| self.links.get(id.0 as usize));
        if let Some(target) =
            link.filter(|l| l.image && l.range.start as usize == self.raw.len()).map(|l| l.target.clone())
        {
            self.text(&target);
        }
        let closed = self.styles.close();
        self.end_link(closed);
    }

    fn end_link(&mut self, id: Option<LinkId>) {
        let end = self.raw.len() as u32;
        if let Some(link) = id.and_then(|id| self.links.get_mut(id.0 as usize)) {
            link.range.end = end;
        }
    }

    pub(super) fn open_row(&mut self) {
        if let BlockKind::Table(table) = &mut self.kind {
            table.rows.push(TableRow::default());
        }
    }

    pub(super) fn open_cell(&mut self) {
        let at = self.raw.len() as u32;
        if let BlockKind::Table(table) = &mut self.kind
            && let Some(row) = table.rows.last_mut()
        {
            row.cells.push(at..at);
        }
    }

    pub(super) fn close_cell(&mut self) {
        let at = self.raw.len() as u32;
        if let BlockKind::Table(table) = &mut self.kind
            && let Some(cell) = table.rows.last_mut().and_then(|row| row.cells.last_mut())
        {
            cell.end = at;
            self.raw.push('\n');
        }
    }

    /// Finishes the leaf, which becomes a block of this number. What its text says stays where it stands in the clean one.
    pub(super) fn finish(mut self, block: u32) -> Finished {
        self.close_anchor();
        self.trim();
        let id = self.cut_attributes();
        if !matches!(self.kind, BlockKind::Code { .. }) {
            autolink::find(&self.raw, &mut self.spans, &mut self.links);
        }
        self.links.iter_mut().for_each(|link| link.block = block);
        let (text, hidden) = match CleanText::as_it_stands(std::mem::take(&mut self.raw)) {
            Ok(text) => (text, 0),
            Err(raw) => self.cleaned(raw),
        };
        self.spans.retain(|span| !span.range.is_empty());
        if matches!(self.kind, BlockKind::Paragraph) && display_math(&text, &self.spans) {
            self.kind = BlockKind::Math;
        }
        Finished { kind: self.kind, source: self.source, text, spans: self.spans, links: self.links, hidden, id }
    }

    /// Cleans a text, and moves all places in it to where they are then. Counts what was removed.
    fn cleaned(&mut self, raw: String) -> (CleanText, usize) {
        let mut ends: Vec<&mut u32> = Vec::new();
        for span in &mut self.spans {
            ends.extend([&mut span.range.start, &mut span.range.end]);
        }
        for link in &mut self.links {
            ends.extend([&mut link.range.start, &mut link.range.end]);
        }
        if let BlockKind::Table(table) = &mut self.kind {
            for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                ends.extend([&mut cell.start, &mut cell.end]);
            }
        }
        ends.sort_unstable_by_key(|at| **at);
        let mut positions: Vec<u32> = ends.iter().map(|at| **at).collect();
        let cleaned = CleanText::mapped(raw, &mut positions);
        for (end, position) in ends.into_iter().zip(positions) {
            *end = position;
        }
        cleaned
    }

    /// Takes a heading's attributes off its text, where they stand there unstyled; answers with the id among them.
    fn cut_attributes(&mut self) -> Option<CleanText> {
        let (literal, id) = self.attributes.take()?;
        let kept = self.raw.strip_suffix(literal.as_str())?.len();
        if self.spans.last().is_some_and(|span| span.range.end as usize > kept) {
            return None;
        }
        self.raw.truncate(kept);
        self.trim();
        id
    }

    /// Drops the line feed that ends a code block, and blanks that HTML left at a paragraph's ends.
    fn trim(&mut self) {
        match self.kind {
            BlockKind::Code { .. } => {
                if self.raw.ends_with('\n') {
                    self.raw.pop();
                }
            }
            BlockKind::Table(_) => {}
            _ => {
                let kept = self.raw.trim_end_matches([' ', '\t', '\n']).len();
                self.raw.truncate(kept);
                let end = kept as u32;
                for span in &mut self.spans {
                    span.range = span.range.start.min(end)..span.range.end.min(end);
                }
                for link in &mut self.links {
                    link.range = link.range.start.min(end)..link.range.end.min(end);
                }
            }
        }
    }
}

fn display_math(text: &str, spans: &[Span]) -> bool {
    let [only] = spans else { return false };
    only.style == InlineStyle::MATH && only.range == (0..text.len() as u32) && text.starts_with("$$")
}
