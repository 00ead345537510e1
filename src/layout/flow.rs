//! Text on its way into rows: a piece of a block with its styles, and what the layout adds inside it (the mark of an
//! image, the columns of a tab). Wrapped as one text, then written row by row.

use super::cluster::closes;
use super::line::{Line, Run};
use super::wrap::{Setting, Wrapped, wrap, wrap_hanging};
use super::{Layout, measure};
use crate::guide::{Block, InlineStyle, Link, LinkId, Span};
use crate::theme::Role;
use std::borrow::Cow;
use std::ops::Range;
use unicode_segmentation::GraphemeCursor;

/// Columns between two tab stops.
const TAB: usize = 4;

/// Stands between a mark and the text that it must not be parted from.
const HOLD: &str = "\u{A0}";

/// A text and what its parts are.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    text: String,
    /// In order and without gaps; ranges of `text`.
    parts: Vec<Run>,
    /// The byte of the block's text that follows.
    end: usize,
}

impl Flow {
    /// Running text of a block, images marked.
    pub(super) fn prose(layout: &Layout, block: u32, range: Range<usize>, base: Role) -> Flow {
        let mut flow = Flow::ending_at(range.end);
        let Some(source) = layout.guide.block(block) else { return flow };
        flow.text.reserve(range.len());
        let images = images(layout, block, source, &range);
        let mut at = range.start;
        for (i, image) in images.iter().enumerate() {
            flow.styled(layout, source, at..image.byte, base);
            flow.image_mark(layout, image);
            at = image.byte;
            let end = image.link.range.end as usize;
            let shown = image.byte..end.clamp(image.byte, range.end);
            // Without alternative text the parser shows the target: it stands back.
            if source.text.get(shown.clone()) == Some(image.link.target.as_str()) {
                flow.styled(layout, source, shown.clone(), Role::Muted);
                at = shown.end;
                continue;
            }
            // An image in another's alternative text, or in a piece that the next one goes on with, has its end later.
            let whole = end == shown.end && images.get(i + 1).is_none_or(|next| next.byte >= end);
            if let Some(name) = whole.then(|| file_name(source, image)).flatten() {
                flow.styled(layout, source, shown.clone(), base);
                flow.push(&format!(" ({name})"), Run { role: Role::Muted, link: Some(image.id), ..Run::default() });
                at = shown.end;
            }
        }
        flow.styled(layout, source, at..range.end, base);
        flow.settle();
        flow
    }

    /// A line of code: tabs expanded, an indent wider than half of `width` shortened to that.
    pub(super) fn code(
        text: &str,
        range: Range<usize>,
        colours: &[(Range<u32>, Role)],
        base: Role,
        width: usize,
    ) -> Flow {
        let mut flow = Flow::ending_at(range.end);
        let first = colours.partition_point(|c| c.0.end as usize <= range.start);
        let mut at = range.start;
        let mut column = 0;
        for (part, role) in colours.get(first..).unwrap_or_default() {
            let part = (part.start as usize).max(at)..(part.end as usize).min(range.end);
            if part.start >= range.end {
                break;
            }
            flow.tabbed(text, at..part.start, base, &mut column);
            flow.tabbed(text, part.clone(), *role, &mut column);
            at = part.end.max(at);
        }
        flow.tabbed(text, at..range.end, base, &mut column);
        flow.shorten_indent(width / 2);
        flow.settle();
        flow
    }

    /// Words of the layout's own, before a byte of the block's text.
    pub(super) fn ending_at(end: usize) -> Flow {
        Flow { end, ..Flow::default() }
    }

    /// Adds words of the layout's own.
    pub(super) fn mark(&mut self, text: &str, role: Role) {
        self.push(text, Run { role, ..Run::default() });
    }

    /// Adds another flow behind this one.
    pub(super) fn append(&mut self, other: &Flow) {
        for part in &other.parts {
            self.push(other.text.get(part.range.clone()).unwrap_or_default(), part.clone());
        }
        self.end = other.end;
    }

    /// The same parts, as text of the layout's own: a table's head where it is said again.
    pub(super) fn again(mut self) -> Flow {
        self.parts.iter_mut().for_each(|p| p.origin = None);
        self
    }

    /// Whether it ends in a mark after which no colon stands.
    pub(super) fn asks(&self) -> bool {
        self.text.ends_with(closes)
    }

    /// Whether it takes one row at this width.
    pub(super) fn fits(&self, width: usize) -> bool {
        fits(&self.text, width)
    }

    /// Whether there is nothing to read.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim_matches(|c: char| c.is_whitespace() && c != '\u{A0}').is_empty()
    }

    /// The rows of running text at a width.
    pub(super) fn wrap(&self, width: usize) -> Vec<Wrapped> {
        let code = self.parts.iter().filter(|p| p.style.has(InlineStyle::CODE));
        let mut joined: Vec<Range<usize>> = Vec::new();
        for part in code {
            match joined.last_mut().filter(|last| last.end == part.range.start) {
                Some(last) => last.end = part.range.end,
                None => joined.push(part.range.clone()),
            }
        }
        wrap(&self.text, width, Setting::Prose, &joined)
    }

    /// The rows of a line of code, and the indent that the rows after the first have: that of the line, where this
    /// leaves room.
    pub(super) fn wrap_line(&self, width: usize) -> (Vec<Wrapped>, usize) {
        let indent = self.text.len() - self.text.trim_start_matches(' ').len();
        let hang = indent.min(width / 3);
        (wrap_hanging(&self.text, width, width - hang, Setting::Code, &[]), hang)
    }

    /// The byte of the block's text that a row starts at.
    pub(super) fn origin(&self, row: &Wrapped) -> usize {
        let first = self.parts.partition_point(|p| p.range.end <= row.start);
        let known = self.parts.iter().skip(first).find_map(|p| {
            let inside = row.start.saturating_sub(p.range.start);
            p.origin.map(|o| o as usize + inside)
        });
        known.unwrap_or(self.end)
    }

    /// Writes a row at the end of a line.
    pub(super) fn write(&self, row: &Wrapped, line: &mut Line) {
        let first = self.parts.partition_point(|p| p.range.end <= row.shown.start);
        line.text.reserve(row.shown.len());
        let mut last = Run::default();
        for part in self.parts.iter().skip(first).take_while(|p| p.range.start < row.shown.end) {
            let range = part.range.start.max(row.shown.start)..part.range.end.min(row.shown.end);
            let text = self.text.get(range.clone()).unwrap_or_default();
            // What held a mark to its text has done its work, and a terminal of ASCII alone does not know it.
            let text = if part.origin.is_none() && text == HOLD { " " } else { text };
            let mut at = range.start - part.range.start;
            let mut push = |piece: &str| {
                let origin = part.origin.map(|o| o + at as u32);
                line.push(piece, Run { origin, ..part.clone() });
                at += piece.len() + '\u{AD}'.len_utf8();
            };
            // Most of most texts has no soft hyphen, and that is seen soon.
            if text.is_ascii() {
                push(text)
            } else {
                text.split('\u{AD}').for_each(push)
            }
            last = part.clone();
        }
        if row.hyphen {
            line.push("-", Run { origin: None, ..last });
        }
    }

    fn push(&mut self, text: &str, like: Run) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        let range = start..self.text.len();
        // What is the layout's own and painted alike is one part: a line of a thousand tabs has not a thousand.
        let own = |run: &Run| run.origin.is_none() && run.role == like.role && run.style == like.style;
        match self.parts.last_mut() {
            Some(last) if like.origin.is_none() && own(last) && last.link == like.link => last.range.end = range.end,
            _ => self.parts.push(Run { range, ..like }),
        }
    }

    /// Adds a piece of the block's text, span by span. A tab is a space in running text.
    fn styled(&mut self, layout: &Layout, block: &Block, range: Range<usize>, base: Role) {
        let first = block.spans.partition_point(|s| s.range.end as usize <= range.start);
        let mut at = range.start;
        let mut raised_to = None;
        for span in block.spans.get(first..).unwrap_or_default() {
            let inside = (span.range.start as usize).max(at)..(span.range.end as usize).min(range.end);
            if inside.start >= range.end {
                break;
            }
            self.piece(block, at..inside.start, Run { role: base, ..Run::default() });
            if span.style.has(InlineStyle::SUP) {
                let text = block.text.get(inside.clone()).unwrap_or_default();
                if raised_to != Some(inside.start) && layout.marks_raised(text) {
                    self.push("^", like(span, base));
                }
                raised_to = Some(inside.end);
            }
            self.piece(block, inside.clone(), like(span, base));
            at = inside.end.max(at);
        }
        self.piece(block, at..range.end, Run { role: base, ..Run::default() });
    }

    fn piece(&mut self, block: &Block, range: Range<usize>, like: Run) {
        let origin = Some(range.start as u32);
        let text = block.text.get(range).unwrap_or_default();
        let spaced = if text.contains('\t') { Cow::Owned(text.replace('\t', " ")) } else { Cow::Borrowed(text) };
        self.push(&spaced, Run { origin, ..like });
    }

    /// The mark of an image. It never stands alone at a row's end: a no-break space follows it.
    fn image_mark(&mut self, layout: &Layout, image: &Image) {
        let like = Run { link: Some(image.id), ..Run::default() };
        self.push(layout.glyphs.image, Run { role: Role::Marker, ..like.clone() });
        self.push(HOLD, like);
    }

    fn tabbed(&mut self, text: &str, range: Range<usize>, role: Role, column: &mut usize) {
        let mut at = range.start;
        for piece in text.get(range).unwrap_or_default().split_inclusive('\t') {
            let plain = piece.trim_end_matches('\t');
            self.push(plain, Run { role, origin: Some(at as u32), ..Run::default() });
            *column += measure::columns(plain);
            if plain.len() < piece.len() {
                let wide = TAB - *column % TAB;
                self.push(&" ".repeat(wide), Run { role, ..Run::default() });
                *column += wide;
            }
            at += piece.len();
        }
    }

    fn shorten_indent(&mut self, most: usize) {
        let indent = self.text.len() - self.text.trim_start_matches(' ').len();
        let away = indent.saturating_sub(most);
        if away == 0 {
            return;
        }
        self.text.drain(..away);
        for part in &mut self.parts {
            let start = part.range.start.saturating_sub(away);
            let lost = away.saturating_sub(part.range.start).min(part.range.len());
            part.origin = part.origin.map(|o| o + lost as u32);
            part.range = start..part.range.end.saturating_sub(away);
        }
        self.parts.retain(|p| !p.range.is_empty());
    }

    /// Moves every border between two parts to the border of a grapheme cluster: a cluster is painted as one.
    fn settle(&mut self) {
        if self.text.is_ascii() {
            return;
        }
        let mut from = 0;
        for part in &mut self.parts {
            let mut cursor = GraphemeCursor::new(part.range.end, self.text.len(), true);
            let end = match cursor.is_boundary(&self.text, 0) {
                Ok(true) => part.range.end,
                _ => cursor.next_boundary(&self.text, 0).ok().flatten().unwrap_or(self.text.len()),
            };
            let moved = from.clamp(part.range.start, end.max(part.range.start));
            part.origin = part.origin.map(|o| o + (moved - part.range.start) as u32);
            part.range = moved..end.max(moved);
            from = part.range.end;
        }
        self.parts.retain(|p| !p.range.is_empty());
    }
}

/// Whether a text takes one row at a width.
pub(super) fn fits(text: &str, width: usize) -> bool {
    !text.contains('\n') && measure::columns(text.trim_end_matches(' ')) <= width
}

/// What a span is painted as, on the block's role.
fn like(span: &Span, base: Role) -> Run {
    let has = |style| span.style.has(style);
    // A heading is one thing: what links or is code in it keeps its ink.
    let role = if base.is_head() {
        base
    } else if has(InlineStyle::LINK) || has(InlineStyle::FOOTNOTE) {
        Role::Link
    } else if has(InlineStyle::CODE) {
        Role::CodeInline
    } else if has(InlineStyle::MATH) {
        Role::Source
    } else {
        base
    };
    Run { role, style: span.style, link: span.link, ..Run::default() }
}

/// An image in a block's text.
struct Image<'a> {
    byte: usize,
    id: LinkId,
    link: &'a Link,
}

/// The file that an image is, to stand after its alternative text: the last part of its target's path. None in a link,
/// whose target is what counts then, for data instead of a file, and where it is too long to stand in running text.
fn file_name<'a>(block: &Block, image: &Image<'a>) -> Option<&'a str> {
    const LONGEST: usize = 40;
    let span = block.spans.partition_point(|s| s.range.end as usize <= image.byte);
    let linked = block.spans.get(span).is_some_and(|s| s.style.has(InlineStyle::LINK));
    let path = image.link.target.as_str().split(['?', '#']).next()?;
    let name = path.rsplit('/').next()?;
    let fits = !name.is_empty() && measure::columns(name) <= LONGEST;
    (fits && !linked && !path.starts_with("data:")).then_some(name)
}

/// The images of a piece of a block, in order. One at the piece's very end belongs to it where a block or a table's
/// cell ends.
fn images<'a>(layout: &Layout<'a>, block: u32, source: &Block, range: &Range<usize>) -> Vec<Image<'a>> {
    let at_end = matches!(source.text.as_bytes().get(range.end), None | Some(b'\n'));
    let place = |l: &Link| l.range.start as usize;
    let rest = layout.guide.links_from(block, range.start);
    let inside = rest.take_while(|(_, l)| place(l) < range.end || (at_end && place(l) == range.end));
    let images = inside.filter(|(_, l)| l.image);
    images.map(|(id, link)| Image { byte: place(link), id, link }).collect()
}
