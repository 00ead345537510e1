//! Raw HTML: the ten or so tags that people use in Markdown mean something, comments are hidden, other tags are dropped
//! with their text kept.

use super::super::CleanText;
use super::super::document::{BlockKind, ContainerKind, InlineStyle};
use super::{Builder, Leaf};
use html_escape::decode_html_entities;
use std::ops::Range;

/// A piece of HTML.
#[derive(Debug, PartialEq)]
enum Piece<'a> {
    Text(&'a str),
    Open {
        name: String,
        attributes: &'a str,
    },
    Close(String),
    /// A tag that is shown as it is written.
    Shown(&'a str),
}

impl Builder<'_> {
    /// One inline tag, comment or instruction (CommonMark 6.6).
    pub(super) fn inline_html(&mut self, html: &str, range: Range<usize>) {
        let pieces = pieces(html);
        if let [Piece::Open { name, .. } | Piece::Close(name)] = pieces.as_slice()
            && matches!(name.as_str(), "title" | "textarea" | "style" | "script")
        {
            // GFM, "Disallowed Raw HTML": amid a text they are what is talked about.
            return self.leaf_at(range).text(html);
        }
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.leaf_at(range.clone()).text(&decode_html_entities(text)),
                Piece::Shown(tag) => self.leaf_at(range.clone()).text(tag),
                Piece::Open { name, attributes } => {
                    self.note_name(&name, attributes);
                    self.open_inline(&name, attributes, range.clone());
                }
                Piece::Close(name) => self.close_inline(&name),
            }
        }
    }

    /// Notes what a tag is called, by which links find it: the block being written, or else the next one.
    fn note_name(&mut self, tag: &str, attributes: &str) {
        let old = || attribute(attributes, "name").filter(|_| tag == "a");
        if let Some(name) = attribute(attributes, "id").or_else(old) {
            // White space between tags makes no block; text before the tag has one that this does not begin.
            let block = self.parsed.part.blocks.len() as u32;
            self.parsed.names.push((CleanText::name(&name), block));
        }
    }

    fn close_inline(&mut self, name: &str) {
        match &mut self.leaf {
            Some(leaf) if name == "a" => leaf.close_anchor(),
            Some(leaf) => leaf.close_tag(name),
            None => {}
        }
    }

    fn open_inline(&mut self, name: &str, attributes: &str, range: Range<usize>) {
        match name {
            "br" => self.leaf_at(range).text("\n"),
            "img" => {
                let leaf = self.leaf_at(range);
                leaf.open_image(&attribute(attributes, "src").unwrap_or_default());
                leaf.text(&attribute(attributes, "alt").unwrap_or_default());
                leaf.close_link();
            }
            "a" => {
                if let Some(target) = attribute(attributes, "href") {
                    self.leaf_at(range).open_anchor(&target);
                }
            }
            _ => {
                if let Some((tag, style)) = style(name) {
                    self.leaf_at(range).open_tag(tag, style);
                }
            }
        }
    }

    /// A whole HTML block (CommonMark 4.6).
    pub(super) fn html_block(&mut self) {
        let html = self.html.take().unwrap_or_default();
        let source = self.leaf.take().map_or(0..0, |leaf| leaf.source);
        let mut mute: Option<String> = None;
        let mut verbatim = false;
        for piece in pieces(&html) {
            match piece {
                Piece::Close(name) if mute.as_ref() == Some(&name) => mute = None,
                _ if mute.is_some() => {}
                Piece::Text(text) => self.block_text(text, verbatim, &source),
                Piece::Shown(tag) => self.leaf_at(source.clone()).text(tag),
                Piece::Open { name, attributes } => {
                    match name.as_str() {
                        "script" | "style" => mute = Some(name.clone()),
                        "pre" | "textarea" => verbatim = true,
                        _ => {}
                    }
                    self.note_name(&name, attributes);
                    self.open_block(&name, attributes, &source);
                }
                Piece::Close(name) => {
                    verbatim &= !matches!(name.as_str(), "pre" | "textarea");
                    self.close_block(&name);
                }
            }
        }
        self.drop_blank_leaf();
        self.close_leaf();
    }

    fn block_text(&mut self, text: &str, verbatim: bool, source: &Range<usize>) {
        let text = decode_html_entities(text);
        if verbatim {
            self.leaf_at(source.clone()).text(&text);
            return;
        }
        // White space collapses as in a browser; what stands between two blocks is none.
        let mut words = text.split([' ', '\n', '\t']).filter(|w| !w.is_empty()).peekable();
        if text.starts_with([' ', '\n', '\t'])
            && let Some(leaf) = self.leaf.as_mut().filter(|leaf| !leaf.ends_blank())
        {
            leaf.text(" ");
        }
        while let Some(word) = words.next() {
            let leaf = self.leaf_at(source.clone());
            leaf.text(word);
            if words.peek().is_some() || text.ends_with([' ', '\n', '\t']) {
                leaf.text(" ");
            }
        }
    }

    fn open_block(&mut self, name: &str, attributes: &str, source: &Range<usize>) {
        match name {
            "details" => {
                self.drop_blank_leaf();
                match self.beyond > 0 || self.is_deep() {
                    true => self.close_leaf(),
                    false => self.push(ContainerKind::Details { open: has(attributes, "open") }),
                }
            }
            "summary" => {
                self.drop_blank_leaf();
                self.open_leaf(BlockKind::Summary, source.clone());
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.drop_blank_leaf();
                let level = name.as_bytes().get(1).map_or(1, |b| b - b'0');
                self.open_leaf(BlockKind::Heading { level }, source.clone());
            }
            "hr" => {
                self.drop_blank_leaf();
                self.open_leaf(BlockKind::Rule, source.clone());
                self.close_leaf();
            }
            "li" => {
                self.drop_blank_leaf();
                self.open_leaf(BlockKind::Paragraph, source.clone());
                self.leaf_at(source.clone()).text("• ");
            }
            "td" | "th" => {
                if let Some(leaf) = self.leaf.as_mut().filter(|leaf| !leaf.ends_blank()) {
                    leaf.text("  ");
                }
            }
            _ if breaks(name) => {
                self.drop_blank_leaf();
                self.close_leaf();
            }
            _ => self.open_inline(name, attributes, source.clone()),
        }
    }

    fn close_block(&mut self, name: &str) {
        match name {
            "details" => {
                self.drop_blank_leaf();
                let top = self.open.last().and_then(|id| self.parsed.part.containers.get(id.0 as usize));
                if self.beyond == 0 && top.is_some_and(|c| matches!(c.kind, ContainerKind::Details { .. })) {
                    self.close_leaf();
                    self.summarise();
                    self.open.pop();
                }
            }
            "summary" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.close_leaf(),
            _ if breaks(name) || name == "li" => {
                self.drop_blank_leaf();
                self.close_leaf();
            }
            _ => self.close_inline(name),
        }
    }

    /// White space between tags is no paragraph.
    fn drop_blank_leaf(&mut self) {
        let blank = |leaf: &Leaf| leaf.is_empty() && leaf.kind == BlockKind::Paragraph;
        if self.leaf.as_ref().is_some_and(blank) {
            self.leaf = None;
        }
    }
}

/// Tags that begin a new line of thought.
fn breaks(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "ul"
            | "ol"
            | "table"
            | "thead"
            | "tbody"
            | "tr"
            | "pre"
            | "blockquote"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "center"
            | "dl"
            | "dt"
            | "dd"
            | "figure"
            | "figcaption"
            | "form"
            | "fieldset"
            | "main"
            | "nav"
            | "aside"
            | "address"
            | "body"
            | "html"
            | "head"
            | "title"
    )
}

fn style(name: &str) -> Option<(&'static str, InlineStyle)> {
    Some(match name {
        "b" => ("b", InlineStyle::STRONG),
        "strong" => ("strong", InlineStyle::STRONG),
        "i" => ("i", InlineStyle::EMPHASIS),
        "em" => ("em", InlineStyle::EMPHASIS),
        "cite" => ("cite", InlineStyle::EMPHASIS),
        "u" => ("u", InlineStyle::UNDERLINE),
        "ins" => ("ins", InlineStyle::UNDERLINE),
        "s" => ("s", InlineStyle::STRIKE),
        "del" => ("del", InlineStyle::STRIKE),
        "strike" => ("strike", InlineStyle::STRIKE),
        "code" => ("code", InlineStyle::CODE),
        "tt" => ("tt", InlineStyle::CODE),
        "samp" => ("samp", InlineStyle::CODE),
        "kbd" => ("kbd", InlineStyle::KBD),
        "sub" => ("sub", InlineStyle::SUB),
        "sup" => ("sup", InlineStyle::SUP),
        "mark" => ("mark", InlineStyle::MARK),
        _ => return None,
    })
}

/// Cuts HTML into text and tags. Comments, instructions, declarations and CDATA sections are left out; what opens like
/// a tag and never closes is text.
fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    // Once a closer is missing from the rest it is missing for good: looked for again, each `<` would cost a pass.
    let mut no_more = [false; 4];
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        text(&mut found, before);
        match skip(tag, &mut no_more).or_else(|| tag_end(tag, &mut no_more)) {
            Some((piece, end)) => {
                found.extend(piece);
                rest = tag.get(end..).unwrap_or_default();
            }
            None => {
                text(&mut found, "<");
                rest = tag.get(1..).unwrap_or_default();
            }
        }
    }
    text(&mut found, rest);
    found
}

fn text<'a>(found: &mut Vec<Piece<'a>>, text: &'a str) {
    if !text.is_empty() {
        found.push(Piece::Text(text));
    }
}

type Cut<'a> = Option<(Option<Piece<'a>>, usize)>;

/// What shows nothing: `<!-- -->`, `<? ?>`, `<![CDATA[ ]]>`, `<! >`.
fn skip<'a>(tag: &'a str, no_more: &mut [bool; 4]) -> Cut<'a> {
    let kinds = [("<!--", "-->"), ("<?", ">"), ("<![CDATA[", "]]>"), ("<!", ">")];
    let (at, (open, close)) = kinds.iter().enumerate().find(|(_, (open, _))| tag.starts_with(open))?;
    if no_more.get(at).copied().unwrap_or_default() {
        return None;
    }
    // `<!-->` and `<!--->` are whole comments (CommonMark 6.6).
    let from = if *open == "<!--" { 2 } else { open.len() };
    match tag.get(from..)?.find(close) {
        Some(n) => Some((None, from + n + close.len())),
        None => {
            if let Some(flag) = no_more.get_mut(at) {
                *flag = true;
            }
            None
        }
    }
}

/// An opening or closing tag: `>` inside quotes does not end it.
fn tag_end<'a>(tag: &'a str, no_more: &mut [bool; 4]) -> Cut<'a> {
    let closing = tag.starts_with("</");
    let inner = tag.get(if closing { 2 } else { 1 }..)?;
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) || no_more.get(3).copied().unwrap_or_default() {
        return None;
    }
    let mut quote = None;
    let Some(end) = inner.find(|c| {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), _) if q == c => quote = None,
            (None, '>') => return true,
            _ => {}
        }
        false
    }) else {
        if let Some(flag) = no_more.get_mut(3) {
            *flag = true;
        }
        return None;
    };
    let body = inner.get(..end)?;
    let len = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(body.len());
    let name = body.get(..len)?.to_ascii_lowercase();
    let end = end + if closing { 3 } else { 2 };
    let piece = match name.as_str() {
        // GFM, "Disallowed Raw HTML", where nothing better is known to do with the tag.
        "xmp" | "iframe" | "noembed" | "noframes" | "plaintext" => Piece::Shown(tag.get(..end)?),
        _ if closing => Piece::Close(name),
        _ => Piece::Open { name, attributes: body.get(len..)? },
    };
    Some((Some(piece), end))
}

fn has(attributes: &str, name: &str) -> bool {
    attributes.split([' ', '\n', '\t', '/', '=']).any(|word| word.eq_ignore_ascii_case(name))
}

/// The value of an attribute, entities decoded.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some(equals) = rest.find('=') {
        let (before, after) = rest.split_at_checked(equals)?;
        let key = before.trim_end().rsplit([' ', '\n', '\t', '"', '\'']).next().unwrap_or_default();
        let after = after.get(1..)?.trim_start();
        let (value, tail) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after.get(1..)?.split_once(quote)?,
            _ => {
                let end = after.find([' ', '\n', '\t']).unwrap_or(after.len());
                after.split_at_checked(end)?
            }
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(decode_html_entities(value).into_owned());
        }
        rest = tail;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_cut_into_text_and_tags() {
        let open = |name: &str, attributes| Piece::Open { name: name.into(), attributes };
        assert_eq!(
            pieces("a<B class='>'>b</B>"),
            [Piece::Text("a"), open("b", " class='>'"), Piece::Text("b"), Piece::Close("b".into()),]
        );
        assert_eq!(
            pieces("x<!-- <b> -->y<?php 1 ?>z<!DOCTYPE x>"),
            [Piece::Text("x"), Piece::Text("y"), Piece::Text("z")]
        );
        assert_eq!(pieces("<!-->a"), [Piece::Text("a")]);
        assert_eq!(
            pieces("1 < 2 <b"),
            [Piece::Text("1 "), Piece::Text("<"), Piece::Text(" 2 "), Piece::Text("<"), Piece::Text("b"),]
        );
    }

    #[test]
    fn every_details_has_a_row_to_fold_it_by() {
        use super::super::super::{Guide, Origin};
        for html in [
            "<details>\n</details>",
            "<details><details><summary>a</summary></details></details>",
            "<details>\n\n- x\n\n</details>",
            "<details>text",
        ] {
            let guide = Guide::parse(html, &Origin::default());
            for (_, container) in guide.containers().filter(|(_, c)| matches!(c.kind, ContainerKind::Details { .. })) {
                let first = guide.block(container.first_block);
                assert_eq!(first.map(|b| &b.kind), Some(&BlockKind::Summary), "{html}");
            }
        }
    }

    #[test]
    fn tags_that_gfm_disallows_are_shown_as_they_are_written() {
        let text = |markdown: &str| {
            let guide = crate::guide::Guide::parse(markdown, &crate::guide::Origin::default());
            guide.blocks().map(|(_, b)| b.text.to_string()).collect::<Vec<_>>().join("|")
        };
        assert_eq!(text("Put it into <title> or <script src=x>."), "Put it into <title> or <script src=x>.");
        assert_eq!(
            text("<div>\n<XMP> and <iframe src=\"u\"></iframe>\n</div>"),
            "<XMP> and <iframe src=\"u\"></iframe>"
        );
        assert_eq!(text("<style>\np { color: red }\n</style>"), "", "a whole block of it is none of the text");
    }

    #[test]
    fn attributes_are_read_quoted_or_not() {
        assert_eq!(attribute(" src=a.png alt='l&eacute;o'", "alt").as_deref(), Some("léo"));
        assert_eq!(attribute(" src=a.png alt='x'", "src").as_deref(), Some("a.png"));
        assert_eq!(attribute(" data-src=\"b\" src=\"c\"", "src").as_deref(), Some("c"));
        assert_eq!(attribute(" hidden", "src"), None);
        assert!(has(" open", "open") && has(" OPEN=''", "open") && !has(" reopen", "open"));
    }
}
