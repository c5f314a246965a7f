#include "waywarden/io/detail/geometry_reading.h"

#include <algorithm>
#include <span>
#include <vector>

#include "waywarden/base/errors.h"
#include "waywarden/geometry/wkb.h"

namespace waywarden::detail {
namespace {

OGRwkbGeometryType flat_type(OGRGeometryH geometry) {
  return OGR_GT_Flatten(OGR_G_GetGeometryType(geometry));
}

OGRwkbGeometryType single_of(OGRwkbGeometryType type) {
  switch (type) {
    case wkbMultiPoint:
      return wkbPoint;
    case wkbMultiLineString:
      return wkbLineString;
    case wkbMultiPolygon:
      return wkbPolygon;
    default:
      return type;
  }
}

OGRwkbGeometryType multi_of(OGRwkbGeometryType single) {
  switch (single) {
    case wkbPoint:
      return wkbMultiPoint;
    case wkbLineString:
      return wkbMultiLineString;
    case wkbPolygon:
      return wkbMultiPolygon;
    default:
      return wkbUnknown;
  }
}

bool is_surface_of_patches(OGRwkbGeometryType type) {
  return type == wkbPolyhedralSurface || type == wkbTIN || type == wkbTriangle;
}

/// The points, lines and polygons in a collection, however deeply nested. GDAL limits the nesting.
void add_members(OGRGeometryH geometry, std::vector<OGRGeometryH>& members) {
  const OGRwkbGeometryType type = flat_type(geometry);
  if (type != wkbGeometryCollection && single_of(type) == type) return members.push_back(geometry);
  for (int i = 0; i < OGR_G_GetGeometryCount(geometry); ++i)
    add_members(OGR_G_GetGeometryRef(geometry, i), members);
}

/// Nothing where the members are of several kinds.
OgrGeometry multi_from_collection(OGRGeometryH collection) {
  std::vector<OGRGeometryH> members;
  add_members(collection, members);
  if (members.empty()) return nullptr;
  const OGRwkbGeometryType kind = flat_type(members.front());
  const bool mixed =
      std::any_of(members.begin(), members.end(), [&](OGRGeometryH m) { return flat_type(m) != kind; });
  if (mixed || multi_of(kind) == wkbUnknown) return nullptr;
  OgrGeometry multi(OGR_G_CreateGeometry(multi_of(kind)));
  for (OGRGeometryH member : members) OGR_G_AddGeometry(multi.get(), member);
  return multi;
}

Geometry decoded(OGRGeometryH geometry) {
  OGR_G_FlattenTo2D(geometry);
  std::vector<std::byte> bytes(static_cast<std::size_t>(OGR_G_WkbSize(geometry)));
  OGR_G_ExportToWkb(geometry, wkbNDR, reinterpret_cast<unsigned char*>(bytes.data()));
  return from_wkb(bytes);
}

bool all_finite(std::span<const Point> points) {
  return std::all_of(points.begin(), points.end(), [](Point p) { return p.finite(); });
}

/// An empty point is written with coordinates that are not numbers; every other such vertex is damage.
void decode_into(GeometryReading& reading, OGRGeometryH geometry) {
  if (OGR_G_IsEmpty(geometry)) return;
  try {
    reading.geometry = decoded(geometry);
  } catch (const InputError&) {
    reading.unusable = "geometry of a kind that is not understood";
    return;
  }
  if (all_finite(reading.geometry.points)) return;
  reading.geometry = {};
  reading.unusable = "vertex that is not finite";
}

}  // namespace

GeometryReading read_geometry(OgrGeometry geometry) {
  GeometryReading reading;
  if (!geometry) return reading;
  reading.had_z = OGR_G_Is3D(geometry.get()) != 0;
  reading.had_m = OGR_G_IsMeasured(geometry.get()) != 0;
  if (OGR_G_HasCurveGeometry(geometry.get(), 1) != 0) {
    geometry.reset(OGR_G_GetLinearGeometry(geometry.get(), 0.0, nullptr));
    reading.repaired = "curve turned into lines";
  }
  if (is_surface_of_patches(flat_type(geometry.get()))) {
    geometry.reset(OGR_G_ForceToMultiPolygon(geometry.release()));
    reading.repaired = "surface turned into polygons";
  }
  if (flat_type(geometry.get()) == wkbGeometryCollection && OGR_G_IsEmpty(geometry.get()) == 0) {
    geometry = multi_from_collection(geometry.get());
    if (!geometry) reading.unusable = "collection of different kinds of geometry";
    if (!geometry) return reading;
    reading.repaired = "collection turned into a multi-geometry";
  }
  decode_into(reading, geometry.get());
  return reading;
}

}  // namespace waywarden::detail
