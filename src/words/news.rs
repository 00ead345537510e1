//! What is new: in a guide that was read again, and since one last had it open. One line each.

use super::{Lang, Panel};
use crate::progress::Tally;
use std::borrow::Cow;

/// A sentence about what is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The guide was read again, and these sections are not what they were.
    Reloaded(Sections),
    /// The guide is opened again: how long ago it was read, how far one is, what is new in it.
    Again(Since, Vec<(Panel, Tally)>, Sections),
}

/// What became of a guide's sections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sections {
    /// So many are new.
    pub new: usize,
    /// So many have another title or text.
    pub changed: usize,
    /// So many are gone.
    pub gone: usize,
}

/// How long ago something was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// Less than a minute.
    Moment,
    /// So many minutes.
    Minutes(i64),
    /// So many hours of today.
    Hours(i64),
    /// So many days of the calendar.
    Days(i64),
}

impl News {
    /// The sentence in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match self {
            News::Reloaded(sections) => {
                let before = match lang {
                    Lang::Fr => "guide relu : ",
                    Lang::En => "guide read again: ",
                };
                format!("{before}{}", sections.say(lang)).into()
            }
            News::Again(since, done, sections) => {
                let mut parts = vec![since.say(lang)];
                parts.extend(
                    done.iter().map(|(what, Tally { done, total })| format!("{} {done}/{total}", what.say(lang))),
                );
                parts.extend(Some(sections.say(lang)).filter(|said| !said.is_empty()));
                parts.join(" · ").into()
            }
        }
    }
}

impl Sections {
    /// `1 section nouvelle, 2 changées`: what is counted is named once.
    fn say(self, lang: Lang) -> String {
        let counted = match lang {
            Lang::Fr => [
                (self.new, "section nouvelle", "sections nouvelles", "nouvelle", "nouvelles"),
                (self.changed, "section changée", "sections changées", "changée", "changées"),
                (self.gone, "section retirée", "sections retirées", "retirée", "retirées"),
            ],
            Lang::En => [
                (self.new, "new section", "new sections", "new", "new"),
                (self.changed, "section changed", "sections changed", "changed", "changed"),
                (self.gone, "section removed", "sections removed", "removed", "removed"),
            ],
        };
        let told = counted.into_iter().filter(|(n, ..)| *n > 0).enumerate();
        let said = told.map(|(place, (n, one, many, next_one, next_many))| match place {
            0 => format!("{n} {}", lang.plural(n, one, many)),
            _ => format!("{n} {}", lang.plural(n, next_one, next_many)),
        });
        said.collect::<Vec<_>>().join(", ")
    }
}

impl Since {
    /// In words.
    pub(super) fn say(self, lang: Lang) -> String {
        let count = |n: i64, one: &str, many: &str| {
            let plural = lang.plural(n.unsigned_abs().try_into().unwrap_or(usize::MAX), one, many);
            match lang {
                Lang::Fr => format!("il y a {n} {plural}"),
                Lang::En => format!("{n} {plural} ago"),
            }
        };
        match (self, lang) {
            (Since::Moment, Lang::Fr) => "à l’instant".to_owned(),
            (Since::Moment, Lang::En) => "just now".to_owned(),
            (Since::Minutes(n), _) => count(n, "minute", "minutes"),
            (Since::Hours(n), Lang::Fr) => count(n, "heure", "heures"),
            (Since::Hours(n), Lang::En) => count(n, "hour", "hours"),
            (Since::Days(1), Lang::Fr) => "hier".to_owned(),
            (Since::Days(1), Lang::En) => "yesterday".to_owned(),
            (Since::Days(n @ ..=59), Lang::Fr) => count(n, "jour", "jours"),
            (Since::Days(n @ ..=59), Lang::En) => count(n, "day", "days"),
            (Since::Days(n @ ..=729), Lang::Fr) => count(n / 30, "mois", "mois"),
            (Since::Days(n @ ..=729), Lang::En) => count(n / 30, "month", "months"),
            (Since::Days(n), Lang::Fr) => count(n / 365, "an", "ans"),
            (Since::Days(n), Lang::En) => count(n / 365, "year", "years"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections(new: usize, changed: usize, gone: usize) -> Sections {
        Sections { new, changed, gone }
    }

    #[test]
    fn what_is_counted_is_named_once_and_in_the_right_number() {
        let say = |lang, news: Sections| News::Reloaded(news).say(lang).into_owned();
        assert_eq!(say(Lang::Fr, sections(0, 2, 0)), "guide relu : 2 sections changées");
        assert_eq!(say(Lang::Fr, sections(1, 2, 0)), "guide relu : 1 section nouvelle, 2 changées");
        assert_eq!(say(Lang::Fr, sections(2, 1, 1)), "guide relu : 2 sections nouvelles, 1 changée, 1 retirée");
        assert_eq!(say(Lang::En, sections(2, 1, 3)), "guide read again: 2 new sections, 1 changed, 3 removed");
        assert_eq!(say(Lang::En, sections(0, 0, 1)), "guide read again: 1 section removed");
    }

    #[test]
    fn opening_again_says_how_long_ago_how_far_and_what_is_new() {
        let steps = vec![(Panel::Steps, Tally { done: 2, total: 5 })];
        let again = News::Again(Since::Days(3), steps.clone(), sections(1, 2, 0));
        assert_eq!(again.say(Lang::Fr), "il y a 3 jours · étapes 2/5 · 1 section nouvelle, 2 changées");
        assert_eq!(again.say(Lang::En), "3 days ago · steps 2/5 · 1 new section, 2 changed");
        assert_eq!(News::Again(Since::Moment, steps, sections(0, 0, 0)).say(Lang::Fr), "à l’instant · étapes 2/5");
        assert_eq!(News::Again(Since::Days(1), vec![], sections(0, 0, 0)).say(Lang::En), "yesterday");
    }

    #[test]
    fn time_is_told_as_people_tell_it() {
        let all = [Since::Minutes(1), Since::Minutes(20), Since::Hours(1), Since::Hours(5), Since::Days(2)];
        let later = [Since::Days(59), Since::Days(60), Since::Days(400), Since::Days(730), Since::Days(1000)];
        let say = |lang: Lang| all.into_iter().chain(later).map(|s| s.say(lang)).collect::<Vec<_>>().join(", ");
        let french = "il y a 1 minute, il y a 20 minutes, il y a 1 heure, il y a 5 heures, il y a 2 jours, \
                      il y a 59 jours, il y a 2 mois, il y a 13 mois, il y a 2 ans, il y a 2 ans";
        assert_eq!(say(Lang::Fr), french);
        let english = "1 minute ago, 20 minutes ago, 1 hour ago, 5 hours ago, 2 days ago, 59 days ago, 2 months ago, \
                       13 months ago, 2 years ago, 2 years ago";
        assert_eq!(say(Lang::En), english);
    }
}
