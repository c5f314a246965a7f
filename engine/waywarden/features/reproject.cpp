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
    const Geometry& geometry = table.geometries[row];
    Geometry moved{geometry.type, transform(geometry.points), geometry.part_ends, geometry.polygon_ends};
    if (all_finite(moved)) {
      kept.push_back(row);
      geometries.push_back(std::move(moved));
    } else {
      report.add(Outcome::skipped, {table.source, table.name, table.ids[row]},
                 "coordinates cannot be transformed");
    }
  }
  FeatureTable out{table.name, table.source, to, {}, std::move(geometries), {}};
  for (const std::size_t row : kept) out.ids.push_back(table.ids[row]);
  for (const Column& column : table.columns) out.columns.push_back(column.take(kept));
  return out;
}

}  // namespace waywarden
