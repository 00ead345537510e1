//! Prints a guide, laid out, on standard output: by two hands, with colours where they are wanted. What a row looks like is
//! decided elsewhere.

use super::guides::at_a_time;
use super::paint::Paint;
use super::{Call, End, Opened, Trouble};
use crate::cli::{self, Marks};
use crate::edge::colouring::Slow;
use crate::guide::Guide;
use crate::layout::{Measures, Stretch};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

pub(super) fn show(call: &Call, opened: &mut Opened) -> Result<(), End> {
    let walked = call.walk(opened);
    call.warn(walked.troubles.iter().filter(|t| **t != Trouble::NoHome));
    let report = call.report(&opened.guide, &walked);
    let marks = Marks::of(&opened.guide, Some(&report), call.glyphs());
    drop((walked, report));
    let (paint, toggled, slow) = (call.paint(), BTreeSet::new(), Slow::default());
    // What one hand measured of a table it or the other one need not measure again.
    let measured: Mutex<Vec<Measures>> = Mutex::default();
    let kept = || measured.lock().unwrap_or_else(PoisonError::into_inner);
    let text = |guide: &Guide, stretch: &Stretch| {
        let measures = kept().pop().unwrap_or_default();
        let colours = match paint {
            Paint::Plain => Default::default(),
            Paint::Styled(..) => slow.coloured(guide, stretch.start.block..stretch.end.block),
        };
        let layout = call.layout(guide, &colours, &toggled, &measures);
        let text = match &paint {
            Paint::Plain => cli::show_plain(&layout, stretch, &marks),
            Paint::Styled(..) => {
                let mut text = String::new();
                cli::show(&layout, stretch, &marks, |row| text.extend([&paint.row(&row), "\n"]));
                text
            }
        };
        kept().push(measures);
        text
    };
    let mut out = io::stdout();
    cli::print(&mut opened.guide, &at_a_time, &text, &mut |text| out.write_all(text.as_bytes()))?;
    Ok(out.flush()?)
}
