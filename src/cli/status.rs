//! `status`: what is done and what is open, for people and for programs. Counts nothing itself.

use super::page::{Page, Row, Voice};
use crate::guide::ItemKind;
use crate::progress::{GroupReport, ItemReport, Report, Tally};
use crate::theme::{Glyphs, Role};
use crate::words::Shell;
use jiff::Timestamp;

/// The status for people.
pub fn status(report: &Report, voice: &Voice) -> Page {
    let mut page = vec![Row::of(Role::Heading1, report.guide.title.as_str())];
    for group in &report.groups {
        page.push(Row::default());
        page.push(head(group, voice));
        page.extend(group.items.iter().flat_map(|item| item_rows(item, voice)));
    }
    if !report.retired.is_empty() {
        page.push(Row::default());
        page.push(Row::of(Role::PanelTitle, Shell::Retired.say(voice.lang)));
        for gone in &report.retired {
            let row = Row::of(Role::Faint, format!("      {} ", mark(voice.glyphs, gone.kind, gone.state).1));
            page.push(row.with(Role::Settled, gone.label.as_str()).with(Role::Muted, past(&gone.at, &gone.by, voice)));
        }
    }
    page.push(Row::default());
    page.push(end(report, voice));
    page
}

/// `status --json`: the shape is a promise.
pub fn status_json(report: &Report) -> String {
    super::json(report)
}

/// The mark of an item, by kind and by state as the report names it.
pub(super) fn mark(glyphs: &Glyphs, kind: Option<ItemKind>, state: &str) -> (Role, &'static str) {
    match state {
        "done" => (Role::Done, glyphs.done),
        "skipped" => (Role::Skipped, glyphs.skipped),
        "upheld" => (Role::Done, glyphs.upheld),
        "due" => (Role::Due, glyphs.due),
        _ if kind == Some(ItemKind::Value) => (Role::Open, glyphs.value),
        _ => (Role::Open, glyphs.open),
    }
}

/// `12. label`, as commands and people name an item.
pub(super) fn named(n: usize, label: &str) -> String {
    format!("{n}. {label}")
}

fn head(group: &GroupReport, voice: &Voice) -> Row {
    let tally = Tally { done: group.done, total: group.total };
    let [full, empty] = voice.bar(tally);
    Row::of(Role::PanelTitle, group.title.as_str())
        .with(Role::Text, "  ")
        .with(full.0, full.1)
        .with(empty.0, empty.1)
        .with(Role::Muted, format!(" {}/{}", tally.done, tally.total))
}

fn item_rows(item: &ItemReport, voice: &Voice) -> Vec<Row> {
    let (role, mark) = mark(voice.glyphs, Some(item.kind), item.state);
    let open = matches!(item.state, "todo" | "due");
    let mut row = Row::of(Role::Muted, format!("{:>5} ", item.n)).with(role, mark).with(Role::Text, " ");
    row = row.with(if open { Role::Text } else { Role::Settled }, item.label.as_str());
    if let (Some(at), Some(by)) = (&item.at, &item.by) {
        row = row.with(Role::Muted, past(at, by, voice));
    }
    if item.state == "due" {
        row = row.with(Role::Due, format!("  {}", Shell::Due.say(voice.lang)));
    }
    if item.carried {
        row = row.with(Role::Warning, format!("  {}", Shell::CarriedOver.say(voice.lang)));
    } else if item.changed {
        row = row.with(Role::Warning, format!("  {}", Shell::TextChanged.say(voice.lang)));
    }
    let below = |mark: &str, text: &str| Row::of(Role::Muted, format!("        {mark} {text}"));
    let mut rows = vec![row];
    rows.extend(item.reason.as_ref().map(|reason| below(voice.glyphs.skipped, reason)));
    rows.extend(item.note.as_ref().map(|note| below(voice.glyphs.note, note)));
    rows
}

/// When and by whom, after a label.
fn past(at: &str, by: &str, voice: &Voice) -> String {
    let millis = at.parse::<Timestamp>().map(Timestamp::as_millisecond).unwrap_or_default();
    let day = voice.day(millis);
    if by.is_empty() { format!("  {day}") } else { format!("  {day} {} {by}", voice.glyphs.dot) }
}

fn end(report: &Report, voice: &Voice) -> Row {
    let count = Row::of(Role::Accent, format!("{}/{}", report.done, report.total));
    let after = match &report.next {
        Some(next) => Shell::NextIs(named(next.n, &next.label)),
        None if report.total == 0 => return Row::of(Role::Muted, Shell::NoItems.say(voice.lang)),
        None => Shell::AllSettled,
    };
    count.with(Role::Faint, format!(" {} ", voice.glyphs.dot)).with(Role::Text, after.say(voice.lang))
}

#[cfg(test)]
mod tests {
    use super::super::page::tests::{plain, voice};
    use super::super::samples;
    use super::*;
    use crate::progress::Op;
    use crate::words::Lang;

    #[test]
    fn a_fresh_guide_shows_its_groups_and_what_comes_first() {
        let report = samples::report(&samples::guide(), &[]);
        let expected = "\
Un guide

Étapes  ──────────── 0/2
    1 ○ Rassemblez une équipe
    2 ○ Choisissez un lieu

Valeurs  ──────────── 0/1
    3 ◇ Indépendance

0/3 · Suivant : 1. Rassemblez une équipe
";
        assert_eq!(plain(&status(&report, &voice(Lang::Fr))).replace('\u{a0}', " "), expected);
    }

    #[test]
    fn what_was_done_is_told_with_its_day_and_by_whom() {
        let skip = Op::Skip { reason: crate::guide::CleanText::line("trop tôt") };
        let note = Op::Note { text: crate::guide::CleanText::line("à la mairie") };
        let report = samples::report(&samples::guide(), &[(0, Op::Done), (0, note), (1, skip), (2, Op::Affirm)]);
        let expected = "\
Un guide

Étapes  ━━━━━━━━━━━━ 2/2
    1 ✓ Rassemblez une équipe  2026-11-24 · lise
        ✎ à la mairie
    2 – Choisissez un lieu  2026-11-24 · lise
        – trop tôt

Valeurs  ━━━━━━━━━━━━ 1/1
    3 ◆ Indépendance  2026-11-24 · lise

3/3 · Everything is settled.
";
        assert_eq!(plain(&status(&report, &voice(Lang::En))), expected);
    }

    #[test]
    fn a_guide_without_items_says_so() {
        let report = samples::report(&crate::guide::Guide::default(), &[]);
        let text = plain(&status(&report, &voice(Lang::En)));
        assert!(text.ends_with("This guide has no steps, tasks or values.\n"), "{text}");
    }

    #[test]
    fn what_left_the_guide_is_still_told() {
        let mut guide = samples::guide();
        let report = samples::report(&guide, &[(0, Op::Done)]);
        assert!(report.retired.is_empty());
        let log = samples::log(&guide, &[(0, Op::Done)]);
        guide.items[0].id.0 = "another".into();
        let report = samples::report_of(&guide, &log);
        let text = plain(&status(&report, &voice(Lang::En)));
        assert!(text.contains("No longer in the guide\n      ✓ Rassemblez une équipe  2026-11-24"), "{text}");
    }
}
