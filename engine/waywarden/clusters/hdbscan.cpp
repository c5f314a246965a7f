#include "waywarden/clusters/hdbscan.h"

#include "waywarden/base/errors.h"
#include "waywarden/clusters/detail/condensed_tree.h"
#include "waywarden/clusters/detail/labelling.h"

namespace waywarden {

std::string name(ClusterSelection selection) {
  switch (selection) {
    case ClusterSelection::excess_of_mass:
      return "eom";
    case ClusterSelection::leaves:
      return "leaf";
  }
  throw OptionError("no such selection of clusters");
}

HdbscanResult hdbscan(std::span<const Point> points, PointMetric metric, const HdbscanOptions& options,
                      const Execution& execution) {
  detail::require_usable(options);
  detail::require_usable(points, metric);
  const auto order = detail::canonical_order(points);
  const detail::Sites sites(points, metric, order);
  const detail::SiteTree tree(sites);
  const std::size_t least = options.least == 0 ? options.least_cluster : options.least;
  const auto core = detail::core_distances(tree, sites.size(), least, execution);
  // Where nothing is dense, nothing joins.
  const auto edges = least > sites.size() ? std::vector<detail::TreeEdge>{}
                                          : detail::spanning_tree(sites, tree, core, execution);
  const auto condensed = detail::condensed_tree(sites.size(), edges, options.least_cluster);
  return detail::selected(condensed, options.selection, order);
}

}  // namespace waywarden
