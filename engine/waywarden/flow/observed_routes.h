#pragma once

/// What is known of the routes that were really taken, and how likely it is under routes drawn by sampled
/// perception (perception.h): traces matched to the network, and counts at posts.
///
/// Trace: its chance is the share of draws whose route agrees, smoothed. A draw counts
///
///     exp(-(1 - overlap) / bandwidth),
///
/// the overlap of two routes being the cost they share over the cost that either uses (Jaccard, as in
/// spread.h): 1 where they are the same, e^-1 where they differ in `bandwidth` of their cost. The logarithm
/// of the mean over draws is a simulated log-likelihood (Gourieroux and Monfort 1996) but for a constant:
/// kernels are not scaled to sum to 1 over all routes, which nobody can list. A wide bandwidth hides spread;
/// a narrow one asks for draws that repeat even rare routes, and too few of them exaggerate spread. With 64
/// draws in made-up towns of 81 crossroads, 0.02 found 1.3 times the deviation that was there, 0.15 found 0.9
/// of it, 0.4 half of it.
///
/// Counts: Poisson, or negative binomial with overdispersion estimated, around `scale` times the journeys
/// that pass the post, mean over draws. The scale (days counted, the share that is seen) is estimated unless
/// it is given. A post that hardly any draw passes counts as passed by half of one draw of a mean pair.
///
/// O(draws * (length of a route) + length of the trace) per trace.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "waywarden/base/execution.h"
#include "waywarden/flow/count_regression.h"
#include "waywarden/flow/forest.h"

namespace waywarden {

/// One row per trace.
struct ObservedRoutes {
  std::vector<PlaceId> origin;
  std::vector<PlaceId> destination;
  /// In any order; an edge named twice counts once.
  std::vector<std::vector<EdgeId>> edges;

  std::size_t size() const { return edges.size(); }
};

/// One row per post: journeys counted over any of its edges. Edges one after the other on a road without a
/// junction are one place; a journey that passes two places of a post is counted twice.
struct ObservedCounts {
  std::vector<std::vector<EdgeId>> edges;
  std::vector<double> count;

  std::size_t size() const { return count.size(); }
};

/// Traces in the terms of a core, ready for any forest of their pairs.
class TraceLikelihood {
 public:
  /// `costs`: per edge, as everyone agrees on them. Throws `InputError` that names a trace (from 0) with
  /// unknown places or edges, one whose edges cost nothing or are closed, or one that begins where it ends;
  /// `OptionError` for columns of different lengths and a bandwidth that is not finite and > 0.
  TraceLikelihood(const Core& core, const Places& places, std::span<const double> costs,
                  const ObservedRoutes& observed, double bandwidth);

  std::size_t size() const { return traces_.size(); }
  /// Its pairs: what a forest is to be grown for.
  std::span<const DestinationDemand> demand() const { return demand_; }

  /// Per trace. Throws `InputError` for a trace whose places no route joins.
  std::vector<double> log_likelihoods(const Forest& forest, const Execution& execution) const;

  /// Per trace: what it cost.
  std::vector<double> costs() const;
  /// Per trace: the pair of `demand` it belongs to, counted through its destinations.
  std::vector<std::size_t> pairs() const;

 private:
  struct ArcCost {
    std::size_t arc;
    double cost;
  };
  struct Trace {
    std::size_t destination;
    std::size_t origin;
    /// Ascending by arc; edges off the core are in the total alone.
    std::vector<ArcCost> on_arc;
    double total;
  };

  double agreement(const Trace& trace, const FlowTree& tree) const;

  std::vector<DestinationDemand> demand_;
  std::vector<double> cost_of_arc_;
  std::vector<Trace> traces_;
  double bandwidth_;
};

struct CountOptions {
  CountDistribution distribution = CountDistribution::poisson;
  /// None: estimated.
  std::optional<double> scale = std::nullopt;
};

/// The counts under one loading.
struct CountLikelihood {
  /// Per post.
  std::vector<double> log_likelihood;
  std::vector<double> mean;
  double scale = 1.0;
  double overdispersion = 0.0;
};

/// `forest`: of the whole demand, of `pairs` pairs and `journeys` in all. Throws `InputError` for a count
/// that is negative or not finite, an unknown edge, and where nothing was counted; `OptionError` for columns
/// of different lengths and a scale that is not finite and > 0.
CountLikelihood count_likelihood(const Core& core, const Forest& forest, const ObservedCounts& observed,
                                 std::size_t pairs, double journeys, const CountOptions& options,
                                 const Execution& execution);

}  // namespace waywarden
