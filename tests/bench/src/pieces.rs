//! The pieces of work that are measured, each by itself: what is needed for it is made before, and one turn of it is
//! the same work every time. Reads no clock.

use crate::{endless, guide};
use jalon::app::{Code, Key, Model, Msg, Settings, update};
use jalon::edge::Screen;
use jalon::guide::search::{Index, Query};
use jalon::guide::{Anchor, BlockKind, CleanText, Guide, Origin};
use jalon::progress::{Change, Dot, Hlc, Log, Op, Record, Subject, read_lines};
use jalon::theme::ThemeChoice;
use jalon::view;
use jalon::words::Lang;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// Bytes of the guide that most pieces work on.
const BYTES: usize = 1_000_000;
/// Parts of an endless guide: enough to be longer than any bound of the layout.
const PARTS: usize = 20_000;
/// Records of the journal.
const RECORDS: u64 = 100_000;
/// Columns and rows of the window.
const WINDOW: (u16, u16) = (120, 40);

/// One turn of the work; gives something that depends on all of it.
pub type Turn = Box<dyn FnMut() -> usize>;

/// A piece of work.
pub struct Piece {
    /// What it is called in tables and on the command line.
    pub name: &'static str,
    /// Makes what one turn needs.
    pub prepare: fn() -> Turn,
}

/// All of them.
pub const PIECES: &[Piece] = &[
    Piece { name: "parse-1MB", prepare: parse },
    Piece { name: "screenful-start", prepare: || screenful(|_| Anchor::default()) },
    Piece { name: "screenful-middle", prepare: || screenful(|guide| Anchor::of_block(guide.block_count() / 2)) },
    Piece { name: "screenful-end", prepare: || screenful(|guide| Anchor::of_block(guide.block_count() - 9)) },
    Piece { name: "screenful-code", prepare: || screenful(|g| first(g, |k| matches!(k, BlockKind::Code { .. }))) },
    Piece { name: "screenful-table", prepare: || screenful(|g| first(g, |k| matches!(k, BlockKind::Table(_)))) },
    Piece { name: "index-1MB", prepare: index },
    Piece { name: "query-1MB", prepare: || query(guide::FOUND) },
    Piece { name: "query-1MB-a-letter", prepare: || query("e") },
    Piece { name: "replay-100000", prepare: replay },
    Piece { name: "frame", prepare: frame },
    Piece { name: "key-text", prepare: || key(model(&guide::guide(BYTES, 1))) },
    Piece { name: "key-paragraph", prepare: || key(endless(0)) },
    Piece { name: "key-list", prepare: || key(endless(1)) },
    Piece { name: "key-table", prepare: || key(endless(2)) },
    Piece { name: "key-fence", prepare: || key(endless(3)) },
    Piece { name: "resize", prepare: resize },
];

fn parse() -> Turn {
    let text = guide::guide(BYTES, 1);
    Box::new(move || Guide::parse(&text, &Origin::default()).block_count() as usize)
}

/// A screen full of laid-out rows.
fn screenful(place: fn(&Guide) -> Anchor) -> Turn {
    let model = model(&guide::guide(BYTES, 1));
    let from = place(&model.guide);
    Box::new(move || model.layout().lines(from, usize::from(model.panes.column.height)).len())
}

/// The first block of a kind in the guide's second half.
fn first(guide: &Guide, wanted: fn(&BlockKind) -> bool) -> Anchor {
    let half = guide.block_count() / 2;
    let found = guide.blocks().find(|(number, block)| *number >= half && wanted(&block.kind));
    Anchor::of_block(found.map_or(half, |(number, _)| number))
}

fn index() -> Turn {
    let guide = parsed(&guide::guide(BYTES, 1));
    Box::new(move || {
        // Its size is no one's to know; that it was made is all that counts.
        std::hint::black_box(Index::of(&guide));
        1
    })
}

fn query(typed: &'static str) -> Turn {
    let guide = parsed(&guide::guide(BYTES, 1));
    let index = Index::of(&guide);
    Box::new(move || {
        let query = Query::read(typed).ok().flatten();
        query.and_then(|query| index.find(&guide, &query, &|| true)).map_or(0, |hits| hits.len())
    })
}

/// A journal as it lies on the disk becomes a state.
fn replay() -> Turn {
    const DEVICE: &str = "lise-1a2b3c4d";
    let guide = parsed(&guide::guide(BYTES, 1));
    let mut dice = guide::Dice(3);
    let mut journal = String::new();
    for n in 1..=RECORDS {
        let subject = Subject::of_item(&guide, dice.throw(guide.items.len()));
        let op = match dice.throw(8) {
            0 => Op::Skip { reason: CleanText::line("pas ici") },
            1 => Op::Note { text: CleanText::line("vu avec l'équipe, à revoir en été") },
            2 if n > 1 => Op::Undo { of: Dot { device: DEVICE.into(), n: n - 1 } },
            3 | 4 => Op::Todo,
            _ => Op::Done,
        };
        let at = Hlc { millis: 1_700_000_000_000 + n as i64 * 1_000, ..Hlc::default() };
        let (dot, by) = (Dot { device: DEVICE.into(), n }, CleanText::line("lise"));
        journal.push_str(&Record { dot, at, by, change: Change { subject, op } }.to_line());
    }
    Box::new(move || {
        let log: Log = read_lines(journal.as_bytes(), DEVICE).records.into_iter().collect();
        log.records().len()
    })
}

fn frame() -> Turn {
    let model = middle(model(&guide::guide(BYTES, 1)));
    Box::new(move || draw(&model))
}

/// A line down, and the next time up again: what is derived, laid out, drawn and spelled for a key.
fn key(model: Model) -> Turn {
    let mut model = middle(model);
    let mut screen = Screen::unknown();
    let mut down = false;
    let mut press = move || {
        down = !down;
        update(&mut model, Msg::Key(Key::char(if down { 'j' } else { 'k' })));
        show(&model, &mut screen)
    };
    // What is laid out for the first time is remembered: that is not what most keys cost.
    press();
    press();
    Box::new(press)
}

/// The window becomes narrower, and the next time wider again.
fn resize() -> Turn {
    let mut model = middle(model(&guide::guide(BYTES, 1)));
    let mut screen = Screen::unknown();
    let mut narrow = false;
    Box::new(move || {
        narrow = !narrow;
        update(&mut model, Msg::Resize(if narrow { 100 } else { WINDOW.0 }, WINDOW.1));
        show(&model, &mut screen)
    })
}

/// The bytes of the next frame.
fn show(model: &Model, screen: &mut Screen) -> usize {
    screen.frame(model.size, |area, buffer| view::draw(model, area, buffer)).len()
}

fn draw(model: &Model) -> usize {
    let area = Rect::new(0, 0, model.size.0, model.size.1);
    let mut buffer = Buffer::empty(area);
    view::draw(model, area, &mut buffer);
    buffer.content.iter().map(|cell| cell.symbol().len()).sum()
}

/// Some pages from the end, where rows stand above and below.
fn middle(mut model: Model) -> Model {
    update(&mut model, Msg::Key(Key::plain(Code::End)));
    for _ in 0..100 {
        update(&mut model, Msg::Key(Key::plain(Code::PageUp)));
    }
    model
}

fn endless(nth: usize) -> Model {
    model(&endless::ALL[nth].guide(PARTS))
}

fn parsed(text: &str) -> Guide {
    Guide::parse(text, &Origin::default())
}

fn model(text: &str) -> Model {
    let settings = Settings { lang: Lang::Fr, theme: ThemeChoice::Night, ..Settings::default() };
    Model::new(Arc::new(parsed(text)), Log::default(), settings, WINDOW, 1_700_000_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_does_something_and_the_same_every_other_time() {
        for piece in PIECES {
            let mut turn = (piece.prepare)();
            let turns: Vec<usize> = (0..4).map(|_| turn()).collect();
            assert!(turns.iter().all(|done| *done > 0), "{}: {turns:?}", piece.name);
            assert_eq!((turns[0], turns[1]), (turns[2], turns[3]), "{}", piece.name);
        }
    }
}
