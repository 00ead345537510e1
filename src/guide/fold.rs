//! Folding for search and matching: case, accents, ligatures, apostrophes, dashes and spaces, with a map back.

use std::sync::OnceLock;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Folded text and where each of its bytes came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text`, the byte of the original where the character it came from starts; one more at the end.
    pub origin: Vec<u32>,
}

/// What folding leaves as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Keep {
    /// Capitals stay capitals.
    pub(super) case: bool,
    /// Accents stay on their letters, and `œ`, `æ`, `ß` and letters with strokes are what they are.
    pub(super) accents: bool,
}

/// Folds case, accents (canonical and compatibility decomposition, UAX #15), `œ`, `æ`, `ß` and letters with strokes,
/// curly apostrophes and quotes, dashes, and every kind of space; runs of spaces become one.
pub fn fold(text: &str) -> Folded {
    fold_keeping(text, Keep::default())
}

/// Folds, but for what is to be kept. Letters with accents come apart all the same: two ways to write one are one.
pub(super) fn fold_keeping(text: &str, keep: Keep) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len() + 1) };
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = |b: &u8| b.is_ascii() && !matches!(b, b'\t'..=b'\r' | b' ');
        let word = rest.bytes().take_while(|b| plain(b)).count();
        if word > 0 {
            folded.word(rest.get(..word).unwrap_or_default(), at, keep);
            at += word;
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        if c.is_ascii() {
            folded.push(' ', at);
        } else {
            decompose_compatible(c, |part| {
                if keep.case {
                    folded.letter(part, at, keep);
                } else {
                    part.to_lowercase().for_each(|lower| folded.letter(lower, at, keep));
                }
            });
        }
        at += c.len_utf8();
    }
    folded.origin.push(text.len() as u32);
    folded
}

impl Folded {
    /// The bytes of the original that a range of the folded text came from: whole characters, with the marks on them.
    pub fn source(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let at = |i: usize| self.origin.get(i).or(self.origin.last()).map_or(0, |&o| o as usize);
        let (start, mut end) = (at(range.start), range.end);
        // The range may end within what one character became: both letters of a ligature have one origin.
        let last = at(range.end.saturating_sub(1).max(range.start));
        while range.end > range.start && end + 1 < self.origin.len() && at(end) <= last {
            end += 1;
        }
        start..at(end)
    }

    /// ASCII without white space, all at once.
    fn word(&mut self, word: &str, at: usize, keep: Keep) {
        let start = self.text.len();
        self.text.push_str(word);
        if let Some(tail) = self.text.get_mut(start..).filter(|_| !keep.case) {
            tail.make_ascii_lowercase();
        }
        self.origin.extend(at as u32..(at + word.len()) as u32);
    }

    fn letter(&mut self, c: char, at: usize, keep: Keep) {
        let plain = match c {
            _ if keep.accents && (is_combining_mark(c) || is_letter_of_its_own(c)) => return self.push(c, at),
            // Capitals come here where case is kept.
            'Œ' => "OE",
            'Æ' => "AE",
            'ẞ' => "SS",
            'Þ' => "TH",
            'Ø' => "O",
            'Đ' | 'Ð' => "D",
            'Ł' => "L",
            'Ħ' => "H",
            'Ŧ' => "T",
            'Ŋ' => "N",
            'œ' => "oe",
            'æ' => "ae",
            'ß' => "ss",
            'þ' => "th",
            'ø' => "o",
            'đ' | 'ð' => "d",
            'ł' => "l",
            'ħ' => "h",
            'ŧ' => "t",
            'ı' => "i",
            'ŋ' => "n",
            '’' | '‘' | 'ʼ' | '‛' | '′' => "'",
            '“' | '”' | '„' | '«' | '»' | '″' => "\"",
            '‐' | '‑' | '‒' | '–' | '—' | '−' => "-",
            '⁄' => "/",
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => "",
            // Kana's voicing marks tell one letter from another (か, が): no accents.
            '\u{3099}' | '\u{309a}' => return self.push(c, at),
            _ if is_combining_mark(c) => "",
            _ => return self.push(c, at),
        };
        for c in plain.chars() {
            self.push(c, at);
        }
    }

    fn push(&mut self, c: char, at: usize) {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c == ' ' && self.text.as_bytes().last() == Some(&b' ') {
            return;
        }
        self.text.push(c);
        if c.is_ascii() {
            return self.origin.push(at as u32);
        }
        self.origin.resize(self.text.len(), at as u32);
    }
}

/// Letters that decomposition leaves whole and folding does not.
fn is_letter_of_its_own(c: char) -> bool {
    matches!(
        c,
        'œ' | 'æ'
            | 'ß'
            | 'þ'
            | 'ø'
            | 'đ'
            | 'ð'
            | 'ł'
            | 'ħ'
            | 'ŧ'
            | 'ı'
            | 'ŋ'
            | 'Œ'
            | 'Æ'
            | 'ẞ'
            | 'Þ'
            | 'Ø'
            | 'Đ'
            | 'Ð'
            | 'Ł'
            | 'Ħ'
            | 'Ŧ'
            | 'Ŋ'
    )
}

/// Folded text without the map, trimmed: what labels and titles are compared by.
pub(crate) fn folded(text: &str) -> String {
    quickly_folded(text).unwrap_or_else(|| fold(text).text.trim().to_owned())
}

/// The same for what most labels are: one line in Latin letters.
fn quickly_folded(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.bytes().position(|b| !b.is_ascii() || matches!(b, b'\t'..=b'\r')).unwrap_or(rest.len());
        let (letters, behind) = rest.split_at(end);
        let start = plain.len();
        plain.push_str(if plain.ends_with(' ') { letters.trim_start() } else { letters });
        let new = plain.get_mut(start..)?;
        if new.contains("  ") {
            return None;
        }
        new.make_ascii_lowercase();
        let mut behind = behind.chars();
        if let Some(c) = behind.next() {
            let letters = Common::get().letters(c)?;
            plain.push_str(if letters == " " && plain.ends_with(' ') { "" } else { letters });
        }
        rest = behind.as_str();
    }
    plain.truncate(plain.trim_end().len());
    let blank = plain.len() - plain.trim_start().len();
    plain.drain(..blank);
    Some(plain)
}

/// What single characters fold to: those of Latin letters and of the punctuation that goes with them.
struct Common {
    latin: Vec<Box<str>>,
    marks: Vec<Box<str>>,
}

/// Where the characters of Latin letters end.
const LATIN: u32 = 0x180;

/// Dashes, quotation marks, spaces, the ellipsis.
const MARKS: std::ops::Range<u32> = 0x2000..0x2030;

impl Common {
    fn get() -> &'static Common {
        static ALL: OnceLock<Common> = OnceLock::new();
        let folded = |all: std::ops::Range<u32>| {
            all.filter_map(char::from_u32).map(|c| fold(c.encode_utf8(&mut [0; 4])).text.into()).collect()
        };
        ALL.get_or_init(|| Common { latin: folded(0..LATIN), marks: folded(MARKS) })
    }

    fn letters(&self, c: char) -> Option<&str> {
        let code = c as u32;
        let found = match code.checked_sub(MARKS.start) {
            Some(mark) => self.marks.get(mark as usize),
            None => self.latin.get(code as usize),
        };
        found.map(|letters| &**letters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_folded_without_a_map_is_the_same_text() {
        assert_eq!(quickly_folded(" Été «\u{a0}Œuvre\u{a0} », l’Æ… "), Some("ete \" oeuvre \", l'ae...".to_owned()));
        for c in '\0'..='\u{3100}' {
            for text in
                [format!("{c}"), format!("a{c}B"), format!(" {c}{c} x "), format!("a{c}\n b"), format!("{c}é{c}")]
            {
                assert_eq!(folded(&text), fold(&text).text.trim(), "{text:?}");
            }
        }
    }

    #[test]
    fn what_people_type_finds_what_stands_there() {
        let pairs = [
            ("Événement", "evenement"),
            ("ÉVÉNEMENT", "evenement"),
            ("e\u{301}ve\u{301}nement", "evenement"),
            ("l’aide", "l'aide"),
            ("l‘aide", "l'aide"),
            ("lʼaide", "l'aide"),
            ("cœur", "coeur"),
            ("ŒUVRE", "oeuvre"),
            ("ex æquo", "ex aequo"),
            ("Ægir", "aegir"),
            ("où", "ou"),
            ("Noël", "noel"),
            ("naïf", "naif"),
            ("garçon", "garcon"),
            ("ÇA", "ca"),
            ("à", "a"),
            ("être", "etre"),
            ("hôtel", "hotel"),
            ("dû", "du"),
            ("L’Haÿ", "l'hay"),
            ("quoi\u{a0}?", "quoi ?"),
            ("quoi\u{202f}?", "quoi ?"),
            ("a\u{2009}b", "a b"),
            ("a  b", "a b"),
            ("a\nb", "a b"),
            ("a\t b", "a b"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("STRAẞE", "strasse"),
            ("Übung", "ubung"),
            ("schön", "schon"),
            ("Äpfel", "apfel"),
            ("größer", "grosser"),
            ("mañana", "manana"),
            ("¿qué?", "¿que?"),
            ("corazón", "corazon"),
            ("pingüino", "pinguino"),
            ("İstanbul", "istanbul"),
            ("ısı", "isi"),
            ("ILIK", "ilik"),
            ("şişe", "sise"),
            ("ağaç", "agac"),
            ("çok güzel", "cok guzel"),
            ("Đà Nẵng", "da nang"),
            ("Việt Nam", "viet nam"),
            ("phở", "pho"),
            ("tiếng", "tieng"),
            ("nước", "nuoc"),
            ("ưu", "uu"),
            ("Łódź", "lodz"),
            ("żółw", "zolw"),
            ("smørrebrød", "smorrebrod"),
            ("Ångström", "angstrom"),
            ("þing", "thing"),
            ("ﬁn", "fin"),
            ("eﬃcace", "efficace"),
            ("ﬂot", "flot"),
            ("x²", "x2"),
            ("½", "1/2"),
            ("№", "no"),
            ("Ⅳ", "iv"),
            ("ＡＢＣ", "abc"),
            ("co‑animateurs", "co-animateurs"),
            ("2020–2026", "2020-2026"),
            ("bouche—oreille", "bouche-oreille"),
            ("« oui »", "\" oui \""),
            ("“yes”", "\"yes\""),
            ("mot\u{ad}clé", "motcle"),
            ("a\u{200b}b", "ab"),
            ("…", "..."),
            ("日本語", "日本語"),
            ("が", "か\u{3099}"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("ёлка", "елка"),
        ];
        assert!(pairs.len() >= 60);
        for (text, expected) in pairs {
            assert_eq!(fold(text).text, expected, "{text}");
        }
    }

    #[test]
    fn the_map_leads_back_to_whole_characters() {
        let text = "L’œuf  dur é";
        let folded = fold(text);
        assert_eq!(folded.text, "l'oeuf dur e");
        assert_eq!(folded.origin.len(), folded.text.len() + 1);
        let at = folded.text.find("oeuf").unwrap();
        assert_eq!(text.get(folded.source(at..at + 4)), Some("œuf"));
        let at = folded.text.find('e').unwrap();
        assert_eq!(folded.source(at..at + 1), 4..6, "half of a ligature is the whole of it");
        assert_eq!(folded.source(at - 1..at), 4..6);
        assert_eq!(folded.source(at..at), 4..4);
        let last = folded.text.len() - 1;
        assert_eq!(text.get(folded.source(last..last + 1)), Some("é"));
    }
}
