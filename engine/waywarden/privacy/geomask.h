#pragma once

/// Donut geomasking: every point is moved by a random distance between two radii in a random direction,
/// uniformly by area, so that neither the true place nor its closest surroundings are where the point is
/// shown. Source: Hampton et al., "Mapping health data: improved privacy protection with donut method
/// geomasking", Am. J. Epidemiology 2010.
///
/// Not a guarantee: the mask knows nothing of how many people live around a point, so it gives no k-anonymity
/// by itself. Whoever knows the seed and the record ids can undo it: keep the seed out of what is published.
/// Several maskings of the same points with different seeds can be averaged: mask once.
///
/// The move of a record depends on (seed, record id) alone, never on the order of rows. Displacements are
/// computed with the ellipsoid's radii of curvature at the point: distances are true to 0.1 % up to 20 km and
/// 60 degrees of latitude.

#include <cstdint>

#include "waywarden/base/units.h"
#include "waywarden/features/feature_table.h"

namespace waywarden {

struct GeomaskOptions {
  /// Nearest and farthest a point may be moved: 0 < nearest < farthest <= 100 km, else `OptionError`.
  Metres nearest{1000.0};
  Metres farthest{5000.0};
  /// Keep it secret.
  std::uint64_t seed = 0;
};

/// The same table with every point moved. Missing geometries stay missing; throws `InputError` for anything
/// but points, `CrsError` when the CRS is unknown.
FeatureTable geomask(const FeatureTable& records, const GeomaskOptions& options);

}  // namespace waywarden
