#include "waywarden/hotspots/mann_kendall.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

void require_finite(std::span<const double> values) {
  const auto bad = std::find_if_not(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
  if (bad == values.end()) return;
  throw InputError("value " + std::to_string(bad - values.begin()) + " of the series is not finite");
}

std::int64_t pairs(std::size_t n) { return n < 2 ? 0 : static_cast<std::int64_t>(n * (n - 1) / 2); }

/// Sorts the values and counts the pairs that fall.
std::int64_t sort_counting_falls(std::span<double> values) {
  if (values.size() < 2) return 0;
  const std::size_t half = values.size() / 2;
  std::int64_t falls = sort_counting_falls(values.first(half)) + sort_counting_falls(values.subspan(half));
  std::size_t left = 0;
  for (std::size_t right = half; right < values.size(); ++right) {
    while (left < half && values[left] <= values[right]) ++left;
    falls += static_cast<std::int64_t>(half - left);
  }
  std::inplace_merge(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(half), values.end());
  return falls;
}

struct Ranks {
  std::int64_t falls = 0;
  /// Sizes of the groups of equal values, singles included.
  std::vector<std::size_t> groups;

  std::int64_t tied_pairs() const {
    std::int64_t tied = 0;
    for (const std::size_t t : groups) tied += pairs(t);
    return tied;
  }
};

Ranks ranks(std::span<const double> values) {
  std::vector<double> sorted(values.begin(), values.end());
  Ranks result;
  result.falls = sort_counting_falls(sorted);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i == 0 || sorted[i] != sorted[i - 1]) result.groups.push_back(0);
    ++result.groups.back();
  }
  return result;
}

/// n (n - 1)(2n + 5).
double spread(std::size_t n) {
  const auto count = static_cast<double>(n);
  return count * (count - 1.0) * (2.0 * count + 5.0);
}

double variance_of(std::size_t n, const Ranks& ranks) {
  double ties = 0.0;
  for (const std::size_t t : ranks.groups) ties += spread(t);
  return (spread(n) - ties) / 18.0;
}

using Distribution = std::vector<double>;

Distribution convolved(const Distribution& a, const Distribution& b) {
  Distribution sums(a.size() + b.size() - 1, 0.0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) sums[i + j] += a[i] * b[j];
  }
  return sums;
}

/// Among all orders of `others` things and `equal` equal smaller ones: how many pairs have the smaller one
/// later. By which kind comes last (Mann and Whitney 1947): an equal one, after all others, or another.
Distribution falls_between(std::size_t others, std::size_t equal) {
  // row[e] is the distribution with e equal ones and the others so far.
  std::vector<Distribution> row(equal + 1, Distribution{1.0});
  for (std::size_t m = 1; m <= others; ++m) {
    for (std::size_t e = 1; e <= equal; ++e) {
      const double last_is_equal = static_cast<double>(e) / static_cast<double>(m + e);
      Distribution mixed(m * e + 1, 0.0);
      for (std::size_t u = 0; u < row[e].size(); ++u) mixed[u] += (1.0 - last_is_equal) * row[e][u];
      for (std::size_t u = 0; u < row[e - 1].size(); ++u) mixed[u + m] += last_is_equal * row[e - 1][u];
      row[e] = std::move(mixed);
    }
  }
  return row[equal];
}

/// Of the number of falling pairs, over all orders of values with these groups of equal ones.
Distribution falls_distribution(std::vector<std::size_t> groups) {
  std::sort(groups.begin(), groups.end(), std::greater<>());
  Distribution falls = {1.0};
  std::size_t placed = 0;
  for (const std::size_t group : groups) {
    falls = convolved(falls, falls_between(placed, group));
    placed += group;
  }
  return falls;
}

}  // namespace

MannKendall mann_kendall(std::span<const double> values) {
  require_finite(values);
  const Ranks ranked = ranks(values);
  MannKendall result;
  result.n = values.size();
  result.s = pairs(values.size()) - ranked.tied_pairs() - 2 * ranked.falls;
  if (ranked.groups.size() < 2) return result;
  result.variance = variance_of(values.size(), ranked);
  const auto s = static_cast<double>(result.s);
  const double moved = s > 0.0 ? s - 1.0 : s < 0.0 ? s + 1.0 : 0.0;
  result.z = moved / std::sqrt(result.variance);
  result.p = std::erfc(std::abs(*result.z) / std::sqrt(2.0));
  return result;
}

std::optional<double> mann_kendall_exact_p(std::span<const double> values) {
  require_finite(values);
  if (values.size() > kMostValuesOfExactTrend) {
    throw OptionError("the exact probability of a trend is for at most " +
                      std::to_string(kMostValuesOfExactTrend) + " values");
  }
  const Ranks ranked = ranks(values);
  if (ranked.groups.size() < 2) return std::nullopt;
  const Distribution falls = falls_distribution(ranked.groups);
  // The distribution is symmetric: the smaller tail is that of the smaller of falls and rises.
  const auto most = static_cast<std::int64_t>(falls.size()) - 1;
  const auto extreme = static_cast<std::size_t>(std::min(ranked.falls, most - ranked.falls));
  double tail = 0.0;
  for (std::size_t u = 0; u <= extreme; ++u) tail += falls[u];
  return std::min(1.0, 2.0 * tail);
}

}  // namespace waywarden
