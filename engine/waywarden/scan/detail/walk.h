#pragma once

/// The one loop over the windows of a row, for any kind of sum: a plain number for the observed cases, many
/// lanes for random ones. `Sum` has +=, and `Sum::start()` is the empty sum that tests expect; a sum that is
/// value-initialised is zero.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/multiversion.h"
#include "waywarden/scan/period.h"
#include "waywarden/scan/windows.h"

namespace waywarden::detail {

/// Which window it is: the step of the row at which it ends, and its intervals.
struct WindowKey {
  std::size_t step = 0;
  std::uint32_t first_interval = 0;
  std::uint32_t last_interval = 0;
};

/// Per cell.
template <class Sum>
struct WalkedCells {
  const Sum* cases = nullptr;
  const double* measure = nullptr;
};

/// Sums per interval, or per depth of a tree and interval.
template <class Sum>
struct WalkWorkspace {
  std::vector<Sum> cases;
  std::vector<double> measure;

  void prepare(std::size_t slots) {
    cases.assign(slots, Sum{});
    measure.assign(slots, 0.0);
  }
};

template <class Sum, class Test>
WAYWARDEN_INLINE void walk_stretches(const Sum* cases, const double* measure, const ScanPeriod& period,
                                     std::size_t step, const Test& test) {
  const auto n = static_cast<std::uint32_t>(period.intervals);
  const auto longest = static_cast<std::uint32_t>(period.longest);
  if (period.time == ScanTime::prospective) {
    Sum sum = Sum::start();
    double held = 0.0;
    for (std::uint32_t from = n; from-- > n - longest;) {
      sum += cases[from];
      held += measure[from];
      test(sum, held, WindowKey{step, from, n - 1});
    }
    return;
  }
  for (std::uint32_t from = 0; from < n; ++from) {
    Sum sum = Sum::start();
    double held = 0.0;
    for (std::uint32_t to = from; to < n && to - from < longest; ++to) {
      sum += cases[to];
      held += measure[to];
      test(sum, held, WindowKey{step, from, to});
    }
  }
}

template <class Sum, class Test>
WAYWARDEN_INLINE void walk_nested(std::span<const std::uint32_t> steps, const WalkedCells<Sum>& cells,
                                  const Test& test) {
  Sum sum = Sum::start();
  double held = 0.0;
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const std::uint32_t place = steps[k] & ~Windows::kOpen;
    sum += cells.cases[place];
    held += cells.measure[place];
    if ((steps[k] & Windows::kOpen) == 0) test(sum, held, WindowKey{k, 0, 0});
  }
}

template <class Sum, class Test>
WAYWARDEN_INLINE void walk_nested_cylinders(std::span<const std::uint32_t> steps,
                                            const WalkedCells<Sum>& cells, const ScanPeriod& period,
                                            WalkWorkspace<Sum>& work, const Test& test) {
  const std::size_t n = period.intervals;
  work.prepare(n);
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const std::size_t cell = (steps[k] & ~Windows::kOpen) * n;
    for (std::size_t t = 0; t < n; ++t) {
      work.cases[t] += cells.cases[cell + t];
      work.measure[t] += cells.measure[cell + t];
    }
    if ((steps[k] & Windows::kOpen) == 0) {
      walk_stretches(work.cases.data(), work.measure.data(), period, k, test);
    }
  }
}

/// Level d of the workspace holds the sums of the window of d members that the walk is in.
template <class Sum, class Test>
WAYWARDEN_INLINE void walk_tree(std::span<const std::uint32_t> steps, std::span<const std::uint8_t> depths,
                                std::size_t deepest, const WalkedCells<Sum>& cells, const ScanPeriod& period,
                                WalkWorkspace<Sum>& work, const Test& test) {
  const std::size_t n = period.intervals;
  work.prepare((deepest + 1) * n);
  for (std::size_t k = 0; k < steps.size(); ++k) {
    const std::size_t cell = steps[k] * n, level = depths[k] * n;
    for (std::size_t t = 0; t < n; ++t) {
      work.cases[level + t] = work.cases[level + t - n];
      work.cases[level + t] += cells.cases[cell + t];
      work.measure[level + t] = work.measure[level + t - n] + cells.measure[cell + t];
    }
    walk_stretches(&work.cases[level], &work.measure[level], period, k, test);
  }
}

/// Calls test(sum, measure, key) for each window of the row.
template <class Sum, class Test>
WAYWARDEN_INLINE void walk_row(const Windows& windows, std::size_t row, std::size_t deepest,
                               const WalkedCells<Sum>& cells, const ScanPeriod& period,
                               WalkWorkspace<Sum>& work, const Test& test) {
  if (deepest > 0) {
    walk_tree(windows.steps(row), windows.depths(row), deepest, cells, period, work, test);
  } else if (period.intervals == 1) {
    walk_nested(windows.steps(row), cells, test);
  } else {
    walk_nested_cylinders(windows.steps(row), cells, period, work, test);
  }
}

}  // namespace waywarden::detail
