//! What reaches the loop: one mailbox for everything that happens outside.

use super::session::Session;
use super::visit::Visit;
use crate::app::{GuideNumber, Msg, Ticket};
use crate::guide::CleanText;
use std::sync::mpsc::Sender;

/// Something for the loop.
#[derive(Debug)]
pub enum Mail {
    /// For `update`, of the guide on the screen.
    Msg(Msg),
    /// For `update`, of one of the guides that are open.
    To(GuideNumber, Msg),
    /// What a link of a guide to another one led to.
    Visited(GuideNumber, Ticket, Visit),
    /// The whole of a guide, of which the head is open; else why the rest could not be read, unless the panic hook told.
    Completed(GuideNumber, Result<Box<Session>, Option<CleanText>>),
    /// The window may have another size.
    Resized,
    /// The process goes on after a stop: the terminal may be somebody else's picture.
    Continued,
    /// The terminal answered all questions.
    Answered,
    /// What was waited for before the loop is there.
    Ready,
    /// Bytes to write to the terminal between two frames; then that copy was sent.
    Copy(GuideNumber, Ticket, Vec<u8>),
}

/// Where to send it. Sending never blocks, and fails only when the loop is gone, when nothing matters any more.
#[derive(Clone, Debug)]
pub struct Post(pub Sender<Mail>);

impl Post {
    /// Sends.
    pub fn send(&self, mail: Mail) {
        let _ = self.0.send(mail);
    }

    /// Sends a message for `update`.
    pub fn msg(&self, msg: Msg) {
        self.send(Mail::Msg(msg));
    }
}

/// Where to send what is for one guide.
#[derive(Clone, Debug)]
pub struct Line {
    /// To the loop.
    pub post: Post,
    /// The guide.
    pub guide: GuideNumber,
}

impl Line {
    /// Sends a message for `update`.
    pub fn msg(&self, msg: Msg) {
        self.post.send(Mail::To(self.guide, msg));
    }
}
