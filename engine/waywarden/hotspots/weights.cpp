#include "waywarden/hotspots/weights.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

/// Sums and squares of weights up to this stay finite.
constexpr double kLargestWeight = 1e100;

std::uint64_t packed(HexCell cell) {
  return (std::uint64_t{static_cast<std::uint32_t>(cell.q)} << 32) | static_cast<std::uint32_t>(cell.r);
}

std::unordered_map<std::uint64_t, std::uint32_t> positions(std::span<const HexCell> cells) {
  std::unordered_map<std::uint64_t, std::uint32_t> where;
  where.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!where.emplace(packed(cells[i]), static_cast<std::uint32_t>(i)).second) {
      throw InputError("the cell " + id_text(cells[i]) + " is there twice");
    }
  }
  return where;
}

/// Steps from the centre to every hexagon at most `rings` away, but the centre.
std::vector<HexCell> disc(unsigned rings) {
  const auto reach = static_cast<std::int32_t>(rings);
  std::vector<HexCell> steps;
  for (std::int32_t q = -reach; q <= reach; ++q) {
    for (std::int32_t r = std::max(-reach, -q - reach); r <= std::min(reach, -q + reach); ++r) {
      if (q != 0 || r != 0) steps.push_back({q, r});
    }
  }
  return steps;
}

/// One more entry of the last row.
void append(Weights& to, std::uint32_t neighbour, double weight, bool weighted) {
  to.neighbour.push_back(neighbour);
  if (weighted) to.weight.push_back(weight);
}

std::string cell_name(std::size_t cell) { return "cell " + std::to_string(cell); }

void require_valid_row(const Weights& weights, std::size_t cell) {
  const auto row = weights.neighbours(cell);
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] >= weights.size()) throw InputError(cell_name(cell) + " has a neighbour that does not exist");
    if (i > 0 && row[i] <= row[i - 1])
      throw InputError(cell_name(cell) + " has neighbours out of order or twice");
    const double w = weights.weight_at(weights.first[cell] + i);
    if (!(w >= 0.0 && w <= kLargestWeight))
      throw InputError(cell_name(cell) + " has a weight that is negative, not finite or beyond 1e100");
  }
}

double largest_weight(const Weights& weights, std::size_t cell) {
  double largest = 0.0;
  for (std::size_t e = weights.first[cell]; e < weights.first[cell + 1]; ++e) {
    largest = std::max(largest, weights.weight_at(e));
  }
  return largest > 0.0 ? largest : 1.0;
}

}  // namespace

Weights binary_weights(std::vector<std::vector<std::uint32_t>> lists) {
  Weights weights;
  weights.first.reserve(lists.size() + 1);
  for (auto& list : lists) {
    std::sort(list.begin(), list.end());
    weights.neighbour.insert(weights.neighbour.end(), list.begin(), list.end());
    weights.first.push_back(weights.neighbour.size());
  }
  return weights;
}

void require_valid(const Weights& weights) {
  if (weights.first.empty() || weights.first.front() != 0 ||
      weights.first.back() != weights.neighbour.size() ||
      !std::is_sorted(weights.first.begin(), weights.first.end())) {
    throw InputError("the rows of the weights do not cover its entries");
  }
  if (!weights.weight.empty() && weights.weight.size() != weights.neighbour.size()) {
    throw InputError("there must be as many weights as neighbours");
  }
  for (std::size_t cell = 0; cell < weights.size(); ++cell) require_valid_row(weights, cell);
}

Weights without_self(const Weights& weights) {
  Weights others;
  others.first.reserve(weights.first.size());
  others.neighbour.reserve(weights.neighbour.size());
  for (std::size_t cell = 0; cell < weights.size(); ++cell) {
    for (std::size_t e = weights.first[cell]; e < weights.first[cell + 1]; ++e) {
      const double w = weights.weight_at(e);
      if (weights.neighbour[e] != cell && w > 0.0)
        append(others, weights.neighbour[e], w, !weights.weight.empty());
    }
    others.first.push_back(others.neighbour.size());
  }
  return others;
}

bool is_without_self(const Weights& weights) {
  const auto positive = [](double weight) { return weight > 0.0; };
  if (!std::all_of(weights.weight.begin(), weights.weight.end(), positive)) return false;
  for (std::size_t cell = 0; cell < weights.size(); ++cell) {
    for (const std::uint32_t j : weights.neighbours(cell)) {
      if (j == cell) return false;
    }
  }
  return true;
}

Weights with_self(const Weights& weights) {
  Weights all;
  all.first.reserve(weights.first.size());
  const bool weighted = !weights.weight.empty();
  for (std::size_t cell = 0; cell < weights.size(); ++cell) {
    const auto self = static_cast<std::uint32_t>(cell);
    bool listed = false;
    for (std::size_t e = weights.first[cell]; e < weights.first[cell + 1]; ++e) {
      const std::uint32_t neighbour = weights.neighbour[e];
      if (!listed && neighbour > self) append(all, self, largest_weight(weights, cell), weighted);
      listed = listed || neighbour >= self;
      append(all, neighbour, weights.weight_at(e), weighted);
    }
    if (!listed) append(all, self, largest_weight(weights, cell), weighted);
    all.first.push_back(all.neighbour.size());
  }
  return all;
}

std::vector<std::size_t> islands(const Weights& weights) {
  std::vector<std::size_t> cells;
  for (std::size_t cell = 0; cell < weights.size(); ++cell) {
    const auto row = weights.neighbours(cell);
    const bool alone = std::all_of(row.begin(), row.end(), [&](std::uint32_t j) { return j == cell; });
    if (alone) cells.push_back(cell);
  }
  return cells;
}

Weights hex_contiguity(std::span<const HexCell> cells, unsigned rings) {
  const auto where = positions(cells);
  const auto steps = disc(rings);
  std::vector<std::vector<std::uint32_t>> lists(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (const HexCell step : steps) {
      const auto found = where.find(packed({cells[i].q + step.q, cells[i].r + step.r}));
      if (found != where.end()) lists[i].push_back(found->second);
    }
  }
  return binary_weights(std::move(lists));
}

Weights binary(const NeighbourDistances& distances) {
  Weights weights;
  weights.first = distances.first;
  weights.neighbour.reserve(distances.entries.size());
  for (const auto& entry : distances.entries) weights.neighbour.push_back(entry.neighbour);
  return weights;
}

Weights nearest_neighbours(std::span<const Point> points, std::size_t k, const Execution& execution) {
  return binary(nearest_distances(points, k, Surface::globe, execution));
}

Weights distance_band(std::span<const Point> points, Metres radius, const Execution& execution) {
  return binary(distances_within(points, radius.value, Surface::globe, execution));
}

Weights planar_nearest_neighbours(std::span<const Point> points, std::size_t k, const Execution& execution) {
  return binary(nearest_distances(points, k, Surface::plane, execution));
}

Weights planar_distance_band(std::span<const Point> points, double radius, const Execution& execution) {
  return binary(distances_within(points, radius, Surface::plane, execution));
}

}  // namespace waywarden
