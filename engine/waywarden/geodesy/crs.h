#pragma once

/// Coordinate reference systems, by their text: an authority code, WKT, PROJJSON or a PROJ string. Texts
/// cross every boundary, so two copies of PROJ in one process never see each other's objects. PROJ's own
/// network access is off.

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "waywarden/geometry/point.h"

namespace waywarden {

class Crs {
 public:
  /// Not known: the state of a layer that does not say.
  Crs() = default;
  /// Keeps the text; it is looked at when used.
  explicit Crs(std::string text) : text_(std::move(text)) {}

  /// Longitude and latitude in degrees on WGS 84, in this order.
  static Crs wgs84() { return Crs("OGC:CRS84"); }

  bool known() const { return !text_.empty(); }
  const std::string& text() const { return text_; }

  friend bool operator==(const Crs&, const Crs&) = default;

 private:
  std::string text_;
};

/// Whether coordinates are longitudes and latitudes. Throws `CrsError` for text that PROJ cannot read.
bool is_geographic(const Crs& crs);

/// The CRS as WKT 2:2019, which GDAL, geopandas and QGIS read. Throws `CrsError`.
std::string wkt(const Crs& crs);

/// Transforms points from one CRS to another; x is always east or longitude, y north or latitude, whatever
/// the authority's axis order says. Each object holds its own PROJ context: use one per thread.
class Transformer {
 public:
  /// Throws `CrsError` when either is unknown, cannot be read, or no operation connects them (e.g. an
  /// engineering CRS).
  Transformer(const Crs& from, const Crs& to);
  ~Transformer();
  Transformer(Transformer&&) noexcept;
  Transformer& operator=(Transformer&&) noexcept;

  /// Points that cannot be transformed come back as infinities (test with `finite()`).
  std::vector<Point> operator()(std::span<const Point> points) const;

 private:
  struct Operation;
  std::unique_ptr<Operation> operation_;
};

/// The Lambert azimuthal equal-area projection centred on a point, in metres: for grids whose cells must be
/// equally large. Source: Snyder, "Map Projections - A Working Manual" (1987), 24; computed by PROJ.
Crs equal_area_around(Point longitude_latitude);

/// Of the PROJ that is linked, e.g. "9.1.1".
std::string proj_version();

}  // namespace waywarden
