//! Prints a guide from its beginning to its end: stretches of it become text at the same time where there are hands for
//! that, and are written in their order while the next ones are made. What was printed is forgotten, so that a long guide
//! takes little more memory than a short one. Knows neither widths nor colours.

use crate::guide::{Anchor, Guide, Hands};
use crate::layout::{Stretch, stretch};
use std::iter::repeat_with;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Stretches that become text before they are written.
const ROUND: usize = 16;

/// Bytes of the first stretches, so that there are rows soon.
const FIRST: usize = 4 * 1024;

/// Bytes of a stretch at most.
const MOST: usize = 32 * 1024;

/// Prints a guide. `text` is asked for each stretch, and `write` is given the texts in their order; its first error ends
/// all.
pub fn print<E: Send>(
    guide: &mut Guide,
    hands: &Hands,
    text: &(dyn Fn(&Guide, &Stretch) -> String + Sync),
    write: &mut (dyn FnMut(&str) -> Result<(), E> + Send),
) -> Result<(), E> {
    let (mut at, mut bytes) = (Anchor::default(), FIRST);
    let mut ready: Vec<String> = Vec::new();
    loop {
        let round = round(guide, &mut at, bytes);
        let texts: Vec<OnceLock<String>> = round.iter().map(|_| OnceLock::new()).collect();
        let (next, read) = (AtomicUsize::new(0), &*guide);
        let work = || {
            let turns = repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
            for (stretch, slot) in turns.map_while(|turn| round.get(turn).zip(texts.get(turn))) {
                slot.get_or_init(|| text(read, stretch));
            }
        };
        let mut outcome = Ok(());
        let mut first = || {
            outcome = ready.iter().try_for_each(|text| write(text));
            match outcome {
                Ok(()) => work(),
                Err(_) => next.store(round.len(), Ordering::Relaxed),
            }
        };
        // Most guides are short, and for one stretch no other hand is called.
        if round.len() > 1 {
            hands(Box::new(first), Box::new(work))
        } else {
            first()
        }
        outcome?;
        if round.is_empty() {
            return Ok(());
        }
        ready = texts.into_iter().filter_map(OnceLock::into_inner).collect();
        if guide.is_long() {
            // The block above the next one says how many rows stand between.
            guide.forget_but(at.block.saturating_sub(1)..at.block);
        }
        bytes = (2 * bytes).min(MOST);
    }
}

/// The next stretches.
fn round(guide: &Guide, at: &mut Anchor, bytes: usize) -> Vec<Stretch> {
    let next = || {
        let next = stretch(guide, *at, bytes);
        *at = next.end;
        (!next.is_empty()).then_some(next)
    };
    repeat_with(next).map_while(|next| next).take(ROUND).collect()
}

#[cfg(test)]
mod tests {
    use super::super::show::{Marks, show_plain};
    use super::*;
    use crate::guide::{Origin, Work};
    use crate::layout::{Colours, Layout, Measures, Medium, whole};
    use crate::theme::Glyphs;
    use crate::words::Lang;
    use std::collections::BTreeSet;
    use std::convert::Infallible;

    /// A guide of many rounds, in which is what goes over the seams of stretches: blank rows by what stands above, long
    /// lists, tables and code, and references.
    fn guide(sections: usize) -> Guide {
        let section = |n: usize| {
            let list: String = (0..n % 12).map(|i| format!("{i}. pas {i}\n\n   et `{n}`\n")).collect();
            let table: String =
                (0..n % 20).map(|i| format!("| {i} | ![x](/{i}.png) mot{} |\n", "é ".repeat(i))).collect();
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
            let read = |n| guide.block(n).map(|block| block.text.len());
            (stretch.start.block..stretch.end.block).filter_map(read).sum::<usize>().to_string()
        };
        print(&mut guide, &together, &text, &mut |_| Ok::<_, Infallible>(())).unwrap();
        assert!(guide.source.len() > 2 * 1024 * 1024 && !guide.is_heavy());
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
        assert!(asked.into_inner() <= ROUND + 1);
    }
}
