#pragma once

/// Where links cross country borders: exact on the geometry, then read with the border's accuracy in mind. A
/// road that weaves along a border line known to some hundred metres has not crossed it a dozen times: along
/// each chain of links, a stay in another country shorter than the accuracy is noise, and is given back to
/// its neighbours; the same at a junction when the stay is short on every chain that meets there. What
/// remains is one crossing per change of country, placed where the geometry crosses (midway where noise was
/// removed).
///
/// Roads, railways, rivers and footpaths: land outside every country (a generalised coast) belongs to the
/// countries on either side. Sea links: leaving a country for the open sea is a crossing. Air links have
/// none.

#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/network/country_areas.h"
#include "waywarden/network/noding.h"

namespace waywarden {

struct BorderCut {
  std::size_t link;
  /// Position along the link's line: segment, and share of the way along it.
  std::size_t segment;
  double t;
  /// Countries before and after, in the direction of the link's line; `kNoCountry` at sea.
  std::uint16_t from;
  std::uint16_t to;
  double accuracy_m;
  friend auto operator<=>(const BorderCut&, const BorderCut&) = default;
};

struct Borders {
  /// By (link, position).
  std::vector<BorderCut> cuts;
  /// Country at the start of each link.
  std::vector<std::uint16_t> start_country;
};

Borders find_borders(const std::vector<Link>& links, const CountryAreas& areas, const Execution& execution);

}  // namespace waywarden
