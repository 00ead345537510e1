//! The status of a guide as data: what `status --json` prints, and what the text forms are made from. Says nothing
//! in words; those are the caller's.

use super::event::plain_id;
use super::line::name;
use super::{Dot, Entry, Log, Op, Record, Settled, Standing};
use crate::guide::{CleanText, GroupId, GroupKind, Guide, Item, ItemId, ItemIndex, ItemKind};
use serde::Serialize;

/// Which walk through which guide: what the status says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// The guide's id, which names the folder of its progress.
    pub guide: String,
    /// The guide's file; none for the built-in guide and standard input.
    pub path: Option<CleanText>,
    /// The run's name.
    pub run: String,
}

/// `status --json`: the names and the order of the fields are a promise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The guide.
    pub guide: GuideReport,
    /// The run's name.
    pub run: String,
    /// Groups in order, those left out by the reader excepted.
    pub groups: Vec<GroupReport>,
    /// What was settled and is no longer in the guide.
    pub retired: Vec<RetiredReport>,
    /// Settled, all groups together.
    pub done: usize,
    /// All items.
    pub total: usize,
    /// The next open item.
    pub next: Option<NextReport>,
}

/// The guide of a status.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GuideReport {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: CleanText,
    /// Its file.
    pub path: Option<CleanText>,
}

/// One group of the status.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupReport {
    /// Which.
    #[serde(skip)]
    pub group: GroupId,
    /// Its heading.
    pub title: CleanText,
    /// What it holds.
    pub kind: GroupKind,
    /// Settled.
    pub done: usize,
    /// All.
    pub total: usize,
    /// Its items, in order.
    pub items: Vec<ItemReport>,
}

/// One item of the status.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemReport {
    /// Which.
    #[serde(skip)]
    pub item: ItemIndex,
    /// Its number in the status, from 1.
    pub n: usize,
    /// Its id.
    pub id: ItemId,
    /// Its kind.
    pub kind: ItemKind,
    /// Its label.
    pub label: CleanText,
    /// `todo`, `done`, `skipped`, `upheld` or `due`.
    pub state: &'static str,
    /// Who settled it; none where nobody did, and where the file itself ticks it.
    pub by: Option<CleanText>,
    /// When, RFC 3339 in UTC.
    pub at: Option<String>,
    /// The note.
    pub note: Option<CleanText>,
    /// Why it was skipped.
    pub reason: Option<CleanText>,
    /// Whether its text changed since it was settled.
    pub changed: bool,
    /// Whether what `by`, `at`, `note` and `reason` say was carried over by likeness and waits to be confirmed. The item
    /// is to do until then. In the JSON, a state `todo` with a time says so.
    #[serde(skip)]
    pub carried: bool,
    /// The id that the journal holds it under, where that is another.
    #[serde(skip)]
    pub was: Option<ItemId>,
}

/// What was settled and is no longer in the guide.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RetiredReport {
    /// Its id.
    pub id: ItemId,
    /// Its kind.
    pub kind: Option<ItemKind>,
    /// Its label when it was settled.
    pub label: CleanText,
    /// `done`, `skipped` or `upheld`.
    pub state: &'static str,
    /// Who settled it.
    pub by: CleanText,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// The note.
    pub note: Option<CleanText>,
    /// Why it was skipped.
    pub reason: Option<CleanText>,
}

/// The next open item.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NextReport {
    /// Which.
    #[serde(skip)]
    pub item: ItemIndex,
    /// Its number in the status.
    pub n: usize,
    /// Its label.
    pub label: CleanText,
}

/// One line of `log`, and one object of `log --json`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LogReport {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// The same in milliseconds since the epoch, for who prints it in local time.
    #[serde(skip)]
    pub millis: i64,
    /// Who.
    pub by: CleanText,
    /// The device that wrote it.
    pub device: String,
    /// Its number on that device.
    pub n: u64,
    /// What: `done`, `todo`, `skip`, `note`, `affirm`, `leave`, `restore`, `undo`, `redo`, `confirm`, `reset`,
    /// `archive`, `unarchive` or `import`.
    pub op: &'static str,
    /// The item's or the group's id.
    pub id: ItemId,
    /// The item's kind; none for a group.
    pub kind: Option<ItemKind>,
    /// The item's or the group's label then.
    pub label: CleanText,
    /// The note.
    pub note: Option<CleanText>,
    /// Why it was skipped.
    pub reason: Option<CleanText>,
    /// What an undo took back, or a redo brought back.
    pub of: Option<&'static str>,
    /// Whether it counts: neither an undo nor a reset stands against it.
    pub counts: bool,
}

/// The status at `now` (milliseconds since the epoch).
pub fn report(guide: &Guide, log: &Log, walk: &Walk, now: i64, review_days: u32) -> Report {
    let mut groups = Vec::new();
    let mut n = 0;
    for (index, group) in guide.groups.iter().enumerate().filter(|(_, g)| !log.left_out(&g.id)) {
        let mut items = Vec::new();
        let mut done = 0;
        for (item, found) in group.items.iter().filter_map(|&i| Some((i, guide.items.get(i)?))) {
            let standing = log.standing(guide, item, now, review_days);
            n += 1;
            done += usize::from(standing.settled());
            items.push(item_report(n, item, found, log, &standing));
        }
        let (title, kind, total) = (group.title.clone(), group.kind, items.len());
        groups.push(GroupReport { group: index, title, kind, done, total, items });
    }
    let (done, total) = groups.iter().fold((0, 0), |(done, total), g| (done + g.done, total + g.total));
    let mut report = Report {
        guide: GuideReport { id: walk.guide.clone(), title: guide.title.clone(), path: walk.path.clone() },
        run: walk.run.clone(),
        groups,
        retired: retired(guide, log),
        done,
        total,
        next: None,
    };
    let next = log.next_open(guide, now, review_days).and_then(|i| report.item(i));
    report.next = next.map(|i| NextReport { item: i.item, n: i.n, label: i.label.clone() });
    report
}

impl Report {
    /// An item of the status.
    pub fn item(&self, item: ItemIndex) -> Option<&ItemReport> {
        self.items().find(|i| i.item == item)
    }

    /// All items of the status.
    pub fn items(&self) -> impl Iterator<Item = &ItemReport> {
        self.groups.iter().flat_map(|g| &g.items)
    }
}

/// The journal, oldest first.
pub fn history(log: &Log) -> Vec<LogReport> {
    log.records().iter().map(|record| log_report(log, record)).collect()
}

fn item_report(n: usize, index: ItemIndex, item: &Item, log: &Log, standing: &Standing) -> ItemReport {
    let carry = log.carried(&item.id);
    let own = log.entry(&item.id);
    let entry = carry.map(|c| c.entry).or(own);
    let settled = entry.and_then(Entry::settled);
    let was = carry.map(|c| c.from.clone()).or_else(|| log.holder(&plain_id(&item.id)));
    ItemReport {
        item: index,
        n,
        id: item.id.clone(),
        kind: item.kind,
        label: item.label.clone(),
        state: match standing {
            Standing::Todo => "todo",
            Standing::Done => "done",
            Standing::Skipped(_) => "skipped",
            Standing::Upheld => "upheld",
            Standing::Due => "due",
        },
        by: settled.map(|r| r.by.clone()),
        at: settled.map(|r| r.at.to_rfc3339()),
        note: [entry, own].into_iter().flatten().find_map(|e| e.note.clone()),
        reason: settled.and_then(|r| reason(&r.change.op)),
        changed: (carry.is_some() && settled.is_some()) || entry.is_some_and(|e| e.is_changed(item.body)),
        carried: carry.is_some(),
        was: was.filter(|was| *was != item.id),
    }
}

/// Oldest first.
fn retired(guide: &Guide, log: &Log) -> Vec<RetiredReport> {
    let told = log.retired(guide).into_iter().map(|(id, record, entry)| RetiredReport {
        id: id.clone(),
        kind: record.change.subject.kind,
        label: record.change.subject.label.clone(),
        state: match record.change.op {
            Op::Skip { .. } => "skipped",
            Op::Affirm => "upheld",
            _ => "done",
        },
        by: record.by.clone(),
        at: record.at.to_rfc3339(),
        note: entry.note.clone(),
        reason: reason(&record.change.op),
    });
    told.collect()
}

fn log_report(log: &Log, record: &Record) -> LogReport {
    let Record { dot: Dot { device, n }, at, by, change } = record;
    LogReport {
        at: at.to_rfc3339(),
        millis: at.millis,
        by: by.clone(),
        device: device.clone(),
        n: *n,
        op: name(&change.op),
        id: change.subject.id.clone(),
        kind: change.subject.kind,
        label: change.subject.label.clone(),
        note: match &change.op {
            Op::Note { text } => Some(text.clone()),
            _ => None,
        },
        reason: reason(&change.op),
        of: match &change.op {
            Op::Undo { of } | Op::Redo { of } => log.record(of).map(|r| name(&r.change.op)),
            _ => None,
        },
        counts: log.counts(&record.dot),
    }
}

fn reason(op: &Op) -> Option<CleanText> {
    match op {
        Op::Skip { reason } => Some(reason.clone()),
        Op::Import(told) => match &told.what {
            Settled::Skip(reason) => Some(reason.clone()),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::samples::{guide, record};

    const LISE: &str = "lise-1a2b3c4d";
    const NINE: i64 = 1_795_510_800_123;

    fn walk() -> Walk {
        Walk { guide: "un-guide".into(), path: None, run: "default".into() }
    }

    fn skip() -> Op {
        Op::Skip { reason: CleanText::line("trop tôt") }
    }

    fn log() -> Log {
        let note = Op::Note { text: CleanText::line("à la mairie") };
        let records = [("s1", Op::Done), ("s2", skip()), ("v2", Op::Affirm), ("s1", note), ("gone", Op::Done)];
        let stamp = |(n, (id, op)): (usize, (&str, Op))| record(LISE, n as u64 + 1, NINE + n as i64, id, op);
        records.into_iter().enumerate().map(stamp).collect()
    }

    #[test]
    fn the_json_of_the_status_is_a_promise() {
        let mut guide = guide();
        guide.groups.truncate(2);
        guide.items.truncate(5);
        let json = serde_json::to_string(&report(&guide, &log(), &walk(), NINE, 90)).unwrap();
        let promised = concat!(
            r#"{"guide":{"id":"un-guide","title":"Un guide","path":null},"run":"default","groups":["#,
            r#"{"title":"Valeurs","kind":"values","done":1,"total":2,"items":["#,
            r#"{"n":1,"id":"v1","kind":"value","label":"Libellé de v1","state":"todo","by":null,"at":null,"note":null,"reason":null,"changed":false},"#,
            r#"{"n":2,"id":"v2","kind":"value","label":"Libellé de v2","state":"upheld","by":"lise","at":"2026-11-24T09:00:00Z","note":null,"reason":null,"changed":false}]},"#,
            r#"{"title":"Étapes","kind":"steps","done":2,"total":3,"items":["#,
            r#"{"n":3,"id":"s1","kind":"step","label":"Libellé de s1","state":"done","by":"lise","at":"2026-11-24T09:00:00Z","note":"à la mairie","reason":null,"changed":false},"#,
            r#"{"n":4,"id":"s2","kind":"step","label":"Libellé de s2","state":"skipped","by":"lise","at":"2026-11-24T09:00:00Z","note":null,"reason":"trop tôt","changed":false},"#,
            r#"{"n":5,"id":"s3","kind":"step","label":"Libellé de s3","state":"todo","by":null,"at":null,"note":null,"reason":null,"changed":false}]}],"#,
            r#""retired":[{"id":"gone","kind":"step","label":"Étape","state":"done","by":"lise","at":"2026-11-24T09:00:00Z","note":null,"reason":null}],"#,
            r#""done":3,"total":5,"next":{"n":5,"label":"Libellé de s3"}}"#,
        );
        assert_eq!(json, promised);
    }

    #[test]
    fn a_group_left_out_is_neither_told_nor_counted() {
        let (guide, mut log) = (guide(), log());
        log.add(record(LISE, 10, NINE + 10, "valeurs", Op::Leave));
        let report = report(&guide, &log, &walk(), NINE, 90);
        let titles: Vec<&str> = report.groups.iter().map(|g| g.title.as_str()).collect();
        assert_eq!(titles, ["Étapes", "Tâches"]);
        assert_eq!((report.done, report.total), (3, 5), "the file ticks one task");
        assert_eq!(report.items().map(|i| i.n).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert_eq!(report.next.map(|n| n.n), Some(3));
    }

    #[test]
    fn a_changed_text_shows_and_an_opened_item_has_no_past() {
        let (mut guide, mut log) = (guide(), log());
        guide.items[2].body = 1;
        guide.items[3].body = 1;
        log.add(record(LISE, 10, NINE + 10, "s2", Op::Todo));
        let report = report(&guide, &log, &walk(), NINE, 90);
        let of = |i| report.item(i).unwrap();
        assert!(of(2).changed && !of(3).changed && !of(1).changed);
        assert_eq!((of(3).state, &of(3).at, &of(3).reason), ("todo", &None, &None));
        assert_eq!(of(0).state, "todo");
        assert_eq!((of(5).state, &of(5).by), ("done", &None), "ticked in the file");
    }

    #[test]
    fn a_value_to_be_reviewed_is_due() {
        let report = report(&guide(), &log(), &walk(), NINE + 91 * 86_400_000, 90);
        assert_eq!(report.item(1).map(|i| i.state), Some("due"));
        assert!(report.item(1).unwrap().at.is_some(), "it says since when");
    }

    #[test]
    fn the_history_says_what_was_undone() {
        let mut log = log();
        let undo = log.undo(LISE).unwrap();
        log.add(record(LISE, 6, NINE + 6, &undo.subject.id.0, undo.op));
        let lines = history(&log);
        let told: Vec<_> = lines.iter().map(|l| (l.op, l.counts)).collect();
        let expected =
            [("done", true), ("skip", true), ("affirm", true), ("note", true), ("done", false), ("undo", true)];
        assert_eq!(told, expected);
        assert_eq!(lines[5].of, Some("done"));
        assert_eq!(lines[1].reason.as_deref(), Some("trop tôt"));
        assert!(report(&guide(), &log, &walk(), NINE, 90).retired.is_empty(), "undone, so not settled");
    }
}
