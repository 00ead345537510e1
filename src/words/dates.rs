//! Instants as people write them, in a zone that is handed in: the day, the minute, and the number of the day, from
//! which days between two instants are counted as the calendar counts them. Asks no clock.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

/// The day, as people sort it: `2026-11-24`.
pub fn day(millis: i64, zone: &TimeZone) -> String {
    zoned(millis, zone).strftime("%Y-%m-%d").to_string()
}

/// The day and the minute: `2026-11-24 10:00`.
pub fn minute(millis: i64, zone: &TimeZone) -> String {
    zoned(millis, zone).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The minute of the day: `10:00`.
pub fn time_of_day(millis: i64, zone: &TimeZone) -> String {
    zoned(millis, zone).strftime("%H:%M").to_string()
}

/// The day's number: that of the day after is one more, whatever the clocks did in between.
pub fn day_number(millis: i64, zone: &TimeZone) -> i64 {
    const SECONDS: i64 = 24 * 60 * 60;
    let at = instant(millis);
    let offset = i64::from(zone.to_offset(at).seconds());
    at.as_second().saturating_add(offset).div_euclid(SECONDS)
}

fn zoned(millis: i64, zone: &TimeZone) -> ZonedDateTime {
    instant(millis).to_zoned_datetime(zone.clone())
}

/// What no calendar reaches counts as its end.
fn instant(millis: i64) -> Timestamp {
    let end = if millis < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_millisecond(millis).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paris, whose clocks go back on the last Sunday of October.
    fn paris() -> TimeZone {
        TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap()
    }

    const HOUR: i64 = 60 * 60 * 1000;
    /// 2026-10-24 22:30 UTC: half past midnight of the 25th in Paris.
    const LATE: i64 = 1_792_881_000_000;

    #[test]
    fn an_instant_is_told_in_the_zone_as_it_was_then() {
        assert_eq!(minute(LATE, &paris()), "2026-10-25 00:30");
        assert_eq!(minute(LATE + 24 * HOUR, &paris()), "2026-10-25 23:30", "this day had twenty-five hours");
        assert_eq!(minute(LATE, &TimeZone::UTC), "2026-10-24 22:30");
        assert_eq!((day(LATE, &paris()), time_of_day(LATE, &paris())), ("2026-10-25".into(), "00:30".into()));
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let number = |millis| day_number(millis, &paris());
        assert_eq!(number(LATE + 24 * HOUR), number(LATE));
        assert_eq!(number(LATE + 25 * HOUR), number(LATE) + 1);
        assert_eq!(number(LATE - HOUR), number(LATE) - 1);
        assert_eq!(day_number(0, &TimeZone::UTC), 0);
    }

    #[test]
    fn no_instant_is_beyond_the_calendar() {
        assert!(day_number(i64::MIN, &TimeZone::UTC) < 0 && day_number(i64::MAX, &TimeZone::UTC) > 0);
        assert!(minute(i64::MAX, &paris()).starts_with("9999-"));
    }
}
