//! GFM's extended autolinks: addresses that stand bare in the text.

use super::super::CleanText;
use super::super::document::{InlineStyle, Link, LinkId, Span};
use std::ops::Range;

/// Finds bare addresses outside code, links, images and mathematics; adds a link and a span for each.
pub(super) fn find(raw: &str, spans: &mut Vec<Span>, links: &mut Vec<Link>) {
    // Almost no text holds one of these: the scan is paid where there is something to find.
    let bytes = raw.as_bytes();
    let may_begin =
        |at: usize| matches!(bytes.get(at..), Some([b'@', ..] | [b':', b'/', b'/', ..] | [b'w', b'w', b'w', b'.', ..]));
    if !memchr::memchr3_iter(b'@', b':', b'w', bytes).any(may_begin) {
        return;
    }
    let mut found: Vec<(Range<u32>, LinkId)> = Vec::new();
    let taken = |range: &Range<usize>| {
        let at = spans.partition_point(|s| (s.range.end as usize) <= range.start);
        spans.iter().skip(at).take_while(|s| (s.range.start as usize) < range.end).any(|s| s.style.0 & OPAQUE.0 != 0)
    };
    for (range, target) in addresses(raw) {
        if taken(&range) {
            continue;
        }
        let range = range.start as u32..range.end as u32;
        let id = LinkId(links.len() as u32);
        links.push(Link { target: CleanText::line(&target), block: 0, range: range.clone(), image: false });
        found.push((range, id));
    }
    if !found.is_empty() {
        *spans = merged(std::mem::take(spans), &found);
        in_order(spans, links);
    }
}

/// Puts links in the order of the text again, so that those of a place are found by halving.
fn in_order(spans: &mut [Span], links: &mut Vec<Link>) {
    let mut order: Vec<(u32, Link)> = (0..).zip(std::mem::take(links)).collect();
    order.sort_by_key(|(_, link)| link.range.start);
    let mut now = vec![LinkId(0); order.len()];
    for (id, (before, _)) in (0..).zip(&order) {
        if let Some(place) = now.get_mut(*before as usize) {
            *place = LinkId(id);
        }
    }
    for span in spans {
        span.link = span.link.and_then(|id| now.get(id.0 as usize).copied());
    }
    links.extend(order.into_iter().map(|(_, link)| link));
}

const OPAQUE: InlineStyle = InlineStyle(
    InlineStyle::CODE.0 | InlineStyle::LINK.0 | InlineStyle::IMAGE.0 | InlineStyle::MATH.0 | InlineStyle::FOOTNOTE.0,
);

/// The spans with links laid over them; spans are split where a link starts or ends inside them.
fn merged(spans: Vec<Span>, found: &[(Range<u32>, LinkId)]) -> Vec<Span> {
    let mut all = Vec::with_capacity(spans.len() + found.len());
    let mut todo: Vec<Span> = spans.into_iter().rev().collect();
    for (range, id) in found {
        let mut at = range.start;
        while let Some(span) = todo.pop_if(|s| s.range.start < range.end) {
            let Span { range: inner, style, link } = span;
            if inner.start < range.start {
                all.push(Span { range: inner.start..inner.end.min(range.start), style, link });
            }
            let from = inner.start.max(at);
            if from > at {
                all.push(Span { range: at..from, style: InlineStyle::LINK, link: Some(*id) });
            }
            let to = inner.end.min(range.end);
            if to > from {
                all.push(Span { range: from..to, style: style.with(InlineStyle::LINK), link: Some(*id) });
                at = to;
            }
            if inner.end > range.end {
                // What is left of it may hold the next link: it is put back as it was, less its start.
                todo.push(Span { range: range.end..inner.end, style, link });
                break;
            }
        }
        if at < range.end {
            all.push(Span { range: at..range.end, style: InlineStyle::LINK, link: Some(*id) });
        }
    }
    all.extend(todo.into_iter().rev());
    all.sort_by_key(|s| s.range.start);
    all
}

/// Bare addresses of a text with their targets, in order (GFM, autolinks).
fn addresses(raw: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = next_word(raw, at) {
        at = word.end;
        let text = raw.get(word.clone()).unwrap_or_default();
        if let Some((range, target)) = web(text).or_else(|| mail(text)) {
            found.push((word.start + range.start..word.start + range.end, target));
        }
    }
    found
}

fn next_word(raw: &str, from: usize) -> Option<Range<usize>> {
    let rest = raw.get(from..)?;
    let start = from + rest.find(|c: char| !blank(c))?;
    let end = raw.get(start..)?.find(blank).map_or(raw.len(), |n| start + n);
    Some(start..end)
}

fn blank(c: char) -> bool {
    c.is_whitespace() || c == '<'
}

fn web(word: &str) -> Option<(Range<usize>, String)> {
    let open = word.find(|c: char| !matches!(c, '(' | '*' | '_' | '~' | '"' | '\'' | '«' | '“' | '['))?;
    let text = word.get(open..)?;
    let (scheme, host) = if let Some(host) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) {
        ("", host)
    } else if text.starts_with("www.") {
        ("http://", text)
    } else {
        return None;
    };
    let domain = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let letters = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let domain = domain.split(|c| !letters(c)).next().unwrap_or_default();
    let dotted = domain.trim_end_matches('.').contains('.') || domain == "localhost";
    if domain.is_empty() || !dotted {
        return None;
    }
    let end = trimmed(text);
    Some((open..open + end, format!("{scheme}{}", text.get(..end)?)))
}

/// Where the address ends: without the punctuation that closes the sentence, without a bracket that opens before it, and
/// without a trailing entity.
fn trimmed(text: &str) -> usize {
    let mut kept = text;
    let (opened, mut closed) = (text.matches('(').count(), text.matches(')').count());
    loop {
        let before = kept.len();
        kept = kept.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"', '»', '”', '…', ']']);
        if kept.ends_with(')') && closed > opened {
            closed -= 1;
            kept = kept.get(..kept.len() - 1).unwrap_or_default();
        }
        if let Some(inside) = kept.strip_suffix(';') {
            // Only the name before the mark is looked at: a text of marks alone would be searched once for each.
            let name = inside.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
            kept = name.strip_suffix('&').filter(|_| name.len() < inside.len()).unwrap_or(inside);
        }
        if kept.len() == before {
            return before;
        }
    }
}

fn mail(word: &str) -> Option<(Range<usize>, String)> {
    let at = word.find('@')?;
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let before = word.get(..at)?;
    let start = before.char_indices().rev().take_while(|&(_, c)| local(c)).last()?.0;
    let domain = word.get(at + 1..)?;
    let len =
        domain.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))).unwrap_or(domain.len());
    let domain = domain.get(..len)?.trim_end_matches('.');
    if !domain.contains('.') || domain.starts_with('.') || domain.ends_with(['-', '_']) || domain.contains("..") {
        return None;
    }
    let end = at + 1 + domain.len();
    Some((start..end, format!("mailto:{}", word.get(start..end)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::{Guide, Origin};

    fn targets(text: &str) -> Vec<String> {
        addresses(text).into_iter().map(|(_, target)| target).collect()
    }

    #[test]
    fn bare_addresses_are_found_without_the_sentence_around_them() {
        assert_eq!(targets("Voir www.exemple.fr, merci."), ["http://www.exemple.fr"]);
        assert_eq!(targets("(https://a.org/x_(y))"), ["https://a.org/x_(y)"]);
        assert_eq!(targets("« https://a.org/b »"), ["https://a.org/b"]);
        assert_eq!(targets("Écrire à lise@exemple.fr."), ["mailto:lise@exemple.fr"]);
        assert_eq!(targets("https://a.org?q=1&copy;"), ["https://a.org?q=1"]);
        assert_eq!(targets("http://a"), [""; 0]);
        assert_eq!(targets("a@b et @c et d@e."), [""; 0]);
    }

    #[test]
    fn links_stand_in_the_order_of_the_text() {
        let guide = Guide::parse("www.a.org, [b](/b), www.c.org et [d](/d)", &Origin::default());
        let starts: Vec<u32> = guide.links().map(|(_, l)| l.range.start).collect();
        assert!(starts.len() == 4 && starts.is_sorted(), "{starts:?}");
        for span in guide.blocks().flat_map(|(_, b)| &b.spans) {
            let link = guide.link(span.link.unwrap()).unwrap();
            assert_eq!(link.range, span.range);
        }
    }

    #[test]
    fn a_link_splits_the_spans_that_it_crosses() {
        let spans = vec![Span { range: 0..10, style: InlineStyle::STRONG, link: None }];
        let made = merged(spans, &[(2..4, LinkId(0)), (6..12, LinkId(1))]);
        let shape: Vec<(u32, u32, bool)> =
            made.iter().map(|s| (s.range.start, s.range.end, s.link.is_some())).collect();
        assert_eq!(shape, [(0, 2, false), (2, 4, true), (4, 6, false), (6, 10, true), (10, 12, true)]);
    }
}
