//! What is exported comes back as it was, in either form; and what comes from others' hands does no harm.

use super::*;
use crate::guide::Origin;
use crate::progress::{Dot, Op, Record, Settled, Standing, Told, Walk, export_json, export_markdown};
use proptest::prelude::*;

const LISE: &str = "lise-1a2b3c4d";
const GUIDE: &str = "# Un *guide*\n\n## Étapes [1] & co\n\n1. Réserver `une` salle\n2. Vérifier\n3. Vérifier\n\n\
    ## Tâches\n\n- [x] a \\<b> c\n- [ ] Vérifier\n\n## Nos règles\n\n- **Écouter** : oui.\n- **Oser** : oui.\n";
/// The same, edited: a step reworded, a twin gone, a value gone, a section renamed.
const EDITED: &str = "# Un *guide*\n\n## Étapes [1] & co\n\n1. Réserver `une` grande salle\n2. Vérifier\n\n\
    ## À faire\n\n- [x] a \\<b> c\n- [ ] Vérifier\n\n## Nos règles\n\n- **Écouter** : toujours.\n";

fn parse(source: &str) -> Guide {
    Guide::parse(source, &Origin::default())
}

fn play(log: &mut Log, guide: &Guide, change: Change) {
    let n = log.records().len() as u64 + 1;
    let (dot, at) = (Dot { device: LISE.into(), n }, log.clock().after(1_795_510_800_123 + 61_000 * n as i64));
    let change = log.located(guide, change);
    log.add(Record { dot, at, by: CleanText::line("lise, 2: x"), change }.as_written());
    log.settle_for(guide);
}

fn forms(guide: &Guide, log: &Log) -> [String; 2] {
    [export_markdown(guide, log), export_json(guide, log, &Walk::default())]
}

/// The log with a file brought in, the way the program does it.
fn with(mut log: Log, guide: &Guide, text: &str) -> Log {
    log.settle_for(guide);
    for change in import(text, guide, &log).unwrap() {
        play(&mut log, guide, change);
    }
    log
}

/// The state without the history.
fn state(guide: &Guide, log: &Log) -> String {
    export_markdown(guide, log)
}

fn ticked(guide: &Guide, acts: &[(usize, Op)]) -> Log {
    let mut log = Log::default();
    for (item, op) in acts {
        play(&mut log, guide, Change { subject: Subject::of_item(guide, *item), op: op.clone() });
    }
    log
}

fn text(words: &str) -> CleanText {
    CleanText::line(words)
}

#[test]
fn the_markdown_is_a_checklist_that_people_read() {
    let guide = parse(GUIDE);
    let skip = Op::Skip { reason: text("trop tôt : on verra") };
    let note = Op::Note { text: text("voir *Bob*") };
    let log = ticked(&guide, &[(0, Op::Done), (1, skip), (5, Op::Affirm), (0, note)]);
    let markdown = export_markdown(&guide, &log);
    let ids: Vec<&str> = guide.items.iter().map(|i| i.id.0.as_str()).collect();
    let groups: Vec<&str> = guide.groups.iter().map(|g| g.id.0.as_str()).collect();
    let expected = format!(
        "# Un guide\n\n## Étapes \\[1\\] \\& co <!-- {} -->\n\n- [x] Réserver une salle <!-- {} -->\n  \
         - done by lise, 2: x, 2026-11-24T09:01:01Z\n  - note: voir \\*Bob\\*\n- [x] Vérifier <!-- {} -->\n  \
         - skipped by lise, 2: x, 2026-11-24T09:02:02Z: trop tôt : on verra\n- [ ] Vérifier <!-- {} -->\n\n\
         ## Tâches <!-- {} -->\n\n- [x] a \\<b\\> c <!-- {} -->\n- [ ] Vérifier <!-- {} -->\n\n\
         ## Nos règles <!-- {} -->\n\n- [x] Écouter <!-- {} -->\n  - done by lise, 2: x, 2026-11-24T09:03:03Z\n\
         - [ ] Oser <!-- {} -->\n",
        groups[0], ids[0], ids[1], ids[2], groups[1], ids[3], ids[4], groups[2], ids[5], ids[6],
    );
    assert_eq!(markdown, expected);
}

#[test]
fn who_and_when_come_back_with_the_tick() {
    let guide = parse(GUIDE);
    let log = ticked(&guide, &[(0, Op::Done), (5, Op::Affirm)]);
    for form in forms(&guide, &log) {
        let changes = import(&form, &guide, &Log::default()).unwrap();
        let what: Vec<_> = changes.iter().map(|c| c.op.clone()).collect();
        let told = |what, at| Op::Import(Told { what, by: text("lise, 2: x"), at }.into());
        assert_eq!(what, [told(Settled::Done, 1_795_510_861_000), told(Settled::Affirm, 1_795_510_922_000)]);
        let back = with(Log::default(), &guide, &form);
        let settled = back.entry(&guide.items[0].id).and_then(|e| e.settled()).unwrap();
        assert_eq!((settled.by.as_str(), settled.at.millis), ("lise, 2: x", 1_795_510_861_000));
        assert_eq!(settled.change.op, Op::Done);
    }
}

#[test]
fn nothing_is_recorded_where_nothing_differs() {
    let guide = parse(GUIDE);
    let mut log = ticked(&guide, &[(0, Op::Done), (3, Op::Todo), (5, Op::Affirm)]);
    play(&mut log, &guide, Change { subject: Subject::of_group(&guide, 1), op: Op::Leave });
    for form in forms(&guide, &log) {
        assert_eq!(import(&form, &guide, &log), Ok(vec![]));
    }
}

#[test]
fn boxes_ticked_by_hand_are_taken_and_those_left_alone_say_nothing() {
    let guide = parse(GUIDE);
    let log = ticked(&guide, &[(1, Op::Done)]);
    let by_hand = "Some words.\n\n## Étapes [1] & co\n\n* [X] réserver UNE salle\n* [x] Vérifier\n\n- [x] Oser\n- [x] What?\n- [ ] a \\<b\\> c\n";
    let changes = import(by_hand, &guide, &log).unwrap();
    let told: Vec<_> = changes.iter().map(|c| (c.subject.label.as_str(), c.op.clone())).collect();
    // `Vérifier` may be either of two, and `What?` is none: they are kept, and tick nothing.
    let expected = [
        ("Réserver une salle", Op::Done),
        ("Vérifier", Op::Done),
        ("Oser", Op::Affirm),
        ("What?", Op::Done),
        ("a <b> c", Op::Todo),
    ];
    assert_eq!(told, expected);
    let mut after = with(log, &guide, by_hand);
    after.settle_for(&guide);
    let done = |i: usize| after.entry(&guide.items[i].id).is_some_and(|e| e.settled().is_some());
    assert_eq!((0..7).map(done).collect::<Vec<_>>(), [true, true, false, false, false, false, true]);
    assert_eq!(after.retired(&guide).len(), 1);
    assert!(guide.items.iter().any(|i| after.carried(&i.id).is_some_and(|c| c.label.as_str() == "Vérifier")));
}

#[test]
fn a_box_unticked_by_hand_is_to_do_again() {
    let guide = parse(GUIDE);
    let log = ticked(&guide, &[(0, Op::Done)]);
    let edited = export_markdown(&guide, &log).replacen("- [x] R", "- [ ] R", 1);
    let changes = import(&edited, &guide, &log).unwrap();
    assert_eq!(changes.iter().map(|c| &c.op).collect::<Vec<_>>(), [&Op::Todo]);
}

#[test]
fn an_authors_id_may_hold_anything() {
    let guide = parse("# G\n\n## 1. A {#a--b}\n\nx\n\n## 2. B {#\"c\"}\n\ny\n");
    let log = ticked(&guide, &[(0, Op::Done), (1, Op::Done)]);
    for form in forms(&guide, &log) {
        assert_eq!(import(&form, &guide, &log), Ok(vec![]), "{form}");
        assert_eq!(state(&guide, &with(Log::default(), &guide, &form)), state(&guide, &log));
    }
}

#[test]
fn what_is_no_export_is_refused() {
    let guide = parse(GUIDE);
    let refused = |text: &str| import(text, &guide, &Log::default()).unwrap_err();
    assert_eq!(refused("# A text\n\nwithout boxes\n"), BadExport::NoChecklist);
    assert_eq!(refused(""), BadExport::NoChecklist);
    assert_eq!(refused(r#"{"jalon": 2, "guide": "x"}"#), BadExport::Newer);
    assert!(matches!(refused("{"), BadExport::Json(_)));
    assert!(matches!(refused(r#"{"guide": "x"}"#), BadExport::Json(_)));
}

fn op() -> impl Strategy<Value = Op> {
    let words = || prop_oneof!["[a-c ]{0,6}", "\\PC{0,12}", "[-<>:,*`\\\\!\\[\\]x ]{0,12}"].prop_map(|s| text(&s));
    prop_oneof![
        4 => Just(Op::Done),
        2 => Just(Op::Todo),
        1 => Just(Op::Affirm),
        1 => Just(Op::Confirm),
        2 => words().prop_map(|reason| Op::Skip { reason }),
        2 => words().prop_map(|text| Op::Note { text }),
        1 => (words(), 0i64..2_000_000_000).prop_map(|(by, s)| Op::Import(Told { what: Settled::Done, by, at: s * 1000 }.into())),
        1 => prop_oneof![Just(Op::Leave), Just(Op::Restore), Just(Op::Reset)],
    ]
}

/// A log of acts on one guide and then on its edited form, or on the first alone.
fn logs() -> impl Strategy<Value = (Log, Guide)> {
    let acts = || proptest::collection::vec((any::<u8>(), op()), 0..14);
    (acts(), acts(), any::<bool>()).prop_map(|(first, second, edited)| {
        let mut log = Log::default();
        let guides = [parse(GUIDE), parse(EDITED)];
        for (guide, acts) in guides.iter().zip([first, if edited { second } else { Vec::new() }]) {
            log.settle_for(guide);
            for (item, op) in acts {
                let subject = match op {
                    Op::Leave | Op::Restore => Subject::of_group(guide, usize::from(item) % guide.groups.len()),
                    Op::Reset => Subject::of_run("default"),
                    _ => Subject::of_item(guide, usize::from(item) % guide.items.len()),
                };
                play(&mut log, guide, Change { subject, op });
            }
        }
        let [first, second] = guides;
        let guide = if edited { second } else { first };
        log.settle_for(&guide);
        (log, guide)
    })
}

/// What each item shows, and whether its group is left out. Who ticked is not told here: where the file itself ticks a
/// box, nobody did, and a name that is there already does no harm.
fn standings(guide: &Guide, log: &Log) -> Vec<impl PartialEq + std::fmt::Debug + use<>> {
    let of = |item: &crate::guide::Item| {
        let entry = log.entry(&item.id).cloned().unwrap_or_default();
        let left_out = log.left_out(&guide.groups[item.group()].id);
        (Standing::of(Some(&entry), item, 0, 90), entry.note.clone(), entry.is_changed(item.body), left_out)
    };
    guide.items.iter().map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_exported_comes_back_as_it_was((log, guide) in logs(), (other, _) in logs()) {
        for form in forms(&guide, &log) {
            prop_assert_eq!(import(&form, &guide, &log), Ok(vec![]), "{}", form);
            let back = with(Log::default(), &guide, &form);
            prop_assert_eq!(state(&guide, &back), state(&guide, &log), "into nothing");
            let over = with(other.clone(), &guide, &form);
            prop_assert_eq!(standings(&guide, &over), standings(&guide, &log), "over something else");
            prop_assert_eq!(import(&form, &guide, &over), Ok(vec![]), "twice");
        }
    }

    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,80}", rows in proptest::collection::vec("(- \\[x\\] |  - done by |## |  - note: |\\{)\\PC{0,30}", 0..8)) {
        let guide = parse(GUIDE);
        let _ = import(&text, &guide, &Log::default());
        let _ = import(&rows.join("\n"), &guide, &Log::default());
    }
}
