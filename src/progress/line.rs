//! A record as one line of JSON and back. Owns the format; what stands in a line is hostile until it is read here.
//!
//! `{"v":1,"n":42,"t":"2026-11-24T09:00:00.123Z+0003","dev":"…","by":"lise","op":"done","item":"…", … ,"c":"…"}`:
//! the last field seals the line with the CRC-32 of all that precedes its comma.

use super::event::{DEVICE_BYTES, LABEL_CHARS, NOTE_CHARS, PATH_CHARS, cut, is_device, plain_id};
use super::near::plain_path;
use super::{Change, Dot, Fault, Hlc, Near, Op, Record, Settled, Subject, Told};
use crate::guide::{CleanText, ItemId, ItemKind};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Longest line of a journal in bytes, its line feed included.
pub const MAX_LINE: usize = 4096;

/// The version that this program writes.
const VERSION: u64 = 1;

/// Most characters of a person's name.
const NAME_CHARS: usize = 64;

/// `,"c":"` + eight digits + `"}`.
const SEAL: usize = 16;

/// The fields in the order in which they are written; unknown ones are passed over when reading.
#[derive(Serialize, Deserialize)]
struct Fields<'a> {
    v: u64,
    n: u64,
    t: Cow<'a, str>,
    dev: Cow<'a, str>,
    by: Cow<'a, str>,
    op: Cow<'a, str>,
    item: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<Cow<'a, str>>,
    #[serde(default)]
    label: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    path: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "is_zero")]
    place: u32,
    body: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none", rename = "box")]
    ticked: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<Target<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    was: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    anew: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    near: Option<Around<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    told: Option<Says<'a>>,
}

/// The record that an undo or a redo is about.
#[derive(Serialize, Deserialize)]
struct Target<'a> {
    dev: Cow<'a, str>,
    n: u64,
}

/// What stood around the item, each part left out where it is not known.
#[derive(Serialize, Deserialize)]
struct Around<'a> {
    #[serde(default, skip_serializing_if = "str::is_empty")]
    before: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    after: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "is_zero")]
    section: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    guide: u32,
    #[serde(default, skip_serializing_if = "str::is_empty")]
    text: Cow<'a, str>,
}

/// What an import says that somebody did.
#[derive(Serialize, Deserialize)]
struct Says<'a> {
    op: Cow<'a, str>,
    by: Cow<'a, str>,
    t: Cow<'a, str>,
}

/// All that is asked of a line that cannot be read whole.
#[derive(Deserialize)]
struct Version {
    v: u64,
}

/// How many characters of each free text a line takes.
#[derive(Clone, Copy)]
struct Room {
    label: usize,
    path: usize,
    note: usize,
}

/// What the bytes of a journal hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// The records, in the order of the file.
    pub records: Vec<Record>,
    /// Lines that are damaged or no records. The file keeps them.
    pub bad: usize,
    /// Records of another device. The file keeps them.
    pub foreign: usize,
    /// Lines of a newer version. The file keeps them.
    pub newer: usize,
    /// The bytes up to the end of the last whole line; what follows is still being written, or was torn by a crash.
    pub whole: usize,
}

/// Reads the bytes of a journal. A last line without its line feed is a write that nobody acknowledged: its record is
/// taken if it is whole, and it is no damage if it is not.
pub fn read_lines(bytes: &[u8], device: &str) -> Lines {
    let mut lines = Lines::default();
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        let ended = line.ends_with(b"\n");
        lines.whole += if ended { line.len() } else { 0 };
        let text = trim(line.strip_suffix(b"\n").unwrap_or(line));
        match Record::from_line(text, device) {
            Ok(record) => lines.records.push(record),
            Err(_) if text.is_empty() || !ended => {}
            Err(Fault::Newer) => lines.newer += 1,
            Err(Fault::Foreign) => lines.foreign += 1,
            Err(Fault::Torn | Fault::Odd) => lines.bad += 1,
        }
    }
    lines
}

impl Record {
    /// The record as one line of JSON, ending in a line feed, with its checksum; at most 4 KiB.
    ///
    /// Texts are cut between characters. Where four-byte characters or escapes make the line longer than the limit
    /// all the same, they are cut shorter, so what was written is what `from_line` gives back.
    pub fn to_line(&self) -> String {
        let mut room = Room { label: LABEL_CHARS, path: PATH_CHARS, note: NOTE_CHARS };
        loop {
            let line = seal(&self.fields(room));
            let smaller = Room { label: room.label * 3 / 4, path: room.path / 2, note: room.note * 3 / 4 };
            if line.len() <= MAX_LINE || smaller.note == 0 {
                return line;
            }
            room = smaller;
        }
    }

    /// Reads one line, without its line feed; `device` comes from the file's name and must fit.
    pub fn from_line(line: &[u8], device: &str) -> Result<Record, Fault> {
        let line = trim(line);
        if line.len() >= MAX_LINE {
            return Err(Fault::Odd);
        }
        if !sealed(line) {
            return Err(newer(line).unwrap_or(Fault::Torn));
        }
        let fields: Fields = serde_json::from_slice(line).map_err(|_| newer(line).unwrap_or(Fault::Odd))?;
        if fields.v > VERSION {
            return Err(Fault::Newer);
        }
        fields.record(device)
    }

    /// The record as it will be read back: its texts cut and cleaned the way the line does it.
    pub fn as_written(self) -> Record {
        Record::from_line(self.to_line().trim_end().as_bytes(), &self.dot.device).unwrap_or(self)
    }

    fn fields(&self, room: Room) -> Fields<'_> {
        let Change { subject, op } = &self.change;
        let (mut reason, mut note, mut of, mut told) = (None, None, None, None);
        match op {
            Op::Skip { reason: why } => reason = Some(cut(why, room.note).into()),
            Op::Note { text } => note = Some(cut(text, room.note).into()),
            Op::Undo { of: dot } | Op::Redo { of: dot } => of = Some(Target { dev: device(&dot.device), n: dot.n }),
            Op::Import(import) => {
                let Told { what, by, at } = &**import;
                if let Settled::Skip(why) = what {
                    reason = Some(cut(why, room.note).into());
                }
                let t = Hlc { millis: *at, counter: 0 }.to_string().into();
                told = Some(Says { op: settled_name(what).into(), by: cut(by, NAME_CHARS).into(), t });
            }
            Op::Done | Op::Todo | Op::Affirm | Op::Leave | Op::Restore | Op::Confirm => {}
            Op::Reset | Op::Archive | Op::Unarchive => {}
        }
        Fields {
            v: VERSION,
            n: self.dot.n,
            t: self.at.to_string().into(),
            dev: device(&self.dot.device),
            by: cut(&self.by, NAME_CHARS).into(),
            op: name(op).into(),
            item: plain_id(&subject.id).0.into(),
            kind: subject.kind.map(|k| kind_name(k).into()),
            label: cut(&subject.label, room.label).into(),
            path: cut(&subject.path, room.path).into(),
            place: subject.place,
            body: format!("{:016x}", subject.body).into(),
            ticked: subject.ticked.then_some(true),
            reason,
            note,
            of,
            was: subject.was.as_ref().map(|id| plain_id(id).0.into()),
            anew: subject.anew.as_ref().map(|at| at.to_string().into()),
            near: around(&subject.near),
            told,
        }
    }
}

impl Fields<'_> {
    fn record(self, device: &str) -> Result<Record, Fault> {
        let op = self.op()?;
        let kind = match self.kind.as_deref() {
            None => None,
            Some("step") => Some(ItemKind::Step),
            Some("task") => Some(ItemKind::Task),
            Some("value") => Some(ItemKind::Value),
            Some(_) => return Err(Fault::Newer),
        };
        if self.dev != device || !is_device(device) {
            return Err(Fault::Foreign);
        }
        let body = hex16(&self.body).filter(|_| self.n > 0).ok_or(Fault::Odd)?;
        let subject = Subject {
            id: plain_id(&ItemId((*self.item).into())),
            kind,
            label: line_of(&self.label, LABEL_CHARS),
            path: plain_path(&self.path),
            place: self.place,
            body,
            ticked: self.ticked.unwrap_or_default(),
            near: self.near.map(|near| near.read().into()).unwrap_or_default(),
            was: self.was.map(|id| plain_id(&ItemId((*id).into())).into()),
            anew: self.anew.and_then(|at| Hlc::parse(&at)).map(Box::new),
        };
        Ok(Record {
            dot: Dot { device: device.to_owned(), n: self.n },
            at: Hlc::parse(&self.t).ok_or(Fault::Odd)?,
            by: line_of(&self.by, NAME_CHARS),
            change: Change { subject, op },
        })
    }

    fn op(&self) -> Result<Op, Fault> {
        let target = || {
            let of = self.of.as_ref().filter(|of| is_device(&of.dev)).ok_or(Fault::Odd)?;
            Ok(Dot { device: of.dev.clone().into_owned(), n: of.n })
        };
        let text = |t: &Option<Cow<'_, str>>| line_of(t.as_deref().unwrap_or_default(), NOTE_CHARS);
        Ok(match self.op.as_ref() {
            "done" => Op::Done,
            "todo" => Op::Todo,
            "skip" => Op::Skip { reason: text(&self.reason) },
            "note" => Op::Note { text: text(&self.note) },
            "affirm" => Op::Affirm,
            "leave" => Op::Leave,
            "restore" => Op::Restore,
            "undo" => Op::Undo { of: target()? },
            "redo" => Op::Redo { of: target()? },
            "confirm" => Op::Confirm,
            "reset" => Op::Reset,
            "archive" => Op::Archive,
            "unarchive" => Op::Unarchive,
            "import" => {
                let told = self.told.as_ref().ok_or(Fault::Odd)?;
                let what = match told.op.as_ref() {
                    "done" => Settled::Done,
                    "skip" => Settled::Skip(text(&self.reason)),
                    "affirm" => Settled::Affirm,
                    _ => return Err(Fault::Newer),
                };
                let at = Hlc::parse(&told.t).ok_or(Fault::Odd)?.millis;
                Op::Import(Told { what, by: line_of(&told.by, NAME_CHARS), at }.into())
            }
            _ => return Err(Fault::Newer),
        })
    }
}

/// The word for an operation, in the journal and in `log --json`.
pub fn name(op: &Op) -> &'static str {
    match op {
        Op::Done => "done",
        Op::Todo => "todo",
        Op::Skip { .. } => "skip",
        Op::Note { .. } => "note",
        Op::Affirm => "affirm",
        Op::Leave => "leave",
        Op::Restore => "restore",
        Op::Undo { .. } => "undo",
        Op::Redo { .. } => "redo",
        Op::Confirm => "confirm",
        Op::Reset => "reset",
        Op::Archive => "archive",
        Op::Unarchive => "unarchive",
        Op::Import { .. } => "import",
    }
}

fn settled_name(what: &Settled) -> &'static str {
    match what {
        Settled::Done => "done",
        Settled::Skip(_) => "skip",
        Settled::Affirm => "affirm",
    }
}

/// What stood around the item, as the line has it.
fn around(near: &Near) -> Option<Around<'static>> {
    let hex = |n: u32| if n == 0 { "".into() } else { format!("{n:08x}").into() };
    let text = if near.sketch == 0 { "".into() } else { format!("{:016x}", near.sketch).into() };
    let known = *near != Near::default();
    known.then(|| Around {
        before: hex(near.before),
        after: hex(near.after),
        section: near.section,
        guide: near.guide,
        text,
    })
}

impl Around<'_> {
    /// What cannot be read is not known.
    fn read(&self) -> Near {
        let hex8 = |text: &str| if text.len() == 8 { u32::from_str_radix(text, 16).unwrap_or(0) } else { 0 };
        Near {
            before: hex8(&self.before),
            after: hex8(&self.after),
            section: self.section,
            guide: self.guide,
            sketch: hex16(&self.text).unwrap_or(0),
        }
    }
}

/// The bytes of a line without what a crash or a checkout on another system may leave around it: NULs where the file
/// grew and its data never came, and a carriage return.
fn trim(line: &[u8]) -> &[u8] {
    let blank = |b: &u8| !matches!(b, 0 | b'\r' | b' ');
    let start = line.iter().position(blank).unwrap_or(line.len());
    let end = line.iter().rposition(blank).map_or(start, |last| last + 1);
    line.get(start..end).unwrap_or_default()
}

fn kind_name(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Step => "step",
        ItemKind::Task => "task",
        ItemKind::Value => "value",
    }
}

fn seal(fields: &Fields) -> String {
    // Strings and numbers only: serde_json has no way to fail on them.
    let mut line = serde_json::to_string(fields).unwrap_or_default();
    line.pop();
    let sum = crc32fast::hash(line.as_bytes());
    line.push_str(&format!(",\"c\":\"{sum:08x}\"}}\n"));
    line
}

fn sealed(line: &[u8]) -> bool {
    let Some((body, seal)) = line.len().checked_sub(SEAL).and_then(|at| line.split_at_checked(at)) else {
        return false;
    };
    seal == format!(",\"c\":\"{:08x}\"}}", crc32fast::hash(body)).as_bytes()
}

/// A newer version may seal its lines in another way, so its number is looked for in broken lines too.
fn newer(line: &[u8]) -> Option<Fault> {
    let found: Version = serde_json::from_slice(line).ok()?;
    (found.v > VERSION).then_some(Fault::Newer)
}

fn device(name: &str) -> Cow<'_, str> {
    cut(name, DEVICE_BYTES).into()
}

fn line_of(raw: &str, most: usize) -> CleanText {
    CleanText::line(cut(raw, most))
}

fn hex16(text: &str) -> Option<u64> {
    let digits = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
    digits.then(|| u64::from_str_radix(text, 16).ok()).flatten()
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::samples;
    use proptest::prelude::*;

    fn read(line: &str) -> Result<Record, Fault> {
        Record::from_line(line.trim_end_matches('\n').as_bytes(), "lise-1a2b3c4d")
    }

    /// A line with the right checksum, whatever it says.
    fn sealed_line(body: &str) -> String {
        format!("{body},\"c\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes()))
    }

    #[test]
    fn the_format_is_a_promise() {
        let record = samples::record("lise-1a2b3c4d", 42, 1_795_510_800_123, "0123456789abcdef", Op::Done);
        let line = record.to_line();
        let told = r#"{"v":1,"n":42,"t":"2026-11-24T09:00:00.123Z+0000","dev":"lise-1a2b3c4d","by":"lise","op":"done","item":"0123456789abcdef","kind":"step","label":"Étape","path":"guide\u001fpremiers pas","place":3,"body":"00000000000000ab","c":""#;
        assert!(line.starts_with(told), "{line}");
        assert_eq!(line, sealed_line(line.get(..line.len() - SEAL - 1).unwrap()));
        assert_eq!(read(&line), Ok(record));
    }

    #[test]
    fn what_stands_around_an_item_is_a_promise_too() {
        let told = Op::Import(
            Told { what: Settled::Skip(CleanText::line("late")), by: CleanText::line("bob"), at: 1000 }.into(),
        );
        let mut record = samples::record("lise-1a2b3c4d", 42, 1_795_510_800_123, "0123456789abcdef", told);
        record.change.subject.was = Some(ItemId("choose".into()).into());
        record.change.subject.anew = Some(Hlc { millis: 1000, counter: 7 }.into());
        *record.change.subject.near = Near { before: 1, after: 0xa0b0c0d0, section: 2, guide: 3, sketch: 0xfe };
        let line = record.to_line();
        let told = r#""body":"00000000000000ab","reason":"late","was":"choose","anew":"1970-01-01T00:00:01.000Z+0007","near":{"before":"00000001","after":"a0b0c0d0","section":2,"guide":3,"text":"00000000000000fe"},"told":{"op":"skip","by":"bob","t":"1970-01-01T00:00:01.000Z+0000"},"c":""#;
        assert!(line.contains(told), "{line}");
        assert_eq!(read(&line), Ok(record));
        // What of it cannot be read is not known, and the record counts all the same.
        let body = line.get(..line.len() - SEAL - 1).unwrap();
        let odd = read(&sealed_line(
            &body.replace("a0b0c0d0", "somebody").replace("00000000000000fe", "-").replace("Z+0007", ""),
        ))
        .unwrap();
        assert_eq!(odd.change.subject.anew, None);
        assert_eq!(*odd.change.subject.near, Near { before: 1, after: 0, section: 2, guide: 3, sketch: 0 });
    }

    #[test]
    fn a_damaged_line_is_torn_wherever_the_damage_is() {
        let line = samples::record("lise-1a2b3c4d", 1, 5, "a", Op::Affirm).to_line();
        let bytes = line.trim_end().as_bytes();
        for at in 0..bytes.len() {
            let mut bad = bytes.to_vec();
            bad[at] ^= 1;
            assert_eq!(Record::from_line(&bad, "lise-1a2b3c4d"), Err(Fault::Torn), "byte {at}");
            assert_eq!(Record::from_line(&bytes[..at], "lise-1a2b3c4d"), Err(Fault::Torn), "cut at {at}");
        }
    }

    #[test]
    fn a_line_must_belong_to_its_file() {
        let line = samples::record("bob-1a2b3c4d", 1, 5, "a", Op::Done).to_line();
        assert_eq!(read(&line), Err(Fault::Foreign));
        assert_eq!(Record::from_line(b"\0\0", "lise-1a2b3c4d"), Err(Fault::Torn));
        assert_eq!(read(&sealed_line(r#"{"v":1,"n":0"#)), Err(Fault::Odd));
    }

    #[test]
    fn a_newer_line_is_told_from_a_broken_one() {
        let line = samples::record("lise-1a2b3c4d", 1, 5, "a", Op::Done).to_line();
        let body = line.get(..line.len() - SEAL - 1).unwrap();
        assert_eq!(read(&sealed_line(&body.replace(r#""v":1"#, r#""v":2"#))), Err(Fault::Newer));
        assert_eq!(read(&sealed_line(&body.replace(r#""op":"done""#, r#""op":"assign""#))), Err(Fault::Newer));
        assert_eq!(read(&sealed_line(&body.replace(r#""kind":"step""#, r#""kind":"risk""#))), Err(Fault::Newer));
        assert_eq!(read(r#"{"v":3,"seal":"another"}"#), Err(Fault::Newer));
        assert!(read(&sealed_line(&format!(r#"{body},"mood":{{"good":[true]}}"#))).is_ok());
    }

    #[test]
    fn nuls_and_carriage_returns_around_a_line_do_no_harm() {
        let line = samples::record("lise-1a2b3c4d", 1, 5, "a", Op::Done).to_line();
        assert!(read(&format!("\0\0{}\r\0\n", line.trim_end())).is_ok());
    }

    #[test]
    fn names_and_notes_of_others_are_cleaned() {
        let line = samples::record("lise-1a2b3c4d", 1, 5, "a", Op::Note { text: CleanText::line("hm") }).to_line();
        let body = line.get(..line.len() - SEAL - 1).unwrap();
        let bad =
            body.replace(r#""hm""#, r#""\u001b]0;x\u0007\nhm""#).replace(r#""by":"lise""#, r#""by":"\u009bli\nse""#);
        let record = read(&sealed_line(&bad)).unwrap();
        let Op::Note { text } = &record.change.op else { panic!("a note") };
        assert!(text.chars().chain(record.by.chars()).all(|c| !c.is_control()));
    }

    #[test]
    fn a_tick_of_the_files_own_is_told_and_others_write_no_word_of_it() {
        let mut record = samples::record("lise-1a2b3c4d", 1, 5, "a", Op::Todo);
        assert!(!record.to_line().contains("box"), "as every version so far wrote it");
        record.change.subject.ticked = true;
        assert!(record.to_line().contains(r#","box":true,"#));
        assert_eq!(read(record.to_line().trim_end()), Ok(record));
    }

    fn text() -> impl Strategy<Value = CleanText> {
        prop_oneof!["\\PC{0,1500}", "[\"\\\\]{0,1500}", "😀{0,1500}"].prop_map(|s| CleanText::line(&s))
    }

    fn op() -> impl Strategy<Value = Op> {
        let dot = (1u64..u64::MAX).prop_map(|n| Dot { device: "lise-1a2b3c4d".into(), n });
        prop_oneof![
            Just(Op::Done),
            Just(Op::Todo),
            Just(Op::Affirm),
            Just(Op::Leave),
            Just(Op::Restore),
            Just(Op::Confirm),
            Just(Op::Reset),
            Just(Op::Archive),
            Just(Op::Unarchive),
            (text(), any::<i64>())
                .prop_map(|(by, at)| Op::Import(Told { what: Settled::Skip(by.clone()), by, at }.into())),
            text().prop_map(|reason| Op::Skip { reason }),
            text().prop_map(|text| Op::Note { text }),
            dot.clone().prop_map(|of| Op::Undo { of }),
            dot.prop_map(|of| Op::Redo { of }),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn a_line_holds_any_record_in_four_kibibytes(op in op(), label in text(), by in text(), id in "\\PC{0,300}",
            path in "[a-z\u{1f}😀]{0,600}", n in 1u64.., body in any::<u64>(), place in any::<u32>(),
            was in proptest::option::of("\\PC{0,300}"), anew in proptest::option::of(0i64..1 << 40), (before, section, sketch) in any::<(u32, u32, u64)>())
        {
            let mut record = samples::record("lise-1a2b3c4d", n, 77, &id, op);
            record.by = by;
            let near = Near { before, after: before, section, guide: section, sketch }.into();
            let was = was.map(|was| ItemId(was.into()).into());
            let anew = anew.map(|millis| Hlc { millis, counter: 7 }.into());
            record.change.subject = Subject { label, path, body, place, near, was, anew, ..record.change.subject };
            let line = record.to_line();
            prop_assert!(line.len() <= MAX_LINE && line.ends_with('\n') && line.matches('\n').count() == 1);
            let back = read(&line).unwrap();
            prop_assert_eq!((&back.dot, back.at), (&record.dot, record.at));
            prop_assert_eq!(&back.clone().as_written(), &back);
            prop_assert_eq!(read(&back.to_line()), Ok(back));
        }

        #[test]
        fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(Record::from_line(&bytes, "lise-1a2b3c4d").is_err());
        }

        #[test]
        fn no_sealed_text_breaks_the_reader(body in "\\{\"v\":1,\"n\":[0-9]{1,25},\"t\":\"\\PC{0,40}\",\"dev\":\"lise-1a2b3c4d\"\\PC{0,60}") {
            let _ = read(&sealed_line(&body));
        }
    }
}
