//! Searches on a thread of its own. The guide's index is made once, with the first search; a search that a later one
//! followed is given up, so that nobody who types waits for what was typed before.

use super::mail::{Mail, Post};
use super::worker::Worker;
use crate::app::{Msg, Ticket};
use crate::guide::search::{Flaw, Hits, Index, Query};
use crate::guide::{Guide, Source};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The thread, and what it knows.
#[derive(Debug)]
pub struct Searcher {
    worker: Worker,
    kept: Arc<Mutex<Option<Kept>>>,
    /// The last search asked for.
    last: Arc<AtomicU64>,
}

/// The index of the last guide that was searched. The guide itself is let go: nobody else may hold one that
/// forgets what it parsed.
#[derive(Debug)]
struct Kept {
    source: Source,
    index: Arc<Index>,
}

impl Searcher {
    /// A searcher without a search, which costs nothing.
    pub fn new(post: Post) -> Searcher {
        Searcher { worker: Worker::new("search", post), kept: Arc::default(), last: Arc::default() }
    }

    /// Looks for a query; the answer goes to the mailbox, unless another search is asked for before it is known.
    pub fn look(&mut self, ticket: Ticket, query: String, guide: &Arc<Guide>) {
        let (guide, kept, last) = (Arc::clone(guide), Arc::clone(&self.kept), Arc::clone(&self.last));
        last.store(ticket, Ordering::Relaxed);
        self.worker.give(move || {
            let wanted = || last.load(Ordering::Relaxed) == ticket;
            // The index is made even where the search itself has been overtaken.
            let index = index_of(&kept, &guide);
            let found = answer(&guide, &index, &query, &wanted)?;
            Some(Mail::Msg(Msg::Found(ticket, found)))
        });
    }
}

fn index_of(kept: &Mutex<Option<Kept>>, guide: &Arc<Guide>) -> Arc<Index> {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = kept.as_ref().filter(|kept| kept.source.is_same(&guide.source)) {
        return Arc::clone(&kept.index);
    }
    // The old one goes before the new one comes: two of a large guide are one too many.
    *kept = None;
    let index = Arc::new(Index::of(guide));
    *kept = Some(Kept { source: guide.source.clone(), index: Arc::clone(&index) });
    index
}

/// None where the answer is not wanted any more.
fn answer(guide: &Guide, index: &Index, query: &str, wanted: &dyn Fn() -> bool) -> Option<Result<Arc<Hits>, Flaw>> {
    if !wanted() {
        return None;
    }
    match Query::read(query) {
        Ok(Some(query)) => index.find(guide, &query, wanted).map(|hits| Ok(Arc::new(hits))),
        Ok(None) => Some(Ok(Arc::default())),
        Err(flaw) => Some(Err(flaw)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Origin;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    fn guide(text: &str) -> Arc<Guide> {
        Arc::new(Guide::parse(text, &Origin::default()))
    }

    #[test]
    fn the_last_search_is_answered_and_the_guide_may_be_another_one() {
        let (to, mailbox) = channel();
        let mut searcher = Searcher::new(Post(to));
        let (one, two) = (guide("mot"), guide("mot mot"));
        for (ticket, query, guide) in [(1, "", &one), (2, "m", &one), (3, "mot", &one)] {
            searcher.look(ticket, query.into(), guide);
        }
        let next = |wanted: Ticket| loop {
            match mailbox.recv_timeout(Duration::from_secs(20)) {
                Ok(Mail::Msg(Msg::Found(ticket, found))) if ticket == wanted => return found.map(|h| h.len()),
                Ok(Mail::Msg(Msg::Found(ticket, _))) => assert!(ticket < wanted),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(next(3), Ok(1));
        searcher.look(4, "mot".into(), &two);
        assert_eq!(next(4), Ok(2));
        searcher.look(5, "re:(".into(), &two);
        assert_eq!(next(5), Err(Flaw::OpenGroup));
    }

    #[test]
    fn a_search_that_was_overtaken_has_no_answer() {
        let guide = guide("mot");
        let index = Index::of(&guide);
        assert_eq!(answer(&guide, &index, "mot", &|| false), None);
        assert!(answer(&guide, &index, "mot", &|| true).is_some());
    }
}
