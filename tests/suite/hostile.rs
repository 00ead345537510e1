//! Guides and files made to hurt: the reader shows something, answers keys, and lets nothing through.
//!
//! What takes how long is measured by hand, with `.ci/hostile`: the real program at full size on a terminal, and the
//! cost of twice as much in instructions. Here the same guides are made small, and what follows from their size is
//! counted: no test depends on a clock.

mod campaign;
mod escapes;
mod files;
mod inputs;
mod sinks;
mod waiting;

use inputs::{INPUTS, Input};
use jalon::app::{Code, Key, Model, Msg, Settings, update};
use jalon::guide::{Block, CleanText, Guide, Origin};
use jalon::layout::Line;
use jalon::progress::Log;
use jalon::theme::ThemeChoice;
use jalon::view;
use jalon::words::Lang;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

/// How many times smaller than in the campaign a guide is made here.
const SMALL: usize = 400;

/// A container is at most this deep, whatever the guide.
const DEEPEST: u32 = 100;

/// A name has at most this many characters, and an ellipsis.
const LONGEST: usize = 501;

impl Input {
    fn guide(&self, n: usize) -> Guide {
        Guide::parse(&(self.make)(n), &Origin { name: "essai".into(), base_url: None })
    }

    fn small(&self) -> usize {
        (self.full / SMALL).max(20)
    }
}

/// A hostile guide by its name, of so many repetitions.
pub fn small(name: &str, repetitions: usize) -> String {
    let input = INPUTS.iter().find(|input| input.name == name).unwrap_or_else(|| panic!("no guide {name:?}"));
    (input.make)(repetitions)
}

/// What a guide holds, in bytes and things.
fn weight(guide: &Guide) -> usize {
    // Cells that a table's rows leave out are line feeds; the parser bounds their number.
    let text = |b: &Block| b.text.bytes().filter(|byte| *byte != b'\n').count();
    let texts: usize = guide.blocks().map(|(_, b)| text(b) + b.spans.len()).sum();
    let targets: usize = guide.links().map(|(_, l)| l.target.len()).sum();
    let contacts: usize = guide.contacts.iter().map(|c| c.label.len() + c.bare.len() + c.target.len()).sum();
    let items: usize = guide.items.iter().map(|i| i.label.len() + i.id.0.len()).sum();
    let headings: usize = guide.headings.iter().map(|h| h.text.len()).sum();
    texts + targets + contacts + items + headings + guide.blocks().count() + guide.containers().count()
}

#[test]
fn what_a_hostile_guide_holds_grows_no_faster_than_its_text() {
    for input in &INPUTS {
        let (one, two) = (input.guide(4 * input.small()), input.guide(8 * input.small()));
        let by_byte = |guide: &Guide| weight(guide) as f64 / guide.source.len().max(1) as f64;
        let growth = by_byte(&two) / by_byte(&one).max(0.1);
        assert!(growth <= 1.3, "{}: {growth} times as much for each byte of a guide twice as long", input.name);
        // The worst of them: a list of one letter each, with ids and labels.
        assert!(by_byte(&two) < 12.0, "{}: {} times its text", input.name, by_byte(&two));
    }
}

#[test]
fn chains_and_names_are_bounded_in_every_hostile_guide() {
    for input in &INPUTS {
        let guide = input.guide(4 * input.small());
        let deepest = guide.containers().map(|(_, c)| c.depth + 1).max().unwrap_or_default();
        assert!(deepest <= DEEPEST, "{}: {deepest} deep", input.name);
        let names = guide.headings.iter().map(|h| &h.text).chain(guide.items.iter().map(|i| &i.label));
        let all = names.chain(guide.contacts.iter().map(|c| &c.label)).chain([&guide.title]);
        let longest = all.map(|name| name.chars().count()).max().unwrap_or_default();
        assert!(longest <= LONGEST, "{}: a name of {longest} characters", input.name);
        let path = guide.groups.iter().map(|g| guide.path_of(g).chars().count()).max().unwrap_or_default();
        assert!(path <= 6 * 101, "{}: a path of {path} characters", input.name);
    }
}

fn model(guide: Arc<Guide>, size: (u16, u16)) -> Model {
    let settings = Settings {
        lang: Lang::Fr,
        theme: ThemeChoice::Night,
        who: CleanText::line("lise"),
        device: "lise-1a2b3c4d".to_owned(),
        ..Settings::default()
    };
    Model::new(guide, Log::default(), settings, size, 0)
}

#[test]
fn every_hostile_guide_is_read_in_every_panel() {
    let keys = "jj  Gkbg]].x..3jGx3hl?1jG\r22G ";
    for input in &INPUTS {
        let guide = Arc::new(input.guide(input.small()));
        for size in [(120, 40), (40, 12), (20, 5)] {
            let mut model = model(Arc::clone(&guide), size);
            for key in keys.chars() {
                let key = if key == '\r' { Key::plain(Code::Enter) } else { Key::char(key) };
                update(&mut model, Msg::Key(key));
                let rows = usize::from(model.panes.column.height);
                assert!(model.reader.lines.len() <= rows, "{}", input.name);
                let area = Rect::new(0, 0, size.0, size.1);
                view::draw(&model, area, &mut Buffer::empty(area));
            }
        }
    }
}

#[test]
fn every_row_of_a_hostile_guide_fits_its_width() {
    let columns = |line: &Line| jalon::layout::columns(&line.text);
    for input in &INPUTS {
        let mut model = model(input.guide(input.small()).into(), (80, 50));
        let width = usize::from(model.panes.column.width);
        // From the top down, and what the end of the guide shows.
        for _ in 0..20 {
            let wide = model.reader.lines.iter().find(|line| columns(line) > width.max(2));
            assert_eq!(wide, None, "{}: {} columns", input.name, wide.map_or(0, columns));
            update(&mut model, Msg::Key(Key::char(' ')));
        }
        update(&mut model, Msg::Key(Key::char('G')));
        assert!(model.reader.lines.iter().all(|line| columns(line) <= width.max(2)), "{}", input.name);
        assert_eq!(model.reader.percent, 100, "{}", input.name);
    }
}
