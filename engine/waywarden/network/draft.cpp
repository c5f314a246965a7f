#include "waywarden/network/draft.h"

#include <algorithm>
#include <numeric>

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

/// An end of a draft edge: of edge i the ends are 2 i and 2 i + 1.
struct End {
  std::uint64_t position;
  NodeKey key;
  std::size_t end;
  friend bool operator<(const End& a, const End& b) {
    return a.position != b.position ? a.position < b.position : a.key < b.key;
  }
};

std::vector<End> ends_in_order(const NetworkDraft& draft) {
  std::vector<End> ends;
  ends.reserve(2 * draft.edges.size());
  for (const DraftEdge& e : draft.edges) {
    ends.push_back({hilbert(e.from.point), e.from, ends.size()});
    ends.push_back({hilbert(e.to.point), e.to, ends.size()});
  }
  std::sort(ends.begin(), ends.end());
  return ends;
}

void add_node(const NetworkDraft& draft, const NodeKey& key, NumberedNetwork& out) {
  NetworkColumns& c = out.columns;
  out.node.emplace(key, NodeId(c.node_point.size()));
  const auto country = draft.country.find(key);
  c.node_point.push_back(key.point);
  c.node_mode.push_back(key.mode);
  c.node_country.push_back(country == draft.country.end() ? kNoCountry : country->second);
}

/// Returns the node at each end.
std::vector<NodeId> number_nodes(const NetworkDraft& draft, NumberedNetwork& out) {
  const std::vector<End> ends = ends_in_order(draft);
  std::vector<NodeId> node_of_end(ends.size());
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (i == 0 || ends[i].key != ends[i - 1].key) add_node(draft, ends[i].key, out);
    node_of_end[ends[i].end] = NodeId(out.columns.node_point.size() - 1);
  }
  out.columns.countries = draft.countries;
  return node_of_end;
}

/// Returns the source of each draft edge.
std::vector<std::uint32_t> number_sources(const NetworkDraft& draft, NetworkColumns& c) {
  std::vector<std::size_t> order(draft.edges.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) -> const SourceFeature& { return draft.edges[i].source; });
  std::vector<std::uint32_t> source_of_edge(order.size());
  for (const std::size_t i : order) {
    if (c.sources.empty() || c.sources.back() != draft.edges[i].source)
      c.sources.push_back(draft.edges[i].source);
    source_of_edge[i] = static_cast<std::uint32_t>(c.sources.size() - 1);
  }
  return source_of_edge;
}

/// One direction of a draft edge.
struct Directed {
  NodeId tail;
  NodeId head;
  std::size_t draft;
  bool forward;
  friend auto operator<=>(const Directed&, const Directed&) = default;
};

std::vector<Directed> directions(const NetworkDraft& draft, const std::vector<NodeId>& node_of_end) {
  std::vector<Directed> all;
  all.reserve(2 * draft.edges.size());
  for (std::size_t i = 0; i < draft.edges.size(); ++i) {
    const NodeId from = node_of_end[2 * i], to = node_of_end[2 * i + 1];
    if (draft.edges[i].ways != Ways::backward) all.push_back({from, to, i, true});
    if (draft.edges[i].ways != Ways::forward) all.push_back({to, from, i, false});
  }
  std::sort(all.begin(), all.end());
  return all;
}

void append_edge(const DraftEdge& e, const Directed& d, NetworkColumns& c) {
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
}

void number_edges(const NetworkDraft& draft, const std::vector<NodeId>& node_of_end, NumberedNetwork& out) {
  NetworkColumns& c = out.columns;
  const std::vector<std::uint32_t> source_of_edge = number_sources(draft, c);
  out.forward.assign(draft.edges.size(), EdgeId::none());
  out.backward.assign(draft.edges.size(), EdgeId::none());
  for (const Directed& d : directions(draft, node_of_end)) {
    (d.forward ? out.forward : out.backward)[d.draft] = EdgeId(c.tail.size());
    append_edge(draft.edges[d.draft], d, c);
    c.source.push_back(source_of_edge[d.draft]);
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
  const std::vector<NodeId> node_of_end = number_nodes(draft, out);
  number_edges(draft, node_of_end, out);
  append_shapes(draft, out.columns);
  return out;
}

}  // namespace waywarden
