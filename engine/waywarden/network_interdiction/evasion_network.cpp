#include "waywarden/network_interdiction/evasion_network.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "waywarden/base/errors.h"
#include "waywarden/network_interdiction/detail/evasion_search.h"

namespace waywarden {
namespace {

using detail::EvasionSearch;
using detail::EvasionTree;
using detail::Towards;
using detail::Watched;

[[noreturn]] void refuse(const std::string& what, std::size_t row, const std::string& reason) {
  throw InputError(what + " " + std::to_string(row) + ": " + reason);
}

bool is_probability(double value) { return value >= 0.0 && value <= 1.0; }
bool is_amount(double value) { return value >= 0.0 && std::isfinite(value); }

void check_arc(const WorstCaseProblem& problem, std::size_t arc) {
  const EvasionNetwork& n = problem.network;
  if (!n.tail[arc].exists() || n.tail[arc].index() >= n.nodes) refuse("arc", arc, "its tail is no node");
  if (!n.head[arc].exists() || n.head[arc].index() >= n.nodes) refuse("arc", arc, "its head is no node");
  if (!is_probability(n.evasion[arc])) refuse("arc", arc, "evasion is not between 0 and 1");
  if (!n.site[arc].exists()) return;
  if (n.site[arc].index() >= problem.sites()) refuse("arc", arc, "its site does not exist");
  if (!is_probability(n.watched_evasion[arc])) refuse("arc", arc, "watched evasion is not between 0 and 1");
  if (n.watched_evasion[arc] > n.evasion[arc]) refuse("arc", arc, "evasion is greater with a team");
}

void check_network(const WorstCaseProblem& problem) {
  const EvasionNetwork& n = problem.network;
  const std::size_t arcs = n.arcs();
  if (n.head.size() != arcs || n.evasion.size() != arcs || n.watched_evasion.size() != arcs ||
      n.site.size() != arcs) {
    throw InputError("the columns of arcs have different lengths");
  }
  for (std::size_t arc = 0; arc < arcs; ++arc) check_arc(problem, arc);
}

void check_pairs(const WorstCaseProblem& problem) {
  const EvaderPairs& p = problem.pairs;
  if (p.destination.size() != p.size() || p.weight.size() != p.size()) {
    throw InputError("the columns of pairs have different lengths");
  }
  const std::size_t nodes = problem.network.nodes;
  for (std::size_t pair = 0; pair < p.size(); ++pair) {
    if (!p.origin[pair].exists() || p.origin[pair].index() >= nodes) {
      refuse("pair", pair, "its origin is no node");
    }
    if (!p.destination[pair].exists() || p.destination[pair].index() >= nodes) {
      refuse("pair", pair, "its destination is no node");
    }
    if (!is_amount(p.weight[pair])) refuse("pair", pair, "its weight is negative or not finite");
  }
}

void check_sites(const WorstCaseProblem& problem) {
  if (problem.state.size() != problem.sites()) {
    throw InputError("the columns of sites have different lengths");
  }
  if (!(problem.budget >= 0.0)) throw OptionError("the budget is negative or not a number");
  double required = 0.0;
  for (std::size_t site = 0; site < problem.sites(); ++site) {
    if (!is_amount(problem.cost[site])) refuse("site", site, "its cost is negative or not finite");
    if (problem.state[site] == SiteState::required) required += problem.cost[site];
  }
  if (!affordable(required, problem.budget)) {
    throw OptionError("the budget does not pay for the required sites");
  }
}

/// Rows by the position of their node among `roots`.
std::vector<std::vector<std::size_t>> rows_of(std::span<const NodeId> roots, std::span<const NodeId> nodes) {
  std::vector<std::vector<std::size_t>> rows(roots.size());
  for (std::size_t row = 0; row < nodes.size(); ++row) {
    const auto root = std::lower_bound(roots.begin(), roots.end(), nodes[row]);
    rows[static_cast<std::size_t>(root - roots.begin())].push_back(row);
  }
  return rows;
}

}  // namespace

void check(const WorstCaseProblem& problem) {
  check_network(problem);
  check_pairs(problem);
  check_sites(problem);
}

std::vector<double> greatest_evasion(const WorstCaseProblem& problem, std::span<const SiteId> placed,
                                     const Execution& execution) {
  check(problem);
  Watched watched(problem.sites(), 0);
  for (const SiteId site : placed) {
    if (!site.exists() || site.index() >= watched.size()) throw OptionError("a placed site does not exist");
    watched[site.index()] = 1;
  }
  const EvasionSearch search(problem.network);
  const Towards away = detail::fewer_trees(problem.pairs);
  const bool from_origins = away == Towards::heads;
  const std::vector<NodeId>& root = from_origins ? problem.pairs.origin : problem.pairs.destination;
  const std::vector<NodeId>& leaf = from_origins ? problem.pairs.destination : problem.pairs.origin;
  const std::vector<NodeId> roots = detail::distinct(root);
  const auto rows = rows_of(roots, root);
  std::vector<double> evasion(problem.pairs.size());
  parallel_for(roots.size(), execution, [&](std::size_t i) {
    const EvasionTree tree = search.tree(roots[i], watched, away);
    for (const std::size_t row : rows[i]) evasion[row] = tree.product[leaf[row].index()];
  });
  return evasion;
}

}  // namespace waywarden
