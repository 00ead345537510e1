//! Where the sketches of one text's versions lie, and where those of different texts do: both sides of the bar.

use super::*;
use crate::guide::Origin;
use crate::progress::likeness::same_text;

const BUILT_IN: &str = include_str!("../../content/lancer-sa-communaute.md");
const ONBOARDING: &str = include_str!("../../tests/suite/guides/onboarding.md");

fn sketches(source: &str) -> Vec<u64> {
    let guide = Guide::parse(source, &Origin::default());
    guide.items.iter().map(|item| sketch(&guide, item)).collect()
}

/// Whether the one item that holds a part is still known after the part is replaced.
fn known_after(part: &str, by: &str) -> bool {
    assert_eq!(BUILT_IN.matches(part).count(), 1, "{part}");
    let (old, new) = (sketches(BUILT_IN), sketches(&BUILT_IN.replace(part, by)));
    let mut changed = old.iter().zip(&new).filter(|(old, new)| old != new);
    let (old, new) = changed.next().unwrap();
    assert_eq!(changed.next(), None);
    same_text(*old, *new)
}

#[test]
fn a_text_of_which_a_few_words_changed_is_known() {
    for (part, by) in [
        ("Luma, Meetup, ou d'autres plateformes peuvent vous aider", "Luma, Meetup ou Mobilizon peuvent vous aider"),
        ("Sélectionnez un outil pour gérer", "Prenez un outil simple pour gérer"),
        ("Clarifiez dès le départ", "Dites clairement dès le départ"),
        (" : un apéro tech, une table ronde, ou un format libre", ""),
        ("2 à 4 autres CTO", "trois autres CTO"),
    ] {
        assert!(known_after(part, by), "{part}");
    }
}

#[test]
fn a_text_of_which_a_third_went_is_another() {
    let second = " Luma, Meetup, ou d'autres plateformes peuvent vous aider à organiser vos rencontres et communiquer avec \
                  vos membres.";
    assert!(!known_after(second, ""));
    assert!(!known_after(" Votre liberté de parole et d'action est votre force.", ""));
}

#[test]
fn no_two_texts_of_a_guide_are_taken_for_one() {
    let all: Vec<u64> = [BUILT_IN, ONBOARDING].iter().flat_map(|s| sketches(s)).filter(|s| *s != 0).collect();
    assert_eq!(all.len(), 16);
    for (n, a) in all.iter().enumerate() {
        for b in all.iter().take(n) {
            assert!((a ^ b).count_ones() >= 20 && !same_text(*a, *b));
        }
    }
}

#[test]
fn a_text_of_few_words_says_nothing() {
    assert_eq!(sketches("- [ ] Call Bob. He is in the office.\n"), [0]);
    assert_ne!(sketches("- [ ] Call Bob. His number hangs beside the door of the small office upstairs today.\n"), [0]);
}

#[test]
fn fingerprints_stand_in_journals_and_never_change() {
    let guide = Guide::parse("# G\n\n1. Été\n2. L’hiver\n3. été\n", &Origin::default());
    let near: Vec<Near> = spots(&guide).iter().map(|s| s.near).collect();
    let print = |label: &str| fingerprint(name_of(label));
    let of = |before, after, section| Near { before, after, section, guide: section, sketch: 0 };
    let (summer, winter) = (print("ete"), print("l'hiver"));
    assert_eq!(near, [of(EDGE, winter, 2), of(summer, summer, 1), of(winter, EDGE, 2)]);
    assert_eq!((summer, winter), (4_033_096_283, 598_453_872));
    let text = "- [ ] Call Bob. His number hangs beside the door of the small office upstairs today.\n";
    assert_eq!(sketches(text), [10_574_164_016_649_901_717]);
}

#[test]
fn what_is_kept_of_a_guide_is_found_anew_for_another() {
    let guide = |text: &str| Guide::parse(text, &Origin::default());
    let text = "# A\n\n## B\n\n- [ ] un\n- [ ] deux\n";
    let kept = Spots::default().of(&guide(text));
    assert!(Arc::ptr_eq(&kept.all, &kept.of(&guide(text)).all));
    for (from, to) in [("un", "une"), ("B", "C"), ("- [ ] deux\n", ""), ("un\n", "un\n\n  texte\n\n"), ("## B", "")] {
        let other = guide(&text.replace(from, to));
        let (reused, anew) = (kept.of(&other), spots(&other));
        let told = |all: &[Spot]| format!("{all:?}");
        assert_eq!(told(&reused), told(&anew), "{from:?} became {to:?}");
        assert_ne!(told(&reused), told(&kept), "{from:?} became {to:?}");
    }
}
