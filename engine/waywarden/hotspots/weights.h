#pragma once

/// Who is a neighbour of whom: spatial weights in compressed rows. Row i lists the neighbours of cell i in
/// ascending order, each with weight 1 unless `weight` says otherwise. Makers list no cell as its own
/// neighbour (`with_self` adds that), and their answers do not depend on the order of the input rows beyond
/// renumbering them. A cell without neighbours is an island; it is kept, and statistics name it undefined.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/units.h"
#include "waywarden/geometry/point.h"
#include "waywarden/hotspots/hex_grid.h"
#include "waywarden/hotspots/neighbour_distances.h"

namespace waywarden {

struct Weights {
  /// Row i is [first[i], first[i + 1]) of the other columns; n + 1 entries.
  std::vector<std::size_t> first{0};
  std::vector<std::uint32_t> neighbour;
  /// As long as `neighbour`, or empty: every weight is 1.
  std::vector<double> weight;

  std::size_t size() const { return first.size() - 1; }
  std::span<const std::uint32_t> neighbours(std::size_t cell) const {
    return {neighbour.data() + first[cell], first[cell + 1] - first[cell]};
  }
  double weight_at(std::size_t entry) const { return weight.empty() ? 1.0 : weight[entry]; }

  friend bool operator==(const Weights&, const Weights&) = default;
};

/// Binary weights from one list of neighbours per cell, in any order.
Weights binary_weights(std::vector<std::vector<std::uint32_t>> lists);

/// Throws `InputError`, naming the cell, unless rows are ascending without repeats, neighbours exist, and
/// weights are in [0, 1e100].
void require_valid(const Weights& weights);

/// The same without self-weights and without weights of zero.
Weights without_self(const Weights& weights);
/// Whether `without_self` leaves nothing out.
bool is_without_self(const Weights& weights);
/// The same with each cell its own neighbour, by 1 or, where weights differ, by the largest weight of its
/// row; a self-weight that is there already stays.
Weights with_self(const Weights& weights);

/// Cells that have no neighbour but themselves, ascending.
std::vector<std::size_t> islands(const Weights& weights);

/// Hexagons at most `rings` steps apart: 6 neighbours at 1, 18 at 2, fewer on the rim. Throws `InputError`
/// when a cell is there twice.
Weights hex_contiguity(std::span<const HexCell> cells, unsigned rings = 1);

/// The k nearest other points by geodesic distance; where several are equally far, those with the smaller
/// coordinates (x, then y), then the smaller index. Not symmetric.
Weights nearest_neighbours(std::span<const Point> longitude_latitude, std::size_t k,
                           const Execution& execution = {});

/// All other points at most `radius` away by geodesic distance.
Weights distance_band(std::span<const Point> longitude_latitude, Metres radius,
                      const Execution& execution = {});

/// Both in the plane, in the unit of the coordinates.
Weights planar_nearest_neighbours(std::span<const Point> points, std::size_t k,
                                  const Execution& execution = {});
Weights planar_distance_band(std::span<const Point> points, double radius, const Execution& execution = {});

/// Every entry a neighbour.
Weights binary(const NeighbourDistances& distances);

}  // namespace waywarden
