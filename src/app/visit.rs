//! Going from guide to guide: each one that was opened stays open, with its progress, its folds and its place, and one
//! of them is on the screen. What belongs to the reader and not to a guide goes along: the window, the theme, and the
//! way back. Reads no file.

use super::model::{Model, Notice, Panel, Place, Tone};
use super::msg::{Effect, Ticket};
use super::{finder, library, quest, reader, rest};
use crate::guide::{CleanText, Neighbour};
use crate::words::Ui;

/// Which of the guides that are open; the first one is 0.
pub type GuideNumber = u32;

/// A place of a guide, to come back to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stop {
    /// The guide.
    pub guide: GuideNumber,
    /// The place.
    pub place: Place,
}

/// How one comes to a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// By a link that names a place of it, as written.
    Named(String),
    /// By a link of the guide itself, which names its file and a place.
    Within(String),
    /// By a link that names none: one reads where one read last.
    Plain,
    /// Chosen for what was searched for in all guides: one reads where it stands first.
    Searching(String),
    /// To the list, to search in all its guides.
    Asking,
    /// Back, or forward again, to a place.
    Place(Place),
}

/// Follows a link to another guide.
pub(super) fn follow(model: &mut Model, wanted: Neighbour) -> Vec<Effect> {
    let ticket = model.draw_ticket();
    model.visiting = Some(ticket);
    model.say(Tone::Fact, &Ui::Opening(CleanText::line(&wanted.path)));
    vec![Effect::Visit(ticket, wanted)]
}

/// The guide could not be opened.
pub(super) fn failed(model: &mut Model, ticket: Ticket, why: CleanText) -> Vec<Effect> {
    if model.visiting.take_if(|t| *t == ticket).is_some() {
        match model.library {
            Some(_) => model.notice = Some(Notice { tone: Tone::Warning, text: why }),
            None => model.say(Tone::Warning, &Ui::NotFollowed(why)),
        }
    }
    Vec::new()
}

/// The guide is on the screen now.
pub(super) fn entered(model: &mut Model, entry: Entry) -> Vec<Effect> {
    model.visiting = None;
    let mut effects = Vec::new();
    match entry {
        Entry::Plain => {}
        Entry::Searching(query) => {
            // The line that tells of an earlier reading is about another place.
            model.notice = None;
            effects = finder::arrive(model, query);
        }
        Entry::Asking => effects = quest::open(model),
        Entry::Within(name) => go_to_name(model, &name),
        Entry::Place(place) => model.reader.show(place),
        Entry::Named(name) => match model.guide.place_named(&name) {
            Some(place) => {
                // The line that tells of an earlier reading is about another place.
                model.notice = None;
                reader::arrive(model, place);
            }
            None => model.say(Tone::Warning, &no_such_place(&name)),
        },
    }
    effects.extend(library::survey(model));
    effects
}

/// Goes to a place of this guide.
pub(super) fn go_to_name(model: &mut Model, name: &str) {
    match model.guide.place_named(name) {
        Some(place) => reader::jump_to(model, place),
        None if model.awaits_rest() => rest::seek(model, name),
        None => model.say(Tone::Warning, &no_such_place(name)),
    }
}

fn no_such_place(name: &str) -> Ui {
    Ui::NoSuchPlace(CleanText::line(&format!("#{name}")))
}

impl Model {
    /// The place on the screen, to come back to.
    pub(super) fn stop(&self) -> Stop {
        let place = Place { top: reader::shown_top(self), here: self.reader.here };
        Stop { guide: self.number, place }
    }

    /// A guide is open no more: the way back and forward passes it by.
    pub fn forget_stops(&mut self, guide: GuideNumber) {
        self.reader.back.retain(|stop| stop.guide != guide);
        self.reader.forward.retain(|stop| stop.guide != guide);
    }

    /// Takes the screen over from another guide. One that is entered by a link leaves a stop behind; a way that was
    /// gone, back or forward, is on record already.
    pub fn take_over(&mut self, from: &mut Model, entry: &Entry) {
        if !matches!(entry, Entry::Place(_)) {
            let place = from.stop().place;
            reader::came_from(from, place);
        }
        self.reader.back = std::mem::take(&mut from.reader.back);
        self.reader.forward = std::mem::take(&mut from.reader.forward);
        (from.overlay, from.notice, from.visiting) = (None, None, None);
        self.size = from.size;
        // Late answers to what the other guide asked must find nobody here.
        self.ticket = self.ticket.max(from.ticket);
        self.finder.history = std::mem::take(&mut from.finder.history);
        self.settings.theme = from.settings.theme.clone();
        (self.background, self.mouse) = (from.background, from.mouse);
        self.home = from.home;
        self.learn_zone(from.zone.clone());
        (self.side, self.outline_hidden, self.focus) = (from.side, from.outline_hidden, Panel::Text);
        self.settle();
    }
}
