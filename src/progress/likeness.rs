//! How alike two texts are, and where the bar lies above which one may be the other reworded. Knows words, not items.
//!
//! # Where the bar lies, and why
//!
//! Labels are compared by words, not letters: *deploy to host A* and *deploy to host B* have nearly all their letters
//! in common and are two things. The measure is Dice's, twice the words in common over the words of both, from 0 to 1:
//! one word of three changed gives 0.67, one of four 0.75.
//!
//! - Two words count as one where one letter of a long word differs: a typo put right is no new step.
//! - A word with a digit must be the same on both sides: *server 3* is not *server 4*, whatever else they share.
//! - [`BETWEEN`] (0.6) suffices where the item stands between the same two neighbours as before: what stood between
//!   them is gone and this stands there now, so one word of three may differ.
//! - [`BESIDE`] (0.75) is asked for where only one neighbour, or only the place, is the same: one word of four. An item
//!   that moved up into a gap is recognized by its having been the neighbour itself, and never gets this far.
//! - [`SKETCH`] (12 bits of 64) for the text below a label: a few words changed in a paragraph of forty stay within it,
//!   a sentence of three taken out does not. Two paragraphs of the guides that this is tested with, which share the
//!   little words of their language, differ in 20 bits or more, and in 29 on average.
//!
//! All the same, likeness only proposes. What it finds is shown as *carried over, please confirm*, and counts for
//! nothing until somebody does.

use crate::guide::fold;

/// The bar between the same two neighbours.
pub(super) const BETWEEN: f64 = 0.6;
/// The bar beside one neighbour, or at the same place.
pub(super) const BESIDE: f64 = 0.75;
/// Most bits in which the sketches of two versions of one text differ.
const SKETCH: u32 = 12;

/// Letters that a word must have for a typo in it to be put right.
const LONG_WORD: usize = 5;
/// Words of a label that are compared.
const MOST_WORDS: usize = 40;

/// How much of their words two labels have in common: 0 to 1.
pub(super) fn alike(a: &str, b: &str) -> f64 {
    let (a, b) = (fold(a).text, fold(b).text);
    let (a, b) = (words(&a), words(&b));
    if a.is_empty() || b.is_empty() || figures(&a) != figures(&b) {
        return 0.0;
    }
    let (mut ours, mut theirs, mut common) = (a.clone(), b.clone(), 0);
    for same in [|a: &str, b: &str| a == b, same_but_for_a_letter] {
        ours.retain(|word| {
            let Some(at) = theirs.iter().position(|other| same(word, other)) else { return true };
            theirs.swap_remove(at);
            common += 1;
            false
        });
    }
    2.0 * f64::from(common) / (a.len() + b.len()) as f64
}

/// Whether two sketches may be of one text.
pub(super) fn same_text(a: u64, b: u64) -> bool {
    a != 0 && b != 0 && (a ^ b).count_ones() <= SKETCH
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(MOST_WORDS).collect()
}

/// The words with digits, sorted.
fn figures<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut found: Vec<&str> = words.iter().copied().filter(|w| w.chars().any(char::is_numeric)).collect();
    found.sort_unstable();
    found
}

/// One letter changed, added, left out, or two neighbours swapped.
fn same_but_for_a_letter(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < LONG_WORD || long.len() - short.len() > 1 {
        return false;
    }
    let start = short.iter().zip(long.iter()).take_while(|(a, b)| a == b).count();
    let end = short.iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    let middle = long.len().saturating_sub(start + end);
    let swapped = || short.get(start..start + 2).is_some_and(|s| long.get(start..start + 2) == Some(&[s[1], s[0]]));
    middle <= 1 || (middle == 2 && short.len() == long.len() && swapped())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(a: &str, b: &str) -> bool {
        alike(a, b) >= BETWEEN
    }

    #[test]
    fn a_reworded_label_is_above_the_bar_between_its_neighbours() {
        for (a, b) in [
            ("Choisissez votre plateforme", "Choisissez une plateforme"),
            ("Organisez votre premier événement", "Organisez votre tout premier évènement"),
            ("Définissez vos valeurs et votre mission", "Définissez vos valeurs et votre vision"),
            ("Rassemblez une équipe de co-animateurs", "Rassemblez une équipe de coanimateurs"),
            ("Announce the release on the list", "Announce the release on the mailing list"),
            ("Recieve the keys", "Receive the keys"),
            ("Take a backup", "Take a full backup"),
        ] {
            assert!(between(a, b) && between(b, a), "{a} / {b}: {}", alike(a, b));
        }
    }

    #[test]
    fn another_step_is_below_the_bar_though_its_form_is_the_same() {
        for (a, b) in [
            ("Migrate server 3", "Migrate server 4"),
            ("Update to 1.2.3 on all hosts", "Update to 1.2.4 on all hosts"),
            ("Write the tests", "Write the docs and guides"),
            ("Write tests", "Write docs"),
            ("Indépendance", "Bénévolat"),
            ("Stop the old service", "Start the new service"),
            ("Rassemblez une équipe de co-animateurs", "Gather a team of co-organisers"),
            ("Call Ann", "Call Bob"),
            ("", ""),
            ("…", "…"),
        ] {
            assert!(!between(a, b) && !between(b, a), "{a} / {b}: {}", alike(a, b));
        }
    }

    #[test]
    fn one_word_of_four_may_differ_beside_a_neighbour_and_one_of_three_may_not() {
        assert!(alike("check the error logs", "check the access logs") >= BESIDE);
        assert!(alike("check the logs", "read the logs") < BESIDE);
        assert!(alike("check the logs", "read the logs") >= BETWEEN);
        assert!(alike("check logs", "read logs") < BETWEEN);
    }

    #[test]
    fn likeness_is_even_handed_and_counts_each_word_once() {
        assert!((alike("a b c", "a b c") - 1.0).abs() < 1e-9);
        assert!((alike("test test test", "test") - 0.5).abs() < 1e-9);
        assert!((alike("tests tests", "tests testz") - 1.0).abs() < 1e-9);
        assert!((alike("L’ÉQUIPE", "l'equipe") - 1.0).abs() < 1e-9);
        assert!(alike("one two", "three four").abs() < 1e-9);
    }

    #[test]
    fn a_letter_is_changed_added_left_out_or_swapped() {
        for (a, b) in [("plate", "plato"), ("event", "events"), ("evenement", "eveneent"), ("receive", "recieve")] {
            assert!(same_but_for_a_letter(a, b) && same_but_for_a_letter(b, a), "{a} {b}");
        }
        for (a, b) in [("start", "stops"), ("stop", "stops"), ("enable", "disable"), ("mission", "vision"), ("", "a")] {
            assert!(!same_but_for_a_letter(a, b) && !same_but_for_a_letter(b, a), "{a} {b}");
        }
    }

    #[test]
    fn sketches_that_are_not_known_are_like_nothing() {
        assert!(same_text(0xff, 0xff) && same_text(0xff, 0xff ^ 0xf_ff00) && !same_text(0xff, 0xff ^ 0x1f_ff00));
        assert!(!same_text(0, 0) && !same_text(0, 1));
    }
}
