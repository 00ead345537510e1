//! The marks: one column wide in every font, without emoji presentation, and an ASCII set.

/// A set of marks.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// An open step or task.
    pub open: &'static str,
    /// Done.
    pub done: &'static str,
    /// Skipped.
    pub skipped: &'static str,
    /// A value not affirmed.
    pub value: &'static str,
    /// A value upheld.
    pub upheld: &'static str,
    /// A value due for review.
    pub due: &'static str,
    /// Carried over by likeness.
    pub carried: &'static str,
    /// Being saved.
    pub pending: &'static str,
    /// Could not be saved.
    pub unsaved: &'static str,
    /// A section none of whose items is settled.
    pub empty: &'static str,
    /// A section some of whose items are settled.
    pub half: &'static str,
    /// A section all of whose items are settled.
    pub full: &'static str,
    /// Points at the place being read.
    pub here: &'static str,
    /// A folded branch.
    pub folded: &'static str,
    /// An unfolded branch.
    pub unfolded: &'static str,
    /// Between the parts of a breadcrumb.
    pub crumb: &'static str,
    /// The part of a bar that is filled.
    pub bar_full: &'static str,
    /// The part of a bar that is empty.
    pub bar_empty: &'static str,
    /// Bullets by nesting; the last serves all deeper ones.
    pub bullets: [&'static str; 3],
    /// The bar beside a quote.
    pub quote: &'static str,
    /// A rule across, and a table's horizontal line.
    pub rule: &'static str,
    /// A vertical line between panels and in tables.
    pub vertical: &'static str,
    /// The part of the scroll bar that stands for the screen.
    pub thumb: &'static str,
    /// A table's crossing.
    pub cross: &'static str,
    /// The vertical line beside code.
    pub code_bar: &'static str,
    /// A line of code that goes on from the row above.
    pub wrapped: &'static str,
    /// Text cut here.
    pub ellipsis: &'static str,
    /// Nesting deeper than is drawn.
    pub deep: &'static str,
    /// Opens an image's alternative text.
    pub image: &'static str,
    /// A mail address.
    pub mail: &'static str,
    /// A telephone number.
    pub phone: &'static str,
    /// A web address.
    pub web: &'static str,
    /// Has a note.
    pub note: &'static str,
    /// Between short facts.
    pub dot: &'static str,
    /// New or changed in the guide.
    pub news: &'static str,
    /// More rows above.
    pub more_above: &'static str,
    /// More rows below.
    pub more_below: &'static str,
    /// More columns to the left.
    pub more_left: &'static str,
    /// More columns to the right.
    pub more_right: &'static str,
}

impl Glyphs {
    /// Unicode marks.
    pub const UNICODE: &'static Glyphs = &Glyphs {
        open: "○",
        done: "✓",
        skipped: "–",
        value: "◇",
        upheld: "◆",
        due: "◈",
        carried: "?",
        pending: "…",
        unsaved: "!",
        empty: "○",
        half: "◐",
        full: "●",
        here: "▸",
        folded: "▸",
        unfolded: "▾",
        crumb: "›",
        bar_full: "━",
        bar_empty: "─",
        bullets: ["•", "◦", "▪"],
        quote: "▎",
        rule: "─",
        vertical: "│",
        thumb: "┃",
        cross: "┼",
        code_bar: "▏",
        wrapped: "↳",
        ellipsis: "…",
        deep: "⋯",
        image: "▧",
        mail: "@",
        phone: "☏",
        web: "↗",
        note: "✎",
        dot: "·",
        news: "•",
        more_above: "↑",
        more_below: "↓",
        more_left: "‹",
        more_right: "›",
    };

    /// ASCII marks, for `--ascii`.
    pub const ASCII: &'static Glyphs = &Glyphs {
        open: "o",
        done: "x",
        skipped: "-",
        value: "o",
        upheld: "*",
        due: "?",
        carried: "/",
        pending: ".",
        unsaved: "!",
        empty: "o",
        half: "%",
        full: "#",
        here: ">",
        folded: "+",
        unfolded: "-",
        crumb: ">",
        bar_full: "=",
        bar_empty: "-",
        bullets: ["*", "-", "+"],
        quote: "|",
        rule: "-",
        vertical: "|",
        thumb: "#",
        cross: "+",
        code_bar: "|",
        wrapped: "\\",
        ellipsis: "~",
        deep: "~",
        image: "#",
        mail: "@",
        phone: "T",
        web: "^",
        note: "n",
        dot: "-",
        news: "*",
        more_above: "^",
        more_below: "v",
        more_left: "<",
        more_right: ">",
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    fn all(g: &Glyphs) -> Vec<&'static str> {
        let mut marks = vec![
            g.open,
            g.done,
            g.skipped,
            g.value,
            g.upheld,
            g.due,
            g.carried,
            g.pending,
            g.unsaved,
            g.empty,
            g.half,
            g.full,
            g.here,
            g.folded,
            g.unfolded,
            g.crumb,
            g.bar_full,
            g.bar_empty,
            g.quote,
            g.rule,
            g.vertical,
            g.thumb,
            g.cross,
            g.code_bar,
            g.wrapped,
            g.ellipsis,
            g.deep,
            g.image,
            g.mail,
            g.phone,
            g.web,
            g.note,
            g.dot,
            g.news,
            g.more_above,
            g.more_below,
            g.more_left,
            g.more_right,
        ];
        marks.extend(g.bullets);
        marks
    }

    #[test]
    fn every_mark_is_one_column_wide() {
        for glyphs in [Glyphs::UNICODE, Glyphs::ASCII] {
            for mark in all(glyphs) {
                assert_eq!(mark.width(), 1, "{mark}");
            }
        }
    }

    #[test]
    fn the_ascii_marks_are_ascii() {
        assert!(all(Glyphs::ASCII).iter().all(|m| m.is_ascii()));
    }

    #[test]
    fn states_are_told_apart_by_shape() {
        for g in [Glyphs::UNICODE, Glyphs::ASCII] {
            let mut steps = vec![g.open, g.done, g.skipped, g.pending, g.unsaved];
            let mut values = vec![g.value, g.upheld, g.due, g.pending, g.unsaved];
            for states in [&mut steps, &mut values] {
                let n = states.len();
                states.sort_unstable();
                states.dedup();
                assert_eq!(states.len(), n);
            }
        }
    }
}
