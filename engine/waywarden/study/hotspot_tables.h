#pragma once

/// Tables of incident counts and hot-spot classes, as drafts of what may leave: counts to be judged, classes
/// with what they give away. z, p and q are computed from unsuppressed counts and stand in no table that a
/// rule releases; in an unrestricted release they do.

#include "waywarden/privacy/draft.h"
#include "waywarden/study/incident_hotspots.h"

namespace waywarden {

/// Which of the counts the incidents are: name of the population in drafts.
inline constexpr const char* kIncidents = "incidents";

Table hexagon_table(const IncidentHotspots& hotspots, Origin origin);
Table place_hotspot_table(const IncidentHotspots& hotspots, const Places& places, Origin origin);

}  // namespace waywarden
