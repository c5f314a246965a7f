#include "waywarden/displacement/rerouting.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

std::vector<std::uint8_t> trees_through(std::span<const SiteId> sites, const KnownRoutes& routes) {
  std::vector<std::uint8_t> through(routes.site_trees.size(), 0);
  for (std::size_t i = 0; i < through.size(); ++i) {
    const std::vector<SiteId>& on_tree = routes.site_trees[i].site;
    through[i] = std::ranges::find_first_of(on_tree, sites) != on_tree.end() ? 1 : 0;
  }
  return through;
}

}  // namespace

void require_fit(const Movement& movement, const Sites& sites, const Awareness& awareness) {
  if (sites.site_of_edge != movement.site_of_edge) {
    throw OptionError("journeys were loaded with other sites");
  }
  if (!(awareness.share >= 0.0 && awareness.share <= 1.0))
    throw OptionError("the aware share is outside [0, 1]");
  if (!std::isfinite(awareness.risk_aversion) || awareness.risk_aversion < 0.0) {
    throw OptionError("risk_aversion must be finite and >= 0");
  }
}

double journeys_on(const KnownRoutes& routes) {
  double sum = 0.0;
  for (const SiteTree& tree : routes.site_trees) {
    sum += std::accumulate(tree.injected.begin(), tree.injected.end(), tree.unseen);
  }
  return sum / static_cast<double>(routes.draws());
}

KnownRoutes first_draws(const KnownRoutes& routes, std::uint32_t draws) {
  KnownRoutes first = routes;
  first.forest.draws = std::min(draws, routes.forest.draws);
  const std::size_t trees = first.forest.draws * first.forest.destinations;
  first.forest.trees.resize(trees);
  first.site_trees.resize(trees);
  return first;
}

Rerouting::Rerouting(const Movement& movement, const Sites& sites, const Awareness& awareness)
    : movement_(movement),
      sites_(sites),
      awareness_(awareness),
      demand_(by_destination(movement.demand, movement.places, movement.core)),
      arc_sites_(movement.core, sites.site_of_edge) {
  require_fit(movement, sites, awareness);
}

KnownRoutes Rerouting::unaware(const Loading& loading, const Execution& execution) const {
  KnownRoutes routes{{}, loading.forest, std::vector<SiteTree>(loading.forest.trees.size())};
  contract(routes, std::vector<std::uint8_t>(routes.site_trees.size(), 1), execution);
  return routes;
}

KnownRoutes Rerouting::unaware(std::uint32_t draws, const Execution& execution) const {
  const Ground ground{movement_.core, movement_.perception, movement_.costs.generalised, {}};
  KnownRoutes routes{{}, grow_forest(ground, demand_, draws, execution), {}};
  routes.site_trees.resize(routes.forest.trees.size());
  contract(routes, std::vector<std::uint8_t>(routes.site_trees.size(), 1), execution);
  return routes;
}

KnownRoutes Rerouting::with(const KnownRoutes& routes, std::span<const SiteId> added,
                            const Execution& execution) const {
  const std::vector<std::uint8_t> which = trees_through(added, routes);
  KnownRoutes next{routes.teams, {}, routes.site_trees};
  next.teams.insert(next.teams.end(), added.begin(), added.end());
  const std::vector<double> known = known_costs(next.teams);
  const Ground ground{movement_.core, movement_.perception, movement_.costs.generalised, known};
  next.forest = regrow_forest(routes.forest, ground, demand_, which, execution);
  contract(next, which, execution);
  return next;
}

/// Per edge.
std::vector<double> Rerouting::known_costs(std::span<const SiteId> teams) const {
  return sums_over_sites(sites_.site_of_edge, team_costs(sites_, teams, awareness_.risk_aversion));
}

void Rerouting::contract(KnownRoutes& routes, std::span<const std::uint8_t> which,
                         const Execution& execution) const {
  const std::size_t destinations = routes.forest.destinations;
  parallel_for(which.size(), execution, [&](std::size_t i) {
    if (which[i] == 0) return;
    const auto draw = static_cast<std::uint32_t>(i / destinations);
    routes.site_trees[i] = contracted(*routes.forest.trees[i], demand_[i % destinations], draw, arc_sites_);
  });
}

}  // namespace waywarden
