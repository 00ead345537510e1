//! A thread that does what takes long, one job after the other, so that the screen goes on answering. A job that
//! panics is lost; the thread and the screen go on, and the panic hook tells.

use super::mail::{Mail, Post};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// What is done once, and what it answers.
pub type Job = Box<dyn FnOnce() -> Option<Mail> + Send>;

/// A worker, hired with its first job.
#[derive(Debug)]
pub struct Worker {
    name: &'static str,
    post: Post,
    jobs: Option<Sender<Job>>,
}

impl Worker {
    /// A worker without a job, which costs nothing.
    pub fn new(name: &'static str, post: Post) -> Worker {
        Worker { name, post, jobs: None }
    }

    /// Gives it a job; the answer goes to the mailbox.
    pub fn give(&mut self, job: impl FnOnce() -> Option<Mail> + Send + 'static) {
        if self.jobs.is_none() {
            self.jobs = self.hire();
        }
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(Box::new(job));
        }
    }

    /// Starts the thread; none where the system has no more of them, and the job stays undone.
    fn hire(&self) -> Option<Sender<Job>> {
        let (jobs, inbox) = channel::<Job>();
        let post = self.post.clone();
        let working = move || {
            for job in inbox {
                if let Ok(Some(mail)) = catch_unwind(AssertUnwindSafe(job)) {
                    post.send(mail);
                }
            }
        };
        thread::Builder::new().name(self.name.into()).spawn(working).ok().map(|_| jobs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    #[test]
    fn a_job_that_panics_does_not_stop_the_next() {
        let (to, mailbox) = channel();
        let mut worker = Worker::new("test", Post(to));
        worker.give(|| panic!("on purpose"));
        worker.give(|| None);
        worker.give(|| Some(Mail::Resized));
        assert!(matches!(mailbox.recv_timeout(Duration::from_secs(20)), Ok(Mail::Resized)));
    }
}
