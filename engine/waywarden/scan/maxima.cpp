#include "waywarden/scan/maxima.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <mutex>
#include <variant>

#include "waywarden/scan/detail/count_lanes.h"
#include "waywarden/scan/detail/walk.h"
#include "waywarden/scan/replicates.h"
#include "waywarden/scan/thresholds.h"

namespace waywarden {
namespace {

using detail::CountLanes;

/// Every so many rows are searched first, so that the others begin with maxima that are hard to beat.
constexpr std::size_t kFirstRows = 64;
/// Tasks per batch; more threads than batches share its rows.
constexpr std::size_t kShares = 16;
/// Bytes of random cases that are kept at once.
constexpr std::size_t kMostBytes = std::size_t{64} << 20;

template <class Count>
struct Batch {
  static constexpr std::size_t kLanes = CountLanes<Count>::kLanes;

  std::vector<CountLanes<Count>> cases;  ///< per cell
  std::array<double, kLanes> maxima{};
  std::mutex mutex;

  std::array<double, kLanes> so_far() {
    const std::lock_guard lock(mutex);
    return maxima;
  }
  void raise(const std::array<double, kLanes>& found) {
    const std::lock_guard lock(mutex);
    for (std::size_t lane = 0; lane < kLanes; ++lane) maxima[lane] = std::max(maxima[lane], found[lane]);
  }
};

/// What one thread knows while it walks rows of one batch.
template <class Count>
struct RowSearch {
  const Windows& windows;
  const ScanPeriod& period;
  const Thresholds<Count>& thresholds;
  std::size_t deepest;
  detail::WalkedCells<CountLanes<Count>> cells;
  detail::WalkWorkspace<CountLanes<Count>> work;
  std::array<double, CountLanes<Count>::kLanes> maxima;

  /// Looks closely at the lanes beyond the bounds.
  __attribute__((noinline)) void settle(const CountLanes<Count>& sums, double measure, double factor,
                                        Count above, Count below) {
    std::array<Count, CountLanes<Count>::kLanes> counts;
    std::memcpy(counts.data(), &sums, sizeof counts);
    for (std::size_t lane = 0; lane < counts.size(); ++lane) {
      if (counts[lane] <= above && counts[lane] >= below) continue;
      const auto cases = static_cast<double>(counts[lane] - kCountBias<Count>);
      maxima[lane] = std::max(maxima[lane], factor * thresholds.ratio(cases, measure));
    }
  }
};

template <class Count>
WAYWARDEN_INLINE void search_high(RowSearch<Count>& search, std::size_t row, double factor,
                                  const CountBounds<Count>& bounds) {
  const MeasureBins bins = search.thresholds.bins();
  const Count* const all_above = bounds.above.data();
  const auto test = [&](const CountLanes<Count>& sums, double measure, const detail::WindowKey&)
      __attribute__((always_inline)) {
    const Count above = all_above[bins.of(measure)];
    if (!detail::any_above(sums, above)) return;
    search.settle(sums, measure, factor, above, std::numeric_limits<Count>::lowest());
  };
  detail::walk_row(search.windows, row, search.deepest, search.cells, search.period, search.work, test);
}

template <class Count>
WAYWARDEN_INLINE void search_both(RowSearch<Count>& search, std::size_t row, double factor,
                                  const CountBounds<Count>& bounds) {
  const MeasureBins bins = search.thresholds.bins();
  const auto test = [&](const CountLanes<Count>& sums, double measure, const detail::WindowKey&)
      __attribute__((always_inline)) {
    const std::size_t bin = bins.of(measure);
    const Count above = bounds.above[bin], below = bounds.below[bin];
    if (!detail::any_above(sums, above) && !detail::any_below(sums, below)) return;
    search.settle(sums, measure, factor, above, below);
  };
  detail::walk_row(search.windows, row, search.deepest, search.cells, search.period, search.work, test);
}

WAYWARDEN_MULTIVERSION void search_row(RowSearch<std::int16_t>& search, std::size_t row, double factor,
                                       const CountBounds<std::int16_t>& bounds, ScanRates rates) {
  rates == ScanRates::high ? search_high(search, row, factor, bounds)
                           : search_both(search, row, factor, bounds);
}

WAYWARDEN_MULTIVERSION void search_row(RowSearch<std::int32_t>& search, std::size_t row, double factor,
                                       const CountBounds<std::int32_t>& bounds, ScanRates rates) {
  rates == ScanRates::high ? search_high(search, row, factor, bounds)
                           : search_both(search, row, factor, bounds);
}

/// Rows first, first + stride .. below last.
struct RowRange {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t stride = 1;
};

template <class Count>
class LaneSearch {
 public:
  static constexpr std::size_t kLanes = CountLanes<Count>::kLanes;

  LaneSearch(const ScanTask& task, std::uint64_t seed)
      : task_(task),
        thresholds_(task.table, task.rates, task.fewest),
        maker_(task.table, seed),
        deepest_(task.windows.deepest()) {}

  std::vector<double> of(std::uint64_t first, std::size_t batches, const Execution& execution) const {
    const std::size_t at_once =
        std::max(std::size_t{1}, kMostBytes / (task_.table.cases.size() * sizeof(CountLanes<Count>)));
    std::vector<double> maxima;
    for (std::size_t done = 0; done < batches; done += at_once) {
      const std::size_t now = std::min(at_once, batches - done);
      for (const auto& batch : searched(first + done * kLanes, now, execution)) {
        maxima.insert(maxima.end(), batch->maxima.begin(), batch->maxima.end());
      }
    }
    return maxima;
  }

 private:
  using Batches = std::vector<std::unique_ptr<Batch<Count>>>;

  Batches searched(std::uint64_t first, std::size_t count, const Execution& execution) const {
    const std::size_t rows = task_.windows.rows();
    Batches batches(count);
    parallel_for(count, execution, [&](std::size_t b) {
      batches[b] = drawn(first + b * kLanes, execution);
      search(*batches[b], {0, rows, kFirstRows}, execution);
    });
    parallel_for(count * kShares, execution, [&](std::size_t i) {
      const std::size_t share = i % kShares;
      search(*batches[i / kShares], {rows * share / kShares, rows * (share + 1) / kShares, 1}, execution);
    });
    return batches;
  }

  std::unique_ptr<Batch<Count>> drawn(std::uint64_t first, const Execution& execution) const {
    auto batch = std::make_unique<Batch<Count>>();
    batch->cases.resize(task_.table.cases.size());
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      execution.check();
      const std::vector<std::uint32_t> cases = maker_.cases(first + lane);
      for (std::size_t cell = 0; cell < cases.size(); ++cell) {
        // Counts beyond 32,767 wrap round, as the sums do.
        batch->cases[cell].part[lane / kPerPart][lane % kPerPart] = static_cast<Count>(cases[cell]);
      }
    }
    return batch;
  }

  void search(Batch<Count>& batch, const RowRange& range, const Execution& execution) const {
    RowSearch<Count> state{task_.windows,
                           task_.period,
                           thresholds_,
                           deepest_,
                           {batch.cases.data(), task_.table.measure.data()},
                           {},
                           batch.so_far()};
    for (std::size_t row = range.first; row < range.last; row += range.stride) {
      execution.check();
      const double factor = task_.windows.factor[row];
      const double least = *std::min_element(state.maxima.begin(), state.maxima.end());
      search_row(state, row, factor, thresholds_.at(least / factor), task_.rates);
    }
    batch.raise(state.maxima);
  }

  static constexpr std::size_t kPerPart = kLanes / CountLanes<Count>::kParts;

  const ScanTask& task_;
  Thresholds<Count> thresholds_;
  ReplicateMaker maker_;
  std::size_t deepest_;
};

}  // namespace

struct NullMaxima::Search {
  std::variant<std::monostate, LaneSearch<std::int16_t>, LaneSearch<std::int32_t>> lanes;
};

NullMaxima::NullMaxima(const ScanTask& task, std::uint64_t seed) : search_(std::make_unique<Search>()) {
  if (task.table.total_cases <= kMostNarrowCases) {
    search_->lanes.emplace<LaneSearch<std::int16_t>>(task, seed);
  } else {
    search_->lanes.emplace<LaneSearch<std::int32_t>>(task, seed);
  }
}
NullMaxima::~NullMaxima() = default;
NullMaxima::NullMaxima(NullMaxima&&) noexcept = default;
NullMaxima& NullMaxima::operator=(NullMaxima&&) noexcept = default;

std::size_t NullMaxima::batch() const {
  const bool narrow = std::holds_alternative<LaneSearch<std::int16_t>>(search_->lanes);
  return narrow ? CountLanes<std::int16_t>::kLanes : CountLanes<std::int32_t>::kLanes;
}

std::vector<double> NullMaxima::of(std::uint64_t first, std::size_t batches,
                                   const Execution& execution) const {
  if (const auto* narrow = std::get_if<LaneSearch<std::int16_t>>(&search_->lanes)) {
    return narrow->of(first, batches, execution);
  }
  return std::get<LaneSearch<std::int32_t>>(search_->lanes).of(first, batches, execution);
}

}  // namespace waywarden
