#pragma once

/// What a scan statistic looks at: cases in places and intervals of time, and the measure that says how many
/// are expected where. A cell is one place in one interval; cells stand place by place.
///
/// Measures are whole numbers of a unit (a power of two of the population's), so that sums over windows are
/// exact and never depend on the order of places: two windows with the same members tie to the last bit.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace waywarden {

/// Where cases fall when nothing clusters, their total given (Kulldorff 1997; Kulldorff et al. 2005).
enum class ScanModel : std::uint8_t {
  poisson,                ///< in proportion to the population
  bernoulli,              ///< on any of the cases and controls alike
  space_time_permutation  ///< on any pairing of the places and times of cases
};
std::string name(ScanModel model);

struct ScanCounts {
  std::size_t intervals = 1;
  /// Per cell.
  std::vector<std::int64_t> cases;
  /// Per cell: people at risk for poisson, controls for bernoulli, empty for the permutation model.
  std::vector<double> population;

  std::size_t places() const { return intervals == 0 ? 0 : cases.size() / intervals; }
};

/// Checked counts with the measure of each cell.
struct ScanTable {
  ScanModel model = ScanModel::poisson;
  std::size_t intervals = 1;
  std::vector<std::int64_t> cases;
  /// Whole numbers; their total is below 2^53.
  std::vector<double> measure;
  double total_cases = 0.0;
  double total_measure = 0.0;

  std::size_t places() const { return cases.size() / intervals; }
  /// Over all intervals.
  std::vector<double> place_measure() const;
};

/// O(cells). Throws `InputError` for counts that are negative, not whole or not finite, cases where nobody is
/// at risk, no population at all, or more cases than the model's arithmetic is exact for, and `OptionError`
/// where columns do not fit each other.
ScanTable scan_table(ScanModel model, const ScanCounts& counts);

}  // namespace waywarden
