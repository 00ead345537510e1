//! Frames as bytes, and what a terminal makes of them.

use super::*;
use crate::app::{Code, Key, Model, Msg, Settings, update};
use crate::guide::{Guide, Origin};
use crate::progress::Log;
use crate::theme::ThemeChoice;
use crate::view;
use proptest::prelude::*;
use ratatui::style::{Color, Modifier, Style};
use std::num::NonZero;
use std::sync::Arc;

fn text(frame: Vec<u8>) -> String {
    String::from_utf8(frame).unwrap()
}

#[test]
fn a_frame_that_changes_nothing_is_no_byte() {
    let mut screen = Screen::unknown();
    let paint = |_: Rect, buf: &mut Buffer| {
        buf.set_string(0, 0, "été", Style::new());
        None
    };
    let first = text(screen.frame((10, 2), paint));
    assert!(first.contains("été") && first.contains("\x1b[2J"), "{first:?}");
    assert_eq!(text(screen.frame((10, 2), paint)), "");
    screen.forget();
    assert_eq!(text(screen.frame((10, 2), paint)), first);
    let wider = text(screen.frame((11, 2), paint));
    assert!(wider.contains("\x1b[2J"), "{wider:?}");
}

#[test]
fn the_cursor_shows_where_it_is_asked_for_and_hides_again() {
    let mut screen = Screen::unknown();
    screen.frame((10, 2), |_, _| None);
    assert_eq!(text(screen.frame((10, 2), |_, _| Some((3, 1)))), "\x1b[?2026h\x1b[2;4H\x1b[?25h\x1b[?2026l");
    assert_eq!(text(screen.frame((10, 2), |_, _| Some((3, 1)))), "");
    assert_eq!(text(screen.frame((10, 2), |_, _| Some((10, 1)))), "\x1b[?2026h\x1b[?25l\x1b[?2026l");
    assert_eq!(text(screen.frame((10, 2), |_, _| None)), "");
}

#[test]
fn a_frame_is_wrapped_in_one_synchronized_update() {
    let mut screen = Screen::unknown();
    let paint = |area: Rect, buf: &mut Buffer| {
        buf.set_style(area, Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Rgb(4, 5, 6)));
        buf[(0, 0)].set_symbol("a");
        None
    };
    let frame = text(screen.frame((4, 2), paint));
    assert!(frame.starts_with(BEGIN) && frame.ends_with(END), "{frame:?}");
    assert!(frame.contains("38;2;1;2;3;48;2;4;5;6ma"), "{frame:?}");
}

#[test]
fn a_screen_without_cells_is_drawn_too() {
    let mut screen = Screen::unknown();
    assert!(text(screen.frame((0, 0), |_, _| Some((0, 0)))).ends_with(END));
    assert!(text(screen.frame((1, 1), |_, _| Some((0, 0)))).ends_with("\x1b[1;1H\x1b[?25h\x1b[?2026l"));
}

/// A terminal with its screen.
struct Watched {
    screen: Screen,
    terminal: vt100::Parser,
    size: (u16, u16),
}

impl Watched {
    fn new(size: (u16, u16)) -> Watched {
        let cells = |n| NonZero::new(n).unwrap();
        Watched { screen: Screen::unknown(), terminal: vt100::Parser::new(cells(size.1), cells(size.0), 0), size }
    }

    /// Draws a frame, checks that the terminal shows it, and gives how many bytes it took.
    fn draw(&mut self, paint: impl Fn(&mut Buffer)) -> usize {
        let frame = self.screen.frame(self.size, |_, buf| {
            paint(buf);
            None
        });
        self.terminal.process(&frame);
        let mut wanted = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        paint(&mut wanted);
        self.compare(&wanted);
        frame.len()
    }

    fn compare(&self, wanted: &Buffer) {
        for y in 0..self.size.1 {
            let mut x = 0;
            while x < self.size.0 {
                let (cell, shown) = (&wanted[(x, y)], self.terminal.screen().cell(y, x).unwrap());
                let symbol = if shown.has_contents() { shown.contents() } else { " " };
                assert_eq!(symbol, cell.symbol(), "at {x}, {y}");
                assert_eq!(shown.bgcolor(), colour(cell.bg), "the ground at {x}, {y}");
                let has = |modifier| cell.modifier.contains(modifier);
                assert_eq!(shown.inverse(), has(Modifier::REVERSED), "at {x}, {y}");
                assert_eq!(shown.underline(), has(Modifier::UNDERLINED), "at {x}, {y}");
                // A blank's ink is not seen.
                if cell.symbol() != " " {
                    assert_eq!(shown.fgcolor(), colour(cell.fg), "the ink at {x}, {y}");
                    let weight = (shown.bold(), shown.dim(), shown.italic());
                    assert_eq!(weight, (has(Modifier::BOLD), has(Modifier::DIM), has(Modifier::ITALIC)), "at {x}, {y}");
                }
                x += if shown.is_wide() { 2 } else { 1 };
            }
        }
    }
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        Color::Indexed(n) => vt100::Color::Idx(n),
        Color::Reset => vt100::Color::Default,
        named => {
            let names =
                [Color::Black, Color::Red, Color::Green, Color::Yellow, Color::Blue, Color::Magenta, Color::Cyan];
            let bright = [Color::DarkGray, Color::LightRed, Color::LightGreen, Color::LightYellow, Color::LightBlue];
            let more = [Color::LightMagenta, Color::LightCyan, Color::White];
            let all = names.iter().chain(&[Color::Gray]).chain(&bright).chain(&more);
            vt100::Color::Idx(all.into_iter().position(|c| *c == named).unwrap() as u8)
        }
    }
}

const SCROLLED: &str = "# Titre\n\nUn *texte* qui **défile** avec `du code`, un [lien](https://a.fr) et des mots.\n\n\
    - [ ] une tâche\n- [x] une autre, plus longue, avec 日本語 et é\n\n## Partie\n\n```rust\nlet a = \"b\"; // c\n\
    \n    fin();\n```\n\n| a | b |\n|---|--:|\n| un | 1 |\n| deux 終 | 22 |\n\n> cité\n\n1. un\n2. deux\n\n";

fn model(source: &str, size: (u16, u16), theme: ThemeChoice) -> Model {
    let guide = Guide::parse(source, &Origin::default());
    Model::new(Arc::new(guide), Log::default(), Settings { theme, ..Settings::default() }, size, 0)
}

fn watched_keys(size: (u16, u16), theme: ThemeChoice, keys: &[Code]) {
    let mut model = model(&SCROLLED.repeat(30), size, theme);
    let mut watched = Watched::new(size);
    for key in keys {
        update(&mut model, Msg::Key(Key::plain(*key)));
        watched.draw(|buf| _ = view::draw(&model, buf.area, buf));
    }
}

fn scrolls() -> impl Strategy<Value = Vec<Code>> {
    let keys = "jjjjkkkdu bgG]]otT3x1".chars().map(Code::Char).chain([Code::Tab, Code::Esc, Code::PageUp, Code::Down]);
    prop::collection::vec(prop::sample::select(keys.collect::<Vec<_>>()), 1..30)
}

/// Rows of letters, some of them wide, some of them painted.
fn rows() -> impl Strategy<Value = Vec<(String, u8)>> {
    prop::collection::vec(("[a-e 日é]{0,20}", 0..5_u8), 40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_terminal_shows_each_frame_whatever_is_pressed(
        keys in scrolls(),
        size in prop::sample::select(vec![(120, 40), (80, 24), (60, 24), (40, 12)]),
        theme in prop::sample::select(vec![ThemeChoice::Night, ThemeChoice::Day]),
    ) {
        watched_keys(size, theme, &keys);
    }

    #[test]
    fn the_terminal_shows_each_frame_of_rows_that_move(
        rows in rows(),
        tops in prop::collection::vec(0..28_usize, 1..12),
        side in 0..12_u16,
        around in (0..3_u16, 0..3_u16),
    ) {
        let mut watched = Watched::new((24, 12));
        for top in tops {
            watched.draw(|buf| {
                let (from, to) = (around.0, 12 - around.1);
                for (y, (text, style)) in (from..to).zip(rows.iter().skip(top)) {
                    let style = match style {
                        0 => Style::new().fg(Color::Rgb(9, 9, 9)).bg(Color::Indexed(3)),
                        1 => Style::new().add_modifier(Modifier::BOLD),
                        2 => Style::new().fg(Color::Red).add_modifier(Modifier::UNDERLINED | Modifier::DIM),
                        _ => Style::new(),
                    };
                    buf.set_stringn(side, y, text, usize::from(24 - side), style);
                }
                for y in 0..12 {
                    buf.set_stringn(0, y, format!("side {y} that stands"), usize::from(side), Style::new().bg(Color::Blue));
                }
                buf.set_string(0, 11, format!("{top} %"), Style::new());
            });
        }
    }
}

#[test]
fn a_line_down_beside_nothing_moves_rows_and_beside_full_panels_paints() {
    let cost = |size: (u16, u16), source: &str| {
        let mut model = model(source, size, ThemeChoice::Night);
        let mut watched = Watched::new(size);
        let mut draw = |key: char| {
            update(&mut model, Msg::Key(Key::char(key)));
            watched.draw(|buf| _ = view::draw(&model, buf.area, buf))
        };
        let whole = draw(' ');
        let mut keys: Vec<usize> = (0..20).map(|_| draw('j')).collect();
        keys.sort();
        (whole, keys[keys.len() / 2])
    };
    let words: String = (0..9_000).map(|n| format!("mot{n} *et* `fin` ")).collect();
    let (whole, key) = cost((120, 40), &words);
    assert!(key * 20 < whole, "{key} bytes for a key, {whole} for the screen");
    let (whole, key) = cost((60, 24), &SCROLLED.repeat(30));
    assert!(key * 8 < whole, "{key} bytes for a key, {whole} for the screen");
    let (whole, key) = cost((120, 40), &SCROLLED.repeat(30));
    assert!(key * 3 < whole, "{key} bytes for a key, {whole} for the screen");
}

#[test]
fn of_a_wide_symbol_that_goes_nothing_is_left() {
    let style = Style::new().add_modifier(Modifier::UNDERLINED);
    let mut watched = Watched::new((10, 2));
    for x in [3, 2, 3, 4, 1] {
        watched.draw(|buf| buf.set_string(x, 0, "日", style));
        watched.draw(|buf| buf.set_string(x - 1, 0, "日", Style::new()));
    }
}
