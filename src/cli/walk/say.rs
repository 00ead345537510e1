//! What `jalon walk` prints: an item, the status, the contacts, the answers. States are told in words. Changes nothing.

use super::Sight;
use crate::cli::page::{Page, Row};
use crate::cli::show;
use crate::guide::{CleanText, Contact, ItemIndex, ItemKind, Reach};
use crate::progress::{GroupReport, ItemReport, Report};
use crate::theme::Role;
use crate::words::{Aloud, Asked, Reply, Shell, Stands, Ui, When};
use jiff::Timestamp;

/// One row.
pub(super) fn row(sight: &Sight<'_>, what: &Aloud) -> Row {
    Row::of(Role::Text, what.say(sight.voice.lang))
}

/// One row with a sentence of the shell's.
pub(super) fn shell(sight: &Sight<'_>, what: &Shell) -> Page {
    vec![Row::of(Role::Text, what.say(sight.voice.lang))]
}

/// One row with a sentence of the screen's.
pub(super) fn ui(sight: &Sight<'_>, what: &Ui) -> Page {
    vec![Row::of(Role::Text, what.say(sight.voice.lang))]
}

/// The guide's title, and how far one is.
pub(super) fn title(sight: &Sight<'_>) -> Row {
    let Report { guide, done, total, .. } = sight.report;
    row(sight, &Aloud::Progress(guide.title.clone(), *done, *total))
}

/// An item: its group, where it stands, its text.
pub(super) fn item(index: ItemIndex, sight: &Sight<'_>) -> Page {
    let found = sight.report.groups.iter().find_map(|g| Some((g, g.items.iter().find(|i| i.item == index)?)));
    let Some((group, told)) = found else { return Page::new() };
    let mut page = vec![Row::default(), row(sight, &progress(group))];
    let label = told.label.clone();
    page.push(row(sight, &Aloud::Item(told.kind, told.n, sight.report.total, stands(told, sight), label)));
    if let Some(carry) = sight.log.carried(&told.id) {
        let stood =
            stands(&ItemReport { carried: false, changed: false, state: settled_state(told), ..told.clone() }, sight);
        page.push(row(sight, &Aloud::CarriedFrom(carry.label.clone(), stood)));
    }
    page.extend(told.reason.clone().filter(|r| !r.is_empty()).map(|reason| row(sight, &Aloud::Reason(reason))));
    page.extend(told.note.clone().map(|note| row(sight, &Aloud::Note(note))));
    if let Some(item) = sight.layout.guide.items.get(index) {
        let text = show::text_of(sight.layout, item);
        if !text.is_empty() {
            page.push(Row::default());
            page.extend(text);
        }
    }
    page.push(Row::default());
    page
}

/// What is done and what is open.
pub(super) fn status(sight: &Sight<'_>) -> Page {
    let mut page = vec![title(sight)];
    for group in &sight.report.groups {
        page.push(Row::default());
        page.push(row(sight, &progress(group)));
        let told = |i: &ItemReport| row(sight, &Aloud::Row(i.n, i.label.clone(), stands(i, sight)));
        page.extend(group.items.iter().map(told));
    }
    page.push(Row::default());
    page
}

/// The text of the section that an item stands in: its heading's, or the one around it where it is a heading itself.
pub(super) fn section(here: Option<ItemIndex>, sight: &Sight<'_>) -> Page {
    let guide = sight.layout.guide;
    let group = here.and_then(|i| guide.groups.get(guide.items.get(i)?.group()));
    let blocks = match group.map(|g| g.heading) {
        Some(Some(heading)) => guide.headings.get(heading).map_or(0, |h| h.block)..guide.section_end(heading),
        // Above the first heading.
        Some(None) => 0..guide.headings.first().map_or(guide.block_count(), |h| h.block),
        None => 0..guide.block_count(),
    };
    let mut page = vec![Row::default()];
    page.extend(show::part(sight.layout, Some(sight.report), blocks));
    page.push(Row::default());
    page
}

/// The contacts, numbered.
pub(super) fn contacts(sight: &Sight<'_>) -> Page {
    let guide = sight.layout.guide;
    if guide.contacts.is_empty() {
        return ui(sight, &Ui::NoContacts);
    }
    let told = |(n, contact): (usize, &Contact)| {
        let section = contact.heading.and_then(|h| guide.headings.get(h)).map(|h| h.text.clone());
        let out_of_reach = (contact.reach == Reach::NoBase)
            .then(|| CleanText::line(&crate::words::Panel::OutOfReach.say(sight.voice.lang)));
        let label = Some(contact.label.clone()).filter(|l| *l != contact.bare && !l.is_empty());
        let more = label.into_iter().chain(section).chain(out_of_reach).collect();
        row(sight, &Aloud::Contact(n + 1, contact.bare.clone(), contact.kind, more))
    };
    guide.contacts.iter().enumerate().map(told).collect()
}

/// The answers, and what each does.
pub(super) fn help(sight: &Sight<'_>) -> Page {
    let lang = sight.voice.lang;
    let told = |reply: Reply| {
        let words = reply.words(lang).iter().take(2).copied().collect::<Vec<_>>().join(", ");
        let colon = match lang {
            crate::words::Lang::Fr => "\u{a0}:",
            crate::words::Lang::En => ":",
        };
        Row::of(Role::Text, format!("{words}{colon} {}", reply.does(lang)))
    };
    Reply::ALL.into_iter().map(told).collect()
}

/// What there is to answer at an item, or without one.
pub(super) fn asked(here: Option<ItemIndex>, sight: &Sight<'_>) -> Asked {
    if sight.report.total == 0 {
        return Asked::NoItems;
    }
    let Some(told) = here.and_then(|i| sight.report.item(i)) else { return Asked::Nowhere };
    match told {
        ItemReport { carried: true, .. } => Asked::Carried,
        ItemReport { kind: ItemKind::Value, .. } => Asked::Value,
        ItemReport { changed: true, state: "done", .. } => Asked::Changed,
        ItemReport { state: "todo", .. } => Asked::Open,
        _ => Asked::Settled,
    }
}

fn progress(group: &GroupReport) -> Aloud {
    Aloud::Progress(group.title.clone(), group.done, group.total)
}

/// Where an item stands, in words.
fn stands(told: &ItemReport, sight: &Sight<'_>) -> Stands {
    let when = when(told, sight);
    match told.state {
        _ if told.carried => Stands::Carried,
        "done" if told.changed => Stands::Changed(when),
        "done" => Stands::Done(when),
        "skipped" => Stands::Skipped(when),
        "upheld" => Stands::Upheld(when),
        "due" => Stands::Due(when),
        _ => Stands::Todo,
    }
}

/// How what was carried over stood before.
fn settled_state(told: &ItemReport) -> &'static str {
    match (&told.at, &told.reason, told.kind) {
        (None, ..) => "todo",
        (Some(_), Some(_), _) => "skipped",
        (Some(_), None, ItemKind::Value) => "upheld",
        (Some(_), None, _) => "done",
    }
}

fn when(told: &ItemReport, sight: &Sight<'_>) -> Option<When> {
    let millis = told.at.as_ref()?.parse::<Timestamp>().ok()?.as_millisecond();
    let (since, day) = (sight.voice.since(millis, sight.now), sight.voice.day(millis));
    Some(When { since, day, by: told.by.clone().unwrap_or_default() })
}
