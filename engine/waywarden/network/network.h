#pragma once

/// A directed multimodal network in compressed sparse rows: immutable once built. Nodes and edges stand in a
/// canonical order of content (position along a space-filling curve, coordinates, mode, country side; then
/// tail, head, mode, kind, length, source), so ids do not depend on the order in which features arrived.
/// Parallel edges and loops are kept.
///
/// Facts only: lengths, stated speeds, waiting times, background detection. What they cost an evader is
/// `risk/`. Memory: about 100 bytes per edge, vertices of shapes apart. Look-ups are O(1).

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waywarden/base/ids.h"
#include "waywarden/geometry/point.h"
#include "waywarden/network/crossings.h"
#include "waywarden/network/hubs.h"
#include "waywarden/network/mode.h"

namespace waywarden {

/// Speed of a link that states none: the mode's assumed speed applies.
inline constexpr double kSpeedNotStated = 0.0;
/// Country of nodes outside every country, e.g. at sea.
inline constexpr std::uint16_t kNoCountry = 0xFFFF;

/// A feature of an input layer.
struct SourceFeature {
  std::string layer;
  std::string id;
  friend auto operator<=>(const SourceFeature&, const SourceFeature&) = default;
};

/// The columns a network consists of. `first_out` is derived; edges must be sorted by tail.
struct NetworkColumns {
  // per node
  std::vector<Point> node_point;
  /// `Mode::transfer` for hub nodes.
  std::vector<Mode> node_mode;
  /// Index into `countries`, or `kNoCountry`.
  std::vector<std::uint16_t> node_country;
  std::vector<std::string> countries;

  // per edge
  std::vector<NodeId> tail;
  std::vector<NodeId> head;
  std::vector<Mode> mode;
  std::vector<EdgeKind> kind;
  std::vector<double> length_m;
  /// Kilometres per hour, or `kSpeedNotStated`.
  std::vector<double> speed_kmh;
  /// Time spent apart from moving: waiting at hubs and borders, seconds.
  std::vector<double> wait_s;
  /// Fees, in the study's currency.
  std::vector<double> money;
  /// Background probability that a journey is detected on this edge, in [0, 1).
  std::vector<double> detection;
  /// The edge in the other direction along the same shape; `none` where one-way.
  std::vector<EdgeId> twin;
  /// Index of the shape (shared by twins) and of the source feature.
  std::vector<std::uint32_t> shape;
  std::vector<std::uint32_t> source;

  // shapes: vertices, and per shape the index just past its last vertex
  std::vector<Point> shape_vertices;
  std::vector<std::uint32_t> shape_ends;
  std::vector<SourceFeature> sources;
};

class Network {
 public:
  /// Checks that columns fit each other; throws `OptionError` otherwise (a bug in the caller, not bad input).
  explicit Network(NetworkColumns columns, Crossings crossings = {}, Hubs hubs = {});

  std::size_t node_count() const { return columns_.node_point.size(); }
  std::size_t edge_count() const { return columns_.tail.size(); }

  NodeId tail(EdgeId e) const { return columns_.tail[e.index()]; }
  NodeId head(EdgeId e) const { return columns_.head[e.index()]; }
  Mode mode(EdgeId e) const { return columns_.mode[e.index()]; }
  EdgeKind kind(EdgeId e) const { return columns_.kind[e.index()]; }
  Point point(NodeId n) const { return columns_.node_point[n.index()]; }

  /// Edges that leave n: consecutive ids [first_out(n), first_out(n + 1)).
  std::span<const std::uint32_t> first_out() const { return first_out_; }
  /// Edges that enter n are in_edges()[first_in()[n] .. first_in()[n + 1]), ascending.
  std::span<const std::uint32_t> first_in() const { return first_in_; }
  std::span<const EdgeId> in_edges() const { return in_edges_; }

  /// Vertices of an edge from tail to head, both ends included.
  std::vector<Point> polyline(EdgeId e) const;
  const SourceFeature& source(EdgeId e) const { return columns_.sources[columns_.source[e.index()]]; }
  /// Country code of a node; empty outside every country.
  std::string country(NodeId n) const;

  const NetworkColumns& columns() const { return columns_; }
  const Crossings& crossings() const { return crossings_; }
  const Hubs& hubs() const { return hubs_; }

 private:
  NetworkColumns columns_;
  Crossings crossings_;
  Hubs hubs_;
  std::vector<std::uint32_t> first_out_;
  std::vector<std::uint32_t> first_in_;
  std::vector<EdgeId> in_edges_;
};

}  // namespace waywarden
