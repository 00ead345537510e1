//! How well a text fits what somebody typed, when letters may be left out: a score, and which letters they are.
//! Texts come folded (`guide::fold`); what they are texts of is nobody's business here.

/// What a letter is worth that is there.
const LETTER: i32 = 16;
/// More where it follows the letter before it at once.
const TOGETHER: i32 = 10;
/// More where it opens the text.
const FIRST: i32 = 12;
/// More where it opens a word.
const OPENING: i32 = 9;
/// Less where letters are left out: for the first of them, with those that follow one less each.
const GAP: i32 = 4;
/// The least that a fit is worth, for each letter: what is more scattered was not meant.
const LEAST: i32 = 13;
/// The most of a text that is looked at, in letters, and of a word that is typed.
const LONGEST: usize = 160;
const WORD: usize = 40;
/// No way leads here.
const NONE: i32 = i32::MIN / 4;

/// How well a folded text fits all words of a folded query, in any order; none where one of them does not. Of two texts
/// that hold the same, the shorter one fits better.
pub(super) fn score(query: &str, text: &str) -> Option<i32> {
    if !query.split(' ').all(|word| follows(word, text)) {
        return None;
    }
    let letters: Vec<char> = text.chars().take(LONGEST).collect();
    let words = query.split(' ').filter(|w| !w.is_empty());
    let sum = words.map(|word| Some(fit(word, &letters)?.0)).sum::<Option<i32>>()?;
    Some(sum - letters.len() as i32 / 16)
}

/// Which letters of the text fit the query, counted from 0, in order.
pub(super) fn letters(query: &str, text: &str) -> Vec<usize> {
    let all: Vec<char> = text.chars().take(LONGEST).collect();
    let words = query.split(' ').filter(|w| !w.is_empty());
    let mut found: Vec<usize> = words.filter_map(|word| fit(word, &all)).flat_map(|f| f.1).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether the letters of a word follow each other in a text: most texts are told apart by that.
fn follows(word: &str, text: &str) -> bool {
    let mut rest = text.chars();
    word.chars().take(WORD).all(|c| rest.any(|t| t == c))
}

/// The best way to find a word in a text: its worth, and its letters. Of all ways, not the first (Smith and Waterman,
/// 1981, with a price for each gap).
fn fit(word: &str, text: &[char]) -> Option<(i32, Vec<usize>)> {
    let word: Vec<char> = word.chars().take(WORD).collect();
    let width = text.len();
    // For each letter of the word and each of the text: the worth of the best way that ends there, and the place of
    // the letter before it.
    let mut worth = vec![NONE; word.len() * width];
    let mut before = vec![0_usize; word.len() * width];
    for (row, letter) in word.iter().enumerate() {
        // The best way to an earlier letter that leaves at least one out, and where it ended.
        let mut far = (NONE, 0);
        for (at, here) in text.iter().enumerate() {
            let above = |at: usize| row.checked_sub(1).and_then(|r| worth.get(r * width + at)).copied().unwrap_or(NONE);
            if at >= 2 {
                let new = above(at - 2) - GAP;
                far = if new >= far.0 - 1 { (new, at - 2) } else { (far.0 - 1, far.1) };
            }
            if here != letter {
                continue;
            }
            let own = LETTER + opening(text, at);
            let near = if at > 0 { above(at - 1) + TOGETHER } else { NONE };
            let (best, from) = match row {
                0 => (0, 0),
                _ if near >= far.0 => (near, at.saturating_sub(1)),
                _ => far,
            };
            if let (Some(w), Some(b)) = (worth.get_mut(row * width + at), before.get_mut(row * width + at)) {
                (*w, *b) = (own + best, from);
            }
        }
    }
    let last = word.len().checked_sub(1)?;
    let ends = worth.get(last * width..)?;
    // Of equal ways the first one.
    let (mut at, best) = ends.iter().enumerate().rev().max_by_key(|(_, w)| **w)?;
    if *best < LEAST * word.len() as i32 {
        return None;
    }
    let mut found = vec![at];
    for row in (1..=last).rev() {
        at = *before.get(row * width + at)?;
        found.push(at);
    }
    found.reverse();
    Some((*best, found))
}

/// What a letter is worth for where it stands.
fn opening(text: &[char], at: usize) -> i32 {
    match at.checked_sub(1).and_then(|before| text.get(before)) {
        None => FIRST,
        Some(before) if !before.is_alphanumeric() => OPENING,
        Some(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The texts that fit, the best one first.
    fn ranked<'a>(query: &str, texts: &[&'a str]) -> Vec<&'a str> {
        let mut fits: Vec<(i32, &str)> = texts.iter().filter_map(|t| Some((score(query, t)?, *t))).collect();
        fits.sort_by_key(|f| -f.0);
        fits.into_iter().map(|f| f.1).collect()
    }

    fn marked(query: &str, text: &str) -> String {
        let found = letters(query, text);
        text.chars().enumerate().map(|(i, c)| if found.contains(&i) { c.to_ascii_uppercase() } else { c }).collect()
    }

    #[test]
    fn what_begins_so_comes_before_what_holds_it_and_that_before_what_is_scattered() {
        let texts = ["au debut du plan", "plan", "replanter", "aller au plan", "la page de la nuit"];
        assert_eq!(ranked("plan", &texts), ["plan", "aller au plan", "au debut du plan", "replanter", texts[4]]);
        assert_eq!(ranked("ct", &["changer de theme", "compter", "cocher la tache"])[0], "cocher la tache");
    }

    #[test]
    fn the_letters_marked_are_those_that_make_the_fit() {
        assert_eq!(marked("plan", "aplanir le plan"), "aplanir le PLAN", "the word, not the first place");
        assert_eq!(marked("cs", "copier cette section"), "copier Cette Section", "of two words the nearer one");
        assert_eq!(marked("section copier", "copier cette section"), "COPIER cette SECTION", "in any order");
        assert_eq!(marked("deplo", "deploiement"), "DEPLOiement");
        assert_eq!(letters("xyz", "abc"), [0; 0]);
    }

    #[test]
    fn every_word_must_be_there() {
        assert!(score("copier nulle", "copier cette section").is_none());
        assert!(score("", "tout").is_some());
        assert!(score("sn", "la section de la toute fin, sans nom").is_some());
        let scattered = format!("a{0}b{0}c", "x".repeat(20));
        assert!(score("abc", &scattered).is_none(), "that was not meant");
    }

    /// All ways, tried one by one.
    fn slow(word: &[char], text: &[char], from: usize, last: Option<usize>) -> i32 {
        let Some((letter, rest)) = word.split_first() else { return 0 };
        let mut best = NONE;
        for at in from..text.len() {
            if text[at] != *letter {
                continue;
            }
            let joined = match last {
                None => 0,
                Some(last) if last + 1 == at => TOGETHER,
                Some(last) => -GAP - (at - last - 2) as i32,
            };
            let more = slow(rest, text, at + 1, Some(at));
            best = best.max(LETTER + opening(text, at) + joined + more);
        }
        best
    }

    proptest! {
        #[test]
        fn the_best_of_all_ways_is_found(word in "[ab]{1,4}", text in "[ab -]{0,12}") {
            let (w, t): (Vec<char>, Vec<char>) = (word.chars().collect(), text.chars().collect());
            let best = slow(&w, &t, 0, None);
            let wanted = (best >= LEAST * w.len() as i32).then_some(best);
            prop_assert_eq!(fit(&word, &t).map(|f| f.0), wanted);
            if let Some((_, found)) = fit(&word, &t) {
                prop_assert!(found.iter().map(|at| t[*at]).eq(w.iter().copied()));
                prop_assert!(found.windows(2).all(|p| p[0] < p[1]));
            }
        }
    }
}
