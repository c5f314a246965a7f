#include "waywarden/network_interdiction/evasive_capture.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "waywarden/base/errors.h"
#include "waywarden/network_interdiction/detail/arc_search.h"
#include "waywarden/network_interdiction/detail/route_cover.h"

namespace waywarden {
namespace {

using detail::ArcTree;
using detail::CoverAnswer;
using detail::CoverRow;
using detail::PairGroup;
using Routes = std::vector<std::optional<std::vector<std::uint32_t>>>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kTolerance = 1e-9;
/// Up to here, sums of whole numbers are exact.
constexpr double kExact = 9e15;

/// visit(group, position in it, tree), each pair once; groups side by side.
template <class Reach, class Visit>
void visit_trees(const detail::ArcGraph& graph, std::span<const PairGroup> groups,
                 std::span<const double> cost, const Execution& execution, Reach reach, Visit visit) {
  const Execution alone{.threads = 1, .progress = execution.progress};
  parallel_for(groups.size(), execution, [&](std::size_t g) {
    const PairGroup& group = groups[g];
    const ArcTree tree = cheapest_tree(graph, group.origin, cost, group.target, reach(group), alone);
    for (std::size_t i = 0; i < group.pair.size(); ++i) visit(group, i, tree);
  });
}

std::vector<std::uint8_t> watched_arcs(const AttackSites& sites, std::span<const std::uint8_t> chosen) {
  std::vector<std::uint8_t> watched(sites.site_of_arc.size(), 0);
  for (std::size_t a = 0; a < watched.size(); ++a) {
    const SiteId site = sites.site_of_arc[a];
    watched[a] = site.exists() && chosen[site.index()] != 0 ? 1 : 0;
  }
  return watched;
}

}  // namespace

struct EvasivePairs::Prepared {
  detail::ArcGraph graph;
  std::vector<double> cost;
  NodePairs pairs;
  std::vector<PairGroup> groups;
  std::vector<std::optional<double>> cheapest;
  /// Per pair: the longest route it takes; below 0 where it has none.
  std::vector<double> limit;
};

EvasivePairs::EvasivePairs(std::size_t nodes, ArcColumns arcs, std::span<const double> cost, NodePairs pairs,
                           double detour, const Execution& execution) {
  check_arcs(nodes, arcs);
  check_per_arc(cost, arcs.tail.size(), "cost");
  detail::check_pairs(nodes, pairs.origin, pairs.destination, pairs.weight);
  if (!(detour >= 1.0) || !std::isfinite(detour)) throw OptionError("detour is below 1 or not finite");
  std::vector<PairGroup> groups = detail::group_by_origin(pairs.origin, pairs.destination);
  std::vector<std::optional<double>> cheapest(pairs.size());
  std::vector<double> limit(pairs.size(), -1.0);
  detail::ArcGraph graph(nodes, arcs);
  visit_trees(
      graph, groups, cost, execution, [](const PairGroup&) { return kInfinity; },
      [&](const PairGroup& group, std::size_t i, const ArcTree& tree) {
        const double distance = tree.distance[group.target[i]];
        if (!std::isfinite(distance)) return;
        cheapest[group.pair[i]] = distance;
        limit[group.pair[i]] = detour * distance * (1.0 + kTolerance);
      });
  prepared_ = std::make_unique<const Prepared>(Prepared{std::move(graph),
                                                        {cost.begin(), cost.end()},
                                                        std::move(pairs),
                                                        std::move(groups),
                                                        std::move(cheapest),
                                                        std::move(limit)});
}

EvasivePairs::~EvasivePairs() = default;
EvasivePairs::EvasivePairs(EvasivePairs&&) noexcept = default;
EvasivePairs& EvasivePairs::operator=(EvasivePairs&&) noexcept = default;

std::size_t EvasivePairs::node_count() const { return prepared_->graph.node_count(); }
std::size_t EvasivePairs::arc_count() const { return prepared_->cost.size(); }
ArcColumns EvasivePairs::arcs() const { return prepared_->graph.columns(); }
std::span<const double> EvasivePairs::cost() const { return prepared_->cost; }
std::span<const double> EvasivePairs::limits() const { return prepared_->limit; }
const NodePairs& EvasivePairs::pairs() const { return prepared_->pairs; }
std::span<const std::optional<double>> EvasivePairs::cheapest() const { return prepared_->cheapest; }

double EvasivePairs::journeys() const {
  double sum = 0.0;
  for (std::size_t k = 0; k < pairs().size(); ++k) sum += cheapest()[k] ? pairs().weight[k] : 0.0;
  return sum;
}

Routes EvasivePairs::escapes(std::span<const std::uint8_t> watched, const Execution& execution) const {
  const Prepared& p = *prepared_;
  if (watched.size() != p.cost.size()) throw OptionError("not one flag per arc");
  std::vector<double> cost = p.cost;
  for (std::size_t a = 0; a < cost.size(); ++a) cost[a] = watched[a] != 0 ? kInfinity : cost[a];
  Routes routes(p.pairs.size());
  visit_trees(
      p.graph, p.groups, cost, execution,
      [&](const PairGroup& group) {
        double reach = -1.0;
        for (const std::uint32_t pair : group.pair) reach = std::max(reach, p.limit[pair]);
        return reach;
      },
      [&](const PairGroup& group, std::size_t i, const ArcTree& tree) {
        if (!(tree.distance[group.target[i]] <= p.limit[group.pair[i]])) return;
        std::vector<std::uint32_t> route = route_back(p.graph, tree, group.origin, group.target[i]);
        std::reverse(route.begin(), route.end());
        routes[group.pair[i]] = std::move(route);
      });
  return routes;
}

namespace {

EvasiveOutcome outcome_of(const EvasivePairs& evaders, const Routes& escapes) {
  EvasiveOutcome outcome{std::vector<std::uint8_t>(escapes.size(), 0), 0.0};
  for (std::size_t k = 0; k < escapes.size(); ++k) {
    if (!evaders.cheapest()[k] || escapes[k]) continue;
    outcome.captured[k] = 1;
    outcome.captured_journeys += evaders.pairs().weight[k];
  }
  return outcome;
}

/// Any of the sites on the route captures it: at least one must be chosen.
CoverRow row_of(std::uint32_t pair, std::span<const std::uint32_t> route, const AttackSites& sites) {
  std::set<std::uint32_t> on_route;
  for (const std::uint32_t arc : route) {
    const SiteId site = sites.site_of_arc[arc];
    if (site.exists() && sites.state[site.index()] != SiteState::forbidden) {
      on_route.insert(static_cast<std::uint32_t>(site.index()));
    }
  }
  CoverRow row{pair, 0.0, {}};
  for (const std::uint32_t site : on_route) row.terms.push_back({site, 1.0});
  return row;
}

CoverAnswer answer_of(const EvasivePairs& evaders, const AttackSites& sites, const Routes& escapes) {
  CoverAnswer answer;
  for (const std::uint8_t captured : outcome_of(evaders, escapes).captured) answer.payoff.push_back(captured);
  for (std::uint32_t k = 0; k < escapes.size(); ++k) {
    if (escapes[k]) answer.rows.push_back(row_of(k, *escapes[k], sites));
  }
  return answer;
}

double grain_of(const NodePairs& pairs) {
  const bool whole =
      std::all_of(pairs.weight.begin(), pairs.weight.end(), [](double w) { return w == std::floor(w); });
  return whole && std::accumulate(pairs.weight.begin(), pairs.weight.end(), 0.0) < kExact ? 1.0 : 0.0;
}

/// Pairs without a route pay nothing whatever is watched.
std::vector<double> caps_of(const EvasivePairs& evaders) {
  std::vector<double> cap;
  for (const std::optional<double>& cheapest : evaders.cheapest()) cap.push_back(cheapest ? 1.0 : 0.0);
  return cap;
}

}  // namespace

EvasiveOutcome evasive_outcome(const EvasivePairs& evaders, const AttackSites& sites,
                               std::span<const SiteId> placement, const Execution& execution) {
  check_sites(sites, evaders.arc_count(), kInfinity);
  const std::vector<std::uint8_t> chosen = flags_of(sites, placement);
  return outcome_of(evaders, evaders.escapes(watched_arcs(sites, chosen), execution));
}

EvasiveCapture evasive_capture(const EvasivePairs& evaders, const AttackSites& sites,
                               const EvasiveCaptureOptions& options, const Execution& execution) {
  check_sites(sites, evaders.arc_count(), options.budget);
  const detail::CoverProblem problem{
      evaders.pairs().weight,
      caps_of(evaders),
      sites,
      options.budget,
      grain_of(evaders.pairs()),
      [&](const auto& chosen) {
        return answer_of(evaders, sites, evaders.escapes(watched_arcs(sites, chosen), execution));
      }};
  const detail::CoverResult found = detail::best_cover(problem, options.limits, execution);
  EvasiveCapture result;
  result.site = placement_of(found.chosen);
  result.cost = cost_of(sites, result.site);
  result.outcome = evasive_outcome(evaders, sites, result.site, execution);
  result.journeys = evaders.journeys();
  result.bound = found.bound;
  result.status = found.status;
  result.nodes = found.nodes;
  result.routes = found.rows;
  return result;
}

}  // namespace waywarden
