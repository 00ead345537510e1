//! Opens the full screen: what is known at the start becomes a model, and the loop takes over. Draws nothing, and
//! answers no key.

use super::guides::{self, Opened};
use super::surroundings::outlive_size_limits;
use super::{Call, End, REVIEW_AFTER_DAYS, WIDEST, Walked};
use crate::app::{Model, Notice, Settings, Tone};
use crate::cli::Source;
use crate::edge::run::{Reread, Session, run};
use crate::edge::{clock, journal::Journal};
use crate::guide::{CleanText, Guide};
use crate::words::{Lang, Shell, Trouble};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How often, and how far apart, an empty file is read again: it may be in the midst of being saved.
const EMPTY_TRIES: u32 = 5;
const EMPTY_WAIT: Duration = Duration::from_millis(50);

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
    if opened.guide.source.trim().is_empty() {
        let text = CleanText::line(&Shell::EmptyGuide(opened.name.clone()).say(call.lang));
        banners.push(Notice { tone: Tone::Warning, text });
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
    Arc::new(move || match &source {
        Source::Stdin => Err(CleanText::line(&Shell::ReadOnce.say(lang))),
        source => read_again(source, base.as_deref(), lang),
    })
}

/// Reads a guide again. One that is empty now was hardly meant to be: the reader keeps what was read before.
fn read_again(source: &Source, base_url: Option<&str>, lang: Lang) -> Result<Guide, CleanText> {
    let mut tries = 0;
    loop {
        let opened = guides::open(source, base_url).map_err(|sentence| CleanText::line(&sentence.say(lang)))?;
        if !opened.guide.source.trim().is_empty() {
            return Ok(opened.guide);
        }
        tries += 1;
        if tries == EMPTY_TRIES {
            return Err(CleanText::line(&Shell::EmptyGuide(opened.name).say(lang)));
        }
        thread::sleep(EMPTY_WAIT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emptied_guide_is_not_taken_for_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        std::fs::write(&path, "# Un\n").unwrap();
        let source = Source::Path(path.clone());
        assert_eq!(read_again(&source, None, Lang::En).unwrap().title.as_str(), "Un");
        std::fs::write(&path, "\n").unwrap();
        assert!(read_again(&source, None, Lang::En).unwrap_err().contains("empty"));
        std::fs::remove_file(&path).unwrap();
        assert!(read_again(&source, None, Lang::En).unwrap_err().contains("a.md"));
    }
}
