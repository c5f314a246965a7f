#include "waywarden/diagnosis/one_way_traps.h"

#include <numeric>

#include "waywarden/diagnosis/detail/drawn_once.h"
#include "waywarden/network/components.h"

namespace waywarden {
namespace {

/// Per node, whether it is in the largest strong component of its weak component: they come by size.
std::vector<bool> main_part(const Network& network) {
  const Components weak = weak_components(network), strong = strong_components(network);
  std::vector<std::uint32_t> largest(weak.size.size(), static_cast<std::uint32_t>(strong.size.size()));
  for (std::size_t n = 0; n < network.node_count(); ++n) {
    std::uint32_t& of_weak = largest[weak.of_node[n]];
    of_weak = std::min(of_weak, strong.of_node[n]);
  }
  std::vector<bool> main(network.node_count());
  for (std::size_t n = 0; n < main.size(); ++n) main[n] = strong.of_node[n] == largest[weak.of_node[n]];
  return main;
}

/// An edge's ends in the order in which a region is searched: along edges where there is no way out, against
/// them where there is no way in.
std::pair<NodeId, NodeId> ends(const Network& network, EdgeId edge, Trap trap) {
  if (trap == Trap::no_way_out) return {network.tail(edge), network.head(edge)};
  return {network.head(edge), network.tail(edge)};
}

std::vector<NodeId> beyond(const Network& network, NodeId node, Trap trap) {
  const std::size_t n = node.index();
  std::vector<NodeId> next;
  if (trap == Trap::no_way_out) {
    for (std::size_t e = network.first_out()[n]; e < network.first_out()[n + 1]; ++e)
      next.push_back(network.head(EdgeId(e)));
  } else {
    for (std::size_t i = network.first_in()[n]; i < network.first_in()[n + 1]; ++i)
      next.push_back(network.tail(network.in_edges()[i]));
  }
  return next;
}

/// Per node, whether the main part leads to it (or it to the main part) and there is no way back.
std::vector<bool> one_way_nodes(const Network& network, const std::vector<bool>& main, Trap trap) {
  std::vector<bool> reached = main;
  std::vector<NodeId> open;
  for (std::size_t n = 0; n < main.size(); ++n) {
    if (main[n]) open.push_back(NodeId(n));
  }
  while (!open.empty()) {
    const NodeId node = open.back();
    open.pop_back();
    for (const NodeId next : beyond(network, node, trap)) {
      if (reached[next.index()]) continue;
      reached[next.index()] = true;
      open.push_back(next);
    }
  }
  for (std::size_t n = 0; n < main.size(); ++n) reached[n] = reached[n] && !main[n];
  return reached;
}

/// Groups of the one-way nodes that edges join in any direction, by union and find with path halving.
class Regions {
 public:
  Regions(const Network& network, const std::vector<bool>& inside)
      : parent_(network.node_count()), nodes_(network.node_count(), 0), length_m_(network.node_count(), 0.0) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
    const auto within = [&](EdgeId e) {
      return inside[network.tail(e).index()] && inside[network.head(e).index()];
    };
    for (std::size_t e = 0; e < network.edge_count(); ++e) {
      if (within(EdgeId(e)))
        parent_[find(network.tail(EdgeId(e)).index())] = find(network.head(EdgeId(e)).index());
    }
    for (std::size_t n = 0; n < inside.size(); ++n) nodes_[find(n)] += inside[n] ? 1 : 0;
    for (std::size_t e = 0; e < network.edge_count(); ++e) {
      if (within(EdgeId(e)) && detail::stands_for_its_line(network, EdgeId(e)))
        length_m_[find(network.tail(EdgeId(e)).index())] += network.columns().length_m[e];
    }
  }

  std::uint32_t nodes(NodeId member) { return nodes_[find(member.index())]; }
  double length_m(NodeId member) { return length_m_[find(member.index())]; }

 private:
  std::size_t find(std::size_t node) {
    while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
    return node;
  }

  std::vector<std::size_t> parent_;
  std::vector<std::uint32_t> nodes_;
  std::vector<double> length_m_;
};

/// One kind of trap, with what lies beyond.
struct Beyond {
  Trap trap;
  std::vector<bool> inside;
  Regions regions;

  Beyond(const Network& network, const std::vector<bool>& main, Trap kind)
      : trap(kind), inside(one_way_nodes(network, main, kind)), regions(network, inside) {}
};

void append(const Network& network, const std::vector<bool>& main, EdgeId edge, Beyond& beyond,
            OneWayTraps& traps) {
  const auto [from, to] = ends(network, edge, beyond.trap);
  if (!main[from.index()] || !beyond.inside[to.index()]) return;
  traps.trap.push_back(beyond.trap);
  traps.edge.push_back(edge);
  traps.node.push_back(to);
  traps.region_nodes.push_back(beyond.regions.nodes(to));
  traps.region_length_m.push_back(beyond.regions.length_m(to));
}

}  // namespace

OneWayTraps one_way_traps(const Network& network) {
  const std::vector<bool> main = main_part(network);
  Beyond out(network, main, Trap::no_way_out), in(network, main, Trap::no_way_in);
  OneWayTraps traps;
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    append(network, main, EdgeId(e), out, traps);
    append(network, main, EdgeId(e), in, traps);
  }
  return traps;
}

}  // namespace waywarden
