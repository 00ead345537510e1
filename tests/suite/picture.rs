//! The README's picture is what the program draws: the first frame at 120x40 on the guide built in, a few steps on.
//! `JALON_BLESS=1` writes it anew; look at it then.

use crate::svg::svg;
use jalon::app::{Model, Settings};
use jalon::guide::{BUILT_IN_BASE, BaseUrl, CleanText, Guide, Origin};
use jalon::progress::{Change, Dot, Hlc, Log, Op, Record, Subject};
use jalon::theme::{ThemeChoice, Themed};
use jalon::view;
use jalon::words::Lang;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// 2026-11-24, nine o'clock in UTC.
const NOW: i64 = 1_795_510_800_000;

/// What somebody did before: two steps ticked, one value affirmed.
fn log(guide: &Guide) -> Log {
    let mut log = Log::default();
    for (n, (item, op, days)) in [(0, Op::Done, 9), (1, Op::Done, 2), (5, Op::Affirm, 3)].into_iter().enumerate() {
        let change = Change { subject: Subject::of_item(guide, item), op };
        let dot = Dot { device: "lise-1a2b3c4d".to_owned(), n: n as u64 + 1 };
        let at = Hlc { millis: NOW - days * 86_400_000, counter: 0 };
        log.add(Record { dot, at, by: CleanText::line("lise"), change });
    }
    log
}

/// The guide built in, as the first frame has it.
fn model(width: u16, height: u16) -> Model {
    let base_url = Some(BaseUrl::Otherwise(BUILT_IN_BASE.to_owned()));
    let origin = Origin { name: "lancer-sa-communaute".to_owned(), base_url };
    let guide = Guide::parse(include_str!("../../content/lancer-sa-communaute.md"), &origin);
    let settings = Settings {
        lang: Lang::Fr,
        theme: ThemeChoice::Night,
        who: CleanText::line("lise"),
        device: "lise-1a2b3c4d".to_owned(),
        ..Settings::default()
    };
    let log = log(&guide);
    let mut model = Model::new(Arc::new(guide), log, settings, (width, height), NOW);
    model.themed = Themed::Night;
    model
}

#[test]
fn the_readme_s_picture_is_what_the_program_draws() {
    let model = model(120, 40);
    let area = Rect::new(0, 0, 120, 40);
    let mut buffer = Buffer::empty(area);
    view::draw(&model, area, &mut buffer);
    let drawn = svg(&buffer, Color::Rgb(0xd2, 0xd7, 0xe0), Color::Rgb(0x19, 0x1c, 0x24));
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".assets/jalon.svg");
    if std::env::var_os("JALON_BLESS").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &drawn).unwrap();
        return;
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == drawn, "the picture is behind the program: JALON_BLESS=1 cargo test --test suite picture");
}
