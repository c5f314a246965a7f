#include "waywarden/study/incident_hotspots.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <utility>

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

Point between(Point a, Point b, double part) { return {a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)}; }

/// The centre of a hexagon, and points on three rings through its corners and the middles of its sides.
std::vector<Point> spread_over(Point centre, const Geometry& hexagon) {
  std::vector<Point> all = {centre};
  // Hexagons across the antimeridian reach beyond 180.
  if (hexagon.points.front().x - centre.x > 180.0) centre.x += 360.0;
  if (hexagon.points.front().x - centre.x < -180.0) centre.x -= 360.0;
  for (std::size_t i = 0; i + 1 < hexagon.points.size(); ++i) {
    const Point corner = hexagon.points[i], middle = between(corner, hexagon.points[i + 1], 0.5);
    for (const double part : {1.0 / 3.0, 2.0 / 3.0, 1.0}) {
      all.push_back(between(centre, corner, part));
      all.push_back(between(centre, middle, part));
    }
  }
  for (Point& point : all) point.x = std::remainder(point.x, 360.0);
  return all;
}

/// Hexagons that reach within the limit of some place, in order.
std::vector<HexCell> hexagons_near(const HexGrid& grid, const std::vector<HexCell>& cells,
                                   const Places& places, Metres limit) {
  const GeographicPointIndex centres(grid.centres(cells));
  // The projection squeezes cells far from its centre: 5 % covers grids some 2,500 km across.
  const Metres reach = 1.05 * (limit + grid.edge());
  std::set<HexCell> near;
  for (const Point place : places.point)
    for (const auto& hit : centres.within(place, reach)) near.insert(cells[hit.index]);
  return {near.begin(), near.end()};
}

/// What anyone can tell from a map: an incident belongs to the nearest place, and to none beyond the limit.
/// Judged at points spread over each hexagon. A pair that touches between them only is left out unless it
/// shares incidents, and a gap between them is overlooked unless there are incidents in it: the attacker of
/// the release is then stronger than the true one.
void compare_outlines(const HexCounts& hexagons, const PlaceCounts& by_place, const Places& places,
                      Metres limit, const Execution& execution, IncidentHotspots& out) {
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  std::set<std::size_t> not_enclosed;
  const auto take = [&](std::size_t cell, const std::optional<std::uint32_t>& place) {
    if (place) pairs.insert({cell, *place});
    if (!place) not_enclosed.insert(cell);
  };
  for (std::size_t i = 0; i < hexagons.cell_of_incident.size(); ++i)
    take(hexagons.cell_of_incident[i], by_place.place_of_incident[i]);

  const std::vector<HexCell> near = hexagons_near(out.grid, hexagons.cells, places, limit);
  const std::vector<Point> centres = out.grid.centres(near);
  const std::vector<Geometry> outlines = out.grid.polygons(near);
  std::vector<Point> points;
  std::vector<std::size_t> cell_of_point;
  for (std::size_t i = 0; i < near.size(); ++i) {
    const auto at = std::lower_bound(hexagons.cells.begin(), hexagons.cells.end(), near[i]);
    const std::vector<Point> spread = spread_over(centres[i], outlines[i]);
    points.insert(points.end(), spread.begin(), spread.end());
    cell_of_point.resize(points.size(), static_cast<std::size_t>(at - hexagons.cells.begin()));
  }
  const PlaceCounts found = count_by_place(points, places.point, limit, {}, execution);
  for (std::size_t i = 0; i < points.size(); ++i) take(cell_of_point[i], found.place_of_incident[i]);

  for (const auto& [cell, place] : pairs) out.overlaps.push_back({cell, place});
  const std::set<std::size_t> seen(cell_of_point.begin(), cell_of_point.end());
  std::set_difference(seen.begin(), seen.end(), not_enclosed.begin(), not_enclosed.end(),
                      std::back_inserter(out.hexagons_enclosed));
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
      grid, hexagons.cells, tested(hexagons.counts, hex_neighbours, seed, execution), {}, 0, 0, {}, {}};
  execution.advance();
  if (places.size() > 1) out.places = tested(by_place.counts, place_neighbours, seed, execution);
  out.incidents = static_cast<std::int64_t>(incidents.size());
  out.far_from_places = by_place.unassigned;
  compare_outlines(hexagons, by_place, places, options.place_radius, execution, out);
  return out;
}

}  // namespace waywarden
