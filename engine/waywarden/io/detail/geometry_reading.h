#pragma once

/// A geometry of GDAL's as one of ours.

#include <optional>
#include <string>

#include "waywarden/geometry/geometry.h"
#include "waywarden/io/detail/gdal_handles.h"

namespace waywarden::detail {

struct GeometryReading {
  /// `none` where there is no usable geometry.
  Geometry geometry;
  /// Why the feature cannot be used; empty where it can.
  std::string unusable;
  /// What was changed; empty where nothing was.
  std::string repaired;
  bool had_z = false;
  bool had_m = false;
};

/// Curves become lines (GDAL's default of 4 degrees per step), surfaces multi-polygons, collections of one
/// kind of geometry its multi-geometry. Rings are closed; lines of one vertex and rings of fewer than four
/// are dropped from what holds others too. Mixed collections, vertices that are not finite, and shapes of
/// which nothing is left make a feature unusable.
GeometryReading read_geometry(OgrGeometry geometry);

}  // namespace waywarden::detail
