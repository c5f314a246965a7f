#pragma once

/// The greatest log-likelihood ratio in each of many random studies: what a Monte Carlo test compares the
/// observed one with. Studies are worked on side by side, 64 (or, beyond 65,535 cases, 32) counts at a time,
/// and only counts beyond the bounds of `Thresholds` are looked at closely. Those bounds leave out no
/// maximum, so the results are exact, whatever the order and the number of threads.
///
/// About members of all windows x studies / 64 vector steps, beside the draws of `ReplicateMaker`; in space
/// and time, times the stretches of time.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/scan/likelihood.h"
#include "waywarden/scan/period.h"
#include "waywarden/scan/scan_counts.h"
#include "waywarden/scan/windows.h"

namespace waywarden {

/// What a scan looks for; outlives those who refer to it.
struct ScanTask {
  ScanTable table;
  Windows windows;
  ScanPeriod period;
  ScanRates rates = ScanRates::high;
  /// Cases that a window of high rates must hold, at least 1.
  std::int64_t fewest = 2;
};

class NullMaxima {
 public:
  NullMaxima(const ScanTask& task, std::uint64_t seed);
  ~NullMaxima();
  NullMaxima(NullMaxima&&) noexcept;
  NullMaxima& operator=(NullMaxima&&) noexcept;

  /// Studies that are made at once.
  std::size_t batch() const;
  /// Of studies [first, first + batch() x batches).
  std::vector<double> of(std::uint64_t first, std::size_t batches, const Execution& execution) const;

 private:
  struct Search;
  std::unique_ptr<Search> search_;
};

}  // namespace waywarden
