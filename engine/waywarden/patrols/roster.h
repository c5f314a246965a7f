#pragma once

/// Who stands where on which day: schedules of a mixed patrol, drawn as often as the mix says. Each day is
/// drawn independently and depends on (seed, day) alone, so a longer roster begins like a shorter one.
/// Whoever knows the seed knows the roster.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "waywarden/patrols/mixed_patrol.h"

namespace waywarden {

/// A row per day, shift and team.
struct Roster {
  std::vector<std::size_t> day;
  std::vector<std::size_t> shift;
  std::vector<std::size_t> team;
  std::vector<SiteId> site;
};

/// O(days * shifts * teams + days * schedules). Empty for a patrol without schedules.
Roster sample_roster(const MixedPatrol& patrol, std::uint64_t seed, std::size_t days);

}  // namespace waywarden
