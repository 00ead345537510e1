//! `runs`: all walks through a guide, with their progress and their last change. Counts nothing itself.

use super::page::{Page, Row, Voice};
use crate::guide::CleanText;
use crate::progress::{GuideReport, Log, NextReport, Report, Tally};
use crate::theme::Role;
use crate::words::Team;
use serde::Serialize;

/// One walk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RunReport {
    /// Its name.
    pub run: String,
    /// Settled.
    pub done: usize,
    /// All.
    pub total: usize,
    /// The next open item.
    pub next: Option<NextReport>,
    /// The last change; none where nothing was recorded.
    pub last: Option<LastReport>,
    /// Whether it was put away.
    pub archived: bool,
}

/// The last change of a walk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LastReport {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// The same in milliseconds since the epoch, for who prints it in local time.
    #[serde(skip)]
    pub millis: i64,
    /// Who.
    pub by: CleanText,
}

/// `runs --json`: the names and the order of the fields are a promise.
#[derive(Serialize)]
struct RunsReport<'a> {
    guide: &'a GuideReport,
    runs: &'a [RunReport],
}

impl RunReport {
    /// A walk by its status and its journal.
    pub fn of(report: Report, log: &Log) -> RunReport {
        let last = log.records().last();
        RunReport {
            run: report.run,
            done: report.done,
            total: report.total,
            next: report.next,
            last: last.map(|r| LastReport { at: r.at.to_rfc3339(), millis: r.at.millis, by: r.by.clone() }),
            archived: log.archived(),
        }
    }

    /// When it was changed last.
    fn changed(&self) -> Option<i64> {
        self.last.as_ref().map(|last| last.millis)
    }
}

/// The walks for people: the last changed first, those put away apart. The one that `meant` names is marked.
pub fn runs(guide: &GuideReport, mut runs: Vec<RunReport>, meant: &str, voice: &Voice) -> Page {
    sort(&mut runs);
    let width = runs.iter().map(|run| columns(&run.run)).max().unwrap_or_default();
    let row = |run: &RunReport| row(run, meant, width, voice);
    let (away, open): (Vec<&RunReport>, Vec<&RunReport>) = runs.iter().partition(|run| run.archived);
    let mut page = vec![Row::of(Role::Heading1, guide.title.as_str()), Row::default()];
    page.extend(open.into_iter().map(row));
    if !away.is_empty() {
        if page.len() > 2 {
            page.push(Row::default());
        }
        page.push(Row::of(Role::PanelTitle, Team::ArchivedRuns.say(voice.lang)));
        page.extend(away.into_iter().map(row));
    }
    page
}

/// The walks for programs.
pub fn runs_json(guide: &GuideReport, mut runs: Vec<RunReport>) -> String {
    sort(&mut runs);
    super::json(&RunsReport { guide, runs: &runs })
}

fn sort(runs: &mut [RunReport]) {
    runs.sort_by(|a, b| b.changed().cmp(&a.changed()).then_with(|| a.run.cmp(&b.run)));
}

fn row(run: &RunReport, meant: &str, width: usize, voice: &Voice) -> Row {
    let (mark, name) = match run.run == meant {
        true => (voice.glyphs.here, Role::PanelTitle),
        false => (" ", Role::Text),
    };
    let tally = Tally { done: run.done, total: run.total };
    let [full, empty] = voice.bar(tally);
    let gap = " ".repeat(width.saturating_sub(columns(&run.run)) + 2);
    let count = format!(" {:>3}/{:<3}", tally.done, tally.total);
    let row = Row::of(Role::Accent, format!("{mark} "))
        .with(name, format!("{}{gap}", run.run))
        .with(full.0, full.1)
        .with(empty.0, empty.1)
        .with(Role::Muted, count);
    let told = match &run.last {
        Some(last) if last.by.is_empty() => voice.minute(last.millis),
        Some(last) => format!("{} {} {}", voice.minute(last.millis), voice.glyphs.dot, last.by),
        None => Team::NeverUsed.say(voice.lang).into_owned(),
    };
    row.with(Role::Muted, format!("  {told}"))
}

fn columns(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(text)
}

#[cfg(test)]
mod tests {
    use super::super::page::tests::{plain, voice};
    use super::super::samples;
    use super::*;
    use crate::progress::{Change, Op, Subject};
    use crate::words::Lang;

    fn run(name: &str, changes: &[(usize, Op)], archived: bool, hours: i64) -> RunReport {
        let guide = samples::guide();
        let mut log = samples::log(&guide, changes);
        if archived {
            log.add(samples::stamp(90, Change { subject: Subject::of_run(name), op: Op::Archive }));
        }
        let mut report = RunReport::of(Report { run: name.into(), ..samples::report_of(&guide, &log) }, &log);
        report.last.iter_mut().for_each(|last| last.millis += hours * 3_600_000);
        report
    }

    fn all() -> Vec<RunReport> {
        vec![
            run("default", &[(0, Op::Done)], false, 0),
            run("essai", &[(0, Op::Done), (1, Op::Done)], true, 5),
            run("ete-2027", &[(0, Op::Done), (1, Op::Done), (2, Op::Affirm)], false, 3),
            run("vide", &[], false, 0),
        ]
    }

    fn guide() -> GuideReport {
        samples::report(&samples::guide(), &[]).guide
    }

    #[test]
    fn the_last_changed_comes_first_and_what_was_put_away_stands_apart() {
        let text = plain(&runs(&guide(), all(), "default", &voice(Lang::Fr)));
        let expected = "\
Un guide

  ete-2027  ━━━━━━━━━━━━   3/3    2026-11-24 12:00 · lise
▸ default   ━━━━────────   1/3    2026-11-24 09:00 · lise
  vide      ────────────   0/3    pas encore commencé

Archivés
  essai     ━━━━━━━━────   2/3    2026-11-24 14:00 · lise
";
        assert_eq!(text, expected);
    }

    #[test]
    fn the_json_of_the_runs_is_a_promise() {
        let json: serde_json::Value = serde_json::from_str(&runs_json(&guide(), all())).unwrap();
        assert_eq!(json["guide"]["id"], "un-guide");
        let names: Vec<&str> = json["runs"].as_array().unwrap().iter().map(|r| r["run"].as_str().unwrap()).collect();
        assert_eq!(names, ["essai", "ete-2027", "default", "vide"]);
        let default = serde_json::to_string(&all()[0]).unwrap();
        let promised = concat!(
            r#"{"run":"default","done":1,"total":3,"next":{"n":2,"label":"Choisissez un lieu"},"#,
            r#""last":{"at":"2026-11-24T09:00:00Z","by":"lise"},"archived":false}"#
        );
        assert_eq!(default, promised);
        assert_eq!((&json["runs"][0]["archived"], &json["runs"][3]["last"]), (&true.into(), &serde_json::Value::Null));
    }
}
