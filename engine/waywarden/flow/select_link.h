#pragma once

/// Who passes here: the pairs whose journeys use any of a few edges, and the routes they take there. One pass
/// over each tree, net or route, and no table of origins by destinations by edges.

#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/base/ids.h"
#include "waywarden/flow/chosen_routes.h"

namespace waywarden {

/// Columns per pair with journeys here, in the order of the demand.
struct LinkUse {
  /// Journeys that pass any of the edges, each counted once however often it does.
  Estimate total;
  /// Positions in the demand.
  std::vector<std::size_t> pair;
  Estimates journeys;
  /// Of all journeys of the pair, and of all journeys that pass here.
  std::vector<double> share_of_pair;
  std::vector<double> share_of_link;
};

/// Throws `OptionError` for an edge that is not there. Edges that carry no route between places count for
/// nothing.
LinkUse select_link(const Core& core, const ChosenRoutes& routes, std::span<const DestinationDemand> demand,
                    std::span<const EdgeId> edges, const Execution& execution);

/// Columns per route, most journeys first; ties by pair, then by edges.
struct RouteUse {
  std::vector<std::size_t> pair;
  std::vector<double> journeys;
  /// Of all journeys of the pair.
  std::vector<double> share_of_pair;
  /// Edges of route i in travel order: edges[first[i]] .. edges[first[i + 1] - 1].
  std::vector<std::size_t> first{0};
  std::vector<std::uint32_t> edges;
};

/// The `count` routes with the most journeys of those that pass any of the edges. Throws as above, and for
/// nets, which have too many routes to list.
RouteUse top_routes(const Core& core, const ChosenRoutes& routes, std::span<const DestinationDemand> demand,
                    std::span<const EdgeId> edges, std::size_t count, const Execution& execution);

}  // namespace waywarden
