#pragma once

/// What the values of some OpenStreetMap tags mean (as the project's wiki documents them): free text, so what
/// is not understood is nothing, never an error.

#include <cstdint>
#include <optional>
#include <string_view>

#include "waywarden/base/units.h"

namespace waywarden {

/// maxspeed: "50", "50 km/h", "30 mph", "10 knots", "walk" (5). Nothing for "none", "signals", "RO:urban" and
/// others that need a table of laws.
std::optional<double> speed_limit_kmh(std::string_view maxspeed);

/// duration: "35" (minutes), "00:35", "01:05:30", "PT1H20M".
std::optional<Seconds> duration_of(std::string_view duration);

/// layer where it is a whole number from -20 to 20; else 1 on a bridge and -1 in a tunnel; else 0.
std::int16_t level_of(std::string_view layer, std::string_view bridge, std::string_view tunnel);

enum class WayDirection : std::uint8_t { not_stated, both, forward, backward };

/// oneway, and junction for the roundabouts that imply it. A way whose direction changes with the hour goes
/// both ways.
WayDirection direction_of(std::string_view oneway, std::string_view junction);

}  // namespace waywarden
