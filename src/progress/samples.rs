//! Records and guides for the tests of this room.

use super::{Change, Dot, Hlc, Op, Record, Subject};
use crate::guide::{CleanText, Group, GroupKind, Guide, Heading, Item, ItemId, ItemKind, Why};

/// A record of Lise's.
pub(super) fn record(device: &str, n: u64, millis: i64, id: &str, op: Op) -> Record {
    let subject = Subject {
        id: ItemId(id.into()),
        kind: Some(ItemKind::Step),
        label: CleanText::line("Étape"),
        path: "guide\u{1f}premiers pas".into(),
        place: 3,
        body: 0xab,
        ..Subject::default()
    };
    stamped(device, n, millis, Change { subject, op })
}

/// A change as the `n`th record of a device.
pub(super) fn stamped(device: &str, n: u64, millis: i64, change: Change) -> Record {
    Record {
        dot: Dot { device: device.into(), n },
        at: Hlc { millis, counter: 0 },
        by: CleanText::line("lise"),
        change,
    }
}

/// A guide with a group of values and two of steps: `v1`, `v2`; `s1`, `s2`, `s3`; `t1` (ticked in the file), `t2`.
/// Each group has a heading of its own, the tasks' one under that of the steps; each item is a block.
pub(super) fn guide() -> Guide {
    let mut guide = Guide { title: CleanText::line("Un guide"), ..Guide::default() };
    let mut block = 0;
    let plan = [
        ("Valeurs", GroupKind::Values, 2, &["v1", "v2"][..]),
        ("Étapes", GroupKind::Steps, 2, &["s1", "s2", "s3"]),
        ("Tâches", GroupKind::Tasks, 3, &["t1", "t2"]),
    ];
    for (title, kind, level, ids) in plan {
        let (group, heading) = (guide.groups.len(), guide.headings.len());
        let parent = (level == 3).then(|| heading - 1);
        guide.headings.push(Heading {
            block,
            level,
            text: CleanText::line(title),
            parent,
            depth: level as u32 - 2,
            id: None,
        });
        block += 1;
        let items = ids.iter().map(|id| {
            let index = guide.items.len();
            guide.items.push(item(id, kind, group, block));
            block += 1;
            index
        });
        let items = items.collect();
        guide.groups.push(Group {
            id: ItemId(title.to_lowercase().into()),
            title: CleanText::line(title),
            kind,
            heading: Some(heading),
            parent,
            items,
        });
    }
    guide.with_blocks((0..block).map(|_| blank_block()).collect())
}

fn item(id: &str, kind: GroupKind, group: usize, block: u32) -> Item {
    Item {
        id: ItemId(id.into()),
        kind: match kind {
            GroupKind::Steps => ItemKind::Step,
            GroupKind::Tasks => ItemKind::Task,
            GroupKind::Values => ItemKind::Value,
        },
        label: CleanText::line(&format!("Libellé de {id}")),
        group: group as u32,
        parent: None,
        number: None,
        blocks: block..block + 1,
        checked: id == "t1",
        box_at: None,
        body: 0xab,
        why: Why::OrderedList,
    }
}

fn blank_block() -> crate::guide::Block {
    crate::guide::Block {
        kind: crate::guide::BlockKind::Paragraph,
        text: CleanText::default(),
        spans: Vec::new(),
        container: None,
        source: 0..0,
    }
}
