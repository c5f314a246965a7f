#pragma once

/// When something happened, as far as it is known: a stretch of time. Whole seconds since 1970-01-01 00:00 by
/// the clock of the place (no zones: "at night" means the night there), in the proleptic Gregorian calendar.
///
/// A date is as long as it is vague: "2023" is a year, "2023-05" a month, "2023-05-17" a day, "2023-05-17T22"
/// an hour, "2023-05-17T22:30" a minute. "2023-05-17/2023-05-20" runs from the start of the first to the end
/// of the second (ISO 8601).

#include <cstdint>
#include <optional>
#include <string_view>

namespace waywarden {

/// From `begin` up to, not including, `end`. Where both are the same, a moment.
struct TimeSpan {
  std::int64_t begin = 0;
  std::int64_t end = 0;

  std::int64_t seconds() const { return end - begin; }
  friend bool operator==(const TimeSpan&, const TimeSpan&) = default;
};

inline constexpr std::int64_t kSecondsPerHour = 3600;
inline constexpr std::int64_t kSecondsPerDay = 24 * kSecondsPerHour;

/// Nothing where the text is none of the forms above, names a day or time that does not exist, or a year not
/// from 1700 to 2199 (9999 stands for unknown in many files), gives a zone, or ends before it begins. A blank
/// may stand for the T; fractions of a second are dropped.
std::optional<TimeSpan> parse_time_span(std::string_view text);

/// From the start of `first` to the end of `last`; nothing if `last` is over when `first`
/// begins.
std::optional<TimeSpan> from_to(TimeSpan first, TimeSpan last);

}  // namespace waywarden
