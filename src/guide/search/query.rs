//! What somebody typed, made ready to be looked for: words, or a regular expression behind `re:`.
//! Looks at no guide.

use super::searchable;
use crate::guide::fold::{Keep, fold};
use regex::{Regex, RegexBuilder};
use regex_syntax::ast::ErrorKind;
use std::ops::Range;

/// What a regular expression stands behind.
pub const PATTERN: &str = "re:";

/// The largest a compiled expression may be, in bytes. Time is no trouble: it grows with the text alone.
const LARGEST: usize = 2 * 1024 * 1024;
/// The deepest an expression may be nested.
const DEEPEST: u32 = 60;

/// What to look for.
#[derive(Clone, Debug)]
pub enum Query {
    /// Words, folded.
    Words(Words),
    /// A regular expression.
    Pattern(Pattern),
}

/// What is wrong with a regular expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A parenthesis that is not closed.
    OpenGroup,
    /// A parenthesis that was not opened.
    ClosedGroup,
    /// A bracket that is not closed.
    OpenClass,
    /// A repetition of nothing, or of no number.
    Repetition,
    /// A backslash before something that it means nothing to.
    Escape,
    /// It ends too soon, or is none for another reason.
    Unclear,
    /// It is too large, or nested too deep.
    TooLarge,
}

/// Words to look for.
#[derive(Clone, Debug)]
pub struct Words {
    pub(super) folded: String,
    /// The same with what counts kept.
    exact: String,
    /// What counts.
    keep: Keep,
}

/// A regular expression, looked for line by line. Case and accents are smart as with words: without a capital and an
/// accent in it, it sees the folded text; with one, the text as it stands, and case only where it holds a capital.
#[derive(Clone, Debug)]
pub struct Pattern {
    regex: Regex,
    folds: bool,
}

impl Query {
    /// Reads what was typed. Gives nothing where there is nothing to look for.
    pub fn read(typed: &str) -> Result<Option<Query>, Flaw> {
        match typed.strip_prefix(PATTERN) {
            Some("") => Ok(None),
            Some(pattern) => Pattern::read(pattern).map(|p| Some(Query::Pattern(p))),
            None => Ok(Words::read(typed).map(Query::Words)),
        }
    }
}

impl Words {
    fn read(typed: &str) -> Option<Words> {
        let form = |keep| searchable(typed, keep).text;
        let folded = form(Keep::default());
        if folded.trim().is_empty() {
            return None;
        }
        let case = form(Keep { case: true, accents: false }) != folded;
        let accents = form(Keep { case: false, accents: true }) != folded;
        let keep = Keep { case, accents };
        Some(Words { exact: form(keep), folded, keep })
    }

    /// Whether case or accents count.
    pub(super) fn counts(&self) -> bool {
        self.keep != Keep::default()
    }

    /// Whether a text that is the words when folded is written as they are, as far as that counts.
    pub(super) fn is_exact(&self, text: &str) -> bool {
        searchable(text, self.keep).text == self.exact
    }
}

impl Pattern {
    fn read(typed: &str) -> Result<Pattern, Flaw> {
        if let Err(error) = regex_syntax::ast::parse::ParserBuilder::new().nest_limit(DEEPEST).build().parse(typed) {
            return Err(Flaw::of(error.kind()));
        }
        let literal = literal(typed);
        let case = literal.chars().any(char::is_uppercase);
        let form = |accents| searchable(&literal, Keep { case: false, accents }).text;
        let folds = !case && form(true) == form(false);
        // What is no letter may be written otherwise in the folded text: apostrophes, spaces.
        let plain = |c: char| {
            if folds && !c.is_ascii() {
                regex_syntax::escape(&fold(c.encode_utf8(&mut [0; 4])).text)
            } else {
                c.to_string()
            }
        };
        let written: String = typed.chars().map(plain).collect();
        let mut builder = RegexBuilder::new(&written);
        builder.case_insensitive(!case).size_limit(LARGEST).dfa_size_limit(LARGEST).nest_limit(DEEPEST);
        let regex = builder.build().map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => Flaw::TooLarge,
            _ => Flaw::Unclear,
        })?;
        Ok(Pattern { regex, folds })
    }

    /// Where it stands in a line, in bytes of the line. What is empty is nowhere.
    pub(super) fn find(&self, line: &str) -> Vec<Range<usize>> {
        if !self.folds {
            return self.regex.find_iter(line).map(|m| m.range()).filter(|r| !r.is_empty()).collect();
        }
        let folded = searchable(line, Keep::default());
        let found = self.regex.find_iter(&folded.text).map(|m| m.range()).filter(|r| !r.is_empty());
        found.map(|range| folded.source(range)).collect()
    }
}

/// The characters of a pattern that stand for themselves, or nearly so: no escapes, no names and flags of groups.
fn literal(pattern: &str) -> String {
    let mut kept = String::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8) + braced(rest),
            '(' if rest.starts_with("(?") => rest.find([')', ':', '>', '=']).map_or(rest.len(), |end| end + 1),
            _ => {
                kept.push(c);
                c.len_utf8()
            }
        };
        rest = rest.get(skipped..).unwrap_or_default();
    }
    kept
}

/// How long the braces behind an escape are that belong to it: `\p{Lu}`, `\x{E9}`.
fn braced(escape: &str) -> usize {
    let tail = escape.get(2..).unwrap_or_default();
    let takes = escape.get(1..2).is_some_and(|c| "pPxuU".contains(c));
    if takes && tail.starts_with('{') { tail.find('}').map_or(tail.len(), |end| end + 1) } else { 0 }
}

impl Flaw {
    fn of(kind: &ErrorKind) -> Flaw {
        use ErrorKind as E;
        match kind {
            E::GroupUnclosed => Flaw::OpenGroup,
            E::GroupUnopened => Flaw::ClosedGroup,
            E::ClassUnclosed => Flaw::OpenClass,
            E::RepetitionMissing | E::RepetitionCountUnclosed | E::RepetitionCountInvalid => Flaw::Repetition,
            E::RepetitionCountDecimalEmpty | E::DecimalEmpty | E::DecimalInvalid => Flaw::Repetition,
            E::EscapeUnexpectedEof | E::EscapeUnrecognized | E::EscapeHexInvalid | E::EscapeHexEmpty => Flaw::Escape,
            E::EscapeHexInvalidDigit | E::UnicodeClassInvalid | E::UnsupportedBackreference => Flaw::Escape,
            E::NestLimitExceeded(_) | E::CaptureLimitExceeded => Flaw::TooLarge,
            _ => Flaw::Unclear,
        }
    }
}
