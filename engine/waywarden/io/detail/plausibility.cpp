#include "waywarden/io/detail/plausibility.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/io/detail/gdal_handles.h"

namespace waywarden::detail {
namespace {

/// Rounding in files written with few digits.
constexpr double kTolerance = 1e-6;

enum class Extent { within, past_180, outside };

Extent extent_of(const Geometry& geometry) {
  Extent extent = Extent::within;
  for (const Point p : geometry.points) {
    if (std::abs(p.y) > 90.0 + kTolerance || std::abs(p.x) > 360.0 + kTolerance) return Extent::outside;
    if (std::abs(p.x) > 180.0 + kTolerance) extent = Extent::past_180;
  }
  return extent;
}

FeatureTable within_degrees(FeatureTable table, ImportReport& report) {
  std::vector<std::size_t> kept;
  std::size_t outside = 0, with_geometry = 0;
  ImportReport found;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const Extent extent = extent_of(table.geometries[row]);
    const Where where{table.source, table.name, table.ids[row]};
    with_geometry += !table.geometries[row].empty();
    outside += extent == Extent::outside;
    if (extent == Extent::outside)
      found.add(Outcome::skipped, where, "coordinates outside the range of degrees");
    if (extent == Extent::past_180) found.add(Outcome::doubtful, where, "longitude past 180 degrees");
    if (extent != Extent::outside) kept.push_back(row);
  }
  if (outside > 0 && outside == with_geometry) {
    throw InputError(
        {table.source, table.name, ""},
        "coordinates are outside the range of degrees, but the coordinate reference system is geographic");
  }
  report.append(found);
  return outside == 0 ? std::move(table) : table.take(kept);
}

bool is_projected(const Crs& crs) {
  const SpatialReference reference(OSRNewSpatialReference(wkt(crs).c_str()));
  return reference != nullptr && OSRIsProjected(reference.get()) != 0;
}

bool looks_like_degrees(const FeatureTable& table) {
  bool any = false;
  for (const Geometry& geometry : table.geometries) {
    any = any || !geometry.empty();
    if (extent_of(geometry) != Extent::within) return false;
  }
  return any;
}

}  // namespace

FeatureTable plausible(FeatureTable table, ImportReport& report) {
  if (!table.has_geometry()) return table;
  if (is_geographic(table.crs)) return within_degrees(std::move(table), report);
  if (is_projected(table.crs) && looks_like_degrees(table)) {
    report.add(Outcome::doubtful, {table.source, table.name, ""},
               "coordinates look like degrees, but the coordinate reference system is projected");
  }
  return table;
}

}  // namespace waywarden::detail
