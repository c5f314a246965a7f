#pragma once

/// The routes of one draw to one destination, contracted to the sites on them: what interdiction needs of a
/// loading. In one draw all journeys to a destination follow one tree of cheapest routes, so that those which
/// pass a site all continue alike: the site has one next site downstream, or none.
///
/// For a set X of watched sites with detection p, journeys stopped in this tree are the sum over its nodes i
/// of injected[i] * (1 - product of (1 - p[site[k]]) over the k in X on the way i, parent[i],
/// parent[parent[i]] ...). Means over draws: sum over trees, divided by the number of draws.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/flow/edge_sites.h"
#include "waywarden/flow/flow_tree.h"

namespace waywarden {

/// Guarantees: a node's parent stands after it; no site occurs twice on a way downstream; every node has
/// journeys.
struct SiteTree {
  std::uint32_t draw = 0;
  PlaceId destination;
  /// Of each node. The same site may stand on several branches. Where a journey passes several edges of one
  /// site, only the most downstream counts: who passes the others passes it too, so this is exact for sites
  /// that detect once.
  std::vector<SiteId> site;
  /// Position of the next site downstream; the node's own position when there is none.
  std::vector<std::uint32_t> parent;
  /// Journeys whose first site this is.
  std::vector<double> injected;
  /// Journeys that pass no site.
  double unseen = 0.0;
};

/// The sites on each arc of a core, in travel order, each once: where it is passed last.
class ArcSites {
 public:
  /// Throws `OptionError` for sites of another network.
  ArcSites(const Core& core, const EdgeSites& site_of_edge);

  std::span<const SiteId> on(CoreArc a) const {
    return std::span(sites_).subspan(first_[a.index()], first_[a.index() + 1] - first_[a.index()]);
  }

 private:
  std::vector<std::uint32_t> first_{0};
  std::vector<SiteId> sites_;
};

/// A flow tree contracted to its sites. O(tree + sites on it * depth).
SiteTree contracted(const FlowTree& tree, const DestinationDemand& demand, std::uint32_t draw,
                    const ArcSites& sites);

}  // namespace waywarden
