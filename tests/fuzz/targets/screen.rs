//! Bytes of a guide, read while bytes of a terminal are typed, become bytes for the terminal: frame by frame through
//! the program's own model, view and screen. All of them are on the oracle's list, and nothing in them hides. The plain
//! commands print the same guide as lines.

use super::{Share, links};
use crate::oracle;
use jalon::app::{Effect, Landing, Model, Msg, Settings, update};
use jalon::cli;
use jalon::edge::{Input, Parser, Screen};
use jalon::guide::search::{Hits, Index, Query};
use jalon::guide::{BaseUrl, CleanText, Guide, Origin};
use jalon::layout::{Colours, Layout, Measures, Medium, columns, whole};
use jalon::progress::{Dot, Log, Record, Walk, export_markdown, import, report};
use jalon::theme::{Glyphs, ThemeChoice};
use jalon::view;
use jalon::words::Lang;
use jiff::tz::TimeZone;
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

/// All arrangements of the panels, and no more rows than show them: a frame costs by its cells.
const SIZES: [(u16, u16); 8] = [(80, 10), (120, 12), (40, 12), (20, 5), (1, 1), (23, 7), (100, 9), (50, 16)];

/// Columns of the window that each ends in, as many as it had rows and no more than this.
const NARROWED: u16 = 16;

/// Most bytes that are typed.
const TYPED: usize = 48;

const DEVICE: &str = "lise-1a2b3c4d";

/// The first byte is the surroundings; up to the first line's end stands what is typed, after it the guide.
pub fn run(bytes: &[u8], share: Share) {
    let Some((&around, rest)) = bytes.split_first() else { return };
    let end = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
    let (typed, text) = rest.split_at(end);
    let typed = typed.get(..TYPED).unwrap_or(typed);
    let text = text.get(1..).unwrap_or_default();
    // What is typed serves as the file's and the person's name too: nobody chooses those for us.
    let name = String::from_utf8_lossy(typed).into_owned();
    let base_url = Some(BaseUrl::Otherwise("https://exemple.fr/".to_owned()));
    let guide = Guide::parse_bytes(text, &Origin { name: name.clone(), base_url });
    if around & 0x80 == 0 { read(guide, &name, typed, around, share) } else { print(&guide, around, share) }
}

fn glyphs(ascii: bool) -> &'static Glyphs {
    if ascii { Glyphs::ASCII } else { Glyphs::UNICODE }
}

fn lang(around: u8) -> Lang {
    if around & 0x10 == 0 { Lang::Fr } else { Lang::En }
}

/// The plain commands.
fn print(guide: &Guide, around: u8, mut share: Share) {
    let (width, _) = SIZES.get(usize::from(around & 7)).copied().unwrap_or_default();
    let (glyphs, lang) = (glyphs(around & 8 != 0), lang(around));
    let (colours, toggled) = (Colours::default(), BTreeSet::new());
    let (measures, medium) = (Measures::default(), Medium::Paper);
    let layout =
        Layout { guide, width, glyphs, lang, colours: &colours, toggled: &toggled, measures: &measures, medium };
    let log = Log::default();
    let report = report(guide, &log, &Walk::default(), 0, 90);
    let voice = cli::Voice { lang, glyphs, width, zone: TimeZone::UTC };
    for part in share.one_of(4) {
        let lines: Vec<String> = match part {
            0 => {
                let marks = cli::Marks::of(guide, Some(&report), glyphs);
                cli::show_plain(&layout, &whole(guide), &marks).lines().map(str::to_owned).collect()
            }
            1 => {
                let pages = [cli::outline(guide, &report, &voice), cli::contacts(guide), cli::status(&report, &voice)];
                pages.iter().flatten().map(cli::Row::plain).collect()
            }
            // JSON spells controls out; what is in it is looked at where it is parsed.
            2 => {
                let json = [cli::outline_json(guide, &report), cli::status_json(&report), cli::contacts_json(guide)];
                json.iter().flat_map(|text| text.lines()).map(str::to_owned).collect()
            }
            _ => {
                // A file that somebody sent is no export, or one: reading it is all that is asked.
                let _ = import(&guide.source.get(0..guide.source.len()).unwrap_or_default(), guide, &log);
                export_markdown(guide, &log).lines().map(str::to_owned).collect()
            }
        };
        for line in &lines {
            assert_eq!(oracle::line_offence(line), None, "{line:?}");
        }
    }
}

/// The full screen.
fn read(guide: Guide, name: &str, typed: &[u8], around: u8, mut share: Share) {
    let size = SIZES.get(usize::from(around & 7)).copied().unwrap_or_default();
    let settings = Settings {
        lang: lang(around),
        theme: if around & 0x20 == 0 { ThemeChoice::Night } else { ThemeChoice::Terminal },
        ascii: around & 8 != 0,
        who: CleanText::line(name),
        device: DEVICE.to_owned(),
        file: Some(CleanText::line(name)),
        write_boxes: around & 0x40 != 0,
        ..Settings::default()
    };
    let mut stage = Stage {
        model: Model::new(Arc::new(guide), Log::default(), settings, size, 0),
        screen: Screen::unknown(),
        n: 0,
    };
    if share.once_in(2) {
        stage.draw();
    }
    let mut parser = Parser::default();
    let mut pressed: Vec<Input> = parser.feed(typed);
    pressed.extend(parser.give_up());
    let last = pressed.len().saturating_sub(1);
    for (index, input) in pressed.into_iter().enumerate() {
        stage.tell(match input {
            Input::Key(key) => Msg::Key(key),
            Input::Mouse(mouse) => Msg::Mouse(mouse),
            Input::Paste(text) => Msg::Paste(text),
            Input::Background(rgb) => Msg::Background { rgb },
            Input::Focus(gained) => Msg::Focus(gained),
            Input::Attributes => continue,
        });
        if index == last || share.once_in(6) {
            stage.draw();
        }
    }
    if share.once_in(4) {
        stage.tell(Msg::Resize(size.1.min(NARROWED), size.0));
        stage.draw();
    }
}

struct Stage {
    model: Model,
    screen: Screen,
    /// Records made.
    n: u64,
}

impl Stage {
    /// Tells the model something, and answers what it asks for as the edge would.
    fn tell(&mut self, msg: Msg) {
        let mut waiting = VecDeque::from([msg]);
        // An answer asks for little more; a circle would be a fault.
        for _ in 0..64 {
            let Some(msg) = waiting.pop_front() else { return };
            for effect in update(&mut self.model, msg) {
                waiting.extend(self.answer(effect));
            }
        }
        panic!("answers that ask for more without end");
    }

    fn answer(&mut self, effect: Effect) -> Option<Msg> {
        Some(match effect {
            Effect::Record(ticket, change) => {
                self.n += 1;
                let dot = Dot { device: DEVICE.to_owned(), n: self.n };
                let at = self.model.log.clock().after(self.model.now);
                let record = Record { dot, at, by: self.model.settings.who.clone(), change };
                Msg::Recorded(ticket, record.as_written())
            }
            Effect::Copy(ticket, text) => {
                // A section or code may hold tabs.
                let text = text.replace('\t', " ");
                assert_eq!(text.lines().find_map(oracle::line_offence), None, "copied: {text:?}");
                Msg::Copied(ticket, Landing::Sent)
            }
            Effect::Open(ticket, target) => {
                links::assert_allowed(&target);
                Msg::Opened(ticket, Err(target))
            }
            Effect::Visit(ticket, neighbour) => Msg::NotVisited(ticket, CleanText::line(&neighbour.path)),
            Effect::Browse(ticket, path, _) => Msg::NotVisited(ticket, CleanText::line(&path.to_string_lossy())),
            Effect::Search(ticket, query) => {
                let guide = &self.model.guide;
                let found = match Query::read(&query) {
                    Ok(Some(query)) => Ok(Arc::new(Index::of(guide).find(guide, &query, &|| true).unwrap_or_default())),
                    Ok(None) => Ok(Arc::new(Hits::default())),
                    Err(flaw) => Err(flaw),
                };
                Msg::Found(ticket, found)
            }
            Effect::RememberSearch(text) => {
                assert_eq!(oracle::line_offence(&text), None, "remembered: {text:?}");
                return None;
            }
            Effect::WriteBox(..) => Msg::BoxRefused(CleanText::line("non")),
            Effect::Edit(_) => Msg::Edited(Err(CleanText::line("non"))),
            Effect::Reload => Msg::Reloaded(Arc::clone(&self.model.guide)),
            Effect::Redraw => {
                self.screen.forget();
                return None;
            }
            Effect::Survey(_) | Effect::Sweep(..) | Effect::SearchList(_) => return None,
            Effect::Return(_) | Effect::Colour(..) | Effect::Complete => return None,
            Effect::CaptureMouse(_) | Effect::Suspend | Effect::Quit => return None,
        })
    }

    fn draw(&mut self) {
        let model = &self.model;
        let width = usize::from(model.panes.column.width).max(2);
        let wide = model.reader.lines.iter().find(|line| columns(&line.text) > width);
        assert!(wide.is_none(), "wider than {width}: {wide:?}");
        let bytes = self.screen.frame(model.size, |area, buf| view::draw(model, area, buf));
        assert_eq!(oracle::offence(&bytes), None, "{:?}", String::from_utf8_lossy(&bytes));
        assert_eq!(oracle::hidden(&String::from_utf8_lossy(&bytes)), None, "{:?}", String::from_utf8_lossy(&bytes));
    }
}
