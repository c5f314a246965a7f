#include "waywarden/hotspots/aggregate.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/index/geographic_index.h"

namespace waywarden {
namespace {

void require_sizes(std::span<const Point> incidents, std::span<const std::int64_t> sizes) {
  if (!sizes.empty() && sizes.size() != incidents.size()) {
    throw InputError("there must be one size per incident, or none at all");
  }
  const auto bad = std::find_if(sizes.begin(), sizes.end(), [](std::int64_t size) { return size < 0; });
  if (bad == sizes.end()) return;
  throw InputError("the size of incident " + std::to_string(bad - sizes.begin()) + " is negative");
}

std::int64_t size_of(std::span<const std::int64_t> sizes, std::size_t incident) {
  return sizes.empty() ? 1 : sizes[incident];
}

/// Positions sorted by what `key` says of them, then by position.
template <class Key>
std::vector<std::uint32_t> order_by(std::size_t count, const Key& key) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  return order;
}

std::optional<std::uint32_t> find(std::span<const HexCell> cells, const std::vector<std::uint32_t>& order,
                                  HexCell cell) {
  const auto found = std::lower_bound(order.begin(), order.end(), cell,
                                      [&](std::uint32_t at, HexCell wanted) { return cells[at] < wanted; });
  if (found == order.end() || cells[*found] != cell) return std::nullopt;
  return *found;
}

}  // namespace

HexCounts count_by_hexagon(const HexGrid& grid, std::span<const Point> incidents,
                           std::span<const std::int64_t> sizes) {
  HexCounts result;
  result.cells = grid.covering(incidents);
  HexCountsWithin within = count_within_hexagons(grid, result.cells, incidents, sizes);
  result.counts = std::move(within.counts);
  result.cell_of_incident.reserve(incidents.size());
  // The cells cover all incidents, so that each has one.
  for (const auto cell : within.cell_of_incident) result.cell_of_incident.push_back(cell.value());
  return result;
}

HexCountsWithin count_within_hexagons(const HexGrid& grid, std::span<const HexCell> cells,
                                      std::span<const Point> incidents, std::span<const std::int64_t> sizes) {
  require_sizes(incidents, sizes);
  const auto order = order_by(cells.size(), [&](std::uint32_t i) { return cells[i]; });
  HexCountsWithin result;
  result.counts.assign(cells.size(), 0);
  result.cell_of_incident.reserve(incidents.size());
  for (const HexCell cell : grid.cells_of(incidents))
    result.cell_of_incident.push_back(find(cells, order, cell));
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    const auto cell = result.cell_of_incident[i];
    (cell ? result.counts[*cell] : result.outside) += size_of(sizes, i);
  }
  return result;
}

PlaceCounts count_by_place(std::span<const Point> incidents, std::span<const Point> places, Metres limit,
                           std::span<const std::int64_t> sizes, const Execution& execution) {
  require_sizes(incidents, sizes);
  const auto order = order_by(places.size(), [&](std::uint32_t i) { return places[i]; });
  std::vector<Point> sorted;
  for (const std::uint32_t place : order) sorted.push_back(places[place]);
  const GeographicPointIndex index(std::move(sorted));
  PlaceCounts result;
  result.place_of_incident.resize(incidents.size());
  result.distance_m.resize(incidents.size());
  const auto assign = [&](std::size_t i) {
    const auto hit = index.nearest(incidents[i], limit);
    if (!hit) return;
    result.place_of_incident[i] = order[hit->index];
    result.distance_m[i] = hit->distance_m;
  };
  parallel_for(incidents.size(), execution, assign, 64);
  result.counts.assign(places.size(), 0);
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    const auto place = result.place_of_incident[i];
    (place ? result.counts[*place] : result.unassigned) += size_of(sizes, i);
  }
  return result;
}

}  // namespace waywarden
