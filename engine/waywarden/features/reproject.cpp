#include "waywarden/features/reproject.h"

#include <algorithm>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

Transformer transformer(const FeatureTable& table, const Crs& to) {
  try {
    return {table.crs, to};
  } catch (const CrsError& error) {
    throw CrsError({table.source, table.name, ""}, error.reason());
  }
}

bool all_finite(const Geometry& g) {
  return std::all_of(g.points.begin(), g.points.end(), [](Point p) { return p.finite(); });
}

}  // namespace

FeatureTable reprojected(const FeatureTable& table, const Crs& to, ImportReport& report) {
  if (!table.has_geometry()) return table;
  const Transformer transform = transformer(table, to);
  std::vector<std::size_t> kept;
  std::vector<Geometry> geometries;
  for (std::size_t row = 0; row < table.size(); ++row) {
    Geometry moved = table.geometries[row];
    moved.points = transform(moved.points);
    if (all_finite(moved)) {
      kept.push_back(row);
      geometries.push_back(std::move(moved));
    } else {
      report.add(Outcome::skipped, {table.source, table.name, table.ids[row]},
                 "coordinates cannot be transformed");
    }
  }
  FeatureTable out = table.take(kept);
  out.geometries = std::move(geometries);
  out.crs = to;
  return out;
}

}  // namespace waywarden
