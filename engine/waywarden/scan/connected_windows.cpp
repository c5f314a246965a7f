#include "waywarden/scan/connected_windows.h"

#include <algorithm>
#include <array>
#include <bit>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::size_t kMostPlaces = 20;
/// Rows of one task; fixed, so that threads change no bit.
constexpr std::size_t kRowsPerTask = 16;

using Set = std::uint32_t;

std::vector<std::vector<std::uint32_t>> both_ways(const Weights& neighbours) {
  std::vector<std::vector<std::uint32_t>> lists(neighbours.size());
  for (std::size_t i = 0; i < neighbours.size(); ++i) {
    for (const std::uint32_t j : neighbours.neighbours(i)) {
      if (j == i) continue;
      lists[i].push_back(j);
      lists[j].push_back(static_cast<std::uint32_t>(i));
    }
  }
  for (auto& list : lists) std::sort(list.begin(), list.end());
  return lists;
}

/// The connected sets around one centre, which is number 0 of its nearest places.
class SetsAround {
 public:
  SetsAround(std::vector<std::uint32_t> nearest, const std::vector<std::vector<std::uint32_t>>& touching,
             std::span<const double> measure, double most)
      : place_(std::move(nearest)), measure_(measure), most_(most) {
    for (std::size_t a = 0; a < place_.size(); ++a) {
      const auto& list = touching[place_[a]];
      for (std::size_t b = 0; b < place_.size(); ++b) {
        if (std::binary_search(list.begin(), list.end(), place_[b])) touching_[a] |= Set{1} << b;
      }
    }
  }

  struct Row {
    std::vector<std::uint32_t> member;
    std::vector<std::uint8_t> depth;
  };

  Row run(const Execution& execution) {
    if (!place_.empty()) add(0, 0, 0, 0, 0.0, execution);
    return std::move(row_);
  }

 private:
  /// Adds place `a` to a set of `depth` members with this measure, then all that it can grow by but what is
  /// `barred`: `open` places touch the set. Each place, once tried, is barred from what is tried after it.
  void add(std::size_t a, std::size_t depth, Set open, Set barred, double measure,
           const Execution& execution) {
    measure += measure_[place_[a]];
    if (measure > most_) return;
    if (row_.member.size() % 4096 == 0) execution.check();
    if (row_.member.size() >= kMostSteps) throw OptionError("there are too many windows: lower most_places");
    row_.member.push_back(place_[a]);
    row_.depth.push_back(static_cast<std::uint8_t>(depth + 1));
    barred |= Set{1} << a;
    open = (open | touching_[a]) & ~barred;
    while (open != 0) {
      const auto next = static_cast<std::size_t>(std::countr_zero(open));
      open &= open - 1;
      add(next, depth + 1, open, barred, measure, execution);
      barred |= Set{1} << next;
    }
  }

  std::vector<std::uint32_t> place_;
  std::span<const double> measure_;
  double most_;
  std::array<Set, kMostPlaces> touching_{};
  Row row_;
};

/// The centre first, then the others by distance.
std::vector<std::uint32_t> nearest_of(const Windows& nearest, std::size_t centre) {
  std::vector<std::uint32_t> places{static_cast<std::uint32_t>(centre)};
  for (const std::uint32_t step : nearest.steps(centre)) {
    if ((step & ~Windows::kOpen) != centre) places.push_back(step & ~Windows::kOpen);
  }
  return places;
}

void append(Windows& windows, const std::vector<SetsAround::Row>& rows) {
  for (std::size_t centre = 0; centre < rows.size(); ++centre) {
    const SetsAround::Row& row = rows[centre];
    if (windows.member.size() + row.member.size() > kMostSteps) {
      throw OptionError("there are too many windows: lower most_places");
    }
    windows.member.insert(windows.member.end(), row.member.begin(), row.member.end());
    windows.depth.insert(windows.depth.end(), row.depth.begin(), row.depth.end());
    windows.first.push_back(windows.member.size());
    windows.centre.push_back(static_cast<std::uint32_t>(centre));
    windows.shape.push_back(1.0);
    windows.angle.push_back(0.0);
    windows.factor.push_back(1.0);
  }
}

Windows nearest_places(std::span<const Point> places, const ConnectedOptions& options,
                       const WindowLimits& limits, const Execution& execution) {
  const auto n = static_cast<double>(places.size());
  const double share = std::min(1.0, static_cast<double>(options.most_places) / std::max(1.0, n));
  return circular_windows(places, std::vector<double>(places.size(), 1.0), options.space,
                          {share, limits.distance}, execution);
}

}  // namespace

Windows connected_windows(std::span<const Point> places, const Weights& neighbours,
                          std::span<const double> measure, const ConnectedOptions& options,
                          const WindowLimits& limits, const Execution& execution) {
  require_valid(limits);
  require_valid(neighbours);
  if (options.most_places == 0 || options.most_places > kMostPlaces) {
    throw OptionError("connected sets must have from 1 to 20 places");
  }
  if (neighbours.size() != places.size() || measure.size() != places.size()) {
    throw OptionError("there must be a measure and a row of neighbours for each place");
  }
  const Windows nearest = nearest_places(places, options, limits, execution);
  const auto touching = both_ways(neighbours);
  const double most = most_measure(measure, limits);
  std::vector<SetsAround::Row> rows(places.size());
  parallel_for(
      places.size(), execution,
      [&](std::size_t i) {
        rows[i] = SetsAround(nearest_of(nearest, i), touching, measure, most).run(execution);
      },
      kRowsPerTask);
  Windows windows;
  append(windows, rows);
  return windows;
}

}  // namespace waywarden
