//! `CleanText`: the only text that any other room may show, copy or print. Maps single characters and never looks for
//! sequences, so that one split over two pieces of text is no way around it.

mod held;

pub(super) use held::together;

use held::Held;
use std::fmt;
use std::ops::Deref;
use unicode_normalization::char::is_combining_mark;

/// Text without a character that could drive a terminal or hide from the reader.
#[derive(Clone, Default)]
pub struct CleanText(Held);

/// A name is cut to so many characters: nobody reads more of one, and some are written in every row of a list.
const NAME: usize = 500;

/// More marks than this on one character serve to paint over other rows.
const MARKS: usize = 8;

impl CleanText {
    /// Cleans text that may span lines: line feeds, tabs and soft hyphens are kept.
    pub fn new(raw: &str) -> CleanText {
        match ordinary(raw.as_bytes()) == raw.len() {
            true => CleanText::of(raw.to_owned()),
            false => Cleaning::of(raw, &mut []).0,
        }
    }

    /// Cleans to one line: runs of white space become one space, ends are trimmed. No-break spaces are kept.
    pub fn line(raw: &str) -> CleanText {
        let kept = CleanText::new(raw);
        if is_line(&kept) {
            return kept;
        }
        let words = kept.split([' ', '\n', '\t']).filter(|w| !w.is_empty());
        let mut line = String::with_capacity(kept.len());
        for word in words {
            if !line.is_empty() {
                line.push(' ');
            }
            word.split('\u{ad}').for_each(|piece| line.push_str(piece));
        }
        CleanText::of(line)
    }

    /// Cleans to one line that serves as a name: a title, a label. Cut, with an ellipsis, where it is very long.
    pub fn name(raw: &str) -> CleanText {
        // Of white space and what is removed there may be any amount before the name begins.
        let line = CleanText::line(raw);
        // No character takes less than a byte.
        let end = if line.len() > NAME { line.char_indices().nth(NAME) } else { None };
        match end {
            Some((end, _)) => CleanText::of(format!("{}…", line.get(..end).unwrap_or_default().trim_end())),
            None => line,
        }
    }

    fn of(text: String) -> CleanText {
        CleanText(Held::Own(text))
    }

    /// The same text, in the room of another that holds it.
    pub(super) fn within(self, other: &CleanText) -> CleanText {
        match other.find(self.as_str()) {
            Some(at) => other.part(at..at + self.len()),
            None => self,
        }
    }

    /// Without soft hyphens: places to break a line are for who lays it out, and hide in any other text.
    pub fn unbroken(&self) -> CleanText {
        CleanText::of(self.replace('\u{ad}', ""))
    }

    /// Cut to at most this many characters.
    pub fn cut(&self, chars: usize) -> CleanText {
        CleanText::of(self.chars().take(chars).collect())
    }

    /// Takes a text that cleaning would leave as it is; gives back one that it might not.
    pub(super) fn as_it_stands(raw: String) -> Result<CleanText, String> {
        if ordinary(raw.as_bytes()) == raw.len() { Ok(CleanText::of(raw)) } else { Err(raw) }
    }

    /// Cleans, moves the given ascending byte positions of the raw text to where they stand in the clean one, and counts
    /// the hidden characters that were removed.
    pub(super) fn mapped(raw: String, positions: &mut [u32]) -> (CleanText, usize) {
        Cleaning::of(&raw, positions)
    }
}

impl Deref for CleanText {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for CleanText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl serde::Serialize for CleanText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

/// Joiners that one emoji may hold. The longest that people use has three; of a thousand pictographs joined into one
/// character, each terminal makes something else.
const JOINERS: usize = 6;

/// One pass over a text.
struct Cleaning {
    out: String,
    hidden: usize,
    /// Combining marks on the last character.
    marks: usize,
    /// Joiners in the emoji being read.
    joiners: usize,
    /// The last character kept that is not a mark, joiner or selector.
    base: char,
    /// The last character kept.
    last: char,
}

impl Cleaning {
    fn of(raw: &str, positions: &mut [u32]) -> (CleanText, usize) {
        let out = String::with_capacity(raw.len());
        let mut pass = Cleaning { out, hidden: 0, marks: 0, joiners: 0, base: ' ', last: ' ' };
        let mut todo = positions.iter_mut().peekable();
        let mut rest = raw;
        // A flag sequence of tag characters is kept whole or not at all; until here it was checked.
        let mut flag_until = 0;
        loop {
            let plain = pass.pass_over(rest);
            let at = raw.len() - rest.len();
            while let Some(position) = todo.next_if(|p| **p as usize <= at + plain.len()) {
                *position = (pass.out.len() - plain.len() + (*position as usize).saturating_sub(at)) as u32;
            }
            let mut chars = rest.get(plain.len()..).unwrap_or_default().chars();
            let Some(c) = chars.next() else { break };
            rest = chars.as_str();
            let here = at + plain.len();
            if c == '\u{1f3f4}' {
                flag_until = flag_end(raw, here);
            }
            pass.push(c, chars.next(), here < flag_until);
        }
        for position in todo {
            *position = pass.out.len() as u32;
        }
        (CleanText::of(pass.out), pass.hidden)
    }

    /// Takes what is ordinary at the beginning of a text as it is.
    fn pass_over<'a>(&mut self, rest: &'a str) -> &'a str {
        // The one character after a joiner may go on with an emoji.
        let ordinary = if self.last == '\u{200d}' { 0 } else { ordinary(rest.as_bytes()) };
        let plain = rest.get(..ordinary).unwrap_or_default();
        if let Some(last) = plain.chars().next_back() {
            self.out.push_str(plain);
            (self.base, self.last, self.marks, self.joiners) = (last, last, 0, 0);
        }
        plain
    }

    fn push(&mut self, c: char, next: Option<char>, in_flag: bool) {
        let kept = match c {
            '\n' | '\t' | '\u{ad}' => Some(c),
            '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32),
            '\u{7f}' => Some('\u{2421}'),
            '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
            '\u{2028}' | '\u{2029}' => Some(' '),
            '\u{200d}' if pictograph(self.base) => {
                self.joiners += 1;
                (next.is_some_and(pictograph) && self.joiners <= JOINERS).then_some(c)
            }
            // Behind anything else it would stand in the cell of what joins nothing, where it does nothing and hides.
            '\u{200c}' | '\u{200d}' => joins(self.last).then_some(c),
            '\u{fe0e}' | '\u{fe0f}' => takes_selector(self.last).then_some(c),
            '\u{e0020}'..='\u{e007f}' => in_flag.then_some(c),
            _ if hidden(c) => None,
            _ => Some(c),
        };
        let Some(kept) = kept else {
            self.hidden += 1;
            return;
        };
        if is_combining_mark(kept) && !matches!(kept, '\u{fe0e}' | '\u{fe0f}') {
            self.marks += 1;
            if self.marks > MARKS {
                self.hidden += 1;
                return;
            }
        } else {
            self.marks = 0;
            if !matches!(kept, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}') {
                self.base = kept;
                if self.last != '\u{200d}' && kept != '\u{200d}' {
                    self.joiners = 0;
                }
            }
        }
        self.last = kept;
        self.out.push(kept);
    }
}

/// The bytes at the beginning of a text that cleaning leaves as they are, whatever comes before and after them: most of
/// what people write in Latin letters, and found many times faster than by looking at each character.
fn ordinary(raw: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += printable(raw.get(at..).unwrap_or_default());
        at += match (raw.get(at), raw.get(at + 1), raw.get(at + 2)) {
            // U+00A0 to U+02FF. C1 stands before, combining marks come after.
            (Some(0xc2), Some(0xa0..), _) | (Some(0xc3..=0xcb), ..) => 2,
            // U+2010 to U+2027, U+202F: dashes, quotation marks, the ellipsis, the narrow no-break space.
            (Some(0xe2), Some(0x80), Some(0x90..=0xa7 | 0xaf)) => 3,
            // U+4000 to U+9FFF and U+AC00 to U+D77F: Han and Hangul.
            (Some(0xe4..=0xe9 | 0xeb | 0xec), ..) | (Some(0xea), Some(0xb0..), _) | (Some(0xed), Some(..=0x9d), _) => 3,
            (Some(b'\n' | b'\t'), ..) => 1,
            _ => break,
        };
    }
    at
}

/// The bytes at the beginning of a text that are printable ASCII, found eight at a time.
fn printable(raw: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let mut at = 0;
    while let Some(eight) = raw.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*eight);
        // A byte's highest bit is set where it is below a space, is DEL, or is set in the byte itself. Only the first
        // that is found counts: subtracting borrows from those behind it.
        let below = word.wrapping_sub(0x20 * EACH);
        let delete = (word ^ (0x7f * EACH)).wrapping_sub(EACH);
        let others = (below | delete | word) & (0x80 * EACH);
        if others != 0 {
            return at + others.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + raw.get(at..).map_or(0, |rest| rest.iter().take_while(|b| matches!(b, 0x20..=0x7e)).count())
}

/// Whether a clean text is a line as it stands: no white space but single spaces inside, no soft hyphen.
fn is_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    let feeds = bytes.iter().fold(false, |any, b| any | (*b == b'\n') | (*b == b'\t'));
    let two = |(before, b): (&u8, &u8)| ((*before == b' ') & (*b == b' ')) | ((*before == 0xc2) & (*b == 0xad));
    let pairs = bytes.iter().zip(bytes.iter().skip(1)).fold(false, |any, pair| any | two(pair));
    !feeds && !pairs && !text.starts_with(' ') && !text.ends_with(' ')
}

/// The byte after a well-formed flag of tag characters (UTS #51, ED-14a) that starts at `at`; `at` where there is none.
fn flag_end(raw: &str, at: usize) -> usize {
    let rest = raw.get(at..).unwrap_or_default();
    let mut end = at;
    for c in rest.chars().take(9) {
        end += c.len_utf8();
        match c {
            '\u{1f3f4}' | '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}' => {}
            '\u{e007f}' if end > at + 8 => return end,
            _ => return at,
        }
    }
    at
}

/// Whether a zero-width joiner has work to do beside it.
fn pictograph(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}'..='\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// Letters whose joining a zero-width non-joiner steers: Arabic, Syriac, N'Ko, Mongolian and the scripts of India.
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{7ff}' | '\u{840}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Characters with an emoji and a text form (UTS #51, 1.4.3).
fn takes_selector(c: char) -> bool {
    pictograph(c) || matches!(c, '#' | '*' | '0'..='9')
}

/// The 12 characters of Bidi_Control (UAX #9) and others that show nothing.
fn hidden(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fe00}'..='\u{fe0d}' | '\u{115f}' | '\u{1160}' | '\u{3164}'
        | '\u{ffa0}' | '\u{34f}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(raw: &str) -> String {
        CleanText::new(raw).to_string()
    }

    #[test]
    fn controls_become_pictures() {
        assert_eq!(clean("a\u{1b}[31mb"), "a␛[31mb");
        assert_eq!(clean("\u{7}\u{7f}\u{0}"), "␇␡␀");
        assert_eq!(clean("\u{9b}31m"), "\u{fffd}31m");
        assert_eq!(clean("a\nb\tc"), "a\nb\tc");
    }

    #[test]
    fn a_line_is_taken_as_it_stands_where_making_it_changes_nothing() {
        for text in ["", "a", "a b", " a", "a ", "a  b", "a\nb", "a\tb", "a\u{ad}b", "aé\u{a0}b ", "\u{a0}", "í"] {
            let slow: Vec<&str> = text.split([' ', '\n', '\t']).filter(|w| !w.is_empty()).collect();
            let slow = slow.join(" ").replace('\u{ad}', "");
            assert_eq!(is_line(text), slow == text, "{text:?}");
            assert_eq!(CleanText::line(text).as_str(), slow, "{text:?}");
        }
    }

    #[test]
    fn what_is_printable_is_found_wherever_it_ends() {
        for other in ['\0', '\n', '\u{1f}', '\u{7f}', '\u{80}', 'é', '\u{1b}'] {
            for (at, behind) in (0..20).flat_map(|at| [(at, ""), (at, "~ \u{7f}€ 0 ~~~~~")]) {
                let text = format!("{}{other}{behind}", " ~aZ".repeat(5).get(..at).unwrap());
                assert_eq!(printable(text.as_bytes()), at, "{text:?}");
            }
        }
        assert_eq!(printable(b"0123456789"), 10);
    }

    #[test]
    fn what_is_taken_for_ordinary_is_what_cleaning_keeps() {
        let pushed = |c: char| {
            let mut pass = Cleaning { out: String::new(), hidden: 0, marks: 0, joiners: 0, base: 'a', last: 'a' };
            pass.push(c, None, false);
            pass.out
        };
        let mut known = 0;
        for c in '\0'..=char::MAX {
            let raw = c.to_string();
            let taken = ordinary(raw.as_bytes());
            assert!(taken == 0 || taken == raw.len(), "{c:?}");
            if taken > 0 {
                known += 1;
                assert!(pushed(c) == raw && !is_combining_mark(c) && !pictograph(c) || matches!(c, '©' | '®'), "{c:?}");
            }
        }
        assert!(known > 700, "{known}");
        assert_eq!(ordinary("déjà vu : « oui » — l’été…".as_bytes()), "déjà vu : « oui » — l’été…".len());
    }

    proptest::proptest! {
        #[test]
        fn what_is_passed_over_is_what_character_by_character_would_be_kept(raw in "([a-zé« ’…\u{a0}\u{ad}\u{301}\u{200d}©👩\u{fe0f}]|\\PC){0,20}") {
            let mut pass =
                Cleaning { out: String::new(), hidden: 0, marks: 0, joiners: 0, base: ' ', last: ' ' };
            let chars: Vec<char> = raw.chars().collect();
            chars.iter().enumerate().for_each(|(i, c)| pass.push(*c, chars.get(i + 1).copied(), false));
            proptest::prop_assert_eq!(CleanText::mapped(raw, &mut []), (CleanText::of(pass.out), pass.hidden));
        }
    }

    #[test]
    fn positions_after_an_ordinary_beginning_move_with_what_is_removed() {
        let (mut before, mut within) = ([0, 2, 5], [6, 9]);
        assert_eq!(CleanText::mapped("été\u{200b}x".into(), &mut before).0.as_str(), "étéx");
        assert_eq!(before, [0, 2, 5]);
        CleanText::mapped("été\u{200b}x".into(), &mut within);
        assert_eq!(within, [5, 6], "inside what was removed, and at the end");
    }

    #[test]
    fn every_bidi_control_is_removed_and_counted() {
        let controls =
            "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
        let (text, hidden) = CleanText::mapped(format!("é{controls}x"), &mut []);
        assert_eq!((text.as_str(), hidden), ("éx", 12));
    }

    #[test]
    fn every_other_character_that_shows_nothing_is_removed_and_counted() {
        let alone = ['\u{180e}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{fe0e}', '\u{fe0f}', '\u{feff}', '\u{e0001}'];
        let ranges = [
            '\u{2060}'..='\u{2064}',
            '\u{206a}'..='\u{206f}',
            '\u{fff9}'..='\u{fffb}',
            '\u{fe00}'..='\u{fe0d}',
            '\u{1d173}'..='\u{1d17a}',
            '\u{e0020}'..='\u{e007f}',
            '\u{e0100}'..='\u{e01ef}',
        ];
        for c in alone.into_iter().chain(ranges.into_iter().flatten()) {
            let (text, hidden) = CleanText::mapped(format!("a{c}b"), &mut []);
            assert_eq!((text.as_str(), hidden), ("ab", 1), "{c:?}");
        }
        assert_eq!(CleanText::line("a\u{ad}b").as_str(), "ab", "a place to break stays where lines are broken");
        assert_eq!(CleanText::new("a\u{ad}b\n").unbroken().as_str(), "ab\n");
    }

    #[test]
    fn real_scripts_and_emoji_are_not_harmed() {
        let samples = [
            "👩‍💻",
            "👨‍👩‍👧‍👦",
            "🏳️‍🌈",
            "🇫🇷",
            "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "❤️‍🔥",
            "👍🏽",
            "🧑🏽‍🚀",
            "1️⃣",
            "⚠️",
            "✔︎",
            "می‌خواهم",
            "क्‍ष",
            "हिन्दी",
            "日本語",
            "한국어",
            "ไทย",
            "עברית",
            "café",
            "c\u{327}a",
            "🏴‍☠️",
            "👁️‍🗨️",
            "🐻‍❄️",
            "🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
            "👩🏾‍❤️‍💋‍👨🏻",
            "🏳️‍⚧️",
            "#️⃣*️⃣",
            "🧑‍🤝‍🧑",
            "نمی‌دانم، کتاب‌ها",
            "شرکت‌های دانش‌بنیان",
            "क्षत्रिय ज्ञान श्री",
            "र्‍य रु‌पया",
            "বাংলা র‍্যাব",
            "தமிழ் ക്‍ഷ",
            "اردو زبان",
            "ພາສາລາວ မြန်မာ ភាសាខ្មែរ",
            "Tiếng Việt, Ε\u{313}\u{301}λ",
        ];
        assert!(samples.len() >= 30, "{}", samples.len());
        for sample in samples {
            assert_eq!(CleanText::mapped(sample.to_string(), &mut []), (CleanText::of(sample.to_owned()), 0));
        }
    }

    #[test]
    fn a_joiner_and_selectors_without_work_are_removed() {
        assert_eq!(clean("a\u{200d}b\u{200c}c\u{fe0f}d\u{fe00}"), "abcd");
        assert_eq!(clean(".\u{200c}م. \u{200c}م\u{200d}\n\u{200d}م\u{200c}\u{200c}م"), ".م. م\u{200d}\nم\u{200c}م");
        assert_eq!(clean("\u{e0041}\u{e0042}x"), "x");
        assert_eq!(clean("\u{1f3f4}\u{e0067}x"), "\u{1f3f4}x", "a flag that is not closed hides text");
    }

    #[test]
    fn a_tower_of_marks_is_cut() {
        let tower = format!("e{}f", "\u{301}".repeat(50));
        assert_eq!(clean(&tower), format!("e{}f", "\u{301}".repeat(8)));
    }

    #[test]
    fn a_chain_of_emoji_is_cut() {
        let chain = "👩\u{200d}".repeat(20);
        let kept = clean(&chain);
        assert!(kept.contains("👩\u{200d}") && !kept.contains(&"👩\u{200d}".repeat(JOINERS + 1)), "{kept}");
        assert_eq!(kept.matches('👩').count(), 20);
        assert_eq!(clean(&"👨‍👩‍👧‍👦".repeat(9)), "👨‍👩‍👧‍👦".repeat(9));
    }

    #[test]
    fn positions_move_with_the_text() {
        let raw = "é\u{202e}b\u{1b}c";
        let mut at = [0, 2, 5, 6, 7, 8];
        let (text, _) = CleanText::mapped(raw.to_owned(), &mut at);
        assert_eq!(text.as_str(), "éb␛c");
        assert_eq!(at, [0, 2, 2, 3, 6, 7]);
    }

    #[test]
    fn a_name_is_a_line_of_bounded_length() {
        assert_eq!(CleanText::name("  a\n b ").as_str(), "a b");
        let long = CleanText::name(&"é ".repeat(1_000_000));
        assert_eq!((long.chars().count(), long.ends_with("é…")), (NAME, true));
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(CleanText::line("  a\n\tb\u{a0}: c\u{ad}d  ").as_str(), "a b\u{a0}: cd");
    }
}
