#pragma once

/// Small worst-case problems with all that is awkward: sites of several arcs, several sites on a path, costs
/// of 0, required and forbidden sites, teams that see everything or nothing, certain arcs, ties, pairs
/// without a path, pairs that stay where they are, rows that repeat. Solved by trying every placement, with
/// evasion from plain relaxation (Bellman-Ford), which shares nothing with the engine.

#include <algorithm>
#include <limits>
#include <vector>

#include "waywarden/base/random.h"
#include "waywarden/network_interdiction/evasion_network.h"

namespace waywarden::contests {

inline std::vector<double> relaxed(const EvasionNetwork& network, NodeId origin,
                                   const std::vector<bool>& watched) {
  std::vector<double> product(network.nodes, 0.0);
  product[origin.index()] = 1.0;
  for (std::size_t round = 0; round < network.nodes; ++round) {
    for (std::size_t arc = 0; arc < network.arcs(); ++arc) {
      const bool seen = network.site[arc].exists() && watched[network.site[arc].index()];
      const double factor = seen ? network.watched_evasion[arc] : network.evasion[arc];
      double& to = product[network.head[arc].index()];
      to = std::max(to, product[network.tail[arc].index()] * factor);
    }
  }
  return product;
}

inline double value_of(const WorstCaseProblem& problem, const std::vector<bool>& watched) {
  double sum = 0.0;
  for (std::size_t pair = 0; pair < problem.pairs.size(); ++pair) {
    const auto product = relaxed(problem.network, problem.pairs.origin[pair], watched);
    sum += problem.pairs.weight[pair] * product[problem.pairs.destination[pair].index()];
  }
  return sum;
}

inline bool allowed(const WorstCaseProblem& problem, const std::vector<bool>& watched) {
  double cost = 0.0;
  for (std::size_t site = 0; site < problem.sites(); ++site) {
    if (watched[site]) cost += problem.cost[site];
    if (watched[site] && problem.state[site] == SiteState::forbidden) return false;
    if (!watched[site] && problem.state[site] == SiteState::required) return false;
  }
  return affordable(cost, problem.budget);
}

inline double best_value(const WorstCaseProblem& problem) {
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t code = 0; code < (std::size_t{1} << problem.sites()); ++code) {
    std::vector<bool> watched(problem.sites());
    for (std::size_t site = 0; site < problem.sites(); ++site) watched[site] = ((code >> site) & 1U) != 0;
    if (allowed(problem, watched)) best = std::min(best, value_of(problem, watched));
  }
  return best;
}

/// Few distinct values, so that paths tie.
inline double random_evasion(RandomStream& random, bool coarse) {
  constexpr double kCoarse[] = {1.0, 0.5, 0.25, 0.0};
  return coarse ? kCoarse[random.below(4) * random.below(2)] : 0.2 + 0.8 * random.uniform();
}

inline SiteState random_state(RandomStream& random) {
  const std::uint32_t draw = random.below(12);
  if (draw == 0) return SiteState::required;
  return draw <= 1 ? SiteState::forbidden : SiteState::candidate;
}

inline void add_arcs(WorstCaseProblem& problem, RandomStream& random, std::size_t arcs, std::size_t sites) {
  EvasionNetwork& n = problem.network;
  const bool coarse = random.below(3) == 0;
  const double weaker = random.below(4) == 0 ? 0.0 : random.uniform();
  for (std::size_t arc = 0; arc < arcs; ++arc) {
    n.tail.emplace_back(random.below(static_cast<std::uint32_t>(n.nodes)));
    n.head.emplace_back(random.below(static_cast<std::uint32_t>(n.nodes)));
    n.evasion.push_back(random_evasion(random, coarse));
    n.watched_evasion.push_back(n.evasion.back() * (random.below(5) == 0 ? 1.0 : weaker));
    const bool watchable = sites > 0 && random.below(3) != 0;
    n.site.push_back(watchable ? SiteId(random.below(static_cast<std::uint32_t>(sites))) : SiteId::none());
  }
}

inline void add_pairs(WorstCaseProblem& problem, RandomStream& random, std::size_t pairs) {
  const auto nodes = static_cast<std::uint32_t>(problem.network.nodes);
  for (std::size_t pair = 0; pair < pairs; ++pair) {
    problem.pairs.origin.emplace_back(random.below(nodes));
    problem.pairs.destination.emplace_back(random.below(nodes));
    problem.pairs.weight.push_back(random.below(8) == 0 ? 0.0 : 10.0 * random.uniform());
  }
}

inline WorstCaseProblem random_contest(std::uint64_t seed, std::size_t most_sites = 8) {
  RandomStream random(seed, 0, 4711);
  WorstCaseProblem problem;
  problem.network.nodes = 3 + random.below(7);
  const std::size_t sites = random.below(static_cast<std::uint32_t>(most_sites) + 1);
  add_arcs(problem, random, random.below(30), sites);
  add_pairs(problem, random, random.below(9));
  const bool equal = random.below(2) == 0;
  for (std::size_t site = 0; site < sites; ++site) {
    problem.cost.push_back(equal ? 1.0 : 0.5 * random.below(6) + (random.below(3) == 0 ? 0.1 : 0.0));
    problem.state.push_back(random_state(random));
    if (problem.state.back() == SiteState::required) problem.budget += problem.cost.back();
  }
  problem.budget += equal ? random.below(5) : 6.0 * random.uniform();
  return problem;
}

}  // namespace waywarden::contests
