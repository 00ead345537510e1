//! The model driven by keys as text, `"jj<tab>s"`, and by the answers that a disk and a clipboard would give.

mod again;
mod boxes;
mod copying;
mod hints;
mod item;
mod library;
mod filtering;
mod progress;
mod notes_and_tables;
mod palette;
mod quest;
mod reading;
mod searching;
mod reload;
mod rest;
mod remapping;
mod random;
mod screen;

use super::*;
use crate::guide::search::{Index, Query};
use crate::guide::{Anchor, BaseUrl, CleanText, Guide, Origin};
use crate::progress::{Change, Dot, Hlc, Log, Op, Record, Standing};
use crate::words::Lang;
use std::sync::Arc;

pub(super) const BUILT_IN: &str = include_str!("../../../content/lancer-sa-communaute.md");
/// Two chapters of tasks under a title, a nested list, a fold, code, and links of every kind.
pub(super) const RUNBOOK: &str = include_str!("runbook.md");
const DAY: i64 = 24 * 60 * 60 * 1000;
const DEVICE: &str = "lise-1a2b3c4d";

/// A model on a stage: keys go in, effects are answered as an edge would.
pub(super) struct Stage {
    pub(super) model: Model,
    pub(super) effects: Vec<Effect>,
    /// Records written so far.
    n: u64,
}

pub(super) fn settings() -> Settings {
    Settings { lang: Lang::Fr, who: CleanText::line("lise"), device: DEVICE.into(), ..Settings::default() }
}

pub(super) fn guide(source: &str) -> Arc<Guide> {
    let origin = Origin { name: "essai".into(), base_url: Some(BaseUrl::Otherwise("https://cto-de-lyon.fr/".into())) };
    Arc::new(Guide::parse(source, &origin))
}

/// The stage with a guide, in a window of 120 by 40.
pub(super) fn stage(source: &str) -> Stage {
    sized(source, 120, 40)
}

pub(super) fn sized(source: &str, columns: u16, rows: u16) -> Stage {
    let model = Model::new(guide(source), Log::default(), settings(), (columns, rows), 1000 * DAY);
    Stage { model, effects: Vec::new(), n: 0 }
}

impl Stage {
    /// Presses keys; what they ask of the disk is left unanswered, and all effects are kept.
    pub(super) fn press(&mut self, keys: &str) -> &mut Stage {
        for key in keys_of(keys) {
            self.tell(Msg::Key(key));
            self.find();
        }
        self
    }

    /// Presses keys, and has each change saved before the next key.
    pub(super) fn keys(&mut self, keys: &str) -> &mut Stage {
        for key in keys_of(keys) {
            self.tell(Msg::Key(key));
            self.find();
            self.save();
        }
        self
    }

    pub(super) fn tell(&mut self, msg: Msg) -> &mut Stage {
        let effects = update(&mut self.model, msg);
        self.effects.extend(effects);
        self
    }

    /// Answers the last search, as an edge does that gives up those that were overtaken.
    pub(super) fn find(&mut self) -> &mut Stage {
        let mut last = None;
        self.effects.retain(|e| match e {
            Effect::Search(ticket, query) => {
                last = Some((*ticket, query.clone()));
                false
            }
            _ => true,
        });
        let Some((ticket, query)) = last else { return self };
        let guide = self.model.guide.clone();
        let hits = |query: Option<Query>| {
            query.map(|q| Index::of(&guide).find(&guide, &q, &|| true).unwrap()).unwrap_or_default()
        };
        let found = Query::read(&query).map(|query| Arc::new(hits(query)));
        self.tell(Msg::Found(ticket, found))
    }

    /// Answers every waiting change as a disk that works.
    pub(super) fn save(&mut self) -> &mut Stage {
        while let Some(at) = self.effects.iter().position(|e| matches!(e, Effect::Record(..))) {
            let Effect::Record(ticket, change) = self.effects.remove(at) else { unreachable!() };
            let record = self.record(change);
            self.tell(Msg::Recorded(ticket, record));
        }
        self
    }

    /// The next record of this device.
    pub(super) fn record(&mut self, change: Change) -> Record {
        self.n += 1;
        let at = Hlc { millis: self.model.now, counter: self.n as u32 };
        Record { dot: Dot { device: DEVICE.into(), n: self.n }, at, by: CleanText::line("lise"), change }
    }

    pub(super) fn mouse(&mut self, kind: MouseKind, column: u16, row: u16) -> &mut Stage {
        self.tell(Msg::Mouse(Mouse { kind, column, row, ctrl: false }))
    }

    pub(super) fn click(&mut self, column: u16, row: u16) -> &mut Stage {
        self.mouse(MouseKind::Press, column, row)
    }

    /// Takes the effects so far.
    pub(super) fn done(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// What stands in the row of notices.
    pub(super) fn said(&self) -> String {
        self.model.said().map(|n| n.text.to_string()).unwrap_or_default()
    }

    pub(super) fn section(&self) -> &str {
        self.model.reader.section.map_or("", |s| &*self.model.guide.headings[s].text)
    }

    /// The label of the item being read.
    pub(super) fn item(&self) -> &str {
        self.model.reader.item.map_or("", |i| &*self.model.guide.items[i].label)
    }

    pub(super) fn standings(&self) -> Vec<Standing> {
        (0..self.model.guide.items.len()).filter_map(|i| Some(self.model.stands(i)?.0.clone())).collect()
    }

    /// The first row of the text that is not blank.
    pub(super) fn first_row(&self) -> String {
        let rows = self.model.reader.lines.iter().map(|l| l.text.trim());
        rows.filter(|t| !t.is_empty()).map(str::to_owned).next().unwrap_or_default()
    }

    /// The text of the row that is selected in the checklist.
    pub(super) fn checked_row(&self) -> String {
        let guide = &self.model.guide;
        match &self.model.checklist.rows[self.model.checklist.selected] {
            CheckRow::Group { group, .. } => format!("# {}", guide.groups[*group as usize].title),
            CheckRow::Item { item, .. } => guide.items[*item as usize].label.to_string(),
            CheckRow::GoneHead { count, .. } => format!("# gone {count}"),
            CheckRow::Gone(gone) => gone.label.to_string(),
            CheckRow::Gap => String::new(),
        }
    }

    /// The text of the row that is selected in the outline.
    pub(super) fn outline_row(&self) -> &str {
        &self.model.guide.headings[self.model.outline.rows[self.model.outline.selected].heading].text
    }
}

pub(super) fn skipped(why: &str) -> Standing {
    Standing::Skipped(CleanText::line(why))
}

pub(super) fn label_of(op: &Op) -> &'static str {
    match op {
        Op::Done => "done",
        Op::Todo => "todo",
        Op::Skip { .. } => "skip",
        Op::Note { .. } => "note",
        Op::Affirm => "affirm",
        Op::Leave => "leave",
        Op::Restore => "restore",
        Op::Undo { .. } => "undo",
        Op::Redo { .. } => "redo",
        Op::Confirm => "confirm",
        Op::Reset => "reset",
        Op::Archive => "archive",
        Op::Unarchive => "unarchive",
        Op::Import { .. } => "import",
    }
}

/// Keys written as text: characters, and names in angle brackets with `C-`, `M-` and `S-` before them.
fn keys_of(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((name, tail)) = rest.strip_prefix('<').and_then(|r| r.split_once('>')) {
            keys.push(named(name));
            rest = tail;
        } else {
            keys.push(Key::char(c));
            rest = rest.strip_prefix(c).unwrap();
        }
    }
    keys
}

fn named(name: &str) -> Key {
    let (held, base) = name.rsplit_once('-').unwrap_or(("", name));
    let code = match base {
        "tab" => Code::Tab,
        "enter" => Code::Enter,
        "esc" => Code::Esc,
        "back" => Code::Backspace,
        "del" => Code::Delete,
        "up" => Code::Up,
        "down" => Code::Down,
        "left" => Code::Left,
        "right" => Code::Right,
        "home" => Code::Home,
        "end" => Code::End,
        "pgdn" => Code::PageDown,
        "pgup" => Code::PageUp,
        "f1" => Code::F(1),
        "lt" => Code::Char('<'),
        one => Code::Char(one.chars().next().unwrap()),
    };
    let held = |c: char| held.contains(c);
    Key { code, ctrl: held('C'), alt: held('M'), shift: held('S') }
}
