#pragma once

/// The routes of all journeys to one destination, contracted to the sites on them, where they branch: what
/// interdiction needs of a `FlowNet`, as a `SiteTree` is of a tree. Journeys that have come to a node divide
/// over its branches in given shares, whatever way they came by; a branch passes at most one site.
///
/// For a set of teams the journeys stopped are the sum over all walks from a node down to an end of
/// journeys[node] * product of the shares * (1 - product over the groups met of (1 - the largest detection
/// among its teams on the walk)).
///
/// Only that a group detects a journey once makes the way matter by which it came: untangled.h.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/flow/flow_net.h"
#include "waywarden/flow/flow_tree.h"
#include "waywarden/flow/path_size_logit.h"
#include "waywarden/flow/site_tree.h"

namespace waywarden {

/// Guarantees: branches lead to later nodes, the shares of a node add up to 1; nodes without branches are
/// ends, and only there are sites met.
struct SiteNet {
  PlaceId destination;
  /// Per node, journeys that begin there.
  std::vector<double> journeys;
  /// Branches of node i: [first[i], first[i + 1]).
  std::vector<std::uint32_t> first{0};
  /// Per branch where it leads, the share of the journeys that take it, and the site on it, or none.
  std::vector<std::uint32_t> head;
  std::vector<double> share;
  std::vector<SiteId> site;
  /// Sites that all who end at node i have met somewhere on their way, ascending:
  /// [first_met[i], first_met[i + 1]).
  std::vector<std::uint32_t> first_met{0};
  std::vector<SiteId> met;

  std::size_t size() const { return journeys.size(); }
  bool is_end(std::size_t node) const { return first[node] == first[node + 1]; }
  std::span<const SiteId> met_at(std::size_t node) const {
    return std::span(met).subspan(first_met[node], first_met[node + 1] - first_met[node]);
  }

  void add_branch(std::uint32_t to, double part, SiteId passed);
  /// Ends the node to which the branches since the last call belong, and the sites met.
  void add_node(double beginning);
};

/// Nodes before the first site, after the last one, and those where nothing is decided are left out, and so
/// are journeys that pass no site. Throws `OptionError` where routes go in circles, as those of recursive
/// logit do. O(net + sites on it).
SiteNet contracted(const FlowNet& net, const DestinationDemand& demand, const ArcSites& sites);

/// Routes listed one by one: all of their sites are met, at ends alone. One net per destination.
std::vector<SiteNet> contracted(const RouteSets& routes, std::span<const DestinationDemand> demand,
                                const ArcSites& sites);

}  // namespace waywarden
