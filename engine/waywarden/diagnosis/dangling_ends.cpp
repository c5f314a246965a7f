#include "waywarden/diagnosis/dangling_ends.h"

#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <queue>
#include <unordered_map>

#include "waywarden/base/errors.h"
#include "waywarden/diagnosis/detail/drawn_once.h"
#include "waywarden/geodesy/geodesic.h"
#include "waywarden/index/geographic_index.h"

namespace waywarden {
namespace {

void check(const DanglingOptions& options) {
  if (!(options.reach.value >= 0.0 && std::isfinite(options.reach.value)))
    throw OptionError("the reach of a dangling end is 0 or more metres");
  if (!(options.detour >= 1.0 && std::isfinite(options.detour)))
    throw OptionError("the detour of a dangling end is 1 or more");
}

/// Calls take(edge, node at its other end) for every edge at a node, whichever way it leads.
void for_each_neighbour(const Network& network, NodeId node,
                        const std::function<void(EdgeId, NodeId)>& take) {
  const std::size_t n = node.index();
  for (std::size_t e = network.first_out()[n]; e < network.first_out()[n + 1]; ++e)
    take(EdgeId(e), network.head(EdgeId(e)));
  for (std::size_t i = network.first_in()[n]; i < network.first_in()[n + 1]; ++i) {
    const EdgeId e = network.in_edges()[i];
    take(e, network.tail(e));
  }
}

/// The only line that ends at the node, where there is just one and nothing else joins it there.
std::optional<std::uint32_t> only_line(const Network& network, NodeId node) {
  std::optional<std::uint32_t> line;
  bool single = true;
  for_each_neighbour(network, node, [&](EdgeId e, NodeId other) {
    const std::uint32_t shape = network.columns().shape[e.index()];
    single = single && network.kind(e) == EdgeKind::link && other != node && (!line || *line == shape);
    line = shape;
  });
  return single ? line : std::nullopt;
}

/// Metres from a node to all nodes within a limit, along edges in any direction.
std::unordered_map<NodeId, double> surroundings(const Network& network, NodeId from, double limit) {
  std::unordered_map<NodeId, double> reached = {{from, 0.0}};
  using Item = std::pair<double, NodeId>;
  std::priority_queue<Item, std::vector<Item>, std::greater<>> queue;
  queue.push({0.0, from});
  while (!queue.empty()) {
    const auto [metres, node] = queue.top();
    queue.pop();
    if (metres > reached.at(node)) continue;
    for_each_neighbour(network, node, [&](EdgeId e, NodeId other) {
      const double there = metres + network.columns().length_m[e.index()];
      if (there > limit) return;
      const auto [known, is_new] = reached.try_emplace(other, there);
      if (!is_new && known->second <= there) return;
      known->second = there;
      queue.push({there, other});
    });
  }
  return reached;
}

/// The lines of one mode, by segment.
struct LinesOfMode {
  std::vector<std::pair<Point, Point>> segments;
  std::vector<std::pair<EdgeId, std::uint32_t>> edge_and_segment;
};

class Searcher {
 public:
  Searcher(const Network& network, const DanglingOptions& options) : network_(network), options_(options) {
    std::array<LinesOfMode, kModeCount> lines;
    for (std::size_t e = 0; e < network.edge_count(); ++e) add_line(EdgeId(e), lines);
    for (std::size_t mode = 0; mode < kModeCount; ++mode) {
      origin_[mode] = std::move(lines[mode].edge_and_segment);
      index_[mode].emplace(std::move(lines[mode].segments));
    }
  }

  struct Found {
    EdgeId edge;
    Point point;
    double gap_m;
  };

  std::optional<Found> gap_at(NodeId node) const {
    const auto own = only_line(network_, node);
    if (!own) return std::nullopt;
    const auto mode = static_cast<std::size_t>(network_.columns().node_mode[node.index()]);
    std::optional<std::unordered_map<NodeId, double>> near;
    for (const auto& hit : index_[mode]->within(network_.point(node), options_.reach)) {
      const auto [edge, segment] = origin_[mode][hit.segment];
      if (network_.columns().shape[edge.index()] == *own) continue;
      if (!near) near = surroundings(network_, node, options_.reach.value * options_.detour);
      if (way_round(*near, edge, segment, hit.point) > options_.detour * hit.distance_m)
        return Found{edge, hit.point, hit.distance_m};
    }
    return std::nullopt;
  }

 private:
  void add_line(EdgeId edge, std::array<LinesOfMode, kModeCount>& lines) const {
    if (network_.kind(edge) != EdgeKind::link || !detail::stands_for_its_line(network_, edge)) return;
    const std::vector<Point> line = network_.polyline(edge);
    LinesOfMode& of_mode = lines[static_cast<std::size_t>(network_.mode(edge))];
    for (std::uint32_t s = 0; s + 1 < line.size(); ++s) {
      of_mode.segments.emplace_back(line[s], line[s + 1]);
      of_mode.edge_and_segment.emplace_back(edge, s);
    }
  }

  /// Metres along the network to a point on an edge; infinite where neither of its ends is near.
  double way_round(const std::unordered_map<NodeId, double>& near, EdgeId edge, std::uint32_t segment,
                   Point at) const {
    std::vector<Point> first_part = network_.polyline(edge);
    first_part.resize(segment + 1);
    first_part.push_back(at);
    const double from_tail = geodesic_length(first_part).value;
    const auto metres_to = [&](NodeId end) {
      const auto found = near.find(end);
      return found == near.end() ? std::numeric_limits<double>::infinity() : found->second;
    };
    const double length = network_.columns().length_m[edge.index()];
    return std::min(metres_to(network_.tail(edge)) + from_tail,
                    metres_to(network_.head(edge)) + std::max(0.0, length - from_tail));
  }

  const Network& network_;
  const DanglingOptions& options_;
  std::array<std::vector<std::pair<EdgeId, std::uint32_t>>, kModeCount> origin_;
  std::array<std::optional<GeographicSegmentIndex>, kModeCount> index_;
};

}  // namespace

DanglingEnds dangling_ends(const Network& network, const DanglingOptions& options,
                           const Execution& execution) {
  check(options);
  execution.start("looking for dangling ends", network.node_count());
  const Searcher searcher(network, options);
  std::vector<std::optional<Searcher::Found>> found(network.node_count());
  parallel_for(
      network.node_count(), execution,
      [&](std::size_t node) {
        found[node] = searcher.gap_at(NodeId(node));
        execution.advance();
      },
      256);
  DanglingEnds ends;
  for (std::size_t node = 0; node < found.size(); ++node) {
    if (!found[node]) continue;
    ends.node.push_back(NodeId(node));
    ends.near_edge.push_back(found[node]->edge);
    ends.near_point.push_back(found[node]->point);
    ends.gap_m.push_back(found[node]->gap_m);
  }
  return ends;
}

}  // namespace waywarden
