//! What is an item and what is none, row by row of the table in the product's description.

use super::super::{Guide, ItemKind, Origin, Why};

fn guide(markdown: &str) -> Guide {
    Guide::parse(markdown, &Origin { name: "essai".into(), base_url: None })
}

fn labels(guide: &Guide) -> Vec<&str> {
    guide.items.iter().map(|i| i.label.as_str()).collect()
}

#[test]
fn a_hash_is_written_as_its_hexadecimal_digits() {
    for hash in [0, 9, 10, u64::MAX, 0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210, 0x9a00_0000_0000_00a9] {
        assert_eq!(super::digits(hash), format!("{hash:016x}"));
    }
}

#[test]
fn the_built_in_guide_has_five_steps_and_four_values() {
    let guide = guide(include_str!("../../content/lancer-sa-communaute.md"));
    assert_eq!(guide.title.as_str(), "Lancer sa communauté de CTO dans votre ville");
    let groups: Vec<(&str, usize)> = guide.groups.iter().map(|g| (g.title.as_str(), g.items.len())).collect();
    assert_eq!(groups, [("Comment lancer votre communauté ?", 5), ("Les valeurs essentielles à préserver", 4)]);
    assert_eq!(
        labels(&guide),
        [
            "Rassemblez une équipe de co-animateurs",
            "Définissez vos valeurs et votre mission",
            "Choisissez votre plateforme",
            "Organisez votre premier événement",
            "Communiquez et faites grandir",
            "Indépendance",
            "Bénévolat",
            "Exclusivité Tech",
            "Pas de prospection",
        ]
    );
    assert_eq!(guide.headings.len(), 10);
    assert!(guide.items.iter().take(5).all(|i| i.why == Why::NumberedHeading && i.kind == ItemKind::Step));
    assert!(guide.items.iter().skip(5).all(|i| i.why == Why::BoldLed && i.kind == ItemKind::Value));
    assert!(guide.oddities.is_empty());
}

#[test]
fn an_ordered_list_under_a_numbered_heading_is_part_of_it() {
    let guide = guide("# Plan\n\n## 1. Un\n\n1. a b.\n2. c d.\n\n## 2. Deux\n\nTexte\n");
    assert_eq!(labels(&guide), ["Un", "a b", "c d", "Deux"]);
    assert_eq!(guide.items.iter().map(|i| i.parent()).collect::<Vec<_>>(), [None, Some(0), Some(0), None]);
    assert_eq!(
        guide.groups.iter().map(|g| (g.title.as_str(), g.parent)).collect::<Vec<_>>(),
        [("Plan", None), ("Un", Some(0)),]
    );
}

#[test]
fn a_task_box_is_a_task_anywhere_in_a_list() {
    let guide = guide("- [ ] un\n- deux\n  - [x] trois\n\n1. [ ] quatre\n2. cinq\n\n> - [ ] six\n");
    let shape: Vec<(&str, ItemKind, bool)> =
        guide.items.iter().map(|i| (i.label.as_str(), i.kind, i.checked)).collect();
    assert_eq!(
        shape,
        [
            ("un", ItemKind::Task, false),
            ("trois", ItemKind::Task, true),
            ("quatre", ItemKind::Task, false),
            ("cinq", ItemKind::Step, false),
            ("six", ItemKind::Task, false),
        ]
    );
}

#[test]
fn what_is_quoted_or_alone_is_no_step() {
    assert!(guide("> 1. un\n> 2. deux\n").items.is_empty());
    assert!(guide("1. seul\n").items.is_empty());
    assert!(guide("## 1. Seul\n\n## Autre\n").items.is_empty());
    assert!(guide("## 2. Deux\n\n## 3. Trois\n").items.is_empty(), "numbers start from 1");
    assert!(guide("- un\n- deux\n").items.is_empty());
    assert!(guide("- **un** : a\n- **deux** : b\n").items.is_empty(), "no heading of values above");
}

#[test]
fn numbers_begin_anew_and_a_missing_one_takes_no_other_with_it() {
    let guide = guide("## 1. a\n## 2. b\n## 4. c\n## Entracte\n## 1. d\n## Step 2: e\n");
    assert_eq!(labels(&guide), ["a", "b", "c", "d", "e"]);
}

#[test]
fn under_a_heading_of_values_things_are_upheld() {
    let guide = guide(
        "## Les 10 principes\n\n### 1. Un\n\n### 2. Deux\n\n## Our rules\n\n- **Kind.** Be kind.\n- **Fair** – be fair\n",
    );
    assert!(guide.items.iter().all(|i| i.kind == ItemKind::Value));
    assert_eq!(labels(&guide), ["Un", "Deux", "Kind", "Fair"]);
    assert_eq!(guide.items.first().map(|i| i.why), Some(Why::NumberedValue));
}

#[test]
fn a_numbered_heading_of_values_is_a_step_that_holds_values() {
    let guide = guide("## 1. Nos valeurs\n\n- **Un** : a\n\n## 2. La suite\n");
    let kinds: Vec<(&str, ItemKind)> = guide.items.iter().map(|i| (i.label.as_str(), i.kind)).collect();
    assert_eq!(kinds, [("Nos valeurs", ItemKind::Step), ("Un", ItemKind::Value), ("La suite", ItemKind::Step)]);
}

#[test]
fn a_list_with_one_plain_bullet_is_no_list_of_values() {
    assert!(guide("## Valeurs\n\n- **Un** : a\n- deux\n").items.is_empty());
}

#[test]
fn the_author_settles_what_is_what() {
    let text = "## Annexe\n\n1. a\n2. b\n\n## Nos usages\n\n- **x** : y\n- **z** : t\n\n## Étapes\n\n1. c\n2. d\n";
    let with = |front: &str| guide(&format!("---\njalon: {{{front}}}\n---\n{text}"));
    assert_eq!(labels(&with("")), ["a", "b", "c", "d"]);
    assert_eq!(labels(&with("ignore: [\"annexe\"]")), ["c", "d"]);
    assert_eq!(labels(&with("steps: false, values: [\"Nos usages\"]")), ["x", "z"]);
}

#[test]
fn ids_tell_twins_apart_and_outlive_renumbering() {
    let twins = guide("# A\n\n- [ ] même\n- [ ] même\n");
    let ids: Vec<&str> = twins.items.iter().map(|i| i.id.0.as_str()).collect();
    assert_ne!(ids.first(), ids.last());
    let before = guide("# P\n## 1. Un\n## 2. Deux\n");
    let after = guide("# P\n## 1. Zéro\n## 2. Un\n## 3. Deux\n");
    assert_eq!(before.items.first().map(|i| (&i.id, i.body)), after.items.get(1).map(|i| (&i.id, i.body)));
    let named = guide("# P\n## 1. Un {#premier}\n## 2. Deux {#premier}\n");
    assert_eq!(named.items.first().map(|i| i.id.0.as_str()), Some("premier"));
    assert_ne!(named.items.get(1).map(|i| i.id.0.as_str()), Some("premier"), "an id is given once");
}

#[test]
fn ids_are_the_same_for_ever() {
    let guide = guide(include_str!("../../content/lancer-sa-communaute.md"));
    assert_eq!(guide.items.first().map(|i| i.id.0.as_str()), Some("f7025dd4b1788455"));
}

#[test]
fn the_number_of_a_footnote_is_no_part_of_a_name() {
    let notes = "[^1]: x\n[^2]: x\n[^3]: x\n[^4]: x\n";
    let guide = guide(&format!("# A[^1] b\n\n## 1. Un[^2]\n\n## 2. Deux\n\n- [ ] write[^3] it[^4]. Then\n\n{notes}"));
    assert_eq!(guide.title.as_str(), "A b");
    assert_eq!(labels(&guide), ["Un", "Deux", "write it"]);
}

#[test]
fn a_footnote_that_comes_before_leaves_an_item_what_it_was() {
    let rest = "- [ ] write[^a] it\n\n  More[^a] of it.\n\n[^a]: x\n[^b]: y\n";
    let (one, two) = (guide(rest), guide(&format!("First[^b].\n\n{rest}")));
    let told = |guide: &Guide| guide.items.iter().map(|i| (i.id.clone(), i.body)).collect::<Vec<_>>();
    assert_eq!(told(&one), told(&two));
}

#[test]
fn a_label_reads_the_same_whatever_blanks_stand_behind_it() {
    let guide = guide("# A\n\n## 1. Été\u{a0}\n\na\n\n## 2. Hiver&nbsp;&nbsp;\n\nb\n\n- [ ] x\n");
    let labels: Vec<_> = guide.items.iter().map(|item| item.label.as_str()).collect();
    assert_eq!(labels, ["Été", "Hiver", "x"]);
    assert_eq!(guide.groups.last().map(|group| group.title.as_str()), Some("Hiver"));
}
