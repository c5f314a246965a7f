#pragma once

/// Who shares a border: neighbours from polygons. Queen: a point of the boundary in common is enough; rook: a
/// stretch of it. Symmetric, binary; an area without geometry, or apart from all others, is an island.
///
/// Without a tolerance, boundaries must share vertices (queen) or edges between the same two vertices (rook),
/// exactly: what layers with clean topology do. O(vertices log vertices). With one, boundaries that come as
/// near as this touch, whether or not they share vertices: gaps, slivers and overlaps up to the tolerance,
/// and borders cut at other places on either side, do no harm. Rook then asks for two edges that run side by
/// side, within the tolerance, over more than the tolerance (or more than nothing if that is 0), so it should
/// be shorter than edges are. O(edges x edges near them). An area that lies inside another without coming
/// near its boundary is no neighbour of it.

#include <cstdint>
#include <optional>
#include <span>

#include "waywarden/base/execution.h"
#include "waywarden/geometry/geometry.h"
#include "waywarden/hotspots/weights.h"

namespace waywarden {

enum class Border : std::uint8_t { queen, rook };

struct ContiguityOptions {
  Border border = Border::queen;
  /// In the unit of the coordinates.
  std::optional<double> tolerance;
};

/// Throws `InputError`, naming the area, for a geometry that is not polygonal or not finite, and
/// `OptionError` for a tolerance that is negative or not finite.
Weights contiguity(std::span<const Geometry> areas, const ContiguityOptions& options = {},
                   const Execution& execution = {});

}  // namespace waywarden
