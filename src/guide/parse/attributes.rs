//! Attributes at a heading's end, `{#id .class key=value}`: no text of the guide, but a name that survives edits.
//! The parser's own rule takes any `{word}` away; ours leaves `GET /users/{id}` alone.

/// The attributes that a heading's source ends with, as written, and the id among them.
pub(super) fn find(source: &str) -> Option<(&str, Option<&str>)> {
    let line = without_underline(source.trim_end());
    let line = without_closing(line);
    let inside = line.strip_suffix('}')?;
    let open = inside.rfind('{')?;
    let (before, literal) = (line.get(..open)?, line.get(open..)?);
    if before.ends_with('\\') {
        return None;
    }
    let words = || inside.get(open + 1..).unwrap_or_default().split_ascii_whitespace();
    let is_word = |word: &str| match word.strip_prefix(['#', '.']) {
        _ if word.contains('}') => false,
        Some(name) => !name.is_empty(),
        None => word.split_once('=').is_some_and(|(key, _)| !key.is_empty()),
    };
    let is_named = words().any(|word| word.starts_with(['#', '.']));
    (is_named && words().all(is_word)).then(|| (literal, words().rev().find_map(|word| word.strip_prefix('#'))))
}

/// A setext heading's last line is its underline (CommonMark 4.3).
fn without_underline(source: &str) -> &str {
    match source.rsplit_once('\n') {
        Some((text, last)) if last.trim_matches([' ', '\t', '>']).trim_matches(['=', '-']).is_empty() => {
            text.trim_end()
        }
        _ => source,
    }
}

/// An ATX heading may end with a closing sequence of `#` (CommonMark 4.2).
fn without_closing(line: &str) -> &str {
    let bare = line.trim_end_matches('#');
    if bare.len() < line.len() && bare.ends_with([' ', '\t']) { bare.trim_end() } else { line }
}
