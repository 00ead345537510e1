//! `log`: what was done, by whom and when, oldest first.

use super::page::{Page, Row, Voice};
use crate::progress::{Log, LogReport, history};
use crate::theme::Role;
use crate::words::Shell;

/// The journal for people.
pub fn log(log: &Log, voice: &Voice) -> Page {
    let records = history(log);
    if records.is_empty() {
        return vec![Row::of(Role::Muted, Shell::EmptyJournal.say(voice.lang))];
    }
    let who = records.iter().map(|r| columns(&r.by)).max().unwrap_or_default().min(20);
    let what = records.iter().map(|r| columns(&verb(r, voice))).max().unwrap_or_default();
    records.iter().map(|record| row(record, who, what, voice)).collect()
}

/// `log --json`: one object a line, so that a long journal can be read as it comes.
pub fn log_json(log: &Log) -> String {
    let lines = history(log).into_iter().filter_map(|record| serde_json::to_string(&record).ok());
    lines.map(|line| line + "\n").collect()
}

fn row(record: &LogReport, who: usize, what: usize, voice: &Voice) -> Row {
    let verb = verb(record, voice);
    let gap = |width: usize, text: &str| " ".repeat(width.saturating_sub(columns(text)) + 2);
    let (role, label) = if record.counts { (op_role(record.op), Role::Text) } else { (Role::Muted, Role::Muted) };
    let mut row = Row::of(Role::Muted, format!("{}  ", voice.minute(record.millis)))
        .with(Role::Text, format!("{}{}", record.by, gap(who, &record.by)))
        .with(role, verb.clone())
        .with(label, format!("{}{}", gap(what, &verb), record.label));
    if let Some(text) = record.reason.as_ref().or(record.note.as_ref()).filter(|t| !t.is_empty()) {
        row = row.with(Role::Muted, format!(" {} {text}", voice.glyphs.dot));
    }
    if !record.counts {
        row = row.with(Role::Muted, format!("  {}", Shell::TakenBack.say(voice.lang)));
    }
    row
}

/// What was done, in a word or two.
fn verb(record: &LogReport, voice: &Voice) -> String {
    let of = record.of.map(|of| Shell::Op(of).say(voice.lang));
    let op = Shell::Op(record.op).say(voice.lang);
    of.map_or(op.to_string(), |of| format!("{op} ({of})"))
}

fn op_role(op: &str) -> Role {
    match op {
        "done" | "affirm" => Role::Done,
        "skip" => Role::Skipped,
        "todo" | "undo" => Role::Warning,
        _ => Role::Note,
    }
}

fn columns(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

#[cfg(test)]
mod tests {
    use super::super::page::tests::{plain, voice};
    use super::super::samples;
    use super::*;
    use crate::guide::CleanText;
    use crate::progress::Op;
    use crate::words::Lang;

    #[test]
    fn the_journal_reads_from_the_oldest_on() {
        let skip = Op::Skip { reason: CleanText::line("trop tôt") };
        let records = samples::log(&samples::guide(), &[(0, Op::Done), (1, skip), (2, Op::Affirm)]);
        let expected = "\
2026-11-24 09:00  lise  fait     Rassemblez une équipe
2026-11-24 09:00  lise  passé    Choisissez un lieu · trop tôt
2026-11-24 09:00  lise  affirmé  Indépendance
";
        assert_eq!(plain(&log(&records, &voice(Lang::Fr))), expected);
    }

    #[test]
    fn what_was_undone_stays_in_the_journal_and_says_so() {
        let guide = samples::guide();
        let mut records = samples::log(&guide, &[(0, Op::Done)]);
        let undo = records.undo(samples::DEVICE).unwrap();
        records.add(samples::stamp(2, undo));
        let expected = "\
2026-11-24 09:00  lise  done           Rassemblez une équipe  (taken back)
2026-11-24 09:00  lise  undone (done)  Rassemblez une équipe
";
        assert_eq!(plain(&log(&records, &voice(Lang::En))), expected);
    }

    #[test]
    fn programs_get_one_object_a_line() {
        let records = samples::log(&samples::guide(), &[(0, Op::Done), (2, Op::Affirm)]);
        let text = log_json(&records);
        let lines: Vec<serde_json::Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!((&lines[0]["op"], &lines[0]["by"]), (&"done".into(), &"lise".into()));
        assert_eq!(lines[1]["at"], "2026-11-24T09:00:00Z");
    }

    #[test]
    fn an_empty_journal_is_told() {
        assert_eq!(plain(&log(&Log::default(), &voice(Lang::En))), "Nothing was recorded yet.\n");
        assert_eq!(log_json(&Log::default()), "");
    }
}
