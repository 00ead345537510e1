//! Headings as a tree: next, previous, parent, and the section that holds an anchor.
//! Never knows which of them are folded away or being read.

use super::decode::percent_decoded;
use super::{Anchor, CleanText, Guide, fold, lead};
use std::collections::HashMap;
use std::ops::Range;

/// Index into [`Guide::headings`].
pub type HeadingIndex = usize;

/// A heading, a node of the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// Its block.
    pub block: u32,
    /// 1 to 6.
    pub level: u8,
    /// Its text on one line.
    pub text: CleanText,
    /// The nearest heading before it with a smaller level.
    pub parent: Option<HeadingIndex>,
    /// How many headings stand above it: 0 for a root.
    pub depth: u32,
    /// Explicit id `{#id}`, without the `#`.
    pub id: Option<CleanText>,
}

impl Heading {
    /// Its text without the number that opens it.
    pub fn title(&self) -> &str {
        lead::title(&self.text)
    }
}

impl Guide {
    /// The heading whose section holds the anchor; none before the first heading.
    pub fn section_at(&self, anchor: Anchor) -> Option<HeadingIndex> {
        self.headings.partition_point(|h| h.block <= anchor.block).checked_sub(1)
    }

    /// The block after the section's last one, subsections included.
    pub fn section_end(&self, heading: HeadingIndex) -> u32 {
        let Some(h) = self.headings.get(heading) else { return 0 };
        let next = self.headings.iter().skip(heading + 1).find(|n| n.level <= h.level);
        next.map_or(self.block_count(), |n| n.block)
    }

    /// The first heading that begins behind the anchor's block.
    pub fn heading_after(&self, anchor: Anchor) -> Option<HeadingIndex> {
        let index = self.headings.partition_point(|h| h.block <= anchor.block);
        (index < self.headings.len()).then_some(index)
    }

    /// The last heading that begins before the anchor: within a section its own heading, at a heading the one before.
    pub fn heading_before(&self, anchor: Anchor) -> Option<HeadingIndex> {
        let start = |h: &Heading| Anchor::of_block(h.block);
        self.headings.partition_point(|h| start(h) < anchor).checked_sub(1)
    }

    /// The headings above a heading and itself, outermost first: the breadcrumb. At most six.
    pub fn heading_path(&self, heading: HeadingIndex) -> Vec<HeadingIndex> {
        let known = self.headings.get(heading).map(|_| heading);
        let parent = |&index: &HeadingIndex| self.headings.get(index)?.parent;
        let mut path: Vec<HeadingIndex> = std::iter::successors(known, parent).collect();
        path.reverse();
        path
    }

    /// The bytes of the source that a section came from, its heading and subsections included: Markdown to copy.
    pub fn section_source(&self, heading: HeadingIndex) -> Range<usize> {
        let start = self.headings.get(heading).and_then(|h| self.block(h.block));
        let Some(start) = start.map(|block| block.source.start) else { return 0..0 };
        let next = self.block(self.section_end(heading));
        let end = next.map_or(self.source.len(), |block| self.source.line_start(block.source.start));
        let text = self.source.get(start..end).unwrap_or_default();
        start..start + text.trim_end().len()
    }

    /// The bytes of the source before the first heading's line, front matter left out: Markdown to copy.
    pub fn preamble_source(&self) -> Range<usize> {
        let Some(start) = self.block(0).map(|block| self.source.line_start(block.source.start)) else {
            return 0..0;
        };
        let first = self.headings.first().and_then(|h| self.block(h.block));
        let end = first.map_or(self.source.len(), |block| self.source.line_start(block.source.start));
        let text = self.source.get(start..end).unwrap_or_default();
        start..start + text.trim_end().len()
    }

    /// The place that a link's fragment names (`#part`, with or without the `#`): by explicit id, else by a name that
    /// HTML gives, else by the slug that forges make of a heading's text, else by any of them without accents and
    /// capitals. Nothing, and `top` where nothing is called so, mean the guide's first row, as in a browser.
    pub fn place_named(&self, fragment: &str) -> Option<Anchor> {
        let wanted = percent_decoded(fragment.strip_prefix('#').unwrap_or(fragment));
        if wanted.is_empty() {
            return Some(Anchor::default());
        }
        let plain = |text: &str| slug(&fold(text).text);
        let place = |h: usize| self.headings.get(h).map(|h| Anchor::of_block(h.block));
        let slugged = |slug: &dyn Fn(&str) -> String| {
            let wanted = slug(&wanted);
            slugs(&self.headings, slug).iter().position(|name| !wanted.is_empty() && *name == wanted).and_then(place)
        };
        let identified = |is: &dyn Fn(&str) -> bool| {
            let heading = self.headings.iter().position(|h| h.id.as_ref().is_some_and(|id| is(id)));
            heading.and_then(place).or_else(|| self.names.iter().find(|(name, _)| is(name)).map(|(_, place)| *place))
        };
        identified(&|id| id == wanted)
            .or_else(|| slugged(&slug))
            .or_else(|| identified(&|id| !id.is_empty() && plain(id) == plain(&wanted)))
            .or_else(|| slugged(&plain))
            .or_else(|| wanted.eq_ignore_ascii_case("top").then(Anchor::default))
    }
}

/// Adds a heading to the tree.
pub(super) fn add(headings: &mut Vec<Heading>, block: u32, level: u8, text: CleanText, id: Option<CleanText>) {
    // The chain of open headings is walked upwards: never longer than six.
    let mut parent = headings.len().checked_sub(1);
    while let Some(at) = parent {
        match headings.get(at) {
            Some(heading) if heading.level >= level => parent = heading.parent,
            _ => break,
        }
    }
    let depth = parent.and_then(|at| headings.get(at)).map_or(0, |h| h.depth + 1);
    headings.push(Heading { block, level, text, parent, depth, id });
}

/// Every heading's slug; the second of a name gets `-1`, the third `-2`, as forges number them, past numbers that other
/// headings have as their own words.
fn slugs(headings: &[Heading], slug: &dyn Fn(&str) -> String) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut numbered = Vec::with_capacity(headings.len());
    for heading in headings {
        let name = slug(&heading.text);
        let mut count = seen.get(&name).copied();
        let mut unique = name.clone();
        while let Some(n) = count.filter(|_| seen.contains_key(&unique)) {
            unique = format!("{name}-{}", n + 1);
            count = Some(n + 1);
        }
        seen.insert(name, count.unwrap_or_default());
        seen.entry(unique.clone()).or_default();
        numbered.push(unique);
    }
    numbered
}

/// A slug as forges make it: small letters, digits, `-` and `_`; spaces become `-`, everything else goes.
fn slug(text: &str) -> String {
    let kept = text.trim().chars().flat_map(char::to_lowercase).filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        _ if c.is_alphanumeric() => Some(c),
        _ => None,
    });
    kept.collect()
}

#[cfg(test)]
#[path = "outline_tests.rs"]
mod tests;
