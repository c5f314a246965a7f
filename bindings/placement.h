#pragma once

/// Placements between C++ and Python.

#include "convert.h"
#include "waywarden/interdiction/placement.h"

namespace waywarden::bindings {

py::dict placement_out(const Placement& placement);

std::vector<SiteId> site_ids_in(const std::vector<std::size_t>& positions);

}  // namespace waywarden::bindings
