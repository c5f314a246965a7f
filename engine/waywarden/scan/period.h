#pragma once

/// Which stretches of time a window may last: all of the one interval of a purely spatial scan, or the
/// cylinders of a space-time scan (Kulldorff, JRSS A 164, 2001).

#include <cstddef>
#include <cstdint>
#include <string>

namespace waywarden {

enum class ScanTime : std::uint8_t {
  retrospective,  ///< any stretch
  prospective     ///< those that are alive at the end of the study
};
std::string name(ScanTime time);

struct ScanPeriod {
  std::size_t intervals = 1;
  /// Of a stretch, in intervals.
  std::size_t longest = 1;
  ScanTime time = ScanTime::retrospective;
};

/// The period of a study in which a cluster lasts at most `share` of it, at least one interval. Throws
/// `OptionError` unless 0 < share <= 1.
ScanPeriod scan_period(std::size_t intervals, double share, ScanTime time);

}  // namespace waywarden
