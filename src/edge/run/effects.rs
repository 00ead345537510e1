//! Does what the model says is to be done outside: one arm for each effect. Decides nothing, and waits for nothing that
//! takes long: that goes to a worker, whose answer comes in through the mailbox.

use super::Stage;
use crate::app::{Effect, Entry, Msg, Stop};
use crate::edge::clipboard::{self, Copied};
use crate::edge::mail::Mail;
use crate::edge::terminal::Reports;
use crate::edge::visit::Way;
use crate::edge::volume::{Volume, read_again, write_box};
use crate::edge::{editor, opener, signals};
use crate::guide::CleanText;
use crate::words::Edge;
use std::ffi::OsString;
use std::io;
use std::ops::ControlFlow;
use std::os::fd::AsFd;
use std::path::Path;
use std::sync::Arc;

impl Stage {
    /// Does what a guide's model says.
    pub(super) fn perform(&mut self, guide: usize, effect: Effect) -> io::Result<ControlFlow<()>> {
        let lang = self.lang();
        let Some(volume) = self.pile.get(guide) else { return Ok(ControlFlow::Continue(())) };
        let number = volume.model.number;
        match effect {
            Effect::Quit => return Ok(ControlFlow::Break(())),
            Effect::Record(ticket, change) => volume.desk.put(ticket, change),
            Effect::Copy(ticket, text) => {
                let ways = clipboard::ways(clipboard::Around::of(variable));
                self.errands.give(move || {
                    Some(match clipboard::copy(&text, &ways, lang) {
                        Copied::Landed(landing) => Mail::To(number, Msg::Copied(ticket, landing)),
                        Copied::ForTerminal(bytes) => Mail::Copy(number, ticket, bytes),
                    })
                });
            }
            Effect::Open(ticket, target) => {
                let program = opener::program(variable);
                let job = move || Some(Mail::To(number, Msg::Opened(ticket, opener::open(&target, program, lang))));
                self.errands.give(job);
            }
            Effect::Edit(line) => {
                let Some(file) = volume.file.clone() else { return Ok(ControlFlow::Continue(())) };
                let edited = self.edit(&file, line)?.map_err(|why| CleanText::line(&why.say(lang)));
                if self.resize()?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                return self.tell_one(guide, Msg::Edited(edited));
            }
            Effect::Reload => {
                let (original, line) = (Arc::clone(&volume.original), volume.line.clone());
                self.reader.give(move || {
                    read_again(&original, &line, |_| true);
                    None
                });
            }
            Effect::Complete => self.complete(guide),
            Effect::Visit(ticket, wanted) => {
                let (from, way) = (volume.file.clone(), self.way());
                self.reader.give(move || Some(Mail::Visited(number, ticket, way.follow(from.as_deref(), wanted))));
            }
            Effect::Sweep(ticket, query, paths) => {
                if let Some(folder) = volume.folder.clone() {
                    self.sweeper.sweep(ticket, query, folder, paths, volume.line.clone());
                }
            }
            Effect::Browse(ticket, path, entry) => {
                let way = self.way();
                self.reader.give(move || Some(Mail::Visited(number, ticket, way.browse(&path, entry))));
            }
            Effect::Survey(ticket) => {
                if let Some(folder) = volume.folder.clone() {
                    let line = volume.line.clone();
                    let known = self.pile.iter().filter_map(Volume::card).collect();
                    self.librarian.survey(ticket, folder, known, line);
                }
            }
            Effect::Return(Stop { guide, place }) => return self.turn_to(guide as usize, Entry::Place(place)),
            Effect::SearchList(list) => return self.turn_to(list as usize, Entry::Asking),
            Effect::WriteBox(item, state) => {
                let (original, line) = (Arc::clone(&volume.original), volume.line.clone());
                let guide = Arc::clone(&volume.model.guide);
                self.reader.give(move || {
                    write_box(&original, &line, &guide, item, state);
                    None
                });
            }
            Effect::Colour(ticket, block) => {
                let guide = Arc::clone(&volume.model.guide);
                let slow = Arc::clone(&self.slow);
                let job = move || Some(Mail::To(number, Msg::Coloured(ticket, block, slow.colour(&guide, block))));
                self.after_frame.push(Box::new(job));
            }
            Effect::Search(ticket, query) => self.searcher.look(ticket, query, &volume.model.guide),
            Effect::RememberSearch(text) => {
                let searches = self.searches.clone();
                self.errands.give(move || {
                    searches.add(&text);
                    None
                });
            }
            Effect::CaptureMouse(true) => self.tty.capture_mouse(Reports::On)?,
            Effect::CaptureMouse(false) => self.tty.capture_mouse(Reports::Off)?,
            Effect::Suspend if signals::can_stop() => signals::stop(&self.tty),
            Effect::Suspend => {}
            Effect::Redraw => self.screen.forget(),
        }
        Ok(ControlFlow::Continue(()))
    }

    /// What has to be known to open another guide.
    fn way(&self) -> Way {
        let folder = self.pile.get(0).and_then(|first| first.folder.as_ref()).map(|folder| folder.path.clone());
        Way { folder, files: self.pile.files(), opener: Arc::clone(&self.opener), lang: self.lang() }
    }

    /// Gives the terminal to the editor, and takes it back when that is done. Nothing is drawn and no key read meanwhile.
    fn edit(&mut self, file: &Path, line: usize) -> io::Result<Result<(), Edge>> {
        let command = match editor::command(variable, file, line) {
            Ok(command) => command,
            Err(why) => return Ok(Err(why)),
        };
        self.gate.shut()?;
        self.tty.lend();
        let outcome = editor::run(&command, self.tty.as_fd());
        let back = self.tty.take_back();
        signals::catch_up();
        self.gate.open();
        self.screen.forget();
        back.map(|()| outcome)
    }
}

fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name)
}
