//! A specification's examples through the layout of the full screen, for whoever has its text: `JALON_SPEC=path` names
//! a file in CommonMark's example format. Such a text is not part of this repository; without it nothing is checked.

use super::Desk;
use super::ink;
use super::text::{check_lines, shown, visible};
use jalon::guide::{Guide, Origin};

const FENCE: &str = "````````````````````````````````";

/// The Markdown of each example.
fn examples(spec: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if line.strip_prefix(FENCE).is_some_and(|rest| rest.trim_start().starts_with("example")) {
            let markdown = lines.by_ref().take_while(|l| *l != ".").map(|l| format!("{l}\n"));
            found.push(markdown.collect::<String>().replace('→', "\t"));
            lines.by_ref().find(|l| *l == FENCE);
        }
    }
    found
}

#[test]
fn every_example_of_a_specification_is_laid_out_without_loss() {
    let Some(path) = std::env::var_os("JALON_SPEC") else {
        eprintln!("not checked: JALON_SPEC names no file");
        return;
    };
    let spec = std::fs::read_to_string(path).expect("JALON_SPEC names a readable file");
    let examples = examples(&spec);
    assert!(!examples.is_empty(), "no example in CommonMark's format");
    for (n, markdown) in (1..).zip(&examples) {
        let desk = Desk::new(markdown);
        for width in [1, 2, 3, 4, 5, 6, 20, 40, 80, 120] {
            let lines = desk.all(width);
            check_lines(&lines, width).unwrap_or_else(|why| panic!("example {n} at {width}: {why}\n{markdown}"));
            for (at, block) in visible(&desk) {
                assert_eq!(shown(&lines, at), ink(&block.text), "example {n} at {width}\n{markdown}");
            }
        }
    }
    eprintln!("{} examples laid out at 10 widths", examples.len());
}

/// Each example glued to every other, read in parts and as one: a campaign of hundreds of thousands of pairs.
/// `JALON_STEP=n` takes every `n`th of them.
#[test]
#[ignore = "a campaign, and needs a specification's text"]
fn every_example_glued_to_every_other_reads_the_same_in_parts() {
    let path = std::env::var_os("JALON_SPEC").expect("JALON_SPEC names a specification");
    let step: usize = std::env::var("JALON_STEP").map_or(1, |n| n.parse().expect("JALON_STEP is a number"));
    let examples = examples(&std::fs::read_to_string(path).expect("JALON_SPEC names a readable file"));
    let everything = |guide: &Guide| {
        let text = (guide.blocks().map(|(_, b)| b.clone()).collect::<Vec<_>>(), guide.footnotes.clone());
        let holds = guide.containers().map(|(_, c)| c.clone()).collect::<Vec<_>>();
        let links = guide.links().map(|(_, l)| l.clone()).collect::<Vec<_>>();
        let found = (guide.headings.clone(), guide.names.clone(), guide.items.clone(), guide.groups.clone());
        (text, holds, links, found, guide.contacts.clone(), guide.oddities.clone(), guide.title.clone())
    };
    let mut tried = 0;
    for (n, a) in examples.iter().enumerate() {
        for b in examples.iter().skip(n % step).step_by(step) {
            let source = format!("{a}\n{b}");
            let read = |least| everything(&Guide::parse_in_parts(&source, &Origin::default(), least));
            assert!(read(1) == read(usize::MAX), "{source:?}");
            tried += 1;
        }
    }
    eprintln!("{tried} pairs of {} examples read the same", examples.len());
}

#[test]
fn examples_are_read_in_commonmark_s_format() {
    let spec =
        format!("text\n\n{FENCE} example tables\n→a\n\nb\n.\n<p>a</p>\n{FENCE}\n\n{FENCE} example\nc\n.\n{FENCE}\n");
    assert_eq!(examples(&spec), ["\ta\n\nb\n", "c\n"]);
}
