#include "waywarden/diagnosis/islands.h"

#include <algorithm>

#include "waywarden/diagnosis/detail/drawn_once.h"
#include "waywarden/network/components.h"

namespace waywarden {
namespace {

/// The smallest node of each component.
std::vector<NodeId> first_nodes(const Components& components) {
  std::vector<NodeId> first(components.size.size());
  for (std::size_t n = components.of_node.size(); n-- > 0;) first[components.of_node[n]] = NodeId(n);
  return first;
}

/// Per strong component, whether it is the largest of its weak one: they come by size.
std::vector<bool> largest_of_weak(const Components& strong, const Components& weak) {
  const std::vector<NodeId> first = first_nodes(strong);
  std::vector<bool> seen(weak.size.size(), false), largest(strong.size.size(), false);
  for (std::size_t c = 0; c < strong.size.size(); ++c) {
    const std::uint32_t around = weak.of_node[first[c].index()];
    largest[c] = !seen[around];
    seen[around] = true;
  }
  return largest;
}

/// Lines by component: those with an end in it, and the metres of those with both.
struct LinesOf {
  std::vector<std::vector<EdgeId>> edges;
  std::vector<double> length_m;
};

LinesOf lines_of(const Network& network, const Components& components) {
  LinesOf lines{std::vector<std::vector<EdgeId>>(components.size.size()),
                std::vector<double>(components.size.size(), 0.0)};
  for (std::size_t e = 0; e < network.edge_count(); ++e) {
    if (!detail::stands_for_its_line(network, EdgeId(e))) continue;
    const std::uint32_t from = components.of_node[network.tail(EdgeId(e)).index()];
    const std::uint32_t to = components.of_node[network.head(EdgeId(e)).index()];
    lines.edges[from].push_back(EdgeId(e));
    if (from == to) {
      lines.length_m[from] += network.columns().length_m[e];
    } else {
      lines.edges[to].push_back(EdgeId(e));
    }
  }
  return lines;
}

void append(const Network& network, const Components& components, const std::vector<bool>& mainland,
            Joined joined, Islands& islands) {
  const LinesOf lines = lines_of(network, components);
  const std::vector<NodeId> first = first_nodes(components);
  for (std::size_t c = 0; c < components.size.size(); ++c) {
    if (mainland[c]) continue;
    islands.joined.push_back(joined);
    islands.nodes.push_back(components.size[c]);
    islands.first_node.push_back(first[c]);
    islands.length_m.push_back(lines.length_m[c]);
    islands.edges.insert(islands.edges.end(), lines.edges[c].begin(), lines.edges[c].end());
    islands.edge_ends.push_back(islands.edges.size());
  }
}

}  // namespace

Islands islands(const Network& network) {
  const Components weak = weak_components(network), strong = strong_components(network);
  std::vector<bool> mainland(weak.size.size(), false);
  if (!mainland.empty()) mainland[0] = true;
  Islands islands;
  append(network, weak, mainland, Joined::weakly, islands);
  append(network, strong, largest_of_weak(strong, weak), Joined::strongly, islands);
  return islands;
}

}  // namespace waywarden
