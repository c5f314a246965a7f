#include "waywarden/network_interdiction/shortest_path_interdiction.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "waywarden/base/errors.h"
#include "waywarden/network_interdiction/detail/arc_search.h"
#include "waywarden/network_interdiction/detail/route_cover.h"

namespace waywarden {
namespace {

using detail::ArcGraph;
using detail::ArcTree;
using detail::CoverAnswer;
using detail::CoverRow;
using detail::PairGroup;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Up to here, sums of whole numbers are exact.
constexpr double kExact = 9e15;

bool whole(double value) { return value == std::floor(value) && value < kExact; }

/// No loopless route is longer: it leaves each node at most once.
double longest_route(std::size_t nodes, ArcColumns arcs, const DelayableArcs& lengths) {
  std::vector<double> longest(nodes, 0.0);
  for (std::size_t a = 0; a < arcs.tail.size(); ++a) {
    if (!std::isfinite(lengths.length[a])) continue;
    const double delay = std::isfinite(lengths.delay[a]) ? lengths.delay[a] : 0.0;
    double& most = longest[arcs.tail[a]];
    most = std::max(most, lengths.length[a] + delay);
  }
  return std::accumulate(longest.begin(), longest.end(), 0.0);
}

void check(std::size_t nodes, ArcColumns arcs, const DelayableArcs& lengths, const AttackSites& sites,
           const NodePairs& pairs, const ShortestPathInterdictionOptions& options) {
  check_arcs(nodes, arcs);
  check_sites(sites, arcs.tail.size(), options.budget);
  check_per_arc(lengths.length, arcs.tail.size(), "length");
  check_per_arc(lengths.delay, arcs.tail.size(), "delay");
  detail::check_pairs(nodes, pairs.origin, pairs.destination, pairs.weight);
  const double limit = options.abandon_at.value_or(0.0);
  if (!(limit >= 0.0) || !std::isfinite(limit)) throw OptionError("abandon_at is negative or not finite");
}

class Travellers {
 public:
  Travellers(std::size_t nodes, ArcColumns arcs, const DelayableArcs& lengths, const AttackSites& sites,
             const NodePairs& pairs, double abandon_at, const Execution& execution)
      : graph_(nodes, arcs),
        lengths_(lengths),
        sites_(sites),
        pairs_(pairs),
        groups_(detail::group_by_origin(pairs.origin, pairs.destination)),
        abandon_at_(abandon_at),
        execution_(execution) {}

  std::vector<std::optional<double>> cheapest(std::span<const std::uint8_t> attacked) const {
    std::vector<std::optional<double>> found(pairs_.size());
    visit_trees(attacked, kInfinity, [&](const PairGroup& group, std::size_t i, const ArcTree& tree) {
      const double length = tree.distance[group.target[i]];
      if (std::isfinite(length)) found[group.pair[i]] = length;
    });
    return found;
  }

  CoverAnswer answer(std::span<const std::uint8_t> attacked) const {
    CoverAnswer answer{std::vector<double>(pairs_.size(), abandon_at_), std::vector<CoverRow>(pairs_.size())};
    visit_trees(attacked, abandon_at_, [&](const PairGroup& group, std::size_t i, const ArcTree& tree) {
      if (!(tree.distance[group.target[i]] < abandon_at_)) return;
      const std::uint32_t pair = group.pair[i];
      answer.payoff[pair] = tree.distance[group.target[i]];
      answer.rows[pair] = row(pair, detail::route_back(graph_, tree, group.origin, group.target[i]));
    });
    keep_routes(answer);
    return answer;
  }

 private:
  std::vector<double> delayed(std::span<const std::uint8_t> attacked) const {
    std::vector<double> length(lengths_.length.begin(), lengths_.length.end());
    for (std::size_t a = 0; a < length.size(); ++a) {
      const SiteId site = sites_.site_of_arc[a];
      if (site.exists() && attacked[site.index()] != 0) length[a] += lengths_.delay[a];
    }
    return length;
  }

  /// visit(group, position in it, tree), each pair once and in any order.
  template <class Visit>
  void visit_trees(std::span<const std::uint8_t> attacked, double reach, Visit visit) const {
    const std::vector<double> length = delayed(attacked);
    const Execution alone{.threads = 1, .progress = execution_.progress};
    parallel_for(groups_.size(), execution_, [&](std::size_t g) {
      const PairGroup& group = groups_[g];
      const ArcTree tree = cheapest_tree(graph_, group.origin, length, group.target, reach, alone);
      for (std::size_t i = 0; i < group.pair.size(); ++i) visit(group, i, tree);
    });
  }

  CoverRow row(std::uint32_t pair, const std::vector<std::uint32_t>& route) const {
    CoverRow row{pair, 0.0, {}};
    std::map<std::uint32_t, double> delay;
    for (auto arc = route.rbegin(); arc != route.rend(); ++arc) {
      row.base += lengths_.length[*arc];
      const SiteId site = sites_.site_of_arc[*arc];
      if (!site.exists() || sites_.state[site.index()] == SiteState::forbidden) continue;
      delay[static_cast<std::uint32_t>(site.index())] += lengths_.delay[*arc];
    }
    for (const auto& [site, sum] : delay) {
      // What lies beyond abandon_at does not count.
      if (sum > 0.0) row.terms.push_back({site, std::min(sum, abandon_at_)});
    }
    return row;
  }

  void keep_routes(CoverAnswer& answer) const {
    std::size_t kept = 0;
    for (std::size_t k = 0; k < answer.rows.size(); ++k) {
      if (!(answer.payoff[k] < abandon_at_)) continue;
      if (kept != k) answer.rows[kept] = std::move(answer.rows[k]);
      ++kept;
    }
    answer.rows.resize(kept);
  }

  ArcGraph graph_;
  const DelayableArcs& lengths_;
  const AttackSites& sites_;
  const NodePairs& pairs_;
  std::vector<PairGroup> groups_;
  double abandon_at_;
  const Execution& execution_;
};

/// 1 where every value is a whole number.
double grain_of(const DelayableArcs& lengths, const NodePairs& pairs, double abandon_at) {
  const auto fits = [](double value) { return whole(value) || std::isinf(value); };
  const bool all = std::all_of(lengths.length.begin(), lengths.length.end(), fits) &&
                   std::all_of(lengths.delay.begin(), lengths.delay.end(), fits) &&
                   std::all_of(pairs.weight.begin(), pairs.weight.end(), whole) && whole(abandon_at);
  const double most = std::accumulate(pairs.weight.begin(), pairs.weight.end(), 0.0) * abandon_at;
  return all && most < kExact ? 1.0 : 0.0;
}

ShortestPathInterdiction described(const Travellers& travellers, const AttackSites& sites,
                                   const detail::CoverResult& found, double abandon_at) {
  ShortestPathInterdiction result;
  result.site = placement_of(found.chosen);
  result.cost = cost_of(sites, result.site);
  result.length_before = travellers.cheapest(std::vector<std::uint8_t>(sites.size(), 0));
  result.length = travellers.cheapest(found.chosen);
  result.abandon_at = abandon_at;
  result.value = found.value;
  result.bound = found.bound;
  result.status = found.status;
  result.nodes = found.nodes;
  result.routes = found.rows;
  return result;
}

}  // namespace

double checked_abandon_at(std::size_t nodes, ArcColumns arcs, const DelayableArcs& lengths,
                          const AttackSites& sites, const NodePairs& pairs,
                          const ShortestPathInterdictionOptions& options) {
  check(nodes, arcs, lengths, sites, pairs, options);
  return options.abandon_at.value_or(std::ceil(longest_route(nodes, arcs, lengths)) + 1.0);
}

ShortestPathInterdiction shortest_path_interdiction(std::size_t nodes, ArcColumns arcs,
                                                    const DelayableArcs& lengths, const AttackSites& sites,
                                                    const NodePairs& pairs,
                                                    const ShortestPathInterdictionOptions& options,
                                                    const Execution& execution) {
  const double abandon_at = checked_abandon_at(nodes, arcs, lengths, sites, pairs, options);
  const Travellers travellers(nodes, arcs, lengths, sites, pairs, abandon_at, execution);
  const detail::CoverProblem problem{pairs.weight,
                                     std::vector<double>(pairs.size(), abandon_at),
                                     sites,
                                     options.budget,
                                     grain_of(lengths, pairs, abandon_at),
                                     [&](const auto& chosen) { return travellers.answer(chosen); }};
  const detail::CoverResult found = detail::best_cover(problem, options.limits, execution);
  return described(travellers, sites, found, abandon_at);
}

}  // namespace waywarden
