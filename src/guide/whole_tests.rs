//! A guide read in parts equals the guide read as one.

use super::*;
use crate::guide::Fetch;
use proptest::prelude::*;
use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};

fn read_at(source: &str, least: usize) -> Guide {
    let source = super::super::parse::normalised(source).into_owned();
    read_alone(source.into(), &Origin { name: "nom".into(), base_url: None }, least)
}

/// A source that is not held.
#[derive(Debug)]
struct Elsewhere {
    text: String,
    /// How many times more it can be fetched.
    left: AtomicUsize,
}

impl Fetch for Elsewhere {
    fn length(&self) -> usize {
        self.text.len()
    }

    fn fetch(&self, range: Range<usize>) -> Option<Vec<u8>> {
        let less = |left: usize| left.checked_sub(1);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).ok()?;
        self.text.as_bytes().get(range).map(<[u8]>::to_vec)
    }
}

fn elsewhere(source: &str, times: usize) -> Source {
    let text = super::super::parse::normalised(source).into_owned();
    Source::from(Box::new(Elsewhere { text, left: AtomicUsize::new(times) }) as Box<dyn Fetch>)
}

/// Reads what is fetched in pieces that are shorter than most lines.
fn read_elsewhere(source: &str, times: usize) -> Option<Guide> {
    let sizes = Sizes { part: 1, halved: 40, window: 5 };
    read_in_parts(elsewhere(source, times), &Origin { name: "nom".into(), base_url: None }, sizes, &alone)
}

/// Reads in two halves, the second one first.
fn read_in_halves(source: &str, least: usize) -> Guide {
    let source = super::super::parse::normalised(source).into_owned();
    let backwards = |one: Work<'_>, other: Work<'_>| {
        other();
        one();
    };
    let sizes = Sizes { part: least, halved: 0, ..SIZES };
    read_in_parts(source.into(), &Origin { name: "nom".into(), base_url: None }, sizes, &backwards).unwrap()
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
    let fetched = read_elsewhere(source, usize::MAX).unwrap();
    compare(&fetched, &whole).map_err(|why| format!("{source:?} fetched\n{why}"))?;
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
fn a_source_that_goes_away_leaves_blanks_and_nothing_worse() {
    let source: String = (0..30).map(|n| format!("# Partie {n}\n\n- [ ] une tâche\n\n")).collect();
    let mut read = 0;
    for times in 0..400 {
        let Some(mut guide) = read_elsewhere(&source, times) else { continue };
        read += 1;
        guide.parts.forget_all();
        let texts = guide.blocks().map(|(_, block)| block.text.len()).collect::<Vec<_>>();
        assert!(texts.len() <= 60 && guide.items.len() == 30 && guide.headings.len() == 30, "{times}");
        assert!(guide.section_source(3).len() < 60);
        guide.source_line(Anchor::of_block(40));
    }
    assert!(read > 0 && read_elsewhere(&source, 0).is_none(), "{read}");
}

#[test]
fn a_source_that_is_fetched_answers_as_one_that_is_held() {
    let long = "é".repeat(3_000_000);
    for text in ["", "é", "a\né\n", "\n\n", &long, &format!("{long}\n{long}")] {
        let (held, fetched) = (Source::from(text.to_owned()), elsewhere(text, usize::MAX));
        assert_eq!((held.len(), held.text()), (fetched.len(), fetched.text()));
        assert_eq!(held.is_blank(), fetched.is_blank());
        assert!(held.is(text) && fetched.is(text) && !fetched.is("x"));
        for at in [0, 1, 2, text.len() / 2, text.len().saturating_sub(1), text.len()] {
            assert_eq!(held.line_start(at), fetched.line_start(at), "{at}");
            assert_eq!(held.line_at(at), fetched.line_at(at), "{at}");
            let (one, other) = (held.window(at, 5), fetched.window(at, 5));
            assert_eq!(one.is_some(), other.is_some(), "{at}");
            let Some((one, other)) = one.zip(other) else { continue };
            assert!(one.text.starts_with(&*other.text) && one.is_last && other.text.len() <= 5);
        }
    }
}

#[test]
fn what_is_fetched_and_no_text_is_not_read() {
    #[derive(Debug)]
    struct Bytes(Vec<u8>);
    impl Fetch for Bytes {
        fn length(&self) -> usize {
            self.0.len()
        }
        fn fetch(&self, range: Range<usize>) -> Option<Vec<u8>> {
            self.0.get(range).map(<[u8]>::to_vec)
        }
    }
    let text = "# Un\n\ndeux été\n\n".repeat(20).into_bytes();
    for at in 0..text.len() {
        for strange in [0x80, 0xc3, 0xff] {
            let mut bytes = text.clone();
            if let Some(byte) = bytes.get_mut(at) {
                *byte = strange;
            }
            let valid = String::from_utf8(bytes.clone()).is_ok();
            let source = Source::from(Box::new(Bytes(bytes)) as Box<dyn Fetch>);
            let sizes = Sizes { part: 1, halved: 40, window: 5 };
            assert_eq!(
                read_in_parts(source, &Origin::default(), sizes, &alone).is_some(),
                valid,
                "{strange:x} at {at}"
            );
        }
    }
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
