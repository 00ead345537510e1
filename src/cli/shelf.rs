//! `status` of a folder with several guides: a line for each, for people, and the status of each, for programs. Counts
//! nothing itself.

use super::page::{Page, Row, Voice};
use crate::progress::Report;
use crate::theme::{Glyphs, Role};

/// The guides of a folder for people, in the order given; each is told by its title and its file.
pub fn shelf(reports: &[Report], voice: &Voice) -> Page {
    let count = |report: &Report| match report.total {
        0 => String::new(),
        total => format!("{}/{total}", report.done),
    };
    let width = reports.iter().map(|report| count(report).len()).max().unwrap_or(0);
    let row = |report: &Report| {
        let (role, mark) = mark(report, voice.glyphs);
        let path = report.guide.path.as_deref().unwrap_or_default();
        Row::of(Role::Muted, format!("{:>width$} ", count(report)))
            .with(role, mark)
            .with(Role::Text, format!(" {}", report.guide.title))
            .with(Role::Muted, format!("  {path}"))
    };
    reports.iter().map(row).collect()
}

/// `status --json` of a folder with several guides: an array of what the status of each of them is.
pub fn shelf_json(reports: &[Report]) -> String {
    super::json(&reports)
}

/// How much of a guide is settled, as the outline marks it for a section.
fn mark(report: &Report, glyphs: &'static Glyphs) -> (Role, &'static str) {
    match (report.done, report.total) {
        (_, 0) => (Role::Faint, glyphs.dot),
        (0, _) => (Role::Open, glyphs.empty),
        (done, total) if done == total => (Role::Done, glyphs.full),
        _ => (Role::Accent, glyphs.half),
    }
}

#[cfg(test)]
mod tests {
    use super::super::page::tests::{plain, voice};
    use super::super::samples;
    use super::*;
    use crate::guide::CleanText;
    use crate::words::Lang;

    #[test]
    fn each_guide_has_a_line_with_its_count_in_a_column() {
        let report = |title: &str, done, total| {
            let mut report = samples::report(&samples::guide(), &[]);
            report.guide.title = CleanText::line(title);
            report.guide.path = Some(CleanText::line(&format!("{title}.md")));
            Report { done, total, ..report }
        };
        let reports = [report("a", 0, 3), report("b", 2, 12), report("c", 4, 4), report("d", 0, 0)];
        let expected = " 0/3 ○ a  a.md\n2/12 ◐ b  b.md\n 4/4 ● c  c.md\n     · d  d.md\n";
        assert_eq!(plain(&shelf(&reports, &voice(Lang::En))), expected);
        let told: serde_json::Value = serde_json::from_str(&shelf_json(&reports)).unwrap();
        assert_eq!((told.as_array().map(Vec::len), &told[1]["guide"]["title"]), (Some(4), &"b".into()));
    }
}
