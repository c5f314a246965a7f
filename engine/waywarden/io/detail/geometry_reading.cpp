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

/// Where geometry of more than one part keeps the sound ones.
class SoundParts {
 public:
  explicit SoundParts(const Geometry& from) : from_(from) { out_.type = from.type; }

  void add_lines() {
    for (std::size_t i = 0; i < from_.part_count(); ++i) {
      const auto line = from_.part(i);
      if (line.size() > 1) out_.add_part(line);
      dropped_ = dropped_ || line.size() == 1;
    }
  }

  void add_polygons() {
    for (std::size_t i = 0; i < from_.polygon_ends.size(); ++i) add_polygon(i);
  }

  GeometryReading into(GeometryReading reading) && {
    if (out_.empty()) {
      reading.geometry = {};
      reading.unusable =
          from_.polygon_ends.empty() ? "line of fewer than two vertices" : "ring of fewer than four vertices";
      return reading;
    }
    if (dropped_) note(reading, "part of too few vertices dropped");
    if (closed_) note(reading, "ring closed");
    reading.geometry = std::move(out_);
    return reading;
  }

 private:
  static constexpr std::size_t kFewestOfRing = 4;

  static void note(GeometryReading& reading, const std::string& what) {
    reading.repaired += (reading.repaired.empty() ? "" : "; ") + what;
  }

  void add_polygon(std::size_t polygon) {
    const auto [first, last] = from_.rings_of_polygon(polygon);
    if (first == last || from_.part(first).empty()) return;
    for (std::size_t i = first; i < last; ++i) {
      if (from_.part(i).empty()) continue;
      if (!add_ring(from_.part(i)) && i == first) return;
    }
    out_.close_polygon();
  }

  bool add_ring(std::span<const Point> ring) {
    std::vector<Point> closed(ring.begin(), ring.end());
    if (closed.front() != closed.back()) closed.push_back(closed.front());
    if (closed.size() < kFewestOfRing) return dropped_ = true, false;
    closed_ = closed_ || closed.size() != ring.size();
    return out_.add_part(closed), true;
  }

  const Geometry& from_;
  Geometry out_;
  bool dropped_ = false, closed_ = false;
};

/// What GEOS would refuse later is settled here.
GeometryReading with_sound_parts(GeometryReading reading) {
  const Geometry from = std::move(reading.geometry);
  SoundParts parts(from);
  if (!from.polygon_ends.empty())
    parts.add_polygons();
  else
    parts.add_lines();
  return std::move(parts).into(std::move(reading));
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
  return reading.geometry.part_ends.empty() ? reading : with_sound_parts(std::move(reading));
}

}  // namespace waywarden::detail
