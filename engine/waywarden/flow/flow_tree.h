#pragma once

/// The tree of cheapest routes from all origins of one destination, on a core and one metric, with the
/// journeys that use each arc. Only nodes that carry journeys are in it.

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/flow/demand.h"
#include "waywarden/network/places.h"
#include "waywarden/routing/core_sweep.h"

namespace waywarden {

/// One destination and its origins, as nodes of the core.
struct DestinationDemand {
  PlaceId destination;
  CoreNode root;
  /// Pairs of the demand [first_pair, first_pair + origin.size()), in its order.
  std::size_t first_pair = 0;
  std::vector<CoreNode> origin;
  std::vector<double> journeys;
};

/// Throws `OptionError` when a place of the demand is not attached, or not a terminal of the core.
std::vector<DestinationDemand> by_destination(const Demand& demand, const Places& places, const Core& core);

struct FlowTree {
  /// Position of an origin that no route joins to the destination.
  static constexpr std::uint32_t kNoRoute = std::numeric_limits<std::uint32_t>::max();

  /// Nodes with journeys, the root left out; every parent after its children. Position size() stands for the
  /// root.
  std::vector<CoreNode> node;
  /// The arc that leaves the node, where it leads, and the journeys on it.
  std::vector<CoreArc> arc;
  std::vector<std::uint32_t> parent;
  std::vector<double> journeys;
  /// Position of each origin of the destination; size() at the root, or `kNoRoute`.
  std::vector<std::uint32_t> origin;

  std::size_t size() const { return node.size(); }
};

/// Grows trees one after the other, keeping its buffers. Not thread-safe: one per thread.
class TreeGrower {
 public:
  explicit TreeGrower(const Core& core);

  /// Exact: integer sums decide. Journeys are added up in an order that depends on tree and demand alone.
  FlowTree grow(const DestinationDemand& demand, const CoreMetric& metric);
  /// The trees of some destinations, at most `CoreSweep::kMostRoots` of them, found together.
  std::vector<FlowTree> grow(std::span<const DestinationDemand* const> demand, const CoreMetric& metric);

 private:
  FlowTree grow_found(const DestinationDemand& demand);
  bool reached(CoreNode n) const { return sweep_.distance(lane_, n) != kUnreachable; }
  void inject(const DestinationDemand& demand);
  bool step(CoreNode& n, CoreNode root);
  void emit(CoreNode origin, CoreNode root, FlowTree& tree);
  void link(const DestinationDemand& demand, FlowTree& tree);

  /// Buffers per core node, clean between trees.
  struct Slot {
    double journeys = 0.0;
    /// Towards the root; none as long as nobody has come by.
    CoreArc arc;
    std::uint32_t children = 0;
    std::uint32_t position = FlowTree::kNoRoute;
  };

  const Core& core_;
  CoreSweep sweep_;
  /// Of the tree that is being grown.
  std::size_t lane_ = 0;
  std::vector<Slot> slots_;
  std::vector<CoreNode> walkers_;
};

/// A quantity of arcs, summed from each position of the tree to the root; the last entry is the root's 0.
std::vector<double> sums_to_root(const FlowTree& tree, std::span<const double> per_arc);

/// A quantity of edges, summed over each arc of the core.
std::vector<double> arc_sums(const Core& core, std::span<const double> per_edge);

}  // namespace waywarden
