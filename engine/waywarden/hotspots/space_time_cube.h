#pragma once

/// DatedIncidents counted by hexagon and time step. Each cell has a bin for each step, empty ones included:
/// that nothing happened is an observation. Counts are whole numbers, so neither the order of incidents nor
/// the number of threads can change them. O(incidents (log cells + log steps) + bins).

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/hotspots/hex_grid.h"
#include "waywarden/hotspots/time_steps.h"
#include "waywarden/hotspots/weights.h"

namespace waywarden {

struct SpaceTimeCube {
  std::vector<HexCell> cells;
  TimeSteps steps;
  /// Of cell c at step s in counts[bin(c, s)].
  std::vector<std::int64_t> counts;
  /// Per incident; nothing for those outside.
  std::vector<std::optional<std::size_t>> bin_of_incident;
  /// Sum of the sizes of incidents in none of the cells or none of the steps.
  std::int64_t outside = 0;

  std::size_t bin(std::size_t cell, std::size_t step) const { return cell * steps.size() + step; }
  std::span<const std::int64_t> series(std::size_t cell) const {
    return {counts.data() + bin(cell, 0), steps.size()};
  }
};

/// Where and when something happened: as many times as places.
struct DatedIncidents {
  std::span<const Point> longitude_latitude;
  /// Seconds since 1970, UTC.
  std::span<const std::int64_t> times;
  /// How much each counts (people, say): empty, or one each, none negative.
  std::span<const std::int64_t> sizes = {};
};

/// Over all cells that cover the rectangle around the incidents. Throws `InputError` where lengths differ, a
/// size is negative or a point is not on the earth; `OptionError` for more than `most_bins`.
SpaceTimeCube space_time_cube(const HexGrid& grid, const TimeSteps& steps, const DatedIncidents& incidents,
                              std::size_t most_bins = 100'000'000);
/// Over cells that are given, in any order: a study area, or those of another period.
SpaceTimeCube space_time_cube_within(const HexGrid& grid, std::span<const HexCell> cells,
                                     const TimeSteps& steps, const DatedIncidents& incidents,
                                     std::size_t most_bins = 100'000'000);

/// The cube without the cells in which nothing happened at any step, as ArcGIS analyses it where no study
/// area is given. Cells at sea leave; so do those that are cold because nothing ever happens there.
SpaceTimeCube without_empty_cells(const SpaceTimeCube& cube);

/// Bins next to each other, numbered as in the cube: those of cells at most `rings` apart, at the same step
/// or one of the `steps_back` before it. Not symmetric: what came later is nobody's neighbour.
Weights space_time_contiguity(const SpaceTimeCube& cube, unsigned rings = 1, std::size_t steps_back = 1);

}  // namespace waywarden
