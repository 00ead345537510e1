//! The lead of a text: the number in front of a heading, the bold words or the first sentence of a list item, and
//! whether a heading speaks of values.

use super::CleanText;
use super::document::{Block, BlockKind, InlineStyle};
use super::fold::folded;
use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// Columns that a label may take.
const WIDEST: usize = 120;

/// Bytes that a label is made from: whatever they are, they fill it.
const LONGEST: usize = 8 * 1024;

/// The number that opens a heading and what follows it: `1. …`, `1) …`, `Étape 2 : …`, `Step 3 – …`.
pub(super) fn numbered(text: &str) -> Option<(u64, &str)> {
    let words = ["etape", "step", "phase", "partie", "part", "jour", "day"];
    let text = text.trim();
    let is_word = |word: &str| match word.is_ascii() {
        true => words.iter().any(|w| w.eq_ignore_ascii_case(word.trim())),
        false => words.contains(&folded(word).as_str()),
    };
    let named = text.split_once([' ', '\u{a0}', '\u{202f}']).filter(|(word, _)| is_word(word));
    let rest = named.map_or(text, |(_, rest)| rest).trim_start();
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest.get(..digits).filter(|d| (1..=4).contains(&d.len()))?.parse().ok()?;
    let after = rest.get(digits..)?;
    let label = match after.trim_start().chars().next() {
        None => "",
        Some(mark @ ('.' | ')' | ':' | '–' | '—' | '-')) => {
            let label = after.trim_start().get(mark.len_utf8()..)?;
            // `1.2 …` and `3-way …` are no numbers of steps.
            if !label.is_empty() && !label.starts_with(char::is_whitespace) {
                return None;
            }
            label.trim()
        }
        Some(_) => return None,
    };
    // A number alone names nothing, `Étape 2` alone does.
    (!label.is_empty() || named.is_some()).then_some((number, if label.is_empty() { text } else { label }))
}

/// A heading's text without its number.
pub(super) fn title(text: &str) -> &str {
    numbered(text).map_or(text, |(_, label)| label)
}

/// Whether a heading, folded, speaks of values, principles, commitments, rules or a charter, in French or English.
pub(super) fn speaks_of_values(heading: &str) -> bool {
    let stems = ["valeur", "value", "principe", "principle", "engagement", "commitment", "charte", "reglement"];
    let whole = ["regle", "regles", "rule", "rules"];
    heading
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| whole.contains(&word) || stems.iter().any(|stem| word.starts_with(stem)))
}

/// The bold words that open a block, where `:`, `–`, `—` or `.` follows them or ends them.
pub(super) fn bold(block: &Block) -> Option<&str> {
    if block.kind != BlockKind::Paragraph {
        return None;
    }
    let mut end = 0;
    for span in &block.spans {
        if span.range.start != end || !span.style.has(InlineStyle::STRONG) {
            break;
        }
        end = span.range.end;
    }
    let (lead, rest) = block.text.split_at_checked(end as usize)?;
    let closes = |c: char| matches!(c, ':' | '–' | '—' | '.');
    let inside = lead.trim_end().ends_with(closes);
    let outside = rest.trim_start().starts_with(closes);
    let words = lead.trim().trim_end_matches(closes).trim();
    (!words.is_empty() && (inside || outside)).then_some(words)
}

/// The label of a list item that opens with this block.
pub(super) fn label(block: &Block) -> CleanText {
    let text = unmarked(block);
    let lead = bold(block).unwrap_or_else(|| sentence(&text));
    let line = CleanText::line(lead.get(..lead.floor_char_boundary(LONGEST)).unwrap_or(lead));
    if line.is_empty() { CleanText::new("…") } else { shortened(line) }
}

/// What a name is made from: the text without the numbers of its footnotes. They are no words of it, and change as
/// footnotes come and go before it. Of a text without a footnote near its beginning, the whole.
pub(super) fn unmarked(block: &Block) -> Cow<'_, str> {
    let near = block.spans.iter().take_while(|s| (s.range.start as usize) < LONGEST);
    let mut kept = String::new();
    let mut at = 0;
    for mark in near.filter(|s| s.style.has(InlineStyle::FOOTNOTE)) {
        kept.push_str(block.text.get(at..mark.range.start as usize).unwrap_or_default());
        at = mark.range.end as usize;
    }
    if at == 0 {
        return Cow::Borrowed(&block.text);
    }
    kept.push_str(block.text.get(at..).unwrap_or_default());
    Cow::Owned(kept)
}

/// The first sentence, without the full stop that ends it.
fn sentence(text: &str) -> &str {
    // A label is short: a text of megabytes is not searched to its end.
    let (line, _) = text.split_once('\n').unwrap_or((text, ""));
    let long = (line.len() > 4 * WIDEST).then(|| line.char_indices().nth(4 * WIDEST)).flatten();
    let line_end = long.map_or(line.len(), |(at, _)| at);
    let within = line.as_bytes().get(..line_end).unwrap_or_default();
    let mut dots = memchr::memmem::find_iter(within, "…").peekable();
    let mut marks = memchr::memchr3_iter(b'.', b'!', b'?', within).peekable();
    while let Some(at) = match (marks.peek(), dots.peek()) {
        (Some(mark), Some(dot)) if dot < mark => dots.next(),
        (Some(_), _) => marks.next(),
        (None, _) => dots.next(),
    } {
        let mut rest = line.get(at..).unwrap_or_default().chars();
        let Some(c) = rest.next() else { continue };
        let (rest, behind) = (rest.as_str(), at + c.len_utf8());
        let ends = matches!(c, '.' | '!' | '?' | '…') && behind < line_end && rest.starts_with(char::is_whitespace);
        let first = || rest.trim_start().chars().next();
        if ends && first().is_some_and(|next| !next.is_lowercase() && next.is_alphabetic()) {
            return line.get(..if c == '.' { at } else { behind }).unwrap_or(line);
        }
    }
    line.trim_end().strip_suffix('.').filter(|kept| !kept.ends_with('.')).unwrap_or(line)
}

/// Cut at a word, with an ellipsis, where it is wider than a label may be.
fn shortened(line: CleanText) -> CleanText {
    // No character takes more columns than bytes.
    if line.len() < WIDEST {
        return line;
    }
    let mut columns = 0;
    let mut word = 0;
    for (at, c) in line.char_indices() {
        columns += c.width().unwrap_or(0);
        if columns >= WIDEST {
            let end = if word == 0 { at } else { word };
            return CleanText::line(&format!("{}…", line.get(..end).unwrap_or_default()));
        }
        if c == ' ' {
            word = at;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_front_of_headings_are_read() {
        assert_eq!(numbered("1. Rassemblez"), Some((1, "Rassemblez")));
        assert_eq!(numbered("2) Go"), Some((2, "Go")));
        assert_eq!(numbered("Étape 2\u{a0}: Choisir"), Some((2, "Choisir")));
        assert_eq!(numbered("Step 3 – Deploy"), Some((3, "Deploy")));
        assert_eq!(numbered("STEP\n 3 – Deploy"), Some((3, "Deploy")), "of a heading in two lines");
        assert_eq!(numbered("STEP 4"), Some((4, "STEP 4")));
        assert_eq!(numbered("1.2 Details"), None);
        assert_eq!(numbered("3-way merge"), None);
        assert_eq!(numbered("2026 en bref"), None);
        assert_eq!(numbered("4."), None);
        assert_eq!(numbered("Introduction"), None);
    }

    #[test]
    fn headings_of_values_are_known_by_their_words() {
        for yes in [
            "Les valeurs essentielles à préserver",
            "Nos règles",
            "Our principles",
            "La Charte",
            "Engagements",
            "Code of conduct: our commitments",
            "Règlement intérieur",
            "House rules",
            "Les 10 principes",
            "Values",
        ] {
            assert!(speaks_of_values(&folded(yes)), "{yes}");
        }
        for no in ["Régler la facture", "Principalement", "Commit and push", "Introduction", "Cartes et plans"] {
            assert!(!speaks_of_values(&folded(no)), "{no}");
        }
    }

    #[test]
    fn a_label_is_the_first_sentence() {
        assert_eq!(sentence("Ouvrir le ticket. Puis attendre."), "Ouvrir le ticket");
        assert_eq!(sentence("Vraiment ? Oui."), "Vraiment ?");
        assert_eq!(sentence("Voir p. ex. le manuel."), "Voir p. ex. le manuel");
        assert_eq!(sentence("Version 1.2 installée"), "Version 1.2 installée");
        assert_eq!(sentence("Et puis..."), "Et puis...");
        assert!(shortened(CleanText::line(&"mot ".repeat(60))).ends_with("mot…"));
    }
}
