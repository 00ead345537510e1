//! What is wrong with the configuration: one line each. What it quotes is cleaned before it comes here; the file and
//! the line are said by whoever tells it.

use super::settings::Wants;
use super::{Action, Cannot, Lang};
use crate::guide::CleanText;
use std::borrow::Cow;

/// Something wrong with the configuration.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// A line is no TOML: the parser's own words, and the line.
    NotToml(CleanText, CleanText),
    /// There is no such key; perhaps this one was meant.
    UnknownKey(CleanText, Option<&'static str>),
    /// A key takes something else.
    WrongValue(CleanText, Wants),
    /// A key takes a table.
    NotTable(CleanText),
    /// There is no such place for keys; these there are.
    UnknownPlace(CleanText, String),
    /// There is no such action; perhaps this one was meant.
    UnknownAction(CleanText, Option<&'static str>),
    /// An action has no use in a place.
    OutOfPlace(Action, &'static str),
    /// An action takes a list of keys.
    NotKeys(CleanText),
    /// A text names no key.
    NoKey(CleanText, CleanText),
    /// Terminals send another key for this one.
    SentAs(String, String),
    /// A key was given to another action before, in the same place.
    KeyTaken(String, Action, &'static str),
    /// A key always does one thing.
    KeyKept(String, Action),
    /// The last key of an action was given to another one.
    KeyRobbed(String, Action, &'static str),
    /// There is no such theme; these there are.
    UnknownTheme(CleanText, String),
    /// A theme cannot have this name.
    ThemeName(CleanText),
    /// A theme stands on none of the three.
    ThemeBase(CleanText),
    /// A theme has no such role; perhaps this one was meant.
    UnknownRole(CleanText, Option<&'static str>),
    /// An ink cannot be read, because of this word.
    BadInk(CleanText, CleanText),
    /// A ground cannot be read.
    BadPaper(CleanText),
    /// A role can hardly be read: its contrast.
    Faint(CleanText, f64),
    /// So can other roles of a theme, for its grounds: how many, the worst one, its contrast.
    FaintOthers(usize, &'static str, f64),
    /// The file is larger than this many bytes, and was left out of account.
    TooLarge(usize),
    /// The file is not UTF-8, and was left out of account.
    NotUtf8,
    /// The file cannot be read.
    Unreadable(Cannot),
    /// And so many more.
    More(usize),
}

impl Fault {
    /// Whether nothing of the file could be read.
    pub fn is_of_whole_file(&self) -> bool {
        matches!(self, Fault::TooLarge(_) | Fault::NotUtf8 | Fault::Unreadable(_))
    }

    /// The sentence in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(&self) -> Cow<'static, str> {
        match self {
            Fault::NotToml(_, line) => format!("cette ligne n’est pas du TOML : {line}"),
            Fault::UnknownKey(key, near) => format!("clef inconnue « {key} »{}", perhaps(*near)),
            Fault::WrongValue(key, wants) => format!("« {key} » attend {}", wants.say(Lang::Fr)),
            Fault::NotTable(key) => format!("« {key} » attend une table, [{key}]"),
            Fault::UnknownPlace(place, all) => format!("lieu inconnu « {place} » ; il y a {all}"),
            Fault::UnknownAction(name, near) => format!("action inconnue « {name} »{}", perhaps(*near)),
            Fault::OutOfPlace(action, place) => format!("« {} » n’a pas d’effet dans « {place} »", action.name()),
            Fault::NotKeys(key) => format!("« {key} » attend une liste de touches, par exemple [\"g\", \"ctrl-home\"]"),
            Fault::NoKey(key, text) => format!("« {key} » : « {text} » n’est pas une touche"),
            Fault::SentAs(key, sent) => format!("la touche {key} : les terminaux envoient {sent} à sa place"),
            Fault::KeyTaken(key, by, place) => {
                format!("la touche {key} est déjà celle de « {} » dans « {place} », qui la garde", by.name())
            }
            Fault::KeyKept(key, by) => format!("la touche {key} reste celle de « {} »", by.name()),
            Fault::KeyRobbed(key, of, place) => format!(
                "la touche {key} était la dernière de « {0} » dans « {place} » ; donnez-lui-en une autre, ou écrivez {0} = []",
                of.name()
            ),
            Fault::UnknownTheme(name, all) => format!("thème inconnu « {name} » ; il y a {all}"),
            Fault::ThemeName(name) => format!("un thème ne peut s’appeler « {name} » : ce nom a déjà un sens"),
            Fault::ThemeBase(key) => format!("« {key} » attend \"day\", \"night\" ou \"terminal\""),
            Fault::UnknownRole(role, near) => format!("rôle inconnu « {role} »{}", perhaps(*near)),
            Fault::BadInk(key, word) => {
                format!("« {key} » : « {word} » n’est ni une couleur (#rrggbb ou un nom) ni une graisse")
            }
            Fault::BadPaper(key) => format!("« {key} » attend une couleur, #rrggbb ou un nom"),
            Fault::Faint(key, ratio) => format!("« {key} » se lit mal : contraste de {}, il en faut 4,5", fr(*ratio)),
            Fault::FaintOthers(n, worst, ratio) => format!(
                "sur ces fonds, {n} {} mal, dont « {worst} » : contraste de {}, il en faut 4,5",
                Lang::Fr.plural(*n, "rôle se lit", "rôles se lisent"),
                fr(*ratio)
            ),
            Fault::TooLarge(limit) => format!("fichier de plus de {limit} octets, laissé de côté"),
            Fault::NotUtf8 => "ce n’est pas de l’UTF-8, fichier laissé de côté".to_owned(),
            Fault::Unreadable(why) => why.french().into_owned(),
            Fault::More(n) => format!(
                "et {n} {} ; « jalon config --check » les montre tous",
                Lang::Fr.plural(*n, "autre problème", "autres problèmes")
            ),
        }
        .into()
    }

    fn english(&self) -> Cow<'static, str> {
        match self {
            Fault::NotToml(why, _) => format!("not TOML: {why}"),
            Fault::UnknownKey(key, near) => format!("unknown key `{key}`{}", maybe(*near)),
            Fault::WrongValue(key, wants) => format!("`{key}` takes {}", wants.say(Lang::En)),
            Fault::NotTable(key) => format!("`{key}` takes a table, [{key}]"),
            Fault::UnknownPlace(place, all) => format!("unknown place `{place}`; there are {all}"),
            Fault::UnknownAction(name, near) => format!("unknown action `{name}`{}", maybe(*near)),
            Fault::OutOfPlace(action, place) => format!("`{}` does nothing in `{place}`", action.name()),
            Fault::NotKeys(key) => format!("`{key}` takes a list of keys, such as [\"g\", \"ctrl-home\"]"),
            Fault::NoKey(key, text) => format!("`{key}`: `{text}` is no key"),
            Fault::SentAs(key, sent) => format!("the key {key}: terminals send {sent} in its place"),
            Fault::KeyTaken(key, by, place) => {
                format!("the key {key} is that of `{}` in `{place}` already, which keeps it", by.name())
            }
            Fault::KeyKept(key, by) => format!("the key {key} stays that of `{}`", by.name()),
            Fault::KeyRobbed(key, of, place) => format!(
                "the key {key} was the last one of `{0}` in `{place}`; give it another one, or write {0} = []",
                of.name()
            ),
            Fault::UnknownTheme(name, all) => format!("unknown theme `{name}`; there are {all}"),
            Fault::ThemeName(name) => format!("a theme cannot be called `{name}`: the name has a meaning already"),
            Fault::ThemeBase(key) => format!("`{key}` takes \"day\", \"night\" or \"terminal\""),
            Fault::UnknownRole(role, near) => format!("unknown role `{role}`{}", maybe(*near)),
            Fault::BadInk(key, word) => {
                format!("`{key}`: `{word}` is neither a colour (#rrggbb or a name) nor a weight")
            }
            Fault::BadPaper(key) => format!("`{key}` takes a colour, #rrggbb or a name"),
            Fault::Faint(key, ratio) => format!("`{key}` is hard to read: a contrast of {ratio:.1}, 4.5 is needed"),
            Fault::FaintOthers(n, worst, ratio) => format!(
                "on these grounds {n} {} hard to read, such as `{worst}`: a contrast of {ratio:.1}, 4.5 is needed",
                Lang::En.plural(*n, "role is", "roles are")
            ),
            Fault::TooLarge(limit) => format!("more than {limit} bytes, left out of account"),
            Fault::NotUtf8 => "not UTF-8, left out of account".to_owned(),
            Fault::Unreadable(why) => why.english().into_owned(),
            Fault::More(n) => format!(
                "and {n} more {}; `jalon config --check` shows them all",
                Lang::En.plural(*n, "problem", "problems")
            ),
        }
        .into()
    }
}

fn perhaps(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!(" ; peut-être « {near} »"))
}

fn maybe(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!("; perhaps `{near}`"))
}

/// A number with the comma of French decimals.
fn fr(ratio: f64) -> String {
    format!("{ratio:.1}").replace('.', ",")
}
