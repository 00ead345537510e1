//! The configuration's way in and out: which file is read, the variables of the environment, and what `jalon config`
//! prints. What they mean is `cli`'s business.

use super::guides::{self, shown};
use super::{Call, End, print_text};
use crate::cli::{
    self, About, At, Config, Flaw, Force, LARGEST_CONFIG, Options, Value, example, from_variables, in_force,
    read_config, told,
};
use crate::guide::CleanText;
use crate::words::{Cannot, ConfigWord, Fault, Lang, Setting};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What was found of a configuration, and what holds because of it.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// What holds.
    pub(super) force: Force,
    /// What the file says.
    file: Config,
    /// What the environment says.
    environment: Config,
    /// The file that is read, or would be.
    path: Option<PathBuf>,
    /// Whether it is there.
    there: bool,
    /// What is wrong with it.
    flaws: Vec<Flaw>,
}

/// Finds what holds. The program ends where an option asks in vain for a file or for a theme.
pub(super) fn find(options: &Options, locale: Lang) -> Result<Found, End> {
    let lang = options.lang.unwrap_or(locale);
    let path = options.config.clone().or_else(|| variable("JALON_CONFIG").map(PathBuf::from)).or_else(usual);
    let read = path.as_deref().map_or(Err(Fault::Unreadable(Cannot::NotFound)), load);
    let (file, mut flaws, there) = match (read, &options.config) {
        (Ok((file, flaws)), _) => (file, flaws, true),
        (Err(what), Some(path)) => {
            let flaw = Flaw { at: At::File, what };
            return Err(End::Told(flaw.say(&shown(path), lang).to_string(), 2));
        }
        (Err(Fault::Unreadable(Cannot::NotFound)), None) => (Config::default(), Vec::new(), false),
        (Err(what), None) => (Config::default(), vec![Flaw { at: At::File, what }], true),
    };
    let (environment, wrong) = from_variables(variable, &file.themes);
    flaws.extend(wrong);
    let force = in_force(options, &environment, &file);
    let force = force.map_err(|fault| End::Told(format!("--theme: {}", fault.say(lang)), 2))?;
    Ok(Found { force, file, environment, path, there, flaws })
}

impl Found {
    /// What is wrong, as far as it is told without being asked for.
    pub(super) fn complaints(&self, lang: Lang) -> Vec<CleanText> {
        self.told_of(&self.name(), lang)
    }

    /// The same for the screen, which has no room for a whole path.
    pub(super) fn banners(&self, lang: Lang) -> Vec<CleanText> {
        let name = self.path.as_deref().and_then(Path::file_name).map(|name| shown(Path::new(name)));
        self.told_of(&name.unwrap_or_else(|| self.name()), lang)
    }

    fn told_of(&self, name: &CleanText, lang: Lang) -> Vec<CleanText> {
        cli::urgent(&self.flaws).iter().map(|flaw| flaw.say(name, lang)).collect()
    }

    /// Which file is read, or would be.
    fn whence(&self) -> ConfigWord {
        match (&self.path, self.there) {
            (None, _) => ConfigWord::NoFolder,
            (Some(_), true) => ConfigWord::ReadFrom(self.name()),
            (Some(_), false) => ConfigWord::NoFile(self.name()),
        }
    }

    fn name(&self) -> CleanText {
        self.path.as_deref().map_or_else(|| CleanText::line("config.toml"), shown)
    }
}

/// Prints what is asked about the configuration.
pub(super) fn tell(call: &Call, about: &About) -> Result<ExitCode, End> {
    match about {
        About::Example => print_text(&example(call.lang))?,
        About::Force => print_text(&in_words(call))?,
        About::Check(file) => return check(call, file.as_deref()),
    }
    Ok(ExitCode::SUCCESS)
}

fn in_words(call: &Call) -> String {
    let found = &call.found;
    let system = |setting| match setting {
        Setting::Lang => Some(cli::lang_name(call.lang).to_owned()),
        Setting::As => Some(call.around.user()),
        _ => None,
    };
    told(&found.whence(), &call.asked.options, &found.environment, &found.file, system, call.lang)
}

/// Prints what is wrong with a file. That one's own is not there is no fault.
fn check(call: &Call, file: Option<&Path>) -> Result<ExitCode, End> {
    let found = &call.found;
    let (name, flaws) = match file {
        None => (found.name(), found.flaws.clone()),
        Some(path) => {
            let whole = |what| vec![Flaw { at: At::File, what }];
            (shown(path), load(path).map_or_else(whole, |(_, flaws)| flaws))
        }
    };
    if let Some(flaw) = flaws.iter().find(|flaw| flaw.what.is_of_whole_file()) {
        return Err(End::Told(flaw.say(&name, call.lang).to_string(), 2));
    }
    let lines = flaws.iter().map(|flaw| flaw.say(&name, call.lang).to_string());
    let fine = match (file, found.there) {
        (None, false) => found.whence(),
        _ => ConfigWord::Fine(name.clone()),
    };
    let fine = flaws.is_empty().then(|| fine.say(call.lang).into_owned());
    super::lines(lines.chain(fine))?;
    Ok(ExitCode::from(u8::from(!flaws.is_empty())))
}

/// Reads a file. The error is about the file as a whole.
fn load(path: &Path) -> Result<(Config, Vec<Flaw>), Fault> {
    let bytes = guides::small(path, LARGEST_CONFIG).map_err(|why| match why {
        Cannot::TooLarge => Fault::TooLarge(LARGEST_CONFIG),
        why => Fault::Unreadable(why),
    })?;
    let text = String::from_utf8(bytes).map_err(|_| Fault::NotUtf8)?;
    let (config, flaws) = read_config(&text);
    Ok((at_home(config, path), flaws))
}

/// One's own file: `$XDG_CONFIG_HOME/jalon/config.toml`, on macOS too.
fn usual() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let home = etcetera::base_strategy::Xdg::new().ok().map(|xdg| xdg.config_dir());
    let named = || std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|p| p.is_absolute());
    Some(home.or_else(named)?.join("jalon").join("config.toml"))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}

/// The folder for progress is meant from the file's own place, or from the home.
fn at_home(mut file: Config, path: &Path) -> Config {
    if let Some(Value::Text(folder)) = file.values.get_mut(&Setting::Progress) {
        let at_home = folder.strip_prefix("~/").and_then(|rest| Some(etcetera::home_dir().ok()?.join(rest)));
        let beside = || path.parent().unwrap_or(Path::new("")).join(&*folder);
        *folder = at_home.unwrap_or_else(beside).to_string_lossy().into_owned();
    }
    file
}
