#pragma once

/// The tree of cheapest routes from all origins of one destination, on a core and one metric, with the
/// journeys that use each arc. Only nodes that carry journeys are in it.

#include <array>
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
  /// Of routes that have been followed to where another one of the tree passes, or to the root: the positions
  /// at which they begin, and where they end. Positions count nodes as they are met.
  struct Branch {
    std::uint32_t first;
    CoreNode end;
  };
  /// One tree while it grows.
  struct Growth {
    const DestinationDemand* demand = nullptr;
    std::size_t next_origin = 0;
    /// Where the route that is being followed has come to; none between routes.
    CoreNode at;
    /// Steps of `CoreSweep::send_for_arcs` made there.
    std::uint32_t sent_for = 0;
    std::vector<CoreNode> node;
    std::vector<CoreArc> arc;
    std::vector<Branch> branches;
  };
  /// All that a step from a node takes, in one line of the cache; meaningful in the batch `batch`.
  struct alignas(64) Stop {
    static constexpr std::size_t kHeads = 9;

    std::uint32_t batch = 0;
    /// Which trees have the node: a bit per lane.
    std::uint16_t lanes = 0;
    CoreSweep::ArcNumbers arcs{};
    /// The first of the node's arcs, and where the first few lead.
    std::uint32_t first_arc = 0;
    std::array<std::uint32_t, kHeads> head{};
  };

  void start(std::span<const DestinationDemand* const> demand, const CoreMetric& metric);
  bool follow(std::size_t lane);
  bool set_out(std::size_t lane);
  Stop& stop(CoreNode n);
  Stop stop_at(CoreNode n);
  CoreArc arc(std::size_t lane, CoreNode n);
  std::uint32_t& position(std::size_t lane, CoreNode n) { return positions_[n.index() * lanes_ + lane]; }
  static void end_branch(Growth& growth);
  FlowTree tree_of(std::size_t lane);
  FlowTree routes_of(std::size_t lane) const;
  std::uint32_t place_of(std::size_t lane, CoreNode n) const;

  const Core& core_;
  CoreSweep sweep_;
  std::vector<Growth> growths_;
  std::size_t lanes_ = 1;
  std::uint32_t batch_ = 0;
  std::vector<Stop> stops_;
  /// Per node and lane; meaningful where visited.
  std::vector<std::uint32_t> positions_;
};

/// A quantity of arcs, summed from each position of the tree to the root; the last entry is the root's 0.
std::vector<double> sums_to_root(const FlowTree& tree, std::span<const double> per_arc);

/// A quantity of edges, summed over each arc of the core.
std::vector<double> arc_sums(const Core& core, std::span<const double> per_edge);

}  // namespace waywarden
