//! A folder's guides, as a list to choose from: a model of its own kind, which has a library where others have a guide
//! to read, and is the first of those that are open. Reads no folder: the edge looks, and tells piece by piece, so that
//! the list answers keys from its first frame on.

use super::filter::Sieve;
use super::keymap::Action;
use super::model::{Model, Notice, Tone};
use super::msg::{Effect, Ticket};
use super::quest::{self, Find, Quest};
use super::reader;
use super::settle::top_showing;
use super::update::Steps;
use super::visit::Stop;
use crate::guide::{CleanText, fold};
use crate::progress::Tally;
use crate::words::Ui;
use std::cmp::Reverse;
use std::path::{Path, PathBuf};

/// A folder's guides.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The guides: those that were visited first, the last one first; the others by folder and name.
    pub guides: Vec<Listed>,
    /// Why there may be more.
    pub cut: Option<Cut>,
    /// The row that the keys act on.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
    /// Derived: the guides that are shown, by their places in `guides`. Where something is looked for: those that are
    /// named so, then the others that hold it.
    pub rows: Vec<usize>,
    /// What is looked for in all of them.
    pub quest: Quest,
    /// The survey whose answers are waited for.
    awaited: Option<Ticket>,
}

/// A guide of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its file, below the folder.
    pub path: PathBuf,
    /// The same, to be shown.
    pub name: CleanText,
    /// What is known of it, once somebody looked.
    pub card: Option<Card>,
    /// Its title and its file, folded.
    folded: String,
    /// What was found in it last, and by which sweep.
    pub(super) find: Option<(Ticket, Find)>,
}

/// What the list tells of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its title.
    pub title: CleanText,
    /// How much of it is settled.
    pub tally: Tally,
    /// When it was read last, in milliseconds since the epoch.
    pub visited: Option<i64>,
    /// Why it cannot be read.
    pub trouble: Option<CleanText>,
}

/// Why a folder was not looked through to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// It holds more guides than these.
    Guides(usize),
    /// It holds more folders than that.
    Folders(usize),
}

/// What was found in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The guides' files, below the folder, in order.
    pub guides: Vec<PathBuf>,
    /// Why there may be more.
    pub cut: Option<Cut>,
}

/// A piece of a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Survey {
    /// Which guides there are.
    Listed(Listing),
    /// What some of them are.
    Read(Vec<(PathBuf, Card)>),
    /// That was all.
    Done,
    /// The folder cannot be read; why.
    Failed(CleanText),
}

impl Library {
    /// The list of a folder of which no guide has been looked at yet.
    pub fn new(listing: Listing) -> Library {
        let mut library = Library::default();
        library.list(listing);
        library
    }

    /// The guide of a row.
    pub fn at(&self, row: usize) -> Option<&Listed> {
        self.guides.get(*self.rows.get(row)?)
    }

    /// Takes a new listing; what is known of a guide that is still there stays known.
    fn list(&mut self, listing: Listing) {
        self.cut = listing.cut;
        let mut known = std::mem::take(&mut self.guides);
        known.sort_by(|a, b| a.path.cmp(&b.path));
        let known = |path: &Path| known.binary_search_by(|k| (*k.path).cmp(path)).ok().and_then(|i| known.get(i));
        let listed = |path: PathBuf| known(&path).cloned().unwrap_or_else(|| Listed::new(path));
        self.guides = listing.guides.into_iter().map(listed).collect();
        self.sort();
    }

    fn learn(&mut self, cards: Vec<(PathBuf, Card)>) {
        for (path, card) in cards {
            if let Some(listed) = self.guides.iter_mut().find(|listed| listed.path == path) {
                listed.learn(card);
            }
        }
    }

    /// What one was at comes first. A stable sort: guides of one moment stay in the order of their names.
    fn sort(&mut self) {
        self.guides.sort_by_cached_key(|listed| order(&listed.path));
        self.guides.sort_by_key(|listed| Reverse(listed.card.as_ref().and_then(|card| card.visited)));
    }

    /// Does something to the list, and derives its rows anew; the selection stays with its guide, or at the top if it was
    /// there.
    pub(super) fn sieved(&mut self, change: impl FnOnce(&mut Library)) {
        let path = self.at(self.selected).filter(|_| self.selected > 0).map(|listed| listed.path.clone());
        change(self);
        self.sieve();
        let place = |path| self.rows.iter().position(|at| self.guides.get(*at).is_some_and(|l| l.path == path));
        self.selected = path.and_then(place).unwrap_or(0);
    }

    fn sieve(&mut self) {
        if !self.quest.sifts() {
            self.rows = (0..self.guides.len()).collect();
            return;
        }
        let names = self.quest.names();
        let is_named = |listed: &Listed| names.as_ref().is_some_and(|names| listed.is_named(names));
        let (named, others): (Vec<usize>, Vec<usize>) =
            (0..self.guides.len()).partition(|at| self.guides.get(*at).is_some_and(is_named));
        let found = |at: &usize| self.guides.get(*at).is_some_and(|listed| listed.find().is_some());
        self.rows = named.into_iter().chain(others.into_iter().filter(found)).collect();
    }

    /// The guides' files, in the order of the list.
    pub(super) fn paths(&self) -> Vec<PathBuf> {
        self.guides.iter().map(|listed| listed.path.clone()).collect()
    }
}

impl Listed {
    fn new(path: PathBuf) -> Listed {
        let name = CleanText::line(&path.to_string_lossy());
        Listed { folded: fold(&name).text, name, path, card: None, find: None }
    }

    fn learn(&mut self, card: Card) {
        self.folded = fold(&format!("{} {}", card.title, self.name)).text;
        self.card = Some(card);
    }

    /// What it holds of what is looked for, where it holds any of it. While answers come, of what was looked for before.
    pub fn find(&self) -> Option<&Find> {
        self.find.as_ref().map(|(_, find)| find).filter(|find| find.hits > 0)
    }

    /// What a sweep found in it, also where that is nothing.
    pub(super) fn found(&self, by: Ticket) -> Option<&Find> {
        self.find.as_ref().filter(|(found, _)| *found == by).map(|(_, find)| find)
    }

    /// Whether its title and file hold every word.
    pub(super) fn is_named(&self, names: &Sieve) -> bool {
        names.fits_folded(&self.folded)
    }

    /// Its title; until that is known, its file.
    pub fn title(&self) -> &CleanText {
        self.card.as_ref().map_or(&self.name, |card| &card.title)
    }
}

/// Part of a name: words, and the length and the digits of the number after them.
type Part = (String, usize, String);

/// What a guide is sorted by: those of a folder before those of the folders in it, and numbers as numbers, `9.md` before
/// `10.md`.
pub fn order(path: &Path) -> (Vec<Vec<Part>>, Vec<Part>, PathBuf) {
    let mut folders: Vec<Vec<Part>> = path.iter().map(|part| numbered(&part.to_string_lossy())).collect();
    let name = folders.pop().unwrap_or_default();
    (folders, name, path.to_owned())
}

/// A name as its words and numbers, folded: a number without its zeros comes before a longer one.
fn numbered(name: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = vec![Default::default()];
    for c in fold(name).text.chars() {
        let Some(last) = parts.last_mut() else { continue };
        match (c.is_ascii_digit(), last.1 > 0) {
            (true, _) => {
                if last.2 == "0" {
                    last.2.clear();
                }
                last.2.push(c);
                last.1 = last.2.len();
            }
            (false, true) => parts.push((c.to_string(), 0, String::new())),
            (false, false) => last.0.push(c),
        }
    }
    parts
}

/// Whether an action means anything where there is no guide to read.
fn takes(action: Action) -> bool {
    use Action as A;
    let moves =
        matches!(action, A::Down | A::Up | A::PageDown | A::PageUp | A::HalfDown | A::HalfUp | A::Top | A::Bottom);
    let goes = matches!(
        action,
        A::SearchGuides | A::Search | A::Filter | A::GoTo | A::Back | A::Forward | A::Library | A::Reload | A::Quit
    );
    let asks = matches!(action, A::Close | A::Help | A::Palette | A::Confirm | A::Earlier | A::Later);
    let looks = matches!(action, A::Theme | A::Mouse | A::Suspend | A::Redraw);
    moves || goes || asks || looks
}

/// The list is on the screen: what became of the guides meanwhile is looked for.
pub(super) fn survey(model: &mut Model) -> Vec<Effect> {
    let ticket = model.draw_ticket();
    let Some(library) = &mut model.library else { return Vec::new() };
    library.awaited = Some(ticket);
    vec![Effect::Survey(ticket)]
}

/// A piece of the survey came.
pub(super) fn surveyed(model: &mut Model, ticket: Ticket, piece: Survey) -> Vec<Effect> {
    let Some(library) = model.library.as_mut().filter(|library| library.awaited == Some(ticket)) else {
        return Vec::new();
    };
    match piece {
        Survey::Listed(listing) => library.sieved(|library| library.list(listing)),
        Survey::Read(cards) => library.sieved(|library| library.learn(cards)),
        Survey::Done => {
            // Only now: rows that changed places all the time could not be read.
            library.sieved(Library::sort);
            library.awaited = None;
            // The guides may be others, and hold something else.
            let looks = library.quest.is_on();
            model.asked_again();
            return if looks { quest::ask(model) } else { Vec::new() };
        }
        Survey::Failed(why) => {
            library.awaited = None;
            model.asked = false;
            model.notice = Some(Notice { tone: Tone::Warning, text: why });
        }
    }
    Vec::new()
}

/// Moves the selection.
pub(super) fn scroll(model: &mut Model, steps: Steps) {
    let page = usize::from(model.panes.library_rows.height);
    if let Some(library) = &mut model.library {
        library.selected = steps.from(library.selected, library.rows.len(), page);
        library.quest.let_go();
    }
}

/// Opens the selected guide, at its first hit where something is looked for.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let Some(library) = &mut model.library else { return Vec::new() };
    library.quest.let_go();
    let Some(listed) = library.at(library.selected).cloned() else { return Vec::new() };
    let entry = library.quest.entry(&listed);
    let ticket = model.draw_ticket();
    model.visiting = Some(ticket);
    model.say(Tone::Fact, &Ui::Opening(listed.name));
    vec![Effect::Browse(ticket, listed.path, entry)]
}

/// A click on a row: opens it.
pub(super) fn click(model: &mut Model, row: usize) -> Vec<Effect> {
    let Some(library) = &mut model.library else { return Vec::new() };
    let index = library.top + row;
    if index >= library.rows.len() {
        return Vec::new();
    }
    library.selected = index;
    open(model)
}

/// Goes to the list from wherever one reads; the way back leads here.
pub(super) fn go_to(model: &mut Model) -> Vec<Effect> {
    match model.home {
        None => model.fact(&Ui::NoLibrary),
        Some(home) if home == model.number => Vec::new(),
        Some(home) => {
            let place = model.stop().place;
            reader::came_from(model, place);
            vec![Effect::Return(Stop { guide: home, ..Stop::default() })]
        }
    }
}

/// Goes to the list to search in all its guides.
pub(super) fn search(model: &mut Model) -> Vec<Effect> {
    match model.home {
        None => model.fact(&Ui::NoLibrary),
        Some(home) => vec![Effect::SearchList(home)],
    }
}

/// Derives the rows and the first one shown.
pub(super) fn settle(model: &mut Model) {
    let room = usize::from(model.panes.library_rows.height);
    let Some(library) = &mut model.library else { return };
    library.sieve();
    library.selected = library.selected.min(library.rows.len().saturating_sub(1));
    library.top = top_showing(library.top, library.selected, library.rows.len(), room);
}

impl Model {
    /// Whether an action can mean anything here: in the list there is no guide to read.
    pub(super) fn allows(&self, action: Action) -> bool {
        self.library.is_none() || takes(action)
    }

    /// Makes it the model of a folder's list, from which guides are opened and to which one comes back.
    pub fn list(&mut self, library: Library) {
        self.home = Some(self.number);
        self.library = Some(library);
        self.settle();
    }

    /// What a list tells of the guide, which was on the screen at a time.
    pub fn card(&self, visited: i64) -> Card {
        let (steps, values) = (self.checklist.steps, self.checklist.values);
        let tally = Tally { done: steps.done + values.done, total: steps.total + values.total };
        Card { title: self.guide.title.clone(), tally, visited: Some(visited), trouble: None }
    }

    /// Somebody who asked for the list to be read again is told that it was.
    fn asked_again(&mut self) {
        if std::mem::take(&mut self.asked) {
            self.say(Tone::Fact, &Ui::ListedAgain);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_as_numbers_and_folders_come_after_files() {
        let mut paths: Vec<PathBuf> =
            ["b/1.md", "10-fin.md", "a/z.md", "9-milieu.md", "É.md", "f.md", "009-début.md", "a/b/c.md", "e.md"]
                .map(PathBuf::from)
                .into();
        paths.sort_by_cached_key(|path| order(path));
        let told: Vec<_> = paths.iter().map(|p| p.to_str().unwrap()).collect();
        let expected =
            ["009-début.md", "9-milieu.md", "10-fin.md", "e.md", "É.md", "f.md", "a/z.md", "a/b/c.md", "b/1.md"];
        assert_eq!(told, expected);
    }
}
