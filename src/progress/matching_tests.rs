//! What becomes of progress when a guide is edited: confirming, refusing, twins, groups, and edits at random.

use super::*;
use crate::guide::{CleanText, Origin};
use crate::progress::{Change, Dot, Hlc, Record, Walk, report};
use proptest::prelude::*;

const LISE: &str = "lise-1a2b3c4d";

fn parse(source: &str) -> Guide {
    Guide::parse(source, &Origin::default())
}

/// A list of tasks under a heading.
fn tasks(labels: &[&str]) -> Guide {
    let boxes: String = labels.iter().map(|l| format!("- [ ] {l}\n")).collect();
    parse(&format!("# Plan\n\n{boxes}"))
}

/// Records a change the way the program does.
fn play(log: &mut Log, guide: &Guide, change: Change) {
    let n = log.records().len() as u64 + 1;
    let (dot, at) = (Dot { device: LISE.into(), n }, log.clock().after(1000));
    let change = log.located(guide, change);
    assert!(log.add(Record { dot, at, by: CleanText::line("lise"), change }.as_written()));
    log.settle_for(guide);
}

fn act(log: &mut Log, guide: &Guide, item: usize, op: Op) {
    play(log, guide, Change { subject: Subject::of_item(guide, item), op });
}

/// Ticks these items of a guide, then opens another version of it.
fn carried_to(before: &Guide, ticked: &[usize], after: &Guide) -> Log {
    let mut log = Log::default();
    for item in ticked {
        act(&mut log, before, *item, Op::Done);
    }
    log.settle_for(after);
    log
}

/// `x` settled, `?` carried over and to be confirmed, `.` to do; then how many are retired.
fn shown(log: &Log, guide: &Guide) -> String {
    let mark = |item: &crate::guide::Item| match log.entry(&item.id).and_then(|e| e.settled()) {
        Some(_) if log.carried(&item.id).is_none() => 'x',
        None if log.carried(&item.id).is_some() => '?',
        None => '.',
        Some(_) => panic!("settled and offered"),
    };
    let retired = log.retired(guide).len();
    assert_eq!(retired, Matching::of(guide, log, Spots::default().of(guide)).retired.len());
    format!("{} -{retired}", guide.items.iter().map(mark).collect::<String>())
}

fn note(text: &str) -> Op {
    Op::Note { text: CleanText::line(text) }
}

const OLD: [&str; 3] = ["Find a room for the talk", "Invite the speakers", "Order the food"];
const NEW: [&str; 3] = ["Find a larger room for the talk", "Invite the speakers", "Order the food"];

#[test]
fn what_is_confirmed_belongs_to_the_item_for_good_and_still_says_who() {
    let (old, new) = (tasks(&OLD), tasks(&NEW));
    let mut log = carried_to(&old, &[0], &new);
    assert_eq!(shown(&log, &new), "?.. -0");
    let offered = log.carried(&new.items[0].id).unwrap();
    assert_eq!((offered.label.as_str(), offered.from), (OLD[0], &old.items[0].id));
    act(&mut log, &new, 0, Op::Confirm);
    assert_eq!(shown(&log, &new), "x.. -0");
    let entry = log.entry(&new.items[0].id).unwrap();
    assert_eq!(entry.settled().map(|r| (r.dot.n, r.by.as_str())), Some((1, "lise")));
    assert!(!entry.is_changed(new.items[0].body), "confirmed against the new text");
    let history: Vec<&Op> = log.history_of(&new.items[0].id).into_iter().map(|r| &r.change.op).collect();
    assert_eq!(history, [&Op::Done, &Op::Confirm]);
    // Long after, with the old words gone for good, nothing has to be guessed again.
    assert_eq!(shown(&log.records().iter().cloned().collect(), &new), "x.. -0");
}

#[test]
fn a_confirmation_can_be_undone_and_redone() {
    let (old, new) = (tasks(&OLD), tasks(&NEW));
    let mut log = carried_to(&old, &[0], &new);
    act(&mut log, &new, 0, Op::Confirm);
    let undo = log.undo(LISE).unwrap();
    assert!(log.entry_with(&new.items[0].id, &[&undo], 0).settled().is_none(), "shown at once");
    play(&mut log, &new, undo);
    assert_eq!(shown(&log, &new), "?.. -0");
    let redo = log.redo(LISE).unwrap();
    play(&mut log, &new, redo);
    assert_eq!(shown(&log, &new), "x.. -0");
}

#[test]
fn what_is_refused_is_not_done_and_its_history_stays() {
    let (old, new) = (tasks(&OLD), tasks(&NEW));
    let mut log = carried_to(&old, &[0], &new);
    let refuse = Change { subject: Subject::of_item(&new, 0), op: Op::Todo };
    assert!(log.carried_with(&new.items[0].id, &[&refuse]).is_none(), "shown at once");
    act(&mut log, &new, 0, Op::Todo);
    assert_eq!(shown(&log, &new), "... -1");
    assert_eq!(log.history_of_retired(&old.items[0].id).len(), 1);
    assert_eq!(shown(&log, &old), "x.. -0", "in the old guide it still is");
}

#[test]
fn a_tick_on_what_is_offered_takes_it_along_and_a_note_does_not() {
    let (old, new) = (tasks(&OLD), tasks(&NEW));
    let mut log = carried_to(&old, &[0], &new);
    act(&mut log, &new, 0, note("which room?"));
    assert_eq!(shown(&log, &new), "?.. -0");
    assert_eq!(log.entry(&new.items[0].id).and_then(|e| e.note.as_deref()), Some("which room?"));
    act(&mut log, &new, 0, Op::Done);
    assert_eq!(shown(&log, &new), "x.. -0");
    assert_eq!(log.history_of(&new.items[0].id).len(), 3);
}

#[test]
fn what_was_moved_and_is_then_opened_is_open_and_not_retired() {
    let old = parse("# Plan\n\n## Before\n\n- [ ] Invite the speakers\n- [ ] Order\n");
    let new = parse("# Plan\n\n## Early\n\n- [ ] Invite the speakers\n- [ ] Order\n");
    let mut log = carried_to(&old, &[0], &new);
    assert_eq!(shown(&log, &new), "x. -0");
    let untick = log.located(&new, Change { subject: Subject::of_item(&new, 0), op: Op::Todo });
    assert_eq!(untick.subject.was.as_deref(), Some(&old.items[0].id));
    assert!(log.entry_with(&new.items[0].id, &[&untick], 0).settled().is_none(), "shown at once");
    act(&mut log, &new, 0, note("again"));
    act(&mut log, &new, 0, Op::Todo);
    assert_eq!(shown(&log, &new), ".. -0");
    assert_eq!(log.history_of(&new.items[0].id).len(), 3);
    log.settle_for(&old);
    assert_eq!(shown(&log, &old), ".. -0", "with the heading put back, it is the same item");
    assert_eq!(log.entry(&old.items[0].id).and_then(|e| e.note.as_deref()), Some("again"));
}

#[test]
fn a_neighbour_that_moves_up_is_not_the_step_reworded() {
    let hosts = ["Deploy to the first host", "Deploy to the second host", "Deploy to the third host"];
    let log = carried_to(&tasks(&hosts), &[0], &tasks(&hosts[1..]));
    assert_eq!(shown(&log, &tasks(&hosts[1..])), ".. -1");
    let left = [hosts[0], hosts[2]];
    let log = carried_to(&tasks(&hosts), &[1], &tasks(&left));
    assert_eq!(shown(&log, &tasks(&left)), ".. -1");
}

#[test]
fn an_item_that_was_always_there_takes_nothing_from_one_that_went() {
    // Nobody ticked the second `Sign`; the journal does not know it.
    let old = parse("# Plan\n\n## A\n\n- [ ] Sign\n- [ ] Send\n\n## B\n\n- [ ] Sign\n- [ ] File\n");
    let new = parse("# Plan\n\n## B\n\n- [ ] Sign\n- [ ] File\n");
    assert_eq!(shown(&carried_to(&old, &[0], &new), &new), ".. -1");
    let both = carried_to(&old, &[0, 2], &new);
    assert_eq!(shown(&both, &new), "x. -1");
}

#[test]
fn of_twins_the_right_one_keeps_its_tick_or_none_does() {
    let old = tasks(&["Back up", "Restart", "Wait", "Restart", "Look"]);
    let again = tasks(&["Read", "Back up", "Restart", "Wait", "Restart", "Look"]);
    assert_eq!(shown(&carried_to(&old, &[3], &again), &again), "....x. -0");
    let first_gone = tasks(&["Back up", "Wait", "Restart", "Look"]);
    assert_eq!(shown(&carried_to(&old, &[1], &first_gone), &first_gone), ".... -1");
    assert_eq!(shown(&carried_to(&old, &[3], &first_gone), &first_gone), "..?. -0");
    assert_eq!(shown(&carried_to(&old, &[1, 3], &first_gone), &first_gone), "..?. -1");
    let third = tasks(&["Restart", "Back up", "Restart", "Wait", "Restart", "Look"]);
    assert_eq!(shown(&carried_to(&old, &[3], &third), &third), "....?. -0");
}

#[test]
fn a_tick_on_a_twin_that_took_nothing_starts_anew() {
    let old = tasks(&["Back up", "Restart", "Wait", "Restart", "Look"]);
    let new = tasks(&["Back up", "Wait", "Restart", "Look"]);
    for op in [Op::Done, note("hm")] {
        let mut log = carried_to(&old, &[1], &new);
        act(&mut log, &new, 2, op.clone());
        let expected = if op == Op::Done { "..x. -1" } else { ".... -1" };
        assert_eq!(shown(&log, &new), expected, "the other one's tick stays what it was");
        assert_eq!(log.history_of(&new.items[2].id).len(), 1);
    }
}

#[test]
fn a_twin_that_takes_the_tick_of_another_does_not_swallow_its_own_ids() {
    // Both were ticked, one went. The one left has the id of the first, and is offered the tick of the second.
    let old = tasks(&["Back up", "Restart", "Wait", "Restart", "Look"]);
    let new = tasks(&["Back up", "Wait", "Restart", "Look"]);
    for op in [Op::Done, Op::Confirm] {
        let mut log = carried_to(&old, &[1, 3], &new);
        assert_eq!(shown(&log, &new), "..?. -1");
        let change = log.located(&new, Change { subject: Subject::of_item(&new, 2), op });
        assert!(log.entry_with(&new.items[2].id, &[&change], 0).settled().is_some(), "shown at once");
        play(&mut log, &new, change);
        assert_eq!(shown(&log, &new), "..x. -1");
        let undo = log.undo(LISE).unwrap();
        play(&mut log, &new, undo);
        assert_eq!(shown(&log, &new), "..?. -1");
    }
}

#[test]
fn twins_with_texts_of_their_own_are_told_apart_by_them() {
    let guide = |order: [&str; 2]| {
        let text =
            |n: &str, log: &str| format!("## {n}. Check\n\nRead the {log} log from its end and look for errors.\n\n");
        parse(&(text("1", order[0]) + &text("2", order[1])))
    };
    let (old, swapped) = (guide(["first", "second"]), guide(["second", "first"]));
    assert_eq!(old.items.len(), 2);
    assert_eq!(shown(&carried_to(&old, &[0], &swapped), &swapped), ".x -0");
}

#[test]
fn the_authors_id_is_trusted_above_all() {
    let old = parse("# G\n\n## 1. Choose {#choose}\n\nA.\n\n## 2. Go\n\nB.\n");
    let new = parse("# G\n\n## 1. Start\n\nC.\n\n## 2. Pick anything at all {#choose}\n\nD.\n");
    let log = carried_to(&old, &[0], &new);
    assert_eq!(shown(&log, &new), ".x -0");
    assert!(log.entry(&new.items[1].id).unwrap().is_changed(new.items[1].body));
    // An id that the author adds changes nothing else.
    let named = parse("# G\n\n## 1. Choose\n\nA.\n\n## 2. Go {#go}\n\nB.\n");
    assert_eq!(shown(&carried_to(&old, &[1], &named), &named), ".x -0");
}

#[test]
fn a_changed_text_is_told_until_it_is_confirmed() {
    let (old, new) = (parse("# G\n\n1. Pay. Ten euros.\n2. Go.\n"), parse("# G\n\n1. Pay. Twelve euros.\n2. Go.\n"));
    let mut log = carried_to(&old, &[0, 1], &new);
    let changed = |log: &Log| report(&new, log, &Walk::default(), 0, 90).items().map(|i| i.changed).collect::<Vec<_>>();
    assert_eq!(changed(&log), [true, false]);
    act(&mut log, &new, 0, Op::Confirm);
    assert_eq!(changed(&log), [false, false]);
    assert_eq!(shown(&log, &new), "xx -0");
}

#[test]
fn the_kind_may_change_between_step_and_task_but_not_to_a_value_unasked() {
    let list = parse("# Plan\n\n1. Invite\n2. Order\n");
    let boxes = parse("# Plan\n\n- [ ] Invite\n- [ ] Order\n");
    assert_eq!(shown(&carried_to(&list, &[0], &boxes), &boxes), "x. -0");
    let values = parse("# Values\n\n- **Invite**: always.\n- **Order**: in all things.\n");
    assert_eq!(values.items.len(), 2);
    let log = carried_to(&list, &[0], &values);
    assert!(log.entry(&values.items[0].id).is_none());
}

#[test]
fn what_the_offered_says_stands_in_the_report() {
    let (old, new) = (tasks(&OLD), tasks(&NEW));
    let log = carried_to(&old, &[0], &new);
    let told = report(&new, &log, &Walk::default(), 0, 90);
    let item = told.item(0).unwrap();
    assert_eq!((item.state, item.changed, item.by.as_deref()), ("todo", true, Some("lise")));
    assert!(item.at.is_some() && item.carried);
    assert_eq!((told.done, told.retired.len(), told.next.as_ref().map(|n| n.n)), (0, 0, Some(1)));
    assert_eq!(told.select(&new, &old.items[0].id.0), Ok(0), "its old id still names it");
}

#[test]
fn groups_left_out_stay_left_out() {
    let guide =
        |title: &str, more: &str| parse(&format!("# G\n\n## Do\n\n1. a\n2. b\n\n## {title}\n\n1. c\n2. d\n{more}"));
    let old = guide("Annex", "");
    let mut log = Log::default();
    play(&mut log, &old, Change { subject: Subject::of_group(&old, 1), op: Op::Leave });
    let left = |log: &mut Log, guide: &Guide| {
        log.settle_for(guide);
        guide.groups.iter().map(|g| log.left_out(&g.id)).collect::<Vec<_>>()
    };
    assert_eq!(left(&mut log, &old), [false, true]);
    assert_eq!(left(&mut log, &guide("Annexes", "")), [false, true], "renamed, the same items");
    assert_eq!(
        left(&mut log, &parse("# H\n\n## Annex\n\n1. e\n2. f\n\n## Do\n\n1. a\n2. b\n")),
        [true, false],
        "moved"
    );
    assert_eq!(left(&mut log, &guide("Annexes", "3. e\n")), [false, false], "another title, other items: shown");
    let twice = parse("# G\n\n## X\n\n### Annex\n\n1. c\n2. d\n\n## Y\n\n### Annex\n\n1. c\n2. d\n");
    assert_eq!(left(&mut log, &twice), [false, false], "in doubt, it is shown");
    let renamed = guide("Annexes", "");
    log.settle_for(&renamed);
    play(&mut log, &renamed, Change { subject: Subject::of_group(&renamed, 1), op: Op::Restore });
    assert_eq!(left(&mut log, &renamed), [false, false]);
}

#[test]
fn many_items_and_many_records_are_matched() {
    let labels: Vec<String> = (0..10_000).map(|n| format!("Step {} of {}", n, n * 7)).collect();
    let old = tasks(&labels.iter().map(String::as_str).collect::<Vec<_>>());
    let spots = Spots::default().of(&old);
    let records = (0..10_000).map(|n| {
        let mut subject = Subject::of_item(&old, 0);
        let (item, spot) = (&old.items[n], &spots[n]);
        subject =
            Subject { id: item.id.clone(), label: item.label.clone(), place: spot.place, body: item.body, ..subject };
        subject.near = spot.near.into();
        let dot = Dot { device: LISE.into(), n: n as u64 + 1 };
        let at = Hlc { millis: n as i64, counter: 0 };
        Record { dot, at, by: CleanText::default(), change: Change { subject, op: Op::Done } }
    });
    let mut log: Log = records.collect();
    let fresh: Vec<String> = labels.iter().map(|l| format!("{l} now")).collect();
    for (labels, expected) in [(&labels, 10_000), (&fresh, 0)] {
        let guide = tasks(&labels.iter().map(String::as_str).collect::<Vec<_>>());
        log.settle_for(&guide);
        assert_eq!(guide.items.iter().filter(|i| log.entry(&i.id).is_some()).count(), expected);
    }
    let same = tasks(&vec!["Again"; 10_000]);
    let mut log = Log::default();
    act(&mut log, &same, 9_999, Op::Done);
    assert!(shown(&log, &same).ends_with("x -0"));
}

/// A task with an identity that its words do not show.
#[derive(Clone, Debug)]
struct Task {
    who: usize,
    label: String,
}

#[derive(Clone, Debug)]
enum Edit {
    Insert(usize, usize, String),
    Delete(usize, usize),
    Swap(usize, usize, usize),
    Move(usize, usize, usize),
    Reword(usize, usize, String),
    Retitle(usize, String),
}

type Plan = Vec<(String, Vec<Task>)>;

fn label() -> impl Strategy<Value = String> {
    // Few words, so that twins and near twins are common.
    proptest::collection::vec(prop_oneof!["check", "the", "log", "main", "room", "deploy", "host", "1", "2"], 1..5)
        .prop_map(|words: Vec<String>| words.join(" "))
}

fn plan() -> impl Strategy<Value = Plan> {
    let section = ("[AB]", proptest::collection::vec(label(), 1..6));
    proptest::collection::vec(section, 1..4).prop_map(|sections| {
        let mut who = 0..;
        let mut named = |label| Task { who: who.next().unwrap_or_default(), label };
        sections.into_iter().map(|(title, labels)| (title, labels.into_iter().map(&mut named).collect())).collect()
    })
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (0usize..9, 0usize..9, label()).prop_map(|(s, t, l)| Edit::Insert(s, t, l)),
        (0usize..9, 0usize..9).prop_map(|(s, t)| Edit::Delete(s, t)),
        (0usize..9, 0usize..9, 0usize..9).prop_map(|(s, a, b)| Edit::Swap(s, a, b)),
        (0usize..9, 0usize..9, 0usize..9).prop_map(|(a, t, b)| Edit::Move(a, t, b)),
        (0usize..9, 0usize..9, label()).prop_map(|(s, t, l)| Edit::Reword(s, t, l)),
        (0usize..9, "[ABC]").prop_map(|(s, t)| Edit::Retitle(s, t)),
    ]
}

/// Applies an edit; numbers wrap around what is there.
fn apply(plan: &mut Plan, edit: Edit, who: usize) {
    let sections = plan.len();
    match edit {
        Edit::Insert(s, t, label) => {
            let tasks = &mut plan[s % sections].1;
            tasks.insert(t % (tasks.len() + 1), Task { who, label });
        }
        Edit::Delete(s, t) => {
            let tasks = &mut plan[s % sections].1;
            if !tasks.is_empty() {
                tasks.remove(t % tasks.len());
            }
        }
        Edit::Swap(s, a, b) => {
            let tasks = &mut plan[s % sections].1;
            if !tasks.is_empty() {
                let n = tasks.len();
                tasks.swap(a % n, b % n);
            }
        }
        Edit::Move(from, t, to) => {
            let tasks = &mut plan[from % sections].1;
            if !tasks.is_empty() {
                let task = tasks.remove(t % tasks.len());
                plan[to % sections].1.push(task);
            }
        }
        Edit::Reword(s, t, label) => {
            let tasks = &mut plan[s % sections].1;
            if !tasks.is_empty() {
                let n = tasks.len();
                tasks[t % n] = Task { who, label };
            }
        }
        Edit::Retitle(s, title) => plan[s % sections].0 = title,
    }
}

/// The guide of a plan, and for each of its items the section's title and the task.
fn written(plan: &Plan) -> (Guide, Vec<(String, Task)>) {
    let mut source = String::new();
    let mut all = Vec::new();
    for (title, tasks) in plan {
        source.push_str(&format!("## {title}\n\n"));
        for task in tasks {
            source.push_str(&format!("- [ ] {}\n", task.label));
            all.push((title.clone(), task.clone()));
        }
        source.push('\n');
    }
    let guide = parse(&source);
    assert_eq!(guide.items.len(), all.len());
    (guide, all)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn edits_at_random_lose_no_tick_and_invent_none(
        plan in plan(),
        edits in proptest::collection::vec(edit(), 1..4),
        ticked in proptest::collection::vec(any::<bool>(), 20),
    ) {
        let (old, then) = written(&plan);
        let mut edited = plan.clone();
        for (n, edit) in edits.into_iter().enumerate() {
            apply(&mut edited, edit, 1000 + n);
        }
        let (new, now) = written(&edited);
        let chosen: Vec<usize> = (0..old.items.len()).filter(|i| ticked[*i]).collect();
        let log = carried_to(&old, &chosen, &new);

        let mut seen = HashSet::new();
        for (item, (section, task)) in new.items.iter().zip(&now) {
            if let Some(carry) = log.carried(&item.id) {
                prop_assert!(seen.insert(carry.entry.last.as_ref().unwrap().dot.n));
            }
            let Some(settled) = log.entry(&item.id).and_then(|e| e.settled()) else { continue };
            prop_assert!(seen.insert(settled.dot.n), "one tick on two items");
            let (its_section, its_task) = &then[chosen[settled.dot.n as usize - 1]];
            prop_assert_eq!(&its_task.label, &task.label, "words that nobody ticked");
            // It is the one, or nothing that the words show tells it from the one.
            let in_section = |all: &[(String, Task)]| all.iter().filter(|(s, t)| s == section && t.label == task.label).count();
            let in_guide = |all: &[(String, Task)]| all.iter().filter(|(_, t)| t.label == task.label).count();
            let same_place = its_section == section && in_section(&then) == in_section(&now);
            let only_one = in_guide(&then) == 1 && in_guide(&now) == 1;
            prop_assert!(its_task.who == task.who || same_place || only_one, "{:?} took {:?}", task, its_task);
        }
        for (_, record, _) in log.retired(&new) {
            prop_assert!(seen.insert(record.dot.n), "told twice");
        }
        prop_assert_eq!(seen.len(), chosen.len(), "a tick is lost");
    }

    #[test]
    fn generations_of_edits_and_ticks_keep_every_tick(
        plan in plan(),
        acts in proptest::collection::vec((edit(), any::<u8>(), any::<u8>()), 1..12),
    ) {
        let (mut plan, mut log) = (plan, Log::default());
        for (n, (edit, item, what)) in acts.into_iter().enumerate() {
            apply(&mut plan, edit, 1000 + n);
            let (guide, _) = written(&plan);
            log.settle_for(&guide);
            let known = told(&log, &guide);
            if guide.items.is_empty() {
                continue;
            }
            let item = usize::from(item) % guide.items.len();
            let id = &guide.items[item].id;
            let settled = |log: &Log| log.entry(id).is_some_and(|e| e.settled().is_some());
            let offered = log.carried(id).is_some_and(|c| c.entry.settled().is_some());
            let before = settled(&log);
            let op = match what % 4 {
                0 => Op::Done,
                1 => Op::Todo,
                2 => note("n"),
                _ => Op::Confirm,
            };
            let change = log.located(&guide, Change { subject: Subject::of_item(&guide, item), op: op.clone() });
            let preview = log.entry_with(id, &[&change], 0).settled().is_some();
            play(&mut log, &guide, change);
            prop_assert_eq!(settled(&log), preview, "what is pending is shown as it will be");
            let expected = match op {
                Op::Done => known + usize::from(!before && !offered),
                Op::Todo => known - usize::from(before),
                _ => known,
            };
            prop_assert_eq!(told(&log, &guide), expected, "{:?}", op);
            let mut again: Log = log.records().iter().rev().cloned().collect();
            again.settle_for(&guide);
            prop_assert_eq!(shown(&again, &guide), shown(&log, &guide));
        }
    }
}

/// How many ticks the reader is told of, wherever they stand. A note alone that is offered is no tick.
fn told(log: &Log, guide: &Guide) -> usize {
    let settled = |entry: Option<&Entry>| usize::from(entry.is_some_and(|e| e.settled().is_some()));
    let of = |id: &ItemId| settled(log.entry(id)) + settled(log.carried(id).map(|c| c.entry));
    guide.items.iter().map(|i| of(&i.id)).sum::<usize>() + log.retired(guide).len()
}
