#include "waywarden/hotspots/space_time_cube.h"

#include <algorithm>
#include <limits>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/hotspots/aggregate.h"

namespace waywarden {
namespace {

void require_bins(std::size_t cells, std::size_t steps, std::size_t most) {
  if (steps == 0) throw OptionError("a space-time cube needs at least one time step");
  if (cells <= most / steps) return;
  throw OptionError(std::to_string(cells) + " cells at " + std::to_string(steps) +
                    " steps are more than the limit of " + std::to_string(most) + " bins");
}

std::int64_t size_of(const DatedIncidents& incidents, std::size_t i) {
  return incidents.sizes.empty() ? 1 : incidents.sizes[i];
}

}  // namespace

SpaceTimeCube space_time_cube(const HexGrid& grid, const TimeSteps& steps, const DatedIncidents& incidents,
                              std::size_t most_bins) {
  return space_time_cube_within(grid, grid.covering(incidents.longitude_latitude), steps, incidents,
                                most_bins);
}

SpaceTimeCube space_time_cube_within(const HexGrid& grid, std::span<const HexCell> cells,
                                     const TimeSteps& steps, const DatedIncidents& incidents,
                                     std::size_t most_bins) {
  const auto points = incidents.longitude_latitude;
  if (incidents.times.size() != points.size()) throw InputError("there must be one time per incident");
  require_bins(cells.size(), steps.size(), most_bins);
  const auto where = count_within_hexagons(grid, cells, points, incidents.sizes).cell_of_incident;
  SpaceTimeCube cube{{cells.begin(), cells.end()}, steps, {}, {}, 0};
  cube.counts.assign(cells.size() * steps.size(), 0);
  cube.bin_of_incident.resize(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto step = steps.step_of(incidents.times[i]);
    if (where[i] && step) cube.bin_of_incident[i] = cube.bin(*where[i], *step);
    const auto bin = cube.bin_of_incident[i];
    (bin ? cube.counts[*bin] : cube.outside) += size_of(incidents, i);
  }
  return cube;
}

SpaceTimeCube without_empty_cells(const SpaceTimeCube& cube) {
  SpaceTimeCube kept{{}, cube.steps, {}, cube.bin_of_incident, cube.outside};
  std::vector<std::size_t> new_cell(cube.cells.size());
  for (std::size_t c = 0; c < cube.cells.size(); ++c) {
    const auto series = cube.series(c);
    new_cell[c] = kept.cells.size();
    if (std::all_of(series.begin(), series.end(), [](std::int64_t n) { return n == 0; })) continue;
    kept.cells.push_back(cube.cells[c]);
    kept.counts.insert(kept.counts.end(), series.begin(), series.end());
  }
  const std::size_t steps = cube.steps.size();
  for (auto& bin : kept.bin_of_incident) {
    if (!bin) continue;
    // Only an incident of size 0 can lie in a cell that is left out.
    const std::size_t cell = *bin / steps;
    const bool stays = new_cell[cell] < kept.cells.size() && kept.cells[new_cell[cell]] == cube.cells[cell];
    bin = stays ? std::optional(kept.bin(new_cell[cell], *bin % steps)) : std::nullopt;
  }
  return kept;
}

Weights space_time_contiguity(const SpaceTimeCube& cube, unsigned rings, std::size_t steps_back) {
  const std::size_t steps = cube.steps.size();
  if (cube.counts.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw OptionError("a cube of more than 2^32 bins has no weights");
  }
  // With itself, because a cell's own past is next to it.
  const Weights space = with_self(hex_contiguity(cube.cells, rings));
  Weights bins;
  for (std::size_t cell = 0; cell < cube.cells.size(); ++cell) {
    for (std::size_t step = 0; step < steps; ++step) {
      const std::size_t earliest = step - std::min(step, steps_back);
      for (const std::uint32_t other : space.neighbours(cell)) {
        for (std::size_t s = earliest; s <= step; ++s) {
          if (other == cell && s == step) continue;
          bins.neighbour.push_back(static_cast<std::uint32_t>(cube.bin(other, s)));
        }
      }
      bins.first.push_back(bins.neighbour.size());
    }
  }
  return bins;
}

}  // namespace waywarden
