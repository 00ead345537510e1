//! The time of day and its zone: the only file that asks for them. Counts nothing, waits for nothing.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Now, in milliseconds since the Unix epoch.
pub fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

/// The zone in which people read dates here.
pub fn zone() -> TimeZone {
    TimeZone::system()
}
