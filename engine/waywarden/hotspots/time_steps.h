#pragma once

/// Time cut into steps of equal length: so many seconds, or so many calendar months. Times are seconds since
/// 1970-01-01T00:00:00 UTC without leap seconds; months are those of that calendar, and where a month has no
/// such day (the 31st), its last day stands in. The steps together hold every time they were made for.
///
/// *End* (the default): the last step ends with the last time, and steps hold their end but not their start.
/// *Start*: the first step begins with the first time, and steps hold their start but not their end.
/// *Reference*: as start, but with a border of steps at a given time, before or after all others. At the far
/// end (the first step of `end`, the last of `start`, both of `reference`) a step may reach beyond the times:
/// `first_covered` and `last_covered` say which share of it they reach, because a count over a part of a step
/// is too low for its trend.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace waywarden {

/// One of the two is positive, the other 0.
struct StepLength {
  std::int64_t seconds = 0;
  std::int32_t months = 0;
};

enum class StepAlignment : std::uint8_t { end, start, reference };
/// "end", "start", "reference".
std::string name(StepAlignment alignment);

struct TimeStepOptions {
  StepLength length = {.seconds = 7 * 86'400};
  StepAlignment alignment = StepAlignment::end;
  /// Used by `StepAlignment::reference`.
  std::int64_t reference = 0;
  /// `OptionError` rather than more steps.
  std::size_t most_steps = 100'000;
};

enum class HeldBorder : std::uint8_t { start, end };

struct TimeSteps {
  /// Ascending; step i lies between bounds[i] and bounds[i + 1].
  std::vector<std::int64_t> bounds;
  HeldBorder holds = HeldBorder::start;
  double first_covered = 1.0;
  double last_covered = 1.0;

  std::size_t size() const { return bounds.empty() ? 0 : bounds.size() - 1; }
  /// Nothing for a time in none of the steps. O(log n).
  std::optional<std::size_t> step_of(std::int64_t time) const;
};

/// Throws `InputError` for no times or one beyond the years -9999 to 9999, `OptionError` for a length that is
/// not one of the two.
TimeSteps time_steps(std::span<const std::int64_t> times, const TimeStepOptions& options = {});

}  // namespace waywarden
