//! Opens the full screen: what is known at the start becomes a model, and the loop takes over. Draws nothing, and
//! answers no key.

use super::guides::{self, Opened};
use super::surroundings::outlive_size_limits;
use super::{Call, End, REVIEW_AFTER_DAYS, WIDEST, Walked};
use crate::app::{Model, Notice, Settings, Tone};
use crate::cli::Source;
use crate::edge::run::{Reread, Session, run};
use crate::edge::{clock, journal::Journal};
use crate::guide::CleanText;
use crate::words::{Lang, Shell, Trouble};
use std::process::ExitCode;
use std::sync::Arc;

/// Runs the full screen until the reader leaves.
pub(super) fn open(call: &Call) -> Result<ExitCode, End> {
    let opened = call.opened()?;
    let Walked { mut journal, log, troubles } = call.walk(&opened);
    outlive_size_limits();
    let mut banners: Vec<Notice> = troubles.iter().map(|trouble| banner(trouble, Tone::Warning, call.lang)).collect();
    // Where nothing can be saved, the reader should know before the first tick, and can still read.
    if let Err(error) = journal.prepare() {
        banners.push(banner(&error.trouble(), Tone::Trouble, call.lang));
    }
    let settings = settings(call, &opened, &journal);
    let reread = reread(call, &opened);
    let size = call.around.size.unwrap_or((80, 24));
    let mut model = Model::new(Arc::new(opened.guide), log, settings, size, clock::now());
    model.banners.append(&mut banners);
    Ok(run(Session { model, journal, reread }))
}

fn banner(trouble: &Trouble, tone: Tone, lang: Lang) -> Notice {
    Notice { tone, text: CleanText::line(&trouble.say(lang)) }
}

fn settings(call: &Call, opened: &Opened, journal: &Journal) -> Settings {
    let options = &call.asked.options;
    Settings {
        lang: call.lang,
        theme: options.theme,
        colour: !call.around.no_colour,
        ascii: options.ascii,
        mouse: !options.no_mouse,
        review_after_days: REVIEW_AFTER_DAYS,
        max_width: options.width.unwrap_or(WIDEST),
        who: journal.place().who.clone(),
        device: journal.place().device.clone(),
        file: opened.path.as_ref().and_then(|p| p.file_name()).map(|n| CleanText::line(&n.to_string_lossy())),
    }
}

/// How the guide is read again: from its file, even where a folder was named and holds another guide by now.
fn reread(call: &Call, opened: &Opened) -> Reread {
    let source = opened.path.clone().map_or_else(|| call.asked.source.clone(), Source::Path);
    let (base, lang) = (call.asked.options.base_url.clone(), call.lang);
    Arc::new(move || {
        let again = match &source {
            Source::Stdin => Err(Shell::ReadOnce),
            source => guides::open(source, base.as_deref()).map(|opened| opened.guide),
        };
        again.map_err(|sentence| CleanText::line(&sentence.say(lang)))
    })
}
