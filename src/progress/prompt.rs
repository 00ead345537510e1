//! The status in one line, for a shell's prompt or a status bar: `{done}/{total} {next}`. Counts nothing itself.

use super::Report;
use crate::guide::{CleanText, GroupKind};
use std::fmt;

/// The fields that a template may name, for help texts and for the error.
pub const FIELDS: [&str; 8] = ["done", "total", "open", "percent", "steps", "values", "next", "title"];

/// A template that cannot be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadTemplate {
    /// There is no field of this name.
    Unknown(CleanText),
    /// A brace has no counterpart; what follows it, or stands before it.
    Unpaired(CleanText),
}

impl fmt::Display for BadTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadTemplate::Unknown(name) => write!(f, "{{{name}}}"),
            BadTemplate::Unpaired(part) => f.write_str(part),
        }
    }
}

/// Fills in a template. Each of [`FIELDS`] stands in braces; two braces are one. `steps` (tasks among them) and
/// `values` are counts like `2/5`; `next` is the label of the next open item, empty where all is settled; `percent` is
/// 100 only then. What comes out is one clean line, whatever the guide says.
pub fn format(report: &Report, template: &str) -> Result<CleanText, BadTemplate> {
    let mut line = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        line.push_str(before);
        if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
            line.extend(from.chars().next());
            rest = after;
            continue;
        }
        let unpaired = || BadTemplate::Unpaired(CleanText::line(from).cut(40));
        let (name, after) = from.strip_prefix('{').and_then(|f| f.split_once('}')).ok_or_else(unpaired)?;
        let value = field(report, name).ok_or_else(|| BadTemplate::Unknown(CleanText::line(name).cut(40)))?;
        line.push_str(&value);
        rest = after;
    }
    line.push_str(rest);
    Ok(CleanText::line(&line))
}

fn field(report: &Report, name: &str) -> Option<String> {
    let count = |wanted: fn(GroupKind) -> bool| {
        let groups = report.groups.iter().filter(|g| wanted(g.kind));
        let (done, total) = groups.fold((0, 0), |(done, total), g| (done + g.done, total + g.total));
        format!("{done}/{total}")
    };
    Some(match name {
        "done" => report.done.to_string(),
        "total" => report.total.to_string(),
        "open" => report.total.saturating_sub(report.done).to_string(),
        // Rounded down: 100 % of a thousand items is not 999 of them. A guide without items has nothing open.
        "percent" => (100 * report.done).checked_div(report.total).unwrap_or(100).to_string(),
        "steps" => count(|kind| kind != GroupKind::Values),
        "values" => count(|kind| kind == GroupKind::Values),
        "next" => report.next.as_ref().map(|n| n.label.to_string()).unwrap_or_default(),
        "title" => report.guide.title.to_string(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::samples::{guide, record};
    use crate::progress::{Log, Op, Walk, report};
    use proptest::prelude::*;

    fn status(ticked: &[&str]) -> Report {
        let stamp = |(n, id): (usize, &&str)| record("lise-1a2b3c4d", n as u64 + 1, n as i64, id, Op::Done);
        report(&guide(), &ticked.iter().enumerate().map(stamp).collect::<Log>(), &Walk::default(), 10, 90)
    }

    fn filled(ticked: &[&str], template: &str) -> String {
        format(&status(ticked), template).unwrap().to_string()
    }

    #[test]
    fn a_template_is_filled_in() {
        assert_eq!(filled(&["s1"], "{done}/{total} {next}"), "2/7 Libellé de s2");
        assert_eq!(
            filled(&["s1", "v2"], "{title}: {steps}, {values}; {open} open, {percent} %"),
            "Un guide: 2/5, 1/2; 4 open, 42 %"
        );
        assert_eq!(filled(&[], "{{{done}}} }}{{"), "{1} }{");
        assert_eq!(filled(&["s1", "s2", "s3", "t2", "v1", "v2"], "[{next}] {percent}"), "[] 100");
        assert_eq!(filled(&[], ""), "");
    }

    #[test]
    fn each_field_that_is_named_is_known() {
        for name in FIELDS {
            assert!(format(&status(&[]), &format!("{{{name}}}")).is_ok(), "{name}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_template_is_named() {
        let wrong = |template: &str| format(&status(&[]), template).unwrap_err();
        assert_eq!(wrong("{done} {left}"), BadTemplate::Unknown(CleanText::line("left")));
        assert_eq!(wrong("{}"), BadTemplate::Unknown(CleanText::line("")));
        assert_eq!(wrong("{done"), BadTemplate::Unpaired(CleanText::line("{done")));
        assert_eq!(wrong("done}"), BadTemplate::Unpaired(CleanText::line("}")));
        assert_eq!(wrong("{\u{1b}[2J}").to_string(), "{␛[2J}");
    }

    #[test]
    fn a_guide_without_items_has_nothing_open() {
        let report = report(&crate::guide::Guide::default(), &Log::default(), &Walk::default(), 0, 90);
        assert_eq!(format(&report, "{percent} {open}{next}").unwrap().as_str(), "100 0");
    }

    proptest! {
        #[test]
        fn any_template_gives_one_clean_line_or_an_error(template in "[{}a-z\\PC]{0,40}") {
            if let Ok(line) = format(&status(&[]), &template) {
                prop_assert!(!line.contains('\n') && !line.chars().any(char::is_control));
            }
        }
    }
}
