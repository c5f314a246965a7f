#include "waywarden/interdiction/site_routes.h"

#include "waywarden/interdiction/untangled.h"

namespace waywarden {
namespace {

using Watched = std::variant<WatchedTrees, WatchedNets>;

Watched watched_trees(std::span<const SiteTree> trees, std::size_t draws, const Sites& sites,
                      const Execution& execution) {
  return WatchedTrees(trees, draws, sites.detection, execution, sites.group);
}

Watched watched(const SiteRoutes& routes, const Sites& sites, const Execution& execution) {
  if (const auto* trees = std::get_if<SiteTrees>(&routes))
    return watched_trees(trees->trees, trees->draws, sites, execution);
  return WatchedNets(std::get<std::vector<SiteNet>>(routes), sites.detection, execution, sites.group);
}

SiteTrees trees_of(const Forest& forest, std::span<const DestinationDemand> demand, const ArcSites& on_arcs,
                   const Execution& execution) {
  SiteTrees found{forest.draws, std::vector<SiteTree>(forest.trees.size())};
  parallel_for(forest.trees.size(), execution, [&](std::size_t t) {
    const auto draw = static_cast<std::uint32_t>(t / forest.destinations);
    found.trees[t] = contracted(*forest.trees[t], demand[t % forest.destinations], draw, on_arcs);
  });
  std::erase_if(found.trees, [](const SiteTree& tree) { return tree.site.empty(); });
  return found;
}

std::vector<SiteNet> nets_of(const std::vector<FlowNet>& nets, std::span<const DestinationDemand> demand,
                             const ArcSites& on_arcs, const Sites& sites, const Execution& execution) {
  std::vector<SiteNet> found(nets.size());
  parallel_for(nets.size(), execution, [&](std::size_t d) {
    found[d] = untangled(contracted(nets[d], demand[d], on_arcs), sites.group);
  });
  return found;
}

}  // namespace

SiteRoutes site_routes(const Core& core, const ChosenRoutes& routes,
                       std::span<const DestinationDemand> demand, const Sites& sites,
                       const Execution& execution) {
  const ArcSites on_arcs(core, sites.site_of_edge);
  if (const auto* forest = std::get_if<Forest>(&routes)) return trees_of(*forest, demand, on_arcs, execution);
  if (const auto* nets = std::get_if<std::vector<FlowNet>>(&routes))
    return nets_of(*nets, demand, on_arcs, sites, execution);
  return contracted(std::get<RouteSets>(routes), demand, on_arcs);
}

WatchedRoutes::WatchedRoutes(std::span<const SiteTree> trees, std::size_t draws, const Sites& sites,
                             const Execution& execution)
    : watched_(watched_trees(trees, draws, sites, execution)) {}

WatchedRoutes::WatchedRoutes(const SiteRoutes& routes, const Sites& sites, const Execution& execution)
    : watched_(watched(routes, sites, execution)) {}

void WatchedRoutes::watch(SiteId site, const Execution& execution) {
  std::visit([&](auto& routes) { routes.watch(site, execution); }, watched_);
}

double WatchedRoutes::caught() const {
  return std::visit([](const auto& routes) { return routes.caught(); }, watched_);
}

std::vector<double> WatchedRoutes::caught_per_draw() const {
  return std::visit([](const auto& routes) { return routes.caught_per_draw(); }, watched_);
}

std::vector<double> WatchedRoutes::gains() const {
  return std::visit([](const auto& routes) { return routes.gains(); }, watched_);
}

std::vector<double> journeys_passing(const SiteRoutes& routes, const Sites& sites,
                                     const Execution& execution) {
  if (const auto* trees = std::get_if<SiteTrees>(&routes))
    return WatchedTrees(trees->trees, trees->draws, sites.detection, execution).reaching();
  return WatchedNets(std::get<std::vector<SiteNet>>(routes), sites.detection, execution, sites.group)
      .passing();
}

}  // namespace waywarden
