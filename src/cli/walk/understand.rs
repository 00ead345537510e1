//! What an answer to `jalon walk` means. Knows words, not guides.

use crate::guide::fold;
use crate::words::{Lang, Reply};

/// An answer, and what follows it: a reason, a note, a number. None where it is not understood.
///
/// Words of both languages are understood in each, whatever their case and accents. A letter of the other language is
/// not where a word of one's own begins with it: it would be a guess.
pub(super) fn understand(line: &str, lang: Lang) -> Option<(Reply, &str)> {
    let line = line.trim();
    if line.is_empty() {
        return Some((Reply::Next, ""));
    }
    if line.bytes().all(|b| b.is_ascii_digit()) {
        return Some((Reply::GoTo, line));
    }
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let reply = meant(word, lang)?;
    let rest = rest.trim();
    (rest.is_empty() || reply.takes_more()).then_some((reply, rest))
}

fn meant(word: &str, lang: Lang) -> Option<Reply> {
    let word = fold(word).text;
    let of = |lang: Lang| Reply::ALL.into_iter().find(|r| r.words(lang).iter().any(|w| fold(w).text == word));
    let begins = |reply: Reply| reply.words(lang).iter().any(|w| fold(w).text.starts_with(&word));
    let is_letter = word.chars().count() == 1;
    let other = match lang {
        Lang::Fr => Lang::En,
        Lang::En => Lang::Fr,
    };
    of(lang).or_else(|| of(other).filter(|_| !is_letter || !Reply::ALL.into_iter().any(begins)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Aloud, Asked};

    fn reply(line: &str, lang: Lang) -> Option<Reply> {
        understand(line, lang).map(|(reply, _)| reply)
    }

    #[test]
    fn words_of_both_languages_are_understood_in_each_without_case_and_accents() {
        for lang in [Lang::Fr, Lang::En] {
            for reply_wanted in Reply::ALL {
                for word in Reply::words(reply_wanted, Lang::Fr).iter().chain(reply_wanted.words(Lang::En)) {
                    if word.chars().count() > 1 {
                        assert_eq!(reply(&word.to_uppercase(), lang), Some(reply_wanted), "{word}");
                        assert_eq!(reply(&fold(word).text, lang), Some(reply_wanted), "{word}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_letter_of_the_other_language_counts_only_where_it_is_no_guess() {
        assert_eq!((reply("f", Lang::Fr), reply("f", Lang::En)), (Some(Reply::Done), Some(Reply::Done)));
        assert_eq!((reply("d", Lang::En), reply("d", Lang::Fr)), (Some(Reply::Done), None), "décocher");
        assert_eq!((reply("s", Lang::En), reply("s", Lang::Fr)), (Some(Reply::Skip), Some(Reply::Next)));
        assert_eq!((reply("n", Lang::En), reply("n", Lang::Fr)), (Some(Reply::Next), Some(Reply::Note)));
        assert_eq!((reply("e", Lang::En), reply("e", Lang::Fr)), (Some(Reply::Note), None), "encore, état");
        assert_eq!((reply("a", Lang::Fr), reply("a", Lang::En)), (None, None));
    }

    #[test]
    fn what_follows_is_kept_only_where_it_means_something() {
        assert_eq!(understand(" skip  too early ", Lang::En), Some((Reply::Skip, "too early")));
        assert_eq!(understand("Précédent", Lang::Fr), Some((Reply::Previous, "")));
        assert_eq!(understand("12", Lang::En), Some((Reply::GoTo, "12")));
        assert_eq!(understand("", Lang::En), Some((Reply::Next, "")));
        for line in ["done 3", "quit now", "xyzzy", "dönnerstag", "\u{1b}[A", "?!"] {
            assert_eq!(understand(line, Lang::En), None, "{line}");
        }
    }

    #[test]
    fn what_a_question_offers_is_understood() {
        let asked =
            [Asked::Open, Asked::Settled, Asked::Changed, Asked::Value, Asked::Carried, Asked::Nowhere, Asked::NoItems];
        for lang in [Lang::Fr, Lang::En] {
            for asked in asked {
                let said = Aloud::Ask(asked).say(lang);
                let offers: Vec<&str> =
                    said.split([',', '?', '\u{a0}']).map(str::trim).filter(|w| !w.is_empty()).collect();
                assert!(offers.len() > 3 && offers.iter().all(|w| reply(w, lang).is_some()), "{offers:?}");
            }
        }
    }
}
