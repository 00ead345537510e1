//! What people write into a configuration file, the environment and a guide's front matter. What fits is in force, what
//! does not is told in clean lines, and reading what the program itself says of it gives the same again.

use crate::oracle;
use jalon::app::{Code, Key, Model, Msg, Settings, update};
use jalon::cli::{Config, Flaw, Options, from_variables, in_force, read_config, told, urgent};
use jalon::guide::{CleanText, Guide, Oddity, Origin};
use jalon::progress::Log;
use jalon::view;
use jalon::words::{ConfigWord, Fault, Lang};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::{Arc, LazyLock};

/// What is drawn, parsed once.
static PARSED: LazyLock<Arc<Guide>> =
    LazyLock::new(|| Arc::new(Guide::parse("# T\n\n1. [x](#t) `y`\n2. b\n", &Origin::default())));

/// The first byte says whether the rest is a configuration, variables, or front matter.
pub fn run(bytes: &[u8]) {
    let Some((&kind, rest)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    match kind % 4 {
        0 | 1 => configuration(&text),
        2 => variables(&text),
        _ => front_matter(&text),
    }
}

fn configuration(text: &str) {
    let (config, flaws) = read_config(text);
    let file = CleanText::line("config.toml");
    for flaw in flaws.iter().chain(&urgent(&flaws)) {
        for lang in [Lang::Fr, Lang::En] {
            let line = flaw.say(&file, lang);
            assert!(oracle::line_offence(&line).is_none() && !line.is_empty(), "{line:?}");
        }
    }
    let environment = Config::default();
    if config == environment {
        // Nothing of it holds, as with most of what a fuzzer writes: what is shown then is no news.
        return;
    }
    let force = in_force(&Options::default(), &environment, &config).expect("a theme that is not there is left out");
    let from = ConfigWord::ReadFrom(file);
    let page = told(&from, &Options::default(), &environment, &config, |_| None, Lang::En);
    assert_eq!(page.lines().find_map(oracle::line_offence), None, "{page:?}");

    // What is told is a configuration itself, but for the themes of one's own, which it only names.
    let (again, anew) = read_config(&page);
    if config.themes.is_empty() {
        // A key that terminals send as another is in force, and told of each time.
        let known = |flaw: &&Flaw| matches!(flaw.what, Fault::SentAs(..)) && flaws.iter().any(|f| f.what == flaw.what);
        assert_eq!(anew.iter().find(|flaw| !known(flaw)), None, "{page}");
        let force_again = in_force(&Options::default(), &environment, &again).expect("as before");
        assert_eq!(force_again.keymap, force.keymap, "{page}");
        assert_eq!((force_again.width, force_again.theme.clone()), (force.width, force.theme.clone()), "{page}");
    }
    let size = if text.len().is_multiple_of(4) { (80, 24) } else { (40, 12) };
    let settings = Settings {
        lang: force.lang.unwrap_or(Lang::Fr),
        theme: force.theme,
        themes: force.themes,
        ascii: force.ascii,
        outline: force.outline,
        keymap: force.keymap,
        review_after_days: force.review_after_days,
        max_width: force.width,
        who: force.who.unwrap_or_default(),
        ..Settings::default()
    };
    draw(settings, size);
}

/// A screen with these settings, and its help. `Ctrl-c` leaves whatever was wished.
fn draw(settings: Settings, size: (u16, u16)) {
    let mut model = Model::new(Arc::clone(&PARSED), Log::default(), settings, size, 0);
    let area = Rect::new(0, 0, size.0, size.1);
    let show = |model: &Model| {
        let mut buffer = Buffer::empty(area);
        view::draw(model, area, &mut buffer);
        let text: String = buffer.content().iter().map(|cell| cell.symbol()).collect();
        assert_eq!(oracle::line_offence(&text), None, "{text:?}");
    };
    show(&model);
    for key in [Key::char('?'), Key::plain(Code::Esc), Key::char('3'), Key::char('x')] {
        update(&mut model, Msg::Key(key));
        show(&model);
    }
    let leave = Key { ctrl: true, ..Key::char('c') };
    assert!(!update(&mut model, Msg::Key(leave)).is_empty(), "there is a way out");
}

fn variables(text: &str) {
    let mut lines = text.lines();
    let values: Vec<(&str, &str)> = lines.by_ref().filter_map(|line| line.split_once('=')).collect();
    let variable = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let (environment, flaws) = from_variables(variable, &[]);
    for flaw in &flaws {
        let line = flaw.say(&CleanText::line("config.toml"), Lang::Fr);
        assert_eq!(oracle::line_offence(&line), None, "{line:?}");
    }
    let file = Config::default();
    let force = in_force(&Options::default(), &environment, &file);
    assert!(force.is_ok(), "a theme that is not there is left out");
    let page = told(&ConfigWord::NoFolder, &Options::default(), &environment, &file, |_| None, Lang::Fr);
    assert_eq!(page.lines().find_map(oracle::line_offence), None, "{page:?}");
}

fn front_matter(text: &str) {
    let guide = Guide::parse(&format!("---\n{text}\n---\n\n# Titre\n\n1. un\n2. deux\n"), &Origin::default());
    let front = &guide.front;
    let texts = [&guide.title].into_iter().chain(&front.title).chain(&front.description).chain(&front.id);
    let keys = front.all.iter().flat_map(|(key, value)| [key, value]);
    for text in texts.chain(keys).chain(&front.values).chain(&front.ignore).chain(&guide.base) {
        assert_eq!(oracle::line_offence(text), None, "{text:?}");
    }
    for oddity in &guide.oddities {
        if let Oddity::FrontMatter(why) = oddity {
            assert_eq!(oracle::line_offence(why), None, "{why:?}");
            assert!(why.chars().count() <= 200 && !why.is_empty());
        }
    }
    assert!(guide.title.chars().count() <= 501);
}
