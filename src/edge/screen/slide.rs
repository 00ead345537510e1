//! Rows that the terminal is to move by itself, where a frame shows them further up or down than the one before. Only
//! finds them; whether that is worth its bytes is for the screen to weigh.
//!
//! A terminal moves whole rows. Where side panels stand still beside a text that scrolls, they have to be painted again,
//! and mostly it does not pay; where the text stands alone, or beside little, it does.

use super::changes::{Change, is_same, row, row_changes};
use super::spell::jump;
use ratatui::buffer::{Buffer, Cell};
use std::ops::Range;

/// Fewer changed cells than this are painted sooner than a move is found.
const FEW: usize = 100;

/// How many of the changed cells are asked where they stood before.
const ASKED: usize = 24;

/// Rows of the screen, moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slide {
    /// The first row.
    top: u16,
    /// The row below the last one.
    end: u16,
    /// How many rows leave, and as many blank ones come.
    by: u16,
    way: Way,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl Slide {
    /// The move after which the fewest cells differ, if there is one: `shown` is what the terminal shows, `next` what it
    /// should, `changed` the cells in which they differ.
    pub(super) fn find(shown: &Buffer, next: &Buffer, changed: &[Change]) -> Option<Slide> {
        if changed.len() < FEW {
            return None;
        }
        let by = distance(shown, next, changed)?;
        let (width, height) = (isize::from(next.area.width as i16), isize::from(next.area.height as i16));
        let mut wrong = vec![0; usize::from(next.area.height)];
        for (_, y, _) in changed {
            if let Some(wrong) = wrong.get_mut(usize::from(*y)) {
                *wrong += 1;
            }
        }
        // How many more cells of a row are right if it comes from so many rows further down.
        let gain = |shown: &[Cell], y: isize| {
            let wrong = usize::try_from(y).ok().and_then(|y| wrong.get(y)).copied().unwrap_or_default();
            right(shown, row_at(next, y)) - (width - wrong)
        };
        let (rows, gained) = best((0..height).map(|y| gain(row_at(shown, y + by), y)));
        if gained <= 0 {
            return None;
        }
        let (first, last) = (rows.start as isize, rows.end as isize);
        let (top, end) = (first.min(first + by).max(0), last.max(last + by).min(height));
        let way = if by > 0 { Way::Up } else { Way::Down };
        let slide = Slide { top: top as u16, end: end as u16, by: by.unsigned_abs() as u16, way };
        // The other rows that it moves, or that it leaves blank.
        let blank = vec![Cell::EMPTY; usize::from(next.area.width)];
        let others = (top..first).chain(last..end);
        let lost: isize = others.map(|y| gain(slide.source(y as u16).map_or(&blank, |y| row(shown, y)), y)).sum();
        (gained + lost > 0).then_some(slide)
    }

    /// The cells in which a picture differs from what the terminal shows after the move; before it, `changed` did.
    pub(super) fn changes<'a>(self, shown: &Buffer, next: &'a Buffer, changed: &[Change<'a>]) -> Vec<Change<'a>> {
        let above = changed.partition_point(|(_, y, _)| *y < self.top);
        let below = changed.partition_point(|(_, y, _)| *y < self.end);
        let mut found = changed.get(..above).unwrap_or_default().to_vec();
        let blank = vec![Cell::EMPTY; usize::from(next.area.width)];
        for y in self.top..self.end {
            let shown = self.source(y).map_or(blank.as_slice(), |from| row(shown, from));
            row_changes(shown, row(next, y), y, &mut found);
        }
        found.extend_from_slice(changed.get(below..).unwrap_or_default());
        found
    }

    /// Where a row of those that move stood before; none where it comes blank.
    fn source(self, y: u16) -> Option<u16> {
        let rows = self.top..self.end;
        let from = match self.way {
            Way::Up => y.checked_add(self.by),
            Way::Down => y.checked_sub(self.by),
        };
        from.filter(|from| rows.contains(from))
    }

    /// The bytes of the move. Rows are taken out first and then put in: what stands below goes away and comes back, and
    /// nothing stays set in the terminal if the program dies between two frames, as margins would.
    pub(super) fn spell(self) -> String {
        let (out, back) = match self.way {
            Way::Up => (self.top, self.end - self.by),
            Way::Down => (self.end - self.by, self.top),
        };
        format!("{}\x1b[{}M{}\x1b[{}L", jump(0, out), self.by, jump(0, back), self.by)
    }
}

/// By how many rows most of the changed cells have moved up (down where negative).
fn distance(shown: &Buffer, next: &Buffer, changed: &[Change]) -> Option<isize> {
    let height = next.area.height;
    let seen = changed.iter().filter(|(_, _, cell)| cell.symbol() != " ");
    let asked: Vec<_> = seen.step_by(changed.len() / ASKED + 1).collect();
    // Whoever moves by more than half a screen keeps less than half of it.
    let far = height / 2;
    let mut votes = vec![0_usize; usize::from(far) * 2 + 1];
    for (x, y, cell) in &asked {
        for from in y.saturating_sub(far)..(y + far + 1).min(height) {
            if from != *y
                && row(shown, from).get(usize::from(*x)).is_some_and(|was| is_same(was, cell))
                && let Some(votes) = votes.get_mut(usize::from(from + far - y))
            {
                *votes += 1;
            }
        }
    }
    let (place, most) = votes.iter().enumerate().max_by_key(|(_, votes)| **votes)?;
    (*most * 3 >= asked.len() && *most > 0).then_some(place as isize - far as isize)
}

/// The cells of a row; none above the first and below the last one.
fn row_at(buffer: &Buffer, y: isize) -> &[Cell] {
    u16::try_from(y).map_or(&[], |y| row(buffer, y))
}

/// How many cells of a row are right as they stand.
fn right(shown: &[Cell], next: &[Cell]) -> isize {
    shown.iter().zip(next).filter(|(was, cell)| is_same(was, cell)).count() as isize
}

/// The rows side by side with the greatest sum, and that.
fn best(gains: impl Iterator<Item = isize>) -> (Range<usize>, isize) {
    let (mut best, mut most) = (0..0, 0);
    let (mut start, mut sum) = (0, 0);
    for (row, gain) in gains.enumerate() {
        if sum <= 0 {
            (start, sum) = (row, 0);
        }
        sum += gain;
        if sum > most {
            (best, most) = (start..row + 1, sum);
        }
    }
    (best, most)
}

#[cfg(test)]
mod tests {
    use super::super::changes::changes;
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use std::num::NonZero;

    fn text(first: usize) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 10));
        buffer.set_string(0, 0, "header", Style::new());
        for y in 1..9 {
            let line = first + usize::from(y);
            buffer.set_string(0, y, format!("{line} {}", ["mot", "un", "texte"][line % 3].repeat(line)), Style::new());
        }
        buffer.set_string(0, 9, "footer", Style::new());
        buffer
    }

    fn found(from: usize, to: usize) -> Option<Slide> {
        let (shown, next) = (text(from), text(to));
        Slide::find(&shown, &next, &changes(&shown, &next))
    }

    #[test]
    fn a_text_that_moves_between_header_and_footer_is_found() {
        assert_eq!(found(5, 6), Some(Slide { top: 1, end: 9, by: 1, way: Way::Up }));
        assert_eq!(found(8, 6), Some(Slide { top: 1, end: 9, by: 2, way: Way::Down }));
        assert_eq!(found(5, 5), None);
    }

    #[test]
    fn what_the_move_shows_is_what_its_bytes_make() {
        for (from, to) in [(5, 6), (5, 7), (9, 7), (6, 5)] {
            let shown = text(from);
            let slide = found(from, to).unwrap();
            let mut terminal = vt100::Parser::new(NonZero::new(10).unwrap(), NonZero::new(40).unwrap(), 0);
            let all: Vec<_> =
                Buffer::empty(shown.area).diff(&shown).into_iter().map(|(x, y, c)| (x, y, c.clone())).collect();
            for (x, y, cell) in all {
                terminal.process(format!("{}{}", jump(x, y), cell.symbol()).as_bytes());
            }
            terminal.process(slide.spell().as_bytes());
            let blank = vec![Cell::EMPTY; 40];
            let rows: Vec<String> = terminal.screen().rows(0, 40).collect();
            for (y, row) in rows.iter().enumerate() {
                let moves = (slide.top..slide.end).contains(&(y as u16));
                let source = if moves { slide.source(y as u16) } else { Some(y as u16) };
                let moved = source.map_or(blank.as_slice(), |from| super::row(&shown, from));
                let wanted: String = moved.iter().map(Cell::symbol).collect();
                assert_eq!(row.trim_end(), wanted.trim_end(), "{from} to {to}, row {y}");
            }
        }
    }

    #[test]
    fn the_best_rows_are_those_with_the_greatest_sum() {
        assert_eq!(best([-3, 4, -1, 5, -9, 2].into_iter()), (1..4, 8));
        assert_eq!(best([-1, -2].into_iter()), (0..0, 0));
    }
}
