#include "waywarden/scan/windows.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kSameDistance = 1.0 + 1e-11;

/// One past the last place that is as far as the one at `begin`.
std::size_t end_of_tie(std::span<const ReachedPlace> reached, std::size_t begin) {
  std::size_t end = begin + 1;
  while (end < reached.size() && reached[end].distance <= reached[end - 1].distance * kSameDistance) ++end;
  return end;
}

}  // namespace

void require_valid(const WindowLimits& limits) {
  if (!(limits.share > 0.0 && limits.share <= 1.0)) {
    throw OptionError("the largest share of a window must be above 0 and at most 1");
  }
  if (limits.distance && !(std::isfinite(*limits.distance) && *limits.distance > 0.0)) {
    throw OptionError("the largest distance of a window must be positive and finite");
  }
}

std::size_t Windows::deepest() const {
  return depth.empty() ? 0 : *std::max_element(depth.begin(), depth.end());
}

std::vector<std::uint32_t> members(const Windows& windows, std::size_t row, std::size_t step) {
  const auto steps = windows.steps(row);
  const auto depths = windows.depths(row);
  std::vector<std::uint32_t> found;
  if (depths.empty()) {
    for (std::size_t k = 0; k <= step; ++k) found.push_back(steps[k] & ~Windows::kOpen);
  } else {
    // The parent of a window is the last one before it that is less deep by one.
    std::size_t wanted = depths[step];
    for (std::size_t k = step + 1; wanted > 0; --k) {
      if (depths[k - 1] != wanted) continue;
      found.push_back(steps[k - 1]);
      --wanted;
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

double most_measure(std::span<const double> measure, const WindowLimits& limits) {
  const double total = std::accumulate(measure.begin(), measure.end(), 0.0);
  return std::floor(total * limits.share * (1.0 + 1e-12));
}

NestedRow nested_row(std::vector<ReachedPlace>& reached, std::span<const double> measure, double most) {
  std::sort(reached.begin(), reached.end(), [](const ReachedPlace& a, const ReachedPlace& b) {
    return a.distance < b.distance || (a.distance == b.distance && a.place < b.place);
  });
  NestedRow row;
  double held = 0.0;
  for (std::size_t begin = 0; begin < reached.size();) {
    const std::size_t end = end_of_tie(reached, begin);
    for (std::size_t k = begin; k < end; ++k) held += measure[reached[k].place];
    if (held > most) {
      row.full = true;
      row.end = reached[begin].distance;
      return row;
    }
    for (std::size_t k = begin; k < end; ++k) {
      row.member.push_back(reached[k].place | (k + 1 < end ? Windows::kOpen : 0U));
    }
    begin = end;
  }
  return row;
}

void append_rows(Windows& windows, std::span<const NestedRow> rows, double shape, double angle,
                 double factor) {
  std::size_t steps = windows.member.size();
  for (const NestedRow& row : rows) steps += row.member.size();
  if (steps > kMostSteps) {
    throw OptionError("there are too many windows: lower their largest share or distance");
  }
  windows.member.reserve(steps);
  for (std::size_t place = 0; place < rows.size(); ++place) {
    windows.member.insert(windows.member.end(), rows[place].member.begin(), rows[place].member.end());
    windows.first.push_back(windows.member.size());
    windows.centre.push_back(static_cast<std::uint32_t>(place));
    windows.shape.push_back(shape);
    windows.angle.push_back(angle);
    windows.factor.push_back(factor);
  }
}

}  // namespace waywarden
