//! A guide read in parts equals the guide read as one.

use super::*;
use proptest::prelude::*;
use std::fmt::Debug;

fn read_at(source: &str, least: usize) -> Guide {
    let source = super::super::parse::normalised(source).into_owned();
    read_alone(source, &Origin { name: "nom".into(), base_url: None }, least)
}

/// Reads in two halves, the second one first.
fn read_in_halves(source: &str, least: usize) -> Guide {
    let source = super::super::parse::normalised(source).into_owned();
    let backwards = |one: Work<'_>, other: Work<'_>| {
        other();
        one();
    };
    read_in_parts(source, &Origin { name: "nom".into(), base_url: None }, least, 0, &backwards)
}

fn same<T: PartialEq + Debug>(what: &str, parts: &T, whole: &T) -> Result<(), String> {
    if parts == whole { Ok(()) } else { Err(format!("{what}:\n  in parts {parts:?}\n  whole    {whole:?}")) }
}

/// Compares everything that a guide tells.
fn compare(parts: &Guide, whole: &Guide) -> Result<(), String> {
    same("blocks", &parts.blocks().collect::<Vec<_>>(), &whole.blocks().collect())?;
    same("containers", &parts.containers().collect::<Vec<_>>(), &whole.containers().collect())?;
    same("links", &parts.links().collect::<Vec<_>>(), &whole.links().collect())?;
    same("headings", &parts.headings, &whole.headings)?;
    same("names", &parts.names, &whole.names)?;
    same("footnotes", &parts.footnotes, &whole.footnotes)?;
    same("groups", &parts.groups, &whole.groups)?;
    same("items", &parts.items, &whole.items)?;
    same("contacts", &parts.contacts, &whole.contacts)?;
    same("oddities", &parts.oddities, &whole.oddities)?;
    same("title", &parts.title, &whole.title)?;
    let ends = |guide: &Guide| guide.containers().map(|(id, _)| guide.container_end(id)).collect::<Vec<_>>();
    same("ends", &ends(parts), &ends(whole))?;
    let linked = |guide: &Guide| {
        (0..guide.block_count()).map(|n| guide.links_from(n, 0).map(|(id, _)| id).collect()).collect::<Vec<Vec<_>>>()
    };
    same("links of blocks", &linked(parts), &linked(whole))?;
    let at = |guide: &Guide| (0..=guide.source.len()).map(|byte| guide.block_at_byte(byte)).collect::<Vec<_>>();
    same("blocks at bytes", &at(parts), &at(whole))
}

/// Reads a source in parts of several sizes, kept and forgotten, and as one.
fn check(source: &str) -> Result<(), String> {
    let whole = read_at(source, usize::MAX);
    for least in [1, 40] {
        let mut parts = read_at(source, least);
        compare(&parts, &whole).map_err(|why| format!("{source:?} in parts of {least}\n{why}"))?;
        compare(&read_in_halves(source, least), &whole)
            .map_err(|why| format!("{source:?} in halves, {least}\n{why}"))?;
        // Parsed again, each by itself.
        parts.parts.forget_all();
        compare(&parts, &whole).map_err(|why| format!("{source:?} in parts of {least}, read again\n{why}"))?;
    }
    Ok(())
}

/// What goes over borders, or looks as if a part could begin in it.
const PIECES: [&str; 54] = [
    "# Un\n",
    "## 1. Deux\n",
    "## 2. Trois\n",
    "Titre\n=====\n",
    "# Nos valeurs\n",
    "un texte\n",
    "un [lien][r] et [r] et [r][]\n",
    "![image][R]\n",
    "[r]: https://un.fr/\n",
    "[r]: https://deux.fr/\n",
    "[R]: <mailto:a@b.fr> 'titre\n",
    "> [r]: https://trois.fr/\n",
    "> [R]: https://quatre.fr/ 'sans fin\n",
    "une note[^n] et[^autre]\n",
    "[^n]: le texte\n",
    "[^autre]: - [ ] en note\n",
    "    et sa suite\n",
    "[^n]\n",
    "lien [avec note[^n]](https://x.fr)\n",
    "- un\n",
    "- **gras** : deux\n",
    "  suite\n",
    "1. un\n",
    "2. [x] deux\n",
    "7) sept\n",
    "- [ ] tâche\n",
    "  - dedans\n",
    "    1. plus loin\n",
    "* * *\n",
    "---\n",
    "```\n",
    "```rust\n",
    "  ```\n",
    "- ```\n",
    "> ```\n",
    "~~~~\n",
    "    code\n",
    "\tcode\n",
    "> cité\n",
    "> - [ ] cité\n",
    ">\n",
    "| a | b |\n|---|---|\n",
    "| c | `d` |\n",
    "<details>\n",
    "<details open><summary>s</summary>\n",
    "</details>\n",
    "<!-- commentaire\n",
    "-->\n",
    "<script>\n",
    "</script>\n",
    "<a name=\"ici\"></a>\n",
    "<pre>\n",
    "$$\nx\n$$\n",
    "\u{202e}caché\n",
];

#[test]
fn every_pair_of_pieces_reads_the_same_in_parts() {
    for a in PIECES {
        for b in PIECES {
            for source in
                [format!("{a}\n{b}"), format!("{a}\n{b}\n# Fin\n\n[r] x[^n]\n"), format!("[r]\n\n{a}{b}\nfin\n")]
            {
                if let Err(why) = check(&source) {
                    panic!("{why}");
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    #[test]
    fn a_guide_reads_the_same_in_parts(
        pieces in prop::collection::vec((prop::sample::select(&PIECES[..]), prop::bool::weighted(0.6)), 0..24),
    ) {
        let source: String = pieces.iter().map(|(piece, blank)| format!("{piece}{}", if *blank { "\n" } else { "" })).collect();
        prop_assert_eq!(check(&source), Ok(()));
    }
}

#[test]
fn the_first_line_of_the_next_part_defines_nothing_for_this_one() {
    for source in [
        "[r]\n\n[r]: /un\n\n[r]\n\n> [r]: /deux\n",
        "[r]: <>\n\n[r]\n\n> [r]: /deux\n",
        "[r]\n\n> [r]: /un 'sans\n\nfin\n",
    ] {
        check(source).unwrap();
    }
}

#[test]
fn front_matter_belongs_to_no_part() {
    check("---\ntitle: Titre\nbase_url: https://a.fr/\n---\n\n# Un\n\n[x](/y)\n\n# Deux\n\n[^1]\n\n[^1]: là\n")
        .unwrap();
    check("").unwrap();
    check("\n\n\n").unwrap();
    check("---\ntitle: x\n---\n").unwrap();
}

#[test]
fn what_was_parsed_of_a_large_guide_is_forgotten_and_comes_again() {
    let source: String = (0..40_000)
        .map(|n| format!("# Partie {n}\n\n- [ ] un **texte** [lien](https://a.fr/{n}) assez long\n\n"))
        .collect();
    let mut guide = Guide::parse(&source, &Origin::default());
    assert!(!guide.is_heavy(), "nothing is parsed before it is asked for");
    let texts = |guide: &Guide| guide.blocks().map(|(_, b)| b.text.to_string()).collect::<Vec<_>>();
    let read = texts(&guide);
    assert!(guide.is_heavy());
    guide.forget_but(10..20);
    assert!(!guide.is_heavy());
    assert_eq!(texts(&guide), read);
    let mut small = Guide::parse("# Un\n\ndeux\n", &Origin::default());
    small.forget_but(0..1);
    assert_eq!(texts(&small), ["Un", "deux"]);
}

#[test]
fn what_nothing_can_part_is_one_part() {
    for (source, parts) in [
        ("# Un\n\ntexte\n\n# Deux\n", 3),
        ("```\n\n# a\n\n# b\n\n# c\n", 1),
        ("<details>\n\n# a\n\n# b\n\n# c\n", 1),
        ("- ```\n  ```\n```\n\n# a\n\n# b\n", 1),
        ("- a\n\n- b\n\n  c\n\n- d\n", 1),
        ("- a\n\nb\n\n- c\n", 3),
        ("<!--\n\n# a\n\n-->\n\n# b\n", 2),
    ] {
        let guide = read_at(source, 1);
        assert_eq!(guide.part_count(), parts, "{source:?}");
    }
}
