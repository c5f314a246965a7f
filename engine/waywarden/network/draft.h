#pragma once

/// A network in the making: edges between nodes known by what they are (a point, a mode, a side of a border,
/// a hub), not yet by number. `finish` numbers everything in canonical order.

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "waywarden/network/network.h"
#include "waywarden/network/noding.h"

namespace waywarden {

/// What makes a node itself.
struct NodeKey {
  Point point;
  Mode mode = Mode::road;
  /// Distinguishes nodes at one point: 0 for ordinary ones, 1 + country on either side of a border, a number
  /// of its own for each hub.
  std::uint32_t part = 0;
  friend auto operator<=>(const NodeKey&, const NodeKey&) = default;
};

/// One or both directions between two nodes.
struct DraftEdge {
  NodeKey from;
  NodeKey to;
  EdgeKind kind = EdgeKind::link;
  Ways ways = Ways::both;
  Mode mode = Mode::road;
  double length_m = 0.0;
  double speed_kmh = kSpeedNotStated;
  double wait_s = 0.0;
  double money = 0.0;
  double detection = 0.0;
  SourceFeature source;
  /// Vertices from `from` to `to`.
  std::vector<Point> line;
  friend auto operator<=>(const DraftEdge&, const DraftEdge&) = default;
};

struct NetworkDraft {
  std::vector<DraftEdge> edges;
  /// Country per node, where known.
  std::map<NodeKey, std::uint16_t> country;
  std::vector<std::string> countries;
};

/// The numbered network, and how to find numbers again.
struct NumberedNetwork {
  NetworkColumns columns;
  std::map<NodeKey, NodeId> node;
  /// Per draft edge (in the order of `edges` after sorting): its two directions, `none` where there is none.
  std::vector<EdgeId> forward;
  std::vector<EdgeId> backward;
};

/// Sorts `draft.edges` canonically and numbers nodes along a Hilbert curve, so that neighbours in space are
/// neighbours in memory. O(n log n).
NumberedNetwork number(NetworkDraft& draft);

}  // namespace waywarden
