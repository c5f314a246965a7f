#pragma once

/// From lines to links: polylines that meet only at their ends. Lines of one mode are cut where they share a
/// vertex and at their ends; ends within the snap tolerance of each other become one; an end within the
/// tolerance of another line of the same mode is tied to it there. Lines that merely cross are not joined (a
/// bridge is not a junction) unless both say so (line_crossings.h). Nor are lines of different levels where
/// both pass through a vertex; an end is joined to the lines of its own level that pass there, and to those
/// of others only where it is the only one of its level (where a bridge begins).
///
/// Snapping does not depend on the order of features and does not chain: clusters are merged by ascending
/// distance, and only while every two ends of a cluster are within the tolerance (complete linkage). O(n log
/// n) for n vertices plus the pairs within the tolerance.

#include <span>
#include <string>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/units.h"
#include "waywarden/features/import_report.h"
#include "waywarden/network/mode.h"
#include "waywarden/network/network.h"

namespace waywarden {

/// Which ways a link can be travelled.
enum class Ways : std::uint8_t { both, forward, backward };

/// What a line says of all links cut from it.
struct LinkFacts {
  SourceFeature source;
  Mode mode = Mode::road;
  Ways ways = Ways::both;
  double speed_kmh = kSpeedNotStated;
  double detection = 0.0;
  /// Above ground (a bridge) or below (a tunnel); 0 on it.
  std::int16_t level = 0;
  AtCrossings at_crossings = AtCrossings::pass;
  friend auto operator<=>(const LinkFacts&, const LinkFacts&) = default;
};

/// A polyline in longitude and latitude, at least two vertices, with no two consecutive ones equal.
struct Link {
  std::vector<Point> line;
  LinkFacts facts;
  friend auto operator<=>(const Link&, const Link&) = default;
};

/// Rounds to 1e-7 degrees (about a centimetre) of longitudes from -180 to 180, so that vertices meant to be
/// equal are; a pole has longitude 0.
Point canonical(Point longitude_latitude);

/// Cuts lines into links, in canonical order. `lines` need canonical vertices.
std::vector<Link> node_lines(std::vector<Link> lines, Metres snap_tolerance, ImportReport& report,
                             const Execution& execution);

}  // namespace waywarden
