//! Where a place stands in the source: the way back from what is read to what was written.

use super::{Anchor, BlockKind, Guide};

impl Guide {
    /// The line of the source, from 1, that a place came from: its block's first one, and in code the very line.
    pub fn source_line(&self, place: Anchor) -> usize {
        let Some(block) = self.block(place.block) else { return 1 };
        let feeds = |text: &str| text.bytes().filter(|b| *b == b'\n').count();
        let first = 1 + feeds(self.source.get(..block.source.start).unwrap_or_default());
        if !matches!(block.kind, BlockKind::Code { .. }) {
            return first;
        }
        let written = self.source.get(block.source.clone()).unwrap_or_default();
        let opening = written.trim_start();
        let fence = usize::from(opening.starts_with("```") || opening.starts_with("~~~"));
        let above = feeds(block.text.get(..place.byte as usize).unwrap_or_default());
        (first + fence + above).min(first + feeds(written.trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Origin;
    use super::*;

    /// The line of the block that holds a text, and within it of the text where it is code.
    fn line(guide: &Guide, text: &str) -> usize {
        let (block, found) = guide.blocks().find(|(_, b)| b.text.contains(text)).unwrap();
        let byte = found.text.find(text).unwrap() as u32;
        guide.source_line(Anchor { block, byte, nth: 0 })
    }

    #[test]
    fn a_place_leads_to_the_line_that_it_was_written_on() {
        let source = "---\ntitle: x\n---\n\n# Un\n\nTexte\nencore.\n\n- a\n- b\n  ```sh\n  eins\n  zwei\n  ```\n\n> quote\n\n    indented\n    code\n\nDeux\n====\n";
        let guide = Guide::parse(source, &Origin::default());
        for (text, wanted) in
            [("Un", 5), ("Texte", 7), ("a", 10), ("b", 11), ("eins", 13), ("zwei", 14), ("quote", 17), ("code", 20)]
        {
            assert_eq!(line(&guide, text), wanted, "{text}");
        }
        assert_eq!(line(&guide, "Deux"), 22);
        assert_eq!(line(&Guide::parse("\u{feff}a\r\n\r\nb\r\n", &Origin::default()), "b"), 3);
    }

    #[test]
    fn a_place_that_is_none_leads_somewhere() {
        let far = Anchor { block: 9, byte: 9, nth: 9 };
        assert_eq!(Guide::default().source_line(far), 1);
        let guide = Guide::parse("```\na\n```", &Origin::default());
        assert_eq!(guide.source_line(Anchor { block: 0, byte: u32::MAX, nth: 0 }), 2);
    }
}
