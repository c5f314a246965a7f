#include "waywarden/hotspots/distinct_values.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr double kLargestValue = 1e100;
constexpr double kLargestWhole = 1099511627776.0;  // 2^40

bool whole(double v) { return std::abs(v) <= kLargestWhole && v == std::floor(v); }

void require_usable(std::span<const double> values) {
  const auto usable = [](double v) { return std::abs(v) <= kLargestValue; };
  const auto bad = std::find_if_not(values.begin(), values.end(), usable);
  if (bad == values.end()) return;
  throw InputError("the value of cell " + std::to_string(bad - values.begin()) +
                   " is not finite, or beyond 1e100");
}

/// Whole numbers from `low` on, fewer of them possible than rows: counted without sorting.
DistinctValues by_counting(std::span<const double> values, double low, double high) {
  std::vector<std::size_t> copies(static_cast<std::size_t>(high - low) + 1, 0);
  const auto slot = [low](double v) { return static_cast<std::size_t>(v - low); };
  for (const double v : values) ++copies[slot(v)];
  DistinctValues distinct;
  std::vector<std::uint32_t> position(copies.size(), 0);
  for (std::size_t s = 0; s < copies.size(); ++s) {
    if (copies[s] == 0) continue;
    position[s] = static_cast<std::uint32_t>(distinct.size());
    distinct.value.push_back(low + static_cast<double>(s));
    distinct.copies.push_back(copies[s]);
  }
  distinct.group.reserve(values.size());
  for (const double v : values) distinct.group.push_back(position[slot(v)]);
  return distinct;
}

DistinctValues by_sorting(std::span<const double> values) {
  std::vector<std::pair<double, std::uint32_t>> rows;
  rows.reserve(values.size());
  // Adding 0 makes -0 the same as 0.
  for (const double v : values) rows.emplace_back(v + 0.0, static_cast<std::uint32_t>(rows.size()));
  std::sort(rows.begin(), rows.end());
  DistinctValues distinct;
  distinct.group.resize(values.size());
  for (const auto& [value, row] : rows) {
    if (distinct.value.empty() || distinct.value.back() != value) {
      distinct.value.push_back(value);
      distinct.copies.push_back(0);
    }
    ++distinct.copies.back();
    distinct.group[row] = static_cast<std::uint32_t>(distinct.size() - 1);
  }
  return distinct;
}

}  // namespace

DistinctValues distinct_values(std::span<const double> values) {
  require_usable(values);
  if (values.empty()) return {};
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const bool close = *high - *low <= static_cast<double>(values.size() + 64);
  if (close && std::all_of(values.begin(), values.end(), whole))
    return by_counting(values, *low + 0.0, *high);
  return by_sorting(values);
}

bool all_whole(const DistinctValues& values) {
  return std::all_of(values.value.begin(), values.value.end(), whole);
}

}  // namespace waywarden
