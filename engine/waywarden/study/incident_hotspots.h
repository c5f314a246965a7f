#pragma once

/// Where incidents concentrate: counted by equal-area hexagon and by place, tested by Gi* with a correction
/// for many tests. Holds unsuppressed counts; what of it may leave is the business of a release.

#include <optional>
#include <span>
#include <vector>

#include "waywarden/hotspots/aggregate.h"
#include "waywarden/hotspots/getis_ord.h"
#include "waywarden/network/places.h"
#include "waywarden/privacy/draft.h"
#include "waywarden/study/study.h"

namespace waywarden {

/// Counts of one partition of the incidents, tested.
struct TestedCounts {
  std::vector<std::int64_t> counts;
  GetisOrdResult result;
  std::vector<ClassFact> facts;
};

struct IncidentHotspots {
  HexGrid grid;
  std::vector<HexCell> cells;
  TestedCounts hexagons;
  /// In the order of the places.
  TestedCounts places;
  /// Incidents in all, and those farther from every place than the limit.
  std::int64_t incidents = 0;
  std::int64_t far_from_places = 0;
  /// Hexagon and place that can share incidents, and hexagons wholly within the places' limit.
  std::vector<Overlap::Pair> overlaps;
  std::vector<std::size_t> hexagons_enclosed;
};

/// Throws `InputError` when there are no incidents or one is not on the earth.
IncidentHotspots incident_hotspots(std::span<const Point> incidents, const Places& places,
                                   const IncidentLayer& options, std::uint64_t seed,
                                   const Execution& execution);

}  // namespace waywarden
