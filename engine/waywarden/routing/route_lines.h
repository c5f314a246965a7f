#pragma once

/// Routes as lines on the ground: the shapes of their edges, one after another.

#include <cstdint>
#include <span>

#include "waywarden/geometry/geometry.h"
#include "waywarden/network/network.h"

namespace waywarden {

/// A line string along edges that follow each other; no geometry for no edges. Vertices on which two edges
/// meet stand once.
Geometry route_line(const Network& network, std::span<const std::uint32_t> edges);

}  // namespace waywarden
