//! pulldown-cmark's events become blocks: the only file that names `pulldown_cmark`.

use super::{Guide, Origin};

pub(super) fn parse(source: &str, origin: &Origin) -> Guide {
    let _ = origin;
    Guide { source: source.to_owned(), ..Guide::default() }
}
