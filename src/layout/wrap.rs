//! Where a text breaks into rows: the places where it may, and what to do with words that are wider than the row. Knows
//! no styles and no blocks.

use super::cluster::{Before, Cluster, Kind, clusters, narrowed};
use super::measure;
use std::ops::Range;

/// One row of a wrapped text, in bytes of that text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wrapped {
    /// Where the row starts; the row before ends here.
    pub start: usize,
    /// What is shown of it: spaces at its end hang, and are not shown.
    pub shown: Range<usize>,
    /// The columns that it takes, a shown hyphen included.
    pub columns: usize,
    /// It ends in a soft hyphen, which is shown.
    pub hyphen: bool,
}

/// The typography to break by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// Running text.
    Prose,
    /// Code: marks and spaces mean what they mean there, so the French rule is off.
    Code,
}

/// Breaks text into rows of `width` columns. Gives one row at least; a line feed ends a row. `code` are the parts of
/// running text that are code: they break at their spaces and joints only, and the French rule is not theirs.
pub(super) fn wrap(text: &str, width: usize, setting: Setting, code: &[Range<usize>]) -> Vec<Wrapped> {
    wrap_hanging(text, width, width, setting, code)
}

/// The rows of a short running text outside the guide: a note, a label, a sentence of the interface.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let rows = wrap(text, width, Setting::Prose, &[]);
    let shown = |row: &Wrapped| {
        let hyphen = if row.hyphen { "-" } else { "" };
        text.get(row.shown.clone()).unwrap_or_default().replace('\u{AD}', "") + hyphen
    };
    rows.iter().map(shown).collect()
}

/// The same where the rows after the first are `rest` columns wide.
pub(super) fn wrap_hanging(
    text: &str,
    first: usize,
    rest: usize,
    setting: Setting,
    code: &[Range<usize>],
) -> Vec<Wrapped> {
    if let Some(row) = whole(text, first.max(1)) {
        return vec![row];
    }
    let clusters = narrowed(clusters(text, setting, code), text, first.min(rest).max(2));
    let mut rows = Vec::with_capacity(clusters.len() / rest.max(1) + 2);
    let mut at = 0;
    loop {
        let width = if rows.is_empty() { first.max(1) } else { rest.max(1) };
        let row = next_row(&clusters, at, width);
        rows.push(row_of(&clusters, text.len(), at, &row, width));
        match row.then {
            Then::End => return rows,
            Then::From(next) => at = next,
        }
    }
}

/// All of a text as one row, where it has room in one and nothing in it is to be looked at closely.
fn whole(text: &str, width: usize) -> Option<Wrapped> {
    let shown = text.trim_end_matches([' ', '\t']);
    let columns = measure::plain_columns(shown, width)?;
    Some(Wrapped { start: 0, shown: 0..shown.len(), columns, hyphen: false })
}

/// A row as clusters, and what follows it.
struct Row {
    first: usize,
    end: usize,
    then: Then,
}

enum Then {
    From(usize),
    End,
}

fn next_row(clusters: &[Cluster], at: usize, width: usize) -> Row {
    let mut first = at;
    let mut column = 0;
    let mut ink = 0;
    let mut seen = false;
    // The last place that is welcome with the columns before it, and the last one that is allowed.
    let (mut welcome, mut allowed) = (None, None);
    let is_hyphen = |c: &Cluster| c.kind == Kind::SoftHyphen;
    let mut after_hyphen = at.checked_sub(1).and_then(|i| clusters.get(i)).is_some_and(is_hyphen);
    for (i, c) in clusters.iter().enumerate().skip(at) {
        // Inside a word that has room nothing is to be decided.
        let after = column + usize::from(c.columns);
        if c.kind == Kind::Seen && c.before == Before::Possible && after <= width {
            (column, ink, seen, after_hyphen) = (after, after, true, false);
            continue;
        }
        if c.kind == Kind::Feed {
            return Row { first, end: i, then: Then::From(i + 1) };
        }
        let hyphen = usize::from(std::mem::replace(&mut after_hyphen, is_hyphen(c)));
        let fits = seen && ink + hyphen <= width;
        match c.before {
            Before::Welcome if fits => welcome = Some((i, ink)),
            Before::Allowed if fits => allowed = Some(i),
            _ => {}
        }
        if c.kind == Kind::Space {
            column = after;
            continue;
        }
        if after > width {
            if seen {
                let full = welcome.filter(|(_, ink)| ink * 2 > width).map(|(end, _)| end);
                let end = full.or(allowed).or(welcome.map(|(end, _)| end));
                let end = end.unwrap_or_else(|| last_resort(clusters, first, i));
                return Row { first, end, then: Then::From(end) };
            }
            if column > 0 {
                // Spaces wider than the row stand before its first word: they hang before it.
                first = i;
                column = 0;
            }
        }
        column += usize::from(c.columns);
        ink = column;
        // A mark without a letter to stand on takes no column, and is not to be lost all the same.
        seen |= c.columns > 0 || c.kind == Kind::Seen;
    }
    Row { first, end: clusters.len(), then: Then::End }
}

/// A word is wider than the row: break after a joint of an address in the row's second half, else wherever
/// typography is not against it, else where the row is full. `full` is the first cluster that does not fit.
fn last_resort(clusters: &[Cluster], first: usize, full: usize) -> usize {
    let before = |i: &usize| clusters.get(*i).map_or(Before::Never, |c| c.before);
    let kind = |i: usize| clusters.get(i).map(|c| c.kind);
    let half = first + (full - first) / 2;
    let joins = |i: usize| matches!(kind(i), Some(Kind::Joint | Kind::Hyphen));
    let joint = |i: &usize| joins(i.wrapping_sub(1)) && !joins(*i) && before(i) != Before::Never;
    let mut candidates = (first + 1..=full).rev();
    let better = candidates.clone().take_while(|i| *i > half).find(joint);
    better.or_else(|| candidates.find(|i| before(i) != Before::Never)).unwrap_or(full)
}

fn row_of(clusters: &[Cluster], len: usize, at: usize, row: &Row, width: usize) -> Wrapped {
    let byte = |i: usize| clusters.get(i).map_or(len, |c| c.byte as usize);
    let hangs = |c: &Cluster| c.kind == Kind::Space;
    let body = clusters.get(row.first..row.end).unwrap_or_default();
    let shown = body.len() - body.iter().rev().take_while(|c| hangs(c)).count();
    let last = shown.checked_sub(1).and_then(|i| body.get(i));
    let ink: usize = body.iter().take(shown).map(|c| usize::from(c.columns)).sum();
    let broken = matches!(row.then, Then::From(next) if next == row.end);
    let hyphen = broken && ink < width && last.is_some_and(|c| c.kind == Kind::SoftHyphen);
    let columns = ink + usize::from(hyphen);
    Wrapped { start: byte(at), shown: byte(row.first)..byte(row.first + shown), columns, hyphen }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose(text: &str, width: usize) -> Vec<String> {
        rows(text, width, Setting::Prose)
    }

    fn rows(text: &str, width: usize, setting: Setting) -> Vec<String> {
        let wrapped = wrap(text, width, setting, &[]);
        let hyphen = |w: &Wrapped| if w.hyphen { "-" } else { "" };
        let show = |w: &Wrapped| text.get(w.shown.clone()).unwrap().replace('\u{AD}', "") + hyphen(w);
        wrapped.iter().map(show).collect()
    }

    #[test]
    fn words_fill_the_row_and_spaces_hang() {
        assert_eq!(prose("one two  three", 7), ["one two", "three"]);
        assert_eq!(prose("", 5), [""]);
    }

    #[test]
    fn a_line_feed_ends_a_row() {
        assert_eq!(prose("a\nb\n\nc", 9), ["a", "b", "", "c"]);
        assert_eq!(prose("a\n", 9), ["a", ""]);
    }

    #[test]
    fn no_row_begins_with_a_closing_mark_or_ends_with_an_opening_one() {
        assert_eq!(prose("Vous venez ?", 10), ["Vous", "venez ?"]);
        assert_eq!(prose("il dit « oui » !", 9), ["il dit", "« oui » !"]);
        assert_eq!(prose("il dit « oui », puis", 8), ["il dit", "« oui »,", "puis"]);
        assert_eq!(prose("reste 50 % du tout", 8), ["reste", "50 % du", "tout"]);
        assert_eq!(prose("soit 10 000 € !", 10), ["soit", "10 000 € !"]);
        assert_eq!(prose("en 2024 deux", 8), ["en 2024", "deux"]);
    }

    #[test]
    fn no_break_spaces_hold() {
        assert_eq!(prose("un 10\u{A0}000\u{202F}€", 8), ["un", "10\u{A0}000\u{202F}€"]);
    }

    #[test]
    fn a_long_word_breaks_inside_before_a_mark_would_stand_alone() {
        assert_eq!(prose("constitution ?", 6), ["consti", "tutio", "n ?"]);
        assert_eq!(prose("abcdef ?", 6), ["abcde", "f ?"]);
    }

    #[test]
    fn a_mark_without_a_letter_is_not_taken_for_a_space_before_the_first_word() {
        assert_eq!(prose("\u{301} mot", 1), ["\u{301}", "m", "o", "t"]);
        assert_eq!(prose("\u{301} mot", 3), ["\u{301}", "mot"]);
        assert_eq!(prose("   mot", 3), ["mot"]);
    }

    #[test]
    fn at_an_absurd_width_the_rule_yields() {
        assert_eq!(prose("a ?", 1), ["a", "?"]);
        assert_eq!(prose("日本", 1), ["日", "本"]);
    }

    #[test]
    fn a_cluster_wider_than_the_row_is_taken_letter_by_letter() {
        // A colour of skin goes with whatever stands before it (UAX #29, GB9), and consonants with one another (GB9c).
        assert_eq!((prose("|🏽", 3), prose("|🏽", 2)), (vec!["|🏽".to_owned()], vec!["|".to_owned(), "🏽".to_owned()]));
        assert_eq!((prose("स्त्र", 3).len(), prose("स्त्र", 2)), (1, vec!["स्त्".to_owned(), "र".to_owned()]));
        assert_eq!(wrap("|🏽", 2, Setting::Code, &[]).iter().map(|row| row.columns).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn an_address_breaks_after_its_joints() {
        assert_eq!(prose("https://example.com/a_long_path", 12), ["https://", "example.com/", "a_long_path"]);
        assert_eq!(prose("abc_defghij", 6), ["abc_", "defghi", "j"]);
    }

    #[test]
    fn an_option_keeps_its_dashes_and_a_path_its_parts() {
        assert_eq!(prose("avec --width, puis", 8), ["avec", "--width,", "puis"]);
        assert_eq!(prose("voir tout (/dev/null) ici", 15), ["voir tout", "(/dev/null) ici"]);
        assert_eq!(prose("un a/bcdefgh de plus", 10), ["un a/", "bcdefgh de", "plus"]);
        assert_eq!(prose("bouche-à-oreille", 10), ["bouche-à-", "oreille"]);
    }

    #[test]
    fn code_in_running_text_breaks_at_its_spaces_only() {
        let broken = |text: &str, code: &str, width: usize| {
            let at = text.find(code).unwrap();
            let wrapped = wrap(text, width, Setting::Prose, std::slice::from_ref(&(at..at + code.len())));
            wrapped.iter().map(|w| text.get(w.shown.clone()).unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(broken("limite !!merge ici", "!!merge", 10), ["limite", "!!merge", "ici"]);
        assert_eq!(broken("voir npm-shrink ou", "npm-shrink", 10), ["voir", "npm-shrink", "ou"]);
        assert_eq!(broken("lancer npm run ci puis", "npm run ci", 14), ["lancer npm run", "ci puis"]);
        assert_eq!(broken("voir a-b-c-d-e-f", "a-b-c-d-e-f", 6), ["voir", "a-b-c-", "d-e-f"], "wider than the row");
        assert_eq!(broken("le !x ?", "!x", 5), ["le", "!x ?"], "the rule holds again after it");
    }

    #[test]
    fn rows_after_the_first_may_be_narrower() {
        let rows = wrap_hanging("    un deux trois quatre", 12, 8, Setting::Code, &[]);
        assert_eq!(rows.iter().map(|w| w.columns).collect::<Vec<_>>(), [11, 5, 6]);
    }

    #[test]
    fn a_soft_hyphen_shows_where_it_breaks_only() {
        assert_eq!(prose("inter\u{AD}national", 20), ["international"]);
        assert_eq!(prose("inter\u{AD}national", 9), ["inter-", "national"]);
        assert_eq!(prose("inter\u{AD}national", 5), ["inter", "natio", "nal"], "no room for the hyphen");
    }

    #[test]
    fn clusters_are_never_torn() {
        assert_eq!(prose("👩‍👩‍👧👩‍👩‍👧", 2), ["👩‍👩‍👧", "👩‍👩‍👧"]);
        assert_eq!(prose("e\u{301}e\u{301}", 1), ["e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn code_keeps_its_indent_and_breaks_anywhere_before_a_mark() {
        assert_eq!(rows("    let a ? b : c", 11, Setting::Code), ["    let a ?", "b : c"]);
        assert_eq!(rows("        x", 4, Setting::Code), ["x"]);
        assert_eq!(rows("a/bcd/efg    1.00 ns", 15, Setting::Code), ["a/bcd/efg", "1.00 ns"]);
        assert_eq!(rows("f(un_nom, un_autre)", 9, Setting::Code), ["f(un_nom,", "un_autre)"]);
        assert_eq!(rows("appel_long(premier_argument)", 20, Setting::Code), ["appel_long(", "premier_argument)"]);
    }
}
