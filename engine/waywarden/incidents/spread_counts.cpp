#include "waywarden/incidents/spread_counts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

constexpr std::int64_t kLargestSize = std::int64_t{1} << 31;

void require_usable(const SpreadCells& cells) {
  if (cells.area.size() != cells.share.size()) throw InputError("there must be one share per cell");
  const auto usable = [](double share) { return share >= 0.0 && share <= 1e100; };
  if (!std::all_of(cells.share.begin(), cells.share.end(), usable))
    throw InputError("the share of a cell is negative, not finite, or beyond 1e100");
  const auto named = [&](const auto& area) { return !area || *area < cells.area.size(); };
  if (!std::all_of(cells.area.begin(), cells.area.end(), named))
    throw InputError("areas must be numbered from 0 on, without gaps");
}

/// One more than the largest area named.
std::size_t area_count(std::span<const std::optional<std::uint32_t>> areas) {
  std::size_t count = 0;
  for (const auto& area : areas)
    if (area) count = std::max(count, std::size_t{*area} + 1);
  return count;
}

/// Per area, its shares added in ascending order.
std::vector<double> share_sums(const SpreadCells& cells) {
  std::vector<std::size_t> order(cells.share.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return cells.share[a] < cells.share[b]; });
  std::vector<double> sums(area_count(cells.area));
  for (const std::size_t cell : order)
    if (cells.area[cell]) sums[*cells.area[cell]] += cells.share[cell];
  return sums;
}

}  // namespace

SpreadCounts spread_counts(std::span<const std::optional<std::uint32_t>> area_of_record,
                           const SpreadCells& cells, std::span<const std::int64_t> sizes) {
  require_usable(cells);
  if (!sizes.empty() && sizes.size() != area_of_record.size())
    throw InputError("there must be one size per record");
  const std::vector<double> shares = share_sums(cells);
  std::vector<std::int64_t> people(shares.size());
  SpreadCounts spread;
  for (std::size_t row = 0; row < area_of_record.size(); ++row) {
    const std::int64_t size = sizes.empty() ? 1 : sizes[row];
    if (size < 0 || size > kLargestSize)
      throw InputError("the size of record " + std::to_string(row) + " is negative or beyond 2^31");
    const auto area = area_of_record[row];
    const bool placed = area && *area < shares.size() && shares[*area] > 0.0;
    (placed ? people[*area] : spread.unplaced) += size;
  }
  for (std::size_t cell = 0; cell < cells.area.size(); ++cell) {
    const auto area = cells.area[cell];
    const bool reached = area && cells.share[cell] > 0.0;
    spread.expected.push_back(
        reached ? static_cast<double>(people[*area]) * (cells.share[cell] / shares[*area]) : 0.0);
  }
  return spread;
}

}  // namespace waywarden
