//! Changes of progress: ticks, skips, notes, groups left out, undo and redo; and what is told once they are on disk.

use super::checklist;
use super::help::key_name;
use super::keymap::Action;
use super::model::{Model, Notice, Panel, Prompt, PromptKind, Tone, Wish};
use super::msg::{Effect, Ticket};
use crate::guide::{CleanText, GroupId, ItemIndex, ItemKind};
use crate::progress::{Boxes, Change, Dot, Op, Record, Standing, Subject};
use crate::words::Ui;
use std::collections::BTreeSet;

/// How many undos may wait for the disk.
const WISHES: usize = 32;
/// From this many changes of others on, they are counted, not told one by one.
const MANY: usize = 4;

/// Ticks or unticks a step or a task, affirms a value. A skipped step that is ticked was done after all. One whose text
/// changed since it was ticked is found good as it reads now, like what was carried over; it opens by being refused.
pub(super) fn toggle(model: &mut Model, item: ItemIndex) -> Vec<Effect> {
    let Some((standing, kind)) = model.standing(item).and_then(|s| Some((&s.0, model.guide.items.get(item)?.kind)))
    else {
        return model.fact(&Ui::NoItemHere);
    };
    let op = match (kind, standing) {
        _ if asks(model, item) => Op::Confirm,
        (ItemKind::Value, _) => Op::Affirm,
        (_, Standing::Done) => Op::Todo,
        _ => Op::Done,
    };
    change_item(model, item, op)
}

/// Refuses what was carried over to an item by likeness: it is another one. Opens one whose text changed: as it reads
/// now, it is not done.
pub(super) fn refuse(model: &mut Model, item: ItemIndex) -> Vec<Effect> {
    if offered(model, item) || changed(model, item) {
        change_item(model, item, Op::Todo)
    } else {
        model.fact(&Ui::NothingCarried)
    }
}

/// Whether ticking the item confirms what stands: what was carried over, or a tick whose text changed since. A value is
/// affirmed anew, whatever its text was.
pub(super) fn asks(model: &Model, item: ItemIndex) -> bool {
    let done = matches!(model.standing(item), Some((Standing::Done, _)));
    offered(model, item) || (done && changed(model, item))
}

/// Whether progress was carried over to an item by likeness, and waits for an answer.
fn offered(model: &Model, item: ItemIndex) -> bool {
    let pending = model.pending_changes();
    model.guide.items.get(item).is_some_and(|i| model.log.carried_with(&i.id, &pending).is_some())
}

/// Whether an item's text changed since it was settled.
fn changed(model: &Model, item: ItemIndex) -> bool {
    model.known(item).is_some_and(|known| known.changed)
}

/// Leaves a group out of the count, or brings it back.
pub(super) fn leave_out(model: &mut Model, group: GroupId) -> Vec<Effect> {
    let op = if model.left_out.contains(&group) { Op::Restore } else { Op::Leave };
    let subject = Subject::of_group(&model.guide, group);
    // The items' rows go away: the selection stays with what the key was about.
    checklist::select_group(model, group);
    model.record(Change { subject, op })
}

/// What was typed is meant: records the reason or the note.
pub(super) fn typed(model: &mut Model, prompt: &Prompt) -> Vec<Effect> {
    let text = CleanText::line(prompt.input.value());
    match prompt.kind {
        PromptKind::Skip(item) => change_item(model, item, Op::Skip { reason: text }),
        PromptKind::Note(item) => change_item(model, item, Op::Note { text }),
    }
}

/// Undoes or redoes, once all changes before are on disk: only there does the last one have a name.
pub(super) fn wish(model: &mut Model, wish: Wish) -> Vec<Effect> {
    if model.pending.iter().any(|p| p.refused.is_some()) {
        model.say(Tone::Warning, &Ui::UnsavedFirst);
        return Vec::new();
    }
    if model.pending.is_empty() {
        return grant(model, wish);
    }
    if model.wishes.len() < WISHES {
        model.wishes.push(wish);
    }
    Vec::new()
}

/// A change is on disk: it is told, and what waited for it goes on. The journal has it, so now the file may have it too.
pub(super) fn recorded(model: &mut Model, ticket: Ticket, record: Record) -> Vec<Effect> {
    let before = model.settings.write_boxes.then(|| Boxes::of(&model.guide, &model.log));
    let mut effects = acknowledged(model, ticket, record);
    let boxes = before.map(|before| before.changed(&model.guide, &model.log)).unwrap_or_default();
    effects.extend(boxes.into_iter().map(|(item, state)| Effect::WriteBox(item, state)));
    effects
}

fn acknowledged(model: &mut Model, ticket: Ticket, record: Record) -> Vec<Effect> {
    // Also without a pending change the record is on disk, and so it counts.
    let told = told(model, &record.change);
    // What answers, undoes or opens may free progress for another item, or take it.
    let rebinds = matches!(
        record.change.op,
        Op::Confirm | Op::Todo | Op::Undo { .. } | Op::Redo { .. } | Op::Reset | Op::Import { .. }
    );
    if model.log.add(record) && rebinds {
        model.log.settle_for(&model.guide);
    }
    let Some(index) = model.pending.iter().position(|p| p.ticket == ticket) else { return Vec::new() };
    let saved = model.pending.remove(index);
    model.say(Tone::Fact, &told);
    if let Some(why) = saved.refused {
        let still = model.pending.iter().any(|p| p.refused.as_ref() == Some(&why));
        model.banners.retain(|b| still || b.text != why);
    }
    if model.pending.is_empty() && !model.wishes.is_empty() {
        let next = model.wishes.remove(0);
        return grant(model, next);
    }
    Vec::new()
}

/// A change could not be saved: it stays visible, and so does the reason.
pub(super) fn refused(model: &mut Model, ticket: Ticket, why: CleanText) -> Vec<Effect> {
    let Some(pending) = model.pending.iter_mut().find(|p| p.ticket == ticket) else { return Vec::new() };
    pending.refused = Some(why.clone());
    model.banner(Tone::Trouble, why);
    if !model.wishes.is_empty() {
        model.wishes.clear();
        model.say(Tone::Warning, &Ui::UnsavedFirst);
    }
    Vec::new()
}

/// Changes of other programs and devices.
pub(super) fn arrived(model: &mut Model, records: Vec<Record>) -> Vec<Effect> {
    let (mut news, mut brought) = (Vec::new(), false);
    for record in records {
        // One's own change may be read back from the disk before it is acknowledged; that is no news.
        let own = model.pending.iter().any(|p| p.change == record.change);
        let (by, told) = (record.by.clone(), told(model, &record.change));
        if model.log.add(record) {
            brought = true;
            news.extend((!own).then_some((by, told)));
        }
    }
    // One's own change read back brings nothing, and there is nothing to match anew.
    if brought {
        model.log.settle_for(&model.guide);
        back_on_disk(model);
    }
    match news.len() {
        0 => Vec::new(),
        MANY.. => model.fact(&Ui::ByMany(news.len())),
        _ => match news.pop() {
            Some((by, told)) => model.fact(&Ui::By(by, Box::new(told))),
            None => Vec::new(),
        },
    }
}

/// Something that counted may have been taken off the disk: what is there is all that counts.
pub(super) fn on_disk(model: &mut Model, records: Vec<Record>) -> Vec<Effect> {
    let there: BTreeSet<&Dot> = records.iter().map(|record| &record.dot).collect();
    let gone = model.log.records().iter().map(|record| &record.dot).filter(|dot| !there.contains(dot));
    let gone: Vec<Dot> = gone.cloned().collect();
    if gone.is_empty() {
        return arrived(model, records);
    }
    // What was told before and is still in sight is told together with this.
    let before = off_disk(model);
    if model.banners.iter().all(|banner| banner.text != before) {
        model.off_disk.clear();
    }
    model.off_disk.extend(gone);
    model.off_disk.retain(|dot| !there.contains(dot));
    model.banners.retain(|banner| banner.text != before);
    model.log = records.into_iter().collect();
    model.log.settle_for(&model.guide);
    model.inputs = Default::default();
    let text = off_disk(model);
    if model.pending.iter().all(|pending| pending.refused.is_none()) {
        return journal_trouble(model, text);
    }
    // Why a change just made is not saved, and what to do, stays in front.
    model.banners.retain(|banner| banner.text != text);
    model.banners.insert(0, Notice { tone: Tone::Trouble, text });
    Vec::new()
}

/// Of what had been taken away something came back. Once all of it did, there is nothing to tell.
fn back_on_disk(model: &mut Model) {
    if model.off_disk.is_empty() {
        return;
    }
    let before = off_disk(model);
    let Model { off_disk: gone, log, .. } = model;
    gone.retain(|dot| log.record(dot).is_none());
    let now = off_disk(model);
    if model.off_disk.is_empty() {
        model.banners.retain(|banner| banner.text != before);
    } else if let Some(banner) = model.banners.iter_mut().find(|banner| banner.text == before) {
        banner.text = now;
    }
}

fn off_disk(model: &Model) -> CleanText {
    CleanText::line(&Ui::OffTheDisk(model.off_disk.len()).say(model.settings.lang))
}

/// Something is wrong with the journal. It does not wait behind a plain fact for the next key.
pub(super) fn journal_trouble(model: &mut Model, what: CleanText) -> Vec<Effect> {
    model.notice.take_if(|notice| notice.tone == Tone::Fact);
    model.banner(Tone::Trouble, what);
    Vec::new()
}

impl Model {
    /// Keeps a trouble in sight until `Esc` or until it is mended; the same one once.
    pub(super) fn banner(&mut self, tone: Tone, text: CleanText) {
        if self.banners.iter().all(|banner| banner.text != text) {
            self.banners.push(Notice { tone, text });
        }
    }
}

fn change_item(model: &mut Model, item: ItemIndex, op: Op) -> Vec<Effect> {
    if item >= model.guide.items.len() {
        return Vec::new();
    }
    let subject = Subject::of_item(&model.guide, item);
    model.record(Change { subject, op })
}

fn grant(model: &mut Model, wish: Wish) -> Vec<Effect> {
    let device = &model.settings.device;
    let (change, nothing) = match wish {
        Wish::Undo => (model.log.undo(device), Ui::NothingToUndo),
        Wish::Redo => (model.log.redo(device), Ui::NothingToRedo),
    };
    match change {
        Some(change) => model.record(change),
        None => {
            model.wishes.clear();
            model.fact(&nothing)
        }
    }
}

/// What happened, as a sentence.
fn told(model: &Model, change: &Change) -> Ui {
    let label = change.subject.label.clone();
    match &change.op {
        Op::Confirm => Ui::NowConfirmed(label),
        Op::Done | Op::Import { .. } => Ui::NowDone(label),
        Op::Todo => Ui::NowTodo(label),
        Op::Reset => Ui::StartedOver(label),
        Op::Archive => Ui::RunArchived(label),
        Op::Unarchive => Ui::RunUnarchived(label),
        Op::Skip { .. } => Ui::NowSkipped(label),
        Op::Note { text } if text.is_empty() => Ui::NoteGone(label),
        Op::Note { .. } => Ui::NowNoted(label),
        Op::Affirm => Ui::NowAffirmed(label),
        Op::Leave => Ui::NowLeftOut(label, key_name(model, Panel::Checklist, Action::LeaveOut)),
        Op::Restore => Ui::NowRestored(label),
        Op::Undo { .. } => Ui::Undone(label),
        Op::Redo { .. } => Ui::Redone(label),
    }
}
