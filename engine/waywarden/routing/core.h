#pragma once

/// The part of a network that cheapest routes between terminals can use, with chains contracted: dead ends
/// are peeled, nodes with two neighbours vanish into arcs. What remains is a small graph on which searches
/// are several times faster.
///
/// Exact: for every weight vector, the distance between two core nodes is the one in the network, and with
/// all weights above 0 the route is the same, ties included (arcs are numbered in the order of their first
/// edges, so the smallest arc id is the smallest edge id). Every edge lies in at most one arc; edges in none
/// carry no route between terminals.
///
/// Depends on topology and terminals alone: one core serves every scenario and every draw. O(nodes + edges),
/// and the hierarchy of what is left, by nested dissection.

#include <cstdint>
#include <span>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/network/network.h"
#include "waywarden/routing/hierarchy.h"
#include "waywarden/routing/weights.h"

namespace waywarden {

/// Nodes and arcs of a core, in the canonical order of the network's nodes and edges.
using CoreNode = Id<struct CoreNodeTag>;
using CoreArc = Id<struct CoreArcTag>;

class Core {
 public:
  /// Keeps no reference to the network. Terminals may repeat; those that do not exist are passed over.
  Core(const Network& network, std::span<const NodeId> terminals);

  std::size_t node_count() const { return nodes_.size(); }
  std::size_t arc_count() const { return tail_.size(); }
  /// Of the network it was made from.
  std::size_t network_node_count() const { return core_nodes_.size(); }
  std::size_t network_edge_count() const { return arc_of_edge_.size(); }

  NodeId node(CoreNode n) const { return nodes_[n.index()]; }
  /// None for nodes that were peeled or contracted, which terminals never are.
  CoreNode core_node(NodeId n) const { return core_nodes_[n.index()]; }
  CoreNode tail(CoreArc a) const { return tail_[a.index()]; }
  CoreNode head(CoreArc a) const { return head_[a.index()]; }

  /// The edges an arc stands for, in travel order.
  std::span<const EdgeId> edges(CoreArc a) const {
    return std::span(edges_).subspan(first_edge_[a.index()],
                                     first_edge_[a.index() + 1] - first_edge_[a.index()]);
  }
  /// None for edges that carry no route between terminals.
  CoreArc arc(EdgeId e) const { return arc_of_edge_[e.index()]; }

  /// Arcs that leave a node: consecutive ids [first_out()[n], first_out()[n + 1]).
  std::span<const std::uint32_t> first_out() const { return first_out_; }
  /// What searches go by.
  const Hierarchy& hierarchy() const { return hierarchy_; }
  /// Per arc, the rank of its head.
  std::span<const std::uint32_t> head_rank() const { return head_rank_; }

 private:
  void add_arc(std::span<const EdgeId> edges, CoreNode tail, CoreNode head);

  std::vector<NodeId> nodes_;
  std::vector<CoreNode> core_nodes_;
  std::vector<CoreNode> tail_;
  std::vector<CoreNode> head_;
  std::vector<std::uint32_t> first_edge_{0};
  std::vector<EdgeId> edges_;
  std::vector<CoreArc> arc_of_edge_;
  std::vector<std::uint32_t> first_out_;
  Hierarchy hierarchy_;
  std::vector<std::uint32_t> head_rank_;
};

}  // namespace waywarden
