#include "waywarden/clusters/detail/cell_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "waywarden/base/errors.h"

namespace waywarden::detail {
namespace {

using Key = std::array<std::int64_t, 4>;

/// Beyond, numbers of cells would be wrong by a tenth of one.
constexpr double kMostCellsAcross = 0x1p49;

struct KeyHash {
  std::size_t operator()(const Key& key) const {
    std::uint64_t hash = 0;
    for (const std::int64_t part : key) {
      hash = (hash ^ static_cast<std::uint64_t>(part)) * 0x9e3779b97f4a7c15ULL;
      hash ^= hash >> 32;
    }
    return static_cast<std::size_t>(hash);
  }
};

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

/// Steps to all cells that may hold sites within reach, but the cell itself; nearest first.
std::vector<Key> steps_around(std::size_t dimensions, bool timed) {
  std::vector<Key> steps;
  const std::int64_t depth = dimensions == 3 ? 2 : 0, later = timed ? 1 : 0;
  for (std::int64_t x = -2; x <= 2; ++x) {
    for (std::int64_t y = -2; y <= 2; ++y) {
      for (std::int64_t z = -depth; z <= depth; ++z) {
        for (std::int64_t t = -later; t <= later; ++t) {
          if (x != 0 || y != 0 || z != 0 || t != 0) steps.push_back({x, y, z, t});
        }
      }
    }
  }
  const auto squares = [](const Key& k) { return k[0] * k[0] + k[1] * k[1] + k[2] * k[2] + k[3] * k[3]; };
  std::stable_sort(steps.begin(), steps.end(),
                   [&](const Key& a, const Key& b) { return squares(a) < squares(b); });
  return steps;
}

Key moved(const Key& from, const Key& step) {
  return {from[0] + step[0], from[1] + step[1], from[2] + step[2], from[3] + step[3]};
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
  std::unordered_map<Key, std::uint32_t, KeyHash> where;
  where.reserve(cells());
  for (std::size_t cell = 0; cell < cells(); ++cell) {
    where.emplace(keys[sites(cell)[0]], static_cast<std::uint32_t>(cell));
  }
  const auto steps = steps_around(dimensions(all.sites), !all.times.empty());
  for (std::size_t cell = 0; cell < cells(); ++cell) {
    for (const Key& step : steps) {
      const auto found = where.find(moved(keys[sites(cell)[0]], step));
      if (found != where.end()) around_.push_back(found->second);
    }
    around_first_.push_back(around_.size());
  }
}

}  // namespace waywarden::detail
