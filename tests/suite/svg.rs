//! A screen as a picture: ratatui's cells become SVG, so that a person can look at what a test drew.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// A cell's size. The text is stretched to its cells, so that any font the viewer has falls into the grid.
const CELL: (usize, usize) = (9, 20);
/// Where the letters stand in a cell, from its top.
const BASELINE: usize = 15;
/// The margin around the screen.
const MARGIN: usize = 14;

const FONTS: &str =
    "ui-monospace, 'JetBrains Mono', 'Cascadia Code', 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/// A run of cells that look alike.
struct Run {
    column: usize,
    columns: usize,
    text: String,
}

/// A buffer as a picture, on a ground for cells that have none.
pub fn svg(buffer: &Buffer, ink: Color, ground: Color) -> String {
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + 2 * MARGIN);
    let mut out = String::new();
    let style = format!("font-family=\"{FONTS}\" font-size=\"15\" xml:space=\"preserve\"");
    writeln!(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" {style}>").unwrap();
    writeln!(out, "<rect width=\"{width}\" height=\"{height}\" rx=\"10\" fill=\"{}\"/>", hex(ground, ground)).unwrap();
    for Ground { column, row, columns, rows, colour } in grounds(buffer, ground) {
        let (x, y) = (MARGIN + column * CELL.0, MARGIN + row * CELL.1);
        let (width, height) = (columns * CELL.0, rows * CELL.1);
        writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{colour}\"/>").unwrap();
    }
    for row in 0..rows {
        letters(buffer, row, (ink, ground), &mut out);
    }
    out.push_str("</svg>\n");
    out
}

fn cell(buffer: &Buffer, column: usize, row: usize) -> &Cell {
    &buffer[(buffer.area.x + column as u16, buffer.area.y + row as u16)]
}

/// Ink and ground as they are seen: reversed where the cell is.
fn colours(cell: &Cell, (ink, ground): (Color, Color)) -> (String, String) {
    let pair = (hex(cell.fg, ink), hex(cell.bg, ground));
    if cell.modifier.contains(Modifier::REVERSED) { (pair.1, pair.0) } else { pair }
}

/// A rectangle of cells of one colour.
#[derive(Debug)]
struct Ground {
    column: usize,
    row: usize,
    columns: usize,
    rows: usize,
    colour: String,
}

/// The grounds, each as one rectangle however many rows it fills, so that no seam shows between rows.
fn grounds(buffer: &Buffer, ground: Color) -> Vec<Ground> {
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let mut out: Vec<Ground> = Vec::new();
    for row in 0..rows {
        let mut column = 0;
        while column < columns {
            let colour = colours(cell(buffer, column, row), (ground, ground)).1;
            let same = |at: usize| colours(cell(buffer, at, row), (ground, ground)).1 == colour;
            let end = (column..columns).find(|at| !same(*at)).unwrap_or(columns);
            let new = Ground { column, row, columns: end - column, rows: 1, colour };
            column = end;
            let above = out.iter_mut().rev().find(|g| {
                g.row + g.rows == row && (g.column, g.columns, &g.colour) == (new.column, new.columns, &new.colour)
            });
            match above {
                _ if new.colour == hex(ground, ground) => {}
                Some(above) => above.rows += 1,
                None => out.push(new),
            }
        }
    }
    out
}

fn letters(buffer: &Buffer, row: usize, base: (Color, Color), out: &mut String) {
    let columns = usize::from(buffer.area.width);
    let mut column = 0;
    while column < columns {
        let first = cell(buffer, column, row);
        let like = (colours(first, base).0, first.modifier);
        let mut run = Run { column, columns: 0, text: String::new() };
        while column < columns {
            let here = cell(buffer, column, row);
            if (colours(here, base).0, here.modifier) != like || lone(here.symbol()) && run.columns > 0 {
                break;
            }
            run.text.push_str(here.symbol());
            let width = here.symbol().width().max(1);
            (run.columns, column) = (run.columns + width, column + width);
            if lone(here.symbol()) {
                break;
            }
        }
        text(&run, row, &like, out);
    }
}

/// Marks and frames stand alone: fonts disagree about their widths, and a stretched run would shift its letters.
fn lone(symbol: &str) -> bool {
    symbol.chars().any(|c| !c.is_alphanumeric() && !c.is_ascii() && !"’«»…–— \u{a0}\u{202f}".contains(c))
}

fn text(run: &Run, row: usize, like: &(String, Modifier), out: &mut String) {
    let lead = run.text.len() - run.text.trim_start_matches(' ').len();
    let shown = run.text.trim_matches(' ');
    if shown.is_empty() {
        return;
    }
    let blanks = run.columns - run.text.trim_end_matches(' ').width();
    let columns = run.columns - lead - blanks;
    let (x, y) = (MARGIN + (run.column + lead) * CELL.0, MARGIN + row * CELL.1 + BASELINE);
    let mut extra = String::new();
    let looks = [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::DIM, " opacity=\"0.6\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
    ];
    looks.iter().filter(|(modifier, _)| like.1.contains(*modifier)).for_each(|(_, look)| extra.push_str(look));
    let length = columns * CELL.0;
    let escaped = shown.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let fit = format!("textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\"");
    writeln!(out, "<text x=\"{x}\" y=\"{y}\" {fit} fill=\"{}\"{extra}>{escaped}</text>", like.0).unwrap();
}

fn hex(colour: Color, reset: Color) -> String {
    match (colour, reset) {
        (Color::Rgb(r, g, b), _) | (Color::Reset, Color::Rgb(r, g, b)) => format!("#{r:02x}{g:02x}{b:02x}"),
        (Color::Reset, _) => "#000000".to_owned(),
        (other, _) => panic!("{other:?}: the picture is drawn in a painted theme"),
    }
}

#[test]
fn letters_keep_to_their_cells_and_sequences_are_escaped() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
    buffer.set_string(0, 0, "a<b ✓ 日本", ratatui::style::Style::new());
    let drawn = svg(&buffer, Color::Rgb(255, 255, 255), Color::Rgb(0, 0, 0));
    assert!(drawn.contains("a&lt;b"), "{drawn}");
    let at = |mark: &str| drawn.lines().find(|l| l.contains(mark)).unwrap().to_owned();
    assert!(at(">✓<").contains(&format!("x=\"{}\"", MARGIN + 4 * CELL.0)), "{drawn}");
    assert!(at("日本").contains(&format!("textLength=\"{}\"", 4 * CELL.0)), "{drawn}");
}
