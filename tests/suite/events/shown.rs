//! What a terminal shows after all the frames so far, beside what drawing anew would give. Frames tell only what changes:
//! whatever they leave out wrongly would stay on the screen. The terminal is a plain one, made of the sequences that our
//! frames consist of; it keeps clusters whole, as ratatui counts them.

use jalon::app::Model;
use jalon::edge::Screen;
use jalon::view;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_segmentation::UnicodeSegmentation;

/// What is seen of a blank.
const SEEN: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// A place of the terminal's screen.
#[derive(Clone, Debug, PartialEq)]
enum Place {
    /// Nobody knows: never written, or half of a wide symbol that was written over.
    Unknown,
    Holds(Cell),
    /// The rest of a wide symbol.
    Covered,
}

/// Whether the terminal is compared with the picture after a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    Yes,
    No,
}

/// The screen of the program and the terminal's.
pub struct Watched {
    screen: Screen,
    size: (u16, u16),
    rows: Vec<Vec<Place>>,
    /// What is written next is written in this style, here.
    style: Cell,
    at: (usize, usize),
    cursor: bool,
}

impl Watched {
    pub fn new() -> Watched {
        let (rows, style) = (Vec::new(), Cell::EMPTY);
        Watched { screen: Screen::unknown(), size: (0, 0), rows, style, at: (0, 0), cursor: true }
    }

    /// Sends a frame, and may compare; gives what differs.
    pub fn look(&mut self, model: &Model, compared: Compared) -> Result<(), String> {
        if self.size != model.size {
            self.size = model.size;
            let (columns, rows) = (usize::from(model.size.0), usize::from(model.size.1));
            self.rows = vec![vec![Place::Unknown; columns]; rows];
        }
        let frame = self.screen.frame(model.size, |area, buffer| view::draw(model, area, buffer));
        self.take(std::str::from_utf8(&frame).map_err(|error| error.to_string())?)?;
        if compared == Compared::No {
            return Ok(());
        }
        let area = Rect::new(0, 0, model.size.0, model.size.1);
        let mut anew = Buffer::empty(area);
        let cursor = view::draw(model, area, &mut anew);
        self.compare(&anew)?;
        let shown = self.cursor.then_some((self.at.0 as u16, self.at.1 as u16));
        if area.is_empty() || shown == cursor {
            Ok(())
        } else {
            Err(format!("the cursor is at {shown:?}, not {cursor:?}"))
        }
    }

    fn compare(&self, anew: &Buffer) -> Result<(), String> {
        let all = self.rows.iter().flatten().zip(&anew.content).enumerate();
        let mut covered = 0;
        for (n, (place, wanted)) in all {
            let fine = match place {
                Place::Unknown => false,
                Place::Covered => covered > 0,
                Place::Holds(cell) => covered == 0 && (cell == wanted || looks(cell) == looks(wanted)),
            };
            if !fine {
                let (x, y) = anew.pos_of(n);
                return Err(format!("at {x}, {y} the terminal shows {place:?}, not {wanted:?}"));
            }
            covered = if covered > 0 { covered - 1 } else { usize::from(wanted.cell_width()).saturating_sub(1) };
        }
        Ok(())
    }

    /// Takes the bytes of a frame.
    fn take(&mut self, frame: &str) -> Result<(), String> {
        for (n, part) in frame.split('\x1b').enumerate() {
            let sequence = part.strip_prefix('[').filter(|_| n > 0);
            let text = match sequence {
                None if n == 0 => part,
                None => return Err(format!("no sequence: {part:?}")),
                Some(part) => {
                    let end = part.find(|c: char| ('@'..='~').contains(&c)).ok_or("a sequence without an end")?;
                    self.obey(&part[..end], &part[end..=end])?;
                    &part[end + 1..]
                }
            };
            text.graphemes(true).try_for_each(|cluster| self.write(cluster))?;
        }
        Ok(())
    }

    fn obey(&mut self, parameters: &str, end: &str) -> Result<(), String> {
        let numbers: Vec<usize> = parameters.split(';').map(|n| n.parse().unwrap_or_default()).collect();
        let (row, number) = (self.at.1, numbers[0]);
        match (parameters, end) {
            ("?2026", _) => {}
            ("?25", _) => self.cursor = end == "h",
            ("2", "J") => self.rows.iter_mut().flatten().for_each(|place| *place = Place::Holds(Cell::EMPTY)),
            (_, "H") => self.at = (numbers[1] - 1, number - 1),
            (_, "M") => {
                self.rows.drain(row..row + number);
                self.rows.extend(self.blank(number));
            }
            (_, "L") => {
                let blank = self.blank(number);
                self.rows.splice(row..row, blank);
                self.rows.truncate(usize::from(self.size.1));
            }
            (_, "m") => self.turn(&numbers),
            _ => return Err(format!("an unknown sequence: {parameters} {end}")),
        }
        Ok(())
    }

    fn blank(&self, rows: usize) -> Vec<Vec<Place>> {
        vec![vec![Place::Holds(Cell::EMPTY); usize::from(self.size.0)]; rows]
    }

    /// Changes the style (ECMA-48, SGR).
    fn turn(&mut self, numbers: &[usize]) {
        const BEGIN: [Modifier; 9] = [
            Modifier::BOLD,
            Modifier::DIM,
            Modifier::ITALIC,
            Modifier::UNDERLINED,
            Modifier::SLOW_BLINK,
            Modifier::RAPID_BLINK,
            Modifier::REVERSED,
            Modifier::HIDDEN,
            Modifier::CROSSED_OUT,
        ];
        let mut rest = numbers.iter().map(|n| *n as u8);
        while let Some(number) = rest.next() {
            match number {
                0 => self.style = Cell::EMPTY,
                1..=9 => self.style.modifier.insert(BEGIN[usize::from(number) - 1]),
                22 => self.style.modifier.remove(Modifier::BOLD | Modifier::DIM),
                23..=29 => self.style.modifier.remove(BEGIN[usize::from(number) - 21]),
                39 => self.style.fg = Color::Reset,
                49 => self.style.bg = Color::Reset,
                _ => {
                    let mut next = || rest.next().unwrap_or_default();
                    let colour = if next() == 5 { Color::Indexed(next()) } else { Color::Rgb(next(), next(), next()) };
                    *(if number == 38 { &mut self.style.fg } else { &mut self.style.bg }) = colour;
                }
            }
        }
    }

    fn write(&mut self, cluster: &str) -> Result<(), String> {
        let ((x, y), columns) = (self.at, usize::from(cluster.cell_width()));
        let row = self.rows.get_mut(y).filter(|row| x + columns <= row.len()).ok_or("written outside")?;
        // The half of what stood there that is not written over.
        if row[x] == Place::Covered {
            let first = row[..x].iter().rposition(|place| *place != Place::Covered).unwrap_or_default();
            row[first..x].fill(Place::Unknown);
        }
        row[x + columns..].iter_mut().take_while(|place| **place == Place::Covered).for_each(|p| *p = Place::Unknown);
        let mut cell = self.style.clone();
        cell.set_symbol(cluster);
        row[x] = Place::Holds(cell);
        row[x + 1..x + columns].fill(Place::Covered);
        self.at.0 = x + columns;
        Ok(())
    }
}

/// What is seen of a cell.
fn looks(cell: &Cell) -> (&str, Option<Color>, Color, Modifier) {
    let blank = cell.symbol() == " ";
    let modifier = if blank { cell.modifier.intersection(SEEN) } else { cell.modifier };
    let named = |colour| if let Color::Indexed(n) = colour { indexed(n) } else { colour };
    (cell.symbol(), Some(named(cell.fg)).filter(|_| !blank || !modifier.is_empty()), named(cell.bg), modifier)
}

/// A colour by its number; by its name where it has one.
fn indexed(number: u8) -> Color {
    const NAMES: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    NAMES.get(usize::from(number)).copied().unwrap_or(Color::Indexed(number))
}
