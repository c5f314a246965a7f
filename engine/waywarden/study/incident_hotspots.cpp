#include "waywarden/study/incident_hotspots.h"

#include <algorithm>

#include "waywarden/index/geographic_index.h"
#include "waywarden/study/hotspot_facts.h"

namespace waywarden {
namespace {

/// Neighbours of a place in its statistic.
constexpr std::size_t kNearestPlaces = 8;

TestedCounts tested(std::vector<std::int64_t> counts, const Weights& neighbours, std::uint64_t seed,
                    const Execution& execution) {
  GetisOrdOptions options;
  options.permutations.seed = seed;
  const std::vector<double> values(counts.begin(), counts.end());
  TestedCounts out{std::move(counts), getis_ord(values, with_self(neighbours), options, execution), {}};
  out.facts = hotspot_facts(out.counts, neighbours, out.result, execution);
  return out;
}

/// A hexagon and a place share incidents only if the place's limit reaches into the hexagon.
std::vector<Overlap::Pair> overlaps(const HexGrid& grid, const std::vector<HexCell>& cells,
                                    const Places& places, Metres place_radius) {
  const GeographicPointIndex centres(grid.centres(cells));
  // The projection squeezes cells far from its centre: 5 % covers grids some 2,500 km across.
  const Metres reach = 1.05 * (place_radius + grid.edge());
  std::vector<Overlap::Pair> pairs;
  for (std::size_t place = 0; place < places.size(); ++place) {
    for (const auto& hit : centres.within(places.point[place], reach)) pairs.push_back({hit.index, place});
  }
  return pairs;
}

}  // namespace

IncidentHotspots incident_hotspots(std::span<const Point> incidents, const Places& places,
                                   const IncidentLayer& options, std::uint64_t seed,
                                   const Execution& execution) {
  execution.start("finding hot spots", 2);
  HexGridOptions grid_options;
  grid_options.cell_area_km2 = options.hexagon_km2;
  const HexGrid grid = hex_grid_around(incidents, grid_options);
  HexCounts hexagons = count_by_hexagon(grid, incidents);
  const PlaceCounts by_place = count_by_place(incidents, places.point, options.place_radius, {}, execution);
  const Weights hex_neighbours = hex_contiguity(hexagons.cells);
  const Weights place_neighbours = nearest_neighbours(
      places.point, std::min(kNearestPlaces, std::max<std::size_t>(places.size(), 1) - 1), execution);

  IncidentHotspots out{
      grid, hexagons.cells, tested(hexagons.counts, hex_neighbours, seed, execution), {}, 0, 0, {}};
  execution.advance();
  if (places.size() > 1) out.places = tested(by_place.counts, place_neighbours, seed, execution);
  out.incidents = static_cast<std::int64_t>(incidents.size());
  out.far_from_places = by_place.unassigned;
  out.overlaps = overlaps(grid, hexagons.cells, places, options.place_radius);
  return out;
}

}  // namespace waywarden
