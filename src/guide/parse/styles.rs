//! The styles and links in force while a leaf is written. Counted, never searched: a hostile paragraph opens 100,000 of
//! them one inside the other, and every piece of its text asks what is in force.

use super::super::document::{InlineStyle, LinkId};

/// Styles and links in force.
#[derive(Default)]
pub(super) struct Styles {
    /// How many times each style is open, by its bit.
    open: [u32; u16::BITS as usize],
    /// The styles that are open at least once.
    all: InlineStyle,
    /// What Markdown opened, innermost last: it closes in that order.
    markdown: Vec<(InlineStyle, Option<LinkId>)>,
    /// The links and images among them.
    links: Vec<LinkId>,
    /// HTML tags with their styles, and how many times each is open.
    tags: Vec<(&'static str, InlineStyle, u32)>,
    /// The open `<a>`. A second one ends the first, as in a browser.
    anchor: Option<LinkId>,
}

impl Styles {
    /// All styles together.
    pub(super) fn style(&self) -> InlineStyle {
        self.all
    }

    /// The link that text belongs to: the outermost, for a picture inside a link leads where the link leads.
    pub(super) fn link(&self) -> Option<LinkId> {
        // Links are numbered as they open.
        self.links.first().copied().into_iter().chain(self.anchor).min()
    }

    /// Markdown opens a style, with a link or an image where it is one.
    pub(super) fn open(&mut self, style: InlineStyle, link: Option<LinkId>) {
        self.markdown.push((style, link));
        self.links.extend(link);
        self.add(style);
    }

    /// Markdown closes what it opened last; gives the link or the image that it was.
    pub(super) fn close(&mut self) -> Option<LinkId> {
        let (style, link) = self.markdown.pop()?;
        self.remove(style);
        if link.is_some() {
            self.links.pop();
        }
        link
    }

    /// The image or link that Markdown would close next.
    pub(super) fn innermost(&self) -> Option<LinkId> {
        self.markdown.last().and_then(|(_, link)| *link)
    }

    /// An HTML tag opens a style.
    pub(super) fn open_tag(&mut self, tag: &'static str, style: InlineStyle) {
        match self.tags.iter_mut().find(|(known, ..)| *known == tag) {
            Some((.., count)) => *count += 1,
            None => self.tags.push((tag, style, 1)),
        }
        self.add(style);
    }

    /// An HTML tag closes; nothing happens where it was not open.
    pub(super) fn close_tag(&mut self, tag: &str) {
        let Some((_, style, count)) = self.tags.iter_mut().find(|(known, _, n)| *known == tag && *n > 0) else {
            return;
        };
        *count -= 1;
        let style = *style;
        self.remove(style);
    }

    /// An `<a>` opens; gives the one that this ends.
    pub(super) fn open_anchor(&mut self, link: LinkId) -> Option<LinkId> {
        let before = self.close_anchor();
        self.anchor = Some(link);
        self.add(InlineStyle::LINK);
        before
    }

    /// The open `<a>` ends; gives it.
    pub(super) fn close_anchor(&mut self) -> Option<LinkId> {
        let anchor = self.anchor.take()?;
        self.remove(InlineStyle::LINK);
        Some(anchor)
    }

    fn add(&mut self, style: InlineStyle) {
        self.count(style, |n| n.saturating_add(1));
    }

    fn remove(&mut self, style: InlineStyle) {
        self.count(style, |n| n.saturating_sub(1));
    }

    fn count(&mut self, style: InlineStyle, change: impl Fn(u32) -> u32) {
        for (bit, open) in self.open.iter_mut().enumerate() {
            let one = InlineStyle(1 << bit);
            if style.has(one) {
                *open = change(*open);
                self.all = if *open > 0 { self.all.with(one) } else { self.all.without(one) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_in_force_until_all_that_opened_it_is_closed() {
        let mut styles = Styles::default();
        styles.open(InlineStyle::STRONG, None);
        styles.open_tag("b", InlineStyle::STRONG);
        styles.open(InlineStyle::EMPHASIS, None);
        assert_eq!(styles.style(), InlineStyle::STRONG.with(InlineStyle::EMPHASIS));
        styles.close();
        styles.close_tag("strong");
        styles.close_tag("b");
        styles.close_tag("b");
        assert_eq!(styles.style(), InlineStyle::STRONG);
        styles.close();
        styles.close();
        assert_eq!(styles.style(), InlineStyle::PLAIN);
    }

    #[test]
    fn text_belongs_to_the_outermost_link() {
        let mut styles = Styles::default();
        styles.open(InlineStyle::LINK, Some(LinkId(0)));
        styles.open(InlineStyle::IMAGE, Some(LinkId(1)));
        assert_eq!((styles.link(), styles.innermost()), (Some(LinkId(0)), Some(LinkId(1))));
        assert_eq!(styles.close(), Some(LinkId(1)));
        assert_eq!(styles.close(), Some(LinkId(0)));
        assert_eq!(styles.open_anchor(LinkId(2)), None);
        styles.open(InlineStyle::LINK, Some(LinkId(3)));
        assert_eq!(styles.link(), Some(LinkId(2)));
        styles.close();
        assert_eq!(styles.open_anchor(LinkId(4)), Some(LinkId(2)), "a second one ends the first");
        assert_eq!((styles.close_anchor(), styles.link(), styles.style()), (Some(LinkId(4)), None, InlineStyle::PLAIN));
    }
}
