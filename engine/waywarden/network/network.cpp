#include "waywarden/network/network.h"

#include <algorithm>

#include "waywarden/base/errors.h"

namespace waywarden {
namespace {

void require(bool fits, const char* what) {
  if (!fits) throw OptionError(std::string("network columns: ") + what);
}

void check_lengths(const NetworkColumns& c) {
  const std::size_t n = c.node_point.size(), m = c.tail.size();
  require(c.node_mode.size() == n && c.node_country.size() == n, "node columns differ in length");
  require(c.head.size() == m && c.mode.size() == m && c.kind.size() == m && c.length_m.size() == m,
          "edge columns differ in length");
  require(c.speed_kmh.size() == m && c.wait_s.size() == m && c.money.size() == m && c.detection.size() == m,
          "edge columns differ in length");
  require(c.twin.size() == m && c.shape.size() == m && c.source.size() == m, "edge columns differ in length");
}

void check_references(const NetworkColumns& c) {
  for (std::size_t e = 0; e < c.tail.size(); ++e) {
    require(c.tail[e].index() < c.node_point.size() && c.head[e].index() < c.node_point.size(),
            "unknown node");
    require(c.shape[e] < c.shape_ends.size() && c.source[e] < c.sources.size(), "unknown shape or source");
    require(!c.twin[e].exists() || c.twin[e].index() < c.tail.size(), "unknown twin");
    require(c.detection[e] >= 0.0 && c.detection[e] < 1.0, "detection outside [0, 1)");
  }
  require(std::is_sorted(c.tail.begin(), c.tail.end()), "edges are not sorted by tail");
}

/// Offsets of groups in a list sorted by `key`.
std::vector<std::uint32_t> offsets(const std::vector<NodeId>& nodes, std::size_t node_count) {
  std::vector<std::uint32_t> first(node_count + 1, 0);
  for (const NodeId n : nodes) ++first[n.index() + 1];
  for (std::size_t i = 0; i < node_count; ++i) first[i + 1] += first[i];
  return first;
}

}  // namespace

Network::Network(NetworkColumns columns, Crossings crossings, Hubs hubs)
    : columns_(std::move(columns)), crossings_(std::move(crossings)), hubs_(std::move(hubs)) {
  check_lengths(columns_);
  check_references(columns_);
  first_out_ = offsets(columns_.tail, node_count());
  first_in_ = offsets(columns_.head, node_count());
  in_edges_.resize(edge_count());
  std::vector<std::uint32_t> next(first_in_.begin(), first_in_.end() - 1);
  for (std::size_t e = 0; e < edge_count(); ++e) in_edges_[next[columns_.head[e].index()]++] = EdgeId(e);
}

std::vector<Point> Network::polyline(EdgeId e) const {
  const std::uint32_t shape = columns_.shape[e.index()];
  const auto begin = shape == 0 ? 0 : columns_.shape_ends[shape - 1];
  std::vector<Point> line(columns_.shape_vertices.begin() + begin,
                          columns_.shape_vertices.begin() + columns_.shape_ends[shape]);
  if (line.empty()) return line;
  // Twins run opposite ways also where a line ends where it begins.
  const EdgeId twin = columns_.twin[e.index()];
  const bool against =
      line.front() == line.back() ? twin.exists() && e < twin : line.front() != point(tail(e));
  if (against) std::reverse(line.begin(), line.end());
  return line;
}

std::string Network::country(NodeId n) const {
  const std::uint16_t index = columns_.node_country[n.index()];
  return index == kNoCountry ? std::string() : columns_.countries[index];
}

}  // namespace waywarden
