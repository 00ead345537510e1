//! The head of a guide against the whole: nasty cuts by hand, and any lines in any order.

use super::*;
use proptest::prelude::*;

fn origin() -> Origin {
    Origin { name: "essai".into(), base_url: None }
}

fn head(bytes: &[u8], first: usize, wanted: usize) -> Option<Guide> {
    let first = first.min(bytes.len());
    Guide::parse_head(&bytes[..first], bytes.len(), wanted, &origin())
}

/// Whether a definition further down may make the one of the other: a link by reference loses its reference.
fn is_made_of(whole: &super::super::Block, head: &super::super::Block) -> bool {
    let words = |block: &super::super::Block| block.text.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>();
    let mut left = words(head).into_iter();
    let refers = head.text.contains('[');
    words(whole).into_iter().all(|c| left.any(|other| other == c)) && (refers || words(whole) == words(head))
}

/// Whether a head that says so is what the whole begins with.
fn expect_prefix(bytes: &[u8], first: usize, wanted: usize) -> Option<Extent> {
    let head = head(bytes, first, wanted)?;
    let whole = Guide::parse_bytes(bytes, &origin());
    assert!(whole.source.text().starts_with(&*head.source.text()), "{:?}", head.source);
    if let Extent::Head(_) = head.extent {
        assert_eq!(whole.front, head.front);
        for (n, block) in head.blocks() {
            let same = whole.block(n).unwrap();
            let told = || format!("block {n} of {:?}", String::from_utf8_lossy(bytes));
            assert_eq!(
                (&same.kind, same.container, &same.source),
                (&block.kind, block.container, &block.source),
                "{}",
                told()
            );
            assert!(is_made_of(same, block), "{}", told());
        }
        for (n, heading) in head.headings.iter().enumerate() {
            let same = &whole.headings[n];
            assert_eq!(
                (same.block, same.level, same.parent, &same.id),
                (heading.block, heading.level, heading.parent, &heading.id)
            );
        }
        for (id, container) in head.containers() {
            assert_eq!(whole.container(id), Some(container));
        }
    }
    Some(head.extent)
}

#[test]
fn a_head_ends_with_a_heading_and_is_what_the_whole_begins_with() {
    let source = "---\ntitle: x\n---\n\n# Un\n\ntexte\n\n## Deux\n\n- a\n- b\n\n## Trois\n\nfin\n";
    let guide = head(source.as_bytes(), source.len(), 12).unwrap();
    assert!(guide.source.text().ends_with("## Deux\n"), "{:?}", guide.source);
    assert_eq!(guide.extent, Extent::Head(source.len()));
    assert_eq!((guide.headings.len(), guide.block_count(), guide.title.as_str()), (2, 3, "x"));
    assert_eq!(guide.length(), source.len());
    assert!(!guide.is_whole() && Guide::parse(source, &origin()).is_whole());
}

#[test]
fn what_only_looks_like_a_heading_is_no_place_to_cut() {
    for (source, last) in [
        // A comment in code, and the heading behind it.
        ("a\n\n```sh\n# eins\n# zwei\n```\n\n# Drei\n\nb\n", "# Drei"),
        ("a\n\n~~~\n```\n# eins\n~~~\n# Drei\n\nb\n", "# Drei"),
        ("- a\n\n  ```\n# Drei\n\nb\n", "# Drei"),
        ("a\n\n<!--\n# eins\n-->\n\n# Drei\n\nb\n", "# Drei"),
        ("a\n\n<script>\n# eins\n</script>\n# Drei\n\nb\n", "# Drei"),
        ("a\n\n<div>\n# eins\n\n# Drei\n\nb\n", "# Drei"),
        ("a\n\n    # eins\n# Drei\n\nb\n", "# Drei"),
        ("a\n\n#eins\n####### sieben\n# Drei\n\nb\n", "# Drei"),
        ("- a\n\n  # eins\n# Drei\n\nb\n", "# Drei"),
        ("| a |\n|---|\n| b |\n# Drei\n\nb\n", "# Drei"),
        ("[^1]: a\n# Drei\n\nb\n", "# Drei"),
        ("> a\n# Drei\n\nb\n", "# Drei"),
        ("<details>\n<summary>x</summary>\n\n# eins\n\nb\n\n</details>\n\n# Drei\n\nb\n", "# Drei"),
    ] {
        let guide = head(source.as_bytes(), source.len(), 1).unwrap();
        assert!(matches!(guide.extent, Extent::Head(_)), "{source:?}");
        assert!(
            guide.source.text().trim_end().ends_with(last) && guide.headings.last().unwrap().text.as_str() == "Drei",
            "{source:?}"
        );
        expect_prefix(source.as_bytes(), source.len(), 1);
    }
}

#[test]
fn without_a_heading_it_is_cut_at_a_lines_end_and_says_so() {
    let endless = "wort wort wort\n".repeat(40);
    let guide = head(endless.as_bytes(), 300, 100).unwrap();
    assert_eq!((guide.extent, guide.source.len()), (Extent::Torn(endless.len()), 105));
    let line = "wort ".repeat(100);
    assert_eq!(head(line.as_bytes(), 300, 100).unwrap().extent, Extent::Torn(line.len()));
    let script = format!("```sh\n{}", "# kommentar\n".repeat(99));
    assert!(matches!(head(script.as_bytes(), 900, 100).unwrap().extent, Extent::Torn(_)));
    // A setext heading is known by the line below it.
    assert!(matches!(head(b"a\n\nTitre\n=====\n\nb\n", 12, 3).unwrap().extent, Extent::Torn(_)));
}

#[test]
fn no_character_and_no_line_end_is_cut_in_two() {
    let text = "# É\r\n\r\nà côté 🎈\r\n\r\n# Ünd\r\n\r\nfin 🎈🎈\r\n".repeat(3);
    let sixteen = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
    };
    let marked = format!("\u{feff}{text}");
    let old = text.replace("\r\n", "\r");
    for bytes in
        [text.as_bytes(), marked.as_bytes(), old.as_bytes(), &sixteen(u16::to_le_bytes), &sixteen(u16::to_be_bytes)]
    {
        for first in 12..bytes.len() {
            for wanted in [1, 9, 40] {
                let guide = head(bytes, first, wanted).unwrap();
                assert!(!guide.source.text().contains(['\u{fffd}', '\r']), "{first}: {:?}", guide.source);
                expect_prefix(bytes, first, wanted);
            }
        }
    }
    let invalid = [b"# a\xff\n\nb\n\n# c \xc3\xa9\n\n\xf0\x9f\x8e\x88 d\n".as_slice(); 3].concat();
    for first in 1..invalid.len() {
        expect_prefix(&invalid, first, 1);
    }
}

#[test]
fn front_matter_is_in_the_head_or_there_is_none() {
    let long = format!("---\ntitle: x\nlist:\n{}---\n\n# Un\n\n# Deux\n\n# Trois\n", "  - wort\n".repeat(900));
    assert!(head(long.as_bytes(), 4000, 10).is_none());
    let guide = head(long.as_bytes(), long.len(), 6).unwrap();
    assert!(guide.source.text().ends_with("# Deux\n") && guide.title.as_str() == "x");
    expect_prefix(long.as_bytes(), long.len(), 10);
    let endless = format!("---\ntitle: x\n{}", "a: b\n".repeat(30_000));
    assert!(head(endless.as_bytes(), 80_000, 10).is_some(), "longer than any front matter");
    assert!(head("\u{feff}\u{feff}\u{feff}# a\n\n# b\n".as_bytes(), 20, 1).is_none());
}

#[test]
fn a_place_of_the_head_is_the_same_place_in_the_whole() {
    let source = "# Un\n\nvoir [là-bas][ici] é\n\n# Deux\n\n[ici]: https://a.org/\n";
    let (head, whole) = (head(source.as_bytes(), 40, 5).unwrap(), Guide::parse(source, &origin()));
    assert!(head.block(1).unwrap().text.contains("[ici]") && !whole.block(1).unwrap().text.contains("[ici]"));
    let place = |block, byte| Anchor { block, byte, nth: 0 };
    assert_eq!(whole.place_from_head(&head, place(2, 0)), place(2, 0));
    assert_eq!(whole.place_from_head(&head, place(1, 5)), place(1, 5));
    let end = whole.place_from_head(&head, place(1, 99));
    assert_eq!(end, place(1, whole.block(1).unwrap().text.len() as u32));
    // Cut where two lines were one heading: what stood there is found by its bytes.
    let source = format!("{}\nb\n===\n\nc\n", "a\n".repeat(20));
    let (head, whole) = (
        Guide::parse_head(&source.as_bytes()[..43], source.len(), 42, &origin()).unwrap(),
        Guide::parse(&source, &origin()),
    );
    for block in 0..head.block_count() {
        let there = whole.place_from_head(&head, place(block, 0));
        assert!(whole.block(there.block).unwrap().source.contains(&head.block(block).unwrap().source.start));
    }
    assert_eq!(Guide::default().place_from_head(&head, place(7, 3)), place(0, 0));
}

/// Lines that open and close things, in any order.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("# Un".to_owned()),
        Just("## 1. Deux {#ici}".to_owned()),
        Just("### [x][r] `a`".to_owned()),
        Just("#".to_owned()),
        Just(" # eingerückt".to_owned()),
        Just("wort é 🎈 [r] und [^1]".to_owned()),
        Just("=====".to_owned()),
        Just("---".to_owned()),
        Just("```sh".to_owned()),
        Just("```".to_owned()),
        Just("~~~".to_owned()),
        Just("    code".to_owned()),
        Just("- punkt".to_owned()),
        Just("  1. eins".to_owned()),
        Just("  ```".to_owned()),
        Just("- [ ] kasten".to_owned()),
        Just("> zitat".to_owned()),
        Just("> # titre".to_owned()),
        Just("<div>".to_owned()),
        Just("<!--".to_owned()),
        Just("-->".to_owned()),
        Just("<script>".to_owned()),
        Just("</script>".to_owned()),
        Just("<details>".to_owned()),
        Just("</details>".to_owned()),
        Just("<pre>".to_owned()),
        Just("<?x".to_owned()),
        Just("| a | b |".to_owned()),
        Just("|---|---|".to_owned()),
        Just("[r]: https://a.org".to_owned()),
        Just("[r]:".to_owned()),
        Just("[^1]: note".to_owned()),
        Just("$$".to_owned()),
        Just("\\".to_owned()),
        Just(String::new()),
        Just(String::new()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_head_is_what_the_whole_begins_with_whatever_stands_there(
        lines in proptest::collection::vec(line(), 1..40),
        end in prop_oneof![Just("\n"), Just("\r\n")],
        first in 1usize..400,
        wanted in 1usize..200,
    ) {
        let source = lines.join(end);
        expect_prefix(source.as_bytes(), first, wanted);
    }
}
