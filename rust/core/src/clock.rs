//! Times as log lines carry them.

use std::time::{SystemTime, UNIX_EPOCH};

/// Return `time` in UTC with milliseconds: `2026-11-22T18:30:05.123Z`.
pub fn timestamp(time: SystemTime) -> String {
    let milliseconds = time.duration_since(UNIX_EPOCH).unwrap_or_default().subsec_millis();
    format!("{}.{milliseconds:03}Z", date_and_time(time))
}

/// Return `time` in UTC, in whole seconds: `2026-11-22T18:30:05Z`.
pub fn timestamp_s(time: SystemTime) -> String {
    date_and_time(time) + "Z"
}

fn date_and_time(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let (year, month, day) = date(seconds / 86_400);
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}

/// Return the date that is `days` days after 1970-01-01.
fn date(days: u64) -> (u64, u64, u64) {
    // Years that begin in March put the leap day last, and 400 of them always have 146,097 days.
    let since_march_0000 = days + 719_468;
    let (era, day_of_era) = (since_march_0000 / 146_097, since_march_0000 % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::{timestamp, timestamp_s};
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn knows_the_calendar() {
        for (milliseconds, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_799_999, "2000-02-29T23:59:59.999Z"),
            (1_798_761_600_007, "2027-01-01T00:00:00.007Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ] {
            let time = UNIX_EPOCH + Duration::from_millis(milliseconds);
            assert_eq!(timestamp(time), text);
            assert_eq!(timestamp_s(time), format!("{}Z", &text[..19]));
        }
    }
}
