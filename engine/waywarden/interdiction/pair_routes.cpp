#include "waywarden/interdiction/pair_routes.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "waywarden/base/errors.h"
#include "waywarden/base/units.h"

namespace waywarden {
namespace {

/// By which the probabilities of a pair may sum to more than 1.
constexpr double kRounding = 1e-9;

void require(bool holds, const char* what) {
  if (!holds) throw OptionError(std::string("routes of pairs: ") + what);
}

using Shares = std::map<std::vector<SiteId>, std::size_t>;

std::vector<SiteId> sites_on(const FlowTree& tree, std::uint32_t from, const ArcSites& sites) {
  std::vector<SiteId> passed;
  for (std::size_t at = from; at < tree.size(); at = tree.parent[at])
    for (const SiteId site : sites.on(tree.arc[at])) passed.push_back(site);
  std::sort(passed.begin(), passed.end());
  passed.erase(std::unique(passed.begin(), passed.end()), passed.end());
  return passed;
}

/// Draws per set of sites, for each pair of one destination.
std::vector<Shares> shares_to(const Forest& forest, std::size_t destination, std::size_t pairs,
                              const ArcSites& sites) {
  std::vector<Shares> shares(pairs);
  for (std::size_t draw = 0; draw < forest.draws; ++draw) {
    const FlowTree& tree = forest.tree(draw, destination);
    for (std::size_t i = 0; i < pairs; ++i)
      if (tree.origin[i] != FlowTree::kNoRoute) ++shares[i][sites_on(tree, tree.origin[i], sites)];
  }
  return shares;
}

}  // namespace

PairRoutes pair_routes(const Movement& movement, const Loading& loading, const Execution& execution) {
  const std::vector<DestinationDemand> demand =
      by_destination(movement.demand, movement.places, movement.core);
  if (loading.forest.destinations != demand.size())
    throw OptionError("a loading does not fit the demand whose routes are asked for");
  const ArcSites sites(movement.core, movement.site_of_edge);
  std::vector<std::vector<Shares>> shares(demand.size());
  parallel_for(demand.size(), execution, [&](std::size_t d) {
    shares[d] = shares_to(loading.forest, d, demand[d].origin.size(), sites);
  });
  PairRoutes routes;
  for (std::size_t d = 0; d < demand.size(); ++d)
    for (std::size_t i = 0; i < shares[d].size(); ++i)
      for (const auto& [passed, draws] : shares[d][i]) {
        if (passed.empty()) continue;
        routes.pair.push_back(demand[d].first_pair + i);
        routes.probability.push_back(static_cast<double>(draws) / loading.forest.draws);
        routes.sites.push_back(passed);
      }
  return routes;
}

void check_routes(const PairRoutes& routes, std::size_t pairs, std::size_t sites) {
  require(routes.probability.size() == routes.size() && routes.sites.size() == routes.size(),
          "columns differ in length");
  std::vector<double> sum(pairs, 0.0);
  for (std::size_t r = 0; r < routes.size(); ++r) {
    const std::vector<SiteId>& own = routes.sites[r];
    require(routes.pair[r] < pairs, "a route belongs to an unknown pair");
    require(std::isfinite(routes.probability[r]) && routes.probability[r] >= 0.0,
            "a probability is negative or not finite");
    sum[routes.pair[r]] += routes.probability[r];
    require(std::ranges::adjacent_find(own, std::ranges::greater_equal()) == own.end(),
            "the sites of a route are not ascending");
    require(own.empty() || own.back().index() < sites, "a route passes an unknown site");
  }
  for (const double all : sum) require(all <= 1.0 + kRounding, "a pair has more than all its journeys");
}

PairInterceptions::PairInterceptions(const PairRoutes& routes, std::size_t pairs,
                                     const std::vector<double>& detection)
    : routes_(routes), pairs_(pairs) {
  for (const double p : detection) detection_.push_back(std::min(p, kLargestProbability));
}

std::vector<double> PairInterceptions::by(const Watched& watched) const {
  std::vector<double> caught(pairs_, 0.0);
  for (std::size_t r = 0; r < routes_.size(); ++r)
    caught[routes_.pair[r]] += routes_.probability[r] * (1.0 - unseen(r, watched));
  return caught;
}

double PairInterceptions::unseen(std::size_t route, const Watched& watched) const {
  double unseen = 1.0;
  for (const SiteId site : routes_.sites[route])
    if (watched[site.index()] != 0) unseen *= 1.0 - detection_[site.index()];
  return unseen;
}

}  // namespace waywarden
