#include "waywarden/clusters/network_hdbscan.h"

#include <algorithm>
#include <limits>

#include "waywarden/clusters/detail/condensed_tree.h"
#include "waywarden/clusters/detail/labelling.h"
#include "waywarden/clusters/detail/line_spanning_tree.h"

namespace waywarden {
namespace {

using detail::LineEvent;
using detail::LineSites;
using detail::TreeEdge;

/// From sites to incidents: those at one place are joined at its core distance.
std::vector<TreeEdge> by_incident(const LineSites& sites, const detail::LineTree& tree) {
  std::vector<std::uint32_t> first(sites.site.size());
  std::uint32_t incident = 0;
  std::vector<TreeEdge> edges;
  for (std::size_t site = 0; site < first.size(); ++site) {
    first[site] = incident;
    for (std::size_t more = 1; more < sites.incidents[site]; ++more) {
      edges.push_back({first[site], first[site] + static_cast<std::uint32_t>(more), tree.core[site]});
    }
    incident += static_cast<std::uint32_t>(sites.incidents[site]);
  }
  for (const TreeEdge& edge : tree.edges) edges.push_back({first[edge.a], first[edge.b], edge.length});
  std::sort(edges.begin(), edges.end());
  return edges;
}

}  // namespace

HdbscanResult network_hdbscan(const LinearNetwork& network, std::span<const LinePosition> positions,
                              const HdbscanOptions& options, const Execution& execution) {
  detail::require_usable(options);
  require_on(network, positions);
  const auto order = detail::canonical_order(positions);
  std::vector<LineEvent> events;
  for (const std::uint32_t row : order) events.push_back({positions[row], 0});
  const LineSites sites = detail::line_sites(network, events);
  const std::size_t least = options.least == 0 ? options.least_cluster : options.least;
  const detail::LineTree tree = detail::line_spanning_tree(network, sites, least, execution);
  const auto condensed =
      detail::condensed_tree(positions.size(), by_incident(sites, tree), options.least_cluster);
  return detail::selected(condensed, options.selection, order);
}

}  // namespace waywarden
