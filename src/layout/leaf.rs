//! A block at a width: the rows of each of its segments. The match over the kinds of block is the index of how each
//! one looks.

use super::flow::Flow;
use super::frame::Frame;
use super::line::Line;
use super::segment::Cuts;
use super::table::Plan;
use super::{Layout, measure};
use crate::guide::{Block, BlockKind};
use crate::theme::Role;
use std::ops::Range;

/// A block at a width.
pub(super) struct Leaf<'a> {
    pub(super) layout: Layout<'a>,
    /// Its index.
    pub(super) at: u32,
    pub(super) source: &'a Block,
    pub(super) frame: Frame,
    pub(super) cuts: Cuts<'a>,
    plan: Option<Plan>,
}

impl<'a> Leaf<'a> {
    /// The block at the layout's width.
    pub(super) fn new(layout: Layout<'a>, at: u32) -> Option<Leaf<'a>> {
        let source = layout.guide.block(at)?;
        let frame = Frame::of(&layout, at, source);
        let plan = match &source.kind {
            BlockKind::Table(table) => Some(Plan::of(&layout, at, source, table, frame.room)),
            _ => None,
        };
        Some(Leaf { layout, at, source, frame, cuts: Cuts::of(source), plan })
    }

    /// The rows of a segment, which may be known already.
    pub(super) fn rows_known(&self, segment: &Range<usize>) -> Vec<Line> {
        self.layout.measures.rows.rows(&self.layout, self.at, segment, || self.rows(segment))
    }

    /// The rows of a segment, one at least, in the order of their anchors.
    pub(super) fn rows(&self, segment: &Range<usize>) -> Vec<Line> {
        let mut rows = Rows::of(self, segment);
        match &self.source.kind {
            BlockKind::Heading { level } => {
                self.prose(segment, heading(*level), &mut rows);
                if *level == 1 && self.source.container.is_none() && segment.end == self.source.text.len() {
                    self.rule(&mut rows);
                }
            }
            BlockKind::Paragraph | BlockKind::Summary => self.prose(segment, self.frame.text, &mut rows),
            BlockKind::Code { language } => self.code(segment, language.as_deref().unwrap_or_default(), &mut rows),
            BlockKind::Math => self.source_line(segment, Role::Source, &mut rows),
            BlockKind::Rule => self.rule(&mut rows),
            BlockKind::Table(table) => match &self.plan {
                Some(plan) => plan.rows(self, table, segment, &mut rows),
                None => self.prose(segment, self.frame.text, &mut rows),
            },
        }
        rows.finish()
    }

    /// Running text.
    pub(super) fn prose(&self, segment: &Range<usize>, role: Role, rows: &mut Rows) {
        let flow = Flow::prose(&self.layout, self.at, self.text_of(segment), role);
        rows.flow(&flow, self.frame.room);
    }

    /// A segment without the line feed that ends it.
    fn text_of(&self, segment: &Range<usize>) -> Range<usize> {
        let text = self.source.text.get(segment.clone()).unwrap_or_default();
        segment.start..segment.end - usize::from(text.ends_with('\n'))
    }

    fn rule(&self, rows: &mut Rows) {
        let line = rows.start(self.source.text.len());
        line.mark(&self.layout.glyphs.rule.repeat(self.frame.room), Role::Faint);
    }

    fn code(&self, segment: &Range<usize>, language: &str, rows: &mut Rows) {
        rows.fill = Some((self.frame.indent as u16, Role::Code));
        if segment.start == 0 && !language.is_empty() {
            self.label(language, rows);
        }
        let diagram = language.eq_ignore_ascii_case("mermaid");
        self.source_line(segment, if diagram { Role::Source } else { Role::Code }, rows);
    }

    /// The language, set back to the right edge, so that it is not read as code.
    fn label(&self, language: &str, rows: &mut Rows) {
        let room = self.frame.room.saturating_sub(1);
        let columns = measure::columns(language);
        if columns <= room {
            let line = rows.start(0);
            line.pad(room - columns);
            line.mark(language, Role::CodeLabel);
        }
    }

    /// A line of code, of a diagram or of mathematics. Where it is wider than the room it goes on under its own start,
    /// with a mark before it.
    fn source_line(&self, segment: &Range<usize>, role: Role, rows: &mut Rows) {
        let inset = inset(self.frame.room);
        let room = self.frame.room - inset;
        let colours = self.layout.colours.get(&self.at).filter(|_| role == Role::Code);
        let colours = colours.map(Vec::as_slice).unwrap_or_default();
        let flow = Flow::code(&self.source.text, self.text_of(segment), colours, role, room);
        let (wrapped, hang) = flow.wrap_line(room);
        for (n, row) in wrapped.iter().enumerate() {
            let line = rows.start(if n == 0 { segment.start } else { flow.origin(row) });
            let first = n == 0 && (segment.start == 0 || self.ends_line(segment.start));
            line.pad(if n == 0 { 0 } else { hang });
            if first || inset == 0 {
                line.pad(inset);
            } else {
                line.mark(self.layout.glyphs.wrapped, Role::Faint);
                line.pad(inset - 1);
            }
            flow.write(row, line);
        }
    }

    fn ends_line(&self, byte: usize) -> bool {
        self.source.text.as_bytes().get(byte - 1) == Some(&b'\n')
    }
}

/// The columns between the edge of a block of code and its text.
fn inset(room: usize) -> usize {
    match room {
        0..8 => 0,
        8..24 => 1,
        _ => 2,
    }
}

fn heading(level: u8) -> Role {
    match level {
        0 | 1 => Role::Heading1,
        2 => Role::Heading2,
        3 => Role::Heading3,
        _ => Role::Heading4,
    }
}

/// The rows of a segment while they are written: each begins with what stands left of the block.
pub(super) struct Rows<'f> {
    block: u32,
    start: usize,
    frame: &'f Frame,
    lines: Vec<Line>,
    /// The pieces whose marks the next row shows.
    marks: Range<usize>,
    fill: Option<(u16, Role)>,
    /// Rows above the block's own.
    above: usize,
}

impl<'f> Rows<'f> {
    fn of(leaf: &'f Leaf, segment: &Range<usize>) -> Rows<'f> {
        let frame = &leaf.frame;
        let (lines, marks) = match segment.start {
            0 => {
                let (lines, drawn) = frame.above(leaf.at, leaf.layout.blanks_above(leaf.at));
                (lines, drawn..frame.len())
            }
            _ => (Vec::new(), 0..0),
        };
        let above = lines.len();
        Rows { block: leaf.at, start: segment.start, frame, lines, marks, fill: None, above }
    }

    /// Starts a row at a byte of the block's text.
    pub(super) fn start(&mut self, byte: usize) -> &mut Line {
        let mut line = Line::at(self.block, byte);
        line.fill = self.fill;
        self.frame.start(&mut line, std::mem::replace(&mut self.marks, 0..0));
        let at = self.lines.len();
        self.lines.push(line);
        &mut self.lines[at]
    }

    /// A blank row inside the block.
    pub(super) fn blank(&mut self, byte: usize) {
        self.lines.push(self.frame.blank(self.block, byte));
    }

    /// Writes a flow row by row.
    pub(super) fn flow(&mut self, flow: &Flow, room: usize) {
        let wrapped = flow.wrap(room);
        self.lines.reserve(wrapped.len());
        for row in &wrapped {
            let line = self.start(flow.origin(row));
            flow.write(row, line);
        }
    }

    /// Gives every row its place among those that start at the same byte.
    fn finish(mut self) -> Vec<Line> {
        if self.lines.len() == self.above {
            self.start(self.start);
        }
        let mut last: Option<(u32, u32)> = None;
        for (n, line) in self.lines.iter_mut().enumerate() {
            if n == self.above {
                line.anchor.byte = self.start as u32;
            }
            let byte = last.map_or(line.anchor.byte, |(byte, _)| line.anchor.byte.max(byte));
            let nth = last.filter(|l| l.0 == byte).map_or(0, |(_, nth)| nth + 1);
            (line.anchor.byte, line.anchor.nth) = (byte, nth);
            last = Some((byte, nth));
            if line.slot.is_none() {
                line.trim();
            }
        }
        self.lines
    }
}
