//! Search in all guides of a folder: the line being typed, the query that stands over the list until somebody takes it
//! away, and how often each guide holds it. Looks for nothing itself: the edge does, and answers piece by piece.

use super::filter::Sieve;
use super::finder;
use super::library::{self, Library, Listed};
use super::model::{Model, Overlay, Tone};
use super::msg::{Effect, Ticket};
use super::update::Steps;
use super::visit::Entry;
use crate::guide::search::{Excerpt, Flaw, PATTERN};
use crate::guide::{CleanText, fold};
use crate::words::Ui;
use std::collections::HashMap;
use std::ops::Range;
use std::path::PathBuf;

/// What is looked for in all guides.
#[derive(Clone, Debug, Default)]
pub struct Quest {
    /// As it was typed; empty where nothing is.
    pub query: String,
    /// What is wrong with the regular expression.
    pub flaw: Option<Flaw>,
    /// The sweep that was asked for last; finds of another one are of an earlier query.
    ticket: Ticket,
    /// How far it is.
    stage: Stage,
}

/// How far the edge is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    /// It is done, or has nothing to do.
    #[default]
    Done,
    /// It is at it.
    Underway,
    /// It is at it, and somebody waits to go where it is found.
    Awaited,
}

/// A search through all guides being typed.
#[derive(Clone, Debug)]
pub struct QuestLine {
    /// The text and the cursor.
    pub input: tui_input::Input,
    /// What stood over the list before.
    before: Box<Quest>,
    /// The row that was selected.
    row: usize,
    /// Which of the earlier searches stands in the line, and what was typed before it did.
    recalled: Option<(usize, String)>,
}

/// What a guide holds of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Find {
    /// How many hits.
    pub hits: usize,
    /// The first of them.
    pub first: Option<Excerpt>,
}

/// A piece of an answer about all guides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sweep {
    /// What some of them hold; each is told, also where that is nothing.
    Found(Vec<(PathBuf, Find)>),
    /// That was all.
    Done,
    /// What is wrong with the query; no guide was looked at.
    Flawed(Flaw),
}

impl Quest {
    /// Whether something is looked for.
    pub fn is_on(&self) -> bool {
        !self.query.is_empty()
    }

    /// Whether more answers are on their way.
    pub fn is_waiting(&self) -> bool {
        self.stage != Stage::Done
    }

    /// Whether it leaves guides out of the list: spaces alone, or a flawed expression, do not.
    pub fn sifts(&self) -> bool {
        self.flaw.is_none() && !self.is_blank()
    }

    /// Whether there is nothing to look for.
    fn is_blank(&self) -> bool {
        self.query == PATTERN || fold(&self.query).text.trim().is_empty()
    }

    /// What a guide's title and file must hold for it to stand in the list, whatever its text holds.
    pub(super) fn names(&self) -> Option<Sieve> {
        if self.query.starts_with(PATTERN) { None } else { Sieve::of(&self.query) }
    }

    /// Somebody moved, and is not to be taken elsewhere.
    pub(super) fn let_go(&mut self) {
        if self.stage == Stage::Awaited {
            self.stage = Stage::Underway;
        }
    }

    /// How a guide is entered that was chosen.
    pub(super) fn entry(&self, listed: &Listed) -> Entry {
        let is_bare = listed.found(self.ticket).is_some_and(|find| find.hits == 0);
        if self.sifts() && !is_bare { Entry::Searching(self.query.clone()) } else { Entry::Plain }
    }
}

impl Library {
    /// How many hits there are, and in how many guides.
    pub fn hits(&self) -> (usize, usize) {
        let finds = self.guides.iter().filter_map(Listed::find);
        finds.fold((0, 0), |(hits, guides), find| (hits.saturating_add(find.hits), guides + 1))
    }

    /// Whether the selected row is in the list for what is looked for now.
    fn is_sure(&self) -> bool {
        let names = self.quest.names();
        self.at(self.selected).is_some_and(|listed| {
            let holds = listed.found(self.quest.ticket).is_some_and(|find| find.hits > 0);
            holds || names.is_some_and(|names| listed.is_named(&names))
        })
    }

    fn learn_finds(&mut self, finds: Vec<(PathBuf, Find)>) {
        let places: HashMap<PathBuf, usize> =
            self.guides.iter().enumerate().map(|(at, listed)| (listed.path.clone(), at)).collect();
        for (path, find) in finds {
            if let Some(listed) = places.get(&path).and_then(|at| self.guides.get_mut(*at)) {
                listed.find = Some((self.quest.ticket, find));
            }
        }
    }

    /// Forgets what was found by another sweep than the last one.
    fn forget_finds(&mut self) {
        let ticket = self.quest.ticket;
        self.guides.iter_mut().for_each(|listed| _ = listed.find.take_if(|(found, _)| *found != ticket));
    }
}

/// Opens the line. The edge may begin at once to read what it searches in.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let Some(library) = &mut model.library else { return Vec::new() };
    library.quest.let_go();
    let (row, before) = (library.selected, std::mem::take(&mut library.quest));
    library.sieved(|_| {});
    let line = QuestLine { input: Default::default(), before: Box::new(before), row, recalled: None };
    model.overlay = Some(Overlay::Quest(line));
    make_ready(model)
}

/// The line is another one: the first guide that holds it is selected.
pub(super) fn typed(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Quest(line)) = &mut model.overlay else { return Vec::new() };
    line.recalled = None;
    look(model)
}

/// The row above (-1) or below (1). Above the first row stand the earlier searches.
pub(super) fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    let (Some(library), Some(Overlay::Quest(line))) = (&model.library, &mut model.overlay) else { return Vec::new() };
    let is_last = library.selected + 1 >= library.rows.len();
    let recalls = if by < 0 { library.selected == 0 } else { is_last && line.recalled.is_some() };
    if !recalls {
        library::scroll(model, Steps::Rows(by));
        return Vec::new();
    }
    let text = finder::recalled(&model.finder.history, &mut line.recalled, line.input.value(), by);
    line.input = text.into();
    look(model)
}

/// Asks for what stands in the line.
fn look(model: &mut Model) -> Vec<Effect> {
    let (Some(library), Some(Overlay::Quest(line))) = (&mut model.library, &model.overlay) else { return Vec::new() };
    library.quest.query = line.input.value().to_owned();
    library.selected = 0;
    ask(model)
}

/// Asks the edge for what the query finds. What an earlier one found is shown until this one's answers come.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    let ticket = model.draw_ticket();
    let Some(library) = &mut model.library else { return Vec::new() };
    let quest = &mut library.quest;
    quest.ticket = ticket;
    if quest.is_blank() {
        (quest.stage, quest.flaw) = (Stage::Done, None);
        library.sieved(Library::forget_finds);
        return Vec::new();
    }
    if quest.stage == Stage::Done {
        quest.stage = Stage::Underway;
    }
    let query = quest.query.clone();
    library.sieved(|_| {});
    vec![Effect::Sweep(ticket, query, library.paths())]
}

/// Asks the edge only to make ready.
fn make_ready(model: &mut Model) -> Vec<Effect> {
    let ticket = model.draw_ticket();
    let paths = model.library.as_ref().map(Library::paths).unwrap_or_default();
    vec![Effect::Sweep(ticket, String::new(), paths)]
}

/// A piece of the answer came.
pub(super) fn swept(model: &mut Model, ticket: Ticket, piece: Sweep) -> Vec<Effect> {
    let wanted = |library: &&mut Library| library.quest.ticket == ticket && library.quest.is_waiting();
    let Some(library) = model.library.as_mut().filter(wanted) else { return Vec::new() };
    let awaited = library.quest.stage == Stage::Awaited;
    match piece {
        Sweep::Found(finds) => {
            library.quest.flaw = None;
            library.sieved(|library| library.learn_finds(finds));
        }
        Sweep::Done => {
            (library.quest.flaw, library.quest.stage) = (None, Stage::Done);
            library.sieved(Library::forget_finds);
        }
        Sweep::Flawed(flaw) => {
            (library.quest.flaw, library.quest.stage) = (Some(flaw), Stage::Done);
            library.sieved(Library::forget_finds);
        }
    }
    if awaited { settle_on(model) } else { Vec::new() }
}

/// `Enter`: opens the selected guide at its first hit. An empty line asks for the last search again, unless somebody
/// went to another row.
pub(super) fn confirm(model: &mut Model, line: &QuestLine) -> Vec<Effect> {
    let Some(library) = &mut model.library else { return Vec::new() };
    if line.input.value().is_empty() {
        if library.selected != line.row {
            return library::open(model);
        }
        let Some(last) = model.finder.history.last() else { return model.fact(&Ui::NoSearch) };
        library.quest.query = last.to_string();
        return ask(model);
    }
    let text = CleanText::line(line.input.value());
    let mut effects = if text.is_empty() { Vec::new() } else { finder::remember(model, text) };
    effects.extend(settle_on(model));
    effects
}

/// Somebody wants to go where it is found: does so once that is known, and tells where it stands nowhere.
fn settle_on(model: &mut Model) -> Vec<Effect> {
    let Some(library) = &mut model.library else { return Vec::new() };
    if library.quest.is_waiting() && !library.is_sure() {
        library.quest.stage = Stage::Awaited;
        return Vec::new();
    }
    library.quest.let_go();
    if let Some(flaw) = library.quest.flaw {
        clear(model);
        model.say(Tone::Warning, &Ui::BadPattern(flaw));
        return Vec::new();
    }
    if library.rows.is_empty() {
        let query = CleanText::line(&library.quest.query);
        clear(model);
        return model.fact(&Ui::NotFound(query));
    }
    library::open(model)
}

/// `Esc` while typing: what stood over the list before does so again.
pub(super) fn abandon(model: &mut Model, line: QuestLine) -> Vec<Effect> {
    let Some(library) = &mut model.library else { return Vec::new() };
    library.quest = *line.before;
    ask(model)
}

/// Takes the query away, and shows all guides. False where there was none.
pub(super) fn clear(model: &mut Model) -> bool {
    let Some(library) = &mut model.library else { return false };
    let was = std::mem::take(&mut library.quest);
    library.sieved(Library::forget_finds);
    was.is_on()
}

/// The bytes of a guide's title or file that hold what is looked for.
pub fn named(model: &Model, text: &str) -> Vec<Range<usize>> {
    let quest = model.library.as_ref().map(|library| &library.quest);
    quest.and_then(Quest::names).map(|names| names.marks(text)).unwrap_or_default()
}
