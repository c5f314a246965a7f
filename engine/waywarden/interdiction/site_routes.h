#pragma once

/// Routes as placement needs them, whichever way they were chosen: trees of sites per draw and destination
/// where each journey has one way on (perceived, cheapest, most evasive routes), nets where they branch or
/// are listed (acyclic and path-size logit). And both of them under watch, as one.

#include <cstddef>
#include <span>
#include <variant>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/chosen_routes.h"
#include "waywarden/flow/site_tree.h"
#include "waywarden/interdiction/interception.h"
#include "waywarden/interdiction/site_net.h"
#include "waywarden/interdiction/sites.h"
#include "waywarden/interdiction/watched_nets.h"

namespace waywarden {

struct SiteTrees {
  /// At least one; results are means over them.
  std::size_t draws = 1;
  std::vector<SiteTree> trees;
};

/// Nets are untangled (untangled.h).
using SiteRoutes = std::variant<SiteTrees, std::vector<SiteNet>>;

/// Contracted to the sites. Throws `OptionError` for sites of another network, for routes that go in circles
/// (recursive logit), and as `untangled`. The same bits for any number of threads.
SiteRoutes site_routes(const Core& core, const ChosenRoutes& routes,
                       std::span<const DestinationDemand> demand, const Sites& sites,
                       const Execution& execution);

/// Routes under a growing set of teams; see interception.h and watched_nets.h.
class WatchedRoutes {
 public:
  WatchedRoutes(std::span<const SiteTree> trees, std::size_t draws, const Sites& sites,
                const Execution& execution);
  WatchedRoutes(const SiteRoutes& routes, const Sites& sites, const Execution& execution);

  void watch(SiteId site, const Execution& execution);
  double caught() const;
  std::vector<double> caught_per_draw() const;
  std::vector<double> gains() const;

 private:
  std::variant<WatchedTrees, WatchedNets> watched_;
};

/// Journeys that pass each site, mean over draws, as if nobody watched.
std::vector<double> journeys_passing(const SiteRoutes& routes, const Sites& sites,
                                     const Execution& execution);

}  // namespace waywarden
