//! Printing in stretches: whoever makes text of them, and at the same time or not, what is written is the same as of the
//! guide in one piece; and what was written is forgotten.

use jalon::cli::{Marks, print, show_plain};
use jalon::guide::{Guide, Hands, Origin, Work};
use jalon::layout::{Colours, Layout, Measures, Medium, Stretch, whole};
use jalon::theme::Glyphs;
use jalon::words::Lang;
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A guide of many rounds, in which is what goes over the seams of stretches: blank rows by what stands above, long
/// lists, tables and code, and references.
fn guide(sections: usize) -> Guide {
    let section = |n: usize| {
        let list: String = (0..n % 12).map(|i| format!("{i}. pas {i}\n\n   et `{n}`\n")).collect();
        let table: String = (0..n % 20).map(|i| format!("| {i} | ![x](/{i}.png) mot{} |\n", "é ".repeat(i))).collect();
        let code = format!("```sh\n{}```", "echo « oui »\n".repeat(n % 30));
        let quote = "> [!NOTE]\n> mot [lien][a] : 10 000 €\n> > oui\n".repeat(1 + n % 3);
        format!("## {n}. Étape\n\n{list}\n| a | b |\n|---|--:|\n{table}\n\n{code}\n\n{quote}\n\n---\nfin {n} ?\n\n")
    };
    let text: String = (0..sections).map(section).collect();
    Guide::parse(&(text + "[a]: /b\n"), &Origin::default())
}

fn text(guide: &Guide, stretch: &Stretch, width: u16) -> String {
    let (colours, toggled, measures) = (&Colours::new(), &BTreeSet::new(), &Measures::default());
    let (glyphs, lang, medium) = (Glyphs::UNICODE, Lang::Fr, Medium::Paper);
    let layout = Layout { guide, width, glyphs, lang, colours, toggled, measures, medium };
    show_plain(&layout, stretch, &Marks::of(guide, None, glyphs))
}

fn printed(guide: &mut Guide, hands: &Hands, width: u16) -> String {
    let mut all = String::new();
    let mut write = |text: &str| {
        all.push_str(text);
        Ok::<_, Infallible>(())
    };
    let Ok(()) = print(guide, hands, &|guide, stretch| text(guide, stretch, width), &mut write);
    all
}

fn in_turn(one: Work<'_>, other: Work<'_>) {
    one();
    other();
}

fn the_other_first(one: Work<'_>, other: Work<'_>) {
    other();
    one();
}

fn together(one: Work<'_>, other: Work<'_>) {
    std::thread::scope(|scope| {
        scope.spawn(other);
        one();
    });
}

#[test]
fn whoever_prints_it_a_guide_is_the_same_as_in_one_piece() {
    for sections in [0, 1, 12, 200] {
        let mut guide = guide(sections);
        for width in [20, 80] {
            let expected = text(&guide, &whole(&guide), width);
            for hands in [in_turn, the_other_first, together] {
                assert!(printed(&mut guide, &hands, width) == expected, "{sections} sections, {width} columns");
            }
        }
    }
}

#[test]
fn what_was_printed_is_forgotten() {
    let mut guide = guide(2_500);
    let text = |guide: &Guide, stretch: &Stretch| {
        let length = |n| guide.block(n).map(|block| block.text.len());
        (stretch.start.block..stretch.end.block).filter_map(length).sum::<usize>().to_string()
    };
    let mut read = |hands: &Hands| {
        let mut all = Vec::new();
        let mut write = |text: &str| {
            all.push(text.to_owned());
            Ok::<_, Infallible>(())
        };
        print(&mut guide, hands, &text, &mut write).unwrap();
        all
    };
    assert_eq!(read(&together), read(&in_turn));
    assert!(guide.is_long() && !guide.is_heavy());
}

#[test]
fn who_has_enough_is_given_no_more() {
    let mut guide = guide(250);
    let asked = AtomicUsize::new(0);
    let text = |guide: &Guide, stretch: &Stretch| {
        asked.fetch_add(1, Ordering::Relaxed);
        text(guide, stretch, 80)
    };
    let mut given = 0;
    let mut write = |_: &str| {
        given += 1;
        if given < 3 { Ok(()) } else { Err("enough") }
    };
    assert_eq!(print(&mut guide, &together, &text, &mut write), Err("enough"));
    assert_eq!(given, 3);
    assert!(asked.into_inner() < 20);
}
