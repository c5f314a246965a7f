#include "waywarden/network/draft.h"

#include <algorithm>
#include <tuple>

namespace waywarden {
namespace {

/// Position along a Hilbert curve of order 16 over the whole globe (Hilbert 1891; the usual bit-rotation
/// form).
std::uint64_t hilbert(Point p) {
  constexpr std::uint32_t kSide = 1U << 16;
  const auto cell = [](double share) {
    return static_cast<std::uint32_t>(std::clamp(share, 0.0, 1.0 - 1e-12) * kSide);
  };
  std::uint32_t x = cell((p.x + 180.0) / 360.0), y = cell((p.y + 90.0) / 180.0);
  std::uint64_t position = 0;
  for (std::uint32_t s = kSide / 2; s > 0; s /= 2) {
    const std::uint32_t rx = (x & s) > 0, ry = (y & s) > 0;
    position += std::uint64_t{s} * s * ((3 * rx) ^ ry);
    if (ry == 0) {
      if (rx == 1) {
        x = kSide - 1 - x;
        y = kSide - 1 - y;
      }
      std::swap(x, y);
    }
  }
  return position;
}

std::vector<NodeKey> keys_in_order(const NetworkDraft& draft) {
  std::vector<std::pair<std::uint64_t, NodeKey>> keys;
  for (const DraftEdge& e : draft.edges) {
    keys.emplace_back(hilbert(e.from.point), e.from);
    keys.emplace_back(hilbert(e.to.point), e.to);
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::vector<NodeKey> order;
  for (const auto& [position, key] : keys) order.push_back(key);
  return order;
}

void number_nodes(const NetworkDraft& draft, NumberedNetwork& out) {
  NetworkColumns& c = out.columns;
  for (const NodeKey& key : keys_in_order(draft)) {
    out.node.emplace(key, NodeId(c.node_point.size()));
    const auto country = draft.country.find(key);
    c.node_point.push_back(key.point);
    c.node_mode.push_back(key.mode);
    c.node_country.push_back(country == draft.country.end() ? kNoCountry : country->second);
  }
  c.countries = draft.countries;
}

void number_sources(const NetworkDraft& draft, NetworkColumns& c) {
  for (const DraftEdge& e : draft.edges) c.sources.push_back(e.source);
  std::sort(c.sources.begin(), c.sources.end());
  c.sources.erase(std::unique(c.sources.begin(), c.sources.end()), c.sources.end());
}

/// One direction of a draft edge.
struct Directed {
  NodeId tail;
  NodeId head;
  std::size_t draft;
  bool forward;
  friend auto operator<=>(const Directed&, const Directed&) = default;
};

std::vector<Directed> directions(const NetworkDraft& draft, const NumberedNetwork& out) {
  std::vector<Directed> all;
  for (std::size_t i = 0; i < draft.edges.size(); ++i) {
    const DraftEdge& e = draft.edges[i];
    const NodeId from = out.node.at(e.from), to = out.node.at(e.to);
    if (e.ways != Ways::backward) all.push_back({from, to, i, true});
    if (e.ways != Ways::forward) all.push_back({to, from, i, false});
  }
  std::sort(all.begin(), all.end());
  return all;
}

void append_edge(const DraftEdge& e, const Directed& d, NetworkColumns& c) {
  const auto source = std::lower_bound(c.sources.begin(), c.sources.end(), e.source);
  c.tail.push_back(d.tail);
  c.head.push_back(d.head);
  c.mode.push_back(e.mode);
  c.kind.push_back(e.kind);
  c.length_m.push_back(e.length_m);
  c.speed_kmh.push_back(e.speed_kmh);
  c.wait_s.push_back(e.wait_s);
  c.money.push_back(e.money);
  c.detection.push_back(e.detection);
  c.shape.push_back(static_cast<std::uint32_t>(d.draft));
  c.source.push_back(static_cast<std::uint32_t>(source - c.sources.begin()));
}

void number_edges(const NetworkDraft& draft, NumberedNetwork& out) {
  NetworkColumns& c = out.columns;
  out.forward.assign(draft.edges.size(), EdgeId::none());
  out.backward.assign(draft.edges.size(), EdgeId::none());
  for (const Directed& d : directions(draft, out)) {
    (d.forward ? out.forward : out.backward)[d.draft] = EdgeId(c.tail.size());
    append_edge(draft.edges[d.draft], d, c);
  }
  c.twin.assign(c.tail.size(), EdgeId::none());
  for (std::size_t i = 0; i < draft.edges.size(); ++i) {
    if (!out.forward[i].exists() || !out.backward[i].exists()) continue;
    c.twin[out.forward[i].index()] = out.backward[i];
    c.twin[out.backward[i].index()] = out.forward[i];
  }
}

void append_shapes(const NetworkDraft& draft, NetworkColumns& c) {
  for (const DraftEdge& e : draft.edges) {
    c.shape_vertices.insert(c.shape_vertices.end(), e.line.begin(), e.line.end());
    c.shape_ends.push_back(static_cast<std::uint32_t>(c.shape_vertices.size()));
  }
}

}  // namespace

NumberedNetwork number(NetworkDraft& draft) {
  std::sort(draft.edges.begin(), draft.edges.end());
  NumberedNetwork out;
  number_nodes(draft, out);
  number_sources(draft, out.columns);
  number_edges(draft, out);
  append_shapes(draft, out.columns);
  return out;
}

}  // namespace waywarden
