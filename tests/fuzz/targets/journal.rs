//! Bytes of journals become a state. It is the same in whatever order the records come and however often; a line that
//! is read twice says the same twice; and nothing in it drives a terminal.

use super::{Dice, Share};
use crate::oracle;
use jalon::guide::{CleanText, Guide, ItemId, Origin};
use jalon::progress::{
    Change, Dot, Hlc, Log, MAX_LINE, Op, Record, Settled, Subject, Told, Walk, export_json, export_markdown, history,
    import, read_lines, report,
};
use std::sync::LazyLock;

/// Whose journals there are. The second is a process of the first one's.
pub const DEVICES: [&str; 4] = ["lise-1a2b3c4d", "lise-1a2b3c4d-77", "bob-55667788", "eve-99887766"];

const GUIDE: &str = "# Sortie\n\n1. Geler {#i0}\n2. Construire {#i1}\n3. Annoncer {#i2}\n\n## Valeurs\n\n- **Calme** : \
                     toujours. {#i3}\n- **Soin** : encore. {#i4}\n\n## À faire\n\n- [x] Un {#i5}\n- [ ] Deux {#i6}\n";

/// Most of what people did, and most of it in most inputs.
const MANY: usize = 96;
const FEW: usize = 24;

/// Parsed once: all inputs are about this one.
static PARSED: LazyLock<Guide> = LazyLock::new(|| Guide::parse(GUIDE, &Origin { name: String::new(), base_url: None }));

/// The first byte says what the rest is: the text of several journals with a blank line between them, the same to be
/// sealed first, or numbers that stand for what people did.
pub fn run(bytes: &[u8], mut share: Share) {
    let Some((&kind, rest)) = bytes.split_first() else { return };
    let guide = &*PARSED;
    let records = match kind % 4 {
        0 => records_of(rest, &mut share),
        1 | 2 => records_of(&sealed(rest), &mut share),
        // A batch of very many is taken in otherwise than one of a few, and costs far more.
        _ => done(guide, rest, if kind & 0x70 == 0 { MANY } else { FEW }),
    };
    for record in &records {
        check(record, &mut share);
    }
    let mut straight: Log = records.iter().cloned().collect();
    straight.settle_for(guide);
    if share.once_in(6) {
        exported(guide, &straight);
    }
    let mut dice = Dice(u64::from(crc32fast::hash(bytes)) | 1);
    let mut mixed: Vec<&Record> = records.iter().chain(records.iter().step_by(3)).collect();
    dice.shuffle(&mut mixed);
    let cut = dice.roll(mixed.len() + 1);
    for way in share.one_of(2) {
        let mut other = Log::default();
        if way == 0 {
            mixed.iter().for_each(|record| _ = other.add((*record).clone()));
        } else {
            other.extend(mixed.iter().take(cut).copied().cloned());
            other.settle_for(guide);
            other.extend(mixed.iter().skip(cut).copied().cloned());
        }
        other.settle_for(guide);
        assert_same(guide, &other, &straight, ["one by one, mixed", "in two batches"][way]);
    }
}

/// All that a log tells is what the other tells.
fn assert_same(guide: &Guide, one: &Log, other: &Log, how: &str) {
    assert_eq!(one.records(), other.records(), "{how}");
    for device in DEVICES {
        assert_eq!((one.undo(device), one.redo(device)), (other.undo(device), other.redo(device)), "{how}");
    }
    let report = |log: &Log| report(guide, log, &walk(), 0, 90);
    assert_eq!(report(one), report(other), "{how}");
    assert_eq!(history(one), history(other), "{how}");
}

fn walk() -> Walk {
    Walk { guide: "sortie".into(), path: None, run: "main".into() }
}

/// What is exported comes back. Of one log alone: it is made of what is compared between all of them.
fn exported(guide: &Guide, log: &Log) {
    let sheet = export_json(guide, log, &walk());
    assert!(import(&sheet, guide, log).is_ok(), "its own export comes back: {sheet}");
    let sheet = export_markdown(guide, log);
    let live = sheet.lines().find_map(oracle::line_offence);
    assert_eq!(live, None, "{sheet:?}");
    let changes = import(&sheet, guide, log);
    assert!(changes.is_ok() || guide.items.is_empty(), "its own export comes back: {sheet}");
}

/// What one record holds is clean, short enough for its line, and the same once it was written.
fn check(record: &Record, share: &mut Share) {
    let subject = &record.change.subject;
    let text = match &record.change.op {
        Op::Skip { reason } => reason.as_str(),
        Op::Note { text } => text,
        Op::Import(told) => &told.by,
        _ => "",
    };
    for text in [record.by.as_str(), &subject.label, &subject.id.0, text] {
        assert_eq!(oracle::line_offence(text), None, "{record:?}");
    }
    let path = subject.path.replace('\u{1f}', "");
    assert_eq!(oracle::line_offence(&path), None, "{record:?}");
    if !share.once_in(6) {
        return;
    }
    assert!(record.to_line().len() <= MAX_LINE, "{record:?}");
    let written = record.clone().as_written();
    assert_eq!(written.clone().as_written(), written);
}

/// The journals one after the other, some read in two parts that meet at the end of a line, too.
fn records_of(bytes: &[u8], share: &mut Share) -> Vec<Record> {
    let mut all = Vec::new();
    for (device, journal) in DEVICES.iter().zip(journals(bytes)) {
        let whole = read_lines(journal, device);
        assert!(whole.whole <= journal.len());
        if share.once_in(4) {
            let end = journal.iter().position(|b| *b == b'\n').map_or(0, |at| at + 1);
            let (first, rest) = journal.split_at(end);
            let (first, rest) = (read_lines(first, device), read_lines(rest, device));
            assert_eq!([first.records, rest.records].concat(), whole.records, "in two parts");
            assert_eq!((first.bad + rest.bad, first.newer + rest.newer), (whole.bad, whole.newer), "in two parts");
        }
        all.extend(whole.records);
    }
    all
}

/// The journals: a blank line stands between two of them.
fn journals(bytes: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(2).position(|two| two == b"\n\n") {
        let (journal, after) = rest.split_at(at + 1);
        found.push(journal);
        rest = after.get(1..).unwrap_or_default();
    }
    found.push(rest);
    found
}

/// Every line that ends an object gets the seal that fits, as somebody would make it who means ill.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let (text, end) = line.strip_suffix(b"\n").map_or((line, &b""[..]), |text| (text, b"\n"));
        let old = text.windows(6).rposition(|six| six == b",\"c\":\"").unwrap_or(text.len());
        let body = text.get(..old).unwrap_or_default();
        let body = if old == text.len() { body.strip_suffix(b"}").unwrap_or(body) } else { body };
        all.extend_from_slice(body);
        if !body.is_empty() {
            all.extend_from_slice(format!(",\"c\":\"{:08x}\"}}", crc32fast::hash(body)).as_bytes());
        }
        all.extend_from_slice(end);
    }
    all
}

/// What four people did, six numbers each time. Their clocks go as they like, and they name what there is and is not.
fn done(guide: &Guide, bytes: &[u8], most: usize) -> Vec<Record> {
    let mut counts = [0_u64; DEVICES.len()];
    let mut all = Vec::new();
    for six in bytes.as_chunks::<6>().0.iter().take(most) {
        let [who, what, item, time, other, extra] = *six;
        let person = usize::from(who) % DEVICES.len();
        let (Some(device), Some(count)) = (DEVICES.get(person), counts.get_mut(person)) else { continue };
        *count += u64::from(who < 240);
        let dot = Dot { device: (*device).to_owned(), n: (*count).max(1) };
        let at = Hlc { millis: 1_000 + i64::from(time), counter: u32::from(extra % 3) };
        let change = Change { subject: subject(guide, item, other, extra), op: op(what, other, extra) };
        all.push(Record { dot, at, by: CleanText::line(device), change }.as_written());
    }
    all
}

fn subject(guide: &Guide, item: u8, other: u8, extra: u8) -> Subject {
    let index = usize::from(item % 16);
    let mut subject = match index {
        0..=9 => Subject::of_item(guide, index % guide.items.len().max(1)),
        10..=12 => Subject::of_group(guide, index % guide.groups.len().max(1)),
        13 => Subject::of_run("main"),
        // What is not in the guide, or was said in other words.
        _ => Subject { body: 7, ..Subject::of_item(guide, 0) },
    };
    if index >= 14 {
        subject.id = ItemId(format!("parti{}", other % 3).into());
    }
    if extra & 0x10 != 0 {
        subject.was = Some(Box::new(ItemId(format!("i{}", other % 8).into())));
    }
    if extra & 0x20 != 0 {
        subject.anew = Some(Box::new(Hlc { millis: 1_000 + i64::from(other), counter: 0 }));
    }
    if extra & 0x40 != 0 {
        subject.body ^= 1;
    }
    subject
}

fn op(what: u8, other: u8, extra: u8) -> Op {
    let text = || CleanText::line(["", "a", "b c", "é"].get(usize::from(extra % 4)).copied().unwrap_or_default());
    let device = DEVICES.get(usize::from(extra) % DEVICES.len()).copied().unwrap_or_default();
    let of = || Dot { device: device.to_owned(), n: u64::from(other % 8) };
    match what % 16 {
        0 | 1 => Op::Done,
        2 => Op::Todo,
        3 => Op::Skip { reason: text() },
        4 => Op::Note { text: text() },
        5 => Op::Affirm,
        6 => Op::Leave,
        7 => Op::Restore,
        8 | 9 => Op::Undo { of: of() },
        10 => Op::Redo { of: of() },
        11 => Op::Confirm,
        12 => Op::Reset,
        13 => Op::Archive,
        14 => Op::Unarchive,
        _ => {
            let what = if other & 1 == 0 { Settled::Done } else { Settled::Skip(text()) };
            Op::Import(Box::new(Told { what, by: CleanText::line("eve"), at: i64::from(other) }))
        }
    }
}
