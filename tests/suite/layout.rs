//! The guide at a width: golden layouts, properties over random documents, and the French rule on the built-in guide.

mod golden;
mod places;
mod random;
mod spec;
mod text;

use jalon::guide::{Anchor, ContainerId, Guide, Origin};
use jalon::layout::{Colours, Layout, Line, Medium};
use jalon::theme::Glyphs;
use jalon::words::Lang;
use std::collections::BTreeSet;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A guide with all that a layout of it borrows.
#[derive(Clone, Debug, Default)]
struct Desk {
    guide: std::sync::Arc<Guide>,
    colours: Colours,
    toggled: BTreeSet<ContainerId>,
}

impl Desk {
    fn new(source: &str) -> Desk {
        Desk { guide: Guide::parse(source, &Origin::default()).into(), ..Desk::default() }
    }

    fn built_in() -> Desk {
        Desk::new(include_str!("../../content/lancer-sa-communaute.md"))
    }

    fn at(&self, width: u16) -> Layout<'_> {
        let Desk { guide, colours, toggled } = self;
        Layout { guide, width, glyphs: Glyphs::UNICODE, lang: Lang::Fr, colours, toggled, medium: Medium::Screen }
    }

    fn all(&self, width: u16) -> Vec<Line> {
        self.at(width).lines(Anchor::default(), usize::MAX)
    }
}

/// The columns that a row takes where it is painted run by run, grapheme by grapheme, as ratatui does.
fn columns(line: &Line) -> usize {
    let parts = line.runs.iter().flat_map(|r| line.text[r.range.clone()].graphemes(true));
    parts.map(|g| g.width()).sum()
}

/// What is compared where only words count: no spaces, no hyphens that a break shows.
fn ink(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{AD}').collect()
}
