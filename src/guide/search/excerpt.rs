//! A hit with a little of what stands around it, on one line: for lists of many guides, which keep none of them. Knows
//! no width: who shows it cuts it to the room that there is.

use super::Hit;
use crate::guide::{CleanText, Guide};
use std::ops::Range;

/// Characters before a hit that are kept.
const BEFORE: usize = 60;
/// Characters of a hit that are kept: a regular expression may find a whole line.
const HELD: usize = 160;
/// Characters behind a hit that are kept.
const BEHIND: usize = 160;

/// A hit and its surroundings. Their white space is one space each, also where they meet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// What stands before the hit.
    pub before: CleanText,
    /// The hit.
    pub hit: CleanText,
    /// What stands behind it.
    pub behind: CleanText,
}

impl Excerpt {
    /// Of a hit in a guide.
    pub fn of(guide: &Guide, hit: &Hit) -> Excerpt {
        let Some(block) = guide.block(hit.block) else { return Excerpt::default() };
        let (text, range) = (block.text.as_str(), hit.range.start as usize..hit.range.end as usize);
        let part = |range: Range<usize>| text.get(range).unwrap_or_default();
        let before = part(0..range.start);
        let start = before.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
        let before = line(before.get(start..).unwrap_or_default(), BEFORE);
        Excerpt {
            before: CleanText::new(if start == 0 { before.trim_start() } else { &before }),
            hit: CleanText::new(&line(part(range.clone()), HELD)),
            behind: CleanText::new(line(part(range.end..text.len()), BEHIND).trim_end()),
        }
    }
}

/// The first characters of a text, as one line.
fn line(text: &str, most: usize) -> String {
    let mut line = String::new();
    for c in text.chars().filter(|c| *c != '\u{ad}').take(most) {
        match c {
            ' ' | '\n' | '\t' if line.ends_with(' ') => {}
            ' ' | '\n' | '\t' => line.push(' '),
            c => line.push(c),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Origin;
    use crate::guide::search::{Index, Query};

    fn first(source: &str, query: &str) -> [String; 3] {
        let guide = Guide::parse(source, &Origin::default());
        let query = Query::read(query).unwrap().unwrap();
        let hits = Index::of(&guide).find(&guide, &query, &|| true).unwrap();
        let Excerpt { before, hit, behind } = Excerpt::of(&guide, hits.get(0).unwrap());
        [before, hit, behind].map(|text| text.to_string())
    }

    #[test]
    fn a_hit_keeps_its_own_letters_and_what_stands_around_it() {
        let around = first("# A\n\nAvant un *événement*,\non prévient.\n", "evenement");
        assert_eq!(around, ["Avant un ", "événement", ", on prévient."]);
        assert_eq!(first("seul", "seul"), ["", "seul", ""]);
        assert_eq!(first("a  \nb", "a b"), ["", "a b", ""], "a hard break is a space");
        assert_eq!(first("```\n\tun\n\tdeux\n\n\ttrois\n```\n", "deux"), ["un ", "deux", " trois"]);
        assert_eq!(first("| a | b |\n|---|---|\n| c | d |\n", "c"), ["a b ", "c", " d"]);
    }

    #[test]
    fn of_a_long_text_only_a_little_is_kept() {
        let long = "é ".repeat(10_000);
        let [before, hit, behind] = first(&format!("{long}mot {long}"), "mot");
        assert_eq!((before.chars().count(), hit.as_str(), behind.chars().count()), (BEFORE, "mot", BEHIND));
        let [_, hit, _] = first(&"x".repeat(10_000), "re:x+");
        assert_eq!(hit.len(), HELD);
    }

    #[test]
    fn nothing_of_a_hostile_text_drives_the_terminal() {
        let parts = first("a\u{1b}[31m\u{202e}b \u{7}mot\u{9b}2J c", "mot");
        assert!(parts.iter().all(|part| !part.contains(|c: char| c.is_control() || c == '\u{202e}')), "{parts:?}");
    }
}
