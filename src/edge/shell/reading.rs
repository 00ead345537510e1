//! From an invocation to the full screen: what the reader chose, what the guide and the journal say, and how the guide
//! is read again. Draws nothing.

use super::guides::{self, Opened};
use super::{Call, End, REVIEW_AFTER_DAYS, WIDEST};
use crate::app::{Model, Notice, Settings, Tone};
use crate::cli::Source;
use crate::edge::run::{self, Reread, Session};
use crate::edge::{clock, journal};
use crate::guide::{CleanText, Guide};
use crate::words::{Lang, Shell};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How often, and how far apart, an empty file is read again: it may be in the midst of being saved.
const EMPTY_TRIES: u32 = 5;
const EMPTY_WAIT: Duration = Duration::from_millis(50);

/// Columns and rows until the terminal has told its own, before the first frame.
const ANY_SIZE: (u16, u16) = (80, 24);

impl Call {
    /// Opens the reader and stays in it until the reader leaves.
    pub(super) fn full_screen(&self) -> Result<i32, End> {
        let opened = guides::open(&self.asked.source, self.asked.options.base_url.as_deref());
        let opened = opened.map_err(|sentence| End::Told(sentence.say(self.lang).into_owned(), 2))?;
        let mut walked = self.walk(&opened);
        let prepared = walked.journal.prepare();
        let settings = self.settings(&opened, &walked.journal);
        let reread = self.reread(&opened);
        let empty = opened.guide.source.trim().is_empty().then(|| Shell::EmptyGuide(opened.name.clone()));
        let mut model = Model::new(Arc::new(opened.guide), walked.log, settings, ANY_SIZE, clock::now());
        let unsaved = prepared.err().map(|error| error.trouble());
        let troubles = unsaved.iter().chain(&walked.troubles).map(|trouble| (Tone::Trouble, trouble.say(self.lang)));
        for (tone, text) in empty.iter().map(|e| (Tone::Warning, e.say(self.lang))).chain(troubles) {
            let notice = Notice { tone, text: CleanText::line(&text) };
            if !model.banners.contains(&notice) {
                model.banners.push(notice);
            }
        }
        Ok(run::run(Session { model, journal: walked.journal, reread }).into())
    }

    fn settings(&self, opened: &Opened, journal: &journal::Journal) -> Settings {
        let options = &self.asked.options;
        let place = journal.place();
        Settings {
            lang: self.lang,
            theme: options.theme,
            colour: !self.around.no_colour,
            ascii: options.ascii,
            mouse: !options.no_mouse,
            review_after_days: REVIEW_AFTER_DAYS,
            max_width: options.width.map_or(WIDEST, |w| w.max(1)),
            who: place.who.clone(),
            device: place.device.clone(),
            file: opened.path.as_ref().and_then(|p| p.file_name()).map(|n| CleanText::line(&n.to_string_lossy())),
        }
    }

    /// How the guide is read again. Standard input was read to its end, so it stays what it was.
    fn reread(&self, opened: &Opened) -> Reread {
        let (lang, base) = (self.lang, self.asked.options.base_url.clone());
        match (&self.asked.source, &opened.path) {
            (Source::Stdin, _) => {
                let guide = opened.guide.clone();
                Arc::new(move || Ok(guide.clone()))
            }
            (_, Some(path)) => {
                let source = Source::Path(path.clone());
                Arc::new(move || read_again(&source, base.as_deref(), lang))
            }
            (_, None) => Arc::new(move || read_again(&Source::BuiltIn, base.as_deref(), lang)),
        }
    }
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
