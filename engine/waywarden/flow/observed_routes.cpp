#include "waywarden/flow/observed_routes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <utility>

#include "waywarden/base/errors.h"
#include "waywarden/flow/exposure.h"

namespace waywarden {
namespace {

constexpr int kMostRounds = 100;

[[noreturn]] void refuse(const char* kind, std::size_t row, const char* why) {
  throw InputError({"", kind, std::to_string(row)}, why);
}

std::set<EdgeId> known_edges(const std::vector<EdgeId>& edges, std::size_t edge_count, const char* kind,
                             std::size_t row) {
  for (const EdgeId edge : edges)
    if (!edge.exists() || edge.index() >= edge_count) refuse(kind, row, "it names an edge that is not there");
  return {edges.begin(), edges.end()};
}

void check_ends(const ObservedRoutes& observed, std::size_t places) {
  if (observed.origin.size() != observed.size() || observed.destination.size() != observed.size())
    throw OptionError("columns of the traces differ in length");
  for (std::size_t i = 0; i < observed.size(); ++i) {
    for (const PlaceId place : {observed.origin[i], observed.destination[i]})
      if (!place.exists() || place.index() >= places)
        refuse("traces", i, "it names a place that is not there");
    if (observed.origin[i] == observed.destination[i]) refuse("traces", i, "it begins where it ends");
  }
}

/// A journey per trace.
Demand pairs_of(const ObservedRoutes& observed, std::size_t places) {
  std::vector<StatedFlow> flows;
  for (std::size_t i = 0; i < observed.size(); ++i)
    flows.push_back({observed.origin[i], observed.destination[i], 1.0});
  Demand demand;
  for (const StatedFlow& flow : one_per_pair(flows, places)) {
    demand.origin.push_back(flow.origin);
    demand.destination.push_back(flow.destination);
    demand.journeys.push_back(flow.journeys);
  }
  return demand;
}

/// Of each pair of the demand: its destination, and its position among the origins there.
std::map<std::pair<PlaceId, PlaceId>, std::pair<std::size_t, std::size_t>> positions(
    const Demand& demand, std::span<const DestinationDemand> groups) {
  std::map<std::pair<PlaceId, PlaceId>, std::pair<std::size_t, std::size_t>> at;
  for (std::size_t d = 0; d < groups.size(); ++d)
    for (std::size_t i = 0; i < groups[d].origin.size(); ++i) {
      const std::size_t pair = groups[d].first_pair + i;
      at[{demand.origin[pair], demand.destination[pair]}] = {d, i};
    }
  return at;
}

}  // namespace

TraceLikelihood::TraceLikelihood(const Core& core, const Places& places, std::span<const double> costs,
                                 const ObservedRoutes& observed, double bandwidth)
    : cost_of_arc_(arc_sums(core, costs)), bandwidth_(bandwidth) {
  if (!std::isfinite(bandwidth) || bandwidth <= 0.0) throw OptionError("the bandwidth must be > 0");
  check_ends(observed, places.node.size());
  const Demand demand = pairs_of(observed, places.node.size());
  demand_ = by_destination(demand, places, core);
  const auto at = positions(demand, demand_);
  for (std::size_t i = 0; i < observed.size(); ++i) {
    const auto [destination, origin] = at.at({observed.origin[i], observed.destination[i]});
    std::map<std::size_t, double> on_arc;
    double total = 0.0;
    for (const EdgeId edge : known_edges(observed.edges[i], costs.size(), "traces", i)) {
      total += costs[edge.index()];
      if (core.arc(edge).exists()) on_arc[core.arc(edge).index()] += costs[edge.index()];
    }
    if (!std::isfinite(total) || total <= 0.0) refuse("traces", i, "its edges are closed, or cost nothing");
    Trace trace{destination, origin, {}, total};
    for (const auto& [arc, cost] : on_arc) trace.on_arc.push_back({arc, cost});
    traces_.push_back(std::move(trace));
  }
}

/// Overlap of the trace with the route in a tree, smoothed.
double TraceLikelihood::agreement(const Trace& trace, const FlowTree& tree) const {
  double shared = 0.0, route = 0.0;
  for (std::uint32_t at = tree.origin[trace.origin]; at < tree.size(); at = tree.parent[at]) {
    const std::size_t arc = tree.arc[at].index();
    route += cost_of_arc_[arc];
    const auto found = std::ranges::lower_bound(trace.on_arc, arc, {}, &ArcCost::arc);
    if (found != trace.on_arc.end() && found->arc == arc) shared += found->cost;
  }
  const double overlap = shared / (trace.total + route - shared);
  return std::exp(-(1.0 - overlap) / bandwidth_);
}

std::vector<double> TraceLikelihood::log_likelihoods(const Forest& forest, const Execution& execution) const {
  std::vector<double> result(traces_.size());
  parallel_for(traces_.size(), execution, [&](std::size_t i) {
    const Trace& trace = traces_[i];
    double sum = 0.0;
    for (std::size_t draw = 0; draw < forest.draws; ++draw) {
      const FlowTree& tree = forest.tree(draw, trace.destination);
      if (tree.origin[trace.origin] == FlowTree::kNoRoute)
        refuse("traces", i, "no route joins its origin and destination");
      sum += agreement(trace, tree);
    }
    result[i] = std::log(sum / static_cast<double>(forest.draws));
  });
  return result;
}

std::vector<double> TraceLikelihood::costs() const {
  std::vector<double> costs;
  for (const Trace& trace : traces_) costs.push_back(trace.total);
  return costs;
}

std::vector<std::size_t> TraceLikelihood::pairs() const {
  std::vector<std::size_t> pairs;
  for (const Trace& trace : traces_) pairs.push_back(demand_[trace.destination].first_pair + trace.origin);
  return pairs;
}

namespace {

void check_counts(const ObservedCounts& observed, const CountOptions& options) {
  if (observed.edges.size() != observed.size()) throw OptionError("columns of the posts differ in length");
  if (options.scale && !(std::isfinite(*options.scale) && *options.scale > 0.0))
    throw OptionError("the scale of counts must be finite and > 0");
  double all = 0.0;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    if (!std::isfinite(observed.count[i]) || observed.count[i] < 0.0)
      refuse("posts", i, "its count is negative or not finite");
    all += observed.count[i];
  }
  if (all <= 0.0) throw InputError({"", "posts", ""}, "nothing was counted at any post");
}

/// Journeys past each post, mean over draws.
std::vector<double> passing(const Core& core, const Forest& forest, const ObservedCounts& observed,
                            const Execution& execution) {
  const ArcJourneys journeys = arc_journeys(core, forest, execution);
  std::vector<double> mean;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    std::set<CoreArc> arcs;
    for (const EdgeId edge : known_edges(observed.edges[i], core.network_edge_count(), "posts", i))
      if (core.arc(edge).exists()) arcs.insert(core.arc(edge));
    double sum = 0.0;
    for (const CoreArc arc : arcs)
      for (const std::vector<double>& draw : journeys) sum += draw[arc.index()];
    mean.push_back(sum / static_cast<double>(journeys.size()));
  }
  return mean;
}

double sum_of(std::span<const double> values) { return std::accumulate(values.begin(), values.end(), 0.0); }

/// Where the score by ln(scale) is 0; it falls as the scale grows. From the Poisson answer, by bisection of
/// its logarithm.
double likeliest_scale(const CountFamily& family, std::span<const double> counts,
                       std::span<const double> means) {
  const double poisson = sum_of(counts) / sum_of(means);
  if (family.alpha == 0.0) return poisson;
  double low = std::log(poisson) - 20.0, high = std::log(poisson) + 20.0;
  for (int round = 0; round < kMostRounds; ++round) {
    const double middle = 0.5 * (low + high), scale = std::exp(middle);
    double score = 0.0;
    for (std::size_t i = 0; i < counts.size(); ++i) score += family.score(counts[i], scale * means[i]);
    (score > 0.0 ? low : high) = middle;
  }
  return std::exp(0.5 * (low + high));
}

std::vector<double> scaled(std::span<const double> means, double scale) {
  std::vector<double> result;
  for (const double mean : means) result.push_back(scale * mean);
  return result;
}

}  // namespace

CountLikelihood count_likelihood(const Core& core, const Forest& forest, const ObservedCounts& observed,
                                 std::size_t pairs, double journeys, const CountOptions& options,
                                 const Execution& execution) {
  check_counts(observed, options);
  std::vector<double> means = passing(core, forest, observed, execution);
  const double least = 0.5 * journeys / static_cast<double>(pairs) / static_cast<double>(forest.draws);
  for (double& mean : means) mean = std::max(mean, least);
  CountFamily family;
  const auto scale_of = [&] {
    return options.scale.value_or(likeliest_scale(family, observed.count, means));
  };
  double scale = scale_of();
  for (int round = 0; options.distribution == CountDistribution::negative_binomial && round < kMostRounds;
       ++round) {
    const double before = family.alpha;
    family.alpha = likeliest_overdispersion(observed.count, scaled(means, scale)).alpha;
    scale = scale_of();
    if (std::abs(family.alpha - before) <= 1e-10 * (1.0 + before)) break;
  }
  CountLikelihood found{{}, scaled(means, scale), scale, family.alpha};
  for (std::size_t i = 0; i < observed.size(); ++i)
    found.log_likelihood.push_back(family.log_likelihood(observed.count[i], found.mean[i]));
  return found;
}

}  // namespace waywarden
