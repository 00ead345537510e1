//! The time of day and its zone: the only file that asks for them. Counts nothing, waits for nothing.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Now, in milliseconds since the Unix epoch.
pub fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

/// What the zone adds to UTC today, in milliseconds.
pub fn utc_offset() -> i64 {
    i64::from(zone().to_offset(Timestamp::now()).seconds()) * 1000
}

/// The zone in which people read dates here.
pub fn zone() -> TimeZone {
    TimeZone::system()
}
