#include "waywarden/flow/select_link.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

using Flags = std::vector<std::uint8_t>;

Flags arc_flags(const Core& core, std::span<const EdgeId> edges) {
  Flags flags(core.arc_count(), 0);
  for (const EdgeId e : edges) {
    if (!e.exists() || e.index() >= core.network_edge_count()) throw OptionError("there is no such edge");
    if (core.arc(e).exists()) flags[core.arc(e).index()] = 1;
  }
  return flags;
}

std::vector<double> journeys_per_pair(std::span<const DestinationDemand> demand) {
  std::vector<double> journeys;
  for (const DestinationDemand& one : demand)
    journeys.insert(journeys.end(), one.journeys.begin(), one.journeys.end());
  return journeys;
}

using ArcRoute = std::vector<std::uint32_t>;

struct Candidate {
  double journeys = 0.0;
  std::size_t pair = 0;
  double share = 0.0;
  ArcRoute arcs;
};

bool comes_first(const Candidate& a, const Candidate& b) {
  return std::tie(b.journeys, a.pair, a.arcs) < std::tie(a.journeys, b.pair, b.arcs);
}

std::vector<Candidate> best_of(std::vector<Candidate> candidates, std::size_t count) {
  std::sort(candidates.begin(), candidates.end(), &comes_first);
  candidates.resize(std::min(count, candidates.size()));
  return candidates;
}

bool passes(const ArcRoute& arcs, const Flags& flags) {
  return std::any_of(arcs.begin(), arcs.end(), [&](std::uint32_t a) { return flags[a] != 0; });
}

ArcRoute route_from(const FlowTree& tree, std::uint32_t at) {
  ArcRoute arcs;
  for (; at < tree.size(); at = tree.parent[at])
    arcs.push_back(static_cast<std::uint32_t>(tree.arc[at].index()));
  return arcs;
}

/// The routes of one pair that pass, with their shares.
class PassingRoutes {
 public:
  PassingRoutes(std::span<const DestinationDemand> demand, const Flags& flags)
      : demand_(demand), flags_(flags) {}

  std::map<ArcRoute, double> operator()(const Forest& forest, std::size_t d, std::size_t i) const {
    std::map<ArcRoute, std::size_t> taken;
    for (std::size_t draw = 0; draw < forest.draws; ++draw) {
      const FlowTree& tree = forest.tree(draw, d);
      ArcRoute arcs = route_from(tree, tree.origin[i]);
      if (passes(arcs, flags_)) ++taken[std::move(arcs)];
    }
    std::map<ArcRoute, double> shares;
    for (const auto& [arcs, times] : taken)
      shares[arcs] = static_cast<double>(times) / static_cast<double>(forest.draws);
    return shares;
  }

  std::map<ArcRoute, double> operator()(const std::vector<FlowNet>&, std::size_t, std::size_t) const {
    throw OptionError(
        "logit on a network has too many routes to list; cheapest, most evasive, sampled "
        "perception and path-size logit have few");
  }

  std::map<ArcRoute, double> operator()(const RouteSets& routes, std::size_t d, std::size_t i) const {
    const AlternativeSets& sets = routes.sets;
    const std::size_t pair = demand_[d].first_pair + i;
    std::map<ArcRoute, double> shares;
    for (std::size_t r = sets.first_route[pair]; r < sets.first_route[pair + 1]; ++r) {
      const std::uint32_t* edges = sets.edges.data();
      ArcRoute arcs(edges + sets.first_edge[r], edges + sets.first_edge[r + 1]);
      if (passes(arcs, flags_)) shares[std::move(arcs)] += routes.share[r];
    }
    return shares;
  }

 private:
  std::span<const DestinationDemand> demand_;
  const Flags& flags_;
};

void append(const Core& core, const Candidate& candidate, RouteUse& use) {
  use.pair.push_back(candidate.pair);
  use.journeys.push_back(candidate.journeys);
  use.share_of_pair.push_back(candidate.share);
  for (const std::uint32_t a : candidate.arcs) {
    for (const EdgeId e : core.edges(CoreArc(a))) use.edges.push_back(static_cast<std::uint32_t>(e.index()));
  }
  use.first.push_back(use.edges.size());
}

}  // namespace

LinkUse select_link(const Core& core, const ChosenRoutes& routes, std::span<const DestinationDemand> demand,
                    std::span<const EdgeId> edges, const Execution& execution) {
  const std::vector<double> journeys = journeys_per_pair(demand);
  const PairValues values =
      pair_values(core, routes, demand, journeys, passing(arc_flags(core, edges)), execution);
  LinkUse use;
  use.total = values.total;
  for (std::size_t pair = 0; pair < journeys.size(); ++pair) {
    const double share = values.pair.mean[pair];
    if (share <= 0.0) continue;
    use.pair.push_back(pair);
    use.journeys.mean.push_back(journeys[pair] * share);
    use.journeys.standard_error.push_back(journeys[pair] * values.pair.standard_error[pair]);
    use.share_of_pair.push_back(share);
    use.share_of_link.push_back(journeys[pair] * share / use.total.mean);
  }
  return use;
}

RouteUse top_routes(const Core& core, const ChosenRoutes& routes, std::span<const DestinationDemand> demand,
                    std::span<const EdgeId> edges, std::size_t count, const Execution& execution) {
  const Flags flags = arc_flags(core, edges);
  const PassingRoutes passing_routes(demand, flags);
  std::vector<std::vector<Candidate>> found(demand.size());
  parallel_for(demand.size(), execution, [&](std::size_t d) {
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < demand[d].origin.size(); ++i) {
      const auto shares =
          std::visit([&](const auto& chosen) { return passing_routes(chosen, d, i); }, routes);
      for (const auto& [arcs, share] : shares)
        candidates.push_back({demand[d].journeys[i] * share, demand[d].first_pair + i, share, arcs});
      candidates = best_of(std::move(candidates), count);
    }
    found[d] = std::move(candidates);
  });
  std::vector<Candidate> all;
  for (std::vector<Candidate>& some : found)
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
  RouteUse use;
  for (const Candidate& one : best_of(std::move(all), count)) append(core, one, use);
  return use;
}

}  // namespace waywarden
