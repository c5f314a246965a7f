#pragma once

/// What `mixed_patrol` makes of its options before the game begins.

#include <chrono>
#include <cstddef>
#include <span>

#include "waywarden/patrols/mixed_patrol.h"

namespace waywarden::detail {

/// Throws `OptionError` for what `mixed_patrol` refuses.
void check_patrol(const WatchedGraph& graph, std::span<const double> detection, const JourneyPairs& pairs,
                  const PatrolOptions& options);

TeamRules rules_of(const PatrolOptions& options, std::size_t sites);

/// The clock's last moment where that is more than a year from now.
std::chrono::steady_clock::time_point moment_after(double seconds);

}  // namespace waywarden::detail
