#include "waywarden/clusters/detail/cell_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "waywarden/base/errors.h"

namespace waywarden::detail {
namespace {

using Key = std::array<std::int64_t, 4>;

/// Beyond, numbers of cells would be wrong by a tenth of one.
constexpr double kMostCellsAcross = 0x1p49;

std::size_t dimensions(const Sites& sites) { return sites.metric() == PointMetric::planar ? 2 : 3; }

/// The diagonal of a cell is the radius; a little less, so that rounding rarely makes it more.
double side(const ReachableSites& all) {
  return all.reach.radius / std::sqrt(static_cast<double>(dimensions(all.sites))) * (1.0 - 1e-9);
}

struct Bounds {
  Coordinates low{}, high{};
};

Bounds bounds_of(const Sites& sites, std::span<const std::uint32_t> members) {
  Bounds box{sites.at(members[0]), sites.at(members[0])};
  for (const std::uint32_t site : members) {
    for (std::size_t d = 0; d < 3; ++d) {
      box.low[d] = std::min(box.low[d], sites.at(site)[d]);
      box.high[d] = std::max(box.high[d], sites.at(site)[d]);
    }
  }
  return box;
}

/// Numbers of cells along each axis, counted from the lowest site.
Coordinates lowest(const Sites& sites, double side) {
  std::vector<std::uint32_t> everyone(sites.size());
  std::iota(everyone.begin(), everyone.end(), 0U);
  const Bounds box = bounds_of(sites, everyone);
  for (std::size_t d = 0; d < 3; ++d) {
    if ((box.high[d] - box.low[d]) / side <= kMostCellsAcross) continue;
    throw OptionError("the radius is too small beside the extent of the points");
  }
  return box.low;
}

/// How many cells further, along each axis, sites within reach may lie.
Key reach_of(const ReachableSites& all) {
  return {2, 2, dimensions(all.sites) == 3 ? 2 : 0, all.times.empty() ? 0 : 1};
}

/// The last axis along which cells have neighbours: in the order of keys, those lie beside each other.
std::size_t last_axis(const Key& reach) { return reach[3] > 0 ? 3 : reach[2] > 0 ? 2 : 1; }

/// Steps to the first cell of every row along the last axis.
std::vector<Key> row_starts(const Key& reach) {
  Key far = reach;
  far[last_axis(reach)] = 0;
  std::vector<Key> starts;
  for (std::int64_t x = -far[0]; x <= far[0]; ++x) {
    for (std::int64_t y = -far[1]; y <= far[1]; ++y) {
      for (std::int64_t z = -far[2]; z <= far[2]; ++z) starts.push_back({x, y, z, 0});
    }
  }
  for (Key& start : starts) start[last_axis(reach)] = -reach[last_axis(reach)];
  return starts;
}

Key moved(const Key& from, const Key& step) {
  return {from[0] + step[0], from[1] + step[1], from[2] + step[2], from[3] + step[3]};
}

std::int64_t squared_steps(const Key& a, const Key& b) {
  std::int64_t squares = 0;
  for (std::size_t d = 0; d < 4; ++d) squares += (a[d] - b[d]) * (a[d] - b[d]);
  return squares;
}

}  // namespace

CellGrid::CellGrid(const ReachableSites& all) {
  if (all.sites.size() == 0) return;
  const auto keys_of_sites = keys(all);
  group(keys_of_sites);
  judge(all);
  connect(keys_of_sites, all);
}

std::vector<Key> CellGrid::keys(const ReachableSites& all) const {
  const double wide = side(all);
  const Coordinates low = lowest(all.sites, wide);
  const std::int64_t long_ = std::max<std::int64_t>(all.reach.duration, 1);
  const std::int64_t earliest = all.times.empty() ? 0 : *std::min_element(all.times.begin(), all.times.end());
  std::vector<Key> result(all.sites.size());
  for (std::size_t site = 0; site < result.size(); ++site) {
    for (std::size_t d = 0; d < 3; ++d) {
      result[site][d] = static_cast<std::int64_t>((all.sites.at(site)[d] - low[d]) / wide);
    }
    result[site][3] = all.times.empty() ? 0 : (all.times[site] - earliest) / long_;
  }
  return result;
}

void CellGrid::group(const std::vector<Key>& keys) {
  members_.resize(keys.size());
  std::iota(members_.begin(), members_.end(), 0U);
  std::sort(members_.begin(), members_.end(),
            [&](std::uint32_t a, std::uint32_t b) { return keys[a] != keys[b] ? keys[a] < keys[b] : a < b; });
  cell_of_.resize(keys.size());
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (i > 0 && keys[members_[i]] != keys[members_[i - 1]]) first_.push_back(i);
    cell_of_[members_[i]] = static_cast<std::uint32_t>(first_.size() - 1);
  }
  first_.push_back(members_.size());
}

void CellGrid::judge(const ReachableSites& all) {
  whole_.assign(cells(), 0);
  for (std::size_t cell = 0; cell < cells(); ++cell) {
    const Bounds box = bounds_of(all.sites, sites(cell));
    bool near = all.sites.at_most(Sites::length(box.low, box.high)) <= all.reach.radius;
    if (!all.times.empty()) {
      std::int64_t first = all.times[sites(cell)[0]], last = first;
      for (const std::uint32_t site : sites(cell)) {
        first = std::min(first, all.times[site]);
        last = std::max(last, all.times[site]);
      }
      near = near && last - first <= all.reach.duration;
    }
    whole_[cell] = near ? 1 : 0;
  }
}

void CellGrid::connect(const std::vector<Key>& keys, const ReachableSites& all) {
  std::vector<Key> cell_key;
  for (std::size_t cell = 0; cell < cells(); ++cell) cell_key.push_back(keys[sites(cell)[0]]);
  const Key reach = reach_of(all);
  const auto starts = row_starts(reach);
  const std::size_t axis = last_axis(reach);
  // As cells are gone through in the order of their keys, so is each of the rows around them.
  std::vector<std::size_t> in_row(starts.size(), 0);
  std::vector<std::pair<std::int64_t, std::uint32_t>> found;
  for (std::size_t cell = 0; cell < cells(); ++cell) {
    found.clear();
    for (std::size_t row = 0; row < starts.size(); ++row) {
      const Key first = moved(cell_key[cell], starts[row]);
      Key last = first;
      last[axis] += 2 * reach[axis];
      std::size_t& other = in_row[row];
      while (other < cells() && cell_key[other] < first) ++other;
      for (std::size_t i = other; i < cells() && cell_key[i] <= last; ++i) {
        if (i == cell) continue;
        found.emplace_back(squared_steps(cell_key[cell], cell_key[i]), static_cast<std::uint32_t>(i));
      }
    }
    std::sort(found.begin(), found.end());
    for (const auto& [steps, other] : found) around_.push_back(other);
    around_first_.push_back(around_.size());
  }
}

}  // namespace waywarden::detail
