#pragma once

/// Incidents counted by hexagon and by place. An incident counts as one, or as many as `sizes` says (people,
/// say). Counts are whole numbers, so neither the order of incidents nor the number of threads can change
/// them.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/units.h"
#include "waywarden/hotspots/hex_grid.h"

namespace waywarden {

struct HexCounts {
  /// All cells that cover the rectangle around the incidents, in canonical order.
  std::vector<HexCell> cells;
  /// Per cell, zeros included.
  std::vector<std::int64_t> counts;
  /// Per incident, the position of its cell in `cells`.
  std::vector<std::uint32_t> cell_of_incident;
};

/// `sizes` is empty or has one entry per incident, none negative (`InputError`). Coordinates are longitudes
/// and latitudes; `InputError` names the position of one that is not on the earth.
HexCounts count_by_hexagon(const HexGrid& grid, std::span<const Point> incidents,
                           std::span<const std::int64_t> sizes = {});

/// Within cells that are given, in any order: for a study area, or the cells of another period. Incidents
/// elsewhere are counted in `outside`, and have no cell.
struct HexCountsWithin {
  /// Per given cell.
  std::vector<std::int64_t> counts;
  std::vector<std::optional<std::uint32_t>> cell_of_incident;
  /// Sum of the sizes of incidents in none of the cells.
  std::int64_t outside = 0;
};

HexCountsWithin count_within_hexagons(const HexGrid& grid, std::span<const HexCell> cells,
                                      std::span<const Point> incidents,
                                      std::span<const std::int64_t> sizes = {});

struct PlaceCounts {
  /// Per place.
  std::vector<std::int64_t> counts;
  /// Per incident: the nearest place by geodesic distance within the limit, and how far it is.
  std::vector<std::optional<std::uint32_t>> place_of_incident;
  std::vector<std::optional<double>> distance_m;
  /// Sum of the sizes of incidents with no place within the limit.
  std::int64_t unassigned = 0;
};

/// Of places equally far the one with the smaller coordinates (x, then y) counts, then the one with the
/// smaller index.
PlaceCounts count_by_place(std::span<const Point> incidents, std::span<const Point> places, Metres limit,
                           std::span<const std::int64_t> sizes = {}, const Execution& execution = {});

}  // namespace waywarden
