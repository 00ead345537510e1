//! A value of a setting: what each setting takes, what holds where nothing is given, and how it is written.

use crate::app::Settings;
use crate::guide::CleanText;
use crate::words::{Lang, Setting, Wants};
use toml::de::DeValue;

/// A value that a setting may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A line of text.
    Text(String),
    /// A whole number.
    Number(u32),
    /// Yes or no.
    Flag(bool),
}

/// What a setting takes.
pub(super) fn wants(setting: Setting) -> Wants {
    match setting {
        Setting::Lang => Wants::Lang,
        Setting::Theme | Setting::As | Setting::Progress | Setting::BaseUrl => Wants::Text,
        Setting::Ascii | Setting::Mouse | Setting::Outline | Setting::WriteBoxes => Wants::Flag,
        // Narrower than 20 columns is no reading; wider than 1000 no screen.
        Setting::Width => Wants::Number(20, 1000),
        Setting::ReviewAfterDays => Wants::Number(1, 36_500),
    }
}

/// What holds where nothing is given; none where that depends on the system or the guide.
pub(super) fn default(setting: Setting) -> Option<Value> {
    let reader = Settings::default();
    match setting {
        Setting::Lang | Setting::As | Setting::Progress | Setting::BaseUrl => None,
        Setting::Theme => Some(Value::Text("auto".to_owned())),
        Setting::Width => Some(Value::Number(reader.max_width.into())),
        Setting::Ascii => Some(Value::Flag(reader.ascii)),
        Setting::WriteBoxes => Some(Value::Flag(reader.write_boxes)),
        Setting::Mouse => Some(Value::Flag(reader.mouse)),
        Setting::Outline => Some(Value::Flag(reader.outline)),
        Setting::ReviewAfterDays => Some(Value::Number(reader.review_after_days)),
    }
}

/// The default as the file has it.
pub fn written_default(setting: Setting) -> Option<String> {
    default(setting).map(|value| value.written())
}

/// A value that shows what one could write, where there is no default.
pub(super) fn sample(setting: Setting) -> Value {
    let sample = match setting {
        Setting::As => "lise",
        Setting::Progress => "~/notes/jalon",
        Setting::BaseUrl => "https://example.org/",
        _ => "fr",
    };
    default(setting).unwrap_or_else(|| Value::Text(sample.to_owned()))
}

impl Value {
    /// A value of the file, if it is what is wanted.
    pub(super) fn of(raw: &DeValue, wants: Wants) -> Option<Value> {
        let value = match raw {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Integer(number) => {
                // Digits may be grouped, and the parser leaves the marks of the base out.
                Value::Number(u32::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()?)
            }
            _ => return None,
        };
        value.fits(wants).then_some(value)
    }

    /// A value from the environment, where everything is text, if it is what is wanted.
    pub(super) fn of_text(raw: &str, wants: Wants) -> Option<Value> {
        let value = match wants {
            Wants::Lang | Wants::Text => Value::Text(raw.to_owned()),
            Wants::Number(..) => Value::Number(raw.trim().parse().ok()?),
            Wants::Flag => match raw.trim() {
                "1" | "true" | "yes" | "on" => Value::Flag(true),
                "0" | "false" | "no" | "off" => Value::Flag(false),
                _ => return None,
            },
        };
        value.fits(wants).then_some(value)
    }

    fn fits(&self, wants: Wants) -> bool {
        match (self, wants) {
            (Value::Text(text), Wants::Lang) => lang(text).is_some(),
            (Value::Text(text), Wants::Text) => !CleanText::line(text).is_empty(),
            (Value::Flag(_), Wants::Flag) => true,
            (Value::Number(n), Wants::Number(from, to)) => (from..=to).contains(n),
            _ => false,
        }
    }

    /// As the file has it.
    pub fn written(&self) -> String {
        match self {
            Value::Text(text) => quoted(text),
            Value::Number(n) => n.to_string(),
            Value::Flag(flag) => flag.to_string(),
        }
    }
}

/// The short name of a language.
pub fn lang_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr",
        Lang::En => "en",
    }
}

/// A language by its short name.
pub(super) fn lang(name: &str) -> Option<Lang> {
    [Lang::Fr, Lang::En].into_iter().find(|lang| lang_name(*lang) == name)
}

/// A text as a basic string of TOML.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_as_itself(text in any::<String>()) {
            let document = format!("a = {}", quoted(&text));
            let read = toml::de::DeTable::parse(&document).unwrap();
            prop_assert_eq!(read.get_ref().get("a").and_then(|v| v.get_ref().as_str()), Some(text.as_str()));
        }
    }

    #[test]
    fn every_setting_takes_its_default_and_its_sample() {
        for setting in Setting::ALL {
            assert!(sample(setting).fits(wants(setting)), "{setting:?}");
            assert!(default(setting).is_none_or(|value| value.fits(wants(setting))), "{setting:?}");
        }
    }

    #[test]
    fn the_environment_has_everything_as_text() {
        assert_eq!(Value::of_text(" 72 ", Wants::Number(20, 1000)), Some(Value::Number(72)));
        assert_eq!(Value::of_text("yes", Wants::Flag), Some(Value::Flag(true)));
        for (text, wants) in
            [("7", Wants::Number(20, 1000)), ("maybe", Wants::Flag), ("de", Wants::Lang), (" ", Wants::Text)]
        {
            assert_eq!(Value::of_text(text, wants), None, "{text}");
        }
    }
}
