#pragma once

/// How exactly a record says where it happened, and who may use it. A record known only by its district
/// stands at the district's middle in most files, and a few hundred of them make a hot spot where nothing
/// happened: statistics of points must not take it for a point.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace waywarden {

/// From exact to coarse.
enum class LocationPrecision : std::uint8_t {
  point,     ///< where it happened, to some hundred metres
  place,     ///< a town or village
  district,  ///< an area with many places
  country,
  unknown,
};

std::string name(LocationPrecision precision);

/// The names above, and words in use for them ("exact", "gps", "address"; "town", "city", "village",
/// "locality"; "admin2", "province", "state", "region"; "national"), in any case; nothing for other words.
std::optional<LocationPrecision> parse_precision(std::string_view text);

enum class CoarserRows : std::uint8_t {
  refuse,     ///< there may be none
  leave_out,  ///< they are not used
};

struct PrecisionGuard {
  /// The coarsest that counts as a point.
  LocationPrecision coarsest = LocationPrecision::place;
  CoarserRows coarser = CoarserRows::refuse;
};

/// The rows that a statistic of points may use, ascending. Throws `InputError` that says how many are too
/// coarse, where those are refused. What is left out can be spread over its area (`spread_counts.h`).
std::vector<std::size_t> rows_usable_as_points(std::span<const LocationPrecision> precision,
                                               const PrecisionGuard& guard = {});

}  // namespace waywarden
