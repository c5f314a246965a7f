#include "waywarden/hotspots/neighbour_distances.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/index/all_nearest.h"
#include "waywarden/index/geographic_index.h"
#include "waywarden/index/point_index.h"

namespace waywarden {
namespace {

using Entry = NeighbourDistances::Entry;

/// Rows that are filled together: few allocations, and enough blocks for all threads.
constexpr std::size_t kBlock = 1024;

/// Positions in the order of coordinates, so that ties by index are ties by content.
std::vector<std::size_t> canonical_order(std::span<const Point> points) {
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return points[a] < points[b]; });
  return order;
}

std::vector<Point> in_order(std::span<const Point> points, const std::vector<std::size_t>& order) {
  std::vector<Point> sorted;
  sorted.reserve(points.size());
  for (const std::size_t i : order) sorted.push_back(points[i]);
  return sorted;
}

/// The two kinds of index behind one face.
struct PlaneSearch {
  PointIndex index;

  explicit PlaneSearch(const std::vector<Point>& points) : index(points) {}
  std::vector<PointIndex::Hit> within(Point from, double radius) const { return index.within(from, radius); }
  static double distance(const PointIndex::Hit& hit) { return hit.distance; }
};

struct GlobeSearch {
  GeographicPointIndex index;

  explicit GlobeSearch(const std::vector<Point>& points) : index(points) {}
  std::vector<GeographicPointIndex::Hit> within(Point from, double radius) const {
    return index.within(from, {radius});
  }
  static double distance(const GeographicPointIndex::Hit& hit) { return hit.distance_m; }
};

/// Rows of equal length, to be filled.
NeighbourDistances even_rows(std::size_t rows, std::size_t entries_each) {
  NeighbourDistances result;
  result.first.reserve(rows + 1);
  for (std::size_t i = 0; i < rows; ++i) result.first.push_back((i + 1) * entries_each);
  result.entries.resize(rows * entries_each);
  return result;
}

NeighbourDistances nearest_on_globe(std::span<const Point> points, std::size_t k,
                                    const Execution& execution) {
  const auto order = canonical_order(points);
  const std::vector<Point> sorted = in_order(points, order);
  const GeographicPointIndex index(sorted);
  const std::size_t most = points.empty() ? 0 : std::min(k, points.size() - 1);
  NeighbourDistances result = even_rows(points.size(), most);
  const auto fill = [&](std::size_t rank) {
    auto* const row = result.entries.data() + order[rank] * most;
    std::size_t filled = 0;
    for (const auto& hit : index.k_nearest(sorted[rank], most + 1)) {
      if (hit.index == rank || filled == most) continue;
      row[filled++] = {static_cast<std::uint32_t>(order[hit.index]), hit.distance_m};
    }
    std::sort(row, row + most);
  };
  parallel_for(points.size(), execution, fill, kBlock);
  return result;
}

NeighbourDistances nearest_in_plane(std::span<const Point> points, std::size_t k,
                                    const Execution& execution) {
  const std::size_t most = points.empty() ? 0 : std::min(k, points.size() - 1);
  NeighbourDistances result = even_rows(points.size(), most);
  all_nearest(points, k, execution, [&](std::size_t i, std::span<const SquaredHit> hits) {
    auto* const row = result.entries.data() + i * most;
    std::transform(hits.begin(), hits.end(), row, [](const SquaredHit& hit) {
      return Entry{hit.index, std::sqrt(hit.squared_distance)};
    });
    std::sort(row, row + most);
  });
  return result;
}

template <class Search>
NeighbourDistances within_by(std::span<const Point> points, double radius, const Execution& execution) {
  const std::vector<Point> all(points.begin(), points.end());
  const Search search(all);
  return distances_by_row(all.size(), execution, [&](std::size_t, std::size_t i) {
    std::vector<Entry> row;
    for (const auto& hit : search.within(all[i], radius)) {
      if (hit.index != i) row.push_back({static_cast<std::uint32_t>(hit.index), Search::distance(hit)});
    }
    return row;
  });
}

}  // namespace

NeighbourDistances distances_by_row(
    std::size_t rows, const Execution& execution,
    const std::function<std::vector<Entry>(std::size_t workspace, std::size_t row)>& row_of) {
  const std::size_t blocks = (rows + kBlock - 1) / kBlock;
  std::vector<NeighbourDistances> parts(blocks);
  parallel_for_with_workspace(blocks, execution, [&](std::size_t workspace, std::size_t block) {
    NeighbourDistances& part = parts[block];
    for (std::size_t i = block * kBlock; i < std::min(rows, (block + 1) * kBlock); ++i) {
      std::vector<Entry> row = row_of(workspace, i);
      std::sort(row.begin(), row.end());
      part.entries.insert(part.entries.end(), row.begin(), row.end());
      part.first.push_back(part.entries.size());
    }
  });
  NeighbourDistances all;
  all.first.reserve(rows + 1);
  for (NeighbourDistances& part : parts) {
    const std::size_t before = all.entries.size();
    for (std::size_t i = 1; i < part.first.size(); ++i) all.first.push_back(before + part.first[i]);
    all.entries.insert(all.entries.end(), part.entries.begin(), part.entries.end());
    part = {};
  }
  return all;
}

NeighbourDistances nearest_distances(std::span<const Point> points, std::size_t k, Surface surface,
                                     const Execution& execution) {
  return surface == Surface::plane ? nearest_in_plane(points, k, execution)
                                   : nearest_on_globe(points, k, execution);
}

NeighbourDistances distances_within(std::span<const Point> points, double radius, Surface surface,
                                    const Execution& execution) {
  if (!(radius >= 0.0) || !std::isfinite(radius))
    throw OptionError("a radius must be a number that is not negative");
  return surface == Surface::plane ? within_by<PlaneSearch>(points, radius, execution)
                                   : within_by<GlobeSearch>(points, radius, execution);
}

NeighbourDistances filtered(const NeighbourDistances& distances,
                            const std::function<bool(std::size_t, const Entry&)>& keep) {
  NeighbourDistances kept;
  kept.first.reserve(distances.first.size());
  for (std::size_t i = 0; i < distances.size(); ++i) {
    for (const Entry& entry : distances.row(i)) {
      if (keep(i, entry)) kept.entries.push_back(entry);
    }
    kept.first.push_back(kept.entries.size());
  }
  return kept;
}

NeighbourDistances within_time(const NeighbourDistances& distances, std::span<const double> times,
                               double span) {
  if (times.size() != distances.size()) throw InputError("there must be one time per point");
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!std::isfinite(times[i])) throw InputError("the time of point " + std::to_string(i) + " is missing");
  }
  if (!(span >= 0.0)) throw OptionError("a span of time must be a number that is not negative");
  return filtered(distances, [&](std::size_t i, const Entry& entry) {
    return std::abs(times[i] - times[entry.neighbour]) <= span;
  });
}

}  // namespace waywarden
