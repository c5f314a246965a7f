#pragma once

/// Expected values along routes, found from the destination up without listing routes. On every arc a a
/// journey first gains gain[a], and of what lies beyond counts keep[a]; at the destination it has at_end:
///
///     value(n) = sum over arcs a from n of share(a) * (gain[a] + keep[a] * value(head of a))
///
/// With gain = cost, keep = 1 it is the expected cost; with keep = 1 - p and at_end = 1 the probability to
/// get through unseen; with gain = 1, keep = 0 on some arcs and 0, 1 elsewhere that of passing any of them.

#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/flow_net.h"
#include "waywarden/flow/flow_tree.h"

namespace waywarden {

/// Per arc of the core; gain >= 0, 0 <= keep <= 1. Arcs that no journey takes do not count.
struct WalkTerms {
  std::vector<double> gain;
  std::vector<double> keep;
  double at_end = 0.0;
};

/// What journeys pay on their way.
WalkTerms total_of(std::vector<double> cost);
/// Whether they get through where -ln(1 - p) is the hazard of an arc.
WalkTerms unseen_by(std::span<const double> hazard);
/// Whether they pass any arc with a flag.
WalkTerms passing(std::span<const std::uint8_t> flags);

/// Per position, the root's last. O(positions and branches).
std::vector<double> walk_values(const FlowTree& tree, const WalkTerms& terms);

/// The same; where branches lead back, from all positions at once by `WalkSums` in O(triangles of the
/// hierarchy).
std::vector<double> walk_values(const Core& core, const FlowNet& net, const WalkTerms& terms,
                                const Execution& execution);

/// Of one route.
double walk_value(std::span<const std::uint32_t> arcs, const WalkTerms& terms);

}  // namespace waywarden
