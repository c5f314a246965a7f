#pragma once

/// Counts that were published coarsely ("<5", "1-4", "5+") as what is known of them: an interval of whole
/// numbers. Nothing is put in the middle: sums of intervals are intervals, and every sum of counts that fit
/// lies within.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace waywarden {

/// From `low` to `high`, both included; no `high` means nobody knows how many at most.
struct CountInterval {
  std::int64_t low = 0;
  std::optional<std::int64_t> high = 0;

  bool exact() const { return high == low; }
  friend bool operator==(const CountInterval&, const CountInterval&) = default;
};

struct CensoringRule {
  /// What "<5" is at least: 0, or 1 where the publisher shows zeros and hides only counts from 1 on.
  std::int64_t least_hidden = 0;
};

/// "12", "<5", "<=4", "under 5", "less than 5", "fewer than 5", "at most 4", "up to 4", "1-4", "1 to 4",
/// "5+", "5 or more", "5 or fewer", ">5", ">=5", "over 5", "more than 5", "at least 5"; in capitals too, with
/// blanks, with the signs for "at most", "at least" and the dash between figures. Whole numbers up to 1e15,
/// without separators of thousands ("1,234" is two things in two countries). Nothing for any other text, or
/// where no whole number fits ("4-1", "<0").
std::optional<CountInterval> parse_count(std::string_view text, const CensoringRule& rule = {});

/// A column of them. Throws `InputError` that names the column and the first row that is no count.
std::vector<CountInterval> parse_counts(std::span<const std::string> texts, std::string_view column,
                                        const CensoringRule& rule = {});

/// Least and greatest sum. Throws `InputError` where it passes 9e18.
CountInterval sum(std::span<const CountInterval> counts);

/// The same intervals with `most` where there is no upper end. Throws `OptionError` where that is below a
/// lower end.
std::vector<CountInterval> closed(std::span<const CountInterval> counts, std::int64_t most);

}  // namespace waywarden
