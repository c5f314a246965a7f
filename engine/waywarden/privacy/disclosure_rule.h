#pragma once

/// What must not be learned from a release, stated by the person who answers for it.

#include <cstdint>

namespace waywarden {

/// Of which suppressed cells the possible values have to cover 1 to k - 1.
enum class Guarded : std::uint8_t {
  /// All: nobody can tell a small count from one that is suppressed to protect another.
  every_suppressed_count,
  /// Those that are small. Suppresses less where columns add up (all = women + men), at the price that an
  /// attacker may
  /// learn that some suppressed counts are k or more.
  small_counts,
};

struct DisclosureRule {
  /// Counts of 1 to k - 1 do not leave. At least 2, at most 1,000; other values are an `OptionError`.
  std::int64_t k = 11;
  Guarded guarded = Guarded::every_suppressed_count;
};

}  // namespace waywarden
