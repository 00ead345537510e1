//! The hybrid logical clock that orders the records of several devices. Pure: is told the time, never asks for it.

use jiff::Timestamp;
use std::fmt;

/// A stamp further ahead of our clock than this orders its record and does nothing else.
pub const FAR_AHEAD: i64 = 24 * 60 * 60 * 1000;

/// The counter is written with four hexadecimal digits, so that stamps sort as text.
const COUNTER_MAX: u32 = 0xffff;

/// A hybrid logical clock: wall time that never runs backwards. Orders events of several devices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hlc {
    /// Milliseconds since the Unix epoch.
    pub millis: i64,
    /// Counts events within one millisecond.
    pub counter: u32,
}

impl Hlc {
    /// The stamp of the next event at `now`: later than this one, even where the wall clock was put back.
    pub fn after(self, now: i64) -> Hlc {
        if now > self.millis {
            Hlc { millis: now, counter: 0 }
        } else if self.counter < COUNTER_MAX {
            Hlc { millis: self.millis, counter: self.counter + 1 }
        } else {
            Hlc { millis: self.millis.saturating_add(1), counter: 0 }
        }
    }

    /// Our clock after reading somebody's stamp. A stamp far ahead does not push it: one wrong clock in a team must
    /// not carry everybody's into the future.
    pub fn meet(self, other: Hlc, now: i64) -> Hlc {
        if other.far_ahead(now) { self } else { self.max(other) }
    }

    /// Whether the stamp is more than 24 hours ahead of `now`.
    pub fn far_ahead(self, now: i64) -> bool {
        self.millis.saturating_sub(now) > FAR_AHEAD
    }

    /// Reads what `Display` writes.
    pub fn parse(text: &str) -> Option<Hlc> {
        let (time, counter) = text.split_once('+')?;
        let exact = time.len() == 24 && time.ends_with('Z');
        if !exact || counter.len() != 4 || !counter.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let millis = time.parse::<Timestamp>().ok()?.as_millisecond();
        Some(Hlc { millis, counter: u32::from_str_radix(counter, 16).ok()? })
    }

    /// The time to the second, as RFC 3339 in UTC: `2026-11-24T09:00:00Z`.
    pub fn to_rfc3339(self) -> String {
        format!("{:.0}", Timestamp::from_second(self.within_years().div_euclid(1000)).unwrap_or_default())
    }

    /// The seconds since the epoch of a time that [`Hlc::to_rfc3339`] wrote.
    pub(super) fn seconds_of(text: &str) -> Option<i64> {
        Some(text.parse::<Timestamp>().ok()?.as_second())
    }

    /// RFC 3339 has years 0000 to 9999, so the text holds no time outside them.
    fn within_years(self) -> i64 {
        self.millis.clamp(-62_167_219_200_000, 253_402_200_000_000)
    }
}

impl fmt::Display for Hlc {
    /// An RFC 3339 time and the counter, `2026-11-24T09:00:00.123Z+0003`: sorts as text in the order of the clock.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = Timestamp::from_millisecond(self.within_years()).unwrap_or_default();
        write!(f, "{time:.3}+{:04x}", self.counter.min(COUNTER_MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOON: i64 = 1_795_608_000_123;

    #[test]
    fn a_stamp_is_a_time_and_a_counter() {
        let stamp = Hlc { millis: 1_795_510_800_123, counter: 3 };
        assert_eq!(stamp.to_string(), "2026-11-24T09:00:00.123Z+0003");
        assert_eq!(stamp.to_rfc3339(), "2026-11-24T09:00:00Z");
        assert_eq!(Hlc::parse("2026-11-24T09:00:00.123Z+0003"), Some(stamp));
        assert_eq!(Hlc { millis: 1_795_510_800_000, counter: 0 }.to_string(), "2026-11-24T09:00:00.000Z+0000");
    }

    #[test]
    fn the_clock_never_runs_backwards() {
        let late = Hlc { millis: NOON, counter: 7 };
        assert_eq!(late.after(NOON - 5000), Hlc { millis: NOON, counter: 8 });
        assert_eq!(late.after(NOON + 1), Hlc { millis: NOON + 1, counter: 0 });
        assert_eq!(Hlc { millis: NOON, counter: 0xffff }.after(0), Hlc { millis: NOON + 1, counter: 0 });
    }

    #[test]
    fn a_stamp_a_day_ahead_does_not_push_our_clock() {
        let ours = Hlc { millis: NOON, counter: 0 };
        let near = Hlc { millis: NOON + FAR_AHEAD, counter: 1 };
        let far = Hlc { millis: NOON + FAR_AHEAD + 1, counter: 0 };
        assert_eq!(ours.meet(near, NOON), near);
        assert_eq!(ours.meet(far, NOON), ours);
        assert!(!near.far_ahead(NOON) && far.far_ahead(NOON) && Hlc { millis: i64::MAX, counter: 0 }.far_ahead(-1));
    }

    #[test]
    fn what_is_not_a_stamp_is_refused() {
        for text in [
            "",
            "+",
            "2026-11-24T09:00:00Z+0003",
            "2026-11-24T09:00:00.123Z",
            "2026-11-24T09:00:00.123Z+3",
            "2026-11-24T09:00:00.123Z++003",
            "2026-13-24T09:00:00.123Z+0003",
            "2026-11-24T09:00:00.12+01+0003",
        ] {
            assert_eq!(Hlc::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn stamps_sort_as_text(a in 0i64..253_000_000_000_000, b in 0i64..253_000_000_000_000, c in 0u32..0x10000,
            d in 0u32..0x10000)
        {
            let (a, b) = (Hlc { millis: a, counter: c }, Hlc { millis: b, counter: d });
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
            prop_assert_eq!(Hlc::parse(&a.to_string()), Some(a));
        }

        #[test]
        fn any_stamp_can_be_written(millis in any::<i64>(), counter in any::<u32>()) {
            let text = Hlc { millis, counter }.to_string();
            prop_assert_eq!(text.len(), 29);
            prop_assert!(Hlc::parse(&text).is_some());
        }
    }
}
