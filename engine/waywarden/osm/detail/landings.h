#pragma once

/// Where ferries land: nodes at which a way of mode sea ends and that a road, railway or footpath has too.

#include <cstdint>
#include <vector>

#include "waywarden/osm/detail/way_store.h"
#include "waywarden/osm/tag_profile.h"

namespace waywarden::detail {

/// Ids of nodes, ascending. O(refs log ends).
std::vector<std::int64_t> landings(const WayStore& store, const std::vector<LinkRule>& rules);

}  // namespace waywarden::detail
