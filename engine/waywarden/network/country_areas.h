#pragma once

/// Country polygons, made ready to ask which country a point lies in and where a line meets a border.
/// Coordinates are longitude and latitude; edges of polygons run straight in degrees, as drawn.
///
/// Overlapping polygons (disputed land): a point belongs to the first by code. O(log n) per query on usual
/// maps.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "waywarden/features/import_report.h"
#include "waywarden/network/layers.h"

namespace waywarden {

class CountryAreas {
 public:
  /// The layer's table must be in longitude and latitude already. Countries of the same code are one. Rows
  /// without a polygon or code are skipped and reported.
  CountryAreas(const CountryLayer& layer, ImportReport& report);
  ~CountryAreas();
  CountryAreas(CountryAreas&&) noexcept;

  /// Codes in ascending order.
  const std::vector<std::string>& codes() const;
  /// How far the border of this country may be off, metres.
  double accuracy_m(std::size_t country) const;
  /// Index into `codes()`; nothing outside every country.
  std::optional<std::uint16_t> country_at(Point p) const;
  /// Shares t in (0, 1) of the way from a to b where the segment meets any border, ascending.
  std::vector<double> border_shares(Point a, Point b) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace waywarden
