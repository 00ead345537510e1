//! Which cells of a picture the terminal does not show yet. Only finds them: writes no bytes, moves no rows.

use ratatui::buffer::{Buffer, Cell, CellWidth};

/// A cell that is to be painted, and where.
pub(super) type Change<'a> = (u16, u16, &'a Cell);

/// The cells in which a picture differs from what the terminal shows, from left to right and from top to bottom.
pub(super) fn changes<'a>(shown: &Buffer, next: &'a Buffer) -> Vec<Change<'a>> {
    let mut found = Vec::new();
    for y in 0..next.area.height {
        row_changes(row(shown, y), row(next, y), y, &mut found);
    }
    found
}

/// The cells of a row; none where there is no such row.
pub(super) fn row(buffer: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    buffer.content.get(usize::from(y) * width..(usize::from(y) + 1) * width).unwrap_or_default()
}

/// The same of one row.
pub(super) fn row_changes<'a>(shown: &[Cell], next: &'a [Cell], y: u16, found: &mut Vec<Change<'a>>) {
    // Up to where a wide symbol covers what stands there next, and up to where one that goes leaves its other half.
    let (mut covered, mut left) = (0, 0);
    // Whether what covers is to be cleared behind it.
    let mut clears = false;
    for (x, (was, cell)) in shown.iter().zip(next).enumerate() {
        let same = is_same(was, cell);
        if same && x >= left && x >= covered && cell.symbol().len() == 1 {
            continue;
        }
        // Where a wide symbol goes, its second half is a blank in a style that nobody knows: something written over the
        // first half alone leaves it to the terminal. It is painted, whatever stands there next.
        if !same {
            left = left.max(x + usize::from(was.cell_width()));
        }
        if x < covered {
            if clears && was.symbol() != cell.symbol() {
                found.push((x as u16, y, cell));
            }
            continue;
        }
        let width = usize::from(cell.cell_width());
        covered = x + width;
        let changes = !same || x < left;
        // Not all terminals clear the second half of a symbol that is wide by a variation selector.
        clears = changes && width > 1 && cell.symbol().contains('\u{FE0F}');
        if changes {
            found.push((x as u16, y, cell));
        }
    }
}

/// Whether two cells are equal. Nearly all symbols are one byte long, and of nearly all cells this is asked in each frame.
#[inline]
pub(super) fn is_same(one: &Cell, other: &Cell) -> bool {
    match (one.symbol().as_bytes(), other.symbol().as_bytes()) {
        ([a], [b]) => a == b && (one.fg, one.bg, one.modifier) == (other.fg, other.bg, other.modifier),
        _ => one == other,
    }
}
