#pragma once

/// From costs on links back to the arcs of the graph: a link is an arc of the same cost or two links by way
/// of a lower rank. Of several it takes the arc first, the smallest id first, then the lowest
/// rank, those outside fans before those in them.

#include <cstdint>
#include <vector>

#include "waywarden/routing/metric.h"
#include "waywarden/routing/perfect_metric.h"

namespace waywarden::detail {

/// The ranks on the cheapest way from `rank` up to `top` over links of ascending ranks alone. `costs` is
/// working space: `kNoWay` everywhere, before and after.
std::vector<std::uint32_t> climb(const SearchLinks& links, const Hierarchy& hierarchy, std::uint32_t rank,
                                 std::uint32_t top, std::vector<Cost>& costs);

/// The arcs from a rank to a higher one that it is linked to.
void append_up(const Metric& metric, std::uint32_t low, std::uint32_t high, std::vector<std::uint32_t>& arcs);

/// The arcs from a rank to a lower one that it is linked to.
void append_down(const Metric& metric, std::uint32_t high, std::uint32_t low,
                 std::vector<std::uint32_t>& arcs);

}  // namespace waywarden::detail
