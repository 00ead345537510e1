//! A guide and a journal for the tests of this room.

use crate::guide::{
    CleanText, Contact, ContactKind, Group, GroupKind, Guide, Heading, Item, ItemId, ItemKind, Reach, Why,
};
use crate::progress::{self, Change, Dot, Hlc, Log, Op, Record, Report, Subject, Walk};

/// Who wrote the journal.
pub(super) const DEVICE: &str = "lise-1a2b3c4d";
/// 2026-11-24, nine o'clock in UTC.
pub(super) const NINE: i64 = 1_795_510_800_000;

/// Two numbered headings, a value under a heading, and a last section with an address.
pub(super) fn guide() -> Guide {
    let headings = [
        ("Étapes", 2, None),
        ("1. Rassemblez une équipe", 3, Some(0)),
        ("2. Choisissez un lieu", 3, Some(0)),
        ("Valeurs", 2, None),
        ("Fin", 2, None),
    ];
    let block = |heading: usize| [0, 1, 2, 3, 5].get(heading).copied().unwrap_or_default();
    let headings = headings.into_iter().enumerate().map(|(index, (text, level, parent))| Heading {
        block: block(index),
        level,
        text: CleanText::line(text),
        parent,
        depth: u32::from(level) - 2,
        id: None,
    });
    let steps = [("Rassemblez une équipe", 1), ("Choisissez un lieu", 2)];
    let steps = steps.map(|(label, block)| item(label, ItemKind::Step, block, 0));
    let group = |title: &str, kind, heading, items| Group {
        id: ItemId(title.into()),
        title: CleanText::line(title),
        kind,
        heading: Some(heading),
        parent: None,
        items,
    };
    Guide {
        title: CleanText::line("Un guide"),
        headings: headings.collect(),
        groups: vec![group("Étapes", GroupKind::Steps, 0, vec![0, 1]), group("Valeurs", GroupKind::Values, 3, vec![2])],
        items: steps.into_iter().chain([item("Indépendance", ItemKind::Value, 4, 1)]).collect(),
        contacts: vec![Contact {
            kind: ContactKind::Mail,
            label: CleanText::line("écrivez"),
            bare: CleanText::line("aide@exemple.fr"),
            target: CleanText::line("mailto:aide@exemple.fr"),
            reach: Reach::Ready,
            heading: Some(4),
            block: 6,
        }],
        ..Guide::default()
    }
}

/// The journal of these changes, one after the other.
pub(super) fn log(guide: &Guide, changes: &[(usize, Op)]) -> Log {
    let mut log = Log::default();
    for (n, (item, op)) in changes.iter().enumerate() {
        log.add(stamp(n as u64 + 1, Change { subject: Subject::of_item(guide, *item), op: op.clone() }));
    }
    log
}

/// The `n`th record of the device.
pub(super) fn stamp(n: u64, change: Change) -> Record {
    let dot = Dot { device: DEVICE.into(), n };
    Record { dot, at: Hlc { millis: NINE, counter: n as u32 }, by: CleanText::line("lise"), change }
}

/// The status after these changes.
pub(super) fn report(guide: &Guide, changes: &[(usize, Op)]) -> Report {
    report_of(guide, &log(guide, changes))
}

/// The status by this journal.
pub(super) fn report_of(guide: &Guide, log: &Log) -> Report {
    let walk = Walk { guide: "un-guide".into(), path: None, run: "default".into() };
    progress::report(guide, log, &walk, NINE, 90)
}

fn item(label: &str, kind: ItemKind, block: u32, group: usize) -> Item {
    Item {
        id: ItemId(format!("id-{block}").into()),
        kind,
        label: CleanText::line(label),
        group: group as u32,
        parent: None,
        number: None,
        blocks: block..block + 1,
        checked: false,
        box_at: None,
        body: 7,
        why: if kind == ItemKind::Value { Why::BoldLed } else { Why::NumberedHeading },
    }
}
