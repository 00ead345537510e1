//! A text as grapheme clusters, and where between them a row may end: the opportunities of UAX #14, and the French rule.
//! Knows no width.
//!
//! Most of most texts is words of western letters. Nothing happens between two such letters, whatever came before them:
//! what can happen is looked for from the last letter of a word to the first of the next one, and words are copied.

use super::measure;
use super::wrap::Setting;
use std::iter::Peekable;
use std::ops::Range;
use std::slice;
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// Whether a row must not begin with this character, even after an ordinary space.
pub(super) fn closes(c: char) -> bool {
    matches!(c, '?' | '!' | ':' | ';' | '»' | '›')
}

/// Whether a row must not end with this character.
pub(super) fn opens(c: char) -> bool {
    matches!(c, '«' | '‹')
}

/// A grapheme cluster and what may happen before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cluster {
    /// Where it starts.
    pub(super) byte: u32,
    /// The columns that it takes.
    pub(super) columns: u16,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether a row may end before it.
    pub(super) before: Before,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything that is seen.
    Seen,
    /// A space or a tab, which hangs at a row's end.
    Space,
    /// A soft hyphen: invisible until broken at.
    SoftHyphen,
    /// A line feed.
    Feed,
    /// A hyphen.
    Hyphen,
    /// A place to break an address after, one of `/ _ . ? & =`; in code, where names are whole, `( [ { , ; : |` too.
    Joint,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// A break is welcome.
    Welcome,
    /// A break inside a path or an alternative: taken where the last welcome one leaves the row half empty.
    Allowed,
    /// A break is possible where nothing better is found.
    Possible,
    /// A break is the very last resort: typography is against it.
    Never,
}

/// The clusters of a text. `code` are the parts of running text that are code.
pub(super) fn clusters(text: &str, setting: Setting, code: &[Range<usize>]) -> Vec<Cluster> {
    let mut found = Finding::new(text, setting, code);
    let mut from = 0;
    while let Some(word) = inside_word(text.as_bytes(), from) {
        found.between(from..word.start);
        found.word(word.clone());
        from = word.end;
    }
    found.between(from..text.len());
    found.all
}

/// The same clusters, but for those that take more columns than `most`, which no row can hold: letter by letter.
pub(super) fn narrowed(all: Vec<Cluster>, text: &str, most: usize) -> Vec<Cluster> {
    let wide = |c: &Cluster| usize::from(c.columns) > most;
    if most >= measure::WIDEST || !all.iter().any(wide) {
        return all;
    }
    let mut narrow = Vec::with_capacity(all.len() + measure::WIDEST);
    for (at, whole) in all.iter().enumerate() {
        if !wide(whole) {
            narrow.push(*whole);
            continue;
        }
        let end = all.get(at + 1).map_or(text.len(), |next| next.byte as usize);
        let letters = text.get(whole.byte as usize..end).unwrap_or_default();
        let mut before = whole.before;
        measure::each_letter(letters, whole.byte as usize, &mut |byte, letter| {
            narrow.push(Cluster { byte: byte as u32, columns: measure::cluster(letter) as u16, before, ..*whole });
            before = Before::Possible;
        });
    }
    narrow
}

/// The bytes of the next word from the end of its first letter to the beginning of its last one. Empty where it has two;
/// single letters are no words.
fn inside_word(text: &[u8], from: usize) -> Option<Range<usize>> {
    let mut at = from;
    let start = loop {
        match letter(text, at) {
            0 if at >= text.len() => return None,
            0 => at += 1,
            first if letter(text, at + first) > 0 => break at + first,
            first => at += first,
        }
    };
    let mut end = start;
    loop {
        let next = end + letter(text, end);
        if letter(text, next) == 0 {
            return Some(start..end);
        }
        end = next;
    }
}

/// The bytes of the letter at a place, if one of those with which most words are written begins there: each is a cluster
/// of one column beside others, and UAX #14 has all of them in its class AL.
fn letter(text: &[u8], at: usize) -> usize {
    match text.get(at) {
        Some(b'a'..=b'z' | b'A'..=b'Z') => 1,
        // À to ÿ but × and ÷.
        Some(0xC3) => match text.get(at + 1) {
            Some(0x97 | 0xB7) | None => 0,
            Some(_) => 2,
        },
        _ => 0,
    }
}

/// Clusters while they are found.
struct Finding<'a> {
    text: &'a str,
    setting: Setting,
    /// The code that was not yet passed, by the one rule and by the other.
    code: [Peekable<slice::Iter<'a, Range<usize>>>; 2],
    all: Vec<Cluster>,
}

impl<'a> Finding<'a> {
    fn new(text: &'a str, setting: Setting, code: &'a [Range<usize>]) -> Finding<'a> {
        let code = [code.iter().peekable(), code.iter().peekable()];
        Finding { text, setting, code, all: Vec::with_capacity(text.len()) }
    }

    /// Copies what stands inside a word.
    fn word(&mut self, inside: Range<usize>) {
        let letters = self.text.get(inside.clone()).unwrap_or_default();
        let letter =
            |byte: usize| Cluster { byte: byte as u32, columns: 1, kind: Kind::Seen, before: Before::Possible };
        if letters.is_ascii() {
            self.all.extend(inside.map(letter));
        } else {
            self.all.extend(letters.char_indices().map(|(byte, _)| letter(inside.start + byte)));
        }
    }

    /// Looks at what stands between two words, the letters beside it included; or before the first word, or behind the
    /// last one.
    fn between(&mut self, range: Range<usize>) {
        let known = self.all.len();
        let text = self.text.get(range.clone()).unwrap_or_default();
        if known > 0 && self.space(text.as_bytes(), range.start) {
            return;
        }
        self.look(text, range.start);
        if self.setting == Setting::Prose {
            self.forbid(known);
        }
    }

    /// A space between two words, if that is all there is: the next word is welcome in another row, in code too.
    fn space(&mut self, text: &[u8], at: usize) -> bool {
        let first = letter(text, 0);
        let alone = first > 0 && text.get(first) == Some(&b' ');
        let last = letter(text, first + 1);
        if !alone || last == 0 || first + 1 + last != text.len() {
            return false;
        }
        let found = [
            (at, Kind::Seen, Before::Possible),
            (at + first, Kind::Space, Before::Never),
            (at + first + 1, Kind::Seen, Before::Welcome),
        ];
        self.all.extend(found.map(|(byte, kind, before)| Cluster { byte: byte as u32, columns: 1, kind, before }));
        true
    }

    /// Cluster by cluster, as UAX #14 has it.
    fn look(&mut self, text: &str, at: usize) {
        let Finding { setting, code: [code, _], all, .. } = self;
        let setting = *setting;
        let mut breaks = linebreaks(text).filter(|b| b.1 == BreakOpportunity::Allowed).map(|b| at + b.0).peekable();
        // The cluster before, and whether nothing but joints stands since a word began: `--width`, `/dev`, `./a`.
        let (mut last, mut leading) = if all.is_empty() { (Kind::Space, true) } else { (Kind::Seen, false) };
        let mut push = |byte: usize, cluster: &str| {
            let byte = at + byte;
            while code.next_if(|c| c.end <= byte).is_some() {}
            let here = code.peek();
            let (opens_code, in_code) = (here.is_some_and(|c| c.start == byte), here.is_some_and(|c| c.start < byte));
            while breaks.next_if(|b| *b < byte).is_some() {}
            let kind = kind(cluster, setting);
            let allowed = breaks.peek() == Some(&byte);
            let before = match (kind, last) {
                (Kind::Space, _) => Before::Never,
                // UAX #14, rule LB20a of version 16: no break after a hyphen that begins a word.
                (_, Kind::Joint | Kind::Hyphen) if leading => Before::Possible,
                // A line of code breaks at its spaces; within its words only where it must.
                (_, last) if setting == Setting::Code && last != Kind::Space && cluster.is_ascii() => Before::Possible,
                (_, Kind::Joint) if allowed => Before::Allowed,
                // UAX #14, rule LB13, keeps `!` with the word before it: not where it is an operator.
                (_, Kind::Space) if opens_code || in_code => Before::Welcome,
                _ if in_code => Before::Possible,
                _ if allowed => Before::Welcome,
                _ => Before::Possible,
            };
            leading = match kind {
                Kind::Space | Kind::Feed => true,
                Kind::Joint | Kind::Hyphen => leading,
                _ => matches!(cluster, "(" | "[" | "{" | "«" | "“" | "\"" | "'" | "\u{A0}" | "\u{202F}"),
            };
            last = kind;
            let columns = if kind == Kind::Feed { 0 } else { measure::cluster(cluster) };
            all.push(Cluster { byte: byte as u32, columns: columns as u16, kind, before });
        };
        measure::each_cluster(text, &mut push);
    }

    /// The French rule, as breaks that never happen: before a closing mark and the space before it, after an opening
    /// mark and the space after it, around no-break spaces, and inside `10 000 €` and `50 %` where the author typed
    /// ordinary ones. From a cluster on, before which the text begins or a word stands.
    fn forbid(&mut self, from: usize) {
        let Finding { text, code: [_, code], all, .. } = self;
        let char_at = |c: &Cluster| text.get(c.byte as usize..).and_then(|t| t.chars().next()).unwrap_or(' ');
        let glue = |c: char| matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}' | '\u{2060}');
        // What stands before: an opening mark, however many spaces ago; glue; a number and one space.
        let (mut opened, mut glued, mut digit, mut counted) = (false, false, false, false);
        for i in from..all.len() {
            let byte = all.get(i).map_or(0, |c| c.byte as usize);
            while code.next_if(|c| c.end <= byte).is_some() {}
            let in_code = code.peek().is_some_and(|c| c.start <= byte);
            let digits = || all.iter().skip(i).map(char_at).take_while(char::is_ascii_digit).take(4).count();
            let three = counted && digits() == 3;
            let Some(cluster) = all.get_mut(i) else { break };
            let c = char_at(cluster);
            let space = cluster.kind == Kind::Space;
            let measured = three || (counted && matches!(c, '%' | '‰' | '€' | '$' | '£'));
            let closing = closes(c) && !in_code;
            if opened || glued || glue(c) || closing || measured {
                cluster.before = Before::Never;
            }
            opened = (opens(c) && !in_code) || (opened && (space || glue(c)));
            glued = glue(c);
            counted = digit && space;
            digit = c.is_ascii_digit();
        }
    }
}

fn kind(cluster: &str, setting: Setting) -> Kind {
    match cluster {
        " " | "\t" => Kind::Space,
        "\n" => Kind::Feed,
        "\u{AD}" => Kind::SoftHyphen,
        "-" => Kind::Hyphen,
        "/" | "?" | "&" | "=" => Kind::Joint,
        "_" | "." if setting == Setting::Prose => Kind::Joint,
        "(" | "[" | "{" | "," | ";" | ":" | "|" if setting == Setting::Code => Kind::Joint,
        _ => Kind::Seen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_linebreak::{BreakClass, break_property};

    /// All looked at one by one, as if there were no words.
    fn one_by_one(text: &str, setting: Setting, code: &[Range<usize>]) -> Vec<Cluster> {
        let mut found = Finding::new(text, setting, code);
        found.between(0..text.len());
        found.all
    }

    fn text() -> impl Strategy<Value = String> {
        let pieces = concat!(
            "a|é|mot|Été|xy|ÿà| | |  |\n|\t|\u{AD}|-|--|/|?| ?|!|«|« | »|»|\u{A0}|\u{202F}|\u{2060}|\u{200D}|",
            "\u{200B}|1|10 000| 50 %|7 €|$|.|,|(|)|[|]|’|'|\"|“|×|÷|æ|œ|ß|日|本語|コ|ー|한|🇫🇷|🇫|👩‍👩‍👧|❤\u{FE0F}|",
            "\u{301}|e\u{301}|\u{600}|ك|א|-א|क्|ก|—|…|%|\u{1100}|µ",
        );
        prop::collection::vec(prop::sample::select(pieces.split('|').collect::<Vec<_>>()), 0..24)
            .prop_map(|p| p.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn words_that_are_copied_are_as_if_they_were_looked_at(
            text in text(),
            prose in any::<bool>(),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 4),
        ) {
            let setting = if prose { Setting::Prose } else { Setting::Code };
            let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| starts[cut.index(starts.len())]).collect();
            cuts.sort_unstable();
            let code = [cuts[0]..cuts[1], cuts[2]..cuts[3]];
            let code: Vec<_> = code.into_iter().filter(|c| !c.is_empty()).collect();
            prop_assert_eq!(clusters(&text, setting, &code), one_by_one(&text, setting, &code));
        }
    }

    #[test]
    fn what_is_taken_for_a_letter_is_one_of_western_words() {
        for c in '\0'..='\u{2FF}' {
            let mut bytes = [0; 4];
            let text = c.encode_utf8(&mut bytes);
            if letter(text.as_bytes(), 0) > 0 {
                assert_eq!(letter(text.as_bytes(), 0), text.len(), "{c}");
                assert_eq!(break_property(u32::from(c)), BreakClass::Alphabetic, "{c}");
                assert_eq!(measure::cluster(text), 1, "{c}");
            }
        }
    }

    #[test]
    fn a_word_is_copied_but_for_its_ends() {
        assert_eq!(inside_word(b"a bc", 0), Some(3..3));
        assert_eq!(inside_word("où été !".as_bytes(), 1), Some(6..7));
        assert_eq!(inside_word("où été !".as_bytes(), 7), None);
    }
}
