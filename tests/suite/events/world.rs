//! The edge, played: guides that are open, a disk, a clipboard and others who write; and every answer may come late,
//! twice, or not at all.

use super::guides::edited;
use super::script::{Event, mouse};
use jalon::app::{
    Card, Concern, Effect, Entry, Find, Landing, Library, Listing, Model, Msg, Settings, Stop, Survey, Sweep, Ticket,
    update,
};
use jalon::guide::search::{Index, Query};
use jalon::guide::{BaseUrl, BoxState, CleanText, Guide, Origin};
use jalon::progress::{Change, Dot, Hlc, Log, Op, Record, Subject};
use jalon::theme::{Role, ThemeChoice};
use jalon::words::Lang;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

const DEVICE: &str = "lise-1a2b3c4d";

/// So many guides may be open; a link to another one leads nowhere then.
const OPEN: usize = 5;

/// So many effects wait for their answer; of more, the oldest is never answered.
const OWED: usize = 40;

const PASTES: [&str; 6] = ["mot", "deux\nlignes\t\u{1b}[31m", "", "é\u{301}日本", "\u{202e}caché\u{200b}", "re:("];

/// A guide that is open.
pub struct Volume {
    pub model: Model,
    /// Which of the guides it is; none for the list of them.
    pub which: Option<usize>,
    /// The file's text.
    text: String,
    /// The records of which the model was told that they are on disk.
    pub disk: BTreeSet<Dot>,
    /// Tickets of the effects that were asked for.
    tickets: BTreeSet<Ticket>,
    ours: u64,
    theirs: u64,
}

/// All that the walk goes through.
pub struct World {
    texts: Arc<Vec<(&'static str, String)>>,
    pub volumes: Vec<Volume>,
    pub shown: usize,
    now: i64,
    /// Effects that wait for an answer, with the guide that asked.
    owed: Vec<(usize, Effect)>,
    /// Answers that were given.
    given: Vec<(usize, Msg)>,
    /// The first effect that should not have been.
    pub fault: Option<String>,
}

fn clean(text: &str) -> CleanText {
    CleanText::line(text)
}

fn parse(text: &str) -> Arc<Guide> {
    let base_url = Some(BaseUrl::Otherwise("https://cto-de-lyon.fr/".into()));
    Arc::new(Guide::parse(text, &Origin { name: "essai".into(), base_url }))
}

impl World {
    /// A guide in a window of some size, or the list of all guides.
    pub fn new(texts: Arc<Vec<(&'static str, String)>>, which: Option<usize>, size: (u16, u16)) -> World {
        let mut world = World {
            texts,
            volumes: Vec::new(),
            shown: 0,
            now: 1_000 * 86_400_000,
            owed: vec![],
            given: vec![],
            fault: None,
        };
        world.open(which, size);
        world.tell(0, Msg::Entered(Entry::Plain));
        world
    }

    fn open(&mut self, which: Option<usize>, size: (u16, u16)) {
        let text = which.map_or(String::new(), |n| self.texts[n].1.clone());
        let settings = Settings {
            lang: if self.volumes.len().is_multiple_of(2) { Lang::Fr } else { Lang::En },
            theme: ThemeChoice::Night,
            who: clean("lise"),
            device: DEVICE.into(),
            write_boxes: which.is_some_and(|n| n.is_multiple_of(2)),
            ascii: which.is_some_and(|n| n % 5 == 4),
            file: Some(clean("essai.md")),
            ..Settings::default()
        };
        let mut model = Model::new(parse(&text), Log::default(), settings, size, self.now);
        model.number = self.volumes.len() as u32;
        if which.is_none() {
            model.list(Library::new(self.listing()));
        }
        let (disk, tickets) = (BTreeSet::new(), BTreeSet::new());
        self.volumes.push(Volume { model, which, text, disk, tickets, ours: 0, theirs: 0 });
    }

    fn listing(&self) -> Listing {
        Listing { guides: (0..self.texts.len()).map(file).collect(), cut: None }
    }

    /// Lets something happen.
    pub fn happen(&mut self, event: Event) {
        let shown = self.shown;
        match event {
            Event::Key(key) => self.tell(shown, Msg::Key(key)),
            Event::Mouse(kind, column, row) => self.tell(shown, Msg::Mouse(mouse(kind, column, row))),
            Event::Resize(columns, rows) => self.tell(shown, Msg::Resize(columns, rows)),
            Event::Paste(which) => self.tell(shown, Msg::Paste(PASTES[which % PASTES.len()].to_owned())),
            Event::Answer(which, how) => self.answer(which, how),
            Event::Again(which) => self.again(which),
            Event::Other(item, op) => self.other(item, op),
            Event::Edit(how, at) => {
                let volume = &mut self.volumes[shown];
                if volume.which.is_some() {
                    volume.text = edited(&volume.text, how, at);
                    let guide = parse(&volume.text);
                    self.tell(shown, Msg::Reloaded(guide));
                }
            }
            Event::Later(seconds) => {
                self.now += seconds as i64 * 1000;
                self.tell(shown, Msg::Focus(true));
            }
            Event::Noise(which) => self.noise(which),
            Event::Vanish(which) => self.vanish(which),
        }
    }

    /// Somebody takes journals off the disk, and the model is told what is left.
    fn vanish(&mut self, which: usize) {
        let at = which % self.volumes.len();
        let volume = &mut self.volumes[at];
        let kept = |record: &Record| match which % 4 {
            0 => false,
            1 => record.dot.device == DEVICE,
            2 => record.dot.n.is_multiple_of(2),
            _ => true,
        };
        let records: Vec<Record> = volume.model.log.records().iter().filter(|r| kept(r)).cloned().collect();
        volume.disk = records.iter().map(|r| r.dot.clone()).collect();
        // What is not on disk cannot come again as what is.
        let gone = |msg: &Msg| match msg {
            Msg::Recorded(_, record) => !volume.disk.contains(&record.dot),
            Msg::Arrived(records) => records.iter().any(|r| !volume.disk.contains(&r.dot)),
            _ => false,
        };
        self.given.retain(|(of, msg)| *of != at || !gone(msg));
        self.tell(at, Msg::OnDisk(records));
    }

    /// Tells one of the guides something, and takes what it wants done.
    fn tell(&mut self, at: usize, msg: Msg) {
        let saved = matches!(msg, Msg::Recorded(..));
        let volume = &mut self.volumes[at];
        volume.model.now = self.now;
        for effect in update(&mut volume.model, msg) {
            self.take(at, effect, saved);
        }
    }

    fn take(&mut self, at: usize, effect: Effect, saved: bool) {
        if let Some(ticket) = ticket(&effect)
            && !self.volumes[at].tickets.insert(ticket)
        {
            self.fault.get_or_insert(format!("asked for twice under one ticket: {effect:?}"));
        }
        match effect {
            Effect::WriteBox(..) if !saved => {
                self.fault.get_or_insert(format!("wanted in the file before the journal has it: {effect:?}"));
            }
            Effect::Return(stop) => self.turn_to(stop.guide as usize, Entry::Place(stop.place)),
            Effect::SearchList(list) => self.turn_to(list as usize, Entry::Asking),
            Effect::Quit | Effect::Redraw | Effect::CaptureMouse(_) | Effect::RememberSearch(_) => {}
            effect => self.owed.push((at, effect)),
        }
        let loose = |(_, effect): &(usize, Effect)| !matches!(effect, Effect::Record(..));
        if self.owed.len() > OWED
            && let Some(oldest) = self.owed.iter().position(loose)
        {
            self.owed.remove(oldest);
        }
    }

    /// The changes that wait for the disk.
    pub fn waiting(&self, at: usize) -> Vec<Ticket> {
        let ticket = |(of, effect): &(usize, Effect)| match effect {
            Effect::Record(ticket, _) if *of == at => Some(*ticket),
            _ => None,
        };
        self.owed.iter().filter_map(ticket).collect()
    }

    fn answer(&mut self, which: usize, how: usize) {
        if self.owed.is_empty() {
            return;
        }
        let which = which % self.owed.len();
        let at = self.owed[which].0;
        // The journal takes changes in their order.
        let first = |(of, effect): &(usize, Effect)| *of == at && matches!(effect, Effect::Record(..));
        let which = match self.owed[which].1 {
            Effect::Record(..) => self.owed.iter().position(first).unwrap(),
            _ => which,
        };
        let (_, effect) = self.owed.remove(which);
        if let (Effect::Record(ticket, _), 1) = (&effect, how) {
            let ticket = *ticket;
            // It is kept, and tried again.
            self.owed.insert(which, (at, effect));
            return self.give(at, Msg::Refused(ticket, clean("disque plein")));
        }
        let why = || clean("non");
        let volume = &self.volumes[at];
        match effect {
            Effect::Record(ticket, change) => {
                let record = self.record(at, true, change);
                self.give(at, Msg::Recorded(ticket, record));
            }
            Effect::Copy(ticket, _) => {
                let landing = [Landing::Taken("xclip"), Landing::Sent, Landing::NoWay(why())][how % 3].clone();
                self.give(at, Msg::Copied(ticket, landing));
            }
            Effect::Open(ticket, _) => self.give(at, Msg::Opened(ticket, if how == 0 { Ok(()) } else { Err(why()) })),
            Effect::Edit(_) => self.give(at, Msg::Edited(if how == 0 { Ok(()) } else { Err(why()) })),
            Effect::Reload => {
                let answer = match how {
                    0 => Msg::Unchanged,
                    1 => Msg::ReloadFailed(why()),
                    _ => Msg::Reloaded(parse(&volume.text)),
                };
                self.give(at, answer);
            }
            Effect::Visit(ticket, wanted) => {
                let name = wanted.path.clone();
                let guide = (0..self.texts.len()).find(|n| file(*n).to_str() == Some(&name));
                self.visit(at, ticket, guide, wanted.place.map_or(Entry::Plain, Entry::Named), how);
            }
            Effect::Browse(ticket, path, entry) => {
                let guide = (0..self.texts.len()).find(|n| file(*n) == path);
                self.visit(at, ticket, guide, entry, how);
            }
            Effect::Sweep(ticket, _, paths) => {
                let find = |(n, path): (usize, PathBuf)| (path, Find { hits: n % 3 * how, first: None });
                let found = paths.into_iter().enumerate().map(find).collect();
                self.give(at, Msg::Swept(ticket, Sweep::Found(found)));
                self.give(at, Msg::Swept(ticket, Sweep::Done));
            }
            Effect::Survey(ticket) => self.survey(at, ticket, how),
            Effect::WriteBox(item, state) => match (how, volume.model.guide.items.get(item)) {
                (1, _) | (_, None) => self.give(at, Msg::BoxRefused(why())),
                _ => {
                    let (from, to) = if state == BoxState::Ticked { ("[ ]", "[x]") } else { ("[x]", "[ ]") };
                    self.volumes[at].text = volume.text.replacen(from, to, 1);
                    let guide = parse(&self.volumes[at].text);
                    self.give(at, Msg::Reloaded(guide));
                }
            },
            Effect::Colour(ticket, block) => {
                let length = volume.model.guide.block(block).map_or(0, |b| b.text.len() as u32);
                let colours = vec![(0..length.min(3), Role::Accent), (length.min(3)..length, Role::Muted)];
                self.give(at, Msg::Coloured(ticket, block, colours));
            }
            Effect::Search(ticket, query) => {
                let guide = volume.model.guide.clone();
                let hits = |query: Option<Query>| {
                    query.and_then(|q| Index::of(&guide).find(&guide, &q, &|| true)).unwrap_or_default()
                };
                let found = Query::read(&query).map(|query| Arc::new(hits(query)));
                // Whichever guide is on the screen by then.
                self.give(self.shown, Msg::Found(ticket, found));
            }
            Effect::Suspend => self.tell(self.shown, Msg::Resumed),
            Effect::Return(_)
            | Effect::SearchList(_)
            | Effect::Complete
            | Effect::Quit
            | Effect::Redraw
            | Effect::CaptureMouse(_)
            | Effect::RememberSearch(_) => {}
        }
    }

    /// Gives an answer, which may come again.
    fn give(&mut self, at: usize, msg: Msg) {
        self.given.push((at, msg.clone()));
        if self.given.len() > OWED {
            self.given.remove(0);
        }
        self.tell(at, msg);
    }

    /// An answer that was given comes once more: it changes no progress, and nothing is done again.
    fn again(&mut self, which: usize) {
        if self.given.is_empty() {
            return;
        }
        let (at, msg) = self.given[which % self.given.len()].clone();
        // Another search may wait under the ticket of none; what is read again is news each time.
        if matches!(msg, Msg::Reloaded(_) | Msg::Edited(_)) {
            return;
        }
        if let Msg::Refused(ticket, _) = msg
            && self.waiting(at).contains(&ticket)
        {
            return self.tell(at, msg);
        }
        let volume = &mut self.volumes[at];
        let before = (volume.model.log.records().len(), volume.model.pending.clone());
        volume.model.now = self.now;
        let told = format!("{msg:?}");
        let effects = update(&mut volume.model, msg);
        let after = (volume.model.log.records().len(), volume.model.pending.clone());
        let done = effects.iter().find(|e| !matches!(e, Effect::Colour(..)));
        if before != after || done.is_some() {
            self.fault.get_or_insert(format!("an answer that came again did something: {done:?} {told:.200}"));
        }
        effects.into_iter().for_each(|effect| self.take(at, effect, false));
    }

    fn record(&mut self, at: usize, ours: bool, change: Change) -> Record {
        let volume = &mut self.volumes[at];
        let (device, by, n) = match ours {
            true => (DEVICE, "lise", &mut volume.ours),
            false => ("bob-5e6f7a8b", "bob", &mut volume.theirs),
        };
        *n += 1;
        let dot = Dot { device: device.into(), n: *n };
        let counter = (volume.ours + volume.theirs) as u32;
        volume.disk.insert(dot.clone());
        Record { dot, at: Hlc { millis: self.now, counter }, by: clean(by), change }
    }

    fn other(&mut self, item: usize, op: usize) {
        let at = item % self.volumes.len();
        let guide = self.volumes[at].model.guide.clone();
        if guide.items.is_empty() {
            return;
        }
        let item = item % guide.items.len();
        let subject = match op % 8 {
            7 => Subject::of_group(&guide, guide.items[item].group()),
            _ => Subject::of_item(&guide, item),
        };
        let op = match op % 8 {
            0 | 1 => Op::Done,
            2 => Op::Todo,
            3 => Op::Skip { reason: clean("pas ici") },
            4 => Op::Note { text: clean("vu") },
            5 => Op::Reset,
            6 => Op::Affirm,
            _ => Op::Leave,
        };
        let record = self.record(at, false, Change { subject, op });
        self.give(at, Msg::Arrived(vec![record]));
    }

    fn visit(&mut self, from: usize, ticket: Ticket, guide: Option<usize>, entry: Entry, how: usize) {
        let waits = |model: &Model| model.visiting == Some(ticket) && model.overlay.is_none();
        if from != self.shown || !waits(&self.volumes[from].model) {
            return;
        }
        let Some(guide) = guide.filter(|_| how != 1) else {
            return self.give(from, Msg::NotVisited(ticket, clean("introuvable")));
        };
        match self.volumes.iter().position(|volume| volume.which == Some(guide)) {
            Some(known) => self.turn_to(known, entry),
            None if self.volumes.len() < OPEN => {
                self.open(Some(guide), (80, 24));
                self.turn_to(self.volumes.len() - 1, entry);
            }
            None => self.give(from, Msg::NotVisited(ticket, clean("introuvable"))),
        }
    }

    fn turn_to(&mut self, to: usize, entry: Entry) {
        let entry = match entry {
            Entry::Named(name) if to == self.shown => Entry::Within(name),
            other => other,
        };
        if let Ok([here, there]) = self.volumes.get_disjoint_mut([self.shown, to]) {
            there.model.now = self.now;
            there.model.take_over(&mut here.model, &entry);
            self.shown = to;
        }
        self.tell(self.shown, Msg::Entered(entry));
    }

    fn survey(&mut self, at: usize, ticket: Ticket, how: usize) {
        let card = |n: usize| {
            let (title, visited) = (clean(self.texts[n].0), (n % 3 == how).then_some(n as i64));
            (file(n), Card { title, tally: Default::default(), visited, trouble: None })
        };
        let cards: Vec<_> = (0..self.texts.len()).filter(|n| n % 4 != how).map(card).collect();
        let mut listing = self.listing();
        listing.guides.retain(|path| !path.to_str().unwrap().starts_with(&how.to_string()));
        let pieces = match how {
            1 => vec![Survey::Failed(clean("illisible"))],
            _ => vec![Survey::Listed(listing), Survey::Read(cards), Survey::Done],
        };
        pieces.into_iter().for_each(|piece| self.give(at, Msg::Surveyed(ticket, piece)));
    }

    fn noise(&mut self, which: usize) {
        let shown = self.shown;
        let concerns =
            [Concern::Guide, Concern::GuideWatch, Concern::Journal, Concern::Elsewhere, Concern::JournalWatch];
        let msg = match which % 16 {
            2..=3 => Msg::Concern(concerns[which % 16], Some(clean("ennui grave"))),
            0..=4 => Msg::Concern(concerns[which % 16], Some(clean("ennui"))),
            5..=9 => Msg::Concern(concerns[which % 16 - 5], None),
            10 => Msg::Background { rgb: (which as u8, 200, 30) },
            11 => Msg::WorkerPanicked(clean("quelque part")),
            12 => Msg::JournalTrouble(clean("journal abîmé")),
            13 => Msg::BoxRefused(clean("refusé")),
            14 => Msg::Resumed,
            _ => Msg::Zone(jiff::tz::TimeZone::fixed(jiff::tz::offset(5))),
        };
        self.tell(shown, msg);
    }

    /// A way back leads to a guide that is open.
    pub fn leads_on(&self, stop: &Stop) -> bool {
        (stop.guide as usize) < self.volumes.len()
    }
}

fn file(n: usize) -> PathBuf {
    format!("{n}.md").into()
}

fn ticket(effect: &Effect) -> Option<Ticket> {
    match effect {
        Effect::Record(ticket, _)
        | Effect::Copy(ticket, _)
        | Effect::Open(ticket, _)
        | Effect::Visit(ticket, _)
        | Effect::Survey(ticket)
        | Effect::Browse(ticket, ..)
        | Effect::Sweep(ticket, ..)
        | Effect::Colour(ticket, _)
        | Effect::Search(ticket, _) => Some(*ticket),
        _ => None,
    }
}
