//! One message in, the model changed, effects out. The two matches are an index: what happens stands in the files
//! that they name.

use super::help::key_name;
use super::hints::Errand;
use super::key::Key;
use super::keymap::Action;
use super::model::{Model, Notice, Panel, PromptKind, Tone, Wish};
use super::msg::{Effect, Msg};
use super::{
    checklist, contacts, dialog, edit, filter, finder, gone, hints, history, library, links, mouse, note, outline,
    palette, quest, reader, reload, rest, table, ticking, visit,
};
use crate::guide::{BlockKind, GroupId, ItemIndex, ItemKind};
use crate::progress::next_open;
use crate::theme::ThemeChoice;
use crate::words::Ui;
use std::sync::Arc;

/// How far a key moves, up where negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Steps {
    /// Rows.
    Rows(isize),
    /// Windows full of rows.
    Pages(isize),
    /// Half windows.
    Halves(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

/// Takes one message: changes the model, says what the edge has to do.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    if matches!(msg, Msg::Key(_) | Msg::Mouse(_)) {
        outline::visit(model);
    }
    let mut effects = match msg {
        Msg::Key(key) => press(model, key),
        Msg::Mouse(what) => mouse::mouse(model, what),
        Msg::Paste(text) => dialog::paste(model, &text),
        Msg::Resize(columns, rows) => {
            model.resize(columns, rows);
            Vec::new()
        }
        Msg::Background { rgb } => {
            model.background = Some(rgb);
            Vec::new()
        }
        Msg::Focus(_) => Vec::new(),
        Msg::Zone(zone) => {
            model.learn_zone(zone);
            Vec::new()
        }
        Msg::Recorded(ticket, record) => ticking::recorded(model, ticket, record),
        Msg::Refused(ticket, why) => ticking::refused(model, ticket, why),
        Msg::Arrived(records) => ticking::arrived(model, records),
        Msg::OnDisk(records) => ticking::on_disk(model, records),
        Msg::JournalTrouble(what) => ticking::journal_trouble(model, what),
        Msg::JournalMended(what) => {
            model.banners.retain(|banner| banner.text != what);
            Vec::new()
        }
        Msg::Copied(ticket, landing) => links::copied(model, ticket, landing),
        Msg::Reloaded(guide) => {
            let mut effects = reload::reloaded(model, guide);
            palette::again(model);
            effects.extend(finder::again(model));
            effects
        }
        Msg::Completed(whole) => rest::completed(model, *whole),
        Msg::Incomplete(why) => rest::missing(model, why),
        Msg::BoxRefused(why) => {
            model.notice = Some(Notice { tone: Tone::Warning, text: why });
            Vec::new()
        }
        Msg::Unchanged => reload::unchanged(model),
        Msg::ReloadFailed(why) => reload::failed(model, why),
        Msg::Concern(what, why) => {
            model.concern(what, why);
            Vec::new()
        }
        Msg::Found(ticket, found) => finder::found(model, ticket, found),
        Msg::Coloured(ticket, block, colours) => {
            if model.colouring.get(&block) == Some(&ticket) {
                model.colouring.remove(&block);
                model.colours.insert(block, colours);
            }
            Vec::new()
        }
        Msg::Edited(result) => edit::edited(model, result),
        Msg::Opened(ticket, result) => links::opened(model, ticket, result),
        Msg::NotVisited(ticket, why) => visit::failed(model, ticket, why),
        Msg::Entered(entry) => visit::entered(model, entry),
        Msg::Surveyed(ticket, piece) => library::surveyed(model, ticket, piece),
        Msg::Swept(ticket, piece) => quest::swept(model, ticket, piece),
        Msg::Resumed => vec![Effect::Redraw],
        Msg::WorkerPanicked(what) => {
            let text = Ui::WorkerGone(what).say(model.settings.lang).into_owned();
            model.banner(Tone::Trouble, crate::guide::CleanText::line(&text));
            Vec::new()
        }
    };
    model.settle();
    effects.extend(colour_what_is_shown(model));
    effects
}

/// Gives a panel the focus, if it has anything to show.
pub(super) fn focus(model: &mut Model, panel: Panel) -> Vec<Effect> {
    if !model.has(panel) {
        return match panel {
            Panel::Outline => model.fact(&Ui::NoOutline),
            Panel::Checklist => model.fact(&Ui::NoItems),
            Panel::Contacts => model.fact(&Ui::NoContacts),
            Panel::Text | Panel::Library => Vec::new(),
        };
    }
    match panel {
        Panel::Outline => model.outline_hidden = false,
        Panel::Checklist | Panel::Contacts => model.side = panel,
        Panel::Text | Panel::Library => {}
    }
    if model.focus == Panel::Outline && panel != Panel::Outline {
        model.outline.followed = None;
    }
    model.focus = panel;
    Vec::new()
}

impl Steps {
    /// The index that a list of `count` rows has selected after the move, from `selected`; `page` rows are in sight.
    pub(super) fn from(self, selected: usize, count: usize, page: usize) -> usize {
        let page = page.max(1) as isize;
        let moved = match self {
            Steps::Rows(by) => selected.saturating_add_signed(by),
            Steps::Pages(by) => selected.saturating_add_signed(by.saturating_mul(page)),
            Steps::Halves(by) => selected.saturating_add_signed(by.saturating_mul(page.div_euclid(2).max(1))),
            Steps::First => 0,
            Steps::Last => usize::MAX,
        };
        moved.min(count.saturating_sub(1))
    }
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    if model.notice.as_ref().is_some_and(|n| n.tone == Tone::Fact) {
        model.notice = None;
    }
    rest::pressed(model);
    match model.settings.keymap.action(model.focus, model.overlay.as_ref(), key) {
        Some(action) => act(model, action),
        None => dialog::key(model, key),
    }
}

pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if !model.allows(action) {
        return model.fact(&Ui::OpenFirst);
    }
    if let Some(effects) = rest::put_off(model, action) {
        return effects;
    }
    match action {
        Action::Quit => return vec![Effect::Quit],
        Action::Close => return close(model),
        Action::Help => return dialog::help(model),
        Action::Palette => return palette::open(model),
        Action::NextPanel => cycle(model, &Panel::ALL),
        Action::PreviousPanel => cycle(model, &Panel::BACKWARDS),
        Action::Outline => return focus(model, Panel::Outline),
        Action::Text => return focus(model, Panel::Text),
        Action::Checklist => return focus(model, Panel::Checklist),
        Action::Contacts => return focus(model, Panel::Contacts),
        Action::Library => return library::go_to(model),
        // In the list of a folder's guides there is one way to look for something, by whatever key.
        Action::SearchGuides | Action::Search | Action::Filter if model.library.is_some() => return quest::open(model),
        Action::SearchGuides => return library::search(model),
        Action::Search => return finder::open(model),
        Action::Filter => return filter::open(model),
        Action::NextHit => return finder::step(model, 1),
        Action::PreviousHit => return finder::step(model, -1),
        Action::NextOpen => return go_to_next_open(model),
        Action::Undo => return ticking::wish(model, Wish::Undo),
        Action::Redo => return ticking::wish(model, Wish::Redo),
        Action::Theme => next_theme(model),
        Action::HideOutline => hide_outline(model),
        Action::Reload => return reload::ask(model),
        Action::Edit => return edit::edit(model),
        Action::Mouse => return toggle_mouse(model),
        Action::Suspend => return vec![Effect::Suspend],
        Action::Redraw => return vec![Effect::Redraw],
        Action::Down => scroll(model, Steps::Rows(1)),
        Action::Up => scroll(model, Steps::Rows(-1)),
        Action::PageDown => scroll(model, Steps::Pages(1)),
        Action::PageUp => scroll(model, Steps::Pages(-1)),
        Action::HalfDown => scroll(model, Steps::Halves(1)),
        Action::HalfUp => scroll(model, Steps::Halves(-1)),
        Action::Top => scroll(model, Steps::First),
        Action::Bottom => scroll(model, Steps::Last),
        Action::Fold => match model.focus {
            Panel::Outline => outline::fold_branch(model),
            Panel::Checklist => checklist::fold_group(model),
            Panel::Text | Panel::Contacts | Panel::Library => {}
        },
        Action::Unfold => match model.focus {
            Panel::Outline => outline::unfold_branch(model),
            Panel::Checklist => checklist::unfold_group(model),
            Panel::Text | Panel::Contacts | Panel::Library => {}
        },
        Action::GoTo => match model.focus {
            Panel::Outline => return outline::go_to(model),
            Panel::Checklist => return checklist::go_to(model),
            Panel::Library => return library::open(model),
            Panel::Text | Panel::Contacts => {}
        },
        Action::NextHeading => reader::heading(model, 1),
        Action::PreviousHeading => reader::heading(model, -1),
        Action::Details => return reader::open_first(model),
        Action::Notes => return note::open_first(model),
        Action::Table => return table::open(model),
        Action::Follow => return hints::open(model, Errand::Follow),
        Action::CopyTarget => return hints::open(model, Errand::Copy),
        Action::Back => return reader::back(model),
        Action::Forward => return reader::forward(model),
        Action::CopySection => return reader::copy_section(model),
        Action::CopyCode => return reader::copy_code(model),
        Action::FrontMatter => return dialog::front_matter(model),
        Action::Tick => return with_item(model, ticking::toggle),
        Action::Skip => return with_item(model, |model, item| checklist::prompt(model, PromptKind::Skip(item))),
        Action::Note => return with_item(model, |model, item| checklist::prompt(model, PromptKind::Note(item))),
        Action::LeaveOut => return with_group(model, ticking::leave_out),
        Action::Refuse => return with_item(model, ticking::refuse),
        Action::History => return history::open_meant(model),
        Action::Why => return dialog::why(model, checklist::selected_item(model)),
        Action::CopyBare if model.overlay.is_some() => return dialog::copy(model),
        Action::CopyBare => return contacts::copy_bare(model),
        Action::CopyLink => return contacts::copy_link(model),
        Action::Open => return contacts::open(model),
        Action::Code => return contacts::code(model),
        Action::Confirm => return dialog::confirm(model),
        Action::Earlier => return dialog::recall(model, -1),
        Action::Later => return dialog::recall(model, 1),
        Action::Next => dialog::turn(model, 1),
        Action::Previous => dialog::turn(model, -1),
    }
    Vec::new()
}

impl Panel {
    /// The panels in the order of `Tab`.
    const ALL: [Panel; 4] = [Panel::Outline, Panel::Text, Panel::Checklist, Panel::Contacts];
    /// In the order of `Shift-Tab`.
    const BACKWARDS: [Panel; 4] = [Panel::Contacts, Panel::Checklist, Panel::Text, Panel::Outline];
}

/// `Esc`: the nearest thing that can go away goes, one at a time.
fn close(model: &mut Model) -> Vec<Effect> {
    if model.overlay.is_some() {
        return dialog::close(model);
    }
    let searched = |model: &mut Model| finder::clear(model) || quest::clear(model);
    if model.notice.take().is_some() || searched(model) || model.banners.pop().is_some() {
        return Vec::new();
    }
    focus(model, Panel::Text)
}

fn scroll(model: &mut Model, steps: Steps) {
    match (&model.overlay, model.focus) {
        (Some(_), _) => dialog::scroll(model, steps),
        (None, Panel::Text) => reader::scroll(model, steps),
        (None, Panel::Outline) => outline::scroll(model, steps),
        (None, Panel::Checklist) => checklist::scroll(model, steps),
        (None, Panel::Contacts) => contacts::scroll(model, steps),
        (None, Panel::Library) => library::scroll(model, steps),
    }
}

/// The focus goes to the next panel in an order; those with nothing to show, or folded away, are passed over.
fn cycle(model: &mut Model, order: &[Panel; 4]) {
    let at = order.iter().position(|p| *p == model.focus).unwrap_or(0);
    let shown = |p: &&Panel| model.has(**p) && !(**p == Panel::Outline && model.outline_is_away());
    if let Some(next) = order.iter().cycle().skip(at + 1).take(order.len()).find(shown) {
        focus(model, *next);
    }
}

/// The item that a key means: in the checklist the selected one, in the text the one being read.
fn meant_item(model: &Model) -> Option<ItemIndex> {
    match model.focus {
        Panel::Checklist => checklist::selected_item(model),
        _ => model.reader.item,
    }
}

fn with_item(model: &mut Model, what: impl FnOnce(&mut Model, ItemIndex) -> Vec<Effect>) -> Vec<Effect> {
    match (meant_item(model), model.focus) {
        (Some(item), _) => what(model, item),
        (None, Panel::Checklist) if gone::is_selected(model) => not_in_guide(model),
        (None, Panel::Checklist) => model.fact(&Ui::NoItemSelected),
        (None, _) => model.fact(&Ui::NoItemHere),
    }
}

fn with_group(model: &mut Model, what: impl FnOnce(&mut Model, GroupId) -> Vec<Effect>) -> Vec<Effect> {
    match checklist::selected_group(model) {
        Some(group) => what(model, group),
        None if gone::is_selected(model) => not_in_guide(model),
        None => model.fact(&Ui::NoItems),
    }
}

fn not_in_guide(model: &mut Model) -> Vec<Effect> {
    let key = key_name(model, Panel::Checklist, Action::History);
    model.fact(&Ui::NotInGuide(key))
}

/// Goes to the next open item: the first one, or, from an open one that one went to, the one after it.
fn go_to_next_open(model: &mut Model) -> Vec<Effect> {
    let open = |i: ItemIndex| model.standing(i).is_some_and(|(standing, _)| !standing.settled());
    let is_value = |i: ItemIndex| model.guide.items.get(i).is_some_and(|item| item.kind == ItemKind::Value);
    let from = match model.focus {
        Panel::Checklist => checklist::selected_item(model),
        _ => model.reader.here.and_then(|here| reader::item_of_block(&model.guide, here.block)),
    };
    // Steps come before values, and after the last value the first step again.
    let rank = |i: ItemIndex| (is_value(i), i);
    let after = from.and_then(|from| next_open(&model.guide, |i| open(i) && rank(i) > rank(from)));
    let Some(item) = after.or_else(|| next_open(&model.guide, open)) else { return model.fact(&Ui::AllSettled) };
    if let Some(block) = model.guide.items.get(item).map(|i| i.block()) {
        reader::jump(model, block);
    }
    checklist::select(model, Some(item));
    match model.focus {
        Panel::Text | Panel::Checklist => Vec::new(),
        Panel::Outline | Panel::Contacts | Panel::Library => focus(model, Panel::Text),
    }
}

fn hide_outline(model: &mut Model) {
    if model.size.0 >= super::WIDE {
        model.outline_hidden = !model.outline_hidden;
        return;
    }
    // Where it does not stand there all the time, it is fetched and sent away by the focus.
    let to = if model.focus == Panel::Outline { Panel::Text } else { Panel::Outline };
    focus(model, to);
}

fn toggle_mouse(model: &mut Model) -> Vec<Effect> {
    model.mouse = !model.mouse;
    let key = key_name(model, model.focus, Action::Mouse);
    let said = if model.mouse { Ui::MouseOn(key) } else { Ui::MouseOff(key) };
    model.say(Tone::Fact, &said);
    vec![Effect::CaptureMouse(model.mouse)]
}

/// The next theme: those that are always there, then the reader's own.
fn next_theme(model: &mut Model) {
    let own = model.settings.themes.iter().map(|own| ThemeChoice::Own(Arc::clone(own)));
    let all: Vec<ThemeChoice> = ThemeChoice::NAMES.into_iter().map(|(_, choice)| choice).chain(own).collect();
    let at = all.iter().position(|choice| *choice == model.settings.theme);
    let next = all.get(at.map_or(0, |at| at + 1)).or(all.first()).cloned().unwrap_or_default();
    let name = match &next {
        ThemeChoice::Auto => Ui::ThemeAuto,
        ThemeChoice::Day => Ui::ThemeDay,
        ThemeChoice::Night => Ui::ThemeNight,
        ThemeChoice::Terminal => Ui::ThemeTerminal,
        ThemeChoice::Own(own) => Ui::ThemeOwn(own.name.clone()),
    };
    model.settings.theme = next;
    model.say(Tone::Fact, &name);
}

/// Blocks before and behind those on the screen whose code is coloured before it gets there.
const AHEAD: u32 = 8;

/// Asks for the colours of the code on the screen, and then of what one scrolls to next, each block once.
fn colour_what_is_shown(model: &mut Model) -> Vec<Effect> {
    if !model.settings.colour {
        return Vec::new();
    }
    let guide = model.guide.clone();
    let has_language = |block: &u32| {
        let kind = guide.block(*block).map(|b| &b.kind);
        matches!(kind, Some(BlockKind::Code { language: Some(_) }))
    };
    let blocks = || model.reader.lines.iter().map(|line| line.anchor.block);
    let (first, behind) = (blocks().next().unwrap_or(0), blocks().next_back().map_or(0, |last| last + 1));
    let near = (behind..behind.saturating_add(AHEAD)).chain(first.saturating_sub(AHEAD)..first);
    let mut wanted: Vec<u32> = blocks().chain(near).filter(has_language).collect();
    wanted.dedup();
    let mut effects = Vec::new();
    for block in wanted {
        if !model.colours.contains_key(&block) && !model.colouring.contains_key(&block) {
            let ticket = model.draw_ticket();
            model.colouring.insert(block, ticket);
            effects.push(Effect::Colour(ticket, block));
        }
    }
    effects
}
