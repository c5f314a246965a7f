#pragma once

/// Placements between C++ and Python.

#include <optional>
#include <utility>
#include <vector>

#include "convert.h"
#include "waywarden/interdiction/collateral.h"
#include "waywarden/interdiction/limits.h"
#include "waywarden/interdiction/placement.h"

namespace waywarden::bindings {

py::dict placement_out(const Placement& placement);
py::dict frontier_out(const CollateralFrontier& frontier);

std::vector<SiteId> site_ids_in(const std::vector<std::size_t>& positions);

/// (stops per site, most of them)
using Stops = std::optional<std::pair<std::vector<double>, double>>;

/// Throws `OptionError` where more sites require a team than there are teams.
Limits limits_in(const Sites& sites, std::optional<std::size_t> teams, std::optional<double> budget,
                 const Stops& stops);

}  // namespace waywarden::bindings
