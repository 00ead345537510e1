//! Finds the item that the shell means. Owns the order of the rules; says nothing in words.

use super::Report;
use crate::guide::{Guide, ItemIndex, fold};
use std::collections::HashSet;

/// Why no item was found by what the shell was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unselected {
    /// Nothing fits.
    Nothing,
    /// Several items fit.
    Ambiguous(Vec<ItemIndex>),
}

impl Report {
    /// The item that is meant: by its number in this status, by its id of today or of
    /// yesterday, by its label, or by a part of the label that
    /// no other has, whatever its case and accents. Items of groups left out have no number, and are looked at only
    /// where no other fits.
    pub fn select(&self, guide: &Guide, wanted: &str) -> Result<ItemIndex, Unselected> {
        let wanted = wanted.trim();
        let number: Option<usize> = wanted.parse().ok();
        if let Some(found) = self.items().find(|i| Some(i.n) == number) {
            return Ok(found.item);
        }
        if let Some(found) = guide.items.iter().position(|i| i.id.0 == wanted) {
            return Ok(found);
        }
        // An id that somebody wrote down before the guide was edited leads to the same item.
        if let Some(found) = self.items().find(|i| i.was.as_ref().is_some_and(|was| was.0 == wanted)) {
            return Ok(found.item);
        }
        let wanted = fold(wanted).text;
        if wanted.is_empty() {
            return Err(Unselected::Nothing);
        }
        let numbered: HashSet<ItemIndex> = self.items().map(|i| i.item).collect();
        let labels = guide.items.iter().enumerate().map(|(i, item)| (i, fold(&item.label).text));
        let (shown, left_out): (Vec<_>, Vec<_>) = labels.partition(|(i, _)| numbered.contains(i));
        for among in [shown, left_out] {
            let fitting = |fits: &dyn Fn(&str) -> bool| -> Vec<ItemIndex> {
                among.iter().filter(|(_, label)| fits(label)).map(|(i, _)| *i).collect()
            };
            for found in [fitting(&|label| label == wanted), fitting(&|label| label.contains(&wanted))] {
                match found.as_slice() {
                    [] => {}
                    [one] => return Ok(*one),
                    _ => return Err(Unselected::Ambiguous(found)),
                }
            }
        }
        Err(Unselected::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::CleanText;
    use crate::progress::samples::{guide, record};
    use crate::progress::{Log, Op, Walk, report};

    fn select(guide: &Guide, log: &Log, wanted: &str) -> Result<ItemIndex, Unselected> {
        report(guide, log, &Walk::default(), 0, 90).select(guide, wanted)
    }

    #[test]
    fn an_item_goes_by_number_id_label_or_part_of_it() {
        let mut guide = guide();
        for (item, label) in
            [(0, "Indépendance"), (2, "Choisissez"), (3, "Choisissez votre plateforme"), (4, "L’équipe 2")]
        {
            guide.items[item].label = CleanText::line(label);
        }
        let log = Log::default();
        assert_eq!(select(&guide, &log, "2"), Ok(1), "a number before a label");
        assert_eq!(select(&guide, &log, " s3 "), Ok(4));
        assert_eq!(select(&guide, &log, "INDEPEND"), Ok(0));
        assert_eq!(select(&guide, &log, "l'équipe"), Ok(4));
        assert_eq!(select(&guide, &log, "choisissez"), Ok(2), "the whole label before a part");
        assert_eq!(select(&guide, &log, "choisis"), Err(Unselected::Ambiguous(vec![2, 3])));
        for nothing in ["", "0", "99", "rien"] {
            assert_eq!(select(&guide, &log, nothing), Err(Unselected::Nothing), "{nothing:?}");
        }
    }

    #[test]
    fn what_is_left_out_goes_last() {
        let (mut guide, mut log) = (guide(), Log::default());
        guide.items[0].label = CleanText::line("Fêter");
        guide.items[2].label = CleanText::line("Fêter encore");
        log.add(record("lise-1a2b3c4d", 1, 1, "valeurs", Op::Leave));
        assert_eq!(select(&guide, &log, "fêter"), Ok(2));
        assert_eq!(select(&guide, &log, "v1"), Ok(0));
        assert_eq!(select(&guide, &log, "1"), Ok(2));
    }
}
