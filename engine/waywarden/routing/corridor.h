#pragma once

/// The arcs that routes of nearly the cheapest cost may use: where a watcher has a chance to meet those who
/// travel from s to t.
///
/// An open arc (u, v) of weight w is in the corridor of s, t and excess e when
///   (a) cost(s, u) + w + cost(v, t) <= (1 + e) * cost(s, t), so it is on a walk from s to t within the
///   bound, (b) its block lies between those of s and t in the block-cut tree (`BlockTree`).
/// Without (b) walks would turn round in dead ends, which no traveller does.
///
/// Guaranteed: every route within the bound that visits no node twice lies wholly in the corridor, and no arc
/// in it is dearer to pass or in another block. Not guaranteed: that each arc is on such a route; within a
/// block the walk of (a) may still use a street there and back. To say for certain is NP-hard where arcs have
/// directions (two disjoint paths). `DeadEnds::of_corridor` leaves out more of these.
///
/// Exact in the weights' unit; (1 + e) * cost is rounded once, as a double, and cut to an integer.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/routing/block_tree.h"
#include "waywarden/routing/metric.h"

namespace waywarden {

/// The largest cost within (1 + excess) times the cheapest, and below `kNoWay`. Throws `OptionError` for an
/// excess below 0 or NaN.
Cost cost_within(Cost cheapest, double excess);

/// How many times the cheapest a cost is; 1 for 0 of 0.
double stretch(Cost cost, Cost cheapest);

/// Which blocks (b) means.
enum class DeadEnds {
  of_open_arcs,  ///< blocks of all open arcs: a corridor is the part of a wider one that keeps the bound
  of_corridor,   ///< of the arcs that (a) leaves: smaller, with the same guarantee
};

struct CorridorOptions {
  /// e above.
  double excess = 0.1;
  DeadEnds dead_ends = DeadEnds::of_open_arcs;
};

/// One entry per arc that is in, by ascending arc.
struct Corridor {
  /// `kNoWay`, and no arcs, where there is none.
  Cost cheapest = kNoWay;
  std::vector<std::uint32_t> arc;
  /// Of the cheapest walk through the arc.
  std::vector<double> stretch;
};

/// For one source and one target: two sweeps and a look at every arc, some 30 ms on a city. `arcs` are those
/// of the metric's hierarchy, `blocks` of its open arcs. No arcs from a node to itself. Throws `OptionError`
/// for nodes that do not exist and for arcs or blocks of another graph.
Corridor corridor(ArcColumns arcs, const Metric& metric, const BlockTree& blocks, std::uint32_t source,
                  std::uint32_t target, const CorridorOptions& options = {}, const Execution& execution = {});

/// One entry per arc that is in some pair's corridor, by ascending arc.
struct CorridorUnion {
  std::vector<std::uint32_t> arc;
  /// The smallest over all pairs.
  std::vector<double> stretch;
  /// In how many pairs' corridors.
  std::vector<std::uint64_t> pairs;
};

/// For all pairs of a source and a target, each by its own cheapest cost. Nodes may repeat and then count as
/// often; pairs without a way and from a node to itself have no corridor. Only with blocks of open arcs.
///
/// O(pairs * arcs): sixteen by sixteen pairs at a time look at an arc together, arcs on threads. Two sweeps
/// per 16 x 16 pairs; memory 128 bytes per node and 32 per block. The same for any number of threads.
CorridorUnion corridors(ArcColumns arcs, const Metric& metric, const BlockTree& blocks,
                        std::span<const std::uint32_t> sources, std::span<const std::uint32_t> targets,
                        double excess = 0.1, const Execution& execution = {});

}  // namespace waywarden
