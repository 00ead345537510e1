//! The way into an editor and back: which line is meant, and what follows once the editor is done.

use super::checklist;
use super::model::{Model, Notice, Panel, Tone};
use super::msg::Effect;
use super::reload;
use crate::guide::{Anchor, CleanText};
use crate::words::Ui;

/// Opens the guide's file at the line that one is at.
pub(super) fn edit(model: &mut Model) -> Vec<Effect> {
    if model.settings.file.is_none() {
        return model.fact(&Ui::NoFileToEdit);
    }
    vec![Effect::Edit(model.guide.source_line(meant(model)))]
}

/// The file may be another now, also where the editor says that it failed. Only who was told nothing else is told that
/// nothing changed.
pub(super) fn edited(model: &mut Model, result: Result<(), CleanText>) -> Vec<Effect> {
    match result {
        Ok(()) if model.is_head() => Vec::new(),
        Ok(()) => reload::ask(model),
        Err(text) => {
            model.notice = Some(Notice { tone: Tone::Trouble, text });
            // Of a head there is no earlier text: the whole is being read.
            if model.is_head() { Vec::new() } else { vec![Effect::Reload] }
        }
    }
}

/// What the keys are about: in a list the selected row, in the text what is being read.
fn meant(model: &Model) -> Anchor {
    let guide = &model.guide;
    let block = match model.focus {
        Panel::Text | Panel::Library => None,
        Panel::Outline => {
            let row = model.outline.rows.get(model.outline.selected);
            row.and_then(|r| guide.headings.get(r.heading)).map(|h| h.block)
        }
        Panel::Checklist => {
            let group = || guide.groups.get(checklist::selected_group(model)?)?.heading;
            let item = checklist::selected_item(model).and_then(|i| guide.items.get(i)).map(|i| i.block());
            item.or_else(|| Some(guide.headings.get(group()?)?.block))
        }
        Panel::Contacts => guide.contacts.get(model.contacts.selected).map(|c| c.block),
    };
    block.map_or(model.reader.place, Anchor::of_block)
}
