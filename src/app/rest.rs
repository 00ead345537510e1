//! A guide of which only the head is there, for the rest is still being read: what waits for the whole, and how the
//! whole takes the screen over from the head. That is no edit of the guide: nothing is news, and one reads on where one is.
//!
//! Nothing is matched against the journal with a head, or all that stands further down would look as if it were no longer
//! in the guide; so nothing is known to be done, and nothing can be ticked.

use super::keymap::Action;
use super::model::{Model, Overlay, Panel, Place};
use super::msg::{Concern, Effect};
use super::update::act;
use super::visit::Stop;
use super::{finder, outline, palette, visit};
use crate::guide::{Anchor, CleanText, Extent, Guide, HeadingIndex};
use crate::words::Ui;

/// How much of the guide is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// All of it.
    #[default]
    Here,
    /// The rest is being read; and what is to be done once it is there.
    Awaited(Option<Later>),
    /// The rest cannot be read.
    Missing,
}

/// What waits for the whole guide. The next key takes it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Later {
    /// What a key does.
    Do(Action),
    /// Going to a place by its name.
    Go(String),
}

impl Model {
    /// Whether only the head of the guide is there.
    pub fn is_head(&self) -> bool {
        self.rest != Rest::Here
    }

    /// Whether the rest of the guide is being read.
    pub fn awaits_rest(&self) -> bool {
        matches!(self.rest, Rest::Awaited(_))
    }
}

/// A key was pressed: what waited was meant for as long as one waits.
pub(super) fn pressed(model: &mut Model) {
    if let Rest::Awaited(later) = &mut model.rest {
        *later = None;
    }
}

/// Keeps what cannot be done with a head, and says so. None where it can be done.
pub(super) fn put_off(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    if !model.is_head() || model.overlay.is_some() {
        return None;
    }
    match action {
        Action::Tick
        | Action::Skip
        | Action::Note
        | Action::LeaveOut
        | Action::Refuse
        | Action::History
        | Action::Why
        | Action::Undo
        | Action::Redo => Some(refuse(model)),
        Action::NextOpen if model.rest == Rest::Missing => Some(refuse(model)),
        Action::NextOpen => Some(wait(model, Later::Do(action))),
        Action::Reload => Some(read_again(model)),
        _ if model.rest == Rest::Missing => None,
        Action::Bottom => Some(wait(model, Later::Do(action))),
        Action::Checklist if !model.has(Panel::Checklist) => Some(wait(model, Later::Do(action))),
        Action::Contacts if !model.has(Panel::Contacts) => Some(wait(model, Later::Do(action))),
        Action::NextHeading if is_last_heading(model) => Some(wait(model, Later::Do(action))),
        Action::CopySection if ends_the_head(model) => Some(wait(model, Later::Do(action))),
        _ => None,
    }
}

/// Keeps a place that the head does not have, and the whole may have.
pub(super) fn seek(model: &mut Model, name: &str) {
    wait(model, Later::Go(name.to_owned()));
}

/// The whole guide is there, and takes the screen over from its head.
pub(super) fn completed(model: &mut Model, whole: Model) -> Vec<Effect> {
    if !model.is_head() {
        return Vec::new();
    }
    let mut head = std::mem::replace(model, whole);
    let later = match std::mem::take(&mut head.rest) {
        Rest::Awaited(later) => later,
        Rest::Here | Rest::Missing => None,
    };
    (model.number, model.size, model.ticket) = (head.number, head.size, model.ticket.max(head.ticket));
    (model.now, model.home, model.visiting) = (head.now, head.home, head.visiting);
    (model.copying, model.opening) = (head.copying.take(), head.opening.take());
    (model.focus, model.side, model.outline_hidden) = (head.focus, head.side, head.outline_hidden);
    (model.background, model.mouse, model.grip) = (head.background, head.mouse, head.grip);
    model.settings.theme = head.settings.theme.clone();
    take_over_words(model, &mut head);
    take_over_places(model, &mut head);
    let heading = take_over_panels(model, &mut head);
    let whole = model.guide.clone();
    let mut effects =
        finder::completed(model, std::mem::take(&mut head.finder), |place| carried(&whole, &head.guide, place));
    palette::again(model);
    model.settle();
    outline::select(model, heading);
    match later {
        Some(Later::Do(action)) => effects.extend(act(model, action)),
        Some(Later::Go(name)) => visit::go_to_name(model, &name),
        None => {}
    }
    effects
}

/// The rest cannot be read. What is there can be read on, and searched.
pub(super) fn missing(model: &mut Model, why: Option<CleanText>) -> Vec<Effect> {
    if !model.is_head() {
        return Vec::new();
    }
    model.rest = Rest::Missing;
    if let Some(why) = why {
        let text = CleanText::line(&Ui::RestUnread(why).say(model.settings.lang));
        model.concern(Concern::Guide, Some(text));
    }
    finder::look_again(model)
}

/// Keeps what is wished, in the place of what was wished before.
fn wait(model: &mut Model, later: Later) -> Vec<Effect> {
    match &mut model.rest {
        Rest::Awaited(wish) => *wish = Some(later),
        Rest::Here | Rest::Missing => {}
    }
    model.fact(&Ui::Later)
}

/// Nobody knows what is done, so nothing can be changed.
fn refuse(model: &mut Model) -> Vec<Effect> {
    if model.awaits_rest() { model.fact(&Ui::RestAwaited) } else { model.fact(&Ui::RestMissing) }
}

/// Tries once more to read what could not be read.
fn read_again(model: &mut Model) -> Vec<Effect> {
    if model.awaits_rest() {
        return model.fact(&Ui::RestAwaited);
    }
    model.concern(Concern::Guide, None);
    model.rest = Rest::Awaited(None);
    vec![Effect::Complete]
}

/// Whether no heading of the head stands behind the place being read.
fn is_last_heading(model: &Model) -> bool {
    model.guide.heading_after(Anchor::of_block(model.reader.place.block)).is_none()
}

/// Whether the section being read goes on behind the head, as far as the head can tell.
fn ends_the_head(model: &Model) -> bool {
    let guide = &model.guide;
    let end = model.reader.section.map_or_else(
        || guide.headings.first().map_or(guide.block_count(), |first| first.block),
        |section| guide.section_end(section),
    );
    end == guide.block_count()
}

/// What was said of the head, and is still true.
fn take_over_words(model: &mut Model, head: &mut Model) {
    let waiting = [Ui::Later, Ui::RestAwaited].map(|ui| CleanText::line(&ui.say(head.settings.lang)));
    let said = head.notice.take().filter(|notice| !waiting.contains(&notice.text));
    if said.is_some() {
        model.notice = said;
    }
    let mut banners = std::mem::take(&mut head.banners);
    banners.retain(|banner| !head.concerns.values().any(|text| *text == banner.text));
    banners.append(&mut model.banners);
    model.banners = banners;
}

/// One who moved reads on where one is; who did not is where the whole was opened.
fn take_over_places(model: &mut Model, head: &mut Model) {
    let moved = head.reader.wanted() != Place::default() || head.overlay.is_some() || head.finder.is_on();
    let (old, new) = (&head.guide, model.guide.clone());
    if moved {
        model.reader.show(carried(&new, old, head.reader.wanted()));
    }
    let number = head.number;
    let stops = |mut stops: Vec<Stop>| {
        for stop in stops.iter_mut().filter(|stop| stop.guide == number) {
            stop.place = carried(&new, old, stop.place);
        }
        stops
    };
    model.reader.back = stops(std::mem::take(&mut head.reader.back));
    model.reader.forward = stops(std::mem::take(&mut head.reader.forward));
    match &mut head.overlay {
        Some(Overlay::Table(view)) => {
            view.top = new.place_from_head(old, view.top);
            view.block = view.top.block;
        }
        // Footnotes are numbered by their marks, and one that has its text further down has its mark only now.
        overlay @ Some(Overlay::Footnote(_)) => *overlay = None,
        _ => {}
    }
    model.overlay = head.overlay.take();
}

/// What was folded and coloured, where a number means the same as before; gives the heading that was selected.
fn take_over_panels(model: &mut Model, head: &mut Model) -> Option<HeadingIndex> {
    if matches!(head.guide.extent, Extent::Head(_)) {
        model.reader.toggled = std::mem::take(&mut head.reader.toggled);
        model.outline.folded = std::mem::take(&mut head.outline.folded);
        model.colours = std::mem::take(&mut head.colours);
        model.colouring = std::mem::take(&mut head.colouring);
    }
    (model.outline.top, model.outline.followed) = (head.outline.top, head.outline.followed);
    let contact = head.guide.contacts.get(head.contacts.selected).filter(|_| head.focus == Panel::Contacts);
    let same = contact.and_then(|it| model.guide.contacts.iter().position(|c| c.target == it.target));
    model.contacts.selected = same.unwrap_or(0);
    outline::selected(head)
}

/// A place of the head, in the whole.
fn carried(whole: &Guide, head: &Guide, place: Place) -> Place {
    let anchor = |anchor: Anchor| whole.place_from_head(head, anchor);
    Place { top: anchor(place.top), here: place.here.map(anchor) }
}
