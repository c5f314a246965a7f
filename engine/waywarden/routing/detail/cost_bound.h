#pragma once

/// Whether costs fit: see `Metric`.

#include <cstdint>
#include <span>

#include "waywarden/routing/hierarchy.h"
#include "waywarden/routing/weights.h"

namespace waywarden::detail {

/// Throws `OptionError` unless there is one weight per arc.
void check_weight_count(const Hierarchy& hierarchy, std::span<const Weight> per_arc);

/// What no cheapest way costs more than: `way_cost_bound`, or a larger bound that is quickly found and fits
/// below `kNoWay`. Throws `OptionError` if none fits.
std::uint64_t fitting_cost_bound(const Hierarchy& hierarchy, std::span<const Weight> per_arc);

/// The same where a bound has been found already.
std::uint64_t fitting_cost_bound(const Hierarchy& hierarchy, std::span<const Weight> per_arc,
                                 std::uint64_t quick_bound);

/// Throws `OptionError` unless ways of this bound fit below `kNoWay`.
void check_cost_bound(std::uint64_t bound);

}  // namespace waywarden::detail
