//! Sections and places found again in another text of the guide: after an edit while it is open, or between two
//! readings. Knows a text by hashes alone, so that the earlier one need not be kept; changes no model.

use crate::guide::{Anchor, Block, BlockKind, Guide, HeadingIndex, fold, stable_hash};
use crate::words::Sections;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// The largest source, in bytes, whose sections' texts are compared; of larger ones only the headings are.
const COMPARED: usize = 4 * 1024 * 1024;

/// Between the parts of a text to hash: no title holds it.
const UNIT: char = '\u{1f}';

/// What one section is known by. Equal on every machine, for ever: what was read yesterday is compared with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    /// The titles above it and its own, and how many sections of the same path came before.
    pub path: u64,
    /// Its own title, without a number, folded.
    pub title: u64,
    /// Its own text, without the sections in it; 0 where that was not looked at.
    pub body: u64,
}

/// What a guide is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prints {
    /// The text before the first heading.
    pub lead: u64,
    /// The sections, in order.
    pub sections: Vec<Print>,
}

/// A place, as it is found again: by the section that holds it, and the text that stands there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The path of its section; none before the first heading.
    pub section: Option<u64>,
    /// How many blocks below the heading.
    pub block: u32,
    /// How many bytes into the block.
    pub byte: u32,
    /// Which of the rows that start there.
    pub nth: u32,
    /// How long the block's text is.
    pub length: u32,
    /// Its hash.
    pub text: u64,
}

/// What became of an earlier text's sections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Those that are new.
    pub(super) new: BTreeSet<HeadingIndex>,
    /// Those whose title or text is another.
    pub(super) changed: BTreeSet<HeadingIndex>,
    /// How many are gone.
    pub(super) gone: usize,
    /// The text before the first heading is another.
    pub(super) lead: bool,
}

/// The way from an earlier text of the guide to today's.
pub(super) struct Carry<'a> {
    new: &'a Guide,
    before: &'a Prints,
    now: &'a Prints,
    /// For each earlier section today's.
    headings: Vec<Option<HeadingIndex>>,
    /// Earlier sections, and today's, by their paths.
    earlier: HashMap<u64, usize>,
    today: HashMap<u64, usize>,
}

impl Prints {
    /// What a guide is known by.
    pub fn of(guide: &Guide) -> Prints {
        let compared = guide.source.len() <= COMPARED;
        let start_of = |heading: usize| guide.headings.get(heading).map_or(guide.block_count(), |h| h.block);
        let mut reading = guide.reading();
        let mut text = String::new();
        let mut body = |from: u32, to: u32| {
            if !compared {
                return 0;
            }
            text.clear();
            for at in from..to {
                let Some((block, links)) = reading.linked(at) else { continue };
                add_words(&mut text, block);
                for link in links {
                    text.extend([UNIT.to_string().as_str(), &link.target]);
                }
            }
            stable_hash(&text)
        };
        let lead = body(0, start_of(0));
        let mut sections: Vec<Print> = Vec::with_capacity(guide.headings.len());
        let mut twins: HashMap<u64, usize> = HashMap::new();
        for (index, (title, path)) in plain_paths(guide).enumerate() {
            let twin = twins.entry(path).or_default();
            let numbered = numbered(path, *twin);
            *twin += 1;
            let body = body(start_of(index) + 1, start_of(index + 1));
            sections.push(Print { path: numbered, title, body });
        }
        Prints { lead, sections }
    }
}

/// The path of one section, by those of all without the count of twins: takes less room than the prints of all.
pub(super) fn path_among(plain: &[u64], section: HeadingIndex) -> Option<u64> {
    let (path, before) = plain.get(..=section)?.split_last()?;
    Some(numbered(*path, before.iter().filter(|twin| *twin == path).count()))
}

/// The title of each section, and its path without the count of twins: hashes.
pub(super) fn plain_paths(guide: &Guide) -> impl Iterator<Item = (u64, u64)> {
    let mut known: Vec<u64> = Vec::with_capacity(guide.headings.len());
    guide.headings.iter().map(move |heading| {
        let title = stable_hash(&fold(heading.title()).text);
        let above = heading.parent.and_then(|p| known.get(p)).copied().unwrap_or_default();
        let path = stable_hash(&format!("{above:016x}{title:016x}"));
        known.push(path);
        (title, path)
    })
}

/// A path that so many sections before have.
fn numbered(path: u64, twin: usize) -> u64 {
    if twin == 0 { path } else { stable_hash(&format!("{path:016x}{UNIT}{twin}")) }
}

impl Print {
    /// Whether it has a text of its own by which to know it.
    fn has_text(&self) -> bool {
        self.body != 0 && self.body != stable_hash("")
    }
}

impl Spot {
    /// A place of a guide that these prints are of.
    pub fn of(guide: &Guide, prints: &Prints, anchor: Anchor) -> Spot {
        Spot::in_section(guide, anchor, |section| prints.sections.get(section).map(|print| print.path))
    }

    /// The same, by what tells a section's path.
    pub(super) fn in_section(guide: &Guide, anchor: Anchor, path: impl Fn(HeadingIndex) -> Option<u64>) -> Spot {
        let section = guide.section_at(anchor);
        let start = section.and_then(|s| guide.headings.get(s)).map_or(0, |h| h.block);
        let text = guide.block(anchor.block).map_or("", |b| &b.text);
        Spot {
            section: section.and_then(path),
            block: anchor.block.saturating_sub(start),
            byte: anchor.byte,
            nth: anchor.nth,
            length: length(text),
            text: stable_hash(text),
        }
    }
}

impl<'a> Carry<'a> {
    /// The way from the text that `before` is of to `new`, which `now` is of.
    pub(super) fn new(before: &'a Prints, new: &'a Guide, now: &'a Prints) -> Carry<'a> {
        let by_path = |prints: &Prints| prints.sections.iter().enumerate().map(|(i, p)| (p.path, i)).collect();
        let headings = matched(&before.sections, &now.sections);
        Carry { new, before, now, headings, earlier: by_path(before), today: by_path(now) }
    }

    /// Today's heading of an earlier section.
    pub(super) fn heading(&self, heading: HeadingIndex) -> Option<HeadingIndex> {
        self.headings.get(heading).copied().flatten()
    }

    /// Whether a place's section is still there.
    pub(super) fn holds(&self, spot: &Spot) -> bool {
        spot.section.is_none_or(|path| self.section(path).is_some())
    }

    /// The same place: the same text in the same section; where the text is gone, as far below the heading; where the
    /// section is gone, the nearest one before it that is not.
    pub(super) fn anchor(&self, spot: &Spot) -> Anchor {
        let Some(path) = spot.section else { return self.within(None, spot) };
        if let Some(section) = self.section(path) {
            return self.within(Some(section), spot);
        }
        let at = self.earlier.get(&path).copied().unwrap_or(0);
        let kept = (0..at).rev().find_map(|earlier| self.heading(earlier));
        let heading = kept.and_then(|h| self.new.headings.get(h));
        heading.map_or(Anchor::default(), |h| Anchor::of_block(h.block))
    }

    /// What became of the sections.
    pub(super) fn changes(&self) -> Changes {
        let mut earlier: Vec<Option<usize>> = vec![None; self.now.sections.len()];
        for (old, new) in self.headings.iter().enumerate() {
            if let Some(slot) = new.and_then(|n| earlier.get_mut(n)) {
                *slot = Some(old);
            }
        }
        let mut changes = Changes {
            gone: self.headings.iter().filter(|new| new.is_none()).count(),
            lead: differ(self.before.lead, self.now.lead),
            ..Changes::default()
        };
        for (index, now) in self.now.sections.iter().enumerate() {
            let before = earlier.get(index).copied().flatten().and_then(|old| self.before.sections.get(old));
            match before {
                None => _ = changes.new.insert(index),
                Some(p) if p.title != now.title || differ(p.body, now.body) => _ = changes.changed.insert(index),
                Some(_) => {}
            }
        }
        changes
    }

    /// Today's section of a path, be it one of the earlier text or one that was lost before.
    fn section(&self, path: u64) -> Option<HeadingIndex> {
        match self.earlier.get(&path) {
            Some(&earlier) => self.heading(earlier),
            None => self.today.get(&path).copied(),
        }
    }

    fn within(&self, section: Option<HeadingIndex>, spot: &Spot) -> Anchor {
        let blocks = self.new.block_count();
        let start_of = |heading: HeadingIndex| self.new.headings.get(heading).map_or(blocks, |h| h.block);
        let (start, end) = section.map_or((0, start_of(0)), |s| (start_of(s), start_of(s + 1)));
        let aim = start.saturating_add(spot.block);
        let same = |block: &u32| self.new.block(*block).is_some_and(|b| is_text(b, spot));
        if let Some(block) = (start..end).filter(same).min_by_key(|block| block.abs_diff(aim)) {
            return Anchor { block, byte: spot.byte, nth: spot.nth };
        }
        let block = aim.min(end.saturating_sub(1)).max(start.min(blocks.saturating_sub(1)));
        let most = self.new.block(block).map_or(0, |b| length(&b.text));
        let Spot { byte, nth, .. } = *spot;
        if block == aim { Anchor { block, byte: byte.min(most), nth } } else { Anchor::of_block(block) }
    }
}

impl Changes {
    /// Whether there is nothing to tell.
    pub(super) fn is_empty(&self) -> bool {
        *self == Changes::default()
    }

    /// How many sections there are to tell of; the text before the first heading is one of them.
    pub(super) fn count(&self) -> Sections {
        let changed = self.changed.len() + usize::from(self.lead);
        Sections { new: self.new.len(), changed, gone: self.gone }
    }
}

/// For each earlier section today's, in the order of trust: the same title and text wherever they stand; the same path;
/// the same text under another title; the same title elsewhere. Where several could be meant, none is.
fn matched(before: &[Print], now: &[Print]) -> Vec<Option<usize>> {
    let mut found = vec![None; before.len()];
    if before.is_empty() {
        // Of a large guide the tables below are many megabytes.
        return found;
    }
    let mut taken = vec![false; now.len()];
    let keys: [Key; 4] = [
        |p| p.has_text().then_some((p.title, p.body)),
        |p| Some((p.path, 0)),
        |p| p.has_text().then_some((p.body, 0)),
        |p| Some((p.title, 0)),
    ];
    for key in keys {
        let left = only_ones(before, |at| found.get(at).is_some_and(Option::is_none), key);
        let right = only_ones(now, |at| taken.get(at) == Some(&false), key);
        for (key, old) in left {
            if let Some(&new) = right.get(&key) {
                found[old] = Some(new);
                taken[new] = true;
            }
        }
    }
    found
}

/// What two sections must have in common; none where a section has nothing to go by.
type Key = fn(&Print) -> Option<(u64, u64)>;

/// The sections that are free, by a key that no other free one has.
fn only_ones(all: &[Print], is_free: impl Fn(usize) -> bool, key: Key) -> HashMap<(u64, u64), usize> {
    let mut ones: HashMap<(u64, u64), Option<usize>> = HashMap::new();
    for (at, print) in all.iter().enumerate().filter(|(at, _)| is_free(*at)) {
        if let Some(key) = key(print) {
            ones.entry(key).and_modify(|one| *one = None).or_insert(Some(at));
        }
    }
    ones.into_iter().filter_map(|(key, one)| Some((key, one?))).collect()
}

/// Whether two texts are known to differ.
fn differ(one: u64, other: u64) -> bool {
    one != other && one != 0 && other != 0
}

/// A block's words: white space that only breaks lines is none of the text's, save in code.
fn add_words(text: &mut String, block: &Block) {
    text.push(UNIT);
    if matches!(block.kind, BlockKind::Code { .. }) {
        text.push_str(&block.text);
        return;
    }
    for word in block.text.split_whitespace() {
        text.extend([word, " "]);
    }
}

fn is_text(block: &Block, spot: &Spot) -> bool {
    length(&block.text) == spot.length && stable_hash(&block.text) == spot.text
}

fn length(text: &str) -> u32 {
    text.len().try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Origin;

    fn guide(source: &str) -> Guide {
        Guide::parse(source, &Origin::default())
    }

    /// What is told of an edit: `+` new, `~` changed, and how many are gone.
    fn told(before: &str, now: &str) -> String {
        let (before, now) = (guide(before), guide(now));
        let (old, new) = (Prints::of(&before), Prints::of(&now));
        let changes = Carry::new(&old, &now, &new).changes();
        let names = |mark: char, set: &BTreeSet<usize>| {
            set.iter().map(|h| format!("{mark}{} ", now.headings[*h].text)).collect::<String>()
        };
        let lead = if changes.lead { "~… " } else { "" };
        let gone = if changes.gone > 0 { format!("-{}", changes.gone) } else { String::new() };
        format!("{lead}{}{}{gone}", names('+', &changes.new), names('~', &changes.changed)).trim_end().to_owned()
    }

    const GUIDE: &str = "Avant.\n\n# A\n\nun\n\n## 1. B\n\ndeux\n\n## 2. C\n\ntrois\n\n# D\n\nquatre [ici](#a)\n";

    #[test]
    fn each_edit_is_told_as_what_it_is() {
        let edits = [
            ("", "", ""),
            ("deux", "deux\nfois deux", "~1. B"),
            ("deux", "deux\n\n```\nx\n```", "~1. B"),
            ("#a", "#d", "~D"),
            ("Avant", "Devant", "~…"),
            ("# D", "# E", "~E"),
            ("# D", "# Neuf\n\nrien\n\n# D", "+Neuf"),
            ("## 1. B\n\ndeux\n\n", "", "-1"),
            ("## 1. B\n\ndeux\n\n", "## 1. Neuf\n\nx\n\n## 2. B\n\ndeux\n\n", "+1. Neuf"),
            ("# A", "# Z", "~Z"),
            ("trois\n\n# D", "trois\n\n# D\n\n## B\n\nautre B\n\n# D", "+D +B"),
        ];
        for (from, to, expected) in edits {
            assert_eq!(told(GUIDE, &GUIDE.replacen(from, to, 1)), expected, "{from:?} → {to:?}");
        }
    }

    #[test]
    fn numbers_line_breaks_and_ticks_in_the_file_change_nothing() {
        let guide = "# Liste\n\n- [ ] un\n- [ ] deux\n  fois\n\n## 1. A\n\nx\n\n## 2. B\n\ny\n";
        for (from, to) in
            [("[ ]", "[x]"), ("deux\n  fois", "deux   fois"), ("2. B", "3. B"), ("# Liste", "# Liste {#l}")]
        {
            assert_eq!(told(guide, &guide.replacen(from, to, 1)), "", "{from:?} → {to:?}");
        }
        let code = "# A\n\n```py\nif x:\n  y\n```\n";
        assert_eq!(told(code, &code.replace("  y", "y")), "~A", "in code they do");
    }

    #[test]
    fn sections_are_followed_wherever_they_go() {
        assert_eq!(
            told(GUIDE, "Avant.\n\n# D\n\nquatre [ici](#a)\n\n# A\n\nun\n\n## C\n\ntrois\n\n## B\n\ndeux\n"),
            ""
        );
        assert_eq!(told("# A\n\n## N\n\nx\n\n# B\n\n## N\n\ny\n", "# B\n\n## N\n\ny\n\n# A\n\n## N\n\nx\n"), "");
        let twins = "# N\n\nun\n\n# N\n\ndeux\n";
        assert_eq!(told(twins, &format!("# N\n\nneuf\n\n{twins}")), "+N", "the new one of three twins");
        assert_eq!(told("# A\n\nx\n", "# A\n\nz\n\n# A\n\nx\n"), "+A");
    }

    /// The text at the place to which one is carried.
    fn carried(before: &str, at: &str, now: &str) -> String {
        let (before, now) = (guide(before), guide(now));
        let (old, new) = (Prints::of(&before), Prints::of(&now));
        let block = before.blocks().find(|(_, b)| b.text.starts_with(at)).unwrap().0;
        let spot = Spot::of(&before, &old, Anchor { block, byte: 2, nth: 0 });
        let found = Carry::new(&old, &now, &new).anchor(&spot);
        let block = now.block(found.block);
        format!("{} {}", block.map_or("", |b| &*b.text), found.byte)
    }

    #[test]
    fn a_place_is_found_again_by_its_section_and_its_text() {
        let guide = "# A\n\nun\n\n# B\n\ndeux\n\ntrois\n\nquatre\n\n# C\n\ncinq\n";
        let edits = [
            ("trois", "un", "un et plus", "trois 2"),
            ("trois", "deux", "zéro\n\ndeux", "trois 2"),
            ("trois", "trois", "3", "3 1"),
            ("quatre", "\n\ntrois\n\nquatre", "", "deux 0"),
            ("trois", "# B", "# Autre", "trois 2"),
            ("cinq", "# C\n\ncinq\n", "", "B 0"),
            ("deux", "# B\n\ndeux\n\ntrois\n\nquatre\n\n", "", "A 0"),
        ];
        for (at, from, to, expected) in edits {
            assert_eq!(carried(guide, at, &guide.replacen(from, to, 1)), expected, "{at}: {from:?} → {to:?}");
        }
        assert_eq!(carried(guide, "un", ""), " 0");
        assert_eq!(carried("un\n\ndeux\n", "deux", "zéro\n\nun\n\ndeux\n\n# A\n"), "deux 2");
    }

    #[test]
    fn the_path_of_one_section_is_its_path_among_all() {
        let guide = guide("# A\n\n## B\n\n# A\n\n## B\n\n## B\n\n# C\n\n## B\n");
        let all: Vec<_> = Prints::of(&guide).sections.iter().map(|print| Some(print.path)).collect();
        let plain: Vec<u64> = plain_paths(&guide).map(|(_, path)| path).collect();
        let each: Vec<_> = (0..all.len()).map(|section| path_among(&plain, section)).collect();
        assert_eq!((each, path_among(&plain, all.len())), (all, None));
    }

    #[test]
    fn of_a_very_large_guide_only_the_headings_are_compared() {
        let large = format!("# A\n\n{}\n\n# B\n\nx\n", "mot ".repeat(COMPARED / 4));
        assert_eq!(told(&large, &large.replace("# B\n\nx", "# B\n\ny\n\n# C")), "+C");
    }

    #[test]
    fn prints_are_the_same_for_ever() {
        let prints = Prints::of(&guide("Avant\n\n# 1. Étape\n\nUn  deux\n"));
        let (path, title, body) = (15_288_506_318_690_129_891, 12_649_286_371_886_353_680, 16_499_723_510_738_492_483);
        let expected = Prints { lead: 5_461_771_813_857_010_142, sections: vec![Print { path, title, body }] };
        assert_eq!(prints, expected);
    }
}
