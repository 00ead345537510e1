//! Search: the line being typed, the hits that came, and which of them one is at. Looks for nothing itself: the edge
//! does, and answers; while it works, every key is taken.

use super::model::{Model, Overlay, Place, Tone};
use super::msg::{Effect, Ticket};
use super::reader;
use crate::guide::search::{Flaw, Hits};
use crate::guide::{Anchor, CleanText, ContainerId};
use crate::words::Ui;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many searches are remembered.
pub const REMEMBERED: usize = 100;
/// Rows at the screen's lower edge in which a hit is not left: what is read stands below it.
const EDGE: usize = 2;

/// What is searched for, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Finder {
    /// What is looked for, as it was typed; empty where nothing is.
    pub query: String,
    /// Where it stands.
    pub hits: Arc<Hits>,
    /// What is wrong with the regular expression.
    pub flaw: Option<Flaw>,
    /// The hit that one is at.
    pub at: Option<usize>,
    /// The search went on at the other end of the guide.
    pub turned: Option<End>,
    /// What was searched for before, the last one last.
    pub history: Vec<CleanText>,
    /// The answer that is waited for.
    awaited: Option<Awaited>,
}

/// An end of the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The beginning.
    First,
    /// The end.
    Last,
}

/// A search being typed.
#[derive(Clone, Debug)]
pub struct SearchLine {
    /// The text and the cursor.
    pub input: tui_input::Input,
    /// Where one was.
    from: Place,
    /// What was unfolded there.
    toggled: BTreeSet<ContainerId>,
    /// What was searched for, and found, before.
    before: Box<Finder>,
    /// Which of the earlier searches stands in the line, and what was typed before it did.
    recalled: Option<(usize, String)>,
}

/// A search that the edge is at.
#[derive(Clone, Debug)]
struct Awaited {
    ticket: Ticket,
    /// Where the first hit is looked for; none where one stays.
    from: Option<Anchor>,
    /// Hits to go further once they are known.
    steps: isize,
    /// The place that the answer may move one away from; somebody who moved meanwhile is left alone.
    seen: Place,
    /// What is to become of one's place.
    purpose: Purpose,
}

/// What a search is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    /// One looks on while typing.
    Look,
    /// `Enter` was pressed: where one was before, to come back to.
    Settle(Place),
    /// The guide was opened for it: what is not in it is not looked for any more.
    Arrive,
}

impl Purpose {
    /// Where one was before `Enter`.
    fn before(self) -> Option<Place> {
        if let Purpose::Settle(before) = self { Some(before) } else { None }
    }
}

impl Finder {
    /// Whether hits are shown or waited for.
    pub fn is_on(&self) -> bool {
        !self.query.is_empty()
    }

    /// Whether the answer is still on its way.
    pub fn is_waiting(&self) -> bool {
        self.awaited.is_some()
    }
}

/// Opens the line. The edge may begin at once to make what it searches in.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let line = SearchLine {
        input: tui_input::Input::default(),
        from: model.stop().place,
        toggled: model.reader.toggled.clone(),
        before: Box::new(model.finder.clone()),
        recalled: None,
    };
    model.overlay = Some(Overlay::Search(line));
    let ticket = model.draw_ticket();
    search(model, ticket, String::new())
}

/// The line is another one.
pub(super) fn typed(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Search(line)) = &mut model.overlay else { return Vec::new() };
    line.recalled = None;
    look(model)
}

/// An earlier search (-1), or a later one (1): of those that begin as what was typed.
pub(super) fn recall(model: &mut Model, by: isize) -> Vec<Effect> {
    let Some(Overlay::Search(line)) = &mut model.overlay else { return Vec::new() };
    let text = recalled(&model.finder.history, &mut line.recalled, line.input.value(), by);
    line.input = text.into();
    look(model)
}

/// What stands in a line after going to an earlier search (-1) or a later one (1), of those that begin as what was typed.
/// `at` is which of them stands there, and what was typed before it did.
pub(super) fn recalled(history: &[CleanText], at: &mut Option<(usize, String)>, typed: &str, by: isize) -> String {
    let (here, draft) = at.take().unwrap_or_else(|| (usize::MAX, typed.to_owned()));
    let fits = |(_, it): &(usize, &CleanText)| it.starts_with(&draft) && it.as_str() != draft;
    let all = history.iter().enumerate();
    let found = match by {
        ..0 => all.take(here).rfind(fits).map(|(i, _)| i).or((here < history.len()).then_some(here)),
        _ => all.skip(here.saturating_add(1)).find(fits).map(|(i, _)| i),
    };
    let text = found.and_then(|i| history.get(i)).map_or_else(|| draft.clone(), ToString::to_string);
    *at = found.map(|i| (i, draft));
    text
}

/// Asks for the hits of what stands in the line.
fn look(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Search(line)) = &model.overlay else { return Vec::new() };
    let (query, from) = (line.input.value().to_owned(), line.from.top);
    if query.is_empty() {
        bring_back(model);
        clear(model);
        return Vec::new();
    }
    model.finder.query = query;
    ask(model, Some(from))
}

/// Asks the edge; from where the first hit is to be gone to, if one is to move.
fn ask(model: &mut Model, from: Option<Anchor>) -> Vec<Effect> {
    let ticket = model.draw_ticket();
    let awaited = Awaited { ticket, from, steps: 0, seen: model.reader.wanted(), purpose: Purpose::Look };
    model.finder.awaited = Some(awaited);
    model.finder.turned = None;
    search(model, ticket, model.finder.query.clone())
}

/// Asks for the hits; while the rest of the guide is being read, that waits for it.
fn search(model: &Model, ticket: Ticket, query: String) -> Vec<Effect> {
    if model.awaits_rest() { Vec::new() } else { vec![Effect::Search(ticket, query)] }
}

/// The hits came.
pub(super) fn found(model: &mut Model, ticket: Ticket, found: Result<Arc<Hits>, Flaw>) -> Vec<Effect> {
    let Some(awaited) = model.finder.awaited.take_if(|a| a.ticket == ticket) else { return Vec::new() };
    (model.finder.hits, model.finder.flaw) = match found {
        Ok(hits) => (hits, None),
        Err(flaw) => (Arc::default(), Some(flaw)),
    };
    model.finder.at = None;
    if let Some(from) = awaited.from.filter(|_| awaited.seen == model.reader.wanted()) {
        bring_back(model);
        match model.finder.hits.first_from(from).or((!model.finder.hits.is_empty()).then_some(0)) {
            Some(first) => land(model, first, from),
            None => {
                if let Some(before) = awaited.purpose.before() {
                    model.reader.show(before);
                }
            }
        }
    }
    match awaited.purpose {
        Purpose::Look => Vec::new(),
        Purpose::Settle(before) => settle_on(model, before, awaited.steps),
        Purpose::Arrive => {
            if model.finder.hits.is_empty() {
                clear(model);
            }
            if awaited.steps == 0 { Vec::new() } else { step(model, awaited.steps) }
        }
    }
}

/// The guide was opened for what was searched for in all guides: one goes to its first hit, from the guide's beginning.
/// Nothing is left behind to come back to: back is where the guide was chosen.
pub(super) fn arrive(model: &mut Model, query: String) -> Vec<Effect> {
    clear(model);
    model.finder.query = query;
    let effects = ask(model, Some(Anchor::default()));
    if let Some(awaited) = &mut model.finder.awaited {
        awaited.purpose = Purpose::Arrive;
    }
    effects
}

/// `Enter`: one stays at the hit. An empty line asks for the last search again.
pub(super) fn confirm(model: &mut Model, line: &SearchLine) -> Vec<Effect> {
    if line.input.value().is_empty() {
        return step(model, 1);
    }
    let text = CleanText::line(line.input.value());
    let mut effects = if text.is_empty() { Vec::new() } else { remember(model, text) };
    match &mut model.finder.awaited {
        Some(awaited) => awaited.purpose = Purpose::Settle(line.from),
        None => effects.extend(settle_on(model, line.from, 0)),
    }
    effects
}

/// Puts a search behind the earlier ones.
pub(super) fn remember(model: &mut Model, text: CleanText) -> Vec<Effect> {
    let history = &mut model.finder.history;
    history.retain(|it| *it != text);
    history.push(text.clone());
    let most = history.len().saturating_sub(REMEMBERED);
    history.drain(..most);
    vec![Effect::RememberSearch(text)]
}

/// One searched, and stays where the hit is; where there is none, that is told and nothing is searched for any more.
fn settle_on(model: &mut Model, before: Place, steps: isize) -> Vec<Effect> {
    if let Some(flaw) = model.finder.flaw {
        clear(model);
        model.say(Tone::Warning, &Ui::BadPattern(flaw));
        return Vec::new();
    }
    if model.finder.hits.is_empty() {
        let query = CleanText::line(&model.finder.query);
        clear(model);
        return model.fact(&Ui::NotFound(query));
    }
    if model.reader.wanted() != before {
        reader::came_from(model, before);
    }
    if steps == 0 { Vec::new() } else { step(model, steps) }
}

/// `Esc` while typing: all is as it was before.
pub(super) fn abandon(model: &mut Model, line: SearchLine) {
    model.reader.show(line.from);
    model.reader.toggled = line.toggled;
    let history = std::mem::take(&mut model.finder.history);
    model.finder = Finder { history, ..*line.before };
}

/// Takes the marks away; what was searched for is kept for `n`. False where there was nothing.
pub(super) fn clear(model: &mut Model) -> bool {
    let history = std::mem::take(&mut model.finder.history);
    let was = std::mem::replace(&mut model.finder, Finder { history, ..Finder::default() });
    was.is_on()
}

/// To the next hit (1), or the previous one (-1). Without a search, the last one is made again.
pub(super) fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    if !model.finder.is_on() {
        let Some(last) = model.finder.history.last() else { return model.fact(&Ui::NoSearch) };
        model.finder.query = last.to_string();
        let (from, before) = (reader::shown_top(model), model.reader.wanted());
        let effects = ask(model, Some(from));
        if let Some(awaited) = &mut model.finder.awaited {
            (awaited.purpose, awaited.steps) = (Purpose::Settle(before), by.min(0));
        }
        return effects;
    }
    if let Some(awaited) = &mut model.finder.awaited {
        awaited.steps += by;
        return Vec::new();
    }
    let count = model.finder.hits.len() as isize;
    if count == 0 {
        return model.fact(&Ui::NotFound(CleanText::line(&model.finder.query)));
    }
    let to = next(model, by);
    model.finder.turned = match to {
        ..0 => Some(End::Last),
        _ if to >= count => Some(End::First),
        _ => None,
    };
    land(model, to.rem_euclid(count) as usize, reader::shown_top(model));
    Vec::new()
}

/// Which hit is the next one: from the one that one is at, while it is in sight, else from the screen. Below 0, or as
/// many as there are or more, where the guide's end is passed.
fn next(model: &Model, by: isize) -> isize {
    let hits = &model.finder.hits;
    let here = model.finder.at.filter(|at| {
        let anchor = hits.get(*at).map(|h| h.anchor());
        anchor.is_some_and(|a| model.reader.here == Some(a) || shown(model, reader::shown_top(model), a, 0))
    });
    match here {
        Some(at) => at as isize + by,
        None => {
            let first = hits.first_from(reader::shown_top(model)).unwrap_or(hits.len()) as isize;
            first + if by > 0 { by - 1 } else { by }
        }
    }
}

/// The guide is another one: what was found in the old one is looked for again, and one stays where one is.
pub(super) fn again(model: &mut Model) -> Vec<Effect> {
    let now = model.reader.wanted();
    if let Some(Overlay::Search(line)) = &mut model.overlay {
        line.from = now;
        line.toggled.clear();
        *line.before = Finder::default();
    }
    model.finder.hits = Arc::default();
    model.finder.at = None;
    if model.finder.is_on() { ask(model, None) } else { Vec::new() }
}

/// The whole guide is there: what was searched for in the head is taken over, and looked for at last.
pub(super) fn completed(model: &mut Model, head: Finder, carried: impl Fn(Place) -> Place) -> Vec<Effect> {
    let before = std::mem::replace(&mut model.finder, head).history;
    let typed = std::mem::replace(&mut model.finder.history, before);
    let mut effects: Vec<Effect> = typed.into_iter().flat_map(|text| remember(model, text)).collect();
    if let Some(Overlay::Search(line)) = &mut model.overlay {
        line.from = carried(line.from);
    }
    if let Some(awaited) = &mut model.finder.awaited {
        let top = |top: Anchor| carried(Place { top, here: None }).top;
        awaited.from = awaited.from.map(top);
        awaited.seen = carried(awaited.seen);
        if let Purpose::Settle(before) = &mut awaited.purpose {
            *before = carried(*before);
        }
    }
    effects.extend(look_again(model));
    effects
}

/// Asks for what waited; else, where a line is open, makes ready for it.
pub(super) fn look_again(model: &mut Model) -> Vec<Effect> {
    match (&model.finder.awaited, &model.overlay) {
        (Some(awaited), _) => search(model, awaited.ticket, model.finder.query.clone()),
        (None, Some(Overlay::Search(_))) => {
            let ticket = model.draw_ticket();
            search(model, ticket, String::new())
        }
        (None, _) => Vec::new(),
    }
}

/// While one types, each search begins where the first one did.
fn bring_back(model: &mut Model) {
    if let Some(Overlay::Search(line)) = &model.overlay {
        model.reader.show(line.from);
        model.reader.toggled = line.toggled.clone();
    }
}

/// Goes to a hit, whatever it is folded away in. A screen that begins at `top` and shows it stays as it is.
fn land(model: &mut Model, index: usize, top: Anchor) {
    let Some(anchor) = model.finder.hits.get(index).map(|h| h.anchor()) else { return };
    model.finder.at = Some(index);
    reader::reveal(model, anchor.block);
    let in_sight = shown(model, top, anchor, EDGE);
    let layout = model.layout();
    let above = model.panes.column.height as isize / 3;
    let top = if in_sight { top } else { layout.shift(layout.showing(anchor), -above) };
    (model.reader.top, model.reader.here) = (top, Some(anchor));
}

/// Whether a screen that begins at `top` shows a place, not counting some rows at its lower edge.
fn shown(model: &Model, top: Anchor, place: Anchor, edge: usize) -> bool {
    let layout = model.layout();
    let rows = usize::from(model.panes.column.height);
    let row = layout.showing(place);
    layout.lines(top, rows.saturating_sub(edge).max(1)).iter().any(|l| l.anchor == row)
}
