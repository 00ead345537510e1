//! How clean text is held: by itself, or in one piece of memory with others. Two texts are the same where they read the
//! same. Cleans nothing.

use super::CleanText;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

/// How a text is held.
#[derive(Clone)]
pub(super) enum Held {
    /// By itself.
    Own(String),
    /// In one piece of memory with others, from a byte on up to another: see [`together`].
    Shared(Arc<String>, u32, u32),
}

impl Default for Held {
    fn default() -> Held {
        Held::Own(String::new())
    }
}

impl CleanText {
    /// The text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Held::Own(text) => text,
            Held::Shared(all, from, to) => all.get(*from as usize..*to as usize).unwrap_or_default(),
        }
    }

    /// A part of it; empty where the range does not fit. Takes no room of its own where the text has none.
    pub fn part(&self, range: Range<usize>) -> CleanText {
        let Some(part) = self.get(range.clone()) else { return CleanText::default() };
        match &self.0 {
            Held::Own(_) => CleanText::of(part.to_owned()),
            Held::Shared(all, from, _) => {
                CleanText(Held::Shared(all.clone(), from + range.start as u32, from + range.end as u32))
            }
        }
    }
}

impl PartialEq for CleanText {
    fn eq(&self, other: &CleanText) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for CleanText {}

impl PartialOrd for CleanText {
    fn partial_cmp(&self, other: &CleanText) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for CleanText {
    fn cmp(&self, other: &CleanText) -> Ordering {
        self.as_str().cmp(other)
    }
}

impl Hash for CleanText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for CleanText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CleanText").field(&self.as_str()).finish()
    }
}

/// Puts texts into one piece of memory: hundreds of thousands of small ones cost the allocator half as much again, and
/// keep the memory between them from being used. One that equals the one before stands there once.
pub(in crate::guide) fn together(texts: Vec<&mut CleanText>) {
    let mut all = String::with_capacity(texts.iter().map(|text| text.len()).sum());
    let mut last = 0..0;
    let mut place = |text: &CleanText| {
        if all.get(last.clone()) != Some(text) {
            last = all.len()..all.len() + text.len();
            all.push_str(text);
        }
        last.clone()
    };
    let places: Vec<Range<usize>> = texts.iter().map(|text| place(text)).collect();
    if u32::try_from(all.len()).is_err() {
        return;
    }
    all.shrink_to_fit();
    let all = Arc::new(all);
    for (text, place) in texts.into_iter().zip(places) {
        text.0 = Held::Shared(all.clone(), place.start as u32, place.end as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_are_put_together_read_as_before_and_take_no_more_room() {
        let texts = ["été", "", "https://a.fr/", "https://a.fr/", "e\u{301}"];
        let mut held: Vec<CleanText> = texts.iter().map(|text| CleanText::new(text)).collect();
        let before = held.clone();
        together(held.iter_mut().collect());
        assert_eq!(held, before);
        let all = |text: &CleanText| match &text.0 {
            Held::Shared(all, ..) => all.len(),
            Held::Own(_) => 0,
        };
        assert!(held.iter().all(|text| all(text) == "étéhttps://a.fr/e\u{301}".len()));
        assert_eq!(size_of::<CleanText>(), size_of::<String>());
    }

    #[test]
    fn a_part_reads_the_same_however_the_whole_is_held() {
        let own = CleanText::new("1. été");
        let mut shared = own.clone();
        together(vec![&mut CleanText::new("before"), &mut shared]);
        for range in [0..0, 3..8, 0..8, 4..5, 3..9, 8..8] {
            assert_eq!(shared.part(range.clone()), own.part(range.clone()), "{range:?}");
        }
        for (text, is_held) in [("été", true), ("hiver", false)] {
            let within = CleanText::new(text).within(&shared);
            assert_eq!((within.as_str(), matches!(within.0, Held::Shared(..))), (text, is_held));
        }
    }
}
